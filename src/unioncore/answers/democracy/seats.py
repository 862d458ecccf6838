"""Who holds which seat of a body, until when, what is vacant, and whether the seats add up."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import Duration, TimeUnit
from unioncore.model import Event, Holding, Office, Snapshot
from unioncore.numbers import half_up
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["Allotted", "Seat", "SeatSum", "SeatedBody", "seat", "seats"]

_STATE = Fact("seat.state", FactType.CHOICE, "whether the seat is held or vacant")
_UNTIL = Fact("seat.until", FactType.DAY, "the first day after the term")
_ADDS_UP = Fact("seats.add_up", FactType.YES_NO, "whether the seats recorded are as many")
_NOT_DIVIDED = Fact("seats.not_divided", FactType.WHOLE, "the seats that no source divides")
_TERM = ("office.term_years", "office.term_conference")


@frozen
class Seat(Answers, shows="office constituency kind"):
    """One place of an office, a seat or a post on a day."""

    office: str
    role: str
    constituency: str
    """The region, service group or group that it is for; empty where it is for none of them."""
    kind: str
    """Whom of them it is for, such as women; empty where that is not laid down."""
    holder: str
    """Who holds it, or held it last where that is not known; empty where it is vacant."""
    since: date | None
    """The first day of the holder's term."""
    how: str
    """How the holder came to it, such as ``by-election``."""
    until: Answer[date]
    """The first day after the term."""
    state: Answer[str]
    """``held`` or ``vacant``; not known after a term that no later record follows."""
    vacant_since: date | None
    """The first day without a holder; None also where that is not recorded."""


@frozen
class Allotted(Answers, shows="constituency kind recorded"):
    """How many seats a constituency has of one kind: in the records, and by the union's rules."""

    constituency: str
    kind: str
    recorded: int
    """The places in the records."""
    held: int
    at_least: Answer[int]
    """How many there surely are by the rules; not known where no source names them."""


@frozen
class SeatSum(Answers, shows="role recorded held vacant"):
    """The seats of one kind of office on a body."""

    role: str
    recorded: int
    """The places in the records."""
    held: int
    vacant: int
    not_known: int
    people: int
    """How many different people hold them."""
    for_women: int
    """The places that only a woman may hold."""
    in_all: Answer[int]
    """How many there are by the union's rules."""
    add_up: Answer[bool]
    """Whether the records have as many."""
    not_divided: Answer[int]
    """How many of them no source gives to a constituency and a kind."""
    allotted: tuple[Allotted, ...]
    """By constituency and kind; empty where the office is for no constituency."""


@frozen
class SeatedBody(Answers, shows="unit bodies seats"):
    """The seats of a unit on a day, and what they add up to."""

    unit: str
    bodies: tuple[SeatSum, ...]
    """The seats by the kind of office."""
    seats: tuple[Seat, ...]
    """Every place, in the order of the records."""

    def to_text(self) -> str:
        """Return the sums first, then a line for each place."""
        return "\n".join([*self._sums(), "", *map(_line, self.seats)])

    def _sums(self) -> Iterator[str]:
        for body in self.bodies:
            counts = f"{body.held} held, {body.vacant} vacant"
            counts += f", {body.not_known} not known" if body.not_known else ""
            places = "1 place" if body.recorded == 1 else f"{body.recorded} places"
            people = f"; {body.people} people" if body.people != body.held else ""
            yield f"{body.role}: {places}, {counts}{people}"
            if body.for_women:
                share = half_up(Fraction(100 * body.for_women, body.recorded), 1)
                yield f"  {body.for_women} for women only, {share} per cent"
            if body.in_all.known:
                said = "as many as" if body.add_up.value else "while there are"
                yield f"  {said} the rules say: {body.in_all.value}"
            if body.not_divided.known:
                divided = body.in_all.value - body.not_divided.value
                yield (
                    f"  by constituency and kind, sources name {divided}; "
                    f"of {body.not_divided.value} the division is not known"
                )
            for each in body.allotted:
                if each.at_least.known and each.recorded < each.at_least.value:
                    yield (
                        f"  {each.constituency} {each.kind}: {each.recorded} recorded, "
                        f"at least {each.at_least.value} by the rules"
                    )


def _line(each: Seat) -> str:
    whom = " ".join(part for part in (each.constituency, each.kind) if part)
    said = f"{each.office}{f' ({whom})' if whom else ''}: "
    if not each.state.known:
        return f"{said}not known: {each.state.reason}; last held by {each.holder or 'nobody'}"
    if each.state.value == "vacant":
        since = f"since {each.vacant_since.isoformat()}" if each.vacant_since else ""
        return f"{said}vacant {since or '(since when is not recorded)'}"
    until = f" until {each.until.value.isoformat()}" if each.until.known else ""
    since = "" if each.since is None else f" since {each.since.isoformat()}"
    return f"{said}{each.holder}, {each.how}{since}{until}"


