"""What is due when, and how a committee is made up."""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import attrs
import pytest
from tests.books import core, everything

from unioncore.answers.democracy.conference import (
    conference_calendar,
    in_time,
    special_conference,
    who_sits,
)
from unioncore.errors import UnknownName, WrongArgument
from unioncore.model import (
    Event,
    Holding,
    Membership,
    Office,
    Parent,
    Person,
    Snapshot,
    Union,
    Unit,
)
from unioncore.rulebook import Rulebook


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return everything()


# ---- the timetable -------------------------------------------------------------------------------

CALENDAR_2017 = {
    "motions": datetime(2017, 2, 28, 12),
    "amendments": datetime(2017, 4, 25, 12),
    "emergency-motions": datetime(2017, 6, 13, 9),
    "opens": datetime(2017, 6, 20, 10),
}


def conference(unit: str = "conference", kind: str = "conference") -> Snapshot:
    events = [
        Event(unit=unit, edition="2017", what=what, at=at) for what, at in CALENDAR_2017.items()
    ]
    events += [
        Event(unit=unit, edition="2018", what="motions", at=date(2018, 2, 27)),
        Event(unit=unit, edition="2026", what="opens", at=date(2026, 6, 16)),
    ]
    units = (
        Unit(key=unit, kind=kind, name="Conference"),
        Unit(key="u", kind="union", name="U"),
    )
    parents = (Parent(unit=unit, axis="governance", parent="u"),)
    union = Union(key="u", units=units, parents=parents, calendar=tuple(events))
    return union.on(date(2017, 1, 1))


def test_a_day_is_no_moment_since_the_hour_decides() -> None:
    day: Any = date(2017, 2, 28)
    with pytest.raises(WrongArgument, match=r"received: expected a moment .* got date"):
        in_time(core(), conference(), "conference", "2017", "motions", day)


@pytest.mark.parametrize(
    ("what", "received", "expected"),
    [
        ("motions", datetime(2017, 2, 28, 11, 59), True),
        ("motions", datetime(2017, 2, 28, 12, 0), True),
        ("motions", datetime(2017, 2, 28, 12, 1), False),
        ("amendments", datetime(2017, 4, 25, 11, 59), True),
        ("amendments", datetime(2017, 4, 25, 12, 0), True),
        ("amendments", datetime(2017, 4, 25, 12, 1), False),
        ("emergency-motions", datetime(2017, 6, 13, 9, 0), True),
        ("emergency-motions", datetime(2017, 6, 13, 9, 30), False),
    ],
)
def test_what_is_received_by_the_published_moment_is_in_time(
    what: str, received: datetime, expected: bool
) -> None:
    assert in_time(core(), conference(), "conference", "2017", what, received).value is expected


def test_where_only_a_day_is_set_the_whole_day_is_in_time() -> None:
    asked = (core(), conference(), "conference", "2018", "motions")
    assert in_time(*asked, datetime(2018, 2, 27, 23, 59)).value
    assert not in_time(*asked, datetime(2018, 2, 28, 0, 0)).value


@pytest.mark.needs_plugins
def test_what_is_not_published_is_counted_back_from_the_opening_day(rulebook: Rulebook) -> None:
    found = conference_calendar(rulebook, conference(), "conference", "2026")
    days = {each.what: each.day for each in found.steps}
    assert days["motions"].value == date(2026, 2, 24)
    assert days["amendments"].value == days["priorities"].value == date(2026, 4, 21)
    assert days["emergency-motions"].value == date(2026, 6, 9)
    # The day of the names was published for 2017 only, and is not carried on.
    assert not days["delegates"].known
    assert "ended on 31 December 2017" in days["delegates"].reason


@pytest.mark.needs_plugins
def test_a_published_day_wins_and_amendments_of_rules_come_in_with_motions(
    rulebook: Rulebook,
) -> None:
    now = conference()
    earlier = Event(unit="conference", edition="2026", what="motions", at=datetime(2026, 2, 1, 9))
    moved = now.union.append(earlier).on(now.day)
    asked = (rulebook, moved, "conference", "2026", "rule-amendments")
    assert in_time(*asked, datetime(2026, 2, 1, 9)).value
    assert not in_time(*asked, datetime(2026, 2, 1, 9, 1)).value
    # A moment of another zone is looked at by the clock of the United Kingdom.
    east = timezone(timedelta(hours=5))
    assert in_time(*asked, datetime(2026, 2, 1, 14, tzinfo=east)).value
    assert not in_time(*asked, datetime(2026, 2, 1, 14, 1, tzinfo=east)).value


