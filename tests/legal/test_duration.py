from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from unioncore.errors import BeyondHorizon, BeyondYears, MissingPart, NoCalendar, NotADay
from unioncore.legal import Duration, Nation, Period, TimeUnit, WorkingDayCalendar, uk_time
from unioncore.legal.duration import _uk_zone

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
COUNTS = st.integers(1, 60)
ONE_DAY = timedelta(days=1)
WEEKDAYS_OF_2026 = WorkingDayCalendar(
    key="weekdays",
    name="Weekdays of 2026",
    nations=frozenset(Nation),
    period=Period(date(2026, 1, 1), date(2027, 1, 1)),
    holidays=(),
)


def months(count: int) -> Duration:
    return Duration(count, TimeUnit.MONTHS)


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2016, 6, 20), 3, date(2016, 9, 19)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 3, 1), 3, date(2023, 5, 31)),
        (date(2006, 12, 4), 3, date(2007, 3, 3)),  # Gisda Cyf v Barratt [2010] UKSC 41
        # The dismissal in University of Cambridge v Murray [1993] ICR 460.
        (date(1991, 4, 30), 3, date(1991, 7, 29)),
        # The mandate of the RCN's ballot: a strike on 2 May 2023 was outside it.
        (date(2022, 11, 2), 6, date(2023, 5, 1)),
        (date(2026, 2, 18), 12, date(2027, 2, 17)),
        (date(2026, 1, 29), 1, date(2026, 2, 28)),
        (date(2024, 1, 29), 1, date(2024, 2, 28)),
    ],
)
def test_months_beginning_with_a_day_end_before_the_corresponding_day(
    first: date, count: int, last: date
) -> None:
    assert months(count).last_day_beginning_with(first) == last


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2015, 6, 30), 1, date(2015, 7, 30)),
        (date(2015, 5, 31), 1, date(2015, 6, 30)),
        (date(1978, 9, 30), 4, date(1979, 1, 30)),  # Dodds v Walker [1981] 1 WLR 1027
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_after_a_day_end_on_the_corresponding_day(
    day: date, count: int, after: date
) -> None:
    assert months(count).after(day) == after


@given(DAYS, COUNTS)
def test_months_after_and_before_agree_with_dateutil(day: date, count: int) -> None:
    assert months(count).after(day) == day + relativedelta(months=count)
    assert months(count).before(day) == day - relativedelta(months=count)


@given(DAYS, COUNTS)
def test_months_beginning_with_a_day_agree_with_dateutil_where_there_is_a_corresponding_day(
    day: date, count: int
) -> None:
    corresponding = day + relativedelta(months=count)
    last = months(count).last_day_beginning_with(day)
    if corresponding.day == day.day:
        assert last == corresponding - ONE_DAY
    else:
        assert last == corresponding
        assert (last + ONE_DAY).day == 1


@given(DAYS, COUNTS)
def test_consecutive_months_beginning_on_the_first_leave_no_day_out(day: date, count: int) -> None:
    first = day.replace(day=1)
    following = months(1).last_day_beginning_with(months(count).after(first))
    assert months(count + 1).last_day_beginning_with(first) == following


@given(DAYS, st.integers(1, 20))
def test_a_year_is_twelve_months(day: date, count: int) -> None:
    years = Duration(count, TimeUnit.YEARS)
    assert years.after(day) == months(12 * count).after(day)
    assert years.before(day) == months(12 * count).before(day)
    assert years.last_day_beginning_with(day) == months(12 * count).last_day_beginning_with(day)


@given(DAYS, COUNTS)
def test_days_and_weeks_are_counted_with_and_without_the_first_day(day: date, count: int) -> None:
    days, weeks = Duration(count, TimeUnit.DAYS), Duration(count, TimeUnit.WEEKS)
    assert days.last_day_beginning_with(day) == day + timedelta(days=count - 1)
    assert days.after(day) == day + timedelta(days=count)
    assert days.before(day) == day - timedelta(days=count)
    assert weeks.last_day_beginning_with(day) == day + timedelta(days=7 * count - 1)
    assert weeks.before(weeks.after(day)) == day


