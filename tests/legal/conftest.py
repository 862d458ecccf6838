"""The built-in calendars."""

from collections.abc import Mapping

import pytest
from tests.books import core

from unioncore.legal import WorkingDayCalendar


def load_calendars() -> dict[str, WorkingDayCalendar]:
    return {calendar.key: calendar for calendar in core().definitions.calendars}


@pytest.fixture(scope="session")
def calendars() -> Mapping[str, WorkingDayCalendar]:
    return load_calendars()
