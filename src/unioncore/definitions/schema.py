"""How TOML becomes frozen objects: strictly, and with every fault named by its path of keys."""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import partial
from typing import Any

import attrs
from attrs import frozen
from cattrs import Converter, transform_error
from cattrs.errors import AttributeValidationNote, ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from unioncore.convert import strict_converter
from unioncore.errors import NotationError, UnioncoreError, nearest
from unioncore.legal import (
    Citation,
    Confidence,
    Holiday,
    Nation,
    Period,
    WorkingDayCalendar,
)
from unioncore.model import (
    Body,
    BodyKind,
    BodyVersion,
    Branch,
    BranchType,
    BranchTypeVersion,
    BranchVersion,
    NamedVersion,
    Region,
    ServiceGroup,
    Side,
    Tier,
    Union,
)
from unioncore.rules import (
    Fact,
    FactType,
    Impossible,
    Measure,
    Measuring,
    Parameter,
    ParameterVersion,
    Requirement,
    RequirementVersion,
    Row,
    Rule,
    RuleException,
    RuleVersion,
    Table,
    Word,
    parse,
)
from unioncore.rules.condition import Expression, Literal, Words

__all__ = ["TABLES", "Source", "faults_of", "reader"]


@frozen
class Source:
    """A document that citations refer to by key, so that it is described once."""

    key: str
    instrument: str
    url: str
    checked_on: date
    confidence: Confidence


@frozen
class _Kind:
    """How one table of a file is read."""

    of: type
    kind: str
    """The kind of definition, as in ``Definitions``."""
    fixed: Mapping[str, Any] = attrs.field(factory=dict)
    """What the name of the table already says."""


TABLES: Mapping[str, _Kind] = {
    "fact": _Kind(Fact, "facts"),
    "word": _Kind(Word, "words"),
    "employer_kind": _Kind(Word, "words", {"vocabulary": "employer_kind"}),
    "job_group": _Kind(Word, "words", {"vocabulary": "job_group"}),
    "rule": _Kind(Rule, "rules"),
    "table": _Kind(Table, "tables"),
    "parameter": _Kind(Parameter, "parameters"),
    "requirement": _Kind(Requirement, "requirements"),
    "measure": _Kind(Measure, "measures"),
    "impossible": _Kind(Impossible, "impossible"),
    "union": _Kind(Union, "unions"),
    "service_group": _Kind(ServiceGroup, "service_groups"),
    "region": _Kind(Region, "regions"),
    "branch_type": _Kind(BranchType, "branch_types"),
    "branch": _Kind(Branch, "branches"),
    "negotiating_body": _Kind(Body, "bodies", {"kind": BodyKind.NEGOTIATING}),
    "consultative_body": _Kind(Body, "bodies", {"kind": BodyKind.CONSULTATIVE}),
    "advisory_body": _Kind(Body, "bodies", {"kind": BodyKind.ADVISORY}),
    "review_body": _Kind(Body, "bodies", {"kind": BodyKind.REVIEW}),
    "committee": _Kind(Body, "bodies", {"kind": BodyKind.COMMITTEE}),
    "national_forum": _Kind(Body, "bodies", {"kind": BodyKind.FORUM}),
    "calendar": _Kind(WorkingDayCalendar, "calendars"),
}
"""Every table that a definition file may hold, apart from ``source``."""

_IN_TOML = {
    "versions": "version",
    "exceptions": "except",
    "rows": "row",
    "sides": "side",
    "holidays": "holiday",
}
"""Fields whose name in a file is not their name in Python."""

_CLASSES = (
    Fact, Word, Rule, RuleVersion, RuleException, Parameter, ParameterVersion, Row, Table,
    Requirement, RequirementVersion,
    Measure, Impossible, Union, ServiceGroup, Region, NamedVersion, BranchType, BranchTypeVersion,
    Branch, BranchVersion, Body, BodyVersion, Side, WorkingDayCalendar, Holiday, Period, Source,
)  # fmt: skip


class _Wrong(UnioncoreError, ValueError):
    """A value is not what is expected; the message says what is."""


def _text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise _Wrong(f"expected text in quotes, got {_kind_of(value)}")


