"""The search for people for whom no rule says what a fact is."""

from collections.abc import Iterable
from datetime import date
from itertools import permutations, product
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
ENDED = Period(end=DAY)
COUNT = st.integers(0, 1)


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
    Fact("colours", FactType.SET, "the colours", choices=("red", "green", "blue")),
    Fact("lit", FactType.DAY, "the day on which it was lit"),
    Fact("out", FactType.DAY, "the day on which it went out"),
    Fact("total", FactType.WHOLE, "the total", derived=True),
    Fact("same", FactType.CHOICE, "the same kind", derived=True, choices=("oil", "gas", "wax")),
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


WORLD: dict[str, list[Any]] = {
    "kind": ["oil", "gas", "wax"],
    "keeper": ["Ann", "Bea", "Cat"],
    "paid": [*range(6)],
    "colours": [frozenset(), frozenset({"red"}), frozenset({"blue"}), frozenset({"red", "blue"})],
}
"""Every value that can make a difference to the rules below."""


@st.composite
def asked(draw: st.DrawFn) -> str:
    """One condition about the small world."""
    numbers = st.integers(0, 4)
    leaf = st.one_of(
        st.sampled_from(["kind == 'oil'", "kind != 'gas'", "same == 'oil'", "known(same)", "True"]),
        st.sampled_from(["keeper == 'Ann'", "keeper in ('Ann', 'Bea')", "keeper != 'Bea'"]),
        st.sampled_from(["'red' in colours", "colours == ()", "colours != ()"]),
        numbers.map(lambda number: f"paid >= {number}"),
        numbers.map(lambda number: f"total < {number}"),
    )
    parts = draw(st.lists(st.tuples(st.sampled_from(["", "not "]), leaf), min_size=1, max_size=3))
    joined = draw(st.sampled_from([" and ", " or "]))
    return joined.join(f"{sign}{part}" for sign, part in parts)


@st.composite
def small_books(draw: st.DrawFn) -> RuleSet:
    """Rule sets about the small world: some facts in it are taken over, listed or worked out."""
    total = rule("True", draw(st.sampled_from(["paid", "paid + 1", "2"])), decides="total")
    listed = Row(("oil", "gas"), Literal("oil"), draw(st.sampled_from([Period(), ENDED])), CITED)
    by_table = draw(st.booleans())
    same = rule("True", "kind", decides="same")
    made = [
        Rule(f"t.{number}", "group", (draw(versions()),))
        for number in range(draw(st.integers(1, 3)))
    ]
    silences = [
        Silence(f"t.silent-{number}", ("group",), parse(draw(asked())), "on purpose")
        for number in range(draw(st.integers(0, 1)))
    ]
    return RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=(total, *made, *([] if by_table else [same])),
        tables=(Table("t.same", "same", "kind", (listed,)),) if by_table else (),
        silences=tuple(silences),
    )


@st.composite
def versions(draw: st.DrawFn) -> RuleVersion:
    excepted = [RuleException(parse(draw(asked())), "not these") for _ in range(draw(COUNT))]
    period = draw(st.sampled_from([Period(), Period(), ENDED]))
    return RuleVersion(
        period, parse(draw(asked())), Literal("a"), CITED, exceptions=tuple(excepted)
    )


def named(rules: RuleSet, person: dict[str, Any], gap: Any) -> bool:
    """Whether a gap describes a person."""
    listed = {"Ann", "Bea"}
    unnamed = (
        person[key] in words or person[key] not in listed for key, words in gap.unnamed.items()
    )
    return Subject(rules, person).truth(gap.when) is True and all(unnamed)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_books())
