"""Whether somebody may represent on a track, as the records of the day and the rules tell it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from unioncore.answers.by_name import ask, unmet
from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.recorded import level_facts
from unioncore.answers.cases.refusals import Lacking
from unioncore.answers.cases.representation import (
    is_still_member,
    matter,
    representative_facts,
)
from unioncore.answers.cases.sides import is_opposed
from unioncore.legal import Citation, in_force
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Requirement

__all__: list[str] = []


def unfit(asked: Asked, track: str, person: str, role: str, on: date) -> Iterator[Lacking]:
    """Give what keeps somebody from representing on a track on a day, by an office."""
    case, rulebook, now = asked.case, asked.rulebook, asked.now(on)
    roles = {office.role for office in now.held(person)}
    if is_opposed(rulebook, now, case, person, asked.others) is None:
        said = "who is on the other side is not known: a case that this one opposes is not at hand"
        yield Lacking(said, "every case that this one is linked with")
    elif role not in roles:
        held = f"one of: {', '.join(sorted(roles))}" if roles else "somebody who holds an office"
        yield Lacking(f"the person does not hold the office {role!r}", held)
    elif not is_still_member(rulebook, now, person, role):
        said = f"the person is no current member, as the office {role!r} asks"
        yield Lacking(said, "somebody else")
    else:
        facts = representative_facts(rulebook, now, asked.others, case, track, person, role)
        yield from failing(rulebook, facts, "may_represent", on)


def not_covered(asked: Asked, track: str, on: date) -> Iterator[Lacking]:
    """Give the rules by which nobody represents the member on a track, at their level.

    A union without such rules represents at every level.
    """
    case, rulebook, now = asked.case, asked.rulebook, asked.now(on)
    if case.person and rulebook.requirements_of("may_be_represented"):
        kind = rulebook.case_type(case.track(track).case_type)
        facts = {**level_facts(rulebook, now, case, case.track(track)), **matter(kind)}
        needed = "a discretion on record, where the rules allow one"
        yield from failing(rulebook, facts, "may_be_represented", on, needed)


def failing(
    rulebook: Rulebook,
    facts: Mapping[str, Any],
    verdict: str,
    on: date,
    instead: str = "somebody else",
) -> Iterator[Lacking]:
    """Give what keeps a verdict from being yes: each requirement that fails, with its sources.

    ``instead`` says what would be needed in place of what fails.
    """
    answer, unmet = judged(rulebook, facts, verdict, on)
    if not answer.known:
        missing = [f"give {name}" for name in answer.missing] or [""]
        said = f"whether they may is not known: {answer.reason}"
        yield from (Lacking(said, each) for each in missing)
    for each in unmet:
        version = in_force(each.versions, on)
        cited: tuple[Citation, ...] = () if version is None else version.citations
        yield Lacking(f"not met: {each.label}", instead, cited)


def judged(
    rulebook: Rulebook, facts: Mapping[str, Any], verdict: str, on: date
) -> tuple[Answer[Any], tuple[Requirement, ...]]:
    """Return the answer to a verdict; where it is no, with the requirements that are not met."""
    answer = ask(rulebook, facts, verdict, on=on)[verdict]
    if not answer.known or answer.value:
        return answer, ()
    return answer, unmet(rulebook, facts, verdict, on)
