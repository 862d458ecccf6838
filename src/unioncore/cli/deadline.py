"""The command that says by when a tribunal claim must be presented."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from unioncore.answers import (
    LateClaim,
    TimeLimit,
    late_claim,
    redundancy_right,
    time_limit,
    unfair_dismissal_right,
)
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.files import write_calendar
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import a_day, a_moment, ics_option, json_option
from unioncore.cli.screen import Screen, rests_on, shown, values, why_not
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange, Duration, Jurisdiction, TimeUnit
from unioncore.model import MIDNIGHT
from unioncore.phrases import Phrases
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer
from unioncore.shown import plain

GREAT_BRITAIN = "GB"
F = TypeVar("F", bound=Callable[..., Any])


def _day_or_bounds(text: str) -> date | DayRange:
    """Read a day, or a month or a year that it lies in."""
    try:
        return DayRange.parse(text)
    except ValueError:
        return a_day(text)


def _moment(text: str) -> date | datetime | DayRange:
    """Read a day, a month or a year that it lies in, or a day with a time."""
    return a_moment(text) if ":" in text else _day_or_bounds(text)


def _day_option(name: str, about: str) -> Callable[[F], F]:
    return click.option(name, type=_day_or_bounds, metavar="DAY", help=about)


@cli.command()
@click.argument("claim", shell_complete=completion.words("claim"))
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
    shell_complete=completion.words("nation"),
)
@click.option("--began", type=a_day, metavar="DAY", help="The first day of the employment.")
@click.option(
    "--notice-given",
    type=a_day,
    metavar="DAY",
    help="The day of the notice or of the dismissal without any; give it unless notice was full.",
)
@click.option(
    "--reason",
    metavar="REASON",
    help="Why somebody was dismissed, such as conduct.",
    shell_complete=completion.words("dismissal_reason"),
)
@ics_option
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
    began: date | None,
    notice_given: date | None,
    reason: str | None,
    ics: Path | None,
    as_json: bool,
) -> None:
    """Say by when a tribunal claim must be presented, and how that is counted.

    CLAIM is one of those that unioncore claims lists.

    With --began it also says whether the service is long enough for the claim. Ends with 3 when the
    last day, or what else was asked, is not known. It is not legal advice.

    For example: unioncore deadline unfair-dismissal --starts 2016-06-20 --day-a 2016-07-22 --day-b
    2016-08-22
    """
    rulebook = chosen.rulebook
    say = rulebook.say
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
        late = late_claim(rulebook, claim, starts=found.starts, nation=where)
        right = _right(rulebook, claim, found.starts, where, began, notice_given, reason)
    except BadFacts as error:
        raise click.UsageError("\n".join(map(_of_option, error.problems))) from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if ics is not None:
        _write(ics, found)
    screen = Screen()
    if as_json:
        screen.json(_in_json(found, late, right))
    else:
        name = rulebook.rules.names_of(rulebook.rules.fact("claim.kind"))[claim]
        default = "" if nation else " (name another nation with --nation)"
        screen.lines(f"{name}, in {_place(where)}{default}\n")
        screen.styled(_lines(found, say, asked=presented is not None))
        for line in (*_late(late, say), *_service(right, claim, say)):
            screen.lines(line)
    asked = [found.last_day, *([found.in_time] if presented is not None else [])]
    asked += [] if right is None else [right["qualifies"]]
    if not all(each.known for each in asked):
        sys.exit(NOT_KNOWN)


def _write(ics: Path, found: TimeLimit) -> None:
    """Write the day to act by as an event, where it is known."""
    if not found.act_by.known:
        click.echo(f"{ics} is not written, as the day to act by is not known", err=True)
        return
    write_calendar(ics, [found])


Right = Mapping[str, Answer[Any]]
"""Whether the service is long enough, to which day it counts, and the months that are needed."""
_NEEDS_SERVICE = ("unfair-dismissal", "redundancy-payment")
"""The claims whose length of service the command can judge."""


def _right(
    rulebook: Rulebook,
    claim: str,
    ended: date | DayRange,
    where: Jurisdiction,
    began: date | None,
    notice_given: date | None,
    reason: str | None,
) -> Right | None:
    """Return whether the service is long enough, where that was asked."""
    if began is None:
        return None
    if claim not in _NEEDS_SERVICE:
        raise click.UsageError(f"--began is for {' and '.join(_NEEDS_SERVICE)}")
    if isinstance(ended, DayRange):
        raise click.UsageError("with --began, give the very day of the dismissal in --starts")
    if claim == "redundancy-payment":
        owed = redundancy_right(
            rulebook, began=began, ended=ended, nation=where, notice_given=notice_given
        )
        return {"qualifies": owed.entitled, "counts_to": owed.service.counts_to}
    right = unfair_dismissal_right(
        rulebook, began=began, ended=ended, nation=where, notice_given=notice_given, reason=reason
    )
    names = ("qualifies", "counts_to", "qualifying_months")
    return {name: getattr(right, name) for name in names}


_TESTS = {
    "none": "cannot be heard",
    "just-and-equitable": "is heard if the tribunal finds that just and equitable",
    "not-reasonably-practicable": (
        "is heard only if it was not reasonably practicable to present it in time"
    ),
    "not-reasonably-practicable-or-internal-appeal": (
        "is heard only if it was not reasonably practicable to present it in time, or a reasonable "
        "appeal inside the union delayed it"
    ),
}


def _late(late: LateClaim, say: Phrases) -> Iterator[str]:
    """Say when a late claim is heard."""
    if not late.test.known:
        yield f"\na late claim: {shown(late.test, say)}"
        return
    within = f", within {late.months.value} further months" if late.months.known else ""
    yield f"\na late claim {_TESTS[late.test.value]}{within}"
    yield from rests_on(late.citations)


def _service(right: Right | None, claim: str, say: Phrases) -> Iterator[str]:
    """Say whether the service is long enough."""
    if right is None:
        if claim in _NEEDS_SERVICE:
            yield "\nwhether the service is long enough: give --began, and --notice-given"
        return
    enough, to, months = right["qualifies"], right["counts_to"], right.get("qualifying_months")
    yield f"\nthe service is long enough: {shown(enough, say)}"
    if to.known:
        yield f"  {to.because[0].text}"
    if months is not None and months.known:
        needed = Duration(months.value, TimeUnit.MONTHS) if months.value else "no length of service"
        yield f"  needed: {needed}"
    yield from rests_on(enough.citations, enough.warnings)


def _of_option(problem: Problem) -> str:
    """Say what is wrong, by the option that it came from."""
    name = {"ended": "starts", "second": "second_day_a"}.get(problem.fact, problem.fact)
    return f"--{name.replace('_', '-')}: expected {problem.expected}"


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


def _in_json(found: TimeLimit, late: LateClaim, right: Right | None) -> dict[str, Any]:
    """Return what ``--json`` prints; null is "not known", with the reason under ``not_known``."""
    answers = {key: each for key, each in found.answers().items() if key in _PRINTED}
    answers |= {"late_test": late.test, "late_months": late.months}
    if right is not None:
        answers |= {key: right[key] for key in ("qualifies", "counts_to")}
    return {
        **values(answers),
        "not_known": why_not(answers),
        "steps": list(found.steps),
        "citations": [plain(citation) for citation in found.citations],
        "warnings": list(found.warnings),
    }


def _lines(found: TimeLimit, say: Phrases, *, asked: bool) -> Iterator[tuple[str, str]]:
    """Give the answer as lines for people, each with its style."""
    latest = found.latest_time.value if found.latest_time.known else ""
    until = f", until {'midnight' if latest == MIDNIGHT else latest}" if latest else ""
    yield f"act by: {shown(found.act_by, say)}", "bold"
    yield f"last day: {shown(found.last_day, say)}{until if found.last_day.known else ''}", ""
    if found.primary_last_day.known and not found.last_day.known:
        yield f"without conciliation: {shown(found.primary_last_day, say)}", ""
    if found.conciliation_ends_by.known:
        yield f"conciliation may last until: {shown(found.conciliation_ends_by, say)}", ""
    if asked:
        yield f"in time: {shown(found.in_time, say)}", ""
    if found.steps:
        yield "\nhow this is counted", ""
    for number, step in enumerate(found.steps, 1):
        yield f"  {number}. {step}", ""
    yield "\nwhat it rests on", ""
    yield from ((line, "") for line in rests_on(found.citations, found.warnings))
