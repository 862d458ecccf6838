"""The command that prints JSON Schemas."""

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.screen import Screen
from unioncore.schemas import schema_named, schemas


def _names(_: click.Context, __: str) -> completion.Named:
    return ((each.name, each.of) for each in schemas())


@cli.command()
@click.argument(
    "name", required=False, metavar="[NAME]", shell_complete=completion.completer(_names)
)
@choice
def schema(chosen: Chosen, name: str | None) -> None:
    """Print the JSON Schema of what goes in or comes out as JSON; without NAME, list them.

    For example: unioncore schema time-limit
    """
    screen = Screen()
    if name is None:
        rows = [(each.name, each.of) for each in schemas()]
        screen.table(("name", "what it is of"), rows, "{}: {}".format)
    else:
        screen.json(schema_named(name, chosen.rulebook))
