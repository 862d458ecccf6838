"""Other languages: what a thing, a fact or a phrase is called in them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs
from attrs import field, frozen
from attrs.validators import min_len

from unioncore.legal import Citation, WorkingDayCalendar
from unioncore.rules import Definition, Fact
from unioncore.shown import Shown

__all__ = ["Language", "Translation"]

D = TypeVar("D")

PHRASE, HOLIDAY, CALENDAR, EMPLOYER = "phrase", "holiday", "calendar", "employer"
LABEL, DENIAL = "label", "denial"

_Translated = Mapping[str, Mapping[str, str]]
"""For each vocabulary, what its words are called in one language."""


def _is_a_code(_: Any, __: "attrs.Attribute[str]", value: str) -> None:
    if not re.fullmatch("[a-z]{2,3}", value):
        raise ValueError(f"two or three small letters are a language, such as cy; got {value!r}")
    if value == "en":
        raise ValueError("English is what is said where no language is chosen; leave it out")


@frozen
class Language(Shown, shows="key name"):
    """A language in which a rulebook can speak, beside English."""

    key: str = field(validator=_is_a_code)
    """Its code in ISO 639, such as ``cy``."""
    name: str = field(validator=min_len(1))
    """What its speakers call it, such as Cymraeg."""
    in_english: str = field(validator=min_len(1))
    """What it is called in English, such as Welsh."""


@frozen
class Translation(Shown, shows="language vocabulary word"):
    """What a word is called in another language: of a vocabulary, or one of the library's own.

    The vocabularies of the library are ``phrase`` (the words of its sentences, among them months
    and weekdays), ``holiday`` and ``calendar`` (by their English names), ``employer`` (by key, or
    by the ONS code of its area), and ``label`` and ``denial`` (of a fact, by key).
    """

    language: str
    """The code of the language, such as ``cy``."""
    vocabulary: str
    """The vocabulary of the word, such as ``nation``."""
    word: str
    """The key of the word."""
    name: str = field(validator=min_len(1))
    """What it is called."""
    citations: tuple[Citation, ...] = field(validator=min_len(1))
    """Where it is called so."""

    @property
    def key(self) -> str:
        """The language, the vocabulary and the word."""
        return f"{self.language}:{self.vocabulary}:{self.word}"


def is_place(word: str) -> bool:
    """Whether a word is the ONS code of an area, such as ``W06000015``."""
    return re.fullmatch(r"[EWSNK][0-9]{8}", word) is not None


def translated(translations: Iterable[Translation], language: str) -> _Translated:
    """Return what the words of each vocabulary are called in a language."""
    found: dict[str, dict[str, str]] = {}
    for each in translations:
        if each.language == language:
            found.setdefault(each.vocabulary, {})[each.word] = each.name
    return found


def named_things(definition: Any) -> Iterator[tuple[str, str, str]]:
    """Give what a definition lets be translated: vocabulary, word, and what it is in English."""
    match definition:
        case WorkingDayCalendar():
            yield CALENDAR, definition.key, definition.name
            yield from ((HOLIDAY, each.name, each.name) for each in definition.holidays)
        case Fact():
            yield LABEL, definition.key, definition.label
            if definition.denial:
                yield DENIAL, definition.key, definition.denial
        case Definition() if (word := definition.word()) is not None:
            yield word.vocabulary, word.key, word.name
        case Definition() if getattr(definition, "label", ""):
            yield LABEL, definition.key, definition.label  # type: ignore[attr-defined]


def in_words_of(definition: D, called: _Translated) -> D:
    """Return a definition with the names that it has in another language."""
    them: dict[str, str] = {
        english: name
        for vocabulary, word, english in named_things(definition)
        if (name := called.get(vocabulary, {}).get(word)) is not None
    }
    return _renamed(definition, them) if them else definition


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value whose names are others: its own, and those of its versions and holidays."""
    if isinstance(value, tuple):
        return tuple(_renamed(each, names) for each in value)
    mine = attrs.fields_dict(type(value))
    changed: dict[str, Any] = {
        part: names[getattr(value, part)]
        for part in ("name", "label", "denial")
        if part in mine and getattr(value, part) in names
    }
    for part in ("versions", "holidays"):
        if part in mine and attrs.has(type(next(iter(getattr(value, part) or ()), None))):
            changed[part] = _renamed(getattr(value, part), names)
    return attrs.evolve(value, **changed) if changed else value
