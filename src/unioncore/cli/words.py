"""The command that lists vocabularies and their words."""

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import json_option
from unioncore.cli.screen import Screen
from unioncore.errors import UnknownName, nearest


@cli.command()
@click.argument("vocabulary", required=False, metavar="[VOCABULARY]")
@json_option
@choice
def words(chosen: Chosen, vocabulary: str | None, as_json: bool) -> None:
    """List the vocabularies, or the words of one with their names and where they are defined.

    For example: unioncore words employer_kind
    """
    rulebook = chosen.rulebook
    known = rulebook.rules.words
    screen = Screen()
    if vocabulary is None:
        counts = {name: len(found) for name, found in sorted(known.items()) if found}
        if as_json:
            screen.json(counts)
        else:
            rows = [(name, str(count)) for name, count in counts.items()]
            screen.table(("vocabulary", "words"), rows, "{}: {}")
        return
    if vocabulary not in known:
        raise UnknownName("vocabulary", vocabulary, nearest(vocabulary, known))
    where = {
        word.key: rulebook.origins[at].told
        for at, each in rulebook.definitions.meant()
        if (word := each.word()) is not None and word.vocabulary == vocabulary
    }
    found = [(key, word.name, where[key]) for key, word in sorted(known[vocabulary].items())]
    if as_json:
        screen.json({key: {"name": name, "defined_in": file} for key, name, file in found})
    else:
        screen.table(("word", "name", "defined in"), found, "{}: {} ({})")
