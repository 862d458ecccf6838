"""The command that says how a branch stands before its assessment."""

import click

from unioncore.answers import assess
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of


@cli.command("assessment")
@click.option(
    "--branch",
    metavar="KEY",
    required=True,
    help="The branch.",
    shell_complete=keys_of("units"),
)
@about_union
def assessment_command(union: OpenUnion, branch: str) -> None:
    """Say what a branch's own records tell before its yearly assessment, indicator by indicator.

    It ranks nobody. For example: unioncore assessment --branch essex --on 2026-10-01
    """
    union.show(assess(union.rulebook, union.now, branch))
