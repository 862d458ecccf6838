"""The command that says what is due about safety at workplaces."""

import click

from unioncore.answers import safety_of
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of


@cli.command("safety")
@click.option(
    "--unit",
    metavar="KEY",
    required=True,
    help="The branch, or another unit with branches.",
    shell_complete=keys_of("units"),
)
@about_union
def safety_command(union: OpenUnion, unit: str) -> None:
    """Say which safety representatives are in office by law, and what is due at which workplace.

    For example: unioncore safety --unit essex --on 2026-10-01
    """
    union.show(safety_of(union.rulebook, union.now, unit))
