"""Case types: the states of a case, what moves it on, and the clocks that run meanwhile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

import attrs
from attrs import frozen

from unioncore.errors import did_you_mean, nearest
from unioncore.legal import Citation, Nation, Period, TimeUnit
from unioncore.rules import Condition, Definition, Word
from unioncore.rules.condition import TRUE, Expression
from unioncore.shown import Shown

__all__ = [
    "ANY",
    "PLEADED",
    "CaseType",
    "CaseTypeVersion",
    "Clock",
    "ClockFact",
    "Direction",
    "Figures",
    "Happening",
    "Meaning",
    "Meant",
    "Nature",
    "Proof",
    "State",
    "Transition",
    "WayOut",
]


_Flaw = tuple[str, str]
"""What is wrong with a part of a case type: the path of keys to it, and what is said."""

_ALWAYS = Period()

ANY = "any"
"""The state that a transition leaves which stands for every open one: each that is no outcome."""

PLEADED = "pleaded"
"""Of a clock: its claim is the one that the track pleads."""


class Nature(StrEnum):
    """What a clock rests on; only a statute is certain to bind."""

    STATUTORY = "statutory"
    REGULATOR = "regulator"
    """Rules of a professional regulator."""
    SCHEME = "scheme"
    """Rules of a pension scheme."""
    CODE = "code"
    """A statutory code of practice."""
    AGREEMENT = "agreement"
    """A collective agreement."""
    GUIDANCE = "guidance"
    POLICY = "policy"
    """A policy of the employer."""
    INTERNAL = "internal"
    """A rule or practice of the union."""


class Direction(StrEnum):
    """How the two ends of a clock stand to one another."""

    WITHIN = "within"
    """What must happen, happens at the latest so long after the start."""
    BEGINNING_WITH = "beginning-with"
    """The same, where the first day counts: months then end on the day before."""
    NOT_BEFORE = "not-before"
    """What must happen, happens at the earliest so long after the start."""
    AT_LEAST_BEFORE = "at-least-before"
    """The start lies at least so long before what follows; counted back from that."""


class Figures(StrEnum):
    """What figures an entry may hold."""

    POSITION = "position"
    """What one union says to an offer: the fields of ``Position``."""
    RECOMMENDATION = "recommendation"
    """What one union recommends to its members: ``union`` and ``recommendation``."""
    BALLOT = "ballot"
    """The result of a ballot on industrial action, with the keys of ``records.read_ballot``."""
    MEETING = "meeting"
    """What is recorded of a forum's meeting: whether it ``decided`` anything, and who came."""
    DISMISSALS = "dismissals"
    """How many dismissals an employer ``proposed`` at one establishment within 90 days."""


class Proof(StrEnum):
    """What the library itself must find to be so, whatever anybody says."""

    BODY_DECIDES = "body-decides"
    """The positions give a known answer by the body's way of deciding."""
    BODY_AGREES = "body-agrees"
    BODY_DOES_NOT_AGREE = "body-does-not-agree"
    BALLOT_IS_LAWFUL = "ballot-is-lawful"
    """Known to be, by its numbers."""
    BALLOT_IS_NOT_LAWFUL = "ballot-is-not-lawful"
    """Known not to be, by its numbers."""
    DAY_IS_LAWFUL = "day-is-lawful"
    """The notice and the mandate allow action on the day."""
    MANDATE_IS_OVER = "mandate-is-over"
    CONCILIATION_IS_CERTIFIED = "conciliation-is-certified"
    """A certificate of early conciliation is entered on some track of the case."""
    LIMITS_ARE_KNOWN = "limits-are-known"
    """The case leads to a claim, and the day by which to make each is known and not past."""
    REPRESENTATIVE_IS_FIT = "representative-is-fit"
    """Somebody is assigned on a track of the case who may represent there on the day."""
    ERASURE_IS_DUE = "erasure-is-due"
    """The period of each kind of record of the case is over, and nothing holds it."""


