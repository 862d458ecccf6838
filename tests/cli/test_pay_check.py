"""The command that checks somebody's pay."""

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

PAGES = Path(__file__).parents[2] / "docs" / "register"


def test_a_payslip_that_lacks_money(run: Callable[..., Any]) -> None:
    found = run("pay-check", str(PAGES / "my-shifts.toml"), "--json")
    assert found.exit_code == 0, found.output
    plain = json.loads(found.stdout)
    assert plain["underpaid"] == {"least": "64.80", "most": "64.80"}
    assert [each["hours"]["col2"] for each in plain["shifts"]] == ["4", "0", "12"]


def test_what_is_not_known_ends_with_three(run: Callable[..., Any]) -> None:
    found = run("pay-check", str(PAGES / "my-nights.toml"))
    assert found.exit_code == 3
    assert "from £54.00 to £66.15" in found.output


def test_a_clause_of_the_register_counts(run: Callable[..., Any]) -> None:
    """Friday 21:00 to 22:00 pays no more, 2 hours a third or so, and 7 of Saturday the half."""
    folder = resources.files("unioncore_unison") / "example_union"
    found = run("pay-check", str(PAGES / "my-council.toml"), "--union", str(folder), "--json")
    assert found.exit_code == 0, found.output
    (shift,) = json.loads(found.stdout)["shifts"]
    assert shift["hours"] == {"plain": "1", "holiday": "0", "weekend": "7", "night": "2"}
    # 2 x 12.60 x 0.335 + 7 x 12.60 x 0.5 = 8.442 + 44.10
    assert shift["enhancement"]["value"] == "52.54"


def test_a_file_with_problems_ends_with_one(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("[job]\nclause = 'afc-section-3'\nnation = 'England'\n", "utf-8")
    found = run("pay-check", str(file))
    assert found.exit_code == 1
    assert found.stderr.startswith("mine.toml:2: job.clause: expected the key of a clause")
