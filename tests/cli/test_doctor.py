"""The doctor: what is installed, what ends soon, and which sources are old."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_what_ends_within_the_days_ends_with_1(run: Run) -> None:
    asked = "doctor --plugin builtin --on 2028-12-20 --within"
    assert run(f"{asked} 11").exit_code == 0
    found = run(f"{asked} 12")
    assert found.exit_code == 1
    assert "2028-12-31  calendar scotland (11 days left)" in found.stdout


def test_a_calendar_that_is_past_is_always_told(run: Run) -> None:
    found = run("doctor --plugin builtin --on 2030-01-01 --within 0")
    assert found.exit_code == 1
    assert "2028-12-31  calendar scotland (past)" in found.stdout


def test_a_scheduler_reads_it_as_json(run: Run) -> None:
    found = json.loads(run("doctor --plugin builtin --on 2028-12-20 --json").stdout)
    assert found["plugins"] == {"builtin": found["unioncore"]}
    assert {each["key"] for each in found["horizons"] if each["soon"]} >= {"scotland"}
    assert found["extras"]["cli"] == []
    assert found["sources"][0]["checked_on"] <= found["sources"][-1]["checked_on"]


def test_a_broken_plugin_is_told_and_ends_with_1(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "lamps"
    folder.mkdir()
    (folder / "lamps.toml").write_text('[[rule]]\nkey = "lamps.one"\n', encoding="utf-8")
    found = run(f"doctor --plugin {folder} --on 2026-11-29 --within 0")
    assert found.exit_code == 1
    assert "  broken: lamps: lamps.toml" in found.stdout
