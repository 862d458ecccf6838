"""The fixed phrases from which sentences are made, in English or in another language."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from string import Formatter

from unioncore.shown import Shown

__all__ = ["ENGLISH", "Phrases", "english_phrases", "fields_in", "long_date", "pounds", "series"]


@cache
def english_phrases() -> Mapping[str, str]:
    """Return every phrase in English by its key, such as ``day.long``."""
    file = resources.files("unioncore") / "phrases.toml"
    sections = tomllib.loads(file.read_text("utf-8"))
    return {
        f"{section}.{name}": phrase
        for section, phrases in sections.items()
        for name, phrase in phrases.items()
    }


@cache
def fields_in(phrase: str) -> frozenset[str]:
    """Return the names of what a phrase is filled with; raises ``ValueError`` for a slip in it."""
    return frozenset(name for _, name, _, _ in Formatter().parse(phrase) if name is not None)


class Phrases(Shown, shows="translated"):
    """The phrases of one language. What it lacks is said in English."""

    def __init__(self, translated: Mapping[str, str] | None = None) -> None:
        self.translated: Mapping[str, str] = translated or {}
        """The phrases that are not those of English, by key."""

    def __call__(self, key: str, /, **filled: object) -> str:
        """Return the phrase ``key`` with what stands in its brackets."""
        phrase = self.translated.get(key) or english_phrases()[key]
        return phrase.format_map(filled)

    def long_date(self, day: date) -> str:
        """Return a day as people write it, such as 19 June 2009."""
        month = self(f"month.{_MONTHS[day.month - 1]}")
        return self("day.long", day=day.day, month=month, year=day.year)

    def weekday(self, day: date) -> str:
        """Return a day with its weekday, such as Friday 19 June 2009."""
        name = self(f"weekday.{_WEEKDAYS[day.weekday()]}")
        return self("day.weekday", weekday=name, day=self.long_date(day))

    def pounds(self, amount: Decimal) -> str:
        """Return a sum of money, with pence where there are any, such as £1,250.50."""
        return self("value.pounds", amount=f"{amount:,}")

    def series(self, items: Iterable[str], word: str = "and") -> str:
        """Join items as a sentence does: "a, b and c"; ``word`` is ``and`` or ``or``."""
        parts = list(items)
        if len(parts) < 2:
            return "".join(parts)
        *first, last = parts
        joined = first[0]
        for each in first[1:]:
            joined = self("list.comma", first=joined, next=each)
        return self(f"list.{word}", first=joined, last=last)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ENGLISH = Phrases()
"""What the library says where nobody asked for another language."""


def long_date(day: date) -> str:
    """Return a day in English as people write it, such as 19 June 2009."""
    return ENGLISH.long_date(day)


def pounds(amount: Decimal) -> str:
    """Return a sum of money in English, with pence where there are any, such as £1,250.50."""
    return ENGLISH.pounds(amount)


def series(items: Iterable[str], word: str = "and") -> str:
    """Join items as an English sentence does: "a, b and c"."""
    return ENGLISH.series(items, word)
