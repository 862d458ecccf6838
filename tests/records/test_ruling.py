"""What a union's rules say of its records, on every day on which they change."""

from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest

from tests.books import everything
from unioncore import changes
from unioncore.model import (
    Accreditation,
    Employer,
    GroupMember,
    Holding,
    Job,
    Membership,
    Office,
    Parent,
    Person,
    Record,
    Union,
    Unit,
)
from unioncore.records import read_union, write_union

pytestmark = pytest.mark.needs_plugins

JAN, JUN, JUL, OCT = (date(2026, month, 1) for month in (1, 6, 7, 10))
ASH = Membership(person="ann", start=date(2020, 1, 1), category="full", branch="ash")
SEAT = Holding(
    office="seat", person="ann", election_began=JAN, elected=JUN, start=JUN, end=date(2028, 6, 1)
)


def union(*more: Record) -> Union:
    """A part of a union, in which two branches lie in two regions."""
    return Union(
        key="unison",
        kept_until=date(2026, 11, 1),
        units=(
            Unit(key="unison", kind="union", name="UNISON"),
            Unit(key="nec", kind="executive", name="Executive"),
            Unit(key="here", kind="region", name="Here"),
            Unit(key="there", kind="region", name="There"),
            *(Unit(key=f"council-{to}", kind="regional-council", name=to) for to in "ht"),
            *(Unit(key=key, kind="branch", name=key) for key in ("ash", "beech")),
        ),
        parents=(
            Parent(unit="ash", axis="region", parent="here"),
            Parent(unit="council-h", axis="region", parent="here"),
            Parent(unit="beech", axis="region", parent="there"),
            Parent(unit="council-t", axis="region", parent="there"),
        ),
        employers=(Employer(key="town", kind="council", name="Town", public_function=True),),
        people=(Person(key="ann", name="Test Ann"),),
        group_members=(GroupMember(person="ann", group="disabled"),),
        memberships=(ASH,),
        jobs=(Job(person="ann", employer="town", start=date(2020, 1, 1)),),
        offices=(
            *(
                Office(key=f"{branch}/secretary", role="branch-secretary", unit=branch)
                for branch in ("ash", "beech")
            ),
            *(
                Office(key=f"convenor-{to}", role="regional-convenor", unit=f"council-{to}")
                for to in "ht"
            ),
            Office(key="seat", role="nec-member", unit="nec", group="disabled"),
            Office(key="president", role="president", unit="nec"),
        ),
    ).append(*more)


def found(tmp_path: Path, union: Union) -> list[str]:
    """What is said of a union's folder."""
    write_union(union, tmp_path / "union")
    return [str(each) for each in read_union(tmp_path / "union", everything()).faults]


def held(office: str, start: date = JUN, end: date | None = None) -> Holding:
    return Holding(office=office, person="ann", start=start, end=end)


FAULTS: dict[str, tuple[tuple[Record, ...], str]] = {
    "secretary of another branch": ((held("beech/secretary"),), "belongs to its branch or region"),
    "convenor of another region": ((held("convenor-t"),), "belongs to its branch or region"),
    "left the branch": (
        (
            held("ash/secretary"),
            attrs.evolve(ASH, end=JUL, recorded=JUL),
            attrs.evolve(ASH, start=JUL, branch="beech", recorded=JUL),
        ),
        "belongs to its branch or region",
    ),
    "the branch went to another region": (
        (
            held("convenor-h"),
            Parent(unit="ash", axis="region", parent="here", end=JUL, recorded=JUL),
            Parent(unit="ash", axis="region", parent="there", start=JUL, recorded=JUL),
        ),
        "belongs to its branch or region",
    ),
    "lapsed in the term": (
        (
            held("ash/secretary"),
            attrs.evolve(ASH, end=JUL, recorded=JUL),
            attrs.evolve(ASH, start=JUL, status="lapsed", recorded=JUL),
        ),
        "not a current member to the end of the term",
    ),
    "the seat is lost and the presidency kept": (
        (attrs.evolve(SEAT, end=JUL), held("president")),
        "holds the seat that the office presupposes",
    ),
    "a certificate of 21 years": (
        (
            Accreditation(
                person="ann",
                kind="employment-rights",
                start=date(2019, 5, 10),
                end=date(2040, 1, 1),
            ),
        ),
        "lasts no longer than the rules let it",
    ),
    "a day more than sixty months": (
        (
            Accreditation(
                person="ann",
                kind="employment-rights",
                start=date(2024, 5, 1),
                end=date(2029, 5, 2),
            ),
        ),
        "lasts no longer than the rules let it",
    ),
    "a certificate without an end": (
        (Accreditation(person="ann", kind="employment-rights", start=date(2015, 1, 1)),),
        "lasts no longer than the rules let it",
    ),
    "back after being expelled": (
        (
            attrs.evolve(ASH, end=JAN, recorded=JAN),
            attrs.evolve(ASH, start=JAN, end=JUN, status="expelled", recorded=JAN),
            attrs.evolve(ASH, start=JUN, recorded=JUN),
        ),
        "has not expelled or barred the person",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_what_the_rules_do_not_let_be_is_named_and_nobody_is(tmp_path: Path, what: str) -> None:
    rows, said = FAULTS[what]
    faults = found(tmp_path, union(*rows))
    assert len(faults) == 1, faults
    (fault,) = faults
    assert said in fault
    assert "ann" not in fault
    assert "2026" not in fault


FINE: dict[str, tuple[Record, ...]] = {
    "own branch and region": (held("ash/secretary"), held("convenor-h")),
    "the presidency ends with the seat": (
        attrs.evolve(SEAT, end=JUL),
        held("president", end=JUL),
    ),
    "the seat ends after the records": (SEAT, held("president")),
    "sixty months": (
        Accreditation(
            person="ann", kind="employment-rights", start=date(2024, 5, 1), end=date(2029, 5, 1)
        ),
    ),
    "another accreditation": (
        Accreditation(person="ann", kind="job-evaluation", start=date(2015, 1, 1)),
    ),
    "back after lapsing": (
        attrs.evolve(ASH, end=JAN, recorded=JAN),
        attrs.evolve(ASH, start=JAN, end=JUN, status="lapsed", recorded=JAN),
        attrs.evolve(ASH, start=JUN, recorded=JUN),
    ),
}


@pytest.mark.parametrize("what", FINE)
def test_what_the_rules_let_be_is_no_fault(tmp_path: Path, what: str) -> None:
    assert found(tmp_path, union(*FINE[what])) == []


def test_a_move_leaves_no_office_behind_that_is_a_fault(tmp_path: Path) -> None:
    before = union(held("ash/secretary"), held("convenor-h"), SEAT)
    moved = changes.move(everything(), before, "ann", to="beech", on=OCT, recorded=OCT)
    assert [each.key for each in moved.on(OCT - timedelta(1)).held("ann")] == [
        "ash/secretary",
        "convenor-h",
        "seat",
    ]
    assert [each.key for each in moved.on(OCT).held("ann")] == ["seat"]
    assert found(tmp_path, moved) == []
