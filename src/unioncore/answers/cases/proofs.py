"""What an event asks for before it is taken: proved from the record, or refused as not known.

Nobody's word stands in for what the record can prove, and what is not known proves nothing: neither
that a window is over nor that it is open.
"""

from collections.abc import Iterator, Sequence

import attrs

from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.claims import told_of
from unioncore.answers.cases.deadlines import Deadline, Standing, deadline
from unioncore.answers.cases.fitness import unfit
from unioncore.answers.cases.kept import laid_down, whats_due
from unioncore.answers.cases.matters import unproved
from unioncore.answers.cases.recorded import follows
from unioncore.answers.cases.refusals import Lacking
from unioncore.legal import uk_time
from unioncore.model import (
    Case,
    CaseEvent,
    Clock,
    Direction,
    Happened,
    Meaning,
    Proof,
    Transition,
)
from unioncore.rules import long_date, series
from unioncore.rules.condition import TRUE

__all__: list[str] = []


def way_taken(
    asked: Asked, entry: CaseEvent, ways: Sequence[Transition]
) -> Transition | tuple[Lacking, ...]:
    """Return the first of the ways of an event that lacks nothing, or what each of them lacks.

    Args:
        asked: the case before the event, and the world.
        entry: the event.
        ways: where it may lead from the state of its track. One that asks for nothing is the last.
    """
    every: list[Lacking] = []
    for way in ways if len(ways) == 1 else sorted(ways, key=lambda each: not each.asks):
        lacking = list(_lacking(asked, entry, way))
        if not lacking:
            return way
        every += lacking
    return tuple(dict.fromkeys(every))


def _lacking(asked: Asked, entry: CaseEvent, way: Transition) -> Iterator[Lacking]:
    """Give what an event lacks for one of its ways."""
    if way.needs and way.needs not in entry.says:
        said = f"{way.event} has a condition that the entry does not confirm"
        yield Lacking(said, f"say so: {way.needs}")
    if way.proof is not None:
        found = _unproved(asked, entry, way.proof)
        if found is not None:
            yield found
    if way.when == TRUE and not way.in_time and not way.after:
        return
    after = asked.case.entered(attrs.evolve(entry, to=way.to_state))
    track = after.track(entry.track)
    now = asked.now(entry.on)
    told = follows(asked.rulebook, way.when, after, track, on=entry.on, now=now)
    if not told.holds:
        yield Lacking(told.reason, told.missing or "another event")
    for clock in asked.rulebook.clocks(track):
        if clock.key in way.in_time:
            yield from _not_kept(asked, after, entry, clock)
        if clock.key == way.after:
            yield from _not_over(asked, entry, clock)


def _not_kept(asked: Asked, after: Case, entry: CaseEvent, clock: Clock) -> Iterator[Lacking]:
    """Give why it is not known that a clock is kept, once the event has come."""
    found = _deadline(asked, after, entry, clock)
    if found is None or not found.day.known or found.standing is Standing.RUNNING:
        yield _not_known(clock, found)
    elif found.happened is None:
        said = f"{clock.name}: due by {long_date(found.day.value)}, and not entered"
        yield Lacking(said, found.must)
    elif found.standing is Standing.NOT_KNOWN:
        said = f"{clock.name}: until {found.due}, and the hour at which it came is not entered"
        yield Lacking(said, "the moment, in at")
    elif found.standing is not Standing.MET:
        yield Lacking(_out_of_time(found), "what is in time")


def _out_of_time(found: Deadline) -> str:
    """Say that something came too late or too early, and when it was due."""
    verb = "not before" if found.direction is Direction.NOT_BEFORE else "by"
    return f"{found.name}: it came on {found.came}, due {verb} {found.due}"


def _not_over(asked: Asked, entry: CaseEvent, clock: Clock) -> Iterator[Lacking]:
    """Give why it is not known that a clock has run out before the day of the event."""
    found = _deadline(asked, asked.case, entry, clock)
    if found is None or not found.day.known:
        yield _not_known(clock, found)
    elif entry.on <= found.day.value and not _past(entry, found):
        yield Lacking(f"{clock.name}: until {found.due}", "a moment after that")


def _past(entry: CaseEvent, found: Deadline) -> bool:
    """Say whether an event of the last day came after the moment at which that ends."""
    return found.at is not None and entry.at is not None and uk_time(entry.at) > found.at


