"""What the definitions promise, beside the worked examples."""

from datetime import date

import unioncore
from unioncore.answers import decide
from unioncore.describe import diff, rulebook_markdown
from unioncore.testing.composed import installed

RULEBOOK = installed()
COUNCIL = {"employer.kind": "council", "employer.nation": "England"}


def test_single_status_joined_two_bodies_in_1997() -> None:
    changes = diff(RULEBOOK, date(1997, 7, 9), date(1997, 7, 10))
    bodies = {(change.kind, change.key) for change in changes}
    assert {("ended", "njc-aptc"), ("ended", "njc-manual"), ("begun", "njc")} <= bodies


def test_the_national_council_decides_by_a_majority_of_each_side() -> None:
    body = next(each for each in RULEBOOK.definitions.bodies if each.key == "njc")
    version = body.versions[-1]
    assert version.decides_by == "majority-of-each-side"
    assert {side.key: side.seats for side in version.sides} == {"employers": 12, "trade-unions": 58}
    assert version.pay_date == "04-01"
    assert "(12 seats)" in rulebook_markdown(RULEBOOK, on=date(2024, 6, 1))


def test_the_council_agreed_in_february_2022_over_the_refusal_of_one_union() -> None:
    said = {"unison": True, "gmb": True, "unite": False}
    found = decide(RULEBOOK, "njc", said, on=date(2022, 2, 28))
    assert (found.agreed.value, found.outvoted) == (True, ("unite",))
    # Which unions are a majority was reported later.
    assert found.agreed.warnings == ("the seats by union are those of November 2023",)
    alone = decide(
        RULEBOOK, "njc", {"unison": True, "gmb": False, "unite": False}, on=found.agreed.on
    )
    assert not alone.agreed.known


def test_seats_by_union_add_up_where_they_are_all_known() -> None:
    bodies = {each.key: each for each in RULEBOOK.definitions.bodies}
    for key in ("njc-rjc-em", "sjc", "sjnc-craft"):
        side = next(s for s in bodies[key].versions[-1].sides if s.key == "trade-unions")
        assert sum(each.seats for each in side.seats_by) == side.seats


def test_an_answer_warns_where_a_source_is_only_remembered() -> None:
    facts = {**COUNCIL, "job.group": "educational-psychologist"}
    place = unioncore.placement(RULEBOOK, facts, on=date(2025, 6, 1))
    assert any("remembered" in warning for warning in place.negotiating_bodies.warnings)


def test_whether_the_body_for_schools_has_begun_is_not_known() -> None:
    facts = {**COUNCIL, "employer.kind": "academy-trust", "job.group": "school-support-staff"}
    before = unioncore.placement(RULEBOOK, facts, on=date(2026, 2, 5))
    after = unioncore.placement(RULEBOOK, facts, on=date(2026, 2, 6))
    assert before.negotiating_bodies.value == frozenset()
    assert "2027" in str(after.negotiating_bodies)
    assert not after.negotiating_bodies.known
