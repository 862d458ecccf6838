"""Deadlines as an iCalendar file (RFC 5545), for the extra ``unioncore[calendar]``."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from unioncore.answers import Deadline, Standing
from unioncore.errors import MissingPart

__all__ = ["to_icalendar"]

_OPEN = (Standing.RUNNING, Standing.MISSED)


def to_icalendar(
    deadlines: Iterable[Deadline],
    *,
    stamp: datetime,
    alarms: Iterable[timedelta] = (timedelta(days=7), timedelta(days=1)),
) -> bytes:
    """Return the deadlines that are still open as events with alarms: all day, or at their hour.

    An event says nothing about the member: its identifier and its text hold the case reference, the
    track, and what the clock is called. The same deadline always has the same identifier, so that a
    calendar replaces it when the day moves.

    It asks nobody who will read it. For somebody who may not see the whole case, give the deadlines
    that ``seen_deadlines`` gives for their view.

    Args:
        deadlines: those whose day is known are written.
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
    calendar = Calendar()
    calendar.add("prodid", "-//unioncore//deadlines//EN")
    calendar.add("version", "2.0")
    for each in deadlines:
        if not each.day.known or each.standing not in _OPEN:
            continue
        event = Event()
        event.add("uid", f"{each.case}.{each.track}.{each.clock}@unioncore")
        event.add("dtstamp", stamp)
        if each.at is None:
            event.add("dtstart", each.day.value)
            event.add("dtend", each.day.value + timedelta(days=1))
        else:
            event.add("dtstart", each.at.astimezone(UTC))
        event.add("summary", f"{each.case}: {each.name}")
        event.add("description", each.sentence())
        event.add("transp", "TRANSPARENT")
        for before in rings:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", -before)
            alarm.add("description", f"{each.case}: {each.name}")
            event.add_component(alarm)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
