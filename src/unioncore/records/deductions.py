"""An employer's file of deductions: CSV, or a spreadsheet with the extra ``xlsx``."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from unioncore.checked import checked
from unioncore.errors import BadUnion, DataFault, MissingPart, nearest
from unioncore.model import CheckOffColumns
from unioncore.records.cells import BETWEEN
from unioncore.shown import Shown

__all__ = ["Deduction", "read_deductions"]

_PENNY = Decimal("0.01")
_AMOUNT = re.compile(r"-?[0-9]{1,9}(\.[0-9]+)?", re.ASCII)
"""Pounds; what an employer gives back is below zero."""


@frozen
class Deduction(Shown, shows="line"):
    """One line of the file: what was deducted from one person's pay."""

    line: int
    """The line or the row, from 1; the first holds the names of the columns."""
    payroll: str = field(repr=False)
    amount: Decimal = field(repr=False)
    """Pounds."""
    name: str = field(default="", repr=False)


@checked
def read_deductions(file: str, content: bytes, columns: CheckOffColumns) -> tuple[Deduction, ...]:
    """Read an employer's file of deductions.

    A last line without a payroll number, or whose number is the word total, is the employer's own
    sum, and must agree with the lines before it.

    Args:
        file: the name of the file; one that ends in ``.xlsx`` is a spreadsheet, whose first sheet
            is read.
        content: what is in it.
        columns: how this employer names its columns.

    Raises:
        BadUnion: with everything that is wrong in it; no name and no number out of it is shown.
        MissingPart: when it is a spreadsheet and the extra that reads it is not installed.
    """
    rows = _spreadsheet(file, content) if file.lower().endswith(".xlsx") else _csv(file, content)
    found: list[Deduction] = []
    faults: list[DataFault] = []

    def fault(line: int, column: str, said: str, hint: str | None = None) -> None:
        faults.append(DataFault(file, line, column, said, hint))

    first, header = next(rows, (1, ()))
    wanted = {"payroll": columns.payroll, "amount": columns.amount, "name": columns.name}
    places: dict[str, int] = {}
    names = [_text(cell) for cell in header]
    for what, column in wanted.items():
        if column and names.count(column) == 1:
            places[what] = names.index(column)
        elif column:
            said = "stands twice in the first line" if column in names else "the column is missing"
            fault(first, column, said, nearest(column, names))
    if faults:
        raise BadUnion(tuple(faults))
    totals: list[tuple[int, Decimal]] = []
    for line, cells in rows:
        row = [_text(cell) for cell in cells]
        if not any(row):
            continue
        given = {what: row[at] if at < len(row) else "" for what, at in places.items()}
        amount = _pounds(given["amount"])
        if amount is None:
            fault(line, columns.amount, "expected pounds such as 11.50")
        elif not given["payroll"] or given["payroll"].casefold().startswith("total"):
            totals.append((line, amount))
        else:
            found.append(Deduction(line, given["payroll"], amount, given.get("name", "")))
    for line, amount in totals:
        if any(each.line > line for each in found):
            fault(line, columns.payroll, "expected a payroll number")
        elif amount != sum((each.amount for each in found), Decimal()):
            fault(line, columns.amount, "this total is not the sum of the lines before it")
    if not found and not faults:  # read as a file, it would put everybody into arrears
        fault(first, "", "no line with a deduction follows")
    if faults:
        raise BadUnion(tuple(sorted(faults, key=lambda each: each.line)))
    return tuple(found)


def _csv(file: str, content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = "this is not UTF-8 text; save the file as CSV in UTF-8"
        raise BadUnion((DataFault(file, 0, "", said),)) from None
    head = text.partition("\n")[0]
    between = max(BETWEEN, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = f"cannot be read as CSV: {error}"
            raise BadUnion((DataFault(file, line, "", said),)) from None


def _spreadsheet(file: str, content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        import openpyxl  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        raise MissingPart("the extra unioncore[xlsx]", "pip install 'unioncore[xlsx]'") from None
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
    except Exception:  # openpyxl raises whatever it stumbles over
        said = "cannot be read as a spreadsheet; save it as .xlsx again, or as CSV in UTF-8"
        raise BadUnion((DataFault(file, 0, "", said),)) from None
    yield from enumerate(rows, 1)


def _text(cell: Any) -> str:
    """Return a cell as text; a spreadsheet gives numbers, and a whole one has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _pounds(text: str) -> Decimal | None:
    """Return an amount; None where the text is none, or has parts of a penny."""
    plain = text.replace("£", "").replace(",", "").replace(" ", "")
    if not _AMOUNT.fullmatch(plain):
        return None
    amount = Decimal(plain)
    pounds = amount.quantize(_PENNY)
    return pounds if pounds == amount else None
