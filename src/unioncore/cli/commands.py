"""The commands: each reads its words, asks the library, and prints."""

import fnmatch
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.markdown import Markdown

from unioncore import convert
from unioncore.answers import ask
from unioncore.cli import demo as tour
from unioncore.composition import FoundPlugin, compose, find_plugins, look_at
from unioncore.describe import Change, Item, ItemVersion, diff, items, rulebook_markdown
from unioncore.errors import CompositionError, UnioncoreError, UnknownName, nearest
from unioncore.replay import Status, read_examples, replay
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, from_plain

__all__ = ["unioncore"]

PROBLEMS, WRONG_USAGE, NOT_KNOWN = 1, 2, 3
"""How a command ends where not everything was answered."""

F = TypeVar("F", bound=Callable[..., Any])


class _Commands(click.Group):
    """Suggests the nearest command, and turns our errors into lines and an exit code."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.commands:
            hint = nearest(name, self.commands)
            said = f"no command is called {name!r}" + (f"; did you mean {hint!r}?" if hint else "")
            raise click.UsageError(said, ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; wrong usage is told in one line, without the usage around it."""
        try:
            ended = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            sys.exit(WRONG_USAGE)
        except click.ClickException as error:
            click.echo(error.format_message(), err=True)
            sys.exit(WRONG_USAGE)
        except click.Abort:
            sys.exit(PROBLEMS)
        sys.exit(ended if isinstance(ended, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CompositionError as error:
            click.echo(str(error), err=True)
            ctx.exit(PROBLEMS)
        except UnioncoreError as error:
            click.echo(str(error), err=True)
            ctx.exit(WRONG_USAGE)


class _Day(click.ParamType[date]):
    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if len(value) == len("2024-06-01"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.fail(f"expected a day such as 2024-06-01, got {value!r}", param, ctx)


DAY = _Day()

_on = click.option("--on", type=DAY, help="The day of the question; today where not given.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
_only = click.option(
    "--plugin", "chosen", multiple=True, help="Use only this plugin and what it needs (repeatable)."
)
_without = click.option("--without", multiple=True, help="Leave this plugin out (repeatable).")


def _choice(command: F) -> F:
    return _only(_without(command))


def _chosen(chosen: Sequence[str], without: Sequence[str]) -> list[FoundPlugin]:
    """Return the installed plugins that the options or ``UNIONCORE_PLUGINS`` choose."""
    found = find_plugins()
    by_name = {plugin.name: plugin for plugin in found}
    by_name |= {plugin.distribution: plugin for plugin in found if plugin.distribution}
    named = os.environ.get("UNIONCORE_PLUGINS")
    if not chosen and named is not None:
        chosen = [name.strip() for name in named.split(",") if name.strip()]
        every = not chosen and not named
    else:
        every = not chosen
    for name in (*chosen, *without):
        if name not in by_name:
            raise UnknownName("plugin", name, nearest(name, by_name))
    wanted = list(found) if every else [by_name[name] for name in chosen]
    left_out = {by_name[name].name for name in without}
    return [plugin for plugin in wanted if plugin.name not in left_out]


def _rulebook(chosen: Sequence[str] = (), without: Sequence[str] = ()) -> Rulebook:
    plugins = _chosen(chosen, without)
    # A plugin may be named by its distribution; what is left out stays out although it is required.
    block = {
        plugin.name for plugin in find_plugins() if {plugin.name, plugin.distribution} & {*without}
    }
    return compose(*plugins, discover=False, block=block)


def _print_json(plain: Any) -> None:
    click.echo(json.dumps(plain, indent=2, ensure_ascii=False))


def _print_markdown(text: str) -> None:
    if sys.stdout.isatty():
        Console().print(Markdown(text))
    else:
        click.echo(text)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="unioncore", prog_name="unioncore")
def unioncore() -> None:
    """Who belongs where in a union, who negotiates for them, and why, on a given day."""


@unioncore.command()
@_choice
def demo(chosen: Sequence[str], without: Sequence[str]) -> None:
    """A guided tour: five people placed and explained. Needs no arguments."""
    click.echo(tour.run(_rulebook(chosen, without)))


@unioncore.command("ask")
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A fact that is known.")
@_on
@_json
@_choice
def ask_command(
    facts: Sequence[str],
    settings: Sequence[str],
    on: date | None,
    as_json: bool,
    chosen: Sequence[str],
    without: Sequence[str],
) -> None:
    """Answer derived facts about one person.

    For example: unioncore ask service_group --set employer.kind=cafcass --on 2024-06-01
    """
    rulebook = _rulebook(chosen, without)
    day = on or date.today()
    answers = ask(rulebook, _settings(rulebook, settings), *facts, on=day)
    if as_json:
        _print_json(
            {
                "on": day.isoformat(),
                "rulebook": rulebook.fingerprint,
                "answers": {name: _plain_answer(answer) for name, answer in answers.items()},
            }
        )
    else:
        click.echo(f"on {day.isoformat()}{'' if on else ' (today)'}")
        for answer in answers.values():
            click.echo(f"\n{answer}")
    if not all(answer.known for answer in answers.values()):
        sys.exit(NOT_KNOWN)


def _settings(rulebook: Rulebook, settings: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals:
            raise click.BadParameter(f"expected key=value, got {setting!r}", param_hint="--set")
        if key == ON:
            raise click.BadParameter("the day is given with --on DAY", param_hint="--set")
        if key in given:
            raise click.BadParameter(f"{key} is given twice", param_hint="--set")
        fact = rulebook.rules.facts.get(key)
        given[key] = text if fact is None else from_plain(fact, text)
    return given


def _plain_answer(answer: Answer[Any]) -> dict[str, Any]:
    plain = answer.to_dict()
    kept = ("known", "value", "because", "missing", "warnings", "reason")
    return {key: plain[key] for key in kept}


@unioncore.command()
@_on
@click.option("--plugin", help="Show only the rules of this plugin.")
@click.option("--about", metavar="FACT|BODY", help="Show only what decides this fact or body.")
@_json
@_without
def rules(
    on: date | None, plugin: str | None, about: str | None, as_json: bool, without: Sequence[str]
) -> None:
    """Print the rulebook in plain English, with citations.

    For example: unioncore rules --about psc-ew
    """
    rulebook = _rulebook((), without)
    every = items(rulebook)
    kept = [
        item
        for item in every
        if (plugin is None or item.plugin == _plugin_name(plugin, every))
        and (about is None or about in _subjects(item))
    ]
    if about is not None and not kept:
        known = sorted({word for item in every for word in _subjects(item)})
        raise UnknownName("rule, fact or body", about, nearest(about, known))
    if as_json:
        _print_json(
            [
                {**_plain_item(item), **_plain_version(version)}
                for item in kept
                for version in item.versions
                if on is None or on in version.period
            ]
        )
    else:
        _print_markdown(rulebook_markdown(rulebook, on=on, only=kept))


def _subjects(item: Item) -> tuple[str, ...]:
    return item.key, item.key.partition(":")[0], item.decides


def _plugin_name(name: str, every: Sequence[Item]) -> str:
    short = name.removeprefix("unioncore-")
    known = sorted({item.plugin for item in every})
    if short not in known:
        raise UnknownName("plugin", name, nearest(short, known))
    return short


def _plain_item(item: Item) -> dict[str, Any]:
    return {"rule": item.key, "plugin": item.plugin, "decides": item.decides}


def _plain_version(version: ItemVersion) -> dict[str, Any]:
    plain: dict[str, Any] = convert.to_plain(version)
    return plain


@unioncore.command("diff")
@click.argument("day1", type=DAY)
@click.argument("day2", type=DAY)
@_json
@_choice
def diff_command(
    day1: date, day2: date, as_json: bool, chosen: Sequence[str], without: Sequence[str]
) -> None:
    """Say what changed in the rulebook between two days.

    For example: unioncore diff 2009-06-01 2010-06-01
    """
    changes = diff(_rulebook(chosen, without), day1, day2)
    if as_json:
        _print_json([convert.to_plain(change) for change in changes])
        return
    for change in changes:
        click.echo("\n".join(_change_lines(change)))
    noun = "change" if len(changes) == 1 else "changes"
    click.echo(f"{len(changes)} {noun} between {day1.isoformat()} and {day2.isoformat()}")


def _change_lines(change: Change) -> list[str]:
    lines = [f"{change.kind}: {change.key} ({change.plugin}, {change.decides})"]
    for label, version in (("before", change.before), ("after", change.after)):
        if version is not None:
            lines.append(f"  {label}: {version.text} [{version.period}]")
            lines.extend(f"    source: {citation}" for citation in version.citations)
    return [*lines, ""]


@unioncore.command()
@_json
@_choice
@click.pass_context
def plugins(
    ctx: click.Context, as_json: bool, chosen: Sequence[str], without: Sequence[str]
) -> None:
    """List the plugins: name, distribution, version, and what each contributes."""
    looked = look_at(*_chosen(chosen, without))
    broken = any(faults for _, faults in looked)
    if as_json:
        _print_json(
            [
                {
                    "name": info.name,
                    "distribution": info.distribution,
                    "version": info.version,
                    "contributes": dict(info.contributes),
                    "faults": [str(fault) for fault in faults],
                }
                for info, faults in looked
            ]
        )
    else:
        for info, faults in looked:
            given = ", ".join(f"{number} {kind}" for kind, number in info.contributes)
            where = f"{info.distribution} {info.version}".strip() or "not installed by itself"
            click.echo(f"{info.name} ({where}): {given or 'nothing'}")
            for fault in faults:
                click.echo(f"  broken: {fault}")
    if broken:
        ctx.exit(PROBLEMS)


@unioncore.command("replay")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--only", metavar="GLOB", help="Replay only examples whose id matches.")
@_choice
@click.pass_context
def replay_command(
    ctx: click.Context,
    files: Sequence[Path],
    only: str | None,
    chosen: Sequence[str],
    without: Sequence[str],
) -> None:
    """Replay worked examples with known answers.

    Exits with 1 where one failed or none passed; an example that needs a word which no plugin
    declares is not supported, which is no failure.
    """
    rulebook = _rulebook(chosen, without)
    counts: Counter[Status] = Counter()
    for file in files:
        for example in read_examples(file):
            if only is not None and not fnmatch.fnmatchcase(example.id, only):
                continue
            outcome = replay(rulebook, example)
            counts[outcome.status] += 1
            for difference in outcome.differences:
                head = f"{example.id}: {difference.key}: {example.question}".rstrip(": ")
                click.echo(head.encode(errors="backslashreplace").decode())
                click.echo(f"  expected: {_shown(difference.expected)}")
                click.echo(f"  got:      {_shown(difference.got)}")
                click.echo(f"  {difference.explanation}".replace("\n", "\n  "))
    click.echo(", ".join(f"{counts[status]} {status}" for status in Status))
    if counts[Status.FAILED] or not counts[Status.PASSED]:
        ctx.exit(PROBLEMS)


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace").decode()
