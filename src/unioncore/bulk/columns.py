"""ColumnTerms as expressions: what several terms need becomes a column of its own.

Such columns are added in layers. A layer reads only those before it, so an engine works out all
columns of a layer together. The expressions are those of Narwhals, which many engines understand,
or those of Polars, which writes its own in a third of the time; the two are spelt alike.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from unioncore.bulk.days import EPOCH
from unioncore.bulk.terms import TRUE, ColumnTerm
from unioncore.rules import FactType

__all__ = ["ColumnWriter", "Spelling", "steps"]

Spelling = Any
"""The module whose expressions are written: ``narwhals`` or ``polars``."""

_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
}

_ATOMS = frozenset(["always", "never", "value", "null", "given", "not"])
"""What is written again wherever it is used."""

_TYPES: Mapping[FactType | type, str] = {
    FactType.CHOICE: "String",
    FactType.TEXT: "String",
    FactType.WHOLE: "Int64",
    FactType.DAY: "Date",
    FactType.YES_NO: "Boolean",
    FactType.MONEY: "Decimal",
    bool: "Boolean",
    int: "Int64",
    str: "String",
    date: "Date",
    Decimal: "Decimal",
}

_POUNDS = (38, 2)
"""How many digits pounds have, and how many of them are pence; DuckDB must be told."""


class ColumnWriter:
    """Writes terms as expressions; ``names`` are the columns that already hold some of them."""

    def __init__(self, names: Mapping[ColumnTerm, str], spelling: Spelling) -> None:
        self.names = dict(names)
        self.of = spelling

    def null(self, kind: FactType) -> Any:
        """Return a column without any value, of the type that answers a kind of fact."""
        of = self.of.List(self.of.String) if kind is FactType.SET else self._type(_TYPES[kind])
        return self.of.lit(None, of)

    def as_day(self, column: Any) -> Any:
        """Return days that are counted from 1 January 1970 as days."""
        return (self.of.lit(EPOCH) + column * timedelta(days=1)).cast(self.of.Date)

    def first(self, pairs: Iterable[tuple[Any, Any]]) -> Any:
        """Return the value of the first pair whose condition holds, null where none does."""
        chain = self.of
        for when, value in pairs:
            chain = chain.when(when).then(value)
        return chain

    def expression(self, term: ColumnTerm) -> Any:
        """Return the expression of a term."""
        if term in self.names:
            return self.of.col(self.names[term])
        return self._written(term, [self.expression(part) for part in term.parts])

    def _type(self, name: str) -> Any:
        kind = getattr(self.of, name)
        return kind(*_POUNDS) if name == "Decimal" else kind

    def _written(self, term: ColumnTerm, parts: list[Any]) -> Any:
        match term.makes:
            case "always" | "never":
                return self.of.lit(term is TRUE)
            case "value":
                return self.of.lit(term.given[0])
            case "null":
                return self.of.lit(None, self._type(_type(term.parts[0])))
            case "not":
                return ~parts[0]
            case "and":
                return self._joined("all_horizontal", parts)
            case "or":
                return self._joined("any_horizontal", parts)
            case "known":
                return ~parts[0].is_null()
            case "reckon":
                return _SIGNS[term.given[0]](*parts)
            case "least":
                return self._one_of_two("<=", ">", *parts)
            case "greatest":
                return self._one_of_two(">=", "<", *parts)
            case "first":
                return self.first(zip(parts[::2], parts[1::2], strict=True))
            case "year" | "month" | "day" as part:
                return getattr(parts[0].dt, part)().cast(self.of.Int64)
            case _:
                return _yes_or_no(term, parts).fill_null(False)

    def _joined(self, how: str, parts: list[Any]) -> Any:
        said = {} if self.of is pl else {"ignore_nulls": False}
        return getattr(self.of, how)(*parts, **said)

    def _one_of_two(self, first: str, second: str, one: Any, other: Any) -> Any:
        """Return the one value of which the first sign is true, null where either is."""
        return self.first([(_SIGNS[first](one, other), one), (_SIGNS[second](one, other), other)])


def _yes_or_no(term: ColumnTerm, parts: list[Any]) -> Any:
    """Return what is so of values, null where one of them is not known."""
    first = parts[0]
    match term.makes:
        case "yes":
            return first
        case "no":
            return ~first
        case "compare":
            return _SIGNS[term.given[0]](*parts)
        case "among" if len(term.given) == 1:
            return first == term.given[0]
        case "among":
            return first.is_in(term.given)
        case "has":
            return first.list.contains(term.given[0])
        case "empty":
            return first.list.len() == 0
        case unknown:
            raise ValueError(unknown)


def _type(term: ColumnTerm) -> str:
    match term.makes:
        case "value":
            return _TYPES[type(term.given[0])]
        case "given":
            return _TYPES[term.given[1]]
        case "first":
            return _type(next(part for part in term.parts[1::2] if part.makes != "null"))
        case _:
            return "Int64"


def _layers(wanted: Iterable[ColumnTerm], given: Iterable[ColumnTerm]) -> list[list[ColumnTerm]]:
    """Return the terms that become columns on the way to those wanted, layer by layer."""
    uses: Counter[ColumnTerm] = Counter()
    order: list[ColumnTerm] = []
    done = set(given)

    def visit(term: ColumnTerm) -> None:
        uses[term] += 1
        if term in done:
            return
        done.add(term)
        for part in term.parts:
            visit(part)
        order.append(term)

    for term in wanted:
        visit(term)
    depth: dict[ColumnTerm, int] = {}
    found: list[list[ColumnTerm]] = []
    for term in order:
        below = max((depth.get(part, 0) for part in term.parts), default=0)
        depth[term] = below
        if uses[term] > 1 and term.makes not in _ATOMS:
            if len(found) <= below:
                found.append([])
            found[below].append(term)
            depth[term] = below + 1
    return found


def steps(
    wanted: Iterable[ColumnTerm], given: Mapping[ColumnTerm, str], spelling: Spelling
) -> tuple[list[Mapping[str, Any]], ColumnWriter]:
    """Return the columns that several of the terms need, a step for each layer.

    With them comes what writes the terms once these columns are there.
    """
    written = ColumnWriter(given, spelling)
    found: list[Mapping[str, Any]] = []
    for number, layer in enumerate(_layers(wanted, given)):
        names = {term: f"_{number}_{place}" for place, term in enumerate(layer)}
        found.append({name: written.expression(term) for term, name in names.items()})
        written.names |= names
    return found, written
