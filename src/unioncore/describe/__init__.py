"""Definitions, answers and unions as people read them.

``items`` is the whole rulebook as dated texts; pages and differences are made from it. ``Short``
writes answers in a few lines, ``member_text`` everything about one member, ``chart`` a union.
"""

from unioncore.describe.case_type_chart import CASE_TYPE_FORMATS, case_type_chart
from unioncore.describe.chart import FORMATS, chart
from unioncore.describe.diff import Change, diff
from unioncore.describe.ical import to_icalendar
from unioncore.describe.items import Item, ItemVersion, items
from unioncore.describe.member import member_plain, member_text
from unioncore.describe.pages import in_words, rulebook_markdown
from unioncore.describe.short import Short
from unioncore.describe.tables import tables_markdown

__all__ = [
    "CASE_TYPE_FORMATS",
    "FORMATS",
    "Change",
    "Item",
    "ItemVersion",
    "Short",
    "case_type_chart",
    "chart",
    "diff",
    "in_words",
    "items",
    "member_plain",
    "member_text",
    "rulebook_markdown",
    "tables_markdown",
    "to_icalendar",
]
