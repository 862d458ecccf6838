"""Periods of days, and days known only within bounds."""

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Any, Self

import attrs
from attrs import frozen

from unioncore.errors import CannotBe, NotADay
from unioncore.shown import plain

__all__ = ["DayRange", "Period", "check_day", "must_be_a_day"]


def check_day(value: object, where: str) -> date:
    """Return ``value`` when it is a plain day; ``where`` names the place for the message.

    Raises:
        NotADay: for anything else. A ``datetime`` is refused although Python makes it a ``date``:
            which day it falls on depends on a time zone that the caller knows and we do not.
    """
    # Nearly every day is a plain ``date``; only a class of somebody's own takes the longer look.
    if type(value) is date or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise NotADay(where=where, got=type(value).__name__)


def must_be_a_day(instance: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
    """Let only plain days into a field; a validator for attrs classes.

    Raises:
        NotADay: with the class and the field, for anything else.
    """
    check_day(value, f"{type(instance).__name__}.{attribute.name}")


@frozen
class Period:
    """The days for which something holds: ``start`` is included and ``end`` is not.

    Half-open periods that follow on one another share a day in writing and no day in fact, so
    that a timeline of them has neither gap nor overlap by accident.

    Raises:
        NotADay: when an end is not a plain day.
        CannotBe: when ``start`` is not before ``end``; no period is empty.

    >>> str(Period(date(2009, 6, 19), date(2017, 2, 1)))
    'from 2009-06-19 up to but not including 2017-02-01'
    """

    start: date | None = attrs.field(
        default=None, validator=attrs.validators.optional(must_be_a_day)
    )
    """The first day of the period; None when it has always held."""
    end: date | None = attrs.field(default=None, validator=attrs.validators.optional(must_be_a_day))
    """The first day after the period; None when no end is known."""

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise CannotBe(
                f"a period starts before it ends: start {self.start.isoformat()}, "
                f"end (not included) {self.end.isoformat()}"
            )

    def __contains__(self, day: date) -> bool:
        """Say whether ``day`` lies in the period."""
        check_day(day, "day in a period")
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Say whether some day lies in both periods; periods that only meet do not overlap."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def __str__(self) -> str:
        match self.start, self.end:
            case None, None:
                return "always"
            case None, date() as end:
                return f"before {end.isoformat()}"
            case date() as start, None:
                return f"from {start.isoformat()}"
            case start, end:
                return f"from {start} up to but not including {end}"


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start < end


_PARTIAL_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


@frozen
class DayRange:
    """A day that is known only within bounds; it is one of the days from the one to the other.

    This is not a :class:`Period`: a period holds on all its days, and this is a single day.

    Raises:
        NotADay: when a bound is not a plain day.
        CannotBe: when ``latest`` is before ``earliest``.
    """

    earliest: date = attrs.field(validator=must_be_a_day)
    """The first day that it can be."""
    latest: date = attrs.field(validator=must_be_a_day)
    """The last day that it can be, included."""

    def __attrs_post_init__(self) -> None:
        if self.latest < self.earliest:
            raise CannotBe(
                f"the latest day {self.latest.isoformat()} is before "
                f"the earliest day {self.earliest.isoformat()}"
            )

    @classmethod
    def of(cls, value: "date | DayRange") -> "DayRange":
        """Return ``value`` as a range; a known day is a range of one day."""
        return value if isinstance(value, DayRange) else cls(value, value)

    @classmethod
    def parse(cls, text: str) -> date | Self:
        """Read ``2016-07-14`` as that day, and ``2016-07`` or ``2016`` as any day in it.

        ``2016-07-14/2016-07-20`` is a day from the one to the other, both included.

        Raises:
            CannotBe: when ``text`` is none of these.
        """
        try:
            if partial := _PARTIAL_DAY.fullmatch(text):
                year = int(partial[1])
                if partial[2] is None:
                    return cls(date(year, 1, 1), date(year, 12, 31))
                first = date(year, int(partial[2]), 1)
                return cls(first, first.replace(day=monthrange(year, first.month)[1]))
            earliest, between, latest = text.partition("/")
            if between:
                return cls(whole_day(earliest), whole_day(latest))
            return whole_day(text)
        except (ValueError, NotADay):
            pass
        raise CannotBe("expected a day, a month or a year, such as 2016-07-14, 2016-07 or 2016")

    def __str__(self) -> str:
        return f"a day from {self.earliest.isoformat()} to {self.latest.isoformat()}"


def whole_day(text: str) -> date:
    """Return a day that is written as 2016-07-14; raises ``ValueError`` for any other text."""
    # Python also reads other ISO forms, such as 2016-W27-4 and 20160714; we do not.
    if len(text) == len("2016-07-14") and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    raise ValueError(text)


@plain.register
def _(value: DayRange) -> str:
    return f"{value.earliest.isoformat()}/{value.latest.isoformat()}"
