"""The pages of a union's parts: service groups, regions, branches, offices; and of calendars."""

from collections.abc import Callable, Iterator

from unioncore.answers import about_union
from unioncore.describe import Thing
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import Block, Grid, Page, Paragraph, Section, cell
from unioncore.handbook.telling import (
    bullets,
    ends,
    item_blocks,
    listed,
    page,
    paragraph,
    sources,
    versions,
)
from unioncore.legal import WorkingDayCalendar
from unioncore.model import Branch, BranchType, TradeUnion
from unioncore.rules import long_date, series

__all__: list[str] = []

_VOCABULARIES = {
    "service-group": "service_group",
    "region": "region",
    "branch-type": "branch_type",
    "branch": "branch",
    "job-group": "job_group",
    "union": "union",
    "claim": "claim",
    "case-type": "case_type",
    "employer-kind": "employer_kind",
}


def part_page(kind: str, about: str) -> Callable[[Book, Thing], Page]:
    """Return what makes the page of a thing whose items say all, such as a region."""

    def made(book: Book, thing: Thing) -> Page:
        blocks = [*item_blocks(book, thing.address), *naming(book, thing)]
        blocks += ends(book, (kind, thing.key), thing.address)
        return page(book, thing.address, about.format(thing.name), blocks)

    return made


def naming(book: Book, thing: Thing) -> Iterator[Block]:
    """Give what names a word in its conditions or as its value, by kind."""
    if thing.kind == "employer":
        facts = ["employer.key", "employer.force"]
    else:
        vocabulary = _VOCABULARIES.get(thing.kind, "-")
        facts = [f.key for f in book.rulebook.rules.facts.values() if f.vocabulary == vocabulary]
    addresses = dict.fromkeys(a for fact in facts for a in book.naming(fact, thing.key))
    yield from listed("Rules that speak of it", book.links(addresses))


def branch_page(book: Book, thing: Thing) -> Page:
    """Return the page of a branch, or of a kind of branch: whom it takes in."""
    is_type = thing.kind == "branch-type"
    kind: type[Branch] | type[BranchType] = BranchType if is_type else Branch
    definition = book.rulebook.named(kind)[thing.key]
    lead = "It lies in the region of the workplace." if getattr(definition, "regional", 0) else ""
    blocks: list[Block] = [paragraph(lead)] if lead else []
    blocks += versions(book, definition.rules()[0], "It takes somebody in")
    for item in book.items_at(thing.address):
        notes = dict.fromkeys(note for one in item.versions for note in one.notes)
        if notes:
            blocks.append(bullets((note,) for note in notes))
    blocks += naming(book, thing)
    at = ("branch_types" if is_type else "branches", thing.key)
    blocks += ends(book, at, thing.address, [rule.key for rule in definition.rules()])
    return page(book, thing.address, f"{thing.name}: whom it takes in, and since when.", blocks)


def union_page(book: Book, thing: Thing) -> Page:
    """Return the page of a trade union: where it has seats, and what it belongs to."""
    union = book.rulebook.named(TradeUnion)[thing.key]
    blocks: list[Block] = []
    if union.own:
        blocks.append(paragraph("The rulebook is this union's own."))
    seats = [
        f"body/{body.key}"
        for body in book.rulebook.definitions.bodies
        if any(thing.key in side.unions for one in body.versions for side in one.sides)
    ]
    blocks += listed("Where it has a seat, or had one", book.links(seats))
    told = about_union(book.rulebook, thing.key, on=book.on).facts()
    blocks += listed("What is known of it", [(each,) for each in told])
    blocks += sources(union.citations)
    blocks += naming(book, thing)
    blocks += ends(book, ("unions", thing.key), thing.address)
    about = f"{thing.name}: the bodies on which it has a seat."
    return page(book, thing.address, about, blocks)


def calendar_page(book: Book, thing: Thing) -> Page:
    """Return the page of a calendar: its horizon, and the holidays from the day of the book on."""
    calendar = book.rulebook.named(WorkingDayCalendar)[thing.key]
    blocks = list(_calendar(book, calendar))
    blocks += ends(book, ("calendars", thing.key), thing.address)
    about = f"Which days are working days in {series(sorted(calendar.nations))}."
    return page(book, thing.address, about, blocks)


def _calendar(book: Book, calendar: WorkingDayCalendar) -> Iterator[Block]:
    nations = series(sorted(calendar.nations))
    said = f"In {nations} every day from Monday to Friday is a working day, except holidays."
    yield paragraph(said)
    end = calendar.period.end
    if end is not None:
        yield paragraph(f"The holidays are known until {long_date(end)}, not included.")
    days = sorted(
        (day, holiday.name)
        for holiday in calendar.holidays
        for day in holiday.days
        if day.year >= book.on.year
    )
    in_full = book.prose.say.long_date
    rows = tuple(((in_full(day),), (capital(name),)) for day, name in days)
    title = f"Holidays from {book.on.year} on"
    yield Section("holidays", title, (Grid(("Day", "Holiday"), rows),))
    cited = [citation for holiday in calendar.holidays for citation in holiday.citations]
    yield Section("sources", "Sources", tuple(sources(cited)))


def word_page(book: Book, thing: Thing) -> Page:
    """Return the page of a word that only rules speak of, such as a group of jobs."""
    blocks = tuple(naming(book, thing))
    fact = next(
        (
            fact.key
            for fact in book.rulebook.rules.facts.values()
            if fact.vocabulary == _VOCABULARIES.get(thing.kind, "-") and not fact.derived
        ),
        "",
    )
    if fact:
        lead = Paragraph(cell("It is given as ", book.fact(fact), "."))
        blocks = (lead, *blocks)
    return page(book, thing.address, f"{thing.name}: the rules that speak of it.", blocks)
