"""Values of any class, in which every text says in which field it was planted."""

import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import attrs

import unioncore
from unioncore.errors import MissingPart
from unioncore.rules import Answer, FactType, Reason
from unioncore.rules.answer import Why

PLANTED = "planted"

TYPES: Mapping[Any, FactType] = {
    bool: FactType.YES_NO,
    int: FactType.WHOLE,
    date: FactType.DAY,
    Decimal: FactType.MONEY,
}
"""The type of the answer whose value is not text."""


def modules() -> Iterator[types.ModuleType]:
    """Give every module of the package in which values are made that people may look at."""
    for module in pkgutil.walk_packages(unioncore.__path__, "unioncore."):
        # None of these has such classes; some need extras that may not be there, some only run.
        if {"cli", "sphinxext", "migrations", "__main__"} & {*module.name.split(".")}:
            continue
        with suppress(MissingPart):  # such as the extra unioncore[bulk]
            yield importlib.import_module(module.name)


def public_classes() -> dict[str, type]:
    """Return the classes in the ``__all__`` of the package and of every module in it, by name."""
    found: dict[str, type] = {}
    for loaded in modules():
        for name in getattr(loaded, "__all__", ()):
            each = getattr(loaded, name)
            if inspect.isclass(each) and not issubclass(each, Enum) and attrs.has(each):
                found[f"{each.__module__}.{each.__name__}"] = each
    return found


def filled(kind: Any, name: str, depth: int = 0) -> Any:
    """Return a value of a type in which every text says in which field it was planted."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Answer or kind is Answer:
        of = next(iter(arguments), str)
        value = filled(of if of in TYPES else str, name)
        why = Why((Reason(name, rule="r", version="", plugin="p", text="because"),))
        kind = TYPES.get(of, FactType.TEXT)
        return Answer(name, kind, date(2026, 6, 1), known=True, value=value, why=why)
    if origin is typing.Literal:
        return arguments[0]
    if origin in (typing.Union, types.UnionType):
        return filled(next(each for each in arguments if each is not type(None)), name, depth)
    if origin in (tuple, frozenset, list, set) or (
        inspect.isclass(origin) and issubclass(origin, Collection)
    ):
        if issubclass(origin, Mapping):
            return {filled(arguments[0], name, depth): filled(arguments[1], name, depth)}
        items = [filled(each, name, depth) for each in arguments if each is not Ellipsis]
        if origin is not tuple or Ellipsis in arguments:
            items *= 9 if depth == 0 else 2
        return frozenset(items) if origin in (frozenset, set) else tuple(items)
    if kind in (str, Any, object) or not inspect.isclass(kind):
        return f"{PLANTED}<{name}>\nline\r\x1b " + "long " * 99
    samples: dict[type, Any] = {
        date: date(1961, 2, 3),
        datetime: datetime(1961, 2, 3),
        bool: True,
        int: 12345,
        Decimal: Decimal("12.34"),
        Fraction: Fraction(1, 3),
    }
    if kind in samples:
        return samples[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    if attrs.has(kind) and depth < 4:
        return made(kind, depth + 1)
    return None


def made(kind: type, depth: int = 0) -> Any:
    """Return an instance with every field filled; no check refuses it, as none is called."""
    value = kind.__new__(kind)
    hints = typing.get_type_hints(kind)
    for each in attrs.fields(kind):
        at = f"{kind.__name__}.{each.name}"
        object.__setattr__(value, each.name, filled(hints.get(each.name, Any), at, depth))
    return value
