"""The command that says how learning representatives and learning agreements stand."""

import click

from unioncore.answers import learning_of
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, unit_option


@cli.command("learning")
@unit_option
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="Tell of reviews that are due within so many days.",
)
@about_union
def learning_command(union: OpenUnion, unit: str, within: int) -> None:
    """Say which learning representatives have time off by law, and which agreements to review.

    For example: unioncore learning --unit essex --on 2026-10-01
    """
    union.show(learning_of(union.rulebook, union.now, unit, within=within))
