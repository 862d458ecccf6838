"""The list of a ballot on industrial action: who is in, who is out and why, and who is doubtful.

The records are counted and joined here. What puts somebody out, what makes somebody doubtful and
which reason stands first, the rules decide, for each member alike.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from unioncore.answers.by_name import ask, ask_many, explanation
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, in_each
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import Nation
from unioncore.model import (
    Address,
    Arrears,
    Employer,
    EmployerSuccession,
    Job,
    JobCategory,
    Membership,
    Organises,
    PaymentMethod,
    Snapshot,
    Workforce,
    Workplace,
)
from unioncore.records import member_condition, member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Answer, InPart, compile_condition, long_date
from unioncore.rules.compile import compile_values
from unioncore.shown import Shown

__all__ = [
    "BallotCell",
    "BallotList",
    "BallotListChanges",
    "BallotMove",
    "BallotPlace",
    "CalledOn",
    "ballot_list",
    "ballot_list_changes",
]

_OUT, _DOUBTFUL, _WARNED = "voter.out_because", "voter.doubtful_because", "voter.warning"
_PAPER = "voter.needs_paper"
_ASKED = (_OUT, _DOUBTFUL, _WARNED, _PAPER)
_MAY_WORK = "voter.may_have_a_job"
_LETTER, _ELECTRONIC = "letter", ("email", "phone", "text")


@frozen
class CalledOn(Shown, shows="categories workplaces"):
    """Whom a dispute calls on: those to whom all of this applies."""

    categories: frozenset[str] = frozenset()
    """Categories of employee, as ``job_categories`` writes them; none: whatever the category."""
    workplaces: frozenset[str] = frozenset()
    """The keys of workplaces; none: wherever they work."""
    when: str = "True"
    """A condition over the facts of a member, in the notation of rules."""


@frozen
class BallotCell(Answers, shows="category workplace number"):
    """How many of those on the list are of one category and work at one place."""

    category: str
    """Empty: the role has no certain category."""
    workplace: str
    """The set of premises, or the workplace, by the name that people read."""
    number: int
    by_check_off: int = 0
    """Of how many of them the employer deducts the subscription from pay."""


@frozen
class BallotPlace(Answers, shows="workplace members staff"):
    """A workplace where the members recorded and the employer's last count do not fit."""

    workplace: str
    name: str
    members: int
    """Members recorded there, or those of the group or the category that was counted."""
    staff: int
    """What the employer counted."""
    counted_on: date
    of: str = ""
    """The group of staff or the category that was counted; empty: everybody."""

    @property
    def surplus(self) -> int:
        """How many members there are beyond the staff; zero where there are fewer."""
        return max(self.members - self.staff, 0)

    def told(self) -> str:
        """Say in words what does not fit."""
        of = f" ({self.of})" if self.of else ""
        if not self.members:
            return f"{self.name}: {self.staff:,} staff{of} and no member is recorded there"
        return (
            f"{self.name}: {self.members:,} members{of} and {self.staff:,} staff, counted on "
            f"{long_date(self.counted_on)}"
        )


