"""How TOML becomes frozen objects: strictly, and with every fault named by its path of keys."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import define, frozen
from cattrs import Converter
from cattrs.errors import (
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn, override

from unioncore.convert import strict_converter
from unioncore.definitions.shorthand import FILE_NAMES, fields_of, version_of
from unioncore.errors import FaultKind, NotationError, UnioncoreError, did_you_mean, nearest
from unioncore.forms import Unexpected, Unfit, at, items, leaves, word_of
from unioncore.legal import (
    Citation,
    Confidence,
    Jurisdiction,
    Nation,
    must_be_an_address,
)
from unioncore.rulebook import Definitions
from unioncore.rules import (
    FactType,
    Parameter,
    ParameterVersion,
    RuleVersion,
    parse,
)
from unioncore.rules.condition import Expression, Literal, Words
from unioncore.shown import Shown

__all__ = ["FileTable"]


def _not_empty(_: Any, field: "attrs.Attribute[Any]", value: str) -> None:
    if not value.strip():
        raise Unfit(f"{field.name} must not be empty")


@frozen
class Source(Shown):
    """A document that citations refer to by key, so that it is described once."""

    key: str
    instrument: str = attrs.field(validator=_not_empty)
    """What the document is called."""
    url: str = attrs.field(validator=must_be_an_address)
    """Where it is found; empty where it is not on line."""
    checked_on: date
    """The day on which somebody last looked at it."""
    confidence: Confidence
    """How sure one can be: ``verified`` only for what was read."""


@frozen
class Cited:
    """A citation as it is written: its source by key, and where in it."""

    source: str
    provision: str = ""
    confidence: Confidence | None = None
    checked_on: date | None = None


@define(eq=False)
class _NoSource(Unfit):
    """A citation names a source that is not there."""


@frozen
class FileTable(Shown, shows="kind"):
    """How one table of a file is read."""

    of: type
    kind: str
    """The kind of definition, as in ``Definitions``."""
    fixed: Mapping[str, Any] = attrs.field(factory=dict)
    """What the name of the table already says."""


TABLES: Mapping[str, FileTable] = MappingProxyType(
    {
        table: FileTable(kind.of, kind.name, fixed)
        for kind in Definitions.kinds()
        for table, fixed in kind.tables.items()
    }
)
"""Every table that a definition file may hold, apart from ``source``."""


def _text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise Unexpected(f"text in quotes, got {_kind_of(value)}")


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Unexpected(f"a whole number, got {_kind_of(value)}")


def _yes_no(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unexpected(f"true or false, got {_kind_of(value)}")


def _day(value: Any, _: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise Unexpected(f"a day such as 2009-06-19, without quotes, got {_kind_of(value)}")


def _kind_of(value: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a whole number", float: "a decimal number"}
    names |= {list: "a list", dict: "a table", datetime: "a day with a time", date: "a day"}
    names |= {time: "a time"}
    return names.get(type(value), type(value).__name__)


def _condition(value: Any, _: Any) -> Expression:
    return parse(_text(value, None))


def _literal(value: Any, _: Any) -> Literal:
    if isinstance(value, float):
        raise Unfit('a decimal number is not exact; write money in quotes, such as "719.00"')
    if isinstance(value, str | int | date) and not isinstance(value, datetime):
        return Literal(value)
    raise Unexpected(f"text, a whole number, a day, true or false, got {_kind_of(value)}")


def _value(value: Any, _: Any) -> Expression | None:
    if isinstance(value, list):
        return Words(tuple(_literal(item, None) for item in value))
    return _literal(value, None)


def _renames(of: type) -> dict[str, Any]:
    names = {field.name for field in attrs.fields(of)}
    return {
        name: override(rename=in_toml) for name, in_toml in FILE_NAMES.items() if name in names
    } | {field.name: override(omit=True) for field in attrs.fields(of) if not field.init}


def _structure(converter: Converter, of: type) -> Callable[[Any, Any], Any]:
    inner: Callable[[Any, Any], Any] = make_dict_structure_fn(of, converter, **_renames(of))

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise Unexpected(f"a table, got {_kind_of(value)}")
        return inner(value, kind)

    return read


def _is_list(kind: Any) -> bool:
    return get_origin(kind) in (tuple, frozenset)


def _nations(value: Any, kind: Any) -> tuple[Nation, ...] | frozenset[Nation]:
    """Read nations by the name of a jurisdiction, such as ``"GB"``."""
    meant = Jurisdiction.parse(_text(value, None)).nations
    return meant if get_origin(kind) is frozenset else tuple(n for n in Nation if n in meant)


def _list(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """Read a list and nothing else: text is no list of letters."""
    of = get_args(kind)[0]
    if of is Nation:
        return _nations
    two = ", with two brackets" if attrs.has(of) and of is not Citation else ""
    return items(converter, kind, lambda value: f"a list{two}, got {_kind_of(value)}")


@cache
def _parts(of: type) -> frozenset[type]:
    """Return the classes and the enumerations that a class holds at any depth, and itself."""
    parts = {of}
    waiting: list[Any] = list(get_type_hints(of).values()) if attrs.has(of) else []
    while waiting:
        kind = waiting.pop()
        if kind in (Expression, Expression | None, Literal, Citation):
            continue  # They have readers of their own.
        waiting += get_args(kind)
        if isinstance(kind, type) and (attrs.has(kind) or issubclass(kind, Enum)):
            parts |= _parts(kind)
    return frozenset(parts)


def reader(sources: Mapping[str, Source], *also: type) -> Converter:
    """Return a converter that reads definitions whose citations refer to ``sources``.

    ``also`` are classes that are read besides those of definitions.
    """
    converter = strict_converter()
    plain = ((str, _text), (int, _whole), (bool, _yes_no), (date, _day), (Decimal, _amount))
    for kind, hook in plain:
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(lambda kind: kind == Expression, _condition)
    converter.register_structure_hook_func(lambda kind: kind == Expression | None, _value)
    converter.register_structure_hook(Literal, _literal)
    converter.register_structure_hook_factory(_is_list, lambda kind: _list(converter, kind))
    special: dict[Any, Callable[[Converter, type], Callable[[Any, Any], Any]]] = {
        Citation: partial(_citation, sources),
        RuleVersion: _rule_version,
        Parameter: _parameter,
    }
    kinds = (*(kind.of for kind in Definitions.kinds()), *also, Source, Cited)
    classes: set[type] = {Citation}
    for of in classes.union(*map(_parts, kinds)):
        if issubclass(of, Enum):
            converter.register_structure_hook(of, word_of)
            continue
        # A factory, because the hook of a class is made from the hooks of its fields.
        converter.register_structure_hook_factory(
            partial(operator.is_, of), lambda kind: special.get(kind, _structure)(converter, kind)
        )
    return converter


def _citation(
    sources: Mapping[str, Source], converter: Converter, _: type
) -> Callable[[Any, Any], Citation]:
    inner = _structure(converter, Cited)

    def read(value: Any, _: Any) -> Citation:
        cited: Cited = inner(value, Cited)
        try:
            source = sources[cited.source]
        except KeyError:
            message = f"there is no [source.{cited.source}]"
            error = _NoSource(message, nearest(cited.source, sources))
            raise ClassValidationError("in a citation", [at(error, "source")], Citation) from None
        return Citation(
            instrument=source.instrument,
            provision=cited.provision,
            url=source.url,
            checked_on=cited.checked_on or source.checked_on,
            confidence=cited.confidence or source.confidence,
        )

    return read


def _rule_version(converter: Converter, _: type) -> Callable[[Any, Any], RuleVersion]:
    inner, fields = _structure(converter, RuleVersion), frozenset(fields_of(RuleVersion))

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            return inner(value, kind)
        wrong: list[Exception] = []
        given = {"value", "compute"} & value.keys()
        slips = {nearest(key, fields_of(RuleVersion)) for key in value.keys() - fields}
        if len(given) == 2 or not given | ({"value", "compute"} & slips):
            wrong.append(Unfit("needs either the field value or the field compute"))
        rest = {"value": "", **value}
        computed = None
        if "compute" in value:
            try:
                computed = _condition(rest.pop("compute"), None)
            except UnioncoreError as error:
                wrong.append(at(error, "compute"))
        try:
            version = inner(rest, kind)
        except ClassValidationError as error:
            wrong.extend(error.exceptions)
        if wrong:
            raise ClassValidationError("in a version", wrong, RuleVersion)
        return version if computed is None else attrs.evolve(version, value=computed)

    return read


def _parameter(converter: Converter, _: type) -> Callable[[Any, Any], Parameter]:
    inner = _structure(converter, Parameter)

    def read(value: Any, kind: Any) -> Any:
        parameter = inner(value, kind)
        if parameter.type is not FactType.MONEY:
            return parameter
        versions, wrong = [], []
        for number, version in enumerate(parameter.versions):
            try:
                versions.append(attrs.evolve(version, value=_money(version.value)))
            except Unfit as error:
                inside = ClassValidationError("", [at(error, "value")], ParameterVersion)
                wrong.append(at(inside, number))
        if wrong:
            every = IterableValidationError("", wrong, tuple)
            raise ClassValidationError("", [at(every, "versions")], Parameter)
        return attrs.evolve(parameter, versions=tuple(versions))

    return read


def _amount(value: Any, _: Any) -> Decimal:
    """Read a number that is exact: whole, or in quotes."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return _decimal(value, 'a whole number, or one in quotes such as "2.50"')


