"""Small rule sets and conditions, asked of everybody there may be: compiled as they are walked."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain, product
from typing import Any

import pytest

from tests.rules.strategies import CITED, PREDICATE
from unioncore.legal import DayRange, Period
from unioncore.rules import (
    Fact,
    FactType,
    Measure,
    Measuring,
    Predicate,
    Row,
    Rule,
    RuleException,
    RuleSet,
    RuleVersion,
    Subject,
    Table,
    compile_condition,
    compile_many,
    compile_rules,
    parse,
)
from unioncore.rules.condition import Literal, names_in

BEFORE, DAY, AFTER = date(2024, 5, 1), date(2024, 5, 10), date(2024, 5, 20)
RECORDED: Mapping[Fact, tuple[Any, ...]] = {
    Fact("on", FactType.DAY, "the day"): (BEFORE, DAY, AFTER),
    Fact("open", FactType.YES_NO, "it is open"): (True, False, None),
    Fact("kind", FactType.CHOICE, "the kind", choices=("a", "b")): ("a", "b", None),
    Fact("place", FactType.TEXT, "the place"): ("a", "b", "k", None),
    Fact("count", FactType.WHOLE, "the count"): (0, 3, None),
    Fact("since", FactType.DAY, "the day since"): (BEFORE, DAY, DayRange(BEFORE, AFTER), None),
    Fact("until", FactType.DAY, "the day until"): (DAY, AFTER, DayRange(DAY, AFTER), None),
    Fact("tags", FactType.SET, "the tags", choices=("a", "k")): (
        frozenset(),
        frozenset(["k"]),
        None,
    ),
    Fact("meetings", FactType.COLLECTION, "the meetings", of="meeting"): (
        (),
        ({"meeting.quorate": True, "meeting.held": BEFORE},) * 2,
        ({"meeting.quorate": True}, {"meeting.quorate": False, "meeting.held": AFTER}),
        ({"meeting.held": BEFORE}, {"meeting.quorate": True, "meeting.held": DAY}),
        ({"meeting.held": AFTER}, {"meeting.quorate": False, "meeting.held": DAY}),
        None,
    ),
}
"""Each recorded fact with the values that it is given in turn."""
FACTS = (
    *RECORDED,
    Fact("meeting.held", FactType.DAY, "the day held", subject="meeting"),
    Fact("meeting.quorate", FactType.YES_NO, "the meeting was quorate", subject="meeting"),
    Fact("holds", FactType.YES_NO, "it holds", derived=True),
    Fact("home", FactType.TEXT, "the home", derived=True),
    Fact("undecided", FactType.TEXT, "what nothing decides", derived=True),
    Fact("sum", FactType.WHOLE, "the sum", derived=True),
    Fact("due", FactType.DAY, "the day due", derived=True),
    Fact("given", FactType.SET, "what is given", choices=("k", "l"), derived=True),
)

TWO = Predicate("t.are_two", "they are two", (FactType.SET,), lambda them: len(them) == 2, CITED)


def rule(decides: str, gives: str | None, when: str = "True", **more: Any) -> Rule:
    """Return a rule with one version, which may be given by its ``period`` and ``exceptions``."""
    fields = {each: more.pop(each) for each in ("exceptions", "not_known") if each in more}
    value = None if gives is None else parse(gives)
    version = RuleVersion(more.pop("period", Period()), parse(when), value, CITED, **fields)
    key = more.pop("key", f"t.{decides}: {gives} {when} {version.period}")
    return Rule(key, decides, (version,), **more)


def but(when: str, gives: str | None = None) -> RuleException:
    return RuleException(parse(when), "it is excepted", None if gives is None else parse(gives))


def rule_set(*parts: Rule | Table | Measure) -> RuleSet:
    return RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=tuple(each for each in parts if isinstance(each, Rule)),
        tables=tuple(each for each in parts if isinstance(each, Table)),
        measures=tuple(each for each in parts if isinstance(each, Measure)),
        predicates={each.key: each for each in (PREDICATE, TWO)},
    )


def everybody(reads: set[str]) -> Iterator[dict[str, Any]]:
    """Give everybody's facts, as far as something reads them; a value may be missing or None."""
    given = {fact.key: values for fact, values in RECORDED.items() if fact.key in {*reads, "on"}}
    for number, values in enumerate(product(*given.values())):
        each = dict(zip(given, values, strict=True))
        yield each if number % 2 else {key: it for key, it in each.items() if it is not None}


def walked(rules: RuleSet, facts: Mapping[str, Any], key: str) -> Any:
    subject = Subject(rules, facts)
    value = subject.value(key)
    return subject.in_part(key) if value is None else value


