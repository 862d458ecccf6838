"""A predicate that fails is named with what asked it, by whichever reading."""

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

from tests.rules.strategies import CITED
from unioncore.errors import PredicateFailed
from unioncore.legal import Period
from unioncore.rules import (
    Fact,
    FactType,
    Predicate,
    Rule,
    RuleSet,
    RuleVersion,
    compile_rules,
    explain,
    parse,
)
from unioncore.rules.condition import Literal
from unioncore.rules.evaluate import Subject

YEARS, SENIOR = Fact("years", FactType.WHOLE, "the years"), Fact("senior", FactType.YES_NO, "old")
GIVEN = {"years": 7, "on": date(2024, 1, 1)}


def rules(test: Callable[..., Any]) -> RuleSet:
    version = RuleVersion(Period(), parse("t.long(years)"), Literal(True), CITED)
    return RuleSet(
        facts={"years": YEARS, "senior": attrs.evolve(SENIOR, derived=True)},
        rules=(Rule("t.seniors", "senior", (version,)),),
        predicates={"t.long": Predicate("t.long", "it is long", (FactType.WHOLE,), test, CITED)},
        predicates_of={"t.long": "tides"},
    )


READINGS: dict[str, Callable[[RuleSet], Any]] = {
    "plain": lambda rules: Subject(rules, GIVEN).value("senior"),
    "compiled": lambda rules: compile_rules(rules, ["senior"])(GIVEN),
    "explained": lambda rules: explain(rules, GIVEN, "senior", origins={}),
}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(
    ("test", "did"),
    [
        (lambda years: years / 0, "raised ZeroDivisionError"),
        (lambda years: int(f"{years} years"), "raised ValueError"),
        (lambda years: years, "gave int, and not yes, no or None"),
    ],
)
def test_a_predicate_that_fails_is_named_without_a_value(
    reading: str, test: Callable[..., Any], did: str
) -> None:
    with pytest.raises(PredicateFailed) as caught:
        READINGS[reading](rules(test))
    assert str(caught.value) == (
        f"the predicate t.long of the plugin tides {did}, asked by t.seniors about years"
    )
    assert "7" not in repr(caught.value.to_dict())
