"""Deadlines in a calendar: read back with the package that wrote them, and with nobody in them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from tests.books import with_second_union

from unioncore import Rulebook
from unioncore.answers import Deadline, Standing, appeal, deadlines, time_limit
from unioncore.describe.ical import to_icalendar
from unioncore.legal import in_force
from unioncore.model import (
    Assign,
    Case,
    CaseEntry,
    CaseEvent,
    Discretion,
    Happened,
    Note,
    Open,
    Plan,
    Share,
)

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
