"""The command that adds up facility time, beside what the agreement gives."""

from datetime import date

import click

from unioncore.answers import facility_time_of
from unioncore.cli.group import cli
from unioncore.cli.options import a_day
from unioncore.cli.union_folder import OpenUnion, about_union, unit_option


@cli.command("facility-time")
@unit_option
@click.option(
    "--from", "since", type=a_day, metavar="DAY", required=True, help="The first day, included."
)
@click.option(
    "--to", "until", type=a_day, metavar="DAY", required=True, help="The last day, included."
)
@about_union
def facility_time_command(union: OpenUnion, unit: str, since: date, until: date) -> None:
    """Add up the time that representatives took, were refused and what it cost.

    For example: unioncore facility-time --unit kent-police-branch --from 2026-04-01 --to 2026-06-30
    --on 2026-10-01
    """
    union.show(facility_time_of(union.rulebook, union.now, unit, since=since, until=until))
