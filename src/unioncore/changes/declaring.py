"""The result of an election fills its offices."""

from datetime import date

from unioncore.answers import election_standing
from unioncore.changes.filling import elect
from unioncore.changes.needs import needs_known, refuse, state, until_then
from unioncore.checked import checked
from unioncore.model import Election, Union
from unioncore.rulebook import Rulebook

__all__ = ["declare"]


@checked
def declare(
    rulebook: Rulebook,
    union: Union,
    election: str,
    *,
    on: date,
    recorded: date | None = None,
    though_not_known: bool = False,
) -> Union:
    """Let those whom an election elects hold their offices from ``on`` on.

    Whoever held an office before leaves it then. A by-election fills the rest of a term; any other
    election ends the terms that were running. ``though_not_known`` is as for ``elect``.

    Raises:
        ChangeRefused: when there is no such election, its result is not announced by then, votes
            are missing or tied, or somebody who is elected may not hold the office.
    """
    recorded = recorded or on
    needs_known(union, "declare", Election, election)
    now = state(union, on, recorded)
    found = election_standing(rulebook, now, election)
    row = now.require(Election, election)
    if found.result is None or found.result > on:
        refuse("declare", "no result is announced by that day")
    reasons = [
        f"{each.office}: votes are not recorded"
        for each in found.contests
        if each.state in ("nominations", "contested")
    ]
    reasons += [
        f"{each.office}: the last places are tied"
        for each in found.contests
        if each.tally is not None and each.tally.tied
    ]
    refuse("declare", *reasons)
    for each in found.contests:
        if not row.by_election:
            terms = union.holders_of(each.office, known_on=recorded)
            over = [term for term in terms if term.holds(on) and term.start < on]
            union = union.append(*(until_then(term, on, recorded) for term in over))
        for person in each.elected:
            union = elect(
                rulebook,
                union,
                each.office,
                person,
                on=on,
                elected=found.result,
                election_began=found.began,
                recorded=recorded,
                how="by-election" if row.by_election else "elected",
                though_not_known=though_not_known,
            )
    return union
