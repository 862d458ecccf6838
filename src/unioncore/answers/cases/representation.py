"""What the records and the rules say of those who may represent in a matter."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from unioncore.answers.by_name import ask
from unioncore.answers.cases.sides import is_opposed, is_party
from unioncore.checked import checked
from unioncore.model import (
    Accreditation,
    Case,
    CaseType,
    Office,
    OfficeRole,
    Person,
    Snapshot,
)
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["escalates_to"]


def is_still_member(rulebook: Rulebook, now: Snapshot, person: str, role: str) -> bool:
    """Say whether somebody is a member on the day, where their office asks for one."""
    office = rulebook.named(OfficeRole).get(role)
    return office is None or office.staff or now.joined(person) is not None


def about_track(rulebook: Rulebook, case: Case, track: str, fact: str, on: date) -> Answer[Any]:
    """Answer what the union's rules say of matters of the kind of a track."""
    kind = rulebook.case_type(case.track(track).case_type)
    return ask(rulebook, matter(kind), fact, on=on)[fact]


def tier_of(rulebook: Rulebook, role: str, on: date) -> str:
    """Return the tier in which somebody represents by an office; empty where no rule gives one."""
    facts = {"representative.role": role}
    tier = ask(rulebook, facts, "representative.tier", on=on)["representative.tier"]
    return tier.value if tier.known else ""


def matter(kind: CaseType) -> dict[str, Any]:
    """Return the facts by which rules tell one kind of matter from another."""
    return {"track.case_type": kind.key, "track.family": kind.family}


def holders(now: Snapshot, branch: str) -> Iterable[tuple[str, Office]]:
    """Give who holds offices in the branch, and posts of its region or of the whole union."""
    regions = now.ancestors(branch, "region")[:1] if branch else ()
    units = [branch] if branch else []
    for row in now.units():
        # The staff have an axis of their own; a national post lies in no region.
        above = now.parents(row.key)
        if "staff" in above and ("region" not in above or above["region"] in regions):
            units.append(row.key)
    for unit in units:
        for office in now.offices(unit):
            for person in now.holders(office.key):
                yield person, office


def representative_facts(
    rulebook: Rulebook,
    now: Snapshot,
    cases: Collection[Case],
    case: Case,
    track: str,
    person: str,
    role: str,
) -> Mapping[str, Any]:
    """Return what is so of somebody who may represent on a track, as the rules ask it."""
    kind = rulebook.case_type(case.track(track).case_type)
    accredited = frozenset(row.kind for row in now.rows(Accreditation, "person", person))
    known = rulebook.words_of("accreditation_kind")
    facts: dict[str, Any] = {
        "representative.role": role,
        "representative.accredited_for": accredited & frozenset(known),
        "representative.is_party": is_party(now, case, person),
        "representative.represents_opponent": is_opposed(rulebook, now, case, person, cases),
        **matter(kind),
        "track.accreditation": kind.needs or None,
        "track.companion": kind.companion,
    }
    if now.union.knows(Person, case.person):
        # Some rules go by the member's post.
        facts |= member_facts(rulebook, now, case.person, incident=case.track(track).incident)
    return {key: value for key, value in facts.items() if value is not None}


@checked
def escalates_to(rulebook: Rulebook, case: Case, track: str, *, on: date) -> Answer[str]:
    """Answer to which tier a matter goes on from those who represent first."""
    return about_track(rulebook, case, track, "track.escalates_to", on)
