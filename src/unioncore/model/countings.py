"""Countings: how months are counted, whether a last day moves, and at what time of day it ends."""

from collections.abc import Iterator
from datetime import time
from enum import StrEnum

from attrs import frozen

from unioncore.legal import Citation, Period
from unioncore.rules import Definition, RuleSet
from unioncore.shown import Shown

__all__ = [
    "MIDNIGHT",
    "Counting",
    "CountingVersion",
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
    """The day on which a month ends."""
    citations: tuple[Citation, ...]


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
