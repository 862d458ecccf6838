"""The built-in calendars against the ``holidays`` package, and against what is known of them."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
import pytest

from unioncore.legal import Confidence, Nation, WorkingDayCalendar

SUBDIVISIONS = {
    "ENG": "england-and-wales",
    "WLS": "england-and-wales",
    "SCT": "scotland",
    "NIR": "northern-ireland",
}

GOV_UK = json.loads(
    (Path(__file__).parent / "data" / "gov-uk-bank-holidays.json").read_text(encoding="utf-8")
)

# Working days here that the package has as holidays, with the instrument that shows who is right.
# Delete a line when the package agrees, and add none without an instrument.
DIFFERENCES = {
    ("SCT", date(2006, 11, 30)): (
        "St Andrew's Day Bank Holiday (Scotland) Act 2007 (asp 2), section 1: Royal Assent on "
        "15 January 2007, so the first St Andrew's Day bank holiday was in 2007"
    ),
    ("SCT", date(2010, 1, 4)): (
        "Banking and Financial Dealings Act 1971, Schedule 1, paragraph 2, moves 2 January from a "
        "Sunday and not from a Saturday, and no proclamation moved it in 2010"
    ),
    ("SCT", date(2011, 1, 4)): (
        "Banking and Financial Dealings Act 1971, Schedule 1, paragraph 2, moves 1 January from a "
        "Sunday and not from a Saturday, and no proclamation moved it in 2011"
    ),
}


def days(calendar: WorkingDayCalendar) -> list[date]:
    start, end = calendar.period.start, calendar.period.end
    assert start is not None
    assert end is not None
    return [start + timedelta(days=n) for n in range((end - start).days)]


@pytest.mark.parametrize("subdivision", SUBDIVISIONS)
def test_working_days_differ_from_the_package_only_where_we_can_show_why(
    subdivision: str, calendars: Mapping[str, WorkingDayCalendar]
) -> None:
    calendar = calendars[SUBDIVISIONS[subdivision]]
    # Years are named, because the package otherwise fills itself while it is asked.
    package = holidays.country_holidays(
        "GB", subdiv=subdivision, years={day.year for day in days(calendar)}
    )
    differing = {
        (subdivision, day)
        for day in days(calendar)
        if calendar.is_working_day(day) != (day.weekday() < 5 and day not in package)
    }
    assert differing == {listed for listed in DIFFERENCES if listed[0] == subdivision}


@pytest.mark.parametrize("listed", DIFFERENCES)
def test_where_we_differ_from_the_package_it_is_by_having_a_working_day(
    listed: tuple[str, date], calendars: Mapping[str, WorkingDayCalendar]
) -> None:
    subdivision, day = listed
    assert calendars[SUBDIVISIONS[subdivision]].is_working_day(day)


def test_every_nation_has_one_calendar(calendars: Mapping[str, WorkingDayCalendar]) -> None:
    covered = [nation for calendar in calendars.values() for nation in calendar.nations]
    assert sorted(covered) == sorted(Nation)


@pytest.mark.parametrize(
    ("day", "where"),
    [
        (date(2026, 1, 2), {"scotland"}),
        (date(2026, 4, 6), {"england-and-wales", "northern-ireland"}),
        (date(2026, 8, 31), {"england-and-wales", "northern-ireland"}),
        (date(2026, 8, 3), {"scotland"}),
        (date(2026, 11, 30), {"scotland"}),
        (date(2026, 3, 17), {"northern-ireland"}),
        (date(2026, 7, 13), {"northern-ireland"}),
        (date(2026, 6, 15), {"scotland"}),
        (date(2002, 6, 3), set(SUBDIVISIONS.values())),
        (date(2002, 6, 4), set(SUBDIVISIONS.values())),
        (date(2002, 5, 27), set()),
        (date(2011, 4, 29), set(SUBDIVISIONS.values())),
        (date(2012, 5, 28), set()),
        (date(2012, 6, 4), set(SUBDIVISIONS.values())),
        (date(2012, 6, 5), set(SUBDIVISIONS.values())),
        (date(2020, 5, 4), set()),
        (date(2020, 5, 8), set(SUBDIVISIONS.values())),
        (date(2022, 5, 30), set()),
        (date(2022, 6, 2), set(SUBDIVISIONS.values())),
        (date(2022, 6, 3), set(SUBDIVISIONS.values())),
        (date(2022, 9, 19), set(SUBDIVISIONS.values())),
        (date(2023, 5, 8), set(SUBDIVISIONS.values())),
        (date(2026, 4, 3), set(SUBDIVISIONS.values())),
        (date(2026, 12, 25), set(SUBDIVISIONS.values())),
    ],
)
def test_a_holiday_is_one_where_its_instrument_makes_it_one(
    day: date, where: set[str], calendars: Mapping[str, WorkingDayCalendar]
) -> None:
    found = {key for key, calendar in calendars.items() if calendar.holiday_on(day)}
    assert found == where


def test_only_days_from_monday_to_friday_are_listed(
    calendars: Mapping[str, WorkingDayCalendar],
) -> None:
    for calendar in calendars.values():
        for holiday in calendar.holidays:
            assert all(day.weekday() < 5 for day in holiday.days), (calendar.key, holiday.name)


@pytest.mark.parametrize("listed", GOV_UK, ids=lambda listed: f"{listed['where']}-{listed['year']}")
def test_days_are_those_of_the_official_list(
    listed: dict[str, Any], calendars: Mapping[str, WorkingDayCalendar]
) -> None:
    """GOV.UK, UK bank holidays, as published for 2015 to 2028."""
    ours = {
        day
        for holiday in calendars[listed["where"]].holidays
        for day in holiday.days
        if day.year == listed["year"]
    }
    assert ours == {date.fromisoformat(day) for day in listed["days"]}


def test_only_proclamations_that_nobody_read_are_remembered(
    calendars: Mapping[str, WorkingDayCalendar],
) -> None:
    for calendar in calendars.values():
        for holiday in calendar.holidays:
            for citation in holiday.citations:
                unread = citation.instrument.startswith("Proclamation for the year")
                assert (citation.confidence is Confidence.REMEMBERED) == unread
