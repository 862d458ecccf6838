"""Many objects of one class made at once, from columns."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import repeat
from typing import Any, TypeVar

import attrs

__all__: list[str] = []

T = TypeVar("T")


def many(kind: type[T], count: int, columns: Mapping[str, Iterable[Any]]) -> list[T]:
    """Return ``count`` objects of a class of attrs, the values of their fields given by column.

    A field that no column gives has its default. They are as if each were made by itself, in half
    the time. It is for classes with slots whose fields hold what they are given, and no more.

    Raises:
        TypeError: for a class that checks or changes a value, makes a default, or does more; where
            a column is of no field, or a field without a default has none.
    """
    of: Any = kind
    fields = _fields(of)
    for name in columns.keys() - fields.keys():
        raise TypeError(f"{kind.__name__} has no field {name}")
    made = list(map(object.__new__, repeat(kind, count)))
    for name, (put, default) in fields.items():
        if name not in columns and default is attrs.NOTHING:
            raise TypeError(f"{kind.__name__} needs {name}")
        deque(map(put, made, columns.get(name, repeat(default))), maxlen=0)
    return made


@cache
def _fields(kind: type) -> dict[str, tuple[Callable[[Any, Any], None], Any]]:
    """Return the fields of a class, each with what puts a value into its slot and its default."""
    fields = attrs.fields(kind)
    makes: Any = attrs.Factory
    plain = all(
        each.init and not (each.validator or each.converter or isinstance(each.default, makes))
        for each in fields
    )
    if not plain or hasattr(kind, "__attrs_post_init__"):
        raise TypeError(f"{kind.__name__} does more with its fields than hold them")
    return {each.name: (getattr(kind, each.name).__set__, each.default) for each in fields}
