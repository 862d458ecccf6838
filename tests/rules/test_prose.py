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
                Fact("open", FactType.YES_NO, "the door is open", denial="the door is shut"),
                Fact("yes", FactType.WHOLE, "the number of Yes votes"),
                Fact("no", FactType.WHOLE, "the number of No votes"),
                Fact("entitled", FactType.WHOLE, "the number entitled to vote"),
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
        (
            "on <= months_after(joined, 3)",
            "the day is on or before the day 3 months after the day of joining",
        ),
        (
            "on < months_after(joined, months)",
            "the day is before the day as many months after the day of joining as the qualifying "
            "months of a candidate",
        ),
        (
            "on >= next_new_year(joined)",
            "the day is on or after 1 January of the year after the day of joining",
        ),
        ("add_days(joined, -1) == on", "the day before the day of joining is the day"),
        ("add_days(joined, 7) == on", "the day 7 days after the day of joining is the day"),
        (
            "on > add_days(joined, months * 7)",
            "the day is after the day as many days after the day of joining as the qualifying "
            "months of a candidate times 7",
        ),
        ("bodies == ()", "there are no negotiating bodies"),
        ("bodies != ()", "there are negotiating bodies"),
        ("not bodies == ()", "there are negotiating bodies"),
        ("not (() != bodies)", "there are no negotiating bodies"),
        ("not (known(joint) and joint)", "it is not recorded that the branch is a joint one"),
        (
            "known(joint) and joint and open",
            "it is recorded that the branch is a joint one and the door is open",
        ),
        ("not joint", "it is not true that the branch is a joint one"),
        ("not open", "the door is shut"),
        ("known(open) and not open", "it is recorded that the door is shut"),
        ("not known(open)", "it is not known whether the door is open"),
        ("not (known(yes) and open)", "the number of Yes votes is not known or the door is shut"),
        (
            "joint and not (open and yes > 2)",
            "the branch is a joint one and (the door is shut or the number of Yes votes is "
            "at most 2)",
        ),
        (
            "2 * (yes - no) > entitled",
            "the number of Yes votes minus the number of No votes is more than half of the "
            "number entitled to vote",
        ),
        (
            "100 * (yes + no) >= 50 * entitled",
            "the number of Yes votes plus the number of No votes is at least 50% of the "
            "number entitled to vote",
        ),
        (
            "not 40 * entitled <= 100 * yes",
            "the number of Yes votes is less than 40% of the number entitled to vote",
        ),
        (
            "3 * (yes + no) >= entitled - (yes - no)",
            "3 times (the number of Yes votes plus the number of No votes) is at least the "
            "number entitled to vote minus (the number of Yes votes minus the number of No "
            "votes)",
        ),
        ("mine == ()", "there are no groups that the person identifies with"),
    ],
)
def test_a_condition_reads_as_a_sentence(condition: str, sentence: str) -> None:
    assert PROSE.condition(parse(condition)) == sentence


def test_a_long_condition_is_a_list_and_a_short_one_is_not() -> None:
    long = parse(
        "joint and open and (not open or yes > no) and yes > 12 and no > 12 and months > 3"
    )
    assert PROSE.listed(long) == (
        "all of these hold:\n"
        "\n"
        "- the branch is a joint one\n"
        "- the door is open\n"
        "- one of these holds:\n"
        "  - the door is shut\n"
        "  - the number of Yes votes is more than the number of No votes\n"
        "- the number of Yes votes is more than 12\n"
        "- the number of No votes is more than 12\n"
        "- the qualifying months of a candidate is more than 3\n"
        "\n"
    )
    short = parse("joint and open")
    assert PROSE.listed(short) == PROSE.condition(short)
