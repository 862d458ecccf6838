"""The mistakes that authors of definitions make most, each with the message that it gets.

All are made in one small plugin; each message names file, line, definition, cause and cure, and no
second fault follows from the first.
"""

import re
from pathlib import Path

import pytest

from tests.composition.making import compose, faults_of, python, toml
from unioncore import TomlPlugin
from unioncore.describe import Mistake, mistakes
from unioncore.describe.catalogue import sound_plugin

LIGHTS = sound_plugin()
OF_A_KIND = {(each.kind, each.in_python): each for each in mistakes()}
"""One mistake of each kind."""


def test_the_plugin_is_sound_without_them(tmp_path: Path) -> None:
    assert compose(toml(LIGHTS, source="")(tmp_path, "lh")).body("lh-council")
    assert compose(python(sound_plugin(in_python=True), about="")(tmp_path, "lh")).plugins


@pytest.mark.parametrize(
    "mistake",
    [
        each if each in OF_A_KIND.values() else pytest.param(each, marks=pytest.mark.slow)
        for each in mistakes()
    ],
    ids=lambda each: each.said,
)
def test_one_mistake_is_one_fault_with_its_place_and_its_cure(
    mistake: Mistake, tmp_path: Path
) -> None:
    assert mistake.old in sound_plugin(in_python=mistake.in_python)
    made = python(mistake.text, about="") if mistake.in_python else toml(mistake.text, source="")
    (fault,) = faults_of(made(tmp_path, "lh"))
    assert (fault.kind, fault.plugin) == (mistake.kind, "lh")
    assert mistake.in_python or (fault.file == "lh.toml" and fault.line)
    assert mistake.said in str(fault)


def lights_in(folder: Path, file: str, text: str) -> list[str]:
    """Return the faults where the words stand in a file of their own."""
    source, words, rest = re.split(r"^(?=\[words.employer|\[fact.lh)", LIGHTS, flags=re.MULTILINE)
    (folder / file).write_text(text or words, encoding="utf-8")
    (folder / "group.toml").write_text(source + rest, encoding="utf-8")
    return [str(fault) for fault in faults_of(TomlPlugin(folder, prefix="lh"))]


@pytest.mark.parametrize("name", ["kinds.tml", "kinds.TOML", "kinds.toml.txt"])
def test_a_file_that_is_not_read_for_its_name_is_named(name: str, tmp_path: Path) -> None:
    (fault,) = lights_in(tmp_path, name, "")
    assert f"{name}: this was not read: the name of a file of definitions ends in .toml" in fault


def test_what_a_broken_file_defines_is_not_missed_elsewhere(tmp_path: Path) -> None:
    (fault,) = lights_in(tmp_path, "kinds.toml", '[words.job_group]\nkeeper = "keepers\n')
    assert "kinds.toml:2:" in fault
    assert "this is not TOML" in fault


def test_what_a_broken_definition_stands_for_is_not_missed_elsewhere(tmp_path: Path) -> None:
    text = LIGHTS.replace('label = "the group"', 'lable = "the group"')
    (fault,) = faults_of(toml(text, source="")(tmp_path, "lh"))
    assert "fact.lh.group.lable: no such field; did you mean 'label'?" in str(fault)


@pytest.mark.parametrize("name", ["kinds", "words-of-lights"])
def test_a_file_without_an_ending_is_named_where_it_holds_definitions(
    name: str, tmp_path: Path
) -> None:
    (fault,) = lights_in(tmp_path, name, "")
    assert f"{name}: this was not read: the name of a file of definitions ends in .toml" in fault


def test_what_is_no_definition_may_stand_beside_them(tmp_path: Path) -> None:
    for name, text in (("LICENSE", "Free for all.\n"), ("notes", "a = 1\n"), ("py.typed", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "lh.toml").write_text(LIGHTS, encoding="utf-8")
    assert compose(TomlPlugin(tmp_path, prefix="lh")).body("lh-council")


def test_a_thing_that_could_not_be_read_is_not_missed_where_it_is_named(tmp_path: Path) -> None:
    broken = LIGHTS.replace('family = "bargaining"', 'famly = "bargaining"')
    trouble = '\n[[trouble]]\nsaid = "It is dark"\nsee = ["case-type/lh.dispute"]\n'
    (fault,) = faults_of(toml(broken + trouble, source="")(tmp_path, "lh"))
    assert "lh.dispute, famly: no such field; did you mean 'family'?" in str(fault)


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        ('key = "lh.x"\nperiod = {}\n', "1:1: key: above this a heading is missing"),
        ('countde = "terms"\n', "head of the file, and no such field: countde; did you mean"),
    ],
)
def test_what_stands_at_the_head_of_a_file_is_one_fault(
    begins: str, said: str, tmp_path: Path
) -> None:
    text = begins + LIGHTS.replace('counted = "terms"\n', "").lstrip()
    (fault,) = faults_of(toml(text, source="")(tmp_path, "lh"))
    assert said in str(fault)


def test_a_misspelt_field_is_told_by_its_own_line(tmp_path: Path) -> None:
    line = 1 + LIGHTS[: LIGHTS.index("because =")].count("\n")
    slip = LIGHTS.replace("because =", "becuase =")
    (fault,) = faults_of(toml(slip, source="")(tmp_path, "lh"))
    assert (fault.line, fault.column) == (line, 3)


def test_a_requirement_is_told_of_its_verdict(tmp_path: Path) -> None:
    asked = """
[[requirement]]
key = "lh.lit"
label = "the light is lit"
verdict = "lh.shins"
period = { start = 2003-01-01 }
holds = "job.group == 'keeper'"
citations = [{ source = "s", provision = "7" }]

[fact.lh.shines]
type = "yes-no"
derived = true
label = "it shines"
denial = "it does not shine"
"""
    (fault,) = faults_of(toml(LIGHTS + asked, source="")(tmp_path, "lh"))
    said = "requirement lh.lit, verdict: no fact is called lh.shins; did you mean 'lh.shines'?"
    assert said in str(fault)


def test_a_branch_of_no_region_is_one_fault(tmp_path: Path) -> None:
    harbours = """
[[region]]
key = "harbours"
period = { start = 2010-01-01 }
name = "The Harbours"
citations = [{ source = "s", provision = "8" }]

[[branch]]
key = "quay"
period = { start = 2010-01-01 }
name = "Quay Branch"
region = "harbour"
takes = "job.group == 'keeper'"
citations = [{ source = "s", provision = "8" }]
"""
    (fault,) = faults_of(toml(LIGHTS + harbours, source="")(tmp_path, "lh"))
    assert "branch quay, region: refers to the region harbour, which no plugin" in str(fault)


def test_a_folder_that_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "kinds.toml").write_text("", encoding="utf-8")
    (fault,) = lights_in(tmp_path, "kinds.toml", "")
    assert "more: this was not read: a folder of definitions here is called with-PLUGIN" in fault
