"""Conditions in which whatever is worked out may come to anything."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.rules.strategies import days, rule_sets, subjects
from unioncore.rules import Fact, FactType, RuleSet, parse
from unioncore.rules.condition import Compare, Expression, InSet, IsEmpty, Literal, Name, walk
from unioncore.rules.evaluate import Subject
from unioncore.rules.loosened import Loosened
from unioncore.rules.search import reach

RULES = RuleSet(
    facts={
        fact.key: fact
        for fact in (
            Fact("papers", FactType.WHOLE, "the papers"),
            Fact("entitled", FactType.WHOLE, "the entitled"),
            Fact("pay", FactType.MONEY, "the pay"),
            Fact("began", FactType.DAY, "the day it began"),
            Fact("ended", FactType.DAY, "the day it ended"),
            Fact("wards", FactType.SET, "the wards", choices=("a", "b")),
            Fact("member", FactType.YES_NO, "a member", derived=True),
        )
    }
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 * papers >= entitled", "not (entitled > 2 * papers)"),
        ("2 * papers >= entitled + 1", "2 * papers > entitled"),
        ("4 * papers >= 2 * entitled + 3", "2 * papers > entitled + 1"),
        ("add_days(began, 3) <= ended", "days_from(began, ended) >= 3"),
        ("papers + 1 > papers", "True"),
    ],
)
def test_comparisons_that_mean_the_same_are_alike(one: str, other: str) -> None:
    loosened = Loosened(RULES)
    first, second = loosened.of(parse(one)), loosened.of(parse(other))
    rules = loosened.rules()
    for sum_ in (key for key in rules.facts if key.startswith("(")):
        for number in range(-9, 9):
            subject = Subject(rules, {sum_: number})
            assert subject.truth(first) is subject.truth(second)


def test_words_of_a_set_and_derived_facts_are_free() -> None:
    loosened = Loosened(RULES)
    node = loosened.of(parse("'a' in wards and member and pay < money('2.00')"))
    rules = loosened.rules()
    assert not any(fact.derived for fact in rules.facts.values())
    subject = Subject(rules, {"('a' in wards)": True, "member": True})
    assert subject.truth(node) is None
    assert Subject(rules, {"('a' in wards)": False}).truth(node) is False


def conditions_of(rules: RuleSet) -> Iterator[Expression]:
    """Give what the rules ask, and each question about a set by itself; nothing rests on a sum."""
    for decider in rules.deciders.values():
        for each in decider.reads():
            beneath = [part for one in reach(rules, [each]) for part in walk(one)]
            compared = [(e.left, e.right) for e in beneath if isinstance(e, Compare)]
            if all(isinstance(a, Name) and isinstance(b, Literal) for a, b in compared):
                yield each
                yield from (part for part in walk(each) if isinstance(part, InSet | IsEmpty))


@given(rule_sets(), days, subjects())
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_of_people_as_they_are_it_says_what_the_rules_say(
    rules: RuleSet, day: date, facts: dict[str, Any]
) -> None:
    person = {**facts, "on": day}
    for spelt_out_on in (None, day):
        loosened = Loosened(rules, spelt_out_on)
        both = [(node, loosened.of(node)) for node in conditions_of(rules)]
        loose, subject = loosened.rules(), Subject(rules, person)
        free = {key: subject.evaluate(parse(key)) for key in loose.facts if key[0] == "("}
        derived = {key: subject.value(key) for key, fact in rules.facts.items() if fact.derived}
        as_is = Subject(loose, {**person, **free, **derived})
        for node, loosely in both:
            assert as_is.evaluate(loosely) == subject.evaluate(node), node
