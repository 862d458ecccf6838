"""Who may enter what: asked of the rules, from the offices and the sides of the day."""

from collections.abc import Iterator
from typing import Any

from unioncore.answers.ask import ask
from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.fitness import failing
from unioncore.answers.cases.refusals import Lacking
from unioncore.answers.cases.sides import is_opposed, is_party
from unioncore.answers.cases.viewing import offices_over, roles_over
from unioncore.model import (
    Assign,
    CaseEntry,
    Correct,
    Discretion,
    Hold,
    Lift,
    Person,
    Release,
    Secure,
    Share,
    Unshare,
)

JUDGED = (Assign, Release, Share, Unshare, Discretion, Secure, Hold, Lift, Correct)
"""The acts of judgement, of which the rules say who may do them; ``may_enter`` is asked."""


def unauthorised(asked: Asked, entry: CaseEntry) -> Iterator[Lacking]:
    """Give the rules by which the author may not enter something."""
    if isinstance(entry, JUDGED) and asked.union.knows(Person, entry.by):
        yield from failing(asked.rulebook, author_facts(asked, entry), "may_enter", entry.on)


def author_facts(asked: Asked, entry: CaseEntry) -> dict[str, Any]:
    """Return what is so of whoever makes an entry, as the rules ask it."""
    case, rulebook, now = asked.case, asked.rulebook, asked.now(entry.on)
    tiers = set()
    for office in offices_over(now, case, entry.by):
        facts = {"representative.role": office.role}
        answer = ask(rulebook, facts, "representative.tier", on=now.day)["representative.tier"]
        tiers |= {answer.value} if answer.known else set()
    assigned = {each.person for track in case.tracks.values() for each in track.assigned(entry.on)}
    return {
        "entry.act": entry.act,
        "author.roles": roles_over(rulebook, case, now, entry.by),
        "author.tiers": frozenset(tiers),
        "author.represents": entry.by in assigned,
        "author.has_side": is_party(case, entry.by)
        or is_opposed(rulebook, case, entry.by, asked.others, entry.on),
        "author.gains": _gains(asked, entry),
        "author.made_it": _made_it(asked, entry),
    }


def _gains(asked: Asked, entry: CaseEntry) -> bool:
    """Say whether an entry is in the author's own favour."""
    if isinstance(entry, Discretion):
        return entry.by == asked.case.person
    return isinstance(entry, Assign | Share) and entry.by == entry.person


def _made_it(asked: Asked, entry: CaseEntry) -> bool:
    """Say whether the author made what the entry ends or puts right."""
    case = asked.case
    match entry:
        case Lift():
            holds = [each for each in case.standing if isinstance(each, Hold)]
            return bool(holds) and holds[-1].by == entry.by
        case Unshare():
            return any(
                isinstance(each, Share)
                and (each.by, each.person, each.compartment)
                == (entry.by, entry.person, entry.compartment)
                for each in case.standing
            )
        case Correct():
            there = 0 <= entry.corrects < len(case.entries)
            return there and case.entries[entry.corrects].by == entry.by
        case _:
            return False
