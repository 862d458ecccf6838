"""The command that lists the languages, and what each of them does not say yet."""

from collections.abc import Iterator

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import json_option
from unioncore.cli.screen import Screen, rests_on
from unioncore.describe import SpokenLanguage, spoken_language
from unioncore.model import Translation
from unioncore.rulebook import Rulebook


@cli.command()
@click.option(
    "--said",
    metavar="L",
    help="List what is said in this language, each with its source.",
    shell_complete=completion.languages,
)
@click.option(
    "--missing",
    metavar="L",
    help="List what this language does not say yet, with the English for it.",
    shell_complete=completion.languages,
)
@json_option
@choice
def languages(chosen: Chosen, said: str | None, missing: str | None, as_json: bool) -> None:
    """List the languages beside English, and how much of the rulebook each of them says.

    What a language does not say, --language L leaves in English. A plugin may add names and
    phrases, and languages.

    For example: unioncore languages --missing cy
    """
    rulebook, screen = chosen.rulebook, Screen()
    if said is not None:
        every = _said(rulebook, spoken_language(rulebook, said))
        if as_json:
            screen.json([_plain(each) for each in every])
        else:
            screen.lines("\n".join(line for each in every for line in _lines(each)))
    elif missing is not None:
        english = spoken_language(rulebook, missing).english
        if as_json:
            screen.json(english)
        else:
            lines = (
                f"{vocabulary} {word}: {name}"
                for vocabulary, words in sorted(english.items())
                for word, name in words.items()
            )
            screen.lines("\n".join(lines))
    else:
        spoken = [
            spoken_language(rulebook, key)
            for key in sorted(each.key for each in rulebook.definitions.languages)
        ]
        if as_json:
            screen.json({each.language.key: each.counts() for each in spoken})
        else:
            screen.lines("\n".join(line for each in spoken for line in _counted(each)))


def _counted(spoken: SpokenLanguage) -> Iterator[str]:
    """Give a line for a language, and one for each vocabulary of which it says something."""
    counts = spoken.counts()
    said, of = (sum(each) for each in zip(*counts.values(), strict=True))
    language = spoken.language
    yield f"{language.key}: {language.name} ({language.in_english}), {said} of {of}"
    for vocabulary, (few, every) in counts.items():
        if few:
            yield f"  {vocabulary}: {few} of {every}"
    yield "  the rest is said in English"


def _said(rulebook: Rulebook, spoken: SpokenLanguage) -> list[Translation]:
    every = rulebook.definitions.translations
    own = (each for each in every if each.language == spoken.language.key)
    return sorted(own, key=lambda each: each.key)


def _lines(translation: Translation) -> Iterator[str]:
    yield f"{translation.vocabulary} {translation.word}: {translation.name}"
    yield from rests_on(translation.citations)


def _plain(translation: Translation) -> dict[str, object]:
    return {
        "vocabulary": translation.vocabulary,
        "word": translation.word,
        "name": translation.name,
        "sources": [str(each) for each in translation.citations],
    }