class Meaning(StrEnum):
    """What an event or happening is to the library, whatever a case type calls it."""

    CONCILIATION_NOTIFIED = "conciliation-notified"
    """The conciliation service is told of a claim that may come: Day A."""
    CONCILIATION_CERTIFIED = "conciliation-certified"
    """Its certificate is issued: Day B."""
    CLAIM_SUBMITTED = "claim-submitted"
    OFFER_MADE = "offer-made"
    """What was said to the offer before no longer counts."""
    RECOMMENDATION_DECIDED = "recommendation-decided"
    CIRCULAR_ISSUED = "circular-issued"
    BALLOT_OPENS = "ballot-opens"
    NOTICE_GIVEN = "notice-given"
    """The union gives notice of action."""
    NOTICE_RECEIVED = "notice-received"
    """The employer has the notice of action."""
    SHORTER_NOTICE_AGREED = "shorter-notice-agreed"
    EXTENSION_AGREED = "extension-agreed"
    """The employer agrees to a longer mandate."""
    ACTION_BEGINS = "action-begins"
    PAPERS_SENT = "papers-sent"
    MEETING_OPENS = "meeting-opens"
    MEETING_CANCELLED = "meeting-cancelled"
    QUORATE = "quorate"
    INQUORATE = "inquorate"
    MOTION_CARRIED = "motion-carried"
    MOTION_LOST = "motion-lost"
    MOTION_REMITTED = "motion-remitted"
    """Conference gives a motion to another body to decide."""
    MOTION_NOT_REACHED = "motion-not-reached"


_NEEDS: Mapping[Proof | Figures, tuple[Meaning, ...]] = {
    Figures.POSITION: (Meaning.OFFER_MADE,),
    Figures.BALLOT: (Meaning.BALLOT_OPENS,),
    Figures.MEETING: (
        Meaning.PAPERS_SENT,
        Meaning.MEETING_OPENS,
        Meaning.MEETING_CANCELLED,
        Meaning.QUORATE,
        Meaning.INQUORATE,
    ),
    Proof.DAY_IS_LAWFUL: (
        Meaning.NOTICE_GIVEN,
        Meaning.NOTICE_RECEIVED,
        Meaning.SHORTER_NOTICE_AGREED,
        Meaning.EXTENSION_AGREED,
        Meaning.ACTION_BEGINS,
    ),
    Proof.MANDATE_IS_OVER: (Meaning.EXTENSION_AGREED, Meaning.ACTION_BEGINS),
}
"""What a version must have an event or happening for, to prove something or to hold figures."""


@frozen
class State(Shown):
    """One state of a case type."""

    key: str
    name: str
    """What people call it."""
    outcome: bool = False
    """Whether a track ends in it."""


@frozen
class Transition(Shown, shows="from_state event to_state"):
    """That an event moves a track from one state to another."""

    from_state: str
    """The state that it leaves; ``any`` for every open state without its own way by the event."""
    event: str
    """What happens."""
    to_state: str
    """The state that follows."""
    actor: str
    """Whose act the event is."""
    needs: str = ""
    """What must be so; whoever records the event says that it is."""
    reopens: bool = False
    """Whether it leads out of an outcome."""
    figures: Figures | None = None
    """The figures that the event may hold; without it, none."""
    proof: Proof | None = None
    """What must be found to be so; nobody can say it instead."""
    when: Condition = TRUE
    """What must follow from the record; neither what is not so nor what is not known will do."""
    in_time: tuple[str, ...] = ()
    """The clocks that it wants kept: what they ask for came in time, the event itself with it."""
    after: str = ""
    """The clock whose last day is known and past before it; empty: it waits for none."""
    form: str = ""
    """The parameter that holds how many sections of the union's form are complete before it; the
    day of the incident of every track is then known too. Empty: no form is asked for."""

    @property
    def asks(self) -> bool:
        """Whether it asks for more than the state that it leaves."""
        proved = self.proof or self.when != TRUE or self.in_time or self.after or self.form
        return bool(self.needs or proved)


@frozen
class Happening(Shown):
    """Something outside a case type that clocks start or end with, such as a dismissal."""

    key: str
    name: str
    figures: Figures | None = None
    """The figures that it may hold; without it, none."""


@frozen
class Meant(Shown):
    """That an event or happening means something to the library."""

    event: str
    """The event or happening."""
    means: Meaning
    """What it means."""


@frozen
class ClockFact(Shown, shows="fact"):
    """A fact that the parameter of a clock asks about."""

    fact: str
    """The fact that is given."""
    day_of: str = ""
    """The event or happening whose day it is; empty: it is the nation of the track."""


