"""Which claim to a tribunal a track leads to, and what its time runs from."""

from collections.abc import Iterable
from datetime import date

from unioncore.model import PLEADED, Case, CaseEvent, Clock, Happened, Track
from unioncore.rulebook import Rulebook

__all__: list[str] = []


_GOES_WITH = "goes-with"
"""How a link says that two cases go together; either case may hold it."""


def joined(case: Case, others: Iterable[Case]) -> list[Case]:
    """Return the cases of the same member that go with a case."""
    named = {link.reference for link in case.links() if link.how == _GOES_WITH}
    return [
        other
        for other in others
        if case.person
        and other.person == case.person
        and (
            other.reference in named
            or any((e.how, e.reference) == (_GOES_WITH, case.reference) for e in other.links())
        )
    ]


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