def check(rules: RuleSet, *asked: str) -> None:
    """Hold each compiled reading against the walk, for everybody."""
    people = list(everybody({key for key, _ in rules.beneath(asked)}))
    decide = compile_rules(rules, asked)
    told: dict[date, list[tuple[dict[str, Any], tuple[Any, ...]]]] = {}
    for facts in people:
        expected = tuple(walked(rules, facts, key) for key in asked)
        assert decide(facts) == expected, facts
        told.setdefault(facts["on"], []).append((facts, expected))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("unioncore.rules.compile._OFTEN", 0)
        for facts, expected in chain.from_iterable(told.values()):
            assert decide(facts) == expected, facts
    yes_no = [key for key in asked if rules.facts[key].type is FactType.YES_NO]
    for on, each in told.items():
        decide = compile_rules(rules, asked, on=on)
        records = [{key: it for key, it in facts.items() if key != "on"} for facts, _ in each]
        assert [decide(facts) for facts in records] == [expected for _, expected in each]
        for key, found in zip(yes_no, compile_many(rules, yes_no, on=on)(records), strict=True):
            values = [expected[asked.index(key)] for _, expected in each]
            assert found.yes == [place for place, value in enumerate(values) if value is True]
            assert found.not_known == [place for place, value in enumerate(values) if value is None]


CONDITIONS = """
True
False
open
not open
open and kind == 'a'
open or kind != 'b'
open and (False or kind == 'a') and True
open or (True and kind == 'a') or False
'a' == kind
'b' != kind
kind == place
kind != place
kind in ['a']
place in ['a', 'k']
place in []
on in []
count == 3
2 < count
count + 1 > 2
2 - count < 0
count * 2 == count + 3
1 + 2 == 3
1 + 2 == count
t.is_even(count)
t.is_even(count + 1)
since < on
on < since
since == day('2024-05-10')
day('2024-05-10') != since
since != until
since <= until
until > since
days_from(since, on) > 5
days_from(since, until) == 9
days_from(since, until) in [9, 19]
count == days_from(since, on)
add_days(since, count) <= on
add_days(since, 9) == until
add_days(on, 9) == day('2024-05-10')
later(since, until) == day('2024-05-20')
later(since, on) in [day('2024-05-10')]
since in [day('2024-05-01'), day('2024-05-10')]
on in [day('2024-05-10'), day('2024-05-11')]
on == day('2024-05-10')
on != day('2024-05-10')
on >= day('2024-05-10')
day('2024-05-10') > on
'k' in tags
place in tags
kind in tags
tags == ()
tags != ()
known(open)
known(since)
known(tags)
known(on)
known(count) and count > 1
t.are_two(tags)
undecided == 'a'
unheard_of == 'a'
""".strip().splitlines()


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_holds_of_whom_it_is_walked_to_hold(text: str) -> None:
    condition = parse(text)
    rules = rule_set(rule("holds", "True", text), rule("holds", "False", otherwise=True))
    holds = compile_condition(rules, condition)
    for facts in everybody(set(names_in(condition))):
        expected = Subject(rules, facts).truth(condition)
        assert holds(facts) is expected, facts
        on = facts.pop("on")
        assert compile_condition(rules, condition, on=on)(facts) is expected, (on, facts)
    check(rules, "holds")


MAY = Period(BEFORE, AFTER)
WORDS = ["a", "b", "k", "l", "m"]

