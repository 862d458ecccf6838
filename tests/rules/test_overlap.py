"""The search for people for whom two rules decide one fact differently."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.strategies import ASKED, CITED, conditions, rule_sets, subjects
from unioncore.legal import Period
from unioncore.rules import Fact, FactType, Row, Rule, RuleSet, RuleVersion, Table, parse
from unioncore.rules.condition import Expression, Literal
from unioncore.rules.evaluate import Subject
from unioncore.rules.functions import compare
from unioncore.rules.overlap import Overlap, overlaps
from unioncore.rules.ruleset import Choosing, RuleClause
from unioncore.rules.search import can_hold
from unioncore.rules.ways import Way, Ways

slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def every_pair(_: Ways, clauses: Sequence[RuleClause]) -> Iterable[tuple[RuleClause, RuleClause]]:
    return combinations(clauses, 2)


def searched(rules: RuleSet) -> list[Overlap]:
    """What is found where every pair of clauses is searched."""
    with mock.patch.object(Ways, "meeting", every_pair):
        return list(overlaps(rules))


def clashing(rules: RuleSet, facts: dict[str, Any]) -> set[tuple[str, str, str]]:
    """The pairs of rules that surely count and differ for one subject."""
    subject, found = Subject(rules, facts), set()
    for key, decider in rules.deciders.items():
        if isinstance(decider, Choosing):
            counting = [
                (clause.rule.key, None if clause.value is None else subject.evaluate(clause.value))
                for clause in decider.clauses
                if subject.counts(clause, decider)
            ]
            for (first, one), (second, other) in combinations(counting, 2):
                if one != other and first != second:
                    found.add((key, first, second))
    return found


def goes(subject: Subject, way: Way) -> bool:
    """Whether a subject has what one way requires."""
    return all(
        any(compare("==", subject.value(key), value) for value in values - {None})
        or (None in values and subject.value(key) is None)
        if isinstance(key, str)
        else subject.truth(key) in values
        for key, values in way.items()
    )


@pytest.mark.slow
@slow
@given(rule_sets(), conditions(ASKED), st.lists(subjects(), min_size=5, max_size=5))
def test_a_condition_holds_only_in_one_of_its_ways(
    rules: RuleSet, condition: Expression, people: list[dict[str, Any]]
) -> None:
    ways = Ways(rules)
    for facts in people:
        subject = Subject(rules, facts)
        truth = subject.truth(condition)
        if truth is not None:
            assert any(goes(subject, way) for way in ways.of(condition, truth))
        for key in ASKED:
            value = subject.value(key)
            if value is not None and rules.facts[key].type is not FactType.SET:
                assert any(goes(subject, way) for way in ways.seen_through(key, value))


@pytest.mark.slow
@slow
@given(rule_sets(), conditions(ASKED), st.lists(subjects(), min_size=5, max_size=5))
def test_nobody_meets_a_condition_that_nobody_can_meet(
    rules: RuleSet, condition: Expression, people: list[dict[str, Any]]
) -> None:
    if can_hold(rules, condition) is False:
        assert all(Subject(rules, facts).truth(condition) is not True for facts in people)


@pytest.mark.slow
@slow
@given(rule_sets())
def test_what_rules_require_settles_only_what_a_search_would_settle(rules: RuleSet) -> None:
    quick, full = list(overlaps(rules)), searched(rules)
    assert [each for each in quick if each.example] == [each for each in full if each.example]
    assert {repr(each) for each in quick} <= {repr(each) for each in full}


@pytest.mark.slow
@slow
@given(rule_sets(), st.lists(subjects(), min_size=5, max_size=5))
def test_rules_clash_where_it_is_said_and_nowhere_else(
    rules: RuleSet, people: list[dict[str, Any]]
) -> None:
    found = list(overlaps(rules))
    for each in found:
        if each.example is not None:
            assert (each.fact, each.first, each.second) in clashing(rules, dict(each.example))
    said = {(each.fact, each.first, each.second) for each in found}
    for facts in people:
        assert clashing(rules, facts) <= said


# -- worked examples ---------------------------------------------------------------------------


def rule(key: str, decides: str, when: str, value: str, **more: Any) -> Rule:
    version = RuleVersion(Period(), parse(when), parse(value), CITED)
    return Rule(key, decides, (version,), **more)


FACTS = (
    Fact("on", FactType.DAY, "the day"),
    Fact("employer", FactType.TEXT, "the employer"),
    Fact("grade", FactType.CHOICE, "the grade", choices=("a", "b", "c")),
    Fact("retired", FactType.YES_NO, "retired"),
    Fact("senior", FactType.YES_NO, "senior", derived=True),
    Fact("junior", FactType.YES_NO, "junior", derived=True),
    Fact("group", FactType.CHOICE, "the group", derived=True, choices=("x", "y", "z")),
    Fact("lists", FactType.SET, "the lists", derived=True, choices=("l", "m")),
    Fact("branch", FactType.CHOICE, "the branch", derived=True, choices=("one", "two")),
)
GRADES = (rule("s", "senior", "grade == 'a'", "true"), rule("j", "junior", "grade == 'b'", "true"))
TABLE = Table(
    "t",
    "group",
    "employer",
    (
        Row(("E1", "E2"), Literal("x"), Period(), CITED),
        Row(("E3",), Literal("y"), Period(), CITED),
    ),
    otherwise=(Row((), Literal("z"), Period(), CITED),),
)
LISTS = (
    rule("on-l", "lists", "grade == 'a'", "['l']"),
    rule("on-m", "lists", "grade in ['a', 'b']", "['m']"),
)


@pytest.mark.parametrize(
    ("first", "second", "more", "looked_at"),
    [
        pytest.param("senior", "junior", GRADES, 0, id="both sides derived"),
        pytest.param("senior", "grade == 'c'", GRADES, 0, id="one side derived"),
        pytest.param("group == 'x'", "employer == 'E3'", (TABLE,), 0, id="a table"),
        pytest.param("group == 'z'", "employer == 'E3'", (TABLE,), 1, id="its otherwise"),
        pytest.param("'l' in lists", "grade == 'b'", LISTS, 0, id="a word of a set"),
        pytest.param("'m' in lists", "grade == 'b'", LISTS, 1, id="another word"),
        pytest.param("senior or retired", "junior and not retired", GRADES, 0, id="two ways"),
        pytest.param(
            "senior",
            "grade == 'b'",
            (*GRADES, rule("t", "senior", "grade in ['b', 'c']", "retired")),
            1,
            id="a value that is computed",
        ),
        pytest.param(
            "not senior",
            "grade == 'c'",
            (*GRADES, rule("n", "senior", "true", "false", otherwise=True)),
            1,
            id="an otherwise",
        ),
        pytest.param(
            "senior",
            "grade == 'c'",
            (*GRADES, rule("n", "senior", "retired", "true", overrides=("s",))),
            1,
            id="an overriding rule that gives the value",
        ),
    ],
)
def test_derived_facts_are_seen_through(
    first: str, second: str, more: Sequence[Rule | Table], looked_at: int
) -> None:
    one, two = rule("one", "branch", first, "'one'"), rule("two", "branch", second, "'two'")
    rules = RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=(*(each for each in more if isinstance(each, Rule)), one, two),
        tables=tuple(each for each in more if isinstance(each, Table)),
    )
    decider = rules.deciders["branch"]
    assert isinstance(decider, Choosing)
    assert len(list(Ways(rules).meeting(decider.clauses))) == looked_at


def test_a_fact_that_rests_on_itself_requires_nothing() -> None:
    rules = RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=(rule("s", "senior", "junior", "true"), rule("j", "junior", "senior", "true")),
    )
    assert Ways(rules).of(parse("senior and grade == 'a'"))


SETS = (
    Fact("roles", FactType.SET, "the roles", choices=("r", "s")),
    Fact("nights", FactType.WHOLE, "the nights"),
    Fact("shifts", FactType.WHOLE, "the shifts", derived=True),
    Fact("level", FactType.CHOICE, "the level", derived=True, choices=("a", "b", "c")),
)


@pytest.mark.parametrize(
    ("first", "second", "more", "person"),
    [
        pytest.param(
            "shifts >= 7",
            "True",
            rule("w", "shifts", "True", "nights + 1"),
            {"nights": 6},
            id="worked out",
        ),
        pytest.param(
            "shifts in (7, 9)",
            "True",
            rule("w", "shifts", "True", "nights + 1"),
            {"nights": 6},
            id="worked out, one of several",
        ),
        pytest.param(
            "level == 'b'",
            "True",
            rule("w", "level", "True", "grade"),
            {"grade": "b"},
            id="taken over",
        ),
        pytest.param("roles != ()", "'r' not in roles", None, {"roles": {"s"}}, id="not empty"),
        pytest.param("group == 'x'", "employer != 'E2'", None, {"employer": "E1"}, id="of one row"),
    ],
)
def test_a_person_is_found_by_what_tells_values_apart(
    first: str, second: str, more: Rule | None, person: dict[str, Any]
) -> None:
    one, two = rule("one", "branch", first, "'one'"), rule("two", "branch", second, "'two'")
    rules = RuleSet(
        facts={fact.key: fact for fact in (*FACTS, *SETS)},
        rules=(*filter(None, [more]), one, two),
        tables=(TABLE,),
    )
    [found] = overlaps(rules)
    assert found.example == person


def test_rules_about_a_number_that_is_worked_out_may_be_proved_apart() -> None:
    rules = RuleSet(
        facts={fact.key: fact for fact in (*FACTS, *SETS)},
        rules=(
            rule("w", "shifts", "True", "nights + 1"),
            rule("one", "branch", "shifts >= 7", "'one'"),
            rule("two", "branch", "shifts < 7", "'two'"),
        ),
    )
    assert list(overlaps(rules)) == []


def test_whoever_is_found_has_no_number_below_zero_where_another_will_do() -> None:
    rules = RuleSet(
        facts={fact.key: fact for fact in (*FACTS, *SETS)},
        rules=(
            rule("one", "branch", "nights < 2", "'one'"),
            rule("two", "branch", "nights <= 0 or nights < 1", "'two'"),
        ),
    )
    [found] = overlaps(rules)
    assert found.example == {"nights": 0}
