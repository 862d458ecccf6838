"""When a hearing may be moved to, and when notice ends."""

from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.by_name import ask
from unioncore.answers.together import Answers
from unioncore.answers.working import Where, Working, in_each
from unioncore.checked import checked
from unioncore.legal import DayRange, Duration, Nation, TimeUnit
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = ["NoticeExpiry", "Postponement", "notice_expiry", "postponement"]

_LAST_DAY = Fact("last_day", FactType.DAY, "the last day to which the hearing must be moved")
_WITHIN = Fact("within_right", FactType.YES_NO, "the day named is within the right")
_STARTS = Fact("notice_starts", FactType.DAY, "the first day of the notice")
_ENDS = Fact("notice_ends", FactType.DAY, "the last day of the notice")


@frozen
class Postponement(Answers, shows="last_day within_right"):
    """What a worker whose companion cannot come may insist on."""

    last_day: Answer[date]
    """The last day, included, to which the hearing must be moved if the worker asks."""
    within_right: Answer[bool]
    """Whether the day that the worker named is one of those. To refuse a later one may be unfair
    all the same (Talon Engineering Ltd v Smith [2018] IRLR 1104)."""


@frozen
class NoticeExpiry(Answers, shows="starts ends"):
    """When notice runs."""

    starts: Answer[date]
    """The first day of the notice."""
    ends: Answer[date]
    """Its last day, included: the day on which the employment ends."""


@checked
def postponement(
    rulebook: Rulebook,
    proposed: date | DayRange,
    *,
    nation: Where,
    alternative: date | None = None,
) -> Postponement:
    """Answer until when a worker may insist on another day for a hearing.

    Working days are counted from the first one after the day proposed, which is the first of them.

    Args:
        rulebook: holds the working days and their number.
        proposed: the day that the employer proposed, on which the companion is not available.
        nation: whose bank holidays count; each part of Great Britain has its own.
        alternative: the day that the worker named.

    Raises:
        UnknownName: when there is no such nation.
    """

    def last_day(each: Nation, day: date) -> Answer[date]:
        facts = {"hearing.nation": each, "hearing.proposed_day": day}
        names = ("hearing.postponement_working_days", "hearing.working_days")
        found = list(ask(rulebook, facts, *names, on=day).values())

        def calculate(count: int, _: str) -> tuple[date, str]:
            length = Duration(count, TimeUnit.WORKING_DAYS)
            last = length.after(day, rulebook.calendar(each))
            return last, f"{length} after {long_date(day)} in {each}: {long_date(last)}"

        return Working.by(rulebook, day).out(_LAST_DAY, found, calculate)

    last = in_each(nation, proposed, last_day)
    return Postponement(last, _within(last, proposed, alternative))


def _within(
    last: Answer[date], proposed: date | DayRange, alternative: date | None
) -> Answer[bool]:
    work = Working(last.rulebook, last.on)
    if alternative is None:
        said = "no other day was named"
        return work.not_known(_WITHIN, said, using=[last], missing=("alternative",))
    named, after = alternative, DayRange.of(proposed).latest

    def calculate(last: date) -> tuple[bool, str]:
        within = after < named <= last
        return within, f"{long_date(named)} is {'' if within else 'not '}within the right"

    return work.out(_WITHIN, [last], calculate)


@checked
def notice_expiry(
    rulebook: Rulebook,
    given: date | DayRange,
    length: Duration,
    *,
    nation: Where,
) -> NoticeExpiry:
    """Answer when notice starts and when it ends.

    Args:
        rulebook: says on which day notice starts.
        given: the day on which the notice was given or received.
        length: of the notice by contract or statute, such as three months.
        nation: whose law governs the contract.

    Raises:
        UnknownName: when there is no such nation.
        ValueError: when the length is nothing.
    """

    def starts(each: Nation, day: date) -> Answer[date]:
        facts: dict[str, Any] = {"notice.nation": each, "notice.given": day}
        found = ask(rulebook, facts, "notice.starts_days_after", on=day)

        def calculate(count: int) -> tuple[date, str]:
            first = Duration(count, TimeUnit.DAYS).after(day)
            return first, f"given on {long_date(day)}, the notice starts on {long_date(first)}"

        return Working.by(rulebook, day).out(_STARTS, list(found.values()), calculate)

    def ends(each: Nation, day: date) -> Answer[date]:
        def calculate(first: date) -> tuple[date, str]:
            last = length.last_day_beginning_with(first)
            return last, f"{length} beginning with {long_date(first)} end on {long_date(last)}"

        return Working.by(rulebook, day).out(_ENDS, [starts(each, day)], calculate)

    return NoticeExpiry(in_each(nation, given, starts), in_each(nation, given, ends))
