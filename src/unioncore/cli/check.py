"""The command that reports what is wrong with a union's folder."""

from pathlib import Path

import attrs
import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import folder_type, json_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder
from unioncore.model import Person
from unioncore.records import read_cases


@cli.command()
@click.argument("folder", type=folder_type, metavar="DIR")
@json_option
@choice
@click.pass_context
def check(ctx: click.Context, chosen: Chosen, folder: Path, as_json: bool) -> None:
    """Report everything that is wrong with a union's folder, its cases included.

    Warns of what is read as it stands and looks like a slip. Ends with 1 if anything is wrong.

    For example: unioncore check our-union
    """
    reading = UnionFolder(folder).read(chosen.sound_rulebook)
    stored = read_cases(folder, rulebook=chosen.sound_rulebook, union=reading.union)
    faults = (*reading.faults, *stored.faults)
    screen = Screen()
    if as_json:
        screen.json([attrs.asdict(fault) for fault in (*faults, *reading.warnings)])
    else:
        for fault in (*faults, *reading.warnings):
            screen.lines(str(fault))
        people = len({person.key for person in reading.union.every(Person)})
        count = len(faults)
        wrong = f"{count} problem{'' if count == 1 else 's'}" if count else "nothing wrong"
        screen.lines(f"{wrong}; {people:,} people, {len(reading.union.units):,} rows of units")
    if faults:
        ctx.exit(PROBLEMS)
