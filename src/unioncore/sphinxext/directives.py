"""The directives that show things where they stand, and whole pages."""

from collections.abc import Iterable, Iterator
from datetime import date

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from unioncore.errors import UnioncoreError
from unioncore.handbook import Block, Details, Page, Picture, Section, changes_between
from unioncore.sphinxext.nodes import NodeWriter, page_reference
from unioncore.sphinxext.stubs import handbook_of

__all__ = ["ChartDirective", "DiffDirective", "PageDirective", "ThingDirective"]


class _Directive(SphinxDirective):
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return what it shows; what is wrong is an error at its line."""
        try:
            return self.shown()
        except (UnioncoreError, ValueError) as error:
            raise self.error(str(error)) from None

    def shown(self) -> list[nodes.Node]:
        """Return what it shows."""
        raise NotImplementedError

    def page(self, address: str) -> Page:
        """Return a page of the handbook."""
        return handbook_of(self.env.srcdir).page(address)


class ThingDirective(_Directive):
    """Shows one thing, given its key: ``.. union-body:: psc-ew``."""

    def shown(self) -> list[nodes.Node]:
        """Return what the page of the thing says, without its title."""
        kind = self.name.removeprefix("union-")
        return NodeWriter(whole=False).blocks(self.page(f"{kind}/{self.arguments[0]}").blocks)


class PageDirective(_Directive):
    """Is a whole page of the handbook, given its address."""

    def shown(self) -> list[nodes.Node]:
        """Return the page: its way back, its title, what it says, and how it is found."""
        page = self.page(self.arguments[0])
        title = nodes.title(page.title, page.title)
        section = nodes.section("", title, ids=["page"])
        section += nodes.paragraph("", "", *self._way(page), classes=["union-way"])
        section += self._index(page)
        section += NodeWriter(whole=True).blocks(page.blocks)
        return [nodes.meta("", name="description", content=page.about), section]

    def _way(self, page: Page) -> Iterator[nodes.Node]:
        """Give the way from the first page of the handbook to this one."""
        if page.address == "index":
            return
        yield page_reference("index", "Handbook")
        if page.kind:
            yield nodes.Text(" / ")
            index = f"{page.kind}/index"
            yield page_reference(index, self.page(index).title)

    def _index(self, page: Page) -> addnodes.index:
        """Return the words under which the page stands in the index, which the search reads."""
        words = dict.fromkeys((page.title, *page.words))
        entries = [("single", word.replace(";", ","), "page", "main", None) for word in words]
        return addnodes.index(entries=entries)


class DiffDirective(_Directive):
    """Shows what changed from one day to another: ``.. union-diff:: 2026-01-01 2026-11-01``."""

    def shown(self) -> list[nodes.Node]:
        """Return a list of what began, ended or was replaced."""
        days = self.arguments[0].split()
        if len(days) != 2:
            raise ValueError("expected two days, such as 2026-01-01 2026-11-01")
        first, second = map(date.fromisoformat, days)
        book = handbook_of(self.env.srcdir).book
        return NodeWriter(whole=False).blocks(changes_between(book, first, second))


class ChartDirective(_Directive):
    """Shows the drawings of a thing, given its address: ``.. union-chart:: case-type/pj.vetting``.

    Case types are drawn as steps; parameters and bodies as what is paid or counted over time.
    """

    def shown(self) -> list[nodes.Node]:
        """Return the drawings."""
        found = [*_pictures(self.page(self.arguments[0]).blocks)]
        if not found:
            raise ValueError(f"{self.arguments[0]}: there is no drawing of it")
        return NodeWriter(whole=False).blocks(found)


def _pictures(blocks: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Section(blocks=inner) | Details(blocks=inner):
                yield from _pictures(inner)
