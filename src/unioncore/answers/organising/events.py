"""Events and seminars: who may apply, how many places are left, and who waits in which order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.model import EventApplication, Person, PlannedEvent, Snapshot
from unioncore.records import member_condition, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, compile_condition, long_date

__all__ = ["EventList", "EventStanding", "all_events", "event", "may_apply"]

_MAY_APPLY = Fact("may_apply", FactType.YES_NO, "the member may apply for the event")
_BALANCED = Fact("balanced", FactType.YES_NO, "enough of those sponsored are women")


@frozen
class EventStanding(Answers, shows="key day", inside="waiting"):
    """An event on a day."""

    key: str
    name: str
    day: date
    unit: str
    place: str
    first_day: date
    last_day: date | None
    closes: date | None
    places: int | None
    placed: int
    """How many have a place."""
    left: int | None
    """How many places are left; None where it is not recorded how many there are."""
    waiting_for_a_place: int
    waiting: tuple[str, ...] = field(repr=False)
    """The keys of those who wait, the first in line first."""
    not_considered: Mapping[str, int]
    """How many applied and are not in line, by the reason."""
    sponsored: Mapping[str, int]
    """By branch: for how many it asks."""
    over_the_limit: tuple[str, ...]
    """The branches that ask for more than they may."""
    balance: Mapping[str, Answer[bool]]
    """By branch: whether enough of those for whom it asks are women; empty where none need be."""
    attended: int
    attendance_not_recorded: int
    """Of how many with a place it is not recorded whether they came."""

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        to = "" if self.last_day in (None, self.first_day) else f" to {_long(self.last_day)}"
        place = f", {self.place}" if self.place else ""
        yield f"{self.name} ({self.key}), of {self.unit}: {_long(self.first_day)}{to}{place}"
        if self.closes:
            yield f"applications close on {_long(self.closes)}"
        of = "how many there are is not recorded" if self.places is None else f"of {self.places}"
        left = "" if self.left is None else f", {self.left} left"
        yield f"places given: {self.placed}, {of}{left}"
        yield f"waiting: {self.waiting_for_a_place}"
        for reason, count in self.not_considered.items():
            yield f"  not in line, {reason}: {count}"
        for branch, count in self.sponsored.items():
            over = ", more than it may" if branch in self.over_the_limit else ""
            yield f"  {branch} sponsors {count}{over}"
            balance = self.balance.get(branch)
            if balance is not None:
                said = balance.because[0].text if balance.known else balance.reason
                mark = "" if not balance.known or balance.value else "too few women: "
                yield f"    {mark}{said}"
        if self.day >= self.first_day and self.placed:
            unsaid = self.attendance_not_recorded
            told = f"; of {unsaid} it is not recorded" if unsaid else ""
            yield f"came: {self.attended}{told}"


def _long(day: date | None) -> str:
    return "" if day is None else long_date(day)


@frozen
class EventList(Answers, shows="events"):
    """Every event of a union, whatever its days."""

    events: tuple[EventStanding, ...]

    def to_text(self) -> str:
        """Return it as a line for each event."""
        lines = (
            f"{each.key}: {each.name}, {_long(each.first_day)}: "
            f"{'places not recorded' if each.left is None else f'{each.left} places left'}, "
            f"{each.waiting_for_a_place} waiting"
            for each in self.events
        )
        return "\n".join(lines) or "no event is recorded"


@checked
def event(rulebook: Rulebook, now: Snapshot, key: str) -> EventStanding:
    """Answer how an event stands on a day.

    Args:
        rulebook: the rules.
        now: the union on the day of the question; an application that came later is not there.
        key: the event.

    Raises:
        UnknownName: when no record knows the event.
        NotationError: when whom it is for is no condition by this rulebook.
    """
    row = _event(now, key)
    line = _Applicants(rulebook, now, row)
    mine = line.applications
    asking = [each for each in mine if not _done(each.withdrawn, now.day)]
    placed = [each for each in asking if _done(each.placed, now.day)]
    waiting, out = line.waiting()
    sponsored = Counter(each.sponsor for each in asking if each.sponsor)
    limit = row.per_branch
    return EventStanding(
        key=key,
        name=row.name,
        day=now.day,
        unit=row.unit,
        place=row.place,
        first_day=row.start,
        last_day=row.last_day,
        closes=row.closes,
        places=row.places,
        placed=len(placed),
        left=None if row.places is None else max(row.places - len(placed), 0),
        waiting_for_a_place=len(waiting),
        waiting=tuple(each.person for each in waiting),
        not_considered=dict(out),
        sponsored=dict(sorted(sponsored.items())),
        over_the_limit=tuple(
            branch for branch, n in sorted(sponsored.items()) if limit is not None and n > limit
        ),
        balance={
            branch: line.balance([e.person for e in asking if e.sponsor == branch])
            for branch in sorted(sponsored)
            if row.women_percent is not None
        },
        attended=sum(each.attended is True for each in placed),
        attendance_not_recorded=sum(each.attended is None for each in placed),
    )


@checked
def all_events(rulebook: Rulebook, now: Snapshot) -> EventList:
    """Answer how every event stands, in the order of the records.

    Raises:
        NotationError: when whom one is for is no condition by this rulebook.
    """
    keys = dict.fromkeys(row.key for row in now.union.every(PlannedEvent, known_on=now.known_on))
    return EventList(tuple(event(rulebook, now, key) for key in keys))


@checked
def may_apply(
    rulebook: Rulebook, now: Snapshot, event: str, person: str, *, sponsor: str = ""
) -> Answer[bool]:
    """Answer whether a member may apply for an event on the day.

    Args:
        rulebook: the rules.
        now: the union on the day of the application.
        event: the event.
        person: who applies, by key.
        sponsor: the branch that sponsors them; empty where none does.

    Raises:
        UnknownName: when no record knows the event, the person or the branch.
        NotationError: when whom it is for is no condition by this rulebook.
    """
    row = _event(now, event)
    if not now.union.knows(Person, person):
        raise now.union.unknown(Person, person)
    line = _Applicants(rulebook, now, row)
    asking = [each for each in line.applications if not _done(each.withdrawn, now.day)]
    if sponsor:
        now.ancestors(sponsor, "region")  # raises where no record knows it
    full = (
        row.per_branch is not None
        and sponsor
        and (sum(each.sponsor == sponsor for each in asking) >= row.per_branch)
    )
    work = Working.by(rulebook, now.day)
    if row.closes is not None and now.day > row.closes:
        return work.known(_MAY_APPLY, False, f"applications closed on {long_date(row.closes)}")
    if any(each.person == person for each in asking):
        return work.known(_MAY_APPLY, False, "the member has applied already")
    if full:
        said = f"the branch sponsors {row.per_branch} already, as many as it may"
        return work.known(_MAY_APPLY, False, said)
    if (why := line.why_not(person)) is None:
        return work.known(_MAY_APPLY, True, "the event is for members such as this one")
    if why == _UNSURE:
        return work.not_known(_MAY_APPLY, why)
    return work.known(_MAY_APPLY, False, why)


_UNSURE = "whether the event is for the member is not known"


def _event(now: Snapshot, key: str) -> PlannedEvent:
    rows = list(now.union.rows(PlannedEvent, "key", key, known_on=now.known_on))
    if not rows:
        raise now.union.unknown(PlannedEvent, key)
    return max(rows, key=lambda row: row.start)


def _done(then: date | None, on: date) -> bool:
    return then is not None and then <= on


@frozen(repr=False)
class _Applicants:
    """Those who apply for an event, by a day."""

    rulebook: Rulebook
    now: Snapshot
    event: PlannedEvent

    @property
    def applications(self) -> tuple[EventApplication, ...]:
        """What came by the day, in the order of the records."""
        rows = self.now.rows(EventApplication, "event", self.event.key)
        return tuple(row for row in rows if row.received <= self.now.day)

    def why_not(self, person: str) -> str | None:
        """Return why the event is not for a member; None where it is."""
        if not self.now.branch_of(person) and not self._is_current(person):
            return "no current member"
        rules = self.rulebook.rules
        condition = member_condition(self.rulebook, self.now.union, self.event.group or "True")
        holds = compile_condition(rules, condition, on=self.now.day)
        meant = holds(member_facts(self.rulebook, self.now, person, only=holds.reads))
        return {True: None, False: "the event is for others", None: _UNSURE}[meant]

    def _is_current(self, person: str) -> bool:
        membership = self.now.membership(person)
        return membership is not None and membership.status == "current"

    def waiting(self) -> tuple[list[EventApplication], Counter[str]]:
        """Return who waits, the first in line first, and of the others how many by the reason."""
        found, out = [], Counter[str]()
        for row in self.applications:
            if _done(row.placed, self.now.day) or _done(row.withdrawn, self.now.day):
                continue
            late = self.event.closes is not None and row.received > self.event.closes
            why = "applied too late" if late else self.why_not(row.person)
            if why is None:
                found.append(row)
            else:
                out[why] += 1
        first = self._not_placed_before() if self.event.order == "not-placed-before" else set()
        found.sort(key=lambda row: (row.person not in first, row.received))
        return found, out

    def _not_placed_before(self) -> set[str]:
        """Return who applied for an earlier event of the unit and had no place."""
        union, known_on = self.now.union, self.now.known_on
        found: set[str] = set()
        for row in union.rows(PlannedEvent, "unit", self.event.unit, known_on=known_on):
            if row.start < self.event.start:
                for each in union.rows(EventApplication, "event", row.key, known_on=known_on):
                    if each.placed is None and each.withdrawn is None:
                        found.add(each.person)
        return found

    def balance(self, people: Iterable[str]) -> Answer[bool]:
        """Return whether enough of those whom a branch sponsors are women."""
        told = [self.now.person(person) for person in people]
        women = sum(each is not None and each.gender == "female" for each in told)
        unsaid = sum(each is None or not each.gender for each in told)
        percent = self.event.women_percent or 0
        needed = -(-len(told) * percent // 100)
        work = Working.by(self.rulebook, self.now.day)
        said = f"{women} of {len(told)} are women, and {needed} must be at least"
        if women < needed <= women + unsaid:
            return work.not_known(_BALANCED, f"{said}; of {unsaid} the gender is not recorded")
        return work.known(_BALANCED, women >= needed, said)
