"""The steps before industrial action, counted back from its first day."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("UNIONCORE_PLUGINS", "builtin")
    return run


def test_readiness_counts_back_and_says_what_is_too_late(run: Run) -> None:
    words = ("2026-06-01", "--voting-days", "21", "--on", "2026-04-27")
    result = run("readiness", *words)
    assert result.exit_code == 0
    assert "ballot notice received: by Saturday 2026-04-25: too late" in result.stdout
    assert "ballot opens: by Saturday 2026-05-02\n" in result.stdout
    assert "section 234A(4)" in result.stdout
    steps = json.loads(run("readiness", *words, "--json").stdout)["steps"]
    assert [step["possible"]["value"] for step in steps] == [False] + 7 * [True]


def test_readiness_for_a_day_before_the_law_is_not_known(run: Run) -> None:
    result = run("readiness", "1990-06-01", "--voting-days", "7", "--on", "1990-01-01")
    assert result.exit_code == 3
    assert "notice of action received: not known" in result.stdout


@pytest.mark.parametrize(
    "words",
    [("2026-06-01",), ("2026-06-01", "--voting-days", "0"), ("01/06/2026", "--voting-days", "7")],
)
def test_readiness_says_what_it_needs(run: Run, words: tuple[str, ...]) -> None:
    assert run("readiness", *words).exit_code == 2


def test_each_step_goes_into_a_calendar_and_moves_there(run: Run, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    file = tmp_path / "steps.ics"
    words = ("readiness", "2026-06-01", "--voting-days", "21", "--on", "2026-04-27")
    assert run(*words, "--ics", str(file)).exit_code == 0
    first = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    steps = json.loads(run(*words, "--json").stdout)["steps"]
    assert [each["dtstart"].dt.isoformat() for each in first] == [
        step["latest"]["value"] for step in steps
    ]
    assert run(*words, "--ics", str(file), "--counting-days", "3").exit_code == 0
    later = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    by_uid = {each["uid"]: each for each in first}
    moved = [each for each in later if each["dtstart"].dt != by_uid[each["uid"]]["dtstart"].dt]
    assert moved
    assert {each["sequence"] for each in moved} == {1}
    assert len(later) == len(first)
