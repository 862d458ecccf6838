"""Calls every hook of a plugin, and keeps what fits."""

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from inspect import getattr_static
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
import pluggy
from attrs import frozen

from unioncore import hookspecs
from unioncore.composition.discovery import FoundPlugin
from unioncore.definitions.shorthand import FILE_NAMES
from unioncore.errors import Fault, FaultKind, did_you_mean, nearest
from unioncore.hookspecs import About
from unioncore.rulebook import Definitions, Kind, Origin, PluginInfo
from unioncore.rules.condition import (
    Name,
)
from unioncore.shown import Shown

__all__ = ["Contribution", "call_hooks", "unbroken"]


@frozen
class Contribution(Shown, shows="info definitions"):
    """A plugin after its hooks were called."""

    info: PluginInfo
    about: About | None
    definitions: Definitions
    origins: Mapping[tuple[str, str], Origin]
    text: Callable[[str], str | None]
    """Gives the text of one of its files of definitions, where it has them in files."""

    @property
    def requires(self) -> tuple[str, ...]:
        """The plugins that it cannot do without."""
        return () if self.about is None else self.about.requires

    @property
    def beside(self) -> frozenset[str]:
        """The plugins without which some of the definitions are left out."""
        return frozenset(origin.beside for origin in self.origins.values() if origin.beside)


_WHATEVER = (Exception, SystemExit)
"""What a plugin may raise while it is imported or its hooks are called."""


def call_hooks(found: FoundPlugin, plugin: Any, faults: list[Fault]) -> Contribution:
    """Return what a plugin contributes; whatever does not fit is added to ``faults``."""
    return _PluginCall(found, faults).contribution(plugin)


class _PluginCall:
    """Calls every hook of one plugin, once, and reports whatever does not fit."""

    def __init__(self, found: FoundPlugin, faults: list[Fault]) -> None:
        self.found = found
        self.faults = faults
        self.file = ""
        self.manager = pluggy.PluginManager("unioncore")
        self.manager.add_hookspecs(hookspecs.Hooks)

    def fault(self, path: str, message: str) -> None:
        said = unbroken(message)
        self.faults.append(Fault(self.found.name, self.file, path, said, kind=FaultKind.PLUGIN))

    def contribution(self, plugin: Any) -> Contribution:
        about, definitions, origins = None, Definitions(), {}
        if self._register(plugin):
            about = self._about()
            for each in self._call("unioncore_faults", Fault):
                if self._fits(each, Fault, "unioncore_faults"):
                    named = {"plugin": self.found.name}
                    other = None if each.other is None else attrs.evolve(each.other, **named)
                    self.faults.append(attrs.evolve(each, **named, other=other))
            definitions = Definitions(**{k.name: self._made(k) for k in Definitions.kinds()})
            origins = self._origins(definitions)
        prefix = about.prefix if about else ""
        info = PluginInfo(self.found.name, self.found.distribution, self.found.version, prefix)
        return Contribution(info, about, definitions, origins, self._text)

    def _text(self, file: str) -> str | None:
        """Return the text of a file, to say where in it something is wrong; None: not known."""
        try:
            text = self.manager.hook.unioncore_text(file=file)
        except _WHATEVER:  # what is wrong with the file is told already
            return None
        return text if isinstance(text, str) else None

    def _register(self, plugin: Any) -> bool:
        """Load the plugin and check the names of its hooks; whether it can be used."""
        try:
            plugin = self.found.load() if plugin is None else plugin
        except _WHATEVER as error:
            entry = f"; its entry point is {self.found.entry}" if self.found.entry else ""
            entry += f", of the distribution {self.found.distribution}" if entry else ""
            self.fault("", f"cannot be imported: {type(error).__name__}: {error}{entry}")
            return False
        self.file = _file_of(plugin)
        hooks = [name for name in dir(hookspecs.Hooks) if name.startswith("unioncore_")]
        try:
            for name in dir(plugin):
                value = getattr_static(plugin, name, None)
                value = getattr(value, "__func__", value)
                marked = hasattr(value, "unioncore_impl")
                if name in hooks and not marked:
                    self.fault(name, "is not marked @hookimpl, so it would never be called")
                elif name not in hooks and (
                    marked or (name.startswith("unioncore_") and callable(value))
                ):
                    self.fault(name, f"no hook has this name{did_you_mean(nearest(name, hooks))}")
            if isinstance(plugin, type):
                raise TypeError("it is a class; give an object of it")
            self.manager.register(plugin, self.found.name)
        except _WHATEVER as error:  # its attributes may do anything, too
            self.fault("", f"is not a plugin: {error}")
            return False
        return True

    def _about(self) -> About | None:
        try:
            about = self.manager.hook.unioncore_about()
        except _WHATEVER as error:
            self.fault("unioncore_about", f"failed: {type(error).__name__}: {error}")
            return None
        if not isinstance(about, About):
            message = "every plugin has this hook; return an About with the plugin's prefix"
            self.fault("unioncore_about", message)
            return None
        if not self._fits(about, About, "unioncore_about"):
            return None
        if not about.prefix.isidentifier():
            self.fault("unioncore_about.prefix", "expected one word of letters, digits and _")
            return None
        return about

    def _call(self, name: str, wanted: type) -> list[Any]:
        """Return what a hook gives, as far as it is of the class ``wanted``."""
        hook = getattr(self.manager.hook, name)
        if not hook.get_hookimpls():
            return []
        try:
            returned = list(hook())
            if not returned:
                self.fault(name, "returns nothing at all; return () where there is nothing")
            results: list[Any] = []
            for result in returned:
                if isinstance(result, str | wanted):
                    raise TypeError(f"return a list, not one {type(result).__name__}")
                if name == "unioncore_origins":
                    result = result.items()
                results.extend(result)
        except _WHATEVER as error:
            self.fault(name, f"failed: {type(error).__name__}: {error}")
            return []
        for result in results:
            if not isinstance(result, wanted):
                self.fault(name, f"expected {wanted.__name__}, got {type(result).__name__}")
        return [result for result in results if isinstance(result, wanted)]

    def _fits(self, value: Any, wanted: Any, path: str) -> bool:
        """Report whatever in ``value`` is of a wrong type; whether it can be used."""
        wrong = _check_of(wanted)(value)
        for where, message in wrong:
            self.fault(f"{path}{where}", message)
        return not wrong

    def _made(self, kind: Kind) -> tuple[Any, ...]:
        return tuple(
            definition
            for definition in self._call(kind.hook, kind.of)
            if self._fits(definition, kind.of, f"{kind.of.__name__} {definition.key}")
        )

    def _origins(self, definitions: Definitions) -> dict[tuple[str, str], Origin]:
        known = {
            at: origin
            for at, origin in self._call("unioncore_origins", tuple)
            if self._fits(at, tuple[str, ...], "unioncore_origins")
            and self._fits(origin, Origin, "unioncore_origins")
        }
        origins = {}
        for at, definition in definitions.every():
            path = f"{type(definition).__name__} {definition.key}"
            place = known.get(at, Origin("", self.file, path))
            origins[at] = attrs.evolve(place, plugin=self.found.name)
        return origins


