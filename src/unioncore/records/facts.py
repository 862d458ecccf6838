"""What a union's records say about a person on a day, as facts that rules read."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from unioncore.checked import check_ours, checked
from unioncore.legal import check_day
from unioncore.model import (
    Arrears,
    FundChoice,
    GroupMember,
    Job,
    Membership,
    Office,
    Setting,
    Snapshot,
)
from unioncore.rulebook import Rulebook

__all__ = ["conference_facts", "employer_facts", "job_facts", "member_facts", "office_facts"]

_NO_BRANCH = "none"
"""The branch of a member who has none, such as staff of the union."""


def member_facts(
    rulebook: Rulebook,
    now: Snapshot,
    person: str,
    *,
    incident: date | None = None,
    job: Job | None = None,
    only: frozenset[str] | None = None,
) -> dict[str, Any]:
    """Return what is recorded about a person, their membership and their main job.

    A fact that is not recorded is left out: it is not known. ``incident`` is the day of what the
    person asks for help with. ``job`` is one that stands in place of the main job. ``only`` are
    the facts that are wanted; others are left out.
    """
    facts: dict[str, Any] = {}
    jobs = check_ours(now, Snapshot, "now").jobs(person)
    if _wanted(only, "person.") or (not jobs and _wanted(only, "employer.nation")):
        facts |= _person(now, person, jobs)
    if _wanted(only, "membership.unions", "person.expelled"):
        facts |= _standing(now, person)
    membership = now.membership(person) if _wanted(only, "membership.") else None
    if membership is not None:
        facts |= _membership(now, membership)
        if _wanted(only, "membership.application_received", "membership.first_payment"):
            facts |= _beginning(now, membership)
        if _wanted(only, "membership.branch", "membership.region"):
            facts |= _branch(now, membership)
        if _wanted(only, "membership.fund"):
            facts |= _fund(rulebook, now, person)
    main = job or next(iter(jobs), None)
    if main is not None and _wanted(only, "job.", "employer.", "work."):
        facts |= _job(now, main)
    settings = [each for each in now.union.settings if only is None or each.fact in only]
    if settings:
        facts |= _laid_down(settings, now, person, main)
    if incident is not None:
        facts |= _on_the_day(now, person, incident)
    return _usable(rulebook, facts, only)


@lru_cache(maxsize=256)
def _wanted(only: frozenset[str] | None, *beginnings: str) -> bool:
    """Say whether facts are wanted whose keys begin so; many people are asked of the same."""
    return only is None or any(key.startswith(beginnings) for key in only)


def job_facts(rulebook: Rulebook, now: Snapshot, job: Job) -> dict[str, Any]:
    """Return what is recorded about one job, for placing it."""
    check_ours(job, Job, "job")
    return _usable(rulebook, _job(check_ours(now, Snapshot, "now"), job))


@checked
def employer_facts(rulebook: Rulebook, now: Snapshot, employer: str) -> dict[str, Any]:
    """Return what is recorded about an employer."""
    return _usable(rulebook, {"employer.key": employer, **_employer(now, employer)})


def office_facts(
    rulebook: Rulebook,
    now: Snapshot,
    office: Office,
    person: str,
    *,
    elected: date | None = None,
    election_began: date | None = None,
) -> dict[str, Any]:
    """Return what is recorded about an office that a person is to hold.

    ``elected`` is the day of the election, by default that of ``now``; ``election_began`` is the
    first day of its timetable.
    """
    for name, day in (("elected", elected), ("election_began", election_began)):
        if day is not None:
            check_day(day, name)
    unit = check_ours(now, Snapshot, "now").unit(check_ours(office, Office, "office").unit)
    facts: dict[str, Any] = {
        "office.role": office.role,
        "office.unit_kind": None if unit is None else unit.kind,
        "office.seat_kind": office.seat_kind,
        "office.region": office.region,
        "office.service_group": office.service_group,
        "office.group": office.group,
        "office.for_young_members": office.young,
        "office.constituency": office.constituency,
        "office.of_own_unit": now.lies_in(now.branch_of(person), office.region or office.unit),
        "office.elected": elected or now.day,
        "office.election_began": election_began,
    }
    return _usable(rulebook, facts)


@checked
def conference_facts(rulebook: Rulebook, now: Snapshot, unit: str) -> dict[str, Any]:
    """Return what is recorded about a conference, council or meeting.

    Raises:
        UnknownName: when no record knows the unit.
    """
    conference = now.unit(unit)
    above = now.parents(unit)
    facts: dict[str, Any] = {
        "conference.kind": None if conference is None else conference.kind,
        "conference.region": above.get("region"),
        "conference.service_group": above.get("service-group"),
    }
    return _usable(rulebook, facts)


def _usable(
    rulebook: Rulebook, facts: Mapping[str, Any], only: frozenset[str] | None = None
) -> dict[str, Any]:
    """Leave out what nobody asks about, what is not recorded, and words that nobody declares."""
    found = {}
    recorded = rulebook.rules.recorded_words
    for key, value in facts.items():
        if only is not None and key not in only:
            continue
        if value is None or value == "" or key not in recorded:
            continue
        words = recorded[key]
        if words is None:
            found[key] = value
        elif isinstance(value, frozenset):
            found[key] = frozenset(word for word in value if word in words)
        elif value in words:
            found[key] = value
    return found


def _person(now: Snapshot, person: str, jobs: tuple[Job, ...]) -> dict[str, Any]:
    found = now.person(person)
    held = now.held(person)
    facts: dict[str, Any] = {
        "person.roles": frozenset(office.role for office in held),
        "person.service_group_roles": frozenset(
            office.role for office in held if office.service_group
        ),
        "person.groups": frozenset(row.group for row in now.rows(GroupMember, "person", person)),
        "person.working": bool(jobs),
        "person.earnings": _sum([job.earnings for job in jobs]),
        "person.hourly_pay": max(
            (job.hourly_pay for job in jobs if job.hourly_pay is not None), default=None
        ),
    }
    if found is not None:
        facts |= {
            "person.born": found.born,
            "person.gender": found.gender,
            "person.studying": found.studying,
        }
    if jobs:
        return facts
    every = now.union.rows(Job, "person", person, known_on=now.known_on)
    ended = [(job.end, job) for job in every if job.end is not None and job.end <= now.day]
    if ended:
        left, last = max(ended, key=lambda pair: pair[0])
        facts |= {
            "person.left_work": left,
            "person.left_work_because": last.ended_because,
            "person.told_branch": last.told_branch,
            # What hangs on the nation of a post hangs on that of the last one.
            "employer.nation": _job(now.union.on(left - timedelta(days=1)), last).get(
                "employer.nation"
            ),
        }
    return facts


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    """Add up earnings; one that is not known leaves the sum not known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def _on_the_day(now: Snapshot, person: str, incident: date) -> dict[str, Any]:
    """Return what is recorded of a member on the day of an incident, as it is now known."""
    arrears = now.union.on(incident, known_on=now.known_on).rows(Arrears, "person", person)
    return {
        "incident.on": incident,
        "incident.in_arrears": bool(arrears),
        "incident.arrears_since": arrears[0].start if arrears else None,
    }