@frozen(kw_only=True)
class BallotList(
    Answers,
    shows="employer on members_in",
    inside="entitled out doubtful doubts warned paper_needed",
):
    """Everybody who was considered for a ballot, each in, out or doubtful.

    How many they are is given out, and the keys only by name.
    """

    employer: str
    on: date
    """The day whose records were read."""
    called_on: CalledOn
    opens: date | None
    closes: date | None
    cut_off: date | None
    action_from: date | None
    means: str
    """The way of voting, as the fact ``voting.way`` has it."""
    members_in: int
    members_out: Mapping[str, int]
    """How many are out, by the reason."""
    members_doubtful: Mapping[str, int]
    """How many are doubtful, by the first doubt."""
    members_warned: Mapping[str, int]
    """How many of those in the list may not get their paper, by why."""
    members_who_need_paper: int
    """How many of those in cannot be reached as an electronic vote must be; zero in other votes."""
    because: Mapping[str, Answer[Any]]
    """For each reason, doubt and warning that somebody has: the rule, with its sources."""
    names: Mapping[str, str]
    """How each of them is called."""
    more_members_than_staff: tuple[BallotPlace, ...]
    nobody_of_category: tuple[BallotPlace, ...]
    without_members: tuple[BallotPlace, ...]
    """Workplaces with staff where no member is recorded, of those that are called on."""
    cells: tuple[BallotCell, ...]
    """Those in, by category and place; the numbers add up to ``members_in``."""
    means_lawful: Answer[bool]
    """Whether a ballot on action may be held in that way."""
    warnings: tuple[str, ...] = ()
    entitled: tuple[str, ...] = field(repr=False)
    """The keys of those who are in."""
    out: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The keys of those who are out, by the first reason."""
    doubtful: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The keys of those who are doubtful, by the first doubt."""
    doubts: Mapping[str, tuple[str, ...]] = field(repr=False)
    """All doubts of each of them."""
    warned: Mapping[str, tuple[str, ...]] = field(repr=False)
    """The keys of those in who may not get their paper, by why."""
    paper_needed: tuple[str, ...] = field(repr=False)
    """The keys of those in who need a voting paper in an electronic vote."""

    @property
    def members(self) -> int:
        """How many were considered."""
        return self.members_in + sum((*self.members_out.values(), *self.members_doubtful.values()))

    def places(self) -> dict[str, str]:
        """Return for each key ``in``, or ``out`` or ``doubtful`` with the first reason in words."""
        found = dict.fromkeys(self.entitled, "in")
        for name, groups in (("out", self.out), ("doubtful", self.doubtful)):
            for reason, keys in groups.items():
                found |= dict.fromkeys(keys, f"{name}, {self.names.get(reason, reason)}")
        return found

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield (
            f"{self.employer}: {self.members:,} considered; {self.members_in:,} in, "
            f"{sum(self.members_out.values()):,} out, "
            f"{sum(self.members_doubtful.values()):,} doubtful"
        )
        for what, counts in (
            ("out", self.members_out),
            ("doubtful", self.members_doubtful),
            ("in, with a warning", self.members_warned),
        ):
            for reason, count in counts.items():
                yield f"  {what}, {self.names.get(reason, reason)}: {count:,}"
                yield from self._why(reason)
        for place in (*self.more_members_than_staff, *self.nobody_of_category):
            yield f"  {place.told()}"
        for place in self.without_members:
            yield f"  {place.told()}"
        if self.members_who_need_paper:
            yield f"  in, and need a paper: {self.members_who_need_paper:,}"
        if self.means != "post":
            yield _lawful(self.means, self.means_lawful)
        yield f"order of the tests and what counts as a doubt: {_CHOICE}"
        yield from (f"warning: {each}" for each in self.warnings)

    def _why(self, reason: str) -> Iterator[str]:
        answer = self.because.get(reason)
        for each in () if answer is None else answer.because[:1]:
            if each.why:
                yield f"    because {each.why}"
            yield from (f"    source: {cited}" for cited in each.citations)


@frozen
class BallotMove(Answers, shows="before after number"):
    """How many members moved from one place of a list to another."""

    before: str
    """Where they stood: in, out or doubtful with the reason, or not considered."""
    after: str
    number: int

    def told(self) -> str:
        """Say it in words."""
        return f"{self.number:,}: {self.before} -> {self.after}"


@frozen(kw_only=True)
class BallotListChanges(Answers, shows="since on", inside="keys"):
    """What moved between two lists of one ballot. How many is given out, and keys only by name."""

    since: date
    """The day of the earlier list."""
    on: date
    moved: tuple[BallotMove, ...]
    """Between which places how many moved, those who come in first."""
    keys: Mapping[tuple[str, str], tuple[str, ...]] = field(repr=False)
    """The keys of those who moved, by the place before and after."""

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        head = f"since {long_date(self.since)}:"
        if not self.moved:
            return f"{head} nothing moved"
        return "\n".join((head, *(f"  {each.told()}" for each in self.moved)))


