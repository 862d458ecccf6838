"""Worked examples of employment law: deadlines, hearings, redundancy, industrial action.

Importing this module registers its kinds. Days may be months or years; a
jurisdiction is any that ``Jurisdiction.parse`` reads; money is pounds.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from unioncore.answers import (
    BallotResult,
    appeal,
    ballot_result,
    ballot_rule,
    collective,
    interim_relief,
    mandate,
    maximum_awards,
    month_after_day_b,
    notice_dates,
    notice_expiry,
    picket_supervisor,
    postponement,
    protective_award,
    recognition_ballot,
    redundancy_pay,
    regimes,
    time_limit,
    week_pay_cap,
)
from unioncore.convert import whole, yes_or_no
from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import DayRange, Duration, Jurisdiction, TimeUnit
from unioncore.model import Ballot
from unioncore.records import read_ballot
from unioncore.replay.examples import Kind, NotSupported, register
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["NOT_REQUIRED"]

NOT_REQUIRED = "not-required"
"""How an example says that there is nothing to do."""
NONE = "none"
"""How an example says that there is no such figure."""


class _Inputs:
    """The inputs of one example, read one by one; ``done`` reports everything wrong with them."""

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self._inputs = inputs
        self._read: set[str] = set()
        self._problems: list[Problem] = []

    def _given(self, key: str, needed: bool, expected: str) -> Any:
        self._read.add(key)
        value = self._inputs.get(key)
        if value is None and needed:
            self._problems.append(Problem(key, expected))
        return value

    def _of(self, key: str, needed: bool, expected: str, read: Callable[[Any], Any]) -> Any:
        value = self._given(key, needed, expected)
        if value is None:
            return None
        try:
            return read(value)
        except (ValueError, TypeError, ArithmeticError):
            self._problems.append(Problem(key, expected))
            return None

    def day(self, key: str, *, needed: bool = False) -> Any:
        return self._of(
            key, needed, "a day such as 2016-06-20, or a month or a year", DayRange.parse
        )

    def moment(self, key: str) -> Any:
        return self._of(key, False, "a day, or a day and a time", _moment)

    def whole(self, key: str) -> int:
        found: int = self._of(key, True, "a whole number", whole) or 0
        return found

    def money(self, key: str) -> Decimal | None:
        found: Decimal | None = self._of(key, False, "pounds", lambda value: Decimal(str(value)))
        return found

    def text(self, key: str) -> str:
        return str(self._given(key, True, "a word") or "")

    def certificate(self, key: str) -> Any:
        return self._of(
            key,
            False,
            "an object of day_a and day_b",
            lambda v: (DayRange.parse(v["day_a"]), DayRange.parse(v["day_b"])),
        )

    def yes_no(self, key: str) -> bool | None:
        found: bool | None = self._of(key, False, "true or false", yes_or_no)
        return found

    def days(self, key: str) -> Any:
        return self._of(key, True, "a list of days", lambda days: [_known_day(d) for d in days])

    def opened(self) -> date | DayRange | None:
        """Return the opening day of a ballot, or the bounds of it."""
        opened = self.day("ballot_opened")
        first, last = self.day("opened_not_before"), self.day("opened_not_after")
        if opened is not None or (first is None and last is None):
            return opened  # type: ignore[no-any-return]
        return DayRange(
            date.min if first is None else DayRange.of(first).earliest,
            date.max if last is None else DayRange.of(last).latest,
        )

    def ballot(self) -> Ballot:
        """Return all inputs as one ballot, which checks them itself."""
        (found,) = read_ballot(self._inputs).results.values()
        return found

    def jurisdiction(self) -> Jurisdiction:
        text = str(self._given("jurisdiction", True, "such as GB, E&W, SCO or NI") or "UK")
        try:
            return Jurisdiction.parse(text)
        except UnknownName as error:
            said = "such as GB, E&W, SCO or NI"
            self._problems.append(Problem("jurisdiction", said, error.suggestion))
            return Jurisdiction.parse("UK")

    def done(self) -> None:
        """Raise ``BadFacts`` with everything that is wrong, unread inputs among it."""
        for key in self._inputs:
            if key not in self._read:
                hint = nearest(key, self._read)
                self._problems.append(Problem(key, f"one of {', '.join(sorted(self._read))}", hint))
        if self._problems:
            raise BadFacts(tuple(self._problems))


def _known_day(text: Any) -> date:
    day = DayRange.parse(text)
    if isinstance(day, DayRange):
        raise ValueError(text)
    return day


def _moment(text: Any) -> date | datetime | DayRange:
    if isinstance(text, str) and "T" in text:
        return datetime.fromisoformat(text)
    return DayRange.parse(text)


Law = Callable[[Rulebook, _Inputs], Mapping[str, Any]]


def _kind(name: str) -> Callable[[Law], Law]:
    """Register a function of a rulebook and the inputs as a kind of example; a decorator."""

    def keep(law: Law) -> Law:
        def work(
            rulebook: Rulebook, inputs: Mapping[str, Any], expected: Mapping[str, Any]
        ) -> Mapping[str, Any]:
            try:
                return law(rulebook, _Inputs(inputs))
            except UnknownName as error:
                raise NotSupported(f"no plugin declares the {error.kind} {error.name!r}") from None
            except ValueError as error:
                if isinstance(error, BadFacts):
                    raise
                raise BadFacts((Problem("inputs", str(error)),)) from None

        kind: Kind = work
        register(name)(kind)
        return law

    return keep


@_kind("et_time_limit")
def _et_time_limit(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    claim, starts = inputs.text("claim"), inputs.day("time_starts", needed=True)
    nation = inputs.jurisdiction()
    day_a, day_b = inputs.day("day_a"), inputs.day("day_b")
    second, presented = inputs.certificate("second_ec"), inputs.moment("presented")
    inputs.done()
    found = time_limit(
        rulebook,
        claim,
        starts=starts,
        nation=nation,
        day_a=day_a,
        day_b=day_b,
        second=second,
        presented=presented,
    )
    return found.answers()


@_kind("interim_relief")
def _interim_relief(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    dismissed = inputs.day("effective_date_of_termination", needed=True)
    nation, presented = inputs.jurisdiction(), inputs.moment("presented")
    inputs.done()
    return interim_relief(rulebook, dismissed, nation=nation, presented=presented).answers()


@_kind("month_after_day_b")
def _month_after_day_b(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    day_b, nation = inputs.day("day_b", needed=True), inputs.jurisdiction()
    inputs.done()
    return {"last_day": month_after_day_b(rulebook, day_b, nation=nation)}


@_kind("eat_appeal")
def _eat_appeal(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    sent, nation = inputs.day("written_reasons_sent", needed=True), inputs.jurisdiction()
    received = inputs.moment("received")
    inputs.done()
    return appeal(rulebook, sent, nation=nation, received=received).answers()


@_kind("notice_expiry")
def _notice_expiry(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    given, months = inputs.day("notice_given", needed=True), inputs.whole("notice_months")
    nation = inputs.jurisdiction()
    inputs.done()
    found = notice_expiry(rulebook, given, Duration(months, TimeUnit.MONTHS), nation=nation)
    return {"notice_starts": found.starts, "employment_ends": found.ends}


@_kind("hearing_postponement")
def _hearing_postponement(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    proposed, nation = inputs.day("proposed_day", needed=True), inputs.jurisdiction()
    alternative = inputs.day("alternative_proposed")
    inputs.done()
    found = postponement(rulebook, proposed, nation=nation, alternative=alternative)
    return {"last_day_for_alternative": found.last_day, "within_right": found.within_right}


def _redundancy(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    age, years = inputs.whole("age"), inputs.whole("complete_years")
    weekly_pay, nation = inputs.money("weekly_pay"), inputs.jurisdiction()
    relevant_date = inputs.day("relevant_date", needed=True)
    inputs.done()
    found = redundancy_pay(
        rulebook,
        age=age,
        complete_years=years,
        weekly_pay=weekly_pay,
        relevant_date=relevant_date,
        nation=nation,
    )
    return {"weeks": found.weeks, "payment": found.payment}


_kind("redundancy_payment")(_redundancy)
_kind("redundancy_weeks")(_redundancy)


@_kind("week_pay_cap")
def _week_pay_cap(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    on, nation = _relevant(inputs), inputs.jurisdiction()
    inputs.done()
    return {"cap": week_pay_cap(rulebook, on, nation=nation)}


@_kind("maximum_awards")
def _maximum_awards(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    on, nation = _relevant(inputs), inputs.jurisdiction()
    inputs.done()
    found = maximum_awards(rulebook, on, nation=nation)
    uncapped = found.capped.known and not found.capped.value
    return {
        "basic_award_max": found.basic_award,
        "compensatory_award_max": NONE if uncapped else found.compensatory_award,
        "total": NONE if uncapped else found.total,
    }


def _relevant(inputs: _Inputs) -> Any:
    """Return the relevant date, under either of its names."""
    on = inputs.day("date")
    return inputs.day("relevant_date", needed=on is None) or on


@_kind("collective_redundancy")
def _collective_redundancy(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    proposed, nation = inputs.whole("proposed_dismissals"), inputs.jurisdiction()
    begins, proposed_on = inputs.day("consultation_begins"), inputs.day("proposed_on")
    inputs.done()
    found = collective(
        rulebook, proposed, nation=nation, proposed_on=proposed_on, consultation_begins=begins
    )
    if found.duty_applies.known and not found.duty_applies.value:
        nothing = dict.fromkeys(("minimum_days", "earliest_first_dismissal"), NOT_REQUIRED)
        return {"duty_applies": found.duty_applies, **nothing}
    return {
        "duty_applies": found.duty_applies,
        "minimum_days": found.minimum_days,
        "earliest_first_dismissal": found.earliest_first_dismissal,
    }


@_kind("protective_award")
def _protective_award(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    first, nation = inputs.day("first_dismissal", needed=True), inputs.jurisdiction()
    required = inputs.day("consultation_required_from")
    inputs.done()
    found = protective_award(rulebook, first, nation=nation, required_from=required)
    return {"max_days": found}


# -- industrial action and recognition -------------------------------------------------------------


@_kind("ballot_result")
def _ballot_result(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    return _result(ballot_result(rulebook, inputs.ballot()))


def _result(found: BallotResult) -> Mapping[str, Any]:
    return {
        "turnout_pct": found.turnout_pct,
        "yes_pct_of_valid": found.yes_pct_of_valid,
        "yes_pct_of_papers": found.yes_pct_of_papers,
        "yes_pct_of_entitled": found.yes_pct_of_entitled,
        "majority_yes": found.majority_yes,
        "turnout_50": found.turnout,
        "support_40": found.support,
        "lawful_by_numbers": found.lawful_by_numbers,
    }


@_kind("ballot_rule")
def _ballot_rule(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    ballot = inputs.ballot()
    found = ballot_rule(rulebook, ballot)
    turnout, support = found.turnout_applies, found.support_applies
    return {
        **_result(ballot_result(rulebook, ballot)),
        "min_papers_for_turnout": _if_required(turnout, found.min_papers_for_turnout),
        "min_yes_for_support": _if_required(support, found.min_yes_for_support),
        "min_yes_if_exactly_min_papers": _if_required(turnout, found.min_yes_if_exactly_min_papers),
        "min_yes_if_all_vote": found.min_yes_if_all_vote,
    }


def _if_required(applies: Answer[bool], number: Answer[int]) -> Answer[int] | str:
    return NOT_REQUIRED if applies.known and not applies.value else number


@_kind("recognition_ballot")
def _recognition_ballot(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    unit, yes, no = inputs.whole("bargaining_unit"), inputs.whole("yes"), inputs.whole("no")
    received, nation = inputs.day("application_received", needed=True), inputs.jurisdiction()
    inputs.done()
    found = recognition_ballot(
        rulebook,
        nation=nation,
        application_received=received,
        bargaining_unit=unit,
        yes=yes,
        no=no,
    )
    return {
        "majority_of_votes": found.majority_of_votes,
        "support_pct_of_unit": found.support_pct_of_unit,
        "recognised": found.recognised,
    }


@_kind("mandate_expiry")
def _mandate_expiry(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    closed, opened = inputs.day("date_of_ballot", needed=True), inputs.opened()
    agreed, nation = inputs.yes_no("employer_agreed_extension"), inputs.jurisdiction()
    began = inputs.yes_no("action_began_in_time")
    inputs.done()
    found = mandate(
        rulebook, closed, opened=opened, nation=nation, agreed=agreed, began_in_time=began
    )
    return found.answers()


@_kind("notice_date")
def _notice_date(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    notice, nation = inputs.text("notice"), inputs.jurisdiction()
    received, event = inputs.day("received"), inputs.day("event_day")
    opened = inputs.day("ballot_opened")
    inputs.done()
    if event is None and notice != "industrial action notice":
        event = opened
    found = notice_dates(rulebook, notice, nation=nation, received=received, event=event)
    return {
        "earliest_event_day": found.earliest_event_day,
        "latest_receipt": found.latest_receipt,
    }


@_kind("picket_supervisor")
def _picket_supervisor(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    days, nation = inputs.days("picket_days"), inputs.jurisdiction()
    inputs.done()
    found = picket_supervisor(rulebook, days, nation=nation)
    required = {day: each.value if each.known else None for day, each in found.items()}
    return {"supervisor_required": required}


@_kind("regime_selection")
def _regime_selection(rulebook: Rulebook, inputs: _Inputs) -> Mapping[str, Any]:
    opened, closed, nation = inputs.opened(), inputs.day("ballot_closed"), inputs.jurisdiction()
    received, action = inputs.day("action_notice_received"), inputs.day("action_day")
    important = inputs.yes_no("important_public_service")
    inputs.done()
    ballot = Ballot(nation=nation, opened=opened, closed=closed, important_public_service=important)
    found = regimes(rulebook, ballot, notice_received=received, action_day=action)
    return {
        "turnout_50_applies": found.turnout_applies,
        "support_40_applies": found.support_applies,
        "mandate_months": found.mandate_months,
        "action_notice_days": found.action_notice_days,
        "notice_in_time": found.notice_in_time,
    }
