"""People on both sides of each clause of a condition, a smallest step apart."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.rules.strategies import CITED, FIRST, rule_sets
from unioncore.legal import Period
from unioncore.rules import (
    ON,
    Fact,
    FactType,
    Impossible,
    Measure,
    Measuring,
    Rule,
    RuleSet,
    RuleVersion,
    Subject,
    parse,
)
from unioncore.rules.borders import Border, borders
from unioncore.rules.clauses import WrittenCondition, judged
from unioncore.rules.condition import FALSE, TRUE

DAY = date(2024, 6, 1)
FACTS = (
    Fact("on", FactType.DAY, "the day"),
    Fact("joined", FactType.DAY, "the day of joining"),
    Fact("left", FactType.DAY, "the day of leaving"),
    Fact("pay", FactType.MONEY, "the pay"),
    Fact("count", FactType.WHOLE, "the count"),
    Fact("kind", FactType.CHOICE, "the kind", choices=("a", "b", "c")),
    Fact("works", FactType.YES_NO, "somebody works"),
    Fact("roles", FactType.SET, "the roles", choices=("x", "y")),
    Fact("name", FactType.TEXT, "the name"),
    Fact("meetings", FactType.COLLECTION, "the meetings", of="meeting"),
    Fact("meeting.present", FactType.WHOLE, "those present", subject="meeting"),
    Fact("quorate", FactType.YES_NO, "every meeting was quorate", derived=True),
    Fact("senior", FactType.YES_NO, "senior", derived=True),
    Fact("group", FactType.CHOICE, "the group", derived=True, choices=("x", "y")),
)
MEASURE = Measure(
    "m", "quorate", "meetings", Measuring.ALL, parse("meeting.present >= count"), CITED
)


def book(when: str, *more: Rule, impossible: str = "", period: Period | None = None) -> RuleSet:
    version = RuleVersion(period or Period(), parse(when), parse("'x'"), CITED)
    never = (Impossible("i", parse(impossible), "nobody is"),) if impossible else ()
    return RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=(Rule("r", "group", (version,)), *more),
        measures=(MEASURE,),
        impossible=never,
    )


def found(rules: RuleSet) -> list[Border]:
    (asked,) = judged(rules, rules.rules[0])
    return list(borders(rules, asked, DAY))


def differing(border: Border) -> tuple[str, Any, Any]:
    return border.fact, border.inside.get(border.fact), border.outside.get(border.fact)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("pay >= money('10.00')", ("pay", Decimal("10.00"), Decimal("9.99"))),
        ("joined < day('2020-02-29')", ("joined", date(2020, 2, 28), date(2020, 2, 29))),
        ("count != 3", ("count", 2, 3)),
        ("kind == 'a'", ("kind", "a", "b")),
        ("kind in ('b', 'c')", ("kind", "b", "a")),
        ("not works", ("works", False, True)),
        ("'y' in roles", ("roles", frozenset({"y"}), frozenset())),
        ("roles == ()", ("roles", frozenset(), frozenset({"x"}))),
        ("known(name)", ("name", "(any other)", None)),
        ("not known(works)", ("works", None, True)),
    ],
)
def test_the_step_is_the_smallest(when: str, expected: tuple[str, Any, Any]) -> None:
    (border,) = found(book(when))
    assert differing(border) == expected
    assert not border.left_out


@pytest.mark.parametrize(
    "when",
    [
        "left >= add_days(joined, 90)",
        "left > last_day_of_months(joined, 3)",
        "2 * count >= 7",
        "days_from(joined, left) == 10",
        "later(joined, left) < on",
    ],
)
def test_sums_and_days_are_solved_backwards(when: str) -> None:
    rules = book(when)
    (border,) = found(rules)
    _, one, other = differing(border)
    step = timedelta(days=1) if isinstance(one, date) else 1
    assert abs(one - other) == step
    node = parse(when)
    assert Subject(rules, border.inside).truth(node) is True
    assert Subject(rules, border.outside).truth(node) is False


def test_each_clause_decides_alone() -> None:
    rules = book("kind == 'a' and (works or count > 3)")
    by_kind, by_work, by_count = found(rules)
    assert by_kind.fact == "kind"
    assert (by_work.inside["works"], by_count.inside["works"]) == (True, False)
    assert by_work.inside.get("count", 0) <= 3
    assert (by_count.inside["count"], by_count.outside["count"]) == (4, 3)


def test_a_derived_fact_is_changed_by_what_it_rests_on() -> None:
    senior = RuleVersion(Period(), parse("joined <= day('2000-01-01')"), TRUE, CITED)
    other = RuleVersion(Period(), TRUE, FALSE, CITED)
    (border,) = found(
        book(
            "senior",
            Rule("s", "senior", (senior,)),
            Rule("n", "senior", (other,), otherwise=True),
        )
    )
    assert differing(border) == ("joined", date(2000, 1, 1), date(2000, 1, 2))


def test_records_are_made_up_for_what_measures_them() -> None:
    rules = book("quorate")
    (border,) = found(rules)
    assert Subject(rules, border.inside).value("quorate") is True
    assert Subject(rules, border.outside).value("quorate") is False
    (asked,) = judged(rules, MEASURE)
    (record,) = borders(rules, asked, DAY)
    one, other = record.inside, record.outside
    assert one["meeting.present"] >= one["count"]
    assert other["meeting.present"] < other["count"]


def test_nobody_who_cannot_exist_is_outside() -> None:
    (border,) = found(book("kind == 'a'", impossible="kind == 'b'"))
    assert differing(border) == ("kind", "a", "c")
    (alone, _) = found(book("kind == 'a' and works", impossible="works and kind != 'a'"))
    assert differing(alone) == ("kind", "a", None)
    assert alone.left_out


def test_a_version_that_has_ended_is_asked_about_on_its_last_day() -> None:
    (border,) = found(book("works", period=Period(date(2010, 1, 1), date(2011, 1, 1))))
    assert border.inside[ON] == date(2010, 12, 31)
    (later,) = found(book("works", period=Period(date(2030, 1, 1))))
    assert later.inside[ON] == date(2030, 1, 1)


def test_of_a_clause_that_cannot_decide_nobody_is_found() -> None:
    borders = found(book("works and (not works or kind == 'a')"))
    assert [each.fact for each in borders] == ["works", "", "kind"]


def check(rules: RuleSet, asked: WrittenCondition, border: Border) -> None:
    """The one inside meets the clause and the condition, and the one outside does not."""
    one, other = Subject(rules, border.inside), Subject(rules, border.outside)
    assert one.truth(border.clause) is True
    assert one.truth(asked.condition) is True
    assert one.truth(asked.whole) is True
    assert other.truth(asked.condition) is not True
    assert other.truth(border.clause) is not True
    both = {*border.inside, *border.outside}
    differ = {key for key in both if border.inside.get(key) != border.outside.get(key)}
    assert differ == {border.fact}


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule_sets())
def test_people_stand_on_both_sides_whatever_the_rules(rules: RuleSet) -> None:
    for rule in (*rules.rules, *rules.tables):
        for asked in judged(rules, rule):
            for border in borders(rules, asked, FIRST):
                if border.fact:
                    check(rules, asked, border)
