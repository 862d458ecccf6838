"""Objects of a rulebook as plain JSON, in which each stands once, and back again.

Nothing in it can run: only days, numbers, and the frozen classes and enumerations of unioncore are
made of it.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import attrs

__all__ = ["pack", "unpack"]

_Maker = Callable[[list[Any]], Any]
"""Makes an object of its parts."""

_PLAIN = (str, int, bool, type(None))
"""What JSON holds as it is."""

_MAKERS: Mapping[str, _Maker] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    "date": lambda parts: date.fromisoformat(*parts),
    "Decimal": lambda parts: Decimal(*parts),
}


def pack(value: Any) -> dict[str, Any]:
    """Return ``value`` as plain data; raises ``ValueError`` for what holds anything else.

    Under ``objects`` stands each object after those that it is made of, the whole one last: the
    number of its class in ``classes``, then the number of each of its parts.
    """
    classes: dict[str, int] = {}
    objects: list[Any] = []
    known: dict[tuple[Any, ...], int] = {}

    def number(value: Any) -> int:
        kind = type(value)
        if kind in _PLAIN:
            key, packed = (kind, value), value
        else:
            name = _name(kind)
            packed = [classes.setdefault(name, len(classes)), *map(number, _parts(kind, value))]
            key = tuple(packed)
        if key not in known:
            known[key] = len(objects)
            objects.append(packed)
        return known[key]

    number(value)
    return {"classes": [*classes], "objects": objects}


def unpack(packed: Mapping[str, Any]) -> Any:
    """Return what was packed; raises any exception for what ``pack`` does not make."""
    makers = [_MAKERS.get(name) or _maker(name) for name in packed["classes"]]
    made: list[Any] = []
    add = made.append
    for each in packed["objects"]:
        if isinstance(each, list):
            of, *parts = each
            add(makers[of]([made[part] for part in parts]))
        else:
            add(each)
    return made[-1]


def _name(kind: type) -> str:
    return kind.__name__ if kind.__name__ in _MAKERS else f"{kind.__module__}:{kind.__qualname__}"


def _parts(kind: type, value: Any) -> list[Any]:
    match value:
        case Enum():
            return [value.value]
        case tuple() | frozenset():
            return [*value]
        case dict():
            return [each for item in value.items() for each in item]
        case date():
            return [value.isoformat()]
        case Decimal():
            return [str(value)]
    return [getattr(value, name) for name in _fields(kind)]


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Return the fields of a class; raises ``ValueError`` where attrs did not make it."""
    return tuple(field.name for field in attrs.fields(kind))


def _maker(name: str) -> _Maker:
    """Return what makes objects of a class of unioncore that is loaded."""
    module, _, within = name.partition(":")
    of = getattr(sys.modules[module], within)
    if module.partition(".")[0] != "unioncore" or not isinstance(of, type):
        raise ValueError(f"no class of unioncore: {name}")
    if issubclass(of, Enum):
        return lambda parts: of(*parts)
    if issubclass(of, dict):
        return lambda parts: of(_MAKERS["dict"](parts))
    return _restoring(of)


def _restoring(of: type) -> _Maker:
    """Return what makes an object as it was: it was checked when it was first made."""
    names, put = _fields(of), object.__setattr__

    def make(parts: list[Any]) -> Any:
        made: Any = object.__new__(of)
        for name, part in zip(names, parts, strict=True):
            put(made, name, part)
        return made

    return make
