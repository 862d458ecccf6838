"""What a change of the rules does is what asking everybody twice tells."""

import random
from collections import Counter
from datetime import date
from typing import Any

import attrs
import pytest
from tests.books import core, everything

import unioncore
from unioncore.answers import AnswerMove, FactImpact, Impact, ask, impact
from unioncore.answers.analysis.impact import counted
from unioncore.describe import impact_plot
from unioncore.errors import NotADay, UnknownName, WrongArgument
from unioncore.rules import Answer, Rule
from unioncore.rules.condition import Literal

BEFORE, AFTER = date(2026, 2, 17), date(2026, 2, 18)
FACT = "access.employer_is_large_enough"
ROWS: list[dict[str, Any]] = [
    {"right.nation": nation, "access.workers": workers}
    for nation in ("England", "Northern Ireland")
    for workers in (10, 20, 21, 30)
]


def changed() -> unioncore.Rulebook:
    """The core where the law asks for 31 workers."""

    def with_another(rule: Rule) -> Rule:
        if rule.key != "core.access-workers":
            return rule
        versions = tuple(attrs.evolve(each, value=Literal(False)) for each in rule.versions)
        return attrs.evolve(rule, versions=versions)

    book = core()
    rules = tuple(map(with_another, book.definitions.rules))
    return attrs.evolve(book, definitions=attrs.evolve(book.definitions, rules=rules))


def test_it_says_from_what_to_what_by_which_rule() -> None:
    found = impact(core(), ROWS, FACT, on=AFTER, changed=changed())
    assert (found.members, found.changed) == (8, 2)
    (fact,) = found.facts
    (move,) = fact.moves
    assert (move.before, move.after, move.members) == ("yes", "no", 2)
    assert move.rule_after == "core.access-workers"
    assert "  yes -> no: 2 (core.access-workers)" in found.to_text()
    assert Impact.from_dict(found.to_dict()) == found


def test_nothing_changes_where_nothing_is_changed() -> None:
    found = impact(core(), ROWS, FACT, on=AFTER)
    assert (found.changed, [each.moves for each in found.facts]) == (0, [()])


def test_small_numbers_are_suppressed_and_rules_are_not_told_apart() -> None:
    few = impact(core(), ROWS, FACT, on=AFTER, changed=changed())
    told = few.suppressed(core(), on=AFTER)
    assert told.changed is None
    assert [each.members for each in told.facts[0].moves] == [None]
    assert "yes -> no: suppressed" in told.to_text()
    many = impact(core(), ROWS * 50, FACT, on=AFTER, changed=changed())
    (move,) = many.suppressed(core(), on=AFTER).facts[0].moves
    assert (move.members, move.rule_before, move.rule_after) == (100, "", "")


def test_a_fact_that_is_named_twice_is_counted_once() -> None:
    once = impact(core(), ROWS, FACT, on=AFTER, changed=changed())
    assert impact(core(), ROWS, FACT, FACT, on=AFTER, changed=changed()) == once


def test_the_order_of_what_is_suppressed_tells_nothing_of_the_numbers() -> None:
    few: Counter[tuple[str, str, str, str]] = Counter()
    few["c", "d", "r", "r"], few["a", "b", "r", "r"] = 4, 1
    told = counted(1_000, 5, {FACT: few}).suppressed(core(), on=AFTER)
    assert [(each.before, each.members) for each in told.facts[0].moves] == [
        ("a", None),
        ("c", None),
    ]


def test_a_plot_says_that_suppressed_numbers_are_left_out() -> None:
    moves = AnswerMove("a", "b", "", "", 300), AnswerMove("c", "d", "", "", None)
    said = "suppressed numbers are left out"
    assert said in impact_plot(Impact(900, None, (FactImpact(FACT, None, moves),)))
    assert said not in impact_plot(Impact(900, 300, (FactImpact(FACT, 300, moves[:1]),)))


def test_what_may_not_go_out_is_not_asked_for_with_anything_else() -> None:
    found = impact(core(), ROWS, FACT, on=AFTER)
    with pytest.raises(NotADay):
        found.suppressed(core(), on="2026-06-01")  # type: ignore[arg-type]
    with pytest.raises(WrongArgument):
        found.suppressed(3, on=AFTER)  # type: ignore[arg-type]


def test_a_misspelt_fact_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean"):
        impact(core(), ROWS, "access.employer_is_large", on=AFTER)


def people(number: int) -> list[dict[str, Any]]:
    draw = random.Random(5)
    values: dict[str, list[Any]] = {
        "employer.kind": ["police-force", "nhs-trust", "council", "private-contractor", None],
        "job.group": ["police-staff", "agenda-for-change", "local-government-services", None],
        "employer.nation": ["England", "Wales", "Scotland", None],
        "employer.key": ["kent-police", "british-transport-police", None],
    }
    return [{key: draw.choice(each) for key, each in values.items()} for _ in range(number)]


def sure(answer: Answer[Any]) -> Any:
    """The value; of a set that is known in part, what is surely in it."""
    if answer.known:
        return answer.value
    return None if answer.in_part is None else ("in part", answer.in_part.at_least)


@pytest.mark.needs_plugins
@pytest.mark.slow
def test_it_equals_asking_everybody_twice() -> None:
    book, rows = everything(), people(150)
    names = ("service_group", "organised", "negotiating_bodies", "union_has_seat")
    days = date(2003, 6, 1), date(2026, 6, 1)
    found = impact(book, rows, *names, on=days[0], later=days[1])
    expected: Counter[str] = Counter()
    members = 0
    for row in rows:
        one, other = (ask(book, row, *names, on=day) for day in days)
        differing = [name for name in names if sure(one[name]) != sure(other[name])]
        members += bool(differing)
        expected.update(differing)
    assert found.changed == members
    for fact in found.facts:
        assert fact.changed == expected[fact.fact]
        assert fact.changed == sum(each.members or 0 for each in fact.moves)
