"""A forum is healthy only where every rule is known not to be broken; its seats are shared out."""

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import Allocation, ForumHealth, allocate_seats, forum_health
from unioncore.errors import BadFacts
from unioncore.model import ForumConstitution, SeatRule, Seats, Side

BOOK = core()
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


# -- the constitution ------------------------------------------------------------------------------

CONSTITUTION = ForumConstitution(
    purpose="to settle what concerns staff together",
    consulted="the recognised unions, before any change to jobs",
    frequency="every second month",
    meetings_a_year=2,
    disputes="the joint secretaries, then Acas",
    senior_percent=75,
    sides=(
        Side("employers", seats=3, bodies=("Example Trust",)),
        Side("trade-unions", seats=9, unions=("red", "green", "blue"), secretary="red"),
    ),
    seat_rule=SeatRule.BY_MEMBERSHIP,
)
SAID = ("forum.constitution_says", "forum.meetings_agreed", "forum.senior_percent")


def test_a_failed_rule_names_the_meetings_that_fail_it() -> None:
    """Papers went out nine days before each meeting but that of July, two days before it."""
    meetings = [
        {
            "meeting.day": date(2024, month, 10),
            "meeting.held": True,
            "meeting.papers_sent": date(2024, month, 8 if month == 7 else 1),
        }
        for month in (1, 4, 7, 10)
    ]
    health = forum_health(core(), {"forum.meetings": meetings}, on=date(2024, 12, 31))
    papers = next(each for each in health.findings if each.rule == "core.forum_papers")
    said = "not so of 1 of 4: the day of the meeting is 10 July 2024, the meeting was held and"
    assert f"{said} the day on which its papers went out is 8 July 2024" in str(papers.outcome)


def test_a_constitution_says_what_the_facts_do_not() -> None:
    facts = {key: value for key, value in FORUM.items() if key not in SAID}
    assert not forum_health(BOOK, facts, on=ON).healthy.known
    found = forum_health(BOOK, facts, on=ON, constitution=CONSTITUTION)
    assert found.healthy.value is True
    assert found == forum_health(BOOK, FORUM, on=ON)


def test_what_a_constitution_leaves_out_is_amiss_and_what_was_not_read_is_not_known() -> None:
    facts = {key: value for key, value in FORUM.items() if key not in SAID}
    silent = attrs.evolve(CONSTITUTION, disputes="")
    assert "constitution" in amiss(forum_health(BOOK, facts, on=ON, constitution=silent))
    unread = attrs.evolve(CONSTITUTION, disputes=None)
    found = forum_health(BOOK, facts, on=ON, constitution=unread)
    assert "core.forum_constitution" in {each.rule for each in found.not_known}


def test_a_fact_counts_before_the_constitution() -> None:
    facts = {**FORUM, "forum.meetings_agreed": 3}
    assert "met" in amiss(forum_health(BOOK, facts, on=ON, constitution=CONSTITUTION))


def test_a_constitution_has_its_sides() -> None:
    side = CONSTITUTION.side("trade-unions")
    assert side is not None
    assert side.seats == 9
    assert CONSTITUTION.side("observers") is None


# -- seats -----------------------------------------------------------------------------------------


def shared(found: Allocation) -> dict[str, int] | None:
    return None if found.seats is None else {each.who: each.seats for each in found.seats}


def side(seats: int | None, *unions: str, **more: Any) -> Side:
    return Side("trade-unions", seats=seats, unions=unions, **more)


@pytest.mark.parametrize(
    ("seats", "members", "expected"),
    [
        # 10 seats for 100: 6.2, 2.6 and 1.2; the one left goes to the largest remainder.
        (10, {"a": 62, "b": 26, "c": 12}, {"a": 6, "b": 3, "c": 1}),
        (4, {"a": 3, "b": 1}, {"a": 3, "b": 1}),
        (3, {"a": 100, "b": 0}, {"a": 3, "b": 0}),
        # 5 seats for 8: 3.125, 1.25 and 0.625.
        (5, {"a": 5, "b": 2, "c": 1}, {"a": 3, "b": 1, "c": 1}),
    ],
)
def test_seats_by_membership(seats: int, members: dict[str, int], expected: dict[str, int]) -> None:
    found = allocate_seats(side(seats, *members), SeatRule.BY_MEMBERSHIP, members)
    assert shared(found) == expected
    assert found.tied == ()


