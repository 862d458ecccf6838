"""What a union answers about a day, by hand and beside an oracle."""

import inspect
from collections.abc import Callable
from datetime import date, timedelta

import networkx
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.books import with_second_union
from tests.model import oracle
from unioncore import changes
from unioncore.errors import ChangeRefused, UnknownName
from unioncore.model import (
    Employer,
    Holding,
    Job,
    Membership,
    Office,
    Organises,
    Parent,
    Person,
    PlannedEvent,
    Snapshot,
    Union,
    Unit,
    UnitSuccession,
)

BOOK = with_second_union()
JAN, FEB, MAR, APR, MAY = (date(2020, month, 1) for month in (1, 2, 3, 4, 5))
ENTERED = date(2020, 6, 1)


def unit(key: str, kind: str = "branch", **more: object) -> Unit:
    return Unit(key=key, kind=kind, name=f"Test {key}", **more)


def member(person: str, branch: str = "ash", start: date = JAN, **more: object) -> Membership:
    values = {"category": "full", **more}
    return Membership(person=person, branch=branch, start=start, **values)


# ---- history -------------------------------------------------------------------------------------


def test_history_goes_through_a_rename() -> None:
    union = changes.rename(
        BOOK,
        Union(key="u", units=(unit("ash"),)),
        "ash",
        name="Mountain Ash",
        on=MAR,
        recorded=ENTERED,
    )
    rows = union.history("ash")
    assert [(row.name, row.start, row.end) for row in rows if isinstance(row, Unit)] == [
        ("Test ash", None, MAR),
        ("Mountain Ash", MAR, None),
    ]
    assert [row.name for row in union.history("ash", known_on=MAY)] == ["Test ash"]


def test_history_goes_through_a_merger_and_a_split() -> None:
    units = (
        unit("ash", end=MAR),
        unit("beech", end=MAR),
        unit("joint", start=MAR, end=MAY),
        unit("east", start=MAY),
        unit("west", start=MAY),
        unit("other"),
    )
    union = Union(
        key="u",
        units=units,
        unit_successions=(
            UnitSuccession(unit="ash", successor="joint", how="merged", on=MAR),
            UnitSuccession(unit="beech", successor="joint", how="merged", on=MAR),
            UnitSuccession(unit="joint", successor="east", how="split", on=MAY),
            UnitSuccession(unit="joint", successor="west", how="split", on=MAY),
        ),
    )

    def keys(key: str) -> set[str]:
        return {row.key for row in union.history(key) if isinstance(row, Unit)}

    assert keys("east") == {"east", "joint", "ash", "beech"}
    assert keys("ash") == {"ash"}
    followed = [row for row in union.history("east") if isinstance(row, UnitSuccession)]
    assert sorted((row.unit, row.successor) for row in followed) == [
        ("ash", "joint"),
        ("beech", "joint"),
        ("joint", "east"),
        ("joint", "west"),
    ]
    assert [row.successor for row in union.history("ash") if isinstance(row, UnitSuccession)] == [
        "joint"
    ]


def test_a_unit_that_never_was_has_no_history() -> None:
    with pytest.raises(UnknownName, match="ash"):
        Union(key="u", units=(unit("ash"),)).history("ahs")


# ---- what does not exist ------------------------------------------------------------------------

