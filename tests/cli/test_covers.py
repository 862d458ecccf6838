"""What a rule rests on, its examples, and to whom it applies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.slow]
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
RULE = "covers core.access-workers --without unison --on 2026-06-01"


def test_facts_and_examples_are_told(run: Run) -> None:
    plain = json.loads(run(f"{RULE} --json").stdout)
    assert plain["decides"] == "access.employer_is_large_enough"
    assert plain["recorded"] == ["access.workers", "on", "right.nation"]
    assert plain["examples"]
    told = run(RULE).stdout
    assert f"worked examples: {len(plain['examples'])} (" in told


def test_members_are_counted_and_named_on_request_only(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    file = tmp_path / "people.csv"
    file.write_text("key,right.nation\nann,England\nben,Northern Ireland\ncy,\n")
    done = run(f"{RULE} {file}")
    assert "of 3 members it\n  applies to 1\n  does not apply to 1\n  it is not known of 1" in (
        done.stdout
    )
    assert "ann" not in done.stdout
    assert run(f"{RULE} {file} --keys").stdout.splitlines()[-1] == "ann"


def test_a_misspelt_rule_gets_the_nearest(run: Run) -> None:
    done = run("covers core.access-worker")
    assert (done.exit_code, "did you mean 'core.access-workers'?" in done.stderr) == (2, True)