def test_a_tie_is_not_known_and_says_who_ties() -> None:
    found = allocate_seats(side(3, "a", "b"), SeatRule.BY_MEMBERSHIP, {"a": 5, "b": 5})
    assert (shared(found), found.tied) == (None, ("a", "b"))
    assert found.at_least == (Seats("a", 1), Seats("b", 1))
    assert found.text == "a and b tie for the last seat"
    found = allocate_seats(side(5, "a", "b", "c"), SeatRule.EQUAL)
    assert (shared(found), found.tied) == (None, ("a", "b", "c"))
    assert found.text == "a, b and c tie for the last 2 seats"
    # 5 seats for 8: 2.5, 1.25 and 1.25; the largest remainder is alone.
    found = allocate_seats(side(5, "a", "b", "c"), SeatRule.BY_MEMBERSHIP, {"a": 4, "b": 2, "c": 2})
    assert shared(found) == {"a": 3, "b": 1, "c": 1}
    # 6 seats for 8: 3, 1.5 and 1.5.
    found = allocate_seats(side(6, "a", "b", "c"), SeatRule.BY_MEMBERSHIP, {"a": 4, "b": 2, "c": 2})
    assert (shared(found), found.tied) == (None, ("b", "c"))
    assert found.at_least == (Seats("a", 3), Seats("b", 1), Seats("c", 1))


def test_equal_seats_and_written_ones() -> None:
    assert shared(allocate_seats(side(6, "a", "b"), SeatRule.EQUAL)) == {"a": 3, "b": 3}
    written = side(5, "a", "b", seats_by=(Seats("a", 4), Seats("b", 1)))
    assert shared(allocate_seats(written, SeatRule.AS_WRITTEN)) == {"a": 4, "b": 1}
    partly = side(5, "a", "b", seats_by=(Seats("a", 4),))
    found = allocate_seats(partly, SeatRule.AS_WRITTEN)
    assert (found.seats, found.at_least) == (None, (Seats("a", 4),))


@pytest.mark.parametrize(
    ("of", "rule", "members", "why"),
    [
        (side(5, "a"), None, {"a": 1}, "how the constitution"),
        (side(None, "a"), SeatRule.EQUAL, {}, "the number of seats"),
        (side(5, "a", complete=False), SeatRule.EQUAL, {}, "which unions"),
        (side(5), SeatRule.EQUAL, {}, "which unions"),
        (side(5, "a", "b"), SeatRule.BY_MEMBERSHIP, {"a": 3}, "the members of b are not counted"),
        (side(5, "a"), SeatRule.BY_MEMBERSHIP, {"a": 0}, "no union has a member"),
    ],
)
def test_what_is_missing_is_not_known(
    of: Side, rule: SeatRule | None, members: dict[str, int | None], why: str
) -> None:
    found = allocate_seats(of, rule, members)
    assert found.seats is None
    assert why in found.text


def test_fewer_members_than_none_are_refused() -> None:
    with pytest.raises(BadFacts, match="zero or more"):
        allocate_seats(side(5, "a"), SeatRule.BY_MEMBERSHIP, {"a": -1})


COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50), min_size=1)


@given(st.integers(0, 40), COUNTS, st.data())
def test_seats_add_up_keep_quota_and_need_no_order(
    seats: int, members: dict[str, int], data: st.DataObject
) -> None:
    found = allocate_seats(side(seats, *members), SeatRule.BY_MEMBERSHIP, members)
    order = data.draw(st.permutations(list(members)))
    turned = allocate_seats(side(seats, *order), SeatRule.BY_MEMBERSHIP, members)
    assert (shared(turned), turned.tied) == (shared(found), found.tied)
    whole = sum(members.values())
    if not whole:
        assert found.seats is None
        return
    given_ = {each.who: each.seats for each in found.at_least}
    for key, count in members.items():
        assert seats * count // whole <= given_[key] <= -(-seats * count // whole)
    if found.seats is None:
        open_ = seats - sum(given_.values())
        assert 0 < open_ < len(found.tied)
    else:
        assert sum(given_.values()) == seats
        # More members never mean fewer seats.
        ranked = sorted(members, key=lambda key: members[key])
        assert [given_[key] for key in ranked] == sorted(given_.values())
