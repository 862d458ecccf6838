"""What the definitions promise, beside the worked examples."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import unioncore
import unioncore_health
from unioncore.describe import diff
from unioncore.model import Body, BodyVersion
from unioncore.replay import Example, Status, read_examples, replay

EXAMPLES = Path(unioncore_health.__file__).parent / "examples"
ALONE = unioncore.compose(unioncore_health.plugin, discover=False)
BOOK = unioncore.compose()
PORTER = {
    "employer.kind": "nhs-trust",
    "employer.nation": "England",
    "job.group": "agenda-for-change",
    "job.band": "2",
}


def examples() -> list[Example]:
    return [each for file in sorted(EXAMPLES.glob("*.json")) for each in read_examples(file)]


def body(key: str) -> Body:
    return next(each for each in BOOK.definitions.bodies if each.key == key)


def version(key: str, on: date) -> BodyVersion:
    return next(each for each in body(key).versions if on in each.period)


def place(facts: dict[str, Any], on: date = date(2024, 6, 1)) -> unioncore.Placement:
    return unioncore.placement(BOOK, facts, on=on)


@pytest.mark.parametrize("book", [ALONE, BOOK], ids=["unison and health", "every plugin"])
def test_no_pair_of_rules_is_left_unproved(book: unioncore.Rulebook) -> None:
    assert book.not_proved == ()


def test_each_example_comes_out_without_the_other_groups() -> None:
    found = {each.id: replay(ALONE, each) for each in examples()}
    odd = {key: each.status for key, each in found.items() if each.status is not Status.PASSED}
    # Two are about police staff, whose words another plugin brings.
    assert set(odd.values()) == {Status.NOT_SUPPORTED}
    assert len(odd) == 2


def test_each_example_has_an_id_of_its_own_and_a_source() -> None:
    found = examples()
    assert len({each.id for each in found}) == len(found)
    assert all(each.source for each in found)


def test_unions_vote_in_the_staff_council_since_a_vote_was_seen() -> None:
    assert version("nhs-sc", date(2018, 6, 26)).decides_by == ""
    now = version("nhs-sc", date(2024, 6, 1))
    assert now.decides_by == "unions-vote-in-council"
    assert now.pay_date == "04-01"


def test_the_seats_of_the_shadow_council_are_those_of_one_day() -> None:
    (unions,) = version("nhs-sc", date(2003, 12, 11)).sides
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


@pytest.mark.parametrize(
    ("kind", "nation"),
    [
        ("hsc-trust", "Wales"),
        ("integrated-care-board", "Scotland"),
        ("nhs-board", "England"),
        ("nhs-trust", "Northern Ireland"),
    ],
)
def test_an_employer_in_the_wrong_nation_is_warned_about(kind: str, nation: str) -> None:
    found = place(PORTER | {"employer.kind": kind, "employer.nation": nation})
    assert any("contradict" in warning for warning in found.service_group.warnings)


@pytest.mark.needs_plugins
def test_whom_health_rules_do_not_concern_keeps_a_known_answer() -> None:
    facts = {"employer.key": "essex-police", "employer.kind": "police-force"}
    facts |= {"employer.nation": "England", "job.group": "police-staff"}
    found = place(facts)
    assert found.negotiating_bodies.value == {"psc-ew"}
    assert found.joint_unions.value == frozenset()
    assert found.branch_type.value == "police"


@pytest.mark.parametrize(
    ("facts", "possible", "on", "said"),
    [
        (
            {"employer.kind": "nhs-trust", "employer.nation": "Scotland"},
            {"employer.kind": "nhs-board"},
            date(2024, 6, 1),
            "health boards took over",
        ),
        (
            {"employer.kind": "nhs-trust", "employer.nation": "Northern Ireland"},
            {"employer.kind": "hsc-trust"},
            date(2024, 6, 1),
            "health and social care trusts",
        ),
        (
            {"employer.kind": "hsc-trust", "employer.nation": "Wales"},
            {"employer.nation": "Northern Ireland"},
            date(2024, 6, 1),
            "in Northern Ireland",
        ),
        (
            {"employer.kind": "integrated-care-board", "employer.nation": "Scotland"},
            {"employer.nation": "England"},
            date(2024, 6, 1),
            "in England",
        ),
        (
            {"employer.kind": "nhs-board", "employer.nation": "England"},
            {"employer.nation": "Wales"},
            date(2024, 6, 1),
            "in Scotland and Wales",
        ),
    ],
)
def test_facts_that_cannot_be_together_are_said_to_contradict(
    facts: dict[str, str], possible: dict[str, str], on: date, said: str
) -> None:
    def warnings(given: dict[str, str]) -> tuple[str, ...]:
        return unioncore.placement(BOOK, given, on=on).service_group.warnings

    assert any("contradict" in each and said in each for each in warnings(facts))
    assert not any("contradict" in each for each in warnings({**facts, **possible}))


@pytest.mark.parametrize(
    ("facts", "on", "other"),
    [
        (
            {"employer.kind": "nhs-trust", "employer.nation": "Scotland"},
            date(2004, 5, 1),
            date(2004, 4, 30),
        ),
    ],
)
def test_an_employer_contradicts_a_day_on_which_it_was_not_there(
    facts: dict[str, str], on: date, other: date
) -> None:
    def contradict(day: date) -> bool:
        found = unioncore.placement(BOOK, facts, on=day).service_group.warnings
        return any("contradict" in each for each in found)

    assert contradict(on)
    assert not contradict(other)
