"""Facts about one person, asked on the command line."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.books import everything

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
KENT = (
    "--set employer.key=kent-police --set employer.kind=police-force "
    "--set employer.nation=England --set job.group=police-staff"
)
needs_plugins = pytest.mark.needs_plugins


def test_the_day_is_printed_where_none_was_given(run: Run) -> None:
    before = date.today()
    result = run("ask organised")
    shown = result.stdout.splitlines()[0]
    assert shown in {f"on {day.isoformat()} (today)" for day in (before, date.today())}


def test_what_is_not_known_ends_with_3(run: Run) -> None:
    result = run("ask organised --on 2024-06-01")
    assert result.exit_code == 3
    assert "organised: not known" in result.stdout


@needs_plugins
def test_earnings_below_zero_are_refused(run: Run) -> None:
    result = run("ask subscription_band --set person.earnings=-1 --on 2024-06-01")
    assert result.exit_code == 2
    assert "person.earnings: expected pounds, zero or more" in " ".join(result.stderr.split())


@needs_plugins
def test_an_answer_has_its_sources_and_ends_with_0(run: Run) -> None:
    result = run(f"ask negotiating_bodies {KENT} --on 2024-06-01")
    assert result.exit_code == 0
    assert "negotiating_bodies: none" in result.stdout
    assert "source: " in result.stdout


@needs_plugins
def test_json_has_the_keys_that_programs_read(run: Run) -> None:
    result = run(f"ask organised bargaining_level --json {KENT} --on 2024-06-01")
    plain = json.loads(result.stdout)
    assert plain["on"] == "2024-06-01"
    assert plain["rulebook"] == everything().fingerprint
    assert set(plain["answers"]) == {"organised", "bargaining_level"}
    answer = plain["answers"]["bargaining_level"]
    assert (answer["known"], answer["value"], answer["missing"]) == (True, "employer", [])
    assert answer["warnings"]
    for reason in answer["because"]:
        assert {"rule", "version", "plugin", "text", "citations"} <= set(reason)
        assert all(citation["instrument"] for citation in reason["citations"])


def test_json_says_what_is_missing(run: Run) -> None:
    answer = json.loads(run("ask organised --json").stdout)["answers"]["organised"]
    assert (answer["known"], answer["value"]) == (False, None)
    assert answer["reason"]


def test_a_text_that_no_definition_names_is_met_with_one_that_is_spelt_alike(run: Run) -> None:
    asked = ("ask", "service_group", "--on", "2024-06-01", "--set")
    (line,) = run(*asked, "employer.key=kent-polise").stderr.splitlines()
    assert "no definition names 'kent-polise'; did you mean 'kent-police'?" in line
    assert run(*asked, "employer.key=kent-police").stderr == ""


def test_an_answer_in_json_can_be_read_back(run: Run) -> None:
    from unioncore import Answer

    done = run("ask", "organised", "--json", "--plugin", "builtin", "--on", "2024-06-01")
    plain = json.loads(done.stdout)["answers"]["organised"]
    answer = Answer.from_dict(plain)
    assert answer.to_dict() == plain
    assert not answer.known


@needs_plugins
def test_the_short_answer_has_the_value_and_its_first_reason(run: Run) -> None:
    asked = f"ask negotiating_bodies {KENT} --on 2024-06-01"
    short = run(f"{asked} --short").stdout.splitlines()
    assert short[2] == "Negotiating bodies: none"
    assert [line.split()[0] for line in short[3:]] == ["because", "source:", "warning:"]
    assert len(short) < len(run(asked).stdout.splitlines()) / 3
