"""What needs attention in many cases on one day: who must act, by when, what cannot wait first.

It gives nobody's word for anything: who represents is held against the records of the day, and
every limit is counted anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from unioncore.answers.cases.claims import linked
from unioncore.answers.cases.deadlines import OF_LAW, Deadline, Standing, deadlines
from unioncore.answers.cases.desk import Desk
from unioncore.answers.cases.fitness import judged
from unioncore.answers.cases.representation import (
    about_track,
    escalates_to,
    holders,
    is_still_member,
    representative_facts,
    tier_of,
)
from unioncore.answers.cases.sides import is_opposed, is_party
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.model import (
    UNION_TRACK,
    Assignment,
    Case,
    Direction,
    Person,
    Snapshot,
    Track,
    Unit,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["Attention", "Concern", "Overdue", "attention", "overdue"]


class Concern(StrEnum):
    """Why something needs attention."""

    LIMIT_MISSED = "limit missed"
    """The last day is over, and what had to come may still come."""
    LIMIT_NEAR = "limit near"
    LIMIT_NOT_KNOWN = "limit not known"
    TWO_SIDES = "two sides"
    """Who represents acts, or once acted, on the other side as well."""
    NOT_AT_HAND = "linked case not at hand"
    """So that who is on the other side may not be known."""
    NOBODY_REPRESENTS = "nobody represents"
    MAY_NOT_REPRESENT = "may not represent"
    """Who represents has no office, membership or accreditation for it on the day."""
    FITNESS_NOT_KNOWN = "not known whether they may represent"
    NOTHING_HAPPENED = "nothing happened"


@frozen(kw_only=True)
class Attention(Answers, shows="case track what by"):
    """One thing that needs attention: what, why, and who must act by when."""

    case: str
    """The case's reference."""
    track: str
    """Empty where it is about the case as a whole."""
    what: Concern
    why: str
    """A sentence without a full stop."""
    acts: Answer[str]
    """The office, or the tier, that must act; ``representative`` for those who represent."""
    people: tuple[str, ...]
    """Who they are on the day, by key; nobody where the office is vacant."""
    by: date | None
    """The last day, included; None: as soon as may be."""
    person: str = ""
    """The representative that it is about, by key."""

    def concern(self) -> str:
        """Say what is wrong, and where; the representative is named by their key."""
        where = f"{self.case}/{self.track}" if self.track else self.case
        whom = f" ({self.person})" if self.person else ""
        return f"{where}: {self.what}{whom}: {self.why}"

    def to_act(self) -> str:
        """Say who must act, named by their keys, and by when."""
        if not self.acts.known:
            return f"not known who: {self.acts.reason}"
        who = f"{self.acts.value.replace('-', ' ')} ({', '.join(self.people) or 'nobody is known'})"
        return f"{who}, by {long_date(self.by)}" if self.by else who

    def sentence(self) -> str:
        """Say it in two sentences."""
        return f"{self.concern()}. To act: {self.to_act()}"


_LAW, _SIDES, _PEOPLE, _POLICY, _TIDY = range(5)
"""What is first looked at: what can least be undone."""
_REPRESENTATIVE = Fact("representative", FactType.TEXT, "who represents on the track")

_Graded = tuple[int, Attention]
_ToAct = tuple[Answer[str], tuple[str, ...]]
"""The office or the tier that must act, and who they are."""


@checked
def attention(
    desk: Desk,
    *,
    on: date,
    branch: str = "",
    person: str = "",
    within: int | None = None,
    idle: int | None = None,
) -> tuple[Attention, ...]:
    """Return what needs attention, what can least be undone first.

    That is a limit of law; then somebody on two sides, and a track that wants a representative and
    has none who may act; then the limits of agreements and policies; then what lies still. A track
    wants a representative from its opening until it, or the union's own handling of the case, has
    ended, unless the rules say that nobody represents in such a matter.

    Asked for a person on the day on which their office, membership or accreditation ends, it gives
    every track that they leave.

    Args:
        desk: the rules, the records, and every case there is, so that the other side of each is
            at hand.
        on: the day; what was entered after it is left out.
        branch: only the cases of this branch.
        person: only the tracks on which this person represents, and what is about those cases.
        within: how many days before its last day a limit is near; None: none is.
        idle: for how many days nothing was entered in a case that lies still; None: none does.

    Raises:
        UnknownName: when no record knows the branch or the person.
    """
    rulebook, now = desk.rulebook, desk.union.on(on)
    for kind, key in ((Unit, branch), (Person, person)):
        if key and not now.union.knows(kind, key):
            raise now.union.unknown(kind, key)
    known = tuple(case.known_on(on) for case in desk.cases.values())
    round_ = _Round(rulebook, now, linked(known), within, idle)
    found: list[_Graded] = []
    for case in known:
        if case.opened > now.day or (branch and case.branch != branch):
            continue
        theirs = {
            track.key
            for track in case.tracks.values()
            if person in {each.person for each in track.assigned(now.day)}
        }
        if not person or theirs:
            every = round_.of_case(case)
            found += (each for each in every if not person or each[1].track in {*theirs, ""})
    return tuple(each for _, each in sorted(found, key=_order))


