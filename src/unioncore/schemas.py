"""The JSON Schemas (2020-12) of everything that goes in and out as JSON, by name."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from unioncore import answers
from unioncore.answers import Answers
from unioncore.checked import checked
from unioncore.describe import definition_schema
from unioncore.errors import UnknownName, nearest
from unioncore.forms import SomeDay, schema_of
from unioncore.model import Case, CaseEntry
from unioncore.records import (
    ballot_schema,
    json_schema,
    pay_file_schema,
    union_schema,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType
from unioncore.shown import Shown
from unioncore.stories import story_schema

__all__ = ["JsonSchema", "facts_schema", "schema_named", "schemas"]


@frozen
class JsonSchema(Shown, shows="name"):
    """One schema: its name, what it is of, and what makes it for a rulebook."""

    name: str
    of: str
    make: Callable[[Rulebook], dict[str, Any]]
    room: str = ""
    """The package of the questions that it answers; empty where it is of something else."""


def schemas() -> tuple[JsonSchema, ...]:
    """Return every schema, in the order of their names."""
    return tuple(sorted(_every(), key=lambda each: each.name))


@checked
def schema_named(name: str, rulebook: Rulebook) -> dict[str, Any]:
    """Return a schema; raises ``UnknownName`` where there is none of the name."""
    known = {each.name: each for each in schemas()}
    if name not in known:
        raise UnknownName("schema", name, nearest(name, known))
    return known[name].make(rulebook)


def _every() -> Iterator[JsonSchema]:
    yield JsonSchema("facts", "facts that are given with a question", facts_schema)
    yield JsonSchema("answer", "one answer", lambda _: Answer.json_schema())
    yield JsonSchema("short-answer", "one answer in its short form", lambda _: _short_schema())
    yield JsonSchema("case", "a case with its entries", lambda _: Case.json_schema())
    yield JsonSchema("entry", "an entry of a case", lambda _: CaseEntry.json_schema())
    yield JsonSchema("story", "a told story", lambda _: story_schema())
    yield JsonSchema("ballot", "a ballot on industrial action", lambda _: ballot_schema())
    yield JsonSchema("pay-file", "somebody's shifts and payslips", lambda _: pay_file_schema())
    yield JsonSchema("union", "a whole union", lambda _: union_schema())
    yield JsonSchema("union-folder", "the rows of a union's folder, by table", json_schema)
    yield JsonSchema("definitions", "a definition file", lambda _: definition_schema())
    for name in dir(answers):
        kind = getattr(answers, name)
        if isinstance(kind, type) and issubclass(kind, Answers) and kind is not Answers:
            summary = (kind.__doc__ or "").partition("\n")[0].rstrip(".")
            of = summary[:1].lower() + summary[1:]
            room = ".".join(kind.__module__.split(".")[:3])
            yield JsonSchema(_hyphened(name), of, lambda _, kind=kind: kind.json_schema(), room)  # type: ignore[misc]


def _hyphened(name: str) -> str:
    return re.sub("(?<!^)(?=[A-Z])", "-", name).lower()


def _short_schema() -> dict[str, Any]:
    texts = {"type": "array", "items": {"type": "string"}}
    properties = {
        "known": {"type": "boolean"},
        "value": {"description": "Null where it is not known."},
        "missing": {**texts, "description": "The facts not given that could still decide it."},
        "warnings": texts,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answer in its short form",
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


@checked
def facts_schema(rulebook: Rulebook) -> dict[str, Any]:
    """Return the schema of the facts that may be given with a question, with their words.

    What it lets through, ``ask`` takes. A fact that is null or left out is not known.
    """
    recorded = list(rulebook.rules.recorded.values())
    subjects = {fact.of for fact in recorded if fact.type is FactType.COLLECTION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts",
        "description": f"Of the rulebook {rulebook.fingerprint}.",
        **_facts(rulebook, recorded),
        "$defs": {
            subject: _facts(rulebook, [fact for fact in recorded if fact.subject == subject])
            for subject in sorted(subjects)
        },
    }


def _facts(rulebook: Rulebook, facts: list[Fact]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            fact.key: _fact(rulebook, fact) for fact in sorted(facts, key=lambda each: each.key)
        },
        "additionalProperties": False,
    }


def _fact(rulebook: Rulebook, fact: Fact) -> dict[str, Any]:
    said = {"title": fact.label, **({"description": fact.about} if fact.about else {})}
    return {**said, "anyOf": [_value(rulebook, fact), {"type": "null"}]}


_MOST = 10**12 - 1

_VALUES: Mapping[FactType, Mapping[str, Any]] = {
    FactType.TEXT: {"type": "string", "minLength": 1},
    FactType.WHOLE: {"type": "integer", "minimum": -_MOST, "maximum": _MOST},
    FactType.MONEY: {
        "type": ["string", "integer"],
        "pattern": r"^0*[0-9]{1,12}(\.[0-9]+)?$",
        "minimum": 0,
        "maximum": _MOST,
    },
    FactType.DAY: schema_of(SomeDay, {}),
    FactType.YES_NO: {"type": "boolean"},
}


def _value(rulebook: Rulebook, fact: Fact) -> dict[str, Any]:
    words = {"enum": sorted(rulebook.rules.names_of(fact))}
    match fact.type:
        case FactType.CHOICE:
            return words
        case FactType.SET:
            return {"type": "array", "items": words, "uniqueItems": True}
        case FactType.COLLECTION:
            return {"type": "array", "items": {"$ref": f"#/$defs/{fact.of}"}}
        case _:
            return dict(_VALUES[fact.type])
