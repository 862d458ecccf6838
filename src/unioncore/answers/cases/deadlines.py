"""Every date that matters in a case: what must happen by when, on whose authority, and why."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.answers.cases.claims import claims_of, starts_of
from unioncore.answers.cases.recorded import follows
from unioncore.answers.employment.tribunal import time_limit
from unioncore.answers.happened import happened
from unioncore.answers.together import Answers
from unioncore.answers.working import Working, warned
from unioncore.legal import Duration, Nation, TimeUnit, WorkingDayCalendar, check_day, uk_time
from unioncore.model import (
    PLEADED,
    UNION_TRACK,
    Case,
    CaseEvent,
    CaseTypeVersion,
    Clock,
    ClockSetting,
    Direction,
    Happened,
    Meaning,
    Open,
    Track,
    check_case,
)
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["Deadline", "Moved", "Standing", "deadlines", "moved"]


class Standing(StrEnum):
    """How a deadline stands on a day."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"
    """What had to happen, happened too late, or too early."""
    MISSED = "missed"
    """The last day is over, and it has not happened."""
    IDLE = "idle"
    """It has not happened, and nothing is owed: it can come no more, or need never come."""
    NOT_KNOWN = "not known"


@frozen
class Deadline(Answers, shows="case track clock day standing"):
    """One date of one track."""

    case: str
    """The case's reference."""
    track: str
    clock: str
    name: str
    """What it is about, in words."""
    must: str
    """The event or happening that must come in time."""
    direction: Direction
    """Whether the day is the last or the first on which it may come."""
    day: Answer[date]
    """The day, included; with its steps."""
    owed_by: str
    nature: str
    standing: Standing
    happened: date | None
    """When it happened, if it did."""
    note: str = ""
    at: datetime | None = None
    """The moment on the day, by the clock of the United Kingdom, where it runs in hours."""
    confirmed: bool = True
    """Whether the day from which it runs was entered; else it runs from that of the incident."""

    def runs_on(self, day: date) -> bool | None:
        """Say whether time for what has not happened is running; None where that is not known.

        What only says how long one thing comes before another gives no time that runs, and none
        runs for what can come no more.
        """
        before = self.direction in (Direction.AT_LEAST_BEFORE, Direction.NOT_BEFORE)
        if self.happened is not None or before or self.standing is Standing.IDLE:
            return False
        return day <= self.day.value if self.day.known else None

    def sentence(self) -> str:
        """Say the deadline in one sentence."""
        if not self.day.known:
            return f"{self.name}: not known ({self.day.reason})"
        verb = "not before" if self.direction is Direction.NOT_BEFORE else "by"
        doubt = "" if self.confirmed else ", counted from the day of the incident"
        hour = "" if self.at is None else f"{self.at:%H:%M} on "
        return f"{self.name}: {verb} {hour}{long_date(self.day.value)} ({self.standing}{doubt})"


_POLICY = "employer policy"
"""Whose count it is where a clock leaves it to a policy."""


def deadlines(
    rulebook: Rulebook,
    case: Case,
    *,
    on: date,
    settings: Iterable[ClockSetting] = (),
) -> tuple[Deadline, ...]:
    """Return the deadlines of a case whose clocks have started by a day, the earliest first.

    Args:
        rulebook: holds the case types and parameters.
        case: the case.
        on: the day of the question; what happened later is not looked at.
        settings: how long the clocks run that an employer or a branch lays down for itself.
    """
    check_rulebook(rulebook)
    check_case(case)
    check_day(on, "on")
    found = [
        deadline
        for track in case.tracks.values()
        for deadline in _of_track(rulebook, case, track, on, tuple(settings))
    ]
    return tuple(sorted(found, key=_order))


def _order(deadline: Deadline) -> tuple[bool, date, str, str]:
    day = deadline.day.value if deadline.day.known else date.max
    return (not deadline.day.known, day, deadline.track, deadline.clock)


