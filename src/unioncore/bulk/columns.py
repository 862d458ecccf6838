"""ColumnTerms as Narwhals expressions: what several terms need becomes a column of its own.

Such columns are added in layers. A layer reads only those before it, so an engine works out all
columns of a layer together.
"""

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import narwhals as nw

from unioncore.bulk.days import EPOCH
from unioncore.bulk.terms import TRUE, ColumnTerm
from unioncore.rules import FactType

__all__ = ["ColumnWriter", "write"]

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

_TYPES: Mapping[FactType | type, Any] = {
    FactType.CHOICE: nw.String,
    FactType.TEXT: nw.String,
    FactType.WHOLE: nw.Int64,
    FactType.DAY: nw.Date,
    FactType.YES_NO: nw.Boolean,
    FactType.MONEY: nw.Decimal,
    bool: nw.Boolean,
    int: nw.Int64,
    str: nw.String,
    date: nw.Date,
    Decimal: nw.Decimal,
}


def null(kind: FactType) -> nw.Expr:
    """Return a column without any value, of the type that answers a kind of fact."""
    return nw.lit(None, _TYPES[kind])


def as_day(column: nw.Expr) -> nw.Expr:
    """Return days that are counted from 1 January 1970 as days."""
    return (nw.lit(EPOCH) + column * timedelta(days=1)).cast(nw.Date)


class ColumnWriter:
    """Writes terms as expressions; ``names`` are the columns that already hold some of them."""

    def __init__(self, names: Mapping[ColumnTerm, str]) -> None:
        self.names = dict(names)

    def expression(self, term: ColumnTerm) -> nw.Expr:
        """Return the expression of a term."""
        if term in self.names:
            return nw.col(self.names[term])
        return self._written(term, [self.expression(part) for part in term.parts])

    def _written(self, term: ColumnTerm, parts: list[nw.Expr]) -> nw.Expr:
        match term.makes:
            case "always" | "never":
                return nw.lit(term is TRUE)
            case "value":
                return nw.lit(term.given[0])
            case "null":
                return nw.lit(None, _type(term.parts[0]))
            case "not":
                return ~parts[0]
            case "and":
                return nw.all_horizontal(*parts, ignore_nulls=False)
            case "or":
                return nw.any_horizontal(*parts, ignore_nulls=False)
            case "known":
                return ~parts[0].is_null()
            case "reckon":
                return _signed(term.given[0], *parts)
            case "least":
                return _one_of_two("<=", ">", *parts)
            case "greatest":
                return _one_of_two(">=", "<", *parts)
            case "first":
                return _first(parts)
            case "year" | "month" | "day" as part:
                return _part(part, parts[0])
            case _:
                return _yes_or_no(term, parts).fill_null(False)


def _yes_or_no(term: ColumnTerm, parts: list[nw.Expr]) -> nw.Expr:
    """Return what is so of values, null where one of them is not known."""
    first = parts[0]
    match term.makes:
        case "yes":
            return first
        case "no":
            return ~first
        case "compare":
            return _signed(term.given[0], *parts)
        case "among" if len(term.given) == 1:
            return first == nw.lit(term.given[0])
        case "among":
            return first.is_in(term.given)
        case "has":
            return first.list.contains(term.given[0])
        case "empty":
            return first.list.len() == 0
        case unknown:
            raise ValueError(unknown)


def _signed(sign: str, left: nw.Expr, right: nw.Expr) -> nw.Expr:
    found: nw.Expr = _SIGNS[sign](left, right)
    return found


def _one_of_two(first: str, second: str, one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Return the one value of which the first sign is true, null where either is."""
    rest = nw.when(_signed(second, one, other)).then(other)
    return nw.when(_signed(first, one, other)).then(one).otherwise(rest)


def _part(part: str, day: nw.Expr) -> nw.Expr:
    found: nw.Expr = getattr(day.dt, part)()
    return found.cast(nw.Int64)


def _first(parts: list[nw.Expr]) -> nw.Expr:
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    chain: Any = nw
    for when, value in pairs:
        chain = chain.when(when).then(value)
    found: nw.Expr = chain
    return found


def _type(term: ColumnTerm) -> Any:
    match term.makes:
        case "value":
            return _TYPES[type(term.given[0])]
        case "given":
            return _TYPES[term.given[1]]
        case "first":
            return _type(next(part for part in term.parts[1::2] if part.makes != "null"))
        case _:
            return nw.Int64


def layers(wanted: Iterable[ColumnTerm], given: Iterable[ColumnTerm]) -> list[list[ColumnTerm]]:
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


def write(
    frame: Any, wanted: Iterable[ColumnTerm], given: Mapping[ColumnTerm, str]
) -> tuple[Any, ColumnWriter]:
    """Add to a frame the columns that several of the terms need.

    Return the frame with what writes the terms on it.
    """
    written = ColumnWriter(given)
    for number, layer in enumerate(layers(wanted, given)):
        names = {term: f"_{number}_{place}" for place, term in enumerate(layer)}
        frame = frame.with_columns(**{n: written.expression(term) for term, n in names.items()})
        written.names |= names
    return frame, written
