"""Examples as pytest items, in a pytest of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

RECORD = {
    "id": "S-1",
    "kind": "placement",
    "question": "Who?",
    "inputs": {"on": "2024-06-01", "facts": {}},
    "expected": {"organised": "unknown"},
    "source": [],
}
CONFTEST = """
import unioncore

pytest_plugins = ["unioncore.testing.scenarios"]


def pytest_unioncore_rulebook(config):
    print("composed")
    return unioncore.compose(discover=False)
"""


def run(folder: Path, files: dict[str, Any], *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--rootdir", "."]
    return subprocess.run(
        [*command, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_each_record_is_an_item(tmp_path: Path) -> None:
    records = [
        RECORD,
        {**RECORD, "id": "S-2", "expected": {"organised": True}},
        {**RECORD, "id": "S-3", "kind": "tide_table"},
        {**RECORD, "id": "S-4", "inputs": {}},
    ]
    done = run(tmp_path, {"examples/deep/some.json": records})
    assert "2 failed, 1 passed, 1 skipped" in done.stdout
    assert "no kind is called tide_table" in done.stdout
    for shown in ("S-2: failed: Who?", "expected: true", 'got:      "unknown"'):
        assert shown in done.stdout
    assert "S-4: failed: Who?\n  it cannot be put: on: expected the day" in done.stdout
    assert "Traceback" not in done.stdout
    assert "replay(" not in done.stdout


@pytest.mark.slow
def test_the_rulebook_is_made_once_and_can_be_chosen(tmp_path: Path) -> None:
    records = [RECORD, {**RECORD, "id": "S-2"}]
    done = run(tmp_path, {"examples/a.json": records, "examples/b.json": [RECORD]}, "-s")
    assert "3 passed" in done.stdout
    assert done.stdout.count("composed") == 1


@pytest.mark.slow
def test_other_json_files_are_left_alone(tmp_path: Path) -> None:
    files = {
        "examples/settings.json": {"kind": "settings"},
        "examples/numbers.json": [1, 2],
        "elsewhere/some.json": [RECORD],
        "examples/good.json": [RECORD],
    }
    assert "1 passed" in run(tmp_path, files).stdout.splitlines()[-1]


@pytest.mark.slow
def test_a_file_that_cannot_be_used_is_an_error_and_not_passed_over(tmp_path: Path) -> None:
    files = {
        "examples/broken.json": "[{",
        "examples/slip.json": [{**RECORD, "expectd": {}, "expected": None}],
    }
    done = run(tmp_path, files)
    assert done.returncode == 2
    assert "broken.json: this is not a readable JSON file" in done.stdout
    assert "slip.json: [0].expected: expected an object, got null" in done.stdout


@pytest.mark.slow
def test_a_checkout_may_itself_be_called_examples(tmp_path: Path) -> None:
    root = tmp_path / "examples"
    root.mkdir()
    done = run(root, {"data.json": [RECORD], "examples/some.json": [RECORD]})
    assert "1 passed" in done.stdout.splitlines()[-1]
