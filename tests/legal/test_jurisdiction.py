import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.errors import UnknownName
from unioncore.legal import Jurisdiction, Nation

ENGLAND, WALES, SCOTLAND, NI = Nation


@pytest.mark.parametrize(
    ("text", "nations"),
    [
        ("E&W", {ENGLAND, WALES}),
        ("GB", {ENGLAND, WALES, SCOTLAND}),
        ("UK", {ENGLAND, WALES, SCOTLAND, NI}),
        ("ENG", {ENGLAND}),
        ("WAL", {WALES}),
        ("WLS", {WALES}),
        ("SCO", {SCOTLAND}),
        ("NI", {NI}),
        ("England", {ENGLAND}),
        ("Northern Ireland", {NI}),
        ("Great Britain", {ENGLAND, WALES, SCOTLAND}),
        ("E&W, NI", {ENGLAND, WALES, NI}),
    ],
)
def test_names_in_use_are_read(text: str, nations: set[Nation]) -> None:
    assert Jurisdiction.parse(text) == Jurisdiction(frozenset(nations))


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("E&V", "E&W"), ("gb", "GB"), ("Northen Ireland", "Northern Ireland"), ("France", None)],
)
def test_an_unknown_name_comes_with_the_nearest_one(text: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownName) as caught:
        Jurisdiction.parse(text)
    assert (caught.value.name, caught.value.suggestion) == (text, suggestion)


@given(st.frozensets(st.sampled_from(Nation), min_size=1))
def test_what_is_written_is_read_back(nations: frozenset[Nation]) -> None:
    jurisdiction = Jurisdiction(nations)
    assert Jurisdiction.parse(str(jurisdiction)) == jurisdiction
    assert all((nation in jurisdiction) == (nation in nations) for nation in Nation)


@pytest.mark.parametrize(
    ("nations", "text"),
    [
        ({ENGLAND, WALES}, "E&W"),
        ({ENGLAND, WALES, SCOTLAND}, "GB"),
        (set(Nation), "UK"),
        ({NI}, "NI"),
        ({ENGLAND, NI}, "ENG, NI"),
    ],
)
def test_the_usual_short_name_is_given(nations: set[Nation], text: str) -> None:
    assert str(Jurisdiction(frozenset(nations))) == text


def test_somewhere_is_meant() -> None:
    with pytest.raises(ValueError, match="nations"):
        Jurisdiction(frozenset())
