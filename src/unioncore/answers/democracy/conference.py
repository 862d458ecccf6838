"""When a conference's business is due, what is in time, and how a committee is made up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from fractions import Fraction

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Working, not_without
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import shifted, uk_time
from unioncore.model import CALENDAR_STEPS, Delegate, Event, Holding, Motion, Office, Snapshot
from unioncore.records import conference_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "Calendar",
    "CalendarStep",
    "Composition",
    "conference_calendar",
    "in_time",
    "special_conference",
    "timetable",
    "who_sits",
]

_DAY = Fact("conference.day", FactType.DAY, "the day of this step")
_OPENS = Fact("conference.opens", FactType.DAY, "the day on which the conference opens")
_HOUR = Fact("conference.closes_at", FactType.TEXT, "the hour at which the step closes")
_CALLED = "special.is_called"
_ASKED_BY = "special.asked_by"
_COMES_IN = {
    "rule-amendment": "rule-amendments",
    "amendment": "amendments",
    "emergency-motion": "emergency-motions",
}
"""The step by which each kind of motion comes in that does not come in with motions."""
_STEP_FACTS = ("conference.due_with", "conference.days_before", "conference.closes_at")
_IN_TIME = Fact("conference.in_time", FactType.YES_NO, "what was received is in time")


# -- the timetable ---------------------------------------------------------------------------------


@frozen
class CalendarStep(Answers, shows="what day"):
    """One step of a conference's timetable, and when it is."""

    what: str
    """The step, a word of ``CALENDAR_STEPS``."""
    day: Answer[date]
    """Its day; for what must come in, the last one, included."""
    hour: Answer[str] | None
    """The last moment of that day, such as ``12:00``, included; None where the whole day is."""
    published: bool
    """Whether the union's own calendar sets it; else it is worked out from the opening day."""

    def in_time(self, received: datetime) -> Answer[bool]:
        """Answer whether what was received then, by the clock of the United Kingdom, is in time."""
        work = Working(self.day.rulebook, self.day.on)
        if not self.day.known:
            return not_without(_IN_TIME, self.day)
        last, received = self.day.value, uk_time(received)
        said = f"it was received on {long_date(received.date())}"
        if received.date() != last or self.hour is None:
            by = f"{said}, and {long_date(last)} is the last day"
            return work.known(_IN_TIME, received.date() <= last, by, using=[self.day])

        def compare(_: date, hour: str) -> tuple[bool, str]:
            at = f"{said} at {received:%H:%M}, and {hour} is the last moment"
            return received.time() <= time.fromisoformat(hour), at

        return work.out(_IN_TIME, [self.day, self.hour], compare)

    def to_text(self) -> str:
        """Return the step as a line: its day, and whether it was published or worked out."""
        if not self.day.known:
            return f"not known  {self.what}: {self.day.reason}"
        hour = f", {self.hour.value}" if self.hour is not None and self.hour.known else ""
        how = "published" if self.published else self.day.because[0].text
        return f"{long_date(self.day.value)}{hour}  {self.what} ({how})"


@frozen
class Calendar(Answers, shows="steps"):
    """Every date of one edition of a conference."""

    unit: str
    edition: str
    name: str
    """The name of the conference."""
    steps: tuple[CalendarStep, ...]
    """Its steps: those whose day is known by their day, then the others."""
    ahead: tuple[str, ...]
    """The steps that had not passed on the day of the question, in their order."""

    def at(self, what: str) -> CalendarStep:
        """Return one step; raises ``UnknownName`` where there is none of that name."""
        found = {each.what: each for each in self.steps}
        if what not in found:
            raise UnknownName("step of a conference", what, nearest(what, found))
        return found[what]

    def for_motions(self, kind: str) -> CalendarStep:
        """Return the step by which a kind of motion comes in, such as a ``rule-amendment``."""
        return self.at(_COMES_IN.get(kind, "motions"))

    def to_text(self) -> str:
        """Return the timetable as lines, in the order of the days."""
        head = f"{self.name} ({self.unit}) {self.edition}"
        ahead = ", ".join(self.ahead) or "nothing"
        lines = (f"  {each.to_text()}" for each in self.steps)
        return "\n".join((head, *lines, f"still to come: {ahead}"))


@checked
def timetable(
    rulebook: Rulebook,
    opens: date,
    *,
    kind: str,
    region: str = "",
    service_group: str = "",
) -> tuple[CalendarStep, ...]:
    """Work out when each step of a conference is that opens on a day.

    Args:
        rulebook: the rules.
        opens: the opening day, whose rules count.
        kind: the kind of conference or council, a word of the vocabulary ``unit_kind``.
        region: the region whose council it is; empty for a national conference.
        service_group: the service group whose conference it is, if it is that of one.

    Raises:
        BadFacts: when no kind of unit, region or service group is called so.
    """
    facts = {
        "conference.kind": kind,
        "conference.region": region or None,
        "conference.service_group": service_group or None,
    }
    opening = Working.by(rulebook, opens).known(_OPENS, opens, "the day that was given")
    return tuple(_worked_out(rulebook, opening, facts, {}))


