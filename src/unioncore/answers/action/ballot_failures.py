"""Who was sent a paper of a ballot on industrial action, and what missed or wrong papers may cost.

Whether a result could have been another is asked of the worst case: everybody who was missed votes
No, and every paper that was sent in error was a Yes. For turnout and support, those who were missed
join the entitled and do not vote. The Act speaks of what is likely; the worst case is stricter.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.answers.action.ballots import (
    OPENED,
    ballot_result,
    openings,
    rounded_from,
)
from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Working, agree, nations, warned
from unioncore.checked import check_counts, checked
from unioncore.legal import DayRange
from unioncore.model import Ballot
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["BallotFailures", "Despatch", "ballot_failures", "despatch"]

_DISREGARDED = "failure.disregarded"
_STRICTER = (
    "the worst case is this library's own test, and stricter than section 232B, which asks what is "
    "likely"
)
_MAJORITY = Fact(
    "could_change_majority", FactType.YES_NO, "the failures could have cost the majority"
)
_TURNOUT = Fact("could_change_turnout", FactType.YES_NO, "the failures could have cost the turnout")
_SUPPORT = Fact("could_change_support", FactType.YES_NO, "the failures could have cost the support")


@frozen(kw_only=True)
class Despatch(
    Answers,
    shows="entitled members_missed",
    inside="missed in_error doubtful_sent doubtful_not_sent",
):
    """Who was sent a voting paper, beside who was entitled to one; keys only by name."""

    entitled: int
    sent: int
    returned: int
    """How many papers came back undelivered: whoever they were for was missed."""
    members_missed: int
    members_in_error: int
    members_doubtful_sent: int
    """How many were sent a paper while it was doubtful whether they are entitled."""
    members_doubtful_not_sent: int
    missed: tuple[str, ...] = field(repr=False)
    """The keys of those entitled whom no paper reached."""
    in_error: tuple[str, ...] = field(repr=False)
    """The keys of those who were sent a paper and are not entitled."""
    doubtful_sent: tuple[str, ...] = field(repr=False)
    doubtful_not_sent: tuple[str, ...] = field(repr=False)

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        lines = [
            f"papers: {self.sent:,} sent, {self.returned:,} came back; {self.entitled:,} entitled",
            f"  missed: {self.members_missed:,}",
            f"  sent in error: {self.members_in_error:,}",
        ]
        if self.members_doubtful_sent or self.members_doubtful_not_sent:
            lines.append(
                f"  doubtful: {self.members_doubtful_sent:,} sent a paper, "
                f"{self.members_doubtful_not_sent:,} not"
            )
        return "\n".join(lines)


@checked
def despatch(
    entitled: Collection[str],
    sent: Collection[str],
    *,
    returned: Collection[str] = (),
    doubtful: Collection[str] = (),
) -> Despatch:
    """Say who was missed, and who was sent a paper in error.

    Args:
        entitled: the keys of those who have a vote.
        sent: the keys of those who were sent a paper.
        returned: the keys of those whose paper came back undelivered.
        doubtful: the keys of those of whom it is not known whether they have a vote.
    """
    came = {*sent} - {*returned}
    due, open_ = {*entitled}, {*doubtful}
    missed = tuple(key for key in entitled if key not in came)
    in_error = tuple(key for key in sent if key not in due and key not in open_)
    doubtful_sent = tuple(key for key in doubtful if key in came)
    not_sent = tuple(key for key in doubtful if key not in came)
    return Despatch(
        entitled=len(due),
        sent=len({*sent}),
        returned=len({*returned}),
        members_missed=len(missed),
        members_in_error=len(in_error),
        members_doubtful_sent=len(doubtful_sent),
        members_doubtful_not_sent=len(not_sent),
        missed=missed,
        in_error=in_error,
        doubtful_sent=doubtful_sent,
        doubtful_not_sent=not_sent,
    )


# -- what failures may cost ------------------------------------------------------------------------


@frozen(kw_only=True)
class BallotFailures(Answers, shows="missed wrongly_balloted margin disregarded"):
    """What missed and wrong papers could have changed, in the worst case."""

    missed: int | None
    wrongly_balloted: int | None
    margin: int | None
    """By how many votes Yes leads No; below zero where it does not."""
    votes_that_turn_it: int | None
    """How few votes on the other side would have been enough; None where Yes does not lead."""
    worst_yes: int | None
    """Yes votes in the worst case; at least as many, where the count is not known exactly."""
    worst_no: int | None
    """No votes in the worst case; at most as many, likewise."""
    could_change_majority: Answer[bool]
    turnout: Answer[str]
    """As counted: ``met``, ``not-met`` or ``not-required``."""
    worst_turnout: Answer[str]
    could_change_turnout: Answer[bool]
    support: Answer[str]
    worst_support: Answer[str]
    could_change_support: Answer[bool]
    disregarded: Answer[bool]

    def to_text(self) -> str:
        """Return it as lines for people."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        many = {"missed": self.missed, "sent a paper in error": self.wrongly_balloted}
        said = ", ".join(f"{_number(count)} {what}" for what, count in many.items())
        yield f"{said}; majority {_number(self.margin)}"
        if self.worst_yes is not None and self.worst_no is not None:
            yield f"  worst case: {self.worst_yes:,} Yes, {self.worst_no:,} No"
        for what, answer in (
            ("could have cost the majority", self.could_change_majority),
            ("could have cost the turnout", self.could_change_turnout),
            ("could have cost the support", self.could_change_support),
            ("disregarded by the law", self.disregarded),
        ):
            yield f"  {what}: {_said(answer)}"
        yield from (f"  source: {cited}" for cited in self.disregarded.citations)
        yield from (f"  warning: {each}" for each in self.disregarded.warnings)


