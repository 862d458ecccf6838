"""Who may enter what: asked of the rules, from the offices and the sides of the day."""

from collections.abc import Iterator
from typing import Any

from unioncore.answers.cases.asked import Asked
from unioncore.answers.cases.compartments import UNION_INTERNAL, case_type_of
from unioncore.answers.cases.fitness import failing
from unioncore.answers.cases.refusals import Lacking
from unioncore.answers.cases.representation import tier_of
from unioncore.answers.cases.sides import is_opposed, is_party
from unioncore.answers.cases.viewing import offices_over, roles_over
from unioncore.model import (
    Assign,
    CaseEntry,
    CaseEvent,
    Correct,
    Discretion,
    Hold,
    Lift,
    Release,
    Secure,
    Share,
    Transition,
    Unshare,
)

_MEMBER = "member"
"""Whose act an event of a case type is that only the member takes."""
_JUDGED = (Assign, Release, Share, Unshare, Discretion, Secure, Hold, Lift, Correct)
"""The acts of judgement, of which the rules say who may do them; ``may_enter`` is asked."""


def unauthorised(asked: Asked, entry: CaseEntry) -> Iterator[Lacking]:
    """Give the rules by which the author may not enter something."""
    if _is_judged(asked, entry):
        yield from failing(asked.rulebook, _author_facts(asked, entry), "may_enter", entry.on)
    if isinstance(entry, CaseEvent):
        yield from _no_step(asked, entry)


def _no_step(asked: Asked, entry: CaseEvent) -> Iterator[Lacking]:
    """Give the rules by which a step belongs to an office that the author does not hold.

    A union without such rules lets anybody enter what its officers did.
    """
    case, rulebook = asked.case, asked.rulebook
    actor = entry.actor or next((each.actor for each in _ways(asked, entry)), "")
    if actor in rulebook.words_of("officer_step"):
        now = asked.now(entry.on)
        held = offices_over(now, case, entry.by) if case.branch else now.held(entry.by)
        facts = {
            "step.actor": actor,
            "step.of_branch": bool(case.branch),
            "author.offices": frozenset(each.role for each in held),
        }
        yield from failing(rulebook, facts, "may_take_step", entry.on)


def _ways(asked: Asked, entry: CaseEvent) -> tuple[Transition, ...]:
    """Return where an event may lead from the state of its track."""
    track = asked.case.track(entry.track)
    version = asked.rulebook.case_type_version(track)
    return () if version is None else version.ways(track.state, entry.event)


def _is_judged(asked: Asked, entry: CaseEntry) -> bool:
    """Say whether the rules are asked who makes an entry.

    An event merely happened, but in the union's own discipline it is a judgement as well.
    """
    if not isinstance(entry, CaseEvent):
        return isinstance(entry, _JUDGED)
    kind = case_type_of(asked.rulebook, asked.case, entry.track)
    return kind is not None and kind.compartment == UNION_INTERNAL


def _author_facts(asked: Asked, entry: CaseEntry) -> dict[str, Any]:
    """Return what is so of whoever makes an entry, as the rules ask it."""
    case, rulebook, now = asked.case, asked.rulebook, asked.now(entry.on)
    roles = {office.role for office in offices_over(now, case, entry.by)}
    assigned = {each.person for track in case.tracks.values() for each in track.assigned(entry.on)}
    return {
        "entry.act": entry.act,
        "author.roles": roles_over(rulebook, case, now, entry.by),
        "author.tiers": frozenset(tier_of(rulebook, each, now.day) for each in roles) - {""},
        "author.represents": entry.by in assigned,
        "author.has_side": is_party(now, case, entry.by)
        or is_opposed(rulebook, now, case, entry.by, asked.others),
        "author.gains": _gains(asked, entry),
        "author.made_it": _made_it(asked, entry),
        "author.takes_own_step": isinstance(entry, CaseEvent) and _is_own_step(asked, entry),
    }


def _gains(asked: Asked, entry: CaseEntry) -> bool:
    """Say whether an entry is in the author's own favour."""
    if isinstance(entry, Discretion):
        return entry.by == asked.case.person
    return isinstance(entry, Assign | Share) and entry.by == entry.person


def _is_own_step(asked: Asked, entry: CaseEvent) -> bool:
    """Say whether an event is an act of the member, or of a part that the author has."""
    case = asked.case
    parts = {each.capacity for each in case.involved() if each.person == entry.by}
    if entry.by == case.person:
        parts.add(_MEMBER)
    return any(way.actor in parts for way in _ways(asked, entry))


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
