"""The search for people for whom no rule says what a fact is."""

from collections.abc import Iterable
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.strategies import ASKED, CITED, days, rule_sets, subjects
from unioncore.legal import Period
from unioncore.rules import (
    Fact,
    FactType,
    Impossible,
    Row,
    Rule,
    RuleException,
    RuleSet,
    RuleVersion,
    Silence,
    Table,
    parse,
)
from unioncore.rules.condition import Known, Literal, all_of, both, not_, walk
from unioncore.rules.evaluate import Subject
from unioncore.rules.prose import Prose
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause
from unioncore.rules.search import can_hold
from unioncore.rules.silence import Decided, FactGaps, silent

slow = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
DAY = date(2020, 6, 1)


def surely_not(*truths: bool | None) -> bool:
    return all(truth is False for truth in truths)


def nothing_speaks(rules: RuleSet, key: str, facts: dict[str, Any], *, ever: bool = False) -> bool:
    """Whether surely no rule or row says what a fact is of one subject, and none is excepted.

    With ``ever`` rules count whatever days they are for.
    """
    subject = Subject(rules, facts)

    def force(clause: RuleClause) -> bool | None:
        return True if ever else subject.truth(clause.force)

    def unspoken(clauses: Iterable[RuleClause]) -> bool:
        """Whether surely no clause speaks, and none is kept silent by an exception."""
        excepted = [
            both((force(clause), subject.truth(version.when), subject.truth(each.when)))
            for clause in clauses
            if (version := clause.version) is not None and clause.exception is None
            for each in version.exceptions
            if each.value is None
        ]
        return surely_not(
            *(both((force(each), subject.truth(each.when))) for each in clauses), *excepted
        )

    match rules.deciders.get(key):
        case Choosing(clauses) | Gathering(closing=clauses):
            return unspoken(clauses)
        case Table() as table:
            by = subject.value(table.by)
            rows = rules.rows[table.key]
            return by is not None and not (
                (rows.get(by) or rows.get("")) if ever else subject.row(table)
            )
        case _:
            return False


def lacks_what_is_asked_for(rules: RuleSet, facts: dict[str, Any]) -> bool:
    """Whether a rule asks if a fact is known that is not: the search takes such facts as given."""
    subject = Subject(rules, facts)
    asked = (
        node.key
        for rule in rules.rules
        for each in rule.expressions()
        for node in walk(each)
        if isinstance(node, Known)
    )
    return any(not subject.truth(Known(key)) for key in asked)


@pytest.mark.slow
@slow
@given(rule_sets(), days, st.lists(subjects(), min_size=8, max_size=8))
def test_whoever_is_left_undecided_is_told_of(
    rules: RuleSet, day: date, people: list[dict[str, Any]]
) -> None:
    for key in ASKED:
        found = silent(rules, key, day)
        for facts in people:
            theirs = {**facts, "on": day, "since": day}
            below_zero = (theirs.get("count") or 0) < 0
            if below_zero or found.more or lacks_what_is_asked_for(rules, theirs):
                continue
            if not nothing_speaks(rules, key, theirs):
                continue
            assert found.found not in (Decided.FOR_ALL, Decided.DECLARED)
            subject = Subject(rules, theirs)
            told = any(subject.truth(gap.when) is not False for gap in found.gaps)
            if found.found is Decided.NO_VERSION or nothing_speaks(rules, key, theirs, ever=True):
                assert told or found.found is Decided.NOT_PROVED


@pytest.mark.slow
@slow
@given(rule_sets(), days)
def test_of_each_person_told_nothing_speaks(rules: RuleSet, day: date) -> None:
    for key in ASKED:
        for gap in silent(rules, key, day).gaps if key in rules.deciders else ():
            assert nothing_speaks(rules, key, {**gap.person, "on": day})
            assert Subject(rules, {**gap.person, "on": day}).truth(gap.when) is True


@pytest.mark.slow
@slow
@given(rule_sets(), days)
def test_no_description_contains_another(rules: RuleSet, day: date) -> None:
    for key in ASKED:
        for one, other in permutations(silent(rules, key, day).gaps, 2):
            if not {*one.unnamed} ^ {*other.unnamed}:
                assert can_hold(rules, all_of(one.when, not_(other.when))) is not False


# -- worked examples -------------------------------------------------------------------------------

FACTS = (
    Fact("on", FactType.DAY, "the day"),
    Fact("kind", FactType.CHOICE, "the kind of lamp", choices=("oil", "gas", "wax")),
    Fact("nation", FactType.CHOICE, "the nation", choices=("England", "Wales", "Scotland")),
    Fact("age", FactType.WHOLE, "the age"),
    Fact("paid", FactType.WHOLE, "what was paid"),
    Fact("due", FactType.WHOLE, "what was due"),
    Fact("keeper", FactType.TEXT, "the keeper"),
    Fact("group", FactType.CHOICE, "the group", derived=True, choices=("a", "b")),
    Fact("bodies", FactType.SET, "the bodies", derived=True, choices=("l", "m")),
)


