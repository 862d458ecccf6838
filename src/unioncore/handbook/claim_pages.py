"""The pages of claims to tribunals: by when, from when, what a late claim needs, who qualifies."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from unioncore.answers import ask_many
from unioncore.describe import Thing, in_words
from unioncore.describe.item_texts import capital
from unioncore.handbook.book import Book
from unioncore.handbook.page import Block, Grid, Listing, Page, Section, Text, cell
from unioncore.handbook.telling import bullets, listed, page, paragraph, separated
from unioncore.legal import Nation, Period
from unioncore.rules import Answer, long_date, series

__all__: list[str] = []

_STARTS = "claim.time_starts"
"""The fact whose day chooses the law of a claim."""
_LIMITS = ("claim.limit_months", "claim.limit_days")
_LATE = ("claim.extension_test",)
_FIRST = ("claim.first_day", "claim.known_from")

_Series = tuple[tuple[Period, Answer[Any]], ...]
"""An answer for each period of days from which time may run."""


def claim_page(book: Book, thing: Thing) -> Page:
    """Return the page of a claim."""
    about = f"The time limit for {book.prose.word('claim.kind', thing.key)}: how long, from when."
    return page(book, thing.address, about, _claim(book, thing))


def _claim(book: Book, thing: Thing) -> Iterator[Block]:
    yield paragraph(f"A claim to a tribunal: {book.prose.word('claim.kind', thing.key)}.")
    yield paragraph(
        "Time runs from the day on which the employment ended, or from the act complained of; of a "
        "series, from its last act. Early conciliation, where it is needed, stops the clock. "
        "This is not legal advice."
    )
    command = f"$ unioncore deadline {thing.key} --starts 2026-11-02 --nation England"
    yield Listing(command, "console")
    yield Section("limit", "How long there is", tuple(_limits(book, thing.key)))
    yield from _late(book, thing.key)
    yield from _since_when(book, thing.key)
    types = [
        f"case-type/{kind.key}"
        for kind in book.rulebook.definitions.case_types
        if any(clock.claim == thing.key for one in kind.versions for clock in one.clocks)
    ]
    yield from listed("Cases that may lead to it", book.links(types))
    naming = [a for a in book.naming("claim.kind", thing.key) if a.startswith("rule/")]
    yield from listed("Rules that speak of it", book.links(naming))


def _limits(book: Book, claim: str) -> Iterator[Block]:
    grid = _grid(book, claim, _LIMITS, "How long")
    if grid is None:
        yield paragraph("No limit is known.")
    else:
        yield grid


def _late(book: Book, claim: str) -> Iterator[Block]:
    grid = _grid(book, claim, _LATE, "A late claim is heard")
    if grid is not None:
        yield Section("late", "If it is late", (grid,))


def _since_when(book: Book, claim: str) -> Iterator[Block]:
    told = []
    for nations, ((_, answer), *_) in _by_nation(book, claim, _FIRST):
        # A first day does not depend on when time starts.
        value = book.prose.value(answer.fact, answer.value)
        since = "since" if answer.fact == _FIRST[0] else "there was such a claim by"
        told.append((f"{nations}: {since} {value}.",))
    if told:
        yield Section("since", "Since when there is such a claim", (bullets(told),))


def _grid(book: Book, claim: str, facts: Sequence[str], head: str) -> Grid | None:
    """Return what facts say of a claim, nation by nation and period by period."""
    rows: list[tuple[Text, ...]] = []
    for nations, found in _by_nation(book, claim, facts):
        for period, answer in reversed(found):
            cited = cell(*separated(book.cites(answer.citations[:3])))
            told = in_words(period)
            when = "whenever time starts" if told == "always" else f"time starts {told}"
            rows.append(((nations,), (when,), (_said(book, answer),), cited))
    return Grid(("Where", "When", head, "Source"), tuple(rows)) if rows else None


def _said(book: Book, answer: Answer[Any]) -> str:
    unit = {"claim.limit_months": " months", "claim.limit_days": " days"}.get(answer.fact, "")
    if unit and answer.value == 1:
        unit = unit.removesuffix("s")
    # The words of a fact's own list have no other name than their keys.
    return f"{book.prose.value(answer.fact, answer.value)}{unit}".replace("-", " ")


def _by_nation(book: Book, claim: str, facts: Sequence[str]) -> Iterator[tuple[str, _Series]]:
    """Give the nations for which the same is known, and what that is, in order of days."""
    found: dict[tuple[tuple[Period, Any], ...], tuple[list[str], _Series]] = {}
    for nation in Nation:
        told = _series(book, claim, str(nation), facts)
        if told:
            same = tuple((period, answer.value) for period, answer in told)
            found.setdefault(same, ([], told))[0].append(str(nation))
    yield from ((series(nations), told) for nations, told in found.values())


def _series(book: Book, claim: str, nation: str, facts: Sequence[str]) -> _Series:
    """Return the known answers to the first of the facts that has one, by the day time starts."""
    if any(fact not in book.rulebook.rules.facts for fact in (*facts, _STARTS)):
        return ()
    days = sorted(book.rulebook.turning_days(_STARTS))
    starts = [days[0] - timedelta(1), *days] if days else [book.on]
    given = {"claim.kind": claim, "claim.nation": nation}
    rows = [{**given, _STARTS: day} for day in starts]
    answers = ask_many(book.rulebook, rows, *facts, on=book.on)
    found: list[tuple[Period, Answer[Any]]] = []
    for number, each in enumerate(answers):
        start = starts[number] if number else None
        end = starts[number + 1] if number + 1 < len(starts) else None
        known = next((each[fact] for fact in facts if each[fact].known), None)
        if known is None:
            continue
        before = found[-1] if found else None
        if before and before[0].end == start and before[1].value == known.value:
            found[-1] = (Period(before[0].start, end), before[1])
        else:
            found.append((Period(start, end), known))
    return tuple(found)


def claims_index(book: Book) -> Iterator[Block]:
    """Give a table of the claims: how long there is now, in each nation."""
    yield paragraph(f"The limits where time starts on {long_date(book.on)}:")
    rows: list[tuple[Text, ...]] = []
    for thing in book.things.of("claim").values():
        told = []
        for nations, found in _by_nation(book, thing.key, _LIMITS):
            told += [
                f"{_said(book, answer)} ({nations})"
                for period, answer in found
                if book.on in period
            ]
        limit = "; ".join(told) or "not known"
        rows.append((cell(book.link(thing.address)), (capital(limit),)))
    yield Grid(("Claim", "How long there is"), tuple(rows))