def _order(graded: _Graded) -> tuple[int, date, str, str, str]:
    grade, each = graded
    return (grade, each.by or date.max, each.case, each.track, each.what)


@frozen(repr=False)
class _Round:
    """One look through the cases, which asks the rules once for each kind of matter."""

    rulebook: Rulebook
    now: Snapshot
    linked: Mapping[str, tuple[Case, ...]]
    within: int | None
    idle: int | None
    asked: dict[tuple[str, str], Answer[Any]] = field(factory=dict)
    tiers: dict[str, str] = field(factory=dict)

    def of_case(self, case: Case) -> Iterator[_Graded]:
        day = self.now.day
        settings, others = self.now.union.clock_settings, self.linked[case.reference]
        found = deadlines(self.rulebook, case, on=day, settings=settings, others=others)
        mine = [each for each in found if self._counts(case, each)]
        for deadline in mine:
            yield from self._of_limit(case, deadline)
        tracks = [track for track in case.tracks.values() if self.rulebook.outcome(track) is None]
        for track in tracks:
            for what, why, person in self._of_representation(case, track):
                grade = _SIDES if what is Concern.TWO_SIDES else _PEOPLE
                by = min((each.day.value for each in mine if _runs(each, track.key)), default=None)
                to_act = self._allocates(case, track)
                yield grade, _told(case, track.key, what, why, to_act, by, person)
        if tracks:
            yield from self._of_whole(case, tracks)

    # -- limits --------------------------------------------------------------------------------

    def _counts(self, case: Case, deadline: Deadline) -> bool:
        """Say whether a limit is one that can be missed, and what it is for may still come."""
        last = deadline.direction is not Direction.NOT_BEFORE and deadline.happened is None
        return last and _may_still_come(self.rulebook, case.track(deadline.track), deadline)

    def _of_limit(self, case: Case, deadline: Deadline) -> Iterator[_Graded]:
        track, day = case.track(deadline.track), deadline.day
        to_act = self._represents(case, track)
        owed = f"owed by the {deadline.owed_by.replace('_', ' ')}"
        match deadline.standing:
            case Standing.MISSED:
                what, why = Concern.LIMIT_MISSED, f"{deadline.name} was due, {owed}"
                to_act = self._onwards(case, track)
            case Standing.RUNNING if self.within is not None:
                if (day.value - self.now.day).days > self.within:
                    return
                what, why = Concern.LIMIT_NEAR, f"{deadline.name} is due, {owed}"
            case Standing.NOT_KNOWN:
                lacking = f"; give {', '.join(day.missing)}" if day.missing else ""
                what, why = Concern.LIMIT_NOT_KNOWN, f"{deadline.name}: {day.reason}{lacking}"
            case _:
                return
        by = day.value if day.known else None
        grade = _LAW if deadline.nature in OF_LAW else _POLICY
        yield grade, _told(case, track.key, what, why, to_act, by)

    # -- who represents ------------------------------------------------------------------------

    def _of_representation(self, case: Case, track: Track) -> Iterator[tuple[Concern, str, str]]:
        """Give what is wrong with who represents on an open track, and whom it is about."""
        assigned = track.assigned(self.now.day)
        if not assigned and self._is_wanted(case, track):
            yield Concern.NOBODY_REPRESENTS, "nobody is assigned", ""
        for each in assigned:
            against = [
                other.reference
                for other in self.linked[case.reference]
                if is_opposed(self.rulebook, self.now, case, each.person, (other,))
            ]
            if against:
                said = f"they are, or were, on the other side in {', '.join(against)}"
                yield Concern.TWO_SIDES, said, each.person
            lacking, unknown = self._lacking(case, track, each)
            if lacking:
                yield Concern.MAY_NOT_REPRESENT, "; ".join(lacking), each.person
            elif unknown:
                yield Concern.FITNESS_NOT_KNOWN, unknown, each.person

    def _is_wanted(self, case: Case, track: Track) -> bool:
        """Say whether the rules want a representative on an open track."""
        own = case.tracks.get(UNION_TRACK)
        if own is not None and track.key == UNION_TRACK:
            # What the union handles are the other tracks; until one is opened, it stands for them.
            return len(case.tracks) == 1
        if own is not None and self.rulebook.outcome(own) is not None:
            return False
        represented = self._about(case, track, "track.represented")
        return not represented.known or bool(represented.value)

    def _lacking(self, case: Case, track: Track, each: Assignment) -> tuple[list[str], str]:
        """Return what somebody who represents lacks on the day, or why that is not known."""
        now, person = self.now, each.person
        there = now.union.knows(Person, person)
        if not there or each.role not in {office.role for office in now.held(person)}:
            return [f"they do not hold the office {each.role} any more"], ""
        if not is_still_member(self.rulebook, now, person, each.role):
            return ["they are not a current member any more"], ""
        facts = representative_facts(self.rulebook, now, (), case, track.key, person, each.role)
        # Who is on the other side is a concern of its own.
        facts = {**facts, "representative.represents_opponent": False}
        answer, unmet = judged(self.rulebook, facts, "may_represent", now.day)
        unknown = "" if answer.known else answer.reason
        return [f"not met: {requirement.label}" for requirement in unmet], unknown

    # -- the case as a whole -------------------------------------------------------------------

    def _of_whole(self, case: Case, tracks: list[Track]) -> Iterator[_Graded]:
        at_hand = {other.reference for other in self.linked[case.reference]}
        away = dict.fromkeys(e.reference for e in case.links() if e.reference not in at_hand)
        said = []
        if away:
            why = f"it is linked with {', '.join(away)}, which is not at hand"
            said.append((_PEOPLE, Concern.NOT_AT_HAND, why))
        last = max(entry.recorded for entry in case.entries)
        if self.idle is not None and (self.now.day - last).days >= self.idle:
            why = f"nothing has been entered since {long_date(last)}"
            said.append((_TIDY, Concern.NOTHING_HAPPENED, why))
        for grade, what, why in said:
            yield grade, _told(case, "", what, why, self._represents(case, tracks[-1]))

    # -- who must act --------------------------------------------------------------------------

    def _represents(self, case: Case, track: Track) -> _ToAct:
        """Return those who represent on a track; where nobody does, those who allocate."""
        people = tuple(each.person for each in track.assigned(self.now.day))
        if not people:
            return self._allocates(case, track)
        work = Working.by(self.rulebook, self.now.day)
        said = "who represents on the track looks after its limits"
        return work.known(_REPRESENTATIVE, "representative", said), people

    def _allocates(self, case: Case, track: Track) -> _ToAct:
        """Return who finds a representative; where all of them have a side, who comes next."""
        office = self._about(case, track, "track.allocated_by")
        if office.known and case.branch:
            holders = [
                person
                for each in self.now.offices(case.branch)
                if each.role == office.value
                for person in self.now.holders(each.key)
            ]
            if people := self._outside(case, holders):
                return office, people
        onwards, people = self._onwards(case, track)
        return (onwards, people) if onwards.known else (office, ())

    def _onwards(self, case: Case, track: Track) -> _ToAct:
        """Return the tier to which a matter goes on, and who is in it."""
        tier = self._about(case, track, "track.escalates_to")
        if not tier.known:
            return tier, ()
        there = holders(self.now, case.branch)
        people = [person for person, office in there if self._tier(office.role) == tier.value]
        return tier, self._outside(case, people)

    def _outside(self, case: Case, people: Iterable[str]) -> tuple[str, ...]:
        others = self.linked[case.reference]
        apart = (
            person
            for person in people
            if not is_party(self.now, case, person)
            and is_opposed(self.rulebook, self.now, case, person, others) is not True
        )
        return tuple(dict.fromkeys(apart))

    # -- what the rules say --------------------------------------------------------------------

    def _about(self, case: Case, track: Track, fact: str) -> Answer[Any]:
        at = (track.case_type, fact)
        if at not in self.asked:
            self.asked[at] = about_track(self.rulebook, case, track.key, fact, self.now.day)
        return self.asked[at]

    def _tier(self, role: str) -> str:
        if role not in self.tiers:
            self.tiers[role] = tier_of(self.rulebook, role, self.now.day)
        return self.tiers[role]


