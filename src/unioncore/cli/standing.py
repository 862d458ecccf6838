"""The command that says how a member stands, and stood on the day of an incident."""

from datetime import date

import click

from unioncore.answers import standing
from unioncore.cli.group import cli
from unioncore.cli.options import a_day
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of


@cli.command("standing")
@click.option(
    "--person",
    required=True,
    metavar="MEMBER",
    help="The member's key.",
    shell_complete=keys_of("people"),
)
@click.option(
    "--incident", type=a_day, metavar="DAY", help="The day of what the member asks for help with."
)
@about_union
def standing_command(opened: OpenUnion, person: str, incident: date | None) -> None:
    """Say how a member stands: dues, band, political fund, and what the day of an incident changes.

    For example: unioncore standing --person M0026 --on 2026-10-20 --incident 2026-10-05
    """
    opened.where.must_know(opened.now.union, person)
    opened.show(standing(opened.rulebook, opened.now, person, incident=incident))
