"""Times that a clock of a case type gives, and the rules that move its last day."""

from datetime import date

import pytest
from tests.books import everything

from unioncore.answers import rules_limit
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
