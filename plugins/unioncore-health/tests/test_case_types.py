"""What the case types of the health service promise."""

from datetime import date

import unioncore
import unioncore_health
from unioncore.legal import TimeUnit
from unioncore.testing.composed import alone
from unioncore_health import plugin

RULEBOOK = alone(unioncore_health)


def test_it_requires_no_other_plugin() -> None:
    assert plugin.about.requires == ()
    assert {each.name for each in RULEBOOK.plugins} == {"builtin", "unison", "health"}


def test_a_band_is_reviewed_within_three_months_of_notification() -> None:
    (clock,) = RULEBOOK.case_type("health.afc_band_review").versions[0].clocks
    assert (clock.count, clock.unit) == (3, TimeUnit.MONTHS)
    assert (clock.starts, clock.must) == ("outcome_notified", "submit_request")


def test_an_interim_order_of_the_nursing_council_lasts_eighteen_months() -> None:
    clocks = {c.key: c for c in RULEBOOK.case_type("health.nmc_ftp").versions[0].clocks}
    longest, review = clocks["interim_order_max"], clocks["interim_review"]
    assert (longest.count, review.count) == (18, 6)
    assert longest.unit is review.unit is TimeUnit.MONTHS
    # Nursing and Midwifery Order 2001, article 31(6)(a): "beginning on the date on which the order
    # was made"
    assert review.direction is unioncore.Direction.BEGINNING_WITH


def test_regulators_are_for_the_national_specialist() -> None:
    for key in ("health.nmc_ftp", "health.hcpc_ftp"):
        facts = {"track.family": RULEBOOK.case_type(key).family}
        tier = unioncore.ask(RULEBOOK, facts, "track.tier", on=date(2026, 6, 1))["track.tier"]
        assert tier.value == "national-specialist"