@pytest.mark.needs_plugins
def test_where_the_hour_of_the_last_day_is_not_known_that_day_is_open(rulebook: Rulebook) -> None:
    asked = (rulebook, conference(), "conference", "2026", "emergency-motions")
    assert in_time(*asked, datetime(2026, 6, 8, 23)).value
    assert not in_time(*asked, datetime(2026, 6, 9, 9)).known
    assert not in_time(*asked, datetime(2026, 6, 10, 0)).value


@pytest.mark.needs_plugins
def test_the_opening_day_of_an_edition_that_is_known_needs_no_calendar(rulebook: Rulebook) -> None:
    now = conference("ndc")
    bare = attrs.evolve(now.union, calendar=()).on(now.day)
    found = conference_calendar(rulebook, bare, "ndc", "2017")
    assert {each.what: each.day.value for each in found.steps if each.day.known} == {
        "opens": date(2017, 6, 20),
        "motions": date(2017, 2, 28),
        "rule-amendments": date(2017, 2, 28),
        "preliminary-agenda": date(2017, 3, 20),
        "delegates": date(2017, 3, 31),
        "amendments": date(2017, 4, 25),
        "priorities": date(2017, 4, 25),
        "final-agenda": date(2017, 5, 15),
        "emergency-motions": date(2017, 6, 13),
        "change-of-delegates": date(2017, 6, 14),
    }


def test_a_date_that_is_not_in_the_calendar_is_not_guessed() -> None:
    now = conference()
    moment = datetime(2017, 2, 1)
    for unit, edition, what in (
        ("conferenec", "2017", "motions"),
        ("conference", "2071", "motions"),
        ("conference", "2017", "motion"),
    ):
        with pytest.raises(UnknownName, match="did you mean"):
            in_time(core(), now, unit, edition, what, moment)
    assert not in_time(core(), now, "conference", "2018", "amendments", moment).known


# ---- special conferences -------------------------------------------------------------------------


def branches(**members: int) -> Snapshot:
    """A union of branches with so many members each."""
    people = [(branch, n) for branch, count in members.items() for n in range(count)]
    return Union(
        key="u",
        units=(
            Unit(key="u", kind="union", name="U"),
            *(Unit(key=key, kind="branch", name=key) for key in members),
        ),
        parents=tuple(Parent(unit=key, axis="region", parent="u") for key in members),
        people=tuple(Person(key=f"{key}-{n}", name="Test") for key, n in people),
        memberships=tuple(
            Membership(person=f"{key}-{n}", start=date(2020, 1, 1), category="full", branch=key)
            for key, n in people
        ),
    ).on(date(2024, 6, 1))


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("asked", "called"),
    [
        ({"a": date(2024, 3, 15), "b": date(2024, 5, 14)}, True),  # 25 of 100, two months
        ({"a": date(2024, 3, 15), "b": date(2024, 5, 15)}, False),  # a day later
        ({"a": date(2024, 3, 15)}, False),
        ({"c": date(2024, 3, 15)}, True),
        ({}, False),
    ],
)
def test_branches_with_a_quarter_of_the_members_call_a_special_conference(
    rulebook: Rulebook, asked: dict[str, date], called: bool
) -> None:
    now = branches(a=15, b=10, c=75)
    assert special_conference(rulebook, now, asked).value is called


def test_a_branch_that_nobody_knows_asks_for_nothing() -> None:
    with pytest.raises(UnknownName, match="no unit is called"):
        special_conference(core(), branches(a=1), {"b": date(2024, 1, 1)})


# ---- who sits ------------------------------------------------------------------------------------

DAY = date(2020, 1, 1)