@frozen
class Clock(Shown):
    """By when something must happen, or from when it may.

    How long it runs is given by one of: ``count`` with ``unit``; the ``parameter`` that holds the
    count; the tribunal ``claim`` whose limit it is; or, with ``policy``, a policy of the employer,
    the branch or the union, without which it is not known.
    """

    key: str
    name: str
    starts: str
    """The event or happening with which it starts. Where that opens the case, the case type begins
    with a state before it, such as ``not yet registered``."""
    must: str
    """The event or happening that must come in time."""
    owed_by: str
    """Who must do it."""
    nature: Nature
    """What the time rests on, such as an Act."""
    citations: tuple[Citation, ...]
    direction: Direction = Direction.WITHIN
    """How the time lies to the day of its start."""
    count: int | None = None
    """How long it is; the unit says of what."""
    unit: TimeUnit | None = None
    """What is counted."""
    parameter: str = ""
    """The parameter that holds its length, in place of ``count``."""
    facts: tuple[ClockFact, ...] = ()
    """What the parameter asks about, such as the day that chooses the law."""
    claim: str = ""
    """A word of the vocabulary ``claim``, or ``pleaded`` for that which the track pleads."""
    from_incident: bool = False
    """Whether it is counted from the day of the incident until its start is entered."""
    policy: bool = False
    """Whether the employer's policy sets its length."""
    nations: tuple[Nation, ...] = ()
    """Where it runs; empty: wherever the case type does."""
    started: Period = _ALWAYS
    """The days of the start for which it runs in this way."""
    when: Condition = TRUE
    """What must follow from the case for it to run; where that is not known, nor is its day."""
    counted: str = ""
    """The counting by which its length is counted; a claim has its own. Empty: that which the case
    type names."""
    optional: bool = False
    """Whether what must come in time may also never come: then nothing was missed."""
    note: str = ""
    """What one should know, such as whether it can be extended or stopped."""

    def flaws(self, known: Sequence[str]) -> Iterator[_Flaw]:
        """Give what keeps the clock from running, where the events ``known`` are all there are."""
        for field, event in (("starts", self.starts), ("must", self.must)):
            if event not in known:
                yield f".{field}", _no_such_event(event, known)
        for number, fact in enumerate(self.facts):
            if fact.day_of and fact.day_of not in known:
                yield f".facts[{number}].day_of", _no_such_event(fact.day_of, known)
        given = [self.count is not None, bool(self.parameter), bool(self.claim)]
        if sum(given) > 1 or not (any(given) or self.policy):
            yield "", "needs one of count, parameter, claim and policy"
        if self.count is not None and self.count < 0:
            yield ".count", "expected zero or more"
        if (self.count is not None or self.parameter) and self.unit is None:
            yield ".unit", "a count needs its unit"


@frozen
class WayOut(Definition):
    """An everyday way in which cases of many kinds end, from any open state."""

    key: str
    """The outcome to which it leads."""
    name: str
    event: str
    """What happens."""
    actor: str
    """Whose act it is."""