WRONG = "nor.th-typo"
QUESTIONS: dict[str, Callable[[Snapshot], object]] = {
    "require": lambda now: now.require(Office, WRONG),
    "unit": lambda now: now.unit(WRONG),
    "units": lambda now: now.units(WRONG),
    "parents": lambda now: now.parents(WRONG),
    "parents_not_known": lambda now: now.parents_not_known(WRONG),
    "ancestors": lambda now: now.ancestors(WRONG, "region"),
    "children": lambda now: now.children(WRONG, "region"),
    "descendants": lambda now: now.descendants(WRONG, "region"),
    "with_descendants": lambda now: now.with_descendants(WRONG),
    "person": lambda now: now.person(WRONG),
    "memberships": lambda now: now.memberships(WRONG),
    "membership": lambda now: now.membership(WRONG),
    "joined": lambda now: now.joined(WRONG),
    "category_since": lambda now: now.category_since(WRONG),
    "branch_of": lambda now: now.branch_of(WRONG),
    "members": lambda now: now.members(WRONG),
    "jobs": lambda now: now.jobs(WRONG),
    "employer": lambda now: now.employer(WRONG),
    "workplace": lambda now: now.workplace(WRONG),
    "premises": lambda now: now.premises(WRONG),
    "branches_for": lambda now: now.branches_for(Job(person="p", employer=WRONG, start=JAN)),
    "office": lambda now: now.office(WRONG),
    "lies_in": lambda now: now.lies_in(WRONG, "ash"),
    "region_of": lambda now: now.region_of(WRONG),
    "offices": lambda now: now.offices(WRONG),
    "holders": lambda now: now.holders(WRONG),
    "held": lambda now: now.held(WRONG),
    "vacant": lambda now: now.vacant(WRONG),
}
"""Every question that takes a key or a kind, with one that does not exist."""

MORE: dict[str, Callable[[Snapshot], object]] = {
    "unit of lies_in": lambda now: now.lies_in("ash", WRONG),
    "axis of ancestors": lambda now: now.ancestors("ash", WRONG),
    "axis of children": lambda now: now.children("ash", WRONG),
    "axis of descendants": lambda now: now.descendants("ash", WRONG),
    "axis of members": lambda now: now.members("ash", WRONG),
    "key of rows": lambda now: now.rows(Office, "key", WRONG),
    "reference of rows": lambda now: now.rows(Office, "unit", WRONG),
    "choice of rows": lambda now: now.rows(UnitSuccession, "how", WRONG),
    "column of rows": lambda now: now.rows(Office, WRONG, "ash"),
    "history": lambda now: now.union.history(WRONG),
    "holders of": lambda now: now.union.holders_of(WRONG),
    "rows of the union": lambda now: now.union.rows(Office, "unit", WRONG),
    "blank": lambda now: now.holders(""),
}


def test_every_question_that_takes_a_name_is_asked_with_a_wrong_one() -> None:
    takes = {
        name
        for name, method in inspect.getmembers(Snapshot, inspect.isfunction)
        if not name.startswith("_") and len(inspect.signature(method).parameters) > 1
    }
    # A role is free text, and no key.
    assert takes - {"rows", "every", "categories"} == QUESTIONS.keys()


@pytest.mark.parametrize("known_on", [None, JAN])
@pytest.mark.parametrize("name", [*QUESTIONS, *MORE])
def test_what_is_in_no_record_is_an_error_and_never_none(name: str, known_on: date | None) -> None:
    now = small().on(FEB, known_on=known_on)
    with pytest.raises(UnknownName):
        (QUESTIONS | MORE)[name](now)


def test_the_nearest_is_named_but_of_people() -> None:
    now = small().on(FEB)
    nearest = {
        "ash": lambda: now.offices("assh"),
        "chair": lambda: now.holders("chiar"),
        "region": lambda: now.units("regoin"),
        "branch": lambda: now.children("ash", "brnch"),
        None: lambda: now.person("p1"),
    }
    for suggestion, ask in nearest.items():
        with pytest.raises(UnknownName) as caught:
            ask()
        assert caught.value.suggestion == suggestion


def test_a_kind_of_two_words_is_called_by_both() -> None:
    with pytest.raises(UnknownName, match="no planned event"):
        small().on(FEB).require(PlannedEvent, WRONG)


def test_what_exists_and_was_not_there_on_the_day_is_none_and_no_error() -> None:
    union = changes.lapse(BOOK, small(), "p", on=MAR, **WHEN)
    union = changes.merge(BOOK, union, ["ash", "beech"], into="beech", name="Beech", on=MAR, **WHEN)
    now = union.on(APR)
    assert now.office("chair") is None
    assert now.unit("ash") is None
    assert now.holders("chair") == now.members("ash") == now.ancestors("ash", "region") == ()