def unbroken(text: object) -> str:
    """Return a text on one line, as a list of faults needs it."""
    return " ".join(str(text).split())


def _file_of(plugin: Any) -> str:
    """Return the name of the file that a plugin is written in, if it is one of its own."""
    module = plugin if isinstance(plugin, ModuleType) else sys.modules.get(type(plugin).__module__)
    if module is None or module.__name__.partition(".")[0] == "unioncore":
        return ""
    path = Path(getattr(module, "__file__", None) or "")
    return f"{path.parent.name}/{path.name}" if path.stem == "__init__" else path.name


_Check = Callable[[Any], list[tuple[str, str]]]
"""Gives each place below a value where something of a wrong type stands, and what is right."""


@cache
def _check_of(wanted: Any) -> _Check:
    """Return what finds whatever does not fit a type, made once for each type.

    A file is read strictly; this is for definitions that are built in Python.
    """
    origin, options = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        return _check_of_any(options)
    if origin in (tuple, frozenset):
        return _check_of_items(origin, options[0])
    if origin is not None:
        return lambda value: [] if callable(value) else [("", _wrong(value, "function"))]
    return _check_of_class(wanted)


def _check_of_any(options: tuple[Any, ...]) -> _Check:
    checks = {get_origin(each) or each: _check_of(each) for each in options}
    names = " or ".join(sorted(_type_name(each) for each in options))

    def check(value: Any) -> list[tuple[str, str]]:
        # True is an int to Python, and a datetime is a date.
        found = checks.get(type(value))
        if found is None:
            found = next((checks[kind] for kind in checks if isinstance(value, kind)), None)
        if found is not None:
            return found(value)
        text = Name in options and isinstance(value, str)
        return [("", "expected a condition: parse() the text" if text else _wrong(value, names))]

    return check


def _check_of_items(kind: type[tuple[Any, ...] | frozenset[Any]], item: Any) -> _Check:
    check_item = _check_of(item)

    def check(value: Any) -> list[tuple[str, str]]:
        if not isinstance(value, kind):
            return [("", _wrong(value, kind.__name__))]
        return [
            (f"[{number}]{where}", message)
            for number, each in enumerate(value)
            for where, message in check_item(each)
        ]

    return check


def _check_of_class(wanted: type) -> _Check:
    has_fields = attrs.has(wanted)

    def check(value: Any) -> list[tuple[str, str]]:
        if not isinstance(value, wanted) or (
            (wanted is int and isinstance(value, bool))
            or (wanted is date and isinstance(value, datetime))
        ):
            return [("", _wrong(value, _type_name(wanted)))]
        return [
            (f".{FILE_NAMES.get(name, name)}{where}", message)
            for name, check_field in (_fields_of(wanted) if has_fields else ())
            for where, message in check_field(getattr(value, name))
        ]

    return check


@cache
def _fields_of(kind: type) -> tuple[tuple[str, _Check], ...]:
    """Return each field that ``kind`` is made with, with its check; it may hold its own kind."""
    hints = get_type_hints(kind)
    return tuple((f.name, _check_of(hints[f.name])) for f in attrs.fields(kind) if f.init)


def _type_name(kind: Any) -> str:
    return "None" if kind is type(None) else str(getattr(kind, "__name__", kind))


def _wrong(value: Any, expected: str) -> str:
    return f"expected {expected}, got {type(value).__name__}"
