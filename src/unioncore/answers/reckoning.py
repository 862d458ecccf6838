"""The last or first day of a length of time, as its counting has it."""

from datetime import date, datetime, time

from attrs import frozen

from unioncore.answers.working import Working
from unioncore.legal import Duration, TimeUnit, WorkingDayCalendar, in_force, uk_time
from unioncore.model import Counting, CountingVersion, Direction, Roll
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, long_date

__all__: list[str] = []

_MOVES = (Direction.WITHIN, Direction.BEGINNING_WITH)
"""Where a last day may move; one that is counted back to, and a first day, never does."""
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

    @property
    def version(self) -> CountingVersion | None:
        """How it is counted from that day; None where that is not known."""
        counting = self.rulebook.named(Counting).get(self.counted)
        return None if counting is None else in_force(counting.versions, self.start)

    def counted_day(self, length: Duration, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day that the length leads to, before it moves."""
        match self.direction:
            case Direction.BEGINNING_WITH:
                return length.last_day_beginning_with(self.start, calendar)
            case Direction.AT_LEAST_BEFORE:
                return length.before(self.start, calendar)
            case _:
                return length.after(self.start, calendar)

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
            said = self._step(length, day)
            if moves and calendar is not None and not calendar.is_working_day(day):
                day = calendar.add_working_days(day, 1)
                if version.rolls is Roll.NEXT_OPEN_DAY:
                    said += ", on which the office is taken to be closed; what cannot be done then"
                    said += f" for that reason may be done on {long_date(day)}"
                else:
                    said += f", which is no working day, so {long_date(day)} is in time"
            return day, said

        cited = version.citations if moves or self.ends_at(version) else ()
        return work.out(fact, (count,), calculate, citations=cited)

    def unmoved(
        self, work: Working, fact: Fact, count: Answer[int], unit: TimeUnit
    ) -> Answer[date]:
        """Return the last day as it is counted, before it moves; never of working days."""

        def calculate(many: int) -> tuple[date, str]:
            length = Duration(many, unit)
            day = self.counted_day(length)
            return day, self._step(length, day)

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

    def _step(self, length: Duration, day: date) -> str:
        return _STEPS[self.direction].format(length, long_date(self.start), long_date(day))

    def moment(self, day: Answer[date]) -> datetime | None:
        """Return the moment at which the last day ends, where that is not midnight."""
        version = self.version
        at = None if version is None or not day.known else self.ends_at(version)
        return None if at is None else uk_time(datetime.combine(day.value, at))

    def ends_at(self, version: CountingVersion) -> time | None:
        """Return the time of day at which the last day ends; a first day has none."""
        return None if self.direction is Direction.NOT_BEFORE else version.ends_at
