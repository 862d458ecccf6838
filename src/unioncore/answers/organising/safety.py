"""Safety representatives, inspections and safety committees: who is one, and what is due where."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.representatives import (
    first_notices,
    is_yes,
    nation_of,
    roles_of_representative,
    terms_of_representatives,
)
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import Holding, Notice, Organises, SafetyEvent, Snapshot
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date

__all__ = ["SafetyAtWorkplace", "SafetyRep", "SafetyWork", "safety_of"]

_IN_OFFICE, _FROM = "safety.in_office", "safety.inspect_from"
_REQUIRED, _BY = "safety.committee_required", "safety.committee_by"


def safety_facts(
    *,
    nation: str | None,
    told: date | None,
    ended: date | None,
    still_employed_there: bool | None,
    on: date,
) -> dict[str, Any]:
    """Return the facts by which the rules say whether somebody is a safety representative.

    Args:
        nation: the nation of the workplace; None where it is not known.
        told: the day on which the employer was told in writing; None: it was not.
        ended: the day on which the union's notice, or the resignation, ended the appointment.
        still_employed_there: whether they are employed at a workplace that they represent; None
            where that is not known.
        on: the day of the question.
    """
    return {
        "safety.nation": nation,
        "safety.employer_was_told": told is not None and told <= on,
        "safety.appointment_ended": ended is not None and ended <= on,
        "safety.still_employed_there": still_employed_there,
    }


@frozen
class SafetyRep(Answers, shows="in_office"):
    """A safety representative, as the records have them on a day."""

    person: str
    office: str
    told: date | None
    """When the employer was told in writing; None where no notice is recorded."""
    in_office: Answer[bool]
    """Whether they have the functions of a safety representative."""


@frozen
class SafetyAtWorkplace(Answers, shows="last_inspected event_since"):
    """What happened about safety at a workplace, and what is due."""

    name: str
    employer: str
    workplace: str
    representatives: int
    """How many safety representatives were told to the employer for it, and still are ones."""
    last_inspected: date | None
    """None where no inspection is recorded."""
    inspect_from: Answer[date] | None
    """The first day of the next inspection as of right; None where none is recorded yet."""
    event_since: date | None
    """The last notifiable event since then, after which they may inspect at once."""
    committee_asked: date | None
    """The day of a request for a safety committee that was not set up yet."""
    committee_by: Answer[date] | None
    """The last day to set it up; None where none is asked for."""
    due: tuple[str, ...]
    """What is due there on the day, in words."""


@frozen
class SafetyWork(Answers, shows="of on"):
    """The safety representatives of a unit, and what is due at its workplaces."""

    of: str
    on: date
    representatives: tuple[SafetyRep, ...]
    workplaces: tuple[SafetyAtWorkplace, ...]

    def to_text(self) -> str:
        """Return what is due as lines, and nobody's key."""
        acting = sum(is_yes(rep.in_office) for rep in self.representatives)
        many = len(self.representatives)
        lines = [f"{self.of}: safety representatives: {many}, in office by law: {acting}"]
        untold = sum(rep.told is None for rep in self.representatives)
        if untold:
            lines.append(f"  employer not told in writing: {untold}")
        for place in self.workplaces:
            lines.append(f"  {place.name}")
            lines += [f"    {what}" for what in place.due or ("nothing is due",)]
        return "\n".join(lines)


@checked
def safety_of(rulebook: Rulebook, now: Snapshot, unit: str) -> SafetyWork:
    """Answer who represents safety in a unit, and what is due at its workplaces.

    The workplaces are those that a safety representative was told to the employer for, and those of
    the employers that the unit organises at which something about safety happened.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        unit: the key of a branch, or of a unit with branches.

    Raises:
        UnknownName: when no record knows the unit.
    """
    safety = roles_of_representative(rulebook, now.day, "safety")
    found = [
        (_rep(rulebook, now, row, office.role), now.rows(Notice, "person", row.person))
        for office, row in terms_of_representatives(now, unit, safety)
    ]
    acting: dict[tuple[str, str], int] = {}
    for rep, notices in found:
        for row in notices:
            if row.what == "appointed" and is_yes(rep.in_office):
                key = row.employer, row.workplace
                acting[key] = acting.get(key, 0) + 1
    employers = {
        row.employer
        for each in now.with_descendants(unit)
        for row in now.rows(Organises, "branch", each)
    }
    events: dict[tuple[str, str], list[SafetyEvent]] = {key: [] for key in acting}
    for employer in sorted(employers | {employer for employer, _ in acting}):
        for event in now.rows(SafetyEvent, "employer", employer):
            events.setdefault((event.employer, event.workplace), []).append(event)
    return SafetyWork(
        of=unit,
        on=now.day,
        representatives=tuple(rep for rep, _ in found),
        workplaces=tuple(
            _workplace(rulebook, now, key, events[key], acting.get(key, 0))
            for key in sorted(events)
        ),
    )


