"""What a cell of a frame means, and what is wrong with one that means nothing.

Missing is None, NaN, NA and NaT. A whole float is a whole number, and a timestamp at midnight a
day. Polars reads whole columns; a column that holds Python objects is read cell by cell.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
from attrs import evolve, frozen

from unioncore.errors import Problem
from unioncore.rules import Fact, FactType
from unioncore.rules.fact import EXPECTED, TOO_MUCH, from_plain, read_value
from unioncore.shown import Shown

__all__ = [
    "Read",
    "all_pounds_fit",
    "cell",
    "fits",
    "polars_type",
    "read_column",
    "read_objects",
    "written",
]

_PLACES = 4
"""How many decimal places of pounds a column holds that is read cell by cell."""

_PENCE = Decimal("0.01")
"""How most amounts are written."""

_WRITTEN = {
    FactType.MONEY: "pounds, zero or more, such as 719.00",
    FactType.DAY: "a day such as 2026-06-01",
    FactType.YES_NO: "yes or no",
}
"""What is expected as a file holds it, where Python has another way."""


def cell(value: Any) -> Any:
    """Return what a cell means as Python holds it; what means nothing else stays as it is."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if type(value).__module__ == "numpy":
        value = value.item() if getattr(value, "ndim", 1) == 0 else value.tolist()
    if value is None or value != value:  # NaN, and NaT once it is numpy's no more
        return None
    if isinstance(value, datetime):
        midnight = value.time() == time() and not getattr(value, "nanosecond", 0)
        return date(value.year, value.month, value.day) if midnight else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def polars_type(fact: Fact, words: Sequence[str]) -> pl.DataType:
    """Return how Polars holds the answers to a fact."""
    match fact.type:
        case FactType.CHOICE:
            return pl.Enum(words)
        case FactType.TEXT:
            return pl.String()
        case FactType.WHOLE:
            return pl.Int64()
        case FactType.MONEY:
            return pl.Decimal(38, _PLACES)
        case FactType.DAY:
            return pl.Date()
        case FactType.YES_NO:
            return pl.Boolean()
        case _:
            return pl.List(pl.String())


def read_objects(
    fact: Fact, words: Mapping[str, str], column: list[Any]
) -> tuple[pl.Series, list[tuple[int, Problem]]]:
    """Read a column cell by cell; return it, and the places from 0 of cells that mean nothing."""
    read: list[Any] = []
    problems = []
    for place, each in enumerate(column):
        value = cell(each)
        found, problem = read_value(fact, value, words)
        if problem is None and found is not None and not fits(found):
            found, problem = None, Problem(fact.key, EXPECTED[fact.type])
        if problem is not None:
            problems.append((place, problem))
        read.append(sorted(found) if isinstance(found, frozenset) else found)
    return pl.Series(read, dtype=polars_type(fact, list(words)), strict=False), problems


def fits(value: Any) -> bool:
    """Return whether a column can hold a value: no column holds a range of days."""
    match value:
        case bool() | date() | frozenset():
            return True
        case int():
            return -TOO_MUCH < value < TOO_MUCH
        case Decimal():
            return pounds_fit(value)
        case str():
            return value.isascii() or not any("\ud800" <= each <= "\udfff" for each in value)
        case _:
            return False


def pounds_fit(value: Decimal) -> bool:
    """Return whether a column can hold an amount of pounds."""
    if not value.is_finite() or not 0 <= value < TOO_MUCH:
        return False
    return value.same_quantum(_PENCE) or value == round(value, _PLACES)


def all_pounds_fit(values: Collection[Decimal]) -> bool:
    """Return whether a column can hold each of some amounts of pounds."""
    if all(map(_PENCE.same_quantum, values)):  # so each is finite
        return min(values, default=0) >= 0 and max(values, default=0) < TOO_MUCH
    return all(map(pounds_fit, values))


def written(fact: Fact, words: Mapping[str, str], value: Any) -> tuple[Any, Problem | None]:
    """Return what a value of a file means, and what is wrong with it if it means nothing.

    Files hold text and what JSON holds, such as ``"719.00"`` for money and ``"yes"`` for yes.
    Empty text is not known.
    """
    value = cell(value)
    if isinstance(value, Decimal) and fact.type is FactType.WHOLE and fits(abs(value)):
        value = int(value) if value == int(value) else value
    if value is None or value == "":
        return None, None
    found, problem = read_value(fact, from_plain(fact, value), words)
    if problem is None and not fits(found):
        problem = Problem(fact.key, EXPECTED[fact.type])
    if problem is None:
        return found, None
    if problem.expected == EXPECTED[fact.type]:
        problem = evolve(problem, expected=_WRITTEN.get(fact.type, problem.expected))
    return None, problem


@frozen
class Read(Shown, shows=""):
    """How a column is read."""

    column: nw.Expr | None
    """None where none of its cells means anything."""
    wrong: nw.Expr | None = None
    """Which cells mean nothing, null for those that are missing; None where each means something.
    """


def read_column(
    column: nw.Expr, held: Any, fact: Fact, words: Sequence[str], declared: nw.Expr | None = None
) -> Read:
    """Return how a column is read that holds ``held``, and which of its cells mean nothing.

    Of sets, ``declared`` says whether all words of a cell are; None where no column does.
    """
    text = held in (nw.String, nw.Categorical) or isinstance(held, nw.Enum)
    match fact.type:
        case FactType.CHOICE if isinstance(held, nw.Enum) and set(held.categories) <= set(words):
            return Read(column)
        case FactType.CHOICE if text:
            spelt = column.cast(nw.String)
            return _where(spelt.is_in(words), spelt)
        case FactType.TEXT if text:
            spelt = column.cast(nw.String)
            return _where(spelt != "", spelt)
        case FactType.YES_NO if held == nw.Boolean:
            return Read(column)
        case FactType.WHOLE if held.is_integer():
            return _where(_meant(fact, column), column.cast(nw.Int64))
        case FactType.WHOLE | FactType.MONEY if held.is_float():
            missing = column.is_nan()
            whole = ~missing & _meant(fact, column) & (column == column.floor())
            read = nw.when(whole.fill_null(False)).then(column).cast(nw.Int64)
            return Read(read, ~(whole | missing))
        case FactType.MONEY if held.is_decimal() or held.is_integer():
            return _where(_meant(fact, column), column)
        case FactType.DAY if held == nw.Date:
            return Read(column)
        case FactType.DAY if held == nw.Datetime:
            day = column.dt.date()
            return _where(column.dt.truncate("1d") == column, day)
        case FactType.SET if declared is not None:
            return _where(declared, column)
        case FactType.SET if isinstance(held, nw.List) and held.inner == nw.String:
            return _where(_all_declared(column, words), column)
        case _ if held.is_float():
            return Read(None, ~(column.is_null() | column.is_nan()))
        case _:
            return Read(None, ~column.is_null())


def _all_declared(column: nw.Expr, words: Sequence[str]) -> nw.Expr:
    """Return whether all words of a set are declared, for an engine without a way of its own."""
    count = nw.lit(0)
    for word in words:
        count = count + column.list.contains(word).cast(nw.Int64)
    return column.list.unique().list.len() == count


def _meant(fact: Fact, column: nw.Expr) -> nw.Expr:
    """Return which numbers or amounts somebody may mean, all of which a float holds exactly."""
    least = column >= 0 if fact.type is FactType.MONEY else column > -TOO_MUCH
    return least & (column < TOO_MUCH)


def _where(right: nw.Expr, column: nw.Expr) -> Read:
    return Read(nw.when(right).then(column), ~right)
