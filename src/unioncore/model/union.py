"""A whole union: every record about it, and what it was on a day.

``Union.on(day)`` gives a ``Snapshot``, which answers who is where and who holds what; with
``known_on`` it answers from what had been recorded by that day. Indexes are made when they are
first needed, so a question costs what its answer is long.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeVar, cast

import attrs
from attrs import define, field, frozen

from unioncore.errors import UnknownName, called, nearest
from unioncore.legal import Citation, DayRange, Period, TimeUnit, check_day
from unioncore.model.accounts import AccountFigure
from unioncore.model.agreements import Agreement, AgreementParty, Clause, ClauseHours, TimeOff
from unioncore.model.ballot_records import (
    ActionBallot,
    BallotCheck,
    BallotDecision,
    BallotPaper,
)
from unioncore.model.campaigns import Campaign, LeverageFactor, Milestone
from unioncore.model.communication import ContactChoice, Message
from unioncore.model.conferences import Delegate, Event, HallVote, Motion, Priority
from unioncore.model.elections import Contest, Election, ElectionCandidate, Nomination
from unioncore.model.employers import Employer, EmployerSuccession, Premises, Transfer, Workplace
from unioncore.model.events import EventApplication, PlannedEvent
from unioncore.model.mass_claims import Claimant, ClaimEvent, MassClaim
from unioncore.model.monitoring import MonitoringCount, MonitoringRound, OwnMonitoring
from unioncore.model.offices import Accreditation, Holding, Office
from unioncore.model.people import (
    Arrears,
    FundChoice,
    GroupMember,
    Job,
    Membership,
    Person,
    RetentionContact,
)
from unioncore.model.posts import (
    Application,
    Criterion,
    Oversight,
    PanelMember,
    Score,
    Vacancy,
)
from unioncore.model.programmes import PlanLine, Undertaking
from unioncore.model.record import Dated, Record, columns, identity_of
from unioncore.model.register import (
    Address,
    CheckOffColumns,
    JobCategory,
    MemberForm,
    PaymentMethod,
)
from unioncore.model.strikes import Strike, StrikeClaim
from unioncore.model.units import Organises, Parent, Unit, UnitSuccession
from unioncore.model.workplaces import Notice, SafetyEvent, TimeTaken, Training, Workforce
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
        Premises,
        Organises,
        Person,
        Membership,
        Job,
        Transfer,
        Arrears,
        FundChoice,
        GroupMember,
        RetentionContact,
        Address,
        PaymentMethod,
        CheckOffColumns,
        JobCategory,
        MemberForm,
        Office,
        Holding,
        Accreditation,
        Oversight,
        Vacancy,
        Criterion,
        PanelMember,
        Application,
        Score,
        Election,
        Contest,
        ElectionCandidate,
        Nomination,
        Event,
        Delegate,
        Motion,
        Priority,
        HallVote,
        Undertaking,
        PlanLine,
        Agreement,
        AgreementParty,
        Clause,
        ClauseHours,
        TimeOff,
        Campaign,
        Milestone,
        LeverageFactor,
        ActionBallot,
        BallotPaper,
        BallotDecision,
        BallotCheck,
        Workforce,
        Training,
        Notice,
        TimeTaken,
        SafetyEvent,
        AccountFigure,
        PlannedEvent,
        EventApplication,
        ContactChoice,
        Message,
        MonitoringRound,
        MonitoringCount,
        OwnMonitoring,
        Strike,
        StrikeClaim,
        MassClaim,
        Claimant,
        ClaimEvent,
    )
}
"""The class of the rows of each table of a union's folder, by the name of the table."""


@cache
def _named_in(table: str) -> tuple[tuple[type[Record], str], ...]:
    """Return the columns in which the keys of a table stand: its own, then what refers to it."""
    own = TABLES[table]
    refer = (
        (kind, name)
        for kind in TABLES.values()
        for name, each in columns(kind).items()
        if each.metadata["column"].refers == table
    )
    return ((own, own.subject[0]), *refer)


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


_REGION = "region"
"""The axis on which members are counted, unless another is asked for; every union has it."""


