"""What the definitions promise, beside the worked examples."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import unioncore
import unioncore_local_government
from unioncore.answers import decide
from unioncore.describe import diff, rulebook_markdown

RULEBOOK = unioncore.compose()
DEFINITIONS = Path(unioncore_local_government.__file__).parent / "definitions"
COUNCIL = {"employer.kind": "council", "employer.nation": "England"}

NEW_BODY = """
[[negotiating_body]]
key = "synthetic-forum"
existed = { start = 2030-01-01 }
  [[negotiating_body.version]]
  period = { start = 2030-01-01 }
  name = "A synthetic forum of a made-up regulator"
  covers = "employer.key == 'synthetic-regulator'"
  level = "employer"
  citations = [{ source = "lg-about", provision = "made up for a test" }]
    [[negotiating_body.version.side]]
    key = "trade-unions"
    unions = ["unison"]
"""


def test_no_pair_of_rules_is_left_unproved() -> None:
    assert RULEBOOK.not_proved == ()


def test_it_composes_with_unison_alone() -> None:
    alone = unioncore.compose(unioncore_local_government.plugin, discover=False)
    assert alone.not_proved == ()
    facts = {**COUNCIL, "job.group": "chief-executive"}
    place = unioncore.placement(alone, facts, on=date(2024, 6, 1))
    assert place.negotiating_bodies.value == {"jnc-cx"}
    assert place.union_has_seat.value is False


def test_a_body_is_added_by_editing_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "local-government"
    shutil.copytree(DEFINITIONS, folder)
    file = folder / "njc_bodies.toml"
    file.write_text(file.read_text(encoding="utf-8") + NEW_BODY, encoding="utf-8")
    plugin = unioncore.TomlPlugin(folder, prefix="lg", requires=["unison"])
    rulebook = unioncore.compose(plugin, discover=False)
    facts = {
        "employer.key": "synthetic-regulator",
        "employer.kind": "public-regulator",
        "job.group": "regulator-staff",
    }
    place = unioncore.placement(rulebook, facts, on=date(2031, 1, 1))
    assert place.union_has_seat.value is True
    assert place.bargaining_level.value == "employer"


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


@pytest.mark.parametrize(
    ("facts", "possible", "on", "said"),
    [
        (
            {"employer.kind": "combined-authority", "employer.nation": "Scotland"},
            {"employer.nation": "England"},
            date(2024, 6, 1),
            "councils in England",
        ),
        (
            {"employer.kind": "combined-authority", "employer.nation": "Wales"},
            {"employer.kind": "council"},
            date(2024, 6, 1),
            "councils in England",
        ),
        (
            {"employer.kind": "maintained-school", "employer.nation": "Scotland"},
            {"employer.nation": "Wales"},
            date(2024, 6, 1),
            "employed by councils",
        ),
        (
            {"employer.kind": "academy-trust", "employer.nation": "Wales"},
            {"employer.nation": "England"},
            date(2024, 6, 1),
            "schools in England",
        ),
        (
            {"employer.kind": "education-authority", "employer.nation": "England"},
            {"employer.nation": "Northern Ireland"},
            date(2024, 6, 1),
            "in Northern Ireland",
        ),
    ],
)
def test_facts_that_cannot_be_together_are_said_to_contradict(
    facts: dict[str, str], possible: dict[str, str], on: date, said: str
) -> None:
    def warnings(given: dict[str, str]) -> tuple[str, ...]:
        return unioncore.placement(RULEBOOK, given, on=on).service_group.warnings

    assert any("contradict" in each and said in each for each in warnings(facts))
    assert not any("contradict" in each for each in warnings({**facts, **possible}))


@pytest.mark.parametrize(
    ("facts", "on", "other"),
    [
        (
            {"employer.kind": "academy-trust", "employer.nation": "England"},
            date(2002, 8, 31),
            date(2002, 9, 1),
        ),
        (
            {"employer.kind": "combined-authority", "employer.nation": "England"},
            date(2011, 3, 31),
            date(2011, 4, 1),
        ),
        (
            {"employer.kind": "education-authority", "employer.nation": "Northern Ireland"},
            date(2015, 3, 31),
            date(2015, 4, 1),
        ),
    ],
)
def test_an_employer_contradicts_a_day_on_which_it_was_not_there(
    facts: dict[str, str], on: date, other: date
) -> None:
    def contradict(day: date) -> bool:
        found = unioncore.placement(RULEBOOK, facts, on=day).service_group.warnings
        return any("contradict" in each for each in found)

    assert contradict(on)
    assert not contradict(other)
