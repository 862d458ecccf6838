"""What the case types of local government promise."""

import unioncore_local_government
from unioncore.legal import TimeUnit
from unioncore.model import Direction
from unioncore.testing.composed import alone
from unioncore_local_government import plugin

RULEBOOK = alone(unioncore_local_government)


def test_it_requires_no_other_plugin() -> None:
    assert plugin.about.requires == ()
    assert {each.name for each in RULEBOOK.plugins} == {"builtin", "unison", "local-government"}


def test_the_panel_is_appointed_well_before_the_council_meets() -> None:
    version = RULEBOOK.case_type("lg.statutory_officer_england").versions[0]
    clock = next(each for each in version.clocks if each.key == "panel_appointed")
    assert clock.direction is Direction.AT_LEAST_BEFORE
    assert (clock.count, clock.unit) == (20, TimeUnit.WORKING_DAYS)
    assert "20 days" in version.conflict


def test_the_kind_of_school_decides_who_ends_the_employment() -> None:
    version = RULEBOOK.case_type("lg.school_support_staff").versions[0]
    ways = {each.event: each for each in version.leaving("appeal_committee")}
    assert ways["notify_authority"].to_state == "la_notified"
    assert ways["confirm_dismissal"].to_state == "dismissed"
    assert all(ways[each].asks for each in ("notify_authority", "confirm_dismissal"))
    # The authority's days run only where the authority employs.
    clock = next(each for each in version.clocks if each.key == "la_terminate")
    assert clock.starts == "notify_authority"