def _of_track(
    rulebook: Rulebook, case: Case, track: Track, on: date, settings: tuple[ClockSetting, ...]
) -> Iterator[Deadline]:
    for clock in rulebook.clocks(track):
        found = deadline(rulebook, case, track, clock, on=on, settings=settings)
        if found is not None:
            yield found


def deadline(
    rulebook: Rulebook,
    case: Case,
    track: Track,
    clock: Clock,
    *,
    on: date,
    settings: Iterable[ClockSetting] = (),
) -> Deadline | None:
    """Return the deadline of one clock, as ``deadlines`` does; None where it has not started."""
    if clock.nations and track.nation not in map(str, clock.nations):
        return None
    ends = _ends(rulebook, case, track, clock, on)
    version, ended = rulebook.case_type_version(track), rulebook.outcome(track) is not None
    if ends is None or (ended if ends.since is None else ends.since not in clock.started):
        return None
    told = follows(rulebook, clock.when, case, track, on=on)
    if told.holds is False:
        return None
    if told.holds is None:
        fact = Fact(f"{track.case_type}/{clock.key}", FactType.DAY, clock.name)
        day = Working(rulebook.fingerprint, on).not_known(fact, f"{told.missing} is not known")
    else:
        day = _falls_on(rulebook, case, track, clock, ends, on, tuple(settings))
    standing = _standing(clock, ends, day, on)
    if ends.happened is None and version is not None:
        nothing_owed = clock.optional or (ended and not ends.confirmed)
        passed = nothing_owed and standing is Standing.MISSED
        if passed or _is_idle(version, track, clock, ends.must, on):
            standing = Standing.IDLE
    return Deadline(
        case=case.reference,
        track=track.key,
        clock=clock.key,
        name=clock.name,
        must=ends.must,
        direction=ends.direction,
        day=day,
        owed_by=clock.owed_by,
        nature=str(clock.nature),
        standing=standing,
        happened=ends.happened,
        note=clock.note,
        at=_moment(clock, ends, day),
        confirmed=ends.confirmed,
    )


def waiting(rulebook: Rulebook, case: Case, track: Track, *, on: date) -> tuple[Clock, ...]:
    """Return the clocks that have not started on a track by a day and may yet do so."""
    return tuple(
        clock
        for clock in rulebook.clocks(track)
        if (not clock.nations or track.nation in map(str, clock.nations))
        and on in clock.started
        and _ends(rulebook, case, track, clock, on) is None
        and follows(rulebook, clock.when, case, track, on=on).holds is not False
    )


def _is_idle(version: CaseTypeVersion, track: Track, clock: Clock, must: str, on: date) -> bool:
    """Say whether what must come can come no more, since the clock last started.

    What comes from outside the case type always can, and a claim may. A track that is opened again
    begins anew.
    """
    if must not in version.events() or clock.claim:
        return False
    state, since = "", set[str]()
    for entry in track.entries:
        if entry.on <= on and isinstance(entry, Open | CaseEvent | Happened):
            state = getattr(entry, "to", "") or state
            began = getattr(entry, "event", "") == clock.starts
            since = {state} if began else {*since, state}
    return any(version.state(each) and must not in version.ahead(each) for each in since)


@frozen
class _Ends:
    """The two ends of a clock, as far as the case tells."""

    since: date | None
    """The day from which, or back from which, it is counted; None: the claim's is not known."""
    direction: Direction
    must: str
    happened: date | None
    at: datetime | None = None
    """The moment with which it starts, where that was entered."""
    confirmed: bool = True


