"""Sphinx extension: a rulebook's things in any project's pages, and a handbook of all of them.

Put ``unioncore.sphinxext`` among the extensions of a project. Its settings, in ``conf.py``:

- ``union_on``: the day for what holds "now", a ``datetime.date``; needed;
- ``union_plugins``: plugins by name or folder; empty: all that are installed;
- ``union_language``: the language of names and days, such as ``cy``; English where it is not given;
- ``union_handbook``: the folder for a page for each thing, such as ``handbook``, or ``.``; empty:
  none.

Directives show a thing where they stand: ``union-body``, ``union-case-type``, ``union-claim``,
``union-fact``, ``union-rule`` and one for every other kind, each with a key; ``union-diff`` with
two days; ``union-chart`` with a case type. Roles of the same names link to the page of a thing.
"""

from typing import TYPE_CHECKING

from unioncore.faces import offered
from unioncore.sphinxext.building import *
from unioncore.sphinxext.setting_up import *

if not TYPE_CHECKING:
    __all__ = offered(__name__)
