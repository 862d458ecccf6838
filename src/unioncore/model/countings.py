"""Countings: whether the last day of a length of time moves, and at what time of day it ends."""

from collections.abc import Iterator
from datetime import time
from enum import StrEnum

from attrs import frozen

from unioncore.legal import Citation, Period
from unioncore.rules import Definition, RuleSet
from unioncore.shown import Shown

__all__ = ["MIDNIGHT", "Counting", "CountingVersion", "Roll"]

MIDNIGHT = "24:00"
"""The end of a day, as definitions write it."""


class Roll(StrEnum):
    """What becomes of a last day that is no working day in the nation where it is counted."""

    NEVER = "never"
    NEXT_WORKING_DAY = "next-working-day"
    NEXT_OPEN_DAY = "next-open-day"
    """It moves only where the office is closed and the act cannot be done for that reason; the
    office is taken to be closed on the days that are no working days."""


@frozen
class CountingVersion(Shown, shows="period rolls until"):
    """How lengths are counted that begin during one period."""

    period: Period
    rolls: Roll
    citations: tuple[Citation, ...]
    """What says so."""
    until: str = ""
    """The time of day at which the last day ends, by the clock of the United Kingdom; ``24:00`` is
    midnight. Empty where no source says it."""

    @property
    def ends_at(self) -> time | None:
        """The time of day at which the last day ends; None for midnight or where none is known."""
        return None if self.until in ("", MIDNIGHT) else time.fromisoformat(self.until)


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
