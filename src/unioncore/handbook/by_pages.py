"""The indexes that people think in: by employer, by job, by trouble."""

from collections.abc import Callable, Iterator, Mapping

from unioncore.describe import THING_KINDS, signposts_of_troubles
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import Block, Bullets, Page, Paragraph, Point, Section, cell
from unioncore.handbook.telling import paragraph, separated

__all__: list[str] = []


def by_page(book: Book, address: str) -> Page | None:
    """Return an index by what somebody thinks of; None where there is no such one."""
    if address not in BY:
        return None
    title, about, made = BY[address]
    told = signposts_of_troubles(book.rulebook) if made is _by_trouble else ()
    return Page(address, title, about, tuple(made(book)), tuple(each.said for each in told))


def _by_employer(book: Book) -> Iterator[Block]:
    yield paragraph("Whom do you work for? An employer that rules name has a page of its own.")
    yield from _of_kinds(book, "employer-kind", "employer")


def _by_job(book: Book) -> Iterator[Block]:
    yield paragraph("What is your job, or your office in the union?")
    yield from _of_kinds(book, "job-group", "office")


def _of_kinds(book: Book, *kinds: str) -> Iterator[Block]:
    for kind in kinds:
        links = book.links(book.things.of(kind))
        if links:
            title = capital(THING_KINDS[kind].many)
            yield Section(kind, title, (Paragraph(cell(*separated(links), ".")),))


def _by_trouble(book: Book) -> Iterator[Block]:
    yield paragraph("What has happened? Ask a representative of the union as early as you can.")
    points = []
    for each in signposts_of_troubles(book.rulebook):
        lead = f"{capital(each.said)}.{''.join(f' {note}' for note in each.notes)} "
        links = ((book.link(address),) for address in each.see)
        points.append(Point(cell(lead, "See: ", *separated(links), ".")))
    yield Bullets(tuple(points))


BY: Mapping[str, tuple[str, str, Callable[[Book], Iterator[Block]]]] = {
    "by/employer": (
        "By employer",
        "Whom you work for, and who bargains for you there.",
        _by_employer,
    ),
    "by/job": ("By job", "What you do, and the rules that speak of it.", _by_job),
    "by/trouble": ("By trouble", "What has happened to you, and where to read on.", _by_trouble),
}
"""For each index, its title, what it tells, and what makes it."""