def committee(genders: str, electorate: str = "") -> tuple[Snapshot, list[str]]:
    """A committee of four general, two women's and one black members' seat, held in that order."""
    gender = {"f": "female", "m": "male", "o": "other", "-": ""}
    offices = (
        Office(key="general", role="member", unit="committee", places=4),
        Office(key="women", role="member", unit="committee", places=2, seat_kind="women"),
        Office(key="black", role="member", unit="committee", seat_kind="black-members"),
        Office(key="elsewhere", role="member", unit="branch", places=9),
        Office(key="gone", role="member", unit="committee", places=9, end=DAY),
    )
    seats = ["general"] * 4 + ["women"] * 2 + ["black"]
    people = [
        Person(key=f"{kind}-{number}", name="Test person", gender=gender[letter])
        for kind, letters in (("holder", genders), ("member", electorate))
        for number, letter in enumerate(letters)
    ]
    holdings = tuple(
        Holding(office=seat, person=f"holder-{number}", start=date(2019, 1, 1))
        for number, seat in enumerate(seats[: len(genders)])
    )
    union = Union(key="u", offices=offices, people=tuple(people), holdings=holdings)
    return union.on(DAY), [person.key for person in people if person.key.startswith("member")]


def test_a_composition_counted_by_hand() -> None:
    now, electorate = committee("fmmmf", "ffffffffmm")
    found = who_sits(core(), now, "committee", electorate)
    assert (found.seats, found.vacant) == (7, 2)
    assert found.by_seat_kind == {"none": 4, "women": 2, "black-members": 1}
    assert found.by_gender == {"female": 2, "male": 3}
    assert found.electorate_by_gender == {"female": 8, "male": 2}
    assert found.women_of_holders == Fraction(2, 5)
    assert found.women_of_electorate == Fraction(4, 5)
    # The chair holds a seat as well, and is one of its people all the same.
    twice = now.union.append(
        Office(key="chair", role="chair", unit="committee"),
        Holding(office="chair", person="holder-0", start=date(2019, 1, 1)),
    )
    again = who_sits(core(), twice.on(DAY), "committee", [*electorate, electorate[0]])
    assert (again.by_gender, again.electorate_by_gender) == (
        found.by_gender,
        found.electorate_by_gender,
    )
    assert not found.women_in_proportion.known
    assert "no union's rules are loaded" in found.women_in_proportion.reason


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("holders", "electorate", "proportional"),
    [
        ("fmmmf", "ffffffffmm", False),  # four fifths of five are four, and two are there
        ("ffm", "fm", True),
        ("fmm", "fm", None),  # half of three is one and a part of a person
        ("mmm", "fm", False),
        ("mmm", "m", True),
        ("mmm", "f", False),
        ("ffff", "fm", True),
        ("ommm", "fo", False),
        ("fm-", "fm", None),
        ("fm", "f-", None),
        ("", "fm", None),
        ("fm", "", None),
    ],
)
def test_whether_women_have_their_proportion_is_a_rule(
    holders: str, electorate: str, proportional: bool | None
) -> None:
    now, members = committee(holders, electorate)
    found = who_sits(everything(), now, "committee", members).women_in_proportion
    assert (found.value if found.known else None) is proportional


@pytest.mark.parametrize(
    ("holders", "electorate"), [("fm-", "fm"), ("fm", "f-"), ("", "fm"), ("fm", "")]
)
def test_a_share_that_is_not_known_is_not_guessed(holders: str, electorate: str) -> None:
    now, members = committee(holders, electorate)
    found = who_sits(core(), now, "committee", members)
    assert found.by_gender.get("not recorded", 0) == holders.count("-")
    assert None in (found.women_of_holders, found.women_of_electorate)


def test_a_body_or_a_member_that_nobody_knows_is_an_error() -> None:
    now, _ = committee("f")
    with pytest.raises(UnknownName, match="no unit is called 'nowhere'"):
        who_sits(core(), now, "nowhere", [])
    with pytest.raises(UnknownName, match="no person is called"):
        who_sits(core(), now, "committee", ["nobody"])


def test_a_body_without_seats_is_empty() -> None:
    now, _ = committee("f")
    empty = now.union.append(Unit(key="other", kind="committee", name="Other")).on(now.day)
    found = who_sits(core(), empty, "other", [])
    assert (found.seats, found.vacant, found.by_seat_kind, found.by_gender) == (0, 0, {}, {})
    assert found.women_of_holders is None
