"""By when a tribunal claim must be presented, asked on the command line."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]
LUTON = (
    "deadline unfair-dismissal --starts 2016-06-20 --day-a 2016-07-22 --day-b 2016-08-22 "
    "--presented 2016-10-18"
)
KEYS = [
    *("limit_months", "primary_last_day", "ec_days_added", "month_rule_applied", "last_day"),
    *("act_by", "in_time", "latest_time", "late_test", "late_months"),
    *("not_known", "steps", "citations", "warnings"),
]


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("UNIONCORE_PLUGINS", "builtin")
    return run


def test_the_day_comes_first_and_then_how_it_is_counted(run: Run) -> None:
    result = run(LUTON)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "unfair dismissal, in Great Britain (name another nation with --nation)"
    assert lines[2] == "act by: Thursday 20 October 2016"
    assert lines[3] == "last day: Thursday 20 October 2016, until midnight"
    assert "in time: yes" in lines
    assert "  2. the clock stopped from 23 July 2016 to 22 August 2016, 31 days" in lines


def test_json_holds_every_answer(run: Run) -> None:
    result = run(f"{LUTON} --json")
    assert result.exit_code == 0
    plain = json.loads(result.stdout)
    assert list(plain) == KEYS
    assert plain["limit_months"] == 3
    assert plain["primary_last_day"] == "2016-09-19"
    assert plain["ec_days_added"] == 31
    assert plain["month_rule_applied"] is False
    assert plain["last_day"] == plain["act_by"] == "2016-10-20"
    assert plain["in_time"] is True
    assert plain["latest_time"] == "24:00"
    assert plain["late_test"] == "not-reasonably-practicable"
    assert list(plain["not_known"]) == ["late_months"]
    assert plain["citations"][0]["instrument"] == "Employment Rights Act 1996"
    assert plain["steps"]
    assert plain["warnings"] == []


def test_a_second_certificate_does_not_count(run: Run) -> None:
    result = run(
        "deadline unfair-dismissal --starts 2015-12-30 --day-a 2015-10-12 --day-b 2015-11-04 "
        "--second-day-a 2016-03-28 --second-day-b 2016-04-25 --nation England --json"
    )
    assert json.loads(result.stdout)["last_day"] == "2016-03-29"
    assert "only the first certificate" in result.stdout


def test_a_series_of_acts(run: Run) -> None:
    result = run("deadline discrimination --starts 2026-08-20 --starts 2026-10-02 --json")
    assert json.loads(result.stdout)["last_day"] == "2027-04-01"


def test_a_moment_and_a_month(run: Run) -> None:
    late = run("deadline unfair-dismissal --starts 2006-02-07 --presented 2006-05-07T00:01:28")
    assert "in time: no" in late.stdout
    month = run("deadline unfair-dismissal --starts 2016-06 --presented 2016-12-01 --json")
    assert month.exit_code == 3
    assert json.loads(month.stdout)["in_time"] is False


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("fixed-term-employee --starts 2026-10-20", "the text was not read"),
        ("breach-of-contract --starts 2026-10-20", "Scotland: 19 January 2027"),
        ("unfair-dismissal --starts 2026-10-20 --day-a 2026-11-01", "Monday 19 April 2027"),
        ("minimum-wage-access --starts 2026-10-20 --nation NI", "not known"),
    ],
)
def test_what_is_not_known_says_why_and_ends_with_3(run: Run, words: str, why: str) -> None:
    result = run(f"deadline {words}")
    assert result.exit_code == 3
    assert why in result.stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("unfair-dismissl --starts 2016-06-20", "did you mean 'unfair-dismissal'"),
        ("xyz --starts 2016-06-20", "unioncore claims lists them"),
        ("unfair-dismissal", "--starts"),
        ("unfair-dismissal --starts 20/06/2016", "did you mean 2016-06-20"),
        ("unfair-dismissal --starts 2016-06-20 --day-b 2016-07-01", "without Day A"),
        ("unfair-dismissal --starts 2016-06-20 --second-day-a 2016-07-01", "give both"),
        ("unfair-dismissal --starts 2016-06-20 --nation Scotlnd", "did you mean 'Scotland'"),
        ("unfair-dismissal --starts 2016-06-20 --presented 2016-07-01T25:00", "T15:30"),
    ],
)
def test_a_slip_is_answered_with_a_hint_and_ends_with_2(run: Run, words: str, hint: str) -> None:
    result = run(f"deadline {words}")
    assert result.exit_code == 2
    assert hint in result.stderr.splitlines()[-1]
    assert result.stdout == ""


BEGAN = "--nation England --began 2026-07-01"


@pytest.mark.parametrize(
    ("words", "said", "to", "needed"),
    [
        (
            "--starts 2026-12-24 --notice-given 2026-12-24",
            "no",
            "service counts to 31 December 2026",
            "24 months",
        ),
        (
            "--starts 2026-12-25 --notice-given 2026-12-25",
            "yes",
            "service counts to 1 January 2027",
            "6 months",
        ),
        ("--starts 2026-12-25", "no", "service counts to 25 December 2026", "24 months"),
        (
            "--starts 2026-12-25 --reason protected-disclosure",
            "yes",
            "service counts to 25 December 2026",
            "no length",
        ),
    ],
)
def test_it_says_whether_the_service_is_long_enough(
    run: Run, words: str, said: str, to: str, needed: str
) -> None:
    result = run(f"deadline unfair-dismissal {BEGAN} {words}")
    assert result.exit_code == 0
    assert f"the service is long enough: {said}" in result.stdout
    assert to in result.stdout
    assert f"needed: {needed}" in result.stdout


def test_it_asks_for_what_it_needs_and_names_the_test_for_a_late_claim(run: Run) -> None:
    result = run("deadline redundancy-payment --starts 2026-03-02")
    assert "whether the service is long enough: give --began" in result.stdout
    assert "just and equitable, within 6 further months" in result.stdout
    assert run(f"deadline tupe --starts 2026-03-02 {BEGAN}").exit_code == 2


def test_days_that_contradict_are_told_by_their_options(run: Run) -> None:
    result = run(f"deadline unfair-dismissal --starts 2026-03-02 {BEGAN}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--starts: expected a day on or after that on which the employment" in result.stderr


def test_the_last_act_of_a_series_counts_in_whatever_order_they_are_given(run: Run) -> None:
    first, last = "--starts 2026-12-10", "--starts 2026-12-25"
    shown = [
        run(f"deadline unfair-dismissal {acts} {BEGAN}").stdout
        for acts in (f"{first} {last}", f"{last} {first}")
    ]
    assert shown[0] == shown[1]
    assert "service counts to" in shown[0]


def test_the_day_is_an_event_for_a_calendar(run: Run, tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    file = tmp_path / "limit.ics"
    file.write_text("no calendar")
    refused = run(f"{LUTON} --ics {file}")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "limit.ics is left as it is: Calendar: expected a calendar" in refused.stderr
    assert file.read_text() == "no calendar"
    file.unlink()
    assert run(f"{LUTON} --ics {file} --json").exit_code == 0
    assert list(tmp_path.iterdir()) == [file]
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["dtstart"].dt == date(2016, 10, 20)
    assert event["dtend"].dt == date(2016, 10, 21)
    assert "the clock stopped from 23 July 2016" in event["description"]
    assert "source: Employment Rights Act 1996" in event["description"]


def test_a_calendar_file_is_written_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("icalendar")
    file = tmp_path / "limit.ics"
    unknown = run(f"deadline unfair-dismissal --starts 1960-01-01 --ics {file}")
    assert unknown.exit_code == 3
    assert "is not written, as the day to act by is not known" in unknown.stderr
    assert list(tmp_path.iterdir()) == []
    file.write_text("not a folder")
    refused = run(f"{LUTON} --ics {file}/limit.ics")
    assert refused.exit_code == 1
    assert "limit.ics cannot be written: " in refused.stderr
    assert refused.stdout == ""
    assert file.read_text() == "not a folder"
