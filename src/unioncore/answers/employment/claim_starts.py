"""What starts time for a claim: read from somebody's jobs, or told where no job record shows it.

The jobs with the employer say when somebody left, was transferred or took another job there, and on
what other terms. What they prove is not asked of anybody.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from attrs import frozen

from unioncore.answers.employment.length_of_service import took_over
from unioncore.answers.together import Answers
from unioncore.model import ClaimEvent, Job, Snapshot

__all__ = ["ClaimStart"]

_DAY = timedelta(days=1)
_ENDS = ("leaving", "transfer")
"""What ends the employment, also where it comes after the job that a claim covers."""
_SAME_JOB = ("job", "role", "group")
"""What of two rows is alike where the same job goes on."""


@frozen
class ClaimStart(Answers, shows="what day"):
    """Something from which time for a claim may run."""

    what: str
    """A word of the vocabulary ``claim_start``."""
    day: date
    """The day from which time runs: of a job, its last day."""
    job: str = ""
    """The key of the job; empty where it was told."""
    employed_after: bool = False
    """Whether the person worked for the same employer after it."""

    @property
    def is_shown_by_jobs(self) -> bool:
        """Whether the records of jobs show it, so that nobody need say so."""
        return bool(self.job)


def starts_in_jobs(
    now: Snapshot, rows: Sequence[Job], covers: Callable[[Job], bool]
) -> Iterator[ClaimStart]:
    """Give what the jobs of one person with one employer show up to the day of ``now``.

    Args:
        now: the union on the day of the question.
        rows: all rows of the person's jobs with the employer that have begun, by their first days.
        covers: says whether a claim covers the job of a row. Of a job that it does not cover, only
            the end of the employment counts.
    """
    for row in rows:
        if row.end is None or row.end - _DAY > now.day:
            continue
        last = row.end - _DAY
        later = [each for each in rows if each is not row and (each.end or date.max) > row.end]
        what = _what(now, row, later)
        if what and (covers(row) or (what in _ENDS and any(covers(each) for each in rows))):
            yield ClaimStart(what, last, row.job, employed_after=bool(later))


def _what(now: Snapshot, row: Job, later: Sequence[Job]) -> str:
    """Say what the end of a row was; empty where the job went on as it was."""
    following = [each for each in later if each.start == row.end]
    for each in following:
        if _alike(each, row, _SAME_JOB):
            return "" if each.band == row.band else "terms-changed"
    if following:
        return "new-job"
    mine = now.union.rows(Job, "person", row.person, known_on=now.known_on)
    moved = (each for each in mine if each.start == row.end and each.employer != row.employer)
    gone = any(took_over(now, row.employer, each.employer, each.start) for each in moved)
    return "transfer" if gone else "leaving"


def _alike(one: Job, other: Job, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def starts_told(events: Sequence[ClaimEvent], rows: Sequence[Job]) -> Iterator[ClaimStart]:
    """Give what was told of one person, with whether they still worked there after it."""
    for event in events:
        after = any((row.end or date.max) - _DAY > event.on for row in rows)
        yield ClaimStart(event.what, event.on, employed_after=after)
