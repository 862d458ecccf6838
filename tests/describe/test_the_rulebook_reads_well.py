"""Every sentence of the rulebook that ships can be read aloud to a branch officer."""

import re
from collections import Counter
from datetime import date

import pytest
from tests.books import everything

from unioncore.describe import Item, items
from unioncore.rulebook import Rulebook
from unioncore.rules import FactType
from unioncore.rules.rule import OUTCOMES

pytestmark = pytest.mark.needs_plugins

DAYS = [
    date.fromisoformat(day)
    for day in (
        *("1992-10-16", "1998-06-01", "2003-12-11", "2006-04-06", "2010-06-01", "2013-04-06"),
        *("2017-03-01", "2020-12-01", "2024-06-01", "2026-02-18", "2026-06-01", "2026-10-01"),
    )
]

RIDDLES = (
    *("is is", "  ", "it is not the case that", "it is not true that", "Of nobody"),
    *("at least the least", "not so:", " is none instead", "days days", "months months"),
    *("is known whether it is known", " is the the ", "..", ",,", " ,", "Not known, because"),
)
"""What a reader stops at."""

SUM = re.compile(r"(\w+ (plus|minus) [^().]* times )|(times [^(][^().,]* (plus|minus) )")
"""A sum that a product would swallow, were it read aloud."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


@pytest.fixture(scope="module")
def found(book: Rulebook) -> tuple[Item, ...]:
    return items(book)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_sentence_holds_a_riddle(found: tuple[Item, ...], day: date) -> None:
    at = [(item, version) for item in found if (version := item.at(day)) is not None]
    assert len(at) > 100
    for item, version in at:
        for text in (version.text, *version.notes, *item.notes):
            assert [riddle for riddle in RIDDLES if riddle in text] == [], text
            assert SUM.search(text) is None, text


def test_labels_and_denials_are_told_apart(book: Rulebook) -> None:
    rules = book.rules
    facts = [fact for fact in rules.facts.values() if fact.subject != "rulebook"]
    yes_no = [fact for fact in facts if fact.type is FactType.YES_NO]
    assert [fact.key for fact in yes_no if not fact.denial] == []
    denials = [fact.denial for fact in yes_no]
    assert len(set(denials)) == len(denials)
    assert {fact.label for fact in yes_no}.isdisjoint(denials)


def test_no_two_facts_share_a_label(book: Rulebook) -> None:
    """A requirement is met where a fact holds, and may be spoken of as that fact is."""
    facts = book.rules.facts.values()
    for requirements in (True, False):
        labels = [fact.label for fact in facts if (fact.choices == OUTCOMES) is requirements]
        assert [label for label, count in Counter(labels).items() if label and count > 1] == []


def test_no_word_of_a_vocabulary_has_the_name_of_another(book: Rulebook) -> None:
    for words in book.rules.words.values():
        names = [word.name for word in words.values()]
        assert len(set(names)) == len(names)
