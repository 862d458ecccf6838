"""The ways in which a condition can hold, and what each of them requires of facts.

Two conditions whose ways all exclude each other never hold for one person; no search is needed to
see it. Derived facts are seen through: where one has a value, some rule that gives the value holds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, product, starmap
from typing import Any

from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Compare,
    Expression,
    InSet,
    Known,
    Literal,
    Name,
    Not,
    NotReviewed,
    OneOf,
)
from unioncore.rules.fact import FactType
from unioncore.rules.rule import Table
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause, RuleSet

__all__ = ["Way", "Ways"]

Way = Mapping[str | Expression, frozenset[Any]]
"""For some facts, the only values that they can have. A condition that says nothing about values
stands for itself, and is true or false."""

_ALWAYS: tuple[Way, ...] = ({},)

_MANY = 8
"""How many ways are told apart; where there are more, one says what they have in common."""

_OPPOSITE = {"!=": "==", ">": "<=", ">=": "<"}


class Ways:
    """The ways in which the conditions of one rule set can hold; each fact is worked out once."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._found: dict[tuple[str, Any], tuple[Way, ...]] = {}

    def of(self, node: Expression, truth: bool = True) -> tuple[Way, ...]:
        """Return the ways in which a condition surely holds, or surely does not; () for never."""
        match node:
            case Literal(value):
                return _ALWAYS if value is truth else ()
            case NotReviewed():
                return ()
            case Not(part):
                return self.of(part, not truth)
            case AllOf(parts) | AnyOf(parts):
                each = [self.of(part, truth) for part in parts]
                if isinstance(node, AllOf) is truth:
                    return reduce(_both, each, _ALWAYS)
                return _either(each)
            case Compare("!=" | ">" | ">=" as operator, left, right):
                return self.of(Compare(_OPPOSITE[operator], left, right), not truth)
            case Name(key):
                return self._among(key, frozenset([truth]))
            case Known(key) if not truth:
                return ({key: frozenset([None]), node: frozenset([False])},)
            case InSet(Literal(word), key) if truth:
                ways: tuple[Way, ...] = ({node: frozenset([True])},)
                if isinstance(self.rules.deciders.get(key), Gathering):
                    ways = _both(ways, self.seen_through(key, word))
                return ways
            case Compare("==", Literal() as value, Name() as name):
                return self.of(Compare("==", name, value), truth)
            case Compare("==", Name(key), Literal(value)):
                return self._one_of(node, key, frozenset([value]), truth)
            case OneOf(Name(key), options):
                values = frozenset(option.value for option in options)
                return self._one_of(node, key, values, truth)
            case _:
                return ({node: frozenset([truth])},)

    def _one_of(
        self, node: Expression, key: str, values: frozenset[Any], truth: bool
    ) -> tuple[Way, ...]:
        """Return the ways in which a fact has one of some values, or has another."""
        if not values:  # which is known of a fact that is not
            return () if truth else _ALWAYS
        if every := self._every_value(key):
            return self._among(key, values if truth else every - values)
        said: tuple[Way, ...] = ({node: frozenset([truth])},)
        return _both(said, self._among(key, values)) if truth else said

    def _every_value(self, key: str) -> frozenset[Any]:
        """Return the values that a fact can have, where they are few enough to be listed."""
        fact = self.rules.facts.get(key)
        if fact is not None and fact.type is FactType.CHOICE:
            return frozenset(self.rules.names_of(fact))
        return frozenset([True, False] if fact is not None and fact.type is FactType.YES_NO else ())

    def _among(self, key: str, values: frozenset[Any]) -> tuple[Way, ...]:
        """Return the ways in which a fact has one of ``values``."""
        fact = self.rules.facts.get(key)
        if fact is None or not fact.derived:
            return ({key: values},) if values else ()
        return _either(
            _both(({key: frozenset([value])},), self.seen_through(key, value)) for value in values
        )

    def seen_through(self, key: str, value: Any) -> tuple[Way, ...]:
        """Return the ways in which some rule gives ``value`` to a fact, or puts it into a set."""
        at = (key, value)
        if at not in self._found:
            self._found[at] = _ALWAYS  # what a fact that rests on itself requires is not known
            self._found[at] = self._given(key, value)
        return self._found[at]

    def _given(self, key: str, value: Any) -> tuple[Way, ...]:
        match self.rules.deciders.get(key):
            case Choosing(clauses):
                return _either(self.of(each.holds) for each in clauses if _may_give(each, value))
            case Gathering(words):
                return _either(self.of(each.holds) for each in words.get(value, ()))
            case Table(by=by, rows=rows, otherwise=otherwise):
                if any(row.value.value == value for row in otherwise):
                    return _ALWAYS
                keys = (row.keys for row in rows if row.value.value == value)
                return self._among(by, frozenset(chain.from_iterable(keys)))
            case _:
                return _ALWAYS

    def required(self, node: Expression) -> Way:
        """Return what a condition requires of facts in whichever way it holds."""
        return _common(self.of(node))

    def meeting(self, clauses: Sequence[RuleClause]) -> Iterator[tuple[RuleClause, RuleClause]]:
        """Give the pairs of clauses that may hold together, in the order in which they stand."""
        if len(clauses) < 2:
            return
        ways = [self.of(clause.holds) for clause in clauses]
        for one, other in _sharing([_common(each) for each in ways]):
            if any(starmap(_compatible, product(ways[one], ways[other]))):
                yield clauses[one], clauses[other]


