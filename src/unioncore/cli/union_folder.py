"""The folder of a union's records that a command reads."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import click
from attrs import frozen

from unioncore.answers import Answers
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.completion import Completer, completer
from unioncore.cli.group import NOT_KNOWN
from unioncore.cli.options import asked, folder_type, json_option, on_option
from unioncore.cli.progress import meanwhile
from unioncore.cli.screen import Screen
from unioncore.composition import example_union
from unioncore.describe import union_in_language
from unioncore.errors import MissingPart, did_you_mean, nearest
from unioncore.model import TABLES, Person, Snapshot, Union
from unioncore.records import Places, Reading, read_files, read_union
from unioncore.rulebook import Rulebook

__all__ = [
    "OpenUnion",
    "UnionFolder",
    "about_union",
    "ballot_option",
    "branch_option",
    "conference_option",
    "edition_option",
    "keys_of",
    "open_union",
    "union_folder",
    "union_on",
    "unit_option",
]

F = TypeVar("F", bound=Answers)
Command = TypeVar("Command", bound=Callable[..., Any])


@frozen
class UnionFolder:
    """A union's folder that a command reads."""

    path: Path | Traversable
    example_of: str = ""
    """The plugin whose example it is; empty for a folder of somebody's own."""

    def read(self, rulebook: Rulebook) -> Reading:
        """Return what is in it."""
        with meanwhile(f"reading {self.path}"):
            return read_union(self.path, rulebook)

    def keys(self, table: str) -> list[str]:
        """Return the keys of one table, such as ``people``; nothing else is read or checked."""
        files = (self.path / f"{table}{ending}" for ending in (".csv", ".ndjson"))
        content = {file.name: file.read_bytes() for file in files if file.is_file()}
        kind = TABLES[table]
        rows = read_files(content).union.every(kind)
        return sorted({getattr(row, kind.subject[0]) for row in rows})

    def told(self, union: Union) -> str:
        """Say which union and which folder it is, and whether it is only an example."""
        said = f"{union.name or union.key}, read from the folder {self.path}"
        example = f"the example that the plugin {self.example_of} ships; its people are made up"
        return f"{said}\n  {example}" if self.example_of else said

    def must_know(self, union: Union, person: str) -> None:
        """Raise ``click.UsageError``, with the nearest key, where nobody there has a key."""
        if not union.knows(Person, person):
            meant = nearest(person, {each.key for each in union.every(Person)})
            said = f"no member is called {person!r} in the folder {self.path}{did_you_mean(meant)}"
            raise click.UsageError(said)

    def must_not_hold(self, target: Path | None) -> None:
        """Raise ``click.UsageError`` where a file would be written among the records."""
        if target is None or not isinstance(self.path, Path):
            return
        if target.resolve().is_relative_to(self.path.resolve()):
            said = f"{target} lies in the union's folder; give a file outside it"
            raise click.UsageError(said)


def union_folder(chosen: Chosen, folder: Path | None) -> UnionFolder:
    """Return the folder that is meant: the one given, the usual one, or the example."""
    if folder is not None:
        return UnionFolder(folder)
    if usual := os.environ.get("UNIONCORE_UNION"):
        return UnionFolder(Path(usual))
    for plugin in chosen.plugins:
        if (example := example_union(plugin)) is not None:
            return UnionFolder(example, plugin.name)
    raise MissingPart("a plugin with an example union", "pip install unioncore-unison")


def keys_of(table: str) -> Completer:
    """Complete the keys of a table of the union's folder that a line names, such as ``people``.

    Nothing else out of the folder is shown: others may look on.
    """

    def keys(ctx: click.Context, _: str) -> Iterator[tuple[str, str]]:
        # Click has not read the arguments yet where an option still waits for its value.
        given = ctx.params.get("folder") or next((Path(word) for word in ctx.args), None)
        return ((key, "") for key in union_folder(ctx.obj, given).keys(table))

    return completer(keys)


