"""The domain ``union``: how links to the pages of a handbook are resolved."""

from collections.abc import Iterable, Iterator, Set
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from unioncore.describe import THING_KINDS
from unioncore.errors import did_you_mean, nearest
from unioncore.sphinxext.stubs import docname_of, handbook_of

__all__ = ["UnionDomain", "role"]

_log = logging.getLogger(__name__)


class _Role(XRefRole):
    """A link to a thing by its key; its text is the thing's name, where none is given."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Name the thing by its address."""
        refnode["refdomain"], refnode["reftype"] = "union", "page"
        address = f"{self.kind}/{target}"
        thing = handbook_of(env.srcdir).book.things.get(address)
        return (title if has_explicit_title or thing is None else thing.name), address


def role(kind: str) -> XRefRole:
    """Return the role that links to things of a kind."""
    return _Role(kind)


class UnionDomain(Domain):
    """Links to pages of a handbook; where none is made, a link is only its words."""

    name = "union"
    label = "Trade union"
    data_version = 1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return the link; warns of an address that is none."""
        docname = docname_of(env, target)
        if docname:
            part = node.get("refpart", "")
            return make_refnode(builder, fromdocname, docname, part, contnode)
        things = handbook_of(env.srcdir).book.things
        if env.config.union_handbook or target not in things:
            hint = nearest(target, things)
            said = f"union: nothing is called {target!r}{did_you_mean(hint)}"
            _log.warning(said, location=node, type="union", subtype="page")
        return None

    def resolve_any_xref(self, *_: Any) -> list[tuple[str, nodes.reference]]:
        """Return nothing: a thing is named with its kind."""
        return []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Give the things that have pages by key, for the index of the search."""
        return [*self._objects()]

    def _objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for kind in THING_KINDS:
            for thing in handbook_of(self.env.srcdir).book.things.of(kind).values():
                if docname := docname_of(self.env, thing.address):
                    yield thing.address, thing.key, kind, docname, "", -1

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Do nothing: there is no data that reading a document adds."""
