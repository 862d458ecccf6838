"""What a pay point was worth on a day, and whether published tables follow from awards."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import attrs
from attrs import frozen

from unioncore.answers.together import Answers, Worked
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import Citation, Confidence, Timeline, in_force
from unioncore.model import (
    Body,
    Ending,
    Offer,
    PayRound,
    PayScale,
    PayTable,
    Rise,
    Stage,
    is_point,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date, pounds, series

__all__ = ["PointWorth", "TableCheck", "TableDifference", "point_worth", "table_checks"]


# -- what a point was worth ------------------------------------------------------------------------


@frozen
class PointWorth(Worked, shows="scale point pay"):
    """What one point of a pay scale was worth on a day."""

    scale: str
    """The key of the scale; empty where the body has none."""
    point: str
    pay: Answer[Decimal]
    """In pounds, for what the scale counts by: as a rule a year."""
    hourly: Answer[Decimal]
    """By the hour, as the body works it out."""
    round: Answer[str]
    """The key of the round that last moved the point."""
    worked_out: bool
    """Whether the pay was worked out from an earlier table, for want of one of the day."""
    within: Decimal
    """By how much what was worked out may be out in pounds, where no rule of rounding is known;
    else nothing."""


@checked
def point_worth(rulebook: Rulebook, body: str, point: str, *, on: date) -> PointWorth:
    """Answer what a point was worth on a day.

    The published table of the day says it. Where the last table has ended, it is worked out from
    that table by the rounds settled since, if they are known for the whole time between.

    Args:
        rulebook: holds scales and rounds.
        body: the key of a body whose rounds move a scale, or of a scale.
        point: the point, such as ``12`` or ``5 top``.
        on: the day.

    Raises:
        UnknownName: when there is no such body or scale, or no table of it has the point.
    """
    work = Working.by(rulebook, on)
    scales = scales_of(rulebook, body)
    if not scales:
        why = f"no pay scale of {body} is recorded"
        return _nothing(work, "", point, why)
    found = [each for each in scales if _has(each, _rounds(rulebook, each), point)]
    if not found:
        every = [name for each in scales for table in each.versions for name in table.spine]
        called = f"point of {series(each.name for each in scales)}"
        raise UnknownName(called, point, nearest(point, dict.fromkeys(every)))
    if len(found) > 1:
        why = f"several scales have point {point}; name one of {series(s.key for s in found)}"
        return _nothing(work, "", point, why)
    return _PointOnDay(work, found[0], _rounds(rulebook, found[0]), point, on).worth()


def scales_of(rulebook: Rulebook, key: str) -> list[PayScale]:
    """Return the scales that a body's rounds move, or the one scale of that key."""
    every, bodies = rulebook.named(PayScale), rulebook.named(Body)
    if key in every:
        return [every[key]]
    if key not in bodies:
        raise UnknownName("body or pay scale", key, nearest(key, [*bodies, *every]))
    return [each for each in every.values() if key in each.bodies]


def _rounds(rulebook: Rulebook, scale: PayScale) -> tuple[PayRound, ...]:
    """Return the rounds that are about a scale, by the day on which their time begins."""
    rounds = (each for each in rulebook.definitions.pay_rounds if each.body in scale.bodies)
    return tuple(sorted(rounds, key=lambda each: _first_day(each) or date.min))


def _has(scale: PayScale, rounds: Iterable[PayRound], point: str) -> bool:
    """Say whether a scale had a point on some day, by its tables or by a round that ended it."""
    gone = (rise for each in rounds for rise in each.rises if rise.deleted and rise.of == scale.of)
    tables = any(point in table.spine for table in scale.versions)
    return tables or any(is_point(point, rise.points) for rise in gone)


def _time(table: PayTable) -> str:
    """Say for which days a table is, both ends included."""
    start, end = table.period.start, table.period.end
    since = f" from {long_date(start)}" if start else ""
    return since + (f" to {long_date(end - timedelta(1))}" if end else "")


def _first_day(round_: PayRound) -> date | None:
    if round_.holds is not None and round_.holds.start is not None:
        return round_.holds.start
    return min((each.start for each in round_.rises if each.start), default=None)


def _nothing(work: Working, scale: str, point: str, why: str) -> PointWorth:
    facts = _facts(scale, point)
    pay, hourly, moved = (work.not_known(fact, why) for fact in facts)
    return PointWorth(scale, point, pay, hourly, moved, False, Decimal(0))


def _facts(scale: str, point: str) -> tuple[Fact, Fact, Fact]:
    at = f"point {point}" + (f" of {scale}" if scale else "")
    return (
        Fact("pay", FactType.MONEY, f"the pay of {at}"),
        Fact("hourly", FactType.MONEY, f"the hourly rate of {at}"),
        Fact("round", FactType.TEXT, f"the round that moved {at}"),
    )


