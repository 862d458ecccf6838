"""The commands: each reads its words, asks the library, and prints."""

import fnmatch
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from unioncore import convert
from unioncore.answers import ask
from unioncore.cli import demo as tour
from unioncore.cli.screen import Screen, leave_quietly
from unioncore.composition import FoundPlugin, compose, find_plugins, look_at
from unioncore.describe import Change, Item, ItemVersion, diff, items, rulebook_markdown
from unioncore.errors import (
    BadDefinition,
    BadFacts,
    CompositionError,
    Fault,
    UnioncoreError,
    UnknownName,
    nearest,
)
from unioncore.replay import Example, Status, read_examples, replay
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, FactType, from_plain

__all__ = ["unioncore"]

PROBLEMS, WRONG_USAGE, NOT_KNOWN = 1, 2, 3
"""How a command ends where not everything was answered."""
NOBODY_READS = 141
"""How it ends when its reader went away, as other programs do (128 and the signal)."""

BUILTIN = "builtin"
MANY_WORDS = 20

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
        except CompositionError as error:
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
            said = f"no command is called {name!r}" + (f"; did you mean {hint!r}?" if hint else "")
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


def _day(text: str) -> date:
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


_on = click.option("--on", type=_day, metavar="DAY", help="The day of the question; default today.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
_only = click.option(
    "--plugin",
    "chosen",
    multiple=True,
    metavar="P",
    help="Use only this plugin and what it needs; repeat for more. Default: UNIONCORE_PLUGINS, "
    "names between commas, or all that are installed.",
)
_without = click.option(
    "--without", multiple=True, metavar="P", help="Leave this plugin out; repeat for more."
)


def _choice(command: F) -> F:
    """Let a command choose its plugins, by their names or those of their distributions."""
    return _only(_without(command))


def _chosen(chosen: Sequence[str], without: Sequence[str]) -> list[FoundPlugin]:
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
            raise _no_plugin(name, by_name, "installed")
    wanted = [by_name[name] for name in chosen if name != BUILTIN] if chosen else found
    left_out = {by_name[name].name for name in without}
    return [plugin for plugin in dict.fromkeys(wanted) if plugin.name not in left_out]


def _no_plugin(name: str, known: Iterable[str], are: str) -> click.UsageError:
    hint = nearest(name, known)
    there = f"did you mean {hint!r}?" if hint else f"{are}: {', '.join(sorted(known)) or 'none'}"
    return click.UsageError(f"no plugin is called {name!r}; {there}")


def _rulebook(chosen: Sequence[str] = (), without: Sequence[str] = ()) -> Rulebook:
    plugins = _chosen(chosen, without)
    # A plugin may be named by its distribution; what is left out stays out although it is required.
    block = {
        plugin.name for plugin in find_plugins() if {plugin.name, plugin.distribution} & {*without}
    }
    return compose(*plugins, discover=False, block=block)


def _asked(on: date | None) -> tuple[date, str]:
    """Return the day of the question, and the line that says which it is."""
    day = on or date.today()
    return day, f"on {day.isoformat()}{'' if on else ' (today)'}"


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="unioncore", prog_name="unioncore")
@click.pass_context
def unioncore(ctx: click.Context) -> None:
    """Who belongs where in a union, who negotiates for them, and why, on a given day.

    Ends with 0: answered; 1: the rulebook or a replay has problems; 2: wrong usage; 3: something
    asked is not known.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        ctx.exit(WRONG_USAGE)


# -- the commands ----------------------------------------------------------------------------------


@unioncore.command()
@_choice
def demo(chosen: Sequence[str], without: Sequence[str]) -> None:
    """A guided tour: five people placed and explained. Needs no arguments."""
    screen = Screen()
    for text, style in tour.run(_rulebook(chosen, without)):
        screen.lines(text, style)


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
    """Answer derived facts about one person; ends with 3 when one is not known.

    For example: unioncore ask service_group --set employer.kind=cafcass --on 2024-06-01
    """
    rulebook = _rulebook(chosen, without)
    day, head = _asked(on)
    answers = _answers(rulebook, facts, _settings(rulebook, settings), day)
    screen = Screen()
    if as_json:
        screen.json(
            {
                "on": day.isoformat(),
                "rulebook": rulebook.fingerprint,
                "answers": {name: _plain_answer(answer) for name, answer in answers.items()},
            }
        )
    else:
        screen.lines(head)
        for answer in answers.values():
            first, _, rest = str(answer).partition("\n")
            screen.lines(f"\n{first}", "bold")
            screen.lines(rest)
    if not all(answer.known for answer in answers.values()):
        sys.exit(NOT_KNOWN)


def _settings(rulebook: Rulebook, settings: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        key = key.strip()
        if not equals or not text.strip():
            said = "expected key=value, such as employer.nation=England"
            raise click.BadParameter(said, param_hint="--set")
        if key == ON:
            said = "the day is given with --on, such as --on 2024-06-01"
            raise click.BadParameter(said, param_hint="--set")
        if key in given:
            raise click.BadParameter(f"{key} is given twice", param_hint="--set")
        fact = rulebook.rules.facts.get(key)
        given[key] = text if fact is None else from_plain(fact, text)
    return given


def _answers(
    rulebook: Rulebook, names: Sequence[str], given: Mapping[str, Any], on: date
) -> dict[str, Answer[Any]]:
    for name in names:
        fact = rulebook.rules.facts.get(name)
        if fact is not None and not fact.derived:
            said = f"{name} is a recorded fact: give it, such as --set {name}=..., and ask another"
            raise click.UsageError(said)
    try:
        return ask(rulebook, given, *names, on=on)
    except BadFacts as error:
        raise BadFacts(
            tuple(
                attrs.evolve(problem, expected=_expected(rulebook, problem.fact, problem.expected))
                if problem.suggestion is None
                else problem
                for problem in error.problems
            )
        ) from None


_WRITTEN = {
    FactType.YES_NO: "yes or no",
    FactType.MONEY: "pounds, such as 719.00",
    FactType.DAY: "a day such as 2024-06-01, or a month or a year",
}
"""How values are written on the command line, where Python has another way."""


def _expected(rulebook: Rulebook, key: str, said: str) -> str:
    """Say what is expected in the words of the command line; name words if they are not many."""
    fact = rulebook.rules.facts.get(key)
    if fact is None or fact.derived:
        return said
    words = sorted(rulebook.rules.names_of(fact))
    if 0 < len(words) <= MANY_WORDS:
        return f"one of {', '.join(words)}"
    return _WRITTEN.get(fact.type, said)


def _plain_answer(answer: Answer[Any]) -> dict[str, Any]:
    plain = answer.to_dict()
    first = ("known", "value", "because", "missing", "warnings", "reason")
    return {key: plain[key] for key in dict.fromkeys((*first, *plain))}


@unioncore.command()
@_on
@click.option("--plugin", metavar="P", help="Show only what this plugin says.")
@click.option(
    "--about",
    metavar="FACT|BODY",
    help="Show only what decides this fact, or is this body, rule or table; for a recorded fact, "
    "what asks about it.",
)
@_json
@_without
def rules(
    on: date | None, plugin: str | None, about: str | None, as_json: bool, without: Sequence[str]
) -> None:
    """Print the rulebook of a day in plain English, with citations.

    For example: unioncore rules --about psc-ew --on 2024-06-01
    """
    rulebook = _rulebook((), without)
    day, head = _asked(on)
    kept = _about(rulebook, about, items(rulebook))
    if plugin is not None:
        name = _loaded(rulebook, plugin)
        kept = [item for item in kept if item.plugin == name]
    screen = Screen()
    if as_json:
        found = [(item, item.at(day)) for item in kept]
        screen.json(
            [
                {"on": day.isoformat(), **_plain_item(item), **_plain_version(version)}
                for item, version in found
                if version is not None
            ]
        )
        return
    screen.lines(f"{head}\n")
    page = rulebook_markdown(rulebook, on=day, only=kept)
    if page:
        screen.markdown(page)
    elif about is None or not kept:
        screen.lines("nothing is in force on the day")
    for item in kept if about is not None else ():
        if item.at(day) is None:
            when = "; ".join(str(version.period) for version in item.versions)
            screen.lines(f"not in force on the day: {item.key} ({when})")


def _about(rulebook: Rulebook, about: str | None, every: Sequence[Item]) -> list[Item]:
    """Return what decides a fact or is called so; for a recorded fact, what asks about it."""
    if about is None:
        return list(every)
    kept = [item for item in every if about in _subjects(item)]
    kept = kept or [item for item in every if about in item.reads]
    known = {word for item in every for word in (*_subjects(item), *item.reads)}
    known |= set(rulebook.rules.facts)
    if about not in known:
        raise UnknownName("fact, body or rule", about, nearest(about, known))
    return kept


def _subjects(item: Item) -> tuple[str, ...]:
    return item.key, item.key.partition(":")[0], item.decides, *item.also


def _loaded(rulebook: Rulebook, name: str) -> str:
    """Return the name of a plugin of the rulebook, given that or its distribution's."""
    names = {info.distribution: info.name for info in rulebook.plugins if info.distribution}
    names |= {info.name: info.name for info in rulebook.plugins}
    if name not in names:
        raise _no_plugin(name, names, "loaded")
    return names[name]


