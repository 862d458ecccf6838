"""Everything that is wrong with a plugin, in one command."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.synthetic import source

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]

LIMIT = """
[[parameter]]
key = "halls.limit"
type = "whole"
label = "the limit"
period = { start = 2020-01-01 }
value = 2
citations = [{ source = "s" }]
"""
EXAMPLE = {
    "id": "H-1",
    "kind": "placement",
    "inputs": {"on": "2020-01-01"},
    "expected": {"halls.limit": 2},
    "source": "made up",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "halls" / "examples").mkdir(parents=True)
    (tmp_path / "halls" / "halls.toml").write_text(source() + LIMIT, encoding="utf-8")
    file = tmp_path / "halls" / "examples" / "a.json"
    file.write_text(json.dumps([EXAMPLE]), encoding="utf-8")
    return tmp_path / "halls"


def alone(folder: Path) -> tuple[str, ...]:
    """Return the words that check a folder beside the core alone."""
    return ("check-plugin", str(folder), "--plugin", "builtin")


def test_a_plugin_without_findings_is_told_in_one_line(run: Run, folder: Path) -> None:
    done = run(*alone(folder))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "halls: no finding (1 conditions, 1 examples, 1 drops)\n"


def test_findings_have_a_place_and_a_cure(run: Run, folder: Path) -> None:
    wrong = EXAMPLE | {"expected": {"halls.limit": 3}}
    (folder / "examples" / "a.json").write_text(json.dumps([wrong]), encoding="utf-8")
    done = run(*alone(folder), "--quick")
    assert done.exit_code == 1
    first, *_, cure, last = done.stdout.splitlines()
    assert first == "halls: examples/a.json:1: H-1: example: failed"
    assert cure == "1 example: mend the example, or what it shows to be wrong"
    assert last.startswith("halls: 1 finding (")
    (plain,) = json.loads(run(*alone(folder), "--quick", "--json").stdout)["findings"]
    assert (plain["kind"], plain["where"]) == ("example", "halls: examples/a.json:1: H-1")


@pytest.mark.slow
def test_a_folder_is_watched_until_it_is_stopped(folder: Path) -> None:
    words = [sys.executable, "-m", "unioncore", *alone(folder), "--watch"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout is not None
        assert "no finding" in watch.stdout.readline()
        file = folder / "halls.toml"
        text = file.read_text(encoding="utf-8").replace("value = 2", "value = 3")
        file.write_text(text, encoding="utf-8")
        assert "example: failed" in watch.stdout.readline()
        watch.terminate()  # where a shell ran it beside others, it does not hear Ctrl-C
