"""What a page of the handbook consists of, whoever shows it: a site, a printer, a terminal."""

from collections.abc import Iterable

from attrs import frozen

from unioncore.legal import Citation
from unioncore.shown import Shown

__all__ = [
    "Block",
    "Bullets",
    "Caution",
    "Cite",
    "Details",
    "Grid",
    "Listing",
    "Page",
    "PageLink",
    "Paragraph",
    "Picture",
    "Point",
    "Section",
    "Text",
    "Typed",
    "cell",
]


@frozen
class PageLink(Shown):
    """Words that lead to another page of the handbook, or to a part of it."""

    text: str
    address: str
    """Of the page, such as ``body/psc-ew``."""
    part: str = ""
    """The key of the section meant; empty for the whole page."""


@frozen
class Cite(Shown, shows="citation"):
    """A citation, with a link to where it can be read and the day on which it was checked."""

    citation: Citation


@frozen
class Typed(Shown):
    """What is typed or written just so, such as a key."""

    text: str


Piece = str | PageLink | Cite | Typed
Text = tuple[Piece, ...]
"""A run of words, links, citations and code."""


@frozen
class Paragraph(Shown):
    """A paragraph."""

    text: Text


@frozen
class Point(Shown):
    """One entry of a list, with further entries under it."""

    text: Text
    under: "tuple[Point, ...]" = ()


@frozen
class Bullets(Shown, shows="items"):
    """A list."""

    items: tuple[Point, ...]


@frozen
class Grid(Shown, shows="heads rows"):
    """A table; each row has a cell for each head."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@frozen
class Picture(Shown):
    """A drawing, as SVG that fits into a page; what it shows also stands there as text."""

    svg: str
    title: str


@frozen
class Listing(Shown):
    """What is written in a file or typed, as it stands."""

    text: str
    language: str


@frozen
class Caution(Shown):
    """What a reader must not miss, such as that sources disagree."""

    text: Text


@frozen
class Details(Shown):
    """Blocks that are shown when somebody opens them."""

    title: str
    blocks: "tuple[Block, ...]"


@frozen
class Section(Shown, shows="key"):
    """Blocks under a heading; its key is the anchor, which lasts."""

    key: str
    title: str
    blocks: "tuple[Block, ...]"


Block = Paragraph | Bullets | Grid | Picture | Listing | Caution | Details | Section
"""One part of a page, below another."""


@frozen
class Page(Shown):
    """One page: what it is about, and what it says."""

    address: str
    """Where it is, such as ``body/psc-ew``; it lasts."""
    title: str
    about: str
    """What it tells, in a sentence, for lists of search results."""
    blocks: tuple[Block, ...]
    words: tuple[str, ...] = ()
    """Other words by which somebody may look for it."""
    kind: str = ""
    """What it is a page of, such as ``body``; empty for an index."""


def cell(*pieces: Piece | Iterable[Piece]) -> Text:
    """Return pieces, and those of runs of pieces, as one text."""
    found: list[Piece] = []
    for piece in pieces:
        found += [piece] if isinstance(piece, Piece) else piece
    return tuple(found)
