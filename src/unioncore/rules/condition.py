"""Conditions: the closed algebra that every rule is written in.

Each node is a frozen value. Every reading (explain, compile, prose, and columns later) handles
each node, so a new node needs one short piece in each of them. Truth has three values: True,
False, and None for "not known" (Kleene's strong logic).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
from attrs import frozen

from unioncore.legal import Period
from unioncore.shown import Shown

__all__ = ["Condition", "Expression"]

_Scalar = str | int | bool | date | Decimal


@frozen
class Literal(Shown, shows="value"):
    """A value written in the condition itself."""

    value: _Scalar

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))

    def __eq__(self, other: object) -> bool:
        # 1 and True are equal in Python and must not be here.
        if not isinstance(other, Literal):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value


@frozen
class Words(Shown, shows="items"):
    """A group of literal values, written in brackets; it may be empty."""

    items: tuple[Literal, ...]


@frozen
class Name(Shown, shows="key"):
    """The value of a fact or a parameter."""

    key: str


@frozen
class Call(Shown, shows="function arguments"):
    """One of the few functions of the notation, or a plugin's cited predicate."""

    function: str
    arguments: tuple["Expression", ...]


@frozen
class Arithmetic(Shown, shows="operator left right"):
    """A sum, difference or product of whole numbers or of money."""

    operator: str
    left: "Expression"
    right: "Expression"


@frozen
class Compare(Shown, shows="operator left right"):
    """Two values compared; not known where either is not known."""

    operator: str
    left: "Expression"
    right: "Expression"


@frozen
class OneOf(Shown, shows="item options"):
    """A value is one of some literal values."""

    item: "Expression"
    options: tuple[Literal, ...]


@frozen
class InSet(Shown, shows="item key"):
    """A word is among the words of the set ``key``."""

    item: "Expression"
    key: str


@frozen
class IsEmpty(Shown, shows="key"):
    """The set ``key`` has no word in it; ``()`` in the notation."""

    key: str


@frozen
class Known(Shown, shows="key"):
    """The fact ``key`` is known at all; itself never "not known"."""

    key: str


@frozen
class Not(Shown, shows="part"):
    """The opposite; the opposite of "not known" is "not known"."""

    part: "Expression"


@frozen
class AllOf(Shown, shows="parts"):
    """Every part holds: false as soon as one part is false, whatever is not known."""

    parts: tuple["Expression", ...]


@frozen
class AnyOf(Shown, shows="parts"):
    """At least one part holds: true as soon as one part is true, whatever is not known."""

    parts: tuple["Expression", ...]


@frozen
class NotReviewed(Shown, shows=""):
    """Never known: stands for a time that no version of a definition covers. Has no notation."""

    reason: str


Expression = (
    Literal
    | Words
    | Name
    | Call
    | Arithmetic
    | Compare
    | OneOf
    | InSet
    | IsEmpty
    | Known
    | Not
    | AllOf
    | AnyOf
    | NotReviewed
)
"""What stands in a condition or a calculation: a value, a name, or something made of others."""

Condition = Expression
"""An expression that is true, false or not known."""

TRUE = Literal(True)
FALSE = Literal(False)


def both(truths: Iterable[bool | None]) -> bool | None:
    """Return Kleene's "and" of any number of truths; True for none."""
    result: bool | None = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def either(truths: Iterable[bool | None]) -> bool | None:
    """Return Kleene's "or" of any number of truths; False for none."""
    result: bool | None = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negate(truth: bool | None) -> bool | None:
    """Return Kleene's "not"."""
    return None if truth is None else not truth


def all_of(*parts: Expression) -> Expression:
    """Return the conjunction of ``parts`` in its shortest form."""
    flat: list[Expression] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        flat.extend(part.parts if isinstance(part, AllOf) else () if part == TRUE else (part,))
    return TRUE if not flat else flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def any_of(*parts: Expression) -> Expression:
    """Return the disjunction of ``parts`` in its shortest form."""
    flat: list[Expression] = []
    for part in parts:
        if part == TRUE:
            return TRUE
        flat.extend(part.parts if isinstance(part, AnyOf) else () if part == FALSE else (part,))
    return FALSE if not flat else flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def not_(part: Expression) -> Expression:
    """Return the opposite of ``part`` in its shortest form."""
    if isinstance(part, Literal):
        return FALSE if part.value else TRUE
    return part.part if isinstance(part, Not) else Not(part)


def held_in(period: Period, day: str) -> Expression:
    """Return the condition that the fact ``day`` lies within ``period``."""
    parts: list[Expression] = []
    if period.start is not None:
        parts.append(Compare("<=", Literal(period.start), Name(day)))
    if period.end is not None:
        parts.append(Compare("<", Name(day), Literal(period.end)))
    return all_of(*parts)


def children(node: Expression) -> tuple[Expression, ...]:
    """Return the parts directly under ``node``."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case OneOf(item, options):
            return (item, *options)
        case InSet(item, _):
            return (item,)
        case Call(_, arguments):
            return arguments
        case Words(items):
            return items
        case _:
            return ()


def walk(node: Expression) -> Iterator[Expression]:
    """Give ``node`` and everything under it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)


def put(node: Expression, part: Expression, other: Expression) -> Expression:
    """Return ``node`` with ``other`` in place of ``part``, which is told by identity."""
    if node is part or not children(node):
        return other if node is part else node

    def field(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(put(each, part, other) for each in value)
        return put(value, part, other) if attrs.has(type(value)) else value

    return type(node)(*(field(getattr(node, each.name)) for each in attrs.fields(type(node))))


def names_in(node: Expression) -> tuple[str, ...]:
    """Return the keys of the facts and parameters that ``node`` reads, as they are written."""
    reading = (part for part in walk(node) if isinstance(part, Name | InSet | IsEmpty | Known))
    return tuple(dict.fromkeys(part.key for part in reading))
