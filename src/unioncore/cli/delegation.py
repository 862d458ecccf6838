"""The command that says whom a branch sends to a conference."""

import click

from unioncore.answers import delegation as delegation_of
from unioncore.cli.group import cli
from unioncore.cli.union_folder import (
    OpenUnion,
    about_union,
    branch_option,
    conference_option,
    edition_option,
    keys_of,
)

__all__: list[str] = []


@cli.command()
@branch_option
@conference_option("--to")
@edition_option
@click.option(
    "--with",
    "others",
    metavar="KEY",
    multiple=True,
    help="Another branch that sends its delegates together with it; may be given again.",
    shell_complete=keys_of("units"),
)
@about_union
def delegation(
    opened: OpenUnion, branch: str, to: str, edition: str, others: tuple[str, ...]
) -> None:
    """Say how many delegates a branch may send, who is named, and what is wrong with them.

    The branch's own members of the day are counted. People are shown by their keys.

    For example: unioncore delegation --branch essex --to ndc --edition 2026 --on 2026-06-01
    """
    found = delegation_of(
        opened.rulebook, opened.now, branch, to=to, edition=edition, together_with=others
    )
    opened.show(found)