def _number(count: int | None) -> str:
    return "not known how many" if count is None else f"{count:,}"


def _said(answer: Answer[bool]) -> str:
    if not answer.known:
        return f"not known: {answer.reason}"
    return "yes" if answer.value else "no"


@checked
def ballot_failures(
    rulebook: Rulebook,
    ballot: Ballot,
    *,
    missed: int | None = None,
    wrongly_balloted: int | None = None,
    accidental: bool | None = None,
) -> BallotFailures:
    """Answer whether missed and wrong papers could have changed a result, and are disregarded.

    Args:
        rulebook: the law.
        ballot: the result; ``entitled`` counts those who were balloted, right or wrong.
        missed: how many were entitled and not reached by a paper; None: not known.
        wrongly_balloted: how many were sent a paper and not entitled; None: not known.
        accidental: whether that was by accident; None: not known.

    Raises:
        BadFacts: when a number is no count, or the numbers cannot be.
    """
    check_counts({"missed": missed, "wrongly_balloted": wrongly_balloted})
    full, counted = ballot.complete(), ballot_result(rulebook, ballot)
    both = None if full.yes is None or full.no is None else (full.yes, full.no)
    margin = None if both is None else both[0] - both[1]
    yes, no = _minus(_least_yes(full), wrongly_balloted), _plus(_most_no(full), missed)
    votes = ballot_result(rulebook, _of_votes(full, yes, no))
    shares = ballot_result(rulebook, _of_shares(full, missed, wrongly_balloted))
    work = Working.by(rulebook, DayRange.of(full.opening).latest)
    majority = _lost(work, _MAJORITY, counted.majority_yes, votes.majority_yes)
    turnout = _lost(work, _TURNOUT, counted.turnout, shares.turnout)
    support = _lost(work, _SUPPORT, counted.support, shares.support)
    changed = _any(majority, turnout, support)
    return BallotFailures(
        missed=missed,
        wrongly_balloted=wrongly_balloted,
        margin=margin,
        votes_that_turn_it=-(-margin // 2) if margin is not None and margin > 0 else None,
        worst_yes=yes,
        worst_no=no,
        could_change_majority=majority,
        turnout=counted.turnout,
        worst_turnout=shares.turnout,
        could_change_turnout=turnout,
        support=counted.support,
        worst_support=shares.support,
        could_change_support=support,
        disregarded=_disregarded(rulebook, full, accidental, changed),
    )


def _minus(count: int | None, less: int | None) -> int | None:
    return None if count is None or less is None else max(count - less, 0)


def _plus(count: int | None, more: int | None) -> int | None:
    return None if count is None or more is None else count + more


def _papers(ballot: Ballot, end: int) -> Fraction | None:
    """Return how many papers came back: at least (0) or at most (1), by the published turnout."""
    if ballot.papers_returned is not None:
        return Fraction(ballot.papers_returned)
    share = rounded_from(ballot.turnout_pct_reported)[end]
    return None if share is None or ballot.entitled is None else ballot.entitled * share


def _least_yes(ballot: Ballot) -> int | None:
    """Return the Yes votes, or the fewest that published shares leave."""
    if ballot.yes is not None:
        return ballot.yes
    papers, share = _papers(ballot, 0), rounded_from(ballot.yes_pct_reported)[0]
    if papers is None or share is None:
        return None
    return ceil((papers - (ballot.spoiled or 0)) * share)


def _most_no(ballot: Ballot) -> int | None:
    """Return the No votes, or the most that the papers or published shares leave."""
    if ballot.no is not None:
        return ballot.no
    papers, share = _papers(ballot, 1), rounded_from(ballot.yes_pct_reported)[0]
    valid = None if papers is None else papers - (ballot.spoiled or 0)
    if valid is not None and ballot.yes is not None:
        return floor(valid) - ballot.yes
    return None if valid is None or share is None else floor(valid * (1 - share))


def _of_votes(ballot: Ballot, yes: int | None, no: int | None) -> Ballot:
    """Return the ballot with the votes of the worst case; other counts are not looked at."""
    return attrs.evolve(_bare(ballot), yes=yes, no=no)


def _of_shares(ballot: Ballot, missed: int | None, wrongly: int | None) -> Ballot:
    """Return the ballot as if those missed were entitled, and no paper sent in error came back."""
    if missed is None or wrongly is None:
        return _bare(ballot)
    papers = _papers(ballot, 0)
    return attrs.evolve(
        _bare(ballot),
        entitled=_plus(_minus(ballot.entitled, wrongly), missed),
        papers_returned=None if papers is None else _minus(ceil(papers), wrongly),
        yes=_minus(_least_yes(ballot), wrongly),
        # With the papers counted, the No votes are not asked for.
        no=ballot.no if papers is None else None,
        spoiled=ballot.spoiled if papers is None else None,
    )


def _bare(ballot: Ballot) -> Ballot:
    """Return the ballot without any count."""
    counts = ("entitled", "papers_returned", "yes", "no", "spoiled")
    shares = ("turnout_pct_reported", "yes_pct_reported")
    nothing: Any = dict.fromkeys((*counts, *shares))
    return attrs.evolve(ballot, **nothing)


_UNMET = (False, "not-met")


def _lost(work: Working, fact: Fact, counted: Answer[Any], worst: Answer[Any]) -> Answer[bool]:
    """Answer whether what was met as counted is not met in the worst case."""
    if counted.known and counted.value in (*_UNMET, "not-required"):
        needed = "it was not met in any case" if counted.value in _UNMET else "none is required"
        return work.known(fact, False, needed, using=[counted])

    def calculate(value: Any) -> tuple[bool, str]:
        lost = value in _UNMET
        return lost, f"in the worst case it {'is not' if lost else 'is still'} met"

    return work.out(fact, [worst], calculate)


def _any(*answers: Answer[bool]) -> bool | None:
    """Say whether one of them is yes; None where that is not known."""
    values = [each.value if each.known else None for each in answers]
    return True if True in values else None if None in values else False


def _disregarded(
    rulebook: Rulebook, ballot: Ballot, accidental: bool | None, changed: bool | None
) -> Answer[bool]:
    cases = []
    for nation in nations(ballot.nation):
        for day, called in openings(rulebook, ballot):
            facts = {
                "ballot.nation": nation,
                OPENED: day,
                "failure.accidental": accidental,
                "failure.could_change_result": changed,
            }
            found = ask(rulebook, facts, _DISREGARDED, on=day)[_DISREGARDED]
            cases.append(((str(nation), called), found))
    return warned(agree(cases), _STRICTER)
