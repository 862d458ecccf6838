"""The command that says what a union's records hold for its annual return."""

from datetime import date
from pathlib import Path

import click

from unioncore.answers import annual_return
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import folder_type, json_option
from unioncore.cli.union_folder import open_union


@cli.command("annual-return")
@click.argument("folder", type=folder_type, metavar="[DIR]", required=False)
@click.option(
    "--year",
    type=click.IntRange(1900, 2199),
    required=True,
    help="The calendar year, such as 2025.",
)
@click.option("--publish", is_flag=True, help="Suppress small counts of members.")
@json_option
@choice
def annual_return_command(
    chosen: Chosen, folder: Path | None, year: int, publish: bool, as_json: bool
) -> None:
    """Say what the records of a union hold for its annual return, and by when it is sent.

    Names are left out. For example: unioncore annual-return --year 2025
    """
    day = date(year, 12, 31)
    opened = open_union(chosen, folder, day, f"on {day.isoformat()}", as_json)
    opened.show(annual_return(opened.rulebook, opened.now.union, year, publish=publish))
