"""Why an answer is as it is: worked out when looked at, and true of the day."""

import gc
import json
import weakref
from datetime import date
from typing import Any

import pytest

from tests.rules.strategies import CITED
from unioncore.legal import DayRange, Period
from unioncore.rules import (
    Answer,
    Explainer,
    Fact,
    FactType,
    InPart,
    Parameter,
    ParameterVersion,
    Rule,
    RuleSet,
    RuleVersion,
    explain,
    parse,
)
from unioncore.rules.condition import Literal

ON = Fact("on", FactType.DAY, "the day")
KIND = Fact("kind", FactType.CHOICE, "the kind", choices=("a", "b"))
SET = Fact("bodies", FactType.SET, "the bodies", derived=True, choices=("x", "y", "z"))


def limit(*versions: tuple[Period, str]) -> RuleSet:
    held = tuple(ParameterVersion(p, Literal(3), CITED, when=parse(when)) for p, when in versions)
    cap = Parameter("t.cap", FactType.WHOLE, "the cap", held)
    facts = {fact.key: fact for fact in (ON, KIND, cap.fact())}
    return RuleSet(facts=facts, rules=cap.rules())


TWO = limit(
    (Period(date(2014, 1, 1), date(2022, 4, 6)), "True"), (Period(date(2026, 4, 6)), "True")
)
FOR_SOME = limit(
    (Period(date(2010, 1, 1), date(2012, 1, 1)), "kind == 'a'"),
    (Period(date(2020, 1, 1)), "kind == 'b'"),
)


@pytest.mark.parametrize(
    ("rules", "facts", "reason"),
    [
        (
            TWO,
            {"on": date(2013, 12, 31)},
            "the first known rule for the cap starts on 1 January 2014",
        ),
        (
            TWO,
            {"on": date(2022, 4, 6)},
            "no rule for the cap is known from 6 April 2022 to 5 April 2026",
        ),
        (
            limit(
                (Period(date(2014, 1, 1), date(2026, 12, 31)), "True"),
                (Period(date(2027, 1, 1)), "True"),
            ),
            {"on": date(2026, 12, 31)},
            "no rule for the cap is known on 31 December 2026: "
            "the one before ends on that day, which is not included",
        ),
        (
            limit((Period(date(2014, 1, 1), date(2027, 4, 6)), "True")),
            {"on": date(2027, 5, 1)},
            "the last known rule for the cap ended on 5 April 2027",
        ),
        # Versions for others say nothing: those for this kind ended, the next are not theirs.
        (
            FOR_SOME,
            {"on": date(2015, 1, 1), "kind": "a"},
            "the last known rule for the cap ended on 31 December 2011",
        ),
        (
            FOR_SOME,
            {"on": date(2015, 1, 1), "kind": "b"},
            "the first known rule for the cap starts on 1 January 2020",
        ),
        (
            FOR_SOME,
            {"on": date(2021, 1, 1), "kind": "a"},
            "for these facts, the last known rule for the cap ended on 31 December 2011",
        ),
    ],
)
def test_where_no_rule_is_in_force_the_reason_says_on_which_side(
    rules: RuleSet, facts: dict[str, Any], reason: str
) -> None:
    assert explain(rules, facts, "t.cap", origins={}).reason == reason


def bodies(*, closed: bool) -> RuleSet:
    def of(word: str, when: str) -> Rule:
        return Rule(word, "bodies", (RuleVersion(Period(), parse(when), Literal(word), CITED),))

    rules = [of("x", "True"), of("y", "kind == 'a'")]
    if closed:
        nothing = RuleVersion(Period(), parse("True"), parse("()"), CITED)
        rules.append(Rule("other", "bodies", (nothing,), otherwise=True))
    return RuleSet(facts={f.key: f for f in (ON, KIND, SET)}, rules=tuple(rules))


DAY = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("closed", "facts", "part", "text"),
    [
        (True, {}, InPart(frozenset("x"), frozenset("y"), True), "x; it is not known whether y"),
        (
            False,
            {},
            InPart(frozenset("x"), frozenset("y"), False),
            "x; it is not known whether y or anything else",
        ),
        (
            False,
            {"kind": "a"},
            InPart(frozenset("xy"), frozenset(), False),
            "x, y; it is not known whether there is anything else",
        ),
    ],
)
def test_a_set_known_in_part_says_what_is_sure_and_what_is_open(
    closed: bool, facts: dict[str, Any], part: InPart, text: str
) -> None:
    answer = explain(bodies(closed=closed), {"on": DAY, **facts}, "bodies", origins={})
    assert (answer.known, answer.in_part) == (False, part)
    assert answer.at_least == part.at_least
    assert answer.to_text().splitlines()[0] == f"bodies: {text}"
    stored = json.loads(json.dumps(answer.to_dict()))
    assert stored["value"] is None
    assert Answer.from_dict(stored) == answer


def test_only_a_set_has_parts() -> None:
    with pytest.raises(TypeError, match="only a set has parts"):
        _ = explain(TWO, {"on": DAY}, "t.cap", origins={}).at_least


def test_one_word_of_a_set_is_an_answer_of_its_own() -> None:
    asked = Explainer(bodies(closed=False), {}).about({"on": DAY})
    assert asked.has("bodies", "x").value is True
    assert asked.has("bodies", "x").because[0].rule == "x"
    assert asked.has("bodies", "z").value is False
    open_word = asked.has("bodies", "y")
    assert (open_word.known, open_word.missing) == (False, ("kind",))


class Facts(dict[str, Any]):
    """Facts that can be watched."""


def test_an_answer_keeps_the_facts_given_only_until_it_is_explained() -> None:
    facts = Facts(on=DAY, kind="a")
    answer = Explainer(bodies(closed=True), {}).about(facts).answer("bodies")
    kept = weakref.ref(facts)
    del facts
    gc.collect()
    assert kept() is not None
    assert answer.because
    gc.collect()
    assert kept() is None
    assert answer.value == {"x", "y"}


def test_a_day_of_which_only_one_bound_is_known_is_told_by_that_bound() -> None:
    since = Fact("since", FactType.DAY, "the day since")
    rules = limit((Period(date(2014, 1, 1)), "True"))
    dated = RuleSet(
        facts={**rules.facts, "since": since},
        rules=tuple(
            Rule(rule.key, rule.decides, rule.versions, dated_by="since") for rule in rules.rules
        ),
    )
    answer = explain(dated, {"on": DAY, "since": DayRange(date.min, DAY)}, "t.cap", origins={})
    assert not answer.known
    assert answer.missing == ("since",)