def _ends(rulebook: Rulebook, case: Case, track: Track, clock: Clock, on: date) -> _Ends | None:
    if clock.claim:
        started = starts_of(rulebook, case, track, clock, on)
    else:
        started = _entries(rulebook, case, track, clock, clock.starts, on)
    start = started[-1].on if started else None
    came = _entries(rulebook, case, track, clock, clock.must, on)
    if clock.direction is Direction.AT_LEAST_BEFORE:
        follows = came[-1].on if came else _planned(track, clock.must, on)
        if came and start is not None and started[0].on <= came[-1].on < start:
            # It starts again, such as a further notice: the next one is still to come.
            follows = None
        if follows is not None:
            # Counted back from what follows, it is the last day for what must come before.
            return _Ends(follows, Direction.AT_LEAST_BEFORE, clock.starts, start)
        if start is not None:
            return _Ends(start, Direction.NOT_BEFORE, clock.must, None)
        return None
    if start is None:
        # Something outside the case type, such as a hearing, may be set for a day to come.
        start = _planned(track, clock.starts, on)
    confirmed = start is not None
    if start is None and not clock.from_incident:
        return None
    if start is None and track.opened <= on:
        start = track.incident
    after = [each.on for each in came if start is None or each.on >= start]
    moment = started[-1].at if started else None
    end = after[0] if after else None
    return _Ends(start, clock.direction, clock.must, end, moment, confirmed)


def _entries(
    rulebook: Rulebook, case: Case, track: Track, clock: Clock, event: str, on: date
) -> list[CaseEvent | Happened]:
    """Return what happened on the track by a day, in order.

    What the union's own track tells is about the whole case. The limit of a claim looks at every
    track: an early conciliation, say, is one of its own. What else bears the same name there, such
    as a hearing, is another one.
    """
    found = [each for each in case.happened(on) if each.event == event]
    own = [each for each in found if each.track == track.key]
    meaning = rulebook.meant(track).get(event)
    if clock.claim and meaning is not None:
        return own or _anywhere(rulebook, case, meaning, on)
    return own or [each for each in found if clock.claim or each.track == UNION_TRACK]


def _anywhere(
    rulebook: Rulebook, case: Case, meaning: Meaning, on: date
) -> list[CaseEvent | Happened]:
    """Return what happened with a meaning on any track, in the order of days."""
    tracks = case.tracks.values()
    found = [each for track in tracks for each in happened(rulebook, track, meaning, on=on)]
    return sorted(found, key=lambda each: each.on)


def _planned(track: Track, event: str, on: date) -> date | None:
    """Return the day for which something is planned, as was known on a day."""
    plan = track.planned(event, known_on=on)
    return None if plan is None else plan.on


def _standing(clock: Clock, ends: _Ends, day: Answer[date], on: date) -> Standing:
    happened = ends.happened
    if not day.known:
        return Standing.MET if happened is not None and clock.policy else Standing.NOT_KNOWN
    if ends.direction is Direction.NOT_BEFORE:
        if happened is None:
            return Standing.RUNNING
        return Standing.MET if happened >= day.value else Standing.LATE
    if happened is not None:
        return Standing.MET if happened <= day.value else Standing.LATE
    return Standing.RUNNING if on <= day.value else Standing.MISSED


# -- how long --------------------------------------------------------------------------------------


