"""What the definitions promise, beside the worked examples."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import unioncore
import unioncore_police_justice
from unioncore.describe import diff

DEFINITIONS = Path(unioncore_police_justice.__file__).parent / "definitions"

NEW_BODY = """
[[negotiating_body]]
key = "synthetic-forum"
existed = { start = 2030-01-01 }
  [[negotiating_body.version]]
  period = { start = 2030-01-01 }
  name = "A synthetic forum of a made-up force"
  covers = "employer.key == 'synthetic-police'"
  level = "employer"
  citations = [{ source = "about-the-group", provision = "made up for a test" }]
    [[negotiating_body.version.side]]
    key = "trade-unions"
    unions = ["unison"]
"""


def test_no_pair_of_rules_is_left_unproved() -> None:
    assert unioncore.compose().not_proved == ()


def test_a_body_is_added_by_editing_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "police-justice"
    shutil.copytree(DEFINITIONS, folder)
    file = folder / "police_bodies.toml"
    file.write_text(file.read_text(encoding="utf-8") + NEW_BODY, encoding="utf-8")
    plugin = unioncore.TomlPlugin(folder, prefix="pj", requires=["unison"])
    rulebook = unioncore.compose(plugin, discover=False)
    facts = {"employer.key": "synthetic-police", "employer.kind": "private-contractor"}
    facts |= {"employer.serves": "police", "employer.nation": "Wales", "job.group": "police-staff"}
    place = unioncore.placement(rulebook, facts, on=date(2031, 1, 1))
    assert place.negotiating_bodies.value == {"synthetic-forum"}
    assert place.union_has_seat.value is True
    assert place.bargaining_level.value == "employer"


def test_the_group_was_made_in_2009() -> None:
    changes = diff(unioncore.compose(), date(2009, 6, 1), date(2010, 6, 1))
    kinds = {change.key: change.kind for change in changes}
    assert kinds["pj.probation-and-cafcass-in-local-government"] == "ended"
    assert kinds["pj.probation-and-cafcass"] == "begun"
    assert kinds["police-justice"] == "replaced"
    assert all(v.citations for c in changes for v in (c.before, c.after) if v is not None)


def test_probation_was_reunited_in_2021() -> None:
    changes = diff(unioncore.compose(), date(2021, 6, 1), date(2021, 7, 31))
    bodies = {(c.kind, c.key) for c in changes if c.plugin == "police-justice"}
    assert bodies == {("ended", "nps-jnc"), ("begun", "prob-jnc")}


def test_an_answer_warns_where_sources_conflict() -> None:
    facts = {"employer.key": "essex-police", "employer.kind": "police-force"}
    facts |= {"employer.nation": "England", "job.group": "police-staff"}
    place = unioncore.placement(unioncore.compose(), facts, on=date(2024, 6, 1))
    assert any("37" in warning for warning in place.negotiating_bodies.warnings)


def test_an_answer_warns_where_a_source_is_only_remembered() -> None:
    facts = {"employer.kind": "police-force", "job.group": "police-officer"}
    place = unioncore.placement(unioncore.compose(), facts, on=date(2024, 6, 1))
    assert place.organised.value is False
    assert any("remembered" in warning for warning in place.service_group.warnings)


def test_facts_of_somebody_who_cannot_exist_are_warned_about() -> None:
    facts = {"employer.key": "police-scotland", "employer.nation": "Wales"}
    place = unioncore.placement(unioncore.compose(), facts, on=date(2024, 6, 1))
    assert any("contradict" in warning for warning in place.service_group.warnings)


@pytest.mark.parametrize(
    ("facts", "possible", "on", "said"),
    [
        (
            {"employer.kind": "cafcass", "employer.nation": "Wales"},
            {"employer.kind": "cafcass-cymru"},
            date(2010, 1, 1),
            "Cafcass Cymru in Wales",
        ),
        (
            {"employer.kind": "cafcass", "employer.nation": "Scotland"},
            {"employer.nation": "England"},
            date(2010, 1, 1),
            "Cafcass is an employer in England",
        ),
        (
            {"employer.kind": "cafcass-cymru", "employer.nation": "England"},
            {"employer.nation": "Wales"},
            date(2010, 1, 1),
            "employer in Wales",
        ),
        (
            {"employer.kind": "police-and-crime-commissioner", "employer.nation": "Scotland"},
            {"employer.nation": "England"},
            date(2024, 6, 1),
            "in England and Wales",
        ),
        (
            {
                "employer.kind": "community-rehabilitation-company",
                "employer.nation": "Northern Ireland",
            },
            {"employer.nation": "Wales"},
            date(2018, 6, 1),
            "in England and Wales",
        ),
        (
            {"employer.kind": "probation-service", "employer.nation": "Scotland"},
            {"employer.nation": "Northern Ireland"},
            date(2018, 6, 1),
            "done by councils",
        ),
        (
            {"employer.kind": "police-and-crime-commissioner", "job.group": "police-officer"},
            {"employer.kind": "police-force"},
            date(2024, 6, 1),
            "serve in a police force",
        ),
        (
            {
                "employer.kind": "police-force",
                "job.group": "special-constable",
                "employer.key": "police-scotland",
                "employer.nation": "England",
            },
            {"employer.nation": "Scotland"},
            date(2024, 6, 1),
            "in Scotland",
        ),
    ],
)
def test_facts_that_cannot_be_together_are_said_to_contradict(
    facts: dict[str, str], possible: dict[str, str], on: date, said: str
) -> None:
    def warnings(given: dict[str, str]) -> tuple[str, ...]:
        return unioncore.placement(unioncore.compose(), given, on=on).service_group.warnings

    assert any("contradict" in each and said in each for each in warnings(facts))
    assert not any("contradict" in each for each in warnings({**facts, **possible}))


@pytest.mark.parametrize(
    ("facts", "on", "other"),
    [
        (
            {"employer.kind": "cafcass", "employer.nation": "England"},
            date(2001, 3, 31),
            date(2001, 4, 1),
        ),
        (
            {"employer.kind": "cafcass", "employer.nation": "Wales"},
            date(2005, 4, 1),
            date(2005, 3, 31),
        ),
        (
            {"employer.kind": "cafcass-cymru", "employer.nation": "Wales"},
            date(2005, 3, 31),
            date(2005, 4, 1),
        ),
        (
            {"employer.kind": "community-rehabilitation-company", "employer.nation": "England"},
            date(2014, 5, 31),
            date(2014, 6, 1),
        ),
        (
            {"employer.kind": "community-rehabilitation-company", "employer.nation": "England"},
            date(2021, 6, 26),
            date(2021, 6, 25),
        ),
        (
            {
                "employer.kind": "police-force",
                "employer.nation": "Scotland",
                "employer.key": "police-scotland",
            },
            date(2013, 3, 31),
            date(2013, 4, 1),
        ),
    ],
)
def test_an_employer_contradicts_a_day_on_which_it_was_not_there(
    facts: dict[str, str], on: date, other: date
) -> None:
    def contradict(day: date) -> bool:
        found = unioncore.placement(unioncore.compose(), facts, on=day).service_group.warnings
        return any("contradict" in each for each in found)

    assert contradict(on)
    assert not contradict(other)