@checked
def ballot_list_changes(before: BallotList, after: BallotList) -> BallotListChanges:
    """Say who came into a list, left it, or is doubtful now, since an earlier one.

    Args:
        before: the earlier list, such as one of ``union.on(day, known_on=day)``: then a job or a
            membership that has no day of entry counts as entered on its first day.
        after: the later list of the same ballot.
    """
    was, now = before.places(), after.places()
    keys: dict[tuple[str, str], list[str]] = {}
    for person in dict.fromkeys((*now, *was)):
        move = was.get(person, _ABSENT), now.get(person, _ABSENT)
        if move[0] != move[1]:
            keys.setdefault(move, []).append(person)
    order = sorted(keys, key=lambda move: (_rank(move[1]), _rank(move[0]), move))
    return BallotListChanges(
        since=before.on,
        on=after.on,
        moved=tuple(BallotMove(*move, len(keys[move])) for move in order),
        keys={move: tuple(keys[move]) for move in order},
    )


_ABSENT = "not considered"
_RANKS = ("in", "doubtful", "out", _ABSENT)


def _rank(place: str) -> int:
    return _RANKS.index(place.partition(",")[0])


_CHOICE = "this library's own choice, neither law nor a union's rule"


def _lawful(means: str, answer: Answer[bool]) -> str:
    if not answer.known:
        return f"  voting by {means}: whether it is lawful is not known: {answer.reason}"
    return f"  voting by {means}: {'lawful' if answer.value else 'not lawful'}"


@checked
def ballot_list(
    rulebook: Rulebook,
    now: Snapshot,
    employer: str,
    *,
    called_on: CalledOn = CalledOn(),
    opens: date | None = None,
    closes: date | None = None,
    cut_off: date | None = None,
    action_from: date | None = None,
    means: str = "post",
    nation: Where = "GB",
    settled: Mapping[str, str] | None = None,
) -> BallotList:
    """Answer who has a vote in a ballot on industrial action, by the records of a day.

    Considered are all with a job at the employer on the day or later, up to the first day of the
    action; those recorded at an employer that it has followed; and members without any job, whose
    branch organises the employer. Each is in, out or doubtful. One certain reason puts somebody
    out, whatever the doubts; who has several jobs there is judged by the best of them.

    Args:
        rulebook: the rules.
        now: the union on the day of the list; with ``known_on`` as it was known on another.
        employer: the employer's key.
        called_on: whom the dispute calls on.
        opens: the first day of the vote; members are those of that day, or of the day of the list
            where that is later. None: the day of the list.
        closes: the last day of the vote.
        cut_off: the last day on which somebody can join and still be sent a vote; None: there is
            none.
        action_from: the first day of the action; None: not settled yet.
        means: the way of voting: ``post``, ``electronic``, ``hybrid`` or ``workplace``.
        nation: whose law governs the action.
        settled: for members of whom the union settled the doubt: ``in`` or ``out``, by their keys.

    Raises:
        BadFacts: when the way of voting is none, or a doubt is settled in another way.
        NotationError: when the condition is none.
        UnknownName: when no record knows the employer, a category or a workplace, or there is no
            such nation.
    """
    if not now.union.knows(Employer, employer):
        raise now.union.unknown(Employer, employer)
    _check_called(now, called_on)
    if wrong := sorted({*(settled or {}).values()} - {"in", "out"}):
        said = "in or out for each member"
        raise BadFacts(tuple(Problem("settled", said, nearest(w, ("in", "out"))) for w in wrong))
    days = _BallotDays(opens or now.day, closes, cut_off, action_from)
    making = _Making(rulebook, now, employer, called_on, days, means, settled or {})
    lawful = _may_be_so(rulebook, means, days.opens, nation)
    return making.made(opens, lawful)