@checked
def seats(rulebook: Rulebook, now: Snapshot, unit: str, role: str = "") -> SeatedBody:
    """Answer who holds each seat of a unit, and hold the seats against the union's rules.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        unit: the unit, such as the national executive.
        role: only offices of this kind; empty: all that the unit has.

    Raises:
        UnknownName: when no record knows the unit, or no kind of office is called so.
    """
    roles = rulebook.words_of("office_role")
    if role and role not in roles:
        raise UnknownName("office_role", role, nearest(role, roles))
    offices = [each for each in now.offices(unit) if role in ("", each.role)]
    found = [place for office in offices for place in _places(rulebook, now, office)]
    kinds = dict.fromkeys(office.role for office in offices)
    bodies = tuple(
        _body(rulebook, now, kind, [each for each in found if each.role == kind]) for kind in kinds
    )
    return SeatedBody(unit, bodies, tuple(found))


@checked
def seat(
    rulebook: Rulebook, now: Snapshot, office: str, *, ballot_closes: date | None = None
) -> tuple[Seat, ...]:
    """Answer who holds an office: one seat for each of its places.

    ``ballot_closes`` is the last day of a by-election's ballot whose result is not recorded: until
    then a free place is vacant, and afterwards not known.

    Raises:
        UnknownName: when the office is not there on that day.
    """
    return tuple(_places(rulebook, now, now.require(Office, office), ballot_closes))


# -- one office ------------------------------------------------------------------------------------


def _places(
    rulebook: Rulebook, now: Snapshot, office: Office, ballot_closes: date | None = None
) -> Iterator[Seat]:
    rows = now.union.holders_of(office.key, known_on=now.known_on)
    held = [row for row in rows if row.holds(now.day)]
    for row in held:
        until, over = _term(rulebook, now, office, row)
        yield _seat(office, row, until, _held(rulebook, now, over), how=row.how, since=row.start)
    working = Working.by(rulebook, now.day)
    over_by = [row.end for row in rows if row.end is not None and row.end <= now.day]
    for free in range(office.places - len(held)):
        # The latest that ended left the first of the free places.
        ended = sorted(over_by, reverse=True)[free : free + 1]
        since = ended[0] if ended else None if rows else office.start
        state = working.known(_STATE, "vacant", "nobody is recorded as holding it")
        if ballot_closes is not None and now.day > ballot_closes:
            why = f"the ballot of a by-election closed on {ballot_closes.isoformat()}, and its "
            state = working.not_known(_STATE, f"{why}result is not recorded")
        until = working.not_known(_UNTIL, "nobody holds it")
        yield _seat(office, None, until, state, vacant_since=since)


def _seat(
    office: Office,
    row: Holding | None,
    until: Answer[date],
    state: Answer[str],
    *,
    how: str = "",
    since: date | None = None,
    vacant_since: date | None = None,
) -> Seat:
    return Seat(
        office=office.key,
        role=office.role,
        constituency=office.constituency,
        kind=office.seat_kind,
        holder="" if row is None else row.person,
        since=since,
        how=how,
        until=until,
        state=state,
        vacant_since=vacant_since,
    )


def _held(rulebook: Rulebook, now: Snapshot, over: str) -> Answer[str]:
    """Return that a place is held, or why that is not known any more."""
    working = Working.by(rulebook, now.day)
    if over:
        return working.not_known(_STATE, over)
    return working.known(_STATE, "held", "somebody is recorded as holding it")


def _term(
    rulebook: Rulebook, now: Snapshot, office: Office, row: Holding
) -> tuple[Answer[date], str]:
    """Return when a term is over, and why the holder is not known on the day; empty: they are."""
    working = Working.by(rulebook, now.day)
    if row.end is not None:
        return working.known(_UNTIL, row.end, "the last day of the term is recorded"), ""
    first = _whole_term(now, office, row)
    if first is None:
        why = "the term whose rest a by-election filled is not recorded"
        return working.not_known(_UNTIL, why), ""
    found = ask(rulebook, {"office.role": office.role}, *_TERM, on=first.start)
    years, conference = (found[name] for name in _TERM)
    if not years.known:
        return working.not_known(_UNTIL, years.reason, using=[years]), ""
    if conference.known:
        return _to_conference(working, now, first.start.year + years.value, [*found.values()])

    def calculate(count: int) -> tuple[date, str]:
        until = Duration(count, TimeUnit.YEARS).after(first.start)
        return until, f"the term lasts {count} years from {first.start.isoformat()}"

    until = working.out(_UNTIL, [years], calculate)
    passed = until.known and until.value <= now.day
    said = "the term is over, and no later election is recorded"
    return until, said if passed else ""