@frozen(repr=False)
class _PointOnDay:
    """One question about one point of one scale."""

    work: Working
    scale: PayScale
    rounds: tuple[PayRound, ...]
    point: str
    on: date

    def worth(self) -> PointWorth:
        pay_fact, hourly_fact, round_fact = _facts(self.scale.key, self.point)
        table = in_force(self.scale.versions, self.on)
        worked_out = False
        if table is not None and self.point in table.spine:
            pay = self._by_table(pay_fact, table)
        elif gone := self._deleted():
            pay = self.work.not_known(pay_fact, gone)
        elif table is not None:
            why = f"the table{_time(table)} has no point {self.point}"
            why += "" if table.complete else ", and is not complete"
            pay = self.work.not_known(pay_fact, why)
        else:
            pay = self._by_rounds(pay_fact)
            worked_out = pay.known
        hourly = self.scale.hourly
        if hourly is None:
            why = "how an hour is worked out from a year is not recorded for this scale"
            by_hour: Answer[Decimal] = self.work.not_known(hourly_fact, why)
        elif not pay.known:
            by_hour = self.work.not_known(hourly_fact, pay.reason)
        else:
            text = f"{pounds(pay.value)}, shared by {hourly.weeks} weeks of {hourly.hours} hours"
            each = hourly.of(pay.value)
            by_hour = self.work.known(hourly_fact, each, text, citations=hourly.citations)
        moved = self._moved(round_fact, pay)
        within = self.scale.rounding.within if worked_out else Decimal(0)
        return PointWorth(
            self.scale.key, self.point, pay, by_hour, moved, worked_out=worked_out, within=within
        )

    def _by_table(self, fact: Fact, table: PayTable) -> Answer[Decimal]:
        pay = table.spine[self.point]
        text = f"the table{_time(table)} gives {pounds(pay)} {self.scale.unit}"
        warnings = (f"sources conflict: {table.conflict}",) if table.conflict else ()
        cited = _citations(table, self.point)
        return self.work.known(fact, pay, text, citations=cited, warnings=warnings)

    def _by_rounds(self, fact: Fact) -> Answer[Decimal]:
        tables = Timeline(self.scale.versions).versions
        before = [each for each in tables if each.period.end and each.period.end <= self.on]
        if not before:
            first = tables[0].period.start if tables else None
            since = f"; the first is that{_time(tables[0])}" if first else ""
            return self.work.not_known(fact, f"no table of so early a day is recorded{since}")
        last = before[-1]
        if why := self._gap(last):
            return self.work.not_known(fact, why)
        rounds = [each for each in self.rounds if each.is_settled]
        used, stages = _since(self.scale, rounds, last, self.on)
        stage = stages[-1] if stages else None
        pay = (stage.pay if stage else last.spine).get(self.point)
        if pay is None:
            open_ = stage.not_known if stage else {}
            told = open_.get(self.point, f"the table{_time(last)} has no point {self.point}")
            return self.work.not_known(fact, told)
        text = f"the table{_time(last)} and {_named(used)} give {pounds(pay)} {self.scale.unit}"
        warnings = ["worked out; no published table of this day is recorded"]
        if self.scale.rounding.within:
            out = f"£{self.scale.rounding.within}"
            warnings = [f"worked out, to within {out}: no rule is known by which it is rounded"]
        cited = dict.fromkeys(
            [
                *_citations(last, self.point),
                *(c for each in used for c in each.citations),
                *self.scale.rounding.citations,
            ]
        )
        return self.work.known(fact, pay, text, citations=cited, warnings=warnings)

    def _gap(self, last: PayTable) -> str:
        """Return why the rounds since a table do not tell the pay of the day; empty: they do."""
        until = last.period.end
        while until is not None and until <= self.on:
            ends = [
                each.holds.end
                for each in self.rounds
                if each.is_settled and each.rises and each.holds and until in each.holds
            ]
            known = [end for end in ends if end is not None]
            if not known:
                ended = f"the last table known before is that{_time(last)}"
                return f"{ended}; {self._standing(until)}"
            until = max(known)
        return ""

    def _standing(self, day: date) -> str:
        """Say how the round of a day stands that settled no pay in numbers."""
        for each in self.rounds:
            if each.holds is not None and day in each.holds:
                how = {
                    Ending.CLAIM: "a claim; no offer is recorded",
                    Ending.OFFER: "an offer; that it was agreed is not recorded",
                    Ending.REJECTED: "rejected; what followed is not recorded",
                }.get(each.ending, f"{each.ending}, but its figures, or its end, are not")
                return f"the round of {each.year} is recorded as {how}"
        return f"no round from {long_date(day)} is recorded"

    def _deleted(self) -> str:
        """Say when the point was deleted, and by which round; empty where none did."""
        for start, rise, each in self._dated():
            if rise.deleted and is_point(self.point, rise.points):
                return f"point {self.point} was deleted on {long_date(start)} (round {each.key})"
        return ""

    def _dated(self) -> Iterator[tuple[date, Rise, PayRound]]:
        """Give each rise of a settled round up to the day, with its first day and its round."""
        for each in self.rounds:
            for rise in each.rises if each.is_settled else ():
                if rise.of == self.scale.of and rise.start is not None and rise.start <= self.on:
                    yield rise.start, rise, each

    def _moved(self, fact: Fact, pay: Answer[Decimal]) -> Answer[str]:
        if not pay.known:
            return self.work.not_known(fact, pay.reason)
        moving = [
            (start, each)
            for start, rise, each in self._dated()
            if not (rise.once or rise.deleted)
            and (not rise.points or is_point(self.point, rise.points))
        ]
        if not moving:
            return self.work.not_known(fact, "no settled round is recorded that moved it")
        start, found = max(moving, key=lambda pair: pair[0])
        text = f"{found.ending} for {found.year}, from {long_date(start)} ({found.key})"
        warnings = (f"sources conflict: {found.conflict}",) if found.conflict else ()
        cited = found.citations
        return self.work.known(fact, found.key, text, citations=cited, warnings=warnings)


