"""The one cattrs converter: frozen objects to plain data and back, for JSON.

Definition files and a union's own data are read elsewhere; both build on ``strict_converter``.
"""

import math
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "from_plain",
    "half_up",
    "is_count",
    "strict_converter",
    "to_plain",
    "whole",
    "yes_or_no",
]

T = TypeVar("T")


def strict_converter() -> "Converter":
    """Return a new converter that refuses unknown keys, uses aliases, and reports every fault."""
    # cattrs is slow to import and is needed only where data comes in or goes out.
    from cattrs import Converter

    converter = Converter(
        forbid_extra_keys=True, use_alias=True, detailed_validation=True, omit_if_default=False
    )
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    return converter


@cache
def _converter() -> "Converter":
    converter = strict_converter()
    # Truth is True, False or None; cattrs would turn None and text into a bool.
    converter.register_structure_hook_func(lambda kind: kind == bool | None, lambda v, _: v)
    converter.register_structure_hook(bool, lambda value, _: value)
    return converter


def to_plain(value: Any) -> Any:
    """Return a frozen object as dicts, lists, text, numbers, booleans and None."""
    return _converter().unstructure(value)


def from_plain(plain: Any, kind: type[T]) -> T:
    """Return the object of class ``kind`` that ``to_plain`` gave ``plain`` for."""
    return _converter().structure(plain, kind)


def half_up(exact: int | Decimal | Fraction, places: int) -> Decimal:
    """Return a number rounded to decimal places; a half goes away from zero."""
    units = math.floor(abs(Fraction(exact)) * 10**places + Fraction(1, 2))
    return Decimal(units if exact >= 0 else -units).scaleb(-places)


def is_count(value: Any) -> bool:
    """Say whether a value can be a number of people or things: whole, and zero or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_LARGEST = 10**15
"""No number of people, days or votes is as large; a file can write a longer one in six letters."""


def whole(value: Any) -> int:
    """Return a whole number as it stands; raises ``ValueError`` or ``TypeError`` for all else."""
    if isinstance(value, bool) or not -_LARGEST < value < _LARGEST or int(value) != value:
        raise ValueError(value)
    return int(value)


def yes_or_no(value: Any) -> bool:
    """Return true or false as it stands; raises ``TypeError`` for all else."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value
