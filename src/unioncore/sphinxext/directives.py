"""The directives that show things where they stand, and whole pages."""

from collections.abc import Iterator
from datetime import date

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from unioncore.describe import THING_KINDS, diff
from unioncore.describe.items import capital
from unioncore.errors import UnioncoreError
from unioncore.handbook import Page
from unioncore.sphinxext.nodes import NodeWriter, page_reference
from unioncore.sphinxext.stubs import handbook_of

__all__ = ["Chart", "Diff", "PageDirective", "ThingDirective"]


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
            yield page_reference(f"{page.kind}/index", capital(THING_KINDS[page.kind].many))

    def _index(self, page: Page) -> addnodes.index:
        """Return the words under which the page stands in the index, which the search reads."""
        words = dict.fromkeys((page.title, *page.words))
        entries = [("single", word.replace(";", ","), "page", "main", None) for word in words]
        return addnodes.index(entries=entries)


class Diff(_Directive):
    """Shows what changed from one day to another: ``.. union-diff:: 2026-01-01 2026-11-01``."""

    def shown(self) -> list[nodes.Node]:
        """Return a list of what began, ended or was replaced."""
        first, second = map(date.fromisoformat, self.arguments[0].split())
        found = nodes.bullet_list(bullet="-")
        for each in diff(handbook_of(self.env.srcdir).book.rulebook, first, second):
            said = f"{each.kind} {each.key}"
            found += nodes.list_item("", nodes.paragraph("", said))
        return [found] if len(found) else [nodes.paragraph("", "Nothing changed.")]


class Chart(_Directive):
    """Draws a case type: ``.. union-chart:: core.campaign``."""

    def shown(self) -> list[nodes.Node]:
        """Return the drawing."""
        raise self.error("not yet")
