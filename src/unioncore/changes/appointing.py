"""Posts of the union's staff are filled after an advertisement."""

from datetime import date

import attrs

from unioncore.answers import vacancy_standing
from unioncore.changes.filling import elect
from unioncore.changes.needs import needs_fit, needs_known, refuse, state
from unioncore.checked import checked
from unioncore.model import Person, Union, Vacancy
from unioncore.rulebook import Rulebook

__all__ = ["appoint"]


@checked
def appoint(
    rulebook: Rulebook,
    union: Union,
    vacancy: str,
    *,
    applicant: str,
    person: Person,
    on: date,
    appointed: date,
    recorded: date | None = None,
) -> Union:
    """Let an applicant hold the post that was advertised, from ``on`` on.

    ``applicant`` is the reference of the application, ``person`` who stands behind it, with a key
    of their own in the records, ``appointed`` the day of the appointment.

    Raises:
        ChangeRefused: when there is no such vacancy or application, no panel is recorded, the
            application is not as the advertisement asks or is not known to be, it was not
            shortlisted or not interviewed by then, or the post cannot be held by the person.
    """
    recorded = recorded or on
    needs_fit("appoint", rulebook, person)
    needs_known(union, "appoint", Vacancy, vacancy)
    found = vacancy_standing(state(union, appointed, recorded), vacancy)
    reasons = [] if found.panel else ["no panel is recorded"]
    mine = next((each for each in found.applications if each.applicant == applicant), None)
    if mine is None:
        reasons.append("no application of this vacancy has this reference by that day")
    else:
        reasons += [f"the application is not as asked: {lacks}" for lacks in mine.lacks()]
        if not mine.shortlisted:
            reasons.append("the applicant is not shortlisted")
        if mine.interviewed is None or mine.interviewed > appointed:
            reasons.append("no interview by the day of the appointment is recorded")
    refuse("appoint", *reasons)
    there = union.knows(Person, person.key)
    known = union if there else union.append(attrs.evolve(person, recorded=recorded))
    return elect(
        rulebook,
        known,
        found.office,
        person.key,
        on=on,
        elected=appointed,
        recorded=recorded,
        how="appointed",
    )
