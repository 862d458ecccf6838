"""What the case types of police and justice promise."""

from unioncore.legal import Nation, TimeUnit
from unioncore.model import Direction
from unioncore.testing.composed import installed

RULEBOOK = installed()


def test_the_detailed_account_comes_after_two_days_of_rest() -> None:
    kind = RULEBOOK.case_type("pj.post_incident_procedure")
    clock = next(c for c in kind.versions[0].clocks if c.key == "detailed_account")
    assert clock.direction is Direction.NOT_BEFORE
    assert (clock.count, clock.unit) == (48, TimeUnit.HOURS)
    assert kind.needs == "post-incident-procedures"


def test_procedures_of_police_and_probation_are_those_of_england_and_wales() -> None:
    kinds = [k for k in RULEBOOK.definitions.case_types if k.key.startswith("pj.")]
    assert len(kinds) == 6
    assert {kind.nations for kind in kinds} == {(Nation.ENGLAND, Nation.WALES)}


def test_times_that_a_force_sets_are_left_to_its_policy() -> None:
    clocks = RULEBOOK.case_type("pj.staff_misconduct").versions[0].clocks
    assert {c.key for c in clocks if c.policy} == {"written_response", "appeal_window"}
