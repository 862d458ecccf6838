"""What the library holds without plugins is statute law and what every British union shares."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest

import unioncore
from tests.books import core
from tests.casework import a_union
from unioncore import ask
from unioncore.answers import Desk
from unioncore.errors import NoUnion

SOURCES = Path(unioncore.__file__).parent
OF_ONE_UNION = re.compile(r"unison|case form|\brule [A-Z]\b|\bNEC\b|labour link", re.IGNORECASE)
"""The union whose plugin ships beside the library, and what only its documents speak of."""


def texts(value: object) -> Iterator[str]:
    """Give every text in a definition: keys, names, notes, conditions and citations."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from texts(each)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from texts(getattr(value, field.name))


def test_no_definition_of_the_core_rests_on_one_union() -> None:
    every = [(at, text) for at, each in core().definitions.every() for text in texts(each)]
    assert len(every) > 5000, "the walk found hardly anything"
    assert [(at, text) for at, text in every if OF_ONE_UNION.search(text)] == []


def test_no_module_names_one_union_but_for_the_example_of_the_command_line() -> None:
    files = {*SOURCES.rglob("*.py"), *SOURCES.rglob("*.toml")} - {*SOURCES.glob("cli/*")}
    assert [file.name for file in files if "unison" in file.read_text("utf-8").lower()] == []


@pytest.mark.parametrize("fact", ["representation_level", "may_see", "record.months", "track.tier"])
def test_without_a_union_its_answers_are_not_known_and_say_so(fact: str) -> None:
    answer = ask(core(), {"record.kind": "case-file"}, fact, on=date(2026, 6, 1))[fact]
    assert not answer.known
    assert "no union's rules are loaded" in answer.reason


def test_without_a_union_nobody_handles_a_members_case() -> None:
    desk = Desk(rulebook=core(), union=a_union())
    with pytest.raises(NoUnion, match="no union's rules are loaded"):
        desk.open_case(reference="C-1", person="ada", on=date(2026, 6, 1), by="edda")
