"""What is packed comes back as it was, and nothing else comes of it."""

import json
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest

from tests.books import everything
from unioncore import Rulebook
from unioncore.composition.packing import pack, unpack
from unioncore.errors import UnknownName
from unioncore.legal import Nation, Period
from unioncore.replay import read_examples, replay

EXAMPLES = Path(str(resources.files("unioncore.builtin"))) / "examples"


def there_and_back(value: Any) -> Any:
    return unpack(json.loads(json.dumps(pack(value))))


@cache
def unpacked() -> Rulebook:
    found = there_and_back(everything())
    assert isinstance(found, Rulebook)
    return found


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 1, "", "\ud800", date(2024, 2, 29), Nation.ENGLAND, (), ((), "x")),
        *(frozenset({Nation.ENGLAND, Nation.WALES}), {("a", "b"): (1,)}, {}),
        Period(date(2024, 1, 1), None),
    ],
)
def test_a_value_comes_back(value: object) -> None:
    found = there_and_back(value)
    assert (found, type(found)) == (value, type(value))


def test_equal_values_of_different_kinds_stay_apart() -> None:
    values = (1, True, Decimal(1), Decimal("1.00"), 0, False, "1")
    assert repr(there_and_back(values)) == repr(values)


def test_what_stands_twice_is_packed_once() -> None:
    period = Period(date(2024, 1, 1), None)
    first, second = there_and_back((period, Period(date(2024, 1, 1), None)))
    assert first is second


@pytest.mark.parametrize("value", [1.5, len, object(), [1], b"x", UnknownName])
def test_what_is_not_plain_is_not_packed(value: object) -> None:
    with pytest.raises(ValueError, match="not an attrs"):
        pack((value,))


@pytest.mark.parametrize(
    "name",
    ["os:system", "builtins:eval", "unioncore.rulebook:read_facts", "unioncore.rulebook:re", "x:y"],
)
def test_nothing_but_classes_of_unioncore_is_made(name: str) -> None:
    with pytest.raises((ValueError, KeyError, AttributeError)):
        unpack({"classes": [name], "objects": ["true", [0, 0]]})


def test_a_whole_rulebook_comes_back() -> None:
    for field in attrs.fields(Rulebook):
        assert getattr(unpacked(), field.name) == getattr(everything(), field.name), field.name
    assert unpacked().fingerprint == everything().fingerprint


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.stem)
def test_the_examples_come_out_alike(file: Path) -> None:
    for example in read_examples(file)[::16]:
        assert replay(unpacked(), example) == replay(everything(), example)
