"""The tables of a union's folder: what a row of each says, and what stands in its columns."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
from attrs import frozen

from unioncore.describe.keys import DefinitionKey
from unioncore.legal import DayRange
from unioncore.model import TABLES, Dated, Record, columns
from unioncore.model.record import Column
from unioncore.records.cells import kind_of
from unioncore.shown import Shown

__all__ = ["FolderTable", "folder_tables"]

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


@frozen
class FolderTable(Shown, shows="name"):
    """One table of a union's folder, which stands in a file of its name."""

    name: str
    about: str
    """What a row says."""
    rows: str
    """Which rows may stand beside each other."""
    columns: tuple[DefinitionKey, ...]


def folder_tables() -> tuple[FolderTable, ...]:
    """Return every table that a union's folder may hold."""
    return tuple(_table(kind) for kind in TABLES.values())


def _table(kind: type[Record]) -> FolderTable:
    subject = ", ".join(f"`{name}`" for name in kind.subject)
    if issubclass(kind, Dated):
        rows = f"Rows with the same {subject} never hold on the same day."
    else:
        rows = f"There is one row for each {subject}."
    cells = tuple(_column(name, field) for name, field in columns(kind).items())
    return FolderTable(kind.table, " ".join((kind.__doc__ or "").split()), rows, cells)


def _column(name: str, field: "attrs.Attribute[Any]") -> DefinitionKey:
    column: Column = field.metadata["column"]
    is_needed = field.default is attrs.NOTHING
    return DefinitionKey(name, _value(field, column), column.about, is_needed)


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
