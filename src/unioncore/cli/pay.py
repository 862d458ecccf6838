"""The command that says what a pay point was worth, and whether tables follow from awards."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import click

from unioncore.answers import PointWorth, TableCheck, point_worth, table_checks
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.screen import Screen, rests_on, values, why_not
from unioncore.model import PayScale
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date, pounds
from unioncore.shown import plain


@cli.command()
@click.argument("body", shell_complete=completion.words("body"))
@click.option("--point", metavar="P", help="The point, such as 12, or '5 top'.")
@click.option(
    "--tables",
    is_flag=True,
    help="Work each published table out from the one before, and list what differs.",
)
@on_option
@json_option
@choice
def pay(
    chosen: Chosen, body: str, point: str | None, tables: bool, on: date | None, as_json: bool
) -> None:
    """Say what a point of a pay scale was worth on a day, by which table and which round.

    BODY is the key of a body, as unioncore bodies lists them, or of a pay scale. Ends with 3 when
    the pay is not known.

    For example: unioncore pay njc --point 12 --on 2025-06-01
    """
    rulebook, screen = chosen.rulebook, Screen()
    if tables == (point is not None):
        raise click.UsageError("give --point, such as --point 12, or --tables")
    if point is None:
        _tables(screen, rulebook, table_checks(rulebook, body), body, as_json)
        return
    day, said = asked(on)
    found = point_worth(rulebook, body, point, on=day)
    if as_json:
        screen.json(_in_json(found))
    else:
        screen.lines(f"{said}\n")
        screen.styled(_lines(rulebook, found))
    if not found.pay.known:
        sys.exit(NOT_KNOWN)


def _tables(
    screen: Screen, rulebook: Rulebook, checks: Sequence[TableCheck], body: str, as_json: bool
) -> None:
    if as_json:
        screen.json([each.to_dict() for each in checks])
    else:
        for check in checks:
            _tell_check(screen, rulebook, check)
    if not checks:
        click.echo(f"not known: no two tables of a pay scale of {body} are recorded", err=True)
        sys.exit(NOT_KNOWN)


def _in_json(found: PointWorth) -> dict[str, Any]:
    """Return what ``--json`` prints; null is "not known", with the reason under ``not_known``."""
    answers = found.answers()
    return {
        "scale": found.scale,
        "point": found.point,
        "on": found.pay.on.isoformat(),
        **values(answers),
        "worked_out": found.worked_out,
        "within": str(found.within),
        "not_known": why_not(answers),
        "because": [reason.text for each in answers.values() for reason in each.because],
        "citations": [plain(each) for each in found.citations],
        "warnings": list(found.warnings),
    }


def _lines(rulebook: Rulebook, found: PointWorth) -> Iterator[tuple[str, str]]:
    scales = rulebook.named(PayScale)
    scale = scales[found.scale] if found.scale else None
    where = f" of {scale.name}" if scale else ""
    worth = _money(found.pay, scale.unit if scale else "")
    worth += f", within {pounds(found.within)}" if found.within else ""
    yield f"point {found.point}{where}: {worth}", "bold"
    if scale is not None and scale.hourly is not None and found.pay.known:
        yield f"by the hour: {_money(found.hourly, '')}", ""
    if found.pay.known:
        last = found.round
        moved = last.because[0].text if last.known else f"not known: {last.reason}"
        yield f"last moved: {moved}", ""
        yield "\nwhat it rests on", ""
    for text in dict.fromkeys(r.text for each in (found.pay, found.hourly) for r in each.because):
        yield f"  {text}", ""
    yield from ((line, "") for line in rests_on(found.citations, found.warnings))


def _money(answer: Answer[Decimal], unit: str) -> str:
    if not answer.known:
        return f"not known: {answer.reason}"
    return f"{pounds(answer.value)} {unit}".rstrip()


def _tell_check(screen: Screen, rulebook: Rulebook, check: TableCheck) -> None:
    """Print how far a published table follows from the one before."""
    scale = rulebook.named(PayScale)[check.scale]
    head = f"{scale.name}, from {long_date(check.start)}"
    if check.not_known and not check.same and not check.differences:
        screen.lines(f"{head}: not known: {check.not_known}", "bold")
        return
    every = check.same + len(check.differences)
    by = ", ".join(check.rounds)
    told = f"{check.same} of {every} points follow from the table before and {by}"
    screen.lines(f"{head}: {told}", "bold")
    rows = [
        (
            each.point,
            "no such point" if each.published is None else pounds(each.published),
            pounds(each.worked_out),
        )
        for each in check.differences
    ]
    if rows:
        screen.table(("point", "published", "worked out"), rows, "  {}: {}, worked out {}".format)
    screen.styled(_notes(scale, check))


def _notes(scale: PayScale, check: TableCheck) -> Iterator[tuple[str, str]]:
    if any(each.within for each in check.differences):
        yield f"  within {pounds(scale.rounding.within)}: no rule of rounding is known", ""
    if check.new:
        yield f"  new: {', '.join(check.new)}", ""
    if check.not_known:
        yield f"  not known: {check.not_known}", ""
    if check.conflict:
        yield f"  warning: sources conflict: {check.conflict}", ""
    for citation in check.citations if check.differences else ():
        yield f"  source: {citation}", ""