def _decimal(value: Any, expected: str) -> Decimal:
    try:
        if isinstance(value, str) and (found := Decimal(value)).is_finite():
            return found
    except InvalidOperation:
        pass
    raise Unexpected(expected)


def _money(value: Literal) -> Literal:
    return Literal(_decimal(value.value, 'money in quotes, such as "719.00"'))


_STEP = re.compile(r"\.(\w+)")


def faults_of(error: Exception) -> list[tuple[str, str, FaultKind]]:
    """Return each fault in ``error``: the path of keys in its entry, a message, and its kind.

    A field that is needed and stands there misspelt, or at the wrong level, is one fault.
    """
    found = list(leaves(error))
    meant = {
        (path, nearest(key, fields_of(inner.cl)))
        for path, inner in found
        if isinstance(inner, ForbiddenExtraKeysError) and attrs.has(inner.cl)
        for key in inner.extra_fields
    }
    above = {key for _, each in found for key in _of_version(each)}
    faults = []
    for path, inner in found:
        missing = _missing(inner)
        within = path.removesuffix(missing).removesuffix(".")
        if missing and ((within, missing) in meant or (missing in above and "versions[" in path)):
            continue
        in_file = _STEP.sub(lambda step: f".{FILE_NAMES.get(step[1], step[1])}", f".{path}")
        for field, message in _messages(inner):
            told = f"{in_file}.{field}" if field else in_file
            faults.append((told.removeprefix("."), message, _kind(inner)))
    return faults


