"""What is put to a conference: who may, how much, in which order, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.democracy.card_votes import VoteCount, motion_vote
from unioncore.answers.democracy.conference import Calendar, conference_calendar
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.model import Case, Meaning, Motion, Priority, Snapshot
from unioncore.records import conference_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["Agenda", "AgendaItem", "MayPut", "Priorities", "agenda", "may_put", "prioritise"]

_MORE = Fact("motion.may_put_more", FactType.YES_NO, "the body may put another")
_COUNTED = ("motion", "rule-amendment")
"""What counts against the limit of a body."""


# -- who may put what ------------------------------------------------------------------------------


@frozen
class MayPut(Answers, shows="allowed"):
    """Whether a body may put something to a conference, and how much of it."""

    body: str
    kind: str
    allowed: Answer[bool]
    """Whether such a body may put such a thing."""
    limit: Answer[int]
    """How many it may put; not known where no limit is known, which does not mean none."""
    submitted: int
    """How many it has put already."""
    may_put_more: Answer[bool]
    """Whether another is within the limit."""


@checked
def may_put(
    rulebook: Rulebook, now: Snapshot, kind: str, body: str, *, to: str, edition: str
) -> MayPut:
    """Answer whether a body may put a motion to an edition of a conference, and how many.

    Args:
        rulebook: the rules.
        now: the union; what was received by that day is counted.
        kind: what is put, such as ``motion`` or ``rule-amendment``.
        body: the body, by the key of its unit.
        to: the conference, by the key of its unit.
        edition: which one, such as 2026.

    Raises:
        BadFacts: when no kind of motion is called so.
        UnknownName: when no record knows the body or the conference, or nothing the edition.
    """
    calendar = conference_calendar(rulebook, now, to, edition)
    return _may_put(rulebook, now, calendar, kind, body)


def _may_put(rulebook: Rulebook, now: Snapshot, calendar: Calendar, kind: str, body: str) -> MayPut:
    unit = now.unit(body)
    facts = {
        **conference_facts(rulebook, now, calendar.unit),
        "motion.kind": kind,
        "motion.mover_kind": None if unit is None else unit.kind,
    }
    allowed, limit = ask(rulebook, facts, "motion.may_be_put", "motion.limit", on=now.day).values()
    mine = [
        row
        for row in now.rows(Motion, "unit", calendar.unit)
        if row.edition == calendar.edition and row.mover == body and row.kind in _COUNTED
    ]
    count = len(mine)
    work = Working.by(rulebook, now.day)
    if allowed.known and not allowed.value:
        more = work.out(_MORE, [allowed], lambda _: (False, "the body may put none"))
    elif kind not in _COUNTED:
        more = work.out(_MORE, [allowed], lambda _: (True, "such things do not count"))
    else:
        more = work.out(
            _MORE,
            [allowed, limit],
            lambda _, most: (count < most, f"{count} of {most} are put already"),
        )
    return MayPut(body, kind, allowed, limit, count, more)


# -- priorities ------------------------------------------------------------------------------------


@frozen
class Priorities(Answers, shows="order"):
    """The order in which motions are debated, by the lists of the bodies that rank them."""

    places: Answer[int]
    """How many places a list has."""
    points: dict[str, int]
    """The points of each motion that has any."""
    order: tuple[str, ...]
    """The motions with points: most points first, and of equal ones by key."""
    without_points: tuple[str, ...]
    """The motions of the agenda that nobody has ranked; they are not debated."""
    beyond: dict[str, tuple[str, ...]]
    """What stood in a list beyond its last place, by the body: it gives no points."""
    goes_to: Answer[str]
    """The kind of body that decides on what is not debated."""


@checked
def prioritise(
    rulebook: Rulebook,
    lists: Mapping[str, Sequence[str]],
    *,
    on: date,
    to: str,
    agenda: Iterable[str] = (),
    kind: str = "motion",
) -> Priorities:
    """Answer in which order motions are debated.

    The first of a list is worth as many points as a list has places, and the last one. The order of
    the lists never matters.

    Args:
        rulebook: the rules.
        lists: for each body, by key, the motions that it ranks, the most wanted first.
        on: the day of the question.
        to: the kind of conference, a word of the vocabulary ``unit_kind``.
        agenda: the motions that are on the agenda.
        kind: what is ranked: ``motion`` or ``rule-amendment``.

    Raises:
        BadFacts: when no kind of conference or motion is called so.
    """
    facts = {"conference.kind": to, "motion.kind": kind}
    ranked = {
        body: {motion: place for place, motion in enumerate(dict.fromkeys(motions), 1)}
        for body, motions in lists.items()
    }
    return _prioritised(rulebook, ranked, facts, on, agenda)


def _prioritised(
    rulebook: Rulebook,
    ranked: Mapping[str, Mapping[str, int]],
    facts: Mapping[str, str | None],
    on: date,
    on_agenda: Iterable[str],
) -> Priorities:
    """Count the points of motions, whose places in its list each body gives."""
    names = ("motion.places_in_a_list", "motion.goes_to_when_not_debated")
    places, goes_to = ask(rulebook, facts, *names, on=on).values()
    most = places.value if places.known else 0
    points: dict[str, int] = {}
    beyond: dict[str, tuple[str, ...]] = {}
    for body in sorted(ranked):
        for motion, place in ranked[body].items():
            if place <= most:
                points[motion] = points.get(motion, 0) + most + 1 - place
            else:
                beyond[body] = (*beyond.get(body, ()), motion)
    order = sorted(points, key=lambda motion: (-points[motion], motion))
    without = tuple(sorted(set(on_agenda) - set(points)))
    by_points = {motion: points[motion] for motion in order}
    return Priorities(places, by_points, tuple(order), without, beyond, goes_to)


# -- the agenda ------------------------------------------------------------------------------------


@frozen
class AgendaItem(Answers, shows="key"):
    """One thing that was put to a conference, and what became of it."""

    key: str
    kind: str
    title: str
    mover: str
    """The body that moves it."""
    of: str
    """The motion that it amends, or the composite that it is part of; else empty."""
    in_time: Answer[bool]
    may_be_put: Answer[bool]
    points: int | None
    """Its points; None where priorities are not counted for it."""
    standing: str
    """In words what became of it: it is in exactly one place."""
    came_to: str
    """``carried``, ``lost``, ``remitted`` or ``not-reached``; empty where it came to none yet."""
    case: str
    """The case that tells so; empty where none does."""
    vote: VoteCount | None
    doubts: tuple[str, ...]
    """Where the records say different things of it."""

    def to_text(self) -> str:
        """Return it as lines: what it is, what became of it, and how it was voted on."""
        of = f" (to {self.of})" if self.kind == "amendment" else ""
        told = f", as {self.case} tells" if self.case else ""
        points = f", {self.points} points" if self.points else ""
        lines = [
            f"{self.key}{of}: {self.title}",
            f"  {self.kind} of {self.mover}{points}: {self.standing}{told}",
        ]
        if self.vote is not None:
            lines.append(f"  {self.vote.to_text()}")
        lines += (f"  doubtful: {each}" for each in self.doubts)
        return "\n".join(lines)


@frozen
class Agenda(Answers, shows="items"):
    """Everything that was put to one edition of a conference."""

    unit: str
    edition: str
    items: tuple[AgendaItem, ...]
    """In the order of debate as far as points give it; then by key."""
    goes_to: Answer[str]
    """The kind of body that decides on what was not reached."""

    def to_text(self) -> str:
        """Return the agenda as lines."""
        if not self.items:
            return "nothing was put"
        return "\n".join(each.to_text() for each in self.items)


@checked
def agenda(
    rulebook: Rulebook,
    now: Snapshot,
    unit: str,
    edition: str,
    *,
    cases: Iterable[Case] = (),
) -> Agenda:
    """Answer what was put to an edition of a conference, and what became of each.

    What the case about a motion tells comes first. Where there is none, the votes tell, then the
    ruling of the standing orders committee, then whether it came in time.

    Args:
        rulebook: the rules.
        now: the union; what was received by that day is there.
        unit: the conference, by the key of its unit.
        edition: which one, such as 2026.
        cases: the union's cases; one about a motion has its key in ``about``.

    Raises:
        UnknownName: when no record knows the conference, or nothing the edition.
    """
    calendar = conference_calendar(rulebook, now, unit, edition)
    motions = [row for row in now.rows(Motion, "unit", unit) if row.edition == edition]
    keys = {row.key for row in motions}
    facts = conference_facts(rulebook, now, unit)
    points: dict[str, int] = {}
    ranked = set()
    goes_to = None
    for kind in _COUNTED:
        mine = [row.key for row in motions if row.kind == kind]
        lists = _lists(now, mine)
        found = _prioritised(rulebook, lists, {**facts, "motion.kind": kind}, now.day, mine)
        goes_to = found.goes_to
        points |= found.points
        if lists:
            ranked |= set(mine)
    assert goes_to is not None
    about = {case.about: case for case in cases if case.about in keys}
    items = [
        _item(rulebook, now, calendar, row, about.get(row.key), row.key in ranked, points)
        for row in motions
    ]
    items.sort(key=lambda item: (-(item.points or 0), item.key))
    return Agenda(unit, edition, tuple(items), goes_to)


def _lists(now: Snapshot, motions: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return for each body the places that it gives these motions."""
    lists: dict[str, dict[str, int]] = {}
    for each in motions:
        for row in now.rows(Priority, "motion", each):
            lists.setdefault(row.body, {})[each] = row.place
    return lists


