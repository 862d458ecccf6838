"""Countings: how months are counted, whether a last day moves, and at what time of day it ends."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import StrEnum

from attrs import frozen

from unioncore.legal import (
    OF_MONTHS,
    Citation,
    Duration,
    Period,
    WorkingDayCalendar,
    shifted,
)
from unioncore.model.case_types import Direction
from unioncore.rules import Definition, RuleSet, long_date
from unioncore.shown import Shown

__all__ = [
    "COUNTS",
    "MIDNIGHT",
    "Counting",
    "CountingVersion",
    "Lapse",
    "MonthCount",
    "MonthReading",
    "Roll",
    "hour_of",
]

MIDNIGHT = "24:00"
"""The end of a day, as definitions write it."""


def hour_of(until: str) -> time | None:
    """Return the time of day at which a day ends, as definitions write it; None for midnight.

    None as well where none is known.
    """
    return None if until in ("", MIDNIGHT) else time.fromisoformat(until)


class Roll(StrEnum):
    """What becomes of a last day that is no working day in the nation where it is counted."""

    NEVER = "never"
    NEXT_WORKING_DAY = "next-working-day"
    NEXT_OPEN_DAY = "next-open-day"
    """It moves only where the office is closed and the act cannot be done for that reason; the
    office is taken to be closed on the days that are no working days."""


class MonthCount(StrEnum):
    """The arithmetic of months, where it can differ."""

    CORRESPONDING_DAY = "corresponding-day"
    """To the day with the same number, or to the last day of a month too short to have it; a period
    that begins with a day ends on the day before the one with its number, or on that last day."""
    SHORT_MONTH_SOONER = "short-month-sooner"
    """The same, but a period that begins with a day ends a day before the last of a short month."""
    SHORT_MONTH_LATER = "short-month-later"
    """The same, but a length after or before a day leads to the first day after a short month."""
    FROM_THE_DAY_BEFORE = "from-the-day-before"
    """A period that begins with a day is counted on from the day before, to the day with the number
    of that one."""


@frozen
class MonthReading(Definition):
    """A reading of what a number of months is, and who counts so."""

    key: str
    name: str
    """How it counts, after "counted"."""
    counts: MonthCount
    """The day on which a month ends. In 2025 one month that begins with 31 January ends on
    28 February, and by ``short-month-sooner`` on 27 February. One month after 31 January is
    28 February, and by ``short-month-later`` 1 March. Three months that begin with 1 March end on
    31 May, and by ``from-the-day-before`` on 28 May."""
    citations: tuple[Citation, ...]
    of_short_months: tuple[Citation, ...] = ()
    """Who says what it makes of a month too short to have the day; cited where one is met."""


@frozen
class CountingVersion(Shown, shows="period rolls until"):
    """How lengths are counted that begin during one period."""

    period: Period
    rolls: Roll
    """Whether a last day that is no working day moves, and to which."""
    citations: tuple[Citation, ...]
    """What says so."""
    months: tuple[str, ...] = ()
    """The readings of months, by key: the first is that by which it is counted, the others have
    authors too. Empty where it counts no months."""
    until: str = ""
    """The time of day at which the last day ends, by the clock of the United Kingdom; ``24:00`` is
    midnight. Empty where no source says it."""

    @property
    def ends_at(self) -> time | None:
        """The time of day at which the last day ends; None for midnight or where none is known."""
        return hour_of(self.until)


@frozen
class Counting(Definition):
    """A way of counting lengths of time that many clocks share, such as one of a tribunal's rules.

    It is chosen by the day from which a length runs.
    """

    key: str
    name: str
    """What counts so, such as ``a limit of the tribunal's rules``."""
    versions: tuple[CountingVersion, ...]

    def flaws(self, rules: RuleSet) -> Iterator[tuple[str, str]]:
        """Give the times of day that are none."""
        for number, version in enumerate(self.versions):
            try:
                found = version.ends_at
            except ValueError:
                found = time(0)
            if found == time(0) or (found is not None and found.tzinfo is not None):
                said = f'expected a time of day such as "16:00" or "{MIDNIGHT}"'
                yield f"version[{number}].until", said


COUNTS: Mapping[str, Direction] = {
    "last_day_of_months": Direction.BEGINNING_WITH,
    "months_after": Direction.WITHIN,
}
"""The functions of conditions that count months, each with how its months run."""

