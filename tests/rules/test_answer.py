"""What an answer is: a value or not known, with reasons, and never a condition."""

import json
from datetime import date, datetime
from decimal import Decimal

import attrs
import pytest

import unioncore
from tests.books import core
from tests.rules.strategies import CITED
from unioncore.errors import AnswerIsNotYesOrNo, BadFacts, NotADay, NotKnown, UnknownName
from unioncore.legal import DayRange, Period
from unioncore.rules import (
    Answer,
    Fact,
    FactType,
    Parameter,
    ParameterVersion,
    Requirement,
    RequirementVersion,
    Rule,
    RuleException,
    RuleSet,
    RuleVersion,
    Subject,
    compile_rules,
    explain,
    parse,
    verdicts,
)
from unioncore.rules.condition import Literal

BOOK = core()
DAY = date(2024, 1, 1)


def test_an_answer_cannot_stand_for_yes_or_no() -> None:
    answer = unioncore.ask(BOOK, {}, "organised", on=DAY)["organised"]
    with pytest.raises(AnswerIsNotYesOrNo):
        bool(answer)
    with pytest.raises(NotKnown) as caught:
        _ = answer.value
    assert caught.value.fact == "organised"


def test_a_day_is_not_a_datetime() -> None:
    with pytest.raises(NotADay):
        unioncore.ask(BOOK, {}, "organised", on=datetime(2024, 1, 1, 12))


def test_every_wrong_fact_is_told_at_once_without_its_value() -> None:
    facts = {"employer.nation": "Scotlnd", "employr.kind": "x", "organised": True, "job.band": 3}
    with pytest.raises(BadFacts) as caught:
        unioncore.ask(BOOK, facts, "organised", on=DAY)
    assert len(caught.value.problems) == len(facts)
    assert "did you mean 'Scotland'?" in str(caught.value)
    assert "Scotlnd" not in str(caught.value)


def test_an_unknown_question_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'organised'"):
        unioncore.ask(BOOK, {}, "organized", on=DAY)


OPENED = Fact("opened", FactType.DAY, "the day the ballot opened", subject="ballot")
PAPERS = Fact("papers", FactType.WHOLE, "the papers returned", subject="ballot")
CHANGE = date(2017, 3, 1)
TURNOUT = Requirement(
    "t.turnout",
    "the turnout test",
    (
        RequirementVersion(Period(end=CHANGE), parse("True"), CITED, applies=parse("False")),
        RequirementVersion(Period(CHANGE), parse("2 * papers >= 100"), CITED),
    ),
    dated_by="opened",
)
CAP = Parameter(
    "t.cap",
    FactType.MONEY,
    "the cap",
    (
        ParameterVersion(
            Period(date(2020, 1, 1), date(2021, 1, 1)), Literal(Decimal("538.00")), CITED
        ),
    ),
)
RULES = RuleSet(
    facts={
        fact.key: fact
        for fact in (
            Fact("on", FactType.DAY, "the day"),
            OPENED,
            PAPERS,
            TURNOUT.fact(),
            CAP.fact(),
        )
    },
    rules=(*TURNOUT.rules(), *CAP.rules()),
)


@pytest.mark.parametrize(
    ("opened", "papers", "outcome"),
    [
        (date(2017, 2, 28), 1, "not-required"),
        (date(2017, 3, 1), 50, "met"),
        (date(2017, 3, 1), 49, "not-met"),
        (date(2017, 3, 1), None, None),
        (date(2017, 2, 28), None, "not-required"),
        (DayRange(date(2017, 3, 1), date(2017, 3, 31)), 50, "met"),
        (DayRange(date(2017, 2, 1), date(2017, 3, 31)), 50, None),
        (None, 50, None),
    ],
)
def test_a_requirement_is_dated_by_its_own_day(
    opened: date | DayRange | None, papers: int | None, outcome: str | None
) -> None:
    facts = {"on": date(2026, 1, 1), "opened": opened, "papers": papers}
    assert Subject(RULES, facts).value("t.turnout") == outcome
    answer = explain(RULES, facts, "t.turnout", origins={})
    if outcome:
        assert answer.because[0].dated_by == "opened"


REST = Requirement(
    "t.rest",
    "the rest test",
    (
        RequirementVersion(
            Period(CHANGE),
            parse("papers > 0"),
            CITED,
            applies=parse("opened >= day('2018-01-01')"),
            not_known="the rule was not seen",
        ),
    ),
    verdict="valid",
)
VALID = Fact("valid", FactType.YES_NO, "the ballot is valid", subject="ballot", derived=True)
DOUBTED = RuleSet(
    facts={**RULES.facts, REST.key: REST.fact(), VALID.key: VALID},
    rules=(*REST.rules(), *verdicts([REST])),
)


@pytest.mark.parametrize(
    ("opened", "papers", "outcome", "missing", "reason"),
    [
        (date(2017, 12, 31), None, "not-required", (), ""),
        (date(2018, 1, 1), 1, None, (), "the rule was not seen"),
        (date(2018, 1, 1), None, None, (), "the rule was not seen"),
        (None, 1, None, ("opened",), "it depends on facts that were not given"),
    ],
)
def test_a_requirement_that_is_not_known_is_asked_of_those_to_whom_it_applies(
    opened: date | None, papers: int | None, outcome: str | None, missing: tuple[str], reason: str
) -> None:
    facts = {"on": date(2026, 1, 1), "opened": opened, "papers": papers}
    answer = explain(DOUBTED, facts, "t.rest", origins={})
    assert (answer.known, answer.missing, answer.reason) == (outcome is not None, missing, reason)
    assert compile_rules(DOUBTED, ["t.rest", "valid"])(facts) == (outcome, outcome and True)
    verdict = explain(DOUBTED, facts, "valid", origins={})
    assert (verdict.missing, verdict.reason) == (missing, reason)


