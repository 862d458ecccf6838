"""Elections within the union: who may vote, which nominations count, and what the votes make.

A tie is never decided here, and nobody is elected by these answers: ``changes.declare`` does that.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.democracy.branch_elections import (
    BranchTimetable,
    branch_timetable,
    is_no,
    may_still_stand,
)
from unioncore.answers.together import Answers
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import Duration, Nation, Period, TimeUnit
from unioncore.model import (
    Contest,
    Election,
    ElectionCandidate,
    Holding,
    Membership,
    Nomination,
    Office,
    Snapshot,
)
from unioncore.numbers import half_up
from unioncore.records import member_facts, office_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date, series

__all__ = [
    "CandidateStanding",
    "ContestStanding",
    "ElectionList",
    "ElectionStanding",
    "NominationStanding",
    "Tally",
    "election_standing",
    "elections",
    "electorate_cutoff",
    "may_vote",
    "tally",
]

_CUTOFF = Fact("election.cutoff", FactType.DAY, "the day of the register")
_FITS = Fact("election.cutoff_fits", FactType.YES_NO, "whether the day is as the rules have it")
_MAY_HOLD = "may_hold_office"
_MAY_VOTE = "may_vote"
_VALID = "nomination_valid"
_BY_STATUTE = "office.elected_by_statute"
_AFTERWARDS = (
    ("union_election.complaint_last_day", "complaints to the Certification Officer or the court"),
    ("union_election.papers_kept_to", "voting papers are kept"),
)
"""What the statute counts from the announcement, each with what it is the last day of."""


# -- the votes -------------------------------------------------------------------------------------


@frozen
class Tally(Answers, shows="valid_votes elected tied"):
    """What votes make: whoever has the most is elected, and nobody needs a majority."""

    valid_votes: int
    elected: tuple[str, ...]
    """Those who are surely elected, the one with the most votes first."""
    tied: tuple[str, ...]
    """Those with as many votes as one another for the last places; nobody here decides on them."""
    shares: Mapping[str, Decimal]
    """The share of each in the votes, in per cent to two places; empty where there are none."""
    majority_of_votes: bool | None
    """Whether the one who is elected has more than half; None for several places, or a tie."""
    margin: int | None
    """The votes between the last who is elected and the first who is not; None: all are elected."""
    turnout: Decimal | None
    """The papers that came back, in per cent of those entitled, to two places; None: not known."""
    not_valid: int | None
    """The papers that did not count; None where not recorded, or with several places."""


@checked
def tally(
    votes: Mapping[str, int],
    *,
    places: int = 1,
    entitled: int | None = None,
    returned: int | None = None,
) -> Tally:
    """Count votes, first past the post, for one place or several.

    Args:
        votes: the votes of each candidate.
        places: how many are elected.
        entitled: how many may vote; None: not recorded.
        returned: how many papers came back; None: not recorded.

    Raises:
        BadFacts: when a number is no count, fewer papers came back than votes are valid for one
            place, or more than people are entitled.
    """
    valid = sum(votes.values())
    _check_counts(votes, places, entitled, returned, valid)
    order = sorted(votes, key=lambda each: -votes[each])
    # For the last place somebody may have as many votes as somebody who comes after it.
    tied: tuple[str, ...] = ()
    margin = None
    if len(order) > places:
        last, after = votes[order[places - 1]], votes[order[places]]
        margin = last - after
        if not margin:
            tied = tuple(sorted(each for each in order if votes[each] == last))
    elected = tuple(each for each in order[:places] if each not in tied)
    one = places == 1 and len(elected) == 1
    return Tally(
        valid_votes=valid,
        elected=elected,
        tied=tied,
        shares={each: half_up(Fraction(100 * n, valid), 2) for each, n in votes.items()}
        if valid
        else {},
        majority_of_votes=2 * votes[elected[0]] > valid if one else None,
        margin=margin,
        turnout=half_up(Fraction(100 * returned, entitled), 2)
        if entitled and returned is not None
        else None,
        not_valid=returned - valid if returned is not None and places == 1 else None,
    )


def _check_counts(
    votes: Mapping[str, int],
    places: int,
    entitled: int | None,
    returned: int | None,
    valid: int,
) -> None:
    if any(each < 0 for each in (*votes.values(), entitled or 0, returned or 0)):
        raise BadFacts((Problem("votes", "numbers of zero or more"),))
    if places < 1:
        raise BadFacts((Problem("places", "one or more"),))
    if returned is not None and entitled is not None and returned > entitled:
        raise BadFacts((Problem("returned", "no more papers than people who may vote"),))
    if returned is not None and places == 1 and valid > returned:
        raise BadFacts((Problem("returned", "as many papers as there are valid votes, or more"),))


# -- who may vote ----------------------------------------------------------------------------------


@checked
def electorate_cutoff(
    rulebook: Rulebook, papers_sent: date, *, published: date | None = None
) -> tuple[Answer[date], Answer[bool]]:
    """Answer on which day voters must stand in the register, and whether that is the usual day.

    A day that was published goes before the rule, which counts back from the day on which the
    papers go out.
    """
    working = Working.by(rulebook, papers_sent)
    months = ask(rulebook, {}, "election.register_months", on=papers_sent)[
        "election.register_months"
    ]

    def usual(count: int) -> tuple[date, str]:
        day = Duration(count, TimeUnit.MONTHS).before(papers_sent)
        return day, f"{count} months before the papers go out on {long_date(papers_sent)}"

    ruled = working.out(_CUTOFF, [months], usual)
    if published is None:
        return ruled, working.out(_FITS, [ruled], lambda _: (True, "no other day was published"))

    def fits(day: date) -> tuple[bool, str]:
        return day == published, f"by the rules it would be {long_date(day)}"

    text = "this day was published"
    return working.known(_CUTOFF, published, text), working.out(_FITS, [ruled], fits)


@checked
def may_vote(
    rulebook: Rulebook, now: Snapshot, person: str, election: str, office: str
) -> Answer[bool]:
    """Answer whether a member may vote for an office in an election, by the records and the rules.

    The member's branch, work and category are those of the day of the register, or of ``now`` while
    that lies ahead.

    Raises:
        UnknownName: when there is no such election, or it fills no such office.
    """
    found = now.require(Election, election)
    _contest(now, found, office)
    day = _register_day(rulebook, now, found)
    then = _on(now, day.value if day.known else None)
    seat = now.office(office)
    facts = member_facts(rulebook, then, person)
    if seat is not None:
        facts |= office_facts(rulebook, then, seat, person)
    if day.known:
        facts["election.register_day"] = day.value
    return ask(rulebook, facts, _MAY_VOTE, on=now.day)[_MAY_VOTE]


def _register_day(rulebook: Rulebook, now: Snapshot, found: Election) -> Answer[date]:
    working = Working.by(rulebook, now.day)
    if found.papers_sent is not None:
        return electorate_cutoff(rulebook, found.papers_sent, published=found.register_day)[0]
    if found.register_day is not None:
        return working.known(_CUTOFF, found.register_day, "this day was published")
    return working.not_known(_CUTOFF, "the day on which papers go out is not recorded")


def _on(now: Snapshot, day: date | None) -> Snapshot:
    """Return the union on a day as it is known now; on the day of ``now`` while that is ahead."""
    return now.union.on(min(day or now.day, now.day), known_on=now.known_on)


# -- an election -----------------------------------------------------------------------------------


@frozen
class NominationStanding(Answers, shows="unit valid"):
    """One nomination of a candidate."""

    unit: str
    meeting: date
    valid: Answer[bool]


@frozen
class CandidateStanding(Answers, shows=""):
    """Somebody who stands."""

    person: str
    may_hold: Answer[bool]
    """Whether the rules let them hold the office, on the last day for nominations."""
    nominations: tuple[NominationStanding, ...]
    needed: Answer[int]
    """How many valid nominations they need."""
    votes: int | None
    """The votes, once the result is announced; None where not recorded."""
    still_stands: Answer[bool] | None = None
    """Whether the membership from the first nomination to the vote lets them stand; None where
    neither the nomination nor the end of nominations is recorded."""
    nominated: Answer[bool] | None = None
    """In a branch, whether members or its committee validly nominate them; None where that is not
    recorded."""

    @property
    def valid(self) -> int:
        """How many of the nominations surely count."""
        return sum(each.valid.known and each.valid.value for each in self.nominations)


@frozen
class ContestStanding(Answers, shows="office state"):
    """One office of an election."""

    office: str
    places: int
    state: str
    """``nominations``, ``no-candidate``, ``unopposed``, ``contested`` or ``counted``."""
    candidates: tuple[CandidateStanding, ...]
    tally: Tally | None
    """The count; None before the result, where votes are missing, and without a contest."""

    @property
    def elected(self) -> tuple[str, ...]:
        """Who is elected: by votes, or because nobody else stands."""
        if self.tally is not None:
            return self.tally.elected
        everybody = tuple(each.person for each in self.candidates)
        return everybody if self.state == "unopposed" else ()

    def lines(self) -> Iterator[str]:
        """Give it as lines for people."""
        yield f"{self.office}: {self.state.replace('-', ' ')}"
        for each in self.candidates:
            said = ["elected"] if each.person in self.elected else []
            if each.votes is not None:
                share = self.tally.shares.get(each.person) if self.tally else None
                said.append(f"{each.votes} votes" + (f", {share} %" if share is not None else ""))
            said.append(_nominations(each))
            said.append(_may_hold(each.may_hold))
            stands = each.still_stands
            if stands is not None and not stands.known:
                said.append(f"whether they may still stand is not known: {stands.reason}")
            yield f"  {each.person}: {'; '.join(said)}"
        if self.tally is not None:
            told = self.tally.turnout
            yield f"  turnout {'not known' if told is None else f'{told} %'}"


def _nominations(each: CandidateStanding) -> str:
    if each.nominated is None:
        return f"{each.valid} of {len(each.nominations)} nominations valid"
    if not each.nominated.known:
        return f"whether they are validly nominated is not known: {each.nominated.reason}"
    return "validly nominated" if each.nominated.value else "not validly nominated"


def _may_hold(answer: Answer[bool]) -> str:
    if not answer.known:
        return f"whether they may hold it is not known: {answer.reason}"
    return "may hold it" if answer.value else "may not hold it"


@frozen
class ElectionStanding(Answers, shows="key"):
    """An election and how far it has come."""

    key: str
    name: str
    began: date | None
    nominations_open: date | None
    nominations_close: date | None
    register_day: Answer[date]
    papers_sent: date | None
    closes: date | None
    result: date | None
    contests: tuple[ContestStanding, ...]
    after: Mapping[str, Answer[date]]
    """What follows by statute, by what it is the last day of; empty before the result."""
    findings: tuple[str, ...]
    """What is not as it should be, or is not recorded."""
    timetable: BranchTimetable | None = None
    """For a branch's election: when each step comes by its rules; None for any other."""

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.key}: {self.name}"
        day = self.register_day
        for what, at in (
            ("nominations open", self.nominations_open),
            ("nominations close", self.nominations_close),
            ("register", day.value if day.known else None),
            ("papers go out", self.papers_sent),
            ("ballot closes", self.closes),
            ("result", self.result),
        ):
            yield f"  {what}: {'not recorded' if at is None else long_date(at)}"
        if self.timetable is not None:
            yield from (f"  {line}" for line in self.timetable.lines())
        for what, last in self.after.items():
            told = long_date(last.value) if last.known else f"not known: {last.reason}"
            yield f"  last day, {what}: {told}"
        for contest in self.contests:
            yield from contest.lines()
        yield from (f"to look at: {each}" for each in self.findings)