_STEPS = {
    Direction.WITHIN: "{} after {}, so the last day is {}",
    Direction.BEGINNING_WITH: "{} beginning with {}, so the last day is {}",
    Direction.NOT_BEFORE: "{} after {}, so not before {}",
    Direction.AT_LEAST_BEFORE: "{} before {}, so the last day is {}",
}


@frozen
class Lapse(Shown, shows="direction start"):
    """Time that runs from a day, or back from it, by the readings of a counting."""

    readings: tuple[MonthReading, ...]
    """The readings of months, that by which it is counted first; none where it counts none."""
    direction: Direction
    start: date

    def counted_day(self, length: Duration, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day that the length leads to by the reading that counts, before it moves."""
        if self.readings and length.unit in OF_MONTHS:
            return self.by(self.readings[0], length)
        return self._corresponding(length, calendar)

    def _corresponding(self, length: Duration, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day that the length leads to, with months to the corresponding day."""
        if self.direction is Direction.BEGINNING_WITH:
            return length.last_day_beginning_with(self.start, calendar)
        return self._reached(length, calendar)

    def by(self, reading: MonthReading, length: Duration) -> date:
        """Return the day to which a length of months leads by a reading, before it moves."""
        day = self._corresponding(length)
        begins = self.direction is Direction.BEGINNING_WITH
        match reading.counts:
            case MonthCount.FROM_THE_DAY_BEFORE if begins:
                return length.after(shifted(self.start, -1))
            case MonthCount.SHORT_MONTH_SOONER if begins and self._lacks_a_day(length):
                return shifted(day, -1)
            case MonthCount.SHORT_MONTH_LATER if not begins and self._lacks_a_day(length):
                return shifted(day, 1)
            case _:
                return day

    def days(self, length: Duration) -> Mapping[MonthReading, date]:
        """Return the day of each reading, before it moves; none of what is no months."""
        if length.unit not in OF_MONTHS:
            return {}
        return {each: self.by(each, length) for each in self.readings}

    def step(self, length: Duration, day: date) -> str:
        """Say how a length leads to a day, with the day that a short month lacks."""
        said = _STEPS[self.direction].format(length, long_date(self.start), long_date(day))
        return said + self.short(length)

    def short(self, length: Duration) -> str:
        """Say which day the month lacks to which a length leads; nothing where it lacks none."""
        lacks = self._lacks_a_day(length)
        return f", as there is no {self.start.day} {self._reached(length):%B %Y}" if lacks else ""

    def _reached(self, length: Duration, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day so long after the start or before it: in months, that with its number."""
        if self.direction is Direction.AT_LEAST_BEFORE:
            return length.before(self.start, calendar)
        return length.after(self.start, calendar)

    def _lacks_a_day(self, length: Duration) -> bool:
        """Say whether the month that a length of months leads to lacks the day's number."""
        in_months = length.unit in OF_MONTHS
        return in_months and self._reached(length).day != self.start.day

    def otherwise(self, length: Duration, day: date | None = None) -> str:
        """Say what other readings give, and by when who acts and who waits is safe; or nothing.

        ``day`` is the last day once it has moved, where it does.
        """
        days = self.days(length)
        if len(set(days.values())) < 2:
            return ""
        first = next(iter(days.values()))
        others = ", ".join(
            f"{long_date(day)} ({each.name})" for each, day in days.items() if day != first
        )
        earliest = long_date(min(days.values()))
        latest = long_date(max([*days.values(), day or first]))
        if self.direction is Direction.NOT_BEFORE:
            return f"; counted otherwise {others}: who must wait is safe from {latest}"
        return (
            f"; counted otherwise {others}: who must act is safe by {earliest}, and who waits "
            f"after {latest}"
        )

    def safe(self, length: Duration, day: date) -> date:
        """Return the day that is safe by every reading, of ``day`` and what the others give."""
        days = [*self.days(length).values(), day]
        return max(days) if self.direction is Direction.NOT_BEFORE else min(days)

    def cites(self, length: Duration) -> tuple[Citation, ...]:
        """Return who counts months so: in the reading that counts, and in those that differ."""
        days = self.days(length)
        first = next(iter(days.values()), None)
        found = (
            each for number, (each, day) in enumerate(days.items()) if not number or day != first
        )
        short = self._lacks_a_day(length)
        return tuple(
            cited
            for each in found
            for cited in (*each.citations, *(each.of_short_months if short else ()))
        )
