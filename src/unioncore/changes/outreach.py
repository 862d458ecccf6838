"""Milestones are reported, members apply for events and say how they may be reached."""

from datetime import date
from decimal import Decimal

import attrs

from unioncore.answers import event as event_on
from unioncore.answers import may_apply
from unioncore.changes.needs import membership_on, needs_fit, needs_known, refuse, state
from unioncore.checked import checked
from unioncore.model import (
    Campaign,
    ContactChoice,
    EventApplication,
    Milestone,
    Person,
    PlannedEvent,
    Union,
)
from unioncore.rulebook import Rulebook

__all__ = ["apply_for_event", "choose_contact", "give_place", "report_milestone"]


@checked
def report_milestone(
    rulebook: Rulebook,
    union: Union,
    campaign: str,
    day: date,
    *,
    reached: int,
    evidence: str,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Enter what a campaign had reached by the day of a milestone.

    What the records count, such as who joined, is counted and not reported.

    Raises:
        ChangeRefused: when the campaign has no milestone of that day, its day is still to come, the
            records count what it measures, or nothing shows what was reached.
    """
    recorded = recorded or on
    change = "report_milestone"
    now = state(union, on, recorded)
    needs_known(union, change, Campaign, campaign)
    rows = [row for row in now.rows(Milestone, "campaign", campaign) if row.day == day]
    reasons = []
    if not rows:
        reasons.append(f"{campaign} has no milestone of {day.isoformat()}")
    if day > on:
        reasons.append("its day is still to come")
    plans = union.rows(Campaign, "key", campaign, known_on=recorded)
    if any(plan.measure not in ("", "reported") for plan in plans):
        reasons.append("the records count what this campaign measures")
    if not evidence:
        reasons.append("nothing shows what was reached")
    refuse(change, *reasons)
    told = attrs.evolve(
        rows[0], reached=Decimal(reached), reported=on, evidence=evidence, recorded=recorded
    )
    needs_fit(change, rulebook, told)
    return union.append(told)


@checked
def apply_for_event(
    rulebook: Rulebook,
    union: Union,
    event: str,
    person: str,
    *,
    on: date,
    sponsor: str = "",
    recorded: date | None = None,
) -> Union:
    """Let a member apply for an event, sponsored by a branch or by none.

    Raises:
        ChangeRefused: when the member may not apply on the day, or it is not known whether they
            may.
    """
    recorded = recorded or on
    change = "apply_for_event"
    now = state(union, on, recorded)
    needs_known(union, change, PlannedEvent, event)
    needs_known(union, change, Person, person)
    may = may_apply(rulebook, now, event, person, sponsor=sponsor)
    if not may.known:
        refuse(change, may.reason)
    elif not may.value:
        refuse(change, may.because[0].text)
    return union.append(
        EventApplication(
            event=event, person=person, received=on, sponsor=sponsor, recorded=recorded
        )
    )


@checked
def give_place(
    rulebook: Rulebook,
    union: Union,
    event: str,
    person: str,
    *,
    on: date,
    recorded: date | None = None,
) -> Union:
    """Give whoever waits for an event a place; who comes first is for ``answers.event`` to say.

    Raises:
        ChangeRefused: when no place is left, it is not recorded how many there are, or the person
            does not wait for one.
    """
    recorded = recorded or on
    change = "give_place"
    now = state(union, on, recorded)
    needs_known(union, change, PlannedEvent, event)
    standing = event_on(rulebook, now, event)
    reasons = []
    if standing.left is None:
        reasons.append("it is not recorded how many places there are")
    elif not standing.left:
        reasons.append("no place is left")
    if person not in standing.waiting:
        reasons.append("the person does not wait for a place")
    refuse(change, *reasons)
    (row,) = (row for row in now.rows(EventApplication, "event", event) if row.person == person)
    return union.append(attrs.evolve(row, placed=on, recorded=recorded))


@checked
def choose_contact(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    channel: str,
    choice: str,
    on: date,
    purpose: str = "",
    recorded: date | None = None,
) -> Union:
    """Enter what a member chose about being reached in one way; what they chose before ends.

    Raises:
        ChangeRefused: when the person is no member, or the channel, the purpose or the choice is no
            word for one.
    """
    recorded = recorded or on
    change = "choose_contact"
    now = state(union, on, recorded)
    if membership_on(now, person) is None:
        refuse(change, "the person has no membership on that day")
    new = ContactChoice(
        person=person,
        channel=channel,
        purpose=purpose,
        choice=choice,
        start=on,
        recorded=recorded,
    )
    needs_fit(change, rulebook, new)
    told = [
        row
        for row in union.rows(ContactChoice, "person", person, known_on=recorded)
        if row.about == new.about
    ]
    if any(row.start > on for row in told):
        refuse(change, "the member chose again on a later day")
    ended = (
        attrs.evolve(row, end=on, recorded=recorded)
        for row in told
        if row.holds(on) and row.start < on
    )
    return union.append(*ended, new)
