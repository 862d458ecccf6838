"""Members are elected or appointed to offices, and leave them."""

from collections.abc import Iterable
from datetime import date

from unioncore.answers.by_name import ask
from unioncore.changes.needs import (
    current,
    lasts,
    membership_on,
    needs_fit,
    needs_known,
    refuse,
    state,
    until_then,
)
from unioncore.checked import checked
from unioncore.errors import ChangeRefused
from unioncore.model import Holding, Office, OfficeRole, Person, Snapshot, Union
from unioncore.records import member_facts, office_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Requirement

__all__ = ["elect", "vacate"]

_VERDICT = "may_hold_office"


@checked
def elect(
    rulebook: Rulebook,
    union: Union,
    office: str,
    person: str,
    *,
    on: date,
    until: date | None = None,
    elected: date | None = None,
    election_began: date | None = None,
    recorded: date | None = None,
    how: str = "elected",
    though_not_known: bool = False,
) -> Union:
    """Let a person hold an office from ``on`` up to but not including ``until``.

    However they come to it (``how``), the rules are asked whether they may hold it. A no is always
    refused. What the rules cannot tell, because a fact is not recorded or a rule was not found, is
    refused too, unless ``though_not_known`` says that somebody has looked into it.

    ``elected`` is the day of the election or appointment, by default ``on``; ``election_began`` is
    the first day of the election's timetable.

    Raises:
        ChangeRefused: when there is no such office for the whole term, all its places are taken,
            the person holds it already, is no current member for the whole term (of a post of the
            staff: is not recorded), may not hold it or is not known to, ``how`` is no way to fill
            one, or the days come in the wrong order.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_known(union, "elect", Office, office)
    found = now.office(office)
    if found is None:
        raise ChangeRefused("elect", (f"no office has the key {office} on {on.isoformat()}",))
    if until is not None and until <= on:
        refuse("elect", "the term ends before it begins")
    in_turn = [day for day in (election_began, elected, on) if day is not None]
    if in_turn != sorted(in_turn):
        refuse("elect", "an election begins before it elects, and the term comes after both")
    new = Holding(
        office=office,
        person=person,
        start=on,
        end=until,
        elected=elected,
        election_began=election_began,
        how=how,
        recorded=recorded,
    )
    needs_fit("elect", rulebook, new)
    reasons = [*_membership(rulebook, now, found, new)]
    if not lasts(union.rows(Office, "key", office, known_on=recorded), on, until):
        reasons.append("the office ends before the term does")
    held = [row for row in union.holders_of(office, known_on=recorded) if row.meets(new)]
    if any(row.person == person for row in held):
        reasons.append("the person holds the office already")
    days = {max(row.start, on) for row in held}
    if any(sum(row.holds(day) for row in held) >= found.places for day in days):
        reasons.append(f"all {found.places} of its places are taken")
    if union.knows(Person, person):
        for each, outcome in _outcomes(rulebook, now, found, new):
            if outcome.known and outcome.value == "not-met":
                reasons.append(f"not met: {each.label}")
            elif not outcome.known and not though_not_known:
                reasons.append(f"not known whether {each.label}: {outcome.reason}")
    refuse("elect", *reasons)
    return union.append(new)


@checked
def vacate(
    rulebook: Rulebook,
    union: Union,
    office: str,
    person: str,
    *,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Let a person leave an office; ``on`` is the first day on which they no longer hold it.

    Offices that they may hold only with this one end on the same day.

    Raises:
        ChangeRefused: when there is no such office, or the person does not hold it on that day.
    """
    recorded = recorded or on
    needs_known(union, "vacate", Office, office)
    held = [row for row in union.holders_of(office, known_on=recorded) if row.holds(on)]
    mine = next((row for row in held if row.person == person), None)
    if mine is None:
        raise ChangeRefused("vacate", (f"the person does not hold {office} on that day",))
    return without_lost(
        rulebook, union.append(until_then(mine, on, recorded)), person, on, recorded
    )


def without_lost(rulebook: Rulebook, union: Union, person: str, on: date, recorded: date) -> Union:
    """End the offices that a person may no longer hold on a day.

    What an office needs only when it is filled is not asked again; one that falls may take others
    with it.
    """
    now = state(union, on, recorded)
    for row in now.rows(Holding, "person", person):
        office = now.office(row.office)
        if office is None:
            continue
        outcomes = _outcomes(rulebook, now, office, row, lasting=True)
        if any(each.known and each.value == "not-met" for _, each in outcomes):
            ended = union.append(until_then(row, on, recorded))
            return without_lost(rulebook, ended, person, on, recorded)
    return union


def _membership(rulebook: Rulebook, now: Snapshot, office: Office, new: Holding) -> Iterable[str]:
    """Give why a person is not one of those who hold such offices: members, or staff."""
    role = rulebook.named(OfficeRole).get(office.role)
    if role is not None and role.staff:
        if not now.union.knows(Person, new.person) or now.person(new.person) is None:
            yield "the person is not recorded on that day"
        return
    membership = membership_on(now, new.person)
    known_on = now.known_on or now.day
    if membership is None or membership.status != "current":
        yield "the person is not a current member on that day"
    elif not lasts(current(now.union, new.person, known_on), now.day, new.end):
        yield "the membership ends before the term does"


def _outcomes(
    rulebook: Rulebook, now: Snapshot, office: Office, row: Holding, *, lasting: bool = False
) -> list[tuple[Requirement, Answer[str]]]:
    """Return what the rules need of whoever holds an office, each with whether it is met."""
    if _VERDICT not in rulebook.rules.facts:
        return []
    asked = [each for each in rulebook.requirements_of(_VERDICT) if each.lasting or not lasting]
    facts = member_facts(rulebook, now, row.person)
    facts |= office_facts(
        rulebook,
        now,
        office,
        row.person,
        elected=row.elected or row.start,
        election_began=row.election_began,
    )
    found = ask(rulebook, facts, *(each.key for each in asked), on=now.day)
    return [(each, found[each.key]) for each in asked]
