"""The compiled reading by worked examples, each with its answer by hand; the walk must agree."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from tests.rules.strategies import CITED
from unioncore.errors import NotADay, UnknownName, WrongArgument
from unioncore.legal import DayRange, Period
from unioncore.rules import (
    Fact,
    FactType,
    Row,
    Rule,
    RuleSet,
    RuleVersion,
    Subject,
    Table,
    compile_condition,
    compile_many,
    compile_rules,
    parse,
)
from unioncore.rules.condition import Literal, Words

DAY = date(2024, 5, 10)
BEFORE, AFTER = date(2024, 5, 1), date(2024, 5, 20)
RANGE = DayRange(BEFORE, AFTER)
FACTS = (
    Fact("on", FactType.DAY, "the day"),
    Fact("open", FactType.YES_NO, "it is open"),
    Fact("place", FactType.TEXT, "the place"),
    Fact("since", FactType.DAY, "the day since"),
    Fact("tags", FactType.SET, "the tags", choices=("p", "q")),
    Fact("holds", FactType.YES_NO, "it holds", derived=True),
    Fact("home", FactType.TEXT, "the home", derived=True),
    Fact("given", FactType.SET, "what is given", choices=("k", "l"), derived=True),
)


def rule(when: str, value: Any = True, decides: str = "holds", **more: Any) -> Rule:
    given = value if isinstance(value, Words) else Literal(value)
    version = RuleVersion(more.pop("period", Period()), parse(when), given, CITED)
    return Rule(f"t.{decides}-{when}-{value}", decides, (version,), **more)


def rule_set(*parts: Rule | Table) -> RuleSet:
    return RuleSet(
        facts={fact.key: fact for fact in FACTS},
        rules=tuple(each for each in parts if isinstance(each, Rule)),
        tables=tuple(each for each in parts if isinstance(each, Table)),
    )


class Watched(dict[str, Any]):
    """A record that remembers what it was asked for."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__(facts)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def values(rules: RuleSet, key: str, **facts: Any) -> Iterator[Any]:
    """Give what each reading says of a fact on the day."""
    yield Subject(rules, {**facts, "on": DAY}).value(key)
    yield compile_rules(rules, [key])({**facts, "on": DAY})[0]
    yield compile_rules(rules, [key], on=DAY)(facts)[0]


