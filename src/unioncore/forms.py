"""The objects of a JSON file, each from one class: reader, faults with their places, and schema.

The fields of an attrs class are those of the object, by their aliases and without an underscore at
their end. Null is as if left out. What the fields cannot say, a class says in ``amiss``, of the
object as it was written. A class that stands for several names in ``one_of`` the field that tells
them apart, and the class of each word.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, reduce
from types import NoneType, UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin

import attrs
from attrs import define, field, frozen
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from unioncore.convert import strict_converter, whole, yes_or_no
from unioncore.errors import BadFacts, Problem, UnioncoreError, UnknownName, did_you_mean, nearest
from unioncore.legal import DayRange, Jurisdiction, Nation
from unioncore.shown import Shown

__all__ = [
    "Moment",
    "Percent",
    "SomeDay",
    "Text",
    "Unexpected",
    "Unfit",
    "about",
    "at",
    "faults_of",
    "items",
    "leaves",
    "read",
    "schema",
    "structure",
    "word_of",
]

T = TypeVar("T")

Text = NewType("Text", str)
"""Text that is not empty."""
Percent = NewType("Percent", Decimal)
SomeDay = date | DayRange
"""A day that may be known only as a month or a year."""
Moment = date | datetime | DayRange


@define(eq=False)
class Unfit(UnioncoreError, ValueError):
    """What stands somewhere cannot stand there; ``text`` says why."""

    text: str
    suggestion: str | None = None

    def __str__(self) -> str:
        return self.text + did_you_mean(self.suggestion)


@define(eq=False)
class Unexpected(Unfit):
    """Something else is expected: ``text`` says what."""

    def __str__(self) -> str:
        return f"expected {self.text}{did_you_mean(self.suggestion)}"


def about(said: str, *, default: Any = None, alias: str | None = None) -> Any:
    """Return an attrs field that the schema describes."""
    return field(default=default, alias=alias, metadata={"about": said})


# -- values ----------------------------------------------------------------------------------------


@frozen
class _Scalar(Shown):
    """A kind of value: how it is read, what is expected, and how the schema says it."""

    read: Callable[[Any], Any]
    expected: str
    schema: Mapping[str, Any]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _filled(value: Any) -> str:
    if not _text(value):
        raise ValueError(value)
    return _text(value)


def _day(value: Any) -> date:
    day = DayRange.parse(value)
    if isinstance(day, DayRange):
        raise ValueError(value)
    return day


def _moment(value: Any) -> date | datetime | DayRange:
    return datetime.fromisoformat(value) if "T" in _text(value) else DayRange.parse(value)


def _number(value: Any) -> Decimal:
    if isinstance(value, bool | float) or not Decimal(value).is_finite():
        raise ValueError(value)
    return Decimal(value)


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_STRING = {"type": "string"}

_NATION = _Scalar(
    lambda value: Jurisdiction.parse(_filled(value)),
    "a nation, or GB, E&W, SCO, NI or UK",
    {"type": "string", "examples": ["GB", "E&W", "SCO", "NI", "UK", "Wales"]},
)
_VALUES: Mapping[Any, _Scalar] = {
    Any: _Scalar(lambda value: value, "a value", {}),
    str: _Scalar(_text, "text", _STRING),
    Text: _Scalar(_filled, "text", {"type": "string", "minLength": 1}),
    int: _Scalar(whole, "a whole number", {"type": "integer", "minimum": 0}),
    bool: _Scalar(yes_or_no, "true or false", {"type": "boolean"}),
    date: _Scalar(_day, "a day such as 2025-04-15", {"type": "string", "pattern": f"^{_DAY}$"}),
    datetime: _Scalar(
        datetime.fromisoformat, "a day and an hour such as 2018-04-26T12:00", _STRING
    ),
    SomeDay: _Scalar(
        DayRange.parse,
        "a day such as 2026-02-18, or a month or a year",
        {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    ),
    Moment: _Scalar(_moment, "a day, or a day and a time", _STRING),
    Percent: _Scalar(
        _number,
        'a percentage such as "57.71"',
        {"type": ["string", "number"], "pattern": r"^[0-9]{1,3}(\.[0-9]+)?$"},
    ),
    Decimal: _Scalar(_number, "pounds", {"type": ["string", "number"]}),
    Jurisdiction: _NATION,
    Nation | Jurisdiction | str: _NATION,
    Mapping[str, Any]: _Scalar(_object, "an object", {"type": "object"}),
}


def _without_none(kind: Any) -> Any:
    """Return the type of a value that is given."""
    parts: tuple[Any, ...] = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return reduce(operator.or_, (part for part in parts if part is not NoneType))


def _value(value: Any, kind: Any) -> Any:
    kind = _without_none(kind)
    if _is_enum(kind):  # words are texts, so their hook is that of text
        return word_of(value, kind)
    about = _VALUES[kind]
    try:
        return about.read(value)
    except UnknownName as error:
        raise Unexpected(about.expected, error.suggestion) from None
    except (ValueError, TypeError, ArithmeticError):
        raise Unexpected(about.expected) from None


# -- objects and lists -----------------------------------------------------------------------------


def word_of(value: Any, kind: type[Enum]) -> Enum:
    """Return a word of an enumeration."""
    known = [str(member.value) for member in kind]
    if isinstance(value, str) and value in known:
        return kind(value)
    hint = nearest(value, known) if isinstance(value, str) else None
    raise Unexpected(f"one of {', '.join(known)}", hint)


def items(
    converter: Converter, kind: Any, expected: Callable[[Any], str]
) -> Callable[[Any, Any], Any]:
    """Return what reads a list and nothing else: text is no list of letters."""
    of = get_args(kind)[0]
    inner, collection = converter.get_structure_hook(of), get_origin(kind)

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise Unexpected(expected(value))
        made, wrong = [], []
        for number, item in enumerate(value):
            try:
                made.append(inner(item, of))
            except Exception as error:  # whatever a file holds is reported
                wrong.append(at(error, number))
        if wrong:
            raise IterableValidationError("in a list", wrong, kind)
        return collection(made)

    return read


def _form(converter: Converter, of: type) -> Callable[[Any, Any], Any]:
    """Return what reads an object, and says what is amiss with it as a whole."""
    names = _fields(of)
    renames: Any = {each.name: override(rename=name) for name, each in names.items()}
    inner: Callable[[Any, Any], Any] = make_dict_structure_fn(of, converter, **renames)
    # What is needed and left out is read as null, which is then not what is expected.
    needed = [name for name, each in names.items() if each.default is attrs.NOTHING]

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unexpected("an object")
        given = {k: v for k, v in value.items() if v is not None or k not in names}
        amiss = getattr(of, "amiss", lambda _: ())(given)
        wrong: list[Exception] = [at(error, place) for place, error in amiss]
        try:
            made = inner({**dict.fromkeys(needed), **given}, kind)
        except ClassValidationError as error:
            wrong = [*error.exceptions, *wrong]
        if wrong:
            raise ClassValidationError("in an object", wrong, of)
        return made

    return read


def _one_of(converter: Converter, of: Any) -> Callable[[Any, Any], Any]:
    """Return what reads an object of one of several classes, told apart by a word."""
    tag, kinds = of.one_of

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unexpected("an object")
        word = value.get(tag)
        if not isinstance(word, str) or word not in kinds:
            hint = nearest(word, kinds) if isinstance(word, str) else None
            wrong = Unexpected(f"one of {', '.join(kinds)}", hint)
            raise ClassValidationError("in an object", [at(wrong, tag)], of)
        given = {key: item for key, item in value.items() if key != tag}
        return converter.structure(given, kinds[word])

    return read


def _is_one_of(kind: Any) -> bool:
    return isinstance(kind, type) and "one_of" in vars(kind)


def _fields(of: type) -> dict[str, "attrs.Attribute[Any]"]:
    """Return the fields of an object by their names in a file."""
    return {_name(each): each for each in attrs.fields(of)}


def _name(field: "attrs.Attribute[Any]") -> str:
    return (field.alias or field.name).removesuffix("_")


def at(error: Exception, place: str | int) -> Exception:
    """Return ``error`` with the field or the number in a list where it is, as cattrs notes it."""
    noted: Any = AttributeValidationNote if isinstance(place, str) else IterableValidationNote
    error.__notes__ = [*getattr(error, "__notes__", ()), noted("", place, None)]
    return error


@cache
def _converter() -> Converter:
    converter = strict_converter()
    converter.register_structure_hook_factory(attrs.has, lambda kind: _form(converter, kind))
    converter.register_structure_hook_factory(_is_one_of, lambda kind: _one_of(converter, kind))
    converter.register_structure_hook_func(lambda kind: _without_none(kind) in _VALUES, _value)
    for kind in (*(each for each in _VALUES if isinstance(each, type)), Enum):
        converter.register_structure_hook(kind, _value)
    converter.register_structure_hook_factory(_is_tuple, lambda kind: _tuple(converter, kind))
    return converter


def _tuple(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    (of, _) = get_args(kind)
    called = {str: "texts", date: "days", int: "whole numbers"}.get(of, "objects")
    return items(converter, kind, lambda _: f"a list of {called}")


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


# -- faults ----------------------------------------------------------------------------------------


def leaves(error: Exception, path: str = "", first: int = 0) -> Iterator[tuple[str, Any]]:
    """Give each single error with its path of keys; places in lists are counted from ``first``."""
    if not isinstance(error, ClassValidationError | IterableValidationError):
        yield path, error
        return
    noted, rest = error.group_exceptions()
    for inner, note in noted:
        if isinstance(note, IterableValidationNote):
            yield from leaves(inner, f"{path}[{int(note.index) + first}]", first)
        else:
            field = attrs.fields_dict(error.cl).get(note.name) if attrs.has(error.cl) else None
            name = note.name if field is None else _name(field)
            yield from leaves(inner, f"{path}.{name}".removeprefix("."), first)
    for inner in rest:
        yield from leaves(inner, path)


def faults_of(error: Exception, first: int = 0) -> Iterator[tuple[str, Unfit]]:
    """Give everything that is wrong with a file, each with its path of keys."""
    for path, inner in leaves(error, first=first):
        if isinstance(inner, ForbiddenExtraKeysError):
            for key in sorted(inner.extra_fields):
                hint = nearest(key, _fields(inner.cl))
                yield f"{path}.{key}".removeprefix("."), Unfit("no such field", hint)
        elif isinstance(inner, RecursionError):
            yield path.partition(".")[0], Unfit("it is nested too deeply")
        else:
            yield path, inner


def structure(plain: Any, kind: type[T]) -> T:
    """Return the object of class ``kind``; what it raises is for ``faults_of``."""
    return _converter().structure(plain, kind)


def read(plain: Any, kind: type[T], *, key: str, first: int = 0) -> T:
    """Return the object of class ``kind`` that is written as plain data.

    Args:
        plain: the data.
        kind: the class.
        key: what is expected of a key, such as ``a key that a ballot has``.
        first: the number of the first place in a list.

    Raises:
        BadFacts: with everything that is wrong, each with its key and the nearest spelling.
    """
    if not isinstance(plain, Mapping):
        raise BadFacts((Problem("the file", "one object of keys and values"),))
    try:
        return structure(plain, kind)
    except Exception as error:
        raise BadFacts(
            tuple(
                Problem(path, each.text if _expects(each) else key, each.suggestion)
                for path, each in faults_of(error, first)
            )
        ) from None


def _expects(fault: Unfit) -> bool:
    return isinstance(fault, Unexpected)


# -- schema ----------------------------------------------------------------------------------------


def schema(kind: type, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds one object of class ``kind``."""
    shared: dict[str, Any] = {}
    found = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_schema(kind, shared),
    }
    return {**found, "$defs": shared} if shared else found


