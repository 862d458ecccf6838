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


def test_rules_of_a_day_say_which_day(run: Run) -> None:
    lines = run("rules", "--plugin", "builtin").stdout.splitlines()
    assert lines[0].startswith("on ")
    assert lines[0].endswith(" (today)")
    found = json.loads(run("rules", "--plugin", "builtin", "--on", "2024-06-01", "--json").stdout)
    assert {each["on"] for each in found} == {"2024-06-01"}
    assert {each["plugin"] for each in found} == {"builtin"}
    # What nobody can be follows from the meaning of words, and what no source says has none.
    bare = ("Impossible:", "Left undecided")
    told = [each for each in found if not each["text"].startswith(bare)]
    assert all(each["text"] for each in found)
    assert all(each["citations"] for each in told)


def test_what_is_not_in_force_is_named_with_its_time(run: Run) -> None:
    words = ("rules", "--about", "scotland", "--plugin", "builtin", "--on", "1999-12-31")
    assert run(*words).stdout.splitlines()[-1] == (
        "not in force on the day: scotland "
        "(from 1 January 2000 up to but not including 1 January 2029)"
    )


def test_rules_about_a_recorded_fact_are_those_that_ask_about_it(run: Run) -> None:
    done = run("rules", "--about", "seated_bodies", "--plugin", "builtin", "--json")
    assert {each["decides"] for each in json.loads(done.stdout)} == {"seated_bodies"}
    nobody = run("rules", "--about", "job.band", "--plugin", "builtin")
    assert nobody.exit_code == 0


def test_every_version_is_listed_with_its_sources(run: Run) -> None:
    lines = run("rules --sources --plugin builtin").stdout.splitlines()
    assert "core.statutory-notice-none [from 1996-08-22] (builtin)" in lines
    assert lines[-1].endswith(", 0 on no source")
    plain = json.loads(run("rules --sources --plugin builtin --json").stdout)
    assert lines[-1].startswith(f"{len(plain)} versions: ")
    assert all(cited["checked_on"] for each in plain for cited in each["citations"])
    assert run("rules --sources --on 2026-01-01").exit_code == 2


def test_a_definition_is_printed_as_it_is_written(run: Run) -> None:
    lines = run("rules", "--toml", "employer.nation").stdout.splitlines()
    assert lines[0].startswith("# builtin: placement.toml:")
    assert lines[1:3] == ["[fact.employer.nation]", 'type = "choice"']
    (plain,) = json.loads(run("rules", "--toml", "employer.nation", "--json").stdout)
    assert (plain["plugin"], plain["file"]) == ("builtin", "placement.toml")
    wrong = run("rules", "--toml", "employer.naton")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "did you mean 'employer.nation'?" in wrong.stderr
