"""What answers about members say beside their value: reasons, warnings, what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import unioncore
import unioncore_unison
from unioncore.rules import Answer
from unioncore.testing.composed import alone

BOOK = alone(unioncore_unison)


def answer(name: str, on: date, facts: dict[str, Any]) -> Answer[Any]:
    return unioncore.ask(BOOK, facts, name, on=on)[name]


def test_bands_of_later_years_are_only_remembered() -> None:
    facts = {"person.earnings": Decimal("20000.00")}
    assert answer("subscription_band", date(2016, 10, 1), facts).warnings == ()
    later = answer("subscription_band", date(2026, 10, 1), facts)
    assert later.value == "G"
    assert any("remembered" in warning for warning in later.warnings)


def test_an_answer_warns_where_branches_ask_different_fees() -> None:
    facts = {"person.working": False, "person.studying": False}
    facts |= {"person.left_work_because": "redundant", "person.left_work": date(2024, 1, 15)}
    facts |= {"membership.joined": date(2020, 1, 1), "person.told_branch": date(2024, 2, 1)}
    found = answer("subscription_yearly", date(2024, 6, 1), facts)
    assert any("£8" in warning for warning in found.warnings)


def test_it_says_why_the_rate_in_northern_ireland_is_not_known() -> None:
    facts = {"person.working": True, "employer.public_function": True}
    facts |= {"employer.nation": "Northern Ireland", "person.earnings": Decimal("20000.00")}
    found = answer("subscription_monthly", date(2024, 6, 1), facts)
    assert not found.known
    assert "lower base rate" in found.reason


def test_it_says_why_a_dismissal_for_discrimination_leaves_the_category_open() -> None:
    facts = {"person.working": False, "person.studying": False}
    facts |= {"person.left_work_because": "dismissed-for-discrimination"}
    found = answer("category", date(2024, 6, 1), facts)
    assert not found.known
    assert "both ways" in found.reason


def test_the_policy_of_the_branch_is_missing() -> None:
    facts = {"membership.application_received": date(2025, 2, 3)}
    found = answer("membership_began", date(2025, 5, 1), facts)
    assert "branch.membership_starts" in found.missing
