"""The command that lists the words that answer facts."""

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.lists import Listed, about_option, print_list
from unioncore.cli.options import json_option


@cli.command()
@about_option(completion.from_rulebook(completion.vocabularies))
@json_option
@choice
def words(chosen: Chosen, about: str | None, as_json: bool) -> None:
    """List the words that answer facts, by vocabulary, and where each is defined.

    Where TEXT is the name of a vocabulary, only its words are listed.

    For example: unioncore words --about employer_kind
    """
    rulebook = chosen.rulebook
    files = {
        (word.vocabulary, word.key): rulebook.origins[at].told
        for at, each in rulebook.definitions.meant()
        if (word := each.word()) is not None
    }
    known = rulebook.rules.words
    narrowed = about is not None and about in known
    kept = [name for name in sorted(known) if not narrowed or name == about]
    listed = [
        Listed(
            key,
            word.name,
            (vocabulary, files[vocabulary, key]),
            {"vocabulary": vocabulary, "defined_in": files[vocabulary, key]},
        )
        for vocabulary in kept
        for key, word in sorted(known[vocabulary].items())
    ]
    heads = ("word", "name", "vocabulary", "defined in")
    print_list("word", heads, listed, None if narrowed else about, as_json=as_json)