def test_the_seventh_day_before_is_seven_days_before() -> None:
    opening = date(2026, 3, 2)
    assert Duration(7, TimeUnit.DAYS).before(opening) == date(2026, 2, 23)


@pytest.mark.parametrize(
    ("day", "beginning_with", "after", "before"),
    [
        # 6 March 2026 is a Friday.
        (date(2026, 3, 6), date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 3)),
        (date(2026, 3, 7), date(2026, 3, 11), date(2026, 3, 11), date(2026, 3, 4)),
        (date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 4)),
    ],
)
def test_three_working_days_go_over_a_weekend(
    day: date, beginning_with: date, after: date, before: date
) -> None:
    three = Duration(3, TimeUnit.WORKING_DAYS)
    assert three.last_day_beginning_with(day, WEEKDAYS_OF_2026) == beginning_with
    assert three.after(day, WEEKDAYS_OF_2026) == after
    assert three.before(day, WEEKDAYS_OF_2026) == before


def test_a_period_may_begin_with_the_first_day_of_a_calendar() -> None:
    one = Duration(1, TimeUnit.WORKING_DAYS)
    first = date(2026, 1, 1)
    assert one.last_day_beginning_with(first, WEEKDAYS_OF_2026) == first
    with pytest.raises(BeyondHorizon):
        one.last_day_beginning_with(first - ONE_DAY, WEEKDAYS_OF_2026)


def test_working_days_need_a_calendar() -> None:
    five = Duration(5, TimeUnit.WORKING_DAYS)
    for count in (five.last_day_beginning_with, five.after, five.before):
        with pytest.raises(NoCalendar, match="5 working days cannot be counted without"):
            count(date(2026, 3, 6))


def test_nothing_after_a_day_is_that_day_and_a_period_of_nothing_has_no_days() -> None:
    nothing = Duration(0, TimeUnit.DAYS)
    assert nothing.after(date(2026, 3, 6)) == nothing.before(date(2026, 3, 6)) == date(2026, 3, 6)
    with pytest.raises(ValueError, match="a period of 0 days has no last day"):
        nothing.last_day_beginning_with(date(2026, 3, 6))


def test_a_duration_is_whole_and_not_negative() -> None:
    with pytest.raises(ValueError, match="count"):
        Duration(-1, TimeUnit.DAYS)
    with pytest.raises(TypeError, match="count"):
        Duration(1.5, TimeUnit.DAYS)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", TimeUnit)
def test_a_datetime_is_not_counted_from(unit: TimeUnit) -> None:
    noon = datetime(2026, 3, 6, 12, tzinfo=UTC)
    with pytest.raises(NotADay) as refused:
        Duration(1, unit).after(noon, WEEKDAYS_OF_2026)
    assert refused.value.where == "day to count from"
    with pytest.raises(NotADay) as refused:
        Duration(1, unit).last_day_beginning_with(noon, WEEKDAYS_OF_2026)
    assert refused.value.where == "first day of a period"


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Duration(1, TimeUnit.MONTHS), "1 month"),
        (Duration(3, TimeUnit.MONTHS), "3 months"),
        (Duration(1, TimeUnit.WORKING_DAYS), "1 working day"),
        (Duration(0, TimeUnit.WEEKS), "0 weeks"),
    ],
)
def test_a_duration_reads_as_words(duration: Duration, words: str) -> None:
    assert str(duration) == words


LONDON = ZoneInfo("Europe/London")


def test_hours_pass_by_night_and_on_holidays() -> None:
    # From Good Friday of 2026 to Easter Monday.
    begun = datetime(2026, 4, 3, 17, 30, tzinfo=LONDON)
    assert Duration(72, TimeUnit.HOURS).after_moment(begun) == datetime(
        2026, 4, 6, 17, 30, tzinfo=LONDON
    )


