"""How many delegates a branch sends, who they are, and whom the delegation lacks."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core, everything

from unioncore.answers.democracy.delegations import delegates, delegation, makeup, places
from unioncore.errors import BadFacts, NotKnown, UnknownName
from unioncore.model import Delegate, Event, Membership, Parent, Person, Snapshot, Union, Unit
from unioncore.rulebook import Rulebook

pytestmark = pytest.mark.needs_plugins

NATIONAL = {"to": "conference"}
SOUTH_EAST = {"to": "regional-council", "region": "SE"}
SCALE = {
    "to": "regional-service-group-meeting",
    "region": "SE",
    "service_group": "local-government",
}
DAY = date(2026, 6, 16)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return everything()


# ---- how many ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "count"), [(0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2), (2000, 2), (12_345, 13)]
)
def test_one_delegate_for_each_thousand_or_part(
    rulebook: Rulebook, members: int, count: int
) -> None:
    answer = delegates(rulebook, members, on=date(2017, 6, 20), **NATIONAL)
    assert answer.value == count
    assert any(reason.rule == "unison.conference_members_per_delegate" for reason in answer.because)


@pytest.mark.parametrize(
    ("members", "count"), [(0, 0), (1, 2), (500, 2), (501, 3), (1000, 3), (1001, 4), (1500, 4)]
)
def test_in_the_south_east_two_for_the_first_500_and_one_for_each_further_500(
    rulebook: Rulebook, members: int, count: int
) -> None:
    answer = delegates(rulebook, members, on=date(2016, 1, 1), **SOUTH_EAST)
    assert answer.value == count


@pytest.mark.parametrize(
    ("keys", "first"), [(NATIONAL, date(2002, 1, 1)), (SOUTH_EAST, date(2015, 1, 1))]
)
def test_before_the_first_version_it_is_not_known(
    rulebook: Rulebook, keys: dict[str, str], first: date
) -> None:
    assert delegates(rulebook, 1000, on=first, **keys).known
    before = delegates(rulebook, 1000, on=first - timedelta(1), **keys)
    assert not before.known
    assert "the members, or part of that number, for each delegate" in before.reason
    with pytest.raises(NotKnown):
        _ = before.value


@pytest.mark.parametrize("members", [-1, 1000.5, "1000", True])
def test_a_branch_has_no_such_number_of_members(rulebook: Rulebook, members: Any) -> None:
    with pytest.raises(BadFacts, match="members: expected a whole number, zero or more"):
        delegates(rulebook, members, on=date(2017, 6, 20), **NATIONAL)


@pytest.mark.parametrize("to", [NATIONAL, SOUTH_EAST, SCALE])
def test_more_members_never_give_fewer_delegates(rulebook: Rulebook, to: dict[str, str]) -> None:
    sizes = (0, 1, 100, 101, 500, 501, 1000, 1001, 1500, 1501, 3001, 4501, 6001, 8001, 20_000)
    found = [delegates(rulebook, size, on=DAY, **to).value for size in sizes if size]
    assert found == sorted(found)


def test_a_scale_gives_places_by_kind_and_a_rate_gives_none(rulebook: Rulebook) -> None:
    scale = places(rulebook, 501, on=DAY, **SCALE)
    assert {kind: each.value for kind, each in scale.items()} == {
        "general": 1,
        "women": 2,
        "low_paid_women": 1,
    }
    assert not any(each.known for each in places(rulebook, 501, on=DAY, **NATIONAL).values())


# ---- whom it lacks -------------------------------------------------------------------------------

YES, NO = {"low-paid": True, "young": True}, {"low-paid": False, "young": False}


@pytest.mark.parametrize(
    ("marks", "lacks"),
    [
        ([NO, NO], set()),
        ([NO, NO, NO], {"low-paid"}),
        ([NO, NO, NO, NO], {"low-paid", "young"}),
        ([YES, NO, NO, NO], set()),
        ([{"young": False}, NO, NO], None),
        ([{"young": False}, YES, NO], set()),
        ([{}, {}], set()),
        ([], set()),
    ],
)
def test_a_delegation_needs_a_low_paid_member_from_three_and_a_young_one_from_four(
    rulebook: Rulebook, marks: list[dict[str, bool | None]], lacks: set[str] | None
) -> None:
    found = makeup(rulebook, marks, on=DAY, to="conference")
    assert (set(found.value) if found.known else None) == lacks


def test_nobody_is_marked_otherwise(rulebook: Rulebook) -> None:
    with pytest.raises(BadFacts, match="marks: tall: expected one of low-paid or young"):
        makeup(rulebook, [{"tall": True}], on=DAY, to="conference")


@given(st.lists(st.fixed_dictionaries({"low-paid": st.booleans(), "young": st.booleans()})))
def test_one_more_who_is_both_never_leaves_it_lacking(marks: list[dict[str, bool | None]]) -> None:
    assert makeup(everything(), [*marks, YES], on=DAY, to="conference").value == frozenset()


# ---- a branch's own ------------------------------------------------------------------------------

IN_TIME, LATE = datetime(2026, 3, 27, 17), datetime(2026, 3, 27, 17, 1)


def union(*sent: Delegate) -> Snapshot:
    """Two branches: ash with 1,100 members, beech with 3; everybody is a woman."""
    people = [("ash", n) for n in range(1100)] + [("beech", n) for n in range(3)]
    events = {
        "opens": datetime(2026, 6, 16, 10),
        "delegates": IN_TIME,
        "change-of-delegates": datetime(2026, 6, 10, 17),
    }
    return Union(
        key="u",
        units=(
            Unit(key="u", kind="union", name="U"),
            Unit(key="c", kind="conference", name="Conference"),
            Unit(key="ash", kind="branch", name="Ash"),
            Unit(key="beech", kind="branch", name="Beech"),
        ),
        parents=(
            Parent(unit="c", axis="governance", parent="u"),
            Parent(unit="ash", axis="region", parent="u"),
            Parent(unit="beech", axis="region", parent="u"),
        ),
        people=tuple(Person(key=f"{b}-{n}", name="Test", gender="female") for b, n in people),
        memberships=tuple(
            Membership(person=f"{b}-{n}", start=date(2020, 1, 1), category="full", branch=b)
            for b, n in people
        ),
        calendar=tuple(
            Event(unit="c", edition="2026", what=what, at=at) for what, at in events.items()
        ),
        delegates=sent,
    ).on(date(2026, 6, 1))


def sent(person: str, part: str = "delegate", **more: Any) -> Delegate:
    given = {"received": IN_TIME, "body": person.split("-")[0]} | more
    return Delegate(unit="c", edition="2026", person=person, part=part, **given)


def test_a_branch_sends_as_many_as_its_own_members_give(rulebook: Rulebook) -> None:
    found = delegation(rulebook, union(sent("ash-1")), "ash", to="c", edition="2026")
    assert (found.members, found.delegates.value, found.attending) == (1100, 2, 1)
    assert found.women_in_proportion.value
    assert [each.wrong for each in found.named] == [()]
    assert found.wrong == ()


def test_grouped_branches_share_what_all_their_members_give(rulebook: Rulebook) -> None:
    now = union()
    alone = delegation(rulebook, now, "beech", to="c", edition="2026")
    both = delegation(rulebook, now, "beech", to="c", edition="2026", together_with=["ash"])
    assert (alone.members, alone.delegates.value) == (3, 1)
    assert (both.members, both.delegates.value) == (1103, 2)


def test_a_branch_that_is_named_twice_is_counted_once(rulebook: Rulebook) -> None:
    twice = delegation(
        rulebook, union(), "beech", to="c", edition="2026", together_with=["ash", "beech", "ash"]
    )
    assert (twice.branches, twice.members) == (("beech", "ash"), 1103)


def test_a_substitute_sits_in_place_of_a_delegate_and_a_sharer_in_no_place_of_its_own(
    rulebook: Rulebook,
) -> None:
    now = union(
        sent("beech-0"),
        sent("beech-1", "substitute", place_of="beech-0", received=datetime(2026, 6, 1)),
        sent("beech-2", "sharer", place_of="beech-0"),
    )
    found = delegation(rulebook, now, "beech", to="c", edition="2026")
    assert found.attending == 1
    assert [each.wrong for each in found.named] == [(), (), ()]


def test_what_is_wrong_with_a_name_is_said(rulebook: Rulebook) -> None:
    now = union(
        sent("ash-0", received=LATE),
        sent("ash-1", "sharer", place_of="beech-0"),
        sent("beech-1", body="ash"),
        sent("beech-2", "speaker", body="ash"),
        sent("ash-3"),
    )
    found = delegation(rulebook, now, "ash", to="c", edition="2026")
    assert {each.person: each.wrong for each in found.named} == {
        "ash-0": ("the name came too late",),
        "ash-1": ("the branch does not send the delegate whose place is named",),
        "beech-1": ("no current member of the branch",),
        "beech-2": (),
        "ash-3": (),
    }
    assert found.wrong == ("3 are named for 2 places",)


def test_where_no_source_gives_a_scale_the_entitlement_is_not_known() -> None:
    now = union()
    found = delegation(core(), now, "ash", to="c", edition="2026")
    assert found.members is None
    assert not found.delegates.known
    for branch, unit, edition in (
        ("asch", "c", "2026"),
        ("ash", "cc", "2026"),
        ("ash", "c", "2062"),
    ):
        with pytest.raises(UnknownName, match="did you mean"):
            delegation(core(), now, branch, to=unit, edition=edition)
