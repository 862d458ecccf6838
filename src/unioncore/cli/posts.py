"""The command that says which posts a union's staff have."""

import click

from unioncore.answers import posts as all_posts
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command()
@click.option(
    "--unit",
    default="",
    metavar="KEY",
    help="Only the posts of this unit, such as a regional office.",
    shell_complete=keys_of("units"),
)
@about_union
def posts(opened: OpenUnion, unit: str) -> None:
    """Say which posts of staff there are, who holds them, and whom they report and answer to.

    For example: unioncore posts --unit directorate-organisation --on 2026-10-01
    """
    opened.show(all_posts(opened.rulebook, opened.now, unit))