RULES: Mapping[str, tuple[Rule | Table | Measure, ...]] = {
    "one": (rule("holds", "True", "open"),),
    "no rule": (),
    "what nothing decides": (rule("home", "undecided"), rule("holds", "home == 'x'")),
    "two that may clash": (rule("home", "'x'", "open"), rule("home", "'y'", "kind == 'a'")),
    "two that agree": (rule("home", "'x'", "open"), rule("home", "'x'", "kind == 'a'")),
    "one overrides": (
        rule("home", "'x'", "open", key="t.below"),
        rule("home", "'y'", "kind == 'a'", overrides=("t.below",)),
        rule("home", "'z'", otherwise=True),
    ),
    "one overrides of three": (
        rule("home", "'x'", "open", key="t.below"),
        rule("home", "'x'", "place == 'k'"),
        rule("home", "'y'", "kind == 'a'", overrides=("t.below",)),
    ),
    "one overrides with the same value": (
        rule("home", "'x'", "open", key="t.below"),
        rule("home", "'x'", "kind == 'a'", overrides=("t.below",)),
        rule("home", "'y'", otherwise=True),
    ),
    "always, and overridden": (
        rule("home", "'x'", key="t.below"),
        rule("home", "'y'", "open", overrides=("t.below",)),
    ),
    "never": (rule("home", "'x'", "False"), rule("home", "'y'", "open")),
    "no before yes": (
        rule("holds", "False", "open"),
        rule("holds", "True", "kind == 'a'", otherwise=True),
        rule("home", "'x'", "not holds"),
    ),
    "one gives nothing": (
        rule("home", None, "open"),
        rule("home", "'x'", "kind == 'a'"),
        rule("home", "'y'", otherwise=True),
    ),
    "the value of a fact": (
        rule("home", "place", "open"),
        rule("home", "'z'", otherwise=True),
        rule("holds", "kind == 'a'", "open"),
        rule("holds", "False", otherwise=True),
    ),
    "values that are calculated": (
        rule("sum", "count + 1", "open"),
        rule("sum", "2 * count", otherwise=True),
        rule("due", "add_days(since, count)", "open"),
        rule("due", "day('2024-05-10')", otherwise=True),
        rule("holds", "True", "sum == 4 and due <= on"),
        rule("holds", "False", otherwise=True),
    ),
    "days": (
        rule("due", "since", "open"),
        rule("due", "until", otherwise=True),
        rule("holds", "due == on"),
        rule("home", "'x'", "known(due) and due > day('2024-05-10')"),
        rule("home", "'y'", otherwise=True),
    ),
    "days between": (
        rule("sum", "days_from(since, until)"),
        rule("home", "'x'", "known(sum) and sum > 9"),
        rule("home", "'y'", otherwise=True),
    ),
    "a version": (
        rule("home", "'x'", "open", period=MAY),
        rule("home", "'y'", "open", period=Period(AFTER)),
    ),
    "a version by another day": (
        rule("home", "'x'", "open", period=MAY, dated_by="since"),
        rule("home", "'y'", "open", period=Period(AFTER), dated_by="since"),
        rule("home", "'z'", otherwise=True),
    ),
    "versions by two days that may clash": (
        rule("home", "'x'", "open", period=Period(BEFORE, DAY)),
        rule("home", "'y'", "open", period=Period(DAY), dated_by="since"),
    ),
    "exceptions": (
        rule("home", "'x'", "open", exceptions=(but("kind == 'a'", "'y'"), but("place == 'k'"))),
        rule("home", "'z'", otherwise=True),
    ),
    "a doubt": (
        rule("holds", "True", "open", not_known="nobody looked"),
        rule("holds", "False", otherwise=True),
    ),
    "words": (
        *(rule("home", f"'{word.upper()}'", f"place == '{word}'") for word in WORDS),
        rule("home", "'Z'", "place in ['a', 'z']", key="t.more"),
        rule("home", "'no'", otherwise=True),
    ),
    "words of two facts": (
        rule("home", "'o'", "open"),
        *(rule("home", f"'{w.upper()}'", f"place in ['{w}', 'z'] and not open") for w in WORDS),
        *(rule("sum", f"{n}", f"'{w}' == place") for n, w in enumerate(WORDS)),
        *(rule("sum", f"{n}", f"count == {n}") for n in range(5)),
    ),
    "many yes or no": (
        *(rule("holds", str(n % 2 == 0), f"count == {n}") for n in range(25)),
        rule("holds", "False", otherwise=True),
    ),
    "many of a day": tuple(
        rule("holds", str(n % 3 == 0), "open", period=Period(day, day + timedelta(days=1)))
        for n, day in enumerate(BEFORE + timedelta(days=n) for n in range(24))
    ),
    "a set": (
        rule("given", "'k'", "open"),
        rule("given", "['k', 'l']", "kind == 'a'"),
        rule("given", "[]", otherwise=True),
        rule("holds", "'l' in given"),
        rule("home", "'x'", "given == ()"),
        rule("home", "'y'", "given != ()"),
        rule("sum", "1", "known(given)"),
        rule("sum", "0", otherwise=True),
    ),
    "a word that is looked for": (
        rule("given", "'k'", "open"),
        rule("given", "'l'", "kind == 'a'"),
        rule("given", "[]", otherwise=True),
        rule("holds", "place in given"),
        rule("home", "'x'", "'m' in given"),
        rule("home", "'y'", otherwise=True),
    ),
    "a set that a predicate is asked of": (
        rule("given", "'k'", "open"),
        rule("given", "'l'", "kind == 'a'"),
        rule("given", "[]", otherwise=True),
        rule("holds", "True", "t.are_two(given)"),
    ),
    "a set that is never closed": (
        rule("given", "'k'", "open"),
        rule("holds", "'k' in given"),
        rule("home", "'x'", "given == ()"),
        rule("home", "'y'", "given != ()"),
        rule("sum", "1", "known(given)"),
        rule("sum", "0", otherwise=True),
    ),
    "a set that is closed for some": (
        rule("given", "'k'", "open"),
        rule("given", "[]", "kind == 'a'", otherwise=True),
        rule("home", "'x'", "given == ()"),
        rule("home", "'y'", "known(given)"),
    ),
    "a set by versions": (
        rule("given", "'k'", "open", period=MAY, existed=Period(BEFORE)),
        rule("given", "'l'", period=MAY, dated_by="since"),
        rule("given", "[]", otherwise=True),
    ),
    "a set with exceptions": (
        rule("given", "'k'", "open", exceptions=(but("kind == 'a'"),)),
        rule("given", "'l'", key="t.l"),
        rule("given", "'m'", "place == 'k'", overrides=("t.l",)),
        rule("given", "[]", otherwise=True),
    ),
    "a set of words that rest on each other": (
        rule("given", "'k'", "open"),
        rule("given", "'l'", "'k' in given and kind == 'a'"),
        rule("given", "[]", otherwise=True),
        rule("home", "'x'", "'l' in given or not ('k' in given)"),
    ),
    "a table by the day": (
        Table(
            "t.table",
            "home",
            "place",
            (
                Row(("a", "b"), Literal("x"), Period(end=DAY), CITED),
                Row(("a",), Literal("y"), Period(DAY), CITED),
                Row(("k",), Literal("y"), Period(BEFORE, DAY), CITED),
            ),
        ),
    ),
    "a table for all others": (
        Table(
            "t.table",
            "holds",
            "place",
            (Row(("a",), Literal(True), MAY, CITED),),
            otherwise=(
                Row((), Literal(False), Period(end=DAY), CITED),
                Row((), Literal(True), Period(AFTER), CITED),
            ),
        ),
        rule("home", "'x'", "holds"),
        rule("home", "'y'", "not holds"),
    ),
    "a table by another day": (
        Table(
            "t.table",
            "home",
            "kind",
            (
                Row(("a",), Literal("x"), Period(end=DAY), CITED),
                Row(("a",), Literal("y"), Period(DAY), CITED),
            ),
            otherwise=(Row((), Literal("z"), Period(BEFORE, AFTER), CITED),),
            dated_by="since",
        ),
    ),
    "a table by a fact that is decided": (
        rule("home", "'x'", "open"),
        rule("home", "'y'", otherwise=True),
        Table(
            "t.table",
            "sum",
            "home",
            (Row(("x",), Literal(1), Period(), CITED),),
            otherwise=(Row((), Literal(0), MAY, CITED),),
        ),
    ),
    **{
        f"{take} of the meetings where {where}": (
            Measure(
                "t.measure",
                "sum" if take is Measuring.COUNT else "holds",
                "meetings",
                take,
                parse(where),
                CITED,
            ),
            rule("home", "'x'", "sum == 2" if take is Measuring.COUNT else "holds"),
            rule("home", "'y'", otherwise=True),
        )
        for take in Measuring
        for where in (
            "meeting.quorate",
            "meeting.held < on",
            "meeting.quorate and meeting.held <= since",
            "meeting.quorate or kind == 'a'",
        )
    },
}


@pytest.mark.parametrize("name", RULES)
def test_rules_decide_as_they_are_walked(name: str) -> None:
    check(rule_set(*RULES[name]), "holds", "home", "sum", "due", "given")


@pytest.mark.parametrize(
    "text",
    [
        "kind == 'a'",
        "place != kind",
        "count * 2 > count",
        "open == True",
        "home == 'x'",
        "days_from(since, until) > 5",
        "since <= on",
    ],
)
def test_words_numbers_and_days_are_compared_without_a_call(text: str) -> None:
    """That a day may be a range costs those nothing of whom it is known."""
    called: set[str] = set()

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call":
            called.add(frame.f_code.co_name)

    rules = rule_set(rule("holds", "True", text), rule("home", "'x'", "open"))
    decide = compile_rules(rules, ["holds"], on=DAY)
    before = sys.getprofile()
    reads = {key for key, _ in rules.beneath(["holds"]) if not rules.facts[key].derived}
    for facts in everybody(reads):
        if not any(isinstance(facts.get(key), DayRange | None) for key in reads):
            sys.setprofile(note)
            try:
                decide(facts)
            finally:
                sys.setprofile(before)
    assert called - {"calculate", "days_from"} == {"decide"}
