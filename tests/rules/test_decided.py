"""What the compiled reading finds of one record, and the warnings that go with it."""

import pickle
from datetime import date

from tests.synthetic import cited
from unioncore import Period
from unioncore.rules import (
    Fact,
    FactType,
    Rule,
    RuleSet,
    RuleVersion,
    compile_rules,
    explain,
    parse,
)
from unioncore.rules.condition import Literal

DAY = date(2026, 1, 1)
CITED = cited("A rule (made up)")
FACTS = (
    Fact("worker.years", FactType.WHOLE, "the years"),
    Fact("senior", FactType.YES_NO, "senior", derived=True),
    Fact("leads", FactType.YES_NO, "leads", derived=True),
)
RULES = RuleSet(
    facts={fact.key: fact for fact in FACTS},
    rules=tuple(
        Rule(
            key,
            decides,
            (RuleVersion(Period(), parse(when), Literal(True), CITED, conflict=conflict),),
        )
        for key, decides, when, conflict in (
            ("r.senior", "senior", "worker.years >= 5", "the handbook says six"),
            ("r.leads", "leads", "senior", ""),
        )
    ),
)


def test_what_is_found_carries_the_warnings_of_all_that_it_rests_on() -> None:
    decide = compile_rules(RULES, ["leads"], on=DAY)
    found = decide({"worker.years": 6})
    given = {"worker.years": 6, "on": DAY}
    assert found == (True,)
    assert found.warnings == explain(RULES, given, "leads", origins={}).warnings
    assert found.warnings == ("sources conflict: the handbook says six",)
    assert str(found) == "(True,), with a warning: sources conflict: the handbook says six"
    assert compile_rules(RULES, ["leads"])(given).warnings == found.warnings


def test_what_no_doubtful_rule_decides_has_no_warning() -> None:
    found = compile_rules(RULES, ["leads"], on=DAY)({"worker.years": None})
    assert (found, found.warnings, str(found)) == ((None,), (), "(None,)")


def test_what_is_stored_keeps_its_warnings() -> None:
    found = compile_rules(RULES, ["senior"], on=DAY)({"worker.years": 6})
    again = pickle.loads(pickle.dumps(found))
    assert (again, again.warnings) == (found, found.warnings)