def _whole(value: Any, _: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _Wrong(f"expected a whole number, got {_kind_of(value)}")


def _yes_no(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _Wrong(f"expected true or false, got {_kind_of(value)}")


def _day(value: Any, _: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise _Wrong(f"expected a day such as 2009-06-19, without quotes, got {_kind_of(value)}")


def _kind_of(value: Any) -> str:
    names = {str: "text", bool: "true or false", int: "a whole number", float: "a decimal number"}
    names |= {list: "a list", dict: "a table", datetime: "a day with a time", date: "a day"}
    return names.get(type(value), type(value).__name__)


def _word_of(kinds: type[Enum]) -> Callable[[Any, Any], Enum]:
    def read(value: Any, _: Any) -> Enum:
        words = [str(member.value) for member in kinds]
        if isinstance(value, str) and value in words:
            return kinds(value)
        hint = nearest(value, words) if isinstance(value, str) else None
        raise _Wrong(f"expected one of {', '.join(words)}" + _did_you_mean(hint))

    return read


def _did_you_mean(hint: str | None) -> str:
    return f"; did you mean {hint!r}?" if hint else ""


def _condition(value: Any, _: Any) -> Expression:
    return parse(_text(value, None))


def _literal(value: Any, _: Any) -> Literal:
    if isinstance(value, float):
        raise _Wrong('a decimal number is not exact; write money in quotes, such as "719.00"')
    if isinstance(value, str | int | date) and not isinstance(value, datetime):
        return Literal(value)
    raise _Wrong(f"expected text, a whole number, a day, true or false, got {_kind_of(value)}")


def _value(value: Any, _: Any) -> Expression | None:
    if isinstance(value, list):
        return Words(tuple(_literal(item, None) for item in value))
    return _literal(value, None)


def _renames(of: type) -> dict[str, Any]:
    names = {field.name for field in attrs.fields(of)}
    return {
        name: override(rename=in_toml) for name, in_toml in _IN_TOML.items() if name in names
    } | {field.name: override(omit=True) for field in attrs.fields(of) if not field.init}


def _structure(converter: Converter, of: type) -> Callable[[Any, Any], Any]:
    inner: Callable[[Any, Any], Any] = make_dict_structure_fn(of, converter, **_renames(of))

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise _Wrong(f"expected a table, got {_kind_of(value)}")
        return inner(value, kind)

    return read


def _at(error: Exception, field: str, of: type) -> ClassValidationError:
    """Return ``error`` as cattrs reports one in the field ``field``."""
    error.__notes__ = [AttributeValidationNote(f"in {of.__name__}", field, str)]
    return ClassValidationError(f"While structuring {of.__name__}", [error], of)


def reader(sources: Mapping[str, Source]) -> Converter:
    """Return a converter that reads definitions whose citations refer to ``sources``."""
    converter = strict_converter()
    for kind, hook in ((str, _text), (int, _whole), (bool, _yes_no), (date, _day)):
        converter.register_structure_hook(kind, hook)
    for words in (BodyKind, Confidence, FactType, Measuring, Nation, Tier):
        converter.register_structure_hook(words, _word_of(words))
    converter.register_structure_hook_func(lambda kind: kind == Expression, _condition)
    converter.register_structure_hook_func(lambda kind: kind == Expression | None, _value)
    converter.register_structure_hook(Literal, _literal)
    converter.register_structure_hook(Citation, _citation(sources))
    special = {RuleVersion: _rule_version, Parameter: _parameter, Table: _table}
    for of in _CLASSES:
        # A factory, because the hook of a class is made from the hooks of its fields.
        converter.register_structure_hook_factory(
            partial(operator.is_, of), lambda kind: special.get(kind, _structure)(converter, kind)
        )
    return converter


def _citation(sources: Mapping[str, Source]) -> Callable[[Any, Any], Citation]:
    allowed = ("source", "provision", "confidence", "checked_on")

    def read(value: Any, _: Any) -> Citation:
        if not isinstance(value, dict):
            raise _Wrong('expected a table such as { source = "...", provision = "..." }')
        for key in value:
            if key not in allowed:
                raise _Wrong(f"no such field: {key}" + _did_you_mean(nearest(key, allowed)))
        source = sources.get(_text(value.get("source"), None))
        if source is None:
            hint = nearest(value["source"], sources)
            raise _Wrong(f"no [[source]] has the key {value['source']!r}" + _did_you_mean(hint))
        confidence = value.get("confidence", source.confidence)
        return Citation(
            instrument=source.instrument,
            provision=_text(value.get("provision", ""), None),
            url=source.url,
            checked_on=_day(value.get("checked_on", source.checked_on), None),
            confidence=Confidence(str(_word_of(Confidence)(str(confidence), None))),
        )

    return read


def _rule_version(converter: Converter, _: type) -> Callable[[Any, Any], RuleVersion]:
    inner = _structure(converter, RuleVersion)

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict) or ("value" in value) == ("compute" in value):
            given = [key for key in value if key != "when"] if isinstance(value, dict) else []
            hints = [nearest(key, ("value", "compute")) for key in given]
            hint = next((hint for hint in hints if hint and hint not in given), None)
            raise _Wrong("expected a table with either value or compute" + _did_you_mean(hint))
        if "compute" not in value:
            return inner(value, kind)
        try:
            computed = _condition(value["compute"], None)
        except UnioncoreError as error:
            raise _at(error, "compute", RuleVersion) from None
        rest = {key: item for key, item in value.items() if key != "compute"}
        return attrs.evolve(inner({**rest, "value": ""}, kind), value=computed)

    return read


def _parameter(converter: Converter, _: type) -> Callable[[Any, Any], Parameter]:
    inner = _structure(converter, Parameter)

    def read(value: Any, kind: Any) -> Any:
        found = inner(value, kind)
        if found.type is not FactType.MONEY:
            return found
        versions = tuple(attrs.evolve(v, value=_money(v.value)) for v in found.versions)
        return attrs.evolve(found, versions=versions)

    return read


def _money(value: Literal) -> Literal:
    try:
        if isinstance(value.value, str):
            return Literal(Decimal(value.value))
    except InvalidOperation:
        pass
    raise _Wrong('expected money in quotes, such as "719.00"')


def _table(converter: Converter, _: type) -> Callable[[Any, Any], Table]:
    """Read a table; its rows share its period and citations unless they have their own."""
    inner = make_dict_structure_fn(Table, converter, rows=override(rename="row"))
    shared = ("period", "citations")

    def read(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise _Wrong(f"expected a table, got {_kind_of(value)}")
        common = {key: value[key] for key in shared if key in value}
        rest = {key: item for key, item in value.items() if key not in shared}
        for field in ("row", "otherwise"):
            rows = rest.get(field, [])
            if isinstance(rows, list):
                none: dict[str, Any] = {"keys": []} if field == "otherwise" else {}
                rest[field] = [
                    {**common, **none, **row} if isinstance(row, dict) else row for row in rows
                ]
        return inner(rest, kind)

    return read


_STEP = re.compile(r"\.(\w+)")


def faults_of(error: Exception, table: str) -> list[tuple[str, str]]:
    """Return each fault in ``error`` as the path of keys in the file, and a message."""
    found = []
    for line in transform_error(error, path=table, format_exception=_message):
        message, _, path = line.rpartition(" @ ")
        in_toml = _STEP.sub(lambda step: f".{_IN_TOML.get(step[1], step[1])}", path)
        found.append((in_toml, message))
    return found


def _message(error: BaseException, _: Any) -> str:
    match error:
        case ForbiddenExtraKeysError():
            fields = attrs.fields(error.cl) if error.cl and attrs.has(error.cl) else ()
            allowed = [_IN_TOML.get(field.name, field.name) for field in fields]
            said = [
                f"no such field: {key}" + _did_you_mean(nearest(key, allowed))
                for key in sorted(error.extra_fields)
            ]
            return "; ".join(said)
        case KeyError():
            missing = str(error.args[0]) if error.args else ""
            return f"needs the field {_IN_TOML.get(missing, missing)}"
        case NotationError() | UnioncoreError():
            return str(error)
        case _:
            return str(error) or type(error).__name__