def _named(rounds: Sequence[PayRound]) -> str:
    if not rounds:
        return "no rise since"
    return f"the round{'s' if len(rounds) > 1 else ''} {series(each.key for each in rounds)}"


def _since(
    scale: PayScale, rounds: Iterable[PayRound], last: PayTable, until: date
) -> tuple[tuple[PayRound, ...], tuple[Stage, ...]]:
    """Return the rounds with rises after the first day of a table, and what they make of it.

    ``until`` is the last day of a rise, included.
    """
    first = last.period.start or date.min
    found = [
        (each, rise)
        for each in rounds
        for rise in each.rises
        if rise.of == scale.of and rise.start is not None and first < rise.start <= until
    ]
    offer = Offer(tuple(rise for _, rise in found))
    stages = offer.stages(last.spine, scale.rounding, of=scale.of)
    return tuple(dict.fromkeys(each for each, _ in found)), stages


def _citations(table: PayTable, point: str) -> tuple[Citation, ...]:
    """Return the sources of what a table says of a point; remembered where nobody read it there."""
    if not is_point(point, table.remembered):
        return table.citations
    return tuple(attrs.evolve(each, confidence=Confidence.REMEMBERED) for each in table.citations)


# -- from table to table ---------------------------------------------------------------------------


@frozen
class TableDifference(Answers, shows="point published worked_out"):
    """One point of a table that is not what the rounds before it give."""

    point: str
    published: Decimal | None
    """None where the table has no such point, though no round deleted it."""
    worked_out: Decimal
    within: bool
    """Whether it is as small as the scale's rounding allows, where no rule is known."""


@frozen
class TableCheck(Answers, shows="scale start same differences"):
    """Whether a published table follows from the one before and the rounds between."""

    scale: str
    start: date
    """The first day of the table."""
    rounds: tuple[str, ...]
    """The keys of the rounds between."""
    same: int
    """How many points are what the rounds give, to the penny."""
    differences: tuple[TableDifference, ...]
    new: tuple[str, ...]
    """Points that the table before does not have."""
    not_known: str
    """Why it cannot be told for all points, or for some; empty where it can."""
    conflict: str
    """What the table itself says of sources that disagree."""
    citations: tuple[Citation, ...]
    """Where the table, the one before and the rounds were read."""


@checked
def table_checks(rulebook: Rulebook, body: str) -> tuple[TableCheck, ...]:
    """Work each published table out from the one before it, and compare point by point.

    Args:
        rulebook: holds scales and rounds.
        body: the key of a body whose rounds move a scale, or of a scale.

    Raises:
        UnknownName: when there is no such body or scale.
    """
    return tuple(check for scale in scales_of(rulebook, body) for check in _checks(rulebook, scale))


def _checks(rulebook: Rulebook, scale: PayScale) -> Iterator[TableCheck]:
    # That an offer was paid may be known from the table alone.
    rounds = [r for r in _rounds(rulebook, scale) if r.is_settled or r.ending is Ending.OFFER]
    for last, table in pairwise(Timeline(scale.versions).versions):
        yield _check(scale, rounds, last, table)


def _check(
    scale: PayScale, rounds: Sequence[PayRound], last: PayTable, table: PayTable
) -> TableCheck:
    start = table.period.start
    assert start is not None  # a table that follows another has a first day
    used, stages = _since(scale, rounds, last, start)
    spine, before = table.spine, last.spine
    same, differences, open_ = 0, [], {}
    for point, worked_out in (stages[-1].pay if stages else {}).items():
        published = spine.get(point)
        if published == worked_out:
            same += 1
        elif published is not None or table.complete:
            out = None if published is None else abs(published - worked_out)
            within = out is not None and out <= scale.rounding.within
            differences.append(TableDifference(point, published, worked_out, within))
    if stages:
        open_ = {key: why for key, why in stages[-1].not_known.items() if key in spine}
    why = "; ".join(f"point {point}: {each}" for point, each in open_.items())
    if not stages:
        why = "no round between the two tables is recorded in numbers"
    elif last.period.end != start:
        why = f"no table is recorded between that{_time(last)} and that{_time(table)}"
    cited = (*last.citations, *table.citations, *(c for each in used for c in each.citations))
    return TableCheck(
        scale.key,
        start,
        tuple(each.key for each in used),
        same,
        tuple(differences),
        tuple(point for point in spine if point not in before),
        why,
        table.conflict,
        tuple(dict.fromkeys(cited)),
    )
