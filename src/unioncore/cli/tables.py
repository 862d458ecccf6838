"""The command that says what may stand in a file of definitions."""

import textwrap
from collections.abc import Iterator

import click

from unioncore.cli import completion
from unioncore.cli.group import cli
from unioncore.cli.options import json_option, schema_option
from unioncore.cli.screen import Screen
from unioncore.describe import DefinitionTable, definition_schema, definition_tables
from unioncore.errors import UnknownName, nearest
from unioncore.shown import plain


@cli.command()
@click.argument("table", required=False, metavar="[TABLE]", shell_complete=completion.tables)
@json_option
@schema_option(definition_schema, "a definition file, for an editor")
def tables(table: str | None, as_json: bool) -> None:
    """List the tables of a definition file, or the keys of one and what each means.

    For example: unioncore tables parameter
    """
    every = definition_tables()
    names = [each.name for each in every]
    written = {each.heading: each.name for each in every}
    table = written.get(table or "", table)
    if table is not None and table not in names:
        within = next((name for name in names if name.endswith(f".{table}")), None)
        raise UnknownName("table", table, within or nearest(table, names))
    kept = [each for each in every if table is None or f"{each.name}.".startswith(f"{table}.")]
    screen = Screen()
    if as_json:
        screen.json([plain(each) for each in kept])
    elif table is None:
        rows = [(each.heading, each.about) for each in kept if "." not in each.name]
        screen.table(("table", "what it is"), rows, "{}  {}".format)
    else:
        screen.lines("\n\n".join("\n".join(_lines(each)) for each in kept))


def _lines(table: DefinitionTable) -> Iterator[str]:
    yield f"{table.heading}  {table.about}"
    if table.example:
        yield textwrap.indent(f"\n{table.example}\n", "    ")
    for key in table.keys:
        needed = ", needed" if key.is_needed else ""
        yield f"  {key.name}{needed}: {key.value}"
        yield f"      {key.about}"
