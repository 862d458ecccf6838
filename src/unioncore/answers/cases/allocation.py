"""Whether a member is represented in a matter, by whom, and how much those have to do already."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.cases.claims import linked
from unioncore.answers.cases.deadlines import OF_LAW, Standing, deadlines
from unioncore.answers.cases.desk import Desk
from unioncore.answers.cases.recorded import level_facts
from unioncore.answers.cases.representation import about_track, holders, representative_facts
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.model import Case, Direction, Person, Snapshot
from unioncore.rules import Answer

__all__ = [
    "Candidate",
    "Workload",
    "candidates",
    "may_leave",
    "representation_level",
    "workload",
]


@checked
def representation_level(desk: Desk, reference: str, track: str, *, on: date) -> Answer[str]:
    """Answer how far the member is represented on a track: by the day of its own incident.

    ``full``, ``internal-only``, ``advice-only`` or ``none``; not known where the day of the
    incident, or something in the records, is missing, and where the matter is of no member.

    Raises:
        UnknownName: when no case has the reference, or the case no such track.
    """
    rulebook, case = desk.rulebook, desk.case(reference)
    if not case.person:
        said = "it is a collective matter, without a member of its own"
        fact = rulebook.rules.fact("representation_level")
        return Working.by(rulebook, on).not_known(fact, said)
    facts = level_facts(rulebook, desk.union.on(on), case, case.track(track))
    return ask(rulebook, facts, "representation_level", on=on)["representation_level"]


@frozen
class Workload(Answers, shows="cases tracks limits"):
    """What somebody who represents has to do on a day.

    No source says how much one matter weighs beside another, so nothing is weighed: the numbers
    stand side by side. ``attention`` for a person says what each of their cases wants, in order.
    """

    cases: int
    """In how many cases they represent on a track that has not ended."""
    tracks: int
    """How many such tracks there are."""
    limits: int
    """How many limits of law run on these tracks."""


@frozen
class Candidate(Answers, shows="tier may_act workload"):
    """Somebody who could represent, and whether the rules let them."""

    person: str
    office: str
    """The role of the office by which they represent."""
    tier: str
    """Empty where no rule gives the office a tier."""
    may_act: Answer[bool]
    workload: Workload


@checked
def candidates(desk: Desk, reference: str, track: str, *, on: date) -> tuple[Candidate, ...]:
    """Return who could represent on a track, those who may act and have least to do first.

    Of two, the one with fewer tracks that have not ended comes first; then the one on whose tracks
    fewer limits of law run. In a matter in which nobody represents, such as the union's own
    discipline, there is nobody.

    Args:
        desk: the rules, the records and every open case.
        reference: the member's case.
        track: which track of it.
        on: the day.

    Raises:
        UnknownName: when no case has the reference, or the case no such track.
    """
    rulebook, case, now = desk.rulebook, desk.case(reference), desk.union.on(on)
    represented = about_track(rulebook, case, track, "track.represented", on)
    if represented.known and not represented.value:
        return ()
    could, beside = list(holders(now, case.branch)), linked(desk.cases.values())
    loads = _workloads(desk, beside, {person for person, _ in could}, on)
    others = beside[reference]
    found = [
        _candidate(desk, now, others, case, track, person, office.role, loads[person])
        for person, office in could
        if person != case.person
    ]
    best: dict[str, Candidate] = {}
    for each in sorted(found, key=_preference):
        best.setdefault(each.person, each)
    return tuple(best.values())


def _preference(candidate: Candidate) -> tuple[int, int, int, str]:
    answer, load = candidate.may_act, candidate.workload
    first = 0 if answer.known and answer.value else 1 if not answer.known else 2
    return (first, load.tracks, load.limits, candidate.person)


def _candidate(
    desk: Desk,
    now: Snapshot,
    others: Collection[Case],
    case: Case,
    track: str,
    person: str,
    role: str,
    load: Workload,
) -> Candidate:
    facts = representative_facts(desk.rulebook, now, others, case, track, person, role)
    asked = ask(desk.rulebook, facts, "may_represent", "representative.tier", on=now.day)
    tier = asked["representative.tier"]
    return Candidate(
        person=person,
        office=role,
        tier=tier.value if tier.known else "",
        may_act=asked["may_represent"],
        workload=load,
    )


@checked
def workload(desk: Desk, person: str, *, on: date) -> Workload:
    """Return what somebody who represents has to do on a day.

    Raises:
        UnknownName: when nobody in the records has the key.
    """
    _check_person(desk, person)
    return _workloads(desk, linked(desk.cases.values()), {person}, on)[person]


@checked
def may_leave(desk: Desk, person: str, *, on: date) -> tuple[str, ...]:
    """Return the references of the cases that keep a representative from being removed.

    Raises:
        UnknownName: when nobody in the records has the key.
    """
    _check_person(desk, person)
    return tuple(case.reference for case in desk.cases.values() if _theirs(desk, case, person, on))


def _check_person(desk: Desk, person: str) -> None:
    if not desk.union.knows(Person, person):
        raise desk.union.unknown(Person, person)


def _workloads(
    desk: Desk, beside: Mapping[str, Collection[Case]], people: AbstractSet[str], on: date
) -> Mapping[str, Workload]:
    """Return what each of some people has to do, in one look through the cases.

    ``beside`` are for each case those that are linked with it.
    """
    cases, tracks, limits = Counter[str](), Counter[str](), Counter[str]()
    for case in desk.cases.values():
        acting = {
            key: {each.person for each in track.assigned(on)} & people
            for key, track in case.tracks.items()
            if desk.rulebook.outcome(track) is None
        }
        if not any(acting.values()):
            continue
        cases.update(set().union(*acting.values()))
        running = Counter(_under_limits(desk, case, beside[case.reference], on))
        for key, theirs in acting.items():
            tracks.update(theirs)
            limits.update(dict.fromkeys(theirs, running[key]))
    return {each: Workload(cases[each], tracks[each], limits[each]) for each in people}


def _theirs(desk: Desk, case: Case, person: str, on: date) -> set[str]:
    """Return the tracks of a case that have not ended, and on which somebody represents."""
    return {
        key
        for key, track in case.tracks.items()
        if person in {each.person for each in track.assigned(on)}
        and desk.rulebook.outcome(track) is None
    }


def _under_limits(desk: Desk, case: Case, others: Collection[Case], on: date) -> Iterator[str]:
    """Give the track of each limit of law that runs."""
    settings = desk.union.clock_settings
    for each in deadlines(desk.rulebook, case, on=on, settings=settings, others=tuple(others)):
        last = each.direction is not Direction.NOT_BEFORE
        if last and each.standing is Standing.RUNNING and each.nature in OF_LAW:
            yield each.track
