"""Learning representatives and agreements: who has time off, and what is to be reviewed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.organising.representatives import (
    first_notices,
    is_yes,
    nation_of,
    recognised_by,
    roles_of_representative,
    terms_of_representatives,
)
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.model import (
    Agreement,
    AgreementParty,
    Clause,
    Holding,
    Organises,
    Snapshot,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, long_date

__all__ = ["LearningAgreement", "LearningRep", "LearningWork", "learning_of"]

_TIME_OFF, _TRAINED_BY = "rep.paid_time_off", "rep.training_by"
_CLAUSES = ("providers", "courses", "committee")
"""What a learning agreement settles in clauses of these keys."""


def learning_facts(
    *,
    nation: str | None,
    recognised: bool | None,
    told: date | None,
    training_to_come: date | None,
    trained: date | None,
    on: date,
) -> dict[str, Any]:
    """Return the facts by which the rules give a learning representative time off.

    Args:
        nation: the nation of the employment; None where it is not known.
        recognised: whether the employer recognises the union; None where it is not known.
        told: the day of the written notice that the employee is one; None: there was none.
        training_to_come: the day of the notice that they will be trained; only the first counts.
        trained: the day of the notice that they are trained.
        on: the day of the question.
    """
    announced = training_to_come if training_to_come is None or training_to_come <= on else None
    return {
        "rep.nation": nation,
        "rep.kind": "learning",
        "rep.union_is_recognised": recognised,
        "rep.employer_was_told": told is not None and told <= on,
        "rep.trained": trained is not None and trained <= on,
        "rep.training_announced": announced,
    }


@frozen
class LearningRep(Answers, shows="time_off"):
    """A learning representative, as the records have them on a day."""

    person: str
    office: str
    told: date | None
    """When the employer was told in writing; None where no notice is recorded."""
    trained: date | None
    """When the employer was told that they are trained."""
    trained_by: Answer[date] | None
    """The last day to be trained; None where no training to come was told of, or it is done."""
    time_off: Answer[bool]
    """Whether the employer must give paid time off."""
    due: tuple[str, ...]
    """What is to come, or is not known, in words."""


@frozen
class LearningAgreement(Answers, shows="key review"):
    """A learning agreement on a day."""

    key: str
    title: str
    parties: tuple[str, ...]
    places: int | None
    """How many learning representatives there may be; None where it is not recorded."""
    hours: int | None
    """The paid hours a year that a member has to learn."""
    review: date | None
    due: str
    """By when it is to be reviewed, or since when that is overdue, in words."""
    lacks: tuple[str, ...]
    """What is not recorded of it."""


@frozen
class LearningWork(Answers, shows="of on"):
    """The learning representatives and the learning agreements of a unit."""

    of: str
    on: date
    within: int
    """How many days ahead was looked."""
    representatives: tuple[LearningRep, ...]
    agreements: tuple[LearningAgreement, ...]

    @property
    def to_review(self) -> tuple[LearningAgreement, ...]:
        """The agreements whose day of review has come, or comes within those days."""
        last = self.on + timedelta(self.within)
        return tuple(e for e in self.agreements if e.review is not None and e.review <= last)

    def to_text(self) -> str:
        """Return what is due as lines, and nobody's key."""
        many = len(self.representatives)
        free = sum(is_yes(rep.time_off) for rep in self.representatives)
        lines = [f"{self.of}: learning representatives: {many}, with time off by law: {free}"]
        untold = sum(rep.told is None for rep in self.representatives)
        if untold:
            lines.append(f"  employer not told in writing: {untold}")
        lines += [f"  {said}" for rep in self.representatives for said in rep.due]
        for each in self.agreements:
            lines.append(f"  {each.title}: {each.due}")
            if each.lacks:
                lines.append(f"    not recorded: {', '.join(each.lacks)}")
        return "\n".join(lines)


def _reviewed(review: date | None, on: date) -> str:
    if review is None:
        return "no review is recorded"
    said = "to be reviewed by" if review >= on else "review overdue since"
    return f"{said} {long_date(review)}"


@checked
def learning_of(rulebook: Rulebook, now: Snapshot, unit: str, *, within: int = 90) -> LearningWork:
    """Answer who represents learning in a unit, and which learning agreements are to be reviewed.

    Args:
        rulebook: the rules.
        now: the union on the day of the question.
        unit: the key of a branch, or of a unit with branches.
        within: how many days ahead a review is told of.

    Raises:
        UnknownName: when no record knows the unit.
    """
    reps = [
        _rep(rulebook, now, row, office.role)
        for office, row in terms_of_representatives(
            now, unit, roles_of_representative(rulebook, now.day, "learning")
        )
    ]
    employers = {
        row.employer
        for each in now.with_descendants(unit)
        for row in now.rows(Organises, "branch", each)
    }
    agreements = [
        found
        for row in now.rows(Agreement, "kind", "learning")
        for found in [_agreement(now, row)]
        if employers & {*found.parties}
    ]
    return LearningWork(unit, now.day, within, tuple(reps), tuple(agreements))


def _rep(rulebook: Rulebook, now: Snapshot, row: Holding, role: str) -> LearningRep:
    days = first_notices(now, row.person, role)
    jobs = now.jobs(row.person)
    facts = learning_facts(
        nation=nation_of(rulebook, now, row.person),
        recognised=recognised_by(now, jobs[0].employer) if jobs else None,
        told=days.get("appointed"),
        training_to_come=days.get("training-to-come"),
        trained=days.get("trained"),
        on=now.day,
    )
    found = ask(rulebook, facts, _TIME_OFF, _TRAINED_BY, on=now.day)
    coming = "training-to-come" in days and "trained" not in days
    trained_by = found[_TRAINED_BY] if coming else None
    return LearningRep(
        person=row.person,
        office=row.office,
        told=days.get("appointed"),
        trained=days.get("trained"),
        trained_by=trained_by,
        time_off=found[_TIME_OFF],
        due=tuple(_due(trained_by, found[_TIME_OFF], now.day)),
    )


def _due(trained_by: Answer[date] | None, time_off: Answer[bool], on: date) -> Iterator[str]:
    if trained_by is not None and trained_by.known:
        day = long_date(trained_by.value)
        if trained_by.value < on:
            yield f"training announced and not done by {day}: no time off"
        else:
            yield f"training to come by {day}, and a second notice then"
    if not time_off.known:
        yield f"time off not known: {time_off.reason}"


def _agreement(now: Snapshot, row: Agreement) -> LearningAgreement:
    clauses = {each.key for each in now.rows(Clause, "agreement", row.key)}
    parties = now.rows(AgreementParty, "agreement", row.key)
    told = {
        "number of representatives": row.learning_reps is not None,
        "time to learn": row.learning_hours is not None,
        "day of review": row.review is not None,
        **{key: key in clauses for key in _CLAUSES},
    }
    return LearningAgreement(
        key=row.key,
        title=row.title,
        parties=tuple(each.employer or each.union for each in parties),
        places=row.learning_reps,
        hours=row.learning_hours,
        review=row.review,
        due=_reviewed(row.review, now.day),
        lacks=tuple(what for what, there in told.items() if not there),
    )
