import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.errors import NotADay
from unioncore.legal import DayRange, Period, check_day

DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 29))
ALL_DAYS = [date(2020, 1, 1) + timedelta(days=n) for n in range(60)]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start is not None and end is not None:
        if start == end:
            end = start + timedelta(days=1)
        start, end = min(start, end), max(start, end)
    return Period(start, end)


def test_a_period_includes_its_start_and_not_its_end() -> None:
    period = Period(date(2017, 3, 1), date(2026, 2, 18))
    assert date(2017, 2, 28) not in period
    assert date(2017, 3, 1) in period
    assert date(2026, 2, 17) in period
    assert date(2026, 2, 18) not in period


def test_a_period_with_no_ends_includes_every_day() -> None:
    assert date.min in Period()
    assert date.max in Period()


@pytest.mark.parametrize("end", [date(2017, 3, 1), date(2017, 2, 28)])
def test_a_period_that_would_have_no_days_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match="a period starts before it ends: start 2017-03-01"):
        Period(date(2017, 3, 1), end)


def test_a_datetime_is_not_a_day_anywhere() -> None:
    noon = datetime(2026, 2, 18, 12, tzinfo=UTC)
    with pytest.raises(NotADay, match=r"Period\.start: expected a day"):
        Period(noon)
    with pytest.raises(NotADay, match=r"Period\.end"):
        Period(end=noon)
    with pytest.raises(NotADay):
        noon in Period()  # noqa: B015
    with pytest.raises(NotADay):
        DayRange(noon, noon)


def test_a_text_is_not_a_day() -> None:
    with pytest.raises(NotADay, match=r"received: expected a day .* got str") as caught:
        check_day("2026-02-18", "received")
    assert caught.value.to_dict()["where"] == "received"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (
            Period(date(2009, 6, 19), date(2017, 2, 1)),
            "from 2009-06-19 up to but not including 2017-02-01",
        ),
        (Period(start=date(2009, 6, 19)), "from 2009-06-19"),
        (Period(end=date(2017, 2, 1)), "before 2017-02-01"),
        (Period(), "always"),
    ],
)
def test_a_period_reads_as_words(period: Period, words: str) -> None:
    assert str(period) == words


@given(periods(), periods())
def test_periods_overlap_when_and_only_when_they_share_a_day(one: Period, other: Period) -> None:
    # Sixty days and the ends of time are enough to tell, because no bound lies elsewhere.
    days = [date.min, *ALL_DAYS, date.max]
    assert one.overlaps(other) == any(day in one and day in other for day in days)


@given(periods(), periods())
def test_overlap_is_mutual(one: Period, other: Period) -> None:
    assert one.overlaps(other) == other.overlaps(one)


@given(periods())
def test_a_period_overlaps_itself_and_survives_pickling(period: Period) -> None:
    assert period.overlaps(period)
    assert pickle.loads(pickle.dumps(period)) == period


@given(DAYS)
def test_periods_that_meet_share_no_day(day: date) -> None:
    assert not Period(end=day).overlaps(Period(start=day))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-07-14", date(2016, 7, 14)),
        ("2016-07", DayRange(date(2016, 7, 1), date(2016, 7, 31))),
        ("2016-02", DayRange(date(2016, 2, 1), date(2016, 2, 29))),
        ("2016", DayRange(date(2016, 1, 1), date(2016, 12, 31))),
        ("2016-07-14/2016-07-20", DayRange(date(2016, 7, 14), date(2016, 7, 20))),
    ],
)
def test_a_month_or_a_year_is_any_day_in_it(text: str, expected: date | DayRange) -> None:
    assert DayRange.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "July 2016",
        "2016-13",
        "2016-7",
        "20160714",
        "2016-W27",
        "2016-02-30",
        "0000",
        "2016-07-14/2016",
    ],
)
def test_what_is_no_day_month_or_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a day, a month or a year"):
        DayRange.parse(text)


def test_a_known_day_is_a_range_of_one_day() -> None:
    day = date(2016, 7, 14)
    assert DayRange.of(day) == DayRange(day, day)
    assert DayRange.of(DayRange.of(day)) == DayRange.of(day)


def test_a_range_ends_no_earlier_than_it_begins() -> None:
    with pytest.raises(ValueError, match="latest day 2016-07-13 is before"):
        DayRange(date(2016, 7, 14), date(2016, 7, 13))


def test_a_range_reads_as_words() -> None:
    assert str(DayRange.parse("2016-07")) == "a day from 2016-07-01 to 2016-07-31"
