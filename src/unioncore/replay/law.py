"""Worked examples of employment law and of pay: deadlines, redundancy, industrial action, points.

Importing this module registers its kinds. Days may be months or years; a
jurisdiction is any that ``Jurisdiction.parse`` reads; money is pounds.
"""

from collections.abc import Callable, Mapping
from datetime import date
from inspect import Parameter, signature
from types import NoneType
from typing import Any, get_args

import attrs
from attrs import frozen

from unioncore import forms
from unioncore.answers import (
    CollectiveConsultation,
    LateClaim,
    Mandate,
    MaximumAwards,
    NoticeDates,
    RulesLimit,
    TimeLimit,
    action_supported,
    appeal,
    ballot_result,
    ballot_rule,
    claim_exists,
    collective,
    injury_to_feelings,
    interim_relief,
    late_claim,
    mandate,
    maximum_awards,
    minimum_basic_award,
    month_after_day_b,
    notice_dates,
    notice_expiry,
    picket_supervisor,
    point_worth,
    postponement,
    protective_award,
    recognition_ballot,
    redundancy_pay,
    redundancy_right,
    regimes,
    rules_limit,
    time_limit,
    unfair_dismissal_right,
    week_pay_cap,
)
from unioncore.errors import BadFacts, Problem, UnknownName
from unioncore.forms import Moment, SomeDay
from unioncore.legal import Duration, Jurisdiction, Nation, TimeUnit
from unioncore.model import Ballot
from unioncore.records import opening_day, read_ballot
from unioncore.replay.examples import NotSupported, register
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer

__all__ = ["NOT_REQUIRED"]

NOT_REQUIRED = "not-required"
"""How an example says that there is nothing to do."""
NONE = "none"
"""How an example says that there is no such figure."""


_Found = Mapping[str, Any]
_Law = Callable[..., Any]


def _answers(found: Any) -> _Found:
    return found if isinstance(found, Mapping) else found.answers()


def _kind(name: str, law: _Law, gives: Callable[[Any], _Found] = _answers, **called: str) -> None:
    """Register a kind of example.

    Its inputs are the parameters of ``law`` after the rulebook, with their types, each under its
    own name or as ``called``; ``gives`` names what is found.
    """
    _, *parameters = signature(law).parameters.values()
    called = {"nation": "jurisdiction", **called}
    inputs = {each.name: called.get(each.name, each.name) for each in parameters}
    of: Any = attrs.make_class(
        name,
        {
            inputs[each.name]: attrs.field(type=each.annotation, default=_default(each))
            for each in parameters
        },
        kw_only=True,
    )
    key = f"one of the inputs {', '.join(inputs.values())}"

    def ask(rulebook: Rulebook, plain: Mapping[str, Any]) -> Any:
        if "date" in plain and "relevant_date" in inputs.values():
            plain = dict(plain)
            plain.setdefault("relevant_date", plain.pop("date"))
        read = forms.read(plain, of, key=key)
        return gives(law(rulebook, **{own: getattr(read, name) for own, name in inputs.items()}))

    _register(name, ask)


def _default(parameter: Parameter) -> Any:
    if NoneType in get_args(parameter.annotation):
        return None
    return attrs.NOTHING if parameter.default is parameter.empty else parameter.default


def _register(name: str, ask: Callable[[Rulebook, Mapping[str, Any]], _Found]) -> None:
    def work(rulebook: Rulebook, plain: Mapping[str, Any], _: Mapping[str, Any]) -> _Found:
        try:
            return ask(rulebook, plain)
        except UnknownName as error:
            said = f"no plugin declares the {error.kind} {error.name!r}"
            known = [error.suggestion] if error.suggestion else []
            raise NotSupported(said, error.name, known) from None
        except ValueError as error:
            if isinstance(error, BadFacts):
                raise
            raise BadFacts((Problem("inputs", str(error)),)) from None

    register(name)(work)


@frozen(repr=False)
class _Certificate:
    """A certificate of early conciliation."""

    day_a: SomeDay
    day_b: SomeDay


def _time_limit(
    rulebook: Rulebook,
    claim: str,
    time_starts: SomeDay,
    jurisdiction: Jurisdiction,
    day_a: SomeDay | None,
    day_b: SomeDay | None,
    second_ec: _Certificate | None,
    presented: Moment | None,
) -> TimeLimit:
    return time_limit(
        rulebook,
        claim,
        starts=time_starts,
        nation=jurisdiction,
        day_a=day_a,
        day_b=day_b,
        second=None if second_ec is None else (second_ec.day_a, second_ec.day_b),
        presented=presented,
    )


_WITHIN = {6: "-within-six-further-months"}
"""How examples name the months to which a test is limited."""


def _late(found: LateClaim) -> _Found:
    if not found.test.known:
        return {"test": found.test}
    within = _WITHIN.get(found.months.value, "") if found.months.known else ""
    return {"test": f"{found.test.value}{within}"}


_STEPS = {"eat-notice": "core.employment_appeal/notice"}
"""The clocks that examples call otherwise than a claim to a tribunal does."""