def _whole_term(now: Snapshot, office: Office, row: Holding) -> Holding | None:
    """Return the row with which the term began: the rest of a term is filled by a by-election."""
    if row.how != "by-election":
        return row
    rows = now.union.holders_of(office.key, known_on=now.known_on)
    before = [each for each in rows if each.start < row.start and each.how != "by-election"]
    return before[-1] if before else None


def _to_conference(
    working: Working, now: Snapshot, year: int, using: list[Answer[Any]]
) -> tuple[Answer[date], str]:
    """Return the day after the conference of a year has closed, as the calendar has it."""
    kind = using[-1].value
    days = {
        each.what: each.day
        for each in now.union.every(Event, known_on=now.known_on)
        if each.day.year == year and _is(now, each.unit, kind)
    }
    if "closes" not in days:
        why = f"the day on which the conference of {year} closes is not recorded"
        until = working.not_known(_UNTIL, why, using=using)
        # Until it opens it has surely not closed.
        surely = days.get("opens", date(year, 1, 1))
        said = f"the term ends with the conference of {year}; {why}"
        return until, said if now.day >= surely else ""
    after = days["closes"] + timedelta(1)
    text = f"the term ends when the conference of {year} has closed"
    until = working.known(_UNTIL, after, text, using=using)
    said = "the term is over, and no later election is recorded"
    return until, said if after <= now.day else ""


def _is(now: Snapshot, unit: str, kind: str) -> bool:
    found = now.unit(unit)
    return found is not None and found.kind == kind


# -- the body --------------------------------------------------------------------------------------


def _body(rulebook: Rulebook, now: Snapshot, role: str, places: list[Seat]) -> SeatSum:
    working = Working.by(rulebook, now.day)
    states = Counter(each.state.value if each.state.known else "" for each in places)
    facts = {"office.role": role}
    in_all = ask(rulebook, facts, "office.seats_in_all", on=now.day)["office.seats_in_all"]
    allotted = tuple(_allotted(rulebook, now, role, places))
    named = sum(each.at_least.value for each in allotted if each.at_least.known)

    def add_up(count: int) -> tuple[bool, str]:
        return count == len(places), f"{len(places)} places are recorded of {count}"

    def rest(count: int) -> tuple[int, str]:
        return max(count - named, 0), f"sources name {named} of {count}"

    return SeatSum(
        role=role,
        recorded=len(places),
        held=states["held"],
        vacant=states["vacant"],
        not_known=states[""],
        people=len({each.holder for each in places if each.state.known and each.holder}),
        for_women=sum(_for_women(rulebook, now, role, each.kind) for each in places),
        in_all=in_all,
        add_up=working.out(_ADDS_UP, [in_all], add_up),
        not_divided=working.out(_NOT_DIVIDED, [in_all], rest),
        allotted=allotted,
    )


def _for_women(rulebook: Rulebook, now: Snapshot, role: str, kind: str) -> bool:
    if not kind:
        return False
    facts = {"office.role": role, "office.seat_kind": kind}
    found = ask(rulebook, facts, "office.for_women", on=now.day)["office.for_women"]
    return found.known and found.value


def _allotted(
    rulebook: Rulebook, now: Snapshot, role: str, places: Iterable[Seat]
) -> Iterator[Allotted]:
    """Give the constituencies with their kinds of seats: those recorded, then those in rules."""
    recorded: dict[tuple[str, str], list[Seat]] = {}
    for each in places:
        if each.constituency:
            recorded.setdefault((each.constituency, each.kind), []).append(each)
    if not recorded:
        return
    kinds = rulebook.words_of("seat_kind")
    ruled = (
        (who, kind) for who in sorted(rulebook.texts_of("office.constituency")) for kind in kinds
    )
    for who, kind in dict.fromkeys([*recorded, *ruled]):
        facts = {
            "office.role": role,
            "office.constituency": who,
            **({"office.seat_kind": kind} if kind else {}),
        }
        name = "office.seats_at_least"
        at_least = ask(rulebook, facts, name, on=now.day)[name]
        mine = recorded.get((who, kind), [])
        if mine or at_least.known:
            held = sum(each.state.known and each.state.value == "held" for each in mine)
            yield Allotted(who, kind, len(mine), held, at_least)
