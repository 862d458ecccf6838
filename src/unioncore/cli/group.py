"""The command ``unioncore`` itself, which says what is wrong in one line."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from unioncore.errors import (
    BadCase,
    BadDefinition,
    BadPayFile,
    BadStory,
    BadUnion,
    CompositionError,
    NotWritten,
    Overtaken,
    PredicateFailed,
    StoreFailed,
    UnioncoreError,
    UnknownName,
    did_you_mean,
    nearest,
)

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["NOT_KNOWN", "PROBLEMS", "WRONG_USAGE", "cli"]

PROBLEMS, WRONG_USAGE, NOT_KNOWN = 1, 2, 3
"""How a command ends where not everything was answered."""
NOBODY_READS = 141
"""How it ends when its reader went away, as other programs do (128 and the signal)."""

COMMANDS = (
    "access",
    "annual-return",
    "apply",
    "ask",
    "assessment",
    "attention",
    "audience",
    "ballot",
    "ballot-list",
    "ballot-notice",
    "ballot-papers",
    "bodies",
    "breach",
    "campaigns",
    "case-types",
    "chart",
    "check",
    "check-off",
    "check-plugin",
    "check-register",
    "claims",
    "conference",
    "coverage",
    "covers",
    "deadline",
    "delegation",
    "demo",
    "density",
    "diff",
    "docs",
    "doctor",
    "duties",
    "elections",
    "events",
    "examples",
    "explain",
    "facility-time",
    "facts",
    "gaps",
    "impact",
    "languages",
    "learning",
    "mass-claim",
    "monitoring",
    "movement",
    "new-plugin",
    "overlaps",
    "pay",
    "pay-check",
    "place",
    "plugins",
    "posts",
    "programmes",
    "readiness",
    "readings",
    "replay",
    "report",
    "representatives",
    "rules",
    "run",
    "safety",
    "schema",
    "seats",
    "standing",
    "store",
    "strike-pay",
    "tables",
    "unions",
    "vacancies",
    "verify-sources",
    "words",
)
"""Each has a module of its name, which is loaded when the command is used."""


_PROBLEMS = (
    *(CompositionError, PredicateFailed, BadDefinition, BadStory, BadUnion, BadCase, BadPayFile),
    *(NotWritten, Overtaken, StoreFailed),
)
"""What is no wrong usage."""


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
        except _PROBLEMS as error:
            code = _say(str(error), PROBLEMS)
        except UnknownName as error:
            code = _say(_with_its_list(error), WRONG_USAGE)
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
            # What is still to be written is dropped, because nobody reads it any more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(NOBODY_READS)
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem[str]]":
        from click.shell_completion import CompletionItem  # only a shell needs it

        # What each is for would have to be read from all modules.
        names = [CompletionItem(name) for name in COMMANDS if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            import_module(f"unioncore.cli.{cmd_name.replace('-', '_')}")
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        # A shell that completes is told nothing of what is wrong.
        wrong = name and not name.startswith("-") and name not in COMMANDS
        if wrong and not ctx.resilient_parsing:
            hint = nearest(name, COMMANDS)
            said = f"no command is called {name!r}" + did_you_mean(hint)
            raise click.UsageError(said, ctx)
        return super().resolve_command(ctx, args)


def _say(message: str, code: int) -> int:
    click.echo(message.encode(errors="backslashreplace").decode(), err=True)
    return code


def _with_its_list(error: UnknownName) -> str:
    """Return what an error says of a name that nothing has, and what helps."""
    from unioncore.cli.lists import where_listed  # it is not needed where all goes well

    said, where = str(error), where_listed(error.kind)
    if error.kind == "column":
        where = "name the column that holds each person's key with --key"
    return f"{said}{' ' if said.endswith('?') else '; '}{where}" if where else said


def _one_line(error: click.ClickException) -> str:
    """Return click's message as one line, with where to look when it suggests nothing."""
    said = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    helped = any(sign in said.lower() for sign in ("did you mean", "such as", "installed:"))
    if context is None or helped:
        return said
    return f"{said}; see: {context.command_path} --help"


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(None, "-V", "--version", package_name="unioncore", prog_name="unioncore")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Who belongs where in a union, who negotiates for them, and why, on a given day.

    Ends with 0: answered; 1: the rulebook, a folder or a replay has problems, or cases need
    attention; 2: wrong usage; 3: something asked is not known.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(WRONG_USAGE)
