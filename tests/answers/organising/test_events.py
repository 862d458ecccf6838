"""Who may apply for an event, how many places are left, and who waits in which order."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything

from unioncore import changes
from unioncore.answers import event, may_apply
from unioncore.errors import ChangeRefused, UnknownName
from unioncore.model import EventApplication, Membership, Person, PlannedEvent, Union, Unit

pytestmark = pytest.mark.needs_plugins

CLOSES, OPENS = date(2026, 5, 31), date(2026, 6, 20)
WOMEN = ("ann", "bea", "cat")
MEN = ("dov", "eli")


def an_event(**more: Any) -> PlannedEvent:
    given = {"places": 2, "closes": CLOSES, "start": OPENS, **more}
    return PlannedEvent(key="e", unit="b", name="E", **given)


def a_union(*rows: Any, **more: Any) -> Union:
    union = Union(
        key="unison",
        units=(Unit(key="b", kind="branch", name="B"), Unit(key="c", kind="branch", name="C")),
    ).append(an_event(**more), *rows)
    for key in (*WOMEN, *MEN, "fay"):
        gender = "female" if key in WOMEN else "male" if key in MEN else ""
        union = union.append(
            Person(key=key, name="Test", gender=gender),
            Membership(person=key, start=date(2020, 1, 1), category="full", branch="b"),
        )
    return union


def applied(person: str, day: int, **more: Any) -> EventApplication:
    return EventApplication(
        event="e", person=person, received=date(2026, 5, day), sponsor="b", **more
    )


def asked(union: Union, on: date = CLOSES) -> Any:
    return event(everything(), union.on(on), "e")


def may(union: Union, person: str, on: date = CLOSES, sponsor: str = "b") -> bool | str:
    found = may_apply(everything(), union.on(on), "e", person, sponsor=sponsor)
    return found.value if found.known else found.reason


# -- who may apply ---------------------------------------------------------------------------------


def test_the_last_day_for_applications_is_included() -> None:
    assert [may(a_union(), "ann", date(2026, *day)) for day in ((5, 31), (6, 1))] == [True, False]


def test_a_branch_sponsors_no_more_than_it_may() -> None:
    union = a_union(applied("ann", 1), applied("bea", 2), per_branch=2)
    assert may(union, "cat") is False
    assert may(union, "cat", sponsor="c") is True
    gone = union.append(applied("bea", 2, withdrawn=date(2026, 5, 20), recorded=CLOSES))
    assert [may(gone, "cat", date(2026, 5, day)) for day in (19, 20)] == [False, True]


def test_the_event_is_for_those_whom_its_condition_means() -> None:
    union = a_union(group="person.gender == 'female'")
    assert may(union, "ann") is True
    assert may(union, "dov") is False
    assert may(union, "fay") == "whether the event is for the member is not known"


def test_nobody_applies_twice_and_no_stranger_at_all() -> None:
    union = a_union(applied("ann", 1))
    assert may(union, "ann") is False
    with pytest.raises(UnknownName) as strange:
        may(union, "zoe")
    assert "ann" not in str(strange.value)
    with pytest.raises(UnknownName, match="no unit is called 'bb'"):
        may(union, "bea", sponsor="bb")


# -- places and the waiting list -------------------------------------------------------------------


@given(
    days=st.lists(st.integers(1, 31), min_size=5, max_size=5),
    placed=st.sets(st.sampled_from(range(5))),
    withdrawn=st.sets(st.sampled_from(range(5))),
    before=st.sets(st.sampled_from(range(5))),
    fair=st.booleans(),
)
def test_every_applicant_has_a_place_or_waits_or_withdrew(
    days: list[int], placed: set[int], withdrawn: set[int], before: set[int], fair: bool
) -> None:
    people = (*WOMEN, *MEN)
    rows = [
        applied(
            person,
            days[n],
            placed=CLOSES if n in placed else None,
            withdrawn=CLOSES if n in withdrawn else None,
        )
        for n, person in enumerate(people)
    ]
    earlier = PlannedEvent(key="old", unit="b", name="Old", start=date(2025, 6, 20))
    old = [
        EventApplication(event="old", person=people[n], received=date(2025, 5, 1)) for n in before
    ]
    order = "not-placed-before" if fair else "received"
    found = asked(a_union(earlier, *old, *rows, order=order, places=3))
    here = placed - withdrawn
    assert found.placed == len(here)
    assert found.left == max(3 - len(here), 0)
    waits = [n for n in range(5) if n not in placed | withdrawn]
    waits.sort(key=lambda n: (fair and n not in before, days[n]))
    assert found.waiting == tuple(people[n] for n in waits)


def test_who_applied_too_late_is_not_in_line() -> None:
    late = EventApplication(event="e", person="bea", received=date(2026, 6, 1))
    found = asked(a_union(applied("ann", 31), late), date(2026, 6, 2))
    assert found.waiting == ("ann",)
    assert found.not_considered == {"applied too late": 1}


def test_who_is_no_member_any_more_is_not_in_line() -> None:
    union = changes.lapse(everything(), a_union(applied("ann", 1)), "ann", on=date(2026, 5, 20))
    assert asked(union, date(2026, 5, 19)).waiting == ("ann",)
    assert asked(union, date(2026, 5, 20)).not_considered == {"no current member": 1}


def test_without_a_number_of_places_nothing_is_left_or_gone() -> None:
    found = asked(a_union(applied("ann", 1), places=None))
    assert found.left is None
    assert "how many there are is not recorded" in found.to_text()


@pytest.mark.parametrize(
    ("people", "balanced"),
    [
        ("ann dov", True),
        ("ann dov eli", False),
        ("ann bea dov eli", True),
        ("dov fay", None),
        ("ann fay", True),
    ],
)
def test_half_of_those_sponsored_are_women(people: str, balanced: bool | None) -> None:
    rows = (applied(person, n) for n, person in enumerate(people.split(), 1))
    answer = asked(a_union(*rows, women_percent=50)).balance["b"]
    assert (answer.value if answer.known else None) is balanced


def test_what_is_printed_names_nobody() -> None:
    found = asked(a_union(applied("ann", 1), applied("dov", 2), women_percent=50))
    told = f"{found!r} {found.to_text()} {found.to_dict()}"
    assert "ann" not in told
    assert "dov" not in told


# -- changes ---------------------------------------------------------------------------------------


def test_applying_and_being_given_a_place() -> None:
    book, on = everything(), date(2026, 5, 10)
    union = changes.apply_for_event(book, a_union(places=1), "e", "ann", on=on, sponsor="b")
    union = changes.apply_for_event(book, union, "e", "bea", on=on)
    with pytest.raises(ChangeRefused, match="the member has applied already"):
        changes.apply_for_event(book, union, "e", "ann", on=on)
    with pytest.raises(ChangeRefused, match="applications closed"):
        changes.apply_for_event(book, union, "e", "cat", on=date(2026, 6, 1))
    placed = changes.give_place(book, union, "e", "ann", on=CLOSES)
    assert (asked(placed).placed, asked(placed).waiting) == (1, ("bea",))
    with pytest.raises(ChangeRefused, match="no place is left"):
        changes.give_place(book, placed, "e", "bea", on=CLOSES)
    with pytest.raises(ChangeRefused, match="does not wait for a place"):
        changes.give_place(book, union, "e", "cat", on=CLOSES)
