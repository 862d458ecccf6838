"""People join, move to another branch, retire and leave."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from unioncore.answers import ask
from unioncore.changes.filling import without_lost
from unioncore.changes.needs import (
    joins_later,
    membership_on,
    misplaced,
    needs_fit,
    needs_lasting,
    needs_membership,
    not_met,
    refuse,
    state,
    unsound,
    until_then,
)
from unioncore.checked import checked
from unioncore.model import (
    Arrears,
    Dated,
    FundChoice,
    Holding,
    Job,
    Membership,
    Office,
    Person,
    Snapshot,
    Union,
)
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook

__all__ = ["change_job", "die", "expel", "join", "lapse", "move", "resign", "retire"]


@checked
def join(
    rulebook: Rulebook,
    union: Union,
    person: Person,
    *,
    branch: str,
    on: date,
    recorded: date | None = None,
    job: Job | None = None,
    category: str = "full",
    band: str = "",
    application_received: date | None = None,
    first_payment: date | None = None,
) -> Union:
    """Let a person become a member of a branch, with the job that brings them.

    Raises:
        ChangeRefused: when they are a member already, the rules do not let them join (such as
            somebody whom the union expelled), the branch is not there to stay or is not the one for
            the job, the job is somebody else's or meets one that they have, or a word is none.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_fit("join", rulebook, person, *([] if job is None else [job]))
    needs_lasting(now, "join", branch, "branch")
    known = union.knows(Person, person.key)
    old = membership_on(now, person.key)
    new = Membership(
        person=person.key,
        start=on,
        category=category,
        branch=branch,
        band=band,
        application_received=application_received,
        first_payment=first_payment,
        recorded=recorded,
    )
    reasons = [*unsound(rulebook, union, new, recorded)]
    if old is not None and old.status == "current":
        reasons.append("the person is a member already")
    elif known and joins_later(union, person.key, on, recorded):
        reasons.append("the person has a membership that starts later")
    if person.born is not None and person.born >= on:
        reasons.append("the person is not born before that day")
    if job is not None:
        reasons += _new_job(rulebook, now, person.key, job)
    refuse("join", *reasons)
    ended = () if old is None else (until_then(old, on, recorded),)
    there = known and now.person(person.key) is not None
    entered = () if there else (attrs.evolve(person, recorded=recorded),)
    works = () if job is None else (attrs.evolve(job, recorded=recorded),)
    before = union.append(*entered, *works)
    facts = member_facts(rulebook, before.on(on, known_on=recorded), person.key)
    after = before.append(*ended, new)
    then = after.on(on, known_on=recorded)
    barred = not_met(rulebook, facts, "may_join", on)
    refuse("join", *barred, *misplaced(rulebook, then, person.key, branch))
    return after


def _new_job(rulebook: Rulebook, now: Snapshot, person: str, job: Job) -> Iterator[str]:
    """Give what keeps a job from being recorded for a person beside those that they have."""
    known_on = now.known_on or now.day
    if job.person != person:
        yield "the job is somebody else's"
        return
    yield from unsound(rulebook, now.union, job, known_on)
    if now.union.knows(Person, person):
        for row in now.union.rows(Job, "person", person, known_on=known_on):
            if row.meets(job) and (row.job == job.job or (row.main and job.main)):
                yield "the person has a job on these days already; see change_job"
                return


