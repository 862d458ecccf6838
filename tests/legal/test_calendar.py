import json
import pickle
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.errors import BeyondHorizon, NotADay
from unioncore.legal import (
    Citation,
    Confidence,
    Duration,
    Holiday,
    Nation,
    Period,
    TimeUnit,
    WorkingDayCalendar,
)

ONE_DAY = timedelta(days=1)
PERIOD = Period(date(2026, 1, 1), date(2026, 4, 1))
# Days in the calendar, and a few on either side of it.
DAYS = st.dates(date(2025, 12, 28), date(2026, 4, 4))
CITATION = Citation(
    instrument="Banking and Financial Dealings Act 1971",
    provision="Schedule 1, paragraph 1",
    url="https://www.legislation.gov.uk/ukpga/1971/80",
    checked_on=date(2026, 11, 25),
    confidence=Confidence.VERIFIED,
)


def calendar(*holidays: Holiday, period: Period = PERIOD) -> WorkingDayCalendar:
    return WorkingDayCalendar(
        key="test", name="Test", nations=frozenset(Nation), period=period, holidays=holidays
    )


def holiday(*days: date, name: str = "A holiday") -> Holiday:
    return Holiday(name, days, (CITATION,))


@st.composite
def calendars_with_holidays(draw: st.DrawFn) -> WorkingDayCalendar:
    days = draw(st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=25))
    return calendar(*(holiday(day) for day in sorted(days)))


def is_working_day(calendar: WorkingDayCalendar, day: date) -> bool:
    """The definition, read without an index."""
    if day not in calendar.period:
        raise LookupError
    return day.weekday() < 5 and not any(day in listed.days for listed in calendar.holidays)


