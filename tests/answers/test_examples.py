"""The worked examples that ship with the library come out, and every rule of law is held by one."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

import unioncore
from tests.answers.test_parameters import ALWAYS, FIGURES
from unioncore import Rulebook
from unioncore.legal import Period
from unioncore.replay import Outcome, Status, read_examples, replay
from unioncore.rules import Parameter, Rule
from unioncore.testing.mutations import survivors

EXAMPLES = Path(unioncore.__file__).parent / "builtin" / "examples"
ACTION = {
    "action_day",
    "ballot_result",
    "ballot_rule",
    "mandate_expiry",
    "notice_date",
    "picket_supervisor",
    "recognition_ballot",
    "regime_selection",
}
KINDS = {
    "claim": {"claim_exists", "et_time_limit", "extension_test", "interim_relief"},
    "appeal": {"eat_appeal"},
    "hearing": {"hearing_postponement"},
    "notice": {"notice_expiry", "redundancy_service", *ACTION},
    "mandate": ACTION,
    "redundancy": {
        "redundancy_payment",
        "redundancy_weeks",
        "week_pay_cap",
        "maximum_awards",
        "compensatory_limit",
        "redundancy_service",
    },
    "dismissal": {"compensatory_limit", "qualifying_service"},
    "collective": {"collective_redundancy", "protective_award"},
    "transfer": {"placement"},
    "facility_time": {"placement", "facility_time_publication"},
    "recognition": {"recognition_tests", "recognition_ballot"},
    "union_election": {"union_election_dates", "placement"},
    "fund": {"political_fund_dates", "opt_out_effect", "contributor_status", "placement"},
    "safety": {"safety_committee", "placement"},
    "annual_return": {"annual_return_contents"},
    "act_2025": {"placement"},
    **{key: {"placement"} for key in ("right", "access", "variation", "voting", "rep", "sick_pay")},
    "action": {"placement", "picket_supervisor"},
    "core": {
        "placement",
        "recognition_tests",
        "safety_committee",
        "et_time_limit",
        "eat_appeal",
        "redundancy_payment",
        "week_pay_cap",
        "maximum_awards",
        "compensatory_limit",
        "minimum_basic_award",
        "vento_band",
        *ACTION,
    },
}
"""For the first part of a fact's key, the kinds of examples that could hold its rules."""
NOT_ASKED = {
    "claim.extension_months",
    "claim.series_counts_from_its_last_act",
    "notice.contents",
    "notice.follows_ballot",
}
"""Facts that no kind of example asks for; tests of their own hold them."""


def examples(name: str) -> list[object]:
    return [pytest.param(name, each.id, id=each.id) for each in read_examples(EXAMPLES / name)]


@pytest.mark.parametrize(
    ("file", "name"),
    [each for file in sorted(EXAMPLES.glob("*.json")) for each in examples(file.name)],
)
def test_example(put: dict[str, Outcome], file: str, name: str) -> None:
    assert put[name].status is Status.PASSED, put[name].to_text()


def test_each_example_has_a_question_and_a_source(put: dict[str, Outcome]) -> None:
    assert all(each.example.source and each.example.question for each in put.values())


def test_no_rules_clash(book: Rulebook) -> None:
    assert book.not_proved == ()


def only_explains(rule: Rule) -> bool:
    """Whether a rule says no more than why it is not known; without it, it is not known either."""
    return any(version.not_known for version in rule.versions)


HELD_OTHERWISE = {"core.months-to-the-corresponding-day"}
"""No other reading gives a later day, so leaving it out changes no day."""
FIGURES_HELD = {(key, first) for key, _, first, _ in FIGURES} | {(key, None) for key, *_ in ALWAYS}
"""The parameters, and the starts of their versions, that tests of their own hold."""


