"""Every date that matters in a case: what must happen by when, on whose authority, and why."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.cases.claims import claims_of, starts_of, told_of
from unioncore.answers.cases.recorded import follows
from unioncore.answers.employment.tribunal import time_limit
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.together import Answers
from unioncore.answers.working import Working, warned
from unioncore.checked import checked
from unioncore.legal import Duration, Nation, TimeUnit, uk_time
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
    Nature,
    Open,
    Track,
)
from unioncore.rulebook import Rulebook
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
    """The moment on the day, by the clock of the United Kingdom, where it runs in hours or ends at
    an hour; None for midnight."""
    happened_at: datetime | None = None
    """The moment at which it happened, by that clock, where it was entered."""
    confirmed: bool = True
    """Whether the day from which it runs was entered; else it runs from that of the incident."""
    safe: date | None = None
    """The day that is safe by every reading of months: the earliest for who must act, the latest
    for who must wait. None where the day is not known."""

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
        if self.safe is not None and self.safe != self.day.value:
            doubt += f"; {long_date(self.safe)} is safe"
        return f"{self.name}: {verb} {self.due} ({self.standing}{doubt})"

    @property
    def due(self) -> str:
        """The day in words, with the hour where there is one; empty where it is not known."""
        return _when(self.day.value, self.at) if self.day.known else ""

    @property
    def came(self) -> str:
        """When it happened, in words; empty where it did not."""
        return "" if self.happened is None else _when(self.happened, self.happened_at)


def _when(day: date, at: datetime | None) -> str:
    hour = "" if at is None else f"{at:%H:%M} on "
    return f"{hour}{long_date(day)}"


OF_LAW = {Nature.STATUTORY, Nature.REGULATOR, Nature.SCHEME}
"""What a limit rests on where missing it is seldom forgiven."""
_POLICY = "employer policy"
"""Whose count it is where a clock leaves it to a policy."""


@checked
def deadlines(
    rulebook: Rulebook,
    case: Case,
    *,
    on: date,
    settings: Iterable[ClockSetting] = (),
    others: Iterable[Case] = (),
) -> tuple[Deadline, ...]:
    """Return the deadlines of a case whose clocks have started by a day, the earliest first.

    Args:
        rulebook: holds the case types and parameters.
        case: the case.
        on: the day of the question; what happened later is not looked at.
        settings: how long the clocks run that an employer or a branch lays down for itself.
        others: the cases with which it may be linked: what conciliation those of the same member
            tell that go with it moves a time limit; further ones do no harm.
    """
    policies, beside = tuple(settings), tuple(others)
    found = [
        each
        for track in case.tracks.values()
        for clock in rulebook.clocks(track)
        if (each := deadline(rulebook, case, track, clock, on=on, settings=policies, others=beside))
        is not None
    ]
    return tuple(sorted(found, key=_order))


def _order(deadline: Deadline) -> tuple[bool, date, str, str]:
    day = deadline.day.value if deadline.day.known else date.max
    return (not deadline.day.known, day, deadline.track, deadline.clock)


def deadline(
    rulebook: Rulebook,
    case: Case,
    track: Track,
    clock: Clock,
    *,
    on: date,
    settings: Iterable[ClockSetting] = (),
    others: Iterable[Case] = (),
) -> Deadline | None:
    """Return the deadline of one clock, as ``deadlines`` does; None where it has not started."""
    if not _runs_in(clock, track):
        return None
    asked = _OneClock(rulebook, case, track, clock, on, tuple(settings), tuple(others))
    ends = _ends(asked)
    version, ended = rulebook.case_type_version(track), rulebook.outcome(track) is not None
    if ends is None or (ended if ends.since is None else ends.since not in clock.started):
        return None
    told = follows(rulebook, clock.when, case, track, on=on)
    if told.holds is False:
        return None
    if told.holds is None:
        last = _Last(asked.work.not_known(asked.fact, f"{told.missing} is not known"))
    else:
        last = _falls_on(asked, ends)
    standing = _standing(clock, ends, last, on)
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
        day=last.day,
        owed_by=clock.owed_by,
        nature=str(clock.nature),
        standing=standing,
        happened=ends.happened,
        note=clock.note,
        at=last.at,
        happened_at=ends.happened_at,
        confirmed=ends.confirmed,
        safe=last.safe if last.safe or not last.day.known else last.day.value,
    )


def waiting(rulebook: Rulebook, case: Case, track: Track, *, on: date) -> tuple[Clock, ...]:
    """Return the clocks that have not started on a track by a day and may yet do so."""
    return tuple(
        clock
        for clock in rulebook.clocks(track)
        if _runs_in(clock, track)
        and on in clock.started
        and _ends(_OneClock(rulebook, case, track, clock, on)) is None
        and follows(rulebook, clock.when, case, track, on=on).holds is not False
    )


@frozen(repr=False)
class _OneClock:
    """One clock of a track, and the day on which it is asked about."""

    rulebook: Rulebook
    case: Case
    track: Track
    clock: Clock
    on: date
    settings: tuple[ClockSetting, ...] = ()
    others: tuple[Case, ...] = ()

    @property
    def work(self) -> Working:
        return Working.by(self.rulebook, self.on)

    @property
    def fact(self) -> Fact:
        return Fact(f"{self.track.case_type}/{self.clock.key}", FactType.DAY, self.clock.name)

    def entries(self, event: str) -> list[CaseEvent | Happened]:
        """Return what happened on the track by the day, in order.

        What the union's own track tells is about the whole case. The limit of a claim looks at
        every track: an early conciliation, say, is one of its own. What else bears the same name
        there, such as a hearing, is another one.
        """
        found = [each for each in self.case.happened(self.on) if each.event == event]
        own = [each for each in found if each.track == self.track.key]
        meaning = self.rulebook.meant(self.track).get(event)
        if self.clock.claim and meaning is not None:
            return own or self.anywhere(meaning)
        return own or [e for e in found if self.clock.claim or e.track == UNION_TRACK]

    def anywhere(self, meaning: Meaning) -> list[CaseEvent | Happened]:
        """Return what happened with a meaning on any track, or in a case that goes with this."""
        return told_of(self.rulebook, self.case, self.others, meaning, self.on)

    def planned(self, event: str) -> date | None:
        """Return the day for which something is planned, as was known on the day."""
        plan = self.track.planned(event, known_on=self.on)
        return None if plan is None else plan.on


def _runs_in(clock: Clock, track: Track) -> bool:
    return not clock.nations or track.nation in map(str, clock.nations)


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


# -- its two ends, and how it stands ---------------------------------------------------------------


@frozen(repr=False)
class _Ends:
    """The two ends of a clock, as far as the case tells."""

    since: date | None
    """The day from which, or back from which, it is counted; None: the claim's is not known."""
    direction: Direction
    must: str
    came: CaseEvent | Happened | None = None
    """What had to come."""
    at: datetime | None = None
    """The moment with which it starts, where that was entered."""
    confirmed: bool = True

    @property
    def happened(self) -> date | None:
        return None if self.came is None else self.came.on

    @property
    def happened_at(self) -> datetime | None:
        at = None if self.came is None else self.came.at
        return None if at is None else uk_time(at)