def test_hours_pass_while_the_clocks_change() -> None:
    # The clocks went forward on 29 March 2026 at one in the morning.
    begun = datetime(2026, 3, 28, 12, tzinfo=LONDON)
    ended = Duration(24, TimeUnit.HOURS).after_moment(begun)
    assert (ended.day, ended.hour, ended.tzinfo) == (29, 13, LONDON)


@given(st.datetimes(timezones=st.timezones()), st.integers(0, 10_000))
def test_so_many_hours_have_passed(moment: datetime, count: int) -> None:
    try:
        begun = moment.astimezone(UTC)
        ended = Duration(count, TimeUnit.HOURS).after_moment(moment)
    except (BeyondYears, OverflowError):
        return  # the calendar of Python ends
    assert ended.astimezone(UTC) - begun == timedelta(hours=count)


@pytest.mark.parametrize("method", ["after", "before", "last_day_beginning_with"])
def test_hours_do_not_run_from_a_day(method: str) -> None:
    with pytest.raises(ValueError, match="48 hours run from a moment"):
        getattr(Duration(48, TimeUnit.HOURS), method)(date(2026, 4, 3))


@pytest.mark.parametrize("unit", [unit for unit in TimeUnit if unit is not TimeUnit.HOURS])
def test_only_hours_run_from_a_moment(unit: TimeUnit) -> None:
    with pytest.raises(ValueError, match="not from a moment"):
        Duration(3, unit).after_moment(datetime(2026, 4, 3, tzinfo=UTC))


def test_a_moment_has_its_time_zone() -> None:
    with pytest.raises(ValueError, match=r"^a moment needs its time zone$"):
        Duration(3, TimeUnit.HOURS).after_moment(datetime(2026, 4, 3))


@given(st.sampled_from([date.min, date.max]), st.integers(1, 10**6), st.sampled_from([*TimeUnit]))
def test_what_lies_beyond_the_years_is_said(day: date, count: int, unit: TimeUnit) -> None:
    length = Duration(count, unit)
    move = length.after if day == date.max else length.before
    if unit in (TimeUnit.WORKING_DAYS, TimeUnit.HOURS):
        return
    with pytest.raises(BeyondYears, match=r"lead beyond the years 1 to 9999"):
        move(day)


def test_the_last_day_of_the_calendar_is_a_day() -> None:
    assert Duration(1, TimeUnit.DAYS).last_day_beginning_with(date.min) == date.min
    assert Duration(1, TimeUnit.DAYS).after(date(9999, 12, 30)) == date.max
    assert months(1).after(date(9999, 11, 30)) == date(9999, 12, 30)
    assert months(1).before(date(1, 2, 28)) == date(1, 1, 28)


def test_hours_beyond_the_years_are_said() -> None:
    last = datetime(9999, 12, 31, 12, tzinfo=UTC)
    said = "48 hours from 9999-12-31 lead beyond the years 1 to 9999"
    with pytest.raises(BeyondYears, match=f"^{said}$"):
        Duration(48, TimeUnit.HOURS).after_moment(last)


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        # Summer time of 2024 ran from 31 March to 27 October (Summer Time Act 1972, section 1).
        (datetime(2024, 6, 30, 23, 30, tzinfo=UTC), "2024-07-01T00:30:00+01:00"),
        (datetime(2024, 12, 31, 23, 30, tzinfo=UTC), "2024-12-31T23:30:00+00:00"),
        (datetime(2024, 6, 30, 23, 30), "2024-06-30T23:30:00+01:00"),
        (datetime(2024, 12, 31, 23, 30), "2024-12-31T23:30:00+00:00"),
    ],
)
def test_a_moment_is_read_by_the_clock_of_the_united_kingdom(moment: datetime, clock: str) -> None:
    assert uk_time(moment).isoformat() == clock


def test_without_time_zones_the_package_that_holds_them_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lacking(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr("zoneinfo.ZoneInfo", lacking)
    _uk_zone.cache_clear()
    with pytest.raises(MissingPart) as refused:
        uk_time(datetime(2024, 6, 30, 23, 30, tzinfo=UTC))
    assert refused.value.needs == "the database of time zones"
    assert refused.value.install == "pip install tzdata"
