"""Moving a hearing, and when notice ends."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import notice_expiry, postponement
from unioncore.legal import Duration, TimeUnit

BOOK = core()
ONE_DAY = timedelta(days=1)


@given(st.dates(date(2001, 1, 1), date(2028, 11, 30)), st.sampled_from(["England", "Scotland"]))
def test_five_working_days_lie_between(proposed: date, nation: str) -> None:
    found = postponement(BOOK, proposed, nation=nation).last_day.value
    calendar = BOOK.calendar(nation)
    assert calendar.is_working_day(found)
    assert calendar.working_days_between(proposed + ONE_DAY, found + ONE_DAY) == 5


def test_beyond_the_bank_holidays_it_is_not_known() -> None:
    found = postponement(BOOK, date(2028, 12, 28), nation="England", alternative=date(2028, 12, 29))
    assert "known from" in found.last_day.reason
    assert not found.within_right.known


def test_northern_ireland_warns_that_its_working_days_were_not_read() -> None:
    found = postponement(BOOK, date(2026, 7, 10), nation="NI")
    assert any("Order 1999" in warning for warning in found.last_day.warnings)
    assert postponement(BOOK, date(2026, 7, 10), nation="SCO").last_day.warnings == ()


def test_no_other_day_was_named() -> None:
    assert postponement(BOOK, date(2026, 7, 10), nation="SCO").within_right.missing == (
        "alternative",
    )


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 12))
def test_notice_runs_for_its_whole_length(given_on: date, months: int) -> None:
    found = notice_expiry(BOOK, given_on, Duration(months, TimeUnit.MONTHS), nation="GB")
    assert found.starts.value == given_on + ONE_DAY
    assert found.ends.value == Duration(months, TimeUnit.MONTHS).last_day_beginning_with(
        given_on + ONE_DAY
    )


def test_weeks_of_notice() -> None:
    found = notice_expiry(BOOK, date(2026, 11, 2), Duration(4, TimeUnit.WEEKS), nation="GB")
    assert found.ends.value == date(2026, 11, 30)
