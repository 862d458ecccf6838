"""The last or first day of a length of time, as its counting has it."""

from datetime import date, datetime, time

from attrs import frozen

from unioncore.answers.working import Working
from unioncore.legal import OF_MONTHS, Duration, Nation, TimeUnit, uk_time
from unioncore.model import Counting, CountingVersion, Direction, Lapse, Roll
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, long_date

__all__: list[str] = []

_MOVES = (Direction.WITHIN, Direction.BEGINNING_WITH)
"""Where a last day may move; one that is counted back to, and a first day, never does."""


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
        return self.rulebook.counting(self.counted, self.start)

    @property
    def lapse(self) -> Lapse:
        """The time that runs, by the readings of the counting."""
        return self.rulebook.lapse(self.counted, self.direction, self.start)

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
            day = self.lapse.counted_day(length, calendar)
            said = self.lapse.step(length, day)
            if moves and calendar is not None and not calendar.is_working_day(day):
                day = calendar.add_working_days(day, 1)
                if version.rolls is Roll.NEXT_OPEN_DAY:
                    said += ", on which the office is taken to be closed; what cannot be done then"
                    said += f" for that reason may be done on {long_date(day)}"
                else:
                    said += f", which is no working day, so {long_date(day)} is in time"
            return day, said + self.lapse.otherwise(length, day)

        cited = version.citations if moves or self.ends_at(version) else ()
        if unit in OF_MONTHS:
            if not version.months:
                said = f"no source says how months are counted in {self.name}"
                return work.not_known(fact, said, using=(count,))
            if count.known:
                cited = (*self.lapse.cites(Duration(count.value, unit)), *cited)
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
            day = self.lapse.counted_day(length, self.rulebook.calendars.get(self.nation))
            return day, self.lapse.step(length, day)

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