def walk(calendar: WorkingDayCalendar, day: date, count: int) -> date:
    """Count working days one day at a time."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    if count == 0:
        is_working_day(calendar, day)
    while count:
        day += step
        if is_working_day(calendar, day):
            count -= 1 if count > 0 else -1
    return day


@given(calendars_with_holidays(), DAYS, st.integers(-70, 70))
def test_adding_working_days_agrees_with_walking_day_by_day(
    calendar: WorkingDayCalendar, day: date, count: int
) -> None:
    try:
        expected = walk(calendar, day, count)
    except LookupError:
        with pytest.raises(BeyondHorizon):
            calendar.add_working_days(day, count)
    else:
        assert calendar.add_working_days(day, count) == expected


@given(calendars_with_holidays(), DAYS, DAYS)
def test_counting_working_days_agrees_with_walking_day_by_day(
    calendar: WorkingDayCalendar, one: date, other: date
) -> None:
    start, end = min(one, other), max(one, other)
    if start < date(2026, 1, 1) or end > date(2026, 4, 1):
        with pytest.raises(BeyondHorizon):
            calendar.working_days_between(start, end)
    else:
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        naive = sum(is_working_day(calendar, day) for day in days)
        assert calendar.working_days_between(start, end) == naive


@given(calendars_with_holidays(), st.dates(date(2026, 1, 1), date(2026, 3, 31)))
def test_a_day_is_a_working_day_by_its_definition(calendar: WorkingDayCalendar, day: date) -> None:
    assert calendar.is_working_day(day) == is_working_day(calendar, day)


@given(calendars_with_holidays())
def test_a_calendar_survives_pickling(calendar: WorkingDayCalendar) -> None:
    copy = pickle.loads(pickle.dumps(calendar))
    assert copy == calendar
    assert hash(copy) == hash(calendar)
    assert copy.working_days_between(date(2026, 1, 1), date(2026, 4, 1)) == (
        calendar.working_days_between(date(2026, 1, 1), date(2026, 4, 1))
    )


def test_a_holiday_can_be_asked_for_by_its_day() -> None:
    easter_monday = holiday(date(2026, 3, 30), name="Easter Monday")
    assert calendar(easter_monday).holiday_on(date(2026, 3, 30)) is easter_monday
    assert calendar(easter_monday).holiday_on(date(2026, 3, 31)) is None


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 4, 1)])
def test_a_day_beyond_the_horizon_is_not_guessed(day: date) -> None:
    for ask in (calendar().is_working_day, calendar().holiday_on):
        with pytest.raises(BeyondHorizon, match=f"{day.isoformat()} lies outside") as caught:
            ask(day)
        assert (caught.value.calendar, caught.value.on) == ("test", day)


def test_a_count_that_runs_over_the_horizon_names_the_first_day_not_known() -> None:
    with pytest.raises(BeyondHorizon, match="2026-04-01 lies outside"):
        calendar().add_working_days(date(2026, 3, 30), 2)
    with pytest.raises(BeyondHorizon, match="2025-12-31 lies outside"):
        calendar().add_working_days(date(2026, 1, 2), -2)


@pytest.mark.parametrize(
    ("day", "count", "not_known"),
    [
        # The day before the period may be counted on from, and the day before that may not.
        (date(2025, 12, 30), 1, date(2025, 12, 30)),
        (date(2026, 4, 1), 1, date(2026, 4, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 31)),
        (date(2026, 4, 2), -1, date(2026, 4, 2)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
    ],
)
def test_a_count_names_the_day_for_which_it_would_need_the_holidays(
    day: date, count: int, not_known: date
) -> None:
    with pytest.raises(BeyondHorizon) as refused:
        calendar().add_working_days(day, count)
    assert refused.value.on == not_known


def test_no_working_days_after_a_sunday_are_that_sunday() -> None:
    sunday = date(2026, 3, 8)
    assert calendar().add_working_days(sunday, 0) == sunday


def test_a_count_runs_forward_in_time() -> None:
    with pytest.raises(ValueError, match="2026-01-01 is before 2026-01-02"):
        calendar().working_days_between(date(2026, 1, 2), date(2026, 1, 1))


def test_a_datetime_is_not_a_working_day() -> None:
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)
    with pytest.raises(NotADay):
        calendar().is_working_day(noon)
    with pytest.raises(NotADay):
        calendar().add_working_days(noon, 1)
    with pytest.raises(NotADay):
        holiday(noon)


@pytest.mark.parametrize(
    ("method", "given_", "where"),
    [
        ("add_working_days", (datetime(2026, 3, 6, tzinfo=UTC), 1), "day of a calendar"),
        (
            "working_days_between",
            (datetime(2026, 3, 6, tzinfo=UTC), date(2026, 3, 9)),
            "start of a count of working days",
        ),
        (
            "working_days_between",
            (date(2026, 3, 6), datetime(2026, 3, 9, tzinfo=UTC)),
            "end of a count of working days",
        ),
    ],
)
def test_the_argument_that_is_no_day_is_named(
    method: str, given_: tuple[Any, ...], where: str
) -> None:
    with pytest.raises(NotADay) as refused:
        getattr(calendar(), method)(*given_)
    assert refused.value.where == where


@pytest.mark.parametrize("period", [Period(), Period(start=date(2026, 1, 1))])
def test_a_calendar_says_how_far_it_is_known(period: Period) -> None:
    with pytest.raises(ValueError, match="test: the period of a calendar needs both its ends"):
        calendar(period=period)


def test_a_holiday_outside_the_period_is_refused() -> None:
    with pytest.raises(ValueError, match="test: 2026-04-03 lies outside from 2026-01-01"):
        calendar(holiday(date(2026, 4, 3)))


def test_a_day_listed_twice_is_refused_with_both_names() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(ValueError, match=r"2026-01-01 is listed twice \(One, Two\)"):
        calendar(holiday(day, name="One"), holiday(day, name="Two"))


def test_a_holiday_has_days_and_a_source() -> None:
    with pytest.raises(ValueError, match="days"):
        Holiday("Nothing", (), (CITATION,))
    with pytest.raises(ValueError, match="citations"):
        Holiday("Hearsay", (date(2026, 1, 1),), ())


POSTPONEMENTS = json.loads(
    (Path(__file__).parent / "data" / "working-days.json").read_text(encoding="utf-8")
)
CALENDAR_OF = {"E&W": "england-and-wales", "SCO": "scotland", "NI": "northern-ireland"}


@pytest.mark.parametrize("example", POSTPONEMENTS, ids=lambda example: example["id"])
def test_a_hearing_may_be_put_off_to_the_fifth_working_day(
    example: dict[str, Any], calendars: Mapping[str, WorkingDayCalendar]
) -> None:
    """Employment Relations Act 1999, section 10(5)(b).

    Five working days beginning with the first working day after the day that was proposed.
    """
    given_, expected = example["inputs"], example["expected"]
    calendar = calendars[CALENDAR_OF[given_["jurisdiction"]]]
    first = Duration(1, TimeUnit.WORKING_DAYS).after(
        date.fromisoformat(given_["proposed_day"]), calendar
    )
    last = Duration(5, TimeUnit.WORKING_DAYS).last_day_beginning_with(first, calendar)
    assert last == date.fromisoformat(expected["last_day_for_alternative"])
    if "within_right" in expected:
        alternative = date.fromisoformat(given_["alternative_proposed"])
        assert (alternative <= last) == expected["within_right"]
