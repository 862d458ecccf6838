"""The values that make a difference to rules: those that they mention, and those beside them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

from unioncore.rules.condition import Compare, Expression, InSet, Literal, Name, OneOf, walk
from unioncore.rules.fact import FactType

__all__ = ["mentioned", "with_neighbours"]


def mentioned(expressions: Iterable[Expression]) -> defaultdict[str, set[Any]]:
    """Return, for each fact, the literal values that expressions compare it with."""
    found: defaultdict[str, set[Any]] = defaultdict(set)
    for node in chain.from_iterable(map(walk, expressions)):
        match node:
            case Compare(_, Name(key), Literal(value)) | Compare(_, Literal(value), Name(key)):
                found[key].add(value)
            case OneOf(Name(key), options):
                found[key].update(option.value for option in options)
            case InSet(Literal(value), key):
                found[key].add(value)
    return found


def with_neighbours(type: FactType, values: Iterable[Any]) -> list[Any]:
    """Return whole numbers, days or sums of money in order, with what lies just beside each.

    Beside a number or a day lie the one before and the one after; between two sums lies one
    halfway, and the least is zero. Other values have no neighbours, and stand as they are.
    """
    match type:
        case FactType.WHOLE:
            return sorted({number + step for number in values for step in (-1, 0, 1)})
        case FactType.DAY:
            numbers = {day.toordinal() + step for day in values for step in (-1, 0, 1)}
            known = range(date.min.toordinal(), date.max.toordinal() + 1)
            return [date.fromordinal(number) for number in sorted(numbers) if number in known]
        case FactType.MONEY:
            sums = sorted(each for each in values if each >= 0) or [Decimal(0)]
            between = [(low + high) / 2 for low, high in pairwise(sums)]
            return sorted({Decimal(0), *sums, *between, sums[-1] + 1})
        case _:
            return sorted(values)
