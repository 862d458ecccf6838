"""The JSON Schema of the rows of a union's folder, made from the record classes."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from unioncore.checked import checked
from unioncore.legal import DayRange
from unioncore.model import TABLES, Record, columns
from unioncore.model.record import Column
from unioncore.records.cells import LONGEST, kind_of
from unioncore.rulebook import Rulebook

__all__ = ["json_schema"]

_DAY = r"(18|19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_HOUR = r"T([01][0-9]|2[0-3]):[0-5][0-9]"

_PATTERNS: Mapping[tuple[type, ...], str] = {
    (date,): f"^{_DAY}$",
    (datetime,): f"^{_DAY}{_HOUR}$",
    (date, datetime): f"^{_DAY}({_HOUR})?$",
    (date, DayRange): f"^{_DAY}(/{_DAY})?$",
}


@checked
def json_schema(rulebook: Rulebook | None = None) -> dict[str, Any]:
    """Return the schema: for each table, what a row of its NDJSON file is.

    With a rulebook, columns that take its words list them. Cells of CSV files hold the same texts;
    ``yes`` and ``no`` stand there for true and false.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A union's folder: the rows of its tables",
        "$defs": {name: row_schema(kind, rulebook) for name, kind in TABLES.items()},
    }


def row_schema(kind: type[Record], rulebook: Rulebook | None = None) -> dict[str, Any]:
    """Return the schema of a row of one table."""
    fields = columns(kind)
    return {
        "description": (kind.__doc__ or "").strip(),
        "type": "object",
        "properties": {name: _cell(each, rulebook) for name, each in fields.items()},
        "required": [name for name, each in fields.items() if each.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _cell(field: "attrs.Attribute[Any]", rulebook: Rulebook | None) -> dict[str, Any]:
    about: Column = field.metadata["column"]
    kinds = kind_of(field)
    text: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if kinds == (bool,):
        yes_no = "^([Yy][Ee][Ss]|[Nn][Oo])$"
        text = {"type": ["boolean", "string"], "pattern": yes_no}
    elif kinds == (int,):
        least = 0 if about.zero else 1
        text = {"type": ["integer", "string"], "minimum": least, "maximum": 999_999}
        text["pattern"] = "^(0|[1-9][0-9]{0,5})$" if about.zero else "^[1-9][0-9]{0,5}$"
    elif kinds == (Decimal,):
        text = {"type": ["integer", "string"], "minimum": 0, "maximum": 999_999_999}
        text["pattern"] = r"^[0-9]{1,9}(\.[0-9]{2})?$"
    elif kinds in _PATTERNS:
        text = {"type": "string", "pattern": _PATTERNS[kinds]}
    elif about.choices:
        text = {"type": "string", "enum": list(about.choices)}
    elif about.words and rulebook is not None:
        text = {"type": "string", "enum": sorted(rulebook.words_of(about.words))}
    elif about.form is not None:
        text["pattern"] = f"^({about.form.pattern})$"
    said = {"description": about.about}
    if field.default is attrs.NOTHING:
        return {**said, **text}
    return {**said, "anyOf": [text, {"type": "null"}, {"const": ""}]}
