"""What commands share: the plugins that were chosen, their rulebook, and the union's folder."""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from unioncore.cli import completion
from unioncore.cli.group import NOT_KNOWN
from unioncore.cli.progress import meanwhile
from unioncore.composition import FoundPlugin, compose, example_union, find_plugins, plugin_in
from unioncore.errors import CompositionError, MissingPart, did_you_mean, nearest
from unioncore.model import TABLES, Person, Snapshot, Union
from unioncore.records import Reading, read_files, read_union
from unioncore.rulebook import Rulebook

__all__ = ["Chosen", "UnionFolder", "choice", "no_plugin", "union_on", "without_choice"]

BUILTIN = "builtin"
Command = Callable[..., Any]


class Chosen:
    """The plugins that the options or ``UNIONCORE_PLUGINS`` choose, kept in click's context."""

    def __init__(self) -> None:
        self.named: tuple[str, ...] = ()
        """What ``--plugin`` gives: plugins, distributions or folders; empty for all there are."""
        self.without: tuple[str, ...] = ()
        """What ``--without`` names."""
        self.beside: tuple[FoundPlugin, ...] = ()
        """Plugins to use beside those, in place of any of their names."""

    @cached_property
    def plugins(self) -> list[FoundPlugin]:
        """The plugins that are chosen: installed ones, and those in folders."""
        named = self.named
        if not named:
            listed = os.environ.get("UNIONCORE_PLUGINS", "").split(",")
            named = tuple(name.strip() for name in listed if name.strip())
        wanted = [self.plugin(name) for name in named if name != BUILTIN]
        for name in self.without:
            if name == BUILTIN:
                raise click.UsageError("the built-in definitions cannot be left out")
            if name not in self._installed:
                raise no_plugin(name, self._installed, "installed")
        wanted = wanted if named else [*find_plugins()]
        kept = {plugin.name: plugin for plugin in (*wanted, *self.beside)}
        return [plugin for name, plugin in kept.items() if name not in self.left_out]

    def plugin(self, named: str) -> FoundPlugin:
        """Return a plugin, given its name, that of its distribution, or its folder."""
        found = self.in_folder(named) or self._installed.get(named)
        if found is None:
            raise no_plugin(named, self._installed, "installed")
        return found

    def in_folder(self, named: str) -> FoundPlugin | None:
        """Return the plugin in a folder; None where a name is given."""
        is_path = {"/", os.sep} & {*named} or named in (".", "..")
        if not is_path and (named in self._installed or not Path(named).is_dir()):
            return None
        return plugin_in(named)

    @cached_property
    def _installed(self) -> dict[str, FoundPlugin]:
        """The installed plugins by their names and by those of their distributions."""
        found = find_plugins()
        by_name = {plugin.distribution: plugin for plugin in found if plugin.distribution}
        return by_name | {plugin.name: plugin for plugin in found}

    @property
    def names(self) -> list[str]:
        """The names of the installed plugins, with that of what is built in."""
        return [BUILTIN, *(plugin.name for plugin in find_plugins())]

    @cached_property
    def left_out(self) -> set[str]:
        """The names of the plugins that stay out although another requires them."""
        without = {*self.without}
        return {each.name for each in find_plugins() if {each.name, each.distribution} & without}

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook of those plugins and what they need, without those that are broken.

        Which these are is told once, and again by every answer.
        """
        found = self._composed("leave out")
        for each in found.left_out:
            without = f", or say --without {each.plugin}" * (each.plugin in self._installed)
            click.echo(f"warning: {each.warning}; mend it{without}", err=True)
        if found.left_out:
            self.say_what_else_is_there()
        return found

    @cached_property
    def sound_rulebook(self) -> Rulebook:
        """The same; raises ``CompositionError`` where a plugin is broken, to be mended first."""
        try:
            return self._composed("raise")
        except CompositionError:
            self.say_what_else_is_there()
            raise

    def say_what_else_is_there(self) -> None:
        """Name the installed plugins that are not used: what is lacking may be theirs."""
        used = {each.name for each in self.plugins}
        others = [each.name for each in find_plugins() if each.name not in used | self.left_out]
        if self.named and others:
            said = f"installed and not used here: {', '.join(others)}"
            click.echo(f"{said}; --plugin NAME uses one too", err=True)

    def _composed(self, on_fault: str) -> Rulebook:
        return compose(*self.plugins, discover=False, block=self.left_out, on_fault=on_fault)

    def union_folder(self, folder: Path | None) -> "UnionFolder":
        """Return the folder that is meant: the one given, the usual one, or the example."""
        if folder is not None:
            return UnionFolder(folder)
        if usual := os.environ.get("UNIONCORE_UNION"):
            return UnionFolder(Path(usual))
        for plugin in self.plugins:
            if (example := example_union(plugin)) is not None:
                return UnionFolder(example, plugin.name)
        raise MissingPart("a plugin with an example union", "pip install unioncore-unison")


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

    def nobody(self, union: Union, key: str) -> click.UsageError:
        """Return the error for a key that nobody has there, with the nearest key."""
        meant = nearest(key, {person.key for person in union.every(Person)})
        said = f"no member is called {key!r} in the folder {self.path}{did_you_mean(meant)}"
        return click.UsageError(said)


def _keep(ctx: click.Context, option: click.Parameter, names: tuple[str, ...]) -> None:
    setattr(ctx.ensure_object(Chosen), str(option.name), names)


_named = click.option(
    "--plugin",
    "named",
    multiple=True,
    expose_value=False,
    callback=_keep,
    metavar="P",
    help="Use only this plugin and what it needs; repeat for more. P is its name, or its folder, "
    "such as ./lighthouses, which need not be installed. Default: UNIONCORE_PLUGINS, names between "
    "commas, or all that are installed.",
    shell_complete=completion.installed,
)
_without = click.option(
    "--without",
    multiple=True,
    expose_value=False,
    callback=_keep,
    metavar="P",
    help="Leave this plugin out; repeat for more.",
    shell_complete=completion.installed,
)
_pass_chosen = click.make_pass_decorator(Chosen, ensure=True)


def choice(command: Command) -> Command:
    """Let a command choose its plugins, by name, by that of the distribution, or by folder."""
    return _named(without_choice(command))


def without_choice(command: Command) -> Command:
    """Let a command leave plugins out."""
    return _without(_pass_chosen(command))


def no_plugin(name: str, known: Iterable[str], are: str) -> click.UsageError:
    """Return the error for a plugin that is not there, with the nearest name."""
    hint = nearest(name, known)
    there = f"did you mean {hint!r}?" if hint else f"{are}: {', '.join(sorted(known)) or 'none'}"
    return click.UsageError(f"no plugin is called {name!r}; {there}")


def union_on(union: Union, day: date, known_on: date | None = None) -> Snapshot:
    """Return the union on a day; ends with "not known" for a day after the last that is kept."""
    now = union.on(day, known_on=known_on)
    if now.warnings:
        said = "; ".join(now.warnings)
        click.echo(f"not known on {day}: {said}; ask about an earlier day with --on", err=True)
        sys.exit(NOT_KNOWN)
    return now
