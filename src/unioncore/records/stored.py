"""Records and whole unions as plain data that JSON can hold, and back."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs
from attrs import frozen

from unioncore.checked import checked
from unioncore.errors import BadStored, BadUnion, DataFault, slip_of
from unioncore.forms import Text, Unexpected, Unfit, own_form, read_back, schema, within
from unioncore.model import TABLES, ClockSetting, Record, Setting, Union, columns
from unioncore.records.reading import HEAD, read_files
from unioncore.records.schema import row_schema
from unioncore.records.tables import read_table
from unioncore.records.writing import head_text, own_columns
from unioncore.rulebook import Rulebook
from unioncore.rules import read_value
from unioncore.shown import plain

__all__ = ["union_from_dict", "union_schema", "union_to_dict"]

_FORMAT = 1
"""The version of the format in which unions are written."""


# -- one record ------------------------------------------------------------------------------------


def _read_record(written: Any, kind: Any) -> Record:
    """Return the record that ``to_dict`` of one gave; names of no column are the union's own."""
    if not isinstance(written, Mapping):
        raise Unexpected("an object")
    known = columns(kind)
    own = [name for name in written if name not in known]
    wrong: list[tuple[str, Exception]] = [
        (name, Unfit("no such column", meant)) for name in own if (meant := slip_of(name, known))
    ]
    read = read_table(kind, f"{kind.table}.ndjson", json.dumps(written).encode(), own)
    faults = (each for each in read.faults if not each.warning)
    wrong += ((each.column, Unfit(each.message, each.suggestion)) for each in faults)
    if wrong:
        raise within(kind, *wrong)
    return read.rows[0].record


def _record_schema(kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    shared.setdefault(
        kind.__name__, {**row_schema(kind), "additionalProperties": {"type": "string"}}
    )
    return {"$ref": f"#/$defs/{kind.__name__}"}


own_form(Record, _read_record, _record_schema)


# -- a union ---------------------------------------------------------------------------------------


@frozen(kw_only=True, repr=False)
class _WrittenUnion:
    format: int
    union: Text
    name: str = ""
    kept_until: date | None = None
    columns: Mapping[str, tuple[str, ...]] = {}
    """For each table, the union's own columns."""
    tables: Mapping[str, tuple[Mapping[str, Any], ...]]
    settings: tuple[Setting, ...] = ()
    clock_settings: tuple[ClockSetting, ...] = ()


@checked
def union_to_dict(union: Union) -> dict[str, Any]:
    """Return everything that a union has recorded, as plain data that JSON can hold.

    The rows of a table are those of its NDJSON file. ``union_from_dict`` gives an equal union back.
    """
    tables = {name: rows for name in TABLES if (rows := getattr(union, name))}
    return {
        "format": _FORMAT,
        "union": union.key,
        "name": union.name,
        "kept_until": plain(union.kept_until),
        "columns": plain(own_columns(tables, {})),
        "tables": {name: [row.to_dict() for row in rows] for name, rows in tables.items()},
        "settings": plain(union.settings),
        "clock_settings": plain(union.clock_settings),
    }


def union_from_dict(written: Any, rulebook: Rulebook | None = None) -> Union:
    """Read back what ``union_to_dict`` gave, and check it as a folder is checked.

    Args:
        written: the plain data.
        rulebook: knows the words that the tables may use and the rules that they must keep to;
            without it these are not checked, and what policies lay down cannot be read.

    Raises:
        BadStored: where the data have another shape.
        BadUnion: with everything else that is wrong, each with its path, such as
            ``tables.people[3].born``. No value out of a record about people is shown.
    """
    try:
        found = read_back(written, _WrittenUnion)
    except BadStored as bad:
        raise BadStored("Union", bad.faults) from None
    if found.format != _FORMAT:
        said = f"expected {_FORMAT}; the version of unioncore that wrote the union reads it"
        raise BadUnion((DataFault("", 0, "format", said),))
    named = Union(key=found.union, name=found.name, kept_until=found.kept_until)
    head = head_text(named, (), found.columns)
    files = {HEAD: head.encode(errors="surrogatepass")}
    for table, rows in found.tables.items():
        files[f"{table}.ndjson"] = "\n".join(map(json.dumps, rows)).encode()
    reading = read_files(files, rulebook)
    faults = [_in_place(each) for each in reading.faults]
    settings = tuple(_settings(found.settings, rulebook, faults))
    if faults:
        raise BadUnion(tuple(faults))
    return attrs.evolve(reading.union, settings=settings, clock_settings=found.clock_settings)


def union_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what ``union_to_dict`` gives."""
    found = schema(_WrittenUnion, "Union")
    shared = {**found.pop("$defs"), **{kind.__name__: row_schema(kind) for kind in TABLES.values()}}
    for row in (shared[kind.__name__] for kind in TABLES.values()):
        row["additionalProperties"] = {"type": "string"}
    tables = {
        name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
        for name, kind in TABLES.items()
    }
    properties = {
        **found["properties"],
        "tables": {"type": "object", "properties": tables, "additionalProperties": False},
    }
    return {**found, "properties": properties, "$defs": dict(sorted(shared.items()))}


def _in_place(fault: DataFault) -> DataFault:
    """Return a fault of a file as one of the object: its path in place of file and line."""
    table = fault.file.partition(".")[0]
    at = f"tables.{table}[{fault.line - 1}]" if fault.line else f"tables.{table}"
    if fault.file == HEAD:
        at = ""
    path = ".".join(part for part in (at, fault.column) if part)
    return attrs.evolve(fault, file="", line=0, column=path)


def _settings(
    written: tuple[Setting, ...], rulebook: Rulebook | None, faults: list[DataFault]
) -> Iterator[Setting]:
    """Give settings with the values that their facts take."""
    for number, each in enumerate(written):
        at = f"settings[{number}]"
        fact = None if rulebook is None else rulebook.rules.facts.get(each.fact)
        if rulebook is None or fact is None:
            said = "no plugin declares this fact" if rulebook else "only a rulebook knows its type"
            faults.append(DataFault("", 0, f"{at}.fact", said))
            continue
        value, problem = read_value(fact, each.value, rulebook.rules.names_of(fact))
        if problem is not None:
            said = f"expected {problem.expected}"
            faults.append(DataFault("", 0, f"{at}.value", said, problem.suggestion))
        yield attrs.evolve(each, value=value)
