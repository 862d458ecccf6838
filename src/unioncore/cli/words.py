"""The command that lists the words that answer facts."""

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import json_option
from unioncore.rulebook import Origin
from unioncore.rules import Word


@cli.command()
@about_option(completion.from_rulebook(completion.vocabularies))
@json_option
@choice
def words(chosen: Chosen, about: str | None, as_json: bool) -> None:
    """List the words that answer facts, by vocabulary; with --json also where each is defined.

    Where TEXT is the name of a vocabulary, only its words are listed.

    For example: unioncore words --about employer_kind
    """
    rulebook = chosen.rulebook
    origins = {
        (word.vocabulary, word.key): rulebook.origins[at]
        for at, each in rulebook.definitions.meant()
        if (word := each.word()) is not None
    }
    known = rulebook.rules.words
    narrowed = about is not None and about in known
    listed = (
        _listed(word, origins[vocabulary, word.key])
        for vocabulary in sorted(known)
        for _, word in sorted(known[vocabulary].items())
        if not narrowed or vocabulary == about
    )
    heads = ("word", "name", "vocabulary", "plugin")
    print_list("word", heads, listed, None if narrowed else about, as_json=as_json)


def _listed(word: Word, origin: Origin) -> Listed:
    plain = {"vocabulary": word.vocabulary, "plugin": origin.plugin, "defined_in": origin.told}
    return Listed(word.key, word.name, (word.vocabulary, origin.plugin), plain)
