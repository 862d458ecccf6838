"""Numbers as they stand: whole ones, counts, and how a fraction is rounded."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

__all__ = ["half_up", "is_count", "whole"]


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
