"""What may stand in a file of definitions, listed on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_every_table_has_its_line(run: Run) -> None:
    lines = run("tables").stdout.splitlines()
    assert any(line.startswith("[[case_type]]  A kind of case") for line in lines)


def test_a_table_is_told_key_by_key(run: Run) -> None:
    shown = run("tables parameter").stdout
    assert shown.startswith("[[parameter]]  A dated value")
    assert "  key, needed: text" in shown
    assert "[[parameter.version]]" in shown
    plain = json.loads(run("tables parameter --json").stdout)
    assert [each["name"] for each in plain] == ["parameter", "parameter.version"]


def test_a_misspelt_table_is_met_with_the_nearest(run: Run) -> None:
    result = run("tables case_typ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no table is called 'case_typ'; did you mean 'case_type'?" in result.stderr


def test_a_part_of_a_table_is_found_where_it_stands(run: Run) -> None:
    assert run("tables case_type.version.clock").stdout.startswith("[case_type.version.clock.KEY]")
    assert "did you mean 'case_type.version.clock'?" in run("tables clock").stderr
    assert run("tables", "[fact.KEY]").stdout == run("tables fact").stdout
