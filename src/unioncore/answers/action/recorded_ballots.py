"""The ballots on industrial action in a union's records: list, papers, result and notices."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.action.ballot_failures import (
    BallotFailures,
    Despatch,
    ballot_failures,
    despatch,
)
from unioncore.answers.action.ballot_lists import BallotList, CalledOn, ballot_list
from unioncore.answers.action.ballot_notices import EmployerNotice, employer_notice
from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem
from unioncore.legal import Jurisdiction
from unioncore.model import (
    ActionBallot,
    Ballot,
    BallotCheck,
    BallotDecision,
    BallotPaper,
    Snapshot,
)
from unioncore.rulebook import Rulebook

__all__ = [
    "BallotPapers",
    "recorded_ballot_list",
    "recorded_ballot_notice",
    "recorded_ballot_papers",
]


@checked
def recorded_ballot_list(rulebook: Rulebook, now: Snapshot, key: str) -> BallotList:
    """Answer who has a vote in a ballot that the records hold; see ``ballot_list``.

    Doubts that ``ballot_decisions`` settle by the day are none. The law is that of the nation of
    the employer, or of Great Britain where that is blank.

    Raises:
        UnknownName: when no record knows the ballot.
    """
    ballot = now.require(ActionBallot, key)
    return ballot_list(
        rulebook,
        now,
        ballot.employer,
        called_on=CalledOn(
            ballot.called_on("categories"), ballot.called_on("workplaces"), ballot.group or "True"
        ),
        opens=ballot.opens,
        closes=ballot.closes,
        cut_off=ballot.cut_off,
        action_from=ballot.action_from,
        means=ballot.means,
        nation=_nation(now, ballot),
        settled=_settled(now, key),
    )


def _nation(now: Snapshot, ballot: ActionBallot) -> str:
    employer = now.employer(ballot.employer)
    return employer.nation if employer is not None and employer.nation else "GB"


def _settled(now: Snapshot, key: str) -> dict[str, str]:
    rows = sorted(now.rows(BallotDecision, "ballot", key), key=lambda row: row.day)
    return {row.person: row.decided for row in rows}


# -- papers ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class BallotPapers(Answers, shows="ballot despatch"):
    """Who was sent a paper of a ballot, and what went wrong may have cost."""

    ballot: str
    on: date
    despatch: Despatch
    failures: BallotFailures
    """Judged with the doubtful as missed, or as sent a paper in error."""

    def to_text(self) -> str:
        """Return it as lines for people, without a key."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.despatch.to_text()
        if self.despatch.members_doubtful_sent or self.despatch.members_doubtful_not_sent:
            yield "what follows counts the doubtful as missed, or as sent a paper in error"
        yield self.failures.to_text()


@checked
def recorded_ballot_papers(rulebook: Rulebook, now: Snapshot, key: str) -> BallotPapers:
    """Answer who was missed and who was sent a paper in error, beside the result.

    The list is that of the day of ``now``, or of the last day of the vote once that is past; papers
    are those sent by the day. Who is still doubtful counts against the ballot, as the worst case
    asks.

    Raises:
        UnknownName: when no record knows the ballot.
    """
    ballot = now.require(ActionBallot, key)
    vote = now.day if ballot.closes is None else min(now.day, ballot.closes)
    listed = recorded_ballot_list(rulebook, now.union.on(vote, known_on=now.known_on), key)
    papers = now.rows(BallotPaper, "ballot", key)
    back = [row for row in papers if row.undelivered is not None and row.undelivered <= now.day]
    sent = despatch(
        listed.entitled,
        [row.person for row in papers],
        returned=[row.person for row in back],
        doubtful=tuple(listed.doubts),
    )
    counts: dict[str, Any] = {
        name: getattr(ballot, name) if vote == ballot.closes else None
        for name in ("papers_returned", "yes", "no", "spoiled")
    }
    failures = ballot_failures(
        rulebook,
        Ballot(
            nation=Jurisdiction.parse(_nation(now, ballot)),
            opened=ballot.opens,
            closed=ballot.closes,
            statutory=True,
            entitled=sent.sent,
            **counts,
        ),
        missed=sent.members_missed + sent.members_doubtful_not_sent,
        wrongly_balloted=sent.members_in_error + sent.members_doubtful_sent,
        accidental=ballot.accidental,
    )
    return BallotPapers(ballot=key, on=now.day, despatch=sent, failures=failures)


# -- notices ---------------------------------------------------------------------------------------


@checked
def recorded_ballot_notice(
    rulebook: Rulebook,
    now: Snapshot,
    key: str,
    notice: str,
    *,
    received: date,
    check_off: bool = False,
) -> EmployerNotice:
    """Answer what a notice to the employer of a recorded ballot says; see ``employer_notice``.

    Its numbers are those of the list of the day of ``now``, and its explanation tells what
    ``ballot_checks`` and ``ballot_decisions`` hold by then.

    Args:
        rulebook: the law.
        now: the union on the day of the list.
        key: the ballot.
        notice: ``ballot`` or ``action``.
        received: the day on which the employer receives it.
        check_off: leave those out from whose pay the employer deducts the subscription.

    Raises:
        BadFacts: when the records have no first day of the vote, or of the action.
        UnknownName: when no record knows the ballot, or there is no such notice.
    """
    ballot = now.require(ActionBallot, key)
    listed = recorded_ballot_list(rulebook, now, key)
    column = "action_from" if notice == "action" else "opens"
    event = getattr(ballot, column)
    if event is None:
        raise BadFacts((Problem(f"ballots.{column}", "the day that the notice is about"),))
    return employer_notice(
        rulebook,
        notice,
        listed.cells,
        received=received,
        event=event,
        nation=_nation(now, ballot),
        doubtful=sum(listed.members_doubtful.values()),
        made_on=now.day,
        checks=now.rows(BallotCheck, "ballot", key),
        settled=len(_settled(now, key)),
        check_off=check_off,
    )
