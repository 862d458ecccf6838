"""A ballot as JSON: what may stand in the file, and how it is read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
from attrs import NOTHING, frozen

from unioncore import forms
from unioncore.errors import BadFacts, Problem
from unioncore.forms import Count, Percent, SomeDay, Text, about
from unioncore.legal import DayRange, Jurisdiction
from unioncore.model import Ballot
from unioncore.shown import Shown

__all__ = ["BallotFile", "ballot_schema", "opening_day", "read_ballot"]


@frozen
class BallotFile(Shown, shows="results"):
    """One ballot, or several that are judged apart, and what followed."""

    results: Mapping[str, Ballot]
    """Each result by its name; where the file has only one, the name is empty."""
    employer_agreed_extension: bool | None
    """Whether the employer agreed to a longer mandate."""
    action_notice_received: date | DayRange | None
    """When the employer received the notice of action."""
    action_began_in_time: bool | None
    """Whether some of the action began by the last day of the mandate."""


@frozen(kw_only=True, repr=False)
class _Result:
    """One result, as it is written."""

    name: Text | None = about("What tells this result from others in the file.")
    union: Text | None = about("The union; it decides nothing.")
    employer: Text | None = about("The employer; it decides nothing.")
    question: Text | None = about("The question on the paper; each question is judged alone.")
    statutory_ballot: bool | None = about("Whether the ballot is held under the Act.")
    opened: SomeDay | None = about("The first day on which any voting paper is sent.")
    opened_not_before: SomeDay | None = about(
        "Where that day is not known: it is not before this one."
    )
    opened_not_after: SomeDay | None = about(
        "Where that day is not known: it is not after this one."
    )
    closed: SomeDay | None = about(
        "The date of the ballot: the last day on which votes may be cast."
    )
    entitled: Count | None = about("How many were entitled to vote.")
    papers_returned: Count | None = about("How many papers came back, spoiled ones included.")
    yes: Count | None = about("How many answered Yes.")
    no: Count | None = about("How many answered No.")
    spoiled: Count | None = about("How many papers were spoiled or otherwise invalid.")
    turnout_pct_reported: Percent | None = about(
        "The turnout as published, used where the counts do not say it."
    )
    yes_pct_reported: Percent | None = about(
        "The share of Yes among the votes as published, likewise."
    )
    important_public_service: bool | None = about(
        "Whether most of those entitled normally work in important public services."
    )
    service: Text | None = about("The service in which most of those entitled work, by its key.")
    devolved_welsh_authority: bool | None = about(
        "Whether the employer is a devolved Welsh authority."
    )


@frozen(kw_only=True, repr=False)
class _WholeFile(_Result):
    """The file: what holds for every result that does not say otherwise, and the results."""

    jurisdiction: Jurisdiction = about("Whose law governs the action.", default=NOTHING)
    employer_agreed_extension: bool | None = about(
        "Whether the employer agreed to a longer mandate."
    )
    action_notice_received: SomeDay | None = about(
        "When the employer received the notice of action."
    )
    action_began_in_time: bool | None = about(
        "Whether some of the action began by the last day of the mandate."
    )
    results: tuple[_Result, ...] | None = about("Ballots or questions that are judged apart.")


_SAME = attrs.fields_dict(Ballot).keys() & attrs.fields_dict(_Result).keys()
"""What the file says of a ballot under the same name."""


def read_ballot(plain: Any) -> BallotFile:
    """Read a ballot from JSON data; null is "not known".

    Where it has ``results``, each of those is a ballot or a question of its own, judged apart; what
    stands beside ``results`` holds for every one that does not say otherwise.

    Raises:
        BadFacts: with everything that is wrong, each with its key and the nearest spelling.
    """
    written = forms.read(plain, _WholeFile, key="a key that a ballot has", first=1)
    problems: list[Problem] = []
    if written.results == ():
        problems.append(Problem("results", "a list of objects"))
    results: dict[str, Ballot] = {}
    for number, result in enumerate(written.results or (None,), 1):
        at = f"results[{number}]." if result else ""
        given = _given(written) | _given(result)
        name = given.get("name") or (str(number) if result else "")
        if name in results:
            problems.append(Problem(f"{at}name", "a name that no other result has"))
        days = (given.get(f"opened{key}") for key in ("", "_not_before", "_not_after"))
        try:
            results[name] = Ballot(
                nation=written.jurisdiction,
                statutory=given.get("statutory_ballot"),
                **{key: given.get(key) for key in _SAME} | {"opened": opening_day(*days)},
            )
        except BadFacts as error:
            problems += [Problem(f"{at}{each.fact}", each.expected) for each in error.problems]
    if problems:
        raise BadFacts(tuple(problems))
    return BallotFile(
        results,
        written.employer_agreed_extension,
        written.action_notice_received,
        written.action_began_in_time,
    )


def _given(result: _Result | None) -> dict[str, Any]:
    fields = attrs.fields(_Result) if result else ()
    found = {each.name: getattr(result, each.name) for each in fields}
    return {name: value for name, value in found.items() if value is not None}


def opening_day(
    opened: SomeDay | None, first: SomeDay | None, last: SomeDay | None
) -> SomeDay | None:
    """Return the opening day, or its bounds where only these are known.

    Raises:
        BadFacts: when the latest day is before the earliest.
    """
    if opened is not None or (first is None and last is None):
        return opened
    earliest = date.min if first is None else DayRange.of(first).earliest
    latest = date.max if last is None else DayRange.of(last).latest
    if latest < earliest:
        raise BadFacts((Problem("opened_not_after", "a day on or after opened_not_before"),))
    return DayRange(earliest, latest)


def ballot_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file."""
    return forms.schema(_WholeFile, "A ballot on industrial action")
