"""Elections of a branch's officers: when each step comes, who is told, and who may still stand."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Worked
from unioncore.answers.working import Working
from unioncore.checked import checked
from unioncore.legal import Duration, Period, TimeUnit
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["BranchTimetable", "branch_timetable", "may_still_stand"]

_STEPS = {
    "notice_by": ("notice_weeks", "the last day to give notice"),
    "nominations_invited": ("invited_weeks", "the day to call for nominations"),
    "nominations_close": ("closing_weeks", "the last day for nominations"),
    "candidates_told_by": ("told_weeks", "the last day to tell the candidates"),
}
_SAID = {
    "notice_by": "notice to all members by",
    "nominations_invited": "nominations called for on",
    "nominations_close": "nominations close on",
    "candidates_told_by": "candidates told by",
}
_IN_WINDOW = "annual_meeting.in_time"
_ALL_TOLD = "branch_election.all_told"
_NOTICE = Fact("branch_election.in_time", FactType.YES_NO, "the notice is in time")
_BACK = "weeks are counted back from the day of the meeting: that is this library's own choice"


@frozen
class BranchTimetable(Worked, shows="meeting"):
    """The steps of an election that ends with a branch's annual meeting."""

    meeting: date
    in_window: Answer[bool]
    """Whether the meeting is in the months that the union's rules give."""
    notice_by: Answer[date]
    nominations_invited: Answer[date]
    nominations_close: Answer[date]
    candidates_told_by: Answer[date]
    notice_in_time: Answer[bool] | None = None
    """None where it is not said when notice was given."""
    all_told: Answer[bool] | None = None
    """Whether the notice went to every member; None where nothing is said of it."""

    def lines(self) -> Iterator[str]:
        """Give the steps as lines for people."""
        yield f"meeting: {_written(self.meeting)}"
        for name, said in _SAID.items():
            answer: Answer[date] = getattr(self, name)
            if answer.known:
                yield f"{said} {_written(answer.value)}"
            else:
                yield f"{said}: not known: {answer.reason}"

    def findings(self) -> Iterator[str]:
        """Give what is wrong with it, or not known of what was done."""
        if is_no(self.in_window):
            yield "the meeting is outside the months of the annual meeting"
        if is_no(self.notice_in_time):
            yield f"notice of the meeting was due by {long_date(self.notice_by.value)}"
        if is_no(self.all_told):
            yield "not all members were given notice"

    def to_text(self) -> str:
        """Return the steps, what is wrong, and on what it rests."""
        found = (f"to look at: {each}" for each in self.findings())
        cited = (f"source: {each}" for each in self.citations)
        return "\n".join((*self.lines(), *found, *self.warnings, *cited))


def is_no(answer: Answer[bool] | None) -> bool:
    """Say whether it is known not to be so."""
    return answer is not None and answer.known and not answer.value


def _written(day: date) -> str:
    return f"{day:%A} {long_date(day)}"


@checked
def branch_timetable(
    rulebook: Rulebook,
    meeting: date,
    *,
    facts: Mapping[str, Any] | None = None,
    notice_sent: date | None = None,
    notice_way: str | None = None,
    sent_to_all: bool | None = None,
) -> BranchTimetable:
    """Answer when each step of an election comes, counted back in weeks from the meeting.

    Args:
        rulebook: the rules of the union.
        meeting: the day of the annual meeting.
        facts: what the branch lays down for itself, such as ``branch.closing_weeks``.
        notice_sent: when notice of the meeting was given.
        notice_way: ``each-member``, or ``website`` where it only stood there.
        sent_to_all: whether the notice could be sent to every member.

    Raises:
        BadFacts: when a setting, or the way, cannot be used.
    """
    told = {**(facts or {}), "branch_election.meeting": meeting}
    names = tuple(f"branch_election.{weeks}" for weeks, _ in _STEPS.values())
    weeks = ask(rulebook, told, *names, on=meeting)
    work = Working.by(rulebook, meeting)

    def step(count: int) -> tuple[date, str]:
        day = Duration(count, TimeUnit.WEEKS).before(meeting)
        return day, f"{count} weeks before {long_date(meeting)} is {long_date(day)}"

    steps: dict[str, Answer[date]] = {
        name: work.out(
            Fact(f"branch_election.{name}", FactType.DAY, label),
            [weeks[f"branch_election.{key}"]],
            step,
            warnings=[_BACK],
        )
        for name, (key, label) in _STEPS.items()
    }
    in_time = all_told = None
    if notice_sent is not None:
        in_time = work.out(
            _NOTICE,
            [steps["notice_by"]],
            lambda last: (notice_sent <= last, f"notice was given on {long_date(notice_sent)}"),
        )
    if notice_way is not None or sent_to_all is not None:
        told |= {
            "branch_election.notice_way": notice_way,
            "branch_election.sent_to_all": sent_to_all,
        }
        all_told = ask(rulebook, told, _ALL_TOLD, on=meeting)[_ALL_TOLD]
    held = {"annual_meeting.held": meeting}
    return BranchTimetable(
        meeting=meeting,
        in_window=ask(rulebook, held, _IN_WINDOW, on=meeting)[_IN_WINDOW],
        notice_in_time=in_time,
        all_told=all_told,
        **steps,
    )


@checked
def may_still_stand(
    rulebook: Rulebook, member: Iterable[Period], *, nominated: date, voted: date
) -> Answer[bool]:
    """Answer whether somebody who was nominated may still stand on the day of the election.

    Args:
        rulebook: the rules of the union.
        member: the periods in which they were a member.
        nominated: the day of the nomination.
        voted: the day of the election.
    """
    periods = sorted(member, key=lambda each: each.start or date.min)
    facts = {
        "candidacy.member_at_the_vote": any(voted in each for each in periods),
        "candidacy.member_throughout": _covered(periods, nominated, voted),
    }
    asked = "candidacy.may_stand"
    return ask(rulebook, facts, asked, on=voted)[asked]


def _covered(periods: Iterable[Period], first: date, last: date) -> bool:
    """Say whether periods in the order of their beginnings leave no day out, both ends included."""
    reached: date | None = first
    for each in periods:
        if reached is not None and reached in each:
            reached = each.end
    return reached is None or reached > last
