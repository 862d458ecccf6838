"""Languages on the command line: what is said, what is missing, and which is meant."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_languages_are_listed_with_how_much_they_say(run: Run) -> None:
    lines = run("languages --plugin builtin").stdout.splitlines()
    assert lines[0].startswith("cy: Cymraeg (Welsh), ")
    assert "  nation: 4 of 4" in lines
    counts = json.loads(run("languages --plugin builtin --json").stdout)["cy"]
    assert counts["nation"] == [4, 4]
    assert all(few <= every for few, every in counts.values())


def test_what_is_said_has_its_source(run: Run) -> None:
    said = run("languages --said cy --plugin builtin").stdout
    place = said.index("nation Wales: Cymru\n  source: GOV.UK")
    assert "(checked 2026-" in said[place:]
    found = json.loads(run("languages --said cy --plugin builtin --json").stdout)
    assert {"Cymru", "Ionawr", "Dydd Calan"} <= {each["name"] for each in found}
    assert all(each["sources"] for each in found)


def test_what_is_missing_has_its_english(run: Run) -> None:
    lines = run("languages --missing cy --plugin builtin").stdout.splitlines()
    assert "phrase value.not-known: not known" in lines
    assert not any(line.startswith("nation ") for line in lines)
    english = json.loads(run("languages --missing cy --plugin builtin --json").stdout)
    assert english["phrase"]["value.yes"] == "yes"


@pytest.mark.parametrize("words", ["words --language cz", "languages --missing cz"])
def test_a_misspelt_language_is_told(run: Run, words: str) -> None:
    found = run(f"{words} --plugin builtin")
    assert found.exit_code == 2
    assert "no language is called 'cz'; did you mean 'cy'? unioncore languages" in found.output


def test_a_deadline_is_said_with_welsh_days(run: Run) -> None:
    asked = "deadline unfair-dismissal --starts 2026-03-02 --nation Wales --plugin builtin"
    assert "last day: Monday 1 June 2026" in run(asked).stdout
    assert "last day: Dydd Llun 1 Mehefin 2026" in run(f"{asked} --language cy").stdout


def test_the_environment_chooses_a_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONCORE_LANGUAGE", "cy")
    found = run("words --about nation --plugin builtin").stdout
    assert "Wales: Cymru (nation, builtin)" in found.splitlines()
