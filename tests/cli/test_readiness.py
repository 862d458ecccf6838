"""The steps before industrial action, counted back from its first day."""

import json
from collections.abc import Callable
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
