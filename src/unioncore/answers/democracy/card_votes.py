"""Votes at a conference, by hand or by card: what was needed, whether it was carried, how near."""

from datetime import date
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Worked
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.model import Delegate, HallVote, Motion, Snapshot
from unioncore.records import conference_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType

__all__ = ["VoteCount", "motion_vote", "vote_count"]

_FOR = Fact("vote.for", FactType.WHOLE, "the votes for it")
_AGAINST = Fact("vote.against", FactType.WHOLE, "the votes against it")
_NEEDED = Fact("vote.needed", FactType.WHOLE, "the votes that it needs")
_CARRIED = Fact("vote.carried", FactType.YES_NO, "it is carried")
_SHORT = Fact("vote.short_by", FactType.WHOLE, "the votes that it is short of")


@frozen
class VoteCount(Worked, shows="votes_for against"):
    """One vote on a motion."""

    votes_for: Answer[int]
    against: Answer[int]
    """The votes against it; abstentions are no votes cast."""
    needed: Answer[int]
    """How many votes it needs of those cast."""
    carried: Answer[bool]
    short_by: Answer[int]
    """How many votes for it are missing; none where it is carried."""

    @property
    def share(self) -> Fraction | None:
        """The share of the votes cast that is for it; None where it is not known or none is."""
        if not (self.votes_for.known and self.against.known):
            return None
        cast = self.votes_for.value + self.against.value
        return Fraction(self.votes_for.value, cast) if cast else None

    def to_text(self) -> str:
        """Return the vote as a line."""
        if not self.carried.known:
            return f"not known: {self.carried.reason}"
        said = f"{self.votes_for.value:,} for, {self.against.value:,} against"
        if self.carried.value:
            return f"carried: {said}"
        return f"lost: {said}, {self.short_by.value:,} short of {self.needed.value:,}"


@checked
def vote_count(
    rulebook: Rulebook, votes_for: int, against: int, *, on: date, kind: str = "motion"
) -> VoteCount:
    """Answer whether votes carry what is put, and by how many they miss it.

    Args:
        rulebook: the rules.
        votes_for: the votes for it.
        against: the votes against it.
        on: the day of the vote.
        kind: what is put, such as ``motion`` or ``rule-amendment``.

    Raises:
        BadFacts: when a number is no count, or the kind is none.
    """
    work = Working.by(rulebook, on)
    given = (
        work.known(_FOR, votes_for, "as counted"),
        work.known(_AGAINST, against, "as counted"),
    )
    return _count(rulebook, given, on, kind)


def _count(
    rulebook: Rulebook, cast: tuple[Answer[int], Answer[int]], on: date, kind: str
) -> VoteCount:
    work = Working.by(rulebook, on)
    asked = ask(rulebook, {"motion.kind": kind}, "motion.at_least", "motion.more_than", on=on)
    at_least, more_than = asked.values()
    share = at_least if at_least.known else more_than

    def needs(votes_for: int, against: int, part: str) -> tuple[int, str]:
        exact = Fraction(part) * (votes_for + against)
        found = ceil(exact) if at_least.known else floor(exact) + 1
        how = "at least" if at_least.known else "more than"
        return found, f"{how} {part} of {votes_for + against:,} votes: {found:,}"

    needed: Answer[int] = work.out(_NEEDED, [*cast, share], needs)
    carried: Answer[bool] = work.out(
        _CARRIED,
        [cast[0], needed],
        lambda votes, least: (votes >= least, f"{votes:,} votes, and {least:,} are needed"),
    )
    short: Answer[int] = work.out(
        _SHORT,
        [cast[0], needed],
        lambda votes, least: (max(least - votes, 0), f"{least:,} are needed, {votes:,} are there"),
    )
    return VoteCount(*cast, needed, carried, short)


@checked
def motion_vote(rulebook: Rulebook, now: Snapshot, motion: str) -> VoteCount | None:
    """Answer how a motion was voted on, by what the union's records hold; None where it was not.

    A card vote counts before a show of hands. Where the cards of branches are recorded, they are
    added up; a card without a number counts the members that the branch had on the day.

    Raises:
        UnknownName: when no motion is called so.
    """
    if not now.union.knows(Motion, motion):
        raise now.union.unknown(Motion, motion)
    put = next(iter(now.rows(Motion, "key", motion)), None)
    rows = now.rows(HallVote, "motion", motion)
    by_card = [row for row in rows if row.means == "card"]
    counted = by_card or list(rows)
    if put is None or not counted:
        return None
    on = counted[0].on
    work = Working.by(rulebook, on)
    cards = [row for row in counted if row.branch]
    facts = conference_facts(rulebook, now, put.unit)
    names = ("vote.card_counts",)
    using = list(ask(rulebook, facts, *names, on=on).values()) if cards else []

    def votes(fact: Fact, choice: str) -> Answer[int]:
        mine = [row for row in counted if row.choice == choice]
        if cards:
            of = [row for row in mine if row.branch]
            said = f"the cards of {len(of)} branch{'' if len(of) == 1 else 'es'}"
            return work.out(
                fact, using, lambda what: (sum(_weight(now, put, row, what) for row in of), said)
            )
        if any(row.votes is None for row in mine):
            return work.not_known(fact, "the votes are not recorded")
        return work.known(fact, sum(row.votes or 0 for row in mine), "as counted")

    return _count(rulebook, (votes(_FOR, "for"), votes(_AGAINST, "against")), on, put.kind)


def _weight(now: Snapshot, put: Motion, row: HallVote, counts: str) -> int:
    """Return what a card counts: the number on it, or the members or delegates of the branch."""
    if row.votes is not None:
        return row.votes
    then = now.union.on(row.on, known_on=now.known_on)
    if counts == "members":
        return len(then.members(row.branch))
    return sum(
        each.part == "delegate" and (each.unit, each.edition) == (put.unit, put.edition)
        for each in then.rows(Delegate, "body", row.branch)
    )
