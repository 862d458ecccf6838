"""How values look at a glance, and as plain data.

A ``repr`` ends up in logs, in messages of failed tests and in notebooks. So it is short, on one
line, and says nothing about people.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import singledispatch
from typing import Any, ClassVar

import attrs

__all__ = ["Shown", "one_line", "plain", "table"]

_LONGEST = 120
"""How many characters of what a value shows are kept."""


class Shown:
    """A value whose ``repr`` shows only what its class names, on one line.

    ``class Case(Shown, shows="reference opened")`` names fields or properties, each with a space
    between; of a collection it shows how many. A class that names nothing shows its ``key`` and
    ``period``, if any. What is about a person, or written freely by one, is never named.
    """

    __slots__ = ()
    _shows: ClassVar[tuple[str, ...] | None] = None

    def __init_subclass__(cls, shows: str | None = None) -> None:
        super().__init_subclass__()
        if shows is not None:
            cls._shows = tuple(shows.split())
        # attrs writes a __repr__ of all fields into a class that has none of its own.
        cls.__repr__ = cls.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        names = self._shows
        if names is None:
            kind: Any = type(self)
            fields = attrs.fields_dict(kind)
            names = tuple(name for name in ("key", "period") if name in fields)
        said = [_glance(name, getattr(self, name)) for name in names]
        line = one_line(", ".join(each for each in said if each))
        return f"<{type(self).__name__} {line}>" if line else f"<{type(self).__name__}>"

    def _glance(self, name: str) -> str:
        """Return what stands in the ``repr`` of a value whose field ``name`` holds this one."""
        return repr(self)


def one_line(text: str) -> str:
    """Return a text on one line, without what cannot be printed, and cut where it is long."""
    line = "".join(each if each.isprintable() else " " for each in text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


def _glance(name: str, value: Any) -> str:
    match value:
        case None | "":
            return ""
        case Shown():
            return value._glance(name)
        case bool():
            return f"{name}: {'yes' if value else 'no'}"
        case Enum():
            return str(value.value)
        case str():
            return value
        case date():
            return value.isoformat()
        case Collection():
            return f"{name}: {len(value)}"
        case int() | Decimal() | Fraction():
            return f"{name}: {value}"
        case _:
            return str(value)


@singledispatch
def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: what has a ``to_dict`` by that, else field by field.

    Days and numbers that are not whole become text; sets are sorted. A layer above registers what
    it writes in a form of its own.
    """
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if attrs.has(type(value)):
        return {name: plain(item) for name, item in attrs.asdict(value, recurse=False).items()}
    match value:
        case Enum():
            return value.value
        case date() | time():
            return value.isoformat()
        case Decimal() | Fraction():
            return str(value)
        case Mapping():
            return {_name(key): plain(item) for key, item in value.items()}
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=str)
        case list() | tuple():
            return [plain(item) for item in value]
        case _:
            return value


def _name(key: Any) -> str:
    """Return the key of a mapping as a name in JSON; that for None is empty."""
    return "" if key is None else str(plain(key))


def table(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """Return answers as a small table of HTML: the name, the value, why, and warnings."""
    from html import escape  # only a notebook needs it

    def row(cells: Iterable[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    head = row(("", "value", "why", "warnings"), "th")
    return f"<table>{head}{''.join(row(cells, 'td') for cells in rows)}</table>"
