"""A request for access: its days are counted by hand here, and what is only announced is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import access_request
from unioncore.errors import UnknownName

ON = date(2026, 11, 29)


def test_each_time_begins_with_its_day() -> None:
    found = access_request(core(), requested_on=date(2026, 11, 2), nation="England", on=ON)
    # Three weeks of five working days, from Monday to Friday.
    assert found.answer_by.value == date(2026, 11, 20)
    # 55 days: eleven weeks, and three bank holidays on the way.
    assert found.ask_committee_by.value == date(2027, 1, 20)
    assert not found.agree_by.known
    assert "only the union" in found.agree_by.reason
    assert found.first_visit.value == date(2026, 11, 9)
    assert any("announced" in each for each in found.answer_by.warnings)


def test_an_answer_that_has_come_starts_the_talks() -> None:
    asked = date(2026, 9, 7)
    found = access_request(
        core(), requested_on=asked, nation="Wales", answered_on=date(2026, 9, 14), on=ON
    )
    assert found.agree_by.value == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("asked", "known"), [(date(2026, 10, 29), True), (date(2026, 10, 30), False)]
)
def test_whether_the_union_may_ask_is_not_known_from_the_announced_day(
    asked: date, known: bool
) -> None:
    found = access_request(
        core(),
        requested_on=asked,
        nation="Scotland",
        independent=True,
        to_organise_action=False,
        on=ON,
    )
    assert found.may_be_requested.known is known
    if known:
        assert found.may_be_requested.value is False


@pytest.mark.parametrize(("workers", "enough"), [(20, False), (21, True)])
def test_small_employers_are_left_out(workers: int, enough: bool) -> None:
    found = access_request(core(), requested_on=ON, nation="England", workers=workers, on=ON)
    assert found.employer_is_large_enough.value is enough


def test_northern_ireland_is_not_known() -> None:
    found = access_request(core(), requested_on=ON, nation="Northern Ireland", workers=50, on=ON)
    assert not found.may_be_requested.known
    assert not found.employer_is_large_enough.known


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_steps_come_in_order_and_on_working_days(asked: date) -> None:
    found = access_request(core(), requested_on=asked, nation="England", answered_on=asked, on=ON)
    calendar = core().calendar("England")
    days = [found.first_visit.value, found.answer_by.value, found.agree_by.value]
    days.append(found.ask_committee_by.value)
    assert asked < days[0] < days[1] < days[2] < days[3]
    assert all(map(calendar.is_working_day, days))
    assert days[3] - asked >= timedelta(74)


def test_a_nation_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        access_request(core(), requested_on=ON, nation="Englnd", on=ON)
    assert caught.value.suggestion == "England"