def test_what_is_required_and_was_not_there_on_the_day_is_an_error_that_names_the_day() -> None:
    union = changes.merge(
        BOOK, small(), ["ash", "beech"], into="beech", name="Beech", on=MAR, **WHEN
    )
    assert union.on(FEB).require(Office, "chair").unit == "ash"
    with pytest.raises(UnknownName, match=f"office on {APR.isoformat()}"):
        union.on(APR).require(Office, "chair")


# ---- membership ----------------------------------------------------------------------------------


def test_a_move_does_not_break_a_membership_and_a_lapse_does() -> None:
    union = Union(
        key="u",
        memberships=(
            member("p", start=JAN, end=FEB, category="student"),
            member("p", "beech", start=FEB, end=MAR),
            member("p", "beech", start=MAR, end=APR, status="lapsed"),
            member("p", "ash", start=APR),
        ),
    )
    day = timedelta(1)
    asked = {when: union.on(when) for when in (JAN - day, JAN, FEB, MAR - day, MAR, APR, MAY)}
    assert {when: now.joined("p") for when, now in asked.items()} == {
        JAN - day: None,
        JAN: JAN,
        FEB: JAN,
        MAR - day: JAN,
        MAR: None,
        APR: APR,
        MAY: APR,
    }
    assert {when: now.category_since("p") for when, now in asked.items()} == {
        JAN - day: None,
        JAN: JAN,
        FEB: FEB,
        MAR - day: FEB,
        MAR: None,
        APR: APR,
        MAY: APR,
    }
    assert [asked[when].branch_of("p") for when in (JAN, FEB, MAR, APR)] == [
        "ash",
        "beech",
        "",
        "ash",
    ]


def test_a_day_between_two_memberships_is_a_break() -> None:
    rows = (member("p", end=MAR), member("p", start=MAR + timedelta(1)))
    assert Union(key="u", memberships=rows).on(MAY).joined("p") == MAR + timedelta(1)


def test_a_membership_of_another_union_counts_for_nothing_here() -> None:
    rows = (member("p", "", union="other"), member("q", union="u"))
    now = Union(key="u", memberships=rows).on(MAY)
    assert now.membership("p") is None
    assert now.joined("p") is None
    assert now.joined("q") == JAN
    assert now.members("ash") == ("q",)
    assert [row.union for row in now.memberships("p")] == ["other"]


def test_members_of_a_unit_are_found_on_the_axis_that_is_asked() -> None:
    union = Union(
        key="u",
        units=(
            *map(unit, ("ash", "beech", "cedar")),
            unit("north", "region"),
            unit("top", "union"),
        ),
        parents=(
            Parent(unit="ash", axis="region", parent="north"),
            Parent(unit="beech", axis="region", parent="north", end=MAR),
            Parent(unit="north", axis="region", parent="top"),
            Parent(unit="cedar", axis="group", parent="top"),
        ),
        memberships=(
            member("p"),
            member("q", "beech"),
            member("r", "cedar"),
            member("s", "ash", status="lapsed"),
        ),
    )
    now, later = union.on(FEB), union.on(MAR)
    assert sorted(now.members("north")) == sorted(now.members("top")) == ["p", "q"]
    assert later.members("north") == ("p",)
    assert now.members("top", "group") == ("r",)
    assert now.members("beech") == later.members("beech") == ("q",)


def test_the_row_that_says_most_about_a_job_says_its_branch() -> None:
    union = Union(
        key="u",
        employers=(Employer(key="forge", kind="works", name="Forge"),),
        organises=(
            Organises(branch="all", employer="mill"),
            Organises(branch="site", employer="mill", workplace="yard"),
            Organises(branch="clerks", employer="mill", job_group="clerk"),
            Organises(
                branch="exact", employer="mill", workplace="yard", job_group="clerk", end=MAR
            ),
        ),
    )

    def branches(day: date, workplace: str, group: str, employer: str = "mill") -> set[str]:
        job = Job(person="p", employer=employer, workplace=workplace, group=group, start=JAN)
        return set(union.on(day).branches_for(job))

    assert branches(FEB, "office", "driver") == {"all"}
    assert branches(FEB, "yard", "driver") == {"site"}
    assert branches(FEB, "office", "clerk") == {"clerks"}
    assert branches(FEB, "yard", "clerk") == {"exact"}
    assert branches(MAR, "yard", "clerk") == {"site", "clerks"}
    assert branches(FEB, "yard", "clerk", "forge") == set()


