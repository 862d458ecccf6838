"""The JSON Schema of a definition file, for editors that complete and check as one types.

It is made from the classes that the tables become, with the short forms that a file may hold. It
lets through some of what composition refuses, and refuses nothing that composition takes.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import field, frozen

from unioncore.definitions.shorthand import (
    BY_KEY,
    FILE_NAMES,
    HEADED,
    ONE_A_LINE,
    fields_of,
    version_of,
)
from unioncore.definitions.structuring import TABLES, Cited, Source
from unioncore.describe.keys import abouts, part_of, summary
from unioncore.legal import Citation, Nation, Period
from unioncore.rules import RuleVersion
from unioncore.rules.condition import Expression, Literal

__all__ = ["definition_schema"]

_Schema = dict[str, Any]

_TEXT: _Schema = {"type": "string"}
_LITERAL: _Schema = {"type": ["string", "integer", "boolean"]}
_SCALARS: Mapping[Any, _Schema] = {
    str: _TEXT,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    # A day is no text in TOML; what checks TOML by a schema takes it for one.
    date: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Decimal: {"type": ["string", "integer"]},
    Literal: _LITERAL,
    Expression: {"type": "string", "minLength": 1},
    Expression | None: {"anyOf": [_LITERAL, {"type": "array", "items": _LITERAL}]},
    Period: {
        "type": "object",
        "properties": {"start": _TEXT, "end": _TEXT},
        "additionalProperties": False,
    },
}
_AMENDED_BY: _Schema = {
    "description": "The amendment that changes this, or a table of several and what each changes.",
    "type": ["string", "object"],
}


def definition_schema() -> _Schema:
    """Return the JSON Schema (2020-12) of a definition file."""
    return _SchemaOfFiles().whole()


@frozen(repr=False)
class _SchemaOfFiles:
    shared: dict[str, _Schema] = field(factory=dict)
    """The classes that were met, by name."""

    def whole(self) -> _Schema:
        tables: dict[str, _Schema] = {}
        for name, table in TABLES.items():
            if name not in ONE_A_LINE:
                tables[name] = self._table(name, table.of, {*table.fixed})
        tables["source"] = self._table("source", Source, set())
        tables["words"] = self._words()
        tables["synonyms"] = self._synonyms()
        tables["translations"] = self._translations()
        tables["amendment"] = _described(
            "A change of law: from which day, and what it makes of what is amended by it.",
            {"type": "array", "items": {"type": "object", "required": ["key", "start"]}},
        )
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Definitions of unioncore",
            "type": "object",
            "properties": {**self._heads(), **tables},
            "additionalProperties": False,
            "$defs": self.shared,
        }

    def _heads(self) -> dict[str, _Schema]:
        """Return the fields that may stand at the head of a file, for each of its entries."""
        found: dict[str, list[_Schema]] = {}
        for kind in (*(table.of for table in TABLES.values()), Source):
            for name, schema in self._fields(kind).items():
                if schema not in found.setdefault(name, []):
                    found[name].append(schema)
        found.pop("key")
        return {
            name: each[0] if len(each) == 1 else {"anyOf": each} for name, each in found.items()
        }

    # -- tables --------------------------------------------------------------------------------

    def _table(self, name: str, of: type, fixed: set[str]) -> _Schema:
        entry = self._entry(of, fixed)
        if name == "table":
            row = {"type": "object", "description": "The words of a row, and what it gives."}
            entry["properties"]["row"] = {"type": "array", "items": row}
            entry["properties"]["by"] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
            entry |= {"additionalProperties": True}  # facts that all rows share
        if name not in HEADED:
            return _described(summary(of), {"type": "array", "items": entry})
        # Each full stop in the key of a heading makes a table within a table.
        at = f"{name}.KEY"
        deeper = {"$ref": f"#/$defs/{at}"}
        fields = {
            each: {"anyOf": [schema, deeper]}
            for each, schema in entry["properties"].items()
            if each != "key"
        }
        self.shared[at] = {
            "type": "object",
            "properties": fields,
            "additionalProperties": deeper,
        }
        return _described(summary(of), {"type": "object", "additionalProperties": deeper})

    def _words(self) -> _Schema:
        word = self._entry(TABLES["word"].of, {"key", "vocabulary"})
        words = {"type": "object", "additionalProperties": {"anyOf": [_TEXT, word]}}
        said = "Words of a vocabulary, one a line."
        return _described(said, {"type": "object", "additionalProperties": words})

    def _synonyms(self) -> _Schema:
        see = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
        said = "Other words for things, one a line, each with the address of what it means."
        return _described(said, {"type": "object", "additionalProperties": see})

    def _translations(self) -> _Schema:
        fixed = {"language", "vocabulary", "word"}
        word = self._entry(TABLES["translation"].of, fixed)
        citations = word["properties"]["citations"]
        words = {
            "type": "object",
            "properties": {"citations": citations},
            "additionalProperties": {"anyOf": [_TEXT, word]},
        }
        said = "What words are called in another language, one a line under its vocabulary."
        language = {"type": "object", "additionalProperties": words}
        return _described(said, {"type": "object", "additionalProperties": language})

    def _entry(self, of: type, fixed: set[str]) -> _Schema:
        """Return the schema of one entry, whose only version may stand in it."""
        properties = self._fields(of)
        version = version_of(of)
        if version is not None:
            properties = {**self._fields(version), **properties, "amended_by": _AMENDED_BY}
            # What an amendment names may stand in versions of its own.
            properties["version"] = {"type": "array", "items": self._class(version)}
        return _object({key: each for key, each in properties.items() if key not in fixed})

    def _class(self, of: type) -> _Schema:
        """Return a reference to the schema of a class, which stands once."""
        if of.__name__ not in self.shared:
            self.shared[of.__name__] = {}  # it may hold itself
            amended = {"amended_by": _AMENDED_BY} if "period" in fields_of(of) else {}
            self.shared[of.__name__] = _object({**self._fields(of), **amended})
        return {"$ref": f"#/$defs/{of.__name__}"}

    # -- fields --------------------------------------------------------------------------------

    def _fields(self, of: type) -> dict[str, _Schema]:
        hints, said = get_type_hints(of), abouts(of.__mro__)
        found = {}
        every: tuple[attrs.Attribute[Any], ...] = attrs.fields(of)
        for each in every:
            if each.init:
                name = FILE_NAMES.get(each.name, each.name)
                schema = self._field(name, hints[each.name])
                found[name] = _described(said.get(each.name, ""), schema)
        if of is RuleVersion:
            found["compute"] = _described("The value, computed.", _SCALARS[Expression])
        return found

    def _field(self, name: str, hint: Any) -> _Schema:
        if hint in _SCALARS:
            return _SCALARS[hint]
        (of, *_) = [each for each in get_args(hint) if each is not NoneType] or [hint]
        if of is Nation:
            return _described('Nations, such as "GB" or "Wales".', _TEXT)
        if of is Citation:
            return {"type": "array", "items": self._class(Cited)}
        if name in BY_KEY and attrs.has(of):
            return {"type": "object", "additionalProperties": self._lines(name, of)}
        inner = self._inner(of)
        many = get_origin(hint) in (tuple, frozenset)
        return {"type": "array", "items": inner} if many else inner

    def _inner(self, of: Any) -> _Schema:
        if of in _SCALARS:
            return _SCALARS[of]
        if isinstance(of, type) and issubclass(of, Enum):
            return {"enum": [str(each.value) for each in of]}
        if part_of(of) is not None:
            return self._class(of)
        return {}

    def _lines(self, name: str, of: type) -> _Schema:
        """Return the schema of one line of what stands by its key."""
        inner = self._class(of)
        match name:
            case "transitions":
                event = {"anyOf": [inner, {"type": "array", "items": inner}]}
                return {"type": "object", "additionalProperties": event}
            case "means":
                return self._fields(of)["means"]
            case "pay":
                sums = _SCALARS[Decimal]
                more = [{"type": "array", "items": sums}, {"type": "object"}]
                return {"anyOf": [sums, *more]}
            case _:
                return {"anyOf": [_TEXT, inner]}


def _object(properties: Mapping[str, _Schema]) -> _Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _described(said: str, schema: _Schema) -> _Schema:
    return {"description": said, **schema} if said else schema