@frozen
class ElectionList(Answers, shows="elections findings"):
    """Every election of a union, and who holds an office for longer than the statute lets them."""

    elections: tuple[ElectionStanding, ...]
    findings: tuple[str, ...]

    def to_text(self) -> str:
        """Return a line for each election and each finding."""
        lines = [
            f"{each.key}: {each.name}; {_offices(each.contests)}; result "
            f"{'not recorded' if each.result is None else long_date(each.result)}"
            for each in self.elections
        ]
        lines += [f"to look at: {each}" for each in self.findings]
        return "\n".join(lines) or "no election is recorded"


def _offices(contests: Sequence[ContestStanding]) -> str:
    return f"{len(contests)} {'office' if len(contests) == 1 else 'offices'}"


@checked
def election_standing(
    rulebook: Rulebook, now: Snapshot, election: str, *, nation: Nation = Nation.ENGLAND
) -> ElectionStanding:
    """Answer how far an election has come by the day of ``now``, and what is wrong with it.

    ``nation`` is the nation whose law governs the union's elections.

    Raises:
        UnknownName: when no election has that key.
    """
    found = now.require(Election, election)
    rows = now.rows(Contest, "election", election)
    contests = tuple(_standing(rulebook, now, found, row) for row in rows)
    steps = _timetable(rulebook, now, found, rows)
    after: dict[str, Answer[date]] = {}
    law = {"union_election.nation": nation}
    announced = found.result if _is_out(now, found) else None
    if announced is not None and any(_by_statute(rulebook, now, row.office) for row in rows):
        facts = {**law, "union_election.result_announced": announced}
        answers = ask(rulebook, facts, *(key for key, _ in _AFTERWARDS), on=now.day)
        after = {what: answers[key] for key, what in _AFTERWARDS}
    return ElectionStanding(
        key=found.key,
        name=found.name,
        began=found.began,
        nominations_open=found.nominations_open,
        nominations_close=found.nominations_close,
        register_day=_register_day(rulebook, now, found),
        papers_sent=found.papers_sent,
        closes=found.closes,
        result=found.result,
        contests=contests,
        after=after,
        findings=(
            *_findings(rulebook, now, found, contests, law),
            *(steps.findings() if steps is not None else ()),
            *_too_soon(found, steps),
        ),
        timetable=steps,
    )