def _told(
    case: Case,
    track: str,
    what: Concern,
    why: str,
    to_act: _ToAct,
    by: date | None = None,
    person: str = "",
) -> Attention:
    acts, people = to_act
    return Attention(
        case=case.reference,
        track=track,
        what=what,
        why=why,
        acts=acts,
        people=people,
        by=by,
        person=person,
    )


def _runs(deadline: Deadline, track: str) -> bool:
    return deadline.track == track and deadline.standing is Standing.RUNNING


# -- what is late ----------------------------------------------------------------------------------


@frozen
class Overdue(Answers, shows="case deadline escalates_to"):
    """Something of a case that is late, and to whom it goes on."""

    case: str
    deadline: Deadline
    escalates_to: str
    """The tier; empty where no rule says to whom such a case goes on."""


@checked
def overdue(desk: Desk, *, on: date) -> tuple[Overdue, ...]:
    """Return what is late on a day and may still come, over all cases, the oldest first."""
    rulebook, settings = desk.rulebook, desk.union.clock_settings
    found, beside = [], linked(desk.cases.values())
    for case in desk.cases.values():
        others = beside[case.reference]
        for deadline in deadlines(rulebook, case, on=on, settings=settings, others=others):
            track = case.track(deadline.track)
            if deadline.standing is Standing.MISSED and _may_still_come(rulebook, track, deadline):
                onwards = escalates_to(rulebook, case, track.key, on=on)
                tier = onwards.value if onwards.known else ""
                found.append(Overdue(case.reference, deadline, tier))
    return tuple(sorted(found, key=lambda each: (each.deadline.day.value, each.case)))


def _may_still_come(rulebook: Rulebook, track: Track, deadline: Deadline) -> bool:
    """Say whether what is late may come at all: no event follows once its track has ended."""
    version = rulebook.case_type_version(track)
    own = () if version is None else version.events()
    return rulebook.outcome(track) is None or deadline.must not in own
