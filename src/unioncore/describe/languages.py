"""The languages of a rulebook: what each of them says, and what is still English."""

from collections.abc import Mapping

import attrs
from attrs import frozen

from unioncore.checked import checked
from unioncore.describe.addresses import things
from unioncore.model import Employer, Language, Union
from unioncore.model.translations import EMPLOYER, PHRASE, named_things, translated
from unioncore.phrases import english_phrases
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["SpokenLanguage", "spoken_language", "translatable", "union_in_language"]


@frozen
class SpokenLanguage(Shown, shows="language"):
    """How much of a rulebook is said in a language."""

    language: Language
    said: Mapping[str, Mapping[str, str]]
    """For each vocabulary, what is translated, by word."""
    english: Mapping[str, Mapping[str, str]]
    """For each vocabulary, what is still said in English, by word."""

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return for each vocabulary how many words are translated, and of how many."""
        found = {}
        for vocabulary, rest in sorted(self.english.items()):
            said = len(self.said.get(vocabulary, {}))
            found[vocabulary] = (said, said + len(rest))
        return found


def translatable(rulebook: Rulebook) -> Mapping[str, Mapping[str, str]]:
    """Return for each vocabulary what may be translated: each word, and what it is in English."""
    book = rulebook.in_language("en")
    found: dict[str, dict[str, str]] = {PHRASE: dict(english_phrases())}
    found[EMPLOYER] = {thing.key: thing.name for thing in things(book).of("employer").values()}
    for _, definition in book.definitions.every():
        for vocabulary, word, english in named_things(definition):
            found.setdefault(vocabulary, {})[word] = english
    return found


def spoken_language(rulebook: Rulebook, language: str) -> SpokenLanguage:
    """Return how much of a rulebook is said in a language.

    Raises:
        UnknownName: when no plugin gives such a language.
    """
    called = translated(rulebook.definitions.translations, language)
    left = {
        vocabulary: {
            word: english
            for word, english in words.items()
            if word not in called.get(vocabulary, {})
        }
        for vocabulary, words in translatable(rulebook).items()
    }
    return SpokenLanguage(rulebook.spoken(language), called, left)


@checked
def union_in_language(union: Union, rulebook: Rulebook) -> Union:
    """Return a union to show, whose employers have the names of the rulebook's language.

    An employer is found by its key or by the ONS code of its area. Names that have ended stay as
    they were. It is for showing: what is written back are the names that the union gave.
    """
    called = translated(rulebook.definitions.translations, rulebook.language).get(EMPLOYER, {})

    def named(row: Employer) -> Employer:
        name = called.get(row.key) or called.get(row.ons)
        return attrs.evolve(row, name=name) if name and row.end is None else row

    return attrs.evolve(union, employers=tuple(map(named, union.employers))) if called else union