@checked
def elections(
    rulebook: Rulebook, now: Snapshot, *, nation: Nation = Nation.ENGLAND
) -> ElectionList:
    """Answer how far every election has come, the oldest first, and whose five years are over.

    ``nation`` is the nation whose law governs the union's elections.
    """
    rows = sorted(now.every(Election), key=lambda row: row.result or date.max)
    found = tuple(election_standing(rulebook, now, row.key, nation=nation) for row in rows)
    return ElectionList(found, tuple(_too_long(rulebook, now, nation)))


def _too_long(rulebook: Rulebook, now: Snapshot, nation: Nation) -> Iterator[str]:
    """Give who holds an office for more than the years that the statute lets them."""
    name = "union_election.held_until"
    until: dict[date, Answer[date]] = {}
    for row in now.every(Holding):
        if not _by_statute(rulebook, now, row.office):
            continue
        if row.how not in ("elected", "by-election"):
            yield f"{row.office} is held by somebody who was {row.how}, and not elected"
            continue
        if row.start not in until:
            facts = {"union_election.nation": nation, "union_election.held_since": row.start}
            until[row.start] = ask(rulebook, facts, name, on=now.day)[name]
        last = until[row.start]
        if last.known and last.value < now.day:
            yield f"{row.office} was to be elected again by {long_date(last.value)}"


