"""Every way in which a clock may run, how it stands on a day, and what moves it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.casework import CITED, a_union, add, entry, with_holiday
from tests.second_union import SECOND_UNION
from tests.synthetic import case_type, clock, source

from unioncore import Nation, Period, Rulebook, TomlPlugin, compose
from unioncore.answers import Deadline, Desk, Standing, deadlines, moved
from unioncore.legal import TimeUnit
from unioncore.model import (
    Case,
    CaseEntry,
    CaseEvent,
    ClockSetting,
    Direction,
    Happened,
    Link,
    Open,
    Plan,
)

SOURCE = (
    source("s", "A synthetic case type")
    + source("r", "A synthetic memory", "remembered")
    + """
[[parameter]]
key = "demo.days"
type = "whole"
label = "the days"
unit = "days"
  [[parameter.version]]
  period = { start = 2026-01-01 }
  value = 12
  citations = [{ source = "s" }]
"""
)
# Each clock starts with `begin` and asks for `answer`, which may come at any time.
CLOCKS = {
    "within": "count = 10\nunit = 'days'",
    "beginning-with": "direction = 'beginning-with'\ncount = 3\nunit = 'months'",
    "months-not-before": "direction = 'not-before'\ncount = 3\nunit = 'months'",
    "months-within": "count = 3\nunit = 'months'",
    "not-before": "direction = 'not-before'\ncount = 4\nunit = 'weeks'",
    "working-days": "count = 5\nunit = 'working-days'",
    "scottish": "count = 1\nunit = 'days'\nnations = 'Scotland'",
    "policy": "policy = true",
    "parameter": "parameter = 'demo.days'\nunit = 'days'",
    "claim": "direction = 'beginning-with'\nclaim = 'unfair-dismissal'",
    "old": "count = 14\nunit = 'days'\nstarted = { end = 2026-04-01 }",
    "new": "count = 28\nunit = 'days'\nstarted = { start = 2026-04-01 }",
    "hours": "count = 72\nunit = 'hours'",
    "hours-not-before": "direction = 'not-before'\ncount = 48\nunit = 'hours'",
    "notice": "direction = 'at-least-before'\ncount = 7\nunit = 'days'",
    "working-notice": "direction = 'at-least-before'\ncount = 2\nunit = 'working-days'",
    "remembered": "count = 1\nunit = 'days'",
    "by-four": "count = 42\nunit = 'days'\ncounted = 'appeal-tribunal-rules'",
    "rolls": "count = 14\nunit = 'days'\ncounted = 'tribunal-rules'",
}

TYPE = case_type(
    "demo.matter",
    clock("another-time", "count = 5\nunit = 'working-days'", starts="hearing"),
    clock(
        "long-enough",
        "direction = 'not-before'\ncount = 4\nunit = 'weeks'",
        starts="joined",
        owed_by="union",
        nature="internal",
    ),
    clock(
        "tell-acas",
        "direction = 'beginning-with'\nclaim = 'unfair-dismissal'",
        starts="dismissed",
        must="notify_acas",
        owed_by="member",
    ),
    *(
        clock(key, fields, cites="r" if key == "remembered" else "s")
        for key, fields in CLOCKS.items()
    ),
    outcomes="ended",
    happenings="hearing joined notify_acas issue_certificate dismissed",
    transitions="""
