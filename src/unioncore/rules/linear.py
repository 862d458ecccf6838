"""Sums and differences of facts, and whether what two conditions ask of them can be so at once.

``left >= add_days(joined, 90)`` and ``left < add_days(joined, 30)`` both speak of the number of
days from one fact to the other, and leave no number for both.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from unioncore.rules.condition import (
    AllOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Not,
)
from unioncore.rules.functions import TURNED
from unioncore.rules.notation import render

__all__ = ["Term", "exclude_each_other", "turned"]

Term = tuple[Expression, int]
"""A fact, or something else that is no sum, and how often it counts in one."""

_ONE = Literal(1)

_Form = Mapping[Expression, Fraction]
"""How often each thing counts in a sum; numbers and days that are written are under ``_ONE``."""

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def exclude_each_other(*conditions: Expression) -> bool:
    """Whether sums of facts show that conditions do not all hold for one person.

    No does not show that they can.
    """
    spans: dict[tuple[Term, ...], _Room] = {}
    for comparison in (each for node in conditions for each in _comparisons(node, True)):
        asked = _asked(comparison)
        if asked is None:
            continue
        form, operator, number = asked
        span = spans.setdefault(form, _Room())
        span.narrow(operator, number)
        if span.is_empty:
            return True
    return False


class _Room:
    """The numbers that a sum may still be."""

    def __init__(self) -> None:
        self.least: tuple[Fraction, bool] | None = None
        """The lower bound, and whether it is left out itself."""
        self.most: tuple[Fraction, bool] | None = None
        self.others: set[Fraction] = set()
        """Numbers that it is not."""

    def narrow(self, operator: str, number: Fraction) -> None:
        """Take in what one comparison asks."""
        if operator == "!=":
            self.others.add(number)
        if operator in (">", ">=", "=="):
            bound = (number, operator == ">")
            self.least = bound if self.least is None else max(self.least, bound)
        if operator in ("<", "<=", "=="):
            bound = (number, operator == "<")
            known = self.most
            if known is None or number < known[0] or (number == known[0] and bound[1]):
                self.most = bound

    @property
    def is_empty(self) -> bool:
        if self.least is None or self.most is None:
            return False
        (least, above), (most, below) = self.least, self.most
        if least == most:
            return above or below or least in self.others
        return least > most


def _comparisons(node: Expression, holds: bool) -> Iterator[Compare]:
    """Give the comparisons that surely hold where a condition holds, or does not."""
    match node:
        case Not(part):
            yield from _comparisons(part, not holds)
        case AllOf(parts) if holds:
            for part in parts:
                yield from _comparisons(part, holds)
        case Compare(operator, left, right):
            yield node if holds else Compare(_OPPOSITE[operator], left, right)


def _asked(node: Compare) -> tuple[tuple[Term, ...], str, Fraction] | None:
    terms, operator, number = turned(node)
    facts_alone = all(isinstance(term, Name) for term, _ in terms)
    return (terms, operator, number) if terms and facts_alone else None


def turned(node: Compare) -> tuple[tuple[Term, ...], str, Fraction]:
    """Return a comparison as a sum, how it compares, and with which number.

    The sum says how often each thing counts, in an order of its own and in the smallest whole
    numbers, the first above zero: so two comparisons of the same sum are seen to be so. It is
    empty where nothing but numbers is compared.
    """
    form = _sum(_form(node.left), _form(node.right), Fraction(-1))
    number = -form.get(_ONE, Fraction(0))
    counts = {term: times for term, times in form.items() if term != _ONE and times}
    if not counts:
        return (), node.operator, number
    ordered = sorted(counts, key=render)
    size = Fraction(
        gcd(*(times.numerator for times in counts.values())),
        lcm(*(times.denominator for times in counts.values())),
    )
    operator = node.operator
    if counts[ordered[0]] < 0:
        size, operator = -size, TURNED[operator]
    terms = tuple((term, int(counts[term] / size)) for term in ordered)
    return terms, operator, number / size


def _form(node: Expression) -> _Form:
    """Return an expression as a sum; what is no sum counts once itself."""
    match node:
        case Literal(bool() | str()):
            return {node: Fraction(1)}
        case Literal(date() as day):
            return {_ONE: Fraction(day.toordinal())}
        case Literal(int() | Decimal() as number):
            return {_ONE: Fraction(number)}
        case Arithmetic("+", left, right) | Call("add_days", (left, right)):
            return _sum(_form(left), _form(right), Fraction(1))
        case Arithmetic("-", left, right) | Call("days_from", (right, left)):
            return _sum(_form(left), _form(right), Fraction(-1))
        case Arithmetic("*", left, right):
            one, other = _form(left), _form(right)
            for many, times in ((one, other), (other, one)):
                if times.keys() <= {_ONE}:
                    return _sum({}, many, times.get(_ONE, Fraction(0)))
    return {node: Fraction(1)}


def _sum(one: _Form, other: _Form, times: Fraction) -> _Form:
    terms: Iterable[Expression] = dict.fromkeys([*one, *other])
    zero = Fraction(0)
    return {term: one.get(term, zero) + times * other.get(term, zero) for term in terms}
