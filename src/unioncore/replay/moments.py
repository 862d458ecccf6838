"""The days and moments that worked examples name."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from unioncore.errors import BadFacts, Problem

__all__: list[str] = []


def day(plain: Mapping[str, Any], key: str) -> date:
    """Return the day that an example has under a key; raises ``BadFacts`` where there is none."""
    try:
        return date.fromisoformat(str(plain.get(key)))
    except ValueError:
        raise BadFacts((Problem(key, "a day such as 2024-06-01"),)) from None


def day_if_any(plain: Mapping[str, Any], key: str) -> date | None:
    """Return the same, and None where nothing is said of it."""
    return None if plain.get(key) is None else day(plain, key)


def moment(plain: Mapping[str, Any], key: str) -> datetime:
    """Return the moment that an example has under a key; a day alone is its beginning.

    Raises:
        BadFacts: where there is none.
    """
    try:
        return datetime.fromisoformat(str(plain.get(key)))
    except ValueError:
        said = "a day and an hour such as 2024-06-01T12:00"
        raise BadFacts((Problem(key, said),)) from None
