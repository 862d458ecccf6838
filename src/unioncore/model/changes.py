"""What happens in a union: people join, move and lapse, units are renamed and merged.

Each function appends records and returns a new union; nothing that was entered is lost. ``on`` is
the first day on which the change holds, ``recorded`` the day on which it is entered. What takes a
word of the rulebook, such as a category of membership, takes the rulebook first.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol

import attrs

from unioncore.errors import ChangeRefused, did_you_mean, nearest
from unioncore.legal import check_day
from unioncore.model.employers import Employer, Transfer
from unioncore.model.offices import Holding, Office
from unioncore.model.people import Job, Membership, Person
from unioncore.model.record import Dated, Record, columns
from unioncore.model.union import Snapshot, Union
from unioncore.model.units import Organises, Parent, Unit, UnitSuccession

__all__ = ["elect", "join", "lapse", "merge", "move", "rename", "reparent", "transfer"]


class _Vocabularies(Protocol):
    """The words that may be entered; a rulebook knows them."""

    def words_of(self, vocabulary: str) -> Collection[str]: ...


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


def _needs_words(change: str, record: Record, rulebook: _Vocabularies | None, *names: str) -> None:
    """Refuse a record that says, in one of these columns, what is no word and no choice of it.

    The value itself is not shown: the record may be about a person.
    """
    reasons = []
    for name in names:
        about = columns(type(record))[name].metadata["column"]
        known = rulebook.words_of(about.words) if rulebook and about.words else about.choices
        value = getattr(record, name)
        if value and value not in known:
            said = f"{name}: no {about.words.replace('_', ' ') or 'choice'} of this name"
            reasons.append(f"{said}{did_you_mean(nearest(value, known))}")
    _refuse(change, *reasons)


def _needs_known(union: Union, change: str, kind: type[Record], key: str) -> None:
    if not union.knows(kind, key):
        raise ChangeRefused(change, (str(union.unknown(kind, key)),))


def _needs_unit(now: Snapshot, change: str, key: str, kind: str = "") -> Unit:
    _needs_known(now.union, change, Unit, key)
    unit = now.unit(key)
    if unit is None:
        raise ChangeRefused(change, (f"no unit has the key {key} on {now.day.isoformat()}",))
    if kind and unit.kind != kind:
        raise ChangeRefused(change, (f"{key} is a {unit.kind} and not a {kind}",))
    return unit


def _lasts(rows: Iterable[Dated], on: date, until: date | None = None) -> bool:
    """Say whether rows cover every day from ``on``, or those before ``until``."""
    reached = on
    for row in sorted(rows, key=lambda row: row.start or date.min):
        if row.holds(reached):
            if row.end is None:
                return True
            reached = row.end
    return until is not None and reached >= until


def _needs_lasting(now: Snapshot, change: str, key: str, kind: str = "") -> Unit:
    """Return a unit that is not known to end: what comes under it has no end either."""
    unit = _needs_unit(now, change, key, kind)
    if not _lasts(now.union.rows(Unit, "key", key, known_on=now.known_on), now.day):
        raise ChangeRefused(change, (f"{key} ends after that day",))
    return unit


def _onwards(now: Snapshot) -> Iterator[Snapshot]:
    """Give the state of the day, and of each later one on which a unit comes under another."""
    yield now
    starts = {row.start for row in now.union.every(Parent, known_on=now.known_on)}
    for day in starts:
        if day is not None and day > now.day:
            yield now.union.on(day, known_on=now.known_on)


def _membership(now: Snapshot, person: str) -> Membership | None:
    return now.membership(person) if now.union.knows(Person, person) else None


def _needs_membership(now: Snapshot, change: str, person: str) -> Membership:
    membership = _membership(now, person)
    if membership is None or membership.status != "current":
        raise ChangeRefused(change, ("the person is not a current member on that day",))
    return membership


def _later(union: Union, person: str, on: date, recorded: date) -> bool:
    rows = union.rows(Membership, "person", person, known_on=recorded)
    return any(row.start > on and row.union in ("", union.key) for row in rows)


def _current(union: Union, person: str, recorded: date) -> Iterator[Membership]:
    for row in union.rows(Membership, "person", person, known_on=recorded):
        if row.status == "current" and row.union in ("", union.key):
            yield row


def join(
    rulebook: _Vocabularies,
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
        ChangeRefused: when they are a member already, no such branch is there to stay, or the
            category or the gender is no word for one.
    """
    now = _state(union, on, recorded)
    _needs_lasting(now, "join", branch, "branch")
    old = _membership(now, person.key)
    if old is not None and old.status == "current":
        _refuse("join", "the person is a member already")
    known = union.knows(Person, person.key)
    if known and _later(union, person.key, on, recorded):
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
    _needs_words("join", new, rulebook, "category")
    _needs_words("join", person, rulebook, "gender")
    ended = () if old is None else (_until(old, on, recorded),)
    there = known and now.person(person.key) is not None
    entered = () if there else (attrs.evolve(person, recorded=recorded),)
    return union.append(*entered, *ended, new)