def _by_statute(rulebook: Rulebook, now: Snapshot, office: str) -> bool:
    found = now.office(office)
    if found is None:
        return False
    asked = ask(rulebook, {"office.role": found.role}, _BY_STATUTE, on=now.day)[_BY_STATUTE]
    return bool(asked.known and asked.value)


def _is_out(now: Snapshot, found: Election) -> bool:
    return found.result is not None and found.result <= now.day


def _standing(
    rulebook: Rulebook, now: Snapshot, election: Election, contest: Contest
) -> ContestStanding:
    office = now.office(contest.office)
    nominations = [
        row
        for row in now.rows(Nomination, "election", election.key)
        if row.office == contest.office and row.meeting <= now.day
    ]
    people = [
        row
        for row in now.rows(ElectionCandidate, "election", election.key)
        if row.office == contest.office
    ]
    out = _is_out(now, election)
    needed = _needed(rulebook, election, office, now.day)
    candidates = tuple(
        CandidateStanding(
            person=row.person,
            may_hold=_eligible(rulebook, now, election, office, row.person),
            nominations=tuple(
                NominationStanding(
                    one.unit,
                    one.meeting,
                    _nomination(rulebook, election, contest, one, nominations),
                )
                for one in nominations
                if one.person == row.person
            ),
            needed=needed,
            votes=row.votes if out else None,
            still_stands=_still_stands(rulebook, now, election, row.person, nominations),
            nominated=_nominated(rulebook, now, election, row),
        )
        for row in people
    )
    closed = election.nominations_close is not None and election.nominations_close < now.day
    state = "nominations"
    if closed:
        state = contest_state(len(people), contest.places)
    counted = None
    votes = {row.person: row.votes for row in people if row.votes is not None}
    if out and state == "contested" and len(votes) == len(people):
        state = "counted"
        counted = tally(
            votes,
            places=contest.places,
            entitled=contest.entitled,
            returned=contest.returned,
        )
    return ContestStanding(contest.office, contest.places, state, candidates, counted)


