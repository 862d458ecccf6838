"""Redundancy pay, caps, notice and consultation."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import (
    RedundancyPay,
    collective,
    collective_by_establishment,
    maximum_awards,
    redundancy_pay,
    statutory_notice,
    week_pay_cap,
)

BOOK = core()
DAY = date(2024, 6, 1)


def pay(age: int, years: int, weekly: str | None = "500", on: date = DAY) -> RedundancyPay:
    amount = None if weekly is None else Decimal(weekly)
    return redundancy_pay(
        BOOK,
        age=age,
        complete_years=years,
        weekly_pay=amount,
        relevant_date=on,
        nation="England",
    )


def reckoned(age: int, years: int) -> Fraction:
    """The weeks as the ready reckoner sets them out: by how many years lie above each age."""
    counted = min(years, 20)
    if years < 2:
        return Fraction(0)
    over_41 = min(counted, max(0, age - 41))
    over_22 = min(counted, max(0, age - 22)) - over_41
    return over_41 * Fraction(3, 2) + over_22 + Fraction(counted - over_41 - over_22, 2)


@given(st.integers(16, 75), st.integers(0, 40))
def test_weeks_agree_with_the_ready_reckoner(age: int, years: int) -> None:
    years = min(years, age - 15)
    assert pay(age, years, None).weeks == reckoned(age, years)


@given(st.integers(20, 70), st.integers(2, 5), st.decimals(0, 2000, places=2))
def test_pay_is_exact_and_capped(age: int, years: int, weekly: Decimal) -> None:
    found = pay(age, years, str(weekly))
    weeks = found.weeks
    assert weeks is not None
    assert Fraction(found.payment.value) == weeks * Fraction(min(weekly, Decimal(700)))


def test_the_payment_says_how_it_was_made() -> None:
    found = pay(45, 12, "800")
    assert found.payment.value == Decimal("9800.00")
    assert found.payment.because[0].text == "14 weeks at 700 pounds, capped at 700: 9800.00"
    assert "12 years count: 8 at a week, 4 at one and a half weeks" in (
        found.half_weeks.because[0].text
    )


def test_without_the_pay_only_the_weeks_are_known() -> None:
    found = pay(45, 12, None)
    assert found.weeks == 14
    assert found.payment.missing == ("weekly_pay",)


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="years"):
        pay(20, 21)
    with pytest.raises(ValueError, match="weekly_pay"):
        pay(45, 12, "-1")
    with pytest.raises(ValueError, match="proposed"):
        collective(BOOK, -1, nation="GB")


def test_a_cap_ends_where_the_next_is_not_known() -> None:
    assert week_pay_cap(BOOK, date(2027, 4, 5), nation="GB").value == 751
    beyond = week_pay_cap(BOOK, date(2027, 4, 6), nation="GB")
    assert not beyond.known
    assert beyond.reason.endswith("ended on 5 April 2027")


def test_from_2027_the_compensatory_award_has_no_cap() -> None:
    found = maximum_awards(BOOK, date(2027, 1, 1), nation="GB")
    assert found.capped.value is False
    assert "no figure caps" in found.compensatory_award.reason
    assert not found.total.known


@pytest.mark.parametrize(
    ("a_month", "years", "weeks"),
    [
        (False, 0, 0),
        (True, 0, 1),
        (True, 1, 1),
        (True, 2, 2),
        (True, 11, 11),
        (True, 12, 12),
        (True, 30, 12),
    ],
)
def test_statutory_notice(a_month: bool, years: int, weeks: int) -> None:
    found = statutory_notice(BOOK, DAY, employed_a_month=a_month, complete_years=years, nation="GB")
    assert found.value == weeks


@given(st.integers(20, 500), st.dates(date(1996, 1, 1), date(2030, 1, 1)))
def test_the_first_dismissal_waits_for_the_days(proposed: int, begins: date) -> None:
    found = collective(BOOK, proposed, nation="Scotland", consultation_begins=begins)
    assert found.duty_applies.value
    wait = found.earliest_first_dismissal.value - begins
    assert wait == timedelta(days=found.minimum_days.value)


def test_each_establishment_counts_apart() -> None:
    found = collective_by_establishment(
        BOOK, {"depot": 19, "works": 100}, nation="England", consultation_begins=DAY
    )
    assert not found["depot"].duty_applies.value
    assert found["works"].minimum_days.value == 45
