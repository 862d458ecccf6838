"""The command about a union's request for access to a workplace."""

import sys
from datetime import date

import click

from unioncore.answers import access_request
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import a_day, asked, json_option, on_option
from unioncore.cli.screen import Screen


@cli.command("access")
@click.option(
    "--requested", type=a_day, required=True, metavar="DAY", help="When the employer had it."
)
@click.option("--nation", required=True, metavar="NATION", help="Where the workplace is.")
@click.option(
    "--independent/--not-independent",
    default=None,
    help="Whether the union has a certificate of independence.",
)
@click.option(
    "--for-action/--not-for-action",
    default=None,
    help="Whether access is for organising industrial action.",
)
@click.option("--workers", type=int, metavar="NUMBER", help="How many workers the employer has.")
@click.option("--answered", type=a_day, metavar="DAY", help="When the employer answered.")
@on_option
@json_option
@choice
def access_command(
    chosen: Chosen,
    requested: date,
    nation: str,
    independent: bool | None,
    for_action: bool | None,
    workers: int | None,
    answered: date | None,
    on: date | None,
    as_json: bool,
) -> None:
    """Say who may ask for access to a workplace, what the request holds, and the days after it.

    What was announced and is not seen as law is told so. It ends with 3 where it is not known
    whether the union may ask. For example: unioncore access --requested 2026-11-02 --nation England
    """
    day, head = asked(on)
    found = access_request(
        chosen.rulebook,
        requested_on=requested,
        nation=nation,
        independent=independent,
        to_organise_action=for_action,
        workers=workers,
        answered_on=answered,
        on=day,
    )
    screen = Screen()
    if as_json:
        screen.json(found.to_dict())
    else:
        screen.lines(head)
        screen.lines(found.to_text())
    if not found.may_be_requested.known:
        sys.exit(NOT_KNOWN)