def _item(
    rulebook: Rulebook,
    now: Snapshot,
    calendar: Calendar,
    row: Motion,
    case: Case | None,
    is_ranked: bool,
    points: Mapping[str, int],
) -> AgendaItem:
    in_time = calendar.for_motions(row.kind).in_time(row.received)
    put = _may_put(rulebook, now, calendar, row.kind, row.mover)
    vote = motion_vote(rulebook, now, row.key)
    mine = points.get(row.key, 0) if is_ranked else None
    told = _told(rulebook, case, now.day)
    standing, came_to = told or _standing(row, in_time, put, vote, mine, calendar, now.day)
    doubts = []
    if told and vote is not None and vote.carried.known:
        counted = "carried" if vote.carried.value else "lost"
        if came_to in ("carried", "lost") and came_to != counted:
            doubts.append(
                f"the case tells that it was {came_to}, and the votes that it was {counted}"
            )
    if put.limit.known and put.submitted > put.limit.value and row.kind in _COUNTED:
        doubts.append(f"{row.mover} put {put.submitted}, and {put.limit.value} is the limit")
    return AgendaItem(
        key=row.key,
        kind=row.kind,
        title=row.title,
        mover=row.mover,
        of=row.amends or row.part_of,
        in_time=in_time,
        may_be_put=put.allowed,
        points=mine,
        standing=standing,
        came_to=came_to,
        case=case.reference if told and case is not None else "",
        vote=vote,
        doubts=tuple(doubts),
    )


