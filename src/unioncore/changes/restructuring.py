"""Units are renamed, put under others and merged, and staff go to another employer."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from unioncore.changes.memberships import move
from unioncore.changes.needs import (
    current,
    lasts,
    needs_fit,
    needs_known,
    needs_lasting,
    needs_unit,
    onwards,
    refuse,
    state,
    until_then,
)
from unioncore.checked import checked
from unioncore.model import (
    Dated,
    Employer,
    Holding,
    Job,
    Membership,
    Office,
    Organises,
    Parent,
    Snapshot,
    Transfer,
    Union,
    Unit,
    UnitSuccession,
    Workplace,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import series

__all__ = ["merge", "rename", "reparent", "transfer"]


@checked
def rename(
    rulebook: Rulebook,
    union: Union,
    unit: str,
    *,
    name: str,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Give a unit another name.

    Raises:
        ChangeRefused: when there is no such unit, or it has that name already, or its name on the
            day is not known.
    """
    recorded = recorded or on
    old = needs_unit(state(union, on, recorded), "rename", unit)
    if old.name == name:
        refuse("rename", "the unit has that name already")
    if not old.name:
        refuse("rename", f"the name of {unit} on {on.isoformat()} is not known; enter it first")
    new = attrs.evolve(old, name=name, start=on, recorded=recorded)
    needs_fit("rename", rulebook, new)
    return union.append(*(() if old.start == on else (until_then(old, on, recorded),)), new)


