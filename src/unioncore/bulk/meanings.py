"""What a cell of a frame means, and what is wrong with one that means nothing.

Missing is None, NaN, NA and NaT. A whole float is a whole number, and a timestamp at midnight a
day. Polars reads whole columns; a column that holds Python objects is read cell by cell.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
from attrs import frozen

from unioncore.errors import Problem
from unioncore.rules import Fact, FactType
from unioncore.rules.fact import EXPECTED, read_value
from unioncore.shown import Shown

__all__ = ["Read", "cell", "polars_type", "read_column", "read_objects"]

_PLACES = 4
"""How many decimal places of pounds a column holds that is read cell by cell."""


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
        if problem is None and found is not None and not _fits(found):
            found, problem = None, Problem(fact.key, EXPECTED[fact.type])
        if problem is not None:
            problems.append((place, problem))
        read.append(sorted(found) if isinstance(found, frozenset) else found)
    return pl.Series(read, dtype=polars_type(fact, list(words)), strict=False), problems


def _fits(value: Any) -> bool:
    """Whether a column can hold a value: no column holds a range of days."""
    if isinstance(value, Decimal):
        return value == round(value, _PLACES)
    return isinstance(value, str | int | date | frozenset)


@frozen
class Read(Shown, shows=""):
    """How a column is read."""

    column: nw.Expr | None
    """None where none of its cells means anything."""
    wrong: nw.Expr | None = None
    """Which cells mean nothing, null for those that are missing; None where each means something.
    """


def read_column(column: nw.Expr, held: Any, fact: Fact, words: Sequence[str]) -> Read:
    """Return how a column is read that holds ``held``, and which of its cells mean nothing."""
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
            return Read(column.cast(nw.Int64))
        case FactType.WHOLE | FactType.MONEY if held.is_float():
            missing = column.is_nan()
            whole = ~missing & (column.abs() < _EXACT) & (column == column.floor())
            read = nw.when(whole.fill_null(False)).then(column).cast(nw.Int64)
            return Read(read, ~(whole | missing))
        case FactType.MONEY if held.is_decimal() or held.is_integer():
            return Read(column)
        case FactType.DAY if held == nw.Date:
            return Read(column)
        case FactType.DAY if held == nw.Datetime:
            day = column.dt.date()
            return _where(column.dt.truncate("1d") == column, day)
        case FactType.SET if held == nw.List:
            return Read(column)
        case _:
            return Read(None, ~column.is_null())


_EXACT = 2**53
"""Beyond it, a float no longer holds each whole number."""


def _where(right: nw.Expr, column: nw.Expr) -> Read:
    return Read(nw.when(right).then(column), ~right)


def read_text(
    fact: Fact, words: Mapping[str, str], text: pl.Series
) -> tuple[pl.Series, str] | None:
    """Return the values that text stands for, null where it means nothing, and what it should be.

    None for a fact that is answered with text.
    """
    match fact.type:
        case FactType.DAY:
            return text.str.to_date("%Y-%m-%d", strict=False), "a day such as 2026-06-01"
        case FactType.WHOLE:
            return text.cast(pl.Int64, strict=False), EXPECTED[fact.type]
        case FactType.MONEY:
            return text.cast(pl.Decimal(38, _PLACES), strict=False), "pounds such as 719.00"
        case FactType.YES_NO:
            said = {"yes": True, "true": True, "no": False, "false": False}
            read = text.replace_strict(said, default=None, return_dtype=pl.Boolean)
            return read, "yes or no"
        case FactType.SET:
            each = text.str.split(",").list.eval(pl.element().str.strip_chars())
            right = each.list.eval(pl.element().is_in(list(words))).list.all()
            return each.set(~right.fill_null(True), None), EXPECTED[fact.type]
        case _:
            return None
