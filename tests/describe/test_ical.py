"""Deadlines in a calendar: read back with the package that wrote them, and with nobody in them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from tests.books import with_second_union

from unioncore import Rulebook
from unioncore.answers import (
    Attention,
    Concern,
    Deadline,
    Standing,
    appeal,
    deadlines,
    readiness,
    time_limit,
)
from unioncore.describe.ical import to_icalendar
from unioncore.errors import BadStored, WrongArgument
from unioncore.legal import in_force
from unioncore.model import (
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    Discretion,
    Event,
    Happened,
    Note,
    Open,
    Plan,
    Share,
)
from unioncore.rules import Answer, FactType

icalendar = pytest.importorskip("icalendar")

STAMP = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)
DAY = date(2025, 3, 5)
MARKER = "zzprivate"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return with_second_union()


def entry(act: type[CaseEntry], on: date = DAY, **more: Any) -> CaseEntry:
    """Return an entry with a marker in every field of text that it does not use."""
    fields: Any = attrs.fields(act)
    texts = {each.name: f"{MARKER}-{each.name}" for each in fields if each.type is str}
    return act(**{**texts, "on": on, "recorded": DAY, "track": "grievance", "mark": "", **more})


def a_case(book: Rulebook, hearing: date = date(2025, 4, 17)) -> Case:
    version = in_force(book.case_type("core.grievance").versions, DAY)
    assert version is not None
    begun = {"version": version.name, "to": version.initial}
    case = Case(
        reference="C-1",
        person=f"{MARKER}-member",
        branch=f"{MARKER}-branch",
        opened=DAY,
        fingerprint="",
    )
    entries = (
        entry(Open, case_type="core.grievance", nation="England", incident=DAY, **begun),
        entry(CaseEvent, event="lodge_grievance", to="lodged"),
        entry(Happened, date(2025, 2, 20), event="time_starts"),
        entry(Note),
        entry(Assign),
        entry(Share),
        entry(Discretion),
        entry(Plan, hearing, event="originally_proposed_hearing_date"),
    )
    for each in entries:
        case = case.entered(each)
    return case


def found(book: Rulebook, hearing: date = date(2025, 4, 17)) -> tuple[Deadline, ...]:
    return deadlines(book, a_case(book, hearing), on=date(2025, 4, 1))


def events(written: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(written).walk("VEVENT"))


def test_each_deadline_is_a_whole_day(book: Rulebook) -> None:
    first, second = events(to_icalendar(found(book), stamp=STAMP))
    assert first["uid"] == "C-1.grievance.companion_postponement@unioncore"
    assert first["dtstart"].dt == date(2025, 4, 28)
    assert first["dtend"].dt == date(2025, 4, 29)
    assert type(first["dtstart"].dt) is date
    assert first["dtstamp"].dt == STAMP
    assert first["summary"] == "C-1: Another time, as the companion cannot come"
    assert "by 28 April 2025 (running)" in first["description"]
    assert second["dtstart"].dt == date(2025, 5, 19)


def test_a_deadline_in_hours_stands_at_its_hour(book: Rulebook) -> None:
    moment = datetime(2025, 4, 28, 8, 15, tzinfo=UTC)
    at_its_hour = attrs.evolve(found(book)[0], at=moment)
    (event,) = events(to_icalendar([at_its_hour], stamp=STAMP))
    assert event["dtstart"].dt == moment
    assert "dtend" not in event


def test_the_identifier_stays_when_the_day_moves(book: Rulebook) -> None:
    before, _ = events(to_icalendar(found(book), stamp=STAMP))
    after, _ = events(to_icalendar(found(book, date(2025, 4, 7)), stamp=STAMP))
    assert before["uid"] == after["uid"]
    assert before["dtstart"].dt != after["dtstart"].dt


def test_identifiers_are_apart(book: Rulebook) -> None:
    every = events(to_icalendar(found(book), stamp=STAMP))
    assert len({each["uid"] for each in every}) == len(every) == 2


def test_it_rings_as_long_before_as_asked(book: Rulebook) -> None:
    def rings(written: bytes) -> list[timedelta]:
        return [each["trigger"].dt for each in events(written)[0].walk("VALARM")]

    default = to_icalendar(found(book), stamp=STAMP)
    assert rings(default) == [-timedelta(days=7), -timedelta(days=1)]
    assert rings(to_icalendar(found(book), stamp=STAMP, alarms=[])) == []
    alarms = iter([timedelta(days=3)])
    every = events(to_icalendar(found(book), stamp=STAMP, alarms=alarms))
    assert all(len(each.walk("VALARM")) == 1 for each in every)
    alarm = every[0].walk("VALARM")[0]
    assert (alarm["action"], alarm["description"]) == ("DISPLAY", every[0]["summary"])


def test_nothing_about_anybody_is_in_it(book: Rulebook) -> None:
    case = str(a_case(book).to_dict())
    assert case.count(MARKER) > 20
    written = to_icalendar(found(book), stamp=STAMP)
    # Lines are folded, so that a word may stand on two of them.
    unfolded = written.replace(b"\r\n ", b"").decode()
    assert MARKER not in unfolded
    assert "C-1" in unfolded


def test_only_what_is_open_and_known_is_written(book: Rulebook) -> None:
    first, *rest = found(book)
    assert not rest[-1].day.known
    for standing in Standing:
        each = attrs.evolve(first, standing=standing)
        wanted = standing in (Standing.RUNNING, Standing.MISSED)
        assert len(events(to_icalendar([each], stamp=STAMP))) == wanted
    written = to_icalendar([rest[-1]], stamp=STAMP)
    assert events(written) == []
    told = str(icalendar.Calendar.from_ical(written)["description"])
    assert (
        told == f"Not here, as the day is not known: C-1: {rest[-1].name} ({rest[-1].day.reason})"
    )


def test_a_time_limit_stands_on_its_safe_day_and_an_appeal_at_its_hour(book: Rulebook) -> None:
    limit = time_limit(book, "unfair-dismissal", starts=date(2026, 3, 1), nation="GB")
    before_bank_holiday = appeal(book, date(2026, 7, 20), nation="England")
    first, second = events(to_icalendar([limit, before_bank_holiday], stamp=STAMP))
    assert (str(first["summary"]), first["dtstart"].dt) == ("unfair dismissal", limit.act_by.value)
    assert second["dtstart"].dt == datetime(2026, 9, 1, 15, 0, tzinfo=UTC)  # 16:00 in summer


def test_a_moment_needs_its_time_zone(book: Rulebook) -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_icalendar(found(book), stamp=datetime(2025, 4, 1, 9, 0))


# -- a calendar that is carried on -----------------------------------------------------------------


LATER = STAMP + timedelta(days=1)


def by_uid(written: bytes) -> dict[str, Any]:
    return {str(each["uid"]): each for each in events(written)}


def test_what_has_not_changed_stays_as_it_is(book: Rulebook) -> None:
    first = to_icalendar(found(book), stamp=STAMP, series="C-1")
    again = to_icalendar(found(book), stamp=LATER, series="C-1", before=first)
    assert again == first
    assert {each["sequence"] for each in events(first)} == {0}


def test_a_day_that_moves_has_the_next_number(book: Rulebook) -> None:
    first = to_icalendar(found(book), stamp=STAMP)
    moved = to_icalendar(found(book, date(2025, 4, 7)), stamp=LATER, before=first)
    postponed = "C-1.grievance.companion_postponement@unioncore"
    assert by_uid(moved)[postponed]["sequence"] == 1
    assert by_uid(moved)[postponed]["dtstamp"].dt == LATER
    assert {e["sequence"] for uid, e in by_uid(moved).items() if uid != postponed} == {0}


def test_a_day_that_falls_away_is_called_off_and_may_come_back(book: Rulebook) -> None:
    every = found(book)
    first = to_icalendar(every, stamp=STAMP, series="C-1")
    gone = to_icalendar(every[1:], stamp=LATER, series="C-1", before=first)
    uid = next(iter(by_uid(first)))
    assert (by_uid(gone)[uid]["status"], by_uid(gone)[uid]["sequence"]) == ("CANCELLED", 1)
    assert by_uid(gone)[uid]["dtstart"].dt == by_uid(first)[uid]["dtstart"].dt
    assert by_uid(gone)[uid].walk("VALARM") == []
    still = to_icalendar(every[1:], stamp=LATER, series="C-1", before=gone)
    assert still == gone
    back = to_icalendar(every, stamp=LATER, series="C-1", before=still)
    assert (by_uid(back)[uid]["status"], by_uid(back)[uid]["sequence"]) == ("CONFIRMED", 2)


def test_days_of_another_series_and_of_other_people_are_kept(book: Rulebook) -> None:
    first = to_icalendar(found(book), stamp=STAMP, series="C-1")
    other = b"BEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20250401T090000Z\r\nEND:VEVENT\r\n"
    mixed = first.replace(b"END:VCALENDAR", other + b"END:VCALENDAR")
    limit = time_limit(book, "unfair-dismissal", starts=date(2026, 3, 1), nation="GB")
    for series in ("", "C-2"):
        both = by_uid(to_icalendar([limit], stamp=LATER, series=series, before=mixed))
        assert {*by_uid(mixed)} < {*both}
        assert {str(each.get("status", "")) for each in both.values()} == {"CONFIRMED", ""}


@pytest.mark.parametrize("before", [b"no calendar", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe"])
def test_what_is_no_calendar_is_refused(before: bytes) -> None:
    with pytest.raises(BadStored, match="expected a calendar"):
        to_icalendar([], stamp=STAMP, before=before)


# -- whatever has a day ----------------------------------------------------------------------------


def test_steps_before_action_carry_their_reason_and_source(book: Rulebook) -> None:
    steps = readiness(book, date(2026, 6, 1), nation="GB", voting_days=21, as_of=date(2026, 4, 1))
    every = events(to_icalendar(steps, stamp=STAMP, series="action from 2026-06-01"))
    assert [each["dtstart"].dt for each in every] == [step.latest.value for step in steps]
    assert all(each["summary"].startswith("action from 2026-06-01: ") for each in every)
    for each, step in zip(every, steps, strict=True):
        assert step.latest.because[0].text in each["description"]
        assert all(f"source: {cited}" in each["description"] for cited in step.latest.citations)


def test_a_published_date_stands_on_its_day_or_at_its_hour() -> None:
    told = {"unit": "conference", "edition": "2026"}
    whole = Event(what="motions", at=date(2026, 2, 13), **told)
    at_noon = Event(what="amendments", at=datetime(2026, 7, 1, 12, 0), **told)
    first, second = events(to_icalendar([whole, at_noon], stamp=STAMP))
    assert (first["dtstart"].dt, str(first["summary"])) == (
        date(2026, 2, 13),
        "conference 2026: motions",
    )
    assert second["dtstart"].dt == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)  # summer time


def test_any_answers_with_a_day_do(book: Rulebook) -> None:
    limit = time_limit(book, "unfair-dismissal", starts=date(2026, 3, 1), nation="GB")
    (event,) = events(to_icalendar([limit.last_day], stamp=STAMP, series="C-7"))
    assert event["dtstart"].dt == limit.last_day.value
    with pytest.raises(WrongArgument, match="something that has a day"):
        to_icalendar([limit.limit_months], stamp=STAMP)
    for no_day in ("2026-03-01", 3, None):
        with pytest.raises(WrongArgument, match="something that has a day"):
            to_icalendar([no_day], stamp=STAMP)


def test_what_needs_attention_names_people_only_when_asked(book: Rulebook) -> None:
    acts = Answer("acts", FactType.TEXT, DAY, known=True, value="branch-secretary")
    near = Attention(
        case="C-1",
        track="t",
        what=Concern.LIMIT_NEAR,
        why="the limit ends soon",
        acts=acts,
        people=(f"{MARKER}-edda",),
        by=DAY,
        person=f"{MARKER}-cato",
    )
    assert MARKER not in to_icalendar([near], stamp=STAMP).decode()
    asked = to_icalendar([near], stamp=STAMP, people=True).replace(b"\r\n ", b"").decode()
    assert f"{MARKER}-edda" in asked
    assert events(to_icalendar([attrs.evolve(near, by=None)], stamp=STAMP)) == []


# Python 3.13 warns of how a package beneath the other reader calls `re`.
@pytest.mark.filterwarnings("ignore:'maxsplit' is passed as positional:DeprecationWarning")
def test_another_reader_finds_the_same(book: Rulebook) -> None:
    ics = pytest.importorskip("ics")
    steps = readiness(book, date(2026, 6, 1), nation="GB", voting_days=21, as_of=date(2026, 4, 1))
    limit = time_limit(book, "unfair-dismissal", starts=date(2026, 3, 1), nation="GB")
    late = appeal(book, date(2026, 7, 20), nation="England")
    written = to_icalendar([*found(book), *steps, limit, late], stamp=STAMP, series="S")
    read = {each.uid: each for each in ics.Calendar(written.decode()).events}
    ours = by_uid(written)
    assert {*read} == {*ours}
    for uid, each in read.items():
        start = ours[uid]["dtstart"].dt
        if isinstance(start, datetime):
            assert each.begin.datetime == start
        else:
            assert each.all_day
            assert each.begin.date() == start
        assert each.name == str(ours[uid]["summary"])
        assert each.description == str(ours[uid]["description"])
        assert len(each.alarms) == 2