def test_everybody_of_a_small_world_is_decided_or_told(rules: RuleSet) -> None:
    found = silent(rules, "group", DAY)
    everybody = [
        {"on": DAY, **dict(zip(WORLD, each, strict=True))} for each in product(*WORLD.values())
    ]
    for person in everybody:
        silenced = [Subject(rules, person).truth(each.when) for each in rules.silences]
        unspoken = nothing_speaks(rules, "group", person) and surely_not(*silenced)
        told = any(named(rules, person, gap) for gap in found.gaps)
        assert unspoken or not told
        if unspoken and not found.more:
            assert found.found not in (Decided.FOR_ALL, Decided.DECLARED)
            never = nothing_speaks(rules, "group", person, ever=True)
            if found.found is Decided.NO_VERSION or (found.found is Decided.OPEN and never):
                assert told


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
    found, told = looked_at(rule("keeper in ['Ann', 'Bea'] or kind == 'oil'"))
    assert told == ["the keeper is not Ann or Bea and the kind of lamp is not oil"]
    assert [gap.unnamed for gap in found.gaps] == [{}]
    many = rule("keeper in ['Ann', 'Bea', 'Cat', 'Dan'] or keeper == 'Eve' and kind == 'oil'")
    found, told = looked_at(many)
    assert told == ["always", "the kind of lamp is not oil"]
    assert [gap.unnamed for gap in found.gaps] == [{"keeper": ()}, {"keeper": ("Eve",)}]


def test_impossible_people_are_not_told_of() -> None:
    never = Impossible("t.wax", parse("kind == 'wax'"), "wax is not lit")
    oil = rule("kind in ['oil', 'gas']")
    assert looked_at(oil, impossible=(never,))[0].found is Decided.FOR_ALL


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            ["'red' in colours", "colours == ()"],
            ["there are colours and the colours do not include red"],
        ),
        (["'red' in colours", "colours != ()"], ["there are no colours"]),
        (
            ["colours == ()", "kind == 'oil' and 'red' in colours"],
            [
                "there are colours and the colours do not include red",
                "there are colours and the kind of lamp is not oil",
            ],
        ),
    ],
)
def test_a_set_may_hold_words_that_no_rule_names(rules: list[str], expected: list[str]) -> None:
    assert looked_at(*(rule(each) for each in rules))[1] == expected


def test_whoever_a_number_that_is_worked_out_leaves_undecided_is_found() -> None:
    total = rule("True", "paid + due", decides="total")
    found, _ = looked_at(total, rule("total <= 6"))
    assert found.found is Decided.OPEN
    assert min(gap.person["paid"] + gap.person["due"] for gap in found.gaps) == 7
    assert (
        looked_at(total, rule("total <= 6"), rule("total > 6", "'b'"))[0].found is Decided.FOR_ALL
    )


def test_days_between_which_a_number_lies_are_told_together() -> None:
    found, told = looked_at(
        rule("out >= add_days(lit, 28)"), rule("out < add_days(lit, 27)", "'b'")
    )
    assert found.more
    for gap in found.gaps:
        assert (gap.person["out"] - gap.person["lit"]).days == 27
    assert all("lit" in each and "out" in each for each in told)


def test_people_are_told_together_where_a_further_fact_makes_no_difference() -> None:
    # Whoever the keeper is, the second rule is for nobody: Ann's lamp is no gas lamp.
    rows = (
        Row(("Ann",), Literal("wax"), Period(), CITED),
        Row(("Bea",), Literal("gas"), Period(), CITED),
    )
    table = Table(
        "t.table", "same", "keeper", rows, otherwise=(Row((), Literal("oil"), Period(), CITED),)
    )
    rules = rule("kind == 'oil'"), rule("keeper == 'Ann' and same == 'gas'", "'b'")
    assert looked_at(*rules, tables=(table,))[1] == ["the kind of lamp is not oil"]


def test_words_that_matter_to_a_fact_matter_to_the_one_that_it_is() -> None:
    same = rule("True", "kind", decides="same")
    assert looked_at(same, rule("same in ['oil', 'wax']"))[1] == ["the kind of lamp is gas"]


def test_each_word_of_a_row_is_told() -> None:
    rows = (
        Row(("Ann", "Bea"), Literal("a"), Period(end=DAY), CITED),
        Row(("Cat",), Literal("a"), Period(), CITED),
    )
    other = (Row((), Literal("b"), Period(), CITED),)
    table = Table("t.table", "group", "keeper", rows, otherwise=other)
    found, told = looked_at(tables=(table,))
    assert (found.found, told) == (Decided.NO_VERSION, ["the keeper is Ann or Bea"])