def _schema(kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a class; what may hold itself stands once, in ``shared``."""
    kind = _without_none(kind)
    if kind in _VALUES:
        return dict(_VALUES[kind].schema)
    if _is_enum(kind):
        return {"enum": [str(each.value) for each in kind]}
    if _is_tuple(kind):
        return {"type": "array", "items": _schema(get_args(kind)[0], shared)}
    if _is_one_of(kind):
        if kind.__name__ not in shared:
            shared[kind.__name__] = {}
            tag, kinds = kind.one_of
            every = [_tagged(tag, word, _schema(each, shared)) for word, each in kinds.items()]
            shared[kind.__name__] = {"oneOf": every}
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {
        "type": "object",
        "properties": {name: _property(each, shared) for name, each in _fields(kind).items()},
        "required": [name for name, each in _fields(kind).items() if each.default is attrs.NOTHING],
        "additionalProperties": False,
        **getattr(kind, "schema", {}),
    }


def _tagged(tag: str, word: str, schema: dict[str, Any]) -> dict[str, Any]:
    properties = {tag: {"const": word}, **schema["properties"]}
    return {**schema, "properties": properties, "required": [tag, *schema["required"]]}


def _property(field: "attrs.Attribute[Any]", shared: dict[str, Any]) -> dict[str, Any]:
    said = field.metadata.get("about") or getattr(field.metadata.get("column"), "about", "")
    found = _schema(field.type, shared)
    if field.default is not attrs.NOTHING and found:
        found = {"anyOf": [found, {"type": "null"}]}
    return {**({"description": said} if said else {}), **found}
