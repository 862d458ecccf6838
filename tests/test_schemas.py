"""Each JSON Schema is one, holds what goes out, and stays as it is."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import unioncore
from tests.books import core, everything
from unioncore.errors import BadFacts, UnknownName
from unioncore.legal import DayRange
from unioncore.rules import FactType
from unioncore.schemas import facts_schema, schema_named, schemas
from unioncore.shown import plain
from unioncore.testing.strategies import facts as some_facts

KEPT = Path(__file__).parent / "schemas"
"""The schemas on which other programs most rely, as they were when they last changed."""
RELIED_ON = ("answer", "short-answer", "placement", "time-limit", "deadline", "case", "view")

ON = date(2026, 6, 1)


@pytest.mark.parametrize("name", RELIED_ON)
def test_what_programs_rely_on_has_not_changed(name: str) -> None:
    """A change is meant to be seen: write it with ``unioncore schema NAME``, and tell of it."""
    kept = json.loads((KEPT / f"{name}.json").read_text("utf-8"))
    assert schema_named(name, core()) == kept


@pytest.mark.slow
def test_every_schema_is_one() -> None:
    for each in schemas():
        Draft202012Validator.check_schema(each.make(core()))
        assert json.loads(json.dumps(each.make(core()))) == each.make(core()), each.name


def test_names_are_unique_and_an_unknown_one_has_the_nearest() -> None:
    names = [each.name for each in schemas()]
    assert len({*names}) == len(names)
    with pytest.raises(UnknownName, match="did you mean 'placement'"):
        schema_named("placment", core())


def test_a_short_answer_is_as_its_schema_says() -> None:
    validator = Draft202012Validator(schema_named("short-answer", core()))
    for each in unioncore.placement(core(), {}, on=ON).short().values():
        validator.validate(each)


# -- facts -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book() -> unioncore.Rulebook:
    return core()


@pytest.fixture(scope="module")
def validator(book: unioncore.Rulebook) -> Draft202012Validator:
    return Draft202012Validator(facts_schema(book))


def test_every_fact_that_may_be_given_is_in_the_schema(book: unioncore.Rulebook) -> None:
    recorded = {fact.key for fact in book.rules.facts.values() if not fact.derived}
    assert {*facts_schema(book)["properties"]} == recorded - {"on"}


SAMPLES: Mapping[FactType, tuple[Any, ...]] = {
    FactType.TEXT: ("x", "", 3),
    FactType.WHOLE: (3, -1, 3.0, 3.5, "3", True),
    FactType.MONEY: ("719.00", 719, 0, -1, "-3.5", "a pound", True, "NaN", 12.5),
    FactType.DAY: (
        *("2026-01-05", "2026-01", "2026", "2026-01-01/2026-01-31"),
        *("5 January", "20260105", 2026, "2026-1-5"),
    ),
    FactType.YES_NO: (True, False, "yes", 1),
    FactType.SET: ([], ["no such word"], "x", [1]),
    FactType.CHOICE: ("no such word", 3),
    FactType.COLLECTION: ([], [{}], [3], {}, "x"),
}


@pytest.mark.parametrize("kind", FactType)
def test_the_schema_takes_just_what_is_taken(
    kind: FactType, book: unioncore.Rulebook, validator: Draft202012Validator
) -> None:
    fact = next(
        each for each in book.rules.facts.values() if each.type is kind and not each.derived
    )
    words = sorted(book.rules.names_of(fact))[:2]
    more = {FactType.CHOICE: words, FactType.SET: [words]}.get(kind, [])
    for value in (None, *SAMPLES[kind], *more):
        try:
            unioncore.answers.read_facts(book, {fact.key: value})
            taken = True
        except BadFacts:
            taken = False
        assert validator.is_valid({fact.key: value}) is taken, (kind, value)


def test_facts_in_json_answer_as_facts_in_python(book: unioncore.Rulebook) -> None:
    given: dict[str, Any] = {
        "claim.time_starts": date(2026, 1, 5),
        "person.earnings": Decimal("31000.00"),
        "membership.joined": DayRange(date(2020, 1, 1), date(2020, 12, 31)),
    }
    known = {key: value for key, value in given.items() if key in book.rules.facts}
    written = json.loads(json.dumps(plain(known)))
    assert all(isinstance(each, str) for each in written.values())
    assert unioncore.answers.read_facts(book, written) == known
    asked = unioncore.placement(book, written, on=ON)
    assert asked == unioncore.placement(book, known, on=ON)


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_any_facts_go_through_json() -> None:
    from hypothesis import given, settings

    book = everything()
    schema = Draft202012Validator(facts_schema(book))

    @settings(max_examples=100, deadline=None)
    @given(some_facts(book))
    def check(given: dict[str, Any]) -> None:
        written = json.loads(json.dumps(plain(given)))
        schema.validate(written)
        read = unioncore.answers.read_facts
        assert read(book, written) == read(book, given)

    check()


def test_a_fact_that_nobody_knows_is_refused(validator: Draft202012Validator) -> None:
    with pytest.raises(ValidationError):
        validator.validate({"employer.knd": "police-force"})


@pytest.mark.parametrize("value", [float("nan"), Decimal("NaN")])
def test_what_a_data_frame_writes_for_nothing_is_told(book: unioncore.Rulebook, value: Any) -> None:
    with pytest.raises(BadFacts, match="where it is missing, leave it out or give None"):
        unioncore.placement(book, {"employer.nation": value}, on=ON)
