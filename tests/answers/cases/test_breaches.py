"""The clock of a breach counts hours that pass, from the earliest moment that can be meant."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

import unioncore
from unioncore.answers import breach_clock
from unioncore.errors import BadFacts, WrongArgument
from unioncore.legal import uk_time

pytestmark = pytest.mark.needs_plugins

DAYS = st.datetimes(datetime(2018, 5, 26), datetime(2040, 1, 1))


@given(DAYS.map(lambda moment: moment.replace(tzinfo=UTC)), st.integers(-12, 14))
def test_seventy_two_hours_pass_whatever_the_clocks_and_the_zone(
    moment: datetime, hours: int
) -> None:
    aware = moment.astimezone(timezone(timedelta(hours=hours)))
    found = breach_clock(everything(), aware)
    assert found.due is not None
    assert found.due.astimezone(UTC) - moment == timedelta(hours=72)
    assert found.last_day.value == found.due.date() == uk_time(found.due).date()


@given(DAYS)
def test_a_moment_without_a_zone_is_the_earliest_that_the_clock_can_mean(moment: datetime) -> None:
    found = breach_clock(everything(), moment)
    for fold in (0, 1):
        assert found.aware.astimezone(UTC) <= uk_time(moment.replace(fold=fold)).astimezone(UTC)


@pytest.mark.parametrize(
    ("aware", "due"),
    [
        # shown twice on the night on which the clocks go back: the first time is meant
        (datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 28, 0, 30, tzinfo=UTC)),
        # never shown on the night on which they go forward: the earlier of the two readings
        (datetime(2026, 3, 29, 1, 30), datetime(2026, 4, 1, 0, 30, tzinfo=UTC)),
        (date(2026, 6, 5), datetime(2026, 6, 7, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_earlier_reading_of_a_doubtful_moment_counts(
    aware: date | datetime, due: datetime
) -> None:
    assert breach_clock(everything(), aware).due == due


def test_the_last_moment_itself_is_in_time() -> None:
    aware = datetime(2026, 6, 5, 15)
    for minutes, late in ((0, False), (1, True)):
        reported = datetime(2026, 6, 8, 15, minutes)
        found = breach_clock(everything(), aware, reported=reported)
        assert found.late is not None
        assert found.late.value is late
        assert found.needs_reasons is not None
        assert found.needs_reasons.value is late


def test_the_branch_never_tells_the_regulator_and_the_risk_says_who_is_told() -> None:
    told = {"unlikely": (False, False), "likely": (True, False), "high": (True, True)}
    for risk, (regulator, people) in told.items():
        found = breach_clock(everything(), datetime(2026, 6, 5, 15), risk=risk)
        assert found.regulator_is_told.value is regulator
        assert found.people_are_told.value is people
        assert found.branch_may_report.value is False
        assert found.decided_by.value == "data_protection_team"
        assert "steward" in found.reported_inside_by.value
    unjudged = breach_clock(everything(), datetime(2026, 6, 5, 15))
    assert not unjudged.regulator_is_told.known
    assert "nobody has judged the risk" in unjudged.to_text()


def test_hours_left_are_counted_across_the_change_of_clocks() -> None:
    found = breach_clock(
        everything(), datetime(2026, 10, 23, 8), told_inside=datetime(2026, 10, 24, 8)
    )
    assert found.hours_left == Fraction(48)
    late = breach_clock(
        everything(), datetime(2026, 6, 5, 15), told_inside=datetime(2026, 6, 8, 15, 30)
    )
    assert late.hours_left == Fraction(-1, 2)
    assert "none; 0:30 too late" in late.to_text()


def test_without_a_unions_rules_or_before_the_law_it_is_not_known() -> None:
    core = unioncore.compose(discover=False)
    found = breach_clock(core, datetime(2026, 6, 5, 15))
    assert found.due is not None
    assert not found.decided_by.known
    before = breach_clock(core, datetime(2017, 6, 5, 15))
    assert before.due is None
    assert not before.last_day.known
    assert "not known" in before.to_text()


def test_what_is_no_moment_or_no_risk_is_refused() -> None:
    with pytest.raises(BadFacts):
        breach_clock(everything(), date(2026, 6, 5), risk="grave")
    with pytest.raises(WrongArgument):
        breach_clock(everything(), date(2026, 6, 5), reported=date(2026, 6, 9))  # type: ignore[arg-type]
