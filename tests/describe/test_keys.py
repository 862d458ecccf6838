"""What may stand in a file of definitions, told from the classes that it becomes."""

from importlib import resources
from pathlib import Path

import pytest

import unioncore
from unioncore.definitions.shorthand import fields_of
from unioncore.definitions.structuring import TABLES
from unioncore.describe import definition_tables

EVERY = {table.name: table for table in definition_tables()}
EXAMPLES = Path(str(resources.files("unioncore"))) / "templates" / "tables"

WITHOUT_EXAMPLE = {"calendar"}
"""The core has a calendar for each nation, and a nation has one."""


def test_the_examples_of_the_tables_make_a_rulebook() -> None:
    book = unioncore.compose(unioncore.TomlPlugin(EXAMPLES, prefix="demo"), discover=False)
    assert book.not_proved == ()


def test_every_table_has_an_example() -> None:
    wholes = [table for name, table in EVERY.items() if "." not in name]
    assert {table.name for table in wholes if not table.example} == WITHOUT_EXAMPLE


def test_every_table_and_every_key_of_it_is_told() -> None:
    assert TABLES.keys() <= EVERY.keys()
    for name, table in TABLES.items():
        told = {key.name for key in EVERY[name].keys}
        assert told | set(table.fixed) == set(fields_of(table.of)) - {"compute"}


def test_every_key_says_what_it_means() -> None:
    keys = [(table.name, key) for table in EVERY.values() for key in table.keys]
    assert [f"{name}.{key.name}" for name, key in keys if not key.about.endswith(".")] == []


def test_each_part_is_told_where_its_key_points() -> None:
    for table in EVERY.values():
        for key in table.keys:
            if key.value.startswith("see "):
                assert EVERY[key.value.removeprefix("see ")].keys


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("fact", "[fact.KEY]"),
        ("word", "[words.VOCABULARY]"),
        ("rule", "[[rule]]"),
        ("rule.version", "[[rule.version]]"),
        ("case_type.version.clock", "[case_type.version.clock.KEY]"),
        ("negotiating_body.version.side", "[negotiating_body.version.side.KEY]"),
    ],
)
def test_a_heading_is_how_files_write_it(name: str, heading: str) -> None:
    assert EVERY[name].heading == heading


def test_a_key_says_what_may_be_written_and_whether_it_is_needed() -> None:
    keys = {key.name: key for key in EVERY["parameter.version"].keys}
    assert keys["period"].is_needed
    assert keys["period"].value.startswith("{ start = DAY, end = DAY }")
    assert keys["when"].value == "a condition in quotes"
    sides = {key.name: key for key in EVERY["negotiating_body.version.side"].keys}
    assert sides["key"].value == '"employers" or "trade-unions"'
    assert sides["seats"].about == "Seats in all; without it the number is not known."
