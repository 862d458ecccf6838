"""A day that is known only within bounds, and facts that are days."""

from datetime import date
from typing import Any

import pytest
from tests.synthetic import cited

from unioncore import (
    About,
    Fact,
    FactType,
    Period,
    Rule,
    Rulebook,
    RuleVersion,
    compose,
    hookimpl,
    parse,
)
from unioncore.replay import Example, Status, replay
from unioncore.rules.condition import TRUE, Literal

CITED = cited("An order")
TURN = date(2016, 7, 14)


class Turning:
    name = "turning"

    @hookimpl
    def unioncore_about(self) -> About:
        return About("turning")

    @hookimpl
    def unioncore_facts(self) -> list[Fact]:
        return [
            Fact("turning.limit", FactType.WHOLE, "the limit", derived=True),
            Fact("turning.opened", FactType.DAY, "the day it opened"),
            Fact("turning.late", FactType.YES_NO, "it opened late", derived=True),
        ]

    @hookimpl
    def unioncore_rules(self) -> list[Rule]:
        limits = (
            RuleVersion(Period(None, TURN), TRUE, Literal(3), CITED),
            RuleVersion(Period(TURN), TRUE, Literal(6), CITED),
        )
        late, early = (
            parse("turning.opened >= day('2016-07-14')"),
            parse("turning.opened < day('2016-07-14')"),
        )
        return [
            Rule("turning.limits", "turning.limit", limits),
            Rule(
                "turning.was-late",
                "turning.late",
                (RuleVersion(Period(), late, Literal(True), CITED),),
            ),
            Rule(
                "turning.was-early",
                "turning.late",
                (RuleVersion(Period(), early, Literal(False), CITED),),
            ),
        ]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose(Turning(), discover=False)


@pytest.mark.parametrize(
    ("on", "limit"),
    [
        ("2016-07-13", 3),
        ("2016-07-14", 6),
        ("2016-06", 3),
        ("2016-08", 6),
        ("2015", 3),
        ("2016-07", "unknown"),
        ("2016", "unknown"),
    ],
)
def test_an_answer_follows_where_both_bounds_agree(
    rulebook: Rulebook, on: str, limit: int | str
) -> None:
    outcome = replay(rulebook, Example("E", "placement", {"on": on}, {"turning.limit": limit}))
    assert outcome.status is Status.PASSED, outcome.to_text()


def test_where_the_bounds_differ_the_explanation_says_so(rulebook: Rulebook) -> None:
    example = Example("E", "placement", {"on": "2016-07"}, {"turning.limit": 3})
    (difference,) = replay(rulebook, example).differences
    assert difference.got == "unknown"
    assert "it differs (1 July 2016: 3; 31 July 2016: 6)" in difference.explanation


@pytest.mark.parametrize(
    ("opened", "late"), [("2016-07-14", True), ("2016-06", False), ("2016-07", "unknown")]
)
def test_a_fact_may_be_a_month(rulebook: Rulebook, opened: str, late: Any) -> None:
    inputs = {"on": "2020-01-01", "facts": {"turning.opened": opened}}
    outcome = replay(rulebook, Example("E", "placement", inputs, {"turning.late": late}))
    assert outcome.status is Status.PASSED, outcome.to_text()