def _plain_item(item: Item) -> dict[str, Any]:
    return {"rule": item.key, "kind": item.kind, "plugin": item.plugin, "decides": item.decides}


def _plain_version(version: ItemVersion) -> dict[str, Any]:
    plain: dict[str, Any] = convert.to_plain(version)
    start = version.period.start
    return {"version": ".." if start is None else start.isoformat(), **plain}


@unioncore.command("diff")
@click.argument("day1", type=_day)
@click.argument("day2", type=_day)
@_json
@_choice
def diff_command(
    day1: date, day2: date, as_json: bool, chosen: Sequence[str], without: Sequence[str]
) -> None:
    """Say what began, ended and was replaced in the rulebook between two days.

    For example: unioncore diff 2009-06-01 2010-06-01
    """
    if day2 < day1:
        said = f"the earlier day comes first; did you mean 'unioncore diff {day2} {day1}'?"
        raise click.UsageError(said)
    changes = diff(_rulebook(chosen, without), day1, day2)
    screen = Screen()
    if as_json:
        screen.json([_plain_change(change) for change in changes])
        return
    for change in changes:
        first, *rest = _change_lines(change)
        screen.lines(first, {"begun": "green", "ended": "red"}.get(change.kind, "cyan"))
        screen.lines("\n".join(rest))
    noun = "change" if len(changes) == 1 else "changes"
    screen.lines(f"{len(changes)} {noun} between {day1.isoformat()} and {day2.isoformat()}")