def contest_state(candidates: int, places: int = 1) -> str:
    """Return what is left to do once nominations are closed; only ``contested`` needs a ballot."""
    if not candidates:
        return "no-candidate"
    return "contested" if candidates > places else "unopposed"


def _timetable(
    rulebook: Rulebook, now: Snapshot, found: Election, rows: Sequence[Contest]
) -> BranchTimetable | None:
    """Return the steps of an election that ends with the annual meeting of a branch."""
    if found.meeting is None:
        return None
    return branch_timetable(
        rulebook,
        found.meeting,
        facts=_branch_settings(now, rows),
        notice_sent=found.notice_sent,
        notice_way=found.notice_way or None,
        sent_to_all=found.sent_to_all,
    )


def _branch_settings(now: Snapshot, rows: Sequence[Contest]) -> dict[str, Any]:
    """Return what the branch lays down whose offices an election fills."""
    offices = (now.office(row.office) for row in rows)
    branches = {office.unit for office in offices if office is not None}
    return {
        each.fact: each.value
        for each in now.union.settings
        if each.of == "branch" and each.key in branches and now.day in each.period
    }


def _too_soon(found: Election, steps: BranchTimetable | None) -> Iterator[str]:
    """Give what of the recorded timetable is not as the branch's rules have it."""
    if steps is None:
        return
    for told, due, said in (
        (found.nominations_open, steps.nominations_invited, "nominations were to be called for"),
        (found.nominations_close, steps.nominations_close, "nominations were to close"),
    ):
        if told is not None and due.known and told != due.value:
            yield f"{said} on {long_date(due.value)}"


def _still_stands(
    rulebook: Rulebook,
    now: Snapshot,
    election: Election,
    person: str,
    nominations: Sequence[Nomination],
) -> Answer[bool] | None:
    """Answer whether the membership lets somebody stand, as far as it is recorded by the day."""
    days = [each.meeting for each in nominations if each.person == person]
    first = min(days, default=election.nominations_close)
    if first is None or first > now.day:
        return None
    voted = election.meeting or election.closes or election.result or now.day
    member = [
        Period(row.start, row.end)
        for row in now.union.rows(Membership, "person", person, known_on=now.known_on)
        if row.status == "current" and not row.union
    ]
    last = max(first, min(voted, now.day))
    return may_still_stand(rulebook, member, nominated=first, voted=last)


def _nominated(
    rulebook: Rulebook, now: Snapshot, election: Election, row: ElectionCandidate
) -> Answer[bool] | None:
    """Answer whether a candidate of a branch is validly nominated; None where nothing is said."""
    if row.nominators is None and row.by_committee is None:
        return None
    told = {
        "branch_election.meeting": election.meeting,
        "branch_election.nominators": row.nominators,
        "branch_election.by_committee": row.by_committee,
    }
    contests = [_contest(now, election, row.office)]
    asked = "branch_election.nominated"
    facts = {**_branch_settings(now, contests), **told}
    return ask(rulebook, facts, asked, on=election.meeting or now.day)[asked]


