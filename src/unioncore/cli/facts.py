"""The command that lists the facts that rules ask about or decide."""

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import json_option
from unioncore.describe import answered_by
from unioncore.rulebook import Rulebook
from unioncore.rules import Fact


@cli.command()
@about_option(completion.from_rulebook(completion.facts))
@json_option
@choice
def facts(chosen: Chosen, about: str | None, as_json: bool) -> None:
    """List the facts: those that can be given, and those that rules decide and can be asked.

    To see what decides one, use unioncore rules --about; with --toml it is shown as written.

    For example: unioncore facts --about employer.
    """
    rulebook = chosen.rulebook
    every = sorted(rulebook.definitions.facts, key=lambda fact: fact.key)
    listed = (_listed(rulebook, fact) for fact in every)
    heads = ("fact", "what it is", "answered by")
    print_list("fact", heads, listed, about, as_json=as_json)


def _listed(rulebook: Rulebook, fact: Fact) -> Listed:
    plain = {
        "about": fact.about,
        "type": str(fact.type),
        "vocabulary": fact.vocabulary,
        "choices": list(fact.choices),
        "derived": fact.derived,
        "defined_in": rulebook.origins["facts", fact.key].told,
    }
    answered = f"{answered_by(fact)}, {'decided' if fact.derived else 'given'}"
    return Listed(fact.key, fact.label, (answered,), plain)