def _worked_out(
    rulebook: Rulebook,
    opening: Answer[date],
    facts: Mapping[str, str | None],
    published: Mapping[str, Event],
) -> Iterator[CalendarStep]:
    """Give every step: as it is published, or as it is counted back from the opening day."""
    day = opening.value if opening.known else opening.on
    work = Working.by(rulebook, day)
    found: dict[str, CalendarStep] = {}
    for what in CALENDAR_STEPS:
        event = published.get(what)
        if event is not None:
            found[what] = _published(work, event)
        elif what == "opens":
            found[what] = CalendarStep(what, opening, None, published=False)
        elif what != "closes":
            asked = ask(rulebook, {**facts, "conference.step": what}, *_STEP_FACTS, on=day)
            due_with, days, hour = asked.values()
            same = found.get(due_with.value) if due_with.known else None
            if same is not None:
                at = work.out(_DAY, [same.day, due_with], lambda on, step: (on, f"with {step}"))
                found[what] = CalendarStep(what, at, same.hour, published=False)
            else:
                at = work.out(_DAY, [opening, days], _back)
                found[what] = CalendarStep(what, at, hour, published=False)
    yield from found.values()


def _back(opens: date, days: int) -> tuple[date, str]:
    return shifted(opens, -days), f"{days} days before {long_date(opens)}"


def _published(work: Working, event: Event) -> CalendarStep:
    """Return a step that the union's calendar sets."""
    said = "the union's calendar sets it"
    day = work.known(_DAY, event.day, said)
    hour = work.known(_HOUR, f"{event.at:%H:%M}", said) if isinstance(event.at, datetime) else None
    return CalendarStep(event.what, day, hour, published=True)


@checked
def conference_calendar(rulebook: Rulebook, now: Snapshot, unit: str, edition: str) -> Calendar:
    """Answer when everything of one edition of a conference is.

    What the union's calendar sets comes first. What it does not set is counted back from the
    opening day, by the rules of that day; what no rule gives is not known. Where the calendar has
    no opening day, one that the rulebook knows of the edition counts.

    Raises:
        UnknownName: when no record knows the unit, or nothing knows the edition.
    """
    conference = now.unit(unit)
    published = {
        each.what: each for each in now.rows(Event, "unit", unit) if each.edition == edition
    }
    word = f"{unit}-{edition}"
    words = rulebook.words_of("conference_edition")
    if not published and word not in words:
        _must_know(now, unit, edition, words)
    if "opens" in published:
        day = published["opens"].day
        opening = Working.by(rulebook, day).known(_OPENS, day, "the union's calendar sets it")
    elif word in words:
        asked = {"conference.edition": word}
        opening = ask(rulebook, asked, _OPENS.key, on=now.day)[_OPENS.key]
    else:
        opening = Working.by(rulebook, now.day).not_known(
            _OPENS, "the union's calendar has no opening day of this edition"
        )
    facts = conference_facts(rulebook, now, unit)
    found = sorted(_worked_out(rulebook, opening, facts, published), key=_when)
    name = "" if conference is None else conference.name
    ahead = [each.what for each in found if each.day.known and each.day.value >= now.day]
    return Calendar(unit, edition, name, tuple(found), tuple(ahead))


def _when(step: CalendarStep) -> tuple[date, str]:
    if not step.day.known:
        return date.max, ""
    hour = step.hour
    return step.day.value, hour.value if hour is not None and hour.known else ""


def _must_know(now: Snapshot, unit: str, edition: str, words: Iterable[str]) -> None:
    """Raise ``UnknownName`` where no record and no word is about an edition."""
    known = {each.edition for each in now.rows(Event, "unit", unit)}
    known |= {each.edition for each in now.rows(Motion, "unit", unit)}
    known |= {each.edition for each in now.rows(Delegate, "unit", unit)}
    if edition not in known:
        start = f"{unit}-"
        known |= {word.removeprefix(start) for word in words if word.startswith(start)}
        raise UnknownName(f"edition of {unit}", edition, nearest(edition, known))


@checked
def in_time(
    rulebook: Rulebook, now: Snapshot, unit: str, edition: str, what: str, received: datetime
) -> Answer[bool]:
    """Answer whether a motion or a name that was received then is in time for a conference.

    A closing moment is included; where only a day is published, the whole day is. Where the hour of
    the last day is not known, what comes on that day is neither in time nor late.

    Args:
        rulebook: the rules.
        now: the union.
        unit: the conference.
        edition: which one, such as 2026.
        what: the step that it is received for, a word of ``CALENDAR_STEPS``.
        received: the moment.

    Raises:
        UnknownName: when nothing is called so.
    """
    return conference_calendar(rulebook, now, unit, edition).at(what).in_time(received)


