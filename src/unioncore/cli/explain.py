"""The command that says everything about one member of a union."""

from datetime import date
from pathlib import Path

import click

from unioncore.answers import member
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import a_day, asked, folder_type, json_option, on_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import keys_of, union_folder, union_on
from unioncore.describe import member_plain, member_text, union_in_language


@cli.command()
@click.argument("person", metavar="MEMBER", shell_complete=keys_of("people"))
@click.option(
    "--union",
    "folder",
    type=folder_type,
    metavar="DIR",
    help="The union's folder; default: UNIONCORE_UNION, or the example that a plugin ships.",
)
@on_option
@click.option(
    "--known-on", type=a_day, metavar="DAY", help="Answer from what had been recorded by that day."
)
@click.option(
    "--incident", type=a_day, metavar="DAY", help="The day of what the member asks for help with."
)
@json_option
@choice
def explain(
    chosen: Chosen,
    person: str,
    folder: Path | None,
    on: date | None,
    known_on: date | None,
    incident: date | None,
    as_json: bool,
) -> None:
    """Say everything about one member: where they belong, what they pay, what they hold, and why.

    For example: unioncore explain M0001 --on 2026-06-01
    """
    rulebook = chosen.rulebook
    day, head = asked(on)
    where = union_folder(chosen, folder)
    union = union_in_language(where.read(rulebook).ok(), rulebook)
    where.must_know(union, person)
    screen = Screen()
    if not as_json:
        screen.lines(f"{head}\n{where.told(union)}\n")
    found = member(rulebook, union_on(union, day, known_on), person, incident=incident)
    if as_json:
        screen.json(member_plain(found))
        return
    for line in member_text(rulebook, found):
        screen.lines(line, "bold" if line and not line.startswith(" ") else "")