def _plain_change(change: Change) -> dict[str, Any]:
    plain: dict[str, Any] = convert.to_plain(change)
    for side, version in (("before", change.before), ("after", change.after)):
        plain[side] = None if version is None else _plain_version(version)
    return plain


def _change_lines(change: Change) -> list[str]:
    lines = [f"{change.kind}: {change.key} ({change.plugin}, {change.decides})"]
    for label, version in (("before", change.before), ("after", change.after)):
        if version is not None:
            said = " ".join((version.text, *version.notes))
            lines.append(f"  {label}: {said} [{version.period}]")
            lines.extend(f"    source: {citation}" for citation in version.citations)
    return [*lines, ""]


@unioncore.command()
@_json
@_choice
@click.pass_context
def plugins(
    ctx: click.Context, as_json: bool, chosen: Sequence[str], without: Sequence[str]
) -> None:
    """List the plugins: name, distribution, version, and what each contributes.

    A broken plugin is shown with its faults; then the command ends with 1.
    """
    looked = look_at(*_chosen(chosen, without))
    screen = Screen()
    if as_json:
        screen.json(
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
        rows = [
            (
                info.name,
                f"{info.distribution} {info.version}".strip() or "not installed by itself",
                ", ".join(f"{number} {kind}" for kind, number in info.contributes) or "nothing",
            )
            for info, _ in looked
        ]
        screen.table(("plugin", "distribution", "contributes"), rows, "{} ({}): {}")
        for _, faults in looked:
            for fault in faults:
                screen.lines(f"  broken: {fault}")
    if any(faults for _, faults in looked):
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

    Ends with 1 when one failed or none passed. An example that uses a word which no plugin declares
    is not supported, which is no failure.

    For example: unioncore replay examples/*.json --only 'PL-*'
    """
    rulebook = _rulebook(chosen, without)
    screen = Screen()
    counts: Counter[Status] = Counter()
    silent: dict[str, list[str]] = {}
    for example in _examples(files):
        if only is not None and not fnmatch.fnmatchcase(example.id, only):
            continue
        outcome = replay(rulebook, example)
        counts[outcome.status] += 1
        if outcome.status is Status.FAILED:
            screen.lines(f"{outcome.to_text()}\n")
        elif outcome.status is Status.NOT_SUPPORTED:
            silent.setdefault(outcome.reason, []).append(example.id)
    for reason, names in silent.items():
        screen.lines(f"not supported: {', '.join(names)} ({reason})")
    screen.lines(", ".join(f"{counts[status]} {status}" for status in Status))
    if counts[Status.FAILED] or not counts[Status.PASSED]:
        ctx.exit(PROBLEMS)


def _examples(files: Sequence[Path]) -> list[Example]:
    """Read every file; raises ``BadDefinition`` with what is wrong in all of them."""
    examples: list[Example] = []
    faults: list[Fault] = []
    for file in files:
        try:
            examples += read_examples(file)
        except BadDefinition as error:
            faults += error.faults
    if faults:
        raise BadDefinition(tuple(faults))
    return examples
