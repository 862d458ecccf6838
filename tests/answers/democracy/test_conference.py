"""How many delegates, by when, and how a committee is made up."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from tests.books import core, everything

from unioncore.answers.democracy.conference import (
    days_before,
    delegates,
    in_time,
    who_sits,
)
from unioncore.errors import BadFacts, NotKnown, UnknownName, WrongArgument
from unioncore.model import Event, Holding, Office, Person, Snapshot, Union, Unit, Vacancy
from unioncore.rulebook import Rulebook

NATIONAL = {"to": "conference"}
SOUTH_EAST = {"to": "regional-council", "region": "SE"}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return everything()


# ---- delegates: one for each 1,000 members or part (rule D.1.3.1) --------------------------------


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("members", "count"), [(0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2), (2000, 2), (12_345, 13)]
)
def test_one_delegate_for_each_thousand_or_part(
    rulebook: Rulebook, members: int, count: int
) -> None:
    answer = delegates(rulebook, members, on=date(2017, 6, 20), **NATIONAL)
    assert answer.value == count
    assert any(reason.rule == "unison.conference_members_per_delegate" for reason in answer.because)


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("members", "count"), [(0, 0), (1, 2), (500, 2), (501, 3), (1000, 3), (1001, 4), (1500, 4)]
)
def test_in_the_south_east_two_for_the_first_500_and_one_for_each_further_500(
    rulebook: Rulebook, members: int, count: int
) -> None:
    answer = delegates(rulebook, members, on=date(2016, 1, 1), **SOUTH_EAST)
    assert answer.value == count


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("keys", "first"), [(NATIONAL, date(2002, 1, 1)), (SOUTH_EAST, date(2015, 12, 31))]
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


@pytest.mark.needs_plugins
@pytest.mark.parametrize("members", [-1, 1000.5, "1000", True])
def test_a_branch_has_no_such_number_of_members(rulebook: Rulebook, members: Any) -> None:
    with pytest.raises(BadFacts, match="members: expected a whole number, zero or more"):
        delegates(rulebook, members, on=date(2017, 6, 20), **NATIONAL)


# ---- in time -------------------------------------------------------------------------------------


def test_a_day_is_no_moment_since_the_hour_decides() -> None:
    day: Any = date(2017, 2, 28)
    at = datetime(2017, 2, 28, 12)
    union = Union(key="u", calendar=(Event(unit="c", edition="1", what="motions", at=at),))
    with pytest.raises(WrongArgument, match=r"received: expected a moment .* got date"):
        in_time(union.on(day), "c", "1", "motions", day)


def test_an_application_is_in_time_up_to_the_closing_moment() -> None:
    vacancy = Vacancy(reference="GS/7", office="convener", closing=datetime(2018, 4, 26, 12))
    assert vacancy.in_time(datetime(2018, 4, 26, 11, 59))
    assert vacancy.in_time(datetime(2018, 4, 26, 12, 0))
    assert not vacancy.in_time(datetime(2018, 4, 26, 12, 1))


CALENDAR_2017 = {
    "motions": datetime(2017, 2, 28, 12),
    "amendments": datetime(2017, 4, 25, 12),
    "emergency-motions": datetime(2017, 6, 13, 9),
    "opens": datetime(2017, 6, 20, 10),
}


def conference() -> Snapshot:
    events = [
        Event(unit="conference", edition="2017", what=what, at=at)
        for what, at in CALENDAR_2017.items()
    ]
    events += [
        Event(unit="conference", edition="2018", what="motions", at=date(2018, 2, 27)),
        Event(unit="council", edition="2017", what="opens", at=date(2017, 9, 1)),
    ]
    return Union(key="u", calendar=tuple(events)).on(date(2017, 1, 1))


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
def test_what_is_received_by_the_moment_is_in_time(
    what: str, received: datetime, expected: bool
) -> None:
    assert in_time(conference(), "conference", "2017", what, received) is expected


def test_where_only_a_day_is_set_the_whole_day_is_in_time() -> None:
    now = conference()
    assert in_time(now, "conference", "2018", "motions", datetime(2018, 2, 27, 23, 59))
    assert not in_time(now, "conference", "2018", "motions", datetime(2018, 2, 28, 0, 0))


def test_the_dates_of_2017_lie_16_8_and_1_weeks_before_the_opening() -> None:
    assert days_before(conference(), "conference", "2017") == {
        "motions": 112,
        "amendments": 56,
        "emergency-motions": 7,
    }


def test_a_date_that_is_not_in_the_calendar_is_not_guessed() -> None:
    now = conference()
    with pytest.raises(UnknownName, match="did you mean"):
        in_time(now, "conference", "2017", "motion", datetime(2017, 2, 1))
    with pytest.raises(UnknownName):
        in_time(now, "conference", "2018", "amendments", datetime(2018, 2, 1))
    with pytest.raises(UnknownName):
        days_before(now, "conference", "2018")


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
