"""Members are elected or appointed to offices."""

from datetime import date

from unioncore.changes.needs import (
    current,
    lasts,
    membership_on,
    needs_known,
    needs_words,
    refuse,
    state,
)
from unioncore.errors import ChangeRefused
from unioncore.model import Holding, Office, Union
from unioncore.rulebook import Rulebook

__all__ = ["elect"]


def elect(
    rulebook: Rulebook,
    union: Union,
    office: str,
    person: str,
    *,
    on: date,
    until: date | None = None,
    elected: date | None = None,
    recorded: date | None = None,
    how: str = "elected",
) -> Union:
    """Let a member hold an office from ``on`` up to but not including ``until``.

    Whether the rules let them is for ``answers.office`` to say; nobody is refused here for it.

    Raises:
        ChangeRefused: when there is no such office for the whole term, all its places are taken, or
            the person is no current member for the whole term or holds it already, or ``how`` is
            no way to fill one.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_known(union, "elect", Office, office)
    found = now.office(office)
    if found is None:
        raise ChangeRefused("elect", (f"no office has the key {office} on {on.isoformat()}",))
    if until is not None and until <= on:
        refuse("elect", "the term ends before it begins")
    reasons = []
    membership = membership_on(now, person)
    if membership is None or membership.status != "current":
        reasons.append("the person is not a current member on that day")
    elif not lasts(current(union, person, recorded), on, until):
        reasons.append("the membership ends before the term does")
    if not lasts(union.rows(Office, "key", office, known_on=recorded), on, until):
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
    needs_words("elect", new, rulebook, "how")
    held = [
        row for row in union.rows(Holding, "office", office, known_on=recorded) if row.meets(new)
    ]
    if any(row.person == person for row in held):
        reasons.append("the person holds the office already")
    days = {max(row.start, on) for row in held}
    if any(sum(row.holds(day) for row in held) >= found.places for day in days):
        reasons.append(f"all {found.places} of its places are taken")
    refuse("elect", *reasons)
    return union.append(new)
