"""What commands share: the plugins that were chosen, and their rulebook."""

import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from unioncore.cli import completion
from unioncore.composition import FoundPlugin, compose, find_plugins, plugin_in
from unioncore.composition.cache import cached
from unioncore.errors import CompositionError, nearest
from unioncore.rulebook import Rulebook

__all__ = ["Chosen", "choice", "no_plugin", "without_choice"]

BUILTIN = "builtin"
Command = Callable[..., Any]


class Chosen:
    """The plugins that the options or ``UNIONCORE_PLUGINS`` choose, kept in click's context."""

    def __init__(self) -> None:
        self.named: tuple[str, ...] = ()
        """What ``--plugin`` gives: plugins, distributions or folders; empty for all there are."""
        self.without: tuple[str, ...] = ()
        """What ``--without`` names."""
        self.language = "en"
        """The language of names and phrases that ``--language`` gives."""
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
        wanted = wanted if named else [*self._found]
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
    def _found(self) -> tuple[FoundPlugin, ...]:
        return find_plugins()

    @cached_property
    def _installed(self) -> dict[str, FoundPlugin]:
        """The installed plugins by their names and by those of their distributions."""
        by_name = {plugin.distribution: plugin for plugin in self._found if plugin.distribution}
        return by_name | {plugin.name: plugin for plugin in self._found}

    @property
    def names(self) -> list[str]:
        """The names of the installed plugins, with that of what is built in."""
        return [BUILTIN, *(plugin.name for plugin in self._found)]

    @cached_property
    def left_out(self) -> set[str]:
        """The names of the plugins that stay out although another requires them."""
        without = {*self.without}
        return {each.name for each in self._found if {each.name, each.distribution} & without}

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
        return found.in_language(self.language)

    @cached_property
    def sound_rulebook(self) -> Rulebook:
        """The same; raises ``CompositionError`` where a plugin is broken, to be mended first."""
        try:
            return self._composed("raise").in_language(self.language)
        except CompositionError:
            self.say_what_else_is_there()
            raise

    def say_what_else_is_there(self) -> None:
        """Name the installed plugins that are not used: what is lacking may be theirs."""
        used = {each.name for each in self.plugins}
        others = [each.name for each in self._found if each.name not in used | self.left_out]
        if self.named and others:
            said = f"installed and not used here: {', '.join(others)}"
            click.echo(f"{said}; --plugin NAME uses one too", err=True)

    def _composed(self, on_fault: str) -> Rulebook:
        plugins, block = self.plugins, self.left_out

        def composed() -> Rulebook:
            return compose(*plugins, discover=False, block=block, on_fault=on_fault)

        return cached(plugins, block, composed)


def _keep(ctx: click.Context, option: click.Parameter, given: Any) -> None:
    setattr(ctx.ensure_object(Chosen), str(option.name), given)


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
_language = click.option(
    "--language",
    default="en",
    expose_value=False,
    callback=_keep,
    envvar="UNIONCORE_LANGUAGE",
    metavar="L",
    help="Say names and days in another language, such as cy. Default: UNIONCORE_LANGUAGE, or en.",
    shell_complete=completion.languages,
)
_pass_chosen = click.make_pass_decorator(Chosen, ensure=True)


def choice(command: Command) -> Command:
    """Let a command choose its plugins, by name, by that of the distribution, or by folder."""
    return _named(without_choice(command))


def without_choice(command: Command) -> Command:
    """Let a command leave plugins out, and speak another language."""
    return _without(_language(_pass_chosen(command)))


def no_plugin(name: str, known: Iterable[str], are: str) -> click.UsageError:
    """Return the error for a plugin that is not there, with the nearest name."""
    hint = nearest(name, known)
    there = f"did you mean {hint!r}?" if hint else f"{are}: {', '.join(sorted(known)) or 'none'}"
    return click.UsageError(f"no plugin is called {name!r}; {there}")