def _falls_on(
    rulebook: Rulebook,
    case: Case,
    track: Track,
    clock: Clock,
    ends: _Ends,
    on: date,
    settings: tuple[ClockSetting, ...],
) -> Answer[date]:
    work, start = Working(rulebook.fingerprint, on), ends.since
    fact = Fact(f"{track.case_type}/{clock.key}", FactType.DAY, clock.name)
    if clock.claim or start is None:
        return _claim(rulebook, case, track, clock, ends, on, fact)
    length = Fact(fact.key, FactType.WHOLE, clock.name)
    unit = clock.unit
    if clock.policy:
        setting = _setting(case, track, clock, start, settings)
        if setting is None:
            return work.not_known(fact, _POLICY)
        said = f"{setting.count}, by a policy"
        count = work.known(length, setting.count, said, citations=setting.citations)
        unit = setting.unit
    elif clock.parameter:
        facts = _facts(rulebook, case, track, clock, on)
        count = ask(rulebook, facts, clock.parameter, on=start)[clock.parameter]
    else:
        said = f"{clock.count}, by {clock.nature}"
        count = work.known(length, clock.count, said, citations=clock.citations)
    if unit is TimeUnit.HOURS and (ends.at is None or ends.at.tzinfo is None):
        said = "it runs in hours, and the moment from which, with its time zone, is not given"
        return work.not_known(fact, said, using=(count,))
    nation = track.nation
    wanted = clock.rolls or unit is TimeUnit.WORKING_DAYS
    calendar = rulebook.calendars.get(nation) if wanted else None
    if wanted and calendar is None:
        said = f"working days differ between nations, and {nation or 'none'} has no calendar"
        return work.not_known(fact, said, using=(count,))

    def calculate(many: int) -> tuple[date, str]:
        assert unit is not None  # composition sees to it
        duration = Duration(many, unit)
        if unit is TimeUnit.HOURS and ends.at is not None:
            return _in_hours(ends.direction, duration, ends.at)
        day = _reach(ends.direction, duration, start, calendar)
        said = _step(ends.direction, duration, start, day)
        if clock.rolls and calendar is not None and not calendar.is_working_day(day):
            day = calendar.add_working_days(day, 1)
            said += f", which is no working day, so {long_date(day)} is in time"
        return day, said

    return work.out(fact, (count,), calculate)


def _facts(rulebook: Rulebook, case: Case, track: Track, clock: Clock, on: date) -> dict[str, Any]:
    """Return what the parameter of a clock asks about, as far as the case tells it."""
    found: dict[str, Any] = {}
    for each in clock.facts:
        if not each.day_of:
            known = track.nation in map(str, Nation)  # such as "GB" is not one nation
            found[each.fact] = track.nation if known else None
            continue
        came = _entries(rulebook, case, track, clock, each.day_of, on)
        found[each.fact] = came[-1].on if came else _planned(track, each.day_of, on)
    return found


def _moment(clock: Clock, ends: _Ends, day: Answer[date]) -> datetime | None:
    """Return the moment at which a clock of hours ends."""
    if clock.unit is not TimeUnit.HOURS or not day.known or clock.count is None or ends.at is None:
        return None
    return uk_time(Duration(clock.count, TimeUnit.HOURS).after_moment(ends.at))


def _in_hours(direction: Direction, duration: Duration, moment: datetime) -> tuple[date, str]:
    """Return the day on which the last hour ends, with the moment in the step."""
    moment = uk_time(moment)
    reached = uk_time(duration.after_moment(moment))
    until = f"{reached:%H:%M} on {long_date(reached.date())}"
    verb = "not before" if direction is Direction.NOT_BEFORE else "until"
    said = f"{duration} after {moment:%H:%M} on {long_date(moment.date())}, so {verb} {until}"
    return reached.date(), said


def _reach(
    direction: Direction, duration: Duration, start: date, calendar: WorkingDayCalendar | None
) -> date:
    if direction is Direction.BEGINNING_WITH:
        return duration.last_day_beginning_with(start, calendar)
    if direction is Direction.AT_LEAST_BEFORE:
        return duration.before(start, calendar)
    return duration.after(start, calendar)


def _step(direction: Direction, duration: Duration, start: date, day: date) -> str:
    match direction:
        case Direction.BEGINNING_WITH:
            return (
                f"{duration} beginning with {long_date(start)}, so the last day is {long_date(day)}"
            )
        case Direction.AT_LEAST_BEFORE:
            return f"{duration} before {long_date(start)}, so the last day is {long_date(day)}"
        case Direction.NOT_BEFORE:
            return f"{duration} after {long_date(start)}, so not before {long_date(day)}"
        case _:
            return f"{duration} after {long_date(start)}, so the last day is {long_date(day)}"


