"""Blocks of a page as nodes of docutils."""

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from unioncore.describe import in_page, source_key
from unioncore.handbook import (
    Block,
    Bullets,
    Caution,
    Cite,
    Details,
    Grid,
    Listing,
    PageLink,
    Paragraph,
    Picture,
    Point,
    Section,
    Text,
    Typed,
)
from unioncore.legal import Confidence
from unioncore.rules import long_date

__all__ = ["NodeWriter", "add_nodes", "page_reference"]

_MARKS = {
    Confidence.REMEMBERED: "remembered, not verified",
    Confidence.CHANGED: "changed since, not looked at again",
}


class details(nodes.container):
    """Blocks that the reader opens; its ``title`` stands for them."""


def add_nodes(app: Sphinx) -> None:
    """Register what is not a node of docutils."""
    app.add_node(details, html=(_open, _close), latex=_plain, text=_plain, man=_plain)


def _open(translator: HTML5Translator, node: details) -> None:
    title = translator.encode(node["title"])
    translator.body.append(f'<details class="union-details"><summary>{title}</summary>\n')


def _close(translator: HTML5Translator, node: details) -> None:
    translator.body.append("</details>\n")


def _nothing(translator: object, node: nodes.Node) -> None:
    pass


_plain = (_nothing, _nothing)


def page_reference(address: str, text: str, part: str = "") -> addnodes.pending_xref:
    """Return a link to a page of the handbook, which becomes plain text where there is none."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="union",
        reftype="page",
        reftarget=address,
        refpart=part,
        refexplicit=True,
    )


class NodeWriter:
    """Turns blocks into nodes; ``whole`` where they are a page, whose sections have anchors."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self._ids: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> list[nodes.Node]:
        """Return the nodes of several blocks."""
        return [node for block in blocks for node in self.block(block)]

    def block(self, block: Block) -> Iterator[nodes.Node]:
        """Give the nodes of one block."""
        match block:
            case Paragraph(text):
                yield nodes.paragraph("", "", *self.inline(text))
            case Bullets(items):
                yield self.bullets(items)
            case Grid(heads, rows):
                yield self.table(heads, rows)
            case Picture(svg, title):
                yield nodes.raw("", in_page(svg, title), format="html")
            case Listing(text, language):
                yield nodes.literal_block(text, text, language=language)
            case Caution(text):
                yield nodes.note("", nodes.paragraph("", "", *self.inline(text)))
            case Details(title, inner):
                yield details("", *self.blocks(inner), title=title)
            case Section(key, title, inner):
                yield from self.section(key, title, inner)

    def section(self, key: str, title: str, inner: tuple[Block, ...]) -> Iterator[nodes.Node]:
        """Give a section, or where a page is shown in part, its heading and what is below it."""
        if not self.whole:
            yield nodes.rubric(title, title)
            yield from self.blocks(inner)
            return
        number = 2
        anchor = key
        while anchor in self._ids:
            anchor, number = f"{key}-{number}", number + 1
        self._ids.add(anchor)
        section = nodes.section("", nodes.title(title, title), ids=[anchor])
        section += self.blocks(inner)
        yield section

    def bullets(self, items: Iterable[Point]) -> nodes.bullet_list:
        """Return a list, with the lists in it."""
        found = nodes.bullet_list(bullet="-")
        for item in items:
            entry = nodes.list_item("", nodes.paragraph("", "", *self.inline(item.text)))
            if item.under:
                entry += self.bullets(item.under)
            found += entry
        return found

    def table(self, heads: tuple[str, ...], rows: Iterable[tuple[Text, ...]]) -> nodes.table:
        """Return a table."""
        group = nodes.tgroup(cols=len(heads))
        group += [nodes.colspec(colwidth=1) for _ in heads]
        group += nodes.thead("", self._row([(head,) for head in heads]))
        group += nodes.tbody("", *map(self._row, rows))
        return nodes.table("", group, classes=["union-table"])

    def _row(self, cells: Iterable[Text]) -> nodes.row:
        entries = (nodes.entry("", nodes.paragraph("", "", *self.inline(each))) for each in cells)
        return nodes.row("", *entries)

    def inline(self, text: Text) -> list[nodes.Node]:
        """Return the nodes of a run of words."""
        return [node for piece in text for node in self._piece(piece)]

    def _piece(self, piece: str | PageLink | Cite | Typed) -> Iterator[nodes.Node]:
        match piece:
            case str():
                yield nodes.Text(piece)
            case Typed(text):
                yield nodes.literal(text, text)
            case PageLink(text, address, part):
                yield page_reference(address, text, part)
            case Cite(citation):
                yield page_reference(
                    f"source/{source_key(citation.instrument)}", citation.instrument
                )
                if citation.provision and citation.url:
                    yield nodes.Text(", ")
                    yield self._outside(citation.provision, citation.url)
                elif citation.provision:
                    yield nodes.Text(f", {citation.provision}")
                elif citation.url:
                    yield nodes.Text(", ")
                    yield self._outside("read it", citation.url)
                yield nodes.Text(f" (checked {long_date(citation.checked_on)})")
                if mark := _MARKS.get(citation.confidence):
                    yield nodes.Text(" ")
                    yield nodes.strong(mark, mark)

    def _outside(self, text: str, url: str) -> nodes.reference:
        return nodes.reference(text, text, refuri=url, internal=False)
