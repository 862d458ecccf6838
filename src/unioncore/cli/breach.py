"""The command that says by when the regulator is told of a breach of personal data, and by whom."""

import sys
from datetime import date, datetime

import click

from unioncore.answers import breach_clock
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import a_moment, an_hour, json_option
from unioncore.cli.screen import Screen

__all__: list[str] = []


@cli.command()
@click.argument("discovered", type=a_moment, metavar="WHEN")
@click.option(
    "--risk",
    type=click.Choice(["unlikely", "likely", "high"]),
    help="The risk to people, where somebody has judged it.",
)
@click.option(
    "--told", type=an_hour, metavar="WHEN", help="When whoever decides within the union was told."
)
@click.option("--reported", type=an_hour, metavar="WHEN", help="When the regulator was told.")
@json_option
@choice
def breach(
    chosen: Chosen,
    discovered: date | datetime,
    risk: str | None,
    told: datetime | None,
    reported: datetime | None,
    as_json: bool,
) -> None:
    """Say by when the regulator is told of a breach of personal data, and who tells it.

    WHEN is the moment at which anybody of the branch discovered it, by the clock of the United
    Kingdom. Weekends and holidays count. Ends with 3 when the time is not known.

    For example: unioncore breach 2026-06-05T15:00 --told 2026-06-08T10:00
    """
    found = breach_clock(
        chosen.rulebook, discovered, risk=risk, told_inside=told, reported=reported
    )
    if as_json:
        Screen().json(found.to_dict())
    else:
        Screen().lines(found.to_text())
    if found.due is None:
        sys.exit(NOT_KNOWN)