def test_the_main_job_comes_first() -> None:
    jobs = (
        Job(person="p", job="1", employer="mill", main=False, start=JAN),
        Job(person="p", job="2", employer="forge", start=FEB),
    )
    now = Union(key="u", jobs=jobs).on(FEB)
    assert [job.employer for job in now.jobs("p")] == ["forge", "mill"]


# ---- offices -------------------------------------------------------------------------------------


def test_an_office_is_vacant_while_a_place_is_free() -> None:
    union = Union(
        key="u",
        offices=(
            Office(key="chair", role="chair", unit="ash"),
            Office(key="steward", role="steward", unit="ash", places=2, start=FEB),
            Office(key="convener", role="convener", unit="north"),
        ),
        holdings=(
            Holding(office="chair", person="p", start=FEB, end=APR),
            Holding(office="steward", person="p", start=FEB),
            Holding(office="steward", person="q", start=MAR),
            Holding(office="convener", person="q", start=JAN),
        ),
    )

    def vacant(day: date, *unit: str) -> list[str]:
        return sorted(office.key for office in union.on(day).vacant(*unit))

    assert vacant(JAN) == ["chair"]
    assert vacant(FEB) == ["steward"]
    assert vacant(MAR) == []
    assert vacant(APR) == vacant(APR, "ash") == ["chair"]
    assert vacant(APR, "north") == []
    assert [sorted(union.on(day).holders("steward")) for day in (JAN, FEB, MAR)] == [
        [],
        ["p"],
        ["p", "q"],
    ]
    assert [office.key for office in union.on(MAR).held("p")] == ["chair", "steward"]
    assert [office.key for office in union.on(APR).held("p")] == ["steward"]


# ---- what is refused, and what a change carries along --------------------------------------------


def small() -> Union:
    return Union(
        key="u",
        units=(
            unit("ash"),
            unit("beech"),
            unit("cedar"),
            unit("north", "region"),
            unit("south", "region"),
            unit("stewards", "committee"),
        ),
        parents=(
            Parent(unit="ash", axis="region", parent="north"),
            Parent(unit="stewards", axis="branch", parent="ash"),
        ),
        organises=(
            Organises(branch="ash", employer="mill"),
            Organises(branch="beech", employer="mill"),
        ),
        people=(Person(key="p", name="Test person"),),
        memberships=(member("p"),),
        offices=(Office(key="chair", role="chair", unit="ash"),),
    )


WHEN = {"recorded": ENTERED}


def test_a_merger_brings_members_units_below_and_each_employer_once() -> None:
    union = changes.merge(
        BOOK, small(), ["ash", "beech"], into="joint", name="Joint", on=MAR, **WHEN
    )
    before, after = union.on(MAR - timedelta(1)), union.on(MAR)
    assert before.members("ash") == after.members("joint") == ("p",)
    assert before.children("ash", "branch") == after.children("joint", "branch") == ("stewards",)
    assert after.parents("joint") == {"region": "north"}
    assert [row.branch for row in after.rows(Organises, "employer", "mill")] == ["joint"]
    assert len(after.rows(UnitSuccession, "successor", "joint")) == 2
    assert after.office("chair") is None
    assert after.joined("p") == JAN


def test_a_lapse_ends_what_went_on_after_a_later_move() -> None:
    moved = changes.move(BOOK, small(), "p", to="beech", on=APR, **WHEN)
    union = changes.lapse(BOOK, moved, "p", on=MAR, **WHEN)
    assert [union.on(day).branch_of("p") for day in (FEB, MAR, APR, MAY)] == ["ash", "", "", ""]


def test_a_lapse_ends_offices_and_those_that_were_to_come() -> None:
    union = changes.elect(BOOK, small(), "chair", "p", on=FEB, until=MAR, **WHEN)
    union = changes.elect(BOOK, union, "chair", "p", on=APR, **WHEN)
    union = changes.lapse(BOOK, union, "p", on=FEB + timedelta(5), **WHEN)
    days = (FEB, FEB + timedelta(4), FEB + timedelta(5), APR)
    assert [union.on(day).holders("chair") for day in days] == [("p",), ("p",), (), ()]


