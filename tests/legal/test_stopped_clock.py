from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from unioncore.legal import with_clock_stopped, with_month_after_day_b

STARTS = date(2024, 1, 10)
ONE_DAY = timedelta(days=1)
STEPS = st.integers(0, 200).map(lambda number: number * ONE_DAY)


@given(limit=STEPS, told=st.integers(-60, 200), lasts=STEPS)
def test_a_day_counts_unless_it_is_one_of_conciliation(
    limit: timedelta, told: int, lasts: timedelta
) -> None:
    """Held against a walk that counts the days of the limit one by one."""
    day_a = STARTS + told * ONE_DAY
    day_b = day_a + lasts
    stopped = {
        day_a + number * ONE_DAY
        for number in range(1, lasts.days + 1)
        if day_a + number * ONE_DAY > STARTS
    }
    # Each day that is left out moves the last day by one, wherever it lies.
    walked = STARTS + limit
    for _ in stopped:
        walked += ONE_DAY
    assert with_clock_stopped(STARTS + limit, STARTS, day_a, day_b) == walked


def test_conciliation_that_was_over_when_time_began_adds_nothing() -> None:
    limit = date(2024, 4, 9)
    assert with_clock_stopped(limit, STARTS, date(2023, 12, 1), date(2023, 12, 20)) == limit


@given(limit=STEPS, told=STEPS, month=STEPS)
def test_a_limit_from_day_a_to_the_end_of_the_month_becomes_that_end(
    limit: timedelta, told: timedelta, month: timedelta
) -> None:
    last, day_a = STARTS + limit, STARTS + told
    month_ends = day_a + month
    found = with_month_after_day_b(last, day_a, month_ends)
    assert found == (month_ends if told <= limit <= told + month else last)


def test_the_steps_of_a_claim_told_by_hand() -> None:
    """Dismissed on 10 January 2024: three months end on 9 April, with 18 days on 27 April."""
    day_a, day_b = date(2024, 4, 2), date(2024, 4, 20)
    extended = with_clock_stopped(date(2024, 4, 9), STARTS, day_a, day_b)
    assert extended == date(2024, 4, 27)
    assert with_month_after_day_b(extended, day_a, date(2024, 5, 20)) == date(2024, 5, 20)
