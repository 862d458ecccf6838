"""The command that says whether a ballot's numbers make industrial action lawful, and when."""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from unioncore.answers import (
    ActionDays,
    BallotTest,
    Judged,
    Mandate,
    judge,
)
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, PROBLEMS, cli
from unioncore.cli.options import json_option, schema_option
from unioncore.cli.screen import Screen, rests_on, shown, why_not
from unioncore.errors import BadFacts, Problem
from unioncore.numbers import half_up
from unioncore.paths import read_json
from unioncore.records import ballot_schema, read_ballot
from unioncore.rules import Answer
from unioncore.shown import plain

UNKNOWN, NONE, NOT_REQUIRED = "unknown", "none", "not-required"
_MARGINS = ("majority", "turnout", "support")
"""The tests, in the order in which a result has them."""


@cli.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@schema_option(ballot_schema)
@choice
def ballot(chosen: Chosen, file: Path, as_json: bool) -> None:
    """Judge the result of a ballot on industrial action by its numbers.

    FILE is a JSON object with the constituency, the result and the days; see --schema. Says which
    tests applied, by which law, by how many votes each was met or missed, and on which days the
    mandate and a notice allow action. Ends with 1 when the file has problems, and with 3 when the
    verdict, or the days that a notice allows, are not known. It is not legal advice.

    For example: unioncore ballot result.json
    """
    rulebook = chosen.rulebook
    try:
        given = read_ballot(_read(file))
        found = {
            name: judge(
                rulebook,
                each,
                notice_received=given.action_notice_received,
                agreed_extension=given.employer_agreed_extension,
                began_in_time=given.action_began_in_time,
            )
            for name, each in given.results.items()
        }
    except BadFacts as error:
        for problem in error.problems:
            click.echo(f"{file.name}: {str(problem).removeprefix('ballot.')}", err=True)
        sys.exit(PROBLEMS)
    screen = Screen()
    if as_json:
        plain = [_in_json(name, each) for name, each in found.items()]
        screen.json(plain[0] if list(found) == [""] else {"results": plain})
    else:
        for name, each in found.items():
            _tell(screen, name, each)
    if not all(each.known for each in found.values()):
        sys.exit(NOT_KNOWN)


def _read(file: Path) -> Any:
    try:
        return read_json(file)
    except (OSError, ValueError) as error:
        raise BadFacts((Problem("the file", f"readable JSON ({error})"),)) from None


def _in_json(name: str, judged: Judged) -> dict[str, Any]:
    """Return what ``--json`` prints; what is not known is ``unknown``, with the reason apart."""
    result = judged.result
    answers: dict[str, Answer[Any]] = {
        "majority_yes": result.majority_yes,
        "turnout_50": result.turnout,
        "support_40": result.support,
        "lawful_by_numbers": result.lawful_by_numbers,
    }
    reasons = dict(answers)
    if judged.mandate is not None:
        reasons["mandate_last_day"] = judged.mandate.last_day
    if judged.days is not None:
        reasons["lawful_action_days"] = judged.days.any_day
    return {
        **({"name": name} if name else {}),
        "turnout_pct": _percent(result.turnout_pct),
        "yes_pct_of_valid": _percent(result.yes_pct_of_valid),
        "yes_pct_of_papers": _percent(result.yes_pct_of_papers),
        "yes_pct_of_entitled": _percent(result.yes_pct_of_entitled),
        **{key: _value(answer) for key, answer in answers.items()},
        "tests": [_plain_test(test) for test in result.tests],
        "margins": {
            name: _number(test, test.margin)
            for name, test in zip(_MARGINS, result.tests, strict=True)
        },
        "mandate_last_day": _of_mandate(judged, "last_day"),
        "mandate_is_to_begin": _of_mandate(judged, "is_to_begin"),
        "mandate_goes_on": _of_mandate(judged, "goes_on"),
        "lawful_action_days": _action_days(judged),
        "not_known": why_not(reasons),
        "citations": [plain(citation) for citation in judged.citations],
        "warnings": list(judged.warnings),
    }


def _value(answer: Answer[Any]) -> Any:
    return plain(answer.value) if answer.known else UNKNOWN


def _percent(share: Fraction | None) -> str:
    """Write a percentage with two places, rounded half up."""
    return UNKNOWN if share is None else str(half_up(share, 2))


