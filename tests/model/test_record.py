"""A record holds on half-open days, and a later entry about the same thing replaces an earlier."""

from datetime import date, datetime

import pytest

from unioncore.errors import NotADay
from unioncore.legal import DayRange
from unioncore.model import Membership, Organises, Person, Union, Unit, UnitSuccession

JAN, FEB, MAR, APR = (date(2020, month, 1) for month in (1, 2, 3, 4))


def branch(name: str, **days: object) -> Unit:
    return Unit(key="ash", kind="branch", name=name, **days)


def names(union: Union, day: date, known_on: date | None = None) -> list[str]:
    return [unit.name for unit in union.on(day, known_on=known_on).units()]


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        (JAN, MAR, date(2019, 12, 31), False),
        (JAN, MAR, JAN, True),
        (JAN, MAR, date(2020, 2, 29), True),
        (JAN, MAR, MAR, False),
        (None, MAR, date(1900, 1, 1), True),
        (None, MAR, MAR, False),
        (JAN, None, date(2100, 1, 1), True),
        (None, None, JAN, True),
    ],
)
def test_the_start_is_included_and_the_end_is_not(
    start: date | None, end: date | None, day: date, holds: bool
) -> None:
    row = branch("Ash", start=start, end=end)
    assert row.holds(day) is holds
    assert names(Union(key="u", units=(row,)), day) == (["Ash"] if holds else [])


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((JAN, MAR), (MAR, APR), False),
        ((JAN, MAR), (FEB, APR), True),
        ((None, FEB), (FEB, None), False),
        ((None, None), (MAR, APR), True),
        ((JAN, APR), (FEB, MAR), True),
    ],
)
def test_two_rows_meet_where_they_share_a_day(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None], meet: bool
) -> None:
    first = branch("Ash", start=one[0], end=one[1])
    second = branch("Ash", start=other[0], end=other[1])
    assert first.meets(second) is meet
    assert second.meets(first) is meet


def test_a_correction_replaces_from_the_day_it_is_recorded() -> None:
    union = Union(
        key="u",
        units=(
            branch("Ahs", start=JAN, recorded=JAN),
            branch("Ash", start=JAN, recorded=MAR),
        ),
    )
    assert names(union, APR) == ["Ash"]
    assert names(union, APR, known_on=MAR) == ["Ash"]
    assert names(union, APR, known_on=date(2020, 2, 29)) == ["Ahs"]
    assert names(union, APR, known_on=date(2019, 12, 31)) == []


def test_what_has_no_day_of_entry_is_known_from_the_beginning() -> None:
    union = Union(key="u", units=(branch("New", recorded=FEB), branch("Old")))
    assert names(union, JAN, known_on=date(1900, 1, 1)) == ["Old"]
    assert names(union, JAN) == ["New"]


def test_of_rows_recorded_on_one_day_the_later_counts() -> None:
    union = Union(
        key="u",
        units=(branch("First", recorded=JAN), branch("Second", recorded=JAN)),
    )
    assert names(union, JAN) == names(union, JAN, known_on=JAN) == ["Second"]


def test_the_order_of_rows_does_not_matter_where_their_days_of_entry_differ() -> None:
    rows = (branch("New", recorded=MAR), branch("Old", recorded=JAN))
    for union in (Union(key="u", units=rows), Union(key="u", units=rows[::-1])):
        assert names(union, APR) == ["New"]
        assert names(union, APR, known_on=FEB) == ["Old"]


def test_a_struck_row_never_held_once_it_is_struck() -> None:
    struck = branch("Ash", start=JAN, struck=True, recorded=MAR)
    union = Union(key="u", units=(branch("Ash", start=JAN, recorded=JAN), struck))
    assert names(union, APR, known_on=FEB) == ["Ash"]
    assert names(union, APR, known_on=MAR) == []
    again = union.append(branch("Ash again", start=JAN, recorded=APR))
    assert names(again, APR, known_on=MAR) == []
    assert names(again, APR) == ["Ash again"]


def test_another_first_day_is_another_row() -> None:
    union = Union(
        key="u",
        units=(
            branch("Old", start=JAN, end=MAR),
            branch("New", start=MAR, recorded=APR),
        ),
    )
    assert [names(union, day) for day in (JAN, MAR)] == [["Old"], ["New"]]
    assert names(union, MAR, known_on=MAR) == []


def test_what_a_row_is_about_is_its_subject() -> None:
    organises = Organises(branch="ash", employer="mill", job_group="clerks", start=JAN)
    assert organises.about == ("ash", "mill", "", "clerks")
    assert organises.identity == ("ash", "mill", "", "clerks", JAN)
    other = Membership(person="p", start=JAN, category="full", union="another")
    assert other.identity != Membership(person="p", start=JAN, category="full").identity


def test_an_event_known_within_bounds_has_surely_happened_on_the_last_of_them() -> None:
    row = UnitSuccession(unit="ash", how="closed", on=DayRange(JAN, MAR))
    assert [row.holds(day) for day in (JAN, date(2020, 2, 29), MAR)] == [False, False, True]


@pytest.mark.parametrize("wrong", [datetime(2020, 1, 1), "2020-01-01", None])
def test_only_a_plain_day_can_be_asked_about(wrong: object) -> None:
    union = Union(key="u", people=(Person(key="p", name="Test person"),))
    with pytest.raises(NotADay):
        union.on(wrong)
    if wrong is not None:
        with pytest.raises(NotADay):
            union.on(JAN, known_on=wrong)
