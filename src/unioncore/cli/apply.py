"""The command that enters proposed rows in a union's folder, whole or not at all."""

from pathlib import Path

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import folder_type
from unioncore.cli.screen import Screen
from unioncore.records import apply_proposal, read_proposal


@cli.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--union", "folder", type=folder_type, required=True, metavar="DIR", help="The union's folder."
)
@choice
def apply_command(chosen: Chosen, file: Path, folder: Path) -> None:
    """Enter the rows that a command proposed, all of them or none.

    The rules are asked first. Where the folder has changed since, nothing is entered; where the
    rows stand there already, nothing is to be done.

    For example: unioncore apply proposed.json --union our-union
    """
    proposal = read_proposal(file.name, file.read_text(encoding="utf-8"))
    written = apply_proposal(folder, proposal, chosen.sound_rulebook)
    many = len(proposal.rows)
    rows = f"{many:,} row{'' if many == 1 else 's'}"
    Screen().lines(f"{rows} entered" if written else f"nothing to do: {rows} entered already")
