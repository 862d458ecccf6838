"""The command that says how a union's campaigns stand."""

from datetime import date

import click

from unioncore.answers import all_campaigns, campaign, leverage
from unioncore.cli.group import cli
from unioncore.cli.options import a_day
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command()
@click.option(
    "--campaign",
    "key",
    metavar="KEY",
    help="One campaign, with all that is known of it.",
    shell_complete=keys_of("campaigns"),
)
@click.option(
    "--employer",
    metavar="KEY",
    help="Instead, what research found that bears on an employer.",
    shell_complete=keys_of("employers"),
)
@click.option(
    "--claims-since",
    type=a_day,
    metavar="DAY",
    help="Warn of claims of research that are older than this day.",
)
@about_union
def campaigns(
    opened: OpenUnion, key: str | None, employer: str | None, claims_since: date | None
) -> None:
    """Say how a union's campaigns stand: what is reached, what is late, which fund may pay.

    Without --campaign it lists them. What the records count, such as members who joined, is
    counted; the rest is as it was reported.

    For example: unioncore campaigns --campaign essex-grows --on 2026-10-01
    """
    rulebook, now = opened.rulebook, opened.now
    if employer:
        found = leverage(
            rulebook, now, employer=employer, campaign=key or "", claims_since=claims_since
        )
        opened.show(found)
    elif key:
        opened.show(campaign(rulebook, now, key, claims_since=claims_since))
    else:
        opened.show(all_campaigns(rulebook, now))
