"""Everything about one member: what is recorded, what the rules say, where the two differ."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.people.agreements import JobAgreements, agreements_of
from unioncore.answers.people.membership import MembershipAnswers, membership
from unioncore.answers.people.placement import Placement, placement
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import (
    Accreditation,
    Holding,
    Job,
    Membership,
    Office,
    Person,
    Snapshot,
    Transfer,
    Unit,
)
from unioncore.records import job_facts, member_facts, office_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["Held", "MemberAnswers", "PlacedJob", "member"]


@frozen
class PlacedJob(Answers, shows="", inside="facts"):
    """One job, with where it belongs by the rules."""

    job: Job
    employer: str
    """The employer's name on the day."""
    workplace: str
    transfer: Transfer | None
    """The transfer by which the job came from another employer; None where there was none."""
    transferred_from: str
    """The name of that employer on the day before; empty where there was no transfer."""
    facts: dict[str, Any]
    placement: Placement
    agreements: JobAgreements


@frozen
class Held(Answers, shows="eligible", inside="facts"):
    """An office that the person holds, and whether the rules let them."""

    office: Office
    unit: str
    """The name of the unit that has it."""
    holding: Holding
    facts: dict[str, Any]
    """What was recorded about the person and the office on the first day of the term."""
    eligible: Answer[bool]
    """Whether they were eligible on that day."""


@frozen
class MemberAnswers(Answers, shows="on jobs offices disagreements warnings", inside="facts"):
    """One member on one day."""

    person: str
    name: str
    on: date
    known_on: date | None
    current: Membership | None
    """The membership on the day, whatever its status; None where there is none."""
    history: tuple[Membership, ...]
    """Every membership, of any union and on any day, the earliest first."""
    branch: Unit | None
    above: dict[str, tuple[Unit, ...]]
    """On each axis the units above the branch, nearest first."""
    facts: dict[str, Any]
    membership: MembershipAnswers
    jobs: tuple[PlacedJob, ...]
    """The main job first."""
    offices: tuple[Held, ...]
    accreditations: tuple[Accreditation, ...]
    disagreements: tuple[str, ...]
    """Where the records say something else than the rules."""
    warnings: tuple[str, ...] = ()
    """What the records cannot tell."""


@checked
def member(
    rulebook: Rulebook, now: Snapshot, person: str, *, incident: date | None = None
) -> MemberAnswers:
    """Answer everything about one member on the day of ``now``.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        person: the person's key.
        incident: the day of what they ask for help with, if they do.

    Raises:
        UnknownName: when the records know nobody of that key on that day; no key is suggested,
            because it would be another person's.
    """
    found = now.person(person)
    if found is None:
        raise now.union.unknown(Person, person)
    facts = member_facts(rulebook, now, person, incident=incident)
    said = membership(rulebook, facts, on=now.day)
    agreements = agreements_of(rulebook, now, person)
    jobs = tuple(_placed(rulebook, now, each) for each in agreements)
    of = now.branch_of(person)
    branch = now.unit(of) if of else None
    current = now.membership(person)
    history = now.union.rows(Membership, "person", person, known_on=now.known_on)
    return MemberAnswers(
        person=person,
        name=found.name,
        on=now.day,
        known_on=now.known_on,
        current=current,
        history=tuple(sorted(history, key=lambda row: row.start)),
        branch=branch,
        above={} if branch is None else _above(now, branch),
        facts=facts,
        membership=said,
        jobs=jobs,
        offices=tuple(_held(rulebook, now, person)),
        accreditations=now.rows(Accreditation, "person", person),
        disagreements=tuple(_disagreements(now, current, branch, said, jobs)),
        warnings=(*now.warnings, *(() if branch is None else _not_whole(now, branch))),
    )


