"""What a ballot needed, what its result allows, and from which day until which.

What is decided (which tests apply, whether each is met, which law a day chooses) the rulebook
decides, in whole numbers. What is counted is counted here: margins, least numbers, percentages, and
the days of notices and mandates. Every rule is chosen by a day of its own, so that one dispute may
come under several laws. Where a day is known only within bounds, an answer is known where it is the
same on every day that it can be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import attrs
from attrs import frozen

from unioncore.answers.ask import ask
from unioncore.answers.working import (
    Case,
    agree,
    bounds,
    in_each,
    in_words,
    nations,
    not_known,
    work_out,
)
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import Citation, DayRange, Duration, Jurisdiction, Nation, Unit
from unioncore.model import Ballot
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, FactType

__all__ = [
    "ActionDays",
    "BallotResult",
    "BallotRule",
    "BallotTest",
    "Mandate",
    "NoticeDates",
    "RecognitionBallot",
    "Regimes",
    "Step",
    "ballot_result",
    "ballot_rule",
    "lawful_action_days",
    "mandate",
    "notice_dates",
    "picket_supervisor",
    "readiness",
    "recognition_ballot",
    "regimes",
]

Where = Nation | Jurisdiction | str
"""A nation or a jurisdiction, such as ``Scotland`` or ``GB``."""

MET, NOT_MET, NOT_REQUIRED = "met", "not-met", "not-required"
_ONE_DAY = timedelta(days=1)


# -- what is asked ---------------------------------------------------------------------------------


@frozen
class BallotTest:
    """One test of the numbers."""

    name: str
    """The requirement, such as ``core.ballot_turnout``."""
    label: str
    outcome: Answer[str]
    """``met``, ``not-met`` or ``not-required``."""
    needed: Answer[int]
    """The fewest papers, or Yes votes, that would do."""
    margin: Answer[int]
    """How many more there were than needed; below zero, how many were short."""


@frozen
class BallotResult:
    """What the numbers of one ballot come to."""

    majority_yes: Answer[bool]
    turnout: Answer[str]
    """Whether enough voted: ``met``, ``not-met`` or ``not-required``."""
    support: Answer[str]
    """Whether enough of those entitled answered Yes, likewise."""
    lawful_by_numbers: Answer[str]
    """``yes``, ``no`` or ``not-a-statutory-ballot``."""
    tests: tuple[BallotTest, ...]
    turnout_pct: Fraction | None
    """Papers returned, of those entitled; exact, like the other percentages; None is not known."""
    yes_pct_of_valid: Fraction | None
    yes_pct_of_papers: Fraction | None
    yes_pct_of_entitled: Fraction | None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Everything that the verdict rests on."""
        reasons = (reason for test in self.tests for reason in test.outcome.because)
        return tuple(dict.fromkeys(cited for reason in reasons for cited in reason.citations))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody who relies on the verdict should know."""
        every = (
            *self.lawful_by_numbers.warnings,
            *(w for t in self.tests for w in t.outcome.warnings),
        )
        return tuple(dict.fromkeys(every))


@frozen
class BallotRule:
    """The fewest papers and Yes votes that would do; not known where no such test applies."""

    turnout_applies: Answer[bool]
    support_applies: Answer[bool]
    min_papers_for_turnout: Answer[int]
    min_yes_for_support: Answer[int]
    min_yes_if_exactly_min_papers: Answer[int]
    """Where only just enough vote, none spoils a paper, and Yes has the majority (and the support,
    where that test is known to apply)."""
    min_yes_if_all_vote: Answer[int]


@frozen
class Mandate:
    """For how long a ballot supports action."""

    months: Answer[int]
    """Its length without any agreement; not known where it is counted in weeks."""
    last_day: Answer[date]
    """The last day, included. Under a mandate of weeks the action must begin by then."""


@frozen
class ActionDays:
    """The days on which action is lawful under one notice: from the first to the last of them."""

    any_day: Answer[bool]
    """Whether there is such a day at all."""
    first: Answer[date]
    """The first day that the notice allows."""
    last: Answer[date]
    """The last day that the mandate allows."""


@frozen
class NoticeDates:
    """What a notice allows, and by when it is due."""

    earliest_event_day: Answer[date]
    """The first day of the event, for a notice received on a given day."""
    latest_receipt: Answer[date]
    """The last day on which the notice may be received, for a given day of the event."""


@frozen
class Regimes:
    """Which law each day of one dispute chooses."""

    turnout_applies: Answer[bool]
    support_applies: Answer[bool]
    mandate_months: Answer[int]
    action_notice_days: Answer[int]
    notice_in_time: Answer[bool]


@frozen
class Step:
    """One step before action, and the latest day for it."""

    name: str
    latest: Answer[date]
    possible: Answer[bool]
    """Whether it can still be done in time; not known where no day is given to ask that of."""


@frozen
class RecognitionBallot:
    """The result of a ballot on statutory recognition."""

    majority_of_votes: Answer[bool]
    support: Answer[str]
    """Whether enough of the unit voted Yes: ``met``, ``not-met`` or ``not-required``."""
    recognised: Answer[bool]
    support_pct_of_unit: Fraction
    """The Yes votes, of the bargaining unit; exact."""


# -- one ballot, in every case that it may be in ---------------------------------------------------

_OPENED, _RECEIVED = "ballot.opened", "notice.received"
_TURNOUT, _SUPPORT = "core.ballot_turnout", "core.ballot_support"
_MAJORITY, _MAJORITY_NI = "core.ballot_majority", "core.ballot_majority_northern_ireland"
_TURNOUT_APPLIES = "ballot.turnout_test_applies"
_SUPPORT_APPLIES = "ballot.support_test_applies"
_TURNOUT_PERCENT = "core.ballot_turnout_percent"
_SUPPORT_PERCENT = "core.ballot_support_percent"
_VERDICT = "ballot.lawful_by_numbers"
_DECIDED = (
    _MAJORITY,
    _MAJORITY_NI,
    _TURNOUT,
    _SUPPORT,
    "ballot.majority_yes",
    _VERDICT,
    _TURNOUT_APPLIES,
    _SUPPORT_APPLIES,
    _TURNOUT_PERCENT,
    _SUPPORT_PERCENT,
)
_NO_COUNTS = "no count is published; spoiled papers would lower the support that is worked out"
T = TypeVar("T")


def _turning_days(rulebook: Rulebook, dated_by: str, day: date | DayRange) -> list[date]:
    """Return a day under each law that a day known within bounds may come under."""
    within = DayRange.of(day)
    definitions = rulebook.definitions
    periods = [
        version.period
        for rule in definitions.rules
        if rule.dated_by == dated_by
        for version in rule.versions
    ]
    periods += [
        version.period
        for parameter in definitions.parameters
        if parameter.dated_by == dated_by
        for version in parameter.versions
    ]
    turns = {turn for period in periods for turn in (period.start, period.end) if turn is not None}
    inside = {turn for turn in turns if within.earliest < turn <= within.latest}
    return sorted({within.earliest, within.latest} | inside)


@frozen
class _Case:
    """A ballot in one nation on one opening day, with counts that are known or may be."""

    name: Case
    on: date
    facts: Mapping[str, Any]
    found: Mapping[str, Answer[Any]]


def _cases(rulebook: Rulebook, ballot: Ballot) -> list[_Case]:
    ballot = ballot.complete()
    found = []
    for nation in nations(ballot.nation):
        for opened in _turning_days(rulebook, _OPENED, ballot.opening):
            for name, counts in _counts(ballot):
                facts = {
                    "ballot.nation": nation,
                    _OPENED: opened,
                    "ballot.statutory": ballot.statutory,
                    "ballot.important_public_service": ballot.important_public_service,
                    "ballot.service": ballot.service,
                    "ballot.devolved_welsh_authority": _devolved(ballot),
                    **counts,
                }
                answers = ask(rulebook, facts, *_DECIDED, on=opened)
                case = (str(nation), f"opened on {in_words(opened)}", name)
                found.append(_Case(case, opened, facts, answers))
    return found


def _devolved(ballot: Ballot) -> bool | None:
    """Return whether the employer is a devolved Welsh authority; one beyond Wales is none."""
    given, in_wales_only = ballot.devolved_welsh_authority, ballot.nation.nations == {Nation.WALES}
    return given if given is not None or in_wales_only else False


def _counts(ballot: Ballot) -> Iterator[tuple[str, Mapping[str, int | None]]]:
    """Give the counts; where only percentages are published, counts at either end of rounding."""
    if ballot.counted or (ballot.turnout_pct_reported, ballot.yes_pct_reported) == (None, None):
        names = ("entitled", "papers_returned", "yes", "no", "spoiled")
        yield "as counted", {f"ballot.{name}": getattr(ballot, name) for name in names}
        return
    turnout, yes = (
        (None, None) if percent is None else _rounded_from(Fraction(percent), -_exponent(percent))
        for percent in (ballot.turnout_pct_reported, ballot.yes_pct_reported)
    )
    for end, name in enumerate(("at the least", "at the most")):
        yield name, _scaled(turnout[end], yes[end])


def _exponent(percent: Decimal) -> int:
    return int(percent.as_tuple().exponent)


def _rounded_from(percent: Fraction, places: int) -> tuple[Fraction, Fraction]:
    """Return between which shares a percentage lay before it was rounded half up."""
    half = Fraction(1, 2 * 10**places)
    return max(percent - half, Fraction(0)) / 100, min(percent + half, Fraction(100)) / 100


def _scaled(turnout: Fraction | None, yes: Fraction | None) -> dict[str, int | None]:
    """Return whole numbers in just these proportions; spoiled papers are left out of account."""
    papers = 1 if yes is None else yes.denominator
    papers *= 1 if turnout is None else turnout.numerator or 1
    counts: dict[str, int | None] = dict.fromkeys(
        ("ballot.entitled", "ballot.papers_returned", "ballot.yes", "ballot.no")
    )
    if turnout is not None:
        counts["ballot.entitled"] = papers * turnout.denominator // (turnout.numerator or 1)
        counts["ballot.papers_returned"] = papers = papers if turnout else 0
    if yes is not None:
        counts["ballot.yes"] = int(papers * yes)
        counts["ballot.no"] = papers - int(papers * yes)
    return counts


def _in_all(cases: Sequence[_Case], answer: Callable[[_Case], Answer[T]]) -> Answer[T]:
    return agree([(case.name, answer(case)) for case in cases])


# -- the result ------------------------------------------------------------------------------------


def ballot_result(rulebook: Rulebook, ballot: Ballot) -> BallotResult:
    """Answer which tests a ballot had to pass, and whether it passed them, in whole numbers.

    Where only percentages are published, an answer is known where rounding could not turn it; they
    are taken as shares of all papers, since spoiled ones are not known.

    Raises:
        BadFacts: when the service is not one of the vocabulary ``balloted_service``.
    """
    cases = _cases(rulebook, ballot)
    elsewhere = _in_all(cases, lambda case: case.found[_MAJORITY])
    in_ni = elsewhere.known and elsewhere.value == NOT_REQUIRED
    majority = _MAJORITY_NI if in_ni else _MAJORITY
    full = ballot.complete()
    yes, no, papers, entitled = full.yes, full.no, full.papers_returned, full.entitled
    valid = None if yes is None or no is None else yes + no
    turnout, share = _percent(papers, entitled), _percent(yes, valid)
    of_entitled = _percent(yes, entitled)
    lawful = _in_all(cases, lambda case: case.found[_VERDICT])
    if not ballot.counted:
        lawful = attrs.evolve(lawful, warnings=(*lawful.warnings, _NO_COUNTS))
        turnout = _exact(ballot.turnout_pct_reported)
        share = _exact(ballot.yes_pct_reported)
        of_entitled = None if turnout is None or share is None else turnout * share / 100
    return BallotResult(
        majority_yes=_in_all(cases, lambda case: case.found["ballot.majority_yes"]),
        turnout=_in_all(cases, lambda case: case.found[_TURNOUT]),
        support=_in_all(cases, lambda case: case.found[_SUPPORT]),
        lawful_by_numbers=lawful,
        tests=tuple(
            _test(rulebook, cases, ballot, name) for name in (majority, _TURNOUT, _SUPPORT)
        ),
        turnout_pct=turnout,
        yes_pct_of_valid=share,
        yes_pct_of_papers=_percent(yes, papers),
        yes_pct_of_entitled=of_entitled,
    )


def _percent(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(100 * part, whole)


def _exact(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent)


def _test(rulebook: Rulebook, cases: Sequence[_Case], ballot: Ballot, name: str) -> BallotTest:
    needed = {_TURNOUT: _least_papers, _SUPPORT: _least_yes}.get(name, _most_of_votes)
    counted = "ballot.papers_returned" if name == _TURNOUT else "ballot.yes"
    had, key = ballot.complete(), counted.removeprefix("ballot.")
    number: int | None = getattr(had, key)

    def least(case: _Case) -> Answer[int]:
        outcome = case.found[name]
        if outcome.known and outcome.value == NOT_REQUIRED:
            said = "the test is not required"
            return not_known("needed", FactType.WHOLE, case.on, said, using=[outcome])
        if not ballot.counted:
            said = "only percentages are published"
            return not_known("needed", FactType.WHOLE, case.on, said, using=[outcome])
        return needed(case)

    def margin(case: _Case) -> Answer[int]:
        found = least(case)
        if number is None:
            said, missing = f"{key} is not given", (counted,)
            return not_known(
                "margin", FactType.WHOLE, case.on, said, using=[found], missing=missing
            )

        def calculate(least: int) -> tuple[int, str]:
            return number - least, f"{number} where {least} were needed: {_spare(number - least)}"

        return work_out("margin", FactType.WHOLE, case.on, [found], calculate)

    return BallotTest(
        name=name,
        label=rulebook.rules.fact(name).label,
        outcome=_in_all(cases, lambda case: case.found[name]),
        needed=_in_all(cases, least),
        margin=_in_all(cases, margin),
    )


def _spare(margin: int) -> str:
    return f"{-margin} short" if margin < 0 else f"{margin} to spare"


# -- least numbers ---------------------------------------------------------------------------------


def _at_least(percent: int, of: int) -> int:
    """Return the fewest that are at least a percentage of a number."""
    return -(-percent * of // 100)


def _least(case: _Case, key: str, applies: str, percent: str, said: str) -> Answer[int]:
    """Return the fewest that a test of a share of those entitled needs, where it applies."""
    using = [case.found[applies], case.found[percent]]
    entitled = case.facts["ballot.entitled"]
    if using[0].known and not using[0].value:
        why = "no such share is asked for"
        return not_known(key, FactType.WHOLE, case.on, why, using=using[:1])
    if entitled is None:
        why, missing = "the number entitled is not given", ("ballot.entitled",)
        return not_known(key, FactType.WHOLE, case.on, why, using=using, missing=missing)

    def calculate(_: bool, percent: int) -> tuple[int, str]:
        least = _at_least(percent, entitled)
        return least, f"{percent} per cent of {entitled} are at least {least} {said}"

    return work_out(key, FactType.WHOLE, case.on, using, calculate)


def _least_papers(case: _Case) -> Answer[int]:
    return _least(case, "min_papers", _TURNOUT_APPLIES, _TURNOUT_PERCENT, "papers")


def _least_yes(case: _Case) -> Answer[int]:
    return _least(case, "min_yes", _SUPPORT_APPLIES, _SUPPORT_PERCENT, "Yes votes")


def _most_of_votes(case: _Case) -> Answer[int]:
    no = case.facts["ballot.no"]
    if no is None:
        said, missing = "the No votes are not given", ("ballot.no",)
        return not_known("min_yes", FactType.WHOLE, case.on, said, missing=missing)
    using = [case.found["ballot.majority_yes"]]
    return work_out(
        "min_yes", FactType.WHOLE, case.on, using, lambda _: (no + 1, f"more than {no} No votes")
    )


def ballot_rule(rulebook: Rulebook, ballot: Ballot) -> BallotRule:
    """Answer how many papers and Yes votes would have been enough, whatever was voted.

    Raises:
        BadFacts: when the service is not one of the vocabulary ``balloted_service``.
    """
    cases = _cases(rulebook, ballot)

    def least_yes(case: _Case, papers: Answer[int]) -> Answer[int]:
        support = _least_yes(case)
        using = [papers, support] if support.known else [papers]

        def calculate(papers: int, for_support: int = 0) -> tuple[int, str]:
            least = max(papers // 2 + 1, for_support)
            return least, f"{least} of {papers} are a majority and all the support needed"

        return work_out("min_yes", FactType.WHOLE, case.on, using, calculate)

    def all_vote(case: _Case) -> Answer[int]:
        entitled = case.facts["ballot.entitled"]
        if entitled is None:
            said, missing = "the number entitled is not given", ("ballot.entitled",)
            return not_known("papers", FactType.WHOLE, case.on, said, missing=missing)
        said = f"all {entitled} vote"
        return work_out("papers", FactType.WHOLE, case.on, [], lambda: (entitled, said))

    return BallotRule(
        turnout_applies=_in_all(cases, lambda case: case.found[_TURNOUT_APPLIES]),
        support_applies=_in_all(cases, lambda case: case.found[_SUPPORT_APPLIES]),
        min_papers_for_turnout=_in_all(cases, _least_papers),
        min_yes_for_support=_in_all(cases, _least_yes),
        min_yes_if_exactly_min_papers=_in_all(
            cases, lambda case: least_yes(case, _least_papers(case))
        ),
        min_yes_if_all_vote=_in_all(cases, lambda case: least_yes(case, all_vote(case))),
    )


# -- mandates --------------------------------------------------------------------------------------

_MANDATES = {
    Unit.MONTHS: ("core.mandate_months", "core.mandate_months_by_agreement"),
    Unit.WEEKS: ("core.mandate_weeks", "core.mandate_weeks_by_agreement"),
}


def mandate(
    rulebook: Rulebook,
    closed: date | DayRange,
    *,
    opened: date | DayRange | None,
    nation: Where,
    agreed: bool | None = None,
    days_not_counted: int = 0,
) -> Mandate:
    """Answer until when a ballot supports action; its last day of voting is day one.

    Args:
        rulebook: holds the lengths.
        closed: the date of the ballot, the last day on which votes may be cast.
        opened: the first day on which a voting paper was sent, which chooses the law.
        nation: whose law governs the action.
        agreed: whether the employer agreed to a longer mandate, which then is the longest that can
            be agreed; None where that is not known.
        days_not_counted: days on which a court forbade the action and which, by its order, do not
            count; without an order every day counts. Whether it could order so is not asked.

    Raises:
        BadFacts: when the days not counted are fewer than none.
        UnknownName: when there is no such nation.
    """
    if days_not_counted < 0:
        raise BadFacts((Problem("days_not_counted", "none or more"),))
    where = nation if isinstance(nation, Jurisdiction) else Jurisdiction.parse(nation)
    ballot = Ballot(nation=where, opened=opened, closed=closed)
    months: list[tuple[Case, Answer[int]]] = []
    last: list[tuple[Case, Answer[date]]] = []
    for each in nations(where):
        for day in _turning_days(rulebook, _OPENED, ballot.opening):
            facts = {"ballot.nation": each, _OPENED: day}
            names = [name for pair in _MANDATES.values() for name in pair]
            found = ask(rulebook, facts, *names, on=day)
            unit = Unit.MONTHS if found[_MANDATES[Unit.MONTHS][0]].known else Unit.WEEKS
            plain, longer = (found[name] for name in _MANDATES[unit])
            case = (str(each), f"opened on {in_words(day)}")
            months.append((case, found[_MANDATES[Unit.MONTHS][0]]))
            lengths = {"without agreement": plain, "by agreement": longer}
            if agreed is False or not longer.known:
                del lengths["by agreement"]
            elif agreed:
                del lengths["without agreement"]
            for (date_of_ballot,) in bounds(closed):
                for name, length in lengths.items():
                    named = (*case, f"closed on {in_words(date_of_ballot)}", name)
                    ends = _end_of_mandate(date_of_ballot, length, unit, days_not_counted)
                    last.append((named, ends))
    return Mandate(months=agree(months), last_day=agree(last))


_BY_ORDER = (
    "by a court's order {} do not count (section 234, or article 117, read from memory); the order "
    "itself says which, and for how long at most"
)


def _end_of_mandate(
    closed: date, length: Answer[int], unit: Unit, not_counted: int
) -> Answer[date]:
    days = "1 day" if not_counted == 1 else f"{not_counted} days"

    def calculate(count: int) -> tuple[date, str]:
        duration = Duration(count, unit)
        last = duration.last_day_beginning_with(closed) + timedelta(not_counted)
        said = f"{duration} beginning with {in_words(closed)}, the date of the ballot"
        if not_counted:
            said += f", and {days} that a court left out"
        return last, f"{said}, so the last day is {in_words(last)}"

    found = work_out("mandate_last_day", FactType.DAY, closed, [length], calculate)
    if not_counted:
        found = attrs.evolve(found, warnings=(*found.warnings, _BY_ORDER.format(days)))
    return found


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
        key = "earliest_event_day"
        if day is None:
            return _not_given(key, "received")
        event = day
        while (found := days(each, day, event)).known and _before(event, found.value) < day:
            event += _ONE_DAY
        return work_out(key, FactType.DAY, day, [found], lambda n: (event, _counted(n, day, event)))

    def latest(each: Nation, day: date | None) -> Answer[date]:
        key = "latest_receipt"
        if day is None:
            return _not_given(key, "event")
        receipt = day
        while (found := days(each, receipt, day)).known and _before(day, found.value) < receipt:
            receipt -= _ONE_DAY

        def due(n: int) -> tuple[date, str]:
            return receipt, _counted(n, receipt, day)

        return work_out(key, FactType.DAY, day, [found], due)

    return NoticeDates(in_each(nation, received, earliest), in_each(nation, event, latest))


def _notice_days(
    rulebook: Rulebook, notice: str, nation: Nation, received: date, event: date, agreed: bool
) -> Answer[int]:
    plain, by_agreement = _NOTICES[notice]
    facts = {"ballot.nation": nation, _OPENED: event, _RECEIVED: received}
    found = ask(rulebook, facts, plain, *([by_agreement] if by_agreement else []), on=received)
    fewer = found.get(by_agreement)
    return fewer if agreed and fewer is not None and fewer.known else found[plain]


def _before(day: date, count: int) -> date:
    return Duration(count, Unit.DAYS).before(day)


def _counted(days: int, received: date, event: date) -> str:
    length = Duration(days, Unit.DAYS)
    return f"received on {in_words(received)}, at least {length} before {in_words(event)}"


def _not_given(key: str, what: str) -> Answer[date]:
    return not_known(key, FactType.DAY, date.max, f"{what} is not given", missing=(what,))


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
) -> ActionDays:
    """Answer on which days one notice and one mandate together allow action.

    They are all the days from the first to the last. That the ballot passed its tests is asked of
    ``ballot_result``.

    Args:
        rulebook: holds the law.
        received: the day on which the employer received the notice of action.
        closed: the date of the ballot.
        opened: the day on which the ballot opened.
        nation: whose law governs the action.
        agreed_extension: whether the employer agreed to a longer mandate.
        agreed_notice: whether to count on the employer's agreement to shorter notice.
        days_not_counted: days that a court left out of the mandate.

    Raises:
        BadFacts: when the days not counted are fewer than none.
        UnknownName: when there is no such nation.
    """

    def follows(each: Nation, day: date) -> Answer[bool]:
        name = "notice.follows_ballot"
        facts = {_RECEIVED: day, "ballot.closed": closed, "ballot.nation": each}
        return ask(rulebook, facts, name, on=day)[name]

    last = mandate(
        rulebook,
        closed,
        opened=opened,
        nation=nation,
        agreed=agreed_extension,
        days_not_counted=days_not_counted,
    ).last_day
    kind = "industrial action notice"
    dates = notice_dates(rulebook, kind, nation=nation, received=received, agreed=agreed_notice)
    first, after = dates.earliest_event_day, in_each(nation, received, follows)

    def calculate(after: bool, first: date, last: date) -> tuple[bool, str]:
        if not after:
            return False, "the notice came before the voting had ended"
        if first > last:
            return False, f"the first day, {in_words(first)}, lies beyond {in_words(last)}"
        return True, f"{in_words(first)} to {in_words(last)}"

    any_day = work_out("any_day", FactType.YES_NO, first.on, [after, first, last], calculate)
    return ActionDays(any_day=any_day, first=first, last=last)


def readiness(
    rulebook: Rulebook,
    action_day: date,
    *,
    nation: Where,
    voting_days: int,
    as_of: date | None = None,
    agreed_notice: bool = False,
) -> tuple[Step, ...]:
    """Answer by when each step must be done for action to begin on a planned day.

    The law sets no least time for voting, counting or telling the result: the steps leave no day
    between the end of the vote, the result and the notice.

    Args:
        rulebook: holds the law.
        action_day: the planned first day of action.
        nation: whose law governs the action.
        voting_days: for how many days the ballot is to be open, the first and last included.
        as_of: the day on which to say which steps can still be taken in time.
        agreed_notice: whether to count on the employer's agreement to shorter notice of action.

    Raises:
        UnknownName: when there is no such nation.
        ValueError: when voting is to take no day.
    """
    if voting_days < 1:
        raise ValueError("voting_days: expected one day or more")
    kind = "industrial action notice"
    due = notice_dates(rulebook, kind, nation=nation, event=action_day, agreed=agreed_notice)
    told = due.latest_receipt

    def opening(day: date) -> tuple[date, str]:
        first = _before(day, voting_days - 1)
        return first, f"{voting_days} days of voting, {in_words(first)} to {in_words(day)}"

    opens = work_out("ballot_opens", FactType.DAY, action_day, [told], opening)
    latest = {
        "ballot notice received": _due_before(rulebook, "ballot notice", opens, nation),
        "sample voting paper received": _due_before(rulebook, "sample voting paper", opens, nation),
        "ballot opens": opens,
        "ballot closes": told,
        "employers told the result": told,
        "notice of action received": told,
    }
    return tuple(Step(name, day, _still_possible(day, as_of)) for name, day in latest.items())


def _due_before(
    rulebook: Rulebook, notice: str, event: Answer[date], nation: Where
) -> Answer[date]:
    if not event.known:
        return event
    return notice_dates(rulebook, notice, nation=nation, event=event.value).latest_receipt


def _still_possible(latest: Answer[date], as_of: date | None) -> Answer[bool]:
    key = "possible"
    if as_of is None:
        said = "no day is given on which to ask that"
        return not_known(key, FactType.YES_NO, latest.on, said, missing=("as_of",))

    def calculate(day: date) -> tuple[bool, str]:
        return as_of <= day, f"{in_words(as_of)}, and due by {in_words(day)}"

    return work_out(key, FactType.YES_NO, as_of, [latest], calculate)


# -- which law, pickets, recognition ---------------------------------------------------------------


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
        name = _MANDATES[Unit.MONTHS][0]
        return ask(rulebook, {"ballot.nation": each, _OPENED: day}, name, on=day)[name]

    def notice(each: Nation, day: date | None) -> Answer[int]:
        if day is None:
            said = "it is not said when the notice was received"
            key = "action_notice_days"
            return not_known(key, FactType.WHOLE, date.max, said, missing=(_RECEIVED,))
        return _notice_days(rulebook, "industrial action notice", each, day, day, False)

    days = in_each(ballot.nation, notice_received, notice)
    return Regimes(
        turnout_applies=rule.turnout_applies,
        support_applies=rule.support_applies,
        mandate_months=agree(
            [
                ((str(each), in_words(day)), months(each, day))
                for each in nations(ballot.nation)
                for day in _turning_days(rulebook, _OPENED, ballot.opening)
            ]
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
    key, kind = "notice_in_time", "industrial action notice"
    first = notice_dates(rulebook, kind, nation=nation, received=received).earliest_event_day
    if action is None:
        said = "the day of action is not given"
        return not_known(
            key, FactType.YES_NO, first.on, said, using=[first], missing=("action.day",)
        )

    def on(day: date) -> Answer[bool]:
        said = f"for action on {in_words(day)}"
        return work_out(key, FactType.YES_NO, first.on, [first], lambda f: (f <= day, said))

    return agree([((in_words(day),), on(day)) for (day,) in bounds(action)])


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


def recognition_ballot(
    rulebook: Rulebook,
    *,
    nation: Where,
    application_received: date | DayRange,
    bargaining_unit: int,
    yes: int,
    no: int,
) -> RecognitionBallot:
    """Answer whether a ballot leads to statutory recognition.

    Args:
        rulebook: holds the tests.
        nation: whose law governs the application.
        application_received: the day on which the Committee, or the Court, received it.
        bargaining_unit: the workers in the unit.
        yes: the votes for recognition.
        no: the votes against.

    Raises:
        UnknownName: when there is no such nation.
        ValueError: when a number is less than none, or more vote than there are.
    """
    if min(yes, no) < 0 or not 0 < bargaining_unit >= yes + no:
        raise ValueError("expected votes, none or more each, of no more workers than the unit has")

    def asked(name: str) -> Answer[Any]:
        def answer(each: Nation, day: date) -> Answer[Any]:
            facts = {
                "recognition.nation": each,
                "recognition.application_received": day,
                "recognition.bargaining_unit": bargaining_unit,
                "recognition.yes": yes,
                "recognition.no": no,
            }
            return ask(rulebook, facts, name, on=day)[name]

        return in_each(nation, application_received, answer)

    majority = asked("core.recognition_majority")
    said = f"{yes} Yes and {no} No"
    return RecognitionBallot(
        majority_of_votes=work_out(
            "majority_of_votes",
            FactType.YES_NO,
            majority.on,
            [majority],
            lambda outcome: (outcome == MET, said),
        ),
        support=asked("core.recognition_support"),
        recognised=asked("recognition.recognised"),
        support_pct_of_unit=Fraction(100 * yes, bargaining_unit),
    )
