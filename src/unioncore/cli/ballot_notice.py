"""The command that writes the notices to an employer of a ballot and of industrial action."""

import sys
from datetime import date

import click

from unioncore.answers import recorded_ballot_notice
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import a_day
from unioncore.cli.union_folder import OpenUnion, about_union, ballot_option

__all__: list[str] = []


@cli.command("ballot-notice")
@ballot_option(required=True)
@click.option(
    "--notice",
    type=click.Choice(["ballot", "action"]),
    default="ballot",
    show_default=True,
    help="Of the ballot, or of the industrial action.",
)
@click.option(
    "--received",
    type=a_day,
    metavar="DAY",
    required=True,
    help="The day on which the employer receives it.",
)
@click.option(
    "--check-off",
    is_flag=True,
    help="Leave those out whose subscription the employer deducts from pay.",
)
@about_union
def ballot_notice(
    opened: OpenUnion, ballot: str, notice: str, received: date, check_off: bool
) -> None:
    """Say what a notice to the employer must say, by the law of the day on which it is received.

    Its numbers are those of the list of --on; it holds no name. Ends with 3 where it is not known
    whether the notice is ready, such as while members are doubtful. It is not legal advice.

    For example: unioncore ballot-notice --ballot nuh-2026 --received 2026-10-12 --on 2026-10-01
    """
    found = recorded_ballot_notice(
        opened.rulebook, opened.now, ballot, notice, received=received, check_off=check_off
    )
    opened.show(found)
    if not found.ready.known:
        sys.exit(NOT_KNOWN)