@checked
def special_conference(
    rulebook: Rulebook, now: Snapshot, asked: Mapping[str, date]
) -> Answer[bool]:
    """Answer whether branches that asked for a special conference are enough to call one.

    Args:
        rulebook: the rules.
        now: the union, whose members are counted.
        asked: for each branch that asked, by key, the day on which it did.

    Raises:
        UnknownName: when no record knows a branch.
    """
    every = len(now.members(now.union.key))
    counted = {branch: len(now.members(branch)) for branch in asked}
    best, using = 0, []
    for first in sorted(set(asked.values())):
        last = ask(rulebook, {"special.first_asked": first}, _ASKED_BY, on=first)[_ASKED_BY]
        using.append(last)
        if last.known:
            together = [each for each, day in asked.items() if first <= day <= last.value]
            best = max(best, sum(counted[each] for each in together))
    facts = {"special.members_asking": best, "special.members": every}
    called = ask(rulebook, facts, _CALLED, on=now.day)[_CALLED]
    what = Fact(_CALLED, FactType.YES_NO, "the branches that asked can call it")
    said = f"branches with {best:,} of {every:,} members asked in time with one another"
    return Working.by(rulebook, now.day).out(
        what, [called, *using], lambda enough, *_: (enough, said)
    )


@frozen
class Composition(Answers, shows="seats vacant"):
    """Who sits on a body, beside those who elect it."""

    seats: int
    """Places in all."""
    vacant: int
    by_seat_kind: dict[str, int]
    """Places by the kind of seat; those of no special kind under ``none``."""
    by_gender: dict[str, int]
    """Holders by the gender that they gave, each once however many seats they hold; those who gave
    none under ``not recorded``."""
    electorate_by_gender: dict[str, int]
    """The members who elect, in the same way."""
    women_in_proportion: Answer[bool]
    """Whether women hold as much of the body as the union's rules call for."""

    @property
    def women_of_holders(self) -> Fraction | None:
        """The share of women among holders; None where there is none or a gender is missing."""
        return _share(self.by_gender)

    @property
    def women_of_electorate(self) -> Fraction | None:
        """The share of women among the electorate; None where it is not known."""
        return _share(self.electorate_by_gender)


_NOT_RECORDED = "not recorded"
_IN_PROPORTION = "committee.women_in_proportion"


def _women(counts: dict[str, int]) -> int | None:
    return None if counts.get(_NOT_RECORDED) else counts.get("female", 0)


def _share(counts: dict[str, int]) -> Fraction | None:
    women, every = _women(counts), sum(counts.values())
    return Fraction(women, every) if women is not None and every else None


@checked
def who_sits(
    rulebook: Rulebook, now: Snapshot, unit: str, electorate: Iterable[str]
) -> Composition:
    """Answer who sits on a body, beside the members (by key) who elect it.

    Raises:
        UnknownName: when no record knows the unit, or one of the people.
    """
    offices = now.rows(Office, "unit", unit)
    kinds: Counter[str] = Counter()
    for office in offices:
        kinds[office.seat_kind or "none"] += office.places
    holders = [row.person for each in offices for row in now.rows(Holding, "office", each.key)]
    sitting, electing = _genders(now, holders), _genders(now, electorate)
    return Composition(
        seats=sum(kinds.values()),
        vacant=sum(kinds.values()) - len(holders),
        by_seat_kind=dict(kinds),
        by_gender=sitting,
        electorate_by_gender=electing,
        women_in_proportion=_in_proportion(rulebook, sitting, electing, now.day),
    )


def women_in_proportion(
    rulebook: Rulebook, now: Snapshot, sitting: Iterable[str], electing: Iterable[str], on: date
) -> Answer[bool]:
    """Answer whether women have their proportion of those who sit, by the rules of a day."""
    return _in_proportion(rulebook, _genders(now, sitting), _genders(now, electing), on)


def _in_proportion(
    rulebook: Rulebook, sitting: dict[str, int], electing: dict[str, int], on: date
) -> Answer[bool]:
    facts = {
        "committee.holders": sum(sitting.values()),
        "committee.women": _women(sitting),
        "committee.electorate": sum(electing.values()),
        "committee.women_of_electorate": _women(electing),
    }
    return ask(rulebook, facts, _IN_PROPORTION, on=on)[_IN_PROPORTION]


def _genders(now: Snapshot, people: Iterable[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key in dict.fromkeys(people):
        person = now.person(key)
        found[(person.gender if person is not None else "") or _NOT_RECORDED] += 1
    return dict(found)