def ended() -> Union:
    """Ash was merged into beech in April."""
    return changes.merge(
        BOOK, small(), ["ash", "beech"], into="beech", name="Beech", on=APR, **WHEN
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            lambda u: changes.join(
                BOOK, u, Person(key="p", name="T"), branch="ash", on=MAR, **WHEN
            ),
            "already",
        ),
        (
            lambda u: changes.join(
                BOOK, u, Person(key="q", name="T"), branch="ahs", on=MAR, **WHEN
            ),
            "no unit",
        ),
        (
            lambda u: changes.join(
                BOOK, u, Person(key="q", name="T"), branch="north", on=MAR, **WHEN
            ),
            "not a branch",
        ),
        (lambda u: changes.move(BOOK, u, "p", to="ash", on=MAR, **WHEN), "already"),
        (lambda u: changes.move(BOOK, u, "q", to="ash", on=MAR, **WHEN), "not a current member"),
        (
            lambda u: changes.lapse(BOOK, u, "p", on=JAN - timedelta(1), **WHEN),
            "not a current member",
        ),
        (lambda u: changes.rename(BOOK, u, "ash", name="Test ash", on=MAR, **WHEN), "already"),
        (
            lambda u: changes.reparent(
                BOOK, u, "ash", axis="region", parent="north", on=MAR, **WHEN
            ),
            "already",
        ),
        (
            lambda u: changes.reparent(
                BOOK, u, "north", axis="region", parent="ash", on=MAR, **WHEN
            ),
            "under itself",
        ),
        (
            lambda u: changes.merge(BOOK, u, ["ash"], into="ash", name="A", on=MAR, **WHEN),
            "at least two",
        ),
        (
            lambda u: changes.merge(
                BOOK, u, ["ash", "beech"], into="cedar", name="A", on=MAR, **WHEN
            ),
            "another unit",
        ),
        (
            lambda u: changes.join(
                BOOK, u, Person(key="q", name="T"), branch="ash", on=MAR, category="fulll", **WHEN
            ),
            "category: no membership category of this name; did you mean 'full'",
        ),
        (
            lambda u: changes.join(
                BOOK, u, Person(key="q", name="T", gender="femal"), branch="ash", on=MAR, **WHEN
            ),
            "did you mean 'female'",
        ),
        (
            lambda u: changes.lapse(BOOK, u, "p", on=MAR, because="laps", **WHEN),
            "did you mean 'lapsed'",
        ),
        (
            lambda u: changes.reparent(
                BOOK, u, "ash", axis="regoin", parent="south", on=MAR, **WHEN
            ),
            "did you mean 'region'",
        ),
        (
            lambda u: changes.elect(BOOK, u, "chair", "p", on=MAR, how="electd", **WHEN),
            "did you mean 'elected'",
        ),
        (lambda u: changes.elect(BOOK, u, "chiar", "p", on=MAR, **WHEN), "no office"),
        (lambda u: changes.elect(BOOK, u, "chair", "q", on=MAR, **WHEN), "not a current member"),
        (
            lambda u: changes.elect(BOOK, u, "chair", "p", on=MAR, until=MAR, **WHEN),
            "before it begins",
        ),
    ],
)
def test_what_cannot_happen_is_refused(change: object, why: str) -> None:
    with pytest.raises(ChangeRefused, match=why):
        change(small())  # type: ignore[operator]


def test_nobody_comes_to_a_branch_that_is_known_to_end() -> None:
    who = Person(key="q", name="Test person")
    for on in (MAR, APR):
        with pytest.raises(ChangeRefused):
            changes.join(BOOK, ended(), who, branch="ash", on=on, **WHEN)
    with pytest.raises(ChangeRefused, match="ends after"):
        changes.reparent(BOOK, ended(), "ash", axis="region", parent="south", on=MAR, **WHEN)


