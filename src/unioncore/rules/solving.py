"""Solves comparisons backwards: at which value of one fact they turn, once the others are decided.

A sum, a difference, a product or a number of months only grows, or only falls, with each of its
parts. So between two values the truth of a comparison turns once at most, and where is found by
halving.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from unioncore.legal import DayRange
from unioncore.rules.condition import Compare, Expression, Literal, Name, OneOf, names_in, walk
from unioncore.rules.fact import Fact, FactType
from unioncore.rules.rule import ON
from unioncore.rules.ruleset import RuleSet
from unioncore.rules.search import Partial, reach

__all__ = ["IN_STEPS", "Solver", "distance", "near", "recorded_in", "turns"]

_PENNY = Decimal("0.01")

IN_STEPS: Mapping[FactType, tuple[int, ...]] = {
    FactType.WHOLE: (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000),
    FactType.MONEY: (0, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000),
    FactType.DAY: tuple(date(year, 1, 1).toordinal() for year in range(1930, 2071, 20)),
}
"""The types of facts whose values lie in an order, with numbers of smallest steps, that is units,
pennies or days, among which a truth is looked for."""


def _steps(type: FactType, value: Any) -> int:
    match type:
        case FactType.DAY:
            return DayRange.of(value).earliest.toordinal()
        case FactType.MONEY:
            return int(value / _PENNY)
        case _:
            return int(value)


def _value(type: FactType, steps: int) -> Any:
    match type:
        case FactType.DAY:
            return date.fromordinal(steps)
        case FactType.MONEY:
            return steps * _PENNY
        case _:
            return steps


def distance(type: FactType, one: Any, other: Any) -> int:
    """Return how many smallest steps lie between two values."""
    return abs(_steps(type, one) - _steps(type, other))


def recorded_in(rules: RuleSet, node: Expression) -> list[str]:
    """Return the recorded facts that an expression rests on, those that it names first."""
    every = dict.fromkeys(names_in(node))
    every |= dict.fromkeys(name for each in reach(rules, [node]) for name in names_in(each))
    return [key for key in every if key in rules.facts and not rules.facts[key].derived]


_Truth = Callable[[Any], bool | None]


def turns(type: FactType, truth: _Truth, values: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Give each pair of neighbouring values, the smaller first, between which a truth turns.

    ``values`` are looked at besides the usual ones.
    """
    numbers = sorted({*IN_STEPS[type], *(_steps(type, each) for each in values)})
    truths = {number: truth(_value(type, number)) for number in numbers}
    for low, high in pairwise(numbers):
        before, after = truths[low], truths[high]
        if before is None or after is None or before is after:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            found = truth(_value(type, middle))
            if found is None:
                break
            low, high = (middle, high) if found is before else (low, middle)
        else:
            yield _value(type, low), _value(type, high)


class Solver:
    """Finds the values at which comparisons turn, where all but one of their facts are decided."""

    def __init__(self, rules: RuleSet, expressions: Iterable[Expression]) -> None:
        self.rules = rules
        nodes = dict.fromkeys(part for each in expressions for part in walk(each))
        self._rest_on: dict[Compare, list[str]] = {
            node: recorded_in(rules, node)
            for node in dict.fromkeys(each for node in nodes for each in _compared(node))
            if not _is_plain(rules, node)
        }

    def values(self, fact: Fact, decided: Mapping[str, Any]) -> list[Any]:
        """Return the values of a fact at which comparisons turn, and those just beside them.

        Where other facts are still open, one to begin with.
        """
        if fact.type not in IN_STEPS:
            return []
        own = [node for node, keys in self._rest_on.items() if fact.key in keys]
        found: dict[Any, None] = {}
        for node in own:
            for one in _in_order(node):

                def truth(value: Any, one: Expression = one) -> bool | None:
                    return Partial(self.rules, {**decided, fact.key: value}).truth(one)

                for pair in turns(fact.type, truth, near(fact.type, decided.get(ON))):
                    found |= dict.fromkeys(pair)
        if own and not found:
            usual = _value(fact.type, IN_STEPS[fact.type][3])
            found[decided.get(ON, usual) if fact.type is FactType.DAY else usual] = None
        return list(found)


def near(type: FactType, day: Any) -> list[date]:
    """Return days of the year around one, of which what comes back every year is found."""
    if type is not FactType.DAY or not isinstance(day, date) or not 1 < day.year < 9999:
        return []
    firsts = [date(day.year + month // 12, month % 12 + 1, 1) for month in range(-12, 13)]
    return [each for first in firsts for each in (first - timedelta(days=1), first)]


def _in_order(node: Compare) -> tuple[Expression, ...]:
    """Return what is true on one side of a value only: of equality, that of both sides."""
    if node.operator in ("==", "!="):
        return (Compare("<=", node.left, node.right), Compare("<", node.left, node.right), node)
    return (node,)


def _compared(node: Expression) -> Iterator[Compare]:
    """Give the comparisons that a node is, or stands for."""
    match node:
        case Compare():
            yield node
        case OneOf(item, options):
            yield from (Compare("==", item, each) for each in options)


def _is_plain(rules: RuleSet, node: Compare) -> bool:
    """Whether a recorded fact, or words, are compared with what is written there."""
    match node:
        case Compare(_, Name(key), Literal(value)) | Compare(_, Literal(value), Name(key)):
            return not rules.facts[key].derived or isinstance(value, str)
    return False
