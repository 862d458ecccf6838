"""The objects of JSON, each from one class: reader, faults with their places, and schema.

The fields of an attrs class are those of the object, by their aliases and without an underscore at
their end. Null is as if left out. What the fields cannot say, a class says in ``amiss``, of the
object as it was written. A class that stands for several names in ``one_of`` the field that tells
them apart, and the class of each word. What a class keeps to itself, it names in ``_inside``: that
is neither written nor read. A class that is written in a form of its own says so by ``own_form``.

``unioncore.shown.plain`` is the way out, ``read_back`` the way in.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, reduce
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, NewType, Self, TypeVar, Union, get_args, get_origin

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

from unioncore.convert import strict_converter, yes_or_no
from unioncore.errors import (
    BadFacts,
    BadStored,
    DataFault,
    Problem,
    UnioncoreError,
    UnknownName,
    did_you_mean,
    nearest,
)
from unioncore.legal import DayRange, Jurisdiction, Nation
from unioncore.numbers import whole
from unioncore.shown import Shown, plain

__all__ = [
    "Count",
    "Moment",
    "Percent",
    "SomeDay",
    "Stored",
    "Text",
    "Unexpected",
    "Unfit",
    "about",
    "at",
    "data_faults",
    "faults_of",
    "items",
    "leaves",
    "object_schema",
    "own_form",
    "read",
    "read_back",
    "schema",
    "schema_of",
    "structure",
    "within",
    "word_of",
]

T = TypeVar("T")

Text = NewType("Text", str)
"""Text that is not empty."""
Percent = NewType("Percent", Decimal)
Count = NewType("Count", int)
"""A number of people or things: zero or more."""
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


def _count(value: Any) -> int:
    if whole(value) < 0:
        raise ValueError(value)
    return whole(value)


def _fraction(value: Any) -> Fraction:
    if isinstance(value, bool | float):
        raise ValueError(value)
    return Fraction(value)


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
    int: _Scalar(whole, "a whole number", {"type": "integer"}),
    Count: _Scalar(_count, "zero or a positive whole number", {"type": "integer", "minimum": 0}),
    bool: _Scalar(yes_or_no, "true or false", {"type": "boolean"}),
    date: _Scalar(_day, "a day such as 2025-04-15", {"type": "string", "pattern": f"^{_DAY}$"}),
    datetime: _Scalar(
        datetime.fromisoformat, "a day and an hour such as 2018-04-26T12:00", _STRING
    ),
    time: _Scalar(time.fromisoformat, "a time such as 15:30", _STRING),
    SomeDay: _Scalar(
        DayRange.parse,
        "a day such as 2026-02-18, or a month or a year",
        {"type": "string", "pattern": f"^[0-9]{{4}}(-[0-9]{{2}})?$|^{_DAY}(/{_DAY})?$"},
    ),
    Moment: _Scalar(_moment, "a day, or a day and a time", _STRING),
    date | datetime: _Scalar(_moment, "a day, or a day and a time", _STRING),
    Percent: _Scalar(
        _number,
        'a percentage such as "57.71"',
        {"type": ["string", "number"], "pattern": r"^[0-9]{1,3}(\.[0-9]+)?$"},
    ),
    Decimal: _Scalar(_number, "pounds", {"type": ["string", "number"]}),
    Fraction: _Scalar(
        _fraction,
        'a share such as "2/3"',
        {"type": ["string", "integer"], "pattern": "^-?[0-9]+(/[0-9]+)?$"},
    ),
    Jurisdiction: _NATION,
    Nation | Jurisdiction | str: _NATION,
    Mapping[str, Any]: _Scalar(_object, "an object", {"type": "object"}),
}


def _without_none(kind: Any) -> Any:
    """Return the type of a value that is given."""
    parts: tuple[Any, ...] = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    return reduce(operator.or_, (part for part in parts if part is not NoneType))


def _value(value: Any, kind: Any) -> Any:
    if value is None and NoneType in get_args(kind):
        return None
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
    return kind(_one_word(value, [str(member.value) for member in kind]))


def _one_word(value: Any, known: list[str]) -> str:
    if isinstance(value, str) and value in known:
        return value
    hint = nearest(value, known)
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
    kept: dict[str, Any] = {each.name: _empty(each.type) for each in _kept(of)}
    renames |= {name: override(struct_hook=_as_it_is, rename=name) for name in kept}
    inner: Callable[[Any, Any], Any] = make_dict_structure_fn(of, converter, **renames)
    tag, word = _tag(of)
    # What is needed and left out is read as null, which is then not what is expected.
    needed = [name for name, each in names.items() if each.default is attrs.NOTHING]

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unexpected("an object")
        given = {k: v for k, v in value.items() if v is not None or k not in names}
        if tag and given.get(tag) == word:
            del given[tag]
        amiss = getattr(of, "amiss", lambda _: ())(given)
        wrong: list[Exception] = [at(error, place) for place, error in amiss]
        try:
            made = inner({**dict.fromkeys(needed), **given, **kept}, kind)
        except ClassValidationError as error:
            wrong = [*error.exceptions, *wrong]
        if wrong:
            raise ClassValidationError("in an object", wrong, of)
        return made

    return read


def _one_of(converter: Converter, of: Any) -> Callable[[Any, Any], Any]:
    """Return what reads an object of one of several classes, told apart by a word."""
    tag, kinds = _kinds(of)

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unexpected("an object")
        word = value.get(tag)
        if not isinstance(word, str) or word not in kinds:
            hint = nearest(word, kinds)
            wrong = Unexpected(f"one of {', '.join(kinds)}", hint)
            raise within(of, (tag, wrong))
        given = {key: item for key, item in value.items() if key != tag}
        return converter.structure(given, kinds[word])

    return read


def _is_one_of(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "one_of") and not _tag(kind)[0]


def _kinds(of: Any) -> tuple[str, dict[str, type]]:
    """Return the field that tells the classes apart for which one stands, and those classes."""
    tag, kinds = of.one_of
    every = "one_of" in vars(of)  # else it stands for those that are made from it
    return tag, {word: each for word, each in kinds.items() if every or issubclass(each, of)}


def _tag(of: Any) -> tuple[str, str]:
    """Return the field by which a class is told from others, and its word there; or nothing."""
    tag, kinds = of.one_of if hasattr(of, "one_of") else ("", {})
    return next(((tag, word) for word, kind in kinds.items() if kind is of), ("", ""))


@cache
def _fields(of: type) -> dict[str, "attrs.Attribute[Any]"]:
    """Return the fields of an object by their names in a file."""
    attrs.resolve_types(of)
    inside = getattr(of, "_inside", ())
    return {_name(each): each for each in attrs.fields(of) if each.name not in inside}


def _kept(of: type) -> list["attrs.Attribute[Any]"]:
    """Return the fields that a class keeps to itself."""
    inside = getattr(of, "_inside", ())
    return [each for each in attrs.fields(of) if each.name in inside]


def _empty(kind: Any) -> Any:
    """Return what stands in the place of what is kept inside, which nothing gives back."""
    if NoneType in get_args(kind):
        return None
    origin = get_origin(kind) or kind
    if origin is Mapping:
        return {}
    if origin in (tuple, frozenset, dict, bool):
        return origin()
    raise Unfit("what such a value keeps to itself cannot be read back")


def _as_it_is(value: Any, _: Any) -> Any:
    return value


def _name(field: "attrs.Attribute[Any]") -> str:
    return (field.alias or field.name).removesuffix("_")


def at(error: Exception, place: str | int) -> Exception:
    """Return ``error`` with the field or the number in a list where it is, as cattrs notes it."""
    noted: Any = AttributeValidationNote if isinstance(place, str) else IterableValidationNote
    error.__notes__ = [*getattr(error, "__notes__", ()), noted("", place, None)]
    return error


def within(of: type, *wrong: tuple[str, Exception]) -> Exception:
    """Return what a reader raises for errors in fields of an object, each with its field."""
    return ClassValidationError("in an object", [at(error, place) for place, error in wrong], of)


@cache
def _converter() -> Converter:
    converter = strict_converter()
    converter.register_structure_hook_factory(attrs.has, lambda kind: _form(converter, kind))
    converter.register_structure_hook_factory(_is_one_of, lambda kind: _one_of(converter, kind))
    converter.register_structure_hook_func(lambda kind: _without_none(kind) in _VALUES, _value)
    for kind in (*(each for each in _VALUES if isinstance(each, type)), Enum):
        converter.register_structure_hook(kind, _value)
    for is_one, factory in (
        (_is_list, _list),
        (_is_row, _row),
        (_is_mapping, _mapping),
        (_is_literal, lambda _, kind: lambda value, _: _one_word(value, [*get_args(kind)])),
        (_is_either, _either),
        (_has_own_form, lambda _, kind: _own_form(kind).read),  # type: ignore[union-attr]
    ):
        converter.register_structure_hook_factory(
            is_one, lambda kind, factory=factory: factory(converter, kind)
        )
    return converter


def _list(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    of = get_args(kind)[0]
    called = {str: "texts", date: "days", int: "whole numbers"}.get(of, "objects")
    return items(converter, kind, lambda _: f"a list of {called}")


def _row(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """Return what reads a list of which each place has a type of its own."""
    kinds = get_args(kind)
    places = [converter.get_structure_hook(each) for each in kinds]

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, list) or len(value) != len(places):
            raise Unexpected(f"a list of {len(places)}")
        every = zip(places, value, kinds, strict=True)
        return tuple(inner(item, of) for inner, item, of in every)

    return read


def _mapping(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """Return what reads an object of which the names are data too."""
    name_kind, item_kind = get_args(kind)
    read_name = converter.get_structure_hook(name_kind)
    read_item = converter.get_structure_hook(item_kind)

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unexpected("an object")
        made: dict[Any, Any] = {}
        wrong: list[tuple[str, Exception]] = []
        for name, item in value.items():
            try:
                # The name for what has none is empty, as ``plain`` writes it.
                nobody = name == "" and NoneType in get_args(name_kind)
                made[None if nobody else read_name(name, name_kind)] = read_item(item, item_kind)
            except Exception as error:  # whatever is stored is reported
                wrong.append((str(name), error))
        if wrong:
            raise within(dict, *wrong)
        return made

    return read


def _either(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    """Return what reads one of several classes, told apart by the fields that each needs."""
    optional = NoneType in get_args(kind)
    kinds = [each for each in get_args(kind) if each is not NoneType]
    classes = [each for each in kinds if attrs.has(each)]
    others = [each for each in kinds if not attrs.has(each)]

    def read(value: Any, _: Any) -> Any:
        if value is None and optional:
            return None
        if not isinstance(value, Mapping):
            raise Unexpected("an object")
        fitting = (each for each in classes if _needs(each) <= {*value} <= {*_fields(each)})
        of = next(fitting, others[0] if others else None)
        if of is None:
            named = " or ".join(", ".join(sorted(_needs(each))) for each in classes)
            raise Unexpected(f"an object with {named}")
        return converter.structure(value, of)

    return read


def _needs(of: type) -> set[str]:
    return {name for name, each in _fields(of).items() if each.default is attrs.NOTHING}


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is frozenset or (
        get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)
    )


def _is_row(kind: Any) -> bool:
    return get_origin(kind) is tuple and not _is_list(kind)


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) in (dict, Mapping) and kind not in _VALUES


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _is_either(kind: Any) -> bool:
    kind = _without_none(kind)
    return get_origin(kind) in (Union, UnionType) and kind not in _VALUES


# -- classes with a form of their own --------------------------------------------------------------


@frozen
class _OwnForm(Shown):
    """How a class is read that is written in another form than its fields, and its schema."""

    read: Callable[[Any, Any], Any]
    schema: Callable[[Any, dict[str, Any]], dict[str, Any]]


_OWN_FORMS: dict[Any, _OwnForm] = {}


def own_form(
    of: Any,
    read: Callable[[Any, Any], Any],
    schema: Callable[[Any, dict[str, Any]], dict[str, Any]],
) -> None:
    """Say how a class, and each made from it, is read from what ``plain`` writes of it.

    Args:
        of: the class, or what unites several.
        read: gives the value of plain data and of the class that is meant; what does not fit it
            raises as ``Unexpected``.
        schema: gives the JSON Schema for the class that is meant; what it shares with others it
            puts by name into the second argument.
    """
    _OWN_FORMS[of] = _OwnForm(read, schema)


def _own_form(kind: Any) -> _OwnForm | None:
    of = _without_none(kind)
    of = of if of in _OWN_FORMS else get_origin(of) or of
    above = of.__mro__ if isinstance(of, type) else (of,)
    found = next((_OWN_FORMS[each] for each in above if each in _OWN_FORMS), None)
    if found is None or NoneType not in get_args(kind):
        return found
    read = found.read
    return attrs.evolve(found, read=lambda v, _: None if v is None else read(v, of))


def _has_own_form(kind: Any) -> bool:
    return _own_form(kind) is not None


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
        elif isinstance(inner, Unfit):
            yield path, inner
        else:  # a check of the class itself, whose message may show what stands there
            yield path, Unfit("its values do not go together")


def data_faults(error: Exception) -> tuple[DataFault, ...]:
    """Return everything that is wrong with stored data, each with its path of keys."""
    faults = []
    for path, each in faults_of(error):
        said = f"expected {each.text}" if _expects(each) else each.text
        faults.append(DataFault("", 0, path, said, each.suggestion))
    return tuple(dict.fromkeys(faults))


def structure(plain: Any, kind: type[T]) -> T:
    """Return the object of class ``kind``; what it raises is for ``faults_of``."""
    return _converter().structure(plain, kind)


def read_back(plain: Any, kind: type[T]) -> T:
    """Return the value of a class that ``plain`` of it was written as.

    Raises:
        BadStored: with the path of everything that cannot be read.
    """
    try:
        return structure(plain, kind)
    except Exception as error:  # whatever is stored is reported
        raise BadStored(kind.__name__, data_faults(error)) from None


class Stored(Shown):
    """A value that goes to JSON and comes back equal.

    What a class keeps to itself, it names in ``inside``; that is not written, and is read as empty.
    """

    __slots__ = ()
    _inside: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, inside: str = "", **more: Any) -> None:
        super().__init_subclass__(**more)
        if inside:
            cls._inside = tuple(inside.split())

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data that JSON can hold, field by field."""
        return {key: plain(each) for key, each in self._given().items()}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Read back what ``to_dict`` gave.

        Raises:
            BadStored: with the path of everything that cannot be read.
        """
        return read_back(plain, cls)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of what ``to_dict`` gives."""
        return schema(cls, cls.__name__)

    def _given(self) -> Mapping[str, Any]:
        """Return what it gives out, by name."""
        kind: Any = type(self)
        names = (each.name for each in attrs.fields(kind))
        return {name: getattr(self, name) for name in names if name not in self._inside}


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