def test_a_move_ends_the_offices_of_the_branch_and_the_region_that_are_left() -> None:
    union = small().append(
        Parent(unit="beech", axis="region", parent="south"),
        Parent(unit="cedar", axis="region", parent="north"),
        unit("council", "committee"),
        Parent(unit="council", axis="region", parent="north"),
        unit("board", "committee"),
        *(Office(key=f"of-{key}", role="chair", unit=key) for key in ("council", "board")),
        *(
            Holding(office=key, person="p", start=JAN)
            for key in ("chair", "of-council", "of-board")
        ),
        Office(key="to-come", role="chair", unit="ash"),
        Holding(office="to-come", person="p", start=APR),
    )

    def held(to: str, day: date) -> list[str]:
        moved = changes.move(BOOK, union, "p", to=to, on=MAR, **WHEN)
        return [each.key for each in moved.on(day).held("p")]

    for to in ("cedar", "beech"):
        assert held(to, FEB) == ["chair", "of-council", "of-board"]
    assert held("cedar", APR) == ["of-council", "of-board"]
    assert held("beech", APR) == ["of-board"]


def test_a_term_does_not_outlast_the_office_or_the_membership() -> None:
    with pytest.raises(ChangeRefused, match="the office ends"):
        changes.elect(BOOK, ended(), "chair", "p", on=MAR, **WHEN)
    assert changes.elect(BOOK, ended(), "chair", "p", on=MAR, until=APR, **WHEN).on(MAR).holders(
        "chair"
    ) == ("p",)
    lapsed = changes.lapse(BOOK, small(), "p", on=APR, **WHEN)
    with pytest.raises(ChangeRefused, match="the membership ends"):
        changes.elect(BOOK, lapsed, "chair", "p", on=MAR, until=MAY, **WHEN)


def test_a_branch_with_later_changes_is_not_merged_away() -> None:
    renamed = changes.rename(BOOK, small(), "ash", name="Rowan", on=APR, **WHEN)
    with pytest.raises(ChangeRefused, match="later changes"):
        changes.merge(BOOK, renamed, ["ash", "beech"], into="beech", name="B", on=MAR, **WHEN)


def test_a_branch_that_comes_under_another_later_is_not_merged_with_it() -> None:
    union = changes.reparent(
        BOOK, small(), "beech", axis="branch", parent="stewards", on=APR, **WHEN
    )
    with pytest.raises(ChangeRefused, match="beech stands under ash"):
        changes.merge(BOOK, union, ["ash", "beech"], into="beech", name="B", on=MAR, **WHEN)


def test_the_first_unit_comes_onto_an_axis() -> None:
    union = changes.reparent(BOOK, small(), "ash", axis="staff", parent="north", on=MAR, **WHEN)
    assert union.on(MAR).parents("ash")["staff"] == "north"


def test_a_unit_cannot_come_under_itself_later() -> None:
    union = changes.reparent(BOOK, small(), "beech", axis="region", parent="ash", on=APR, **WHEN)
    with pytest.raises(ChangeRefused, match="under itself"):
        changes.reparent(BOOK, union, "ash", axis="region", parent="beech", on=MAR, **WHEN)
    with pytest.raises(ChangeRefused, match="later"):
        changes.reparent(BOOK, union, "beech", axis="region", parent="north", on=MAR, **WHEN)


def test_staff_are_transferred_once_and_only_those_of_the_group() -> None:
    union = Union(
        key="u",
        employers=(
            Employer(key="mill", kind="works", name="Mill", end=MAR),
            Employer(key="forge", kind="works", name="Forge"),
        ),
        jobs=(
            Job(person="p", employer="mill", group="clerk", start=JAN),
            Job(person="q", employer="mill", group="driver", start=JAN, end=APR),
        ),
    )
    went = {"to": "forge", "on": MAR, "how": "tupe", "job_group": "clerk", **WHEN}
    moved = changes.transfer(BOOK, union, "mill", **went)
    days = (MAR - timedelta(1), MAR)
    assert [moved.on(day).jobs("p")[0].employer for day in days] == ["mill", "forge"]
    assert [moved.on(day).jobs("q")[0].employer for day in days] == ["mill", "mill"]
    with pytest.raises(ChangeRefused, match="recorded already"):
        changes.transfer(BOOK, moved, "mill", **went)
    for wrong in ({"to": "mill"}, {"to": "quarry"}, {"on": APR}):
        with pytest.raises(ChangeRefused):
            changes.transfer(BOOK, union, "mill", **{**went, **wrong})
    # A group that nobody declares would move nobody, and say nothing.
    for column, slip, said in (
        ("job_group", "clrek", "no job group of this name"),
        ("how", "TUPE", "expected tupe or statute or agreement; did you mean 'tupe'"),
    ):
        with pytest.raises(ChangeRefused, match=f"{column}: {said}"):
            changes.transfer(BOOK, union, "mill", **{**went, column: slip})