@frozen(eq=False, repr=False)
class _Believed:
    """The records of a table that were ever believed.

    Each is known from the day on which it was recorded, until a later one replaces it.
    """

    records: tuple[Record, ...]
    replaced: Mapping[int, date]
    """For what a later record replaced, by its ``id``, the day from which it did."""

    def known(self, records: Iterable[Record], known_on: date | None) -> Iterator[Record]:
        """Give those of some records that are believed, or were on a day."""
        if known_on is None:
            gone = self.replaced
            return (row for row in records if id(row) not in gone) if gone else iter(records)
        return (row for row in records if self._known(row, known_on))

    def _known(self, record: Record, known_on: date) -> bool:
        replaced = self.replaced.get(id(record))
        return (record.recorded is None or record.recorded <= known_on) and (
            replaced is None or known_on < replaced
        )


@frozen(kw_only=True, slots=False)
class Union(Shown, shows="key people units"):
    """Everything that a union has recorded about itself. It never changes.

    ``append`` gives a new union with further records. Two unions are equal when they hold the same
    records in the same order. What ``read_union`` gives and ``changes`` makes is checked; records
    that a program puts together itself are checked when ``write_union`` writes them.
    """

    key: str
    """The union's own key, as its plugin has it."""
    name: str = ""
    kept_until: date | None = None
    """The last day for which the records are kept; a snapshot of a later day warns."""
    units: tuple[Unit, ...] = ()
    parents: tuple[Parent, ...] = ()
    unit_successions: tuple[UnitSuccession, ...] = ()
    employers: tuple[Employer, ...] = ()
    employer_successions: tuple[EmployerSuccession, ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    premises: tuple[Premises, ...] = ()
    organises: tuple[Organises, ...] = ()
    people: tuple[Person, ...] = ()
    memberships: tuple[Membership, ...] = ()
    jobs: tuple[Job, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    arrears: tuple[Arrears, ...] = ()
    fund_choices: tuple[FundChoice, ...] = ()
    group_members: tuple[GroupMember, ...] = ()
    retention_contacts: tuple[RetentionContact, ...] = ()
    addresses: tuple[Address, ...] = ()
    payment_methods: tuple[PaymentMethod, ...] = ()
    check_off_columns: tuple[CheckOffColumns, ...] = ()
    job_categories: tuple[JobCategory, ...] = ()
    forms: tuple[MemberForm, ...] = ()
    offices: tuple[Office, ...] = ()
    holdings: tuple[Holding, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    oversight: tuple[Oversight, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    panel_members: tuple[PanelMember, ...] = ()
    applications: tuple[Application, ...] = ()
    scores: tuple[Score, ...] = ()
    elections: tuple[Election, ...] = ()
    contests: tuple[Contest, ...] = ()
    candidates: tuple[ElectionCandidate, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    calendar: tuple[Event, ...] = ()
    delegates: tuple[Delegate, ...] = ()
    motions: tuple[Motion, ...] = ()
    priorities: tuple[Priority, ...] = ()
    hall_votes: tuple[HallVote, ...] = ()
    undertakings: tuple[Undertaking, ...] = ()
    plan_lines: tuple[PlanLine, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    agreement_parties: tuple[AgreementParty, ...] = ()
    clauses: tuple[Clause, ...] = ()
    clause_hours: tuple[ClauseHours, ...] = ()
    time_off: tuple[TimeOff, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    leverage_factors: tuple[LeverageFactor, ...] = ()
    ballots: tuple[ActionBallot, ...] = ()
    ballot_papers: tuple[BallotPaper, ...] = ()
    ballot_decisions: tuple[BallotDecision, ...] = ()
    ballot_checks: tuple[BallotCheck, ...] = ()
    workforce: tuple[Workforce, ...] = ()
    training: tuple[Training, ...] = ()
    notices: tuple[Notice, ...] = ()
    time_taken: tuple[TimeTaken, ...] = ()
    safety_events: tuple[SafetyEvent, ...] = ()
    accounts: tuple[AccountFigure, ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    event_applications: tuple[EventApplication, ...] = ()
    contact_choices: tuple[ContactChoice, ...] = ()
    messages: tuple[Message, ...] = ()
    monitoring_rounds: tuple[MonitoringRound, ...] = ()
    monitoring_counts: tuple[MonitoringCount, ...] = ()
    own_monitoring: tuple[OwnMonitoring, ...] = ()
    strikes: tuple[Strike, ...] = ()
    strike_claims: tuple[StrikeClaim, ...] = ()
    mass_claims: tuple[MassClaim, ...] = ()
    claimants: tuple[Claimant, ...] = ()
    claim_events: tuple[ClaimEvent, ...] = ()
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
    def _indexes(self) -> dict[tuple[type[Record], str], dict[Any, list[Record]]]:
        return {}

    @cached_property
    def _tables(self) -> dict[type[Record], _Believed]:
        return {}

    @cached_property
    def _moves(self) -> list[date]:
        """The days on which a unit comes to stand under another or no longer does."""
        return sorted({day for row in self.parents for day in (row.start, row.end) if day})

    @cached_property
    def _axes(self) -> dict[tuple[int, date | None], "_Axes"]:
        """The axes that were asked for: by how many of those days are past, and what was known."""
        return {}

    def _believed(self, kind: type[Record]) -> _Believed:
        found = self._tables.get(kind)
        if found is None:
            found = self._tables[kind] = _sifted(kind, getattr(self, kind.table))
        return found

    def rows(
        self, kind: type[R], column: str, value: Any, *, known_on: date | None = None
    ) -> Iterator[R]:
        """Give the rows of a table with a value in a column, whatever days they hold on.

        Raises:
            UnknownName: when the table has no such column, or the value is a key, or one of a few
                choices, that does not exist. What is a word of the rulebook is not looked up.
        """
        found: Any = self._index(kind, column).get(value)
        if found is None:
            self._must_know(kind, column, value)
            return iter(())
        believed: Any = self._believed(kind)
        plain = known_on is None and not believed.replaced  # as is usual: nothing is passed over
        known: Iterator[R] = iter(found) if plain else believed.known(found, known_on)
        return known

    def _index(self, kind: type[Record], column: str) -> Mapping[Any, list[Record]]:
        at = (kind, column)
        index = self._indexes.get(at)
        if index is None:
            known = columns(kind)
            if column not in known:
                raise UnknownName(f"column of {kind.table}", column, nearest(column, known))
            found: dict[Any, list[Record]] = {}
            key = attrgetter(column)
            for record in self._believed(kind).records:
                found.setdefault(key(record), []).append(record)
            index = self._indexes[at] = found
        return index

    def _must_know(self, kind: type[Record], column: str, value: Any) -> None:
        each = columns(kind)[column]
        about = each.metadata["column"]
        if value == each.default:
            return  # blank is no key, and says that there is none
        of = TABLES[about.refers] if about.refers else kind if kind.subject == (column,) else None
        if of is not None and not self.knows(of, value):
            raise self.unknown(of, value)
        if about.choices and value not in about.choices:
            raise UnknownName(column, str(value), nearest(str(value), about.choices))

    def knows(self, kind: type[Record], key: str) -> bool:
        """Say whether any record, of any day, is about a unit, an office, a person or the like.

        One that refers to it is enough.
        """
        if key:
            for each, column in _named_in(kind.table):
                if key in self._index(each, column):
                    return True
        return False

    def unknown(self, kind: type[Record], key: str) -> UnknownName:
        """Return the error to raise for a key that no record knows, with the nearest.

        Of people none is suggested, since it would be another person's.
        """
        keys = () if kind.personal else self._index(kind, kind.subject[0])
        return UnknownName(called(kind), str(key), nearest(str(key), keys))

    def every(self, kind: type[R], *, known_on: date | None = None) -> Iterator[R]:
        """Give every row of a table that is believed."""
        believed = self._believed(kind)
        return cast(Iterator[R], believed.known(believed.records, known_on))

    @cached_property
    def units_with_gaps(self) -> tuple[str, ...]:
        """The keys of the units whose rows, in order, leave out some day between two of them."""
        by_key: dict[str, list[Unit]] = {}
        for row in self.every(Unit):
            by_key.setdefault(row.key, []).append(row)
        found = []
        for key, rows in by_key.items():
            rows.sort(key=_start)
            pairs = pairwise(rows)
            if any(a.end is not None and b.start is not None and a.end < b.start for a, b in pairs):
                found.append(key)
        return tuple(found)

    def holders_of(self, office: str, *, known_on: date | None = None) -> tuple[Holding, ...]:
        """Return who has held an office, whatever days they hold it on, by the first day.

        Each row says who, from when to when, how and when they were elected; struck rows are not
        among them.

        Raises:
            UnknownName: when no office has that key.
        """
        rows = self.rows(Holding, "office", office, known_on=known_on)
        return tuple(sorted(rows, key=lambda row: row.start))

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
        return tuple(found)


def _sifted(kind: type[Record], records: tuple[Record, ...]) -> _Believed:
    """Return the records that were ever believed, and which of them later ones replaced."""
    identity = identity_of(kind)
    first: dict[Any, Record] = {}
    corrected: dict[Any, list[Record]] = {}
    for record in records:
        key = identity(record)
        earlier = first.setdefault(key, record)
        if earlier is not record:
            corrected.setdefault(key, [earlier]).append(record)
    if len(first) == len(records) and not any(record.struck for record in records):
        return _Believed(records, {})  # as is usual: the table itself, and no copy of it
    found: list[Record] = []
    replaced: dict[int, date] = {}
    for key, record in first.items():
        # What has no day was entered first; of one day, the later row counts.
        rows = sorted(corrected.get(key, [record]), key=lambda row: row.recorded or date.min)
        for row, later in pairwise(rows):
            replaced[id(row)] = later.recorded or date.min
        found += (row for row in rows if not row.struck)
    return _Believed(tuple(found), replaced)


def _start(row: Dated) -> date:
    return row.start or date.min


def _end(row: Dated) -> date:
    return row.end or date.max


@define(eq=False, repr=False)
class _Hierarchy:
    """How the units hang together on one axis on one day."""

    parent: dict[str, str] = field(factory=dict)
    children: dict[str, list[str]] = field(factory=dict)
    open: set[str] = field(factory=set)
    """The units that stood under another before the day and stand so after it."""
    above: dict[str, tuple[str, ...]] = field(factory=dict)
    """The ancestors of the units that were asked about."""


_Axes = dict[str, _Hierarchy]
"""For each axis, how the units hang together on it."""
_SPANS = 64
"""For how many spans of days a union keeps its axes."""


@frozen(slots=False, eq=False)
class Snapshot(Shown, shows="union day known_on"):
    """A union as it was on one day, as far as had been recorded by another.

    A key, an axis or a kind of unit that stands in no record of any day raises ``UnknownName`` with
    the nearest, in every question; what exists and was not there on the day gives None or nothing.
    A unit that has rows before the day and after it was there: only its name is not known.
    """

    union: Union
    day: date
    known_on: date | None = None
    _last: dict[tuple[type[Record], str], tuple[Any, Any]] = field(factory=dict, init=False)
    """For each column, the value that was asked about last, and its rows.

    Questions about one person come together, and look at the same rows again and again.
    """

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who asks about this day should know: that the records end before it."""
        until = self.union.kept_until
        if until is None or self.day <= until:
            return ()
        said = f"the records are kept until {until.isoformat()}; what happened later is not in them"
        return (said,)

    def rows(self, kind: type[R], column: str, value: Any) -> tuple[R, ...]:
        """Return the rows of a table that hold, with a value in a column."""
        at = (kind, column)
        last = self._last.get(at)
        if last is not None and last[0] == value:
            known: tuple[R, ...] = last[1]
            return known
        found: list[R] = []
        day = self.day
        for row in self.union.rows(kind, column, value, known_on=self.known_on):
            if row.holds(day):
                found.append(row)
        holding = tuple(found)
        self._last[at] = value, holding
        return holding

    def every(self, kind: type[R]) -> tuple[R, ...]:
        """Return every row of a table that holds."""
        found = self.union.every(kind, known_on=self.known_on)
        return tuple(row for row in found if row.holds(self.day))

    def require(self, kind: type[R], key: str) -> R:
        """Return the row of a table that is about a key.

        Raises:
            UnknownName: also when the key exists and was not there on the day.
        """
        found = self._one(kind, kind.subject[0], key)
        if found is None:
            there = () if kind.personal else self.every(kind)
            keys = [str(getattr(row, kind.subject[0])) for row in there]
            what = f"{called(kind)} on {self.day.isoformat()}"
            raise UnknownName(what, key, nearest(key, keys))
        return found

    def _one(self, kind: type[R], column: str, value: Any) -> R | None:
        rows = self.rows(kind, column, value)
        return rows[0] if rows else None

    # -- units ---------------------------------------------------------------------------------

    def unit(self, key: str) -> Unit | None:
        """Return the unit as it was, or None where it was not there."""
        return self._one(Unit, "key", key) or self._between(key)

    def _between(self, key: str) -> Unit | None:
        """Return a unit, without its name, that has rows before the day and after it."""
        rows = list(self.union.rows(Unit, "key", key, known_on=self.known_on))
        before = [row for row in rows if row.end is not None and row.end <= self.day]
        after = [row for row in rows if row.start is not None and row.start > self.day]
        if not before or not after:
            return None
        last, first = max(before, key=_end), min(after, key=_start)
        became = self.rows(UnitSuccession, "unit", key)
        if any(DayRange.of(each.on).earliest >= _end(last) for each in became):
            return None
        branch_type = last.branch_type if last.branch_type == first.branch_type else ""
        return attrs.evolve(
            last, name="", number="", branch_type=branch_type, start=last.end, end=first.start
        )

    def _gaps(self) -> tuple[Unit, ...]:
        found = (self._between(key) for key in self.union.units_with_gaps)
        return tuple(each for each in found if each is not None)

    def units(self, kind: str | None = None) -> tuple[Unit, ...]:
        """Return the units, or those of one kind.

        Raises:
            UnknownName: also when no unit is recorded, on any day, that is of that kind.
        """
        if kind is None:
            return (*self.every(Unit), *self._gaps())
        kinds = self.union._index(Unit, "kind")
        if kind not in kinds:
            raise UnknownName("kind of unit in the records", kind, nearest(kind, kinds))
        unnamed = (each for each in self._gaps() if each.kind == kind)
        return (*self.rows(Unit, "kind", kind), *unnamed)

    @cached_property
    def _axes(self) -> _Axes:
        # They are the same from one day on which a unit moves to the next.
        kept = self.union._axes
        at = bisect_right(self.union._moves, self.day), self.known_on
        found = kept.get(at)
        if found is None:
            if len(kept) >= _SPANS:
                kept.clear()
            found = kept[at] = self._made_axes()
        return found

    def _made_axes(self) -> _Axes:
        found = {_REGION: _Hierarchy()}
        before: set[tuple[str, str]] = set()
        after: set[tuple[str, str]] = set()
        for axis in self.union._index(Parent, "axis"):
            found.setdefault(axis, _Hierarchy())
        for row in self.union.every(Parent, known_on=self.known_on):
            axis = found[row.axis]
            if row.holds(self.day):
                axis.parent[row.unit] = row.parent
                axis.children.setdefault(row.parent, []).append(row.unit)
            else:
                (before if _end(row) <= self.day else after).add((row.axis, row.unit))
        for name, unit in before & after:
            if unit not in found[name].parent:
                found[name].open.add(unit)
        return found

    def _axis(self, axis: str, *units: str) -> "_Hierarchy":
        """Return an axis; raises ``UnknownName`` where it, or one of the units, does not exist."""
        found = self._axes.get(axis)
        if found is None:
            raise UnknownName("axis in the records", axis, nearest(axis, self._axes))
        for unit in units:
            if unit not in found.parent and unit not in found.children:
                self._must_know_unit(unit)
        return found

    def _must_know_unit(self, key: str) -> None:
        if not self.union.knows(Unit, key):
            raise self.union.unknown(Unit, key)

    def parents(self, key: str) -> dict[str, str]:
        """Return the unit above on each axis, by the axis."""
        found = {name: axis.parent[key] for name, axis in self._axes.items() if key in axis.parent}
        if not found:
            self._must_know_unit(key)
        return found

    def parents_not_known(self, key: str) -> tuple[str, ...]:
        """Return the axes on which the unit stood under another before the day, and does after it.

        There it has no parent in ``parents``, and what lies above is not known.
        """
        self._must_know_unit(key)
        return tuple(name for name, axis in self._axes.items() if key in axis.open)

    def ancestors(self, key: str, axis: str) -> tuple[str, ...]:
        """Return the units above on one axis, nearest first, as far as they are known."""
        try:
            return self._axes[axis].above[key]
        except KeyError:
            return self._climb(key, self._axis(axis, key))

    def _climb(self, key: str, axis: "_Hierarchy") -> tuple[str, ...]:
        found: dict[str, None] = {}
        above = axis.parent.get(key)
        # Records that go round in a circle are a fault, and still come to an end.
        while above is not None and above not in found:
            found[above] = None
            above = axis.parent.get(above)
        axis.above[key] = tuple(found)
        return axis.above[key]

    def children(self, key: str, axis: str) -> tuple[str, ...]:
        """Return the units directly below on one axis."""
        return tuple(self._axis(axis, key).children.get(key, ()))

    def descendants(self, key: str, axis: str) -> tuple[str, ...]:
        """Return every unit below on one axis, level by level."""
        children = self._axis(axis, key).children
        found: dict[str, None] = {}
        level = [key]
        while level:
            below = [each for unit in level if unit in children for each in children[unit]]
            before = len(found)
            found.update(dict.fromkeys(below))
            # Only records that go round in a circle give a unit twice.
            once = len(found) - before == len(below)
            level = below if once else list(found)[before:]
        return tuple(found)

    def with_descendants(self, key: str, axis: str = _REGION) -> tuple[str, ...]:
        """Return the unit itself, and every unit below it on one axis, level by level."""
        return (key, *self.descendants(key, axis))

    def lies_in(self, branch: str, unit: str) -> bool | None:
        """Say whether a branch is the one, or lies in the region, that a unit is or belongs to.

        None where it is not known, and of a unit outside every branch and region.
        """
        above = (branch, *self.ancestors(branch, _REGION)) if branch else ()
        for key in (unit, *self.ancestors(unit, _REGION)):
            found = self.unit(key)
            if found is not None and found.kind == "branch":
                return key == branch if branch else None
            if found is not None and found.kind == _REGION:
                regions = [each for each in above if self._is_region(each)]
                return key in regions if regions else None
        return None

    def region_of(self, branch: str) -> str:
        """Return the key of the region that a branch lies in; empty where none is known."""
        above = self.ancestors(branch, _REGION) if branch else ()
        return next((key for key in above if self._is_region(key)), "")

    def _is_region(self, key: str) -> bool:
        unit = self.unit(key)
        return unit is not None and unit.kind == _REGION

    # -- people --------------------------------------------------------------------------------

    def person(self, key: str) -> Person | None:
        """Return the person, under the name of the day."""
        return self._one(Person, "key", key)

    def memberships(self, person: str) -> tuple[Membership, ...]:
        """Return what the person was a member of, whatever the status."""
        return self.rows(Membership, "person", person)

    def membership(self, person: str) -> Membership | None:
        """Return the person's membership of the union itself, whatever its status."""
        for each in self.memberships(person):
            if self._is_own(each):
                return each
        return None

    def _is_own(self, membership: Membership) -> bool:
        return membership.union in ("", self.union.key)

    def joined(self, person: str) -> date | None:
        """Return the first day of the current membership without a break, or None."""
        return self._unbroken(person, lambda row: row.status == "current")

    def category_since(self, person: str) -> date | None:
        """Return the first day of the current membership in its category, or None."""
        now = self.membership(person)
        category = "" if now is None else now.category
        return self._unbroken(
            person, lambda row: row.status == "current" and row.category == category
        )

    def _unbroken(self, person: str, counts: Any) -> date | None:
        rows = self.union.rows(Membership, "person", person, known_on=self.known_on)
        mine = [row for row in rows if self._is_own(row) and counts(row) and row.start <= self.day]
        first = None
        for row in sorted(mine, key=_start, reverse=True):
            if row.holds(self.day) or (first is not None and row.end == first):
                first = row.start
        return first

    def branch_of(self, person: str) -> str:
        """Return the key of the person's branch; empty where there is none."""
        membership = self.membership(person)
        current = membership is not None and membership.status == "current"
        return membership.branch if membership is not None and current else ""

    def members(self, unit: str, axis: str = _REGION) -> tuple[str, ...]:
        """Return the current members of a branch, or of all branches below a unit on an axis."""
        found = []
        for branch in self.with_descendants(unit, axis):
            for row in self.rows(Membership, "branch", branch):
                if row.status == "current" and self._is_own(row):
                    found.append(row.person)
        return tuple(found)

    def jobs(self, person: str) -> tuple[Job, ...]:
        """Return the person's jobs, the main one first."""
        rows = self.rows(Job, "person", person)
        return rows if len(rows) < 2 else tuple(sorted(rows, key=lambda job: not job.main))

    def employer(self, key: str) -> Employer | None:
        """Return the employer as it was, or None where it was not there."""
        return self._one(Employer, "key", key)

    def workplace(self, key: str) -> Workplace | None:
        """Return the workplace as it was, or None where it was not there."""
        return self._one(Workplace, "key", key)

    def premises(self, workplace: str) -> str:
        """Return what the premises are called that a workplace is part of: else its own name."""
        row = self._one(Premises, "workplace", workplace)
        if row is not None:
            return row.name
        found = self.workplace(workplace)
        return workplace if found is None else found.name

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

    def categories(self, job: Job) -> frozenset[str]:
        """Return the categories that a job's role belongs to, by what its own employer's rows say.

        Where those say nothing of the role, the rows of every employer do. One is certain; with
        several the role is ambiguous, and with none nobody has said.
        """
        rows = self.rows(JobCategory, "role", job.role) if job.role else ()
        own = {row.category for row in rows if row.employer == job.employer}
        return frozenset(own or {row.category for row in rows if not row.employer})

    # -- offices -------------------------------------------------------------------------------

    def office(self, key: str) -> Office | None:
        """Return the office as it was, or None where it was not there."""
        return self._one(Office, "key", key)

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