def _may_give(clause: RuleClause, value: Any) -> bool:
    """Whether a clause gives ``value``, as far as is seen without a person."""
    if isinstance(clause.value, Literal):
        return bool(clause.value.value == value)
    return clause.value is not None


def _either(each: Iterable[tuple[Way, ...]]) -> tuple[Way, ...]:
    ways = tuple(chain.from_iterable(each))
    return ways if len(ways) <= _MANY else (_common(ways),)


def _both(first: tuple[Way, ...], second: tuple[Way, ...]) -> tuple[Way, ...]:
    if len(first) * len(second) > _MANY:
        first, second = (_common(first),), (_common(second),)
    each = (_merged(one, other) for one, other in product(first, second))
    return tuple(way for way in each if all(way.values()))


def _merged(one: Way, other: Way) -> Way:
    shared = {key: one[key] & other[key] for key in one.keys() & other.keys()}
    return {**one, **other, **shared}


def _common(ways: tuple[Way, ...]) -> Way:
    """Return what every one of ``ways`` requires; with no way at all, nothing is required."""
    if len(ways) == 1:
        return ways[0]
    keys = set(ways[0]).intersection(*ways[1:]) if ways else ()
    return {key: frozenset().union(*(way[key] for way in ways)) for key in keys}


def _compatible(one: Way, other: Way) -> bool:
    return not any(one[key].isdisjoint(other[key]) for key in one.keys() & other.keys())


def _sharing(required: Sequence[Way]) -> Iterator[tuple[int, int]]:
    """Give the numbers of those that share a value of the fact that tells most of them apart."""
    filed: dict[str | Expression, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, way in enumerate(required):
        for key, values in way.items():
            for value in values:
                filed[key][value].append(number)
    restricting = Counter(chain.from_iterable(required))

    def pairs_left(key: str | Expression) -> int:
        alone = len(required) - restricting[key]
        return alone * len(required) + sum(len(each) ** 2 for each in filed[key].values())

    best = min(filed, key=pairs_left, default="")
    others = [number for number, way in enumerate(required) if best not in way]
    for number, way in enumerate(required):
        near: Iterable[int] = range(len(required))
        if best in way:
            near = {*others, *chain.from_iterable(filed[best][value] for value in way[best])}
        yield from ((number, other) for other in sorted(near) if other > number)