def _setting(
    case: Case, track: Track, clock: Clock, start: date, settings: tuple[ClockSetting, ...]
) -> ClockSetting | None:
    whose = {"branch": case.branch, "employer": track.employer}
    return next(
        (
            each
            for each in settings
            if (each.case_type, each.clock) == (track.case_type, clock.key)
            and whose[each.of] == each.key
            and start in each.period
        ),
        None,
    )


def _claim(
    rulebook: Rulebook,
    case: Case,
    track: Track,
    clock: Clock,
    ends: _Ends,
    on: date,
    fact: Fact,
) -> Answer[date]:
    """Return the last safe day of a tribunal claim, with the conciliation that the case tells.

    The conciliation service itself must be told within the limit as it is without conciliation.
    """
    work = Working(rulebook.fingerprint, on)
    claims = claims_of(rulebook, case, track, clock, on)
    if not track.nation:
        return work.not_known(fact, "the nation of the track is not given")
    if len(claims) != 1:
        perhaps = f", perhaps {' or '.join(claims)}" if claims else ""
        return work.not_known(fact, f"it is not said which claim{perhaps}", missing=("claim",))
    if ends.since is None:
        said = "the day from which time runs is not entered"
        return work.not_known(fact, said, missing=(clock.starts,))
    notifies = rulebook.meant(track).get(clock.must) is Meaning.CONCILIATION_NOTIFIED
    day_a, day_b = (None, None) if notifies else _certificate(rulebook, case, on)
    limit = time_limit(
        rulebook, *claims, starts=ends.since, nation=track.nation, day_a=day_a, day_b=day_b
    )
    doubts = []
    if not ends.confirmed:
        doubts.append(f"counted from the day of the incident, until {clock.starts} is entered")
    if clock.claim == PLEADED and not track.claim:
        doubts.append(f"taken for a claim of {claims[0]}, as another track has it")
    return warned(limit.act_by, *doubts)


def _certificate(rulebook: Rulebook, case: Case, on: date) -> tuple[date | None, date | None]:
    """Return Day A and Day B of the first certificate, where the case tells of both."""
    told = _anywhere(rulebook, case, Meaning.CONCILIATION_NOTIFIED, on)
    issued = _anywhere(rulebook, case, Meaning.CONCILIATION_CERTIFIED, on)
    day_b = next((each.on for each in issued if told and each.on >= told[0].on), None)
    return (told[0].on, day_b) if day_b is not None else (None, None)


# -- between two rulebooks -------------------------------------------------------------------------


@frozen
class Moved(Answers, shows="track clock before after"):
    """A deadline that lies on another day by another rulebook."""

    track: str
    clock: str
    before: Deadline | None
    after: Deadline | None

    def sentence(self) -> str:
        """Say what moved, from when to when, and why."""
        sides = [
            "none" if each is None else long_date(each.day.value) if each.day.known else "not known"
            for each in (self.before, self.after)
        ]
        named = self.after or self.before
        name = self.clock if named is None else named.name
        why = ""
        if self.after is not None and self.after.day.known:
            steps = [each.text for each in self.after.day.because if each.step]
            why = f"; {steps[0]}" if steps else ""
        return f"{name}: from {sides[0]} to {sides[1]}{why}"


def moved(
    before: Rulebook,
    after: Rulebook,
    case: Case,
    *,
    on: date,
    settings: Iterable[ClockSetting] = (),
) -> tuple[Moved, ...]:
    """Return the deadlines of a case that differ between two rulebooks."""
    policies = tuple(settings)
    sides = []
    for rulebook in (before, after):
        found = deadlines(rulebook, case, on=on, settings=policies)
        sides.append({(each.track, each.clock): each for each in found})
    old, new = sides
    changed = []
    for at in sorted({*old, *new}):
        one, other = old.get(at), new.get(at)
        if _told(one) != _told(other):
            changed.append(Moved(*at, one, other))
    return tuple(changed)


def _told(deadline: Deadline | None) -> Any:
    if deadline is None:
        return None
    return deadline.day.value if deadline.day.known else deadline.day.reason
