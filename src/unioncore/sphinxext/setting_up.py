"""What Sphinx calls to set the extension up."""

from typing import Any

from sphinx.application import Sphinx

from unioncore.describe import THING_KINDS
from unioncore.sphinxext.directives import (
    ChartDirective,
    DiffDirective,
    PageDirective,
    ThingDirective,
)
from unioncore.sphinxext.domain import UnionDomain, role
from unioncore.sphinxext.nodes import add_nodes
from unioncore.sphinxext.stubs import begin, changed

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the settings, the directives, the roles and the domain."""
    app.add_config_value("union_on", None, "env")
    app.add_config_value("union_plugins", [], "env", types=(list, tuple))
    app.add_config_value("union_language", "en", "env", types=(str,))
    app.add_config_value("union_handbook", "", "env", types=(str,))
    app.add_domain(UnionDomain)
    add_nodes(app)
    for kind in THING_KINDS:
        app.add_directive(f"union-{kind}", ThingDirective)
        app.add_role(f"union-{kind}", role(kind))
    app.add_directive("union-page", PageDirective)
    app.add_directive("union-diff", DiffDirective)
    app.add_directive("union-chart", ChartDirective)
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
