"""Whether a partnership forum works as it should, rule by rule, and how its seats are shared."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.checked import check_counts, checked
from unioncore.errors import UnknownName, nearest
from unioncore.model import (
    Case,
    CaseEvent,
    ForumConstitution,
    Meaning,
    Plan,
    SeatRule,
    Seats,
    Side,
    Track,
)
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, series

__all__ = [
    "Allocation",
    "ForumFinding",
    "ForumHealth",
    "allocate_seats",
    "forum_facts",
    "forum_health",
]

_VERDICT = "forum.healthy"


@frozen
class ForumFinding(Answers, shows="rule outcome"):
    """What one rule finds."""

    rule: str
    """The key of the requirement."""
    label: str
    outcome: Answer[str]
    """``met``, ``not-met`` or ``not-required``, with the records that it rests on."""


@frozen
class ForumHealth(Answers, shows="healthy findings"):
    """What the rules find about one forum."""

    healthy: Answer[bool]
    """No where a rule is not met; not known where none is, but something is not recorded."""
    findings: tuple[ForumFinding, ...]

    @property
    def to_do(self) -> tuple[ForumFinding, ...]:
        """Return the findings that are amiss."""
        return tuple(f for f in self.findings if f.outcome.known and f.outcome.value == "not-met")

    @property
    def not_known(self) -> tuple[ForumFinding, ...]:
        """Return the findings that the records do not settle."""
        return tuple(f for f in self.findings if not f.outcome.known)


@checked
def forum_health(
    rulebook: Rulebook,
    facts: Mapping[str, Any],
    *,
    on: date,
    constitution: ForumConstitution | None = None,
) -> ForumHealth:
    """Check a forum against every rule on forums; raises what ``ask`` raises.

    Args:
        rulebook: the rules.
        facts: about the forum, with its meetings, proposals and disputes of the period as records.
        on: the last day of the period that is looked at.
        constitution: the forum's, for what ``facts`` do not say themselves; the number of meetings
            that it wants is taken for a period of one year.
    """
    facts = {**_said_by(constitution), **facts} if constitution is not None else facts
    checked = rulebook.requirements_of(_VERDICT)
    found = ask(rulebook, facts, _VERDICT, *(each.key for each in checked), on=on)
    findings = tuple(ForumFinding(each.key, each.label, found[each.key]) for each in checked)
    return ForumHealth(found[_VERDICT], findings)


@checked
def forum_facts(rulebook: Rulebook, case: Case, *, on: date) -> dict[str, Any]:
    """Return what the tracks of a forum's matter tell about its meetings that were due by a day.

    Each track on which a meeting may open is a meeting. What the tracks do not tell stays not
    known, such as who came where nobody recorded it.
    """
    tracks = [each for each in case.tracks.values() if each.opened <= on]
    meetings = [_meeting(rulebook, each, on) for each in tracks]
    return {"forum.meetings": [each for each in meetings if each is not None]}


def _meeting(rulebook: Rulebook, track: Track, on: date) -> dict[str, Any] | None:
    meant = rulebook.meant(track)
    if Meaning.MEETING_OPENS not in meant.values():
        return None
    told = [each for each in track.happened(on) if isinstance(each, CaseEvent)]
    opened = [each.on for each in told if meant.get(each.event) is Meaning.MEETING_OPENS]
    planned = (each for each in track.entries if isinstance(each, Plan))
    plans = [each.on for each in planned if meant.get(each.event) is Meaning.MEETING_OPENS]
    # It was called for the day first planned; a later plan is that of its being held again.
    day = plans[0] if plans else opened[0] if opened else None
    if day is not None and day > on:
        return None
    found: dict[str, Any] = {"meeting.day": day}
    for each in told:
        match meant.get(each.event):
            case Meaning.MEETING_CANCELLED:
                found["meeting.held"] = False
            case Meaning.PAPERS_SENT:
                found.setdefault("meeting.papers_sent", each.on)
            case Meaning.MEETING_OPENS if "meeting.held" in found:
                found.setdefault("meeting.reconvened", each.on)
            case Meaning.MEETING_OPENS:
                found["meeting.held"] = True
            case Meaning.QUORATE | Meaning.INQUORATE as quorum:
                found.setdefault("meeting.had_quorum", quorum is Meaning.QUORATE)
        for key, value in each.figures.items():
            found.setdefault(f"meeting.{key}", value)
    return {key: value for key, value in found.items() if value is not None}


def _said_by(constitution: ForumConstitution) -> dict[str, Any]:
    """Return what a constitution says, as facts; what was not read is left out."""
    matters = {
        "purpose": constitution.purpose,
        "who-is-consulted": constitution.consulted,
        "frequency": constitution.frequency,
        "disputes": constitution.disputes,
    }
    found: dict[str, Any] = {}
    if None not in matters.values():
        found["forum.constitution_says"] = frozenset(key for key, text in matters.items() if text)
    if constitution.meetings_a_year is not None:
        found["forum.meetings_agreed"] = constitution.meetings_a_year
    if constitution.senior_percent is not None:
        found["forum.senior_percent"] = constitution.senior_percent
    return found


# -- seats -----------------------------------------------------------------------------------------


@frozen
class Allocation(Answers, shows="seats at_least tied"):
    """How the seats of a side go to its unions."""

    seats: tuple[Seats, ...] | None
    """None where it is not known, for the reason in ``text``."""
    at_least: tuple[Seats, ...]
    """The seats that each union has in any case."""
    tied: tuple[str, ...]
    """The unions that tie for what is left; how that is settled the rule does not say."""
    text: str


@checked
def allocate_seats(
    side: Side, rule: SeatRule | None, members: Mapping[str, int | None] | None = None
) -> Allocation:
    """Share out the seats of a side between its unions, in whole numbers.

    In proportion to members, each union has the whole seats that its share gives, and those left
    go to the largest remainders. A tie is not decided by chance, nor by the order of names.

    Args:
        side: its seats, its unions, and what is written of them.
        rule: how the constitution shares them out; None where that is not known.
        members: by union, those whom the forum covers; None where a number is not known.

    Raises:
        BadFacts: when a number of members is no whole number, zero or more.
        UnknownName: when all unions of the side are known, and members are given of another.
    """
    for key in members or () if side.complete else ():
        if key not in side.unions:
            raise UnknownName("union of the side", key, nearest(key, side.unions))
    counts = {key: (members or {}).get(key) for key in side.unions}
    check_counts(counts)
    if rule is None:
        return _no("how the constitution shares out the seats is not known")
    if rule is SeatRule.AS_WRITTEN:
        written = {each.who for each in side.seats_by}
        if not side.complete or not set(side.unions) <= written:
            return Allocation(None, side.seats_by, (), "not every union's seats are written down")
        return Allocation(side.seats_by, side.seats_by, (), "as the constitution says")
    if side.seats is None or not side.complete or not side.unions:
        return _no("the number of seats, or which unions share them, is not known")
    if rule is SeatRule.EQUAL:
        counts = dict.fromkeys(side.unions, 1)
    if unknown := [key for key, count in counts.items() if count is None]:
        return _no(f"the members of {series(unknown)} are not counted")
    return _largest_remainder(side.seats, {key: count or 0 for key, count in counts.items()})


def _no(why: str) -> Allocation:
    return Allocation(None, (), (), why)


def _largest_remainder(seats: int, counts: Mapping[str, int]) -> Allocation:
    whole = sum(counts.values())
    if not whole:
        return _no("no union has a member there")
    given = {key: seats * count // whole for key, count in counts.items()}
    over = {key: seats * count % whole for key, count in counts.items()}
    left = seats - sum(given.values())
    ranked = sorted(over.values(), reverse=True)
    # The seats left go to remainders above the one after the last; those equal to it tie.
    next_ = ranked[left] if left else whole
    for key, rest in over.items():
        given[key] += rest > next_
    sure = tuple(Seats(key, number) for key, number in given.items())
    if open_ := seats - sum(given.values()):
        tied = tuple(sorted(key for key, rest in over.items() if rest == next_))
        last = "seat" if open_ == 1 else f"{open_} seats"
        return Allocation(None, sure, tied, f"{series(tied)} tie for the last {last}")
    return Allocation(sure, sure, (), f"{seats} seats, in whole shares and by largest remainder")
