"""The readings of a rule set give the same answers, unknowns and derived-on-derived included."""

import copy
import json
import pickle
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.strategies import (
    ASKED,
    DERIVED,
    FIRST,
    conditions,
    crowded,
    rule_sets,
    subjects,
    values_of,
)
from unioncore.legal import Period
from unioncore.rules import (
    Answer,
    Fact,
    FactType,
    Rule,
    RuleSet,
    RuleVersion,
    Subject,
    compile_condition,
    compile_many,
    compile_rules,
    explain,
    parse,
)
from unioncore.rules.compile import compile_values
from unioncore.rules.condition import AllOf, Literal, names_in
from unioncore.rules.ruleset import Choosing

YES_NO = [fact.key for fact in DERIVED if fact.type is FactType.YES_NO]


def plain(rules: RuleSet, facts: dict[str, Any]) -> tuple[Any, ...]:
    subject = Subject(rules, facts)
    return tuple(subject.value(key) for key in ASKED)


def walked(rules: RuleSet, facts: dict[str, Any]) -> tuple[Any, ...]:
    """Return the values, and what is known of a set that is not known as a whole."""
    subject = Subject(rules, facts)
    return tuple(
        subject.in_part(key) if subject.value(key) is None else subject.value(key) for key in ASKED
    )


@pytest.mark.slow
@given(rule_sets(), subjects())
def test_compiled_rules_decide_as_the_walk_does_on_one_day_and_on_any(
    rules: RuleSet, facts: dict[str, Any]
) -> None:
    expected = walked(rules, facts)
    decide = compile_rules(rules, ASKED)
    assert decide(facts) == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("unioncore.rules.compile._OFTEN", 0)
        assert decide(facts) == expected
    # A measure's records are asked about on the same day.
    assert compile_rules(rules, ASKED, on=facts["on"])(facts) == expected


@pytest.mark.slow
@given(rule_sets(), st.lists(subjects(), min_size=1, max_size=4))
def test_one_loop_over_many_finds_what_the_walk_finds_in_each(
    rules: RuleSet, many: list[dict[str, Any]]
) -> None:
    on = many[0]["on"]
    records = [{**facts, "on": on} for facts in many]
    found = compile_many(rules, YES_NO, on=on)(records)
    values = [[Subject(rules, facts).value(key) for key in YES_NO] for facts in records]
    for number, each in enumerate(found):
        column = [row[number] for row in values]
        assert each.yes == [place for place, value in enumerate(column) if value is True]
        assert each.not_known == [place for place, value in enumerate(column) if value is None]


@pytest.mark.slow
@given(rule_sets(), subjects())
def test_an_explained_answer_has_the_value_of_the_walk_and_can_be_kept(
    rules: RuleSet, facts: dict[str, Any]
) -> None:
    subject = Subject(rules, facts)
    for key in ASKED:
        value, part = subject.value(key), subject.in_part(key)
        answer = explain(rules, facts, key, origins={}, fingerprint="0" * 16)
        assert answer.known is (value is not None)
        assert answer.in_part == part
        if answer.known:
            assert (answer.value, answer.missing, answer.reason) == (value, (), "")
        else:
            assert answer.reason
        again = explain(rules, facts, key, origins={}, fingerprint="0" * 16)
        assert (again, hash(again)) == (answer, hash(answer))
        assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer
        assert pickle.loads(pickle.dumps(answer)) == answer == copy.deepcopy(answer)
    part = subject.in_part("gathered")
    decided = rules.deciders.get("gathered") is not None
    assert not decided or (subject.value("gathered") is None) is not (part is None)
    if part is not None:
        assert part.perhaps or not part.closed
        assert not part.at_least & part.perhaps


def rules_disagree(subject: Subject, key: str) -> bool:
    """Whether rules that count give a fact, or one that deciding it may read, unequal values."""
    found, waiting = {key}, [key]
    while waiting:
        decider = subject.rules.deciders.get(waiting.pop())
        if isinstance(decider, Choosing):
            values = {
                None if clause.value is None else subject.evaluate(clause.value)
                for clause in decider.clauses
                if subject.truth(clause.holds)
                and all(
                    subject.truth(decider.raw[above]) is False
                    for above in decider.overriders[clause.rule.key]
                )
            }
            if len(values) > 1:
                return True
        for node in decider.reads() if decider is not None else ():
            new = set(names_in(node)) - found
            found |= new
            waiting += new
    return False


