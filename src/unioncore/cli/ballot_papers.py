"""The command that says who was sent a voting paper, and what went wrong may have cost."""

import click

from unioncore.answers import recorded_ballot_papers
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, ballot_option

__all__: list[str] = []


@cli.command("ballot-papers")
@ballot_option(required=True)
@click.option(
    "--keys",
    type=click.Choice(["missed", "in-error"]),
    help="Print the keys of these members, and no more.",
)
@about_union
def ballot_papers(opened: OpenUnion, ballot: str, keys: str | None) -> None:
    """Say who was missed, who was sent a paper in error, and whether that could change the result.

    Papers stand in ballot_papers.csv, the result in ballots.csv. The worst case is asked: all who
    were missed vote No, and each paper sent in error was a Yes. It is not legal advice.

    For example: unioncore ballot-papers --ballot nuh-2026 --on 2026-10-28
    """
    found = recorded_ballot_papers(opened.rulebook, opened.now, ballot)
    if keys is None:
        opened.show(found)
        return
    chosen = found.despatch.missed if keys == "missed" else found.despatch.in_error
    if opened.as_json:
        opened.screen.json(list(chosen))
    else:
        opened.screen.lines("\n".join(chosen))
