"""How hard English is to read: the grade of Flesch and Kincaid, by a count of syllables.

The grade is the school year in which a text is read with ease; the daily papers lie near 9. It
weighs two things, long sentences and long words, and so it finds the first and says nothing of the
second's sense. The constants are those of the report that set it up for the United States Navy
(Kincaid, Fishburne, Rogers and Chissom, 1975).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from attrs import frozen

__all__ = ["Sentence", "grade", "hardest", "sentences_in", "syllables"]

_WORD = re.compile(r"[^\W_](?:[\w'./:@-]*\w)?")
_END = re.compile(r"(?<=[.?!])[)\"'`]*\s+(?=[\"'`(]*[A-Z£\d])")
_KEY = re.compile(r"[\d_./:@]")
_GROUP = re.compile(r"[aeiouy]+")
_APART = re.compile(
    r"[aeiou]ing|(?<![ctgs])i[ao](?!n\b|ns\b|us)|[aeo]o(?=p)|ue[nl]|eate|iet|uous|riou|[dt]ual|yee|yer|gotia"
)
"""Vowels side by side that are spoken apart."""
_SILENT = re.compile(
    r"(?<![aeioul])e$|(?<=[aeiouy][rl])e$|(?<![aeioudtl])ed$|(?<=[aeiouy]l)ed$|(?<![aeioucsxzgl])(?<![cs]h)es$"
    r"|(?<=[^aeiou])e(?=(ment|ly|where|body|thing|times?|lines?|tables?)s?$)"
)
"""Letters e that are not spoken."""


@frozen
class Sentence:
    """A sentence, and where it stands."""

    text: str
    place: str

    @property
    def words(self) -> list[str]:
        """Its words; numbers and keys among them."""
        return _WORD.findall(self.text)

    @property
    def grade(self) -> float:
        """How hard it is alone."""
        return grade([self])


@cache
def syllables(word: str) -> int:
    """Estimate the syllables of a word; a number, a key or an address is one."""
    if _KEY.search(word):
        return 1
    if "-" in word:
        return sum(map(syllables, word.split("-")))
    if len(word) > 1 and word.isupper():
        return 1
    plain = _SILENT.sub("", re.sub(r"'s?", "", word.lower()))
    return max(1, len(_GROUP.findall(plain)) + len(_APART.findall(plain)))


def grade(sentences: Sequence[Sentence]) -> float:
    """Return the grade of sentences together."""
    words = [word for sentence in sentences for word in sentence.words]
    if not words:
        return 0.0
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * per_word - 15.59


def hardest(sentences: Iterable[Sentence], number: int) -> list[Sentence]:
    """Return the hardest of them, the worst first."""
    return sorted(sentences, key=lambda each: (-each.grade, each.text))[:number]


def sentences_in(text: str, place: str, *, least: int = 5) -> list[Sentence]:
    """Return the sentences of a text that have at least so many words; fewer are a name."""
    found = (Sentence(" ".join(each.split()), place) for each in _END.split(text))
    return [each for each in found if len(each.words) >= least]
