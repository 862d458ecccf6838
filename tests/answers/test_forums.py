"""A forum is healthy only where every rule on forums is known not to be broken."""

from datetime import date
from typing import Any

import pytest

import unioncore
from unioncore.answers import ForumHealth, forum_health

BOOK = unioncore.compose(discover=False)
ON = date(2026, 3, 31)
MEETING: dict[str, Any] = {
    "meeting.day": date(2026, 1, 20),
    "meeting.held": True,
    "meeting.had_quorum": True,
    "meeting.decided": True,
    "meeting.papers_sent": date(2026, 1, 13),
    "meeting.senior_managers_came": True,
    "meeting.middle_managers_came": True,
}
PROPOSAL: dict[str, Any] = {
    "proposal.affects_jobs": True,
    "proposal.is_announced": True,
    "proposal.tabled": date(2026, 1, 20),
    "proposal.announced": date(2026, 1, 21),
    "proposal.costed": True,
    "proposal.benchmarked": True,
    "proposal.staff_engaged": True,
    "proposal.contact_before": True,
}
DISPUTE: dict[str, Any] = {
    "dispute.closed": False,
    "dispute.has_owner": True,
    "dispute.has_next_step": True,
    "dispute.has_day": True,
    "dispute.past_next_meeting": False,
}
FORUM: dict[str, Any] = {
    "forum.meetings": [MEETING, MEETING],
    "forum.proposals": [PROPOSAL],
    "forum.disputes": [DISPUTE],
    "forum.had_proposals": True,
    "forum.had_disputes": True,
    "forum.meetings_agreed": 2,
    "forum.senior_percent": 75,
    "forum.has_feeder_forum": False,
    "forum.constitution_says": {"purpose", "who-is-consulted", "frequency", "disputes"},
    "forum.sides_trained": {"employers", "trade-unions"},
    "forum.works_jointly_on_policy": True,
    "forum.has_employee_director": False,
    "forum.information_within_terms": True,
}


def health(**changes: Any) -> ForumHealth:
    facts = FORUM | {f"forum.{key}": value for key, value in changes.items()}
    return forum_health(BOOK, {k: v for k, v in facts.items() if v is not None}, on=ON)


def amiss(found: ForumHealth) -> list[str]:
    return [each.rule.removeprefix("core.forum_") for each in found.to_do]


def test_a_forum_about_which_everything_is_recorded_can_be_healthy() -> None:
    found = health()
    assert found.healthy.value is True
    assert len(found.findings) == 15
    assert all(each.outcome.value == "met" for each in found.findings)


@pytest.mark.parametrize("meetings", [None, []])
def test_without_meetings_it_is_not_known(meetings: Any) -> None:
    found = health(meetings=meetings)
    assert not found.healthy.known
    assert {"core.forum_met", "core.forum_quorum"} <= {each.rule for each in found.not_known}


def test_without_any_record_nothing_is_known() -> None:
    found = forum_health(BOOK, {}, on=ON)
    assert not found.healthy.known
    assert len(found.not_known) == len(found.findings)


SECOND = {**MEETING, "meeting.had_quorum": False, "meeting.decided": False}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("met", {"meetings_agreed": 3}),
        ("met", {"meetings": [MEETING, MEETING, {**MEETING, "meeting.held": False}]}),
        (
            "senior_managers",
            {"meetings": [MEETING, {**MEETING, "meeting.senior_managers_came": False}]},
        ),
        (
            "middle_managers",
            {"meetings": [{**MEETING, "meeting.middle_managers_came": False}] * 2 + [MEETING]},
        ),
        ("quorum", {"meetings": [MEETING, {**MEETING, "meeting.had_quorum": False}]}),
        (
            "quorum",
            {"meetings": [MEETING, {**SECOND, "meeting.reconvened": date(2026, 2, 4)}]},
        ),
        (
            "papers",
            {"meetings": [MEETING, {**MEETING, "meeting.papers_sent": date(2026, 1, 14)}]},
        ),
        (
            "consultation",
            {"proposals": [{**PROPOSAL, "proposal.announced": date(2026, 1, 20)}]},
        ),
        ("costs", {"proposals": [PROPOSAL, {**PROPOSAL, "proposal.costed": False}]}),
        ("benchmarks", {"proposals": [{**PROPOSAL, "proposal.benchmarked": False}]}),
        ("disputes", {"disputes": [{**DISPUTE, "dispute.has_owner": False}]}),
        ("disputes", {"disputes": [DISPUTE, {**DISPUTE, "dispute.past_next_meeting": True}]}),
        ("constitution", {"constitution_says": {"purpose", "frequency", "disputes"}}),
        ("training", {"sides_trained": {"employers"}}),
        ("engagement", {"proposals": [{**PROPOSAL, "proposal.staff_engaged": False}]}),
        ("policy", {"works_jointly_on_policy": False}),
        ("contact", {"proposals": [{**PROPOSAL, "proposal.contact_before": False}]}),
        ("information", {"information_within_terms": False}),
    ],
)
def test_one_thing_amiss_is_found_and_nothing_else(rule: str, changes: dict[str, Any]) -> None:
    found = health(**changes)
    assert amiss(found) == [rule]
    assert found.healthy.value is False


@pytest.mark.parametrize(
    "changes",
    [
        {"meetings": [MEETING, {**SECOND, "meeting.reconvened": date(2026, 2, 3)}]},
        {"has_feeder_forum": True},
        {"works_jointly_on_policy": False, "has_employee_director": True},
        {"had_proposals": False, "proposals": None},
        {"had_disputes": False, "disputes": None},
        {"disputes": [{"dispute.closed": True}]},
        {"proposals": [{**PROPOSAL, "proposal.is_announced": False, "proposal.announced": None}]},
    ],
)
def test_what_the_rules_allow_is_not_amiss(changes: dict[str, Any]) -> None:
    assert health(**changes).healthy.value is True


def test_each_finding_says_by_whose_word() -> None:
    finding = next(each for each in health().findings if each.rule == "core.forum_met")
    assert "Working in partnership" in finding.outcome.to_text()
