"""From the date of a ballot to the days of action: mandates, notices, and the law of each day.

Every rule is chosen by a day of its own, so that one dispute may come under several laws. Where a
day is known only within bounds, an answer is known where it is the same on every day that it can
be.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.action.ballots import (
    OPENED,
    BallotResult,
    ballot_result,
    ballot_rule,
    openings,
    taken,
)
from unioncore.answers.by_name import ask
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.together import Answers
from unioncore.answers.working import (
    Alternative,
    Where,
    Working,
    agree,
    agree_by_name,
    bounds,
    in_each,
    nations,
    warned,
)
from unioncore.checked import checked
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import (
    Citation,
    DayRange,
    Duration,
    Jurisdiction,
    Nation,
    TimeUnit,
    shifted,
)
from unioncore.model import Ballot, Direction
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, Fact, FactType, long_date

__all__ = [
    "ActionDays",
    "ActionStep",
    "Judged",
    "Mandate",
    "NoticeDates",
    "Regimes",
    "action_supported",
    "judge",
    "lawful_action_days",
    "mandate",
    "notice_dates",
    "picket_supervisor",
    "readiness",
    "regimes",
]

_RECEIVED = "notice.received"
_MANDATE_ENDS = Fact("mandate_last_day", FactType.DAY, "the last day of the mandate")
_AGREED = Fact("agreed_length", FactType.WHOLE, "the agreed length of the mandate")
_EARLIEST = Fact("earliest_event_day", FactType.DAY, "the first day that the notice allows")
_LATEST = Fact("latest_receipt", FactType.DAY, "the last day on which to receive the notice")
_ANY_DAY = Fact("any_day", FactType.YES_NO, "there is a day on which action is lawful")
_SUPPORTED = Fact("supported", FactType.YES_NO, "the ballot supports action on the day")
_OPENS = Fact("ballot_opens", FactType.DAY, "the last day on which to open the ballot")
_CLOSES = Fact("ballot_closes", FactType.DAY, "the last day on which to close the ballot")
_TOLD = Fact("result_told", FactType.DAY, "the last day on which to tell the result")
_POSSIBLE = Fact("possible", FactType.YES_NO, "it can still be done in time")
_NOTICE_DAYS = Fact("action_notice_days", FactType.WHOLE, "the days of notice of action")
_NOTICE_IN_TIME = Fact("notice_in_time", FactType.YES_NO, "the notice came in time")


@frozen
class Mandate(Answers, shows="months last_day is_to_begin goes_on"):
    """For how long a ballot supports action."""

    months: Answer[int]
    """Its length without any agreement; not known where it is counted in weeks."""
    last_day: Answer[date]
    """The last day, included."""
    is_to_begin: Answer[bool]
    """Whether action only has to begin by the last day, and may then go on; otherwise it has no
    support after that day, whenever it began."""
    goes_on: Answer[bool]
    """Whether action is supported after the last day, because some of it began in time."""


@frozen
class ActionDays(Answers, shows="any_day first last goes_on"):
    """The days on which action is lawful under one notice: from the first to the last of them."""

    any_day: Answer[bool]
    """Whether there is such a day at all."""
    first: Answer[date]
    """The first day that the notice allows."""
    last: Answer[date]
    """The last day of the mandate."""
    goes_on: Answer[bool]
    """Whether later days are lawful too, because action began by the last day of the mandate."""


@frozen
class Judged(Answers, shows="result mandate days"):
    """The result of a ballot with what it allows: for how long, and on which days."""

    result: BallotResult
    mandate: Mandate | None
    """None where the date of the ballot is not given."""
    days: ActionDays | None
    """None where no notice is given."""

    @property
    def lawful(self) -> bool:
        """Whether it is known to be lawful by its numbers."""
        verdict = self.result.lawful_by_numbers
        return verdict.known and verdict.value == "yes"

    @property
    def known(self) -> bool:
        """Whether the verdict is known, and with it the days, where it leaves room for any."""
        days_known = self.days is None or self.days.any_day.known or not self.lawful
        return self.result.lawful_by_numbers.known and days_known

    @property
    def dates(self) -> tuple[Answer[Any], ...]:
        """The answers about days that the verdict leaves room for."""
        if not self.lawful:
            return ()
        until = () if self.mandate is None else (self.mandate.last_day,)
        return until if self.days is None else (*until, self.days.any_day)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the verdict and the days rest on."""
        own = (cited for each in self.dates for cited in each.citations)
        return tuple(dict.fromkeys((*self.result.citations, *own)))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who relies on the verdict and the days should know."""
        own = (warning for each in self.dates for warning in each.warnings)
        return tuple(dict.fromkeys((*self.result.warnings, *own)))


@frozen
class NoticeDates(Answers, shows="earliest_event_day latest_receipt"):
    """What a notice allows, and by when it is due."""

    earliest_event_day: Answer[date]
    """The first day of the event, for a notice received on a given day."""
    latest_receipt: Answer[date]
    """The last day on which the notice may be received, for a given day of the event."""


@frozen
class Regimes(
    Answers,
    shows="turnout_applies support_applies mandate_months action_notice_days notice_in_time",
):
    """Which law each day of one dispute chooses."""

    turnout_applies: Answer[bool]
    support_applies: Answer[bool]
    mandate_months: Answer[int]
    action_notice_days: Answer[int]
    notice_in_time: Answer[bool]


@frozen
class ActionStep(Answers, shows="name latest possible"):
    """One step before action, and the latest day for it."""

    name: str
    latest: Answer[date]
    possible: Answer[bool]
    """Whether it can still be done in time; not known where no day is given to ask that of."""


# -- mandates --------------------------------------------------------------------------------------

_MANDATES = {
    TimeUnit.MONTHS: ("core.mandate_months", "core.mandate_months_by_agreement"),
    TimeUnit.WEEKS: ("core.mandate_weeks", "core.mandate_weeks_by_agreement"),
}
_IS_TO_BEGIN, _GOES_ON = "mandate.is_to_begin", "mandate.goes_on"


@checked
def mandate(
    rulebook: Rulebook,
    closed: date | DayRange,
    *,
    opened: date | DayRange | None,
    nation: Where,
    agreed: bool | None = None,
    agreed_length: int | None = None,
    days_not_counted: int = 0,
    began_in_time: bool | None = None,
) -> Mandate:
    """Answer until when a ballot supports action; its last day of voting is day one.

    Args:
        rulebook: holds the lengths.
        closed: the date of the ballot, the last day on which votes may be cast.
        opened: the first day on which a voting paper was sent, which chooses the law.
        nation: whose law governs the action.
        agreed: whether the employer agreed to a longer mandate; None where that is not known.
        agreed_length: the weeks or months agreed, as the law counts; where that is not given, the
            longest that can be agreed.
        days_not_counted: days on which a court forbade the action and which, by its order, do not
            count; without an order every day counts. Whether it could order so is not asked.
        began_in_time: whether some of the action began by the last day; None where that is not
            known.

    Raises:
        BadFacts: when the days not counted are negative.
        UnknownName: when there is no such nation.
    """
    where = nation if isinstance(nation, Jurisdiction) else Jurisdiction.parse(nation)
    ballot = Ballot(nation=where, opened=opened, closed=closed)
    names = [*(name for pair in _MANDATES.values() for name in pair), _IS_TO_BEGIN, _GOES_ON]
    cases: list[tuple[Alternative, Mapping[str, Answer[Any]]]] = []
    last: list[tuple[Alternative, Answer[date]]] = []
    for each in nations(where):
        for day, called in openings(rulebook, ballot):
            for (date_of_ballot,) in bounds(closed):
                facts = {
                    "ballot.nation": each,
                    OPENED: day,
                    "ballot.closed": date_of_ballot,
                    "action.began_in_time": began_in_time,
                }
                found = ask(rulebook, facts, *names, on=day)
                case = (str(each), called, f"closed on {long_date(date_of_ballot)}")
                cases.append((case, found))
                by_months = found[_MANDATES[TimeUnit.MONTHS][0]].known
                unit = TimeUnit.MONTHS if by_months else TimeUnit.WEEKS
                plain, longer = (found[name] for name in _MANDATES[unit])
                longer = _agreed(Working.by(rulebook, day), longer, unit, agreed_length)
                lengths = {"without agreement": plain, "by agreement": longer}
                if agreed is False or not longer.known:
                    del lengths["by agreement"]
                elif agreed:
                    del lengths["without agreement"]
                work = Working.by(rulebook, date_of_ballot)
                begins = Direction.BEGINNING_WITH
                counts = Reckoning.of(rulebook, plain.fact, begins, date_of_ballot)
                for name, length in lengths.items():
                    ends = _end_of_mandate(work, counts, length, unit, days_not_counted)
                    last.append(((*case, name), ends))
    every = agree_by_name(cases)
    told = [every[_MANDATES[TimeUnit.MONTHS][0]], agree(last), every[_IS_TO_BEGIN], every[_GOES_ON]]
    return Mandate(*(warned(each, *taken(ballot)) for each in told))


def _agreed(work: Working, longest: Answer[int], unit: TimeUnit, agreed: int | None) -> Answer[int]:
    """Answer how long a mandate may be by agreement; not known where none can be agreed."""
    if agreed is None or not longest.known:
        return longest

    def calculate(most: int) -> tuple[int, str]:
        length, limit = Duration(min(agreed, most), unit), Duration(most, unit)
        return length.count, f"{length} by agreement, of {limit} at most"

    return work.out(_AGREED, [longest], calculate)


_BY_ORDER = (
    "by a court's order {} do not count (section 234, or article 117, read from memory); the order "
    "itself says which, and for how long at most"
)


def _end_of_mandate(
    work: Working, counts: Reckoning, length: Answer[int], unit: TimeUnit, not_counted: int
) -> Answer[date]:
    """Answer until when a mandate lasts; the day of ``work`` is the date of the ballot."""
    closed, days = work.on, Duration(not_counted, TimeUnit.DAYS)

    def calculate(count: int) -> tuple[date, str]:
        duration = Duration(count, unit)
        last = shifted(counts.lapse.counted_day(duration), not_counted)
        said = f"{duration} beginning with {long_date(closed)}, the date of the ballot"
        if not_counted:
            said += f", and {days} that a court left out"
        said += f", so the last day is {long_date(last)}{counts.lapse.short(duration)}"
        return last, said + counts.lapse.otherwise(duration)

    cited = counts.lapse.cites(Duration(length.value, unit)) if length.known else ()
    by_order = [_BY_ORDER.format(days)] if not_counted else []
    return work.out(_MANDATE_ENDS, [length], calculate, citations=cited, warnings=by_order)


# -- notices ---------------------------------------------------------------------------------------

_NOTICES: Mapping[str, tuple[str, str]] = {
    "ballot notice": ("core.ballot_notice_days", ""),
    "sample voting paper": ("core.sample_paper_days", ""),
    "industrial action notice": (
        "core.action_notice_days",
        "core.action_notice_days_by_agreement",
    ),
}
"""Each notice, with its days, and its days where the employer agrees to fewer."""


@checked
def notice_dates(
    rulebook: Rulebook,
    notice: str,
    *,
    nation: Where,
    received: date | DayRange | None = None,
    event: date | DayRange | None = None,
    agreed: bool = False,
) -> NoticeDates:
    """Answer what a notice allows and by when it is due; so many days before means event less days.

    Args:
        rulebook: holds the days.
        notice: ``ballot notice``, ``sample voting paper`` or ``industrial action notice``.
        nation: whose law governs the action.
        received: the day on which the employer received the notice.
        event: the opening day of the ballot, or the day of action.
        agreed: whether to count on the employer's agreement to shorter notice of action.

    Raises:
        UnknownName: when there is no such notice or nation.
    """
    if notice not in _NOTICES:
        raise UnknownName("notice", notice, nearest(notice, _NOTICES))

    def days(each: Nation, received: date, event: date) -> Answer[int]:
        return _notice_days(rulebook, notice, each, received, event, agreed)

    def earliest(each: Nation, day: date | None) -> Answer[date]:
        if day is None:
            return _not_given(rulebook, _EARLIEST, "received")
        event = day
        while (found := days(each, day, event)).known and _before(event, found.value) < day:
            event = shifted(event, 1)

        def allows(n: int) -> tuple[date, str]:
            return event, _counted(n, day, event)

        return Working.by(rulebook, day).out(_EARLIEST, [found], allows)

    def latest(each: Nation, day: date | None) -> Answer[date]:
        if day is None:
            return _not_given(rulebook, _LATEST, "event")
        receipt = day
        while (found := days(each, receipt, day)).known and _before(day, found.value) < receipt:
            receipt = shifted(receipt, -1)

        def due(n: int) -> tuple[date, str]:
            return receipt, _counted(n, receipt, day)

        return Working.by(rulebook, day).out(_LATEST, [found], due)

    return NoticeDates(in_each(nation, received, earliest), in_each(nation, event, latest))


def _notice_days(
    rulebook: Rulebook, notice: str, nation: Nation, received: date, event: date, agreed: bool
) -> Answer[int]:
    plain, by_agreement = _NOTICES[notice]
    facts = {"ballot.nation": nation, OPENED: event, _RECEIVED: received}
    found = ask(rulebook, facts, plain, *([by_agreement] if by_agreement else []), on=received)
    fewer = found.get(by_agreement)
    return fewer if agreed and fewer is not None and fewer.known else found[plain]


def _before(day: date, count: int) -> date:
    return Duration(count, TimeUnit.DAYS).before(day)


def _counted(days: int, received: date, event: date) -> str:
    length = Duration(days, TimeUnit.DAYS)
    return f"received on {long_date(received)}, at least {length} before {long_date(event)}"


def _not_given(rulebook: Rulebook, fact: Fact, what: str) -> Answer[date]:
    work = Working.by(rulebook, date.max)
    return work.not_known(fact, f"{what} is not given", missing=(what,))


@checked
def lawful_action_days(
    rulebook: Rulebook,
    received: date | DayRange,
    *,
    closed: date | DayRange,
    opened: date | DayRange | None,
    nation: Where,
    agreed_extension: bool | None = None,
    agreed_notice: bool = False,
    days_not_counted: int = 0,
    began_in_time: bool | None = None,
) -> ActionDays:
    """Answer on which days one notice and one mandate together allow action.

    They are all the days from the first to the last. Where action only has to begin by the last
    day, a later notice of the same action allows later days. That the ballot passed its tests is
    asked of ``ballot_result``.

    Args:
        rulebook: holds the law.
        received: the day on which the employer received the notice of action.
        closed: the date of the ballot.
        opened: the day on which the ballot opened.
        nation: whose law governs the action.
        agreed_extension: whether the employer agreed to a longer mandate.
        agreed_notice: whether to count on the employer's agreement to shorter notice.
        days_not_counted: days that a court left out of the mandate.
        began_in_time: whether some of the action began by the last day; None where that is not
            known.

    Raises:
        BadFacts: when the days not counted are negative.
        UnknownName: when there is no such nation.
    """

    def follows(each: Nation, day: date) -> Answer[bool]:
        name = "notice.follows_ballot"
        facts = {_RECEIVED: day, "ballot.closed": closed, "ballot.nation": each}
        return ask(rulebook, facts, name, on=day)[name]

    until = mandate(
        rulebook,
        closed,
        opened=opened,
        nation=nation,
        agreed=agreed_extension,
        days_not_counted=days_not_counted,
        began_in_time=began_in_time,
    )
    kind = "industrial action notice"
    dates = notice_dates(rulebook, kind, nation=nation, received=received, agreed=agreed_notice)
    first, last = dates.earliest_event_day, until.last_day
    after = in_each(nation, received, follows)

    def calculate(after: bool, first: date, last: date | bool, *_: bool) -> tuple[bool, str]:
        if not after:
            return False, "the notice came before the voting had ended"
        if isinstance(last, bool):
            return True, f"from {long_date(first)} on, because action began in time"
        if first > last:
            return False, f"the first day, {long_date(first)}, lies beyond {long_date(last)}"
        return True, f"{long_date(first)} to {long_date(last)}"

    goes_on = until.goes_on
    using: list[Answer[Any]] = [after, first, last]
    if goes_on.known and goes_on.value:
        using[2] = goes_on
    elif first.known and last.known and first.value > last.value:
        using.append(goes_on)
    work = Working.by(rulebook, first.on)
    any_day = work.out(_ANY_DAY, using, calculate)
    if not any_day.known and goes_on in using and began_in_time is None:
        beyond = f"the first day, {long_date(first.value)}, lies beyond {long_date(last.value)}"
        said = f"{beyond}, and whether action began by then is not said"
        any_day = work.not_known(_ANY_DAY, said, using=using, missing=goes_on.missing)
    return ActionDays(any_day=any_day, first=first, last=last, goes_on=goes_on)


@checked
def action_supported(
    rulebook: Rulebook,
    day: date,
    *,
    closed: date | DayRange,
    opened: date | DayRange | None,
    nation: Where,
    first_day: date | None = None,
    agreed: bool | None = None,
    agreed_length: int | None = None,
) -> Answer[bool]:
    """Answer whether a ballot supports action on a day; notice of it is another question.

    Args:
        rulebook: holds the law.
        day: the day of action.
        closed: the date of the ballot.
        opened: the day on which the ballot opened.
        nation: whose law governs the action.
        first_day: the first day of any action that the ballot is about; None where not known.
        agreed: whether the employer agreed to a longer mandate.
        agreed_length: the weeks or months agreed, likewise as ``mandate`` takes them.

    Raises:
        UnknownName: when there is no such nation.
    """
    until = mandate(
        rulebook,
        closed,
        opened=opened,
        nation=nation,
        agreed=agreed,
        agreed_length=agreed_length,
    )
    work, last = Working.by(rulebook, day), until.last_day
    if day < DayRange.of(closed).earliest:
        return work.known(_SUPPORTED, False, "the voting has not ended")
    if not last.known or day <= last.value:

        def within(last: date) -> tuple[bool, str]:
            return (
                True,
                f"{long_date(day)} lies within the mandate, which lasts to {long_date(last)}",
            )

        return work.out(_SUPPORTED, [last], within)
    if until.is_to_begin.known and until.is_to_begin.value and first_day is None:
        said = f"whether action began by {long_date(last.value)} is not said"
        using = [last, until.is_to_begin]
        return work.not_known(_SUPPORTED, said, using=using, missing=("first_day",))

    def after(last: date, is_to_begin: bool) -> tuple[bool, str]:
        if not is_to_begin or first_day is None:
            return False, f"all action had to end by {long_date(last)}"
        begun = first_day <= last
        said = f"{'' if begun else 'not '}by {long_date(last)}"
        return begun, f"the action began on {long_date(first_day)}, {said}"

    return work.out(_SUPPORTED, [last, until.is_to_begin], after)


@checked
def judge(
    rulebook: Rulebook,
    ballot: Ballot,
    *,
    notice_received: date | DayRange | None = None,
    agreed_extension: bool | None = None,
    agreed_notice: bool = False,
    began_in_time: bool | None = None,
) -> Judged:
    """Answer whether a ballot is lawful by its numbers, for how long, and on which days.

    Args:
        rulebook: holds the law.
        ballot: the result.
        notice_received: the day on which the employer received the notice of action.
        agreed_extension: whether the employer agreed to a longer mandate.
        agreed_notice: whether to count on the employer's agreement to shorter notice.
        began_in_time: whether some of the action began while the mandate lasted.
    """
    result, until, days = ballot_result(rulebook, ballot), None, None
    if ballot.closed is not None:
        until = mandate(
            rulebook,
            ballot.closed,
            opened=ballot.opened,
            nation=ballot.nation,
            agreed=agreed_extension,
            began_in_time=began_in_time,
        )
        if notice_received is not None:
            days = lawful_action_days(
                rulebook,
                notice_received,
                closed=ballot.closed,
                opened=ballot.opened,
                nation=ballot.nation,
                agreed_extension=agreed_extension,
                agreed_notice=agreed_notice,
                began_in_time=began_in_time,
            )
    return Judged(result, until, days)


@checked
def readiness(
    rulebook: Rulebook,
    action_day: date,
    *,
    nation: Where,
    voting_days: int,
    counting_days: int = 0,
    as_of: date | None = None,
    agreed_notice: bool = False,
) -> tuple[ActionStep, ...]:
    """Answer by when each step must be done for action to begin on a planned day.

    The law sets no least time for voting or counting. The result goes to members and employers as
    soon as reasonably practicable, and the notice on the same day.

    Args:
        rulebook: holds the law.
        action_day: the planned first day of action.
        nation: whose law governs the action.
        voting_days: for how many days the ballot is to be open, the first and last included.
        counting_days: how many days after the last of them the result is there; 0: that evening.
        as_of: the day on which to say which steps can still be taken in time.
        agreed_notice: whether to count on the employer's agreement to shorter notice of action.

    Raises:
        UnknownName: when there is no such nation.
        BadFacts: when voting is to take no day.
    """
    if voting_days < 1:
        raise BadFacts((Problem("voting_days", "one day or more"),))
    kind = "industrial action notice"
    due = notice_dates(rulebook, kind, nation=nation, event=action_day, agreed=agreed_notice)
    told = due.latest_receipt

    work = Working.by(rulebook, action_day)

    def closing(day: date) -> tuple[date, str]:
        counting = Duration(counting_days, TimeUnit.DAYS)
        return _before(day, counting_days), f"{counting} for the count, to {long_date(day)}"

    def opening(day: date) -> tuple[date, str]:
        first = _before(day, voting_days - 1)
        open_for = Duration(voting_days, TimeUnit.DAYS)
        return first, f"{open_for} of voting, {long_date(first)} to {long_date(day)}"

    closes = work.out(_CLOSES, [told], closing) if counting_days else told
    opens = work.out(_OPENS, [closes], opening)
    latest = {
        "ballot notice received": _due_before(rulebook, "ballot notice", opens, nation),
        "sample voting paper received": _due_before(rulebook, "sample voting paper", opens, nation),
        "ballot opens": opens,
        "ballot closes": closes,
        "votes counted": told,
        "members told the result": _told_the_result(rulebook, "members", told, nation),
        "employers told the result": _told_the_result(rulebook, "employers", told, nation),
        "notice of action received": told,
    }
    return tuple(ActionStep(name, day, _still_possible(day, as_of)) for name, day in latest.items())


def _due_before(
    rulebook: Rulebook, notice: str, event: Answer[date], nation: Where
) -> Answer[date]:
    if not event.known:
        return event
    return notice_dates(rulebook, notice, nation=nation, event=event.value).latest_receipt


def _told_the_result(
    rulebook: Rulebook, whom: str, notice: Answer[date], nation: Where
) -> Answer[date]:
    """Answer by when members or employers are told, with the law where one is known."""
    if not notice.known:
        return notice
    name = f"ballot.{whom}_told_at_once"

    def at_once(each: Nation, day: date) -> Answer[bool]:
        return ask(rulebook, {"ballot.nation": each}, name, on=day)[name]

    law = in_each(nation, notice.value, at_once)
    work, by = Working.by(rulebook, notice.on), long_date(notice.value)
    if not law.known:
        return warned(notice, f"no law on telling {whom} the result was found for this nation")
    said = f"as soon as reasonably practicable after the vote, and with the notice on {by}"
    return work.known(_TOLD, notice.value, said, using=[law, notice])


def _still_possible(latest: Answer[date], as_of: date | None) -> Answer[bool]:
    work = Working(latest.rulebook, as_of or latest.on)
    if as_of is None:
        said = "no day is given on which to ask that"
        return work.not_known(_POSSIBLE, said, missing=("as_of",))

    def calculate(day: date) -> tuple[bool, str]:
        return as_of <= day, f"{long_date(as_of)}, and due by {long_date(day)}"

    return work.out(_POSSIBLE, [latest], calculate)


# -- which law, pickets ----------------------------------------------------------------------------


@checked
def regimes(
    rulebook: Rulebook,
    ballot: Ballot,
    *,
    notice_received: date | DayRange | None = None,
    action_day: date | DayRange | None = None,
) -> Regimes:
    """Answer which law each day of a dispute chooses, and whether the notice came in time.

    Args:
        rulebook: holds the law.
        ballot: its nation, opening day and service; no result is needed.
        notice_received: the day on which the employer received the notice of action.
        action_day: the first day of action.
    """
    rule = ballot_rule(rulebook, ballot)

    def months(each: Nation, day: date) -> Answer[int]:
        name = _MANDATES[TimeUnit.MONTHS][0]
        return ask(rulebook, {"ballot.nation": each, OPENED: day}, name, on=day)[name]

    def notice(each: Nation, day: date | None) -> Answer[int]:
        if day is None:
            said = "it is not said when the notice was received"
            work = Working.by(rulebook, date.max)
            return work.not_known(_NOTICE_DAYS, said, missing=(_RECEIVED,))
        return _notice_days(rulebook, "industrial action notice", each, day, day, False)

    days = in_each(ballot.nation, notice_received, notice)
    return Regimes(
        turnout_applies=rule.turnout_applies,
        support_applies=rule.support_applies,
        mandate_months=warned(
            agree(
                [
                    ((str(each), called), months(each, day))
                    for each in nations(ballot.nation)
                    for day, called in openings(rulebook, ballot)
                ]
            ),
            *taken(ballot),
        ),
        action_notice_days=days,
        notice_in_time=_in_time(rulebook, ballot.nation, notice_received, action_day),
    )


def _in_time(
    rulebook: Rulebook,
    nation: Where,
    received: date | DayRange | None,
    action: date | DayRange | None,
) -> Answer[bool]:
    kind = "industrial action notice"
    first = notice_dates(rulebook, kind, nation=nation, received=received).earliest_event_day
    work = Working.by(rulebook, first.on)
    if action is None:
        said = "the day of action is not given"
        return work.not_known(_NOTICE_IN_TIME, said, using=[first], missing=("action.day",))

    def on(day: date) -> Answer[bool]:
        said = f"for action on {long_date(day)}"
        return work.out(_NOTICE_IN_TIME, [first], lambda f: (f <= day, said))

    return agree([((long_date(day),), on(day)) for (day,) in bounds(action)])


@checked
def picket_supervisor(
    rulebook: Rulebook, days: Sequence[date], *, nation: Where
) -> Mapping[date, Answer[bool]]:
    """Answer, day by day, whether pickets need a supervisor appointed by the union.

    Raises:
        UnknownName: when there is no such nation.
    """
    name = "action.picket_supervisor_required"

    def required(each: Nation, day: date) -> Answer[bool]:
        facts = {"ballot.nation": each, "action.picket_day": day}
        return ask(rulebook, facts, name, on=day)[name]

    return {day: in_each(nation, day, required) for day in days}
