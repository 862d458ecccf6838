"""The rulebook of a day, printed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
needs_plugins = pytest.mark.needs_plugins


def test_rules_are_filtered_by_what_they_decide(run: Run) -> None:
    plain = json.loads(run("rules --about bargaining_level --json --plugin builtin").stdout)
    assert {each["decides"] for each in plain} == {"bargaining_level"}
    assert all(each["citations"] for each in plain)
    assert "#### core.bargains-nationally" in run("rules --about bargaining_level").stdout


@needs_plugins
def test_rules_are_filtered_by_body_and_day(run: Run) -> None:
    assert "Police Staff Council" in run("rules --about psc-ew --on 2024-06-01").stdout
    early = json.loads(run("rules --about psc-ew --on 1990-01-01 --json").stdout)
    # A pay round whose year is not known is shown for every day.
    assert {item["kind"] for item in early} <= {"pay round"}
