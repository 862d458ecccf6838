"""What the operators and functions of the notation do; every reading calls these.

None, in or out, is "not known". A day may be a ``DayRange``; a comparison is then known only where
every day in the range gives the same result.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from unioncore.errors import BeyondYears
from unioncore.legal import DayRange, Duration, TimeUnit, shifted
from unioncore.numbers import half_up

__all__ = ["CALCULATIONS", "TURNED", "add_days", "calculate", "compare", "days_from", "later"]


TURNED: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""For each comparison, the one that says the same with its sides exchanged."""

_PLAIN: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def bounds(value: Any) -> tuple[Any, Any]:
    """Return the first and the last day that a day can be; twice itself for anything else."""
    return (value.earliest, value.latest) if isinstance(value, DayRange) else (value, value)


def compare(sign: str, left: Any, right: Any) -> bool | None:
    """Return whether ``left`` and ``right`` compare so; None where either is not known enough."""
    if left is None or right is None:
        return None
    if not isinstance(left, DayRange) and not isinstance(right, DayRange):
        return _PLAIN[sign](left, right)
    least, most = bounds(left)
    low, high = bounds(right)
    match sign:
        case "<":
            return True if most < low else False if least >= high else None
        case "<=":
            return True if most <= low else False if least > high else None
        case ">":
            return compare("<", right, left)
        case ">=":
            return compare("<=", right, left)
        case "==":
            if least == most == low == high:
                return True
            return False if most < low or least > high else None
        case _:
            equal = compare("==", left, right)
            return None if equal is None else not equal


def calculate(sign: str, left: Any, right: Any) -> Any:
    """Return the sum, difference or product; None where either is not known."""
    if left is None or right is None:
        return None
    if sign == "+":
        return left + right
    return left - right if sign == "-" else left * right


def _on_each_bound(function: Callable[..., date], day: Any, *rest: Any) -> Any:
    try:
        if isinstance(day, DayRange):
            return DayRange(function(day.earliest, *rest), function(day.latest, *rest))
        return function(day, *rest)
    except BeyondYears:
        return None


def add_days(day: Any, count: int | None) -> Any:
    """Return the day ``count`` days after ``day``."""
    if day is None or count is None:
        return None
    return _on_each_bound(shifted, day, count)


@lru_cache(maxsize=256)
def _months(count: int) -> Duration:
    """Return so many months; rules ask of many people for the same few numbers."""
    return Duration(count, TimeUnit.MONTHS)


def _last_day_of_months(day: Any, count: int | None) -> Any:
    """Return the last day of a period of ``count`` months that begins with ``day``."""
    if day is None or count is None or count < 1:
        return None
    return _on_each_bound(_months(count).last_day_beginning_with, day)


def _months_after(day: Any, count: int | None) -> Any:
    """Return the day ``count`` months after ``day``, which is not counted."""
    if day is None or count is None or count < 1:
        return None
    return _on_each_bound(_months(count).after, day)


def _next_new_year(day: Any) -> Any:
    """Return 1 January of the year that follows the year of ``day``."""
    if day is None:
        return None
    return _on_each_bound(lambda first: shifted(date(first.year, 12, 31), 1), day)


def days_from(first: Any, second: Any) -> int | None:
    """Return how many days ``second`` is after ``first``; not known where either is a range."""
    if isinstance(first, date) and isinstance(second, date):
        return (second - first).days
    return None


def later(first: Any, second: Any) -> Any:
    """Return the later of two days."""
    if first is None or second is None:
        return None
    if isinstance(first, date) and isinstance(second, date):
        return max(first, second)
    (least, most), (low, high) = bounds(first), bounds(second)
    return DayRange(max(least, low), max(most, high))


def _percent_of(amount: Decimal | None, percent: int | None) -> Decimal | None:
    """Return so many per cent of an amount of money, half up to the penny."""
    if amount is None or percent is None:
        return None
    return half_up(Fraction(amount) * percent / 100, 2)


COUNT_MONTHS = ("last_day_of_months", "months_after")
"""Those of them that count months, which whoever calls them says how."""

CALCULATIONS: Mapping[str, Callable[..., Any]] = {
    "add_days": add_days,
    "last_day_of_months": _last_day_of_months,
    "months_after": _months_after,
    "next_new_year": _next_new_year,
    "days_from": days_from,
    "later": later,
    "percent_of": _percent_of,
}
"""The functions of the notation that work on values; ``known`` works on what is known."""
