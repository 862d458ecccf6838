"""The tables of a union's folder as a reference page, made from the record classes."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from unioncore.legal import DayRange
from unioncore.model import TABLES, Dated, Record, columns
from unioncore.model.record import Column
from unioncore.records.cells import kind_of

__all__ = ["tables_markdown"]

_KINDS = {
    (str,): "text",
    (bool,): "yes or no",
    (int,): "whole number",
    (Decimal,): "pounds, such as 23500 or 12.60",
    (date,): "day, such as 2024-06-01",
    (datetime,): "moment, such as 2018-04-26T12:00",
    (date, datetime): "day or moment",
    (date, DayRange): "day, or two with a slash between",
}


def tables_markdown() -> str:
    """Return a section for each table: what a row says, and its columns."""
    return "\n".join(line for kind in TABLES.values() for line in _table(kind))


def _table(kind: type[Record]) -> Iterator[str]:
    said = " ".join((kind.__doc__ or "").split())
    yield f"## {kind.table}\n"
    yield f"{said}\n"
    about = ", ".join(f"`{name}`" for name in kind.subject)
    if issubclass(kind, Dated):
        yield f"Rows with the same {about} never hold on the same day.\n"
    else:
        yield f"There is one row for each {about}.\n"
    yield "| column | value | about |"
    yield "| --- | --- | --- |"
    for name, field in columns(kind).items():
        column: Column = field.metadata["column"]
        needed = " (needed)" if field.default is attrs.NOTHING else ""
        yield f"| `{name}`{needed} | {_value(field, column)} | {column.about} |"
    yield ""


def _value(field: "attrs.Attribute[Any]", column: Column) -> str:
    if column.refers:
        return f"a key of {column.refers}"
    if column.words:
        return f"a word of `{column.words}`"
    if column.choices:
        return " or ".join(f"`{choice}`" for choice in column.choices)
    if column.form is not None:
        return column.form.looks
    return _KINDS[kind_of(field)]
