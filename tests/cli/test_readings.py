"""The list of every length in months."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins]
pytest.importorskip("click")
pytest.importorskip("rich")


def test_every_length_says_how_it_is_counted_and_whether_it_moves(run: Callable[..., Any]) -> None:
    found = {each["where"]: each for each in json.loads(run("readings", "--json").stdout)}
    assert all(each["readings"] and each["rolls"] and each["citations"] for each in found.values())
    claim = found["claim.limit_months"]
    assert claim["readings"][0] == "corresponding-day"
    # Three months from 30 November lead to February, and from 1 March to 31 May or 28 May.
    assert {"11-30", "03-01"} <= set(claim["parts"])
    assert "06-15" not in claim["parts"]
    assert found["core.data_request_months"]["rolls"] == ["next-working-day"]
    inspection = found["core.health_safety/inspection"]
    assert inspection["direction"] == "not-before"
    assert "11-30" in inspection["parts"]


def test_people_read_the_days_and_the_sources(run: Callable[..., Any]) -> None:
    said = run("readings").stdout
    assert "core.equal_pay/arrears_back: 6 years after a day" in said
    assert "readings part from: 29 February" in said
    assert "source: Dodds v Walker" in said