def with_more(facts: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    absent = [key for key in ("kind", "flag", "count", "band", "since") if facts.get(key) is None]
    return facts | {key: data.draw(values_of(key), label=key) for key in absent}


def check_that_values_stay(before: Subject, after: Subject) -> None:
    for key in ASKED:
        was, now = before.value(key), after.value(key)
        # What is known goes only where rules disagree about it, or about what it rests on.
        if was is not None and not rules_disagree(after, key):
            assert now == was, key


def check_that_sure_words_stay(before: Subject, after: Subject) -> None:
    was, now = before.in_part("gathered"), after.in_part("gathered")
    if rules_disagree(after, "gathered"):
        return
    if was is None:
        assert now is None
        return
    sure = after.value("gathered") if now is None else now.at_least
    assert was.at_least <= sure <= was.at_least | was.perhaps
    if now is not None:
        assert now.perhaps <= was.perhaps
        assert now.closed or not was.closed


@pytest.mark.slow
@given(rule_sets(knowing=False), subjects(), st.data())
def test_more_facts_never_change_what_was_known(
    rules: RuleSet, facts: dict[str, Any], data: st.DataObject
) -> None:
    check_that_values_stay(Subject(rules, facts), Subject(rules, with_more(facts, data)))


@pytest.mark.slow
@given(rule_sets(knowing=False), subjects(), st.data())
def test_what_is_surely_in_a_set_only_grows_with_more_facts(
    rules: RuleSet, facts: dict[str, Any], data: st.DataObject
) -> None:
    check_that_sure_words_stay(Subject(rules, facts), Subject(rules, with_more(facts, data)))


@settings(max_examples=100)
@given(crowded(), subjects(), st.data())
def test_only_rules_that_disagree_take_away_what_was_known(
    rules: RuleSet, facts: dict[str, Any], data: st.DataObject
) -> None:
    more = with_more(facts, data)
    check_that_sure_words_stay(Subject(rules, facts), Subject(rules, more))
    check_that_values_stay(Subject(rules, facts), Subject(rules, more))


@pytest.mark.slow
@given(rule_sets(knowing=False), subjects(), st.data())
def test_facts_that_are_not_missing_do_not_help(
    rules: RuleSet, facts: dict[str, Any], data: st.DataObject
) -> None:
    absent = [key for key in ("kind", "nation", "flag", "count", "band") if facts.get(key) is None]
    for asked in ASKED:
        answer = explain(rules, facts, asked, origins={})
        if answer.known:
            continue
        more = dict(facts)
        for key in absent:
            if key not in answer.missing:
                more[key] = data.draw(values_of(key), label=f"{asked}: {key}")
        assert Subject(rules, more).value(asked) is None


@given(conditions(), subjects())
def test_a_condition_compiles_to_what_it_walks_to(condition: Any, facts: dict[str, Any]) -> None:
    base = RuleSet(facts={fact.key: fact for fact in _facts()})
    rule = _rule(condition)
    rules = RuleSet(facts=base.facts, rules=(rule,), predicates=_predicates())
    expected = Subject(rules, facts).truth(condition)
    assert compile_rules(rules, ["holds"])(facts) == (True if expected else None,)
    holds = compile_condition(rules, condition)
    assert holds(facts) is expected
    assert holds.reads <= {fact.key for fact in rules.facts.values() if not fact.derived}


def _facts() -> tuple[Fact, ...]:
    from tests.rules.strategies import DERIVED, RECORDED

    return (*RECORDED, *DERIVED)


def _predicates() -> dict[str, Any]:
    from tests.rules.strategies import PREDICATE

    return {PREDICATE.key: PREDICATE}


def _rule(condition: Any) -> Any:
    from tests.rules.strategies import CITED
    from unioncore.legal import Period
    from unioncore.rules import Rule, RuleVersion

    version = RuleVersion(Period(), AllOf((condition, Literal(True))), Literal(True), CITED)
    return Rule("t.holds", "holds", (version,))


@pytest.mark.slow
@settings(max_examples=800, deadline=None)
@given(rule_sets(), subjects())
def test_the_readings_agree_on_many_more(rules: RuleSet, facts: dict[str, Any]) -> None:
    assert compile_rules(rules, ASKED)(facts) == walked(rules, facts)
    for key, value in zip(ASKED, plain(rules, facts), strict=True):
        answer = explain(rules, facts, key, origins={})
        assert (answer.value if answer.known else None) == value


def test_the_world_has_every_type_of_fact() -> None:
    assert {fact.type for fact in _facts()} == set(FactType)


@settings(max_examples=3)
@given(rule_sets())
def test_what_was_compiled_is_kept_and_not_pickled(rules: RuleSet) -> None:
    again = pickle.loads(pickle.dumps(rules))
    for number in range(100):
        on = FIRST + timedelta(days=number)
        assert compile_values(rules, ["holds"], on=on) is compile_values(rules, ["holds"], on=on)
    assert len(rules.compiled) == 64
    assert pickle.dumps(rules) == pickle.dumps(again)
    assert not pickle.loads(pickle.dumps(rules)).compiled


def test_only_yes_or_no_facts_are_found_in_many() -> None:
    rules = RuleSet(facts={fact.key: fact for fact in _facts()})
    with pytest.raises(ValueError, match="chosen: expected a yes-or-no fact"):
        compile_many(rules, ["holds", "chosen"], on=FIRST)


WORDS = [f"w{number}" for number in range(12)]


@st.composite
def routes(draw: st.DrawFn) -> RuleSet:
    """Many rules that go by the words of one fact; some by another fact as well."""
    facts = {
        "place": Fact("place", FactType.TEXT, "place"),
        "open": Fact("open", FactType.YES_NO, "open"),
        "home": Fact("home", FactType.TEXT, "home", derived=True),
    }
    rules = []
    for number in range(draw(st.integers(1, 12))):
        some = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
        when = draw(
            st.sampled_from(
                [f"place in {some!r}", f"place == {some[0]!r}", f"place == {some[0]!r} and open"]
            )
        )
        value = parse(repr(draw(st.sampled_from("ABC"))))
        version = RuleVersion(Period(), parse(when), value, ())
        rules.append(Rule(f"r{number}", "home", (version,)))
    if draw(st.booleans()):
        version = RuleVersion(Period(), parse("True"), parse("'D'"), ())
        rules.append(Rule("rest", "home", (version,), otherwise=True))
    return RuleSet(facts=facts, rules=tuple(draw(st.permutations(rules))))


@given(routes())
@settings(max_examples=40)
def test_many_rules_that_go_by_one_fact_are_looked_up_as_they_are_walked(rules: RuleSet) -> None:
    decide = compile_rules(rules, ["home"], on=FIRST)
    for place in (*WORDS, "elsewhere", None):
        for is_open in (True, False, None):
            given_ = {"place": place, "open": is_open, "on": FIRST}
            facts = {key: value for key, value in given_.items() if value is not None}
            assert decide(facts) == (Subject(rules, facts).value("home"),)
