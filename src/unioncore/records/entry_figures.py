"""The figures of an entry as plain data: what may stand there, and how it is read."""

from collections.abc import Collection, Mapping
from typing import Any

from unioncore.errors import BadFacts, Problem, nearest
from unioncore.model import Figures, Position, Recommendation
from unioncore.records.ballots import (
    COUNT,
    PERCENT,
    TEXT,
    YES_NO,
    ValueKind,
    read_ballot,
    read_keys,
)

__all__ = ["check_figures", "read_position"]

_POSITION: Mapping[str, ValueKind] = {
    "union": TEXT,
    "accepts": YES_NO,
    "entitled": COUNT,
    "yes": COUNT,
    "no": COUNT,
    "turnout_percent": PERCENT,
    "yes_percent": PERCENT,
}
_RECOMMENDATION: Mapping[str, ValueKind] = {"union": TEXT, "recommendation": TEXT}
_MEETING: Mapping[str, ValueKind] = {
    "decided": YES_NO,
    "senior_managers_came": YES_NO,
    "middle_managers_came": YES_NO,
}


def check_figures(kind: Figures, plain: Mapping[str, Any], *, unions: Collection[str] = ()) -> None:
    """Check the figures of an entry.

    Args:
        kind: what figures they are.
        plain: the figures.
        unions: the unions that there are, by key; empty: any.

    Raises:
        BadFacts: with everything that is wrong, each with its key and the nearest spelling.
    """
    match kind:
        case Figures.BALLOT:
            read_ballot(plain)
        case Figures.POSITION:
            read_position(plain, unions=unions)
        case Figures.RECOMMENDATION:
            _recommendation(plain, unions)
        case Figures.MEETING:
            problems: list[Problem] = []
            read_keys(plain, _MEETING, "", problems, "a meeting")
            if problems:
                raise BadFacts(tuple(problems))


def read_position(plain: Mapping[str, Any], *, unions: Collection[str] = ()) -> Position:
    """Read what one union says to an offer; ``accepts`` left out or null is not recorded.

    Raises:
        BadFacts: with everything that is wrong, each with its key and the nearest spelling.
    """
    problems: list[Problem] = []
    found = read_keys(plain, _POSITION, "", problems, "a position")
    problems.extend(_union(plain, found, unions))
    yes, no, entitled = (found.get(key) for key in ("yes", "no", "entitled"))
    if entitled is not None and (yes or 0) + (no or 0) > entitled:
        problems.append(Problem("entitled", f"as many as voted or more, {(yes or 0) + (no or 0)}"))
    if problems:
        raise BadFacts(tuple(problems))
    as_text = {key: str(found[key]) for key in found if _POSITION[key] is PERCENT}
    return Position(**{**found, **as_text})


def _recommendation(plain: Mapping[str, Any], unions: Collection[str]) -> None:
    problems: list[Problem] = []
    found = read_keys(plain, _RECOMMENDATION, "", problems, "a recommendation")
    problems.extend(_union(plain, found, unions))
    words = [str(each) for each in Recommendation]
    said = plain.get("recommendation")
    if said not in words:
        hint = nearest(said, words) if isinstance(said, str) else None
        problems = [each for each in problems if each.fact != "recommendation"]
        problems.append(Problem("recommendation", f"one of {', '.join(words)}", hint))
    if problems:
        raise BadFacts(tuple(problems))


def _union(
    plain: Mapping[str, Any], found: Mapping[str, Any], unions: Collection[str]
) -> list[Problem]:
    key = found.get("union")
    if key is None:
        # What is no text is reported already.
        return [] if plain.get("union") is not None else [Problem("union", "whose it is, by key")]
    if unions and key not in unions:
        return [Problem("union", "a union that the rulebook knows", nearest(key, unions))]
    return []
