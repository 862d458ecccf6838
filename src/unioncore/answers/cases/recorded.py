"""What the record tells of a track, as facts, and whether a condition follows from them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import explanation
from unioncore.answers.cases.asked import Asked
from unioncore.legal import Nation
from unioncore.model import (
    UNION_TRACK,
    Case,
    Discretion,
    Employer,
    Figures,
    Job,
    Open,
    Person,
    Snapshot,
    Track,
)
from unioncore.records import employer_facts, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Condition, Prose, series
from unioncore.rules.condition import TRUE, names_in
from unioncore.shown import Shown

__all__: list[str] = []


@frozen
class _Followed(Shown):
    """Whether a condition follows from the record."""

    holds: bool | None
    """None where that is not known."""
    reason: str = ""
    """Where it does not hold, or is not known: the condition in words."""
    missing: str = ""
    """What would tell, in words."""


def follows(
    rulebook: Rulebook,
    condition: Condition,
    case: Case,
    track: Track,
    *,
    on: date,
    now: Snapshot | None = None,
) -> _Followed:
    """Say whether a condition follows from what is recorded of a track by a day.

    Args:
        rulebook: the rules.
        condition: of a transition or a clock.
        case: the case.
        track: the track of it, as it is then. The union's own stands for all others: of each of
            them it must follow.
        on: the day.
        now: the union on the day; without its records, what they hold is not known.
    """
    if condition == TRUE:
        return _Followed(True)
    others = [each for each in case.tracks.values() if each.key != UNION_TRACK]
    tracks = others if track.key == UNION_TRACK and others else [track]
    found = [_of_track(rulebook, condition, case, each, on, now) for each in tracks]
    return min(found, key=lambda each: (each.holds is not False, each.holds is not None))


def _of_track(
    rulebook: Rulebook,
    condition: Condition,
    case: Case,
    track: Track,
    on: date,
    now: Snapshot | None,
) -> _Followed:
    return _judged(rulebook, condition, _facts(rulebook, case, track, on, now), on)


def _judged(
    rulebook: Rulebook, condition: Condition, facts: Mapping[str, Any], on: date
) -> _Followed:
    found = explanation(rulebook, facts, on=on)
    holds, prose = found.subject.truth(condition), Prose(rulebook.rules)
    if holds:
        return _Followed(True)
    said = prose.condition(condition)
    if holds is False:
        return _Followed(False, f"it does not hold that {said}")
    missing: dict[str, None] = {}
    for key in names_in(condition):
        fact = rulebook.rules.facts[key]
        lacking = found.answer(key).missing if fact.derived else (key,)
        missing |= dict.fromkeys(prose.label(each) for each in lacking)
    return _Followed(None, f"it is not known whether {said}", series(missing))


def is_for(asked: Asked, covers: Condition, entry: Open) -> _Followed:
    """Say whether what opens a track is for the member of the case; a matter without one it is for.

    It is, once a job is such as ``covers`` says: one that the member has on the day of the entry,
    or had on that of the incident, at the employer of the track where that is given.
    """
    if covers == TRUE or not asked.case.person:
        return _Followed(True)
    found = [_judged(asked.rulebook, covers, facts, on) for on, facts in _by_job(asked, entry)]
    return max(found, key=lambda each: (each.holds is True, each.holds is None))


def _by_job(asked: Asked, entry: Open) -> Iterator[tuple[date, Mapping[str, Any]]]:
    """Give what is recorded of the member beside each job that a track may concern, with the day.

    Where the records have no such job, nothing is known of the post, but who the employer is.
    """
    rulebook, person, employer = asked.rulebook, asked.case.person, entry.employer
    days = [asked.now(on) for on in dict.fromkeys((entry.incident or entry.on, entry.on))]
    if not asked.union.knows(Person, person):
        yield entry.on, employer_facts(rulebook, days[-1], employer) if employer else {}
        return
    jobs: list[tuple[Snapshot, Job | None]] = [
        (now, job) for now in days for job in now.jobs(person) if employer in ("", job.employer)
    ]
    bare = Job(person=person, employer=employer, start=entry.on) if employer else None
    for now, job in jobs or [(days[-1], bare)]:
        yield now.day, member_facts(rulebook, now, person, incident=entry.incident, job=job)


def _facts(
    rulebook: Rulebook, case: Case, track: Track, on: date, now: Snapshot | None
) -> Mapping[str, Any]:
    """Return what is recorded of a track, its employer and its member."""
    found: dict[str, Any] = {}
    if now is not None and case.person:
        found |= level_facts(rulebook, now, case, track)
    if now is not None and now.union.knows(Employer, track.employer):
        found |= employer_facts(rulebook, now, track.employer)
    found |= _dismissals(rulebook, track, on)
    return {key: value for key, value in found.items() if key in rulebook.rules.facts}


def level_facts(rulebook: Rulebook, now: Snapshot, case: Case, track: Track) -> dict[str, Any]:
    """Return what is so of the member on a track, as the rules of the level ask it.

    Of a member whom the records no longer have, such as in a stored case, nothing is known.
    """
    facts: dict[str, Any] = {}
    if now.union.knows(Person, case.person):
        facts |= member_facts(rulebook, now, case.person, incident=track.incident)
    facts["case.discretion_used"] = any(isinstance(each, Discretion) for each in track.entries)
    return facts


def _dismissals(rulebook: Rulebook, track: Track, on: date) -> dict[str, Any]:
    """Return how many dismissals were proposed last, and when, as the rules ask it."""
    version = rulebook.case_type_version(track)
    found: dict[str, Any] = {}
    if track.nation in map(str, Nation):
        found["collective.nation"] = track.nation
    for entry in track.happened(on):
        figures = None if version is None else version.figures_of(entry.event)
        if entry.figures and figures is Figures.DISMISSALS:
            found["collective.proposed"] = entry.figures["proposed"]
            found["collective.proposed_on"] = entry.on
    return found
