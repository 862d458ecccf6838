"""Which claim to a tribunal a track leads to, and what its time runs from."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from unioncore.answers.happened import happened
from unioncore.model import PLEADED, Case, CaseEvent, Clock, Happened, Meaning, Track
from unioncore.rulebook import Rulebook

__all__: list[str] = []


_GOES_WITH = "goes-with"
"""How a link says that two cases go together; either case may hold it."""


def linked(cases: Collection[Case]) -> Mapping[str, tuple[Case, ...]]:
    """Return for each case those that are linked with it, from either end."""
    by_reference = {case.reference: case for case in cases}
    found: dict[str, dict[str, Case]] = {case.reference: {} for case in cases}
    for case in cases:
        for link in case.links():
            if link.reference in by_reference:
                found[case.reference][link.reference] = by_reference[link.reference]
                found[link.reference][case.reference] = case
    return {reference: tuple(others.values()) for reference, others in found.items()}


def joined(case: Case, others: Iterable[Case]) -> list[Case]:
    """Return the cases of the same member that go with a case."""
    if not case.person:
        return []
    return case.linked(_GOES_WITH, (other for other in others if other.person == case.person))


def told_of(
    rulebook: Rulebook, case: Case, others: Iterable[Case], meaning: Meaning, on: date
) -> list[CaseEvent | Happened]:
    """Return what happened with a meaning on any track, in the order of days.

    Where the case itself tells of nothing, it is what those tell that go with it.
    """
    own = _told(rulebook, [case], meaning, on)
    return own or _told(rulebook, joined(case, others), meaning, on)


def _told(
    rulebook: Rulebook, cases: Iterable[Case], meaning: Meaning, on: date
) -> list[CaseEvent | Happened]:
    tracks = [track for case in cases for track in case.tracks.values()]
    found = [each for track in tracks for each in happened(rulebook, track, meaning, on=on)]
    return sorted(found, key=lambda each: each.on)


def claims_of(
    rulebook: Rulebook, case: Case, track: Track, clock: Clock, on: date
) -> tuple[str, ...]:
    """Return the claims that a clock may be about: one, where it is known which.

    Which claim is pleaded, the track says. Where it does not, it is that of the other tracks: of
    those, if there are any, for which the day was entered from which their time runs.
    """
    if clock.claim != PLEADED:
        return (clock.claim,)
    if track.claim:
        return (track.claim,)
    found: dict[str, bool] = {}
    for other in case.tracks.values():
        clocks = [each for each in rulebook.clocks(other) if each.claim]
        own = [each.claim for each in clocks if each.claim != PLEADED]
        begun = {each.starts for each in clocks} & {each.event for each in other.happened(on)}
        for claim in [other.claim] if other.claim else own:
            found[claim] = found.get(claim, False) or bool(begun)
    return tuple(sorted([claim for claim, begun in found.items() if begun] or found))


def starts_of(
    rulebook: Rulebook, case: Case, track: Track, clock: Clock, on: date
) -> list[CaseEvent | Happened]:
    """Return what the time for a claim runs from, as it was entered by a day.

    What the track itself says counts first, then what a track of the same claim says. The day of a
    dismissal is one for every claim that runs from it, and so is that of an act complained of.
    """
    own = [each for each in track.happened(on) if each.event == clock.starts]
    if own:
        return own
    mine = claims_of(rulebook, case, track, clock, on)
    found: dict[CaseEvent | Happened, None] = {}
    for other in case.tracks.values():
        for each in (each for each in rulebook.clocks(other) if each.claim):
            alike = len(mine) == 1 and claims_of(rulebook, case, other, each, on) == mine
            runs = (each.starts, each.from_incident) == (clock.starts, clock.from_incident)
            if alike or (runs and PLEADED not in (each.claim, clock.claim)):
                told = (e for e in other.happened(on) if e.event == each.starts)
                found |= dict.fromkeys(told)
    return sorted(found, key=lambda each: each.on)
