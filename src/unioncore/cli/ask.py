"""The command that answers derived facts about one person."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import click

from unioncore.answers.by_name import ask
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.lists import where_listed
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.screen import Screen
from unioncore.errors import BadFacts, Problem, did_you_mean, nearest
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, FactType, from_plain

MANY_WORDS = 20
_WRITTEN = {
    FactType.YES_NO: "yes or no",
    FactType.MONEY: "pounds, zero or more, such as 719.00",
    FactType.DAY: "a day such as 2024-06-01, or a month or a year",
}
"""How values are written on the command line, where Python has another way."""


set_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A fact that is known.",
    shell_complete=completion.settings,
)
"""The option that gives facts, for ``read_settings``."""


@cli.command("ask")
@click.argument(
    "facts",
    nargs=-1,
    required=True,
    metavar="FACT...",
    shell_complete=completion.from_rulebook(completion.derived_facts),
)
@set_option
@click.option(
    "--short", is_flag=True, help="Give each answer with its first reason and source only."
)
@on_option
@json_option
@choice
def ask_command(
    chosen: Chosen,
    facts: Sequence[str],
    settings: Sequence[str],
    short: bool,
    on: date | None,
    as_json: bool,
) -> None:
    """Answer derived facts about one person; ends with 3 when one is not known.

    unioncore facts lists what can be asked and given, unioncore words the words that are values.

    For example: unioncore ask service_group --set employer.kind=cafcass --on 2024-06-01
    """
    rulebook = chosen.rulebook
    day, head = asked(on)
    given = read_settings(rulebook, settings)
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
        lines = _in_short(rulebook, given, day) if short else _in_full
        for answer in answers.values():
            first, *rest = lines(answer)
            screen.lines(f"\n{first}", "bold")
            for line in rest:
                screen.lines(line)
    if not all(answer.known for answer in answers.values()):
        sys.exit(NOT_KNOWN)


def _in_full(answer: Answer[Any]) -> Iterable[str]:
    return str(answer).split("\n")


def _in_short(
    rulebook: Rulebook, given: Mapping[str, Any], day: date
) -> Callable[[Answer[Any]], Iterable[str]]:
    from unioncore.describe import Short  # what it needs is slow to load

    return Short(rulebook, given, day).lines


def read_settings(
    rulebook: Rulebook, settings: Sequence[str], hint: str = "--set"
) -> dict[str, Any]:
    """Read values that are written as key=value; ``hint`` is what errors call the place."""
    given: dict[str, Any] = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        key = key.strip()
        if not equals or not text.strip():
            said = "expected key=value, such as employer.nation=England"
            raise click.BadParameter(said, param_hint=hint)
        if key == ON:
            said = "the day is given with --on, such as --on 2024-06-01"
            raise click.BadParameter(said, param_hint=hint)
        if key in given:
            raise click.BadParameter(f"{key} is given twice", param_hint=hint)
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
                attrs.evolve(problem, expected=_expected(rulebook, problem))
                for problem in error.problems
            )
        ) from None


def _warn_of_texts(rulebook: Rulebook, given: Mapping[str, Any]) -> None:
    """Warn of a text that no definition names, where definitions name one that is spelt alike."""
    for key, text in given.items():
        if rulebook.rules.fact(key).type is not FactType.TEXT or not isinstance(text, str):
            continue
        texts = rulebook.texts_of(key)
        if text not in texts and (meant := nearest(text, texts)):
            said = f"{key}: no definition names {text!r}{did_you_mean(meant)}"
            click.echo(f"warning: {said.encode(errors='backslashreplace').decode()}", err=True)


def _expected(rulebook: Rulebook, problem: Problem) -> str:
    """Say what is expected as it is written here: name the words, or say what lists them."""
    fact = rulebook.rules.facts.get(problem.fact)
    if fact is None:
        return f"{problem.expected} ({where_listed('fact')})"
    if fact.derived:
        return problem.expected
    words = sorted(rulebook.rules.names_of(fact))
    if len(words) > MANY_WORDS and fact.vocabulary:
        return f"{problem.expected} ({where_listed('vocabulary', fact.vocabulary)})"
    if words and problem.suggestion is None:
        return f"one of {', '.join(words)}"
    return _WRITTEN.get(fact.type, problem.expected)


def _plain_answer(answer: Answer[Any]) -> dict[str, Any]:
    plain = answer.to_dict()
    first = ("known", "value", "because", "missing", "warnings", "reason")
    return {key: plain[key] for key in dict.fromkeys((*first, *plain))}
