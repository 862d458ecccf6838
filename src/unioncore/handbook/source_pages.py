"""The pages of sources: what rests on an Act, an agreement or a rule book."""

from collections.abc import Iterator

from unioncore.describe import Thing, in_words
from unioncore.handbook.book import Book
from unioncore.handbook.page import (
    Block,
    Bullets,
    Cite,
    Details,
    Page,
    Paragraph,
    Point,
    Text,
    cell,
)
from unioncore.handbook.telling import page, paragraph
from unioncore.legal import Confidence

__all__: list[str] = []

_AT_ONCE = 30
"""How many provisions are listed at once; the reader opens the rest."""


def source_page(book: Book, thing: Thing) -> Page:
    """Return the page of a source: each provision that is cited, and what rests on it."""
    about = f"What rests on {thing.name}, provision by provision."
    return page(book, thing.address, about, _source(book, thing.key))


def _source(book: Book, key: str) -> Iterator[Block]:
    resting = book.resting(key)
    # As it is cited, with its day and its mark: nothing is said of the whole that nobody checked.
    readable = next((citation for citation, _, _ in resting if citation.url), None)
    if readable is not None:
        yield Paragraph(cell("Where to read it: ", Cite(readable), "."))
    remembered = sum(c.confidence is Confidence.REMEMBERED for c, _, _ in resting)
    if remembered:
        yield paragraph(f"{remembered} of {len(resting)} citations are remembered, not verified.")
    by_provision: dict[str, dict[Text, None]] = {}
    for citation, address, period in resting:
        told = cell(book.link(address), f" ({in_words(period)})")
        by_provision.setdefault(citation.provision or "As a whole", {})[told] = None
    items = [
        Point((provision,), tuple(Point(told) for told in rests))
        for provision, rests in sorted(by_provision.items(), key=lambda each: _in_order(each[0]))
    ]
    yield Bullets(tuple(items[:_AT_ONCE]))
    if rest := items[_AT_ONCE:]:
        yield Details(f"Further provisions ({len(rest)})", (Bullets(tuple(rest)),))


def _in_order(provision: str) -> list[tuple[bool, int, str]]:
    """Order provisions as a text does: 9 before 10."""
    parts = provision.replace("(", " ").replace(")", " ").split()
    return [(not each.isdigit(), int(each) if each.isdigit() else 0, each) for each in parts]
