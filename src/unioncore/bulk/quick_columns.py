"""Lines of NDJSON as columns, read at once by Polars where nothing in them may be wrong.

Polars refuses what is no JSON, and what is no word, whole number or yes-no where it is told to
expect one. It lets names pass that it was not told of, takes the first where a name stands twice,
and takes anything for text. That nothing of the kind happened is proved by counting: there are as
many colons as names, and as many quotation marks as the names and the texts have.
"""

import re
from collections.abc import Mapping
from typing import Any

import polars as pl
from attrs import define, field

from unioncore.rules import Fact, FactType
from unioncore.rules.fact import TOO_MUCH
from unioncore.shown import Shown

__all__ = ["QuickColumns"]


@define
class QuickColumns(Shown, shows="key"):
    """Reads lines in which nothing may be wrong, given the names that lines have."""

    key: str
    facts: Mapping[str, Fact]
    """Those that names give."""
    types: Mapping[str, Any]
    """How Polars holds the answers to each of them, and the key."""
    as_told: Mapping[str, Any]
    """How the lines tell the key, amounts, and what is no fact: as text, numbers or yes-no."""
    _schema: Mapping[str, Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        plain = {name: self._plain(fact) for name, fact in self.facts.items()}
        self._schema = {self.key: pl.String(), **plain, **self.as_told}

    def _plain(self, fact: Fact) -> Any:
        match fact.type:
            case FactType.CHOICE | FactType.WHOLE | FactType.YES_NO:
                return self.types[fact.key]
            case FactType.TEXT | FactType.DAY | FactType.MONEY:
                return pl.String()
            case _:  # of which a line with a value is looked at closely
                return pl.Null()

    def read(self, lines: bytes) -> pl.DataFrame | None:
        """Return the key and the facts of each line; None where something may be wrong.

        Lines that are blank are left out.
        """
        if b"[" in lines or (b"\\" in lines and _ODD_ESCAPE.search(lines)):
            return None
        try:
            found = pl.read_ndjson(lines, schema=self._schema).rechunk()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
            return None
        if not self._all_told(lines, found):
            return None
        meant = [_key(found[self.key])]
        for name, fact in self.facts.items():
            meant.append(_meant(fact, found[name], self.types[name]))
        return None if any(each is None for each in meant) else pl.DataFrame(meant)

    def _all_told(self, lines: bytes, found: pl.DataFrame) -> bool:
        """Say whether a frame holds all that stands in the lines, and texts only where they do."""
        texts = [name for name, held in found.schema.items() if held in _TEXTS]
        lacking = found.null_count().row(0, named=True)
        # A cell that is null may have no name in a line, so ``:null`` is counted. Each has a colon,
        # within texts too, and so has each name that was passed over: the colons are never fewer.
        names = found.height * found.width - sum(lacking.values())
        spaced = b": " in lines[: 1 + lines.find(b"\n")]
        names += lines.count(b": null" if spaced else b":null")
        colons = lines.count(b":")
        if colons != names and colons != names + self._colons_within(lines, found):
            return False
        values = found.height * len(texts) - sum(lacking[name] for name in texts)
        marks = lines.count(b'"')
        return bool(marks == 2 * (names + values))

    def _colons_within(self, lines: bytes, found: pl.DataFrame) -> int:
        """Return how many colons texts have; 0 where they may be no texts, or count as null."""
        if b"\\" in lines or lines.count(b"{") != found.height:
            return 0
        texts = [cells.str for cells in found if cells.dtype == pl.String]
        if any(text.contains("null", literal=True).any() for text in texts):
            return 0
        return sum(int(text.count_matches(":", literal=True).sum()) for text in texts)


_TEXTS = (pl.String, pl.Enum)

_ODD_ESCAPE = re.compile(rb'\\(?:"|u[dD][89abAB])')
"""A quotation mark within a text, and half a character, which Polars reads as another."""

PLAIN_KEY = r"\w(?:[\w ./-]{0,98}\w)?"
"""A key of which nothing can be wrong; others are looked at closely."""

_PLAIN_KEYS = (r"^[0-9A-Za-z]{1,100}$", f"^{PLAIN_KEY}$")
"""Plain keys; the first kind is found sooner."""

_A_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

_POUNDS = r"^[0-9]{1,11}(?:\.[0-9]{1,4})?$"
"""Few enough digits for a number of JSON to hold them all."""


def _key(told: pl.Series) -> pl.Series | None:
    keys = told.cast(pl.String)
    right = any(keys.str.contains(plain).all() for plain in _PLAIN_KEYS)
    return keys if right and not keys.null_count() else None


def _meant(fact: Fact, told: pl.Series, held: Any) -> pl.Series | None:
    """Return what a column means; None where one of its cells may mean nothing."""
    match fact.type:
        case FactType.TEXT:
            return told if (told != "").all() else None
        case FactType.WHOLE:
            return told if told.is_between(-TOO_MUCH, TOO_MUCH, closed="none").all() else None
        case FactType.DAY:
            days = told.str.to_date("%Y-%m-%d", strict=False)
            right = told.str.contains(_A_DAY).all() and (days.dt.year() >= 1).all()
            return days if right and days.null_count() == told.null_count() else None
        case FactType.MONEY:
            spelt = told.cast(pl.String)
            return spelt.cast(held) if spelt.str.contains(_POUNDS).all() else None
        case _:
            return told.cast(held)
