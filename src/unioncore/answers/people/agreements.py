"""Which agreements and clauses apply to somebody's job on a day, and why."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.legal import in_force
from unioncore.model import (
    Agreement,
    AgreementParty,
    Body,
    Clause,
    Job,
    Person,
    Snapshot,
    TimeOff,
    Transfer,
)
from unioncore.records import job_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["Applied", "JobAgreements", "Term", "agreements_of", "recognition_covers"]

_APPLIES = Fact("agreement.applies", FactType.YES_NO, "the agreement applies to the job")


@frozen
class Term(Answers, shows="binding warnings"):
    """A clause as it stands for one job."""

    clause: Clause
    binding: str
    """``binding``, ``locally-varied`` or ``guidance``; empty where it is not known."""
    varies: Clause | None = None
    """The clause of a wider agreement that it stands in place of."""
    warnings: tuple[str, ...] = ()


@frozen
class Applied(Answers, shows="applies terms guidance time_off warnings"):
    """An agreement that applies to a job, or of which that is not known."""

    agreement: Agreement
    applies: Answer[bool]
    """Yes, with why; or not known."""
    frozen_on: date | None = None
    """The day of the transfer at which its terms were frozen; None where it goes on changing."""
    terms: tuple[Term, ...] = ()
    """The clauses in force, without those that a more local agreement varies."""
    guidance: tuple[Term, ...] = ()
    """The clauses in force that only advise."""
    time_off: tuple[TimeOff, ...] = ()
    covers_the_core: Answer[bool] | None = None
    """For recognition: whether it covers pay, hours and holidays."""
    warnings: tuple[str, ...] = ()


@frozen
class JobAgreements(Answers, shows="on applied not_known"):
    """The agreements of one job on one day."""

    job: Job
    on: date
    rulebook: str
    """The fingerprint of the rulebook that answered."""
    applied: tuple[Applied, ...]
    """Those that apply, as the register lists them; then those frozen at a transfer."""
    not_known: tuple[Applied, ...]
    """Those of which it is not known whether they apply."""

    def term(self, key: str) -> Answer[str]:
        """Answer what the agreements give on one matter, by the key of the clause.

        Not known where no agreement that applies has the clause, where only guidance has it, where
        its wording is not recorded, and where two agreements settle it apart.
        """
        work = Working(self.rulebook, self.on)
        fact = Fact(f"clause {key}", FactType.TEXT, f"what the agreements give on {key}")
        held = [(each, term) for each in self.applied for term in each.terms]
        found = [(each, term) for each, term in held if term.clause.key == key]
        if not found:
            return work.not_known(fact, self._silent(key))
        given = {term.clause.value or term.clause.text for _, term in found}
        using = [each.applies for each, _ in found]
        if len(given) > 1:
            titles = " and ".join(each.agreement.title for each, _ in found)
            reason = f"{titles} settle it apart, and which counts is not recorded"
            return work.not_known(fact, reason, using=using)
        (value,) = given
        if not value:
            reason = "the register has the clause without what it gives"
            return work.not_known(fact, reason, using=using)
        where = "; ".join(_where(each, term) for each, term in found)
        warnings = [each for one, term in found for each in (*one.warnings, *term.warnings)]
        return work.known(fact, value, where, using=using, warnings=warnings)

    def _silent(self, key: str) -> str:
        guidance = [
            each for each in self.applied if any(t.clause.key == key for t in each.guidance)
        ]
        said = "no agreement that is recorded for the job has this clause"
        if guidance:
            said = f"only guidance speaks of it: {guidance[0].agreement.title}"
        if self.not_known:
            titles = ", ".join(each.agreement.title for each in self.not_known)
            said = f"{said}; not known whether it falls under {titles}"
        return said


def _where(applied: Applied, term: Term) -> str:
    said = f"{applied.agreement.title}, {term.clause.key}"
    if term.varies is not None:
        said += f", in place of that of {term.varies.agreement}"
    if applied.frozen_on is not None:
        said += f", frozen at the transfer on {long_date(applied.frozen_on)}"
    return said


@checked
def agreements_of(rulebook: Rulebook, now: Snapshot, person: str) -> tuple[JobAgreements, ...]:
    """Answer which agreements apply to each job of a person on the day of ``now``.

    An agreement applies to those whom its body covers, and to the staff of the employers that are
    parties to it. Where staff were transferred, the terms of the employer before stay as they had
    been agreed by the day of the transfer, unless the new employer falls under the agreement too.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        person: the person's key.

    Returns:
        One for each job, the main job first.

    Raises:
        UnknownName: when the records know nobody of that key on that day.
    """
    if now.person(person) is None:
        raise now.union.unknown(Person, person)
    register = _Register(rulebook, now)
    return tuple(register.of(job) for job in now.jobs(person))


@checked
def recognition_covers(rulebook: Rulebook, agreement: Agreement, *, on: date) -> Answer[bool]:
    """Answer whether a recognition agreement covers at least pay, hours and holidays."""
    facts = {
        "agreement.covers_pay": agreement.pay,
        "agreement.covers_hours": agreement.hours,
        "agreement.covers_holidays": agreement.holidays,
    }
    return ask(rulebook, facts, "agreement.covers_the_core", on=on)["agreement.covers_the_core"]


class _Register:
    """Puts the question to the agreements of one union on one day."""

    def __init__(self, rulebook: Rulebook, now: Snapshot) -> None:
        self.rulebook = rulebook
        self.now = now
        self.agreements = tuple(now.union.every(Agreement, known_on=now.known_on))
        self.bodies: dict[tuple[date, str], Answer[frozenset[str]]] = {}

    def of(self, job: Job) -> JobAgreements:
        if not self.agreements:
            return JobAgreements(job, self.now.day, self.rulebook.fingerprint, (), ())
        live = [
            self._live(agreement, covers)
            for agreement in self.agreements
            if agreement.holds(self.now.day)
            and _perhaps(covers := self._covers(self.now, agreement, job))
        ]
        # The latest transfer first: an agreement is frozen at the last employer that was under it.
        settled = {each.agreement.key for each in live if each.applies.known}
        kept: list[Applied] = []
        for transfer, before in self._transfers(job):
            for each in self._frozen(transfer, before, settled):
                settled.add(each.agreement.key)
                kept.append(each)
        frozen_keys = {each.agreement.key for each in kept}
        perhaps = {each.agreement.key: each for each in live if not each.applies.known}
        kept = [
            attrs.evolve(each, warnings=(*each.warnings, _may_go_on(perhaps[each.agreement.key])))
            if each.agreement.key in perhaps
            else each
            for each in kept
        ]
        every = [each for each in (*live, *kept) if each.applies.known]
        unclear = [
            *(each for key, each in perhaps.items() if key not in frozen_keys),
            *(each for each in kept if not each.applies.known),
        ]
        by = self.rulebook.fingerprint
        return JobAgreements(job, self.now.day, by, tuple(_varied(every)), tuple(unclear))

    # -- whom an agreement covers --------------------------------------------------------------

    def _covers(self, then: Snapshot, agreement: Agreement, job: Job) -> Answer[bool]:
        """Answer whether an agreement covers a job as both stood on a day."""
        work = Working.by(self.rulebook, then.day)
        facts = job_facts(self.rulebook, then, job)
        nation = facts.get("employer.nation")
        if agreement.nation and nation not in (None, agreement.nation):
            return work.known(_APPLIES, False, f"it is confined to {agreement.nation}")
        parties = [
            row
            for row in then.rows(AgreementParty, "agreement", agreement.key)
            if row.employer and row.employer == job.employer
        ]
        if any(row.job_group in ("", job.group) for row in parties):
            found = work.known(_APPLIES, True, "the employer is a party to it")
        elif parties and not job.group:
            said = "the employer is a party for some of its staff, and the group is not recorded"
            found = work.not_known(_APPLIES, said, missing=("job.group",))
        else:
            found = work.known(_APPLIES, False, "the employer is not a party to it")
        if agreement.body and not (found.known and found.value):
            by_body = self._by_body(then, agreement, job, facts)
            found = by_body if not by_body.known or by_body.value or found.known else found
        if agreement.nation and nation is None and _perhaps(found):
            said = f"it is confined to {agreement.nation}, and the nation of the post is not known"
            return work.not_known(_APPLIES, said, missing=("employer.nation",))
        return found

    def _by_body(
        self, then: Snapshot, agreement: Agreement, job: Job, facts: dict[str, Any]
    ) -> Answer[bool]:
        at = (then.day, job.job)
        if at not in self.bodies:
            asked = ask(self.rulebook, facts, "negotiating_bodies", on=then.day)
            self.bodies[at] = asked["negotiating_bodies"]
        name = self.rulebook.rules.name_of("body", agreement.body)

        def among(found: frozenset[str]) -> tuple[bool, str]:
            negotiates = agreement.body in found
            return (
                negotiates,
                f"{name} {'negotiates' if negotiates else 'does not negotiate'} for it",
            )

        work = Working.by(self.rulebook, then.day)
        return work.out(_APPLIES, [self.bodies[at]], among)

    # -- agreements that go on -----------------------------------------------------------------

    def _live(self, agreement: Agreement, covers: Answer[bool]) -> Applied:
        clauses = self.now.rows(Clause, "agreement", agreement.key) if covers.known else ()
        return self._applied(agreement, covers, clauses, self.now, self._binds(agreement))

    def _binds(self, agreement: Agreement) -> tuple[str, ...]:
        """Return whom the body's agreements bind, where that is not everybody covered."""
        body = self.rulebook.named(Body).get(agreement.body)
        version = None if body is None else in_force(body.versions, self.now.day)
        if version is None or not version.binds:
            return ()
        return (f"agreements of {version.name} bind {version.binds}",)

    def _applied(
        self,
        agreement: Agreement,
        applies: Answer[bool],
        clauses: Sequence[Clause],
        then: Snapshot,
        warnings: tuple[str, ...],
        frozen_on: date | None = None,
    ) -> Applied:
        terms = [Term(clause, clause.binding or agreement.binding) for clause in clauses]
        recognition = agreement.kind == "recognition"
        return Applied(
            agreement,
            applies,
            frozen_on,
            tuple(term for term in terms if term.binding != "guidance"),
            tuple(term for term in terms if term.binding == "guidance"),
            then.rows(TimeOff, "agreement", agreement.key) if applies.known else (),
            recognition_covers(self.rulebook, agreement, on=self.now.day) if recognition else None,
            warnings,
        )

    # -- terms frozen at a transfer ------------------------------------------------------------

    def _transfers(self, job: Job) -> Iterator[tuple[Transfer, Job]]:
        """Give the transfers that brought the job to its employer, each with the job before."""
        union, known_on = self.now.union, self.now.known_on
        rows = union.rows(Job, "person", job.person, known_on=known_on)
        ended = {row.end: row for row in rows if row.job == job.job and row.end is not None}
        while (before := ended.get(job.start)) is not None:
            if before.employer != job.employer:
                transfers = union.rows(Transfer, "to", job.employer, known_on=known_on)
                found = [
                    each
                    for each in transfers
                    if (each.employer, each.on) == (before.employer, job.start)
                    and each.job_group in ("", before.group)
                ]
                if not found:
                    return  # the person went to another employer without being transferred
                yield found[0], before
            job = before

    def _frozen(self, transfer: Transfer, before: Job, settled: set[str]) -> Iterator[Applied]:
        """Give what the agreements of the employer before left in the contract."""
        eve = self.now.union.on(transfer.on - timedelta(days=1), known_on=self.now.known_on)
        facts = job_facts(self.rulebook, eve, before)
        asked = {
            "transfer.on": transfer.on,
            "transfer.how": transfer.how,
            "transfer.nation": facts.get("employer.nation"),
            "transfer.kept_identity": transfer.kept_identity,
        }
        names = ("transfer.keeps_terms", "transfer.later_terms_bind", "transfer.keeps_recognition")
        law = ask(self.rulebook, asked, *names, on=self.now.day)
        keeps, later, recognition = (law[name] for name in names)
        for agreement in self._in_force(transfer):
            if agreement.key in settled:
                continue
            covered = self._covers(eve, agreement, before)
            if not _perhaps(covered):
                continue
            collective = agreement.kind == "collective"
            using = [covered, keeps, later] if collective else [covered, recognition]
            said = f"{'its terms were' if collective else 'recognition was'} carried over"
            applies = self._carried(using, f"{said} at the transfer on {long_date(transfer.on)}")
            if not _perhaps(applies):
                continue
            clauses: Sequence[Clause] = ()
            warnings: tuple[str, ...] = ()
            if applies.known and (not collective or later.value):
                clauses = self.now.rows(Clause, "agreement", agreement.key)
            elif applies.known:
                clauses, warnings = self._as_of(agreement, transfer)
            yield self._applied(
                agreement,
                applies,
                clauses,
                eve,
                warnings,
                transfer.on if collective and later.known and not later.value else None,
            )

    def _carried(self, using: Sequence[Answer[Any]], text: str) -> Answer[bool]:
        """Answer whether an agreement covered the job before, and the law carries it over."""

        def both(covered: bool, keeps: bool, *_: bool) -> tuple[bool, str]:
            return covered and keeps, text

        return Working.by(self.rulebook, self.now.day).out(_APPLIES, using, both)

    def _in_force(self, transfer: Transfer) -> Iterator[Agreement]:
        """Give the agreements that were in force on the eve, by what was agreed by the day."""
        eve = transfer.on - timedelta(days=1)
        for row in self.agreements:
            begun = row.start is None or row.start <= eve
            ended = (
                row.end is not None and row.end <= eve and row.end not in self._cut(row, transfer)
            )
            if begun and not ended and not _agreed_after(row.made_on, transfer):
                yield row

    def _cut(self, agreement: Agreement, transfer: Transfer) -> set[date | None]:
        """Return the days on which what was agreed after the transfer ends an agreement."""
        return {
            row.start
            for row in self.agreements
            if row.replaces == agreement.key and _agreed_after(row.made_on, transfer)
        }

    def _as_of(
        self, agreement: Agreement, transfer: Transfer
    ) -> tuple[list[Clause], tuple[str, ...]]:
        """Return the clauses on the day asked about, by what was agreed by the transfer."""
        found, warnings = [], []
        by_key: dict[str, list[Clause]] = {}
        union = self.now.union
        for row in union.rows(Clause, "agreement", agreement.key, known_on=self.now.known_on):
            by_key.setdefault(row.key, []).append(row)
        for key, rows in by_key.items():
            rows.sort(key=lambda row: row.start or date.min)
            agreed = [row for row in rows if _agreed_by(row, transfer)]
            later = [row for row in rows if row not in agreed]
            # What was agreed later ends nothing, and nor does the end of the agreement itself.
            cut = {row.start for row in later} | self._cut(agreement, transfer)
            begun = [row for row in agreed if row.start is None or row.start <= self.now.day]
            if begun:
                last = begun[-1]
                if last.end is None or last.end >= transfer.on or last.end in cut:
                    found.append(last)
            for row in later:
                if row.made_on is None and row.holds(self.now.day) and row.start is not None:
                    warnings.append(
                        f"{key} as it stands from {long_date(row.start)} applies only if it was "
                        f"agreed by {long_date(transfer.on)}; when it was is not recorded"
                    )
        return found, tuple(warnings)


