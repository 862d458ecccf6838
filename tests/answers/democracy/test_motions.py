"""Who may put what to a conference, in which order it is debated, and what became of it."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core, everything

from unioncore.answers.democracy.motions import agenda, may_put, prioritise
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import Event, HallVote, Motion, Parent, Priority, Union, Unit

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 6, 18)
CLOSED = date(2026, 6, 20)

UNITS = {
    "u": "union",
    "c": "conference",
    "ash": "branch",
    "north": "regional-council",
    "women": "self-organised-group",
    "sge": "service-group-executive",
}


def motion(key: str, mover: str = "ash", **more: Any) -> Motion:
    given = {"received": datetime(2026, 2, 1), "title": key.title()} | more
    return Motion(key=key, unit="c", edition="2026", mover=mover, **given)


def union(*motions: Motion, **more: Any) -> Union:
    events = {"opens": datetime(2026, 6, 16, 10), "closes": date(2026, 6, 19)}
    return Union(
        key="u",
        units=tuple(Unit(key=key, kind=kind, name=key) for key, kind in UNITS.items()),
        parents=(Parent(unit="c", axis="governance", parent="u"),),
        calendar=tuple(
            Event(unit="c", edition="2026", what=what, at=at) for what, at in events.items()
        ),
        motions=motions,
        **more,
    )


# ---- who may put it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "allowed", "limit", "more"),
    [
        ("ash", True, None, None),
        ("north", True, 2, True),
        ("women", True, 2, False),
        ("sge", False, None, False),
    ],
)
def test_a_body_that_the_list_does_not_know_is_refused_and_no_limit_is_invented(
    body: str, allowed: bool, limit: int | None, more: bool | None
) -> None:
    put = union(
        motion("a", "women"),
        motion("b", "women", kind="rule-amendment"),
        motion("c", "north"),
        motion("d", "north", kind="amendment", amends="a"),
    )
    found = may_put(everything(), put.on(DAY), "motion", body, to="c", edition="2026")
    assert found.allowed.value is allowed
    assert (found.limit.value if found.limit.known else None) == limit
    assert (found.may_put_more.value if found.may_put_more.known else None) is more


def test_an_amendment_does_not_count_against_the_limit() -> None:
    put = union(motion("a", "north"), motion("b", "north")).on(DAY)
    asked = {"to": "c", "edition": "2026"}
    assert not may_put(everything(), put, "motion", "north", **asked).may_put_more.value
    assert may_put(everything(), put, "amendment", "north", **asked).may_put_more.value


def test_what_nobody_is_called_is_an_error() -> None:
    now = union(motion("a")).on(DAY)
    with pytest.raises(BadFacts, match=r"motion\.kind"):
        may_put(core(), now, "motoin", "ash", to="c", edition="2026")
    for body, to, edition in (("asch", "c", "2026"), ("ash", "cc", "2026"), ("ash", "c", "2062")):
        with pytest.raises(UnknownName, match="did you mean"):
            may_put(core(), now, "motion", body, to=to, edition=edition)


# ---- priorities ----------------------------------------------------------------------------------

lists = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from([f"m{n}" for n in range(15)]), unique=True, max_size=14),
)


@given(lists, st.randoms(use_true_random=False))
def test_points_add_up_whatever_the_order_of_the_lists(
    given_: dict[str, list[str]], random: Any
) -> None:
    found = prioritise(everything(), given_, on=DAY, to="conference")
    counted = [min(len(each), 12) for each in given_.values()]
    assert sum(found.points.values()) == sum(sum(range(12, 12 - places, -1)) for places in counted)
    shuffled = list(given_.items())
    random.shuffle(shuffled)
    assert prioritise(everything(), dict(shuffled), on=DAY, to="conference") == found


def test_what_nobody_ranks_is_not_debated_and_goes_to_the_executive() -> None:
    ranked = {"north": [f"m{n:02}" for n in range(1, 15)]}
    found = prioritise(
        everything(), ranked, on=DAY, to="conference", agenda=["m01", "m13", "other"]
    )
    assert found.order[0] == "m01"
    assert found.points == {f"m{n:02}": 13 - n for n in range(1, 13)}
    assert found.beyond == {"north": ("m13", "m14")}
    assert found.without_points == ("m13", "other")
    assert found.goes_to.value == "executive"


# ---- what became of them -------------------------------------------------------------------------


def standings(put: Union, day: date = CLOSED) -> dict[str, tuple[str, str]]:
    found = agenda(everything(), put.on(day), "c", "2026")
    return {item.key: (item.standing, item.came_to) for item in found.items}


def test_every_motion_is_in_exactly_one_place() -> None:
    put = union(
        motion("carried"),
        motion("lost", kind="rule-amendment"),
        motion("late", received=datetime(2026, 2, 24, 12, 1)),
        motion("refused", "sge"),
        motion("disorderly", ruling="out of order"),
        motion("both", kind="composite"),
        motion("half", part_of="both"),
        motion("waiting"),
        hall_votes=tuple(
            HallVote(motion=key, means="card", choice=choice, votes=votes, on=date(2026, 6, 17))
            for key in ("carried", "lost")
            for choice, votes in (("for", 6), ("against", 4))
        ),
    )
    assert standings(put) == {
        "carried": ("Carried", "carried"),
        "lost": ("Lost", "lost"),
        "late": ("Late", ""),
        "refused": ("The body may not put it", ""),
        "disorderly": ("Ruled out by the standing orders committee", ""),
        "both": ("Not reached", "not-reached"),
        "half": ("In the composite both", ""),
        "waiting": ("Not reached", "not-reached"),
    }
    assert standings(put, date(2026, 6, 1))["waiting"] == ("On the agenda", "")
    assert set(standings(put, date(2026, 2, 10))) == set(standings(put)) - {"late"}


def test_more_points_come_first_and_without_any_it_is_not_debated() -> None:
    put = union(
        motion("first"),
        motion("second"),
        motion("third"),
        priorities=(
            Priority(body="north", motion="second", place=1),
            Priority(body="women", motion="second", place=2),
            Priority(body="north", motion="first", place=2),
        ),
    )
    found = agenda(everything(), put.on(date(2026, 6, 1)), "c", "2026")
    assert [(item.key, item.points) for item in found.items] == [
        ("second", 23),
        ("first", 11),
        ("third", 0),
    ]
    assert found.items[2].standing == "Without points, so not debated"
    assert found.goes_to.value == "executive"


def test_more_than_the_limit_is_said() -> None:
    put = union(*(motion(key, "women") for key in "xyz"))
    found = agenda(everything(), put.on(date(2026, 6, 1)), "c", "2026")
    assert {item.doubts for item in found.items} == {("women put 3, and 2 is the limit",)}
