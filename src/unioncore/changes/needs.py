"""What every change needs before it is made: days, keys, words, units and memberships."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from unioncore.answers import ask
from unioncore.answers.by_name import unmet
from unioncore.errors import ChangeRefused, did_you_mean, nearest
from unioncore.legal import check_day
from unioncore.model import (
    TABLES,
    Dated,
    Membership,
    Parent,
    Person,
    Record,
    Snapshot,
    Union,
    Unit,
    columns,
)
from unioncore.records import member_facts
from unioncore.records.cells import unfit_cells
from unioncore.records.ruling import not_the_branch
from unioncore.rulebook import Rulebook

__all__: list[str] = []


def state(union: Union, on: date, recorded: date) -> Snapshot:
    """Return the union on a day, as it was known when the change is entered."""
    check_day(recorded, "recorded")
    return union.on(on, known_on=recorded)


def until_then(record: Dated, on: date, recorded: date) -> Dated:
    """Return the record as it is to be read now: it holds only until ``on``."""
    if record.start is not None and record.start >= on:
        return attrs.evolve(record, struck=True, recorded=recorded)
    return attrs.evolve(record, end=on, recorded=recorded)


def refuse(change: str, *reasons: str) -> None:
    """Refuse a change where there is a reason to."""
    if reasons:
        raise ChangeRefused(change, reasons)


def _unfit(rulebook: Rulebook, record: Record) -> Iterator[str]:
    """Give what a record says that a file of its table could not: no value there, or no word.

    No value is shown: the record may be about a person.
    """
    wrong = dict(unfit_cells(record))
    for name, each in wrong.items():
        hint = None if each.is_value else each.suggestion
        yield f"{name}: {each.message}{did_you_mean(hint)}"
    if isinstance(record, Dated) and wrong.keys().isdisjoint(("start", "end")):
        start, end = record.start, record.end
        if start is not None and end is not None and end <= start:
            yield "end: it ends before it begins"
    for name, field in columns(type(record)).items():
        about, value = field.metadata["column"], getattr(record, name)
        if about.words and value and name not in wrong:
            known = rulebook.words_of(about.words)
            if value not in known:
                said = f"{name}: no {about.words.replace('_', ' ')} of this name"
                yield f"{said}{did_you_mean(nearest(value, known))}"


def needs_fit(change: str, rulebook: Rulebook, *records: Record) -> None:
    """Refuse records that could not be read from a file, and say all that is wrong with them."""
    refuse(change, *(why for record in records for why in _unfit(rulebook, record)))


def needs_known(union: Union, change: str, kind: type[Record], key: str) -> None:
    """Refuse a key that no record of any day knows, with the nearest."""
    if not union.knows(kind, key):
        raise ChangeRefused(change, (str(union.unknown(kind, key)),))


def needs_unit(now: Snapshot, change: str, key: str, kind: str = "") -> Unit:
    """Return a unit that is there on the day, and of a kind where one is named."""
    needs_known(now.union, change, Unit, key)
    unit = now.unit(key)
    if unit is None:
        raise ChangeRefused(change, (f"no unit has the key {key} on {now.day.isoformat()}",))
    if kind and unit.kind != kind:
        raise ChangeRefused(change, (f"{key} is a {unit.kind} and not a {kind}",))
    return unit


def lasts(rows: Iterable[Dated], on: date, until: date | None = None) -> bool:
    """Say whether rows cover every day from ``on``, or those before ``until``."""
    reached = on
    for row in sorted(rows, key=lambda row: row.start or date.min):
        if row.holds(reached):
            if row.end is None:
                return True
            reached = row.end
    return until is not None and reached >= until


def needs_lasting(now: Snapshot, change: str, key: str, kind: str = "") -> Unit:
    """Return a unit that is not known to end: what comes under it has no end either."""
    unit = needs_unit(now, change, key, kind)
    if not lasts(now.union.rows(Unit, "key", key, known_on=now.known_on), now.day):
        raise ChangeRefused(change, (f"{key} ends after that day",))
    return unit


def onwards(now: Snapshot) -> Iterator[Snapshot]:
    """Give the state of the day, and of each later one on which a unit comes under another."""
    yield now
    starts = {row.start for row in now.union.every(Parent, known_on=now.known_on)}
    for day in starts:
        if day is not None and day > now.day:
            yield now.union.on(day, known_on=now.known_on)


def membership_on(now: Snapshot, person: str) -> Membership | None:
    """Return a person's membership; None also of somebody whom no record knows."""
    return now.membership(person) if now.union.knows(Person, person) else None


def needs_membership(now: Snapshot, change: str, person: str) -> Membership:
    """Return a current membership."""
    membership = membership_on(now, person)
    if membership is None or membership.status != "current":
        raise ChangeRefused(change, ("the person is not a current member on that day",))
    return membership


def joins_later(union: Union, person: str, on: date, recorded: date) -> bool:
    """Say whether a person has a membership that starts after a day."""
    rows = union.rows(Membership, "person", person, known_on=recorded)
    return any(row.start > on and row.union in ("", union.key) for row in rows)


def current(union: Union, person: str, recorded: date) -> Iterator[Membership]:
    """Give the rows of a person's current membership, of any day."""
    for row in union.rows(Membership, "person", person, known_on=recorded):
        if row.status == "current" and row.union in ("", union.key):
            yield row


def not_met(rulebook: Rulebook, facts: Mapping[str, Any], verdict: str, on: date) -> Iterator[str]:
    """Give the requirements of a verdict that are known not to be met."""
    if verdict in rulebook.rules.facts:
        yield from (f"not met: {each.label}" for each in unmet(rulebook, facts, verdict, on))


def unsound(rulebook: Rulebook, union: Union, record: Dated, known_on: date) -> Iterator[str]:
    """Give what is wrong with a record before it is appended: its values, words and keys.

    No value is shown: the record may be about a person.
    """
    unread = [*_unfit(rulebook, record)]
    yield from unread
    if unread:
        return  # a key, or days, of which it is not known what they mean
    for name, each in columns(type(record)).items():
        refers, value = each.metadata["column"].refers, getattr(record, name)
        if value and refers and (of := TABLES[refers]) is not Person:
            if not union.knows(of, value):
                yield f"{name}: {union.unknown(of, value)}"
            elif issubclass(of, Dated) and not _is_there(union, of, value, record, known_on):
                yield f"{name}: {refers} does not have it on all of these days"


def _is_there(union: Union, of: type[Dated], key: str, record: Dated, known_on: date) -> bool:
    """Say whether something is there from the first day of a record to the last."""
    rows = list(union.rows(of, of.subject[0], key, known_on=known_on))
    first = min((row.start or date.min for row in rows), default=date.max)
    last = max((row.end or date.max for row in rows), default=date.min)
    return first <= (record.start or first) and (record.end or date.max) <= last


def misplaced(rulebook: Rulebook, now: Snapshot, person: str, branch: str) -> Iterator[str]:
    """Say why a branch is not one for a person's main job, where something speaks against it."""

    def placed() -> Any:
        facts = member_facts(rulebook, now, person)
        found = ask(rulebook, facts, "branch", on=now.day)["branch"]
        return found.value if found.known else None

    if said := not_the_branch(rulebook, now, person, branch, placed):
        yield said
