"""Clauses on pay that compute: which hours of a shift pay more, by how much, and by which version.

A plugin gives them for an agreement, and the clauses of a union's own register can be of the same
form. Hours are told apart by day and time, on the clock of the United Kingdom.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import field, frozen

from unioncore.legal import Citation, Nation, Period
from unioncore.model.pay import Rounding
from unioncore.rules import Definition, RuleSet
from unioncore.shown import Shown

__all__ = [
    "HourClass",
    "HourRate",
    "HourSpan",
    "KeptRate",
    "PayClause",
    "PayClauseVersion",
    "WholeShift",
]

_PUBLIC_HOLIDAY = "public-holiday"
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = (*_WEEK, _PUBLIC_HOLIDAY)
"""The words for days, as ``HourSpan.days`` has them."""

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
MIDNIGHT = "00:00"


def _is_time(text: str) -> bool:
    """Say whether a text is a time of day, such as ``20:00``."""
    return _TIME.fullmatch(text) is not None


def _minute(time: str) -> int:
    """Return how many minutes after midnight a time such as ``20:00`` is."""
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


@frozen
class HourClass(Shown, shows="key name"):
    """A class of hours that are paid alike."""

    key: str
    """By what spans and rates name it."""
    name: str
    """Which hours these are, in words."""


@frozen
class HourSpan(Shown, shows="hours days after before"):
    """Hours of the week that belong to a class."""

    hours: str
    """The class, by key."""
    days: tuple[str, ...] = DAYS
    """The days of the week, and ``public-holiday``; a public holiday is its day of the week too."""
    after: str = MIDNIGHT
    """The time from which on, included."""
    before: str = MIDNIGHT
    """The time up to which, not included. Where it is no later than ``after``, these are the hours
    of each day from ``after`` on, and those up to ``before``."""

    def holds(self, day: date, at: int, holiday: bool | None) -> bool | None:
        """Say whether it holds a time on a day; None where that turns on an unknown holiday.

        Args:
            day: the day that pays for it.
            at: the minute after midnight.
            holiday: whether the day is a public holiday; None where that is not known.
        """
        if not self.has(at):
            return False
        if _WEEK[day.weekday()] in self.days:
            return True
        return holiday if _PUBLIC_HOLIDAY in self.days else False

    def has(self, at: int) -> bool:
        """Say whether it holds a time of the day, by the minute after midnight."""
        first, last = _minute(self.after), _minute(self.before)
        return first <= at < last if first < last else at >= first or at < last

    def flaws(self) -> Iterator[tuple[str, str]]:
        """Give days and times that there are not."""
        for name in ("after", "before"):
            if not _is_time(getattr(self, name)):
                yield name, 'expected a time such as "20:00"'
        for each in self.days:
            if each not in DAYS:
                yield "days", f"expected some of {', '.join(DAYS)}, got {each}"


@frozen
class HourRate(Shown, shows="hours bands percent per_hour"):
    """What an hour of a class pays more."""

    hours: str
    """The class, by key."""
    bands: tuple[str, ...] = ()
    """The bands for which it is; empty: all."""
    percent: Decimal | None = None
    """Of the hourly rate."""
    per_hour: Decimal | None = None
    """Or pounds an hour."""
    not_known: str = ""
    """Or why it is not known."""
    citations: tuple[Citation, ...] = ()

    def is_for(self, hours: str, band: str) -> bool:
        """Say whether it is for a class of hours and a band."""
        return self.hours == hours and (not self.bands or band in self.bands)

    def more(self, hourly: Decimal) -> Decimal:
        """Return what an hour pays more, in pounds and not rounded."""
        if self.percent is not None:
            return hourly * self.percent / 100
        return self.per_hour or Decimal(0)

    def flaws(self) -> Iterator[tuple[str, str]]:
        """Say where it does not give one thing."""
        says = (self.percent is not None, self.per_hour is not None, bool(self.not_known))
        if sum(says) != 1:
            yield "", "needs one of percent, per_hour and not_known"


@frozen
class WholeShift(Shown, shows="hours instead_of after before"):
    """A rule by which the whole of a shift is paid as one class, if most of it lies in a span."""

    hours: str
    """The class as which it is paid."""
    instead_of: str
    """The class of the hours that it lifts; others keep theirs."""
    after: str
    """The time from which on, as in ``HourSpan``: more than half of the paid hours must lie in the
    span."""
    before: str
    """The time up to which."""
    not_known: str = ""
    """Why it is not known whether there is such a rule."""
    citations: tuple[Citation, ...] = ()

    @property
    def span(self) -> HourSpan:
        """The hours of which there must be more than half."""
        return HourSpan(self.hours, after=self.after, before=self.before)

    def flaws(self) -> Iterator[tuple[str, str]]:
        """Give times that there are not."""
        yield from self.span.flaws()


@frozen
class KeptRate(Shown, shows="bands of"):
    """A promise that an hour brings no less in cash than it did by an earlier version."""

    bands: tuple[str, ...]
    """The bands for which it is; empty: all."""
    of: str
    """The time whose cash value is kept, in words."""
    citations: tuple[Citation, ...] = ()


@frozen
class PayClauseVersion(Shown, shows="name period"):
    """What a clause gives during one period."""

    name: str
    """By what answers call it."""
    period: Period
    citations: tuple[Citation, ...]
    """Its sources; a rate can have others besides."""
    spans: tuple[HourSpan, ...] = ()
    """Which hours belong to which class, where that is not what the clause says of all times."""
    rates: tuple[HourRate, ...] = ()
    """What each class pays more: the first that is for a band decides."""
    kept: KeptRate | None = None
    """A promise of no less in cash than before."""
    not_known: str = ""
    """Why it is not known which hours pay more."""
    conflict: str = ""
    """Where sources disagree: what each says."""


@frozen
class PayClause(Definition):
    """A clause of an agreement under which some hours of a shift pay more than others."""

    key: str
    name: str
    """What it is called."""
    nations: tuple[Nation, ...]
    """Where it holds; for others it is not known what holds."""
    hours: tuple[HourClass, ...]
    """The classes of hours; the first is that of the hours which no span holds."""
    versions: tuple[PayClauseVersion, ...]
    spans: tuple[HourSpan, ...] = ()
    """Which hours belong to which class: the first that holds an hour decides."""
    whole_shift: WholeShift | None = None
    """A rule on shifts of which most lies in a span."""
    kinds: tuple[str, ...] = ("standard",)
    """The kinds of hours for which it is."""
    otherwise: str = ""
    """What it says of other kinds."""
    day_begins: str = MIDNIGHT
    """The time at which a day of pay begins, which can be later than midnight."""
    rounding: Rounding = field(factory=Rounding)
    """How the pay of a shift is rounded, once at its end."""
    note: str = ""

    @property
    def plain(self) -> str:
        """The class of hours that pay no more."""
        return self.hours[0].key

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands that it names, in their order."""
        every = (band for each in self.versions for rate in each.rates for band in rate.bands)
        return tuple(dict.fromkeys(every))

    @property
    def times(self) -> frozenset[int]:
        """The minutes after midnight at which the day or the class of an hour can change."""
        spans = [*self.spans, *(span for each in self.versions for span in each.spans)]
        spans += [self.whole_shift.span] if self.whole_shift else []
        times = (time for each in spans for time in (each.after, each.before))
        return frozenset(map(_minute, (self.day_begins, *times)))

    def spans_of(self, version: PayClauseVersion) -> tuple[HourSpan, ...]:
        """Return which hours belong to which class by a version."""
        return version.spans or self.spans

    def pay_day(self, at: datetime) -> date:
        """Return the day that pays for a time by the clock."""
        return (at - timedelta(minutes=_minute(self.day_begins))).date()

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give classes, times and rates that cannot be."""
        classes = [each.key for each in self.hours]
        if not classes:
            yield "hours", "expected at least the class of hours that pay no more"
            return
        if not _is_time(self.day_begins):
            yield "day_begins", 'expected a time such as "07:00"'
        if self.rounding.to <= 0:
            yield "rounding.to", "expected a step of more than nothing"
        for number, version in enumerate(self.versions):
            if not self.spans_of(version) and not version.not_known:
                said = "expected spans, here or of all versions, or in not_known why there are none"
                yield f"version[{number}].spans", said
        for path, each in self._parts():
            yield from ((f"{path}.{field}".rstrip("."), said) for field, said in each.flaws())
            for name in ("hours", "instead_of"):
                if getattr(each, name, classes[0]) not in classes:
                    said = f"expected one of {', '.join(classes)}, got {getattr(each, name)}"
                    yield f"{path}.{name}", said

    def _parts(self) -> Iterator[tuple[str, "HourSpan | HourRate | WholeShift"]]:
        """Give everything that names a class, and where it stands."""
        yield from ((f"spans[{number}]", each) for number, each in enumerate(self.spans))
        if self.whole_shift is not None:
            yield "whole_shift", self.whole_shift
        for number, version in enumerate(self.versions):
            at = f"version[{number}]"
            yield from ((f"{at}.spans[{place}]", each) for place, each in enumerate(version.spans))
            yield from ((f"{at}.rates[{place}]", each) for place, each in enumerate(version.rates))
