"""The command that lists the facts that rules ask about or decide."""

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import json_option
from unioncore.cli.screen import Screen
from unioncore.errors import UnknownName, nearest
from unioncore.rulebook import Origin
from unioncore.rules import Fact


@cli.command()
@click.argument("part", required=False, metavar="[PART]")
@json_option
@choice
def facts(chosen: Chosen, part: str | None, as_json: bool) -> None:
    """List the facts: those that are recorded, and those that rules decide.

    PART keeps the facts with that in their key, such as employer. What decides one, unioncore rules
    --about says; as it is written, unioncore rules --toml.

    For example: unioncore facts employer.
    """
    rulebook = chosen.rulebook
    known = {each.key: each for each in rulebook.definitions.facts}
    kept = [fact for key, fact in sorted(known.items()) if part is None or part in key]
    if not kept:
        raise UnknownName("fact", str(part), nearest(str(part), known))
    screen = Screen()
    if as_json:
        screen.json([_plain(fact, rulebook.origins["facts", fact.key]) for fact in kept])
        return
    rows = []
    for fact in kept:
        how = "decided" if fact.derived else "recorded"
        where = rulebook.origins["facts", fact.key].told
        rows.append((fact.key, _answers(fact), how, fact.label, where))
    heads = ("fact", "answered by", "how", "what it is", "defined in")
    screen.table(heads, rows, "{} ({}, {}): {} ({})")


def _plain(fact: Fact, origin: Origin) -> dict[str, object]:
    return {
        "fact": fact.key,
        "type": str(fact.type),
        "vocabulary": fact.vocabulary,
        "choices": list(fact.choices),
        "derived": fact.derived,
        "label": fact.label,
        "about": fact.about,
        "defined_in": origin.told,
    }


def _answers(fact: Fact) -> str:
    """Say what a fact is answered by: its words, where it has any, or its type."""
    if fact.vocabulary:
        return f"{fact.type} of {fact.vocabulary}"
    return " or ".join(fact.choices) if fact.choices else str(fact.type)