def _perhaps(answer: Answer[bool]) -> bool:
    return not answer.known or answer.value


def _agreed_after(made_on: date | None, transfer: Transfer) -> bool:
    return made_on is not None and made_on > transfer.on


def _agreed_by(clause: Clause, transfer: Transfer) -> bool:
    """Say whether a clause was agreed by a transfer; in force before it, it surely was."""
    if clause.made_on is None:
        return clause.start is None or clause.start < transfer.on
    return clause.made_on <= transfer.on


def _may_go_on(live: Applied) -> str:
    return f"later changes apply if the new employer falls under it; {live.applies.reason}"


def _varied(applied: list[Applied]) -> Iterator[Applied]:
    """Give agreements without the clauses that more local ones vary, and say what those vary."""
    by_key = {each.agreement.key: each for each in applied}
    gone: set[Clause] = set()
    told: dict[Clause, Term] = {}
    for each in applied:
        for term in each.terms:
            for wider in _wider(each, by_key):
                for other in (*wider.terms, *wider.guidance):
                    if other.clause.key != term.clause.key or other.binding == "guidance":
                        continue
                    if other.binding == "locally-varied":
                        gone.add(other.clause)
                        known = told.get(term.clause, term)
                        told[term.clause] = attrs.evolve(known, varies=known.varies or other.clause)
                        continue
                    why = "binds" if other.binding else "may bind: how it does is not recorded"
                    said = f"{other.clause.key} of {wider.agreement.title} {why}"
                    told[term.clause] = attrs.evolve(term, warnings=(*term.warnings, said))
    for each in applied:
        terms = tuple(told.get(t.clause, t) for t in each.terms if t.clause not in gone)
        yield attrs.evolve(each, terms=terms)


def _wider(applied: Applied, by_key: dict[str, Applied]) -> Iterator[Applied]:
    """Give the agreements that one varies, the nearest first."""
    seen = {applied.agreement.key}
    key = applied.agreement.varies
    while key in by_key and key not in seen:
        seen.add(key)
        yield by_key[key]
        key = by_key[key].agreement.varies
