"""What a clause on unsocial hours gives for a shift: hours by class, and the enhancement in pounds.

Hours and rates are exact fractions; the pay of a shift is rounded once, at its end. Where a break,
a rate or a rule is not known, what it comes to is told within bounds, if it has any. That a shift
is cut at midnight where a version ends, and rounded at its end, is the library's own choice: no
text says it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor
from typing import Self

import attrs
from attrs import field, frozen

from unioncore.answers.together import Answers, Worked
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, BeyondHorizon, Problem
from unioncore.legal import Citation, in_force
from unioncore.model import (
    CLOCK_CHANGES,
    HourlyPay,
    HourRate,
    PayClause,
    PayClauseVersion,
    Shift,
    Stretch,
    WorkedUnder,
    pay_misfits,
)
from unioncore.numbers import half_up
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date
from unioncore.shown import Shown

__all__ = ["PayBounds", "ShiftPay", "shift_pay"]

_ENHANCEMENT = Fact("enhancement", FactType.MONEY, "the enhancement for unsocial hours")
_ZERO = Decimal("0.00")
_BASIC = Fact("basic", FactType.MONEY, "the basic pay of the shift")


@frozen
class PayBounds(Answers, shows="least most"):
    """The bounds of an amount; None where there is none on that side."""

    least: Decimal | None
    most: Decimal | None

    @classmethod
    def of(cls, amount: Decimal) -> Self:
        """Return the bounds of an amount that is known."""
        return cls(amount, amount)

    def __add__(self, other: "PayBounds") -> "PayBounds":
        return PayBounds(_sum(self.least, other.least), _sum(self.most, other.most))

    def __sub__(self, other: "PayBounds") -> "PayBounds":
        return PayBounds(_sum(self.least, other.most, -1), _sum(self.most, other.least, -1))

    @property
    def exact(self) -> Decimal | None:
        """The amount where both bounds are one."""
        return self.least if self.least == self.most else None

    def above_nothing(self) -> "PayBounds":
        """Return the bounds of what there is of it above nothing."""
        least, most = (None if each is None else max(each, _ZERO) for each in self._ends)
        return PayBounds(_ZERO if least is None else least, most)

    @property
    def _ends(self) -> tuple[Decimal | None, Decimal | None]:
        return self.least, self.most

    def to_text(self) -> str:
        """Return it in words, such as ``from £5.40 to £8.10``."""
        if self.exact is not None:
            return _pounds(self.exact)
        least, most = (None if each is None else _pounds(each) for each in self._ends)
        if least is None:
            return "not known" if most is None else f"at most {most}"
        return f"at least {least}" if most is None else f"from {least} to {most}"


def _sum(one: Decimal | None, other: Decimal | None, sign: int = 1) -> Decimal | None:
    return None if one is None or other is None else one + sign * other


def _pounds(amount: Decimal) -> str:
    return f"-£{-amount:,}" if amount < 0 else f"£{amount:,}"


@frozen
class ShiftPay(Worked, shows="start end enhancement"):
    """What a clause gives for one shift."""

    start: datetime
    """By the clock of the United Kingdom."""
    end: datetime
    kind: str
    """``standard`` hours or another kind."""
    versions: Mapping[date, str]
    """The name of the version of each day that pays for a part of it; of a day without a version
    there is none."""
    hours: Mapping[str, Fraction | None]
    """The paid hours of each class; None where that is not known."""
    clock_hours: Fraction
    """The length of the shift as the clock shows it, breaks included."""
    elapsed_hours: Fraction
    """The hours that pass, breaks included: another number only where the clocks change."""
    enhancement: Answer[Decimal]
    enhancement_between: PayBounds
    basic: Answer[Decimal]
    basic_between: PayBounds
    kept_rate_used: bool
    """Whether an hour is paid what it brought in cash by an earlier version."""
    rests_on: tuple[Citation, ...]
    """The sources of the versions and the rates that were used, also where not all is known."""

    @property
    def whole(self) -> PayBounds:
        """Basic pay and enhancement together."""
        return self.basic_between + self.enhancement_between


@checked
def shift_pay(
    rulebook: Rulebook,
    under: WorkedUnder,
    pay: Iterable[HourlyPay],
    shift: Shift,
    clause: PayClause | None = None,
) -> ShiftPay:
    """Answer what a clause gives for a shift.

    Args:
        rulebook: holds the clauses and the public holidays.
        under: the clause, the nation, and what the employer settles.
        pay: the band and the hourly rate, from which day on.
        shift: by the clock of the United Kingdom.
        clause: one of a union's own register; None for the one of the rulebook that is named.

    Raises:
        UnknownName: when no plugin has such a clause.
        BadFacts: when a band, a class of hours or a version is none of the clause, or the shift
            cannot be.
    """
    clause = clause or rulebook.named(PayClause)[under.clause]
    pay = tuple(pay)
    known = (*CLOCK_CHANGES, None)
    problems = [
        *([] if under.clock_change in known else [Problem("clock_change", _CHANGES)]),
        *(each for at, one in enumerate(pay) for each in pay_misfits(clause, one, f"pay[{at}]")),
        *(Problem(*each) for each in shift.faults()),
    ]
    if problems:
        raise BadFacts(tuple(problems))
    return _ShiftReckoning(rulebook, clause, under, pay, shift).found()


def pay_difference(
    rulebook: Rulebook,
    clause: PayClause,
    under: WorkedUnder,
    pay: Sequence[HourlyPay],
    owed: Sequence[HourlyPay],
    shift: Shift,
) -> PayBounds:
    """Return what a shift brings more by ``owed`` than by ``pay``: basic pay and enhancement.

    Where both are not known for the same reason, such as the place of a break, the bounds are those
    of the difference, reading by reading.
    """
    paid, due = (_ShiftReckoning(rulebook, clause, under, each, shift) for each in (pay, owed))
    return due.difference(paid)


_CHANGES = f"one of {', '.join(CLOCK_CHANGES)}"


# -- the pieces of a shift -------------------------------------------------------------------------


@frozen
class _Piece(Shown):
    """A part of a shift with one version, one class and one hourly rate."""

    at: int
    """The minute after midnight at which it begins."""
    length: Fraction
    day: date
    """The day that pays for it."""
    version: PayClauseVersion | None
    hours: str | None
    """Its class; None where that is not known."""
    pay: HourlyPay | None

    @property
    def hourly(self) -> Decimal | None:
        return None if self.pay is None else self.pay.hourly


_Bounds = tuple[Fraction, Fraction]
_Way = Sequence[_Piece]
"""The pieces of a shift as one reading has them."""


def _lost(way: _Way, weights: Sequence[Fraction], length: Fraction) -> _Bounds:
    """Return the least and the most that lies in a break of some length, wherever it may be.

    What lies in it goes up and down at a steady rate while the break moves over a piece, so that
    the extremes are where it begins or ends with one.
    """
    ends = [Fraction(0)]
    for each in way:
        ends.append(ends[-1] + each.length)
    last = ends[-1] - length
    begins = {min(max(each, Fraction(0)), last) for end in ends for each in (end, end - length)}
    found = []
    for at in begins:
        inside = (
            max(min(end, at + length) - max(start, at), Fraction(0))
            for start, end in pairwise(ends)
        )
        found.append(sum((w * each for w, each in zip(weights, inside, strict=True)), Fraction(0)))
    return min(found), max(found)


@frozen
class _Worth(Shown):
    """What one reading of a shift comes to: the least and the most, where there are such."""

    hours: Mapping[str, _Bounds]
    enhancement: tuple[Fraction, Fraction | None]
    basic: _Bounds | None


@frozen
class _ShiftReckoning(Shown):
    """Works out one shift by every reading that is not excluded."""

    rulebook: Rulebook
    clause: PayClause
    under: WorkedUnder
    pay: Sequence[HourlyPay]
    shift: Shift
    doubts: dict[str, bool] = field(factory=dict)
    """Why something is not known, each with whether basic pay turns on it."""
    cited: dict[Citation, None] = field(factory=dict)
    """What the enhancement rests on, each once."""
    warnings: dict[str, None] = field(factory=dict)
    kept: set[str] = field(factory=set)
    """The classes that are paid what they brought in cash by an earlier version."""

    def found(self) -> ShiftPay:
        if self.shift.kind not in self.clause.kinds:
            return self._other_hours()
        ways = [way for ways in self._readings() for way in ways]
        worth = [self._worth(way) for way in ways]
        sure = self.shift.breaks is not None
        if not sure:
            self.doubts["whether there was an unpaid break is not given"] = True
        enhancement = self._between([each.enhancement for each in worth], sure)
        basic = self._between([each.basic or (None, None) for each in worth], sure)
        work = Working.by(self.rulebook, self.shift.day)
        return self._made(
            ways[0],
            {
                each.key: _only([way.hours[each.key] for way in worth]) if sure else None
                for each in self.clause.hours
            },
            self._answer(work, _ENHANCEMENT, enhancement, lambda: self._told(ways[0])),
            enhancement,
            self._answer(work, _BASIC, basic, lambda: _told_basic(ways[0], self.shift)),
            basic,
        )

    def _other_hours(self) -> ShiftPay:
        """Return what the clause gives for hours that it is not about: nothing."""
        work = Working.by(self.rulebook, self.shift.day)
        nothing = self.clause.rounding.of(Decimal(0))
        said = self.clause.otherwise or f"{self.clause.name} is not about such hours"
        version = in_force(self.clause.versions, self.shift.day)
        self.cited.update(dict.fromkeys(() if version is None else version.citations))
        return self._made(
            (),
            dict.fromkeys((each.key for each in self.clause.hours), None),
            work.known(_ENHANCEMENT, nothing, said, citations=self.cited),
            PayBounds.of(nothing),
            work.not_known(_BASIC, said),
            PayBounds(None, None),
        )

    def _made(
        self,
        way: _Way,
        hours: Mapping[str, Fraction | None],
        enhancement: Answer[Decimal],
        enhancement_between: PayBounds,
        basic: Answer[Decimal],
        basic_between: PayBounds,
    ) -> ShiftPay:
        return ShiftPay(
            start=self.shift.start,
            end=self.shift.end,
            kind=self.shift.kind,
            versions={each.day: each.version.name for each in way if each.version is not None},
            hours=hours,
            clock_hours=self.shift.clock_hours,
            elapsed_hours=self.shift.elapsed_hours,
            enhancement=enhancement,
            enhancement_between=enhancement_between,
            basic=basic,
            basic_between=basic_between,
            kept_rate_used=bool(self.kept),
            rests_on=tuple(self.cited),
        )

    # -- readings --------------------------------------------------------------------------------

    def _readings(self) -> list[tuple[_Way, ...]]:
        """Return the pieces of the shift by each reading that is not excluded, clock by clock."""
        return [tuple(self._lifted(pieces)) for pieces in self._by_the_clock()]

    def _by_the_clock(self) -> Iterator[_Way]:
        """Give the pieces by the hours that the clock shows, by those that pass, or by both."""
        policy = self.under.clock_change
        same = self.shift.clock_hours == self.shift.elapsed_hours
        if policy is None and not same:
            said = "the clocks changed, and for which hours the employer pays then is not given"
            self.doubts[said] = True
        for name, elapsed in zip(CLOCK_CHANGES, (False, True), strict=True):
            if policy == name or (policy is None and not (same and elapsed)):
                yield self._pieces(elapsed)

    def _pieces(self, elapsed: bool) -> _Way:
        stretches = self.shift.stretches(self.clause.times, elapsed=elapsed)
        return tuple(map(self._piece, stretches))

    def _piece(self, stretch: Stretch) -> _Piece:
        at = stretch.begins.hour * 60 + stretch.begins.minute
        day = self.clause.pay_day(stretch.begins)
        pay = _hourly_pay_on(self.pay, day)
        if pay is None:
            self.doubts[f"what an hour paid on {long_date(day)} is not given"] = True
        elif pay.hourly is None:
            self.doubts["the hourly rate is not given"] = True
        version = self._version(day, pay)
        hours = None if version is None else self._class(version, day, at)
        return _Piece(at, stretch.hours, day, version, hours, pay)

    def _version(self, day: date, pay: HourlyPay | None) -> PayClauseVersion | None:
        clause = self.clause
        if self.under.nation not in clause.nations:
            said = f"no version of {clause.name} for {self.under.nation} is known"
            self.doubts[said] = False
            return None
        if pay is not None and pay.version:
            return next(each for each in clause.versions if each.name == pay.version)
        version = in_force(clause.versions, day)
        if version is None:
            said = f"no version of {clause.name} of {long_date(day)} is known"
            self.doubts[said] = False
        return version

    def _class(self, version: PayClauseVersion, day: date, at: int) -> str | None:
        """Return the class of the hours that begin at a minute of a day; None if not known."""
        if version.not_known:
            self.doubts[version.not_known] = False
            return None
        holiday, doubt = self._holiday(day)
        for span in self.clause.spans_of(version):
            held = span.holds(day, at, holiday)
            if held is None:
                self.doubts[doubt] = False
                return None
            if held:
                return span.hours
        return self.clause.plain

    def _holiday(self, day: date) -> tuple[bool | None, str]:
        """Return whether a day is a public holiday; None with why not."""
        if self.under.public_holidays is not None:
            return day in self.under.public_holidays, ""
        try:
            found = self.rulebook.calendar(self.under.nation).holiday_on(day)
        except BeyondHorizon as error:
            return None, str(error)
        return found is not None, ""

    def _lifted(self, way: _Way) -> Iterator[_Way]:
        """Give the pieces as they are, as a rule on the whole of a shift has them, or both."""
        rule = self.clause.whole_shift
        follows = self.under.whole_shift
        if rule is None or follows is False or all(p.hours != rule.instead_of for p in way):
            yield way
            return
        span = rule.span
        paid = sum((each.length for each in way), Fraction(0)) - self.shift.not_placed
        least, most = self._left(way, [Fraction(span.has(each.at)) for each in way])
        if self.shift.breaks is not None and most * 2 <= paid:
            yield way
            return
        doubt = rule.not_known if follows is None else ""
        if not doubt and (self.shift.breaks is None or least * 2 <= paid):
            doubt = "whether more than half of the shift lies there turns on the unpaid break"
        self.cited.update(dict.fromkeys(rule.citations))
        if doubt:
            self.doubts[doubt] = False
            yield way
        yield tuple(
            attrs.evolve(each, hours=rule.hours) if each.hours == rule.instead_of else each
            for each in way
        )

    # -- what a reading comes to -----------------------------------------------------------------

    def _left(self, way: _Way, weights: Sequence[Fraction]) -> _Bounds:
        """Return the least and the most that breaks leave which may be anywhere.

        Args:
            way: the pieces.
            weights: what an hour of each piece counts.
        """
        whole = sum((w * each.length for w, each in zip(weights, way, strict=True)), Fraction(0))
        lost = [
            _lost(way, weights, Fraction(each.minutes, 60))
            for each in self.shift.breaks or ()
            if each.begins is None
        ]
        return whole - sum(high for _, high in lost), whole - sum(low for low, _ in lost)

    def _worth(self, way: _Way) -> _Worth:
        more = [self._more(each) for each in way]
        least, most = self._left(way, [each or Fraction(0) for each in more])
        if least != most:
            self.doubts["the unpaid break has no times"] = False
        basic = None
        if all(each.hourly is not None for each in way):
            basic = self._left(way, [Fraction(each.hourly or 0) for each in way])
        hours = {each.key: self._hours(way, each.key) for each in self.clause.hours}
        return _Worth(hours, (max(least, Fraction(0)), None if None in more else most), basic)

    def difference(self, paid: "_ShiftReckoning") -> PayBounds:
        """Return what the shift brings more than by another reckoning, reading by reading."""
        mine, theirs = self.found(), paid.found()
        exact = mine.whole - theirs.whole
        if exact.exact is not None or self.shift.breaks is None:
            return exact
        found: list[_Bounds] = []
        for ways, others in zip(self._readings(), paid._readings(), strict=True):
            alike = len(ways) == len(others)
            for way, other in zip(ways, others, strict=True) if alike else product(ways, others):
                more = [
                    None if now is None or then is None else now - then
                    for now, then in zip(self._whole(way), paid._whole(other), strict=True)
                ]
                if None in more:
                    return exact
                found.append(self._left(way, [each or Fraction(0) for each in more]))
        # Each side was rounded alone, so that their difference can be a step off.
        step = self.clause.rounding.to
        least, most = (pick(each[at] for each in found) for at, pick in enumerate((min, max)))
        return PayBounds(floor(least / Fraction(step)) * step, ceil(most / Fraction(step)) * step)

    def _whole(self, way: _Way) -> Iterator[Fraction | None]:
        """Give what an hour of each piece pays in all; None where that is not known."""
        for each in way:
            more = self._more(each)
            lacks = more is None or each.hourly is None
            yield None if lacks else (more or Fraction(0)) + Fraction(each.hourly or 0)

    def _hours(self, way: _Way, key: str) -> _Bounds:
        """Return the least and the most hours of a class: those of no known class may be of it."""
        least, _ = self._left(way, [Fraction(each.hours == key) for each in way])
        _, most = self._left(way, [Fraction(each.hours in (key, None)) for each in way])
        return max(least, Fraction(0)), most

    def _more(self, piece: _Piece) -> Fraction | None:
        """Return what an hour of a piece pays more; None where that is not known."""
        version, pay = piece.version, piece.pay
        if version is None or piece.hours is None or pay is None:
            return None
        self.cited.update(dict.fromkeys(version.citations))
        if version.conflict:
            self.warnings[f"sources conflict: {version.conflict}"] = None
        if piece.hours == self.clause.plain:
            return Fraction(0)
        rate = _rate(version, piece.hours, pay.band)
        if rate is None or rate.not_known:
            said = f"{version.name} gives no rate of {piece.hours} for band {pay.band}"
            self.doubts[said if rate is None else rate.not_known] = False
            return None
        self.cited.update(dict.fromkeys(rate.citations))
        if rate.per_hour is None and pay.hourly is None:
            return None
        return max(Fraction(rate.more(pay.hourly or Decimal(0))), self._kept(piece, rate))

    def _kept(self, piece: _Piece, rate: HourRate) -> Fraction:
        """Return the cash that an hour of a piece must bring at least; nothing where it is free."""
        version, pay = piece.version, piece.pay
        if version is None or pay is None or version.kept is None:
            return Fraction(0)
        if version.kept.bands and pay.band not in version.kept.bands:
            return Fraction(0)
        kept = pay.kept.get(rate.hours)
        if kept is None:
            said = (
                f"band {pay.band}: an hour of {rate.hours} brings no less in cash than "
                f"{version.kept.of}; what it brought then is not given"
            )
            self.warnings[said] = None
            return Fraction(0)
        self.cited.update(dict.fromkeys(version.kept.citations))
        if kept > rate.more(pay.hourly or Decimal(0)):
            self.kept.add(rate.hours)
        return Fraction(kept)

    # -- answers ---------------------------------------------------------------------------------

    def _between(
        self, found: Sequence[tuple[Fraction | None, Fraction | None]], sure: bool
    ) -> PayBounds:
        """Return the least and the most of several readings, rounded."""
        least = [low for low, _ in found if low is not None]
        most = [high for _, high in found if high is not None]
        rounded = self.clause.rounding.of
        return PayBounds(
            rounded(min(least)) if sure and len(least) == len(found) else None,
            rounded(max(most)) if len(most) == len(found) else None,
        )

    def _answer(
        self, work: Working, fact: Fact, found: PayBounds, told: Callable[[], str]
    ) -> Answer[Decimal]:
        about_basic = fact is _BASIC
        if found.exact is None:
            why = [said for said, basic in self.doubts.items() if basic or not about_basic]
            return work.not_known(fact, "; ".join(why), warnings=tuple(self.warnings))
        cited = () if about_basic else tuple(self.cited)
        warnings = () if about_basic else tuple(self.warnings)
        return work.known(fact, found.exact, told(), citations=cited, warnings=warnings)

    def _told(self, way: _Way) -> str:
        """Say how the enhancement came about."""
        sums: dict[tuple[str, str, str], Fraction] = {}
        for each in way:
            if each.version is None or each.hours is None or each.pay is None:
                continue
            rate = _rate(each.version, each.hours, each.pay.band)
            at = "" if rate is None else _at(rate, each.pay, kept=each.hours in self.kept)
            key = (each.version.name, each.hours, at)
            sums[key] = sums.get(key, Fraction(0)) + each.length
        return "; ".join(
            f"{told_hours(length)} {hours}{at} by {version}"
            for (version, hours, at), length in sums.items()
        )


def _hourly_pay_on(pay: Iterable[HourlyPay], day: date) -> HourlyPay | None:
    """Return what an hour pays on a day: the latest that has begun."""
    begun = [each for each in pay if each.start is None or each.start <= day]
    return max(begun, key=lambda each: each.start or date.min, default=None)


def _rate(version: PayClauseVersion, hours: str, band: str) -> HourRate | None:
    return next((each for each in version.rates if each.is_for(hours, band)), None)


def _at(rate: HourRate, pay: HourlyPay, *, kept: bool) -> str:
    if kept:
        return f" at the kept {_pounds(pay.kept[rate.hours])}"
    if rate.percent is not None and pay.hourly is not None:
        return f" at {rate.percent} % of {_pounds(pay.hourly)}"
    return "" if rate.per_hour is None else f" at {_pounds(rate.per_hour)}"


def _told_basic(way: _Way, shift: Shift) -> str:
    hours = sum((each.length for each in way), Fraction(0)) - shift.not_placed
    rates = {each.hourly: None for each in way if each.hourly is not None}
    return f"{told_hours(hours)} at {' and '.join(map(_pounds, rates))}"


def told_hours(hours: Fraction) -> str:
    """Return a number of hours in words, such as ``7 h 30 min``."""
    whole, rest = divmod(hours, 1)
    minutes = rest * 60
    shown = str(minutes) if minutes.denominator == 1 else str(half_up(minutes, 2))
    return f"{whole} h {shown} min" if minutes else f"{whole} h"


def _only(found: Iterable[_Bounds]) -> Fraction | None:
    """Return the one number that all bounds are; None where there are several."""
    every = {each for bounds in found for each in bounds}
    return every.pop() if len(every) == 1 else None
