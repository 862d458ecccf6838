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
    assert "fact.lh.group: no such field: lable; did you mean 'label'?" in str(fault)


def test_a_folder_that_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "kinds.toml").write_text("", encoding="utf-8")
    (fault,) = lights_in(tmp_path, "kinds.toml", "")
    assert "more: this was not read: a folder of definitions here is called with-PLUGIN" in fault
