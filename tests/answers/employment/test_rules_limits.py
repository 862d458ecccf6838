"""Times that a clock of a case type gives, and the rules that move its last day."""

from datetime import date

import pytest
from tests.books import core, everything

from unioncore.answers import appeal, rules_limit
from unioncore.errors import UnknownName
from unioncore.legal import Nation

CLOCKS = sorted(
    {
        f"{kind.key}/{clock.key}"
        for kind in everything().definitions.case_types
        for version in kind.versions
        for clock in version.clocks
    }
)


@pytest.mark.parametrize("nation", [Nation.SCOTLAND, Nation.NORTHERN_IRELAND])
def test_every_clock_has_an_answer_with_a_day_or_a_reason(nation: Nation) -> None:
    """One that counts working days has a day before it moves; one in hours has a reason."""
    assert CLOCKS
    for clock in CLOCKS:
        found = rules_limit(everything(), clock, date(2026, 3, 3), nation=nation)
        assert found.last_day.known or found.last_day.reason
        assert found.counted_last_day.known == found.last_day.known, clock


@pytest.mark.needs_plugins
def test_hours_run_from_a_moment_and_not_from_a_day() -> None:
    found = rules_limit(
        everything(), "unison.data_breach/ico", date(2026, 3, 3), nation=Nation.ENGLAND
    )
    assert found.last_day.reason == "it runs in hours, from a moment"


def test_a_misspelt_clock_is_suggested() -> None:
    with pytest.raises(UnknownName) as refused:
        rules_limit(
            core(), "core.employment_appeal/notise", date(2026, 3, 3), nation=Nation.ENGLAND
        )
    assert str(refused.value) == (
        "no clock is called 'core.employment_appeal/notise'; "
        "did you mean 'core.employment_appeal/notice'?"
    )


def test_before_the_rules_there_is_no_time() -> None:
    found = appeal(core(), date(1900, 10, 6), nation=Nation.ENGLAND)
    assert found.last_day.reason == "no rule gives a time for it in England from 6 October 1900"


def test_on_the_last_day_the_hour_must_be_said() -> None:
    """Rule 37(1A) of the Employment Appeal Tribunal Rules 1993: by 4 p.m."""
    found = appeal(core(), date(2006, 10, 6), nation=Nation.ENGLAND, received=date(2006, 11, 17))
    assert found.in_time.reason == "it arrived on the last day; whether by 16:00 was not said"
