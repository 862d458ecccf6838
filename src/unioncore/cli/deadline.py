"""The command that says by when a tribunal claim must be presented."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import click

from unioncore import convert
from unioncore.answers import TimeLimit, time_limit
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import a_day, json_option
from unioncore.cli.screen import Screen, shown
from unioncore.errors import UnknownName
from unioncore.legal import DayRange, Jurisdiction
from unioncore.rulebook import Rulebook
from unioncore.rules import to_plain

GREAT_BRITAIN = "GB"
MIDNIGHT = "24:00"
F = TypeVar("F", bound=Callable[..., Any])


def _day_or_bounds(text: str) -> date | DayRange:
    """Read a day, or a month or a year that it lies in."""
    try:
        return DayRange.parse(text)
    except ValueError:
        return a_day(text)


def _moment(text: str) -> date | datetime | DayRange:
    """Read a day, or a day with a time."""
    day, _, time = text.replace("T", " ").partition(" ")
    if not time:
        return _day_or_bounds(day)
    try:
        return datetime.fromisoformat(f"{a_day(day).isoformat()}T{time}")
    except ValueError:
        said = "expected a day, or a day and a time such as 2016-10-18T15:30"
        raise click.BadParameter(said) from None


def _day_option(name: str, about: str) -> Callable[[F], F]:
    return click.option(name, type=_day_or_bounds, metavar="DAY", help=about)


@cli.command()
@click.argument("claim")
@click.option(
    "--starts",
    type=_day_or_bounds,
    metavar="DAY",
    required=True,
    multiple=True,
    help="The dismissal or the act complained of, from which time runs; repeat for a series.",
)
@_day_option("--day-a", "The day on which Acas (in Northern Ireland the LRA) was told.")
@_day_option("--day-b", "The day on which its certificate came.")
@_day_option("--second-day-a", "Day A of a second certificate on the same matter.")
@_day_option("--second-day-b", "Day B of a second certificate on the same matter.")
@click.option("--presented", type=_moment, metavar="WHEN", help="When the tribunal got the claim.")
@click.option(
    "--nation",
    metavar="N",
    help="A nation, or E&W, GB or UK where all of it agrees; default: Great Britain.",
)
@json_option
@choice
def deadline(
    chosen: Chosen,
    claim: str,
    starts: Sequence[date | DayRange],
    day_a: date | DayRange | None,
    day_b: date | DayRange | None,
    second_day_a: date | DayRange | None,
    second_day_b: date | DayRange | None,
    presented: date | datetime | DayRange | None,
    nation: str | None,
    as_json: bool,
) -> None:
    """Say by when a tribunal claim must be presented, and how that is counted.

    Ends with 3 when the last day is not known. It is not legal advice.

    For example: unioncore deadline unfair-dismissal --starts 2016-06-20 --day-a 2016-07-22 --day-b
    2016-08-22
    """
    rulebook = chosen.rulebook
    second = None
    if second_day_a is not None and second_day_b is not None:
        second = second_day_a, second_day_b
    elif second_day_a is not None or second_day_b is not None:
        raise click.UsageError("give both --second-day-a and --second-day-b, or neither")
    where = Jurisdiction.parse(nation or GREAT_BRITAIN)
    try:
        found = time_limit(
            rulebook,
            claim,
            starts=starts[0] if len(starts) == 1 else tuple(starts),
            nation=where,
            day_a=day_a,
            day_b=day_b,
            second=second,
            presented=presented,
        )
    except UnknownName as error:
        raise _no_such_claim(rulebook, error) from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    screen = Screen()
    if as_json:
        screen.json(_in_json(found))
    else:
        name = rulebook.rules.names_of(rulebook.rules.fact("claim.kind"))[claim]
        default = "" if nation else " (name another nation with --nation)"
        screen.lines(f"{name}, in {_place(where)}{default}\n")
        for line, style in _lines(found, asked=presented is not None):
            screen.lines(line, style)
    if not found.last_day.known or (presented is not None and not found.in_time.known):
        sys.exit(NOT_KNOWN)


def _no_such_claim(rulebook: Rulebook, error: UnknownName) -> Exception:
    if error.suggestion is not None:
        return error
    claims = sorted(rulebook.rules.names_of(rulebook.rules.fact("claim.kind")))
    return click.UsageError(f"{error}; expected a claim such as {', '.join(claims)}")


def _place(where: Jurisdiction) -> str:
    return {"GB": "Great Britain", "UK": "the United Kingdom"}.get(
        str(where), " and ".join(sorted(where.nations))
    )


_PRINTED = (
    "limit_months",
    "primary_last_day",
    "ec_days_added",
    "month_rule_applied",
    "last_day",
    "act_by",
    "in_time",
    "latest_time",
)


def _in_json(found: TimeLimit) -> dict[str, Any]:
    """Return what ``--json`` prints; null is "not known", with the reason under ``not_known``."""
    answers = found.answers()
    return {
        **{key: to_plain(answers[key].value) if answers[key].known else None for key in _PRINTED},
        "not_known": {key: answers[key].reason for key in _PRINTED if not answers[key].known},
        "steps": list(found.steps),
        "citations": [convert.to_plain(citation) for citation in found.citations],
        "warnings": list(found.warnings),
    }


def _lines(found: TimeLimit, *, asked: bool) -> Iterator[tuple[str, str]]:
    """Give the answer as lines for people, each with its style."""
    latest = found.latest_time.value if found.latest_time.known else ""
    until = f", until {'midnight' if latest == MIDNIGHT else latest}" if latest else ""
    yield f"act by: {shown(found.act_by)}", "bold"
    yield f"last day: {shown(found.last_day)}{until if found.last_day.known else ''}", ""
    if found.primary_last_day.known and not found.last_day.known:
        yield f"without conciliation: {shown(found.primary_last_day)}", ""
    if found.conciliation_ends_by.known:
        yield f"conciliation may last until: {shown(found.conciliation_ends_by)}", ""
    if asked:
        yield f"in time: {shown(found.in_time)}", ""
    if found.steps:
        yield "\nhow this is counted", ""
    for number, step in enumerate(found.steps, 1):
        yield f"  {number}. {step}", ""
    yield "\nwhat it rests on", ""
    for citation in found.citations:
        yield f"  source: {citation}", ""
    for warning in found.warnings:
        yield f"  warning: {warning}", ""