def versions_gone(book: Rulebook) -> list[tuple[str, set[str], Rulebook]]:
    """Every rulebook that lacks one version of one rule or parameter of law, and its kinds."""
    found: list[tuple[str, set[str], Rulebook]] = []
    for kind in ("rules", "parameters"):
        every: tuple[Rule | Parameter, ...] = getattr(book.definitions, kind)
        for place, item in enumerate(every):
            decides = item.decides if isinstance(item, Rule) else item.key
            kinds = KINDS.get(decides.partition(".")[0], set())
            if not kinds or decides in NOT_ASKED or item.key in HELD_OTHERWISE:
                continue
            if isinstance(item, Rule) and (item.otherwise or only_explains(item)):
                continue
            for number, version in enumerate(item.versions):
                if (item.key, version.period.start) in FIGURES_HELD:
                    continue
                rest = item.versions[:number] + item.versions[number + 1 :]
                fewer = (attrs.evolve(item, versions=rest),) if rest else ()
                changed = (*every[:place], *fewer, *every[place + 1 :])
                definitions = attrs.evolve(book.definitions, **{kind: changed})
                name = f"{item.key} [{version.period}]"
                found.append((name, kinds, attrs.evolve(book, definitions=definitions)))
    return found


@pytest.mark.slow
def test_each_version_of_each_rule_of_law_is_held_by_an_example(
    book: Rulebook, put: dict[str, Outcome]
) -> None:
    waiting = [outcome.example for outcome in put.values()]
    survivors = []
    for name, kinds, without in versions_gone(book):
        for number, example in enumerate(waiting):
            if example.kind in kinds and replay(without, example).status is not Status.PASSED:
                # What caught the last one often catches the next: its neighbours are alike.
                waiting.insert(0, waiting.pop(number))
                break
        else:
            survivors.append(name)
    assert survivors == []


SAME = "both versions say the same, each by its own provision"
FOLLOWS = "something that it asks is itself not known before that day"
EXPLAINS = "the version only says why it is not known"
UNREAL = "there is no such case: "
UNSEEN = {
    "core.act-2025-sections-15-to-17 [2026-02-18]": SAME,
    "core.compensatory-award-capped [2013-07-29]": SAME,
    "core.redundancy-year-22-to-40-great-britain [2006-10-01]": SAME,
    "core.return-industrial-action [2018-12-31]": SAME,
    "core.return-industrial-action-early [2018-12-31]": SAME,
    "core.return-political-expenditure [2018-12-31]": SAME,
    "core.return-political-expenditure-early [2018-12-31]": SAME,
    "core.strikers-detriment [2026-02-18]": SAME,
    "core.transfer-is-static [2014-01-31]": SAME,
    "core.transfer-keeps-terms [2006-04-06]": SAME,
    "core.award-uncapped-ni-earlier [2012-03-04]": EXPLAINS,
    "core.fund-transition-of-a-new-fund [2026-02-18]": EXPLAINS,
    "core.facilities-for-safety-representatives [1978-10-01]": FOLLOWS,
    "core.facility-time-publish-before [2018-03-31]": FOLLOWS,
    "core.facility-time-publish-before [2026-02-18]": FOLLOWS,
    "core.facility_time_size [2018-03-31]": FOLLOWS,
    "core.facility_time_size [2026-02-18]": FOLLOWS,
    "core.mandate-does-not-go-on [1992-10-16]": FOLLOWS,
    "core.mandate-goes-on [1992-10-16]": FOLLOWS,
    "core.no-qualifying-period [1992-10-16]": FOLLOWS,
    "core.opt-out-at-the-new-year [2026-02-18]": FOLLOWS,
    "core.opt-out-by-the-rule-book [2026-02-18]": FOLLOWS,
    "core.opt-out-on-the-day [2026-02-18]": FOLLOWS,
    "core.safety-committee [1978-10-01]": FOLLOWS,
    "core.safety-committee-by [1978-10-01]": FOLLOWS,
    "core.sick-pay-of-low-earnings [2025-04-06]": FOLLOWS,
    "core.sick-pay-of-other-earnings [2025-04-06]": FOLLOWS,
    "core.time-off-learning-representatives [2003-04-27]": FOLLOWS,
    "core.mandate_weeks_by_agreement [1992-10-16]": UNREAL + "such a vote ends eight years later",
    "core.mandate_weeks_by_agreement [1995-09-01]": UNREAL + "such a vote ends seven years later",
    "core.return-industrial-action-early [2017-03-02]": UNREAL + "the period would be one day",
    "core.return-political-expenditure-early [2017-03-02]": UNREAL + "the period would be one day",
    "core.return-sent [1992-10-16]": UNREAL + "a calendar year ends in December",
}
"""Boundary days of which no example sees that they are right, by name, each with the reason."""


