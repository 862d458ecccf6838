"""The days, sums and lists that worked examples have under their keys."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
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


def pounds(plain: Mapping[str, Any], key: str) -> Decimal | None:
    """Return the sum of money that an example has under a key, and None where nothing is said.

    Raises:
        BadFacts: where it is no sum.
    """
    return None if plain.get(key) is None else pounds_in(plain[key], key)


def pounds_in(text: Any, key: str) -> Decimal:
    """Return the sum that a text is, of what stands under a key; raises ``BadFacts``."""
    try:
        return Decimal(str(text))
    except InvalidOperation:
        raise BadFacts((Problem(key, "pounds such as 11.50"),)) from None


def objects(plain: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the list of objects that an example has under a key.

    Raises:
        BadFacts: where it is something else, or nothing is said.
    """
    rows = plain.get(key)
    if not isinstance(rows, list) or not all(isinstance(each, Mapping) for each in rows):
        raise BadFacts((Problem(key, "a list of objects"),))
    return rows


def objects_if_any(plain: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return the same, and no object where nothing is said of it."""
    return objects(plain, key) if key in plain else []
