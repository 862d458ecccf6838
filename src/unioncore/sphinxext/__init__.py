"""Sphinx extension: a rulebook's things in any project's pages, and a handbook of all of them.

Put ``unioncore.sphinxext`` among the extensions of a project. Its settings, in ``conf.py``:

- ``union_on``: the day for what holds "now", a ``datetime.date``; needed;
- ``union_plugins``: plugins by name or folder; empty: all that are installed;
- ``union_handbook``: the folder for a page for each thing, such as ``handbook``; empty: none.

Directives show a thing where they stand: ``union-body``, ``union-case-type``, ``union-claim``,
``union-fact``, ``union-rule`` and one for every other kind, each with a key; ``union-diff`` with
two days; ``union-chart`` with a case type. Roles of the same names link to the page of a thing.
"""

from typing import Any

from sphinx.application import Sphinx

from unioncore.describe import THING_KINDS
from unioncore.sphinxext.directives import Chart, Diff, PageDirective, ThingDirective
from unioncore.sphinxext.domain import UnionDomain, role
from unioncore.sphinxext.nodes import add_nodes
from unioncore.sphinxext.stubs import begin, changed

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the settings, the directives, the roles and the domain."""
    app.add_config_value("union_on", None, "env")
    app.add_config_value("union_plugins", [], "env", types=(list, tuple))
    app.add_config_value("union_handbook", "", "env", types=(str,))
    app.add_domain(UnionDomain)
    add_nodes(app)
    for kind in THING_KINDS:
        app.add_directive(f"union-{kind}", ThingDirective)
        app.add_role(f"union-{kind}", role(kind))
    app.add_directive("union-page", PageDirective)
    app.add_directive("union-diff", Diff)
    app.add_directive("union-chart", Chart)
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