_MEANS = {
    Meaning.MOTION_CARRIED: "carried",
    Meaning.MOTION_LOST: "lost",
    Meaning.MOTION_REMITTED: "remitted",
    Meaning.MOTION_NOT_REACHED: "not-reached",
}


def _told(rulebook: Rulebook, case: Case | None, on: date) -> tuple[str, str] | None:
    """Return what the case about a motion tells: its state in words, and what it came to."""
    for track in () if case is None else case.tracks.values():
        version = rulebook.case_type_version(track)
        state = None if version is None else version.state(track.state)
        if state is None or track.since > on:
            continue
        meant = rulebook.meant(track)
        means = [meant.get(each.event) for each in track.happened(on)]
        return state.name, next((_MEANS[each] for each in reversed(means) if each in _MEANS), "")
    return None


def _standing(
    row: Motion,
    in_time: Answer[bool],
    put: MayPut,
    vote: VoteCount | None,
    points: int | None,
    calendar: Calendar,
    on: date,
) -> tuple[str, str]:
    """Say what became of a motion about which no case tells, and what it came to."""
    if vote is not None:
        if not vote.carried.known:
            return "Voted on", ""
        return ("Carried", "carried") if vote.carried.value else ("Lost", "lost")
    if put.allowed.known and not put.allowed.value:
        return "The body may not put it", ""
    if row.ruling == "out of order":
        return "Ruled out by the standing orders committee", ""
    if in_time.known and not in_time.value:
        return "Late", ""
    if row.part_of:
        return f"In the composite {row.part_of}", ""
    closed = any(
        each.what == "closes" and each.day.known and each.day.value < on for each in calendar.steps
    )
    # An amendment is voted on with its motion, and a vote on it need not be recorded.
    if closed and row.kind != "amendment":
        return "Not reached", "not-reached"
    return ("Without points, so not debated" if points == 0 else "On the agenda"), ""
