"""The commands that ask a rulebook: each reads its words, asks the library, and prints."""

import fnmatch
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import click

from unioncore import convert
from unioncore.answers import ask
from unioncore.cli.screen import Screen
from unioncore.cli.shared import (
    NOT_KNOWN,
    PROBLEMS,
    a_day,
    asked,
    choice,
    chosen_plugins,
    json_option,
    no_plugin,
    on_option,
    the_rulebook,
    unioncore,
    without_option,
)
from unioncore.composition import look_at
from unioncore.describe import Change, Item, ItemVersion, diff, in_words, items, rulebook_markdown
from unioncore.errors import BadDefinition, BadFacts, Fault, UnknownName, did_you_mean, nearest
from unioncore.legal import Period
from unioncore.replay import Example, Status, read_examples, replay
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, FactType, from_plain

__all__ = ["unioncore"]

MANY_WORDS = 20


@unioncore.command("ask")
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A fact that is known.")
@on_option
@json_option
@choice
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
    rulebook = the_rulebook(chosen, without)
    day, head = asked(on)
    given = _settings(rulebook, settings)
    answers = _answers(rulebook, facts, given, day)
    _warn_of_texts(rulebook, given)
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


def _warn_of_texts(rulebook: Rulebook, given: Mapping[str, Any]) -> None:
    """Warn of a text that no definition names, where definitions name one that is spelt alike."""
    for key, text in given.items():
        if rulebook.rules.fact(key).type is not FactType.TEXT or not isinstance(text, str):
            continue
        texts = rulebook.texts_of(key)
        if text not in texts and (meant := nearest(text, texts)):
            said = f"{key}: no definition names {text!r}{did_you_mean(meant)}"
            click.echo(f"warning: {said.encode(errors='backslashreplace').decode()}", err=True)


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
@on_option
@click.option("--plugin", metavar="P", help="Show only what this plugin says.")
@click.option(
    "--about",
    metavar="FACT|BODY",
    help="Show only what decides this fact, or is this body, rule or table; for a recorded fact, "
    "what asks about it.",
)
@json_option
@without_option
def rules(
    on: date | None, plugin: str | None, about: str | None, as_json: bool, without: Sequence[str]
) -> None:
    """Print the rulebook of a day in plain English, with citations.

    For example: unioncore rules --about psc-ew --on 2024-06-01
    """
    rulebook = the_rulebook((), without)
    day, head = asked(on)
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
            when = "; ".join(map(in_words, _joined(version.period for version in item.versions)))
            screen.lines(f"not in force on the day: {item.key} ({when})")


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Return the periods with those that follow each other at once made one."""
    found: list[Period] = []
    for period in periods:
        if found and found[-1].end is not None and found[-1].end == period.start:
            found[-1] = Period(found[-1].start, period.end)
        else:
            found.append(period)
    return found


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
        raise no_plugin(name, names, "loaded")
    return names[name]


def _plain_item(item: Item) -> dict[str, Any]:
    return {"rule": item.key, "kind": item.kind, "plugin": item.plugin, "decides": item.decides}


def _plain_version(version: ItemVersion) -> dict[str, Any]:
    plain: dict[str, Any] = convert.to_plain(version)
    start = version.period.start
    return {"version": ".." if start is None else start.isoformat(), **plain}


@unioncore.command("diff")
@click.argument("day1", type=a_day)
@click.argument("day2", type=a_day)
@json_option
@choice
def diff_command(
    day1: date, day2: date, as_json: bool, chosen: Sequence[str], without: Sequence[str]
) -> None:
    """Say what began, ended and was replaced in the rulebook between two days.

    For example: unioncore diff 2009-06-01 2010-06-01
    """
    if day2 < day1:
        said = f"the earlier day comes first; did you mean 'unioncore diff {day2} {day1}'?"
        raise click.UsageError(said)
    changes = diff(the_rulebook(chosen, without), day1, day2)
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
@json_option
@choice
@click.pass_context
def plugins(
    ctx: click.Context, as_json: bool, chosen: Sequence[str], without: Sequence[str]
) -> None:
    """List the plugins: name, distribution, version, and what each contributes.

    A broken plugin is shown with its faults; then the command ends with 1.
    """
    looked = look_at(*chosen_plugins(chosen, without))
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
@choice
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
    rulebook = the_rulebook(chosen, without)
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
