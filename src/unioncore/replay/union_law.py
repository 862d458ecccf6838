"""Worked examples of the law on unions themselves: elections, funds, returns, representatives.

Importing this module registers its kinds. What each asks are facts that anybody can ask by ``ask``,
so a kind only says by which facts its words are meant, and what its examples take for granted.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from unioncore.answers import ask
from unioncore.answers.working import agree_by_name, nations
from unioncore.errors import BadFacts, Problem
from unioncore.legal import DayRange
from unioncore.replay.examples import declared, register
from unioncore.replay.law import NONE, if_required, is_no
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, from_plain

__all__: list[str] = []

_Answers = Mapping[str, Answer[Any]]
_Plain = Mapping[str, Any]

_NOT_ASKED = ("jurisdiction", "on")


def _kind(
    name: str,
    subject: str,
    asks: Mapping[str, str],
    *,
    called: Mapping[str, str] | None = None,
    granted: Callable[[_Plain], _Plain] = lambda _: {},
    gives: Callable[[_Answers], _Plain] = lambda found: found,
) -> None:
    """Register a kind of example that asks facts about ``subject``.

    An input is the fact of ``subject`` that has its name, or the fact that it is ``called``; one
    that is called nothing is read by ``granted`` alone, which gives the facts that an example does
    not name. ``asks`` has a fact for each thing that may be expected, unless ``gives`` makes it of
    these. The day of the question is ``on``, or the first day that is given.
    """

    def work(rulebook: Rulebook, plain: _Plain, _: _Plain) -> _Plain:
        own = {key: key if key in _NOT_ASKED else f"{subject}.{key}" for key in plain}
        keys = {**own, **(called or {})}
        given = {keys[key]: each for key, each in plain.items() if key not in _NOT_ASKED}
        facts = {
            key: from_plain(declared(rulebook, key), each)
            for key, each in {**given, **granted(plain)}.items()
            if key
        }
        on = _day(plain, facts)
        cases = []
        for nation in nations(str(plain.get("jurisdiction"))):
            mine = {**facts, f"{subject}.nation": nation}
            cases.append(((str(nation),), ask(rulebook, mine, *asks.values(), on=on)))
        found = agree_by_name(cases)
        return gives({name: found[key] for name, key in asks.items()})

    register(name)(work)


def _day(plain: _Plain, facts: _Plain) -> date:
    """Return the day of the question."""
    try:
        days = [DayRange.parse(str(plain["on"]))] if "on" in plain else [*facts.values()]
    except ValueError:
        days = []
    for each in days:
        if isinstance(each, date | DayRange):
            return DayRange.of(each).earliest
    raise BadFacts((Problem("on", "the day of the question, or another day to ask about"),))


def _recognition(found: _Answers) -> _Plain:
    applies, percent = found["applies"], found["percent"]
    share: Any = None  # not known
    if is_no(applies):
        share = NONE
    elif applies.known and percent.known:
        share = Fraction(percent.value, 100)
    return {**found, "min_share_of_unit": share}


def _no_notices(plain: _Plain) -> _Plain:
    said = plain.get("notices") == "none since 18 February 2026"
    return {"fund.opted_out": False, "fund.opted_in_again": False} if said else {}


def _committee(found: _Answers) -> _Plain:
    return {"established_by": if_required(found["required"], found["by"])}


def _facility_time(found: _Answers) -> _Plain:
    return {"publish_by": if_required(found["must"], found["before"])}


_kind(
    "recognition_tests",
    "recognition",
    {
        "likely_majority_test": "recognition.likely_majority_needed",
        "applies": "recognition.support_test_applies",
        "percent": "core.recognition_support_percent",
    },
    gives=_recognition,
)
_kind(
    "union_election_dates",
    "union_election",
    {
        name: f"union_election.{name}"
        for name in ("complaint_last_day", "papers_kept_to", "members_told_by")
    },
)
_kind(
    "political_fund_dates",
    "fund",
    {"notice_from": "fund.notice_from", "notice_by": "fund.notice_by"},
)
_kind(
    "opt_out_effect",
    "fund",
    {"effective": "fund.opt_out_effective"},
    granted=lambda plain: {"fund.rules_fix_a_day": "rule_book_day" in plain},
)
_kind(
    "contributor_status",
    "fund",
    {"contributor": "fund.contributor"},
    called={
        "joined": "membership.joined",
        "union_had_fund_before_2018_03_01": "fund.union_had_one",
        "contributor_on_2026_02_17": "fund.contributed_before",
        "notices": "",
    },
    granted=_no_notices,
)
_kind(
    "safety_committee",
    "safety",
    {"required": "safety.committee_required", "by": "safety.committee_by"},
    called={
        "request_received": "safety.committee_asked_for",
        "representatives": "safety.representatives_asking",
    },
    gives=_committee,
)
_kind(
    "annual_return_contents",
    "annual_return",
    {
        name: f"annual_return.{name}"
        for name in (
            "industrial_action_details",
            "political_expenditure_details",
            "last_day_to_send",
        )
    },
)
_kind(
    "facility_time_publication",
    "facility_time",
    {"must": "facility_time.must_publish", "before": "facility_time.publish_before"},
    called={"period_begins": "", "period_ends": "facility_time.period_end"},
    granted=lambda _: {
        "facility_time.employer_is_listed": True,
        "facility_time.months_of_size": 12,
        "facility_time.has_official": True,
    },
    gives=_facility_time,
)
