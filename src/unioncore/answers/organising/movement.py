"""Who joins, leaves and stays: the movement of a membership, and what contact with members saves.

Growth is not recruitment: whoever comes is told apart from who moves in from another branch, and
everything adds up from the members at the start to those at the end. Shares are exact; ``percent``
rounds them for people. Where a count is missing, a share is None.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import field, frozen

from unioncore.answers.figures import Pattern, Withheld, publish_counts
from unioncore.answers.organising.density import percent
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BadFacts, DoesNotAddUp, Problem, UnknownName, nearest
from unioncore.legal import Duration, TimeUnit
from unioncore.model import Membership, Parent, RetentionContact, Snapshot
from unioncore.rulebook import Rulebook
from unioncore.rules import long_date

__all__ = [
    "Movement",
    "Recruitment",
    "Retention",
    "UnitMovement",
    "movement",
    "movement_of",
    "recruitment",
    "retention",
]

_NOT_RECORDED = "not recorded"


# -- from counts -----------------------------------------------------------------------------------


@frozen
class Movement(Answers, shows="net_change average joiner_rate leaver_rate"):
    """How a membership moved in a period. None stands for what is not known."""

    at_start: int | None
    joiners: int | None
    leavers: int | None
    at_end: int | None
    net_change: int | None
    change_rate: Fraction | None
    """The net change, of the members at the start."""
    average: Fraction | None
    """The mean of the membership at the start and at the end."""
    joiner_rate: Fraction | None
    """Joiners, of the average."""
    leaver_rate: Fraction | None
    """Leavers, of the average."""
    leaver_rate_of_start: Fraction | None
    """Leavers, of the members at the start."""


@checked
def movement(
    *, at_start: int | None, at_end: int | None, joiners: int | None, leavers: int | None
) -> Movement:
    """Return the movement of a period; None stands for what is not known.

    Raises:
        BadFacts: when a count is negative.
        DoesNotAddUp: when the four do not add up; it says by how many.
    """
    net = joiners - leavers if joiners is not None and leavers is not None else None
    if net is None and at_start is not None and at_end is not None:
        net = at_end - at_start
    elif at_start is not None and at_end is not None and at_end - at_start != net:
        off_by = at_end - at_start - (net or 0)
        said = f"{at_end - off_by}: {at_start} at the start, with those who joined and without"
        said += f" those who left; it is off by {off_by}"
        raise DoesNotAddUp((Problem("at_end", said),), off_by)
    if at_start is None and at_end is not None and net is not None:
        at_start = at_end - net
    if at_end is None and at_start is not None and net is not None:
        at_end = at_start + net
    average = (
        Fraction(at_start + at_end, 2) if at_start is not None and at_end is not None else None
    )
    return Movement(
        at_start=at_start,
        joiners=joiners,
        leavers=leavers,
        at_end=at_end,
        net_change=net,
        change_rate=_share(net, at_start),
        average=average,
        joiner_rate=_share(joiners, average),
        leaver_rate=_share(leavers, average),
        leaver_rate_of_start=_share(leavers, at_start),
    )


def _share(count: int | None, of: int | Fraction | None) -> Fraction | None:
    return Fraction(count) / of if count is not None and of else None


@frozen
class Recruitment(Answers, shows="to_recruit share_replacing"):
    """How many must join for a membership to grow by so much."""

    to_recruit: int
    share_replacing: Fraction | None
    """Those of them who only replace members who leave."""


@checked
def recruitment(*, growth: int, to_replace: int) -> Recruitment:
    """Return how many must join, to grow by so many and to replace those who leave.

    Raises:
        BadFacts: when a count is negative.
    """
    whole = growth + to_replace
    return Recruitment(whole, _share(to_replace, whole))


@frozen
class Retention(Answers, shows="leaving contacted kept reach save_rate"):
    """What came of speaking with those who were leaving. None stands for what is not known."""

    leaving: int
    """Those who left or were about to."""
    contacted: int
    """Those of them with whom the union spoke."""
    kept: int
    """Those of them who are members still, or again."""
    reach: Fraction | None
    """Contacted, of those leaving."""
    save_rate: Fraction | None
    """Kept, of those contacted; where nobody was contacted it is not known, and not nothing."""


@checked
def retention(*, leavers: int, contacted: int, kept: int) -> Retention:
    """Return how many of those who were leaving were reached, and how many of these were kept.

    Raises:
        BadFacts: when a count is negative, or more were contacted than were leaving, or more kept
            than contacted.
    """
    problems = [
        Problem(name, f"no more than {of}, {most}")
        for name, count, of, most in (
            ("contacted", contacted, "leavers", leavers),
            ("kept", kept, "contacted", contacted),
        )
        if count > most
    ]
    if problems:
        raise BadFacts(tuple(problems))
    return Retention(leavers, contacted, kept, _share(contacted, leavers), _share(kept, contacted))


# -- from the records ------------------------------------------------------------------------------

_Returns = Literal["both", "neither"]
"""How somebody counts who leaves and comes back within the period: as one who left and one who
joined, or as neither."""
_RETURNS: tuple[_Returns, ...] = ("both", "neither")

_FIRST_YEAR = Duration(1, TimeUnit.YEARS)


@frozen(kw_only=True)
class UnitMovement(Answers, shows="start end at_start at_end", inside="reasons"):
    """How the membership of a branch, or of all branches of a unit, moved in a period."""

    unit: str
    name: str
    start: date
    """The first day of the period."""
    end: date
    """The last day of the period, included."""
    at_start: int
    """The members on the eve of the first day."""
    joined: int
    """Those who became members of the union."""
    came_back: int
    """Those of them who had been members before."""
    moved_in: int
    """Members who came from a branch outside the unit."""
    left: int
    """Those who are members of the union no longer."""
    moved_out: int
    """Members who went to a branch outside the unit."""
    at_end: int
    """The members at the end of the last day."""
    returns: _Returns
    """How those are counted who left and came back within the period."""
    left_of_start: Fraction | None
    """Those who left, of the members at the start."""
    left_of_average: Fraction | None
    """Those who left, of the mean of the members at the start and at the end."""
    joined_of_average: Fraction | None
    """Those who joined, of the same mean."""
    reasons: Mapping[str, int] = field(repr=False)
    """How many left for which reason, exactly: for those who may see single members."""
    left_because: Pattern | Withheld
    """The same as it may be shown: small counts are suppressed, the others rounded."""
    spoken_to: int | None
    """Joiners with whom the union spoke in their first year, up to the end of the period; None: the
    union records no contacts."""
    retention: Retention | None
    """What came of speaking with those who were leaving; None: the union records no contacts."""
    over_time: tuple[tuple[date, int], ...]
    """The members on the eve, and on each day on which their number changed."""
    warnings: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.name} ({self.unit}), {long_date(self.start)} to {long_date(self.end)}"
        yield f"members at the start: {self.at_start}"
        yield f"  + {self.joined} joined, {self.came_back} of them members before"
        yield f"  + {self.moved_in} moved in"
        yield f"  - {self.left} left"
        yield f"  - {self.moved_out} moved out"
        yield f"members at the end: {self.at_end} (net change {self.at_end - self.at_start:+})"
        counted = {"both": "as one who left and one who joined", "neither": "as neither"}
        yield f"who left and came back within the period counts {counted[self.returns]}"
        yield f"left, of the members at the start: {_percent(self.left_of_start)}"
        yield f"left, of the average membership: {_percent(self.left_of_average)}"
        yield f"joined, of the average membership: {_percent(self.joined_of_average)}"
        yield from self._why()
        if self.spoken_to is None or self.retention is None:
            yield "contact with members: not recorded"
        else:
            yield f"spoken to in their first year: {self.spoken_to} of {self.joined} who joined"
            kept = self.retention
            yield f"left, or were about to: {kept.leaving}"
            yield f"  contacted: {kept.contacted} ({_percent(kept.reach)})"
            yield f"  kept: {kept.kept} ({_percent(kept.save_rate)} of those contacted)"
        yield from (f"warning: {each}" for each in self.warnings)

    def _why(self) -> Iterator[str]:
        found = self.left_because
        if not self.left:
            return
        if isinstance(found, Withheld):
            yield f"left because: not shown: {found}"
            return
        yield f"left because (rounded to {found.base}; counts below {found.smallest} suppressed):"
        for reason, count in found.counts(found.rows.all()[0]).items():
            yield f"  {reason}: {'suppressed' if count is None else count}"


def _percent(share: Fraction | None) -> str:
    return "not known" if share is None else f"{percent(share)} %"


@checked
def movement_of(
    rulebook: Rulebook,
    now: Snapshot,
    unit: str,
    *,
    since: date,
    returns: str = "both",
    axis: str = "region",
) -> UnitMovement:
    """Answer how the membership of a unit moved, from the memberships as they are recorded.

    Args:
        rulebook: the rules; they say which counts are too small to show.
        now: the union on the last day of the period.
        unit: a branch, or a unit with branches below it.
        since: the first day of the period.
        returns: ``both``: who leaves and comes back within the period counts as one who left and as
            one who joined; ``neither``: as nobody.
        axis: on which axis the branches of the unit are.

    Raises:
        BadFacts: when the period ends before it begins.
        DoesNotAddUp: when the records contradict themselves, such as by a member of two branches.
        UnknownName: when the records know no such unit or axis, or ``returns`` is something else.
    """
    if since > now.day:
        raise BadFacts((Problem("since", f"a day no later than {now.day.isoformat()}"),))
    if returns not in _RETURNS:
        raise UnknownName("way to count who comes back", returns, nearest(returns, _RETURNS))
    found = now.unit(unit)
    period = _Between(since, now.day)
    stays = _Stays.of(now, unit, axis, period)
    if returns == "neither":
        stays = stays.bridged()
    told = _Moves.of(stays)
    whole = movement(
        at_start=len(told.at_start),
        at_end=len(now.members(unit, axis)),
        joiners=len(told.joined) + told.moved_in,
        leavers=len(told.left) + told.moved_out,
    )
    why = _reasons(rulebook, now, told.left)
    contacts = [
        row
        for row in now.union.every(RetentionContact, known_on=now.known_on)
        if row.outcome != "not-reached" and since <= row.on <= now.day
    ]
    recorded = bool(now.union.retention_contacts)
    return UnitMovement(
        unit=unit,
        name=unit if found is None else found.called,
        start=since,
        end=now.day,
        at_start=len(told.at_start),
        joined=len(told.joined),
        came_back=sum(each.before for each in told.joined),
        moved_in=told.moved_in,
        left=len(told.left),
        moved_out=told.moved_out,
        at_end=len(told.at_end),
        returns=returns,
        left_of_start=_share(len(told.left), whole.at_start),
        left_of_average=_share(len(told.left), whole.average),
        joined_of_average=_share(len(told.joined), whole.average),
        reasons=why,
        left_because=publish_counts(
            rulebook, {"left": why}, rows="movement", columns="reason", on=now.day, protected=False
        ),
        spoken_to=_spoken_to(told.joined, contacts) if recorded else None,
        retention=_kept(stays, told, contacts) if recorded else None,
        over_time=tuple(_over_time(stays, told)),
        warnings=now.warnings,
    )


@frozen(repr=False)
class _Between:
    """The days of a period, both ends included."""

    start: date
    end: date

    @property
    def eve(self) -> date:
        return self.start - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.end + timedelta(days=1)


_Stretch = tuple[date, date]
"""A first day, and the first day after."""


@frozen(repr=False)
class _Stays:
    """From when to when each person was a member, from the eve of a period to its end."""

    days: _Between
    unit: Mapping[str, list[_Stretch]]
    """In the unit."""
    union: Mapping[str, list[_Stretch]]
    """In any branch of the union."""
    first: Mapping[str, date]
    """The first day of the first membership ever."""

    @classmethod
    def of(cls, now: Snapshot, unit: str, axis: str, days: _Between) -> "_Stays":
        spans = tuple(_spans(now, unit, axis, days))
        here: dict[str, list[_Stretch]] = {}
        anywhere: dict[str, list[_Stretch]] = {}
        first: dict[str, date] = {}
        for row in now.union.every(Membership, known_on=now.known_on):
            if row.status != "current" or row.union not in ("", now.union.key):
                continue
            first[row.person] = min(first.get(row.person, row.start), row.start)
            if cut := _cut(row, days.eve, days.after):
                anywhere.setdefault(row.person, []).append(cut)
            for start, end, branches in spans:
                if row.branch in branches and (cut := _cut(row, start, end)):
                    here.setdefault(row.person, []).append(cut)
        within, all_of_it = (
            {who: _joined(each) for who, each in kind.items()} for kind in (here, anywhere)
        )
        return cls(days, within, all_of_it, first)

    def bridged(self) -> "_Stays":
        """Return them as if nobody had left who came back within the period."""
        unit, union = dict(self.unit), dict(self.union)
        for who, stretches in self.union.items():
            gaps = {left: back for (_, left), (back, _) in pairwise(stretches)}
            if gaps:
                for kind in (unit, union):
                    longer = [(start, gaps.get(end, end)) for start, end in kind.get(who, [])]
                    if longer:
                        kind[who] = _joined(longer)
        return _Stays(self.days, unit, union, self.first)

    def is_member(self, person: str, day: date) -> bool:
        """Say whether a person is a member of the union on a day from the eve to the end."""
        return any(start <= day < end for start, end in self.union.get(person, ()))


def _cut(row: Membership, start: date, end: date) -> _Stretch | None:
    """Return the part of a row that lies between two days."""
    first, last = max(row.start, start), end if row.end is None else min(row.end, end)
    return (first, last) if first < last else None


def _joined(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Return stretches in order, with those that touch as one."""
    found: list[_Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _spans(
    now: Snapshot, unit: str, axis: str, days: _Between
) -> Iterator[tuple[date, date, frozenset[str]]]:
    """Give the branches of a unit, for each time in which none came or went."""
    rows = now.union.every(Parent, known_on=now.known_on)
    turns = {day for row in rows for day in (row.start, row.end)}
    within = sorted(day for day in turns if day is not None and days.eve < day < days.after)
    for start, end in zip((days.eve, *within), (*within, days.after), strict=True):
        then = now.union.on(start, known_on=now.known_on)
        yield start, end, frozenset(then.with_descendants(unit, axis))


@frozen(repr=False)
class _Joiner:
    """Somebody who became a member."""

    person: str
    on: date
    before: bool
    """Whether they had been one before."""


@frozen(repr=False)
class _Moves:
    """What became of each member of a unit in a period."""

    at_start: frozenset[str]
    joined: tuple[_Joiner, ...]
    moved_in: int
    left: tuple[tuple[str, date], ...]
    moved_out: int
    at_end: frozenset[str]

    @classmethod
    def of(cls, stays: _Stays) -> "_Moves":
        days = stays.days
        at_start, at_end, joined, left = set(), set(), [], []
        moved: Counter[str] = Counter()
        for who, stretches in stays.unit.items():
            for start, end in stretches:
                if start == days.eve:
                    at_start.add(who)
                elif stays.is_member(who, start - timedelta(days=1)):
                    moved["in"] += 1
                else:
                    joined.append(_Joiner(who, start, stays.first[who] < start))
                if end == days.after:
                    at_end.add(who)
                elif stays.is_member(who, end):
                    moved["out"] += 1
                else:
                    left.append((who, end))
        return cls(
            frozenset(at_start),
            tuple(joined),
            moved["in"],
            tuple(left),
            moved["out"],
            frozenset(at_end),
        )


def _reasons(rulebook: Rulebook, now: Snapshot, left: Iterable[tuple[str, date]]) -> dict[str, int]:
    """Return how many left for which reason; a status that is a reason says it itself."""
    known = rulebook.words_of("membership_leaving_reason")
    found: Counter[str] = Counter()
    for who, on in left:
        row = now.union.on(on, known_on=now.known_on).membership(who)
        said = "" if row is None else row.left_because or row.status
        found[said if said in known else _NOT_RECORDED] += 1
    return dict(sorted(found.items()))


def _spoken_to(joined: Iterable[_Joiner], contacts: Iterable[RetentionContact]) -> int:
    spoken: dict[str, list[date]] = {}
    for row in contacts:
        if row.why == "new":
            spoken.setdefault(row.person, []).append(row.on)
    return sum(
        any(each.on <= day < _FIRST_YEAR.after(each.on) for day in spoken.get(each.person, ()))
        for each in joined
    )


def _kept(stays: _Stays, told: _Moves, contacts: Iterable[RetentionContact]) -> Retention:
    said = {
        row.person: row.outcome
        for row in sorted(contacts, key=lambda row: row.on)
        if row.why != "new" and row.person in stays.unit
    }
    leaving = {who for who, _ in told.left} | set(said)
    end = stays.days.end
    kept = [who for who, what in said.items() if what == "stays" and stays.is_member(who, end)]
    return retention(leavers=len(leaving), contacted=len(said), kept=len(kept))


def _over_time(stays: _Stays, told: _Moves) -> Iterator[tuple[date, int]]:
    changes: Counter[date] = Counter()
    for stretches in stays.unit.values():
        for start, end in stretches:
            changes[start] += start > stays.days.eve
            changes[end] -= end < stays.days.after
    count = len(told.at_start)
    yield stays.days.eve, count
    for day in sorted(day for day, by in changes.items() if by):
        count += changes[day]
        yield day, count
