"""The command that says how far elections within the union have come."""

import click

from unioncore.answers import election_standing
from unioncore.answers import elections as all_elections
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command()
@click.option(
    "--election",
    metavar="KEY",
    help="One election, with its timetable, candidates and result.",
    shell_complete=keys_of("elections"),
)
@about_union
def elections(opened: OpenUnion, election: str | None) -> None:
    """Say how far elections within the union have come.

    Without --election it lists them, and says whose five years without an election are over.

    For example: unioncore elections --election nec-2025 --on 2026-10-01
    """
    rulebook, now = opened.rulebook, opened.now
    opened.show(
        election_standing(rulebook, now, election) if election else all_elections(rulebook, now)
    )
