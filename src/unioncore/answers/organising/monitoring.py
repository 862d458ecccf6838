"""Equality monitoring: counts of anonymous forms, with how many came back and what to hold against.

Only counts leave, by the rules on small numbers (``publish_counts``). What members let be recorded
of themselves is counted apart, and the two are never joined.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.figures import Pattern, Withheld, publish_counts
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.model import (
    MonitoringCount,
    MonitoringList,
    MonitoringRound,
    OwnMonitoring,
    Snapshot,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date

__all__ = ["Comparator", "Monitored", "monitoring", "own_monitoring"]

_NOT_ANSWERED = "not answered"
_NOT_RECORDED = "not recorded"
_BY = ("unit", "region", "role", "group", "event")


@frozen
class Comparator(Answers, shows="day"):
    """What a row may be held against."""

    source: str
    day: date
    percent: Mapping[str, int | None]
    """By category, rounded; None where the count is suppressed."""


@frozen
class Monitored(Answers, shows="on by"):
    """Counts of one question as they may go out.

    Publish the counts of the same forms once: a second table of them, by something else, could give
    away what this one keeps back.
    """

    question: str
    """In words."""
    on: date
    by: str
    """What the rows are."""
    table: Pattern | Withheld
    response_percent: Mapping[str, int | None]
    """By row: how many forms came back, of those given out; None where it is not recorded or not to
    be told. Empty for what members recorded themselves."""
    too_few: tuple[str, ...]
    """What would be a row, and is none because so few were asked or said anything."""
    not_asked: tuple[str, ...]
    """What would be a row, if its forms had asked the question."""
    compared: Mapping[str, Comparator]
    """By row: the figures of a population; a row that is missing has nothing to be held against."""

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.question
        if isinstance(self.table, Withheld):
            yield f"not published: {self.table}"
            return
        for place, row in enumerate(self.table.rows.all()):
            told = ", ".join(f"{head} {_said(n)}" for head, n in self.table.counts(row).items())
            yield f"  {row}: {told}; in all {_said(self.table.row_totals[place])}"
            share = self.response_percent.get(row)
            if row in self.response_percent:
                yield f"    came back: {'not known' if share is None else f'{share} %'}"
                yield f"    {_compared(self.compared.get(row))}"
        for said, rows in (("too few to publish", self.too_few), ("not asked", self.not_asked)):
            if rows:
                yield f"{said}: {', '.join(rows)}"
        yield (
            f"counts below {self.table.smallest} are suppressed, with whatever would tell them; "
            f"the rest is rounded to {self.table.base}"
        )


def _said(count: int | None) -> str:
    return "suppressed" if count is None else f"{count:,}"


def _compared(other: Comparator | None) -> str:
    if other is None:
        return "no population is recorded to hold this against"
    shares = (
        f"{head} {'suppressed' if n is None else f'{n} %'}" for head, n in other.percent.items()
    )
    return f"{other.source}, {long_date(other.day)}: {', '.join(shares)}"


@checked
def monitoring(rulebook: Rulebook, now: Snapshot, question: str, *, by: str = "unit") -> Monitored:
    """Return what anonymous forms said to a question, up to the day.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        question: a word of the vocabulary ``monitoring_question``.
        by: what the rows are: ``unit``, ``region``, ``role``, ``group`` or ``event``. Forms for
            which that is not recorded are in no row.

    Raises:
        UnknownName: when nothing is asked by that name, or rows cannot be so.
    """
    known = rulebook.named(MonitoringList)
    asked = known[question]
    if by not in _BY:
        raise UnknownName("axis", by, nearest(by, _BY))
    rounds = [row for row in now.every(MonitoringRound) if row.day <= now.day]
    forms = [row for row in rounds if row.kind == "forms" and _label(now, row, by)]
    counts: dict[str, Counter[str]] = {}
    out: dict[str, int | None] = {}
    not_asked = []
    for row in forms:
        label = _label(now, row, by)
        told = _told(rulebook, now, row, question)
        if not told:
            not_asked.append(label)
            continue
        counts.setdefault(label, Counter()).update(told)
        before = out.get(label, 0)
        known_out = before is not None and row.given_out is not None
        out[label] = before + row.given_out if known_out else None  # type: ignore[operator]
    table, too_few = _table(rulebook, counts, by, now.day)
    compared = {}
    for label in counts if by in ("unit", "region") else ():
        found = _comparator(rulebook, now, rounds, label, question)
        if found is not None:
            compared[label] = found
    return Monitored(
        question=asked.name,
        on=now.day,
        by=by,
        table=table,
        response_percent=_responses(table, out),
        too_few=too_few,
        not_asked=tuple(dict.fromkeys(not_asked)),
        compared=compared,
    )


def _label(now: Snapshot, row: MonitoringRound, by: str) -> str:
    if by != "region":
        found: str = getattr(row, by)
        return found
    above = (row.unit, *now.ancestors(row.unit, "region"))
    units = ((key, now.unit(key)) for key in above)
    return next((key for key, unit in units if unit is not None and unit.kind == "region"), "")


def _told(rulebook: Rulebook, now: Snapshot, row: MonitoringRound, question: str) -> dict[str, int]:
    """Return how many forms of a round gave each category; empty where it did not ask."""
    rows = now.rows(MonitoringCount, "round", row.key)
    told = {each.category: each.count for each in rows if each.question == question}
    if not told:
        return {}
    categories = _categories(rulebook, question, row.day)
    if row.kind != "forms":
        return {name: told[key] for key, name in categories.items() if key in told}
    found = {name: told.get(key, 0) for key, name in categories.items()}
    if row.returned is not None:
        found[_NOT_ANSWERED] = row.returned - sum(told.values())
    return found


def _categories(rulebook: Rulebook, question: str, day: date) -> Mapping[str, str]:
    versions = rulebook.named(MonitoringList)[question].versions
    held = next((each.categories for each in versions if day in each.period), ())
    return {each.key: each.name for each in held}


def _table(
    rulebook: Rulebook, counts: Mapping[str, Mapping[str, int]], by: str, on: date
) -> tuple[Pattern | Withheld, tuple[str, ...]]:
    """Return the table as it may go out, and the rows that are too small to be in it at all."""
    protected = {"statistics.by_protected_characteristic": True}
    smallest = ask(rulebook, protected, "core.smallest_count", on=on)["core.smallest_count"]
    if not smallest.known:
        return Withheld((smallest.reason,)), ()
    few = tuple(row for row, line in counts.items() if sum(line.values()) < smallest.value)
    kept = {row: line for row, line in counts.items() if row not in few}
    if not kept:
        return Withheld(("too few were asked",)), few
    return publish_counts(rulebook, kept, rows=by, columns="answer", on=on, protected=True), few


def _responses(table: Pattern | Withheld, out: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return the share that came back, from what is published and so gives nothing else away."""
    if isinstance(table, Withheld):
        return {}
    totals = dict(zip(table.rows.all(), table.row_totals, strict=True))
    return {
        label: None if not out[label] or back is None else _percent(back, out[label] or 0)
        for label, back in totals.items()
    }


