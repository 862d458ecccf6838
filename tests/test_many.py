"""Objects made together are as if each were made by itself."""

import attrs
import pytest
from attrs import field, frozen, validators
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.strategies import records
from unioncore.many import many
from unioncore.model import TABLES, Record


@settings(max_examples=10)
@given(kind=st.sampled_from(sorted(TABLES.values(), key=lambda kind: kind.table)), data=st.data())
def test_records_made_together_are_those_made_one_by_one(
    kind: type[Record], data: st.DataObject
) -> None:
    found = data.draw(st.lists(records(kind), max_size=3))
    names = [each.name for each in attrs.fields(kind)]
    columns = {name: [getattr(each, name) for each in found] for name in names}
    made = many(kind, len(found), columns)
    assert made == found
    assert list(map(hash, made)) == list(map(hash, found))
    assert list(map(repr, made)) == list(map(repr, found))


def test_a_field_that_no_column_gives_has_its_default() -> None:
    kind = TABLES["employers"]
    needed = {"key": ["a", "b"], "kind": ["works"] * 2, "name": ["A", "B"]}
    made = many(kind, 2, needed)
    one_by_one = [kind(key=key, kind="works", name=key.upper()) for key in "ab"]  # type: ignore[call-arg]
    assert made == one_by_one


def test_columns_fit_the_fields() -> None:
    needed = {"key": ["a"], "kind": ["works"], "name": ["A"]}
    with pytest.raises(TypeError, match="Employer has no field nmae"):
        many(TABLES["employers"], 1, {**needed, "nmae": ["A"]})
    del needed["name"]
    with pytest.raises(TypeError, match="Employer needs name"):
        many(TABLES["employers"], 1, needed)


@frozen
class Checked:
    each: int = field(validator=validators.instance_of(int))


@frozen
class Changed:
    each: int = field(converter=int)


@frozen
class Made:
    each: list[int] = field(factory=list)


@frozen
class Hooked:
    each: int

    def __attrs_post_init__(self) -> None:
        raise AssertionError


@pytest.mark.parametrize("kind", [Checked, Changed, Made, Hooked])
def test_a_class_that_does_more_with_its_fields_is_refused(kind: type) -> None:
    with pytest.raises(TypeError, match=f"{kind.__name__} does more with its fields"):
        many(kind, 1, {"each": [1]})