open.begin = { to = "open", actor = "member" }
open.answer = { to = "open", actor = "employer" }
open.close = { to = "ended", actor = "member" }
[case_type.means]
notify_acas = "conciliation-notified"
issue_certificate = "conciliation-certified"
""",
)


def a_plugin(folder: Path) -> TomlPlugin:
    (folder / "demo.toml").write_text(SOURCE + TYPE, encoding="utf-8")
    return TomlPlugin(folder, prefix="demo")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return compose(SECOND_UNION, a_plugin(tmp_path_factory.mktemp("demo")), discover=False)


START = date(2026, 5, 20)  # A Wednesday; Monday 25 May is a bank holiday, in Scotland too.


def begun(
    book: Rulebook, *entries: CaseEntry, start: date | None = START, nation: str = "England"
) -> Case:
    first = (start or START) - timedelta(400)
    desk = Desk(rulebook=book, union=a_union())
    case = desk.open_case(reference="C-1", person="ada", on=first, by="edda").ok().case
    opened = entry(
        Open,
        first,
        case_type="demo.matter",
        nation=nation,
        employer="example-council",
        incident=first,
    )
    case = add(book, case, opened)
    if start is not None:
        case = add(book, case, entry(CaseEvent, start, event="begin"))
    return add(book, case, *entries)


def of(
    book: Rulebook, case: Case, key: str, *, on: date = START, track: str = "t", **more: Any
) -> Deadline:
    found = deadlines(book, case, on=on, **more)
    return next(each for each in found if each.clock == key and each.track == track)


def keys(book: Rulebook, case: Case, *, on: date = START) -> set[str]:
    return {each.clock for each in deadlines(book, case, on=on)}


# -- how it runs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "day", "step"),
    [
        ("within", date(2026, 5, 30), "10 days after 20 May 2026, so the last day is 30 May 2026"),
        ("beginning-with", date(2026, 8, 19), "3 months beginning with 20 May 2026"),
        ("not-before", date(2026, 6, 17), "so not before 17 June 2026"),
        ("working-days", date(2026, 5, 28), "5 working days after 20 May 2026"),
        ("parameter", date(2026, 6, 1), "12 days after"),
        ("claim", date(2026, 8, 19), "none of the other ways of counting gives an earlier day"),
        ("new", date(2026, 6, 17), "28 days after"),
    ],
)
def test_a_clock_runs(book: Rulebook, key: str, day: date, step: str) -> None:
    found = of(book, begun(book), key)
    assert found.day.value == day
    assert step in found.day.because[0].text
    assert found.standing is Standing.RUNNING
    assert found.day.because[-1].citations


def test_working_days_are_those_of_the_nation(book: Rulebook) -> None:
    # Good Friday and Easter Monday of 2026 are 3 and 6 April; Easter Monday is none in Scotland.
    start = date(2026, 4, 2)
    english = of(book, begun(book, start=start), "working-days", on=start)
    scottish = of(book, begun(book, start=start, nation="Scotland"), "working-days", on=start)
    assert english.day.value == date(2026, 4, 13)
    assert scottish.day.value < english.day.value
    nowhere = of(book, begun(book, start=start, nation=""), "working-days", on=start)
    assert "none has no calendar" in nowhere.day.reason
    assert nowhere.standing is Standing.NOT_KNOWN


@pytest.mark.parametrize(
    ("start", "nation", "last"),
    [
        # Fourteen days end on Christmas Day 2024; the next working day is 27 December.
        (date(2024, 12, 11), "England", date(2024, 12, 27)),
        # They end on Easter Monday 2026, which is a working day in Scotland; and on a Sunday.
        (date(2026, 3, 23), "England", date(2026, 4, 7)),
        (date(2026, 3, 23), "Scotland", date(2026, 4, 6)),
        (date(2024, 11, 10), "Wales", date(2024, 11, 25)),
        (date(2024, 11, 11), "Wales", date(2024, 11, 25)),
    ],
)
def test_a_limit_of_rules_rolls_to_the_next_working_day(
    book: Rulebook, start: date, nation: str, last: date
) -> None:
    case = begun(book, start=start, nation=nation)
    assert of(book, case, "rolls", on=start).day.value == last
    plain = of(book, begun(book, start=start, nation=""), "rolls", on=start)
    assert "working days differ between nations" in plain.day.reason


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (None, Standing.NOT_KNOWN),
        (datetime(2026, 9, 1, 15, 0, tzinfo=UTC), Standing.MET),  # 16:00 in summer
        (datetime(2026, 9, 1, 15, 1, tzinfo=UTC), Standing.LATE),
        (datetime(2026, 9, 1, 16, 0), Standing.MET),
    ],
)
def test_a_limit_that_ends_at_an_hour_compares_moments(
    book: Rulebook, at: datetime | None, standing: Standing
) -> None:
    # Forty-two days end on the summer bank holiday, on which the office is closed.
    start, last = date(2026, 7, 20), date(2026, 9, 1)
    case = begun(book, start=start)
    assert of(book, case, "by-four", on=last).standing is Standing.RUNNING
    case = add(book, case, entry(CaseEvent, last, event="answer", at=at))
    found = of(book, case, "by-four", on=last)
    assert (found.day.value, found.standing) == (last, standing)
    assert found.sentence() == f"The by-four: by 16:00 on 1 September 2026 ({standing})"
    assert "on which the office is taken to be closed" in found.day.because[0].text


def test_beyond_the_calendar_it_is_not_known(book: Rulebook) -> None:
    start = date(2040, 1, 2)
    found = of(book, begun(book, start=start), "working-days", on=start)
    assert not found.day.known
    assert "england-and-wales" in found.day.reason


def test_a_clock_of_one_nation_runs_only_there(book: Rulebook) -> None:
    assert "scottish" in keys(book, begun(book, nation="Scotland"))
    assert "scottish" not in keys(book, begun(book))


def test_the_day_of_the_start_decides_which_way_it_runs(book: Rulebook) -> None:
    before, after = date(2026, 3, 31), date(2026, 4, 1)
    assert {"old", "new"} & keys(book, begun(book, start=before), on=before) == {"old"}
    assert {"old", "new"} & keys(book, begun(book, start=after), on=after) == {"new"}


def test_what_the_parameter_was_on_the_day_of_the_start(book: Rulebook) -> None:
    start = date(2025, 12, 31)
    found = of(book, begun(book, start=start), "parameter", on=date(2026, 6, 1))
    assert not found.day.known
    assert "the days is not known: " in found.day.reason


def test_a_remembered_source_warns(book: Rulebook) -> None:
    assert "A synthetic memory" in of(book, begun(book), "remembered").day.warnings[0]
    assert not of(book, begun(book), "within").day.warnings


def test_nothing_runs_before_it_starts(book: Rulebook) -> None:
    assert not keys(book, begun(book), on=START - timedelta(1))
    assert not keys(book, begun(book, start=None))


def test_a_new_start_starts_it_again(book: Rulebook) -> None:
    again = entry(CaseEvent, START + timedelta(3), event="begin")
    found = of(book, begun(book, again), "within", on=START + timedelta(3))
    assert found.day.value == date(2026, 6, 2)


# -- policies --------------------------------------------------------------------------------------

POLICY = ClockSetting(
    of="employer",
    key="example-council",
    case_type="demo.matter",
    clock="policy",
    count=3,
    unit=TimeUnit.WEEKS,
    period=Period(date(2026, 1, 1), None),
    citations=CITED,
)


def test_without_the_policy_nobody_knows(book: Rulebook) -> None:
    found = of(book, begun(book), "policy")
    assert found.day.reason == "employer policy"
    assert found.standing is Standing.NOT_KNOWN
    assert found.sentence() == "The policy: not known (employer policy)"


def test_with_the_policy_it_is_known_and_cited(book: Rulebook) -> None:
    found = of(book, begun(book), "policy", settings=[POLICY])
    assert found.day.value == START + timedelta(weeks=3)
    assert found.day.because[-1].citations == CITED


@pytest.mark.parametrize(
    "change",
    [
        {"key": "another"},
        {"of": "branch"},
        {"clock": "within"},
        {"case_type": "core.grievance"},
        {"period": Period(date(2026, 6, 1), None)},
    ],
)
def test_the_policy_of_something_else_says_nothing(
    book: Rulebook, change: dict[str, object]
) -> None:
    other = attrs.evolve(POLICY, **change)
    assert not of(book, begun(book), "policy", settings=[other]).day.known


def test_a_branch_may_have_the_policy(book: Rulebook) -> None:
    own = attrs.evolve(POLICY, of="branch", key="b")
    assert of(book, begun(book), "policy", settings=[own]).day.known


# -- counted back ----------------------------------------------------------------------------------


def test_with_a_plan_it_is_counted_back(book: Rulebook) -> None:
    plan = entry(Plan, date(2026, 6, 20), recorded=START, event="answer")
    found = of(book, begun(book, plan), "notice")
    assert found.day.value == date(2026, 6, 13)
    assert (found.must, found.standing) == ("begin", Standing.MET)
    assert found.direction is Direction.AT_LEAST_BEFORE
    soon = entry(Plan, START + timedelta(6), recorded=START, event="answer")
    assert of(book, begun(book, soon), "notice").standing is Standing.LATE


def test_with_a_plan_and_no_start_it_runs_and_is_missed(book: Rulebook) -> None:
    plan = entry(Plan, date(2026, 6, 20), recorded=START, event="answer")
    case = begun(book, plan, start=None)
    assert of(book, case, "notice").standing is Standing.RUNNING
    assert of(book, case, "notice", on=date(2026, 6, 14)).standing is Standing.MISSED


def test_without_a_plan_it_says_from_when(book: Rulebook) -> None:
    found = of(book, begun(book), "notice")
    assert found.day.value == START + timedelta(7)
    assert (found.must, found.direction) == ("answer", Direction.NOT_BEFORE)
    assert found.sentence() == "The notice: not before 27 May 2026 (running)"


def test_counted_back_in_working_days(book: Rulebook) -> None:
    plan = entry(Plan, date(2026, 5, 27), recorded=START, event="answer")
    # Tuesday 26 May, and before the bank holiday Friday 22 May.
    assert of(book, begun(book, plan), "working-notice").day.value == date(2026, 5, 22)


def test_what_happened_counts_more_than_what_was_planned(book: Rulebook) -> None:
    plan = entry(Plan, date(2026, 6, 20), recorded=START, event="answer")
    came = entry(CaseEvent, date(2026, 6, 1), event="answer")
    found = of(book, begun(book, plan, came), "notice", on=date(2026, 6, 1))
    assert found.day.value == date(2026, 5, 25)


def test_a_plan_that_was_made_later_is_not_looked_at(book: Rulebook) -> None:
    first = entry(Plan, date(2026, 6, 20), recorded=START, event="answer")
    later = START + timedelta(5)
    second = entry(Plan, date(2026, 6, 30), recorded=later, event="answer")
    case = begun(book, first, second)
    assert of(book, case, "notice").day.value == date(2026, 6, 13)
    assert of(book, case, "notice", on=later).day.value == date(2026, 6, 23)


def test_a_day_that_is_set_starts_it(book: Rulebook) -> None:
    plan = entry(Plan, date(2026, 5, 22), recorded=START, event="hearing")
    case = begun(book, plan)
    assert of(book, case, "another-time").day.value == date(2026, 6, 1)
    assert "another-time" not in keys(book, case, on=START - timedelta(1))


@pytest.mark.parametrize(
    ("key", "day", "safe"),
    [
        # There is no 31 June. Months that begin with a day end sooner, and who waits waits longer.
        ("beginning-with", date(2026, 6, 30), date(2026, 6, 29)),
        ("months-not-before", date(2026, 6, 30), date(2026, 7, 1)),
        ("months-within", date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_where_readings_of_months_part_one_day_is_safe(
    book: Rulebook, key: str, day: date, safe: date
) -> None:
    start = date(2026, 3, 31)
    found = of(book, begun(book, start=start), key, on=start)
    assert (found.day.value, found.safe) == (day, safe)
    said = found.day.because[0].text
    assert "as there is no 31 June 2026" in said
    assert "counted otherwise" in said
    assert any("Dodds v Walker" in str(cited) for cited in found.day.because[0].citations)
    assert (f"{safe.day} {safe:%B %Y} is safe" in found.sentence()) == (safe != day)


def test_what_comes_too_late_is_taken_with_a_warning(book: Rulebook) -> None:
    desk = Desk(rulebook=book, union=a_union(), cases=[begun(book)])
    taken = desk.enter("C-1", entry(CaseEvent, date(2026, 5, 31), event="answer")).ok()
    said = "The within: it came on 31 May 2026, due by 30 May 2026"
    assert said in taken.warnings
    assert not any(each.startswith("The beginning-with") for each in taken.warnings)
    in_time = desk.enter("C-1", entry(CaseEvent, date(2026, 5, 30), event="answer")).ok()
    assert said not in in_time.warnings


# -- conciliation that a linked case tells ---------------------------------------------------------


def test_conciliation_of_a_case_of_the_same_member_that_goes_with_it_counts(book: Rulebook) -> None:
    dismissed = entry(Happened, START, event="dismissed")
    told = entry(Happened, START + timedelta(12), event="notify_acas")
    issued = entry(Happened, START + timedelta(42), event="issue_certificate")
    on = issued.on
    mine = begun(book, dismissed)
    other = attrs.evolve(begun(book, told, issued), reference="C-2")
    alone = of(book, mine, "claim", on=on)
    assert of(book, mine, "claim", on=on, others=[other]).day.value == alone.day.value
    linked = add(book, mine, entry(Link, on, how="goes-with", reference="C-2"), others=[other])
    moved_by = of(book, linked, "claim", on=on, others=[linked, other])
    assert moved_by.day.value == alone.day.value + timedelta(30)
    of_another = attrs.evolve(other, person="bela")
    assert of(book, linked, "claim", on=on, others=[of_another]).day.value == alone.day.value


# -- hours -----------------------------------------------------------------------------------------


def test_hours_run_from_a_moment_through_weekends(book: Rulebook) -> None:
    friday = datetime(2026, 5, 22, 17, 30, tzinfo=UTC)
    case = begun(book, entry(CaseEvent, friday.date(), at=friday, event="begin"))
    found = of(book, case, "hours", on=friday.date())
    assert found.day.value == date(2026, 5, 25)
    # 17:30 by the universal clock is 18:30 in the summer of the United Kingdom.
    assert "until 18:30 on 25 May 2026" in found.day.because[0].text
    assert "by 18:30 on 25 May 2026" in found.sentence()
    other = of(book, case, "hours-not-before", on=friday.date())
    assert "not before 18:30 on 24 May 2026" in other.day.because[0].text


@pytest.mark.parametrize(
    ("minutes", "standing"), [(-1, Standing.MET), (0, Standing.MET), (1, Standing.LATE)]
)
def test_hours_that_are_over_are_late_on_the_same_day(
    book: Rulebook, minutes: int, standing: Standing
) -> None:
    began = datetime(2026, 5, 20, 9, 15, tzinfo=UTC)
    at = began + timedelta(hours=72, minutes=minutes)
    start = entry(CaseEvent, began.date(), event="begin", at=began)
    case = begun(book, start, entry(CaseEvent, at.date(), event="answer", at=at), start=None)
    found = of(book, case, "hours", on=at.date())
    assert found.standing is standing
    early = of(book, case, "hours-not-before", on=at.date())
    assert early.standing is Standing.MET


@pytest.mark.parametrize("at", [None, datetime(2026, 5, 20, 9)])
def test_hours_without_a_moment_are_not_known(book: Rulebook, at: datetime | None) -> None:
    case = begun(book, entry(CaseEvent, START, at=at, event="begin"))
    found = of(book, case, "hours")
    assert "the moment from which, with its time zone, is not given" in found.day.reason


# -- how it stands ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "on", "standing"),
    [
        (None, 10, Standing.RUNNING),
        (None, 11, Standing.MISSED),
        (0, 11, Standing.MET),
        (10, 11, Standing.MET),
        (11, 11, Standing.LATE),
        (11, 10, Standing.RUNNING),
    ],
)
def test_it_stands(book: Rulebook, answered: int | None, on: int, standing: Standing) -> None:
    answers = [] if answered is None else [START + timedelta(answered)]
    case = begun(book, *(entry(CaseEvent, day, event="answer") for day in answers))
    found = of(book, case, "within", on=START + timedelta(on))
    assert found.standing is standing
    if standing in (Standing.MET, Standing.LATE):
        assert found.happened == answers[0]


@pytest.mark.parametrize(
    ("answered", "standing"),
    [(None, Standing.RUNNING), (27, Standing.LATE), (28, Standing.MET)],
)
def test_what_may_not_come_earlier(
    book: Rulebook, answered: int | None, standing: Standing
) -> None:
    days = [] if answered is None else [START + timedelta(answered)]
    case = begun(book, *(entry(CaseEvent, day, event="answer") for day in days))
    assert of(book, case, "not-before", on=START + timedelta(100)).standing is standing


def test_time_runs_for_what_has_not_happened(book: Rulebook) -> None:
    def runs(key: str, days: int, *entries: CaseEntry) -> bool | None:
        return of(book, begun(book, *entries), key).runs_on(START + timedelta(days))

    assert [runs("within", days) for days in (0, 10, 11)] == [True, True, False]
    assert runs("policy", 0) is None
    assert [runs(key, 0) for key in ("notice", "not-before")] == [False, False]
    assert runs("within", 0, entry(CaseEvent, START, event="answer")) is False


def test_what_came_before_the_start_does_not_meet_it(book: Rulebook) -> None:
    early = entry(CaseEvent, START - timedelta(2), event="answer")
    case = add(book, begun(book, early, start=None), entry(CaseEvent, START, event="begin"))
    assert of(book, case, "within").standing is Standing.RUNNING


def test_the_earliest_comes_first_and_what_is_not_known_last(book: Rulebook) -> None:
    found = deadlines(book, begun(book), on=START)
    known = [each.day.value for each in found if each.day.known]
    assert known == sorted(known)
    assert [each.day.known for each in found] == sorted(
        (each.day.known for each in found), reverse=True
    )


# -- claims ----------------------------------------------------------------------------------------

EDT = date(2025, 2, 24)


def dismissed(book: Rulebook, *entries: CaseEntry) -> Case:
    """A dismissal, with an early conciliation that is a track of its own."""
    case = begun(book, start=None)
    told = entry(Happened, EDT, event="dismissed", recorded=START - timedelta(300))
    opened = entry(
        Open,
        EDT,
        recorded=START - timedelta(300),
        track="ec",
        case_type="core.early_conciliation",
        nation="England",
        incident=EDT,
    )
    ends = attrs.evolve(told, event="time_starts", track="ec")
    late = START - timedelta(300)
    return add(book, case, told, opened, ends, *(attrs.evolve(e, recorded=late) for e in entries))


MARCH = date(2026, 3, 1)


def with_tracks(
    book: Rulebook, tracks: dict[str, str], *entries: CaseEntry, on: date = MARCH, **more: Any
) -> Case:
    """A case with tracks of some case types, all of one incident."""
    desk = Desk(rulebook=book, union=a_union())
    case = desk.open_case(reference="C-2", person="ada", on=on, by="edda").ok().case
    opened = [
        entry(Open, on, track=key, case_type=kind, nation="England", **more)
        for key, kind in tracks.items()
    ]
    return add(book, case, *opened, *entries)


def test_time_runs_from_the_incident_until_its_day_is_confirmed(book: Rulebook) -> None:
    # By hand: three months that begin with 20 February 2026 end on 19 May, with 27 February on the
    # 26th.
    kinds = {"d": "core.discrimination"}
    case = with_tracks(book, kinds, incident=date(2026, 2, 20))
    found = of(book, case, "et_primary_limit", on=date(2026, 5, 30), track="d")
    assert (found.day.value, found.standing) == (date(2026, 5, 19), Standing.MISSED)
    said = "counted from the day of the incident"
    assert not found.confirmed
    assert said in found.sentence()
    assert any(said in each for each in found.day.warnings)
    told = entry(Happened, date(2026, 2, 27), recorded=MARCH, track="d", event="time_starts")
    case = add(book, case, told)
    found = of(book, case, "et_primary_limit", on=date(2026, 5, 30), track="d")
    assert (found.day.value, found.confirmed) == (date(2026, 5, 26), True)
    assert said not in found.sentence()
    unknown = of(book, with_tracks(book, kinds), "et_primary_limit", track="d")
    assert (unknown.standing, unknown.day.missing) == (Standing.NOT_KNOWN, ("time_starts",))


def test_a_limit_from_the_incident_is_not_owed_once_its_track_has_ended(book: Rulebook) -> None:
    case = with_tracks(book, {"d": "core.discrimination"}, incident=date(2026, 2, 20))
    gone = entry(CaseEvent, date(2026, 3, 2), track="d", event="withdraw")
    found = of(book, add(book, case, gone), "et_primary_limit", on=date(2026, 5, 30), track="d")
    assert found.standing is Standing.IDLE


CLAIM = {
    "d": "core.disciplinary",
    "ec": "core.early_conciliation",
    "et": "core.employment_tribunal",
}
DISMISSED = date(2025, 10, 10)


@pytest.mark.parametrize(
    ("presented", "standing"),
    [(date(2026, 3, 31), Standing.MET), (date(2026, 4, 10), Standing.LATE)],
)
def test_the_track_of_the_tribunal_shows_the_limit_and_whether_the_claim_is_late(
    book: Rulebook, presented: date, standing: Standing
) -> None:
    # Day A is 1 December 2025 and Day B 20 February 2026: three months that begin with 10 October
    # end on 9 January; with the 81 days from 2 December to 20 February, on 31 March.
    day_a = date(2025, 12, 1)
    case = with_tracks(
        book,
        CLAIM,
        entry(Happened, DISMISSED, recorded=day_a, track="d", event="time_starts"),
        entry(CaseEvent, day_a, track="ec", event="notify_acas"),
        entry(CaseEvent, date(2026, 2, 20), track="ec", event="issue_certificate"),
        on=day_a,
    )
    found = of(book, case, "claim_limit", on=MARCH, track="et")
    assert (found.day.value, found.standing) == (date(2026, 3, 31), Standing.RUNNING)
    assert any("taken for a claim of unfair-dismissal" in each for each in found.day.warnings)
    case = add(book, case, entry(CaseEvent, presented, track="et", event="present_et1"))
    found = of(book, case, "claim_limit", on=date(2026, 4, 12), track="et")
    assert found.standing is standing


def test_the_claim_that_is_pleaded_decides(book: Rulebook) -> None:
    days = {"d": DISMISSED, "x": date(2026, 1, 5)}
    kinds = {**CLAIM, "x": "core.discrimination"}
    told = (
        entry(Happened, day, recorded=MARCH, track=key, event="time_starts")
        for key, day in days.items()
    )
    case = with_tracks(book, kinds, *told)
    unclear = of(book, case, "claim_limit", track="et")
    assert "perhaps discrimination or unfair-dismissal" in unclear.day.reason
    assert unclear.day.missing == ("claim",)
    for claim, last in (
        ("discrimination", date(2026, 4, 4)),
        ("unfair-dismissal", date(2026, 1, 9)),
    ):
        more = {"case_type": kinds["et"], "nation": "England", "claim": claim}
        pleaded = add(book, case, entry(Open, MARCH, track="et-2", **more))
        assert of(book, pleaded, "claim_limit", track="et-2").day.value == last


NOTIFIED = entry(CaseEvent, date(2025, 4, 10), track="ec", event="notify_acas")
CERTIFIED = entry(CaseEvent, date(2025, 5, 15), track="ec", event="issue_certificate")


def test_conciliation_is_told_within_the_limit_as_it_stands(book: Rulebook) -> None:
    before = dismissed(book)
    assert of(book, before, "primary_limit", track="ec").day.value == date(2025, 5, 23)
    assert of(book, before, "final_limit", track="ec").day.value == date(2025, 5, 23)
    after = dismissed(book, NOTIFIED, CERTIFIED)
    # The days of conciliation, not the month after the certificate (15 June), move the claim.
    assert of(book, after, "final_limit", track="ec").day.value == date(2025, 6, 27)
    told = of(book, after, "primary_limit", track="ec")
    assert (told.day.value, told.standing) == (date(2025, 5, 23), Standing.MET)


def test_conciliation_on_its_own_track_meets_the_limit_of_another(book: Rulebook) -> None:
    found = of(book, dismissed(book, NOTIFIED), "tell-acas")
    assert (found.standing, found.happened) == (Standing.MET, date(2025, 4, 10))
    late = attrs.evolve(NOTIFIED, on=date(2025, 5, 24))
    assert of(book, dismissed(book, late), "tell-acas").standing is Standing.LATE


def test_what_happens_on_one_track_starts_no_hearing_on_another(book: Rulebook) -> None:
    other = entry(Open, START, track="u", case_type="demo.matter", nation="England")
    hearing = entry(Happened, START, track="u", event="hearing")
    case = begun(book, other, hearing)
    found = [each.track for each in deadlines(book, case, on=START) if each.clock == "another-time"]
    assert found == ["u"]


def test_what_the_union_s_own_track_tells_is_about_the_whole_case(book: Rulebook) -> None:
    case = begun(book, entry(Happened, START, track="union", event="joined"))
    assert of(book, case, "long-enough").day.value == START + timedelta(weeks=4)


def test_a_certificate_of_an_earlier_matter_is_left_aside(book: Rulebook) -> None:
    early = entry(Happened, date(2025, 4, 1), event="issue_certificate")
    case = dismissed(book, early, NOTIFIED, CERTIFIED)
    assert of(book, case, "final_limit", track="ec").day.value == date(2025, 6, 27)
    assert of(book, dismissed(book, early, NOTIFIED), "final_limit", track="ec").day.known


def test_a_claim_needs_its_nation(book: Rulebook) -> None:
    found = of(book, begun(book, nation=""), "claim")
    assert found.day.reason == "the nation of the track is not given"


# -- between rulebooks -----------------------------------------------------------------------------


def test_another_holiday_moves_what_runs_in_working_days(book: Rulebook) -> None:
    case = begun(book)
    other = with_holiday(book, date(2026, 5, 21))
    found = moved(book, other, case, on=START)
    assert [each.clock for each in found] == ["working-days", "working-notice"]
    assert found[0].sentence().startswith("The working-days: from 28 May 2026 to 29 May 2026; ")
    assert moved(book, book, case, on=START) == ()
    scottish = begun(book, nation="Scotland")
    assert moved(book, other, scottish, on=START) == ()


def test_a_clock_that_only_one_rulebook_has(book: Rulebook) -> None:
    (kind,) = [each for each in book.definitions.case_types if each.key == "demo.matter"]
    (version,) = kind.versions
    fewer = attrs.evolve(kind, versions=(attrs.evolve(version, clocks=version.clocks[-1:]),))
    kinds = tuple(fewer if each == kind else each for each in book.definitions.case_types)
    other = attrs.evolve(book, definitions=attrs.evolve(book.definitions, case_types=kinds))
    found = moved(other, book, begun(book), on=START)
    said = [each.sentence() for each in found]
    assert any(each.startswith("The within: from none to 30 May 2026; 10 days") for each in said)
    back = [each.sentence() for each in moved(book, other, begun(book), on=START)]
    assert "The within: from 30 May 2026 to none" in back


# -- whatever the days -----------------------------------------------------------------------------

DAYS = st.dates(date(2026, 4, 1), date(2027, 11, 30))
UNHURRIED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def plain(found: tuple[Deadline, ...]) -> Iterator[Deadline]:
    return (each for each in found if each.day.known and each.track == "t")


@given(start=DAYS, ahead=st.integers(0, 60), nation=st.sampled_from(["England", "Scotland"]))
@UNHURRIED
def test_a_deadline_never_lies_before_its_start(
    book: Rulebook, start: date, ahead: int, nation: str
) -> None:
    plan = entry(Plan, start + timedelta(ahead), recorded=start, event="answer")
    for each in plain(deadlines(book, begun(book, plan, start=start, nation=nation), on=start)):
        if each.direction is Direction.AT_LEAST_BEFORE:
            assert each.day.value < start + timedelta(ahead)
        else:
            assert each.day.value >= start


@pytest.mark.slow
@given(start=DAYS, ahead=st.integers(0, 60), off=st.integers(0, 20))
@UNHURRIED
def test_a_further_holiday_never_makes_a_working_day_deadline_earlier(
    book: Rulebook, start: date, ahead: int, off: int
) -> None:
    day = start + timedelta(off)
    (calendar,) = [c for c in book.definitions.calendars if Nation.ENGLAND in c.nations]
    if day.weekday() > 4 or calendar.holiday_on(day):
        return
    plan = entry(Plan, start + timedelta(ahead), recorded=start, event="answer")
    case = begun(book, plan, start=start)
    for each in moved(book, with_holiday(book, day), case, on=start):
        assert each.before is not None
        assert each.after is not None
        # Counted back, more holidays ask for an earlier start.
        back = each.before.direction is Direction.AT_LEAST_BEFORE
        assert (each.after.day.value > each.before.day.value) is not back
