"""People join, move to another branch, and leave."""

from datetime import date

import attrs

from unioncore.changes.needs import (
    joins_later,
    membership_on,
    needs_lasting,
    needs_membership,
    needs_words,
    refuse,
    state,
    until_then,
)
from unioncore.model import Dated, Holding, Membership, Office, Person, Union
from unioncore.rulebook import Rulebook

__all__ = ["join", "lapse", "move"]


def join(
    rulebook: Rulebook,
    union: Union,
    person: Person,
    *,
    branch: str,
    on: date,
    recorded: date | None = None,
    category: str = "full",
    application_received: date | None = None,
    first_payment: date | None = None,
) -> Union:
    """Let a person become a member of a branch.

    Raises:
        ChangeRefused: when they are a member already, no such branch is there to stay, or the
            category or the gender is no word for one.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_lasting(now, "join", branch, "branch")
    old = membership_on(now, person.key)
    if old is not None and old.status == "current":
        refuse("join", "the person is a member already")
    known = union.knows(Person, person.key)
    if known and joins_later(union, person.key, on, recorded):
        refuse("join", "the person has a membership that starts later")
    new = Membership(
        person=person.key,
        start=on,
        category=category,
        branch=branch,
        application_received=application_received,
        first_payment=first_payment,
        recorded=recorded,
    )
    needs_words("join", new, rulebook, "category")
    needs_words("join", person, rulebook, "gender")
    ended = () if old is None else (until_then(old, on, recorded),)
    there = known and now.person(person.key) is not None
    entered = () if there else (attrs.evolve(person, recorded=recorded),)
    return union.append(*entered, *ended, new)


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

    Offices of the branch that is left, and of its region where that is left too, are ended.

    Raises:
        ChangeRefused: when the person is no current member, or no such branch is there to stay.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_lasting(now, "move", to, "branch")
    old = needs_membership(now, "move", person)
    if old.branch == to:
        refuse("move", "the member is in that branch already")
    if old.end is not None:
        refuse("move", "the membership has an end already")
    new = attrs.evolve(old, branch=to, start=on, recorded=recorded)
    ended: list[Dated] = [] if old.start == on else [old]
    for row in union.rows(Holding, "person", person, known_on=recorded):
        if row.end is None or row.end > on:
            units = {each.unit for each in union.rows(Office, "key", row.office, known_on=recorded)}
            if any(
                now.lies_in(old.branch, unit) and now.lies_in(to, unit) is False for unit in units
            ):
                ended.append(row)
    return union.append(*(until_then(row, on, recorded) for row in ended), new)


def lapse(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    on: date,
    recorded: date | None = None,
    status: str = "lapsed",
) -> Union:
    """End a current membership, wherever it went on later, and the offices that the member holds.

    Raises:
        ChangeRefused: when the person is no current member, or the status is no word for one.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    old = needs_membership(now, "lapse", person)
    new = attrs.evolve(old, status=status, start=on, recorded=recorded)
    needs_words("lapse", new, rulebook, "status")
    # Rows in which it goes on later, such as after a move, are no longer current either.
    after, end = [], old.end
    rows = union.rows(Membership, "person", person, known_on=recorded)
    for row in sorted(rows, key=lambda row: row.start):
        if row.start == end and row.union == old.union and row.status == "current":
            after.append(attrs.evolve(row, status=status, recorded=recorded))
            end = row.end
    held = (until_then(row, on, recorded) for row in now.rows(Holding, "person", person))
    # Terms that had not begun yet never begin.
    coming = (
        until_then(row, on, recorded)
        for row in union.rows(Holding, "person", person, known_on=recorded)
        if row.start > on
    )
    ended = () if old.start == on else (until_then(old, on, recorded),)
    return union.append(*ended, *after, new, *held, *coming)
