"""Pay: what an offer or an award does to the points of a scale, and scales with their tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from attrs import frozen

from unioncore.legal import Citation, Nation, Period
from unioncore.numbers import half_up
from unioncore.rules import Definition, RuleSet
from unioncore.shown import Shown

__all__ = [
    "Hourly",
    "Offer",
    "PayScale",
    "PayTable",
    "PointPay",
    "Rise",
    "Rounding",
    "Stage",
    "is_point",
]

_PENNY = Decimal("0.01")
_RANGE = re.compile(r"([0-9]+)-([0-9]+)")


def is_point(point: str, written: Sequence[str]) -> bool:
    """Say whether a point is among those that are written, such as ``("1", "7-18")``."""
    return any(point == each or _lies_in(point, each) for each in written)


def _lies_in(point: str, written: str) -> bool:
    ends = _RANGE.fullmatch(written)
    return bool(ends and point.isdecimal() and int(ends[1]) <= int(point) <= int(ends[2]))


@frozen
class Rounding(Shown, shows="to up within"):
    """How the pay of a point is rounded after a rise."""

    to: Decimal = _PENNY
    """The step in pounds, such as 1 for whole pounds."""
    up: bool = False
    """Whether to the next step; otherwise to the nearest, half a step up."""
    within: Decimal = Decimal(0)
    """By how much published amounts differ from this, where no rule is known that fits them all."""
    citations: tuple[Citation, ...] = ()

    def of(self, exact: Decimal | Fraction) -> Decimal:
        """Return an amount rounded."""
        steps = Fraction(exact) / Fraction(self.to)
        return (Decimal(ceil(steps)) if self.up else half_up(steps, 0)) * self.to


@frozen
class Rise(Shown, shows="start points percent flat"):
    """One thing that an offer or an award does to the pay of some points, from one day on.

    A rise that names neither points nor pay is for all points that no other of its day names.
    """

    points: tuple[str, ...] = ()
    """The points, each by name or several as ``7-18``; empty: whatever their names."""
    percent: Decimal = Decimal(0)
    """Added to the pay, such as ``2.5``."""
    flat: Decimal = Decimal(0)
    """Pounds a year, added; beside ``percent``, both are."""
    at_least: Decimal | None = None
    """The least that it gives, in pounds a year."""
    at_most: Decimal | None = None
    """The most that it gives, in pounds a year."""
    becomes: Decimal | None = None
    """The new pay in pounds, in place of all these."""
    start: date | None = None
    """The day from which it counts; without it, from the beginning of the offer."""
    first_set_for: date | None = None
    """The later day that was agreed at first, where the rise was brought forward."""
    pay_from: Decimal | None = None
    """Only points that paid at least so much before, in pounds a year."""
    pay_to: Decimal | None = None
    """Only points that paid at most so much before."""
    once: bool = False
    """Whether it is paid once, on the pay of the day before, and is no part of later pay."""
    per_head: bool = False
    """Whether everybody gets the whole of it, whatever their hours."""
    deleted: bool = False
    """Whether the points end on the day."""
    moves_to: str = ""
    """The point to which those on a deleted point move; empty where that is not known."""
    of: str = ""
    """What it is on, where that is not basic pay, such as ``standby``."""
    not_known: str = ""
    """Why it is not known what it gives these points."""

    @property
    def is_for_the_rest(self) -> bool:
        """Whether it is for the points that no other rise of its day names."""
        return not self.points and self.pay_from is None and self.pay_to is None

    def is_for(self, point: str, pay: Decimal) -> bool:
        """Say whether it is for a point that pays so much before it."""
        named = not self.points or is_point(point, self.points)
        low, high = self.pay_from, self.pay_to
        return named and (low is None or low <= pay) and (high is None or pay <= high)

    def more(self, pay: Decimal) -> Decimal:
        """Return what it adds to a yearly pay, before rounding."""
        if self.becomes is not None:
            return self.becomes - pay
        more = pay * self.percent / 100 + self.flat
        more = more if self.at_least is None else max(more, self.at_least)
        return more if self.at_most is None else min(more, self.at_most)

    def flaws(self) -> Iterator[tuple[str, str]]:
        """Give what cannot be."""
        for each in self.points:
            ends = _RANGE.fullmatch(each)
            if ends and int(ends[1]) >= int(ends[2]):
                yield "points", f"expected the lower point first, got {each}"
        for low, high in (("at_least", "at_most"), ("pay_from", "pay_to")):
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                yield low, f"is more than {high}"
        gives = bool(self.percent or self.flat or self.at_least)
        says = (gives, self.becomes is not None, self.deleted, bool(self.not_known))
        if sum(says) != 1:
            said = "percent, flat or at_least; becomes; deleted; or not_known"
            yield "", f"needs one of these: {said}"
        if self.moves_to and not self.deleted:
            yield "moves_to", "is only for points that are deleted"
        if self.first_set_for and self.start and self.first_set_for <= self.start:
            yield "first_set_for", "expected a day after start"


@frozen
class Stage(Shown, shows="start"):
    """What the points of a scale pay once the rises of one day are in force."""

    start: date | None
    """The day; None: the beginning of the offer."""
    pay: Mapping[str, Decimal]
    """The yearly pay of each point that is known."""
    once: Mapping[str, Decimal]
    """What each point is paid once, in whole pence; ``per_head`` apart."""
    per_head: Mapping[str, Decimal]
    """What everybody on a point is paid once, whatever their hours."""
    moved: Mapping[str, str]
    """The points that have been deleted, each with the point to which those on it move."""
    not_known: Mapping[str, str]
    """For each point of which the rises do not tell the pay: why."""


@frozen
class Offer(Shown, shows="rises lasts"):
    """What an offer or an award does to pay: one rise or several, on one day or several."""

    rises: tuple[Rise, ...]
    lasts: Period | None = None
    """The time for which it settles pay; None where that is not known."""

    def then(self, later: "Offer") -> "Offer":
        """Return both as one offer, the other after this."""
        ends = None if later.lasts is None else later.lasts.end
        lasts = None if self.lasts is None else Period(self.lasts.start, ends)
        return Offer((*self.rises, *later.rises), lasts)

    def stages(
        self, spine: Mapping[str, Decimal], rounding: Rounding | None = None, *, of: str = ""
    ) -> tuple[Stage, ...]:
        """Return what each point pays after the rises of each day, one day after the other.

        Args:
            spine: the pay of each point before, in pounds a year.
            rounding: how each point is rounded after each day; None: to the penny, half up.
            of: what the pay is for, where that is not basic pay, such as ``standby``.
        """
        rises = [each for each in self.rises if each.of == of]
        days = sorted({each.start for each in rises}, key=lambda day: day or date.min)
        found: list[Stage] = []
        stage = Stage(None, dict(spine), {}, {}, {}, {})
        for day in days:
            today = [each for each in rises if each.start == day]
            stage = _after(stage, day, today, rounding or Rounding())
            found.append(stage)
        return tuple(found)


def _after(before: Stage, day: date | None, rises: Sequence[Rise], rounding: Rounding) -> Stage:
    """Return the stage that the rises of one day make of the one before."""
    pay: dict[str, Decimal] = {}
    once: dict[str, Decimal] = {}
    per_head: dict[str, Decimal] = {}
    moved, not_known = dict(before.moved), dict(before.not_known)
    for point, now in before.pay.items():
        for sums, heads in ((once, False), (per_head, True)):
            kinds = [each for each in rises if each.once and each.per_head == heads]
            given, why = _given(point, now, kinds)
            if why:
                not_known[point] = why
            elif given is not None:
                sums[point] = Rounding().of(given)
        gone = next((each for each in rises if each.deleted and each.is_for(point, now)), None)
        if gone is not None:
            moved[point] = gone.moves_to
            continue
        lasting = [each for each in rises if not each.once and not each.deleted]
        given, why = _given(point, now, lasting)
        if why:
            not_known[point] = why
        else:
            pay[point] = now if given is None else rounding.of(now + given)
    return Stage(day, pay, once, per_head, moved, not_known)


def _given(point: str, pay: Decimal, rises: Sequence[Rise]) -> tuple[Decimal | None, str]:
    """Return what a point gets, None for no rise, and why that is not known."""
    fit = [each for each in rises if each.is_for(point, pay)]
    fit = [each for each in fit if not each.is_for_the_rest] or fit
    for each in fit:
        if each.not_known:
            return None, each.not_known
    sums = {each.more(pay) for each in fit}
    if len(sums) > 1:
        return None, f"several rises of one day are for point {point}, and they differ"
    return next(iter(sums), None), ""


# -- scales ----------------------------------------------------------------------------------------


@frozen
class Hourly(Shown, shows="hours weeks"):
    """How a body works an hourly rate out from a yearly one: by the penny, half a penny up."""

    hours: Decimal
    """The hours of a full-time week."""
    weeks: str
    """The weeks of a year, such as ``365/7``."""
    citations: tuple[Citation, ...]

    def of(self, year: Decimal) -> Decimal:
        """Return the hourly rate."""
        return half_up(Fraction(year) / Fraction(self.weeks) / Fraction(self.hours), 2)


@frozen
class PointPay(Shown, shows="point pay"):
    """What one point pays."""

    point: str
    """The name of the point."""
    pay: Decimal
    """What it pays, in pounds."""


@frozen
class PayTable(Shown, shows="period pay"):
    """What the points of a scale paid during one period, as it was published."""

    period: Period
    pay: tuple[PointPay, ...]
    """What each point pays."""
    citations: tuple[Citation, ...]
    remembered: tuple[str, ...] = ()
    """The points whose pay nobody read in the source, each by name or several as ``7-18``."""
    complete: bool = True
    """Whether the scale had no other point."""
    conflict: str = ""
    """Where sources disagree: what each says."""
    note: str = ""

    @property
    def spine(self) -> dict[str, Decimal]:
        """The pay of each point."""
        return {each.point: each.pay for each in self.pay}


@frozen
class PayScale(Definition):
    """A scale of pay points, with its published tables and how it is rounded."""

    key: str
    name: str
    bodies: tuple[str, ...]
    """The bodies whose rounds move it, by key."""
    versions: tuple[PayTable, ...]
    rounding: Rounding
    """How a rise is rounded."""
    nations: tuple[Nation, ...]
    """Where it holds."""
    of: str = ""
    """What it is the pay for, where that is not basic pay, such as ``standby``."""
    unit: str = "a year"
    """For what the sums are: pounds "a year", "a session"."""
    hourly: Hourly | None = None
    """How an hourly rate follows; without it that is not known."""
    note: str = ""

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give sums, points and ways of counting that cannot be."""
        if self.rounding.to <= 0:
            yield "rounding.to", "expected a step above zero"
        if self.hourly is not None and not _is_weeks(self.hourly.weeks):
            yield "hourly.weeks", 'expected the weeks of a year, such as "365/7"'
        for number, table in enumerate(self.versions):
            points = [each.point for each in table.pay]
            for place, each in enumerate(table.pay):
                at = f"version[{number}].pay[{place}]"
                if each.point in points[:place]:
                    yield at, f"point {each.point} stands twice"
                if each.pay <= 0:
                    yield at, "expected pay above zero"
            for written in table.remembered:
                if not any(is_point(point, (written,)) for point in points):
                    yield f"version[{number}].remembered", f"the table has no point {written}"


def _is_weeks(text: Any) -> bool:
    try:
        return Fraction(text) > 0
    except (ValueError, ZeroDivisionError):
        return False
