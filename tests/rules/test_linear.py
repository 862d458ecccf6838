"""Sums of facts that leave no number for two conditions."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unioncore.rules import Fact, FactType, RuleSet, Subject, parse
from unioncore.rules.condition import Arithmetic, Compare, Expression, Literal, Name
from unioncore.rules.linear import exclude_each_other


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("left >= add_days(joined, 90)", "left < add_days(joined, 30)", True),
        ("left >= add_days(joined, 90)", "left < add_days(joined, 91)", False),
        ("left > add_days(joined, 90)", "left <= add_days(joined, 90)", True),
        ("days_from(joined, left) > 9", "add_days(left, -9) <= joined", True),
        ("days_from(joined, left) > 9", "add_days(left, -10) <= joined", False),
        ("2 * yes > all", "all >= 2 * yes", True),
        ("2 * yes > all", "2 * yes >= all + 1", False),
        ("yes - no == 3", "no == yes", True),
        ("yes - no == 3", "yes - no != 3", True),
        ("not (yes > no) and kind == 'a'", "kind == 'b' and yes > no", True),
        ("yes > no or kind == 'a'", "yes <= no", False),
        ("pay < money('10.00')", "2 * pay >= money('20.00')", True),
        ("left > last_day_of_months(joined, 3)", "left < joined", False),
        ("yes * no > 3", "yes * no < 3", False),
        ("yes > 1", "no < 1", False),
        ("3 > 1", "1 > 3", False),
    ],
)
def test_sums_exclude_each_other(first: str, second: str, apart: bool) -> None:
    assert exclude_each_other(parse(first), parse(second)) is apart
    assert exclude_each_other(parse(second), parse(first)) is apart


NAMES = ("a", "b")
RULES = RuleSet(facts={name: Fact(name, FactType.WHOLE, name) for name in NAMES})
_numbers = st.integers(-2, 2).map(Literal)
_sums = st.recursive(
    st.one_of(_numbers, st.sampled_from(NAMES).map(Name)),
    lambda inner: st.one_of(
        st.builds(Arithmetic, st.sampled_from("+-"), inner, inner),
        st.builds(Arithmetic, st.just("*"), _numbers, inner),
    ),
    max_leaves=4,
)
_comparisons = st.builds(Compare, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), _sums, _sums)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(_comparisons, min_size=2, max_size=3))
def test_nobody_meets_all_of_what_excludes_each_other(asked: list[Expression]) -> None:
    """Against everybody with small numbers."""
    if exclude_each_other(*asked):
        for one, other in product(range(-6, 7), repeat=2):
            subject = Subject(RULES, {"a": one, "b": other})
            assert not all(map(subject.truth, asked))


def test_a_condition_excludes_itself_where_it_contradicts_itself() -> None:
    assert exclude_each_other(parse("yes > no and no > yes"))
    assert not exclude_each_other(parse("yes > no and no > other"))