@checked
def move(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    to: str,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Move a member to another branch; the membership goes on without a break.

    Offices of the branch that is left, and of its region where that is left too, are ended, and so
    are those that the member may no longer hold by the rules.

    Raises:
        ChangeRefused: when the person is no current member, no such branch is there to stay, or it
            is not the one for their main job.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_lasting(now, "move", to, "branch")
    old = needs_membership(now, "move", person)
    reasons = []
    if old.branch == to:
        reasons.append("the member is in that branch already")
    if old.end is not None:
        reasons.append("the membership has an end already")
    refuse("move", *reasons, *misplaced(rulebook, now, person, to))
    moved = union.append(*_moved(now, old, to, recorded))
    return without_lost(rulebook, moved, person, on, recorded)


def _moved(now: Snapshot, old: Membership, to: str, recorded: date) -> Iterator[Dated]:
    """Give the records by which a member goes to another branch."""
    union, on = now.union, now.day
    if old.start != on:
        yield until_then(old, on, recorded)
    for row in union.rows(Holding, "person", old.person, known_on=recorded):
        if row.end is None or row.end > on:
            units = {each.unit for each in union.rows(Office, "key", row.office, known_on=recorded)}
            if any(
                now.lies_in(old.branch, unit) and now.lies_in(to, unit) is False for unit in units
            ):
                yield until_then(row, on, recorded)
    yield attrs.evolve(old, branch=to, start=on, recorded=recorded)


@checked
def change_job(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    job: Job,
    on: date,
    because: str = "",
    told_branch: date | None = None,
    branch: str = "",
    recorded: date | None = None,
) -> Union:
    """Let somebody take another job in place of the one with the same key, which ends.

    ``because`` is why the old job ends, ``told_branch`` the day on which the branch was told. Where
    another branch organises the new job, ``branch`` names it, and the member moves there. Offices
    that they may no longer hold by the rules are ended.

    Raises:
        ChangeRefused: when the person has no such job on that day, the new one is somebody else's
            or is not sound, or another branch organises it than the member is in or is to be in;
            that branch is named.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    new = attrs.evolve(job, start=on, recorded=recorded)
    known = union.knows(Person, person)
    old = next((each for each in (now.jobs(person) if known else ()) if each.job == job.job), None)
    reasons = [*unsound(rulebook, union, new, recorded)]
    if job.person != person:
        reasons.append("the job is somebody else's")
    if old is None:
        reasons.append("the person has no such job on that day")
    elif old.end is not None:
        reasons.append("the job has an end already")
    elif old.main != job.main:
        reasons.append("main: the old job and the new one must both be the main one, or neither")
    refuse("change_job", *reasons)
    ended = _job_over(old, on, recorded, because, told_branch)
    refuse(
        "change_job", *(each for row in ended for each in unsound(rulebook, union, row, recorded))
    )
    after = union.append(*ended, new)
    then = after.on(on, known_on=recorded)
    membership = membership_on(then, person)
    if membership is None or membership.status != "current":
        return after
    if branch and branch != membership.branch:
        return move(rulebook, after, person, to=branch, on=on, recorded=recorded)
    refuse("change_job", *misplaced(rulebook, then, person, membership.branch))
    return without_lost(rulebook, after, person, on, recorded)


def _job_over(
    old: Job | None, on: date, recorded: date, because: str, told_branch: date | None
) -> tuple[Dated, ...]:
    """Return the record by which a job ends on a day, and why; nothing where it begins that day."""
    if old is None or old.start >= on:
        return () if old is None else (until_then(old, on, recorded),)
    ended = attrs.evolve(old, ended_because=because, told_branch=told_branch)
    return (until_then(ended, on, recorded),)


@checked
def retire(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    on: date,
    told_branch: date | None = None,
    category: str = "retired",
    because: str = "retired",
    recorded: date | None = None,
) -> Union:
    """Let a member leave work for good from ``on`` on, and stay a member as one who is retired.

    Offices that they may no longer hold by the rules are ended.

    Raises:
        ChangeRefused: when the person is no current member or has no job on that day, the rules do
            not give them that category, or a word is none.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    old = needs_membership(now, "retire", person)
    jobs = now.jobs(person)
    ended = [row for job in jobs for row in _job_over(job, on, recorded, because, told_branch)]
    new = attrs.evolve(old, category=category, band="", start=on, recorded=recorded)
    reasons = [each for row in (*ended, new) for each in unsound(rulebook, union, row, recorded)]
    if not jobs:
        reasons.append("the person has no job on that day")
    if old.end is not None:
        reasons.append("the membership has an end already")
    refuse("retire", *reasons)
    after = union.append(*ended)
    # Whoever leaves work for good does not train for it either, where nothing else is recorded.
    recorded_facts = member_facts(rulebook, after.on(on, known_on=recorded), person)
    facts = {"person.studying": False, **recorded_facts}
    found = ask(rulebook, facts, "category", on=on)["category"]
    if not found.known or found.value != category:
        why = found.reason if not found.known else f"the rules give the category {found.value}"
        refuse("retire", f"category: {why}")
    after = after.append(*(() if old.start == on else (until_then(old, on, recorded),)), new)
    return without_lost(rulebook, after, person, on, recorded)


@checked
def lapse(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    on: date,
    because: str = "lapsed",
    recorded: date | None = None,
) -> Union:
    """End the membership of somebody who stopped paying; ``on`` is the first day without it.

    Their offices end with it, wherever the membership went on later, and so do arrears and what
    they chose of the political fund. ``because`` is why they left, such as ``payment-failed``.

    Raises:
        ChangeRefused: when the person is no current member, or the reason is no word for one.
    """
    return _leave("lapse", rulebook, union, person, "lapsed", because, on, recorded or on)


@checked
def resign(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    on: date,
    because: str = "",
    recorded: date | None = None,
) -> Union:
    """End the membership of somebody who said that they leave, as ``lapse`` does.

    Raises:
        ChangeRefused: when the person is no current member, or the reason is no word for one.
    """
    return _leave("resign", rulebook, union, person, "resigned", because, on, recorded or on)


@checked
def expel(
    rulebook: Rulebook, union: Union, person: str, *, on: date, recorded: date | None = None
) -> Union:
    """End the membership of somebody whom the union expels, as ``lapse`` does.

    Raises:
        ChangeRefused: when the person is no current member.
    """
    return _leave("expel", rulebook, union, person, "expelled", "expelled", on, recorded or on)


@checked
def die(
    rulebook: Rulebook, union: Union, person: str, *, on: date, recorded: date | None = None
) -> Union:
    """End the membership and the jobs of somebody who has died, from the day after on.

    Raises:
        ChangeRefused: when the person is no current member on ``on``, the day after the death.
    """
    recorded = recorded or on
    after = _leave("die", rulebook, union, person, "died", "died", on, recorded)
    rows = after.rows(Job, "person", person, known_on=recorded)
    return after.append(*_cut_off(rows, on, recorded))


def _leave(
    change: str,
    rulebook: Rulebook,
    union: Union,
    person: str,
    status: str,
    because: str,
    on: date,
    recorded: date,
) -> Union:
    """End a membership, and what hangs on it."""
    now = state(union, on, recorded)
    old = needs_membership(now, change, person)
    new = attrs.evolve(old, status=status, left_because=because, start=on, recorded=recorded)
    refuse(change, *unsound(rulebook, union, attrs.evolve(new, branch=""), recorded))
    # Rows in which it goes on later, such as after a move, are no longer current either.
    after, end = [], old.end
    rows = union.rows(Membership, "person", person, known_on=recorded)
    for row in sorted(rows, key=lambda row: row.start):
        if row.start == end and row.union == old.union and row.status == "current":
            over = attrs.evolve(row, status=status, left_because=because, recorded=recorded)
            after.append(over)
            end = row.end
    ended = () if old.start == on else (until_then(old, on, recorded),)
    # What had begun ends, and what was to come never begins.
    kinds: tuple[type[Holding | Arrears | FundChoice], ...] = (Holding, Arrears, FundChoice)
    hangs = [
        over
        for kind in kinds
        for over in _cut_off(union.rows(kind, "person", person, known_on=recorded), on, recorded)
    ]
    return union.append(*ended, *after, new, *hangs)


def _cut_off(rows: Iterable[Dated], on: date, recorded: date) -> Iterator[Dated]:
    """Give the rows that go on past a day as they are to be read now: until it, or never."""
    return (until_then(row, on, recorded) for row in rows if row.end is None or row.end > on)