def moved(versions: tuple[Any, ...], day: date, by: timedelta) -> tuple[Any, ...]:
    """The versions with what begins or ends on one day beginning or ending on another."""

    def off(edge: date | None) -> date | None:
        return edge + by if edge == day else edge

    return tuple(
        attrs.evolve(each, period=Period(off(each.period.start), off(each.period.end)))
        for each in versions
    )


def boundaries_moved(book: Rulebook) -> Iterator[tuple[str, date, Rulebook]]:
    """Every rulebook in which one boundary day of the law lies a day off.

    Each with the name of the boundary, and the day on which it gives another answer.
    """
    for kind in ("rules", "parameters", "requirements", "tables"):
        field = "rows" if kind == "tables" else "versions"
        every: tuple[Any, ...] = getattr(book.definitions, kind)
        for place, item in enumerate(every):
            if item.key.startswith("core.forum"):
                continue  # What makes a forum work is practice, and no law.
            versions = getattr(item, field)
            days = {day for each in versions for day in (each.period.start, each.period.end) if day}
            for day in sorted(days):
                if (item.key, day) in FIGURES_HELD:
                    continue
                for by in (timedelta(days=-1), timedelta(days=1)):
                    changed = attrs.evolve(item, **{field: moved(versions, day, by)})
                    rest = {kind: (*every[:place], changed, *every[place + 1 :])}
                    definitions = attrs.evolve(book.definitions, **rest)
                    rulebook = attrs.evolve(book, definitions=definitions)
                    yield f"{item.key} [{day}]", min(day, day + by), rulebook


@pytest.mark.slow
def test_each_boundary_day_is_held_by_an_example_on_both_sides(
    book: Rulebook, put: dict[str, Outcome]
) -> None:
    given = [(each.example, json.dumps(each.example.inputs, default=str)) for each in put.values()]
    unseen = set()
    for name, tells, changed in boundaries_moved(book):
        on_the_day = (example for example, inputs in given if tells.isoformat() in inputs)
        if all(replay(changed, each).status is Status.PASSED for each in on_the_day):
            unseen.add(name)
    assert unseen == set(UNSEEN)


HELD = {
    *("action_notice.toml", "ballot_constituency.toml", "ballot_important_services.toml"),
    *("ballot_notice.toml", "ballot_papers.toml", "ballot_turnout.toml", "ballots.toml"),
    *("collective_consultation.toml", "confidentiality.toml", "dismissal_notice.toml"),
    *("agreements.toml", "early_conciliation.toml", "facility_time.toml", "hearings.toml"),
    *("mandates.toml", "pickets.toml", "recognition.toml", "redundancy_pay.toml"),
    *("statistics.toml", "transfers.toml", "tribunal_claims.toml"),
}
"""The files of which each condition is held, and not only each version. More will be."""
EQUIVALENT = {
    **{
        f"core.statutory-notice-{name} [{first}]: notice.employed_a_month": (
            "whoever was employed for two years was employed for a month"
        )
        for name, first in (
            ("a-week-a-year", "1996-08-22"),
            ("a-week-a-year-ni", "1996-09-24"),
            ("twelve-weeks", "1996-08-22"),
            ("twelve-weeks-ni", "1996-09-24"),
        )
    },
    "core.important-service-as-given [..]: not known(ballot.service)": (
        "where neither the belief nor the service is known, nothing is"
    ),
    "core.important-service-by-the-list [..]: known(ballot.service)": (
        "where the service is not known, whether it is listed is not known either"
    ),
    "core.scrutineer [..]: ballot.nation in ('England', 'Wales', 'Scotland')": (
        "the number above which one is needed is that of Great Britain too"
    ),
    **{
        f"core.majority-of-papers{place}: overrides core.majority-of-valid-votes{place}": (
            "whoever has more than half of the papers has more votes than No, so both rules agree"
        )
        for place in ("", "-northern-ireland")
    },
    **{
        f"core.majority-of-valid-votes{place} [..]: except 2 * ballot.yes <= "
        "ballot.papers_returned": "where Yes has more than half of the papers, another rule decides"
        for place in ("", "-northern-ireland")
    },
}
"""Drops that no example can see, by name, each with the reason."""


@pytest.mark.slow
def test_each_condition_is_held_by_an_example(book: Rulebook) -> None:
    assert survivors(book, "builtin", EXAMPLES, files=HELD) == sorted(EQUIVALENT)
