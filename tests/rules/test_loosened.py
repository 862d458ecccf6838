"""Conditions in which whatever is worked out may come to anything."""

import pytest

from unioncore.rules import Fact, FactType, RuleSet, parse
from unioncore.rules.evaluate import Subject
from unioncore.rules.loosened import Loosened

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
