"""What every command shares: how it ends, how it reads a day, and how it finds its plugins."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import click

from unioncore.cli.screen import Screen, leave_quietly
from unioncore.composition import FoundPlugin, compose, find_plugins
from unioncore.errors import (
    BadStory,
    BadUnion,
    CompositionError,
    UnioncoreError,
    did_you_mean,
    nearest,
)
from unioncore.rulebook import Rulebook

__all__ = [
    "BUILTIN",
    "NOT_KNOWN",
    "PROBLEMS",
    "WRONG_USAGE",
    "a_day",
    "asked",
    "choice",
    "chosen_plugins",
    "json_option",
    "no_plugin",
    "on_option",
    "schema_option",
    "the_rulebook",
    "unioncore",
    "without_option",
]

PROBLEMS, WRONG_USAGE, NOT_KNOWN = 1, 2, 3
"""How a command ends where not everything was answered."""
NOBODY_READS = 141
"""How it ends when its reader went away, as other programs do (128 and the signal)."""

BUILTIN = "builtin"
F = TypeVar("F", bound=Callable[..., Any])


class _Commands(click.Group):
    """Says what is wrong in one line, with the nearest spelling, and ends with the right code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        def run() -> Any:
            return super(_Commands, self).main(
                args, prog_name, complete_var, standalone_mode=False, **extra
            )

        if not standalone_mode:
            return run()
        try:
            code = run()
        except (CompositionError, BadStory, BadUnion) as error:
            code = _say(str(error), PROBLEMS)
        except UnioncoreError as error:
            code = _say(str(error), WRONG_USAGE)
        except click.ClickException as error:
            code = _say(_one_line(error), WRONG_USAGE)
        except click.Abort:
            code = _say("stopped", PROBLEMS)
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            leave_quietly(sys.stdout)
            ctx.exit(NOBODY_READS)
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            hint = nearest(name, self.commands)
            said = f"no command is called {name!r}" + did_you_mean(hint)
            raise click.UsageError(said, ctx)
        return super().resolve_command(ctx, args)


def _say(message: str, code: int) -> int:
    click.echo(message.encode(errors="backslashreplace").decode(), err=True)
    return code


def _one_line(error: click.ClickException) -> str:
    """Return click's message as one line, with where to look when it suggests nothing."""
    said = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    helped = any(sign in said.lower() for sign in ("did you mean", "such as", "installed:"))
    if context is None or helped:
        return said
    return f"{said}; see: {context.command_path} --help"


# -- words that several commands share ------------------------------------------------------------


def a_day(text: str) -> date:
    """Read a day; for one that is written otherwise, suggest what was probably meant."""
    try:
        if len(text) == len("2024-06-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    hint = _nearest_day(text)
    said = "expected a day such as 2024-06-01"
    raise click.BadParameter(said + (f"; did you mean {hint.isoformat()}?" if hint else ""))


def _nearest_day(text: str) -> date | None:
    """Return the day that was probably meant, for the usual other ways to write one."""
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y")
    for form in (*forms, "%d %b %Y", "%Y-%m", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    try:
        year, month, day = (int(part) for part in text.split("-"))
        # The 31st of a shorter month: its last day.
        first = date(year, month, 1)
        return first + timedelta(min(day, _days_of(first)) - 1) if day > 0 else None
    except ValueError:
        return None


def _days_of(first: date) -> int:
    following = (first + timedelta(days=31)).replace(day=1)
    return (following - first).days


on_option = click.option(
    "--on", type=a_day, metavar="DAY", help="The day of the question; default today."
)


def schema_option(schema: Callable[[], dict[str, Any]]) -> Callable[[F], F]:
    """Return the option that prints the JSON Schema of the command's FILE instead."""

    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            Screen().json(schema())
            ctx.exit()

    return click.option(
        "--schema",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Print the JSON Schema of FILE.",
    )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
_only = click.option(
    "--plugin",
    "chosen",
    multiple=True,
    metavar="P",
    help="Use only this plugin and what it needs; repeat for more. Default: UNIONCORE_PLUGINS, "
    "names between commas, or all that are installed.",
)
without_option = click.option(
    "--without", multiple=True, metavar="P", help="Leave this plugin out; repeat for more."
)


def choice(command: F) -> F:
    """Let a command choose its plugins, by their names or those of their distributions."""
    return _only(without_option(command))


def chosen_plugins(chosen: Sequence[str], without: Sequence[str]) -> list[FoundPlugin]:
    """Return the installed plugins that the options or ``UNIONCORE_PLUGINS`` choose."""
    found = find_plugins()
    by_name = {plugin.distribution: plugin for plugin in found if plugin.distribution}
    by_name |= {plugin.name: plugin for plugin in found}
    if not chosen:
        named = os.environ.get("UNIONCORE_PLUGINS", "")
        chosen = [name.strip() for name in named.split(",") if name.strip()]
    for name in (*(each for each in chosen if each != BUILTIN), *without):
        if name == BUILTIN:
            raise click.UsageError("the built-in definitions cannot be left out")
        if name not in by_name:
            raise no_plugin(name, by_name, "installed")
    wanted = [by_name[name] for name in chosen if name != BUILTIN] if chosen else found
    left_out = {by_name[name].name for name in without}
    return [plugin for plugin in dict.fromkeys(wanted) if plugin.name not in left_out]


def no_plugin(name: str, known: Iterable[str], are: str) -> click.UsageError:
    """Return the error for a plugin that is not there, with the nearest name."""
    hint = nearest(name, known)
    there = f"did you mean {hint!r}?" if hint else f"{are}: {', '.join(sorted(known)) or 'none'}"
    return click.UsageError(f"no plugin is called {name!r}; {there}")


def the_rulebook(chosen: Sequence[str] = (), without: Sequence[str] = ()) -> Rulebook:
    """Return the rulebook that the options choose."""
    plugins = chosen_plugins(chosen, without)
    # A plugin may be named by its distribution; what is left out stays out although it is required.
    block = {
        plugin.name for plugin in find_plugins() if {plugin.name, plugin.distribution} & {*without}
    }
    return compose(*plugins, discover=False, block=block)


def asked(on: date | None) -> tuple[date, str]:
    """Return the day of the question, and the line that says which it is."""
    day = on or date.today()
    return day, f"on {day.isoformat()}{'' if on else ' (today)'}"


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(None, "-V", "--version", package_name="unioncore", prog_name="unioncore")
@click.pass_context
def unioncore(ctx: click.Context) -> None:
    """Who belongs where in a union, who negotiates for them, and why, on a given day.

    Ends with 0: answered; 1: the rulebook or a replay has problems; 2: wrong usage; 3: something
    asked is not known.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(WRONG_USAGE)
