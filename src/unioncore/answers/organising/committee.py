"""Whether a branch committee represents the members of every employer."""

from collections.abc import Iterable, Mapping
from datetime import date

from unioncore.answers.by_name import ask
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, series

__all__ = ["committee_representative"]

_REPRESENTS = "committee.represents_all"


@checked
def committee_representative(
    rulebook: Rulebook,
    officers: Mapping[str, str | None],
    employers: Iterable[str],
    *,
    on: date,
) -> Answer[bool]:
    """Answer whether a committee represents the members of every employer of the branch.

    The union's rules decide it by how many employers the officers come from, and how many have no
    officer; what they leave to the branch to judge is not known.

    Args:
        rulebook: the rules.
        officers: for each office, the officer's employer; None where that is not known.
        employers: the employers with members in the branch.
        on: the day of the question.

    Raises:
        UnknownName: when an officer's employer is not one of the branch's.
    """
    every = tuple(dict.fromkeys(employers))
    for employer in officers.values():
        if employer is not None and employer not in every:
            raise UnknownName("employer of the branch", employer, nearest(employer, every))
    here = {employer for employer in officers.values() if employer is not None}
    absent = [employer for employer in every if employer not in here]
    work, fact = Working.by(rulebook, on), rulebook.rules.fact(_REPRESENTS)
    if not officers or not every:
        return work.not_known(fact, "no officers or no employers are given")
    complete = None not in officers.values()
    facts = {
        "committee.employers_of_officers": len(here) if complete else None,
        "committee.employers_without_officer": len(absent) if complete or not absent else None,
    }
    found = ask(rulebook, facts, _REPRESENTS, on=on)[_REPRESENTS]
    if found.known:
        said = f"officers are from {len(here)} of {len(every)} employers"
        if not absent:
            said = "every employer has an officer"
        elif len(here) == 1:
            said = f"every officer is from one of {len(every)} employers"
        return work.known(fact, found.value, said, using=[found])
    if not complete:
        said = "the employer of some officers is not known"
        return work.not_known(fact, said, using=[found], missing=("officers",))
    said = f"no officer is from {series(absent, 'or')}; " if absent else ""
    return work.not_known(fact, f"{said}{found.reason}", using=[found])