def test_a_gap_between_versions_of_a_requirement_is_not_known_of_anybody() -> None:
    facts = {"on": date(2017, 2, 28), "opened": date(2017, 1, 1), "papers": 1}
    assert not explain(DOUBTED, facts, "t.rest", origins={}).known


def test_a_parameter_is_not_known_past_its_end() -> None:
    assert Subject(RULES, {"on": date(2020, 12, 31)}).value("t.cap") == Decimal("538.00")
    answer = explain(RULES, {"on": date(2021, 1, 1)}, "t.cap", origins={})
    assert not answer.known
    assert answer.reason == "the last known rule for the cap ended on 31 December 2020"


def test_law_without_an_end_answers_after_its_last_check_with_a_warning() -> None:
    fact = Fact("held", FactType.YES_NO, "it is held", derived=True)
    rule = Rule("t.held", "held", (RuleVersion(Period(), parse("True"), Literal(True), CITED),))
    rules = RuleSet(facts={"on": RULES.facts["on"], "held": fact}, rules=(rule,))
    late = explain(rules, {"on": date(2027, 1, 1)}, "held", origins={})
    assert late.value is True
    assert any("last checked on 2026-01-01" in warning for warning in late.warnings)
    assert explain(rules, {"on": date(2026, 1, 1)}, "held", origins={}).warnings == ()


@pytest.mark.parametrize("of_its_own", [True, False])
def test_an_exception_that_gives_no_value_says_why_nothing_is_known(of_its_own: bool) -> None:
    own = (attrs.evolve(CITED[0], instrument="The letter", provision="paragraph 2"),)
    excepted = RuleException(
        parse("papers == 0"), "nobody voted", citations=own if of_its_own else ()
    )
    held = Fact("held", FactType.YES_NO, "it is held", derived=True)
    decisive = (
        RuleVersion(Period(end=CHANGE), parse("True"), Literal(True), CITED),
        RuleVersion(Period(CHANGE), parse("True"), Literal(True), CITED, exceptions=(excepted,)),
    )
    rest = (RuleVersion(Period(), parse("papers < 0"), Literal(False), CITED),)
    rules = RuleSet(
        facts={**RULES.facts, "held": held},
        rules=(Rule("t.held", "held", decisive), Rule("t.rest", "held", rest)),
    )
    answer = explain(rules, {"on": CHANGE, "papers": 0}, "held", origins={})
    source = own[0] if of_its_own else CITED[0]
    said = "t.held does not decide it is held, because nobody voted"
    assert (answer.known, answer.reason) == (False, f"{said}, by {source}")
    assert explain(rules, {"on": CHANGE, "papers": 1}, "held", origins={}).value is True
    before = {"on": date(2017, 2, 28), "papers": 0}
    assert explain(rules, before, "held", origins={}).value is True


def test_a_verdict_tells_what_is_not_required_in_one_line_without_sources() -> None:
    away = Requirement(
        "t.away",
        "the away test",
        (RequirementVersion(Period(), parse("papers > 9"), CITED, applies=parse("postal")),),
        verdict="valid",
    )
    near = attrs.evolve(away, key="t.near", label="the near test")
    size = Requirement(
        "t.size",
        "the size test",
        (RequirementVersion(Period(), parse("papers > 0"), CITED),),
        "valid",
    )
    every = (away, near, size)
    postal = Fact("postal", FactType.YES_NO, "the ballot goes by post", derived=True)
    by_hand = RuleVersion(Period(), parse("True"), Literal(False), CITED)
    rules = RuleSet(
        facts={
            f.key: f for f in (*RULES.facts.values(), VALID, postal, *(r.fact() for r in every))
        },
        rules=(
            *(rule for requirement in every for rule in requirement.rules()),
            *verdicts(every),
            Rule("t.by-hand", "postal", (by_hand,)),
        ),
    )
    facts = {"on": DAY, "papers": 1}
    answer = explain(rules, facts, "valid", origins={})
    assert answer.value is True
    spared = [reason for reason in answer.because if reason.not_required]
    assert [reason.fact for reason in spared] == ["t.away", "t.near"]
    assert all(reason.citations == () and reason.condition is None for reason in spared)
    text = answer.to_text()
    assert "  not required: t.away, t.near" in text.splitlines()
    assert "because t.away" not in text
    # What makes it not required, and what is met, keep their sources.
    cited = [reason.fact for reason in answer.because if reason.citations]
    assert cited == ["t.size", "postal"]
    again = Answer.from_dict(json.loads(json.dumps(answer.to_dict())))
    assert again == answer
    assert again.to_text() == text
    # Asked for itself, it gives everything.
    (asked, _) = explain(rules, facts, "t.away", origins={}).because
    assert (asked.not_required, asked.citations) == (False, CITED)
    assert asked.condition is not None
