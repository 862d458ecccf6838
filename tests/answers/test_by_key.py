"""Answers by keys that have a type."""

from datetime import date
from decimal import Decimal

import pytest

import unioncore
from tests.books import core
from unioncore import Key
from unioncore.answers import AnswersByKey, by_name
from unioncore.errors import WrongArgument

ON = date(2026, 3, 2)
FACTS = {"claim.kind": "unfair-dismissal", "claim.nation": "England"}


@pytest.fixture(scope="module")
def book() -> unioncore.Rulebook:
    return core()


def test_by_a_key_comes_what_comes_by_the_name(book: unioncore.Rulebook) -> None:
    months = Key("claim.limit_months", int)
    facts = {**FACTS, "claim.time_starts": ON}
    found = unioncore.ask(book, facts, months, "claim.exists", on=ON)
    assert isinstance(found, AnswersByKey)
    assert found[months].value == 3
    assert found == by_name.ask(book, facts, "claim.limit_months", "claim.exists", on=ON)
    assert unioncore.ask_many(book, [facts], months, on=ON)[0][months] == found[months]


def test_a_key_of_another_type_is_refused(book: unioncore.Rulebook) -> None:
    with pytest.raises(WrongArgument, match=r"write Key\('claim.limit_months', int\)"):
        unioncore.ask(book, {}, Key("claim.limit_months", str), on=ON)
    with pytest.raises(WrongArgument):
        unioncore.ask_many(book, [{}], Key("claim.limit_months", bool), on=ON)


def test_a_recorded_fact_is_given_and_not_asked_about(book: unioncore.Rulebook) -> None:
    with pytest.raises(WrongArgument, match=r"got claim.time_starts, which is recorded; give it"):
        unioncore.ask(book, {}, "claim.time_starts", on=ON)


def test_a_parameter_has_the_type_of_its_key(book: unioncore.Rulebook) -> None:
    facts = {"redundancy__nation": "England", "redundancy__relevant_date": ON}
    cap = book.parameter(Key("core.week_pay_cap", Decimal), on=ON, **facts)
    assert cap == book.parameter("core.week_pay_cap", on=ON, **facts)
    with pytest.raises(WrongArgument, match="Decimal"):
        book.parameter(Key("core.week_pay_cap", int), on=ON, **facts)
