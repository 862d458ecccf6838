"""The command that says how far activists have come, and what holds them up."""

import click

from unioncore.answers import path_of
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, unit_option


@cli.command("representatives")
@unit_option
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="Tell of certificates that end within so many days.",
)
@click.option("--keys", is_flag=True, help="Say whom it is about; for those who may see that.")
@about_union
def representatives_command(union: OpenUnion, unit: str, within: int, keys: bool) -> None:
    """Say how many are contacts, elected, trained, certified or specialists, and what is overdue.

    For example: unioncore representatives --unit essex --within 180 --on 2026-10-01
    """
    found = path_of(union.rulebook, union.now, unit, within=within)
    if keys or not union.as_json:
        union.show(found)
        if keys and not union.as_json:
            union.screen.lines(f"\n{found.told()}")
    else:
        union.screen.json(found.counts())
