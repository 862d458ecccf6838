"""What makes a difference to rules is what they mention, and what lies just beside it."""

from datetime import date
from decimal import Decimal

from unioncore.rules import FactType, parse
from unioncore.rules.mentions import mentioned, with_neighbours


def test_every_value_that_a_fact_is_compared_with_is_mentioned() -> None:
    written = (
        "count > 3 or 5 <= count",
        "kind in ('a', 'b') and not (kind != 'c')",
        "'x' in tags and known(other) and first == second",
    )
    assert mentioned(map(parse, written)) == {
        "count": {3, 5},
        "kind": {"a", "b", "c"},
        "tags": {"x"},
    }


def test_neighbours_are_those_on_which_a_comparison_turns() -> None:
    assert with_neighbours(FactType.WHOLE, {3, 4, 9}) == [2, 3, 4, 5, 8, 9, 10]
    days = with_neighbours(FactType.DAY, {date(2020, 3, 1), date.max})
    assert days == [
        date(2020, 2, 29),
        date(2020, 3, 1),
        date(2020, 3, 2),
        date(9999, 12, 30),
        date.max,
    ]
    sums = with_neighbours(FactType.MONEY, {Decimal(1), Decimal(2)})
    assert sums == [Decimal(0), Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3)]
    assert with_neighbours(FactType.MONEY, ()) == [Decimal(0), Decimal(1)]
    assert with_neighbours(FactType.MONEY, {Decimal(-3), Decimal(0)}) == [Decimal(0), Decimal(1)]
    assert with_neighbours(FactType.TEXT, {"b", "a"}) == ["a", "b"]
