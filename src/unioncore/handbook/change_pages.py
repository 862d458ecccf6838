"""The pages of days on which the rules changed: what was said before, and what is said since."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from unioncore.checked import checked
from unioncore.describe import address_of
from unioncore.handbook.book import FIRST_YEAR, Book, Told
from unioncore.handbook.page import Block, Bullets, Grid, Page, PageLink, Paragraph, Point, cell
from unioncore.handbook.telling import paragraph, separated
from unioncore.rules import long_date

__all__ = ["changes_between"]

_AT_ONCE = 12
"""How many changes one page tells."""
_LONG = 400
"""How many letters of a text are told; the thing's own page has the whole."""


def change_addresses(book: Book) -> Iterator[str]:
    """Give the address of each page of changes."""
    yield "change/index"
    for day, told in book.changes.items():
        yield from (_address(day, number) for number in range(_pages(told)))


def _pages(told: tuple[Told, ...]) -> int:
    return -(-len(told) // _AT_ONCE)


def _address(day: date, number: int) -> str:
    return f"change/{day.isoformat()}" + (f"-{number + 1}" if number else "")


def change_page(book: Book, address: str) -> Page | None:
    """Return one page of the changes of a day; None where there is no such page."""
    if address == "change/index":
        return Page(address, "What changed", "Each day on which the rules changed.", _index(book))
    day, number = next(
        (
            (day, number)
            for day, told in book.changes.items()
            for number in range(_pages(told))
            if _address(day, number) == address
        ),
        (None, 0),
    )
    if day is None:
        return None
    told = book.changes[day]
    mine = told[number * _AT_ONCE : (number + 1) * _AT_ONCE]
    title = f"What changed on {long_date(day)}" + (f" ({number + 1})" if number else "")
    blocks = [Bullets(tuple(_change(book, each) for each in mine))]
    others = [
        (PageLink(f"part {n + 1}", _address(day, n)),) for n in range(_pages(told)) if n != number
    ]
    more: list[Block] = []
    if others:
        more.append(Paragraph(cell("Further changes of that day: ", *separated(others), ".")))
    about = f"{len(told)} rules, figures and bodies changed on {long_date(day)}."
    return Page(address, title, about, (*more, *blocks), kind="change")


@checked
def changes_between(book: Book, first: date, second: date) -> tuple[Block, ...]:
    """Return what is said differently on two days, as blocks."""
    pairs = ((item, item.at(first), item.at(second)) for item in book.items)
    points = tuple(_change(book, each) for each in pairs if each[1] != each[2])
    if not points:
        return (paragraph(f"Nothing is different on {long_date(first)} and {long_date(second)}."),)
    return (Bullets(points),)


def _change(book: Book, told: Told) -> Point:
    item, before, after = told
    said = "replaced" if before and after else "begun" if after else "ended"
    link = book.link(address_of(item.definition))
    under = [
        Point((f"{word}: {_short(version.text)}",))
        for word, version in (("Before", before), ("Since", after))
        if version is not None
    ]
    return Point(cell(link, f": {said}."), tuple(under))


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 4].rsplit(' ', 1)[0]} ..."


def _index(book: Book) -> tuple[Block, ...]:
    years = Counter(day.year for day in book.changes)
    blocks: list[Block] = [
        paragraph(f"Days since {FIRST_YEAR} on which a rule or a figure changed.")
    ]
    for year in years:
        links = [
            cell(
                PageLink(long_date(day).removesuffix(f" {year}"), _address(day, 0)),
                f" ({len(told)})",
            )
            for day, told in book.changes.items()
            if day.year == year
        ]
        blocks.append(Grid((str(year),), ((cell(*separated(links)),),)))
    return tuple(blocks)