def move(union: Union, person: str, *, to: str, on: date, recorded: date) -> Union:
    """Move a member to another branch; the membership goes on without a break.

    Offices of the branch that is left, and of its region where that is left too, are ended.

    Raises:
        ChangeRefused: when the person is no current member, or no such branch is there to stay.
    """
    now = _state(union, on, recorded)
    _needs_lasting(now, "move", to, "branch")
    old = _needs_membership(now, "move", person)
    if old.branch == to:
        _refuse("move", "the member is in that branch already")
    if old.end is not None:
        _refuse("move", "the membership has an end already")
    new = attrs.evolve(old, branch=to, start=on, recorded=recorded)
    ended: list[Dated] = [] if old.start == on else [old]
    for row in union.rows(Holding, "person", person, known_on=recorded):
        if row.end is None or row.end > on:
            units = {each.unit for each in union.rows(Office, "key", row.office, known_on=recorded)}
            if any(
                now.lies_in(old.branch, unit) and now.lies_in(to, unit) is False for unit in units
            ):
                ended.append(row)
    return union.append(*(_until(row, on, recorded) for row in ended), new)


def lapse(
    rulebook: _Vocabularies,
    union: Union,
    person: str,
    *,
    on: date,
    recorded: date,
    status: str = "lapsed",
) -> Union:
    """End a current membership, wherever it went on later, and the offices that the member holds.

    Raises:
        ChangeRefused: when the person is no current member, or the status is no word for one.
    """
    now = _state(union, on, recorded)
    old = _needs_membership(now, "lapse", person)
    new = attrs.evolve(old, status=status, start=on, recorded=recorded)
    _needs_words("lapse", new, rulebook, "status")
    # Rows in which it goes on later, such as after a move, are no longer current either.
    after, end = [], old.end
    rows = union.rows(Membership, "person", person, known_on=recorded)
    for row in sorted(rows, key=lambda row: row.start):
        if row.start == end and row.union == old.union and row.status == "current":
            after.append(attrs.evolve(row, status=status, recorded=recorded))
            end = row.end
    held = (_until(row, on, recorded) for row in now.rows(Holding, "person", person))
    # Terms that had not begun yet never begin.
    coming = (
        _until(row, on, recorded)
        for row in union.rows(Holding, "person", person, known_on=recorded)
        if row.start > on
    )
    ended = () if old.start == on else (_until(old, on, recorded),)
    return union.append(*ended, *after, new, *held, *coming)


def rename(union: Union, unit: str, *, name: str, on: date, recorded: date) -> Union:
    """Give a unit another name.

    Raises:
        ChangeRefused: when there is no such unit, or it has that name already, or its name on the
            day is not known.
    """
    old = _needs_unit(_state(union, on, recorded), "rename", unit)
    if old.name == name:
        _refuse("rename", "the unit has that name already")
    if not old.name:
        _refuse("rename", f"the name of {unit} on {on.isoformat()} is not known; enter it first")
    new = attrs.evolve(old, name=name, start=on, recorded=recorded)
    return union.append(*(() if old.start == on else (_until(old, on, recorded),)), new)


