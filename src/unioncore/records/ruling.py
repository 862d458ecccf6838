"""What a union's records must keep to by the rulebook: its words, its names and its rules."""

from collections.abc import Iterable, Mapping
from datetime import date

from unioncore.errors import DataFault, nearest
from unioncore.model import (
    TABLES,
    Agreement,
    Body,
    BodyKind,
    Branch,
    Employer,
    Holding,
    Membership,
    Office,
    OfficeRole,
    Organises,
    Region,
    ServiceGroup,
    Union,
    Unit,
    columns,
)
from unioncore.records.cells import shown
from unioncore.records.consistency import Faults
from unioncore.records.facts import member_facts, office_facts
from unioncore.records.tables import RecordRow
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, compile_rules

__all__ = ["check_rules"]


def check_rules(
    union: Union, rows: Mapping[str, tuple[RecordRow, ...]], rulebook: Rulebook
) -> list[DataFault]:
    """Return where records use words that nobody declares, or break a rule."""
    return _Ruling(union, rows, rulebook).run()


class _Ruling:
    def __init__(
        self, union: Union, rows: Mapping[str, Iterable[RecordRow]], rulebook: Rulebook
    ) -> None:
        self.union = union
        self.rulebook = rulebook
        self.faults = Faults(rows)
        self.bad: set[int] = set()
        """Records with a word that nobody declares: no rule is asked about them."""

    def run(self) -> list[DataFault]:
        self._words()
        self._names()
        self._roles()
        self._bodies()
        self._branches()
        self._holders()
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
            for record in getattr(self.union, kind.table):
                for name, vocabulary in told.items():
                    value = getattr(record, name)
                    known = self.rulebook.words_of(vocabulary)
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

    # -- people --------------------------------------------------------------------------------

    def _branches(self) -> None:
        """Check on the first day of each membership that the branch is one for the member."""
        named = self.rulebook.named(Branch)
        organised = {row.employer for row in self.union.every(Organises)}
        decide = compile_rules(self.rulebook.rules, ["branch"])
        for row in self.union.every(Membership):
            if row.status != "current" or row.union not in ("", self.union.key):
                continue
            if id(row) in self.bad:
                continue
            day = self._last_day(row)
            now = self.union.on(day)
            jobs = now.jobs(row.person)
            if not row.branch:
                # Whose own employees these are is known only where the union is.
                if self.union.key in self.rulebook.words_of("union") and not any(
                    self._is_own_employer(now.employer(job.employer)) for job in jobs
                ):
                    said = "every member belongs to a branch, but for the union's own employees"
                    self.faults.add(row, "branch", said)
                continue
            if jobs and jobs[0].employer in organised:
                right = now.branches_for(jobs[0])
                if right and row.branch not in right:
                    said = "another branch organises the member's main job, by organises"
                    self.faults.add(row, "branch", said)
                    continue
            if jobs:
                (found,) = decide({**member_facts(self.rulebook, now, row.person), ON: day})
                if isinstance(found, str) and found in named and found != row.branch:
                    said = f"the rules place the member in the branch {found!r}"
                    self.faults.add(row, "branch", said)

    def _is_own_employer(self, employer: Employer | None) -> bool:
        return employer is not None and employer.key == self.union.key

    def _last_day(self, row: Membership) -> date:
        """Return the day on which a membership is looked at: the last that is known of it."""
        until = self.union.kept_until
        if until is not None and row.holds(until):
            return until
        return row.start

    def _holders(self) -> None:
        """Check on the first day of each term that the holder was eligible."""
        fact = self.rulebook.rules.facts.get("may_hold_office")
        if fact is None:
            return
        roles = self.rulebook.named(OfficeRole)
        requirements = self.rulebook.requirements_of("may_hold_office")
        decide = compile_rules(self.rulebook.rules, [fact.key, *(r.key for r in requirements)])
        for holding in self.union.every(Holding):
            now = self.union.on(holding.start)
            office = now.office(holding.office)
            if office is None or id(office) in self.bad:
                continue
            role = roles.get(office.role)
            if role is None or not role.staff:
                membership = now.membership(holding.person)
                if membership is None or membership.status != "current":
                    said = "the holder is not a current member on the first day of the term"
                    self.faults.add(holding, "person", said)
                    continue
            facts = member_facts(self.rulebook, now, holding.person)
            facts |= office_facts(
                self.rulebook,
                now,
                office,
                elected=holding.elected,
                election_began=holding.election_began,
            )
            may, *outcomes = decide({**facts, ON: holding.start})
            if may is False:
                met = zip(requirements, outcomes, strict=True)
                broken = [each.label for each, outcome in met if outcome == "not-met"]
                self.faults.add(holding, "person", f"may not hold it; not met: {'; '.join(broken)}")