@frozen(repr=False)
class _Last:
    """The last or first day of a clock, and the moment on it, where an hour matters."""

    day: Answer[date]
    at: datetime | None = None
    safe: date | None = None


def _ends(asked: _OneClock) -> _Ends | None:
    track, clock = asked.track, asked.clock
    if clock.claim:
        started = starts_of(asked.rulebook, asked.case, track, clock, asked.on)
    else:
        started = asked.entries(clock.starts)
    start = started[-1] if started else None
    came = asked.entries(clock.must)
    if clock.direction is Direction.AT_LEAST_BEFORE:
        follows = came[-1].on if came else asked.planned(clock.must)
        if came and start is not None and started[0].on <= came[-1].on < start.on:
            # It starts again, such as a further notice: the next one is still to come.
            follows = None
        if follows is not None:
            # Counted back from what follows, it is the last day for what must come before.
            return _Ends(follows, Direction.AT_LEAST_BEFORE, clock.starts, start)
        if start is not None:
            return _Ends(start.on, Direction.NOT_BEFORE, clock.must)
        return None
    # Something outside the case type, such as a hearing, may be set for a day to come.
    since = start.on if start is not None else asked.planned(clock.starts)
    confirmed = since is not None
    if since is None and not clock.from_incident:
        return None
    if since is None and track.opened <= asked.on:
        since = track.incident
    after = [each for each in came if since is None or each.on >= since]
    return _Ends(
        since,
        clock.direction,
        clock.must,
        after[0] if after else None,
        None if start is None else start.at,
        confirmed,
    )


def _standing(clock: Clock, ends: _Ends, last: _Last, on: date) -> Standing:
    day, came = last.day, ends.came
    if not day.known:
        return Standing.MET if came is not None and clock.policy else Standing.NOT_KNOWN
    early = ends.direction is Direction.NOT_BEFORE
    if came is None:
        return Standing.RUNNING if early or on <= day.value else Standing.MISSED
    if came.on != day.value or last.at is None:
        kept = came.on >= day.value if early else came.on <= day.value
    elif ends.happened_at is None:
        return Standing.NOT_KNOWN  # It came on the very day, and the hour was not entered.
    else:
        kept = ends.happened_at >= last.at if early else ends.happened_at <= last.at
    return Standing.MET if kept else Standing.LATE


# -- how long --------------------------------------------------------------------------------------