def _check_called(now: Snapshot, called_on: CalledOn) -> None:
    known = {row.category for row in now.union.every(JobCategory)}
    for category in sorted(called_on.categories - known):
        raise UnknownName("category of employee", category, nearest(category, known))
    for key in sorted(called_on.workplaces):
        if not now.union.knows(Workplace, key):
            raise now.union.unknown(Workplace, key)


def _may_be_so(rulebook: Rulebook, means: str, opens: date, nation: Where) -> Answer[bool]:
    def lawful(each: Nation, day: date) -> Answer[bool]:
        name = "voting.may_be_so"
        facts = {
            "voting.nation": each,
            "voting.opened": day,
            "voting.on": "action",
            "voting.way": means,
        }
        return ask(rulebook, facts, name, on=day)[name]

    return in_each(nation, opens, lawful)


@frozen(repr=False)
class _BallotDays:
    """The days of a ballot."""

    opens: date
    closes: date | None
    cut_off: date | None
    action_from: date | None

    def facts(self) -> dict[str, date]:
        found = {
            "ballot.opened": self.opens,
            "ballot.closed": self.closes,
            "ballot.cut_off": self.cut_off,
            "ballot.action_from": self.action_from,
        }
        return {key: day for key, day in found.items() if day is not None}


@frozen(repr=False)
class _JobThere:
    """One job of somebody who is considered, as the list sees it."""

    job: Job
    ends: date | None
    """The first day without a job at the employer."""
    categories: frozenset[str]


@frozen(repr=False)
class _Verdict:
    """What the rules say of one member, by one job."""

    out: frozenset[str]
    perhaps_out: frozenset[str]
    """The reasons to be out of which it is not known whether they hold."""
    doubtful: frozenset[str]
    """All doubts, those reasons among them."""
    warning: str
    needs_paper: bool
    facts: Mapping[str, Any]
    post: _JobThere | None


