"""The command that says what the claims for a strike come to."""

import sys

import click

from unioncore.answers import strike_claims
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of


@cli.command("strike-pay")
@click.option(
    "--strike",
    required=True,
    metavar="KEY",
    help="The strike.",
    shell_complete=keys_of("strikes"),
)
@about_union
def strike_pay_command(union: OpenUnion, strike: str) -> None:
    """Say what the members' claims for a strike come to, and how many wait for evidence.

    Each day is paid at the union's rate of that day. Totals are given, and never a list of members.
    It ends with 3 where the sum is not known, or known only within bounds.
    For example: unioncore strike-pay --strike example-cleaning-2023 --on 2023-12-01
    """
    found = strike_claims(union.rulebook, union.now, strike)
    union.show(found)
    if found.at_least is None or found.at_least != found.at_most:
        sys.exit(NOT_KNOWN)
