"""Strike pay: the rate of each day, bounds where sources leave it open, and who may assess."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import LostDay, hardship, may_assess, strike_claims, strike_pay
from unioncore.errors import BadFacts, UnknownName
from unioncore.records import read_union

pytestmark = pytest.mark.needs_plugins

LATE = date(2024, 1, 1)
POUNDS = st.decimals(0, 300, places=2)
FIRST = st.dates(date(2022, 7, 29), date(2023, 9, 20))
HOW = st.sampled_from(["gross", "take-home", ""])


@given(FIRST, st.lists(st.tuples(POUNDS, HOW, st.none() | POUNDS), min_size=1, max_size=6))
def test_no_more_is_paid_than_was_lost_and_the_total_is_the_sum(
    first: date, lost: list[tuple[Decimal, str, Decimal | None]]
) -> None:
    days = [LostDay(first + timedelta(n), *each) for n, each in enumerate(lost)]
    found = strike_pay(everything(), days, authorised=True, fund_suffices=True, on=LATE)
    for day, paid in zip(days, found.days, strict=True):
        assert paid.at_least is not None
        assert paid.at_most is not None
        assert 0 <= paid.at_least <= paid.at_most <= day.lost[1]
        assert paid.pay.known is (paid.at_least == paid.at_most)
    assert found.at_least == sum(each.at_least or 0 for each in found.days)
    assert found.at_most == sum(each.at_most or 0 for each in found.days)
    if found.total.known:
        assert found.at_least == found.total.value == found.at_most


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2022, 7, 28), False),
        (date(2022, 7, 29), True),
        (date(2022, 7, 30), False),
        (date(2023, 8, 23), False),
        (date(2023, 8, 24), True),
        (date(2023, 10, 3), True),
        (date(2023, 10, 4), False),
    ],
)
def test_a_rate_stands_for_the_days_that_a_source_names(day: date, known: bool) -> None:
    lost = [LostDay(day, Decimal("100.00"), "take-home")]
    found = strike_pay(everything(), lost, authorised=True, fund_suffices=True, on=LATE)
    assert found.total.known is known


def test_days_are_counted_in_the_order_in_which_they_came() -> None:
    days = [LostDay(date(2011, 12, day), Decimal("90.00")) for day in (16, 12, 15, 13, 14)]
    found = strike_pay(everything(), days, authorised=True, on=LATE)
    assert [each.day.day for each in found.days] == [12, 13, 14, 15, 16]
    assert found.total.value == Decimal("30.00")
    assert any("counted" in warning for warning in found.total.warnings)


def test_what_is_wrong_with_days_is_told_at_once() -> None:
    day = date(2023, 10, 2)
    wrong = [LostDay(day, Decimal("-1.00"), "take home"), LostDay(day, Decimal("1.00"))]
    with pytest.raises(BadFacts) as caught:
        strike_pay(everything(), wrong, authorised=True, on=LATE)
    assert [each.fact for each in caught.value.problems] == [
        "days[0].deducted",
        "days[0].basis",
        "days[1].day",
    ]
    assert caught.value.problems[1].suggestion == "take-home"


def test_nobody_assesses_their_own_claim() -> None:
    panel = ("secretary", "treasurer", "welfare officer")
    assert may_assess(panel, "treasurer") == ("secretary", "welfare officer")
    assert may_assess(panel, "treasurer", stand_aside="secretary") == ("welfare officer",)


def test_a_scheme_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(BadFacts) as caught:
        hardship(everything(), "west-sussex-2015", on=LATE)
    assert caught.value.problems[0].suggestion == "west-sussex-2014"


def test_claims_count_with_a_payslip_and_another_assessor(tmp_path: Path) -> None:
    union = read_union(resources.files("unioncore_unison") / "example_union", everything()).ok()
    found = strike_claims(everything(), union.on(date(2023, 12, 1)), "example-cleaning-2023")
    # 70.00 and 63.75 for one member, 46.20 for another, up to 52.00 for a third.
    assert (found.at_least, found.at_most) == (Decimal("179.95"), Decimal("231.95"))
    assert (found.ready, found.waiting, found.assessed_by_claimant) == (4, 1, 1)
    assert found.ready + found.waiting + found.assessed_by_claimant == found.claims
    text = found.to_text()
    assert not any(key in text for key in (*found.own, *found.without_payslip))
    before = strike_claims(everything(), union.on(date(2023, 10, 30)), "example-cleaning-2023")
    assert (before.ready, before.at_most) == (0, Decimal("0.00"))
    with pytest.raises(UnknownName):
        strike_claims(everything(), union.on(LATE), "example-cleaning")