# ---- beside an oracle ----------------------------------------------------------------------------

KEYS = tuple("abcdefgh")
AXES = ("region", "group")
SPAN = [JAN + timedelta(days) for days in range(0, 40, 4)]

spans = st.lists(st.sampled_from([None, *SPAN]), min_size=2, max_size=2).filter(
    lambda pair: pair[0] is None or pair[1] is None or pair[0] < pair[1]
)
entries = st.sampled_from([None, MAR, APR, MAY])


@st.composite
def unions(draw: st.DrawFn) -> Union:
    """Units in any order of standing, without circles, with corrections and struck rows."""
    # Each axis is in the records, long before the days that are asked about.
    long_ago = date(1990, 1, 1)
    parents = [Parent(unit="b", axis=axis, parent="a", end=long_ago) for axis in AXES]
    for _ in range(draw(st.integers(0, 14))):
        above, below = sorted(
            draw(st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True))
        )
        start, end = draw(spans)
        parents.append(
            Parent(
                unit=below,
                axis=draw(st.sampled_from(AXES)),
                parent=above,
                start=start,
                end=end,
                recorded=draw(entries),
                struck=draw(st.sampled_from([False, False, True])),
            )
        )
    memberships = []
    for _ in range(draw(st.integers(0, 14))):
        start, end = draw(spans.filter(lambda pair: pair[0] is not None))
        memberships.append(
            Membership(
                person=draw(st.sampled_from("pqrs")),
                start=start,
                end=end,
                category="full",
                union=draw(st.sampled_from(["", "", "u", "other"])),
                status=draw(st.sampled_from(["current", "current", "lapsed"])),
                branch=draw(st.sampled_from(KEYS)),
                recorded=draw(entries),
                struck=draw(st.sampled_from([False, False, True])),
            )
        )
    return Union(
        key="u",
        units=tuple(map(unit, KEYS)),
        parents=tuple(parents),
        memberships=tuple(memberships),
    )


asked = {"day": st.sampled_from(SPAN), "known_on": entries}


@given(union=unions(), axis=st.sampled_from(AXES), **asked)
def test_the_tree_is_the_one_that_the_rows_draw(
    union: Union, axis: str, day: date, known_on: date | None
) -> None:
    rows = [row for row in oracle.holding(union.parents, day, known_on) if row.axis == axis]
    graph = networkx.DiGraph()
    graph.add_nodes_from(KEYS)
    graph.add_edges_from((row.parent, row.unit) for row in rows)
    now = union.on(day, known_on=known_on)
    for key in KEYS:
        assert set(now.children(key, axis)) == set(graph.successors(key))
        assert set(now.descendants(key, axis)) == networkx.descendants(graph, key)
        # Rows that overlap are a fault of the data: then a unit has more than one above.
        if all(degree <= 1 for _, degree in graph.in_degree()):
            above = now.ancestors(key, axis)
            assert set(above) == networkx.ancestors(graph, key)
            far = [networkx.shortest_path_length(graph, each, key) for each in above]
            assert far == list(range(1, len(far) + 1))


@given(union=unions(), days=st.lists(st.sampled_from(SPAN)), known_on=entries)
def test_what_was_asked_of_other_days_changes_nothing(
    union: Union, days: list[date], known_on: date | None
) -> None:
    for day in (SPAN[0] - timedelta(1), *days, *(day + timedelta(1) for day in days)):
        asked_before, alone = (each.on(day, known_on=known_on) for each in (union, evolve(union)))
        for key in KEYS:
            assert asked_before.parents(key) == alone.parents(key)
            assert asked_before.parents_not_known(key) == alone.parents_not_known(key)
            for axis in AXES:
                assert asked_before.ancestors(key, axis) == alone.ancestors(key, axis)
                assert asked_before.children(key, axis) == alone.children(key, axis)


