"""What the union tells an employer of a representative, and what representatives learn."""

from datetime import date

from unioncore.changes.needs import needs_fit, needs_known, refuse, state
from unioncore.checked import checked
from unioncore.model import Employer, Notice, Person, Training, Union, Workplace
from unioncore.rulebook import Rulebook

__all__ = ["finish_course", "tell_employer"]


@checked
def tell_employer(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    role: str,
    employer: str,
    what: str,
    on: date,
    workplace: str = "",
    group: str = "",
    recorded: date | None = None,
) -> Union:
    """Enter that an employer had a written notice about a representative on ``on``.

    Args:
        rulebook: the rules.
        union: the union.
        person: the representative.
        role: the office of theirs that it is about, a word of the vocabulary ``office_role``.
        employer: who was told.
        what: ``appointed``, ``training-to-come``, ``trained`` or ``ended``.
        on: the day on which the employer had it.
        workplace: a workplace that they represent; empty for all.
        group: the group of staff that they represent; empty for all.
        recorded: the day of entry; default: ``on``.

    Raises:
        ChangeRefused: when the records know no such person, employer or workplace on the day, a
            word is none, the person does not hold such an office then, or the same was told before
            (that training is to come counts once only).
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_known(union, "tell_employer", Person, person)
    needs_known(union, "tell_employer", Employer, employer)
    if workplace:
        needs_known(union, "tell_employer", Workplace, workplace)
    new = Notice(
        person=person,
        role=role,
        employer=employer,
        workplace=workplace,
        group=group,
        what=what,
        day=on,
        recorded=recorded,
    )
    needs_fit("tell_employer", rulebook, new)
    reasons = []
    if what != "ended" and role not in {office.role for office in now.held(person)}:
        reasons.append(f"the person is no {role} on that day")
    if now.employer(employer) is None:
        reasons.append(f"{employer} is not there on that day")
    place = now.workplace(workplace) if workplace else None
    if workplace and (place is None or place.employer != employer):
        reasons.append(f"{workplace} is no workplace of {employer} on that day")
    before = [row for row in now.rows(Notice, "person", person) if row.role == role]
    if what == "training-to-come" and any(row.what == what for row in before):
        reasons.append("that training is to come was told already, and counts only once")
    if what == "ended" and not any(row.what == "appointed" for row in before):
        reasons.append("that they are one was never told")
    if any(
        (row.what, row.employer, row.workplace) == (what, employer, workplace) for row in before
    ):
        reasons.append("the employer was told of that already")
    refuse("tell_employer", *dict.fromkeys(reasons))
    return union.append(new)


@checked
def finish_course(
    rulebook: Rulebook,
    union: Union,
    person: str,
    *,
    course: str,
    on: date,
    provider: str = "",
    recorded: date | None = None,
) -> Union:
    """Enter that a person finished a course on ``on``, its last day.

    Raises:
        ChangeRefused: when the records do not know the person, no course is called so, or the same
            was entered before.
    """
    recorded = recorded or on
    now = state(union, on, recorded)
    needs_known(union, "finish_course", Person, person)
    new = Training(person=person, course=course, day=on, provider=provider, recorded=recorded)
    needs_fit("finish_course", rulebook, new)
    if any(row.about == new.about for row in now.rows(Training, "person", person)):
        refuse("finish_course", "that course is entered already")
    return union.append(new)
