"""Each benchmark still runs, finds equal answers, and has its results on a performance page."""

import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
FOLDER, DOCS = ROOT / "benchmarks", ROOT / "docs"
HELPERS = {"__main__", "rounds"}
NAMES = sorted({each.stem for each in FOLDER.glob("*.py")} - HELPERS)
FEW = 20_000
"""Of how many rows a benchmark is here; so many show that the answers are equal."""


@cache
def measured() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measured", DOCS / "measured.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.needs_plugins
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_runs_one_round(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(FOLDER / f"{name}.py"), "1", str(FEW)]
    found = tmp_path / "found"
    run = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "UNIONCORE_FOUND": str(found)}
    )
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in found.read_text("utf-8").splitlines()]
    assert all({"found", "goal"} <= line.keys() for line in lines if "way" in line)
    whole = {"python": "3", "cores": 1, "versions": {}}
    benchmark = {"name": name, "about": "", "measured_on": "", "load": 0, "found": lines}
    whole["benchmarks"] = [benchmark]
    (tmp_path / "whole.json").write_text(json.dumps(whole), "utf-8")
    page = "".join(measured().pages(tmp_path / "whole.json").values())
    drawn = any("curve" in line or line["goal"] is not None for line in lines)
    assert lines
    assert ("<svg" in page) == drawn


def test_each_benchmark_has_its_place_on_one_page() -> None:
    subjects = measured().SUBJECTS
    assert sorted(name for each in subjects.values() for name in each) == NAMES
    assert {page.stem for page in (DOCS / "performance").glob("*.md")} == {*subjects}


def test_only_benchmarks_have_results() -> None:
    whole = json.loads((DOCS / "performance.json").read_text("utf-8"))
    assert {each["name"] for each in whole["benchmarks"]} <= {*NAMES}


def test_the_pages_say_which_goals_are_missed_and_by_how_much(tmp_path: Path) -> None:
    line = {
        "takes": "2 ms",
        "peer": "theirs",
        "peer_takes": "1 ms",
        "low": 1,
        "high": 3,
        "rounds": 5,
    }
    found = [
        {"way": "slow", "found": 2.0, "goal": 1.6, **line},
        {"way": "worse", "found": 2.0, "goal": 0.5, **line},
        {"way": "just met", "found": 2.0, "goal": 2.0, **line},
        {"way": "bytes", "takes": "900 bytes", "found": 900, "goal": 1000, "unit": "bytes"},
        {"way": "without a goal", "found": 2.0, "goal": None, **line},
        {"curve": "placing", "of": "rows", "at": 10, "seconds": 1e-6, "takes": "1 us"},
        {"curve": "placing", "of": "rows", "at": 100, "seconds": 1e-6, "takes": "1 us"},
    ]
    benchmark = {"about": "", "measured_on": "2026-11-29", "load": 0.5, "found": found}
    whole = {"python": "3.11", "cores": 2, "versions": {"theirs": "1.0"}}
    whole["benchmarks"] = [{"name": "ten_facts", **benchmark}]
    (tmp_path / "whole.json").write_text(json.dumps(whole), "utf-8")
    pages = measured().pages(tmp_path / "whole.json")
    goals = pages.pop("goals")
    assert "There are 4 goals, and 2 of them are met." in goals
    assert [row.split(" | ")[1:] for row in goals.splitlines() if "#measured-ten-facts" in row] == [
        ["worse, beside theirs", "2", "0.5, **missed** by 300 % |"],
        ["slow, beside theirs", "2", "1.6, **missed** by 25 % |"],
        ["just met, beside theirs", "2", "2, met |"],
        ["bytes", "900 bytes", "1,000 bytes, met |"],
    ]
    assert "| just met | 2 ms | theirs | 1 ms | 2 (1 to 3) | 2, met |" in pages["columns"]
    assert {subject: page.count("<svg") for subject, page in pages.items() if "<svg" in page} == {
        "columns": 2
    }