@given(union=unions(), axis=st.sampled_from(AXES), **asked)
def test_members_are_those_whom_the_rows_name(
    union: Union, axis: str, day: date, known_on: date | None
) -> None:
    now = union.on(day, known_on=known_on)
    for key in KEYS:
        branches = {key, *now.descendants(key, axis)}
        assert sorted(now.members(key, axis)) == oracle.members(union, branches, day, known_on)


# ---- gaps ----------------------------------------------------------------------------------------


def test_a_unit_whose_name_is_not_known_is_still_there() -> None:
    rows = (unit("ash", end=FEB), unit("ash", start=APR, branch_type="school"))
    union = Union(key="u", units=(*rows, unit("beech")))
    between = union.on(MAR)
    there = between.unit("ash")
    assert there is not None
    assert (there.name, there.called) == ("", "ash (name not known)")
    assert (there.kind, there.branch_type, there.start, there.end) == ("branch", "", FEB, APR)
    assert {each.key for each in between.units()} == {"ash", "beech"}
    assert {each.key for each in between.units("branch")} == {"ash", "beech"}
    assert union.on(JAN).unit("ash") == rows[0]
    assert union.on(APR).unit("ash") == rows[1]


def test_a_unit_whose_name_is_not_known_cannot_be_renamed() -> None:
    rows = (unit("ash", end=FEB), unit("ash", start=APR))
    with pytest.raises(ChangeRefused, match="enter it first"):
        changes.rename(BOOK, Union(key="u", units=rows), "ash", name="A", on=MAR, recorded=ENTERED)


def test_a_unit_that_was_closed_is_not_there_until_it_opens_again() -> None:
    rows = (unit("ash", end=FEB), unit("ash", start=APR))
    closed = UnitSuccession(unit="ash", how="closed", on=FEB)
    union = Union(key="u", units=rows, unit_successions=(closed,))
    assert union.on(MAR).unit("ash") is None
    assert union.on(MAR).units() == ()


def test_an_earlier_closure_hides_no_later_gap() -> None:
    rows = (unit("ash", end=JAN), unit("ash", start=FEB, end=MAR), unit("ash", start=MAY))
    closed = UnitSuccession(unit="ash", how="closed", on=JAN)
    union = Union(key="u", units=rows, unit_successions=(closed,))
    assert union.on(JAN).unit("ash") is None
    assert union.on(APR).unit("ash") is not None


def test_a_parent_that_is_not_known_is_told_from_none() -> None:
    def under(parent: str, **more: object) -> Parent:
        return Parent(unit="ash", axis="region", parent=parent, **more)

    union = Union(
        key="u",
        units=(unit("ash"), unit("north", "region"), unit("beech")),
        parents=(under("north", end=FEB), under("north", start=APR)),
    )
    between = union.on(MAR)
    assert between.parents("ash") == {}
    assert between.parents_not_known("ash") == ("region",)
    assert between.parents_not_known("beech") == ()
    assert union.on(JAN).parents_not_known("ash") == ()


@given(st.lists(st.sampled_from([JAN, FEB, MAR, APR, MAY]), min_size=4, max_size=4, unique=True))
def test_between_its_rows_a_unit_is_never_gone(days: list[date]) -> None:
    first, second, third, fourth = sorted(days)
    rows = (unit("ash", start=first, end=second), unit("ash", start=third, end=fourth))
    union = Union(key="u", units=rows)
    day = first
    while day < fourth:
        assert union.on(day).unit("ash") is not None
        assert len(union.on(day).units("branch")) == 1
        day += timedelta(days=7)


def test_a_day_after_the_records_end_is_told() -> None:
    union = Union(key="u", units=(unit("ash"),), kept_until=MAR)
    assert union.on(MAR).warnings == ()
    (warning,) = union.on(APR).warnings
    assert "kept until 2020-03-01" in warning
    assert Union(key="u").on(APR).warnings == ()
