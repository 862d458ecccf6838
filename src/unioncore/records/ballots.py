"""A ballot as JSON: what may stand in the file, and how it is read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from unioncore.convert import whole, yes_or_no
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import DayRange, Jurisdiction
from unioncore.model import Ballot
from unioncore.shown import Shown

__all__ = ["BallotFile", "ballot_schema", "read_ballot"]


@frozen
class BallotFile(Shown, shows="results"):
    """One ballot, or several that are judged apart, and what followed."""

    results: Mapping[str, Ballot]
    """Each result by its name; where the file has only one, the name is empty."""
    employer_agreed_extension: bool | None
    """Whether the employer agreed to a longer mandate."""
    action_notice_received: date | DayRange | None
    """When the employer received the notice of action."""


def _percent(value: Any) -> Decimal:
    if isinstance(value, bool | float) or not Decimal(value).is_finite():
        raise ValueError(value)
    return Decimal(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def _nation(value: Any) -> Jurisdiction:
    return Jurisdiction.parse(_text(value))


@frozen
class ValueKind:
    """A kind of value: how it is read, what is expected, and how the schema says it."""

    read: Callable[[Any], Any]
    expected: str
    schema: Mapping[str, Any]


COUNT = ValueKind(whole, "a whole number", {"type": "integer", "minimum": 0})
YES_NO = ValueKind(yes_or_no, "true or false", {"type": "boolean"})
DAY = ValueKind(
    DayRange.parse,
    "a day such as 2026-02-18, or a month or a year",
    {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
)
PERCENT = ValueKind(
    _percent,
    'a percentage such as "57.71"',
    {"type": ["string", "number"], "pattern": r"^[0-9]{1,3}(\.[0-9]+)?$"},
)
TEXT = ValueKind(_text, "text", {"type": "string", "minLength": 1})
NATION = ValueKind(
    _nation,
    "a nation, or GB, E&W, SCO, NI or UK",
    {"type": "string", "examples": ["GB", "E&W", "SCO", "NI", "UK", "Wales"]},
)

_KEYS: Mapping[str, tuple[ValueKind, str]] = {
    "name": (TEXT, "What tells this result from others in the file."),
    "union": (TEXT, "The union; it decides nothing."),
    "employer": (TEXT, "The employer; it decides nothing."),
    "question": (TEXT, "The question on the paper; each question is judged alone."),
    "jurisdiction": (NATION, "Whose law governs the action."),
    "statutory_ballot": (YES_NO, "Whether the ballot is held under the Act."),
    "opened": (DAY, "The first day on which any voting paper is sent."),
    "opened_not_before": (DAY, "Where that day is not known: it is not before this one."),
    "opened_not_after": (DAY, "Where that day is not known: it is not after this one."),
    "closed": (DAY, "The date of the ballot: the last day on which votes may be cast."),
    "entitled": (COUNT, "How many were entitled to vote."),
    "papers_returned": (COUNT, "How many papers came back, spoiled ones included."),
    "yes": (COUNT, "How many answered Yes."),
    "no": (COUNT, "How many answered No."),
    "spoiled": (COUNT, "How many papers were spoiled or otherwise invalid."),
    "turnout_pct_reported": (PERCENT, "The turnout as published, used where no count is given."),
    "yes_pct_reported": (PERCENT, "The share of Yes among the votes as published, likewise."),
    "important_public_service": (
        YES_NO,
        "Whether most of those entitled normally work in important public services.",
    ),
    "service": (TEXT, "The service in which most of those entitled work, by its key."),
    "devolved_welsh_authority": (YES_NO, "Whether the employer is a devolved Welsh authority."),
    "employer_agreed_extension": (YES_NO, "Whether the employer agreed to a longer mandate."),
    "action_notice_received": (DAY, "When the employer received the notice of action."),
}
"""Every key of the file but ``results``, with what it means."""

_OF_ALL = ("jurisdiction", "employer_agreed_extension", "action_notice_received")
"""What holds for the whole file."""


def read_ballot(plain: Any) -> BallotFile:
    """Read a ballot from JSON data; null is "not known".

    Where it has ``results``, each of those is a ballot or a question of its own, judged apart; what
    stands beside ``results`` holds for every one that does not say otherwise.

    Raises:
        BadFacts: with everything that is wrong, each with its key and the nearest spelling.
    """
    if not isinstance(plain, Mapping):
        raise BadFacts((Problem("the file", "one object of keys and values"),))
    problems: list[Problem] = []
    parts = plain.get("results")
    common = _read({key: plain[key] for key in plain if key != "results"}, "", problems)
    if "jurisdiction" not in common and not any(each.fact == "jurisdiction" for each in problems):
        problems.append(Problem("jurisdiction", NATION.expected))
    if parts is None:
        parts = [{}]
    elif not isinstance(parts, list) or not parts or not all(isinstance(e, dict) for e in parts):
        problems.append(Problem("results", "a list of objects"))
        parts = []
    results: dict[str, Ballot] = {}
    for number, part in enumerate(parts, 1):
        at = f"results[{number}]." if "results" in plain else ""
        own = _read(part, at, problems)
        problems.extend(
            Problem(f"{at}{key}", "no value: it holds for the whole file")
            for key in own
            if key in _OF_ALL
        )
        name = own.get("name", common.get("name", "")) or (str(number) if at else "")
        if name in results:
            problems.append(Problem(f"{at}name", "a name that no other result has"))
        made = None if problems else _ballot({**common, **own}, at, problems)
        if made is not None:
            results[name] = made
    if problems:
        raise BadFacts(tuple(problems))
    return BallotFile(
        results=results,
        employer_agreed_extension=common.get("employer_agreed_extension"),
        action_notice_received=common.get("action_notice_received"),
    )


def _read(plain: Mapping[str, Any], at: str, problems: list[Problem]) -> dict[str, Any]:
    kinds = {key: kind for key, (kind, _) in _KEYS.items()}
    return read_keys(plain, kinds, at, problems, "a ballot", also=("results",))


def read_keys(
    plain: Mapping[str, Any],
    kinds: Mapping[str, ValueKind],
    at: str,
    problems: list[Problem],
    what: str,
    *,
    also: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the values that are given and can be read, and add what is wrong to ``problems``.

    ``what`` has the keys, such as "a ballot"; ``also`` are keys of it that are read elsewhere.
    """
    found: dict[str, Any] = {}
    for key, value in plain.items():
        if key not in kinds:
            hint = nearest(key, [*kinds, *also])
            problems.append(Problem(f"{at}{key}", f"a key that {what} has", hint))
        elif value is not None:
            kind = kinds[key]
            try:
                found[key] = kind.read(value)
            except UnknownName as error:
                problems.append(Problem(f"{at}{key}", kind.expected, error.suggestion))
            except (ValueError, TypeError, ArithmeticError):
                problems.append(Problem(f"{at}{key}", kind.expected))
    return found


