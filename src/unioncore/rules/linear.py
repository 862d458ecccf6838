"""Sums and differences of facts, and whether what two conditions ask of them can be so at once.

``left >= add_days(joined, 90)`` and ``left < add_days(joined, 30)`` both speak of the number of
days from one fact to the other, and leave no number for both.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

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

__all__ = ["exclude_each_other"]

_Form = Mapping[str, Fraction]
"""How often each fact counts in a sum; the number without a fact is under ``""``."""

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def exclude_each_other(*conditions: Expression) -> bool:
    """Whether sums of facts show that conditions do not all hold for one person.

    No does not show that they can.
    """
    spans: dict[tuple[tuple[str, Fraction], ...], _Room] = {}
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


def _asked(
    node: Compare,
) -> tuple[tuple[tuple[str, Fraction], ...], str, Fraction] | None:
    """Return a comparison as a sum of facts, how it compares, and with which number.

    The first fact counts once in the sum, so that two sums of the same facts are seen to be one.
    """
    left, right = _form(node.left), _form(node.right)
    if left is None or right is None:
        return None
    form = _sum(left, right, Fraction(-1))
    number = -form.get("", Fraction(0))
    counts = {key: times for key, times in sorted(form.items()) if key and times}
    if not counts:
        return None
    first = next(iter(counts.values()))
    operator = node.operator
    if first < 0:
        operator = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(operator, operator)
    return (
        tuple((key, times / first) for key, times in counts.items()),
        operator,
        number / first,
    )


def _form(node: Expression) -> _Form | None:
    """Return an expression as a sum of facts; None where it is none."""
    match node:
        case Literal(bool() | str()):
            return None
        case Literal(date() as day):
            return {"": Fraction(day.toordinal())}
        case Literal(int() | Decimal() as number):
            return {"": Fraction(number)}
        case Name(key):
            return {key: Fraction(1)}
        case Arithmetic("+", left, right) | Call("add_days", (left, right)):
            return _added(left, right, 1)
        case Arithmetic("-", left, right) | Call("days_from", (right, left)):
            return _added(left, right, -1)
        case Arithmetic("*", Literal(int() | Decimal() as times), part) | Arithmetic(
            "*", part, Literal(int() | Decimal() as times)
        ):
            form = _form(part)
            return None if form is None else {k: each * Fraction(times) for k, each in form.items()}
    return None


def _added(left: Expression, right: Expression, times: int) -> _Form | None:
    one, other = _form(left), _form(right)
    return None if one is None or other is None else _sum(one, other, Fraction(times))


def _sum(one: _Form, other: _Form, times: Fraction) -> _Form:
    keys: Iterable[str] = dict.fromkeys([*one, *other])
    zero = Fraction(0)
    return {key: one.get(key, zero) + times * other.get(key, zero) for key in keys}