def _falls_on(asked: _OneClock, ends: _Ends) -> _Last:
    work, clock, track, start = asked.work, asked.clock, asked.track, ends.since
    if clock.claim or start is None:
        return _Last(_claim(asked, ends))
    fact, length = asked.fact, Fact(asked.fact.key, FactType.WHOLE, clock.name)
    unit = clock.unit
    if clock.policy:
        setting = _setting(asked, start)
        if setting is None:
            return _Last(work.not_known(fact, _POLICY))
        said = f"{Duration(setting.count, setting.unit)} (policy)"
        count = work.known(length, setting.count, said, citations=setting.citations)
        unit = setting.unit
    elif clock.parameter:
        facts = _facts(asked)
        count = ask(asked.rulebook, facts, clock.parameter, on=start)[clock.parameter]
    else:
        assert clock.count is not None  # composition sees to it
        assert clock.unit is not None
        said = f"{Duration(clock.count, clock.unit)} ({clock.nature})"
        count = work.known(length, clock.count, said, citations=clock.citations)
    assert unit is not None  # composition sees to it
    if unit is TimeUnit.HOURS:
        return _in_hours(asked, ends, count)
    counts = Reckoning(asked.rulebook, clock.counted, ends.direction, start, str(track.nation))
    found = counts.last(work, fact, count, unit)
    safe = counts.lapse.safe(Duration(count.value, unit), found.value) if found.known else None
    return _Last(found, counts.moment(found), safe)


def _facts(asked: _OneClock) -> dict[str, Any]:
    """Return what the parameter of a clock asks about, as far as the case tells it."""
    found: dict[str, Any] = {}
    for each in asked.clock.facts:
        if not each.day_of:
            known = asked.track.nation in map(str, Nation)  # such as "GB" is not one nation
            found[each.fact] = asked.track.nation if known else None
            continue
        came = asked.entries(each.day_of)
        found[each.fact] = came[-1].on if came else asked.planned(each.day_of)
    return found


def _in_hours(asked: _OneClock, ends: _Ends, count: Answer[int]) -> _Last:
    """Return the day on which the last hour ends, with the moment."""
    if ends.at is None or ends.at.tzinfo is None:
        said = "it runs in hours, and the moment from which, with its time zone, is not given"
        return _Last(asked.work.not_known(asked.fact, said, using=(count,)))
    moment = uk_time(ends.at)

    def reached(many: int) -> datetime:
        return uk_time(Duration(many, TimeUnit.HOURS).after_moment(moment))

    def calculate(many: int) -> tuple[date, str]:
        until = f"{reached(many):%H:%M} on {long_date(reached(many).date())}"
        verb = "not before" if ends.direction is Direction.NOT_BEFORE else "until"
        length = Duration(many, TimeUnit.HOURS)
        said = f"{length} after {moment:%H:%M} on {long_date(moment.date())}, so {verb} {until}"
        return reached(many).date(), said

    day = asked.work.out(asked.fact, (count,), calculate)
    return _Last(day, reached(count.value) if day.known else None)


def _setting(asked: _OneClock, start: date) -> ClockSetting | None:
    track, clock = asked.track, asked.clock
    whose = {"branch": asked.case.branch, "employer": track.employer}
    return next(
        (
            each
            for each in asked.settings
            if (each.case_type, each.clock) == (track.case_type, clock.key)
            and whose[each.of] == each.key
            and start in each.period
        ),
        None,
    )


def _claim(asked: _OneClock, ends: _Ends) -> Answer[date]:
    """Return the last safe day of a tribunal claim, with the conciliation that the case tells.

    The conciliation service itself must be told within the limit as it is without conciliation.
    """
    work, rulebook, track, clock = asked.work, asked.rulebook, asked.track, asked.clock
    claims = claims_of(rulebook, asked.case, track, clock, asked.on)
    if not track.nation:
        return work.not_known(asked.fact, "the nation of the track is not given")
    if len(claims) != 1:
        perhaps = f", perhaps {' or '.join(claims)}" if claims else ""
        said = f"it is not said which claim{perhaps}"
        return work.not_known(asked.fact, said, missing=("claim",))
    if ends.since is None:
        said = "the day from which time runs is not entered"
        return work.not_known(asked.fact, said, missing=(clock.starts,))
    notifies = rulebook.meant(track).get(clock.must) is Meaning.CONCILIATION_NOTIFIED
    day_a, day_b = (None, None) if notifies else _certificate(asked)
    limit = time_limit(
        rulebook, *claims, starts=ends.since, nation=track.nation, day_a=day_a, day_b=day_b
    )
    doubts = []
    if not ends.confirmed:
        doubts.append(f"counted from the day of the incident, until {clock.starts} is entered")
    if clock.claim == PLEADED and not track.claim:
        doubts.append(f"taken for a claim of {claims[0]}, as another track has it")
    return warned(limit.act_by, *doubts)


def _certificate(asked: _OneClock) -> tuple[date | None, date | None]:
    """Return Day A and Day B of the first certificate, where the case tells of both."""
    told = asked.anywhere(Meaning.CONCILIATION_NOTIFIED)
    issued = asked.anywhere(Meaning.CONCILIATION_CERTIFIED)
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


@checked
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