def reparent(
    rulebook: _Vocabularies,
    union: Union,
    unit: str,
    *,
    axis: str,
    parent: str,
    on: date,
    recorded: date,
) -> Union:
    """Put a unit under another one on an axis, such as a branch under another region.

    Raises:
        ChangeRefused: when one of them is not there from then on, the unit is put elsewhere later
            already, it would come to stand under itself, be it later, or no axis has that name.
    """
    now = _state(union, on, recorded)
    new = Parent(unit=unit, axis=axis, parent=parent, start=on, recorded=recorded)
    _needs_words("reparent", new, rulebook, "axis")
    _needs_lasting(now, "reparent", unit)
    _needs_lasting(now, "reparent", parent)
    if now.parents(unit).get(axis) == parent:
        _refuse("reparent", f"{unit} stands under {parent} already")
    mine = union.rows(Parent, "unit", unit, known_on=recorded)
    if any(row.axis == axis and row.start is not None and row.start > on for row in mine):
        _refuse("reparent", f"{unit} is put under a unit on a later day already")
    if unit == parent or any(unit in each.ancestors(parent, axis) for each in _onwards(now)):
        _refuse("reparent", f"{unit} would come to stand under itself")
    old = [row for row in now.rows(Parent, "unit", unit) if row.axis == axis]
    ended = [_until(row, on, recorded) for row in old if row.start != on]
    return union.append(*ended, new)


def merge(
    union: Union, units: Iterable[str], *, into: str, name: str, on: date, recorded: date
) -> Union:
    """Merge branches into one, under a key that is new or that of one of them.

    Members, employers and the units above and below go with them; offices of branches that end are
    ended too.

    Raises:
        ChangeRefused: when one of them is no branch from then on, stands under another, begins on
            that day or has later changes, or when the key belongs to another unit.
    """
    now = _state(union, on, recorded)
    merged = [_needs_lasting(now, "merge", key, "branch") for key in dict.fromkeys(units)]
    if len(merged) < 2:
        _refuse("merge", "a merger needs at least two branches")
    reasons = (why for each in merged for why in _in_the_way(now, each, merged, into))
    _refuse("merge", *dict.fromkeys(reasons))
    kept = next((unit for unit in merged if unit.key == into), None)
    if kept is None and union.knows(Unit, into):
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


def _in_the_way(now: Snapshot, unit: Unit, merged: list[Unit], into: str) -> Iterator[str]:
    """Give the reasons for which a branch cannot be merged."""
    keys = {each.key for each in merged}
    for state in _onwards(now):
        for axis in state.parents(unit.key):
            for above in keys.intersection(state.ancestors(unit.key, axis)):
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
    closed = (_until(row, on, recorded) for row in ended)
    union = union.append(*closed, *moved, *kept, *organises, followed)
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
        ChangeRefused: when there is no such office for the whole term, all its places are taken, or
            the person is no current member for the whole term or holds it already, or ``how`` is
            no way to fill one.
    """
    now = _state(union, on, recorded)
    _needs_known(union, "elect", Office, office)
    found = now.office(office)
    if found is None:
        raise ChangeRefused("elect", (f"no office has the key {office} on {on.isoformat()}",))
    if until is not None and until <= on:
        _refuse("elect", "the term ends before it begins")
    reasons = []
    membership = _membership(now, person)
    if membership is None or membership.status != "current":
        reasons.append("the person is not a current member on that day")
    elif not _lasts(_current(union, person, recorded), on, until):
        reasons.append("the membership ends before the term does")
    if not _lasts(union.rows(Office, "key", office, known_on=recorded), on, until):
        reasons.append("the office ends before the term does")
    new = Holding(
        office=office,
        person=person,
        start=on,
        end=until,
        elected=elected,
        how=how,
        recorded=recorded,
    )
    _needs_words("elect", new, None, "how")
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
    rulebook: _Vocabularies,
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
        ChangeRefused: when one of the employers is not there on that day, they are the same, the
            transfer is recorded already, or no law or group of staff has that name.
    """
    now = _state(union, on, recorded)
    record = Transfer(
        employer=employer, to=to, job_group=job_group, on=on, how=how, recorded=recorded
    )
    _needs_words("transfer", record, rulebook, "job_group", "how")
    for key in (employer, to):
        _needs_known(union, "transfer", Employer, key)
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
    _refuse("transfer", *reasons)
    went = [job for job in now.rows(Job, "employer", employer) if job_group in ("", job.group)]
    moved = [attrs.evolve(job, employer=to, start=on, recorded=recorded) for job in went]
    ended = [_until(job, on, recorded) for job in went if job.start != on]
    return union.append(record, *ended, *moved)