def schema(kind: Any, title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds one object of class ``kind``."""
    shared: dict[str, Any] = {}
    inner = schema_of(kind, shared)
    own = str(inner.get("$ref", "")).rpartition("/")[2]
    if own and own not in _met(shared[own], shared):  # nothing else refers to it
        inner = shared[own]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    met = _met(inner, shared)
    return {**head, **inner, **({"$defs": met} if met else {})}


def _met(found: Any, shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the shared schemas that a schema refers to."""
    met: dict[str, Any] = {}
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            name = str(each.get("$ref", "")).rpartition("/")[2]
            if name in shared and name not in met:
                met[name] = shared[name]
                waiting.append(shared[name])
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return dict(sorted(met.items()))


def schema_of(kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type; that of each class stands once, in ``shared``."""
    if NoneType in get_args(kind):
        return {"anyOf": [schema_of(_without_none(kind), shared), {"type": "null"}]}
    if kind in _VALUES:
        return dict(_VALUES[kind].schema)
    if own := _own_form(kind):
        return own.schema(kind, shared)
    if _is_enum(kind):
        return {"enum": [str(each.value) for each in kind]}
    arguments = get_args(kind)
    if _is_literal(kind):
        return {"enum": [*arguments]}
    if _is_list(kind):
        unique = {"uniqueItems": True} if get_origin(kind) is frozenset else {}
        return {"type": "array", "items": schema_of(arguments[0], shared), **unique}
    if _is_row(kind):
        places = [schema_of(each, shared) for each in arguments]
        return {"type": "array", "prefixItems": places, "items": False, "minItems": len(places)}
    if _is_mapping(kind):
        return {"type": "object", "additionalProperties": schema_of(arguments[1], shared)}
    if _is_either(kind):
        return {"anyOf": [schema_of(each, shared) for each in arguments]}
    if kind.__name__ not in shared:
        shared[kind.__name__] = {}  # it may hold itself
        shared[kind.__name__] = _class_schema(kind, shared)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _class_schema(kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    if _is_one_of(kind):
        tag, kinds = _kinds(kind)
        every = (_tagged(tag, word, object_schema(each, shared)) for word, each in kinds.items())
        return {"oneOf": [*every]}
    tag, word = _tag(kind)
    found = object_schema(kind, shared)
    return _tagged(tag, word, found) if tag else found


def object_schema(kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the fields of a class; those of other classes go into ``shared``."""
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
    kind: Any = field.type
    if field.default is not attrs.NOTHING and kind is not Any:
        kind = kind | None
    return {**({"description": said} if said else {}), **schema_of(kind, shared)}
