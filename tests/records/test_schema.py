"""The JSON Schema and the reader accept the same rows, as far as a schema can say."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.folders import GOOD
from tests.records.strategies import records, values
from unioncore.model import TABLES, columns
from unioncore.records import json_schema
from unioncore.records.cells import write_cell
from unioncore.records.tables import read_table

SCHEMA = json_schema()
VALIDATORS = {
    name: jsonschema.Draft202012Validator({**each, "$schema": SCHEMA["$schema"]})
    for name, each in SCHEMA["$defs"].items()
}


def accepted(table: str, row: dict[str, Any]) -> bool:
    """Say whether the reader takes a row; it then stands there alone."""
    read = read_table(TABLES[table], f"{table}.ndjson", json.dumps(row).encode())
    assert (len(read.rows) == 1) is (read.faults == ())
    return not read.faults


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["$defs"]) == set(TABLES)
    for name, each in SCHEMA["$defs"].items():
        assert set(each["properties"]) == set(columns(TABLES[name]))


ODD = st.sampled_from(
    [
        None,
        "",
        " ",
        "yes",
        "no",
        "YES",
        "true",
        True,
        False,
        0,
        1,
        -1,
        5,
        1_000_000,
        1.0,
        1.5,
        "1",
        "01",
        "0",
        "5 ",
        " 5",
        "23500",
        "23500.1",
        "23500.10",
        10**9,
        10**12,
        [],
        {},
        [1],
        "2024-01-01",
        "2024-13-01",
        "0204-01-01",
        "24-01-01",
        "2024-01-01T12:00",
        "2024-01-01T24:00",
        "2024-01-01/2024-02-01",
        "2024-01-01T12:00:00",
        "current",
        "merged",
        "ash",
        "a b",
        "/ash",
        "A1",
        "a" * 80,
        "a" * 81,
        "a" * 1000,
        "a" * 1001,
        "\u00e9",
        "E23000032",
        "\uff11",
        "x\n",
        "2024-01-01\n",
    ]
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A row of a table, with some cells good, some odd, some missing and some too many."""
    table = draw(st.sampled_from(sorted(TABLES)))
    row: dict[str, Any] = {}
    odd = draw(st.sets(st.sampled_from([*columns(TABLES[table]), "strange"]), max_size=2))
    missing = draw(st.sets(st.sampled_from(sorted(columns(TABLES[table]))), max_size=1))
    for name, each in columns(TABLES[table]).items():
        if name in odd:
            row[name] = draw(ODD)
        elif name not in missing:
            row[name] = write_cell(draw(values(each)))
    if "strange" in odd:
        row["strange"] = draw(ODD)
    return table, row


@settings(max_examples=150)
@given(rows())
def test_what_the_reader_accepts_the_schema_accepts(given: tuple[str, dict[str, Any]]) -> None:
    table, row = given
    errors = [error.message for error in VALIDATORS[table].iter_errors(row)]
    assert not (accepted(table, row) and errors), errors


@pytest.mark.parametrize("table", TABLES)
@given(data=st.data())
@settings(max_examples=10)
def test_good_rows_are_accepted_by_both(table: str, data: st.DataObject) -> None:
    record = data.draw(records(TABLES[table]))
    row = {name: write_cell(getattr(record, name)) for name in columns(TABLES[table])}
    VALIDATORS[table].validate(row)
    assert accepted(table, row)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("units", {"name": 5}),
        ("units", {"key": None}),
        ("units", {"key": "a b"}),
        ("units", {"number": "one"}),
        ("units", {"start": "31/02/2024"}),
        ("units", {"start": "0204-01-01"}),
        ("units", {"colour": "red"}),
        ("units", {"struck": 1}),
        ("units", {"name": "a" * 1001}),
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(table: str, change: dict[str, Any]) -> None:
    good = {"key": "ash", "kind": "branch", "name": "Ash"}
    VALIDATORS[table].validate(good)
    assert accepted(table, good)
    assert not VALIDATORS[table].is_valid({**good, **change})
    assert not accepted(table, {**good, **change})


@pytest.mark.parametrize("table", [name for name in TABLES if f"{name}.csv" in GOOD])
def test_cells_of_a_good_csv_file_are_accepted(table: str) -> None:
    header, *lines = (line.split(",") for line in GOOD[f"{table}.csv"].splitlines())
    for line in lines:
        VALIDATORS[table].validate(dict(zip(header, line, strict=True)))
