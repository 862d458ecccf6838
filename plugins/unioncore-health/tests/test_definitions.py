"""What the definitions promise, beside the worked examples."""

from datetime import date
from typing import Any

import pytest

import unioncore
from unioncore.describe import diff
from unioncore.model import Body, BodyVersion
from unioncore.testing.composed import installed

BOOK = installed()
PORTER = {
    "employer.kind": "nhs-trust",
    "employer.nation": "England",
    "job.group": "agenda-for-change",
    "job.band": "2",
}


def body(key: str) -> Body:
    return next(each for each in BOOK.definitions.bodies if each.key == key)


def version(key: str, on: date) -> BodyVersion:
    return next(each for each in body(key).versions if on in each.period)


def place(facts: dict[str, Any], on: date = date(2024, 6, 1)) -> unioncore.Placement:
    return unioncore.placement(BOOK, facts, on=on)


def test_unions_vote_in_the_staff_council_since_a_vote_was_seen() -> None:
    assert version("nhs-sc", date(2018, 6, 26)).decides_by == ""
    now = version("nhs-sc", date(2024, 6, 1))
    assert now.decides_by == "unions-vote-in-council"
    assert now.pay_date == "04-01"


def test_the_seats_of_the_shadow_council_are_those_of_one_day() -> None:
    (unions,) = version("nhs-sc", date(2004, 8, 12)).sides
    assert (unions.seats, unions.seats_by[0].seats) == (34, 7)
    assert unions.seats_as_of == "December 2003"
    assert not unions.complete
    assert all(not side.seats_by for side in version("nhs-sc", date(2024, 6, 1)).sides)


def test_ten_unions_sat_on_the_scottish_committee() -> None:
    unions = version("stac", date(2021, 3, 24)).sides[1]
    assert len(unions.unions) == 10
    assert body("stac").parent == "nhs-sc"


def test_agenda_for_change_began_with_its_council() -> None:
    changes = diff(BOOK, date(2004, 11, 30), date(2004, 12, 2))
    kinds = {each.key: each.kind for each in changes if each.plugin == "health"}
    assert kinds["nhs-sc"] == "replaced"
    assert kinds["health.no-other-body"] == "begun"


def test_a_manager_leaves_the_branch_of_the_trust() -> None:
    porter, manager = place(PORTER), place(PORTER | {"job.band": "8a"})
    assert porter.branch_type.value == "nhs-trust"
    assert porter.joint_unions.value == frozenset()
    assert manager.branch_type.value == "managers-in-partnership"
    assert manager.joint_unions.value == {"fda", "mip", "unison"}
    assert manager.negotiating_bodies.value == porter.negotiating_bodies.value == {"nhs-sc"}


def test_terms_aligned_by_a_contract_do_not_bring_a_body() -> None:
    facts = PORTER | {"employer.kind": "private-contractor", "employer.serves": "health"}
    cleaner = place(facts)
    assert cleaner.service_group.value == "health"
    assert cleaner.negotiating_bodies.value == frozenset()
    assert cleaner.union_has_seat.value is False
    assert "directly" in cleaner.negotiating_bodies.to_text()


def test_doctors_are_known_to_be_outside_and_no_more_is_claimed() -> None:
    doctor = place(PORTER | {"job.group": "doctor-or-dentist"})
    assert doctor.pay_reviewed_by.value == {"ddrb"}
    assert not doctor.service_group.known
    assert not doctor.negotiating_bodies.known


def test_the_name_of_the_body_in_northern_ireland_is_warned_about() -> None:
    facts = PORTER | {"employer.kind": "hsc-trust", "employer.nation": "Northern Ireland"}
    nurse = place(facts, date(2025, 6, 1))
    assert nurse.negotiating_bodies.value == {"nhs-sc", "ni-hsc"}
    assert any("Consultative" in warning for warning in nurse.negotiating_bodies.warnings)


@pytest.mark.needs_plugins
def test_whom_health_rules_do_not_concern_keeps_a_known_answer() -> None:
    facts = {"employer.key": "essex-police", "employer.kind": "police-force"}
    facts |= {"employer.nation": "England", "job.group": "police-staff"}
    found = place(facts)
    assert found.negotiating_bodies.value == {"psc-ew"}
    assert found.joint_unions.value == frozenset()
    assert found.branch_type.value == "police"
