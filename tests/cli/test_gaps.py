"""For whom no rule decides a fact, printed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins]
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_each_kind_of_finding_is_told(run: Run) -> None:
    done = run("gaps --on 2026-11-29 --fact unison.staff --fact ballot.passes")
    assert done.exit_code == 0
    assert "unison.staff: the last known rule for the staff of the union ended on" in done.stdout
    assert done.stdout.endswith("1 decided, 0 declared, 1 no version, 0 open, 0 not proved\n")


def test_whom_no_version_is_for_is_told(run: Run) -> None:
    told = run("gaps --on 2026-11-29 --fact core.minimum_basic_award").stdout
    who = "where the nation of the employment that ends is Northern Ireland"
    assert f"  core.minimum_basic_award, {who}: for these facts, the last known rule" in told


def test_a_fact_that_is_named_twice_is_told_once(run: Run) -> None:
    once = run("gaps --on 2026-11-29 --fact unison.staff").stdout
    twice = run("gaps --on 2026-11-29 --fact unison.staff --fact unison.staff").stdout
    assert once == twice


def test_json_holds_the_same(run: Run) -> None:
    done = run("gaps --on 2026-11-29 --fact unison.staff --json")
    [found] = json.loads(done.stdout)
    assert (found["fact"], found["found"]) == ("unison.staff", "no version")
    assert "ended on 31 December 2018" in found["people"][0]["reason"]


def test_a_misspelt_fact_is_answered_with_the_nearest(run: Run) -> None:
    done = run("gaps --fact service_grop")
    assert done.exit_code == 2
    assert "did you mean 'service_group'?" in done.stderr
