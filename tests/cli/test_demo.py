"""The guided tour."""

import re
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
needs_plugins = pytest.mark.needs_plugins


@needs_plugins
def test_the_tour_shows_people_regions_and_a_crossing(run: Run) -> None:
    result = run("demo")
    assert result.exit_code == 0
    assert re.findall(r"^(\d+)\. ", result.stdout, re.MULTILINE) == [*"123456789", "10"]
    for shown in (
        "Region: North West",
        "Negotiating bodies: none",
        "Service group: Police and Justice",  # its name in 2015
        "Branch type: Managers in Partnership, a national branch",
        "Unions of a joint membership: FDA, Managers in Partnership and UNISON",
        "Negotiating bodies: Joint Negotiating Committee for Local Authority Craft",
        "On 1 June 2002: 13 regions",
        "On 1 June 2026: 12 regions",
        "as known on 1 July 2024: Surrey Police",
        "service group: Police, Probation and CAFCASS > UNISON",
    ):
        assert shown in result.stdout


@needs_plugins
def test_the_tour_says_which_plugin_it_needs(run: Run) -> None:
    result = run("demo --plugin unison")
    assert result.exit_code == 2
    assert "pip install unioncore-police-justice" in result.stderr
    result = run("demo --without health")
    assert result.exit_code == 2
    assert "pip install unioncore-health" in result.stderr


def test_the_tour_says_what_to_install(run: Run) -> None:
    done = run("demo", "--plugin", "builtin")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install unioncore-police-justice" in done.stderr


@pytest.mark.needs_plugins
def test_the_tour_shows_an_employer_replaced_with_its_sources(run: Run) -> None:
    shown = run("demo").stdout
    before, _, after = shown.partition("On 1 March 2015")[2].partition("On 1 June 2026 at")
    assert "National Negotiating Council for the Probation Service" in before
    assert "Probation Service Joint Negotiating Committee" in after.partition("\n\n")[0]
    assert before.count("source: ") == after.partition("\n\n")[0].count("source: ") == 2
    assert shown.rstrip().endswith("unioncore diff 2021-06-01 2021-07-31")