def test_what_is_never_known_closes_nothing() -> None:
    doubtful = rule("kind == 'oil'", "1", decides="total")
    found, told = looked_at(doubtful, rule("known(total)"))
    assert (found.found, told) == (Decided.OPEN, ["the kind of lamp is not oil"])


def test_whom_a_rule_of_another_day_excepts_has_no_version_on_this_one() -> None:
    excepted = (RuleException(parse("kind == 'wax'"), "wax is not lit"),)
    ended = rule("True", exceptions=excepted, period=Period(end=DAY))
    found, told = looked_at(ended, rule("kind == 'oil'"))
    assert (found.found, told) == (Decided.NO_VERSION, ["the kind of lamp is not oil"])


def test_a_rule_that_is_not_in_force_decides_for_nobody_of_whom_it_may_be() -> None:
    # Of wax it is not known what it is the same as, so the rule of 2021 may be for it.
    later = rule("same == 'oil'", period=Period(start=date(2021, 1, 1)))
    rows = (Row(("oil", "gas"), Literal("oil"), Period(), CITED),)
    table = Table("t.table", "same", "kind", rows)
    found, told = looked_at(later, rule("kind != 'wax'", "'b'"), tables=(table,))
    assert (found.found, told) == (Decided.NO_VERSION, ["the kind of lamp is wax"])


def test_whoever_can_only_be_among_others_is_told_with_them() -> None:
    never = Impossible("t.wax", parse("kind == 'wax' and nation == 'Wales'"), "no such lamp")
    welsh = Silence("t.wales", ("group",), parse("nation == 'Wales'"), "lamps are free in Wales")
    _, told = looked_at(rule("kind == 'oil'"), impossible=(never,), silences=(welsh,))
    assert told == ["the kind of lamp is not oil and the nation is not Wales"]


BODIES = tuple(f"b{number}" for number in range(40))


def with_bodies(*, without_level: tuple[str, ...] = ()) -> RuleSet:
    """Return rules of bodies that cover many mixtures of facts, and of the level of each."""
    on = Fact("on", FactType.DAY, "the day")
    flags = [Fact(f"flag{number}", FactType.YES_NO, f"flag {number}") for number in range(40)]
    facts = (
        on,
        *flags,
        Fact("bodies", FactType.SET, "the bodies", choices=BODIES, derived=True),
        Fact("levels", FactType.SET, "the levels", choices=("high", "low"), derived=True),
        Fact("level", FactType.CHOICE, "the level", choices=("high", "low", "none"), derived=True),
    )

    def made(key: str, decides: str, when: str, value: str, otherwise: bool = False) -> Rule:
        version = RuleVersion(Period(), parse(when), parse(value), CITED)
        return Rule(f"t.{key}", decides, (version,), otherwise=otherwise)

    rules = [made("no-other", "bodies", "True", "()", True)]
    for number, body in enumerate(BODIES):
        asked = " or ".join(f"flag{(number * step + step) % 40}" for step in (1, 3, 7))
        rules.append(made(body, "bodies", f"({asked}) and not flag{number}", f"'{body}'"))
        if body not in without_level:
            level = "high" if number % 3 else "low"
            rules.append(made(f"{body}-level", "levels", f"'{body}' in bodies", f"'{level}'"))
    rules += [
        made("high", "level", "'high' in levels", "'high'"),
        made("low", "level", "'low' in levels and not 'high' in levels", "'low'"),
        made("none", "level", "bodies == ()", "'none'"),
    ]
    return RuleSet(facts={fact.key: fact for fact in facts}, rules=tuple(rules))


def test_what_hangs_on_a_set_that_hangs_on_many_facts_is_proved_word_by_word() -> None:
    assert silent(with_bodies(), "level", DAY).found is Decided.FOR_ALL
    assert silent(with_bodies(without_level=("b7",)), "level", DAY).found is not Decided.FOR_ALL