_SAME = (
    "closed",
    "entitled",
    "papers_returned",
    "yes",
    "no",
    "spoiled",
    "service",
    "important_public_service",
    "devolved_welsh_authority",
    "turnout_pct_reported",
    "yes_pct_reported",
)
"""Keys of the file that are fields of a ballot under the same name."""


def _ballot(found: Mapping[str, Any], at: str, problems: list[Problem]) -> Ballot | None:
    try:
        return Ballot(
            nation=found["jurisdiction"],
            opened=_opened(found),
            statutory=found.get("statutory_ballot"),
            **{key: found.get(key) for key in _SAME},
        )
    except BadFacts as error:
        problems.extend(Problem(f"{at}{each.fact}", each.expected) for each in error.problems)
    return None


def _opened(found: Mapping[str, Any]) -> date | DayRange | None:
    """Return the opening day, or its bounds."""
    opened, first, last = (
        found.get(key) for key in ("opened", "opened_not_before", "opened_not_after")
    )
    if opened is not None or (first is None and last is None):
        return opened
    earliest = date.min if first is None else DayRange.of(first).earliest
    latest = date.max if last is None else DayRange.of(last).latest
    if latest < earliest:
        raise BadFacts((Problem("opened_not_after", "a day on or after opened_not_before"),))
    return DayRange(earliest, latest)


def ballot_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file."""
    keys = {
        key: {"description": about, "anyOf": [dict(kind.schema), {"type": "null"}]}
        for key, (kind, about) in _KEYS.items()
    }
    own = {key: value for key, value in keys.items() if key not in _OF_ALL}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A ballot on industrial action",
        "type": "object",
        "properties": {
            **keys,
            "jurisdiction": {**NATION.schema, "description": _KEYS["jurisdiction"][1]},
            "results": {
                "description": "Ballots or questions that are judged apart.",
                "type": "array",
                "minItems": 1,
                "items": {"type": "object", "properties": own, "additionalProperties": False},
            },
        },
        "required": ["jurisdiction"],
        "additionalProperties": False,
    }
