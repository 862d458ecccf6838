"""A condition as its clauses, each with what lets it decide alone."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.rules.strategies import conditions, rule_sets, subjects
from tests.rules.test_overlap import FACTS, TABLE, rule
from unioncore.rules import RuleSet, Subject, parse, render
from unioncore.rules.clauses import ConditionClause, clauses_in, judged
from unioncore.rules.condition import TRUE, Expression, not_, put


def told(text: str) -> list[tuple[str, list[str], list[str]]]:
    def parts(clause: ConditionClause) -> tuple[str, list[str], list[str]]:
        return render(clause.said), [*map(render, clause.needed)], [*map(render, clause.instead)]

    return [parts(each) for each in clauses_in(parse(text))]


def test_what_holds_together_is_needed_and_what_would_do_instead_is_not() -> None:
    assert told("a and (b or not c)") == [
        ("a", ["b or not c"], []),
        ("b", ["a"], ["not c"]),
        ("not c", ["a"], ["b"]),
    ]


def test_the_opposite_turns_it_round() -> None:
    assert told("not (a and b)") == [("not a", [], ["not b"]), ("not b", [], ["not a"])]
    assert told("not (a or b)") == [("not a", ["not b"], []), ("not b", ["not a"], [])]


def test_what_is_always_so_is_no_clause() -> None:
    assert list(clauses_in(TRUE)) == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rule_sets(), conditions(), subjects())
def test_a_clause_that_decides_alone_turns_the_condition(
    rules: RuleSet, condition: Expression, facts: dict[str, Any]
) -> None:
    """Where the rest leaves it to the clause, the condition holds just where the clause does."""
    subject = Subject(rules, facts)
    for clause in clauses_in(condition):
        alone = all(map(subject.truth, clause.needed)) and not any(
            map(subject.truth, clause.instead)
        )
        if alone and subject.truth(clause.said) is True:
            assert subject.truth(condition) is True
            other = put(condition, clause.node, not_(TRUE) if clause.holds else TRUE)
            assert subject.truth(other) is not True


def test_conditions_of_versions_exceptions_and_what_is_computed_are_judged() -> None:
    rules = RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=(rule("s", "senior", "grade == 'a'", "retired"),),
        tables=(TABLE,),
    )
    (written, computed) = judged(rules, rules.rules[0])
    assert (render(written.condition), render(computed.condition)) == ("grade == 'a'", "retired")
    assert render(computed.beside) == "grade == 'a'"
    assert written.counting is not None
    assert [render(each.condition) for each in judged(rules, TABLE)] == [
        "employer in ('E1', 'E2')",
        "employer in ('E3',)",
    ]
