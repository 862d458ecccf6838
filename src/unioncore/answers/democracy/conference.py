"""How many delegates, by when, and how a committee is made up."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.checked import checked
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.errors import UnknownName, nearest
from unioncore.model import Event, Holding, Office, Snapshot
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["Composition", "days_before", "delegates", "in_time", "who_sits"]

_NUMBERS = ("delegation.members_per_delegate", "delegation.first_delegates")
_DELEGATES = Fact("delegates", FactType.WHOLE, "the delegates that a branch sends")


@checked
def delegates(
    rulebook: Rulebook, members: int, *, on: date, to: str, region: str = ""
) -> Answer[int]:
    """Answer how many delegates a branch with so many members of its own sends.

    Branches that only share an employer's members are grouped by the union; how many a group sends
    is answered in the same way from the members of the group. The union's rules say for how many
    members, or part of that number, there is a delegate, and how many the first of them give.

    Args:
        rulebook: the rules.
        members: the branch's members, zero or more.
        on: the day of the question.
        to: the kind of conference or council, a word of the vocabulary ``unit_kind``.
        region: the region whose council it is; empty for a national conference.

    Raises:
        BadFacts: when ``members`` is no count, or no kind of unit or region is called so.
    """
    facts = {"delegation.to": to, "delegation.region": region or None}
    using = list(ask(rulebook, facts, *_NUMBERS, on=on).values())

    def calculate(per: int, first: int) -> tuple[int, str]:
        if members == 0:
            return 0, "no members give no delegates"
        count = first - 1 - (-members // per)
        begun = f"{first} for the first {per:,} or part, then " if first > 1 else ""
        return count, f"{members:,} members: {begun}one for each {per:,} or part, makes {count}"

    return Working.by(rulebook, on).out(_DELEGATES, using, calculate)


def _event(events: Iterable[Event], unit: str, edition: str, what: str) -> Event:
    found = {(each.unit, each.edition, each.what): each for each in events}
    try:
        return found[unit, edition, what]
    except KeyError:
        wanted = f"{unit} {edition} {what}"
        known = [" ".join(key) for key in found]
        raise UnknownName("date in the calendar", wanted, nearest(wanted, known)) from None


@checked
def in_time(now: Snapshot, unit: str, edition: str, what: str, received: datetime) -> bool:
    """Say whether a motion or a name that was received then is in time.

    A closing moment is included; where only a day is set, the whole day is.

    Raises:
        UnknownName: when the calendar has no such date.
    """
    return _event(now.every(Event), unit, edition, what).in_time(received)


@checked
def days_before(now: Snapshot, unit: str, edition: str) -> dict[str, int]:
    """Return how many days before the opening each date of a conference lies.

    Raises:
        UnknownName: when the calendar has no opening day.
    """
    events = now.every(Event)
    opens = _event(events, unit, edition, "opens")
    return {
        each.what: (_day_of(opens) - _day_of(each)).days
        for each in events
        if (each.unit, each.edition) == (unit, edition) and each is not opens
    }


def _day_of(event: Event) -> date:
    return event.at.date() if isinstance(event.at, datetime) else event.at


@frozen
class Composition(Answers, shows="seats vacant"):
    """Who sits on a body, beside those who elect it."""

    seats: int
    """Places in all."""
    vacant: int
    by_seat_kind: dict[str, int]
    """Places by the kind of seat; those of no special kind under ``none``."""
    by_gender: dict[str, int]
    """Holders by the gender that they gave, each once however many seats they hold; those who gave
    none under ``not recorded``."""
    electorate_by_gender: dict[str, int]
    """The members who elect, in the same way."""
    women_in_proportion: Answer[bool]
    """Whether women hold as much of the body as the union's rules call for."""

    @property
    def women_of_holders(self) -> Fraction | None:
        """The share of women among holders; None where there is none or a gender is missing."""
        return _share(self.by_gender)

    @property
    def women_of_electorate(self) -> Fraction | None:
        """The share of women among the electorate; None where it is not known."""
        return _share(self.electorate_by_gender)


_NOT_RECORDED = "not recorded"
_IN_PROPORTION = "committee.women_in_proportion"


def _women(counts: dict[str, int]) -> int | None:
    return None if counts.get(_NOT_RECORDED) else counts.get("female", 0)


def _share(counts: dict[str, int]) -> Fraction | None:
    women, every = _women(counts), sum(counts.values())
    return Fraction(women, every) if women is not None and every else None


@checked
def who_sits(
    rulebook: Rulebook, now: Snapshot, unit: str, electorate: Iterable[str]
) -> Composition:
    """Answer who sits on a body, beside the members (by key) who elect it.

    Raises:
        UnknownName: when no record knows the unit, or one of the people.
    """
    offices = now.rows(Office, "unit", unit)
    kinds: Counter[str] = Counter()
    for office in offices:
        kinds[office.seat_kind or "none"] += office.places
    holders = [row.person for each in offices for row in now.rows(Holding, "office", each.key)]
    sitting, electing = _genders(now, holders), _genders(now, electorate)
    facts = {
        "committee.holders": sum(sitting.values()),
        "committee.women": _women(sitting),
        "committee.electorate": sum(electing.values()),
        "committee.women_of_electorate": _women(electing),
    }
    return Composition(
        seats=sum(kinds.values()),
        vacant=sum(kinds.values()) - len(holders),
        by_seat_kind=dict(kinds),
        by_gender=sitting,
        electorate_by_gender=electing,
        women_in_proportion=ask(rulebook, facts, _IN_PROPORTION, on=now.day)[_IN_PROPORTION],
    )


def _genders(now: Snapshot, people: Iterable[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key in dict.fromkeys(people):
        person = now.person(key)
        found[(person.gender if person is not None else "") or _NOT_RECORDED] += 1
    return dict(found)
