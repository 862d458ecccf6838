"""Worked examples for an author to judge."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
RULE = "examples core.access-workers --without unison"


def test_both_sides_are_told_with_how_many_clauses(run: Run) -> None:
    told = run(f"{RULE} --on 2026-06-01").stdout
    assert "  inside: on 2026-06-01, access.workers=21, " in told
    assert "  outside: on 2026-06-01, access.workers=20, " in told
    assert told.splitlines()[-1] == "2 clauses: 2 with people on both sides"


def test_a_file_is_written_that_replay_reads_and_says_is_not_answered(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "drafts.json"
    assert f"4 examples without answers are written to {file}" in run(f"{RULE} --out {file}").stdout
    done = run(f"replay {file} --without unison")
    assert done.exit_code == 1
    assert (
        done.stdout.splitlines()[-1] == "0 passed, 0 failed, 0 not supported, 4 without an answer"
    )
    assert json.loads(file.read_text(encoding="utf-8")) == json.loads(run(f"{RULE} --json").stdout)


def test_a_file_that_is_there_is_left_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    file.write_text("answers", encoding="utf-8")
    done = run(f"{RULE} --out {file}")
    assert done.exit_code == 2
    assert "already" in done.stderr
    assert file.read_text(encoding="utf-8") == "answers"


def test_a_file_in_a_folder_that_is_not_there_yet_is_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "examples" / "drafts.json"
    assert run(f"{RULE} --out {file}").exit_code == 0
    assert len(json.loads(file.read_text(encoding="utf-8"))) == 4


def test_a_file_that_cannot_be_written_is_told_as_such(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run(f"{RULE} --out {tmp_path / 'file' / 'drafts.json'}")
    assert (done.exit_code, "drafts.json" in done.stderr) == (1, True)


def test_a_rule_that_nobody_wrote_is_answered_with_what_lists_them(run: Run) -> None:
    assert "unioncore rules and unioncore plugins list them" in run("examples zzz").stderr
    assert "unioncore rules lists them" in run("covers zzz").stderr


def test_a_misspelt_rule_gets_the_nearest(run: Run) -> None:
    done = run("examples core.access-worker")
    assert (done.exit_code, "did you mean 'core.access-workers'?" in done.stderr) == (2, True)
