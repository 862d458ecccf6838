"""By when a claim must reach the tribunal.

What is decided (how long the limit is, whether conciliation stops it, until which hour the last day
runs) the rulebook decides. What is counted is counted here: the months that begin with a day, the
days for which the clock stood still, and the month after the certificate, in the order of section
207B(3) and (4) of the Employment Rights Act 1996 and its twins.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

import attrs
from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.together import Worked
from unioncore.answers.working import (
    Alternative,
    Said,
    Where,
    Working,
    agree_by_name,
    bounds,
    in_each,
    nations,
)
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import (
    Citation,
    DayRange,
    Duration,
    Nation,
    TimeUnit,
    shifted,
    uk_time,
    with_clock_stopped,
    with_month_after_day_b,
)
from unioncore.model import MIDNIGHT, Direction, MonthReading
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "LateClaim",
    "TimeLimit",
    "claim_exists",
    "interim_relief",
    "late_claim",
    "month_after_day_b",
    "time_limit",
]

_Certificate = tuple[date | DayRange, date | DayRange]
"""Day A and Day B of early conciliation."""

Presented = date | datetime | DayRange
"""When a claim arrived: a day, or a day and the time, which is UK time where it names no zone."""

_PRIMARY = Fact("primary_last_day", FactType.DAY, "the last day without early conciliation")
_DAYS_ADDED = Fact("ec_days_added", FactType.WHOLE, "the days of conciliation not counted")
_MONTH_RULE = Fact("month_rule_applied", FactType.YES_NO, "the month after Day B governs")
_LAST_DAY = Fact("last_day", FactType.DAY, "the last day")
_ACT_BY = Fact("act_by", FactType.DAY, "the last day that is safe")
_IN_TIME = Fact("in_time", FactType.YES_NO, "it arrived in time")


@frozen
class TimeLimit(Worked, shows="last_day act_by in_time"):
    """The time limit of one claim; every last day is included."""

    name: str
    """What the claim is about, in words."""
    starts: date | DayRange
    """The day from which time runs."""
    limit_months: Answer[int]
    """The months, beginning with the day from which time runs; interim relief has days instead."""
    primary_last_day: Answer[date]
    """The last day without early conciliation."""
    ec_days_added: Answer[int]
    """The days of conciliation that are not counted."""
    month_rule_applied: Answer[bool]
    """Whether the limit became the end of the month after Day B."""
    last_day: Answer[date]
    """The last day by the words of the statute."""
    act_by: Answer[date]
    """The earliest last day that any authority listed gives; this one is safe."""
    in_time: Answer[bool]
    """Whether the claim was presented in time."""
    latest_time: Answer[str]
    """Until when the last day runs, such as ``24:00``."""
    conciliation_ends_by: Answer[date]
    """The last day on which the conciliation may go on; not known where there is none."""


@frozen
class LateClaim(Worked, shows="test months"):
    """When a claim that comes too late is heard all the same."""

    test: Answer[str]
    """What the tribunal asks, such as ``just-and-equitable``; ``none``: it can let none in."""
    months: Answer[int]
    """How many months beyond the limit it can come in at most; not known where none are named."""


# -- claims ----------------------------------------------------------------------------------------

_DECIDED = (
    "claim.exists",
    "claim.first_day",
    "claim.limit_months",
    "claim.limit_days",
    "claim.safe_limit_months",
    "claim.latest_time",
    "claim.series_counts_from_its_last_act",
    "core.conciliation_months_after_day_b",
)
_OF_CONCILIATION = (
    "claim.conciliation_counts",
    "claim.conciliation_ends_by",
    "claim.later_certificate_counts",
)
_DAY_B, _ENDS_BY = "claim.day_b", "claim.conciliation_ends_by"
_NO_CONCILIATION = "no early conciliation is given"


@checked
def time_limit(
    rulebook: Rulebook,
    claim: str,
    *,
    starts: date | DayRange | tuple[date | DayRange, ...],
    nation: Where,
    day_a: date | DayRange | None = None,
    day_b: date | DayRange | None = None,
    second: _Certificate | None = None,
    presented: Presented | None = None,
) -> TimeLimit:
    """Answer by when a claim must be presented.

    Where several nations are meant, or a day is known only within bounds, an answer is known where
    all nations and both bounds agree.

    Args:
        rulebook: holds the limits.
        claim: a word of the vocabulary ``claim``, such as ``unfair-dismissal``.
        starts: the day from which time runs: the effective date of termination or the act
            complained of; or the days of a series of acts.
        nation: a nation or a jurisdiction, such as ``Scotland`` or ``GB``.
        day_a: the day on which the conciliation service was told.
        day_b: the day on which the certificate was received; None while conciliation goes on.
        second: Day A and Day B of a second certificate on the same matter.
        presented: when the tribunal received the claim.

    Raises:
        UnknownName: when there is no such claim or nation, with the nearest spelling.
        BadFacts: when Day B comes without Day A or before it, a second certificate without a
            first, or a series has no days.
        NotADay: when one of the days is not a plain day.
    """
    _check_claim(rulebook, claim)
    acts = starts if isinstance(starts, tuple) else (starts,)
    wrong = [] if acts else [Problem("starts", "at least one day of the series of acts")]
    wrong += _contradict("day_b", day_a, day_b)
    if second is not None:
        wrong += [] if day_a is not None else [Problem("second", "no certificate without a first")]
        wrong += _contradict("second", *second)
    if wrong:
        raise BadFacts(tuple(wrong))
    spans = [DayRange.of(day) for day in acts]
    # Which act came last may not be known; its day is between these.
    least, most = max(each.earliest for each in spans), max(each.latest for each in spans)
    last_act = most if least == most else DayRange(least, most)
    cases: list[tuple[Alternative, TimeLimit]] = []
    for each in nations(nation):
        for start, opened, closed, arrived in bounds(last_act, day_a, day_b, presented):
            if opened is None or closed is None or opened <= closed:
                clock = _ClaimClock(rulebook, claim, start, len(acts), each, opened, closed, second)
                cases.append(((str(each), long_date(start)), clock.time_limit(arrived)))
    found = cases[0][1]
    return attrs.evolve(
        found, starts=last_act, **agree_by_name([(c, e.answers()) for c, e in cases])
    )


@checked
def interim_relief(
    rulebook: Rulebook,
    dismissed: date | DayRange,
    *,
    nation: Where,
    presented: Presented | None = None,
) -> TimeLimit:
    """Answer by when interim relief must be applied for: so many days after the dismissal.

    ``dismissed`` is the effective date of termination, which is not counted. Conciliation neither
    is needed nor moves the day. Raises what ``time_limit`` raises.
    """
    return time_limit(
        rulebook, "interim-relief", starts=dismissed, nation=nation, presented=presented
    )


@checked
def month_after_day_b(rulebook: Rulebook, day_b: date | DayRange, *, nation: Where) -> Answer[date]:
    """Answer the last day of the month after Day B, which itself is not counted.

    Raises:
        UnknownName: when there is no such nation.
    """

    def answer(each: Nation, day: date) -> Answer[date]:
        facts = {"claim.nation": each}
        found = ask(rulebook, facts, "core.conciliation_months_after_day_b", on=day)
        (count,) = found.values()
        counts = Reckoning.of(rulebook, count.fact, Direction.WITHIN, day, each)
        work = Working.by(rulebook, day)
        return counts.last(work, _LAST_DAY, count, TimeUnit.MONTHS)

    return in_each(nation, day_b, answer)


@checked
def late_claim(
    rulebook: Rulebook, claim: str, *, starts: date | DayRange, nation: Where
) -> LateClaim:
    """Answer what a tribunal asks before it hears a claim that was presented too late.

    Args:
        rulebook: holds the tests.
        claim: a word of the vocabulary ``claim``, such as ``redundancy-payment``.
        starts: the day from which time runs.
        nation: whose tribunal would hear the claim.

    Raises:
        UnknownName: when there is no such claim or nation, with the nearest spelling.
    """
    asked = partial(_asked, rulebook, claim, starts, nation)
    return LateClaim(asked("claim.extension_test"), asked("claim.extension_months"))


@checked
def claim_exists(
    rulebook: Rulebook, claim: str, *, starts: date | DayRange, nation: Where
) -> Answer[bool]:
    """Answer whether the law of a day had such a claim at all.

    Args:
        rulebook: holds the first day of each right.
        claim: a word of the vocabulary ``claim``, such as ``flexible-working``.
        starts: the day from which time would run.
        nation: whose tribunal would hear the claim.

    Raises:
        UnknownName: when there is no such claim or nation, with the nearest spelling.
    """
    return _asked(rulebook, claim, starts, nation, "claim.exists")


def _asked(
    rulebook: Rulebook, claim: str, starts: date | DayRange, nation: Where, name: str
) -> Answer[Any]:
    """Ask one thing of a claim, whose day may be known only within bounds."""
    _check_claim(rulebook, claim)

    def answer(each: Nation, day: date) -> Answer[Any]:
        facts = {"claim.kind": claim, "claim.nation": each, "claim.time_starts": day}
        return ask(rulebook, facts, name, on=day)[name]

    return in_each(nation, starts, answer)


def _check_claim(rulebook: Rulebook, claim: str) -> None:
    check_rulebook(rulebook)
    claims = rulebook.rules.names_of(rulebook.rules.fact("claim.kind"))
    if claim not in claims:
        raise UnknownName("claim", claim, nearest(claim, claims))


def _contradict(
    argument: str, day_a: date | DayRange | None, day_b: date | DayRange | None
) -> list[Problem]:
    """Return what is wrong with Day A and Day B of one certificate."""
    if day_b is None:
        return []
    if day_a is None:
        return [Problem(argument, "no day without Day A")]
    if DayRange.of(day_b).latest < DayRange.of(day_a).earliest:
        return [Problem(argument, "a day that is not before Day A")]
    return []


@frozen(eq=False, repr=False)
class _ClaimClock:
    """The clock of one claim in one nation; every day of it is known."""

    rulebook: Rulebook
    claim: str
    starts: date
    acts: int
    """How many acts the series has of which ``starts`` is the last."""
    nation: Nation
    day_a: date | None
    day_b: date | None
    second: _Certificate | None

    @property
    def work(self) -> Working:
        return Working.by(self.rulebook, self.starts)

    @property
    def reckoning(self) -> Reckoning:
        begins = Direction.BEGINNING_WITH
        return Reckoning.of(self.rulebook, "claim.limit_months", begins, self.starts, self.nation)

    def time_limit(self, presented: date | datetime | None) -> TimeLimit:
        found = self._decided()
        exists = found["claim.exists"]
        if exists.known and not exists.value:
            found = {**found, **self._none(found)}
        in_days = found["claim.limit_days"].known
        limit = found["claim.limit_days" if in_days else "claim.limit_months"]
        primary = self._primary(found, limit, TimeUnit.DAYS if in_days else TimeUnit.MONTHS)
        last = self._last_day(found, primary)
        latest = found["claim.latest_time"]
        act_by = last if in_days else self._act_by(found, limit, last)
        return TimeLimit(
            name=self.rulebook.words_of("claim")[self.claim].name,
            starts=self.starts,
            limit_months=self._months(found["claim.limit_months"], in_days),
            primary_last_day=primary,
            ec_days_added=self._days_added(found, primary),
            month_rule_applied=self._month_rule(found, primary),
            last_day=last,
            act_by=act_by,
            in_time=self._in_time(last, act_by, latest, presented),
            latest_time=latest,
            conciliation_ends_by=self._ends_by(found),
        )

    def _decided(self) -> Mapping[str, Answer[Any]]:
        facts: dict[str, Any] = {
            "claim.kind": self.claim,
            "claim.nation": self.nation,
            "claim.time_starts": self.starts,
            "claim.day_a": self.day_a,
            "claim.day_b": self.day_b,
        }
        names = _DECIDED if self.day_a is None else (*_DECIDED, *_OF_CONCILIATION)
        return ask(self.rulebook, facts, *names, on=self.starts)

    def _none(self, found: Mapping[str, Answer[Any]]) -> Mapping[str, Answer[Any]]:
        """Return what is said of the limit where there was no such claim."""
        first = found["claim.first_day"]
        said = f"there was no such claim; the right to it began on {long_date(first.value)}"
        facts = [self.rulebook.rules.fact(f"claim.limit_{unit}") for unit in ("months", "days")]
        return {fact.key: self.work.not_known(fact, said, using=[first]) for fact in facts}

    # -- the limit -------------------------------------------------------------------------------

    def _months(self, limit: Answer[int], in_days: bool) -> Answer[int]:
        if not in_days:
            return limit
        fact = self.rulebook.rules.fact("claim.limit_months")
        return self.work.not_known(fact, "the limit is counted in days", using=[limit])

    def _primary(
        self, found: Mapping[str, Answer[Any]], limit: Answer[int], unit: TimeUnit
    ) -> Answer[date]:
        series = [found["claim.series_counts_from_its_last_act"]] if self.acts > 1 else []
        in_days = unit is TimeUnit.DAYS
        direction = Direction.WITHIN if in_days else Direction.BEGINNING_WITH
        counts = Reckoning.of(self.rulebook, limit.fact, direction, self.starts, self.nation)

        def calculate(count: int, *_: bool) -> tuple[date, str]:
            length = Duration(count, unit)
            last_act = f"the last of {self.acts} acts counts; " if self.acts > 1 else ""
            last = counts.lapse.counted_day(length)
            return last, f"{last_act}{counts.lapse.step(length, last)}"

        cited = [each for reading in counts.lapse.readings[:1] for each in reading.citations]
        return self.work.out(_PRIMARY, [limit, *series], calculate, citations=cited)

    # -- early conciliation ----------------------------------------------------------------------

    def _conciliation(self, found: Mapping[str, Answer[Any]]) -> list[Answer[Any]]:
        """Return the answers that say whether conciliation counts, and that the month is one."""
        counts = found["claim.conciliation_counts"]
        if self.day_b is None and not (counts.known and counts.value is False):
            said = "there is no certificate (Day B) yet; the day without conciliation is safe"
            fact = self.rulebook.rules.fact("claim.conciliation_counts")
            counts = self.work.not_known(fact, said, using=[counts], missing=(_DAY_B,))
        return [counts, found["core.conciliation_months_after_day_b"]]

    def _days_added(self, found: Mapping[str, Answer[Any]], primary: Answer[date]) -> Answer[int]:
        if self.day_a is None:
            return self.work.known(_DAYS_ADDED, 0, _NO_CONCILIATION)
        using = [primary, *self._conciliation(found)]
        second = [found["claim.later_certificate_counts"]] if self.second else []

        def calculate(primary: date, counts: bool, months: int, *_: bool) -> tuple[int, Said]:
            only = "; only the first certificate on a matter counts" if second else ""
            if not counts:
                not_counted = "conciliation does not stop the clock"
                return 0, lambda: f"{not_counted}: {using[1].because[0].text}{only}"
            run = self._run(primary, months)
            if not run.days:
                return 0, f"no day of conciliation falls after time began{only}"
            spell = f"{long_date(run.stopped_from)} to {long_date(run.day_b)}"
            days = Duration(run.days, TimeUnit.DAYS)
            return run.days, f"the clock stopped from {spell}, {days}{only}"

        late = tuple(self._late_certificate(found))
        return self.work.out(_DAYS_ADDED, [*using, *second], calculate, warnings=late)

    def _late_certificate(self, found: Mapping[str, Answer[Any]]) -> Iterator[str]:
        ends_by = found[_ENDS_BY]
        if self.day_b is not None and ends_by.known and self.day_b > ends_by.value:
            yield f"conciliation could last until {long_date(ends_by.value)}: check Day B"

    def _month_rule(self, found: Mapping[str, Answer[Any]], primary: Answer[date]) -> Answer[bool]:
        if self.day_a is None:
            return self.work.known(_MONTH_RULE, False, _NO_CONCILIATION)

        def calculate(primary: date, counts: bool, months: int) -> tuple[bool, str]:
            if not counts:
                return False, "without conciliation that counts there is no month after Day B"
            run = self._run(primary, months)
            counted = f"{long_date(primary)} and {Duration(run.days, TimeUnit.DAYS)} make"
            reached = f"{counted} {long_date(run.extended)}"
            window = f"Day A and a month after Day B ({long_date(run.month_ends)})"
            if run.month_governs:
                return True, f"{reached}, which lies between {window}"
            return False, f"{reached}, which does not lie between {window}"

        return self.work.out(_MONTH_RULE, [primary, *self._conciliation(found)], calculate)

    def _last_day(self, found: Mapping[str, Answer[Any]], primary: Answer[date]) -> Answer[date]:
        if self.day_a is None:
            said = "without early conciliation the last day is"
            return self.work.out(
                _LAST_DAY, [primary], lambda day: (day, f"{said} {long_date(day)}")
            )

        def calculate(primary: date, counts: bool, months: int) -> tuple[date, str]:
            if not counts:
                return primary, f"the last day stays {long_date(primary)}"
            run = self._run(primary, months)
            moves = "the limit moves to the end of that month" if run.month_governs else ""
            return run.last_day, f"{moves or 'the last day is then'}: {long_date(run.last_day)}"

        return self.work.out(_LAST_DAY, [primary, *self._conciliation(found)], calculate)

    def _run(self, primary: date, months: int) -> "_Run":
        assert self.day_a is not None
        assert self.day_b is not None
        return _Run(primary, self.starts, self.day_a, self.day_b, months)

    def _ends_by(self, found: Mapping[str, Answer[Any]]) -> Answer[date]:
        if self.day_a is None:
            return self.work.not_known(self.rulebook.rules.fact(_ENDS_BY), _NO_CONCILIATION)
        return found[_ENDS_BY]

    # -- other ways to count ---------------------------------------------------------------------

    def _act_by(
        self, found: Mapping[str, Answer[Any]], limit: Answer[int], last: Answer[date]
    ) -> Answer[date]:
        """Answer the earliest day by any of the readings that are listed for the claim."""
        safe = found["claim.safe_limit_months"]
        if not limit.known and safe.known:
            return self._safe(safe, last)
        using = [last, limit, *([] if self.day_a is None else self._conciliation(found))]
        lapse = self.reckoning.lapse
        cited: tuple[Citation, ...] = ()

        def by(reading: MonthReading, limit: int, counts: bool = False, months: int = 0) -> date:
            primary = lapse.by(reading, Duration(limit, TimeUnit.MONTHS))
            if not counts or (self.day_a is not None and self.day_a > primary):
                return primary
            return self._run(primary, months).last_day

        def calculate(last: date, *rest: Any) -> tuple[date, str]:
            days = {reading: by(reading, *rest) for reading in lapse.readings}
            first = min(days, key=lambda each: days[each])
            said = f"{long_date(last)} by the words of the statute; counted otherwise"
            return days[first], f"{said} ({first.name}) {long_date(days[first])}: act by that day"

        if all(each.known for each in using):
            cited = lapse.cites(Duration(limit.value, TimeUnit.MONTHS))
        answer = self.work.out(_ACT_BY, using, calculate, citations=cited)
        if not (answer.known and answer.value == last.value):
            return answer
        # All readings give the same day, so that the answer need not cite the others.
        said = "none of the other ways of counting gives an earlier day"
        return self.work.out(_ACT_BY, [last], lambda day: (day, said))

    def _in_time(
        self,
        last: Answer[date],
        act_by: Answer[date],
        latest: Answer[str],
        presented: date | datetime | None,
    ) -> Answer[bool]:
        """Answer whether it came in time; by the day that is safe it did, whatever the last is."""
        in_time = came_in_time(self.work, last, latest, presented)
        if last.known or not act_by.known:
            return in_time
        safely = came_in_time(self.work, act_by, latest, presented)
        return safely if safely.known and safely.value else in_time

    def _safe(self, safe: Answer[int], last: Answer[date]) -> Answer[date]:
        """Answer the day that is safe where the limit is not known; conciliation is left out."""

        def calculate(count: int) -> tuple[date, str]:
            length = Duration(count, TimeUnit.MONTHS)
            first = self.reckoning.lapse.safe(length, self.reckoning.lapse.counted_day(length))
            return first, f"the limit is not known, {length} are safe: act by {long_date(first)}"

        cited = self.reckoning.lapse.cites(Duration(safe.value, TimeUnit.MONTHS))
        return self.work.out(_ACT_BY, [safe], calculate, citations=cited, warnings=[last.reason])


@frozen(eq=False, repr=False)
class _Run:
    """Time that ran with a stop in it, in the order of section 207B(3) and (4)."""

    primary: date
    starts: date
    day_a: date
    day_b: date
    months: int
    """How many months are left after Day B at least."""

    @property
    def stopped_from(self) -> date:
        """The first day that is not counted: the day after Day A, or after time began."""
        return shifted(max(self.day_a, self.starts), 1)

    @property
    def days(self) -> int:
        """How many days are not counted."""
        return (self.extended - self.primary).days

    @property
    def extended(self) -> date:
        """The last day with those days added."""
        return with_clock_stopped(self.primary, self.starts, self.day_a, self.day_b)

    @property
    def month_ends(self) -> date:
        """The last day of the month after Day B."""
        return Duration(self.months, TimeUnit.MONTHS).after(self.day_b)

    @property
    def month_governs(self) -> bool:
        """Whether the last day is the end of that month."""
        return self.last_day == self.month_ends

    @property
    def last_day(self) -> date:
        """The last day, after both steps."""
        return with_month_after_day_b(self.extended, self.day_a, self.month_ends)


# -- presenting ------------------------------------------------------------------------------------


def came_in_time(
    work: Working,
    last_day: Answer[date],
    latest_time: Answer[str],
    presented: date | datetime | None,
) -> Answer[bool]:
    """Answer whether something arrived by the latest time of the last day."""
    using = [last_day, latest_time]
    if presented is None:
        said = "it was not said when it arrived"
        return work.not_known(_IN_TIME, said, using=using, missing=("presented",))
    if isinstance(presented, datetime):
        presented = uk_time(presented)
    at = presented.time() if isinstance(presented, datetime) else None
    day = presented.date() if isinstance(presented, datetime) else presented

    def calculate(last: date, latest: str) -> tuple[bool, str]:
        until = f"the last moment is {long_date(last)} at {latest}"
        if day != last or latest == MIDNIGHT:
            kept = day <= last
        else:
            assert at is not None
            kept = at <= time.fromisoformat(latest)
        arrived = f"{long_date(day)}{f' at {at.isoformat()}' if at else ''}"
        came = "in time" if kept else "late"
        return kept, f"{until}; it arrived on {arrived}, so it is {came}"

    cut = last_day.known and latest_time.known and latest_time.value != MIDNIGHT
    if cut and at is None and day == last_day.value:
        said = f"it arrived on the last day; whether by {latest_time.value} was not said"
        return work.not_known(_IN_TIME, said, using=using, missing=("presented",))
    return work.out(_IN_TIME, using, calculate)