def _plain_test(test: BallotTest) -> dict[str, Any]:
    return {
        "test": test.name,
        "label": test.label,
        "outcome": _value(test.outcome),
        "needed": _number(test, test.needed),
        "margin": _number(test, test.margin),
        "law": [str(citation) for citation in test.outcome.citations],
    }


def _number(test: BallotTest, number: Answer[int]) -> Any:
    spared = test.outcome.known and test.outcome.value == NOT_REQUIRED
    return NOT_REQUIRED if spared else _value(number)


def _of_mandate(judged: Judged, name: str) -> Any:
    if not judged.lawful:
        return NONE if judged.result.lawful_by_numbers.known else UNKNOWN
    return UNKNOWN if judged.mandate is None else _value(getattr(judged.mandate, name))


def _action_days(judged: Judged) -> Any:
    days = judged.days
    if not judged.lawful:
        return NONE if judged.result.lawful_by_numbers.known else UNKNOWN
    if days is None or not days.any_day.known:
        return UNKNOWN
    if not days.any_day.value:
        return NONE
    last = NONE if days.goes_on.known and days.goes_on.value else _value(days.last)
    return {"first": _value(days.first), "last": last}


def _tell(screen: Screen, name: str, judged: Judged) -> None:
    """Print the answer for people."""
    result = judged.result
    if name:
        screen.lines(f"\n{name}", "bold")
    screen.lines(f"lawful by its numbers: {_told(result.lawful_by_numbers)}", "bold")
    rows = [
        (
            test.label,
            _told(test.outcome),
            _by_how_many(test),
            "\n".join(map(str, test.outcome.citations)),
        )
        for test in result.tests
    ]
    screen.table(("test", "outcome", "by how many", "law"), rows, _test_line)
    screen.styled(_further(judged))


def _test_line(label: str, outcome: str, by_how_many: str, law: str) -> str:
    lines = [f"  {label}: {outcome}" + (f", {by_how_many}" if by_how_many else "")]
    return "\n".join([*lines, *(f"    source: {each}" for each in law.splitlines())])


def _further(judged: Judged) -> Iterator[tuple[str, str]]:
    """Give what follows from the tests as lines, each with its style."""
    result = judged.result
    shares = {
        "turnout": result.turnout_pct,
        "Yes, of valid votes": result.yes_pct_of_valid,
        "Yes, of those entitled": result.yes_pct_of_entitled,
    }
    for name, share in shares.items():
        if share is not None:
            yield f"  {name}: {_percent(share)} per cent", ""
    if judged.lawful and judged.mandate is not None:
        yield from _until(judged.mandate)
    if judged.lawful and judged.days is not None:
        yield f"days on which action is lawful under the notice: {_between(judged.days)}", ""
    further = (each for each in judged.citations if each not in result.citations)
    yield from ((line, "") for line in rests_on(further, judged.warnings))


def _until(mandate: Mandate) -> Iterator[tuple[str, str]]:
    begins, last = mandate.is_to_begin, _told(mandate.last_day)
    if not begins.known or not begins.value:
        yield f"mandate until: {last}", ""
        return
    yield f"action must begin by: {last}", ""
    after = {True: "it began in time, and may go on", False: "none began in time, so no more may"}
    goes_on = mandate.goes_on
    told = after[goes_on.value] if goes_on.known else "what began by then may go on"
    yield f"  after that day: {told}", ""


def _by_how_many(test: BallotTest) -> str:
    if not test.margin.known or not test.needed.known:
        return ""
    margin = test.margin.value
    counted = "paper" if test.name == "core.ballot_turnout" else "vote"
    counted += "" if abs(margin) == 1 else "s"
    said = f"{-margin} {counted} short" if margin < 0 else f"{margin} {counted} to spare"
    return f"{said} ({test.needed.value} needed)"


def _between(days: ActionDays) -> str:
    if not days.any_day.known:
        return _told(days.any_day)
    if not days.any_day.value:
        return f"none, because {days.any_day.because[0].text}"
    if days.goes_on.known and days.goes_on.value:
        return f"{_told(days.first)} and later"
    return f"{_told(days.first)} to {_told(days.last)}"


def _told(answer: Answer[Any]) -> str:
    return shown(answer) + (f"; give {', '.join(answer.missing)}" if answer.missing else "")