def _missing(error: BaseException) -> str:
    """Return the name of the field that is needed and not there; empty: another fault."""
    name = str(error.args[0]) if isinstance(error, KeyError) and error.args else ""
    return FILE_NAMES.get(name, name)


def _of_version(error: BaseException) -> set[str]:
    """Return those fields that stand on a definition, and belong to its versions."""
    if not isinstance(error, ForbiddenExtraKeysError):
        return set()
    of = version_of(error.cl) if attrs.has(error.cl) else None
    return set() if of is None else error.extra_fields & {*fields_of(of)}


def _kind(error: BaseException) -> FaultKind:
    if isinstance(error, NotationError):
        return FaultKind.CONDITION
    if isinstance(error, _NoSource):
        return FaultKind.UNKNOWN
    return FaultKind.NO_SOURCE if _missing(error) == "citations" else FaultKind.SHAPE


def _messages(error: BaseException) -> Iterator[tuple[str, str]]:
    """Give what is wrong, each with the field that is told of beside the path."""
    if not isinstance(error, ForbiddenExtraKeysError):
        yield "", _message(error)
        return
    allowed = fields_of(error.cl) if attrs.has(error.cl) else ()
    moved = sorted(_of_version(error))
    if moved:
        yield "", f"move into each version: {', '.join(moved)}"
    for key in sorted(error.extra_fields - {*moved}):
        told = key if key.isprintable() else ascii(key)
        meant = did_you_mean(nearest(key, allowed)) or f"; expected {', '.join(allowed)}"
        yield told, f"no such field{meant}"


def _message(error: BaseException) -> str:
    match error:
        case KeyError():
            missing = _missing(error)
            such = '; write citations = [{ source = "...", provision = "..." }]'
            return f"needs the field {missing}" + such * (missing == "citations")
        case ValueError() if empty := _EMPTY.match(str(error)):
            return f"{empty[1]} must not be empty"
        case _:
            return " ".join(str(error).split()) or type(error).__name__


_EMPTY = re.compile(r"Length of '(\w+)' must be >= 1")
"""How attrs says that something is empty."""
