"""Days as an iCalendar file (RFC 5545), for the extra ``unioncore[calendar]``."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import singledispatch
from typing import Any

import attrs
from attrs import frozen

from unioncore.answers import (
    ActionStep,
    Answers,
    Attention,
    Calendar,
    CalendarStep,
    Deadline,
    Moved,
    RulesLimit,
    Standing,
    TimeLimit,
)
from unioncore.checked import checked
from unioncore.errors import BadStored, CannotBe, DataFault, MissingPart, WrongArgument
from unioncore.legal import Citation, uk_time
from unioncore.model import Event, hour_of
from unioncore.rules import Answer, FactType
from unioncore.shown import Shown, plain

__all__ = ["CalendarDay", "calendar_days", "to_icalendar"]

_OPEN = (Standing.RUNNING, Standing.MISSED)
_UID = "@unioncore"
_SERIES = "X-UNIONCORE-SERIES"


@frozen(kw_only=True)
class CalendarDay(Shown, shows="key on"):
    """A day, or a moment, as it stands in a calendar."""

    key: str
    """By which a calendar knows it again; it stays when the day moves."""
    summary: str
    on: date | datetime | None
    """The whole day, or the moment; None where it is not known."""
    text: str
    """How it is counted, by what source, and what to beware of; or why it is not known."""


@checked
def to_icalendar(
    values: Iterable[Any],
    *,
    stamp: datetime,
    alarms: Iterable[timedelta] = (timedelta(days=7), timedelta(days=1)),
    series: str = "",
    before: bytes | None = None,
    people: bool = False,
) -> bytes:
    """Return days as events with alarms: all day, or at their hour.

    It takes whatever has a day: deadlines of cases, the limits of claims, the steps before
    industrial action, a conference's dates, what needs attention, or any answers. Only what is
    still open of a case's deadlines is written. A claim's limit stands on the day that is safe,
    another one on its last day. Each event says how its day is counted, and its sources. Those of
    which the day is not known are named in the description of the calendar.

    The same day always has the same identifier. Give the file that was written before: then an
    event that has changed has the next number (SEQUENCE), one that has not stays as it is, and one
    whose day has fallen away is called off. What others wrote into the file is kept.

    Nothing about people is in it, unless ``people`` asks for that. It does not ask who will read
    it: for somebody who may not see the whole case, give the deadlines that ``seen_deadlines``
    gives for their view.

    Args:
        values: what has a day.
        stamp: when the file is made; the library reads no clock. With a time zone.
        alarms: how long before the day to ring.
        series: what the days are of, such as a case or the day of a strike. It tells apart what
            would else have the same identifier, and only events of the same series are called off;
            without one, none is.
        before: the file that was written before.
        people: whether it says who must act, by their keys.

    Raises:
        MissingPart: without the package ``icalendar``.
        CannotBe: when ``stamp`` has no time zone.
        WrongArgument: when something has no day.
        BadStored: when ``before`` is no calendar.
    """
    try:
        from icalendar import Calendar as File
    except ModuleNotFoundError:
        install = "pip install 'unioncore[calendar]'"
        raise MissingPart("the extra unioncore[calendar]", install) from None
    if stamp.tzinfo is None:
        raise CannotBe("stamp: expected a moment with a time zone")
    days = [day for each in values for day in calendar_days(each, series=series, people=people)]
    old = _events(before)
    file = File()
    file.add("prodid", "-//unioncore//days//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    unknown = [f"{each.summary} ({each.text})" for each in days if each.on is None]
    if unknown:
        file.add("description", f"Not here, as the day is not known: {'; '.join(unknown)}")
    rings = tuple(alarms)
    for each in (each for each in days if each.on is not None):
        file.add_component(_event(each, old.pop(f"{each.key}{_UID}", None), stamp, rings, series))
    for uid, event in old.items():
        ours = uid.endswith(_UID) and str(event.get(_SERIES, "")) == series != ""
        file.add_component(_called_off(event, stamp) if ours else event)
    written: bytes = file.to_ical()
    return written


def _events(before: bytes | None) -> dict[str, Any]:
    """Return the events of a file by their identifiers."""
    from icalendar import Calendar as File

    if not before:
        return {}
    try:
        return {str(each["uid"]): each for each in File.from_ical(before).walk("VEVENT")}
    except (ValueError, KeyError):
        said = "expected a calendar, each event with its UID"
        raise BadStored("Calendar", (DataFault("", 0, "", said),)) from None


def _event(
    day: CalendarDay, old: Any, stamp: datetime, rings: tuple[timedelta, ...], series: str
) -> Any:
    from icalendar import Alarm
    from icalendar import Event as Entry

    event = Entry()
    event.add("uid", f"{day.key}{_UID}")
    if isinstance(day.on, datetime):
        event.add("dtstart", day.on.astimezone(UTC))
    elif day.on is not None:
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.summary)
    event.add("description", day.text)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    if series:
        event.add(_SERIES, series)
    same = old is not None and all(old.get(name) == event[name] for name in event)
    event.add("dtstamp", old["dtstamp"].dt if same else stamp)
    event.add("sequence", _number(old) + (not same) if old is not None else 0)
    for before in rings:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -before)
        alarm.add("description", day.summary)
        event.add_component(alarm)
    return event


def _called_off(event: Any, stamp: datetime) -> Any:
    """Return an event whose day has fallen away; one that is called off already stays as it is."""
    if event.get("status") == "CANCELLED":
        return event
    number = _number(event)
    for name in ("status", "sequence", "dtstamp"):
        event.pop(name, None)
    event.subcomponents = []
    event.add("status", "CANCELLED")
    event.add("sequence", number + 1)
    event.add("dtstamp", stamp)
    return event


def _number(event: Any) -> int:
    return int(event.get("sequence", 0))


# -- what has a day --------------------------------------------------------------------------------


@singledispatch
def calendar_days(value: Any, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    """Give the days of a value as they stand in a calendar; see ``to_icalendar``.

    Raises:
        WrongArgument: when the value has no day.
    """
    advice = "pass deadlines, limits, dates of a conference, or other answers with a day"
    raise WrongArgument("values", "something that has a day", type(value).__name__, advice)


@calendar_days.register
def _(value: Deadline, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    key, summary = f"{value.case}.{value.track}.{value.clock}", f"{value.case}: {value.name}"
    if not value.day.known:
        yield _unknown(key, summary, value.day)
    elif value.standing in _OPEN:
        text = _lines(value.sentence(), value.day)
        yield CalendarDay(key=key, summary=summary, on=value.at or value.day.value, text=text)


@calendar_days.register
def _(value: Moved, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    if value.after is not None:
        yield from calendar_days(value.after, series=series, people=people)


@calendar_days.register(TimeLimit | RulesLimit)
def _(
    value: TimeLimit | RulesLimit, *, series: str = "", people: bool = False
) -> Iterator[CalendarDay]:
    key, summary = _key(series, value.name, plain(value.starts)), _titled(series, value.name)
    day = value.act_by if isinstance(value, TimeLimit) else value.last_day
    if not day.known:
        yield _unknown(key, summary, day)
        return
    at: date | datetime = day.value
    if isinstance(value, RulesLimit) and value.latest_time.known:
        hour = hour_of(value.latest_time.value)
        at = at if hour is None else uk_time(datetime.combine(day.value, hour))
    text = _told(value.steps, value.citations, value.warnings)
    yield CalendarDay(key=key, summary=summary, on=at, text=text)


@calendar_days.register
def _(value: ActionStep, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    yield from _answer(series, value.name, value.latest)


@calendar_days.register
def _(value: Calendar, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    of = series or f"{value.unit} {value.edition}"
    for step in value.steps:
        yield from calendar_days(step, series=of, people=people)


@calendar_days.register
def _(value: CalendarStep, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    (day,) = _answer(series, value.what, value.day)
    if isinstance(day.on, date) and value.hour is not None and value.hour.known:
        at = datetime.combine(day.on, time.fromisoformat(value.hour.value))
        day = attrs.evolve(day, on=uk_time(at))
    yield day


@calendar_days.register
def _(value: Event, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    of = series or f"{value.unit} {value.edition}"
    at = uk_time(value.at) if isinstance(value.at, datetime) else value.at
    text = "as the union's own calendar has it"
    yield CalendarDay(
        key=_key(of, value.what), summary=_titled(of, _worded(value.what)), on=at, text=text
    )


@calendar_days.register
def _(value: Attention, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    if value.by is None:
        return
    where = f"{value.case}/{value.track}" if value.track else value.case
    who = value.acts.value if value.acts.known else f"not known who: {value.acts.reason}"
    said = [value.why, f"to act: {_worded(who)}"]
    if people:
        said += [f"by key: {', '.join(each for each in (*value.people, value.person) if each)}"]
    key = _key(value.case, value.track, str(value.what), value.person if people else "")
    summary, text = f"{where}: {value.what}", _lines("\n".join(said), value.acts)
    yield CalendarDay(key=key, summary=summary, on=value.by, text=text)


@calendar_days.register(Answer)
def _(value: Answer[Any], *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    if value.type is not FactType.DAY:
        got, advice = f"an answer that is {value.type}", "pass one that is a day"
        raise WrongArgument("values", "something that has a day", got, advice)
    yield from _answer(series, value.fact, value)


@calendar_days.register
def _(value: Answers, *, series: str = "", people: bool = False) -> Iterator[CalendarDay]:
    for name, each in value._given().items():
        yield from _within(each, name, series, people)


def _within(value: Any, name: str, series: str, people: bool) -> Iterator[CalendarDay]:
    match value:
        case Answer() if value.type is FactType.DAY:
            yield from _answer(series, name, value)
        case Answers():
            yield from calendar_days(value, series=series, people=people)
        case Mapping():
            for key, each in value.items():
                yield from _within(each, str(key), series, people)
        case tuple():
            for each in value:
                yield from _within(each, name, series, people)


def _answer(series: str, name: str, day: Answer[date]) -> Iterator[CalendarDay]:
    key, summary = _key(series, name), _titled(series, _worded(day.label or name))
    if day.known:
        yield CalendarDay(key=key, summary=summary, on=day.value, text=_lines("", day))
    else:
        yield _unknown(key, summary, day)


def _unknown(key: str, summary: str, day: Answer[date]) -> CalendarDay:
    return CalendarDay(key=key, summary=summary, on=None, text=day.reason)


def _key(*parts: str) -> str:
    return ".".join(part.replace(" ", "-") for part in parts if part)


def _titled(series: str, name: str) -> str:
    return f"{series}: {name}" if series else name


def _worded(name: str) -> str:
    return name.replace("-", " ").replace("_", " ")


def _lines(said: str, day: Answer[Any]) -> str:
    """Return what is said of a day, then why it is so, its sources and its warnings."""
    reasons = (each.text for each in day.because[:1])
    return _told((said, *reasons), day.citations, day.warnings)


def _told(said: Iterable[str], citations: Iterable[Citation], warnings: Iterable[str]) -> str:
    cited = (f"source: {citation}" for citation in citations)
    warned = (f"warning: {each}" for each in warnings)
    return "\n".join(each for each in (*said, *cited, *warned) if each)