@checked
def reparent(
    rulebook: Rulebook,
    union: Union,
    unit: str,
    *,
    axis: str,
    parent: str,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Put a unit under another one on an axis, such as a branch under another region.

    Raises:
        ChangeRefused: when one of them is not there from then on, the unit is put elsewhere later
            already, it would come to stand under itself, be it later, or no axis has that name.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    new = Parent(unit=unit, axis=axis, parent=parent, start=on, recorded=recorded)
    needs_fit("reparent", rulebook, new)
    needs_lasting(now, "reparent", unit)
    needs_lasting(now, "reparent", parent)
    if now.parents(unit).get(axis) == parent:
        refuse("reparent", f"{unit} stands under {parent} already")
    mine = union.rows(Parent, "unit", unit, known_on=recorded)
    if any(row.axis == axis and row.start is not None and row.start > on for row in mine):
        refuse("reparent", f"{unit} is put under a unit on a later day already")
    if unit == parent or any(unit in _above(each, parent, axis) for each in onwards(now)):
        refuse("reparent", f"{unit} would come to stand under itself")
    old = [row for row in now.rows(Parent, "unit", unit) if row.axis == axis]
    ended = [until_then(row, on, recorded) for row in old if row.start != on]
    return union.append(*ended, new)


def _above(now: Snapshot, unit: str, axis: str) -> tuple[str, ...]:
    """Return the units above one on an axis, on which nothing may be recorded yet."""
    return now.ancestors(unit, axis) if axis in now.parents(unit) else ()


@checked
def merge(
    rulebook: Rulebook,
    union: Union,
    units: Iterable[str],
    *,
    into: str,
    name: str,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Merge branches into one, under a key that is new or that of one of them.

    Members, employers and the units above and below go with them; offices of branches that end are
    ended too.

    Raises:
        ChangeRefused: when one of them is no branch from then on, stands under another, begins on
            that day or has later changes, or when the key belongs to another unit.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    merged = [needs_lasting(now, "merge", key, "branch") for key in dict.fromkeys(units)]
    if len(merged) < 2:
        refuse("merge", "a merger needs at least two branches")
    reasons = (why for each in merged for why in _in_the_way(now, each, merged, into))
    refuse("merge", *dict.fromkeys(reasons))
    kept = next((unit for unit in merged if unit.key == into), None)
    if kept is None and union.knows(Unit, into):
        refuse("merge", f"the key {into} belongs to another unit")
    if kept is None:
        whole = attrs.evolve(merged[0], key=into, name=name, number="", start=on, recorded=recorded)
        needs_fit("merge", rulebook, whole)
        above = now.rows(Parent, "unit", merged[0].key)
        union = union.append(
            whole, *(attrs.evolve(row, unit=into, start=on, recorded=recorded) for row in above)
        )
    elif kept.name != name:
        union = rename(rulebook, union, into, name=name, on=on, recorded=recorded)
    for unit in merged:
        if unit.key != into:
            union = _dissolve(union, now, unit, into, on, recorded)
    return union


def _in_the_way(now: Snapshot, unit: Unit, merged: list[Unit], into: str) -> Iterator[str]:
    """Give the reasons for which a branch cannot be merged."""
    keys = {each.key for each in merged}
    for each in onwards(now):
        for axis in each.parents(unit.key):
            for above in keys.intersection(each.ancestors(unit.key, axis)):
                yield f"{unit.key} stands under {above}"
    if unit.key == into:
        return

    def rows(kind: type[Dated], column: str) -> Iterator[Dated]:
        return now.union.rows(kind, column, unit.key, known_on=now.known_on)

    if not any(row.start is None or row.start < now.day for row in rows(Unit, "key")):
        yield f"{unit.key} begins on that day"
    for kind, column in (
        (Unit, "key"),
        (Parent, "unit"),
        (Parent, "parent"),
        (Organises, "branch"),
        (Office, "unit"),
    ):
        if any(row.start is not None and row.start > now.day for row in rows(kind, column)):
            yield f"{kind.table} has later changes of {unit.key}"


def _dissolve(
    union: Union, now: Snapshot, unit: Unit, into: str, on: date, recorded: date
) -> Union:
    """End a branch and everything that hangs on it, and send its members to another."""
    below = now.rows(Parent, "parent", unit.key)
    ended: list[Dated] = [unit, *now.rows(Parent, "unit", unit.key)]
    ended += [row for row in below if row.start != on]
    organised = now.rows(Organises, "branch", unit.key)
    offices = now.rows(Office, "unit", unit.key)
    ended += [*organised, *offices]
    for office in offices:
        held = union.rows(Holding, "office", office.key, known_on=recorded)
        ended += [row for row in held if row.end is None or row.end > on]
    members = now.rows(Membership, "branch", unit.key)
    ended += [row for row in members if row.start != on]
    moved = [attrs.evolve(row, branch=into, start=on, recorded=recorded) for row in members]
    kept = [attrs.evolve(row, parent=into, start=on, recorded=recorded) for row in below]
    # What another of the merged branches has brought is there already.
    taken = list(union.rows(Organises, "branch", into, known_on=recorded))
    brought = [attrs.evolve(row, branch=into, start=on, recorded=recorded) for row in organised]
    organises = [
        row for row in brought if not any(row.about == o.about and row.meets(o) for o in taken)
    ]
    followed = UnitSuccession(unit=unit.key, successor=into, how="merged", on=on, recorded=recorded)
    closed = (until_then(row, on, recorded) for row in ended)
    union = union.append(*closed, *moved, *kept, *organises, followed)
    # Members who were to come to the branch later come to the one that followed it.
    later = union.rows(Membership, "branch", unit.key, known_on=recorded)
    coming = [row for row in later if row.start > on]
    return union.append(*(attrs.evolve(row, branch=into, recorded=recorded) for row in coming))


@checked
def transfer(
    rulebook: Rulebook,
    union: Union,
    employer: str,
    *,
    to: str,
    on: date,
    recorded: date | None = None,
    how: str,
    job_group: str = "",
) -> Union:
    """Transfer an employer's staff, or one group of them, to another employer.

    They work on where they worked, as long as that workplace is there. Members whose job another
    branch organises from then on move there.

    Raises:
        ChangeRefused: when one of the employers is not there on that day, they are the same, the
            transfer is recorded already, or no law or group of staff has that name; or when several
            branches organise the new employer, and a member is in none of them.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    record = Transfer(
        employer=employer, to=to, job_group=job_group, on=on, how=how, recorded=recorded
    )
    needs_fit("transfer", rulebook, record)
    for key in (employer, to):
        needs_known(union, "transfer", Employer, key)
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
    before = union.rows(Transfer, "employer", employer, known_on=recorded)
    if any((row.to, row.job_group, row.on) == (to, job_group, on) for row in before):
        reasons.append("it is recorded already")
    refuse("transfer", *reasons)
    went = [job for job in now.rows(Job, "employer", employer) if job_group in ("", job.group)]
    moved = [
        attrs.evolve(job, employer=to, workplace=_stays(now, job), start=on, recorded=recorded)
        for job in went
    ]
    ended = [until_then(job, on, recorded) for job in went if job.start != on]
    union = union.append(record, *ended, *moved)
    for job in moved:
        if job.main:
            union = _follow(rulebook, union, job, on, recorded)
    return union


def _follow(rulebook: Rulebook, union: Union, job: Job, on: date, recorded: date) -> Union:
    """Move a member to the branch that organises their job, where that is another one."""
    now = union.on(on, known_on=recorded)
    branch = next((row.branch for row in current(union, job.person, recorded) if row.holds(on)), "")
    right = now.branches_for(job)
    if not branch or not right or branch in right:
        return union
    if len(right) > 1:
        which = series(right)
        refuse("transfer", f"{which} organise the new employer, and a member is in neither")
    return move(rulebook, union, job.person, to=right[0], on=on, recorded=recorded)


def _stays(now: Snapshot, job: Job) -> str:
    """Return where somebody works on; empty where the workplace ends."""
    if not job.workplace:
        return ""
    rows = now.union.rows(Workplace, "key", job.workplace, known_on=now.known_on)
    return job.workplace if lasts(rows, now.day, job.end) else ""
