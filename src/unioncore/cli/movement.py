"""The command that says who joined a branch or a region, who left, and who was kept."""

from datetime import date
from pathlib import Path

import click

from unioncore.answers import movement_of
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import a_day, folder_type, json_option, picture_option
from unioncore.cli.union_folder import open_union, unit_option
from unioncore.describe import members_history


@cli.command()
@click.argument("folder", type=folder_type, metavar="[DIR]", required=False)
@unit_option
@click.option("--from", "since", type=a_day, required=True, metavar="DAY", help="The first day.")
@click.option(
    "--to", "until", type=a_day, required=True, metavar="DAY", help="The last day, included."
)
@click.option(
    "--returns",
    type=click.Choice(["both", "neither"]),
    default="both",
    show_default=True,
    help="How those count who left and came back: as one who left and one who joined, or not.",
)
@picture_option
@json_option
@choice
def movement(
    chosen: Chosen,
    folder: Path | None,
    unit: str,
    since: date,
    until: date,
    returns: str,
    style: str,
    as_json: bool,
) -> None:
    """Say how the membership of a unit moved: who joined, moved, left and why, and who was kept.

    For example: unioncore movement --unit essex --from 2026-01-01 --to 2026-10-31
    """
    head, drawn = f"on {until.isoformat()}", style == "svg"
    opened = open_union(chosen, folder, until, head, as_json, drawn=drawn)
    found = movement_of(opened.rulebook, opened.now, unit, since=since, returns=returns)
    opened.show(found, lambda each: members_history(each).drawn("svg"))
