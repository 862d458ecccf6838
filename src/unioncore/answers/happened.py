"""What happened on a track, found by what it means and not by what a case type calls it."""

from datetime import date

from unioncore.model import Act, Entry, Meaning, Track
from unioncore.rulebook import Rulebook

__all__: list[str] = []


def happened(rulebook: Rulebook, track: Track, *meanings: Meaning, on: date) -> list[Entry]:
    """Return the events and happenings with one of these meanings by a day, in order."""
    meant, kinds = rulebook.meant(track), (Act.EVENT, Act.HAPPENING)
    told = (each for each in track.entries if each.act in kinds and each.on <= on)
    return [each for each in told if meant.get(each.event) in meanings]


def called(rulebook: Rulebook, track: Track, meaning: Meaning) -> str:
    """Return what a track's case type calls the first event with a meaning; empty for none."""
    return next((each for each, means in rulebook.meant(track).items() if means is meaning), "")
