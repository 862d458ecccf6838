"""Worked examples, replayed on the command line and collected as tests."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
needs_plugins = pytest.mark.needs_plugins


def example(name: str, expected: dict[str, Any], kind: str = "placement") -> dict[str, Any]:
    inputs = {"on": "2024-06-01", "facts": {}}
    return {"id": name, "kind": kind, "inputs": inputs, "expected": expected, "source": []}


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    records = [
        example("P-1", {"organised": "unknown"}),
        example("F-1", {"organised": True}),
        example("N-1", {}, kind="tide_table"),
    ]
    path = tmp_path / "some.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def test_a_failure_is_shown_with_both_values(run: Run, examples: Path) -> None:
    result = run(f"replay {examples}")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "1 passed, 1 failed, 1 not supported"
    assert "expected: true" in result.stdout
    assert 'got:      "unknown"' in result.stdout


@pytest.mark.parametrize(
    ("only", "code", "last"),
    [
        ("P-*", 0, "1 passed, 0 failed, 0 not supported"),
        ("[PN]-*", 0, "1 passed, 0 failed, 1 not supported"),
        ("N-*", 1, "0 passed, 0 failed, 1 not supported"),
        ("X-*", 1, "0 passed, 0 failed, 0 not supported"),
    ],
)
def test_some_examples_are_chosen(
    run: Run, examples: Path, only: str, code: int, last: str
) -> None:
    result = run(f"replay {examples} --only {only}")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (code, last)


@pytest.mark.slow
def test_examples_are_collected_as_tests(tmp_path: Path, examples: Path) -> None:
    import os
    import subprocess

    folder = tmp_path / "examples"
    folder.mkdir()
    examples.rename(folder / "some.json")
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "unioncore.testing.scenarios", "-rA"]
    command += ["--rootdir", str(tmp_path), "-p", "no:cacheprovider", str(tmp_path)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "1 failed, 1 passed, 1 skipped" in done.stdout
    assert "expected: true" in done.stdout


def test_what_is_wrong_in_every_file_is_said(run: Run, tmp_path: Path) -> None:
    for name, text in (("one.json", "[{}]"), ("two.json", "{")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("replay", str(tmp_path / "one.json"), str(tmp_path / "two.json"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "one.json: [0].id: needs text here" in done.stderr
    assert "two.json: this is not a readable JSON file" in done.stderr


def test_what_is_not_supported_is_told_by_reason(run: Run, tmp_path: Path) -> None:
    record = {"kind": "tide_table", "inputs": {}, "expected": {"a": 1}}
    file = tmp_path / "some.json"
    file.write_text(json.dumps([{"id": name, **record} for name in "AB"]), encoding="utf-8")
    lines = run("replay", str(file), "--plugin", "builtin").stdout.splitlines()
    assert lines == [
        "not supported: A, B (no kind is called tide_table)",
        "0 passed, 0 failed, 2 not supported",
    ]
