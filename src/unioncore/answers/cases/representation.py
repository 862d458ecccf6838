"""Whether a member is represented in a matter, by whom, and what stands in the way."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.answers.cases.deadlines import Deadline, Standing, deadlines
from unioncore.answers.cases.recorded import level_facts
from unioncore.answers.cases.sides import is_opposed, is_party
from unioncore.answers.checked import checked
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.model import (
    Accreditation,
    Case,
    CaseType,
    ClockSetting,
    Office,
    OfficeRole,
    Snapshot,
    Track,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = [
    "Candidate",
    "Overdue",
    "candidates",
    "escalates_to",
    "may_leave",
    "overdue",
    "representation_level",
    "workload",
]


@checked
def representation_level(rulebook: Rulebook, now: Snapshot, case: Case, track: str) -> Answer[str]:
    """Answer how far the member is represented on a track: by the day of its own incident.

    ``full``, ``internal-only``, ``advice-only`` or ``none``; not known where the day of the
    incident, or something in the records, is missing, and where the matter is of no member.
    """
    if not case.person:
        said = "it is a collective matter, without a member of its own"
        fact = rulebook.rules.fact("representation_level")
        return Working(rulebook.fingerprint, now.day).not_known(fact, said)
    facts = level_facts(rulebook, now, case, case.track(track))
    return ask(rulebook, facts, "representation_level", on=now.day)["representation_level"]


def is_still_member(rulebook: Rulebook, now: Snapshot, person: str, role: str) -> bool:
    """Say whether somebody is a member on the day, where their office asks for one."""
    office = rulebook.named(OfficeRole).get(role)
    return office is None or office.staff or now.joined(person) is not None


# -- by whom ---------------------------------------------------------------------------------------


@frozen
class Candidate(Answers, shows="tier may_act open_tracks"):
    """Somebody who could represent, and whether the rules let them."""

    person: str
    office: str
    """The role of the office by which they represent."""
    tier: str
    """Empty where no rule gives the office a tier."""
    may_act: Answer[bool]
    open_tracks: int
    """How many tracks are theirs that have not ended."""


def workload(rulebook: Rulebook, cases: Iterable[Case], person: str, *, on: date) -> int:
    """Return how many tracks that have not ended a representative has on a day."""
    return sum(
        _is_theirs(rulebook, track, person, on) for case in cases for track in case.tracks.values()
    )


def _is_theirs(rulebook: Rulebook, track: Track, person: str, on: date) -> bool:
    """Say whether somebody represents on a track that has not ended."""
    who = {each.person for each in track.assigned(on)}
    return person in who and rulebook.outcome(track) is None


@checked
def candidates(
    rulebook: Rulebook,
    now: Snapshot,
    cases: Iterable[Case],
    case: Case,
    track: str,
) -> tuple[Candidate, ...]:
    """Return who could represent on a track, those who may act and have least to do first.

    In a matter in which nobody represents, such as the union's own discipline, there is nobody.

    Args:
        rulebook: the rules.
        now: the union on the day.
        cases: the cases that are open, for the workload and for who stands on the other side.
        case: the member's case.
        track: which track of it.
    """
    represented = about_track(rulebook, case, track, "track.represented", now.day)
    if represented.known and not represented.value:
        return ()
    known = tuple(cases)
    found = [
        _candidate(rulebook, now, known, case, track, person, office)
        for person, office in holders(now, case.branch)
        if person != case.person
    ]
    best: dict[str, Candidate] = {}
    for each in sorted(found, key=_preference):
        best.setdefault(each.person, each)
    return tuple(best.values())


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


def _preference(candidate: Candidate) -> tuple[int, int, str]:
    answer = candidate.may_act
    first = 0 if answer.known and answer.value else 1 if not answer.known else 2
    return (first, candidate.open_tracks, candidate.person)


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


def _candidate(
    rulebook: Rulebook,
    now: Snapshot,
    cases: tuple[Case, ...],
    case: Case,
    track: str,
    person: str,
    office: Office,
) -> Candidate:
    facts = representative_facts(rulebook, now, cases, case, track, person, office.role)
    names = ("may_represent", "representative.tier")
    asked = ask(rulebook, facts, *names, on=now.day)
    tier = asked["representative.tier"]
    return Candidate(
        person=person,
        office=office.role,
        tier=tier.value if tier.known else "",
        may_act=asked["may_represent"],
        open_tracks=workload(rulebook, cases, person, on=now.day),
    )


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
        "representative.is_party": is_party(case, person),
        "representative.represents_opponent": is_opposed(rulebook, case, person, cases, now.day),
        **matter(kind),
        "track.accreditation": kind.needs or None,
        "track.companion": kind.companion,
    }
    return {key: value for key, value in facts.items() if value is not None}


def may_leave(
    rulebook: Rulebook, cases: Iterable[Case], person: str, *, on: date
) -> tuple[str, ...]:
    """Return the references of the cases that keep a representative from being removed."""
    return tuple(
        case.reference
        for case in cases
        if any(_is_theirs(rulebook, track, person, on) for track in case.tracks.values())
    )


# -- onwards ---------------------------------------------------------------------------------------


@checked
def escalates_to(rulebook: Rulebook, case: Case, track: str, *, on: date) -> Answer[str]:
    """Answer to which tier a matter goes on from those who represent first."""
    return about_track(rulebook, case, track, "track.escalates_to", on)


@frozen
class Overdue(Answers, shows="case deadline escalates_to"):
    """Something of a case that is late, and to whom it goes on."""

    case: str
    deadline: Deadline
    escalates_to: str
    """The tier; empty where no rule says to whom such a case goes on."""


def overdue(
    rulebook: Rulebook,
    cases: Iterable[Case],
    *,
    on: date,
    settings: Iterable[ClockSetting] = (),
) -> tuple[Overdue, ...]:
    """Return what is late on a day and may still come, over all cases, the oldest first."""
    policies, every = tuple(settings), tuple(cases)
    found = []
    for case in every:
        for deadline in deadlines(rulebook, case, on=on, settings=policies, others=every):
            track = case.track(deadline.track)
            if deadline.standing is Standing.MISSED and may_still_come(rulebook, track, deadline):
                onwards = escalates_to(rulebook, case, track.key, on=on)
                tier = onwards.value if onwards.known else ""
                found.append(Overdue(case.reference, deadline, tier))
    return tuple(sorted(found, key=lambda each: (each.deadline.day.value, each.case)))


def may_still_come(rulebook: Rulebook, track: Track, deadline: Deadline) -> bool:
    """Say whether what is late may come at all: no event follows once its track has ended."""
    version = rulebook.case_type_version(track)
    own = () if version is None else version.events()
    return rulebook.outcome(track) is None or deadline.must not in own
