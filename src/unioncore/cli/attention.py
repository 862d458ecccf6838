"""The command that says what needs attention in a union's cases."""

from datetime import date
from pathlib import Path

import click

from unioncore.answers import Desk
from unioncore.answers import attention as needed
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.files import write_calendar
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import asked, folder_type, ics_option, json_option, on_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import keys_of, union_folder, union_on
from unioncore.errors import BadUnion
from unioncore.model.entries import digest
from unioncore.records import read_cases


@cli.command()
@click.argument("folder", type=folder_type, metavar="[DIR]", required=False)
@click.option(
    "--branch",
    default="",
    metavar="KEY",
    help="Only the cases of this branch.",
    shell_complete=keys_of("units"),
)
@click.option(
    "--person",
    default="",
    metavar="KEY",
    help="Only what this person represents, such as what they leave behind.",
    shell_complete=keys_of("people"),
)
@click.option(
    "--within",
    type=click.IntRange(min=0),
    metavar="N",
    help="Tell of limits that end within N days.",
)
@click.option(
    "--idle",
    type=click.IntRange(min=0),
    metavar="N",
    help="Tell of cases in which nothing was entered for N days.",
)
@on_option
@ics_option
@json_option
@choice
@click.pass_context
def attention(
    ctx: click.Context,
    chosen: Chosen,
    folder: Path | None,
    branch: str,
    person: str,
    within: int | None,
    idle: int | None,
    on: date | None,
    ics: Path | None,
    as_json: bool,
) -> None:
    """Say what needs attention in a union's cases, who must act, and by when.

    DIR is the union's folder; default: UNIONCORE_UNION, or the example that a plugin ships. Its
    folder "cases" has a JSON file for each case. What can least be undone comes first. Ends with 1
    where anything needs attention, or something is wrong with the folder.

    For example: unioncore attention our-union --branch kent-police-branch --within 14
    """
    rulebook = chosen.rulebook
    day, head = asked(on)
    where = union_folder(chosen, folder)
    reading = where.read(rulebook)
    stored = read_cases(where.path, rulebook=rulebook, union=reading.union)
    if faults := (*reading.faults, *stored.faults):
        raise BadUnion(faults)
    union = reading.union
    if person:
        where.must_know(union, person)
    screen = Screen()
    if not as_json:
        screen.lines(f"{head}\n{where.told(union)}\n")
    union_on(union, day)
    desk = Desk(rulebook=rulebook, union=union, cases=stored.cases)
    found = needed(desk, on=day, branch=branch, person=person, within=within, idle=idle)
    asked_for = (union.key, branch, person and digest(person), within, idle)
    write_calendar(ics, found, series="/".join(str(each or "") for each in asked_for))
    if as_json:
        screen.json([each.to_dict() for each in found])
    else:
        for each in found:
            screen.lines(each.concern(), "bold")
            screen.lines(f"  to act: {each.to_act()}")
        count = f"{len(found)} to look at" if found else "nothing needs attention"
        screen.lines(f"{count}; {len(stored.cases)} cases were read")
    if found:
        ctx.exit(PROBLEMS)