def _rep(rulebook: Rulebook, now: Snapshot, row: Holding, role: str) -> SafetyRep:
    days = first_notices(now, row.person, role)
    told = [
        each
        for each in now.rows(Notice, "person", row.person)
        if (each.role, each.what) == (role, "appointed")
    ]
    facts = safety_facts(
        nation=nation_of(rulebook, now, row.person),
        told=days.get("appointed"),
        ended=days.get("ended"),
        still_employed_there=_still_there(now, row.person, told),
        on=now.day,
    )
    return SafetyRep(
        person=row.person,
        office=row.office,
        told=days.get("appointed"),
        in_office=ask(rulebook, facts, _IN_OFFICE, on=now.day)[_IN_OFFICE],
    )


def _still_there(now: Snapshot, person: str, told: list[Notice]) -> bool | None:
    """Say whether somebody works where they represent; None where a workplace is not recorded."""
    unsure = False
    for job in now.jobs(person):
        for row in told:
            if job.employer == row.employer:
                if row.workplace in ("", job.workplace):
                    return True
                unsure = unsure or not job.workplace
    return None if unsure or not told else False


def _workplace(
    rulebook: Rulebook,
    now: Snapshot,
    key: tuple[str, str],
    events: list[SafetyEvent],
    representatives: int,
) -> SafetyAtWorkplace:
    employer, workplace = key
    last: dict[str, SafetyEvent] = {}
    for row in events:
        if row.what not in last or row.day > last[row.what].day:
            last[row.what] = row
    place, whose = now.workplace(workplace) if workplace else None, now.employer(employer)
    nation = (place.nation if place else "") or (whose.nation if whose else "") or None
    inspected, event = last.get("inspection"), last.get("notifiable-event")
    if event and inspected and event.day <= inspected.day:
        event = None
    request, committee = last.get("committee-request"), last.get("committee")
    if request and committee and request.day <= committee.day:
        request = None
    facts = {"safety.nation": nation}
    again = {**facts, "safety.last_inspected": inspected.day} if inspected else None
    inspect_from = ask(rulebook, again, _FROM, on=now.day)[_FROM] if again else None
    committee_by = _committee_by(rulebook, now, facts, request)
    return SafetyAtWorkplace(
        name=place.name if place else (whose.name if whose else employer),
        employer=employer,
        workplace=workplace,
        representatives=representatives,
        last_inspected=inspected.day if inspected else None,
        inspect_from=inspect_from,
        event_since=event.day if event else None,
        committee_asked=request.day if request else None,
        committee_by=committee_by,
        due=tuple(
            _due(representatives, inspected, inspect_from, event, request, committee_by, now.day)
        ),
    )


def _due(
    representatives: int,
    inspected: SafetyEvent | None,
    inspect_from: Answer[date] | None,
    event: SafetyEvent | None,
    request: SafetyEvent | None,
    committee_by: Answer[date] | None,
    on: date,
) -> Iterator[str]:
    """Give what is due at a workplace on a day, in words."""
    if not representatives:
        yield "no safety representative"
    if event is not None:
        yield f"inspection after the event of {long_date(event.day)}"
    elif inspected is None:
        yield "no inspection is recorded"
    elif inspect_from is not None and not inspect_from.known:
        yield f"the next inspection is not known: {inspect_from.reason}"
    elif inspect_from is not None and inspect_from.value <= on:
        yield f"inspection, as of right since {long_date(inspect_from.value)}"
    if committee_by is not None and request is not None:
        asked = f"committee asked for on {long_date(request.day)}"
        if not committee_by.known:
            yield f"{asked}: {committee_by.reason}"
        elif committee_by.value < on:
            yield f"{asked}, overdue since {long_date(committee_by.value)}"
        else:
            yield f"{asked}, due by {long_date(committee_by.value)}"


def _committee_by(
    rulebook: Rulebook, now: Snapshot, facts: dict[str, Any], request: SafetyEvent | None
) -> Answer[date] | None:
    if request is None:
        return None
    asked = {
        **facts,
        "safety.committee_asked_for": request.day,
        "safety.representatives_asking": request.representatives,
    }
    found = ask(rulebook, asked, _REQUIRED, _BY, on=now.day)
    required = found[_REQUIRED]
    return None if required.known and not required.value else found[_BY]
