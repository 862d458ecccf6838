"""The tables of a definition file: what each is for, and what each key in it means.

Both are read from the classes that the tables become, so that they are said in one place.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module, resources
from itertools import pairwise
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from unioncore.definitions.shorthand import BY_KEY, FILE_NAMES, HEADED, ONE_A_LINE
from unioncore.definitions.structuring import Source
from unioncore.legal import Citation, Nation, Period
from unioncore.rulebook import Definitions
from unioncore.rules import RuleVersion
from unioncore.rules.condition import Expression, Literal
from unioncore.shown import Shown

__all__ = ["DefinitionKey", "DefinitionTable", "definition_tables"]


@frozen
class DefinitionKey(Shown, shows="name"):
    """One key of a table of a definition file."""

    name: str
    value: str
    """What may be written, in words."""
    about: str
    """What it means."""
    is_needed: bool


@frozen
class DefinitionTable(Shown, shows="name"):
    """One table of a definition file, or a part of one, such as ``rule.version``."""

    name: str
    heading: str
    """How it is written, such as ``[[rule]]``."""
    about: str
    keys: tuple[DefinitionKey, ...]
    example: str = ""
    """A made-up one as it stands in a file; empty for a part."""


def definition_tables() -> tuple[DefinitionTable, ...]:
    """Return every table that a definition file may hold, each followed by its parts."""
    examples = _examples()
    kinds = [
        (name, kind.of, fixed)
        for kind in Definitions.kinds()
        for name, fixed in kind.tables.items()
    ]
    return tuple(
        attrs.evolve(table, example=examples.get(table.name, ""))
        for name, of, fixed in (("source", Source, {}), *kinds)
        for table in _parts(name, of, {*fixed})
    )


def _examples() -> Mapping[str, str]:
    """Return the first example of each table."""
    file = resources.files("unioncore") / "templates" / "tables" / "every_table.toml"
    found: dict[str, str] = {}
    for block in re.split(r"\n(?=\[)", file.read_text("utf-8")):
        if heading := re.match(r"\[+(\w+)", block):
            name = {"words": "word", "translations": "translation"}.get(heading[1], heading[1])
            found.setdefault(name, block.strip())
    return found


def _parts(name: str, of: type[Any], left_out: set[str]) -> Iterator[DefinitionTable]:
    keys, parts = [], []
    hints, about = get_type_hints(of), abouts(of.__mro__)
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(of)
    for field in fields:
        in_file = FILE_NAMES.get(field.name, field.name)
        if not field.init or in_file in left_out:
            continue
        part = part_of(hints[field.name])
        if part is not None:
            parts.append((f"{name}.{in_file}", part))
        value = _value(hints[field.name], f"{name}.{in_file}")
        needed = field.default is attrs.NOTHING
        keys.append(DefinitionKey(in_file, value, about.get(field.name, ""), needed))
    if of is RuleVersion:
        keys.append(_COMPUTE)
    yield DefinitionTable(name, _heading(name), summary(of), tuple(keys))
    for inner, kind in parts:
        yield from _parts(inner, kind, set())


def summary(of: type) -> str:
    """Return what a class is, in the first sentence or two of its own words."""
    return _flat((of.__doc__ or "").split("\n\n")[0])


def _heading(name: str) -> str:
    """Return how a table, or a part of one, begins in a file."""
    part = name.rpartition(".")[2]
    if name in ONE_A_LINE:
        return ONE_A_LINE[name]
    if name in HEADED or part in BY_KEY:
        return f"[{name}.KEY]"
    return f"[[{name}]]"


def part_of(hint: Any) -> type[Any] | None:
    """Return the class of the parts that a field holds, if it holds any that have keys."""
    of = next((each for each in get_args(hint) if each is not NoneType), hint)
    has_keys = isinstance(of, type) and attrs.has(of) and of not in (Citation, Period, Literal)
    return of if has_keys and of not in get_args(Expression) else None


_VALUES: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    date: "a day, such as 2024-06-01",
    Literal: "a value",
    Expression: "a condition in quotes",
    Period: "{ start = DAY, end = DAY }; the end is not included, and either may be left out",
    Citation: '{ source = "KEY", provision = "where in it" }',
}


def _value(hint: Any, name: str) -> str:
    """Say what may be written for a field."""
    if hint == Expression | None:
        return "a value"
    if hint in _VALUES:
        return _VALUES[hint]
    many = get_origin(hint) in (tuple, frozenset)
    of = next((each for each in get_args(hint) if each is not NoneType), hint)
    if of is Nation:
        return 'nations, such as "GB" or "Wales"'
    if part_of(hint) is not None:
        return f"see {name}"
    if isinstance(of, type) and issubclass(of, Enum):
        said = " or ".join(f'"{each.value}"' for each in of)
    else:
        said = _VALUES.get(of, "text")
    return f"a list: [{said}, ...]" if many else said


_COMMON: Mapping[str, str] = {
    "key": "By what others refer to it.",
    "name": "What people call it.",
    "label": "How a sentence speaks of it.",
    "versions": "What it says, each version during its period.",
    "period": "When it holds.",
    "citations": "What it rests on.",
    "conflict": "How sources disagree about it, if they do.",
    "when": "What must be so for it to hold.",
    "because": "The reason, as an answer gives it.",
    "value": "What it is then.",
    "decides": "The derived fact that it gives a value.",
    "exceptions": "To whom it does not apply after all, and why.",
    "dated_by": "The fact whose day chooses the version; otherwise it is the day of the question.",
    "subject": "What it is about, such as a person, a case or a branch.",
    "seats": "How many seats.",
    "note": "What else a reader should know.",
    "notes": "What else a reader should know.",
}
"""What keys mean that mean the same wherever they stand, unless a class says more."""


_COMPUTE = DefinitionKey(
    "compute", "a calculation in quotes", "What works its value out, in place of `value`.", False
)


@cache
def abouts(classes: tuple[type, ...]) -> Mapping[str, str]:
    """Return what classes say of their fields, under each of them; the first one counts most."""
    found = dict(_COMMON)
    for kind in reversed(classes):
        if attrs.has(kind):
            told = told_under(kind.__module__).get(kind.__qualname__, {})
            found |= {name: _flat(text) for name, text in told.items()}
    return found


@cache
def told_under(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return what stands under each name that a class gets, by class; under "" the module's own."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    classes = {node.name: node.body for node in tree.body if isinstance(node, ast.ClassDef)}
    return {name: dict(_under(body)) for name, body in {"": tree.body, **classes}.items()}


def _under(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for given, said in pairwise(body):
        match given, said:
            case (
                ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, text


def _flat(text: str) -> str:
    """Return what a docstring says as one line, with its marks as Markdown has them."""
    return " ".join(text.split()).replace("``", "`")