def _placed(rulebook: Rulebook, now: Snapshot, agreements: JobAgreements) -> PlacedJob:
    job = agreements.job
    facts = job_facts(rulebook, now, job)
    employer = now.employer(job.employer)
    workplace = now.workplace(job.workplace) if job.workplace else None
    came = _came_by(now, job)
    return PlacedJob(
        job=job,
        employer=job.employer if employer is None else employer.name,
        workplace="" if workplace is None else workplace.name,
        transfer=came,
        transferred_from="" if came is None else _called_before(now, came),
        facts=facts,
        placement=placement(rulebook, facts, on=now.day),
        agreements=agreements,
    )


def _came_by(now: Snapshot, job: Job) -> Transfer | None:
    """Return the transfer by which a job came to its employer, if it did by one."""
    rows = now.union.rows(Job, "person", job.person, known_on=now.known_on)
    before = {row.end: row for row in rows if row.job == job.job and row.end is not None}
    first = job
    while first.start in before and before[first.start].employer == job.employer:
        first = before[first.start]
    if first.start not in before:
        return None
    left = before[first.start].employer
    for row in now.union.rows(Transfer, "to", job.employer, known_on=now.known_on):
        if (row.on, row.employer) == (first.start, left) and row.job_group in ("", first.group):
            return row
    return None


def _called_before(now: Snapshot, came: Transfer) -> str:
    """Return the name of the employer before, on the day before the transfer."""
    eve = now.union.on(came.on - timedelta(days=1), known_on=now.known_on)
    employer = eve.employer(came.employer)
    return came.employer if employer is None else employer.name


def _above(now: Snapshot, branch: Unit) -> dict[str, tuple[Unit, ...]]:
    found = {}
    for axis in now.parents(branch.key):
        units = (now.unit(key) for key in now.ancestors(branch.key, axis))
        found[axis] = tuple(unit for unit in units if unit is not None)
    return found


def _not_whole(now: Snapshot, branch: Unit) -> Iterator[str]:
    """Say on which axes the units above the branch end at one whose parent is not known."""
    for axis in (*now.parents(branch.key), *now.parents_not_known(branch.key)):
        last = (branch.key, *now.ancestors(branch.key, axis))[-1]
        if axis in now.parents_not_known(last):
            unit = now.unit(last)
            called = last if unit is None else unit.called
            yield f"it is not known what stood above {called} by {axis.replace('-', ' ')}"


def _held(rulebook: Rulebook, now: Snapshot, person: str) -> list[Held]:
    found = []
    for row in now.rows(Holding, "person", person):
        office = now.office(row.office)
        if office is None:
            continue
        unit = now.unit(office.unit)
        then = now.union.on(row.start, known_on=now.known_on)
        facts = member_facts(rulebook, then, person)
        facts |= office_facts(
            rulebook,
            then,
            office,
            person,
            elected=row.elected,
            election_began=row.election_began,
        )
        eligible = ask(rulebook, facts, "may_hold_office", on=row.start)["may_hold_office"]
        name = office.unit if unit is None else unit.called
        found.append(Held(office, name, row, facts, eligible))
    return found


def _disagreements(
    now: Snapshot,
    current: Membership | None,
    branch: Unit | None,
    said: MembershipAnswers,
    jobs: tuple[PlacedJob, ...],
) -> list[str]:
    found: list[str] = []
    if current is None or current.status != "current":
        return found
    category, band = said.category, said.subscription_band
    if category.known and category.value != current.category:
        found.append(f"recorded as {current.category}; the rules give {category.value}")
    if band.known and current.band and band.value != current.band:
        found.append(f"pays band {current.band}; the earnings call for band {band.value}")
    if not jobs:
        return found
    placed = jobs[0].placement
    if placed.organised.known and not placed.organised.value:
        found.append("the union does not organise the main job")
    if branch is not None:
        if placed.branch.known and placed.branch.value != branch.key:
            found.append(
                f"recorded in {branch.called}; the rules give the branch {placed.branch.value}"
            )
        right = now.branches_for(jobs[0].job)
        if right and branch.key not in right:
            found.append(f"recorded in {branch.called}; another branch organises the main job")
    return found
