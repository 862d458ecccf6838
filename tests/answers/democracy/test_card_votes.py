"""Votes at a conference, by hand or by card."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core, everything

from unioncore.answers.democracy.card_votes import motion_vote, vote_count
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import Delegate, HallVote, Membership, Motion, Parent, Person, Union, Unit

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 6, 17)


@pytest.mark.parametrize(
    ("kind", "votes", "needed", "short"),
    [
        ("motion", (0, 0), 1, 1),
        ("motion", (1, 0), 1, 0),
        ("motion", (50, 50), 51, 1),
        ("motion", (51, 50), 51, 0),
        ("rule-amendment", (200, 100), 200, 0),
        ("rule-amendment", (199, 101), 200, 1),
        ("rule-amendment", (200, 101), 201, 1),
    ],
)
def test_a_majority_is_of_the_votes_cast(
    kind: str, votes: tuple[int, int], needed: int, short: int
) -> None:
    found = vote_count(everything(), *votes, on=DAY, kind=kind)
    assert (found.needed.value, found.short_by.value) == (needed, short)
    assert found.carried.value is not bool(short)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_changes_a_rule_would_carry_a_motion(votes_for: int, against: int) -> None:
    rule = vote_count(everything(), votes_for, against, on=DAY, kind="rule-amendment")
    motion = vote_count(everything(), votes_for, against, on=DAY)
    assert motion.carried.value or not rule.carried.value or votes_for == against == 0
    assert (votes_for + motion.short_by.value >= motion.needed.value) is True


def test_without_rules_it_is_not_known() -> None:
    assert not vote_count(core(), 2, 1, on=DAY).carried.known
    with pytest.raises(BadFacts, match=r"motion\.kind"):
        vote_count(core(), 2, 1, on=DAY, kind="motoin")


def union(*votes: dict[str, Any], kind: str = "motion") -> Union:
    rows = tuple(HallVote(**{"motion": "m", "means": "card", "on": DAY} | each) for each in votes)
    return Union(
        key="u",
        units=(
            Unit(key="u", kind="union", name="U"),
            Unit(key="c", kind="conference", name="C"),
            *(Unit(key=key, kind="branch", name=key) for key in ("ash", "beech")),
        ),
        parents=(Parent(unit="c", axis="governance", parent="u"),),
        people=tuple(Person(key=f"p{n}", name="Test") for n in range(3)),
        memberships=tuple(
            Membership(person=f"p{n}", start=date(2020, 1, 1), category="full", branch="ash")
            for n in range(3)
        ),
        motions=(
            Motion(
                key="m",
                unit="c",
                edition="2026",
                kind=kind,
                title="T",
                mover="ash",
                received=datetime(2026, 1, 1),
            ),
        ),
        delegates=(
            Delegate(
                unit="c", edition="2026", body="ash", person="p0", received=datetime(2026, 1, 1)
            ),
        ),
        hall_votes=rows,
    )


def test_the_cards_of_branches_count_the_members_they_represent() -> None:
    now = union(
        {"branch": "ash", "choice": "for"},
        {"branch": "beech", "choice": "against", "votes": 2},
        {"means": "hand", "choice": "against", "votes": 99},
    ).on(DAY)
    found = motion_vote(everything(), now, "m")
    assert found is not None
    assert (found.votes_for.value, found.against.value, found.carried.value) == (3, 2, True)
    assert any("remembered" in each for each in found.warnings)


def test_before_the_vote_there_is_none_and_a_vote_without_numbers_is_not_known() -> None:
    asked = union({"means": "hand", "choice": "for"})
    assert motion_vote(everything(), asked.on(date(2026, 6, 16)), "m") is None
    found = motion_vote(everything(), asked.on(DAY), "m")
    assert found is not None
    assert not found.carried.known
    with pytest.raises(UnknownName, match="no motion is called"):
        motion_vote(everything(), asked.on(DAY), "mm")
