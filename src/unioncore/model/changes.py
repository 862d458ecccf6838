"""What happens in a union: people join, move and lapse, units are renamed and merged.

Each function appends records and returns a new union; nothing that was entered is lost. ``on`` is
the first day on which the change holds, ``recorded`` the day on which it is entered.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import attrs

from unioncore.errors import ChangeRefused
from unioncore.legal import check_day
from unioncore.model.employers import Transfer
from unioncore.model.offices import Holding, Office
from unioncore.model.people import Job, Membership, Person
from unioncore.model.record import Dated
from unioncore.model.union import Snapshot, Union
from unioncore.model.units import Organises, Parent, Unit, UnitSuccession

__all__ = ["elect", "join", "lapse", "merge", "move", "rename", "reparent", "transfer"]


def _state(union: Union, on: date, recorded: date) -> Snapshot:
    check_day(recorded, "recorded")
    return union.on(on, known_on=recorded)


def _until(record: Dated, on: date, recorded: date) -> Dated:
    """Return the record as it is to be read now: it holds only until ``on``."""
    if record.start is not None and record.start >= on:
        return attrs.evolve(record, struck=True, recorded=recorded)
    return attrs.evolve(record, end=on, recorded=recorded)


def _refuse(change: str, *reasons: str) -> None:
    if reasons:
        raise ChangeRefused(change, reasons)


def _needs_unit(now: Snapshot, change: str, key: str, kind: str = "") -> Unit:
    unit = now.unit(key)
    if unit is None:
        raise ChangeRefused(change, (f"no unit has the key {key} on {now.day.isoformat()}",))
    if kind and unit.kind != kind:
        raise ChangeRefused(change, (f"{key} is a {unit.kind} and not a {kind}",))
    return unit


def _needs_membership(now: Snapshot, change: str, person: str) -> Membership:
    membership = now.membership(person)
    if membership is None or membership.status != "current":
        raise ChangeRefused(change, ("the person is not a current member on that day",))
    return membership


def _later(union: Union, person: str, on: date, recorded: date) -> bool:
    rows = union.rows(Membership, "person", person, known_on=recorded)
    return any(row.start > on and row.union in ("", union.key) for row in rows)


def join(
    union: Union,
    person: Person,
    *,
    branch: str,
    on: date,
    recorded: date,
    category: str = "full",
    application_received: date | None = None,
    first_payment: date | None = None,
) -> Union:
    """Let a person become a member of a branch.

    Raises:
        ChangeRefused: when they are a member already, or there is no such branch.
    """
    now = _state(union, on, recorded)
    _needs_unit(now, "join", branch, "branch")
    old = now.membership(person.key)
    if old is not None and old.status == "current":
        _refuse("join", "the person is a member already")
    if _later(union, person.key, on, recorded):
        _refuse("join", "the person has a membership that starts later")
    new = Membership(
        person=person.key,
        start=on,
        category=category,
        branch=branch,
        application_received=application_received,
        first_payment=first_payment,
        recorded=recorded,
    )
    ended = () if old is None else (_until(old, on, recorded),)
    known = now.person(person.key) is not None
    entered = () if known else (attrs.evolve(person, recorded=recorded),)
    return union.append(*entered, *ended, new)


def move(union: Union, person: str, *, to: str, on: date, recorded: date) -> Union:
    """Move a member to another branch; the membership goes on without a break.

    Raises:
        ChangeRefused: when the person is no current member, or there is no such branch.
    """
    now = _state(union, on, recorded)
    _needs_unit(now, "move", to, "branch")
    old = _needs_membership(now, "move", person)
    if old.branch == to:
        _refuse("move", "the member is in that branch already")
    if old.end is not None:
        _refuse("move", "the membership has an end already")
    new = attrs.evolve(old, branch=to, start=on, recorded=recorded)
    if old.start == on:
        return union.append(new)
    return union.append(_until(old, on, recorded), new)


def lapse(union: Union, person: str, *, on: date, recorded: date, status: str = "lapsed") -> Union:
    """End a current membership; offices that the member holds end with it.

    Raises:
        ChangeRefused: when the person is no current member.
    """
    now = _state(union, on, recorded)
    old = _needs_membership(now, "lapse", person)
    new = attrs.evolve(old, status=status, start=on, recorded=recorded)
    held = (_until(row, on, recorded) for row in now.rows(Holding, "person", person))
    # Terms that had not begun yet never begin.
    coming = (
        _until(row, on, recorded)
        for row in union.rows(Holding, "person", person, known_on=recorded)
        if row.start > on
    )
    ended = () if old.start == on else (_until(old, on, recorded),)
    return union.append(*ended, new, *held, *coming)


def rename(union: Union, unit: str, *, name: str, on: date, recorded: date) -> Union:
    """Give a unit another name.

    Raises:
        ChangeRefused: when there is no such unit.
    """
    old = _needs_unit(_state(union, on, recorded), "rename", unit)
    new = attrs.evolve(old, name=name, start=on, recorded=recorded)
    return union.append(*(() if old.start == on else (_until(old, on, recorded),)), new)


def reparent(union: Union, unit: str, *, axis: str, parent: str, on: date, recorded: date) -> Union:
    """Put a unit under another one on an axis, such as a branch under another region.

    Raises:
        ChangeRefused: when one of them is not there, or the unit would come to stand under itself.
    """
    now = _state(union, on, recorded)
    _needs_unit(now, "reparent", unit)
    _needs_unit(now, "reparent", parent)
    if unit == parent or unit in now.ancestors(parent, axis):
        _refuse("reparent", f"{unit} would come to stand under itself")
    old = [row for row in now.rows(Parent, "unit", unit) if row.axis == axis]
    new = Parent(unit=unit, axis=axis, parent=parent, start=on, recorded=recorded)
    ended = [_until(row, on, recorded) for row in old if row.start != on]
    return union.append(*ended, new)


def merge(
    union: Union, units: Iterable[str], *, into: str, name: str, on: date, recorded: date
) -> Union:
    """Merge branches into one, under a key that is new or that of one of them.

    Members, employers and parents go with them; offices of branches that end are ended too.

    Raises:
        ChangeRefused: when one of them is no branch, or the key belongs to another unit.
    """
    now = _state(union, on, recorded)
    merged = [_needs_unit(now, "merge", key, "branch") for key in dict.fromkeys(units)]
    if len(merged) < 2:
        _refuse("merge", "a merger needs at least two branches")
    kept = next((unit for unit in merged if unit.key == into), None)
    if kept is None and any(True for _ in union.rows(Unit, "key", into)):
        _refuse("merge", f"the key {into} belongs to another unit")
    if kept is None:
        whole = attrs.evolve(merged[0], key=into, name=name, number="", start=on, recorded=recorded)
        above = now.rows(Parent, "unit", merged[0].key)
        union = union.append(
            whole, *(attrs.evolve(row, unit=into, start=on, recorded=recorded) for row in above)
        )
    elif kept.name != name:
        union = rename(union, into, name=name, on=on, recorded=recorded)
    for unit in merged:
        if unit.key != into:
            union = _dissolve(union, now, unit, into, on, recorded)
    return union


def _dissolve(
    union: Union, now: Snapshot, unit: Unit, into: str, on: date, recorded: date
) -> Union:
    """End a branch and everything that hangs on it, and send its members to another."""
    ended: list[Dated] = [unit, *now.rows(Parent, "unit", unit.key)]
    organised = now.rows(Organises, "branch", unit.key)
    offices = now.rows(Office, "unit", unit.key)
    ended += [*organised, *offices]
    for office in offices:
        held = union.rows(Holding, "office", office.key, known_on=recorded)
        ended += [row for row in held if row.end is None or row.end > on]
    members = now.rows(Membership, "branch", unit.key)
    ended += [row for row in members if row.start != on]
    moved = [attrs.evolve(row, branch=into, start=on, recorded=recorded) for row in members]
    taken = {row.about for row in now.rows(Organises, "branch", into)}
    organises = [
        attrs.evolve(row, branch=into, start=on, recorded=recorded)
        for row in organised
        if (into, *row.about[1:]) not in taken
    ]
    followed = UnitSuccession(unit=unit.key, successor=into, how="merged", on=on, recorded=recorded)
    closed = (_until(row, on, recorded) for row in ended)
    union = union.append(*closed, *moved, *organises, followed)
    # Members who were to come to the branch later come to the one that followed it.
    later = union.rows(Membership, "branch", unit.key, known_on=recorded)
    coming = [row for row in later if row.start > on]
    return union.append(*(attrs.evolve(row, branch=into, recorded=recorded) for row in coming))


def elect(
    union: Union,
    office: str,
    person: str,
    *,
    on: date,
    until: date | None = None,
    elected: date | None = None,
    recorded: date,
    how: str = "elected",
) -> Union:
    """Let a member hold an office from ``on`` up to but not including ``until``.

    Whether the rules let them is for ``answers.office`` to say; nobody is refused here for it.

    Raises:
        ChangeRefused: when there is no such office, all its places are taken, or the person is no
            current member or holds it already.
    """
    now = _state(union, on, recorded)
    found = now.office(office)
    if found is None:
        raise ChangeRefused("elect", (f"no office has the key {office} on {on.isoformat()}",))
    reasons = []
    membership = now.membership(person)
    if membership is None or membership.status != "current":
        reasons.append("the person is not a current member on that day")
    new = Holding(
        office=office, person=person, start=on, end=until, elected=elected, how=how,
        recorded=recorded,
    )  # fmt: skip
    held = [
        row for row in union.rows(Holding, "office", office, known_on=recorded) if row.meets(new)
    ]
    if any(row.person == person for row in held):
        reasons.append("the person holds the office already")
    days = {max(row.start, on) for row in held}
    if any(sum(row.holds(day) for row in held) >= found.places for day in days):
        reasons.append(f"all {found.places} of its places are taken")
    _refuse("elect", *reasons)
    return union.append(new)


def transfer(
    union: Union,
    employer: str,
    *,
    to: str,
    on: date,
    recorded: date,
    how: str,
    job_group: str = "",
) -> Union:
    """Transfer an employer's staff, or one group of them, to another employer.

    Raises:
        ChangeRefused: when one of the employers is not there on that day, or they are the same.
    """
    now = _state(union, on, recorded)
    reasons = []
    # The employer before may end with the transfer.
    if (
        now.employer(employer) is None
        and union.on(on - timedelta(days=1), known_on=recorded).employer(employer) is None
    ):
        reasons.append(f"no employer has the key {employer} on the day before")
    if now.employer(to) is None:
        reasons.append(f"no employer has the key {to} on {on.isoformat()}")
    if employer == to:
        reasons.append("staff are transferred to another employer")
    _refuse("transfer", *reasons)
    went = [job for job in now.rows(Job, "employer", employer) if job_group in ("", job.group)]
    moved = [attrs.evolve(job, employer=to, start=on, recorded=recorded) for job in went]
    ended = [_until(job, on, recorded) for job in went if job.start != on]
    record = Transfer(
        employer=employer, to=to, job_group=job_group, on=on, how=how, recorded=recorded
    )
    return union.append(record, *ended, *moved)