def rule(when: str, value: str = "'a'", *, decides: str = "group", **more: Any) -> Rule:
    excepted = more.pop("exceptions", ())
    period = more.pop("period", Period())
    version = RuleVersion(period, parse(when), parse(value), CITED, exceptions=excepted)
    return Rule(f"t.{when}", decides, (version,), **more)


def looked_at(*rules: Rule, of: str = "group", **more: Any) -> tuple[FactGaps, list[str]]:
    """What is found of one fact, and its descriptions."""
    book = RuleSet(facts={fact.key: fact for fact in FACTS}, rules=rules, **more)
    found = silent(book, of, DAY)
    return found, [Prose(book).condition(gap.when) for gap in found.gaps]


def test_each_kind_of_people_is_told_as_widely_as_it_can_be() -> None:
    found, told = looked_at(rule("kind == 'oil' and nation == 'England'"), rule("kind == 'gas'"))
    assert found.found is Decided.OPEN
    assert told == [
        "the kind of lamp is wax",
        "the kind of lamp is not gas and the nation is not England",
    ]


def test_bounds_are_told_as_bounds() -> None:
    found, told = looked_at(rule("age >= 16 and age < 60"))
    assert told == ["the age is at most 15", "the age is at least 60"]
    assert [gap.person for gap in found.gaps] == [{"age": 15}, {"age": 60}]


def test_an_exception_without_a_value_passes_over_those_whom_it_excepts() -> None:
    excepted = (RuleException(parse("kind == 'wax'"), "wax is not lit"),)
    assert looked_at(rule("True", exceptions=excepted))[0].found is Decided.DECLARED


def test_a_silence_passes_over_those_whom_it_names() -> None:
    silence = Silence("t.wax", ("group",), parse("kind == 'wax'"), "wax is not lit")
    oil = rule("kind in ['oil', 'gas']")
    assert looked_at(oil)[1] == ["the kind of lamp is wax"]
    assert looked_at(oil, silences=(silence,))[0].found is Decided.DECLARED


def test_a_set_is_decided_where_a_rule_says_that_there_is_nothing_else() -> None:
    named = rule("kind == 'oil'", "['l']", decides="bodies")
    closed = rule("nation == 'Wales'", "[]", decides="bodies", otherwise=True)
    assert looked_at(named, closed, of="bodies")[1] == ["the nation is not Wales"]


def test_a_table_is_decided_for_the_words_that_its_rows_name() -> None:
    rows = (Row(("oil", "gas"), Literal("a"), Period(), CITED),)
    table = Table("t.table", "group", "kind", rows)
    assert looked_at(tables=(table,))[1] == ["the kind of lamp is wax"]


def test_a_rule_without_a_version_on_the_day_is_told_as_such() -> None:
    ended = rule("nation == 'Wales'", period=Period(end=DAY))
    found, told = looked_at(rule("nation != 'Wales'"), ended)
    assert (found.found, told) == (Decided.NO_VERSION, ["the nation is Wales"])
    found, told = looked_at(rule("nation == 'England'"), ended)
    assert (found.found, told) == (Decided.OPEN, ["the nation is Scotland"])


def test_facts_that_are_compared_with_each_other_are_proved_where_every_way_is_spoken_of() -> None:
    paid, not_paid = rule("2 * paid >= due + 1"), rule("due > 2 * paid - 1", "'b'")
    assert looked_at(paid, not_paid)[0].found is Decided.FOR_ALL
    assert looked_at(paid, rule("due > 2 * paid", "'b'"))[0].found is not Decided.FOR_ALL


def test_nobody_has_a_number_below_zero() -> None:
    assert looked_at(rule("age >= 0"))[0].found is Decided.FOR_ALL
    assert looked_at(rule("age >= 1"))[1] == ["the age is at most 0"]


def test_a_fact_that_nothing_decides_is_open_for_everybody() -> None:
    found, _ = looked_at()
    assert (found.found, [gap.person for gap in found.gaps]) == (Decided.OPEN, [{}])


def test_whom_no_rule_names_is_told_without_naming_all_others() -> None:
    named = rule("keeper in ['Ann', 'Bea'] or kind == 'oil'")
    found, told = looked_at(named)
    assert told == ["the kind of lamp is not oil"]
    assert [gap.unnamed for gap in found.gaps] == [("keeper",)]


def test_impossible_people_are_not_told_of() -> None:
    never = Impossible("t.wax", parse("kind == 'wax'"), "wax is not lit")
    oil = rule("kind in ['oil', 'gas']")
    assert looked_at(oil, impossible=(never,))[0].found is Decided.FOR_ALL
