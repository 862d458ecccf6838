"""The rulebook as people read it: every dated definition in English, and what changed between days.

``items`` is the whole rulebook as dated texts; pages and differences are made from it.
"""

from unioncore.describe.changes import Change, diff
from unioncore.describe.items import Item, ItemVersion, items
from unioncore.describe.pages import rulebook_markdown

__all__ = ["Change", "Item", "ItemVersion", "diff", "items", "rulebook_markdown"]
