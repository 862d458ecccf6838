"""A whole union: every record about it, and what it was on a day.

``Union.on(day)`` gives a ``Snapshot``, which answers who is where and who holds what; with
``known_on`` it answers from what had been recorded by that day. Indexes are made when they are
first needed, so a question costs what its answer is long.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar, cast

import attrs
from attrs import frozen

from unioncore.errors import UnknownName, nearest
from unioncore.legal import Citation, Period, check_day
from unioncore.legal import Unit as TimeUnit
from unioncore.model.agreements import Agreement, AgreementParty, Clause, TimeOff
from unioncore.model.employers import Employer, EmployerSuccession, Transfer, Workplace
from unioncore.model.offices import Accreditation, Event, Holding, Office, Vacancy
from unioncore.model.people import Arrears, FundChoice, GroupMember, Job, Membership, Person
from unioncore.model.record import Dated, Record
from unioncore.model.units import Organises, Parent, Unit, UnitSuccession
from unioncore.shown import Shown

__all__ = ["TABLES", "ClockSetting", "Setting", "Snapshot", "Union"]

R = TypeVar("R", bound=Record)

TABLES: Mapping[str, type[Record]] = {
    kind.table: kind
    for kind in (
        Unit,
        Parent,
        UnitSuccession,
        Employer,
        EmployerSuccession,
        Workplace,
        Organises,
        Person,
        Membership,
        Job,
        Transfer,
        Arrears,
        FundChoice,
        GroupMember,
        Office,
        Holding,
        Accreditation,
        Vacancy,
        Event,
        Agreement,
        AgreementParty,
        Clause,
        TimeOff,
    )
}
"""Every table of a union, by name."""


@frozen
class Setting(Shown, shows="of key fact period"):
    """What an employer or a branch lays down for itself, from its policy."""

    of: str
    """``branch`` or ``employer``."""
    key: str
    """Which branch or employer."""
    fact: str
    """The fact that it settles."""
    value: Any
    period: Period
    citations: tuple[Citation, ...]


@frozen
class ClockSetting(Shown, shows="of key clock period"):
    """How long a clock runs by the policy of an employer or a branch."""

    of: str
    """``branch`` or ``employer``."""
    key: str
    """Which branch or employer."""
    case_type: str
    clock: str
    count: int
    unit: TimeUnit
    period: Period
    """The days of the start for which it runs so."""
    citations: tuple[Citation, ...]


_Entry = tuple[Record, date | None, date | None]
"""A record, the day from which it was known, and the day from which a later one replaced it."""


def _known(entry: _Entry, known_on: date | None) -> bool:
    _, since, replaced = entry
    if known_on is None:
        return replaced is None
    return (since is None or since <= known_on) and (replaced is None or known_on < replaced)


@frozen(kw_only=True, slots=False)
class Union(Shown, shows="key people units"):
    """Everything that a union has recorded about itself. It never changes.

    ``append`` gives a new union with further records. Two unions are equal when they hold the same
    records in the same order.
    """

    key: str
    """The union's own key, such as ``unison``."""
    name: str = ""
    kept_until: date | None = None
    """The last day for which the records are kept; answers about later days warn."""
    units: tuple[Unit, ...] = ()
    parents: tuple[Parent, ...] = ()
    unit_successions: tuple[UnitSuccession, ...] = ()
    employers: tuple[Employer, ...] = ()
    employer_successions: tuple[EmployerSuccession, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    organises: tuple[Organises, ...] = ()
    people: tuple[Person, ...] = ()
    memberships: tuple[Membership, ...] = ()
    jobs: tuple[Job, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    arrears: tuple[Arrears, ...] = ()
    fund_choices: tuple[FundChoice, ...] = ()
    group_members: tuple[GroupMember, ...] = ()
    offices: tuple[Office, ...] = ()
    holdings: tuple[Holding, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    calendar: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    agreement_parties: tuple[AgreementParty, ...] = ()
    clauses: tuple[Clause, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    settings: tuple[Setting, ...] = ()
    clock_settings: tuple[ClockSetting, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        # What is cached is made again where it is needed.
        return {each.name: getattr(self, each.name) for each in attrs.fields(type(self))}

    def append(self, *records: Record) -> "Union":
        """Return a union with further records after those that it has."""
        added: dict[str, list[Record]] = {}
        for record in records:
            added.setdefault(record.table, []).append(record)
        more: Any = {table: (*getattr(self, table), *rows) for table, rows in added.items()}
        return attrs.evolve(self, **more)

    def on(self, day: date, *, known_on: date | None = None) -> "Snapshot":
        """Return the union as it was on ``day``.

        Args:
            day: the day that is asked about.
            known_on: answer from what had been recorded by the end of that day; default: from
                everything.

        Raises:
            NotADay: when one of them is not a plain day.
        """
        check_day(day, "day")
        if known_on is not None:
            check_day(known_on, "known_on")
        return Snapshot(self, day, known_on)

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[Any, list[_Entry]]]:
        return {}

    @cached_property
    def _entries(self) -> dict[str, tuple[_Entry, ...]]:
        return {}

    def entries(self, table: str) -> tuple[_Entry, ...]:
        """Return the records of a table, each with the days on which it was believed."""
        found = self._entries.get(table)
        if found is None:
            found = self._entries[table] = _believed(TABLES[table], getattr(self, table))
        return found

    def rows(
        self, kind: type[R], column: str, value: Any, *, known_on: date | None = None
    ) -> Iterator[R]:
        """Give the rows of a table with a value in a column, whatever days they hold on."""
        at = (kind.table, column)
        index = self._indexes.get(at)
        if index is None:
            index = self._indexes[at] = defaultdict(list)
            key = attrgetter(column)
            for entry in self.entries(kind.table):
                index[key(entry[0])].append(entry)
        for entry in index.get(value, ()):
            if _known(entry, known_on):
                yield cast(R, entry[0])

    def every(self, kind: type[R], *, known_on: date | None = None) -> Iterator[R]:
        """Give every row of a table that is believed."""
        for entry in self.entries(kind.table):
            if _known(entry, known_on):
                yield cast(R, entry[0])

    def history(self, unit: str, *, known_on: date | None = None) -> tuple[Record, ...]:
        """Return a unit's names and successions, with those of the units that it came from.

        Raises:
            UnknownName: when no unit has that key.
        """
        found: list[Record] = []
        waiting, seen = deque([unit]), {unit}
        while waiting:
            key = waiting.popleft()
            found.extend(self.rows(Unit, "key", key, known_on=known_on))
            before = list(self.rows(UnitSuccession, "successor", key, known_on=known_on))
            after = list(self.rows(UnitSuccession, "unit", key, known_on=known_on))
            found.extend(each for each in (*before, *after) if each not in found)
            for each in before:
                if each.unit not in seen:
                    seen.add(each.unit)
                    waiting.append(each.unit)
        if not found:
            keys = {each.key for each in self.units}
            raise UnknownName("unit", unit, nearest(unit, keys))
        return tuple(found)


def _believed(kind: type[Record], records: Iterable[Record]) -> tuple[_Entry, ...]:
    """Return each record that was ever believed, with the days on which it was."""
    # As Record.identity, and much faster.
    identity = attrgetter(*kind.subject, *(("start",) if issubclass(kind, Dated) else ()))
    first: dict[Any, Record] = {}
    corrected: dict[Any, list[Record]] = {}
    for record in records:
        key = identity(record)
        earlier = first.setdefault(key, record)
        if earlier is not record:
            corrected.setdefault(key, [earlier]).append(record)
    found: list[_Entry] = []
    for key, record in first.items():
        if key not in corrected:
            if not record.struck:
                found.append((record, record.recorded, None))
            continue
        # What has no day was entered first; of one day, the later row counts.
        rows = sorted(corrected[key], key=lambda row: row.recorded or date.min)
        for row, later in zip(rows, (*rows[1:], None), strict=True):
            replaced = None if later is None else later.recorded or date.min
            if not row.struck:
                found.append((row, row.recorded, replaced))
    return tuple(found)


@frozen(slots=False, eq=False)
class Snapshot(Shown, shows="union day known_on"):
    """A union as it was on one day, as far as had been recorded by another."""

    union: Union
    day: date
    known_on: date | None = None

    def rows(self, kind: type[R], column: str, value: Any) -> tuple[R, ...]:
        """Return the rows of a table that hold, with a value in a column."""
        found = self.union.rows(kind, column, value, known_on=self.known_on)
        return tuple(row for row in found if row.holds(self.day))

    def every(self, kind: type[R]) -> tuple[R, ...]:
        """Return every row of a table that holds."""
        found = self.union.every(kind, known_on=self.known_on)
        return tuple(row for row in found if row.holds(self.day))

    def _one(self, kind: type[R], column: str, value: Any) -> R | None:
        return next(iter(self.rows(kind, column, value)), None)

    # -- units ---------------------------------------------------------------------------------

    def unit(self, key: str) -> Unit | None:
        """Return the unit as it was, or None where it was not there."""
        return self._one(Unit, "key", key)

    def units(self, kind: str | None = None) -> tuple[Unit, ...]:
        """Return the units, or those of one kind."""
        return self.every(Unit) if kind is None else self.rows(Unit, "kind", kind)

    def parents(self, key: str) -> dict[str, str]:
        """Return the unit above on each axis, by the axis."""
        return {row.axis: row.parent for row in self.rows(Parent, "unit", key)}

    def ancestors(self, key: str, axis: str) -> tuple[str, ...]:
        """Return the units above on one axis, nearest first."""
        found: list[str] = []
        above = self.parents(key).get(axis)
        while above is not None and above not in found:
            found.append(above)
            above = self.parents(above).get(axis)
        return tuple(found)

    def children(self, key: str, axis: str) -> tuple[str, ...]:
        """Return the units directly below on one axis."""
        return tuple(row.unit for row in self.rows(Parent, "parent", key) if row.axis == axis)

    def descendants(self, key: str, axis: str) -> tuple[str, ...]:
        """Return every unit below on one axis, level by level."""
        found: dict[str, None] = {}
        waiting = deque([key])
        while waiting:
            for below in self.children(waiting.popleft(), axis):
                if below not in found:
                    found[below] = None
                    waiting.append(below)
        return tuple(found)

    # -- people --------------------------------------------------------------------------------

    def person(self, key: str) -> Person | None:
        """Return the person, under the name of the day."""
        return self._one(Person, "key", key)

    def memberships(self, person: str) -> tuple[Membership, ...]:
        """Return what the person was a member of, whatever the status."""
        return self.rows(Membership, "person", person)

    def membership(self, person: str) -> Membership | None:
        """Return the person's membership of the union itself, whatever its status."""
        own = (each for each in self.memberships(person) if self._is_own(each))
        return next(own, None)

    def _is_own(self, membership: Membership) -> bool:
        return membership.union in ("", self.union.key)

    def joined(self, person: str) -> date | None:
        """Return the first day of the current membership without a break, or None."""
        return self._unbroken(person, lambda row: row.status == "current")

    def full_since(self, person: str) -> date | None:
        """Return the first day of the current full membership without a break, or None."""
        return self._unbroken(
            person, lambda row: row.status == "current" and row.category == "full"
        )

    def _unbroken(self, person: str, counts: Any) -> date | None:
        rows = self.union.rows(Membership, "person", person, known_on=self.known_on)
        mine = [row for row in rows if self._is_own(row) and counts(row) and row.start <= self.day]
        first = None
        for row in sorted(mine, key=lambda row: row.start, reverse=True):
            if row.holds(self.day) or (first is not None and row.end == first):
                first = row.start
        return first

    def branch_of(self, person: str) -> str:
        """Return the key of the person's branch; empty where there is none."""
        membership = self.membership(person)
        current = membership is not None and membership.status == "current"
        return membership.branch if membership is not None and current else ""

    def members(self, unit: str, axis: str = "region") -> tuple[str, ...]:
        """Return the current members of a branch, or of all branches below a unit on an axis."""
        found = []
        for branch in (unit, *self.descendants(unit, axis)):
            for row in self.rows(Membership, "branch", branch):
                if row.status == "current" and self._is_own(row):
                    found.append(row.person)
        return tuple(found)

    def jobs(self, person: str) -> tuple[Job, ...]:
        """Return the person's jobs, the main one first."""
        return tuple(sorted(self.rows(Job, "person", person), key=lambda job: not job.main))

    def employer(self, key: str) -> Employer | None:
        """Return the employer as it was, or None where it was not there."""
        return self._one(Employer, "key", key)

    def workplace(self, key: str) -> Workplace | None:
        """Return the workplace as it was, or None where it was not there."""
        return self._one(Workplace, "key", key)

    def branches_for(self, job: Job) -> tuple[str, ...]:
        """Return the branches that organise a job: those that say most about it."""
        rows = [
            row
            for row in self.rows(Organises, "employer", job.employer)
            if row.workplace in ("", job.workplace) and row.job_group in ("", job.group)
        ]
        said = [bool(row.workplace) + bool(row.job_group) for row in rows]
        most = max(said, default=0)
        return tuple(row.branch for row, how in zip(rows, said, strict=True) if how == most)

    # -- offices -------------------------------------------------------------------------------

    def office(self, key: str) -> Office | None:
        """Return the office as it was, or None where it was not there."""
        return self._one(Office, "key", key)

    def no_office(self, key: str) -> UnknownName:
        """Return the error to raise where an office was not there."""
        return UnknownName("office", key, nearest(key, {each.key for each in self.every(Office)}))

    def offices(self, unit: str) -> tuple[Office, ...]:
        """Return the offices of a unit."""
        return self.rows(Office, "unit", unit)

    def holders(self, office: str) -> tuple[str, ...]:
        """Return who held an office."""
        return tuple(row.person for row in self.rows(Holding, "office", office))

    def held(self, person: str) -> tuple[Office, ...]:
        """Return the offices that a person held."""
        found = (self.office(row.office) for row in self.rows(Holding, "person", person))
        return tuple(office for office in found if office is not None)

    def vacant(self, unit: str | None = None) -> tuple[Office, ...]:
        """Return the offices, of one unit or of all, with fewer holders than places."""
        offices = self.every(Office) if unit is None else self.offices(unit)
        return tuple(each for each in offices if len(self.holders(each.key)) < each.places)