def found(rules: RuleSet, records: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return what the loop over many finds of ``holds`` in each record on the day."""
    (each,) = compile_many(rules, ["holds"], on=DAY)(records)
    told: list[Any] = [False] * len(records)
    for place in each.yes:
        told[place] = True
    for place in each.not_known:
        told[place] = None
    return told


def test_a_rule_that_reads_nothing_is_found_in_every_record() -> None:
    rules = rule_set(rule("True"))
    assert found(rules, [{}, {"open": False}]) == [True, True]
    assert compile_many(rules, [], on=DAY)([{}]) == []


def test_what_decides_records_in_doubt_is_written_for_the_first_of_them() -> None:
    rules = rule_set(rule("place == 'here' and open"), rule("place == 'there' and not open"))
    known = [{"place": place, "open": True} for place in ("here", "there", "elsewhere")]
    assert found(rules, known) == [True, None, None]
    (many,) = rules.compiled.values()
    assert "in_doubt" not in vars(many)
    doubtful: list[dict[str, Any]] = [{"place": each["place"]} for each in known]
    assert found(rules, [*known, *doubtful, {"open": False}]) == [True, *[None] * 6]
    assert "in_doubt" in vars(many)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (BEFORE, True),
        (AFTER, False),
        (None, None),
        (RANGE, None),
        (DayRange(BEFORE, date(2024, 5, 2)), True),
        (DayRange(date(2024, 5, 19), AFTER), False),
    ],
)
@pytest.mark.parametrize(
    "condition", ["since < day('2024-05-10')", "since < on", "not (since >= on)"]
)
def test_a_day_that_is_known_as_a_range_is_decided_by_its_ends(
    condition: str, since: Any, expected: bool | None
) -> None:
    rules = rule_set(rule(condition), rule("True", False, otherwise=True))
    facts = {} if since is None else {"since": since}
    assert list(values(rules, "holds", **facts)) == [expected] * 3
    assert found(rules, [{"since": since}, facts]) == [expected] * 2
    assert compile_condition(rules, parse(condition))({**facts, "on": DAY}) is expected


def test_the_day_that_is_asked_about_is_not_one_of_the_record() -> None:
    rules = rule_set(rule("on >= day('2024-05-05')"), rule("True", False, otherwise=True))
    records: list[dict[str, Any]] = [{}, {"on": BEFORE}, {"on": AFTER}]
    assert found(rules, records) == [True, True, True]
    assert [compile_rules(rules, ["holds"], on=DAY)(each) for each in records] == [(True,)] * 3
    days = ({"on": day} for day in (BEFORE, DAY, AFTER))
    assert [compile_rules(rules, ["holds"])(each) for each in days] == [(False,), (True,), (True,)]


def test_what_does_not_rest_on_the_day_is_known_without_one() -> None:
    """A record without its day; the rule of May is in force on no known day."""
    rules = rule_set(
        rule("open"),
        rule("True", "here", decides="home", period=Period(BEFORE, AFTER)),
    )
    decide = compile_rules(rules, ["holds", "home"])
    found = decide({"open": True})
    assert found == (True, None)
    assert found.warnings == ("no day was given, so whatever rests on the day is not known",)
    assert decide({"open": True, "on": DAY}) == (True, "here")
    assert decide({"open": True, "on": AFTER}) == (True, None)


def test_what_is_no_rule_set_no_fact_and_no_day_is_refused() -> None:
    rules = rule_set(rule("open"))
    for kind, ask in (
        (WrongArgument, lambda: compile_rules(None, ["holds"])),  # type: ignore[arg-type]
        (WrongArgument, lambda: compile_rules(rules, "holds")),
        (UnknownName, lambda: compile_rules(rules, ["hold"])),
        (NotADay, lambda: compile_rules(rules, ["holds"], on="2026-06-01")),  # type: ignore[arg-type]
        (WrongArgument, lambda: compile_condition(None, parse("open"))),  # type: ignore[arg-type]
    ):
        with pytest.raises(kind):
            ask()
    with pytest.raises(WrongArgument):
        parse(["open"])  # type: ignore[arg-type]


def test_only_recorded_facts_that_rules_name_are_looked_at() -> None:
    rules = rule_set(
        *(rule(f"place == '{word}' and open", word, "home") for word in "abc"),
        rule("home in ['a', 'b']"),
    )
    facts = {"place": "a", "open": True, "since": DAY}
    for at, read in (
        (compile_rules(rules, ["holds"], on=DAY), {"place", "open"}),
        (compile_condition(rules, parse("open or since == on")), {"open", "since", "on"}),
    ):
        record = Watched(facts)
        at(record)
        assert record.asked == read
    for some in (facts, {}):
        record = Watched(some)
        found(rules, [record])
        assert record.asked == {"place", "open"}
    assert compile_condition(rules, parse("holds")).reads == {"place", "open"}


def test_a_table_changes_for_words_that_it_lists_and_for_all_others() -> None:
    """Asked so often that each time between two changes has a function of its own."""
    table = Table(
        "t.table",
        "home",
        "place",
        (
            Row(("a",), Literal("one"), Period(end=DAY), CITED),
            Row(("a",), Literal("two"), Period(AFTER), CITED),
            Row(("b",), Literal("one"), Period(), CITED),
        ),
        otherwise=(
            Row((), Literal("old"), Period(end=BEFORE), CITED),
            Row((), Literal("new"), Period(DAY), CITED),
        ),
    )
    rules = rule_set(table)
    eve = date(2024, 4, 30)
    expected: dict[tuple[str | None, date], str | None] = {
        ("a", eve): "one",
        ("a", BEFORE): "one",
        ("a", DAY): None,
        ("a", AFTER): "two",
        ("b", eve): "one",
        ("b", AFTER): "one",
        ("c", eve): "old",
        ("c", BEFORE): None,
        ("c", DAY): "new",
        ("c", AFTER): "new",
        (None, eve): None,
        (None, AFTER): None,
    }
    decide = compile_rules(rules, ["home"])
    for (place, day), home in expected.items():
        facts = {"place": place, "on": day}
        assert Subject(rules, facts).value("home") == home
        assert {decide(facts) for _ in range(600)} == {(home,)}
        assert compile_rules(rules, ["home"], on=day)(facts) == (home,)


def test_a_word_that_no_rule_gives_is_not_in_a_set_that_is_closed() -> None:
    rules = rule_set(
        rule("open", "k", decides="given"),
        rule("open", Words(()), decides="given", otherwise=True),
        rule("'l' in given", False),
        rule("True", otherwise=True),
    )
    assert list(values(rules, "holds", open=True)) == [True] * 3
