"""What tables must agree about with one another, whatever the union's rules are."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any, TypeVar, cast

from attrs import field, frozen

from unioncore.errors import DataFault, nearest
from unioncore.legal import DayRange, Period
from unioncore.model import (
    TABLES,
    ActionBallot,
    Agreement,
    AgreementParty,
    BallotPaper,
    Campaign,
    Claimant,
    ClaimEvent,
    Clause,
    ClauseHours,
    Dated,
    Employer,
    EmployerSuccession,
    Event,
    EventApplication,
    FundChoice,
    Holding,
    Job,
    JobCategory,
    MassClaim,
    Membership,
    Message,
    Milestone,
    MonitoringCount,
    MonitoringRound,
    Motion,
    Notice,
    Office,
    Organises,
    Parent,
    Person,
    PlanLine,
    Priority,
    Record,
    SafetyEvent,
    TimeOff,
    TimeTaken,
    Transfer,
    Undertaking,
    Union,
    Unit,
    UnitSuccession,
    Vacancy,
    Workforce,
    Workplace,
    columns,
)
from unioncore.model.agreements import OWN_COLUMNS
from unioncore.model.record import identity_of
from unioncore.model.workplaces import OnADay
from unioncore.records.cells import SHOWN, shown
from unioncore.records.posts import post_faults
from unioncore.records.tables import Places, RecordRow, TableRead
from unioncore.shown import Shown

__all__ = ["Faults", "check_records"]

R = TypeVar("R", bound=Record)

_Days = tuple[date | None, date | None]
"""The first day, and the first day no longer, as in a period; None: no such day is known."""

_ONE_DAY = timedelta(days=1)

_IN_ORDER: tuple[tuple[type[Record], tuple[str, ...]], ...] = (
    (FundChoice, ("told", "start")),
    (ActionBallot, ("opens", "closes", "action_from")),
    (ActionBallot, ("cut_off", "closes")),
    (BallotPaper, ("sent", "undelivered")),
    (Holding, ("election_began", "elected", "start")),
    (Vacancy, ("closing", "interviews")),
    (Message, ("approved", "trial_sent", "sent")),
    (MassClaim, ("employed_from", "employed_to")),
    (Claimant, ("day_a", "day_b")),
    (EventApplication, ("received", "placed")),
    (EventApplication, ("received", "withdrawn")),
)
"""Columns of one row whose days come in this order, or on one day, as far as they are told."""

_CALENDAR = (
    ("motions", "preliminary-agenda", "amendments", "final-agenda", "opens", "closes"),
    ("delegates", "opens"),
    ("emergency-motions", "closes"),
)
"""What of one conference comes in this order: an agenda holds what was in time for it."""


_MINUTES = 24 * 60
"""The minutes of a day."""

_AMENDED = ("motion", "composite", "rule-amendment", "emergency-motion")
_RULES = ("rule-amendment",)
"""What bodies rank in a list of its own."""

_LOOSELY: tuple[tuple[Callable[[str], str], str], ...] = (
    (str.casefold, "capital letters"),
    (lambda key: key.lstrip("0") if key.isdecimal() else key, "leading zeros"),
)
"""Ways in which one key comes to be written as two, each with what then differs."""


@frozen
class Faults(Shown, shows="found"):
    """Collects faults, each with the place of the record that it is about."""

    places: Places
    found: list[DataFault] = field(factory=list)

    def add(self, record: Record, column: str, message: str, hint: str | None = None) -> None:
        """Report a fault of a record; of people, the message must not show a value."""
        row = self.row(record)
        self.found.append(DataFault(row.file, row.line, column, message, hint))

    def warn(self, record: Record, column: str, message: str) -> None:
        """Report what looks like a slip; of people, the message must not show a value."""
        row = self.row(record)
        self.found.append(DataFault(row.file, row.line, column, message, warning=True))

    def line(self, record: Record) -> int:
        """Return the line that a record stands on."""
        return self.row(record).line

    def row(self, record: Record) -> RecordRow:
        """Return the row of a record that was read."""
        row = self.places.of(record)
        assert row is not None
        return row


def check_records(union: Union, tables: Mapping[str, TableRead], places: Places) -> list[DataFault]:
    """Return what is wrong between the rows of all tables."""
    return _Checks(union, tables, places).run()


class _Checks:
    def __init__(self, union: Union, tables: Mapping[str, TableRead], places: Places) -> None:
        self.union = union
        self.tables = tables
        self.faults = Faults(places)
        self.loose: dict[str, tuple[set[str], ...]] = {}
        self.lives: dict[str, Mapping[str, _Days]] = {}

    def run(self) -> list[DataFault]:
        for kind in TABLES.values():
            self._twice(kind)
            self._alike(kind)
            if issubclass(kind, Dated):
                self._overlaps(kind)
            self._references(kind)
        self._circles()
        self._kinds()
        self._days()
        self._calendar()
        self._motions()
        self._plans()
        self._births()
        self._successions()
        self._transfers()
        self._agreements()
        self._clauses()
        self._clause_hours()
        self._time_off()
        self._milestones()
        self._monitoring()
        self._workplaces()
        self._mass_claims()
        self._ballots()
        for record, column, said in post_faults(self.union):
            self.faults.add(record, column, said)
        self._memberships()
        self._main_jobs()
        self._holdings()
        return self.faults.found

    def every(self, kind: type[R]) -> Iterator[R]:
        """Give the rows of a table that are believed today."""
        return self.union.every(kind)

    # -- within one table ----------------------------------------------------------------------

    def _twice(self, kind: type[Record]) -> None:
        identity = identity_of(kind)
        before: dict[tuple[Any, ...], Record] = {}
        struck: list[Record] = []
        for record in getattr(self.union, kind.table):
            same = (identity(record), record.recorded)
            # Of one day the later row counts, so a row may come back to what an earlier one said.
            if same in before and (record.recorded is None or record == before[same]):
                said = f"says what line {self.faults.line(before[same])} says of the same key"
                self.faults.add(
                    record, kind.subject[0], f"{said}; a correction needs a later day in recorded"
                )
            before[same] = record
            if record.struck:
                struck.append(record)
        if struck and self._all_read(kind.table):
            earlier = Counter(map(identity, getattr(self.union, kind.table)))
            for record in struck:
                if earlier[identity(record)] == 1:
                    self.faults.add(record, "struck", "strikes out a row that is not there")

    def _alike(self, kind: type[Record]) -> None:
        """Warn of keys that may be one, which a spreadsheet or a hurried hand wrote as two."""
        if kind.subject[:1] != ("key",):
            return
        first: dict[str, Record] = {}
        for record in getattr(self.union, kind.table):
            first.setdefault(record.key, record)
        for loosely, how in _LOOSELY:
            seen: dict[str, Record] = {}
            for key, record in first.items():
                other = seen.setdefault(loosely(key), record)
                if other is not record:
                    which = "" if kind.personal else f" {shown(other.about[0])}"
                    said = f"is the key{which} of line {self.faults.line(other)} but for {how}"
                    self.faults.warn(record, "key", f"{said}; if they are one, write both alike")
        digits = {key: record for key, record in first.items() if key.isdecimal()}
        longest = max((len(key) for key in digits if key.startswith("0")), default=0)
        if short := [record for key, record in digits.items() if len(key) < longest]:
            many = f"{len(short)} key{' has' if len(short) == 1 else 's have'} fewer digits"
            said = f"{many} than others, which begin with 0; a spreadsheet drops leading zeros"
            self.faults.warn(short[0], "key", f"{said}: format the column as text")

    def _overlaps(self, kind: type[Dated]) -> None:
        about = attrgetter(*kind.subject)
        first: dict[Any, Dated] = {}
        several: dict[Any, list[Dated]] = {}
        for record in self.every(kind):
            same = about(record)
            before = first.setdefault(same, record)
            if before is not record:
                several.setdefault(same, [before]).append(record)
        for records in several.values():
            records.sort(key=lambda record: record.start or date.min)
            longest = records[0]
            for later in records[1:]:
                if longest.meets(later):
                    said = f"holds on days on which line {self.faults.line(longest)} holds too"
                    self.faults.add(later, "start", said)
                if (later.end or date.max) > (longest.end or date.max):
                    longest = later

    def _days(self) -> None:
        """Check that days of one row come in their order."""
        for kind, names in _IN_ORDER:
            for record in self.every(kind):
                told = [name for name in names if getattr(record, name) is not None]
                for first, then in pairwise(told):
                    if _before(getattr(record, then), getattr(record, first)):
                        self.faults.add(record, then, f"comes before {first}")

    def _calendar(self) -> None:
        """Check that the days of one conference come in their order."""
        editions: dict[tuple[str, str], dict[str, Event]] = {}
        for event in self.every(Event):
            editions.setdefault((event.unit, event.edition), {})[event.what] = event
        for events in editions.values():
            for order in _CALENDAR:
                told = [events[what] for what in order if what in events]
                for first, then in pairwise(told):
                    if _before(then.at, first.at):
                        said = f"{then.what} comes before {first.what}, line"
                        self.faults.add(then, "at", f"{said} {self.faults.line(first)}")

    def _motions(self) -> None:
        """Check what amends or is part of what, and that a list has one motion in each place."""
        motions = {row.key: row for row in self.every(Motion)}
        for row in motions.values():
            for column, kinds in (("amends", _AMENDED), ("part_of", ("composite",))):
                other = motions.get(getattr(row, column))
                if other is None:
                    continue
                if (other.unit, other.edition) != (row.unit, row.edition):
                    self.faults.add(row, column, "was put to another conference")
                elif other.kind not in kinds:
                    said = f"expected a {' or '.join(kinds)}, and it is a {other.kind}"
                    self.faults.add(row, column, said)
            if (row.kind == "amendment") is not bool(row.amends):
                said = "an amendment, and nothing else, says which motion it amends"
                self.faults.add(row, "amends", said)
        places: dict[tuple[str, bool, int], Priority] = {}
        for each in self.every(Priority):
            put = motions.get(each.motion)
            if each.place < 1:
                self.faults.add(each, "place", "expected 1 for the first, or more")
            if put is None:
                continue
            at = (f"{each.body} {put.unit} {put.edition}", put.kind in _RULES, each.place)
            other_ = places.setdefault(at, each)
            if other_ is not each:
                said = f"line {self.faults.line(other_)} has this place in the list"
                self.faults.add(each, "place", said)

    def _plans(self) -> None:
        """Check that committees approve what lies in their field."""
        for line in self.every(PlanLine):
            if line.kind != "approval" or not line.body:
                continue
            for row in self.union.rows(Undertaking, "key", line.undertaking):
                if row.committee and row.committee != line.body:
                    said = f"it lies in the field of {row.committee}, which approves it"
                    self.faults.add(line, "body", said)

    # -- between tables ------------------------------------------------------------------------

    def _births(self) -> None:
        born = {row.key: row.born for row in self.every(Person) if row.born is not None}
        kinds: tuple[type[Membership | Job | Holding], ...] = (Membership, Job, Holding)
        for kind in kinds:
            for record in self.every(kind):
                if record.person in born and record.start <= born[record.person]:
                    self.faults.add(record, "start", "comes before the person's day of birth")

    def _references(self, kind: type[Record]) -> None:
        for name, each in columns(kind).items():
            table = each.metadata["column"].refers
            if table:
                known, key_of, days_of = self._lives(table), attrgetter(name), _days_of(kind, name)
                read = self.tables.get(table)
                unread: Collection[str] = () if read is None else read.keys
                for record in self.every(kind):
                    key = key_of(record)
                    if not key:
                        continue
                    if key not in known:
                        self._unknown(record, name, key, table, known)
                    elif days_of is not None and key not in unread:
                        self._in_its_days(record, name, table, days_of(record), known[key])

    def _loose(self, table: str) -> tuple[set[str], ...]:
        """Return the keys of a table as each loose way of writing has them."""
        if table not in self.loose:
            known = self._lives(table)
            self.loose[table] = tuple({loosely(key) for key in known} for loosely, _ in _LOOSELY)
        return self.loose[table]

    def _keys(self, table: str) -> dict[str, list[Dated]]:
        """Return the rows of a table by key; none under the key of a row that always holds."""
        kind = TABLES[table]
        key_of, dated = attrgetter(kind.subject[0]), issubclass(kind, Dated)
        found: dict[str, list[Dated]] = {}
        for record in self.every(kind):
            rows = found.setdefault(key_of(record), [])
            if dated:
                rows.append(cast(Dated, record))
        return found

    def _lives(self, table: str) -> Mapping[str, _Days]:
        """Return the days of all rows of a key together, by key."""
        found = self.lives.get(table)
        if found is None:
            keys = self._keys(table)
            found = self.lives[table] = {key: _life(rows) for key, rows in keys.items()}
        return found

    def _unknown(
        self, record: Record, name: str, key: str, table: str, known: Collection[str]
    ) -> None:
        """Report a key that no row has, unless its row is there and could not be read."""
        read = self.tables.get(table)
        if read is not None and (key in read.keys or not read.whole):
            return
        # A person's key is not shown, not even as the one that may be meant.
        people = TABLES[table].personal
        hint = None if people else nearest(key, known)
        value = "" if people or TABLES[record.table].personal else f" {shown(key)}"
        said = f"{table} has no key{value}"
        for (loosely, how), alike in zip(_LOOSELY, self._loose(table), strict=True):
            if loosely(key) in alike:
                said += f"; it has one that is the same but for {how}"
        self.faults.add(record, name, said, hint)

    def _in_its_days(self, record: Record, name: str, table: str, days: _Days, life: _Days) -> None:
        """Report a row that refers to something on days on which it is not there."""
        (start, end), (first, last) = days, life
        # What has held as far back as is known may be older than what it refers to.
        early = start is not None and first is not None and start < first
        late = last is not None and (end is None or end > last)
        if early or late:
            # Days out of a table about people are not shown.
            which = "" if TABLES[table].personal else f"; it has it {Period(*life)}"
            said = f"holds on days on which {table} does not have it{which}"
            self.faults.add(record, name, said)

    def _circles(self) -> None:
        for parent in self.every(Parent):
            day = parent.start or (parent.end or date.max) - _ONE_DAY
            now = self.union.on(day)
            above = now.ancestors(parent.parent, parent.axis)
            if parent.unit == parent.parent or parent.unit in above:
                said = f"{parent.unit} comes to stand under itself on this axis"
                self.faults.add(parent, "parent", said)

    def _kinds(self) -> None:
        """Check that branches are branches, and regions regions."""
        kinds = {unit.key: unit.kind for unit in self.every(Unit)}
        wanted: tuple[tuple[type[Record], str, str], ...] = (
            (Organises, "branch", "branch"),
            (Membership, "branch", "branch"),
            (Office, "region", "region"),
            (Workplace, "region", "region"),
        )
        for kind, column, unit_kind in wanted:
            for record in self.every(kind):
                found = kinds.get(getattr(record, column))
                if found is not None and found != unit_kind:
                    self.faults.add(
                        record, column, f"expected a {unit_kind}, this is a {found[:SHOWN]}"
                    )

    def _successions(self) -> None:
        for kind, of, column in (
            (UnitSuccession, Unit, "unit"),
            (EmployerSuccession, Employer, "employer"),
        ):
            for record in self.every(kind):
                latest = DayRange.of(record.on).latest  # type: ignore[attr-defined]
                key = getattr(record, column)
                rows = list(self.union.rows(of, "key", key))
                if any(row.end is None or row.end > latest for row in rows):
                    said = f"{key} goes on after this day, by {of.table}"
                    self.faults.add(record, "on", said)

    def _transfers(self) -> None:
        for record in self.every(Transfer):
            if record.employer == record.to:
                self.faults.add(record, "to", "staff are transferred to another employer")

    # -- agreements ----------------------------------------------------------------------------

    def _agreements(self) -> None:
        by_key = self._keys("agreements")
        for party in self.every(AgreementParty):
            if bool(party.employer) == bool(party.union):
                said = "expected either an employer or a union in a row"
                self.faults.add(party, "employer", said)
        employers = {row.agreement for row in self.every(AgreementParty) if row.employer}
        for row in self.every(Agreement):
            if not row.body and row.key not in employers and self._all_read("agreement_parties"):
                said = "applies to nobody: name a body, or an employer in agreement_parties"
                self.faults.add(row, "body", said)
            for kind, names in OWN_COLUMNS.items():
                for name in names:
                    if row.kind != kind and getattr(row, name) not in (None, ""):
                        said = f"only an agreement of the kind {kind} has this; this is {row.kind}"
                        self.faults.add(row, name, said)
            for column in ("varies", "replaces"):
                if row.key in self._above(row, column, by_key):
                    self.faults.add(row, column, f"the agreement {column} itself in the end")
                elif column == "replaces" and row.replaces in by_key:
                    self._replaced(row, _life(by_key[row.replaces])[1])

    def _replaced(self, row: Agreement, end: date | None) -> None:
        """Check that an agreement that is replaced has ended when the new one begins."""
        if row.start is None:
            self.faults.add(row, "start", "must not be blank where another agreement is replaced")
        elif end is None or end > row.start:
            said = f"{row.replaces} goes on after the first day of what replaces it; end it"
            self.faults.add(row, "replaces", said)

    def _above(
        self, row: Agreement, column: str, by_key: Mapping[str, Iterable[Dated]]
    ) -> set[str]:
        """Return the agreements that a column leads to, one after another."""
        found: set[str] = set()
        waiting = [getattr(row, column)]
        while waiting:
            key = waiting.pop()
            if key and key not in found:
                found.add(key)
                waiting.extend(getattr(each, column) for each in by_key.get(key, ()))
        return found

    def _clauses(self) -> None:
        """Check that no clause varies one that binds as it stands."""
        agreements: dict[str, list[Agreement]] = {}
        for agreement in self.every(Agreement):
            agreements.setdefault(agreement.key, []).append(agreement)
        clauses: dict[tuple[str, str], list[Clause]] = {}
        for clause in self.every(Clause):
            clauses.setdefault((clause.agreement, clause.key), []).append(clause)
        for clause in self.every(Clause):
            for own in agreements.get(clause.agreement, ()):
                if own.varies == own.key:
                    continue  # it is told of already
                for wider in clauses.get((own.varies, clause.key), ()):
                    modes = {
                        wider.binding or each.binding for each in agreements.get(own.varies, ())
                    }
                    if modes == {"binding"} and wider.meets(clause) and own.meets(clause):
                        said = f"line {self.faults.line(wider)} binds and cannot be varied"
                        self.faults.add(clause, "key", said)

    def _clause_hours(self) -> None:
        """Check that each row gives one rate, for a clause that the agreement has."""
        clauses = {(row.agreement, row.key) for row in self.every(Clause)}
        by_class: dict[tuple[str, ...], list[ClauseHours]] = {}
        for row in self.every(ClauseHours):
            if bool(row.percent) != (row.per_hour is None):
                self.faults.add(row, "percent", "expected either percent or per_hour")
            if (row.agreement, row.clause) not in clauses:
                known = [key for agreement, key in clauses if agreement == row.agreement]
                hint = nearest(row.clause, known)
                self.faults.add(row, "clause", "the agreement has no clause of this key", hint)
            for other in by_class.setdefault((row.agreement, row.clause, row.hours, row.band), []):
                same = (row.percent, row.per_hour) == (other.percent, other.per_hour)
                if not same and row.meets(other):
                    said = f"line {self.faults.line(other)} has another rate for hours of this name"
                    self.faults.add(row, "hours", said)
            by_class[row.agreement, row.clause, row.hours, row.band].append(row)

    def _time_off(self) -> None:
        for row in self.every(TimeOff):
            if (row.hours is None) != (not row.per):
                self.faults.add(row, "per", "hours need to say in what time, and the other way")
            if row.percent is not None and row.percent > 100:
                self.faults.add(row, "percent", "expected at most 100")

    # -- ballots -------------------------------------------------------------------------------

    def _ballots(self) -> None:
        """Check that a ballot names what there is, and has a result that can be."""
        employers = {row.key: row.employer for row in self.every(Workplace)}
        categories = {row.category for row in self.every(JobCategory)}
        for row in self.every(ActionBallot):
            for each in sorted(row.called_on("categories") - categories):
                said = f"no role belongs to the category {shown(each)}"
                self.faults.add(row, "categories", said, nearest(each, categories))
            for key in sorted(row.called_on("workplaces")):
                if key not in employers:
                    said = f"no workplace is called {shown(key)}"
                    self.faults.add(row, "workplaces", said, nearest(key, employers))
                elif employers[key] != row.employer:
                    self.faults.add(row, "workplaces", "is a workplace of another employer")
            parts = [each for each in (row.yes, row.no, row.spoiled) if each is not None]
            if row.papers_returned is not None and sum(parts) > row.papers_returned:
                said = f"fewer than the Yes, No and spoiled papers together, {sum(parts)}"
                self.faults.add(row, "papers_returned", said)

    # -- workplaces ----------------------------------------------------------------------------

    def _workplaces(self) -> None:
        """Check what is kept of work at workplaces against itself."""
        employers = {row.key: row.employer for row in self.every(Workplace)}
        placed: list[Workforce | Notice | SafetyEvent] = [
            *self.every(Workforce),
            *self.every(Notice),
            *self.every(SafetyEvent),
        ]
        for record in placed:
            if employers.get(record.workplace, record.employer) != record.employer:
                self.faults.add(record, "workplace", "is a workplace of another employer")
        roles = {row.key: row.role for row in self.every(Office)}
        held = {(row.person, roles.get(row.office)) for row in self.every(Holding)}
        about: list[Notice | TimeTaken] = [*self.every(Notice), *self.every(TimeTaken)]
        for row in about:
            if (row.person, row.role) not in held:
                self.faults.add(row, "role", "the person never held such an office")
        for event in self.every(SafetyEvent):
            if event.representatives is not None and event.what != "committee-request":
                said = "only a committee-request says how many made it"
                self.faults.add(event, "representatives", said)
        for taken in self.every(TimeTaken):
            if bool(taken.refused) == bool(taken.paid_by):
                said = "expected who paid for it, or why it was refused"
                self.faults.add(taken, "paid_by", said)
            if taken.case and taken.kind != "case":
                self.faults.add(taken, "case", "only time for a case has its reference")
            if taken.clause and not taken.agreement:
                self.faults.add(taken, "agreement", "a clause needs its agreement")
            if not 0 < taken.minutes <= _MINUTES:
                self.faults.add(taken, "minutes", f"expected more than 0, at most {_MINUTES}")

    # -- claims of many members ----------------------------------------------------------------

    def _mass_claims(self) -> None:
        """Check what is entered of claimants against itself and against their claim."""
        claims = {row.key: row for row in self.every(MassClaim)}
        for row in self.every(Claimant):
            if row.day_b is not None and row.day_a is None:
                self.faults.add(row, "day_b", "needs Day A: on which day was conciliation told?")
            if row.adviser and row.waiver != "settlement-agreement":
                self.faults.add(row, "adviser", "only a settlement-agreement has an adviser")
            claim = claims.get(row.claim)
            if claim is not None and not claim.claim and row.presented is not None:
                self.faults.add(row, "presented", "the claim is about a settlement only")
        for event in self.every(ClaimEvent):
            claim = claims.get(event.claim)
            if claim is not None and not claim.claim:
                self.faults.add(event, "claim", "the claim is about a settlement only")

    # -- people --------------------------------------------------------------------------------

    def _own(self, membership: Membership) -> bool:
        return membership.union in ("", self.union.key)

    def _monitoring(self) -> None:
        """Check that no more forms came back than went out, and none says two things."""
        said: dict[tuple[str, str], int] = {}
        for count in self.every(MonitoringCount):
            at = count.round, count.question
            said[at] = said.get(at, 0) + count.count
        most: dict[str, int] = {}
        for (key, _), total in said.items():
            most[key] = max(most.get(key, 0), total)
        for row in self.every(MonitoringRound):
            out, back = row.given_out, row.returned
            if out is not None and back is not None and back > out:
                self.faults.add(row, "returned", "is more than were given out")
            if back is not None and most.get(row.key, 0) > back:
                self.faults.add(row, "returned", "is less than gave an answer")
            if row.kind == "population" and not row.source:
                self.faults.add(row, "source", "figures of a population need a source")

    def _milestones(self) -> None:
        for milestone in self.every(Milestone):
            plans = list(self.union.rows(Campaign, "key", milestone.campaign))
            if plans and not any(plan.holds(milestone.day) for plan in plans):
                self.faults.add(milestone, "day", "is no day of the campaign")

    def _memberships(self) -> None:
        if not self._all_read("memberships"):
            return
        members = {row.person for row in self.every(Membership)}
        holders = {row.person for row in self.every(Holding)}
        for person in self.every(Person):
            if person.key not in members and person.key not in holders:
                self.faults.add(person, "key", "is neither a member nor the holder of a post")
        for membership in self.every(Membership):
            if membership.branch and not self._own(membership):
                said = "is a branch of this union, and the membership is of another"
                self.faults.add(membership, "branch", said)
            if membership.left_because and membership.status == "current":
                said = "says why the member left, and the membership is current"
                self.faults.add(membership, "left_because", said)

    def _all_read(self, *tables: str) -> bool:
        """Say whether nothing is missing from tables because it could not be read."""
        return not any(self.tables[t].faults for t in tables if t in self.tables)

    def _main_jobs(self) -> None:
        jobs: dict[str, list[Job]] = {}
        for job in self.every(Job):
            if job.main:
                jobs.setdefault(job.person, []).append(job)
        for mine in jobs.values():
            mine.sort(key=lambda job: job.start)
            for place, job in enumerate(mine):
                if any(job.meets(each) and job.job != each.job for each in mine[:place]):
                    self.faults.add(job, "main", "a person has one main job at a time")

    def _holdings(self) -> None:
        offices: dict[str, list[Holding]] = {}
        for holding in self.every(Holding):
            offices.setdefault(holding.office, []).append(holding)
        for key, held in offices.items():
            held.sort(key=lambda holding: holding.start)
            for place, holding in enumerate(held):
                office = self.union.on(holding.start).office(key)
                others = sum(each.holds(holding.start) for each in held[:place])
                if office is not None and others >= office.places:
                    many = "place is" if office.places == 1 else f"{office.places} places are"
                    said = f"the {many} taken already on the first day of the term"
                    self.faults.add(holding, "office", said)


def _before(then: date, first: date) -> bool:
    """Say whether a day, or a moment, comes before another; two hours count where both are set."""
    if isinstance(then, datetime) and isinstance(first, datetime):
        return then < first
    day = then.date() if isinstance(then, datetime) else then
    return day < (first.date() if isinstance(first, datetime) else first)


def _days_of(kind: type[Record], column: str) -> Callable[[Any], _Days] | None:
    """Return what gives the days of a row on which what a column refers to must be there.

    None where that may be on any day.
    """
    if issubclass(kind, Agreement):
        # What is replaced has ended, and what is varied may end first.
        return None
    if issubclass(kind, Dated):
        return attrgetter("start", "end")
    if issubclass(kind, OnADay):
        return lambda record: (record.day, record.day + _ONE_DAY)
    if issubclass(kind, Transfer):
        # The employer before may end with the transfer.
        before = _ONE_DAY if column == "employer" else timedelta(0)
        return lambda record: (record.on - before, record.on - before + _ONE_DAY)
    return None


def _life(versions: Iterable[Dated]) -> _Days:
    """Return the days from the first version to the last; what lies between need not be told."""
    starts = [version.start for version in versions]
    ends = [version.end for version in versions]
    return (
        None if None in starts else min((s for s in starts if s is not None), default=None),
        None if None in ends else max((e for e in ends if e is not None), default=None),
    )