def union_on(union: Union, day: date, known_on: date | None = None) -> Snapshot:
    """Return the union on a day; ends with "not known" for a day after the last that is kept."""
    now = union.on(day, known_on=known_on)
    if now.warnings:
        said = "; ".join(now.warnings)
        click.echo(f"not known on {day}: {said}; ask about an earlier day with --on", err=True)
        sys.exit(NOT_KNOWN)
    return now


unit_option = click.option(
    "--unit",
    metavar="KEY",
    required=True,
    help="The branch, or another unit with branches below it.",
    shell_complete=keys_of("units"),
)
"""The branch, or the unit with branches, that a command is about."""

branch_option = click.option(
    "--branch", metavar="KEY", required=True, help="The branch.", shell_complete=keys_of("units")
)


def ballot_option(*, required: bool = False) -> Callable[[Command], Command]:
    """Return the option that says which ballot of the records a command is about."""
    return click.option(
        "--ballot",
        metavar="KEY",
        required=required,
        help="A ballot that ballots.csv has.",
        shell_complete=keys_of("ballots"),
    )


def conference_option(name: str) -> Callable[[Command], Command]:
    """Return the option, of this name, that says which conference a command is about."""
    return click.option(
        name,
        metavar="KEY",
        required=True,
        help="The conference or council, such as ndc.",
        shell_complete=keys_of("units"),
    )


edition_option = click.option(
    "--edition", metavar="WHICH", required=True, help="Which one, such as 2026."
)


@frozen
class OpenUnion:
    """A union's folder as a command has read it, and where the command prints."""

    rulebook: Rulebook
    now: Snapshot
    """The union on the day of the question."""
    screen: Screen
    as_json: bool
    drawn: bool
    """Whether a picture was asked for."""
    where: UnionFolder
    places: Places
    """Where each record stands."""

    def show(self, found: F, picture: Callable[[F], str] | None = None) -> None:
        """Print what was found: as JSON or as its picture where that was asked for, or in words.

        Raises:
            click.UsageError: when a picture was asked for and there is none, or nothing to draw.
        """
        if self.as_json:
            self.screen.json(found.to_dict())
        elif not self.drawn:
            self.screen.lines(found.to_text())
        elif picture is None:
            raise click.UsageError("there is no picture of this; leave out --format")
        else:
            try:
                self.screen.verbatim(picture(found))
            except ValueError as error:
                raise click.UsageError(str(error)) from None


def open_union(
    chosen: Chosen, folder: Path | None, day: date, head: str, as_json: bool, *, drawn: bool = False
) -> OpenUnion:
    """Read a union's folder for a question about a day.

    Print ``head`` and whose it is, but not before JSON or a picture, which stand alone.
    """
    where = union_folder(chosen, folder)
    reading = where.read(chosen.rulebook)
    union = union_in_language(reading.ok(), chosen.rulebook)
    screen = Screen()
    if not (as_json or drawn):
        screen.lines(f"{head}\n{where.told(union)}\n")
    now = union_on(union, day)
    return OpenUnion(chosen.rulebook, now, screen, as_json, drawn, where, reading.places)


def about_union(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command a union's folder ``[DIR]``, ``--on``, ``--json`` and the choice of plugins.

    ``picture_option`` may be added; what it says is known to the ``OpenUnion``.
    The command takes an ``OpenUnion``, and its own options. Every other thing that it is asked
    about is an option too, so that the folder is the only word without a name.
    """

    @wraps(command)
    def opened(
        chosen: Chosen, folder: Path | None, on: date | None, as_json: bool, **more: Any
    ) -> Any:
        drawn = more.pop("style", "") == "svg"
        return command(open_union(chosen, folder, *asked(on), as_json, drawn=drawn), **more)

    folder = click.argument("folder", type=folder_type, metavar="[DIR]", required=False)
    return folder(on_option(json_option(choice(opened))))
