"""Random people are asked about, and answers are given or withheld, never refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from tests.books import everything

from unioncore import Answer, Rulebook, ask, compose
from unioncore.testing.strategies import days, facts

BOOK = everything()
DERIVED = sorted(fact.key for fact in BOOK.rules.facts.values() if fact.derived)


@pytest.mark.slow
@given(facts(BOOK), days(BOOK))
@settings(max_examples=40)
def test_anybody_can_be_asked_about_on_any_day(given_: dict[str, Any], on: date) -> None:
    for answer in ask(BOOK, given_, *DERIVED, on=on).values():
        assert answer.known or answer.reason
        assert Answer.from_dict(answer.to_dict()) == answer
        assert answer.to_text()


def test_values_come_from_what_the_rulebook_speaks_of() -> None:
    rulebook: Rulebook = compose(discover=False)
    seen: set[str] = set()

    @given(facts(rulebook))
    @settings(database=None)
    def look(person: dict[str, Any]) -> None:
        seen.update(person)
        assert person.get("employer.nation") in {
            None,
            "England",
            "Wales",
            "Scotland",
            "Northern Ireland",
        }
        # No plugin declares an employer kind here.
        assert "employer.kind" not in person

    look()
    assert {"employer.nation", "employer.key", "job.is_manager"} <= seen


@pytest.mark.needs_plugins
def test_days_lie_on_both_sides_of_each_change() -> None:
    seen: set[date] = set()

    @given(days(BOOK))
    @settings(max_examples=300, database=None)
    def look(day: date) -> None:
        seen.add(day)

    look()
    turns = {
        version.period.start
        for rule in BOOK.rules.rules
        for version in rule.versions
        if version.period.start is not None
    }
    assert seen & turns
    assert seen & {day - timedelta(days=1) for day in turns}
