"""In which compartment a part of a case is: where its track began, and where it was moved since."""

from datetime import date
from typing import Any

from unioncore.answers.by_name import ask
from unioncore.model import UNION_TRACK, Case, CaseType, Note, Secure
from unioncore.rulebook import Rulebook

GENERAL = "general"
UNION_INTERNAL = "union-internal"


def case_type_of(rulebook: Rulebook, case: Case, track: str) -> CaseType | None:
    """Return the case type of a track; None where the case or the rulebook lacks it."""
    found = case.tracks.get(track)
    return None if found is None else rulebook.named(CaseType).get(found.case_type)


def compartment_of_track(rulebook: Rulebook, case: Case, track: str) -> str | None:
    """Return the compartment that a track is in; None where its case type is not known."""
    kind = case_type_of(rulebook, case, track)
    moved = [
        entry.compartment
        for entry in case.standing
        if isinstance(entry, Secure) and entry.track == track and not entry.reference
    ]
    return None if kind is None else [kind.compartment, *moved][-1]


def compartment_of_case(rulebook: Rulebook, case: Case) -> str:
    """Return the compartment of what belongs to no track: that there is a case, and whose it is.

    It is the general one, unless the case is about the union's own discipline and nothing else:
    that is nobody's work but theirs with whom it is shared.
    """
    tracks = case.tracks.keys() - {UNION_TRACK}
    found = {compartment_of_track(rulebook, case, key) for key in tracks}
    return UNION_INTERNAL if found == {UNION_INTERNAL} else GENERAL


def compartment_of_note(rulebook: Rulebook, case: Case, note: Note) -> str | None:
    """Return the compartment that a note is in: its own, or else that of its track."""
    moved = [
        entry.compartment
        for entry in case.standing
        if isinstance(entry, Secure) and note.reference and entry.reference == note.reference
    ]
    own = [note.compartment, *moved][-1]
    if own or not note.track:
        return own or None
    return compartment_of_track(rulebook, case, note.track)


def moved_to(rulebook: Rulebook, case: Case, entry: Secure) -> str | None:
    """Return the compartment of what an entry ``secure`` is about, before it; None: not known."""
    if not entry.reference:
        return compartment_of_track(rulebook, case, entry.track)
    notes = (each for each in case.standing if isinstance(each, Note))
    note = next((each for each in notes if each.reference == entry.reference), None)
    return None if note is None else compartment_of_note(rulebook, case, note)


def strictness(rulebook: Rulebook, compartment: str | None, on: date) -> int | None:
    """Return how strict a compartment is; None where nobody declares it."""
    if compartment not in rulebook.words_of("compartment"):
        return None
    facts: dict[str, Any] = {"part.compartment": compartment}
    answer = ask(rulebook, facts, "part.strictness", on=on)["part.strictness"]
    return answer.value if answer.known else None


def strictest(
    rulebook: Rulebook, compartments: tuple[str | None, ...], on: date
) -> tuple[str | None, ...]:
    """Return the strictest of several compartments; None stands for one that is not known.

    There may be several, where none is stricter than another. A viewer needs access to all.
    """
    found = dict.fromkeys(compartments)
    ranks = {each: strictness(rulebook, each, on) for each in found}
    known = [rank for rank in ranks.values() if rank is not None]
    return tuple(each for each in found if ranks[each] in (None, max(known, default=None)))