def _no_such(what: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    hint = nearest(name, known)
    there = did_you_mean(hint) if hint else f"; there are {', '.join(known)}" if known else ""
    return f"no {what} is called {name}{there}"


def _no_such_event(name: str, known: Sequence[str]) -> str:
    return _no_such("event or happening", name, known)


@frozen(slots=False)
class CaseTypeVersion(Shown):
    """A case type as it is during one period; a case keeps the version with which it began."""

    period: Period
    initial: str
    """The state in which it begins."""
    states: tuple[State, ...]
    """Where a case of the kind can stand."""
    transitions: tuple[Transition, ...]
    """What leads from one state to another."""
    citations: tuple[Citation, ...]
    clocks: tuple[Clock, ...] = ()
    """By when something must happen."""
    happenings: tuple[Happening, ...] = ()
    """What comes from outside, and starts or ends clocks."""
    means: tuple[Meant, ...] = ()
    """What events mean to the library."""
    ways_out: tuple[str, ...] = ()
    """Keys of ways out; composition puts them among the states and transitions."""
    covers: Condition = TRUE
    """Whom it is for, by what the records tell of the member, a job of theirs and its employer.
    For somebody else no track of it is opened; where it is not known, one is, with a warning."""
    conflict: str = ""

    @cached_property
    def name(self) -> str:
        """The first day of its period, or ``..`` where it has none: how a track names it."""
        return ".." if self.period.start is None else self.period.start.isoformat()

    def state(self, key: str) -> State | None:
        """Return the state called ``key``."""
        return next((state for state in self.states if state.key == key), None)

    @cached_property
    def _leaving(self) -> dict[str, tuple[Transition, ...]]:
        return {}

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """Return the transitions out of a state: its own, and those out of any open one."""
        ways = self._leaving.get(state)
        if ways is None:
            ways = tuple(each for each in self.transitions if each.from_state == state)
            found = self.state(state)
            if found is not None and not found.outcome:
                events = {each.event for each in ways}
                ways = (*ways, *(e for e in self.leaving(ANY) if e.event not in events))
            self._leaving[state] = ways
        return ways

    @cached_property
    def _timed(self) -> Mapping[str, tuple[Clock, ...]]:
        found: dict[str, list[Clock]] = {}
        for clock in self.clocks:
            # What starts a clock can be late by it only where that is counted back.
            back = clock.direction is Direction.AT_LEAST_BEFORE
            for event in {clock.must, *([clock.starts] if back else [])}:
                found.setdefault(event, []).append(clock)
        return {event: tuple(clocks) for event, clocks in found.items()}

    def timed(self, event: str) -> tuple[Clock, ...]:
        """Return the clocks by which an event or happening can be late."""
        return self._timed.get(event, ())

    def with_ways_out(self, known: Mapping[str, WayOut]) -> "CaseTypeVersion":
        """Return the version with its ways out spelt out; what it says itself of one stands."""
        ways = [known[key] for key in self.ways_out if key in known]
        states = [State(e.key, e.name, True) for e in ways if self.state(e.key) is None]
        said = {each.event for each in self.leaving(ANY)}
        more = [Transition(ANY, e.event, e.key, e.actor) for e in ways if e.event not in said]
        return attrs.evolve(
            self, states=(*self.states, *states), transitions=(*self.transitions, *more)
        )

    def with_counting(self, key: str) -> "CaseTypeVersion":
        """Return the version with a counting for each clock that names none."""
        clocks = (
            each if each.counted or each.claim else attrs.evolve(each, counted=key)
            for each in self.clocks
        )
        return attrs.evolve(self, clocks=tuple(clocks))

    def ways(self, state: str, event: str) -> tuple[Transition, ...]:
        """Return where an event may lead from a state."""
        return tuple(each for each in self.leaving(state) if each.event == event)

    def events(self) -> tuple[str, ...]:
        """Return the events, in the order in which they are written."""
        return tuple(dict.fromkeys(each.event for each in self.transitions))

    def figures_of(self, event: str) -> Figures | None:
        """Return the figures that an event or happening may hold."""
        found = [each.figures for each in self.transitions if each.event == event]
        found += [each.figures for each in self.happenings if each.key == event]
        return next((each for each in found if each is not None), None)

    def reachable(self) -> frozenset[str]:
        """Return the states that can be reached from the first one."""
        found, waiting = {self.initial}, [self.initial]
        while waiting:
            for each in self.leaving(waiting.pop()):
                if each.to_state not in found:
                    found.add(each.to_state)
                    waiting.append(each.to_state)
        return frozenset(found)

    def ahead(self, state: str) -> frozenset[str]:
        """Return the events that may still come, once a track is in a state and stays open."""
        events, seen, waiting = set(), {state}, [state]
        while waiting:
            for each in self.leaving(waiting.pop()):
                if not each.reopens:
                    events.add(each.event)
                    if each.to_state not in seen:
                        seen.add(each.to_state)
                        waiting.append(each.to_state)
        return frozenset(events)

    def flaws(self) -> Iterator[_Flaw]:
        """Give what keeps a track from running: the path of keys, and what is wrong."""
        keys = [state.key for state in self.states]
        if self.initial not in keys:
            yield "initial", _no_such("state", self.initial, keys)
            return
        yield from self._flaws_of_states(keys)
        for number, each in enumerate(self.transitions):
            for field, said in self._flaws_of_transition(each, self.transitions[:number], keys):
                yield f"transitions[{number}]{field}", said
        known = [*self.events(), *(each.key for each in self.happenings)]
        for number, meant in enumerate(self.means):
            if meant.event not in known:
                yield f"means[{number}]", _no_such_event(meant.event, known)
        yield from self._unmeant()
        for number, clock in enumerate(self.clocks):
            for field, said in clock.flaws(known):
                yield f"clock[{number}]{field}", said

    def _flaws_of_states(self, keys: Sequence[str]) -> Iterator[_Flaw]:
        # Where a transition has no ends, what it was meant to reach or to leave is not at fault.
        ends = {end for each in self.transitions for end in (each.from_state, each.to_state)}
        lost = not ends <= {ANY, *keys}
        reachable = {*keys} if lost else self.reachable()
        for number, state in enumerate(self.states):
            path = f"states[{number}]"
            leaving = [each for each in self.leaving(state.key) if each.from_state != ANY]
            if state.key == ANY:
                yield path, "any stands for every open state; call this one otherwise"
            if state.key not in reachable:
                yield path, f"{state.key} is never reached"
            if not leaving and not state.outcome and not lost:
                yield path, f"{state.key} is a dead end that is no outcome"
            if state.outcome and any(not each.reopens for each in leaving):
                yield path, f"{state.key} is an outcome, and something leads out"

    def _flaws_of_transition(
        self, way: Transition, above: Sequence[Transition], keys: Sequence[str]
    ) -> Iterator[_Flaw]:
        """Give what is wrong with a transition, below those that are written above it."""
        for field, key in (("from", way.from_state), ("to", way.to_state)):
            if key not in keys and (field, key) != ("from", ANY):
                yield f".{field}", _no_such("state", key, keys)
        clocks = [each.key for each in self.clocks]
        for field, asked in (("in_time", way.in_time), ("after", (way.after,))):
            for name in filter(None, asked):
                if name not in clocks:
                    yield f".{field}", _no_such("clock", name, clocks)
        beside = [e for e in above if (e.from_state, e.event) == (way.from_state, way.event)]
        elsewhere = attrs.evolve(way, to_state="", actor="")
        if any(attrs.evolve(each, to_state="", actor="") == elsewhere for each in beside):
            yield "", "leads elsewhere than another one that needs the same"
        if way.asks and any(not each.asks for each in beside):
            yield "", "is never chosen beside the one that needs nothing"

    def _unmeant(self) -> Iterator[_Flaw]:
        """Give what a proof or figures need, and no event means."""
        meant = {each.means for each in self.means}
        asked: list[tuple[str, Proof | Figures | None]] = []
        for number, way in enumerate(self.transitions):
            path = f"transitions[{number}]"
            asked += [(f"{path}.proof", way.proof), (f"{path}.figures", way.figures)]
        for number, happening in enumerate(self.happenings):
            asked.append((f"happenings[{number}].figures", happening.figures))
        for path, what in asked:
            for meaning in _NEEDS.get(what, ()) if what is not None else ():
                if meaning not in meant:
                    yield path, f"needs an event or happening that means {meaning}"


@frozen
class CaseType(Definition):
    """A kind of case, such as a grievance or an investigation by a regulator."""

    key: str
    name: str
    family: str
    """What several kinds have in common, such as ``disciplinary``."""
    versions: tuple[CaseTypeVersion, ...]
    nations: tuple[Nation, ...] = ()
    """Where it is found; empty: everywhere."""
    needs: str = ""
    """What a representative must be accredited for, if anything."""
    companion: bool | None = None
    """Whether a statutory right to be accompanied goes with it; without it that is not known."""
    compartment: str = "general"
    """Who may see its tracks at first: a word of the vocabulary ``compartment``."""
    collective: bool = False
    """Whether it may be about no single member: a collective matter, with or without cases of
    the members whom it touches."""
    documents: tuple[str, ...] = ()
    """The papers that usually belong to it."""
    counted: str = ""
    """The counting of its clocks that name none; composition puts it there."""
    links: tuple[str, ...] = ()
    """Case types that it may lead to or go with."""
    notes: tuple[str, ...] = ()

    def conditions(self) -> Iterator[tuple[str, Expression]]:
        """Give whom it covers and when its transitions and clocks hold, each with its place."""
        for number, version in enumerate(self.versions):
            yield f"version[{number}].covers", version.covers
            for place, way in enumerate(version.transitions):
                yield f"version[{number}].transitions[{place}].when", way.when
            for place, clock in enumerate(version.clocks):
                yield f"version[{number}].clock[{place}].when", clock.when

    def version(self, name: str) -> CaseTypeVersion | None:
        """Return the version that is called ``name``."""
        for each in self.versions:
            if each.name == name:
                return each
        return None

    def meant(self) -> Mapping[str, Meaning]:
        """Return what its events and happenings mean, in every version; the others mean nothing."""
        return {each.event: each.means for version in self.versions for each in version.means}

    @property
    def is_pay_round(self) -> bool:
        """Whether offers are made in it, as in a round of pay bargaining."""
        return Meaning.OFFER_MADE in self.meant().values()

    def word(self) -> Word:
        """Return the kind as a word of the vocabulary ``case_type``."""
        return Word("case_type", self.key, self.name)