def late(asked: Asked, entry: CaseEvent | Happened) -> Iterator[str]:
    """Give the clocks that something has not kept which was entered in the case just now."""
    version = asked.rulebook.case_type_version(asked.case.track(entry.track))
    for clock in () if version is None else version.timed(entry.event):
        found = _deadline(asked, asked.case, entry, clock)
        if found is None or found.must != entry.event:
            continue
        if found.standing is Standing.LATE:
            yield _out_of_time(found)


def _deadline(
    asked: Asked, case: Case, entry: CaseEvent | Happened, clock: Clock, track: str = ""
) -> Deadline | None:
    """Return the deadline of a clock of the entry's track, or of another.

    One that is only counted from the incident proves nothing, and is left out.
    """
    settings = asked.union.clock_settings
    at = case.track(track or entry.track)
    others = asked.others if clock.claim else ()  # only a claim looks at them
    found = deadline(
        asked.rulebook, case, at, clock, on=entry.on, settings=settings, others=tuple(others)
    )
    return found if found is not None and found.confirmed else None


def _unproved(asked: Asked, entry: CaseEvent, proof: Proof) -> Lacking | None:
    """Return why a proof fails on the day of an entry; None where it holds."""
    match proof:
        case Proof.LIMITS_ARE_KNOWN:
            return _limits(asked, entry)
        case Proof.CONCILIATION_IS_CERTIFIED:
            return _certified(asked, entry)
        case Proof.REPRESENTATIVE_IS_FIT:
            return _represented(asked, entry)
        case Proof.ERASURE_IS_DUE:
            return _erasable(asked, entry)
        case _:
            return unproved(asked.rulebook, asked.case, entry, proof)


def _limits(asked: Asked, entry: CaseEvent) -> Lacking | None:
    """Return why it is not known by when a claim must be made, or that it is late."""
    waiting, past, is_open = [], [], False
    for track in asked.case.tracks.values():
        for clock in asked.rulebook.clocks(track):
            if clock.claim:
                found = _deadline(asked, asked.case, entry, clock, track.key)
                if found is None:
                    waiting.append(_not_known(clock, found))
                elif not found.day.known:
                    return _not_known(clock, found)
                elif found.standing is Standing.MISSED:
                    said = f"{clock.name}: it was due by {long_date(found.day.value)}"
                    past.append(Lacking(said, "a claim that is still in time"))
                else:
                    is_open = True
    nothing = Lacking("no track of the case leads to a claim", "a track that does")
    return None if is_open else next(iter((*past, *waiting)), nothing)


def _certified(asked: Asked, entry: CaseEvent) -> Lacking | None:
    """Return why no certificate of early conciliation is known, if none is."""
    meaning = Meaning.CONCILIATION_CERTIFIED
    if told_of(asked.rulebook, asked.case, asked.others, meaning, entry.on):
        return None
    return Lacking("no certificate of early conciliation is entered", "the day of its issue")


def _represented(asked: Asked, entry: CaseEvent) -> Lacking | None:
    """Return why nobody may represent on any track of the case, if nobody may."""
    lacking: list[Lacking] = []
    for track in asked.case.tracks.values():
        for each in track.assigned(entry.on):
            found = tuple(unfit(asked, track.key, each.person, each.role, entry.on))
            if not found:
                return None
            lacking += found
    nobody = Lacking("nobody represents on any track of the case", "an entry 'assign'")
    return next(iter(lacking), nobody)


def _erasable(asked: Asked, entry: CaseEvent) -> Lacking | None:
    """Return why it is not known that every record of the case is due for erasure, if it is not."""
    rulebook, union = asked.rulebook, asked.union
    mine = laid_down(asked.case, union.settings, entry.on)
    found = whats_due(rulebook, asked.case, entry.on, mine, union.clock_settings, asked.others)
    words = rulebook.words_of("record_kind")
    for kind, what in found.items():
        if not what.known:
            needed = series(rulebook.rules.facts[each].label for each in what.missing)
            return Lacking(f"{words[kind]}: not known what is due ({what.reason})", needed)
        if what.value != "erasure":
            needed = "a day after its period, without a hold"
            return Lacking(f"{words[kind]}: due is {what.value} ({what.because[0].text})", needed)
    return None


def _not_known(clock: Clock, found: Deadline | None) -> Lacking:
    """Say that the day of a clock is not known, and what would tell it."""
    if found is not None and not found.day.known:
        needed = f"how long it is, by {found.day.reason}" if clock.policy else "what is missing"
        return Lacking(f"{clock.name}: not known ({found.day.reason})", needed)
    back = clock.direction is Direction.AT_LEAST_BEFORE
    needed = found.must if found is not None else clock.must if back else clock.starts
    return Lacking(f"{clock.name}: not known, as {needed} is not entered", needed)
