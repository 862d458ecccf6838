"""The drawings of pages: how numbers changed, and when what was so."""

from collections.abc import Callable, Iterator
from datetime import date

from unioncore.answers import movement_of
from unioncore.answers.by_name import ask
from unioncore.describe import (
    History,
    Span,
    members_history,
    parameter_history,
    pay_history,
    timeline_plot,
)
from unioncore.handbook.book import Book
from unioncore.handbook.page import Block, Picture
from unioncore.legal import Duration, TimeUnit
from unioncore.model import Body, Ending, PayRound, Snapshot, Unit

__all__: list[str] = []

_SMALLEST = "core.smallest_count"

_CAME_TO = {
    Ending.CLAIM: "claim",
    Ending.OFFER: "offer",
    Ending.REJECTED: "rejected",
    Ending.AGREED: "agreed",
    Ending.IMPOSED: "imposed",
    Ending.AWARDED: "awarded",
}


def parameter_drawing(book: Book, key: str) -> Iterator[Block]:
    """Give the plot of a parameter's values, if they are numbers that ever change."""
    yield from _drawn(book, lambda: parameter_history(book.rulebook, key))


def pay_drawing(book: Book, key: str) -> Iterator[Block]:
    """Give the plot of the pay of a scale, or of the one scale of a body."""
    yield from _drawn(book, lambda: pay_history(book.rulebook, key))


def _drawn(book: Book, found: Callable[[], History]) -> Iterator[Block]:
    try:
        history = found()
    except ValueError:
        return  # nothing that can be drawn; the page tells it in words
    if max(map(len, history.lines.values()), default=0) > 1:
        yield Picture(history.drawn("svg", until=book.on), history.title)


def members_drawing(book: Book, now: Snapshot, unit: Unit) -> Iterator[Block]:
    """Give the plot of a unit's members over five years, unless some count is a small one."""
    since = Duration(5, TimeUnit.YEARS).before(now.day)
    found = movement_of(book.rulebook, now, unit.key, since=since)
    facts = {"statistics.by_protected_characteristic": False}
    smallest = ask(book.rulebook, facts, _SMALLEST, on=now.day)[_SMALLEST]
    if smallest.known and min(count for _, count in found.over_time) >= smallest.value:
        yield from _drawn(book, lambda: members_history(found))


def body_drawing(book: Book, body: Body) -> Iterator[Block]:
    """Give the timeline of a body that changed, or that ended."""
    spans = [Span(each.name, each.period) for each in body.versions]
    if body.existed is not None:
        spans.insert(0, Span("It existed", body.existed))
    if len(spans) > 1:
        title = f"{body.word().name}: since when"
        yield Picture(timeline_plot(spans, title=title, until=book.on), title)


def rounds_drawing(book: Book, body: Body, rounds: list[PayRound]) -> Iterator[Block]:
    """Give the timeline of a body's pay rounds: what each settled, and the days of its steps."""
    spans = [
        Span(f"{each.year}: {_CAME_TO[each.ending]}", each.holds, marks=tuple(_marks(each)))
        for each in rounds
    ]
    told = [span for span in spans if span.period is not None or span.marks]
    if len(told) > 1:
        title = f"{body.word().name}: pay rounds"
        yield Picture(timeline_plot(told, title=title, until=book.on), title)


def _marks(round_: PayRound) -> Iterator[tuple[date, str]]:
    for step in round_.steps:
        try:
            day = date.fromisoformat(step.on)
        except ValueError:
            continue  # a month or a year is no place on a line
        yield day, step.what.replace("_", " ")
