"""A time limit whose clock stands still while conciliation goes on.

Section 207B of the Employment Rights Act 1996, and its twins in other Acts, take two steps. Day A
is the day on which the conciliation service was told. Day B is the day on which the certificate was
received.
"""

from datetime import date

from unioncore.errors import BeyondYears

__all__ = ["with_clock_stopped", "with_month_after_day_b"]


def with_clock_stopped(limit: date, starts: date, day_a: date, day_b: date) -> date:
    """Return the last day with the days of conciliation added, by section 207B(3).

    They run from the day after Day A up to Day B, and only those count that lie after the day from
    which time runs (Raison v DF Capital Bank Ltd [2025] EAT 86).

    >>> with_clock_stopped(date(2024, 4, 9), date(2024, 1, 10), date(2024, 4, 2), date(2024, 4, 20))
    datetime.date(2024, 4, 27)

    Args:
        limit: the last day without conciliation.
        starts: the day from which time runs.
        day_a: Day A.
        day_b: Day B.

    Raises:
        BeyondYears: when the day lies beyond the year 9999.
    """
    begun = day_a if day_a > starts else starts
    if day_b <= begun:
        return limit
    added = day_b - begun
    try:
        return limit + added
    except OverflowError:
        raise BeyondYears(limit, f"{added.days} days") from None


def with_month_after_day_b(limit: date, day_a: date, month_ends: date) -> date:
    """Return the end of the month after Day B where the limit ends before it (section 207B(4)).

    A limit that ended before Day A stays as it is.

    >>> with_month_after_day_b(date(2024, 4, 27), date(2024, 4, 2), date(2024, 5, 20))
    datetime.date(2024, 5, 20)

    Args:
        limit: the last day, with the days of conciliation added.
        day_a: Day A.
        month_ends: the last day of the month after Day B.
    """
    return month_ends if day_a <= limit <= month_ends else limit