@frozen(eq=False, repr=False)
class _Parted:
    """Everybody who is considered, by what the rules say of them: in, out or doubtful."""

    order: Mapping[str, int]
    """The place of each reason in the order of the tests."""
    entitled: dict[str, _JobThere | None] = field(factory=dict)
    """Those who are in, each with the job by which they are."""
    paper_needed: list[str] = field(factory=list)
    warned: dict[str, list[str]] = field(factory=dict)
    """Of those who are in, the people with each warning."""
    out: dict[str, list[str]] = field(factory=dict)
    """The people who are out, by the first reason."""
    doubtful: dict[str, list[str]] = field(factory=dict)
    """The people who are doubtful, by the first doubt."""
    doubts: dict[str, tuple[str, ...]] = field(factory=dict)
    """All doubts of each of them, in the order of the tests."""
    examples: dict[tuple[str, str], Mapping[str, Any]] = field(factory=dict)
    """For each fact and each word of it that was told of somebody, the facts of the first."""

    def add(self, person: str, verdict: _Verdict) -> None:
        """Put somebody where they belong."""
        if verdict.out:
            first = min(verdict.out, key=self.order.__getitem__)
            self._tell(self.out, _OUT, first, person, verdict)
        elif verdict.doubtful:
            doubts = tuple(sorted(verdict.doubtful, key=self.order.__getitem__))
            self.doubts[person] = doubts
            self.doubtful.setdefault(doubts[0], []).append(person)
            for each in doubts:
                fact = _OUT if each in verdict.perhaps_out else _DOUBTFUL
                self.examples.setdefault((fact, each), verdict.facts)
        else:
            self.entitled[person] = verdict.post
            if verdict.needs_paper:
                self.paper_needed.append(person)
            if verdict.warning != "none":
                self._tell(self.warned, _WARNED, verdict.warning, person, verdict)

    def _tell(
        self, of: dict[str, list[str]], fact: str, word: str, person: str, verdict: _Verdict
    ) -> None:
        of.setdefault(word, []).append(person)
        self.examples.setdefault((fact, word), verdict.facts)

    def in_order(self, groups: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
        """Return groups of people in the order of the tests."""
        return {word: tuple(groups[word]) for word in sorted(groups, key=self.order.__getitem__)}


_Facts = dict[str, Any]
_Place = tuple[str, str, str]
"""A workplace, and the group of staff and the category of which the staff were counted; empty:
everybody."""


class _Making:
    """Makes one list."""

    def __init__(
        self,
        rulebook: Rulebook,
        now: Snapshot,
        employer: str,
        called_on: CalledOn,
        days: _BallotDays,
        means: str,
        settled: Mapping[str, str],
    ) -> None:
        union, known_on = now.union, now.known_on
        vote = max(now.day, days.opens)
        self.rulebook = rulebook
        self.now = now
        self.employer = employer
        self.called_on = called_on
        self.days = days
        self.means = means
        self.settled = settled
        self.then = union.on(vote, known_on=known_on)
        """The union on the day of the vote, as far as is recorded."""
        self.action = union.on(max(days.action_from or vote, vote), known_on=known_on)
        """The same on the first day of the action, or on the day of the vote where none is set."""
        self.posts = self._posts()
        self.members = {key: self._is_member(key) for key in self.posts}
        self.counts = self._counts()
        self.counts_at: dict[str, list[_Place]] = {}
        for key in self.counts:
            self.counts_at.setdefault(key[0], []).append(key)
        self.there = self._members_there()
        self.arrears = {row.person for row in now.every(Arrears)}
        self.check_off = {
            row.person
            for row in now.rows(PaymentMethod, "employer", employer)
            if row.method == "check-off"
        }
        self.letters, self.electronic = self._addresses()
        self.in_group = self._group()
        self.ended: dict[str, bool] = {}
        self.names: dict[str, str] = {}

    # -- who is considered ---------------------------------------------------------------------

    def _posts(self) -> dict[str, list[_JobThere]]:
        """Return everybody who is considered, with the jobs at the employer by which to judge."""
        rows: dict[str, list[Job]] = {}
        union, known_on = self.now.union, self.now.known_on
        for row in union.rows(Job, "employer", self.employer, known_on=known_on):
            ended = row.end is not None and row.end <= self.now.day
            if not ended and self._was_known(row):
                rows.setdefault(row.person, []).append(row)
        judged = ((key, self._judged(each)) for key, each in rows.items())
        found = {key: posts for key, posts in judged if posts}
        for key in (*self._left_at_predecessors(), *self._without_a_job()):
            found.setdefault(key, [])
        return found

    def _judged(self, rows: list[Job]) -> list[_JobThere]:
        """Return somebody's jobs on the first day of the action; without any, the last to end."""
        begun = [row for row in rows if row.start <= self.action.day]
        then = [row for row in begun if row.holds(self.action.day)]
        then = then or sorted(begun, key=_end)[-1:]
        then.sort(key=lambda row: not row.main)
        return [_JobThere(row, _runs_until(row, rows), self.then.categories(row)) for row in then]

    def _left_at_predecessors(self) -> Iterator[str]:
        """Give those whose job is still recorded at an employer that this one has followed."""
        for became in self.then.rows(EmployerSuccession, "successor", self.employer):
            for row in self.then.rows(Job, "employer", became.employer):
                yield row.person

    def _without_a_job(self) -> Iterator[str]:
        """Give members of whom no job was ever recorded, whose branch organises the employer."""
        branches = {row.branch for row in self.then.rows(Organises, "employer", self.employer)}
        may_work: dict[str, bool] = {}
        for branch in sorted(branches):
            for row in self.then.rows(Membership, "branch", branch):
                if row.status != "current" or row.union not in ("", self.now.union.key):
                    continue
                if any(self.now.union.rows(Job, "person", row.person)):
                    continue
                if row.category not in may_work:
                    may_work[row.category] = self._may_work(row.category)
                if may_work[row.category]:
                    yield row.person

    def _may_work(self, category: str) -> bool:
        known = category in self.rulebook.words_of("membership_category")
        facts = {"membership.category": category} if known else {}
        answer = ask(self.rulebook, facts, _MAY_WORK, on=self.now.day)[_MAY_WORK]
        return not answer.known or bool(answer.value)

    def _is_member(self, person: str) -> bool:
        row = self.then.membership(person)
        return row is not None and row.status == "current" and self._was_known(row)

    def _was_known(self, row: Job | Membership) -> bool:
        """Say whether it could be known; a row without a day of entry is, from its first day."""
        known_on = self.now.known_on
        return known_on is None or row.recorded is not None or row.start <= known_on

    # -- workplaces ----------------------------------------------------------------------------

    def _counts(self) -> dict[_Place, Workforce]:
        """Return the last count of the staff at each workplace, group and category."""
        found: dict[_Place, Workforce] = {}
        for row in self.now.rows(Workforce, "employer", self.employer):
            key = (row.workplace, row.group, row.category)
            held = found.get(key)
            if row.workplace and (held is None or held.day < row.day):
                found[key] = row
        return found

    def _members_there(self) -> Counter[_Place]:
        """Count the members recorded at each workplace, group and category that was counted."""
        return Counter(
            key
            for person, posts in self.posts.items()
            if self.members[person]
            for key in {key for post in posts for key in self._counted_under(post)}
        )

    def _counted_under(self, post: _JobThere) -> Iterator[_Place]:
        """Give the counts that somebody in a job is part of."""
        for key in self.counts_at.get(post.job.workplace, ()):
            _, group, category = key
            if group in ("", post.job.group) and (not category or post.categories == {category}):
                yield key

    def _has_nobody(self, key: _Place) -> bool:
        return bool(key[2]) and self.counts[key].staff == 0

    def _is_crowded(self, key: _Place) -> bool:
        return self.there[key] > self.counts[key].staff and not self._has_nobody(key)

    def _has_ended(self, key: str) -> bool:
        if key not in self.ended:
            rows = self.now.union.rows(Workplace, "key", key, known_on=self.now.known_on)
            past = any(row.end is not None and row.end <= self.action.day for row in rows)
            self.ended[key] = past and self.action.workplace(key) is None
        return self.ended[key]

    def _is_called_on(self, workplace: str) -> bool:
        return not self.called_on.workplaces or workplace in self.called_on.workplaces

    def _name(self, key: str) -> str:
        """Return the name of the premises, as they are called on the first day of the action."""
        if key not in self.names:
            self.names[key] = self.action.premises(key) if key else ""
        return self.names[key]

    # -- what is recorded of each --------------------------------------------------------------

    def _addresses(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return how each can be reached by letter, and how electronically."""
        letters: dict[str, str] = {}
        electronic: dict[str, str] = {}
        for row in self.now.every(Address):
            if row.channel == _LETTER:
                at_work = row.state == "good" and row.place == "work"
                letters[row.person] = "at-work" if at_work else row.state
            elif row.channel in _ELECTRONIC and row.state == "good":
                personal = row.place in ("home", "other")
                if personal or row.person not in electronic:
                    electronic[row.person] = "personal" if personal else "work"
        return letters, electronic

    def _group(self) -> Callable[[str], bool | None]:
        """Return what says of a member whether the condition holds that names the group."""
        condition = member_condition(self.rulebook, self.now.union, self.called_on.when)
        holds = compile_condition(self.rulebook.rules, condition, on=self.now.day)
        if not holds.reads:
            always = holds({})
            return lambda _: always
        return lambda person: holds(
            member_facts(self.rulebook, self.then, person, only=holds.reads)
        )

    def _facts(self, person: str) -> _Facts:
        """Return what is recorded of somebody, as of one without a job at the employer."""
        facts: _Facts = {
            ON: self.now.day,
            **self.days.facts(),
            "voting.way": self.means,
            "voter.member": self.members[person],
            "voter.in_arrears": person in self.arrears,
            "voter.letter": self.letters.get(person, "not-recorded"),
            "voter.electronic": self.electronic.get(person, "none"),
            "voter.job_recorded": False,
            "voter.role_recorded": False,
            "voter.leaving": False,
            "voter.categories_called_on": "not-known",
            **_NO_PLACE,
        }
        if person in self.settled:
            facts["voter.settled"] = self.settled[person]
        if (joined := self.then.joined(person)) is not None:
            facts["voter.joined"] = joined
        if (meant := self.in_group(person)) is not None:
            facts["voter.group_called_on"] = meant
        return facts

    def _facts_of(self, post: _JobThere) -> _Facts:
        """Return what is recorded of a job at the employer."""
        job, under = post.job, list(self._counted_under(post))
        facts: _Facts = {
            "voter.job_recorded": True,
            "voter.role_recorded": bool(job.role),
            "voter.leaving": bool(job.leaving),
            "voter.categories_called_on": self._categories(post.categories),
            "voter.workplace_recorded": bool(job.workplace),
            "voter.workplace_called_on": self._is_called_on(job.workplace),
            "voter.workplace_ended": bool(job.workplace) and self._has_ended(job.workplace),
            "voter.more_members_than_staff": any(map(self._is_crowded, under)),
            "voter.nobody_of_category_there": any(map(self._has_nobody, under)),
        }
        if post.ends is not None:
            facts["voter.job_ends"] = post.ends
        if job.workplace_confirmed is not None:
            facts["voter.workplace_confirmed"] = job.workplace_confirmed
        return facts

    def _categories(self, categories: frozenset[str]) -> str:
        """Say how many of the categories of a role the dispute calls on."""
        wanted = self.called_on.categories
        if not wanted or (categories and categories <= wanted):
            return "all"
        if not categories:
            return "not-known"
        return "some" if categories & wanted else "none"

    # -- the list ------------------------------------------------------------------------------

    def _verdicts(self) -> Iterator[tuple[str, _Verdict]]:
        """Give for everybody who is considered what the rules say, by the best of their jobs."""
        decide = compile_values(self.rulebook.rules, _ASKED, on=self.now.day)
        for person, posts in self.posts.items():
            facts = self._facts(person)
            each: list[tuple[_JobThere | None, _Facts]] = [
                (post, {**facts, **self._facts_of(post)}) for post in posts
            ]
            verdicts = []
            for post, given in each or [(None, facts)]:
                out, doubtful, warning, needs_paper = decide(given)
                perhaps_out = _perhaps(out)
                verdicts.append(
                    _Verdict(
                        out=_surely(out),
                        perhaps_out=perhaps_out,
                        doubtful=_NONE
                        if person in self.settled
                        else perhaps_out | _surely(doubtful) | _perhaps(doubtful),
                        warning=warning or "none",
                        needs_paper=needs_paper is not False,
                        facts=given,
                        post=post,
                    )
                )
            yield person, min(verdicts, key=_badness)

    def made(self, opens: date | None, lawful: Answer[bool]) -> BallotList:
        found = _Parted(_order(self.rulebook, self.now.day))
        for person, verdict in self._verdicts():
            found.add(person, verdict)
        out, doubtful = found.in_order(found.out), found.in_order(found.doubtful)
        cells = Counter(map(self._cell, found.entitled.values()))
        check_off = Counter(
            self._cell(post) for person, post in found.entitled.items() if person in self.check_off
        )
        return BallotList(
            employer=self.employer,
            on=self.now.day,
            called_on=self.called_on,
            opens=opens,
            closes=self.days.closes,
            cut_off=self.days.cut_off,
            action_from=self.days.action_from,
            means=self.means,
            members_in=len(found.entitled),
            members_out=_lengths(out),
            members_doubtful=_lengths(doubtful),
            members_warned=_lengths(found.warned),
            members_who_need_paper=len(found.paper_needed),
            because={
                word: self._because(fact, word, facts)
                for (fact, word), facts in found.examples.items()
            },
            names={word: self._called(fact, word) for fact, word in found.examples},
            more_members_than_staff=self._places(self._is_crowded),
            nobody_of_category=self._places(
                lambda key: self._has_nobody(key) and self.there[key] > 0
            ),
            without_members=self._places(self._lacks_members),
            cells=tuple(
                BallotCell(*key, count, check_off[key]) for key, count in sorted(cells.items())
            ),
            means_lawful=lawful,
            warnings=self.now.warnings,
            entitled=tuple(found.entitled),
            out=out,
            doubtful=doubtful,
            doubts=found.doubts,
            warned={reason: tuple(keys) for reason, keys in found.warned.items()},
            paper_needed=tuple(found.paper_needed),
        )

    def _because(self, fact: str, word: str, facts: Mapping[str, Any]) -> Answer[Any]:
        """Return the rules that give a reason, a doubt or a warning, by one who has it."""
        given = {key: value for key, value in facts.items() if key != ON}
        if fact == _WARNED:
            return ask(self.rulebook, given, fact, on=self.now.day)[fact]
        return explanation(self.rulebook, given, on=self.now.day).has(fact, word)

    def _called(self, fact: str, word: str) -> str:
        return self.rulebook.rules.name_of(self.rulebook.rules.fact(fact).vocabulary, word)

    def _cell(self, post: _JobThere | None) -> tuple[str, str]:
        """Return the category and the place under which somebody is counted."""
        if post is None:
            return "", ""
        one = len(post.categories) == 1
        return next(iter(post.categories)) if one else "", self._name(post.job.workplace)

    def _lacks_members(self, key: _Place) -> bool:
        workplace, group, category = key
        return (
            not (group or category or self.there[key])
            and self.counts[key].staff > 0
            and self._is_called_on(workplace)
            and not self._has_ended(workplace)
        )

    def _places(self, which: Callable[[_Place], bool]) -> tuple[BallotPlace, ...]:
        found = (
            BallotPlace(
                workplace=row.workplace,
                name=self._name(row.workplace),
                members=self.there[key],
                staff=row.staff,
                counted_on=row.day,
                of=row.category or row.group,
            )
            for key, row in self.counts.items()
            if which(key)
        )
        return tuple(sorted(found, key=lambda place: (place.name, place.of)))


_NONE: frozenset[str] = frozenset()

_NO_PLACE = dict.fromkeys(
    (
        "voter.workplace_recorded",
        "voter.workplace_called_on",
        "voter.workplace_ended",
        "voter.more_members_than_staff",
        "voter.nobody_of_category_there",
    ),
    False,
)
"""What is recorded of the workplace of somebody who has no job at the employer."""


def _surely(found: frozenset[str] | InPart | None) -> frozenset[str]:
    """Return the reasons that surely hold."""
    return found.at_least if isinstance(found, InPart) else found or frozenset()


def _perhaps(found: frozenset[str] | InPart | None) -> frozenset[str]:
    """Return the reasons of which it is not known whether they hold."""
    return found.perhaps if isinstance(found, InPart) else frozenset()


def _badness(verdict: _Verdict) -> int:
    """Return how far somebody is from a vote."""
    return 2 if verdict.out else 1 if verdict.doubtful else 0


def _end(job: Job) -> date:
    return job.end or date.max


def _runs_until(job: Job, rows: Iterable[Job]) -> date | None:
    """Return the first day without a job at the employer, through the jobs that follow."""
    last = job.end
    for row in sorted(rows, key=lambda row: row.start):
        if last is not None and row.start <= last < _end(row):
            last = row.end
    return last


def _order(rulebook: Rulebook, on: date) -> dict[str, int]:
    """Return the place of each reason in the order of the tests."""
    name = "voter.reason_place"
    words = list(rulebook.words_of("ballot_list_reason"))
    found = ask_many(rulebook, [{"voter.reason": word} for word in words], name, on=on)
    places = {w: each[name] for w, each in zip(words, found, strict=True)}
    return {w: each.value if each.known else len(words) for w, each in places.items()}


def _lengths(groups: Mapping[str, Collection[str]]) -> dict[str, int]:
    return {reason: len(keys) for reason, keys in groups.items()}