def _rules_limit(
    rulebook: Rulebook,
    step: str,
    sent: SomeDay,
    jurisdiction: Jurisdiction,
    received: Moment | None,
) -> RulesLimit:
    kind = "industrial" if jurisdiction.nations == {Nation.NORTHERN_IRELAND} else "employment"
    clock = _STEPS.get(step, f"core.{kind}_tribunal/{step.replace('-', '_')}")
    return rules_limit(rulebook, clock, sent, nation=jurisdiction, received=received)


def _notice_expiry(
    rulebook: Rulebook, notice_given: SomeDay, notice_months: int, jurisdiction: Jurisdiction
) -> _Found:
    notice = Duration(notice_months, TimeUnit.MONTHS)
    found = notice_expiry(rulebook, notice_given, notice, nation=jurisdiction)
    return {"notice_starts": found.starts, "employment_ends": found.ends}


def _given(ended: date, given: date | None, without: date | None, full: bool | None) -> date | None:
    """Return the day on which notice was given, or none where full notice was."""
    if without is not None and without != ended:
        raise BadFacts((Problem("dismissed_without_notice_on", "the day of the termination"),))
    return None if full else without or given


def _qualifying_service(
    rulebook: Rulebook,
    employment_began: date,
    effective_date_of_termination: date,
    jurisdiction: Jurisdiction,
    statutory_notice_given: bool | None,
    notice_given: date | None,
    dismissed_without_notice_on: date | None,
    reason: str | None,
) -> _Found:
    ended, without = effective_date_of_termination, dismissed_without_notice_on
    found = unfair_dismissal_right(
        rulebook,
        began=employment_began,
        ended=ended,
        nation=jurisdiction,
        notice_given=_given(ended, notice_given, without, statutory_notice_given),
        reason=reason,
    )
    return {**found.answers(), "termination_for_service": found.counts_to}


def _redundancy_service(
    rulebook: Rulebook,
    employment_began: date,
    employment_ended: date,
    jurisdiction: Jurisdiction,
    notice_given: date | None,
    dismissed_without_notice_on: date | None,
    born: date | None,
) -> _Found:
    ended, without = employment_ended, dismissed_without_notice_on
    found = redundancy_right(
        rulebook,
        began=employment_began,
        ended=ended,
        nation=jurisdiction,
        notice_given=_given(ended, notice_given, without, None),
        born=born,
    )
    return {
        **found.service.answers(),
        "relevant_date": found.relevant_date,
        "relevant_date_for_service": found.service.counts_to,
        "qualifies": found.entitled,
        "weeks": found.pay.weeks,
    }


def _awards(found: MaximumAwards) -> _Found:
    uncapped = is_no(found.capped)
    return {
        "basic_award_max": found.basic_award,
        "compensatory_award_max": NONE if uncapped else found.compensatory_award,
        "total": NONE if uncapped else found.total,
    }


def _limit(found: MaximumAwards) -> _Found:
    if is_no(found.capped):
        return {"limit": NONE, "limb": NONE}
    return {"limit": found.compensatory_award, "limb": found.limb}


def _consultation(found: CollectiveConsultation) -> _Found:
    needed = ("minimum_days", "earliest_first_dismissal")
    nothing = dict.fromkeys(needed, NOT_REQUIRED) if is_no(found.duty_applies) else {}
    return {**found.answers(), **nothing}


_kind("et_time_limit", _time_limit)
_kind("claim_exists", claim_exists, lambda found: {"exists": found}, starts="time_starts")
_kind("extension_test", late_claim, _late, starts="on")
_kind("interim_relief", interim_relief, dismissed="effective_date_of_termination")
_kind("month_after_day_b", month_after_day_b, lambda found: {"last_day": found})
_kind("eat_appeal", appeal, sent="written_reasons_sent")
_kind("rules_time_limit", _rules_limit)
_kind("notice_expiry", _notice_expiry)
_kind(
    "hearing_postponement",
    postponement,
    lambda found: {"last_day_for_alternative": found.last_day, "within_right": found.within_right},
    proposed="proposed_day",
    alternative="alternative_proposed",
)
for _name in ("redundancy_payment", "redundancy_weeks"):
    _kind(_name, redundancy_pay, lambda found: {"weeks": found.weeks, "payment": found.payment})
_kind("qualifying_service", _qualifying_service)
_kind("redundancy_service", _redundancy_service)
_kind("week_pay_cap", week_pay_cap, lambda found: {"cap": found}, on="relevant_date")
_kind(
    "pay",
    point_worth,
    lambda found: {**found.answers(), "worked_out": found.worked_out, "within": found.within},
)
_kind("maximum_awards", maximum_awards, _awards, dismissed="relevant_date")
_kind(
    "compensatory_limit",
    maximum_awards,
    _limit,
    dismissed="effective_date_of_termination",
    weekly_pay="weekly_gross_pay",
)
_kind(
    "minimum_basic_award",
    minimum_basic_award,
    lambda found: {"minimum": found},
    dismissed="effective_date_of_termination",
)
_kind("vento_band", injury_to_feelings, presented="claim_presented")
_kind("collective_redundancy", collective, _consultation, proposed="proposed_dismissals")
_kind("protective_award", protective_award, lambda found: {"max_days": found})


