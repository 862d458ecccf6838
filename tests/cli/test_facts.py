"""Facts, listed on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_facts_are_listed_with_what_answers_them(run: Run) -> None:
    lines = run("facts employer. --plugin builtin").stdout.splitlines()
    nation = "employer.nation (choice of nation, recorded): the employer's nation"
    assert f"{nation} (builtin: placement.toml)" in lines
    assert all(line.startswith("employer.") for line in lines)
    (fact,) = json.loads(run("facts bargaining_level --json --plugin builtin").stdout)
    assert (fact["fact"], fact["derived"]) == ("bargaining_level", True)


def test_a_misspelt_fact_is_met_with_the_nearest(run: Run) -> None:
    result = run("facts employer.naton --plugin builtin")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'employer.nation'?" in result.stderr
