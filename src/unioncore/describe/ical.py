"""Deadlines as an iCalendar file (RFC 5545), for the extra ``unioncore[calendar]``."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from attrs import frozen

from unioncore.answers import Deadline, RulesLimit, Standing, TimeLimit
from unioncore.errors import MissingPart
from unioncore.legal import uk_time
from unioncore.model import hour_of
from unioncore.rules import Answer

__all__ = ["to_icalendar"]

_OPEN = (Standing.RUNNING, Standing.MISSED)


@frozen
class _Entry:
    """What is written of one deadline."""

    key: str
    summary: str
    text: str
    day: Answer[date]
    at: datetime | None = None


def to_icalendar(
    deadlines: Iterable[Deadline | TimeLimit | RulesLimit],
    *,
    stamp: datetime,
    alarms: Iterable[timedelta] = (timedelta(days=7), timedelta(days=1)),
) -> bytes:
    """Return the deadlines that are still open as events with alarms: all day, or at their hour.

    An event says nothing about the member: its identifier and its text hold the case reference, the
    track, and what the clock is called. The same deadline always has the same identifier, so that a
    calendar replaces it when the day moves. A claim's limit stands on the day that is safe, another
    one on its last day; both say how it is counted and what that rests on. Those of which the day
    is not known are named in the description of the calendar.

    It asks nobody who will read it. For somebody who may not see the whole case, give the deadlines
    that ``seen_deadlines`` gives for their view.

    Args:
        deadlines: those of cases, or what ``time_limit``, ``rules_limit`` and ``appeal`` gave.
        stamp: when the file is made; the library reads no clock. With a time zone.
        alarms: how long before the day to ring.

    Raises:
        MissingPart: without the package ``icalendar``.
        ValueError: when ``stamp`` has no time zone.
    """
    try:
        from icalendar import Alarm, Calendar, Event
    except ModuleNotFoundError:
        install = "pip install 'unioncore[calendar]'"
        raise MissingPart("the extra unioncore[calendar]", install) from None
    if stamp.tzinfo is None:
        raise ValueError("stamp: expected a moment with a time zone")
    rings = tuple(alarms)
    entries = [
        _entry(each)
        for each in deadlines
        if not (isinstance(each, Deadline) and each.day.known) or each.standing in _OPEN
    ]
    calendar = Calendar()
    calendar.add("prodid", "-//unioncore//deadlines//EN")
    calendar.add("version", "2.0")
    unknown = [f"{e.summary} ({e.day.reason})" for e in entries if not e.day.known]
    if unknown:
        calendar.add("description", f"Not here, as the day is not known: {'; '.join(unknown)}")
    for each in (each for each in entries if each.day.known):
        event = Event()
        event.add("uid", f"{each.key}@unioncore")
        event.add("dtstamp", stamp)
        if each.at is None:
            event.add("dtstart", each.day.value)
            event.add("dtend", each.day.value + timedelta(days=1))
        else:
            event.add("dtstart", each.at.astimezone(UTC))
        event.add("summary", each.summary)
        event.add("description", each.text)
        event.add("transp", "TRANSPARENT")
        for before in rings:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", -before)
            alarm.add("description", each.summary)
            event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _entry(each: Deadline | TimeLimit | RulesLimit) -> _Entry:
    if isinstance(each, Deadline):
        key, summary = f"{each.case}.{each.track}.{each.clock}", f"{each.case}: {each.name}"
        return _Entry(key, summary, each.sentence(), each.day, each.at)
    day, at = each.last_day, None
    if isinstance(each, TimeLimit):
        day = each.act_by
    elif day.known and each.latest_time.known:
        hour = hour_of(each.latest_time.value)
        at = None if hour is None else uk_time(datetime.combine(day.value, hour))
    cited = (f"source: {citation}" for citation in each.citations)
    text = "\n".join((*each.steps, *cited, *(f"warning: {said}" for said in each.warnings)))
    return _Entry(f"{each.name}.{each.starts}", each.name, text, day, at)