def _percent(part: int, whole: int) -> int:
    return min((200 * part + whole) // (2 * whole), 100)


def _comparator(
    rulebook: Rulebook,
    now: Snapshot,
    rounds: list[MonitoringRound],
    unit: str,
    question: str,
) -> Comparator | None:
    """Return the last figures of a population of the unit, or of the nearest one above."""
    for key in (unit, *now.ancestors(unit, "region")):
        here = [row for row in rounds if row.kind == "population" and row.unit == key]
        for row in sorted(here, key=lambda row: row.day, reverse=True):
            told = _told(rulebook, now, row, question)
            table = _table(rulebook, {key: told}, "unit", now.day)[0] if told else None
            if isinstance(table, Pattern) and table.total:
                (cells,), total = table.cells, table.total
                shares = (None if cell is None else _percent(cell, total) for cell in cells)
                return Comparator(
                    row.source, row.day, dict(zip(table.columns.all(), shares, strict=True))
                )
    return None


@checked
def own_monitoring(
    rulebook: Rulebook, now: Snapshot, question: str, unit: str, *, axis: str = "region"
) -> Monitored:
    """Return what members of a unit let be recorded of themselves, by the units below it.

    It counts current members; those who let nothing be recorded are counted as such.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        question: a word of the vocabulary ``monitoring_question``.
        unit: the unit whose members are counted.
        axis: the axis on which units lie below it.

    Raises:
        UnknownName: when nothing is asked by that name, or no record knows the unit or the axis.
    """
    asked = rulebook.named(MonitoringList)[question]
    said = {
        row.person: _categories(rulebook, question, row.start).get(row.category, row.category)
        for row in now.every(OwnMonitoring)
        if row.question == question
    }
    below = now.children(unit, axis) or (unit,)
    names = [*_categories(rulebook, question, now.day).values(), _NOT_RECORDED]
    counts = {}
    for each in below:
        found = Counter(said.get(person, _NOT_RECORDED) for person in now.members(each, axis))
        if found:
            counts[each] = {**dict.fromkeys(names, 0), **found}
    table, too_few = _table(rulebook, counts, "unit", now.day)
    return Monitored(
        question=asked.name,
        on=now.day,
        by="unit",
        table=table,
        response_percent={},
        too_few=too_few,
        not_asked=(),
        compared={},
    )