def _standing(now: Snapshot, person: str) -> dict[str, Any]:
    unions = frozenset(
        row.union or now.union.key for row in now.memberships(person) if row.status == "current"
    )
    expelled = any(row.status == "expelled" for row in _begun(now, person))
    return {"membership.unions": unions, "person.expelled": expelled}


def _begun(now: Snapshot, person: str) -> list[Membership]:
    """Return the memberships of the union itself that began on the day or before it."""
    rows = now.union.rows(Membership, "person", person, known_on=now.known_on)
    return [row for row in rows if row.start <= now.day and row.union in ("", now.union.key)]


def _membership(now: Snapshot, membership: Membership) -> dict[str, Any]:
    person = membership.person
    arrears = now.rows(Arrears, "person", person)
    return {
        "membership.status": membership.status,
        "membership.category": membership.category,
        "membership.joined": now.joined(person),
        "membership.category_since": now.category_since(person),
        "membership.band": membership.band,
        "membership.in_arrears": bool(arrears),
        "membership.arrears_since": arrears[0].start if arrears else None,
    }


def _beginning(now: Snapshot, membership: Membership) -> dict[str, Any]:
    """Return what is recorded of how the membership began that has had no break since."""
    joined, begun = now.joined(membership.person), _begun(now, membership.person)
    first = min((row for row in begun if row.start == joined), default=membership, key=_start)
    return {
        "membership.application_received": first.application_received,
        "membership.first_payment": first.first_payment,
    }


def _branch(now: Snapshot, membership: Membership) -> dict[str, Any]:
    branch = membership.branch if membership.status == "current" else ""
    return {
        "membership.branch": branch or _NO_BRANCH,
        "membership.region": now.region_of(branch),
    }


def _fund(rulebook: Rulebook, now: Snapshot, person: str) -> dict[str, Any]:
    """Return what a member last said of each section; what is said of the fund is of each."""
    said = dict[str, str]()
    rows = now.rows(FundChoice, "person", person)
    # Of one day, what is said of a section counts beside what is said of the fund.
    for row in sorted(rows, key=lambda row: (row.start, row.section)):
        every = rulebook.words_of("fund_section")
        said |= dict.fromkeys([row.section] if row.section else every, row.choice)
    return {
        fact: frozenset(section for section, each in said.items() if each == choice)
        for fact, choice in (
            ("membership.fund_sections", "opted-in"),
            ("membership.fund_sections_left", "opted-out"),
        )
    }


def _start(membership: Membership) -> date:
    return membership.start


def _job(now: Snapshot, job: Job) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "employer.key": job.employer,
        "job.group": job.group,
        "job.role": job.role,
        "job.band": job.band,
        "job.is_manager": job.manager,
    }
    facts |= _employer(now, job.employer)
    workplace = now.workplace(job.workplace) if job.workplace else None
    if workplace is not None:
        facts["work.region"] = workplace.region
        # An employer in several nations says nothing; the place does.
        facts["employer.nation"] = workplace.nation or facts.get("employer.nation")
    return facts


def _employer(now: Snapshot, key: str) -> dict[str, Any]:
    employer = now.employer(key)
    if employer is None:
        return {}
    return {
        "employer.kind": employer.kind,
        "employer.nation": employer.nation,
        "employer.serves": employer.serves,
        "employer.public_function": employer.public_function,
    }


def _laid_down(
    settings: Iterable[Setting], now: Snapshot, person: str, job: Job | None
) -> dict[str, Any]:
    """Return what settings of the person's branch, and of the employer of a job, say."""
    of = {"branch": now.branch_of(person), "employer": "" if job is None else job.employer}
    return {
        setting.fact: setting.value
        for setting in settings
        if of[setting.of] == setting.key and now.day in setting.period
    }
