"""Two conditions whose truth differs for some facts never share one sentence."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import KINDS, PREDICATE, RECORDED, TAGS, conditions
from unioncore.rules import Fact, FactType, Prose, RuleSet, Subject, render
from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    Not,
    OneOf,
    children,
)

WORLD = RuleSet(
    facts={
        fact.key: attrs.evolve(fact, denial="the flag is down") if fact.key == "flag" else fact
        for fact in (
            *(fact for fact in RECORDED if not fact.key.startswith("meeting")),
            Fact("second", FactType.YES_NO, "the second holds"),
            Fact("third", FactType.YES_NO, "the third holds"),
            Fact("a", FactType.WHOLE, "the ayes"),
            Fact("b", FactType.WHOLE, "the noes"),
            Fact("c", FactType.WHOLE, "the count of all"),
        )
    },
    predicates={PREDICATE.key: PREDICATE},
)
PROSE = Prose(WORLD)


def _people(count: int) -> Iterator[Subject]:
    draw = random.Random(0)
    first = date(2020, 1, 1)
    values: dict[str, list[Any]] = {
        "on": [first + timedelta(days=n) for n in range(12)],
        "since": [first + timedelta(days=n) for n in range(12)],
        "kind": list(KINDS),
        "nation": ["x", "y"],
        "band": ["1", "2", "3"],
        "tags": [frozenset(), frozenset(TAGS[:1]), frozenset(TAGS[1:]), frozenset(TAGS)],
        **{key: [True, False] for key in ("flag", "second", "third")},
        **{key: [-2, -1, 0, 1, 2, 3, 7, 40, 60, 100] for key in ("count", "a", "b", "c")},
    }
    for _ in range(count):
        facts = {k: draw.choice(v) for k, v in values.items() if draw.random() < 0.9}
        yield Subject(WORLD, {"on": first, **facts})


PEOPLE = list(_people(80))


def _truths(condition: Expression) -> tuple[bool | None, ...]:
    return tuple(person.truth(condition) for person in PEOPLE)


def _no_sentence_is_shared(found: Iterable[Expression]) -> int:
    """Fail for two conditions that share a sentence and differ; return how many sentences."""
    seen: dict[str, Expression] = {}
    for condition in found:
        other = seen.setdefault(PROSE.condition(condition), condition)
        assert other is condition or _truths(other) == _truths(condition), (
            f"{render(other)} and {render(condition)} both read {PROSE.condition(condition)!r}"
        )
    return len(seen)


def _sums(depth: int) -> list[Expression]:
    """Every sum, difference and product of three numbers, ``depth`` deep."""
    plain: list[Expression] = [Name("a"), Name("b"), Literal(2)]
    if not depth:
        return plain
    inner = _sums(depth - 1)
    return [
        *plain,
        *(
            Arithmetic(sign, left, right)
            for sign in "+-*"
            for left, right in product(inner, inner)
            if depth < 2 or not (left in plain and right in plain)
        ),
    ]


def test_every_small_calculation_reads_as_what_it_is() -> None:
    compared = [Compare(">=", each, Name("c")) for each in _sums(2)]
    assert _no_sentence_is_shared(compared) > 1500


def test_every_share_reads_as_what_it_is() -> None:
    numbers = [Literal(2), Literal(50), Literal(100), Name("a"), Name("b")]
    parts = [
        *numbers,
        *(
            Arithmetic(sign, one, other)
            for sign in "+*"
            for one, other in product(numbers, numbers)
        ),
    ]
    wholes = [Name("c"), Arithmetic("+", Name("c"), Name("a"))]
    sides = [
        Arithmetic("*", factor, part)
        for factor in (Literal(2), Literal(50), Literal(100), Name("b"))
        for part in parts
    ]
    others = [
        *wholes,
        *(Arithmetic("*", factor, whole) for factor in numbers for whole in wholes),
        *(Arithmetic("*", whole, factor) for factor in numbers for whole in wholes),
    ]
    compared = [
        Compare(sign, *pair)
        for sign in (">=", "<")
        for side, other in product(sides, others)
        for pair in ((side, other), (other, side))
    ]
    assert _no_sentence_is_shared(compared) > 5000


def _logic(depth: int) -> list[Expression]:
    """Every "not", and "and" and "or" of two, of three facts, ``depth`` deep."""
    plain: list[Expression] = [Name("flag"), Name("second"), Known("second")]
    if not depth:
        return [*plain, *map(Not, plain)]
    inner = _logic(depth - 1)
    joined: list[Expression] = [
        node((left, right)) for node in (AllOf, AnyOf) for left, right in product(inner, inner)
    ]
    return [*inner, *joined, *map(Not, joined)]


def test_every_small_nesting_of_and_or_and_not_reads_as_what_it_is() -> None:
    two = random.Random(1).sample(_logic(2), 6000)
    assert _no_sentence_is_shared([*_logic(1), *two]) > 2000


def _changed(node: Expression) -> Iterator[Expression]:
    """Give what ``node`` may be mistaken for: near it, and not always equal to it."""
    match node:
        case AllOf(parts):
            yield AnyOf(parts)
            yield from (
                AllOf((Not(part), *parts[:n], *parts[n + 1 :])) for n, part in enumerate(parts)
            )
            yield from _regrouped(parts, AllOf, AnyOf)
        case AnyOf(parts):
            yield AllOf(parts)
            yield from _regrouped(parts, AnyOf, AllOf)
        case Not(part):
            yield part
        case Compare(sign, left, right):
            yield from (Compare(s, left, right) for s in ("==", "!=", "<", "<=", ">", ">="))
            yield Compare(sign, right, left)
        case Arithmetic(sign, left, right):
            yield from (Arithmetic(s, left, right) for s in "+-*")
            yield Arithmetic(sign, right, left)
            match left, right:
                case Arithmetic(other, one, two), _:
                    yield Arithmetic(other, one, Arithmetic(sign, two, right))
                case _, Arithmetic(other, one, two):
                    yield Arithmetic(other, Arithmetic(sign, left, one), two)
        case OneOf(item, options):
            yield OneOf(item, options[1:])
            yield from (Compare("==", item, option) for option in options)
        case InSet(Literal(word), key):
            yield InSet(Literal("q" if word != "q" else "r"), key)
            yield IsEmpty(key)
        case IsEmpty(key):
            yield Known(key)
        case Known(key):
            yield Name(key) if key == "flag" else IsEmpty("tags")
        case Name("flag"):
            yield Name("second")
            yield Known("flag")
            yield AllOf((Known("flag"), node))
        case Call(function, (first, *rest)):
            yield Call(function, (Call("add_days", (first, Literal(1))), *rest))
        case Literal(int() as number) if not isinstance(number, bool):
            yield Literal(number + 1)
            yield Literal(-number)
        case Literal(date() as day):
            yield Literal(day + timedelta(days=1))
    if isinstance(node, AllOf | AnyOf | Compare | OneOf | InSet | IsEmpty | Known):
        yield Not(node)


def _regrouped(parts: tuple[Expression, ...], same: Any, other: Any) -> Iterator[Expression]:
    for n, part in enumerate(parts):
        if isinstance(part, other):
            yield other((*part.parts[:-1], same((part.parts[-1], *parts[:n], *parts[n + 1 :]))))
        if isinstance(part, Not):
            yield Not(same((part.part, *parts[:n], *parts[n + 1 :])))


def _near(node: Expression) -> Iterator[Expression]:
    """Give ``node`` with one part of it changed, wherever that is."""
    yield from _changed(node)
    for n, child in enumerate(children(node)):
        for other in _near(child):
            yield _with(node, n, other)


def _with(node: Expression, place: int, child: Expression) -> Expression:
    match node:
        case AllOf(parts) | AnyOf(parts):
            return attrs.evolve(node, parts=(*parts[:place], child, *parts[place + 1 :]))
        case Not():
            return Not(child)
        case Compare() | Arithmetic():
            return attrs.evolve(node, **{("left", "right")[place]: child})
        case Call(function, arguments):
            return Call(function, (*arguments[:place], child, *arguments[place + 1 :]))
    return node


@given(conditions())
def test_a_condition_with_one_part_changed_reads_otherwise(condition: Expression) -> None:
    _no_sentence_is_shared([condition, *_near(condition)])


@given(st.lists(conditions(), min_size=2, max_size=30))
def test_two_conditions_share_a_sentence_only_where_they_agree(found: list[Expression]) -> None:
    _no_sentence_is_shared(found)
