"""Weeks are counted back from the meeting, and a gap in the membership leaves open who stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import branch_timetable, may_still_stand
from unioncore.errors import BadFacts
from unioncore.legal import Period

pytestmark = pytest.mark.needs_plugins

MEETINGS = st.dates(date(2019, 2, 1), date(2040, 12, 31))
NOMINATED, VOTED = date(2026, 1, 10), date(2026, 2, 25)


@given(MEETINGS, st.integers(1, 20), st.integers(1, 20))
def test_each_step_is_whole_weeks_before_the_meeting(
    meeting: date, invited: int, closing: int
) -> None:
    own = {"branch.invited_weeks": invited, "branch.closing_weeks": closing}
    found = branch_timetable(everything(), meeting, facts=own)
    assert meeting - found.notice_by.value == timedelta(weeks=12)
    assert meeting - found.nominations_invited.value == timedelta(weeks=invited)
    assert meeting - found.nominations_close.value == timedelta(weeks=closing)
    assert not found.candidates_told_by.known
    assert found.in_window.value == (meeting.month <= 3)


@pytest.mark.parametrize(("late", "in_time"), [(0, True), (1, False)])
def test_notice_on_the_last_day_is_in_time(late: int, in_time: bool) -> None:
    sent = date(2025, 12, 24) + timedelta(late)
    found = branch_timetable(everything(), date(2026, 3, 18), notice_sent=sent)
    assert found.notice_in_time is not None
    assert found.notice_in_time.value is in_time
    assert ("notice of the meeting was due by 24 December 2025" in found.to_text()) is not in_time


@pytest.mark.parametrize(
    ("way", "to_all", "told"),
    [
        ("each-member", True, True),
        ("each-member", False, False),
        ("website", None, False),
        ("website", True, False),
        ("each-member", None, None),
    ],
)
def test_what_only_stands_on_a_website_is_no_notice_to_all(
    way: str, to_all: bool | None, told: bool | None
) -> None:
    found = branch_timetable(
        everything(), date(2026, 3, 18), notice_way=way, sent_to_all=to_all
    ).all_told
    assert found is not None
    assert (found.value if found.known else None) == told


def test_a_setting_or_a_way_that_is_none_is_refused() -> None:
    for wrong in ({"facts": {"branch.closing_weeks": "two"}}, {"notice_way": "pigeon"}):
        given_wrong: dict[str, Any] = wrong
        with pytest.raises(BadFacts):
            branch_timetable(everything(), date(2026, 3, 18), **given_wrong)


@pytest.mark.parametrize(
    ("member", "stands"),
    [
        ([Period()], True),
        ([Period(date(2020, 1, 1), date(2026, 2, 1)), Period(date(2026, 2, 1))], True),
        ([Period(date(2026, 2, 1)), Period(date(2020, 1, 1), date(2026, 2, 1))], True),
        # a gap of one day
        ([Period(None, date(2026, 2, 1)), Period(date(2026, 2, 2))], None),
        # a member again only on the day of the election, and one who left on it
        ([Period(None, date(2026, 1, 20)), Period(VOTED)], None),
        ([Period(None, VOTED)], False),
        ([Period(date(2026, 1, 11))], None),
        ([], False),
    ],
)
def test_a_gap_leaves_it_open_and_the_day_of_the_election_decides(
    member: list[Period], stands: bool | None
) -> None:
    found = may_still_stand(everything(), member, nominated=NOMINATED, voted=VOTED)
    assert (found.value if found.known else None) == stands
    assert found.known or "nomination revives" in found.reason
