"""A whole union goes through JSON and comes back equal; what is wrong is told with its path."""

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from tests.books import core, everything
from tests.records.strategies import unions
from unioncore.errors import BadStored, BadUnion
from unioncore.model import Union
from unioncore.records import read_union, union_from_dict, union_schema, union_to_dict


def through_json(union: Union) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(union_to_dict(union)))
    return found


@pytest.mark.slow
@settings(max_examples=25, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
@given(unions())
def test_any_union_comes_back_equal(union: Union) -> None:
    written = through_json(union)
    Draft202012Validator(union_schema()).validate(written)
    assert union_from_dict(written) == union


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_the_example_union_comes_back_equal_with_its_policies() -> None:
    book = everything()
    example: Any = resources.files("unioncore_unison") / "example_union"
    union = read_union(example, book).ok()
    written = through_json(union)
    assert list(Draft202012Validator(union_schema()).iter_errors(written)) == []
    assert union_from_dict(written, book) == union


PERSON = {"key": "p1", "name": "A B", "born": "1961-02-03"}
SMALL: dict[str, Any] = {
    "format": 1,
    "union": "lamplighters",
    "tables": {"people": [PERSON]},
}


def test_faults_are_told_by_path_without_what_is_written_about_people() -> None:
    people = [{**PERSON, "born": "3 February 1961"}, {**PERSON, "nmae": "A B"}]
    written = {**SMALL, "tables": {"people": people, "peeple": []}}
    with pytest.raises(BadUnion) as caught:
        union_from_dict(written, core())
    places = {each.column for each in caught.value.faults}
    assert {"tables.people[0].born", "tables.people[1].column 4", "tables.peeple"} <= places
    assert "1961" not in str(caught.value)
    assert "A B" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"union": ""}, "union"),
        ({"kept_until": "soon"}, "kept_until"),
        ({"tables": []}, "tables"),
        ({"tables": {"people": [3]}}, "tables.people[0]"),
        ({"settings": [{"of": "branch"}]}, "settings[0].key"),
        ({"peple": 1}, "peple"),
    ],
)
def test_another_shape_is_refused_with_its_path(change: dict[str, Any], path: str) -> None:
    with pytest.raises(BadStored) as caught:
        union_from_dict({**SMALL, **change}, core())
    assert path in {each.column for each in caught.value.faults}
    assert str(caught.value).startswith("Union: ")


def test_another_format_is_refused() -> None:
    with pytest.raises(BadUnion, match="format: expected 1"):
        union_from_dict({**SMALL, "format": 2}, core())
