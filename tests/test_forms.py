"""What goes out as JSON comes back equal, is as its schema says, and is refused where it is not."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import unioncore
from tests.any_value import value_of
from tests.books import core
from unioncore import answers, model
from unioncore.answers import Answers, Placement, View
from unioncore.errors import BadCase, BadStored
from unioncore.forms import Stored, read_back
from unioncore.model import TABLES, Adopt, Case, CaseEntry, Hold
from unioncore.rules import Answer
from unioncore.shown import plain

NOT_READ = ("Taken", "MassClaimStanding", "Published")
"""What is written and cannot be read back: it keeps to itself what nothing can stand in for."""

CLASSES = {
    name: each
    for module in (answers, model)
    for name in dir(module)
    if isinstance(each := getattr(module, name), type)
    and issubclass(each, Stored)
    and attrs.has(each)
    and each is not Answers
    and name not in NOT_READ
}
ALWAYS = ("Answer", "Placement", "TimeLimit", "Deadline", "View", "Case", "MemberAnswers")
"""Those that the first run of the tests looks at too."""


FACTS = {"employer.nation": "England"}


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(plain(value)))


def holds_both_ways(kind: Any, data: st.DataObject) -> None:
    value = data.draw(value_of(kind))
    written = through_json(value)
    Draft202012Validator(kind.json_schema()).validate(written)
    again = kind.from_dict(written)
    assert again == value
    assert through_json(again) == written


@pytest.mark.parametrize("name", ALWAYS)
@settings(
    max_examples=3, phases=[Phase.generate], suppress_health_check=[*HealthCheck], deadline=None
)
@given(data=st.data())
def test_what_is_used_most_comes_back_equal(name: str, data: st.DataObject) -> None:
    holds_both_ways(CLASSES.get(name, Answer), data)


@pytest.mark.slow
@pytest.mark.parametrize("name", CLASSES)
@settings(
    max_examples=10, phases=[Phase.generate], suppress_health_check=[*HealthCheck], deadline=None
)
@given(data=st.data())
def test_whatever_is_public_comes_back_equal(name: str, data: st.DataObject) -> None:
    holds_both_ways(CLASSES[name], data)


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
@settings(
    max_examples=10, phases=[Phase.generate], suppress_health_check=[*HealthCheck], deadline=None
)
@given(data=st.data())
def test_a_row_of_any_table_comes_back_equal(name: str, data: st.DataObject) -> None:
    row = data.draw(value_of(TABLES[name]))
    assert read_back(through_json(row), TABLES[name]) == row


def test_each_schema_is_a_json_schema() -> None:
    for name in ALWAYS:
        Draft202012Validator.check_schema(CLASSES.get(name, Answer).json_schema())


# -- what is wrong ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def placed() -> Mapping[str, Any]:
    found: Mapping[str, Any] = through_json(unioncore.placement(core(), FACTS, on=date(2026, 6, 1)))
    return found


def paths(error: BadStored) -> list[str]:
    return [each.column for each in error.faults]


def test_a_wrong_value_is_told_with_its_path(placed: Mapping[str, Any]) -> None:
    wrong = json.loads(json.dumps(placed))
    wrong["organised"] |= {"on": "2026-02-30", "type": "yesno"}
    wrong["region"]["because"] = "as it is"
    wrong["brnch"] = wrong.pop("branch")
    with pytest.raises(BadStored) as caught:
        Placement.from_dict(wrong)
    assert {*paths(caught.value)} == {
        *("organised.on", "organised.type", "region.because", "branch", "brnch")
    }
    assert "organised.type: expected one of choice, text" in str(caught.value)
    assert "did you mean 'yes-no'?" in str(caught.value)
    assert "brnch: no such field; did you mean 'branch'?" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("yes-no", "yes", "expected true or false"),
        ("day", "1 June", "expected a day"),
        ("money", 12.5, "expected pounds"),
        ("set", "unison", "expected a list of texts"),
        ("whole", "3.5", "expected a whole number"),
    ],
)
def test_a_value_that_does_not_fit_the_type_of_its_answer(
    placed: Mapping[str, Any], kind: str, value: Any, expected: str
) -> None:
    written = {**placed["organised"], "type": kind, "known": True, "value": value}
    with pytest.raises(BadStored, match=f"Answer: value: {expected}"):
        Answer.from_dict(written)


def test_an_answer_that_is_not_known_has_no_value(placed: Mapping[str, Any]) -> None:
    written = {**placed["organised"], "known": False, "value": True}
    with pytest.raises(BadStored, match="value: expected null, as it is not known"):
        Answer.from_dict(written)
    with pytest.raises(Exception, match="null"):
        Draft202012Validator(Answer.json_schema()).validate(written)


@pytest.mark.parametrize("written", [None, 3, "text", [], [{}], {}])
@pytest.mark.parametrize("kind", [Answer, Placement, View, CaseEntry])
def test_something_else_is_refused_with_our_error(kind: Any, written: Any) -> None:
    with pytest.raises(BadStored):
        kind.from_dict(written)


@pytest.mark.parametrize("name", NOT_READ)
def test_what_cannot_be_read_back_says_so(name: str) -> None:
    with pytest.raises(BadStored, match="keeps to itself cannot be read back"):
        getattr(answers, name).from_dict({})


def test_a_case_that_is_something_else_is_a_bad_case() -> None:
    with pytest.raises(BadCase):
        Case.from_dict([])  # type: ignore[arg-type]


def test_an_entry_is_read_by_its_act_and_by_its_class() -> None:
    entry = Hold(on=date(2026, 6, 1), by="M1", reason="a claim")
    written = entry.to_dict()
    assert CaseEntry.from_dict(written) == Hold.from_dict(written) == entry
    with pytest.raises(BadStored, match="act: no such field"):
        Adopt.from_dict(written)


def test_what_a_check_of_the_class_refuses_shows_no_value() -> None:
    period = {"start": "2026-06-01", "end": "1961-02-03"}
    with pytest.raises(BadStored) as caught:
        read_back(period, unioncore.Period)
    assert "1961" not in str(caught.value)


# -- the short form --------------------------------------------------------------------------------


def test_a_short_form_says_known_value_missing_and_warnings(placed: Mapping[str, Any]) -> None:
    short = unioncore.placement(core(), FACTS, on=date(2026, 6, 1)).short()
    assert {*short} == {*placed}
    assert json.loads(json.dumps(short)) == short
    for name, each in short.items():
        assert each == {key: placed[name][key] for key in ("known", "value", "missing", "warnings")}
    assert len(json.dumps(short)) * 3 < len(json.dumps(placed))
