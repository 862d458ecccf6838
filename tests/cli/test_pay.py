"""What a pay point was worth, asked on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins]
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_the_worth_comes_first_and_then_what_it_rests_on(run: Run) -> None:
    result = run("pay njc --point 3 --on 2025-06-01")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "on 2025-06-01"
    assert lines[2] == "point 3 of the NJC pay spine: £24,796 a year"
    assert lines[3] == "by the hour: £12.85"
    assert lines[4] == "last moved: agreed for 2025-26, from 1 April 2025 (njc-2025)"
    assert any(line.startswith("  source: Hertfordshire schools: pay ranges") for line in lines)


def test_what_was_worked_out_without_a_rule_is_near_and_says_so(run: Run) -> None:
    result = run("pay", "nhs-sc", "--point", "5 top", "--on", "2026-06-01")
    assert "point 5 top of the Agenda for Change scale in England: £39,043 a year, within £1" in (
        result.stdout
    )


def test_what_is_not_known_says_why(run: Run) -> None:
    result = run("pay njc --point 1 --on 2023-04-01")
    assert result.exit_code == 3
    assert "not known: point 1 was deleted on 1 April 2023 (round njc-2022)" in result.stdout
    result = run("pay stac --point 1 --on 2024-06-01")
    assert result.exit_code == 3
    assert "point 1: not known: no pay scale of stac is recorded" in result.stdout
    result = run("pay stac --tables")
    assert result.exit_code == 3
    assert "not known: no two tables of a pay scale of stac are recorded" in result.stderr
    plain = json.loads(run("pay njc --point 12 --on 2026-06-01 --json").stdout)
    assert plain["pay"] is None
    assert "the round of 2026-27 is recorded as a claim" in plain["not_known"]["pay"]


def test_json_holds_the_worth_and_its_sources(run: Run) -> None:
    plain = json.loads(run("pay njc --point 12 --on 2025-06-01 --json").stdout)
    assert (plain["scale"], plain["pay"], plain["hourly"]) == ("njc-spine", "28598", "14.82")
    assert (plain["round"], plain["within"], plain["not_known"]) == ("njc-2025", "0", {})
    assert plain["citations"][0]["confidence"] == "verified"


def test_tables_that_do_not_follow_are_listed_with_their_sources(run: Run) -> None:
    told = run("pay njc --tables").stdout
    assert "from 1 April 2025: 42 of 42 points follow from the table before and njc-2025" in told
    assert "source:" not in told
    told = run("pay nhs-sc --tables").stdout
    assert "  7 top: £47,672, worked out £47,673" in told
    assert "  within £1: no rule of rounding is known" in told
    assert "  source: NHS pay award 2022/23 (Unite) (checked 2026-11-28)" in told
    assert json.loads(run("pay njc --tables --json").stdout)[0]["same"] == 43


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("pay njcc --point 1", "no body or pay scale is called 'njcc'; did you mean 'njc'?"),
        ("pay njc --point 112", "no point of the NJC pay spine is called '112'"),
        ("pay njc", "give --point, such as --point 12, or --tables"),
        ("pay njc --point 1 --tables", "give --point, such as --point 12, or --tables"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(run: Run, words: str, said: str) -> None:
    result = run(words)
    assert result.exit_code == 2
    assert said in result.stderr
