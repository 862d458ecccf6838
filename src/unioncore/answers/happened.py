"""What happened on a track, found by what it means and not by what a case type calls it."""

from datetime import date

from unioncore.model import CaseEvent, Happened, Meaning, Track
from unioncore.rulebook import Rulebook

__all__: list[str] = []


def happened(
    rulebook: Rulebook, track: Track, *meanings: Meaning, on: date
) -> list[CaseEvent | Happened]:
    """Return the events and happenings with one of these meanings by a day, in order."""
    meant = rulebook.meant(track)
    return [each for each in track.happened(on) if meant.get(each.event) in meanings]


def called(rulebook: Rulebook, track: Track, meaning: Meaning) -> str:
    """Return what a track's case type calls the first event with a meaning; empty for none."""
    return next((each for each, means in rulebook.meant(track).items() if means is meaning), "")