def _needed(
    rulebook: Rulebook, election: Election, office: Office | None, day: date
) -> Answer[int]:
    facts = {} if office is None else {"office.role": office.role}
    name = "election.nominations_needed"
    return ask(rulebook, facts, name, on=election.nominations_close or day)[name]


def _eligible(
    rulebook: Rulebook, now: Snapshot, election: Election, office: Office | None, person: str
) -> Answer[bool]:
    then = _on(now, election.nominations_close)
    facts: dict[str, Any] = member_facts(rulebook, then, person)
    if office is not None:
        facts |= office_facts(
            rulebook,
            then,
            office,
            person,
            elected=election.result or then.day,
            election_began=election.began,
        )
    return ask(rulebook, facts, _MAY_HOLD, on=then.day)[_MAY_HOLD]


def _nomination(
    rulebook: Rulebook,
    election: Election,
    contest: Contest,
    row: Nomination,
    nominations: Sequence[Nomination],
) -> Answer[bool]:
    told = {
        "first_day": election.nominations_open,
        "last_day": election.nominations_close,
        "meeting": row.meeting,
        "present": row.present,
        "quorum": row.quorum,
        "nominated": sum(each.unit == row.unit for each in nominations),
        "places": contest.places,
    }
    facts = {f"nomination.{key}": value for key, value in told.items() if value is not None}
    return ask(rulebook, facts, _VALID, on=row.meeting)[_VALID]


def _findings(
    rulebook: Rulebook,
    now: Snapshot,
    found: Election,
    contests: Sequence[ContestStanding],
    law: Mapping[str, Any],
) -> Iterator[str]:
    for each in contests:
        yield from _about(each, _is_out(now, found))
    fought = (each.office for each in contests if len(each.candidates) > each.places)
    if not any(_by_statute(rulebook, now, office) for office in fought):
        return
    facts = {**law, "union_election.of_statutory_position": True}
    on = found.papers_sent or now.day
    asked = ask(
        rulebook,
        facts,
        "union_election.by_post_required",
        "union_election.scrutineer_required",
        on=on,
    )
    post, scrutineer = asked.values()
    if not post.known:
        yield f"whether the vote must be by post is not known: {post.reason}"
    elif post.value and found.how != "post":
        yield f"the vote must be by post, and was by {found.how}"
    if scrutineer.known and scrutineer.value and not found.scrutineer:
        yield "no independent scrutineer is recorded"


def _about(each: ContestStanding, out: bool) -> Iterator[str]:
    if each.state == "no-candidate":
        yield f"{each.office}: nobody stands; it stays vacant until a by-election"
    if each.state == "unopposed" and len(each.candidates) < each.places:
        yield f"{each.office}: fewer stand than there are places"
    if each.tally is not None and each.tally.tied:
        yield f"{each.office}: as many votes for {series(each.tally.tied)}; not decided here"
    if out and each.state == "contested":
        yield f"{each.office}: votes are not recorded"
    for one in each.candidates:
        if one.may_hold.known and not one.may_hold.value:
            yield f"{each.office}: {one.person} may not hold it"
        if is_no(one.still_stands):
            yield f"{each.office}: {one.person} is no member, and cannot stand"
        if is_no(one.nominated):
            yield f"{each.office}: {one.person} is not validly nominated"
        recorded = any(other.nominations for other in each.candidates)
        over = each.state != "nominations" and recorded and one.needed.known
        if over and one.valid < one.needed.value:
            said = f"{one.valid} of {one.needed.value} valid nominations needed"
            yield f"{each.office}: {one.person} has {said}"
        for nomination in one.nominations:
            valid = nomination.valid
            if valid.known and not valid.value:
                by = f"{one.person} by {nomination.unit}"
                yield f"{each.office}: the nomination of {by} does not count"


def _contest(now: Snapshot, found: Election, office: str) -> Contest:
    known = {row.office: row for row in now.rows(Contest, "election", found.key)}
    if office not in known:
        raise UnknownName(f"office of {found.key}", office, nearest(office, known))
    return known[office]
