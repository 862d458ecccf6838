"""What ends soon, and when sources were last checked."""

from datetime import date, timedelta

import pytest

import unioncore
from unioncore.describe import horizons, looked_at
from unioncore.describe.item_texts import items
from unioncore.describe.sources import sourced
from unioncore.errors import BeyondHorizon
from unioncore.rulebook import Rulebook

ON = date(2026, 11, 29)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return unioncore.compose(discover=False)


def test_a_horizon_is_the_last_day_that_is_known(book: Rulebook) -> None:
    for each in horizons(book, ON):
        if each.kind == "calendar":
            calendars = book.definitions.calendars
            calendar = next(one for one in calendars if one.key == each.key)
            calendar.is_working_day(each.last_day)
            with pytest.raises(BeyondHorizon):
                calendar.is_working_day(each.last_day + timedelta(days=1))
        else:
            item = next(item for item in items(book) if item.key == each.key)
            assert item.at(each.last_day) is not None
            assert item.at(each.last_day + timedelta(days=1)) is None


def test_they_come_in_the_order_of_their_days_and_none_is_past(book: Rulebook) -> None:
    found = horizons(book, ON)
    assert [each.last_day for each in found] == sorted(each.last_day for each in found)
    assert found[0].days_left(ON) >= 0
    assert found[0].days_left(found[0].last_day) == 0


def test_the_caps_end_with_the_year_that_their_order_is_for(book: Rulebook) -> None:
    """The Employment Rights (Increase of Limits) Order is made each year for 6 April."""
    caps = [each for each in horizons(book, ON) if each.key.startswith("core.week_pay_cap")]
    assert [each.last_day for each in caps] == [date(2027, 4, 5)] * 2


def test_a_calendar_that_has_ended_is_still_told_and_a_value_is_not(book: Rulebook) -> None:
    kinds = {each.kind for each in horizons(book, date(2040, 1, 1))}
    assert kinds == {"calendar"}


def test_a_source_has_the_day_of_the_place_that_was_checked_longest_ago(book: Rulebook) -> None:
    citations = [citation for _, _, citation in sourced(book)]
    found = looked_at(book)
    assert {each.instrument for each in found} == {each.instrument for each in citations}
    for each in found:
        own = [citation for citation in citations if citation.instrument == each.instrument]
        assert each.checked_on == min(citation.checked_on for citation in own)
        assert each.remembered == sum(c.confidence.value == "remembered" for c in own)
    assert found == tuple(sorted(found, key=lambda each: (each.checked_on, each.instrument)))
