"""What a union's records must keep to by the rulebook: its words, its names and its rules."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache, partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from unioncore.errors import DataFault, NotationError, UnknownName, nearest
from unioncore.model import (
    TABLES,
    Accreditation,
    ActionBallot,
    Agreement,
    Body,
    BodyKind,
    Branch,
    Campaign,
    Dated,
    Employer,
    GroupMember,
    Holding,
    Job,
    LeverageFactor,
    MassClaim,
    Membership,
    Message,
    MonitoringCount,
    MonitoringList,
    MonitoringRound,
    Office,
    OfficeRole,
    OwnMonitoring,
    Parent,
    PlannedEvent,
    Record,
    Region,
    ServiceGroup,
    Snapshot,
    Union,
    Unit,
    columns,
)
from unioncore.records.cells import shown
from unioncore.records.conditions import member_condition
from unioncore.records.consistency import Faults
from unioncore.records.facts import member_facts, office_facts
from unioncore.records.tables import Places
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Requirement, series
from unioncore.rules.compile import compile_values

__all__ = ["check_rules", "not_the_branch"]

_Asked = tuple[tuple[Requirement, ...], Callable[[Mapping[str, Any]], tuple[Any, ...]]]
"""What a verdict needs, and what tells of each whether it is met."""

_CONDITIONS: tuple[tuple[type[Record], str], ...] = (
    (ActionBallot, "group"),
    (Campaign, "group"),
    (MassClaim, "group"),
    (Message, "group"),
    (PlannedEvent, "group"),
)
"""The columns that hold a condition over members."""


def check_rules(union: Union, places: Places, rulebook: Rulebook) -> list[DataFault]:
    """Return where records use words that nobody declares, or break a rule."""
    return _Ruling(union, places, rulebook).run()


def not_the_branch(
    rulebook: Rulebook,
    now: Snapshot,
    person: str,
    branch: str,
    placed: Callable[[], Any],
) -> str:
    """Say why a branch is not one for a member's main job; empty where nothing speaks against it.

    ``placed`` gives the branch that the rules place the member in, or None.
    """
    jobs = now.jobs(person)
    if not jobs:
        return ""
    right = now.branches_for(jobs[0])
    if right and branch not in right:
        which = series(right, "or")
        return f"another branch organises the member's main job, by organises: {which}"
    found = placed()
    if isinstance(found, str) and found in rulebook.named(Branch) and found != branch:
        return f"the rules place the member in the branch {found!r}"
    return ""


class _Ruling:
    def __init__(self, union: Union, places: Places, rulebook: Rulebook) -> None:
        self.union = union
        self.rulebook = rulebook
        self.faults = Faults(places)
        self.bad: set[int] = set()
        """Records with a word that nobody declares: no rule is asked about them."""
        self.on = lru_cache(maxsize=1_000)(union.on)  # most records are looked at on a few days

    def run(self) -> list[DataFault]:
        self._words()
        self._names()
        self._roles()
        self._bodies()
        self._conditions()
        self._factors()
        self._messages()
        self._categories()
        self._branches()
        self._joiners()
        self._holders()
        self._accreditations()
        return self.faults.found

    def _words(self) -> None:
        for kind in TABLES.values():
            told = {
                name: each.metadata["column"].words
                for name, each in columns(kind).items()
                if each.metadata["column"].words
            }
            if kind is Membership:
                told["union"] = "union"
            records = getattr(self.union, kind.table)
            for name, vocabulary in told.items() if records else ():
                known, value_of = self.rulebook.words_of(vocabulary), attrgetter(name)
                for record in records:
                    value = value_of(record)
                    if value and value not in known:
                        which = "" if kind.personal else f" {shown(value)}"
                        said = f"no plugin declares this {vocabulary.replace('_', ' ')}{which}"
                        self.faults.add(record, name, said, nearest(value, known))
                        self.bad.add(id(record))

    def _names(self) -> None:
        """Check the names of what plugins define against what they say."""
        kinds: dict[str, type[Region] | type[ServiceGroup]] = {
            "region": Region,
            "service-group": ServiceGroup,
        }
        for unit in self.union.every(Unit):
            kind = kinds.get(unit.kind)
            defined = None if kind is None else self.rulebook.named(kind).get(unit.key)
            for version in defined.versions if defined is not None else ():
                if version.period.overlaps(unit.period) and version.name != unit.name:
                    said = f"the rulebook calls it {version.name!r} {version.period}"
                    self.faults.add(unit, "name", said)

    def _roles(self) -> None:
        roles = self.rulebook.named(OfficeRole)
        kinds = {unit.key: unit.kind for unit in self.union.every(Unit)}
        for office in self.union.every(Office):
            role, kind = roles.get(office.role), kinds.get(office.unit)
            if role is not None and kind is not None and kind not in role.of:
                said = f"a {kind} has no {office.role}; expected a {' or '.join(role.of)}"
                self.faults.add(office, "unit", said)

    def _bodies(self) -> None:
        bodies = self.rulebook.named(Body)
        makers = [key for key, body in bodies.items() if body.kind is BodyKind.NEGOTIATING]
        for agreement in self.union.every(Agreement):
            body = bodies.get(agreement.body)
            if body is not None and body.kind is not BodyKind.NEGOTIATING:
                said = f"only a negotiating body makes agreements; this one is {body.kind.value}"
                self.faults.add(agreement, "body", said, nearest(body.key, makers))

    def _conditions(self) -> None:
        """Check that a column which holds a condition holds one."""
        for kind, name in _CONDITIONS:
            for record in self.union.every(kind):
                try:
                    if text := getattr(record, name):
                        member_condition(self.rulebook, self.union, text)
                except NotationError as error:
                    self.faults.add(record, name, error.problem, error.suggestion)
                except UnknownName as error:
                    self.faults.add(record, name, str(error))

    def _factors(self) -> None:
        """Check that research rests on rules that there are."""
        book = self.rulebook.definitions
        known = {each.key for each in (*book.rules, *book.requirements, *book.parameters)}
        for factor in self.union.every(LeverageFactor):
            if factor.rule and factor.rule not in known:
                said = f"no rule is called {shown(factor.rule)}"
                self.faults.add(factor, "rule", said, nearest(factor.rule, known))

    def _categories(self) -> None:
        """Check that what forms and members say is offered by the list of its day."""
        days = {row.key: row.day for row in self.union.every(MonitoringRound)}
        told: list[tuple[MonitoringCount | OwnMonitoring, date | None]] = [
            *((row, days.get(row.round)) for row in self.union.every(MonitoringCount)),
            *((row, row.start) for row in self.union.every(OwnMonitoring)),
        ]
        for row, day in told:
            if day is None or id(row) in self.bad:
                continue
            versions = self.rulebook.named(MonitoringList)[row.question].versions
            held = next((each for each in versions if day in each.period), None)
            known = () if held is None else tuple(each.key for each in held.categories)
            if row.category not in known:
                said = "no category of the list of that day"
                self.faults.add(row, "category", said, nearest(row.category, known))

    def _messages(self) -> None:
        """Check that nothing went out before it might."""
        decide = compile_values(self.rulebook.rules, ["contact.may_send"])
        for row in self.union.every(Message):
            if row.sent is None or id(row) in self.bad:
                continue
            seen = row.trial_sent is not None and row.trial_sent <= row.sent
            facts = {
                "contact.channel": row.channel,
                "contact.purpose": row.purpose,
                "contact.trial_sent": seen,
            }
            if decide({**facts, ON: row.sent}) == (False,):
                self.faults.add(row, "sent", "was not to go out before a trial was sent")

    # -- people --------------------------------------------------------------------------------

    def _branches(self) -> None:
        """Check on the first day of each membership that the branch is one for the member."""
        decide, asked = compile_values(self.rulebook.rules, ["branch"]), self._beneath(["branch"])
        for row in self.union.every(Membership):
            if row.status != "current" or row.union not in ("", self.union.key):
                continue
            if id(row) in self.bad:
                continue
            now = self.on(self._last_day(row))
            jobs = now.jobs(row.person)
            if not row.branch:
                # Whose own employees these are is known only where the union is.
                if self.union.key in self.rulebook.words_of("union") and not any(
                    self._is_own_employer(now.employer(job.employer)) for job in jobs
                ):
                    said = "every member belongs to a branch, but for the union's own employees"
                    self.faults.add(row, "branch", said)
                continue
            placed = partial(self._placed, decide, now, row.person, asked)
            if said := not_the_branch(self.rulebook, now, row.person, row.branch, placed):
                self.faults.add(row, "branch", said)

    def _placed(
        self,
        decide: Callable[[Mapping[str, Any]], tuple[Any, ...]],
        now: Snapshot,
        person: str,
        asked: frozenset[str],
    ) -> Any:
        (found,) = decide({**member_facts(self.rulebook, now, person, only=asked), ON: now.day})
        return found

    def _is_own_employer(self, employer: Employer | None) -> bool:
        return employer is not None and employer.key == self.union.key

    def _last_day(self, row: Membership | Accreditation) -> date:
        """Return the day on which a row is looked at: the last that is known of it."""
        until = self.union.kept_until
        if until is not None and row.holds(until):
            return until
        return row.start

    def _holders(self) -> None:
        """Check on the first day of each term, and on those of later changes, who may hold it."""
        person_of = attrgetter("person")
        holdings = sorted(self.union.every(Holding), key=person_of)
        for person, held in groupby(holdings, key=person_of):
            facts_on = cache(partial(self._facts_of_person, person))
            for holding in held:
                for said in self._wrong_with(holding, facts_on):
                    self.faults.add(holding, "person", said)

    def _wrong_with(
        self, holding: Holding, facts_on: Callable[[date], Mapping[str, Any]]
    ) -> Iterator[str]:
        """Say why somebody may not hold an office.

        On later days only what a requirement needs for as long as the office is held is asked.
        """
        asked, decide = self.needed_to_hold
        broken: dict[str, None] = {}
        for day in self._changes(holding):
            now, first = self.on(day), day == holding.start
            office = now.office(holding.office)
            if office is None or id(office) in self.bad:
                continue
            if not (self._is_staff(office) or self._is_current(now.membership(holding.person))):
                when = "on the first day" if first else "to the end"
                yield f"the holder of {office.key} is not a current member {when} of the term"
                break
            of_office = office_facts(
                self.rulebook,
                now,
                office,
                holding.person,
                elected=holding.elected or holding.start,
                election_began=holding.election_began,
            )
            outcomes = decide({**facts_on(day), **of_office, ON: day})
            for each, outcome in zip(asked, outcomes, strict=True):
                if outcome == "not-met" and (each.lasting or first):
                    broken[each.label] = None
        if broken:
            yield f"may not hold {holding.office}; not met: {'; '.join(broken)}"

    @cached_property
    def needed_to_hold(self) -> _Asked:
        """What is needed to hold an office."""
        return self._requirements("may_hold_office")

    @cached_property
    def facts_to_hold(self) -> frozenset[str]:
        return self._beneath(each.key for each in self.needed_to_hold[0])

    def _facts_of_person(self, person: str, day: date) -> Mapping[str, Any]:
        return member_facts(self.rulebook, self.on(day), person, only=self.facts_to_hold)

    def _is_staff(self, office: Office) -> bool:
        role = self.rulebook.named(OfficeRole).get(office.role)
        return role is not None and role.staff

    def _is_current(self, membership: Membership | None) -> bool:
        return membership is not None and membership.status == "current"

    def _changes(self, holding: Holding) -> list[date]:
        """Return the first day of a term, and each in it on which what it rests on may change.

        What comes after the last day for which the records are kept is not told yet; where that is
        not known, nothing is asked of later days in a term without an end.
        """
        person, last = holding.person, date.max if holding.end else holding.start
        until = self.union.kept_until or last
        rows: list[Dated] = [
            *self.union.rows(Membership, "person", person),
            *self.union.rows(Holding, "person", person),
            *self.union.rows(Job, "person", person),
            *self.union.rows(GroupMember, "person", person),
        ]
        days = {day for row in rows for day in (row.start, row.end)}
        first = bisect_left(self.moved, holding.start)
        days.update(self.moved[first : bisect_right(self.moved, min(until, holding.end or until))])
        later = {day for day in days if day is not None and day <= until and holding.holds(day)}
        return sorted({holding.start, *later})

    @cached_property
    def moved(self) -> list[date]:
        """The days on which some unit comes under another, or no longer is, in their order."""
        days = {day for row in self.union.every(Parent) for day in (row.start, row.end)}
        return sorted(day for day in days if day is not None)

    def _accreditations(self) -> None:
        """Check that none lasts longer than it may."""
        asked, decide = self._requirements("may_be_accredited")
        for row in self.union.every(Accreditation):
            if id(row) in self.bad:
                continue
            last = self.union.kept_until if row.end is None else row.end - timedelta(days=1)
            facts = {
                "accreditation.kind": row.kind,
                "accreditation.first_day": row.start,
                "accreditation.last_day": last,
            }
            given = {key: value for key, value in facts.items() if value is not None}
            outcomes = decide({**given, ON: self._last_day(row)})
            self._not_met(row, "end", "may not last so long", asked, outcomes)

    def _joiners(self) -> None:
        """Check, of those who come back after a membership has ended, that they may join."""
        asked, decide = self._requirements("may_join")
        for row in self.union.every(Membership):
            if row.status != "current" or id(row) in self.bad:
                continue
            earlier = [
                each
                for each in self.union.rows(Membership, "person", row.person)
                if each.start < row.start and each.union in ("", self.union.key)
            ]
            if not earlier or row.union not in ("", self.union.key):
                continue
            now = self.on(row.start)
            if now.joined(row.person) == row.start:
                facts = member_facts(self.rulebook, now, row.person)
                outcomes = decide({**facts, ON: row.start})
                self._not_met(row, "status", "may not join again", asked, outcomes)

    def _requirements(self, verdict: str) -> _Asked:
        known = verdict in self.rulebook.rules.facts
        asked = self.rulebook.requirements_of(verdict) if known else ()
        return asked, compile_values(self.rulebook.rules, [each.key for each in asked])

    def _beneath(self, names: Iterable[str]) -> frozenset[str]:
        """Return the recorded facts that some facts rest on."""
        beneath = self.rulebook.rules.beneath(names)
        return frozenset(key for key, decider in beneath if decider is None)

    def _not_met(
        self,
        record: Record,
        column: str,
        said: str,
        asked: Iterable[Requirement],
        outcomes: Iterable[Any],
    ) -> None:
        met = zip(asked, outcomes, strict=True)
        broken = [each.label for each, outcome in met if outcome == "not-met"]
        if broken:
            self.faults.add(record, column, f"{said}; not met: {'; '.join(broken)}")
