"""The pairs of rules that can hold for one person and differ."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.slow]
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_each_pair_is_told_with_the_rule_that_counts_and_a_person(run: Run) -> None:
    done = run("overlaps --without unison")
    assert done.exit_code == 0
    assert "core.dismissal-from-the-end and core.no-other-start: " in done.stdout
    plain = json.loads(run("overlaps --without unison --json").stdout)
    assert done.stdout.splitlines()[-1].startswith(f"{len(plain)} pairs: 0 of rules that clash")
    assert {"fact", "first", "second", "counts", "person", "reason"} == set(plain[0])
