"""The last or first day of a length of time, as its counting has it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from attrs import frozen

from unioncore.answers.working import Working
from unioncore.legal import (
    OF_MONTHS,
    Citation,
    Duration,
    Nation,
    TimeUnit,
    WorkingDayCalendar,
    in_force,
    uk_time,
)
from unioncore.model import Counting, CountingVersion, Direction, MonthCount, MonthReading, Roll
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, long_date

__all__: list[str] = []

_MOVES = (Direction.WITHIN, Direction.BEGINNING_WITH)
"""Where a last day may move; one that is counted back to, and a first day, never does."""
_ONE_DAY = timedelta(days=1)
_STEPS = {
    Direction.WITHIN: "{} after {}, so the last day is {}",
    Direction.BEGINNING_WITH: "{} beginning with {}, so the last day is {}",
    Direction.NOT_BEFORE: "{} after {}, so not before {}",
    Direction.AT_LEAST_BEFORE: "{} before {}, so the last day is {}",
}


@frozen
class Reckoning:
    """Counts a length from a day, or back from it, by one counting."""

    rulebook: Rulebook
    counted: str
    """The key of the counting."""
    direction: Direction
    start: date
    nation: str
    """Whose working days count; empty where that is not known."""

    @classmethod
    def of(
        cls,
        rulebook: Rulebook,
        length: str,
        direction: Direction,
        start: date,
        nation: Nation | str = "",
    ) -> "Reckoning":
        """Return how a length is counted that is a fact or a parameter, by its key."""
        counted = rulebook.rules.fact(length).counted
        return cls(rulebook, counted, direction, start, str(nation))

    @property
    def version(self) -> CountingVersion | None:
        """How it is counted from that day; None where that is not known."""
        counting = self.rulebook.named(Counting).get(self.counted)
        return None if counting is None else in_force(counting.versions, self.start)

    def counted_day(self, length: Duration, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day that the length leads to, before it moves."""
        if self.direction is Direction.BEGINNING_WITH:
            return length.last_day_beginning_with(self.start, calendar)
        return self._reached(length, calendar)

    @property
    def readings(self) -> tuple[MonthReading, ...]:
        """The readings of months, that by which it is counted first; none where it counts none."""
        known = self.rulebook.named(MonthReading)
        return () if self.version is None else tuple(known[key] for key in self.version.months)

    def by(self, reading: MonthReading, length: Duration) -> date:
        """Return the day to which a length of months leads by a reading, before it moves."""
        day = self.counted_day(length)
        begins = self.direction is Direction.BEGINNING_WITH
        match reading.counts:
            case MonthCount.FROM_THE_DAY_BEFORE if begins:
                return length.after(self.start - _ONE_DAY)
            case MonthCount.SHORT_MONTH_SOONER if begins and self._lacks_a_day(length):
                return day - _ONE_DAY
            case MonthCount.SHORT_MONTH_LATER if not begins and self._lacks_a_day(length):
                return day + _ONE_DAY
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
        return tuple(cited for each in found for cited in each.citations)

    def last(self, work: Working, fact: Fact, count: Answer[int], unit: TimeUnit) -> Answer[date]:
        """Return the last day, or the first one of what must wait, with the step that gives it."""
        version = self.version
        if version is None:
            said = f"no rule says how it is counted from {long_date(self.start)}"
            return work.not_known(fact, said, using=(count,))
        moves = version.rolls is not Roll.NEVER and self.direction in _MOVES
        wanted = moves or unit is TimeUnit.WORKING_DAYS
        calendar = self.rulebook.calendars.get(self.nation) if wanted else None
        if wanted and calendar is None:
            whose = self.nation or "none"
            said = f"working days differ between nations, and {whose} has no calendar"
            return work.not_known(fact, said, using=(count,))

        def calculate(many: int) -> tuple[date, str]:
            length = Duration(many, unit)
            day = self.counted_day(length, calendar)
            said = self.step(length, day)
            if moves and calendar is not None and not calendar.is_working_day(day):
                day = calendar.add_working_days(day, 1)
                if version.rolls is Roll.NEXT_OPEN_DAY:
                    said += ", on which the office is taken to be closed; what cannot be done then"
                    said += f" for that reason may be done on {long_date(day)}"
                else:
                    said += f", which is no working day, so {long_date(day)} is in time"
            return day, said + self.otherwise(length, day)

        cited = version.citations if moves or self.ends_at(version) else ()
        if unit in OF_MONTHS:
            if not version.months:
                said = f"no source says how months are counted in {self.name}"
                return work.not_known(fact, said, using=(count,))
            if count.known:
                cited = (*self.cites(Duration(count.value, unit)), *cited)
        return work.out(fact, (count,), calculate, citations=cited)

    @property
    def name(self) -> str:
        """What is counted so, in words."""
        return self.rulebook.named(Counting)[self.counted].name

    def unmoved(
        self, work: Working, fact: Fact, count: Answer[int], unit: TimeUnit
    ) -> Answer[date]:
        """Return the last day as it is counted, before it moves."""

        def calculate(many: int) -> tuple[date, str]:
            length = Duration(many, unit)
            day = self.counted_day(length, self.rulebook.calendars.get(self.nation))
            return day, self.step(length, day)

        return work.out(fact, (count,), calculate)

    def latest(self, work: Working, fact: Fact) -> Answer[str]:
        """Return the time of day at which the last day ends, as definitions write it."""
        version = self.version
        if version is None or not version.until:
            said = (
                f"no rule says at what hour a day ends that is counted from {long_date(self.start)}"
            )
            return work.not_known(fact, said)
        said = f"the last day ends at {version.until}"
        return work.known(fact, version.until, said, citations=version.citations)

    def moment(self, day: Answer[date]) -> datetime | None:
        """Return the moment at which the last day ends, where that is not midnight."""
        version = self.version
        at = None if version is None or not day.known else self.ends_at(version)
        return None if at is None else uk_time(datetime.combine(day.value, at))

    def ends_at(self, version: CountingVersion) -> time | None:
        """Return the time of day at which the last day ends; a first day has none."""
        return None if self.direction is Direction.NOT_BEFORE else version.ends_at
