"""Branches, regions and service groups of the example union, from the command line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

HERE = Path(__file__).parent

ROWS = {
    *(f"a{number}" for number in range(1, 30)),
    *(f"b{number}" for number in range(1, 16)),
    *("d22", "e1", "e2", "e3", "e4", "e5", "e9"),
}
"""What a union does about its structure, its democracy and organising, by row."""


def test_every_row_has_a_test_of_its_name() -> None:
    texts = [file.read_text("utf-8") for file in HERE.glob("test_*.py")]
    assert {name for text in texts for name in re.findall(r"def test_([a-e]\d+)_", text)} == ROWS


def ask(run: Callable[..., Any], fact: str, *settings: str) -> Any:
    given = (word for each in settings for word in ("--set", each))
    return run("ask", fact, *given, "--on", "2026-06-01", "--short")


def test_a2_a_police_force_has_police_branches(run: Callable[..., Any]) -> None:
    said = ask(run, "branch_type", "employer.kind=police-force", "employer.nation=England")
    assert "Branch type: " in said.output
    wrong = ask(run, "branch_type", "employer.kind=police-forse")
    assert (wrong.exit_code, "did you mean 'police-force'?" in wrong.output) == (2, True)


@pytest.mark.parametrize(
    ("nation", "said"),
    [
        ("England", "Branch: North-West Probation and CAFCASS"),
        ("Wales", "the facts given contradict each other"),
        ("Scotland", "the facts given contradict each other"),
    ],
)
def test_a3_cafcass_has_one_branch_and_is_in_england_alone(
    run: Callable[..., Any], nation: str, said: str
) -> None:
    staff = ("employer.kind=cafcass", "job.group=cafcass-staff", f"employer.nation={nation}")
    assert said in ask(run, "branch", *staff).output


def example() -> str:
    from importlib import resources

    return str(resources.files("unioncore_unison") / "example_union")


def test_a4_a_region_whose_name_is_not_known_is_drawn_all_the_same(
    run: Callable[..., Any],
) -> None:
    said = run("chart", example(), "--depth", "1", "--on", "2010-06-01").output
    assert "CW (name not known) (region)" in said
    assert said.count("(region)") == 12
    wrong = run("chart", example(), "--unit", "essexx", "--on", "2010-06-01")
    assert (wrong.exit_code, "did you mean 'essex'?" in wrong.output) == (2, True)


def test_a5_the_service_groups_are_an_axis_of_their_own(run: Callable[..., Any]) -> None:
    axis = ("--axis", "service-group", "--depth", "1", "--on")
    said = run("chart", example(), *axis, "2024-06-01").output
    assert said.count("(service group)") == 7
    assert "police-justice (name not known) (service group)" in said
    wrong = run("chart", example(), "--axis", "service-grop", "--on", "2024-06-01")
    assert (wrong.exit_code, "did you mean 'service-group'?" in wrong.output) == (2, True)
