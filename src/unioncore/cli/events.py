"""The command that says how a union's events and seminars stand."""

import click

from unioncore.answers import all_events, event
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command()
@click.option(
    "--event",
    "key",
    metavar="KEY",
    help="One event, with all that is known of it.",
    shell_complete=keys_of("events"),
)
@click.option("--waiting", is_flag=True, help="Print the keys of those who wait, in their order.")
@about_union
def events(opened: OpenUnion, key: str | None, waiting: bool) -> None:
    """Say how many places a union's events have left, and who waits.

    Without --event it lists them.

    For example: unioncore events --event leadership-2026 --on 2026-10-01
    """
    if key is None:
        opened.show(all_events(opened.rulebook, opened.now))
        return
    found = event(opened.rulebook, opened.now, key)
    if waiting and opened.as_json:
        opened.screen.json(list(found.waiting))
    elif waiting:
        opened.screen.lines("\n".join(found.waiting))
    else:
        opened.show(found)