# -- industrial action and recognition -------------------------------------------------------------


def _ballot_result(rulebook: Rulebook, plain: Mapping[str, Any]) -> _Found:
    found = ballot_result(rulebook, _ballot(plain))
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


def _ballot_rule(rulebook: Rulebook, plain: Mapping[str, Any]) -> _Found:
    found = ballot_rule(rulebook, _ballot(plain))
    turnout, support = found.turnout_applies, found.support_applies
    return {
        **_ballot_result(rulebook, plain),
        "min_papers_for_turnout": if_required(turnout, found.min_papers_for_turnout),
        "min_yes_for_support": if_required(support, found.min_yes_for_support),
        "min_yes_if_exactly_min_papers": if_required(turnout, found.min_yes_if_exactly_min_papers),
        "min_yes_if_all_vote": found.min_yes_if_all_vote,
    }


def _ballot(plain: Mapping[str, Any]) -> Ballot:
    (found,) = read_ballot(plain).results.values()
    return found


def is_no(answer: Answer[bool]) -> bool:
    return answer.known and not answer.value


def if_required(applies: Answer[bool], what: Answer[Any]) -> Answer[Any] | str:
    return NOT_REQUIRED if is_no(applies) else what


def _mandate(
    rulebook: Rulebook,
    date_of_ballot: SomeDay,
    jurisdiction: Jurisdiction,
    ballot_opened: SomeDay | None,
    opened_not_before: SomeDay | None,
    opened_not_after: SomeDay | None,
    employer_agreed_extension: bool | None,
    action_began_in_time: bool | None,
) -> Mandate:
    return mandate(
        rulebook,
        date_of_ballot,
        opened=opening_day(ballot_opened, opened_not_before, opened_not_after),
        nation=jurisdiction,
        agreed=employer_agreed_extension,
        began_in_time=action_began_in_time,
    )


def _action_day(
    rulebook: Rulebook,
    date_of_ballot: SomeDay,
    action_day: date,
    jurisdiction: Jurisdiction,
    ballot_opened: SomeDay | None,
    first_action_day: date | None,
    agreed_weeks: int | None,
) -> _Found:
    def put(law: _Law, *days: SomeDay, **more: SomeDay | None) -> Any:
        return law(
            rulebook,
            *days,
            opened=ballot_opened,
            nation=jurisdiction,
            agreed=agreed_weeks is not None,
            agreed_length=agreed_weeks,
            **more,
        )

    until = put(mandate, date_of_ballot)
    begins = until.is_to_begin.known and until.is_to_begin.value
    supported = put(action_supported, action_day, closed=date_of_ballot, first_day=first_action_day)
    return {
        "must_begin_by": until.last_day if begins else NONE,
        "must_end_by": NONE if begins else until.last_day,
        "supported": supported,
    }


def _notice_date(
    rulebook: Rulebook,
    notice: str,
    jurisdiction: Jurisdiction,
    received: SomeDay | None,
    event_day: SomeDay | None,
    ballot_opened: SomeDay | None,
) -> NoticeDates:
    if event_day is None and notice != "industrial action notice":
        event_day = ballot_opened
    return notice_dates(rulebook, notice, nation=jurisdiction, received=received, event=event_day)


def _picket_supervisor(
    rulebook: Rulebook, picket_days: tuple[date, ...], jurisdiction: Jurisdiction
) -> _Found:
    found = picket_supervisor(rulebook, picket_days, nation=jurisdiction)
    required = {day: each.value if each.known else None for day, each in found.items()}
    return {"supervisor_required": required}


def _regimes(
    rulebook: Rulebook,
    jurisdiction: Jurisdiction,
    ballot_opened: SomeDay | None,
    opened_not_before: SomeDay | None,
    opened_not_after: SomeDay | None,
    ballot_closed: SomeDay | None,
    important_public_service: bool | None,
    action_notice_received: SomeDay | None,
    action_day: SomeDay | None,
) -> _Found:
    ballot = Ballot(
        nation=jurisdiction,
        opened=opening_day(ballot_opened, opened_not_before, opened_not_after),
        closed=ballot_closed,
        important_public_service=important_public_service,
    )
    found = regimes(rulebook, ballot, notice_received=action_notice_received, action_day=action_day)
    return {
        **found.answers(),
        "turnout_50_applies": found.turnout_applies,
        "support_40_applies": found.support_applies,
    }


_register("ballot_result", _ballot_result)
_register("ballot_rule", _ballot_rule)
_kind(
    "recognition_ballot",
    recognition_ballot,
    lambda found: {
        "majority_of_votes": found.majority_of_votes,
        "support_pct_of_unit": found.support_pct_of_unit,
        "recognised": found.recognised,
    },
)
_kind("mandate_expiry", _mandate)
_kind("action_day", _action_day)
_kind("notice_date", _notice_date)
_kind("picket_supervisor", _picket_supervisor)
_kind("regime_selection", _regimes)
