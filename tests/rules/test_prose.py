"""Conditions read as sentences, whatever the labels of facts and parameters are."""

import pytest

from unioncore.rules import Fact, FactType, Prose, RuleSet, parse

PROSE = Prose(
    RuleSet(
        facts={
            fact.key: fact
            for fact in (
                Fact("on", FactType.DAY, "the day"),
                Fact("joined", FactType.DAY, "the day of joining"),
                Fact("months", FactType.WHOLE, "the qualifying months of a candidate"),
                Fact("bodies", FactType.SET, "the negotiating bodies", choices=("a", "b")),
                Fact("joint", FactType.YES_NO, "the branch is a joint one"),
                Fact("mine", FactType.SET, "the groups that the person identifies with"),
            )
        }
    )
)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (
            "last_day_of_months(joined, months) < on",
            "the last day of a period beginning with the day of joining and as many months long "
            "as the qualifying months of a candidate is before the day",
        ),
        (
            "on <= last_day_of_months(add_days(joined, 1), 24)",
            "the day is on or before the last day of 24 months beginning with the day after the "
            "day of joining",
        ),
        (
            "on <= last_day_of_months(joined, 1)",
            "the day is on or before the last day of 1 month beginning with the day of joining",
        ),
        ("add_days(joined, -1) == on", "the day before the day of joining is the day"),
        ("add_days(joined, 7) == on", "the day 7 days after the day of joining is the day"),
        (
            "on > add_days(joined, months * 7)",
            "the day is after the day as many days after the day of joining as the qualifying "
            "months of a candidate times 7",
        ),
        ("bodies == ()", "nothing is among the negotiating bodies"),
        ("bodies != ()", "something is among the negotiating bodies"),
        ("not bodies == ()", "something is among the negotiating bodies"),
        ("not (() != bodies)", "nothing is among the negotiating bodies"),
        ("not (known(joint) and joint)", "it is not recorded that the branch is a joint one"),
        ("mine == ()", "nothing is among the groups that the person identifies with"),
    ],
)
def test_a_condition_reads_as_a_sentence(condition: str, sentence: str) -> None:
    assert PROSE.condition(parse(condition)) == sentence
