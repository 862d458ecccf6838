"""The figures of an entry as plain data: what may stand there, and how it is read."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

import attrs
from attrs import frozen

from unioncore import forms
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, nearest
from unioncore.forms import Count, Percent, Text
from unioncore.model import Figures, Position, Recommendation
from unioncore.records.ballots import read_ballot

__all__ = ["check_figures", "read_position"]

T = TypeVar("T")


@frozen(kw_only=True, repr=False)
class _WrittenPosition:
    union: Text | None = None
    accepts: bool | None = None
    entitled: Count | None = None
    yes: Count | None = None
    no: Count | None = None
    turnout_percent: Percent | None = None
    yes_percent: Percent | None = None


@frozen(kw_only=True, repr=False)
class _WrittenRecommendation:
    recommendation: Recommendation
    union: Text | None = None


@frozen(kw_only=True, repr=False)
class _WrittenDismissals:
    proposed: Count


@frozen(kw_only=True, repr=False)
class _WrittenMeeting:
    decided: bool | None = None
    senior_managers_came: bool | None = None
    middle_managers_came: bool | None = None


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
            _of_union(plain, _WrittenRecommendation, kind, unions)
        case Figures.DISMISSALS:
            forms.read(plain, _WrittenDismissals, key="a key that such figures have")
        case Figures.MEETING:
            forms.read(plain, _WrittenMeeting, key="a key that a meeting has")


@checked
def read_position(plain: Mapping[str, Any], *, unions: Collection[str] = ()) -> Position:
    """Read what one union says to an offer; ``accepts`` left out or null is not recorded.

    Raises:
        BadFacts: with everything that is wrong, each with its key and the nearest spelling.
    """
    found = _of_union(plain, _WrittenPosition, Figures.POSITION, unions)
    votes = (found.yes or 0) + (found.no or 0)
    if found.entitled is not None and votes > found.entitled:
        raise BadFacts((Problem("entitled", f"as many as voted or more, {votes}"),))
    given = attrs.asdict(found, filter=lambda _, value: value is not None)
    shares = {key: str(given[key]) for key in given if key.endswith("_percent")}
    return Position(**given | shares)


def _of_union(
    plain: Mapping[str, Any], kind: type[T], figures: Figures, unions: Collection[str]
) -> T:
    problems = list(_wrong_union(plain.get("union"), unions))
    try:
        found = forms.read(plain, kind, key=f"a key that a {figures} has")
    except BadFacts as error:
        problems = [*error.problems, *problems]
    if problems:
        raise BadFacts(tuple(problems))
    return found


def _wrong_union(key: Any, unions: Collection[str]) -> Iterator[Problem]:
    if key is None:
        yield Problem("union", "whose it is, by key")
    elif isinstance(key, str) and key and unions and key not in unions:
        yield Problem("union", "a union that the rulebook knows", nearest(key, unions))
