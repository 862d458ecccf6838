"""Every length in months or years says so on the days on which readings of months part."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from tests.books import everything

from unioncore import ask
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.working import Working
from unioncore.describe import Length, lengths
from unioncore.rules import Answer, Fact, FactType

pytestmark = pytest.mark.needs_plugins

LEAP = date(2024, 2, 29)
ENGLAND = {"claim.nation": "England"}
ELECTED = {"union_election.nation": "England"}
REP = {"rep.nation": "England", "rep.trained": False, "rep.training_announced": date(2026, 3, 31)}
SAFETY = {"safety.nation": "England"}
LEFT = {
    "person.working": False,
    "person.studying": False,
    "person.draws_pension": True,
    "person.told_branch": date(2025, 2, 28),
    "membership.joined": date(2000, 1, 1),
}

# What asks each rule about a day on which readings part and decide: the fact, and what is known.
RULES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "core.withdrawal-has-effect": (
        "fund.choice_has_effect",
        {
            "fund.nation": "England",
            "fund.choice": "opted-out",
            "fund.choice_told": date(2025, 1, 31),
            "fund.choice_leaves_fund": True,
            "membership.joined": date(2019, 1, 1),
        },
    ),
    "core.conciliation-lasts": (
        "claim.conciliation_ends_by",
        {**ENGLAND, "claim.day_a": date(2019, 1, 31)},
    ),
    "core.conciliation-lasts-ni": (
        "claim.conciliation_ends_by",
        {"claim.nation": "Northern Ireland", "claim.day_a": date(2021, 1, 31)},
    ),
    "core.conciliation-stops-the-clock": (
        "claim.conciliation_counts",
        {
            **ENGLAND,
            "claim.kind": "unfair-dismissal",
            "claim.time_starts": date(2024, 11, 30),
            "claim.day_a": date(2025, 2, 28),
            "claim.day_b": date(2025, 3, 20),
        },
    ),
    "core.election-complaint": (
        "union_election.complaint_last_day",
        {**ELECTED, "union_election.result_announced": LEAP},
    ),
    "core.election-papers": (
        "union_election.papers_kept_to",
        {**ELECTED, "union_election.result_announced": LEAP},
    ),
    "core.election-report-to-members": (
        "union_election.members_told_by",
        {**ELECTED, "union_election.report_received": date(2025, 11, 30)},
    ),
    "core.election-five-years": (
        "union_election.held_until",
        {**ELECTED, "union_election.held_since": LEAP},
    ),
    "core.equality-training": ("rep.training_condition", {**REP, "rep.kind": "equality"}),
    "core.learning-training": ("rep.training_condition", {**REP, "rep.kind": "learning"}),
    "core.representative-training": ("rep.training_by", {**REP, "rep.kind": "learning"}),
    "core.safety-committee-by": (
        "safety.committee_by",
        {
            **SAFETY,
            "safety.representatives_asking": 2,
            "safety.committee_asked_for": date(2025, 11, 30),
        },
    ),
    "core.safety-inspection": (
        "safety.inspect_from",
        {**SAFETY, "safety.last_inspected": date(2025, 11, 30)},
    ),
    "core.kept-until": (
        "record.kept_until",
        {
            "record.closed": LEAP,
            "record.kind": "case-file",
            "record.family": "grievance",
            "retention.case_file_months": 12,
        },
    ),
    "core.qualifies-by-service": (
        "dismissal.qualifies",
        {
            "dismissal.nation": "England",
            "dismissal.employment_began": LEAP,
            "dismissal.counts_to": date(2026, 2, 27),
        },
    ),
    "unison.retired": (
        "category",
        {
            **LEFT,
            "person.left_work_because": "retired",
            "person.left_work": date(2026, 2, 27),
            "membership.joined": LEAP,
        },
    ),
    "unison.unemployed": (
        "category",
        {**LEFT, "person.left_work_because": "redundant", "person.left_work": date(2024, 8, 29)},
    ),
    "unison.unemployed_by_agreement": (
        "category",
        {
            **LEFT,
            "person.left_work_because": "compromise-agreement",
            "person.left_work": date(2024, 8, 29),
        },
    ),
    "unison.young_member": ("young_member", {"person.born": date(1996, 2, 29)}),
    "unison.young_for_the_whole_term": (
        "unison.young_for_the_whole_term",
        {
            "office.role": "nec-member",
            "office.for_young_members": True,
            "office.term_ends": date(2027, 2, 28),
            "person.born": date(1996, 2, 29),
        },
    ),
    "unison.candidate_membership": (
        "unison.candidate_membership",
        {
            "office.role": "nec-member",
            "membership.category": "full",
            "membership.category_since": date(2025, 11, 30),
            "office.election_began": date(2026, 2, 28),
        },
    ),
    "unison.certificate_in_date": (
        "unison.certificate_in_date",
        {
            "accreditation.kind": "employment-rights",
            "accreditation.first_day": LEAP,
            "accreditation.last_day": date(2029, 2, 28),
        },
    ),
    "unison.certificate_lasts": (
        "training.last_day",
        {"training.kind": "certificate", "training.done": LEAP},
    ),
    "unison.data_training_lasts": (
        "training.last_day",
        {"training.kind": "data-protection", "training.done": LEAP},
    ),
    "unison.introductory_training_comes": (
        "training.due_by",
        {"training.kind": "introductory", "training.appointed": LEAP},
    ),
    "unison.trustee_membership": (
        "unison.trustee_membership",
        {"office.role": "trustee", "membership.joined": LEAP, "office.elected": date(2026, 2, 28)},
    ),
    "unison.special_conference_asked_by": (
        "special.asked_by",
        {"special.first_asked": date(2024, 12, 31)},
    ),
}
NEVER = {
    "core.facility-time-publish-before": "its period ends on 31 March, and July has a 31st",
    "core.return-sent": "its months begin with 1 January",
}
"""The rules whose months begin with a day on which no readings part."""


ON = {
    "core.equality-training": date(2026, 10, 1),
    "core.learning-training": date(2026, 10, 1),
    "unison.young_member": date(2027, 2, 28),
}
"""The day of the question, where it is one of those that part."""


def of_rule(where: str) -> Answer[Any]:
    fact, facts = RULES[where]
    return ask(everything(), facts, fact, on=ON.get(where, date(2026, 4, 1)))[fact]


def of_length(length: Length) -> Answer[Any]:
    """Count it from the first day on which readings part, as limits and clocks are counted."""
    month, day = length.parts[0]
    for year, long in product((2024, 2026), length.long):
        if (month, day, year) == (2, 29, 2026):
            continue
        start = date(year, month, day)
        reckoning = Reckoning(everything(), length.counted, length.direction, start, "England")
        if len(set(reckoning.lapse.days(long).values())) > 1:
            work, count = Working("", start), Fact("count", FactType.WHOLE, "how long")
            known = work.known(count, long.count, str(long))
            return reckoning.last(work, Fact("last", FactType.DAY, "last"), known, long.unit)
    raise AssertionError(length)


@pytest.mark.slow
def test_on_a_day_on_which_readings_part_the_answer_says_so() -> None:
    every = {each.where: each for each in lengths(everything())}
    asked = {where: of_rule(where) for where in RULES}
    asked |= {
        where: of_length(each) for where, each in every.items() if each.parts and where not in RULES
    }
    assert {*asked, *NEVER} == set(every)
    for where, found in asked.items():
        if where in NEVER:
            continue
        (step,) = [each for each in found.because if "counted otherwise" in each.text]
        assert step.step, where
        assert "as there is no" in step.text, where
        assert "safe" in step.text, where
        assert any("Dodds v Walker" in str(cited) for cited in step.citations), where


def test_every_rule_that_counts_months_is_asked() -> None:
    definitions = everything().definitions
    counting = {
        each.key for each in (*definitions.rules, *definitions.requirements) if each.counted
    }
    assert counting == {*RULES, *NEVER}


def test_on_other_days_nothing_is_said() -> None:
    fact, facts = RULES["core.election-complaint"]
    known = {**facts, "union_election.result_announced": date(2024, 3, 1)}
    found = ask(everything(), known, fact, on=date(2026, 4, 1))[fact]
    assert found.value == date(2025, 2, 28)
    assert not any(each.step for each in found.because)


def test_where_they_part_and_change_nothing_it_is_not_said() -> None:
    fact, facts = RULES["unison.young_member"]
    for on, told in ((date(2027, 2, 26), False), (date(2027, 2, 28), True)):
        found = ask(everything(), facts, fact, on=on)[fact]
        assert found.value is True
        assert any(each.step for each in found.because) == told
    # Nobody was asked about who counts so, and the answer warns of it.
    assert any("Formalizing Date Arithmetic" in each for each in found.warnings)
