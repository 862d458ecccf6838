"""Comparisons solved backwards: the value at which each turns is the last before it does."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from unioncore.rules import Fact, FactType, RuleSet, Subject, parse
from unioncore.rules.solving import Solver, recorded_in, turns

FACTS = {
    fact.key: fact
    for fact in (
        Fact("on", FactType.DAY, "the day"),
        Fact("joined", FactType.DAY, "the day of joining"),
        Fact("left", FactType.DAY, "the day of leaving"),
        Fact("yes", FactType.WHOLE, "the votes for it"),
        Fact("all", FactType.WHOLE, "all votes"),
        Fact("pay", FactType.MONEY, "the pay"),
        Fact("limit", FactType.MONEY, "the limit"),
        Fact("name", FactType.TEXT, "the name"),
    )
}
RULES = RuleSet(facts=FACTS)


@pytest.mark.parametrize(
    ("text", "key", "given", "expected"),
    [
        (
            "left >= add_days(joined, 90)",
            "left",
            {"joined": date(2024, 1, 1)},
            [date(2024, 3, 30), date(2024, 3, 31)],
        ),
        (
            "left > last_day_of_months(joined, 3)",
            "left",
            {"joined": date(2023, 11, 30)},
            [date(2024, 2, 29), date(2024, 3, 1)],
        ),
        (
            "left >= add_days(joined, 90)",
            "joined",
            {"left": date(2024, 3, 31)},
            [date(2024, 1, 1), date(2024, 1, 2)],
        ),
        ("100 * yes >= 40 * all", "yes", {"all": 7}, [2, 3]),
        ("100 * yes >= 40 * all", "all", {"yes": 3}, [7, 8]),
        ("2 * pay < limit", "pay", {"limit": Decimal("0.05")}, [Decimal("0.02"), Decimal("0.03")]),
        ("left == add_days(joined, 1)", "left", {"joined": date(2024, 2, 28)}, [date(2024, 2, 29)]),
    ],
)
def test_the_value_at_which_it_turns_is_found(
    text: str, key: str, given: dict[str, Any], expected: list[Any]
) -> None:
    node = parse(text)
    found = Solver(RULES, [node]).values(FACTS[key], {"on": date(2024, 6, 1), **given})
    assert set(expected) <= set(found)
    truths = {Subject(RULES, {**given, key: value}).truth(node) for value in found}
    assert truths == {True, False}


def test_what_comes_back_every_year_is_found_in_the_year_around_the_day() -> None:
    node = parse("add_days(left, 1) == next_new_year(left)")
    found = Solver(RULES, [node]).values(FACTS["left"], {"on": date(2024, 6, 1)})
    assert date(2023, 12, 31) in found


def test_where_other_facts_are_open_there_is_one_to_begin_with() -> None:
    solver = Solver(RULES, [parse("100 * yes >= 40 * all")])
    assert solver.values(FACTS["all"], {}) == [100]
    assert solver.values(FACTS["pay"], {}) == []
    assert solver.values(FACTS["name"], {}) == []


def test_neighbours_differ_by_the_smallest_step() -> None:
    one_day = timedelta(days=1)
    for low, high in turns(FactType.DAY, lambda day: day > date(2024, 2, 29), []):
        assert high - low == one_day
    assert list(turns(FactType.MONEY, lambda sum: sum >= Decimal("12.34"), [])) == [
        (Decimal("12.33"), Decimal("12.34"))
    ]
    between = lambda number: number == 7  # noqa: E731
    assert list(turns(FactType.WHOLE, between, [7])) == [(6, 7), (7, 8)]
    assert list(turns(FactType.WHOLE, lambda _: None, [])) == []


def test_the_facts_that_a_condition_names_come_first() -> None:
    assert recorded_in(RULES, parse("yes > 1 and all > yes and known(name)")) == [
        "yes",
        "all",
        "name",
    ]
