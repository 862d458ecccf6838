"""One file of a union's folder: CSV or NDJSON in, rows and faults out."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from decimal import Decimal
from functools import partial
from operator import getitem
from sys import intern
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.errors import DataFault, nearest
from unioncore.model import Record, columns
from unioncore.records.cells import (
    SHOWN,
    CellTexts,
    Wrong,
    kind_of,
    read_own,
    reader,
    shown,
    unfit_text,
    write_cell,
)
from unioncore.rules import series
from unioncore.shown import Shown

__all__ = ["Places"]


_SEP = re.compile(r'"?sep=(?P<between>[^\n"])"?\r?\n', re.IGNORECASE)
"""The line with which Excel is told what parts the fields."""

_BETWEEN = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}

_JSON = json.JSONDecoder(parse_constant=str)

_JSON_BLANKS = " \t\r"
"""What may stand around an object in its line."""


_YES_NO = "true or false"
_WHOLE = "a whole number or text"
"""What is expected in columns that JSON need not hold as text."""


def _delete(what: str, places: list[int]) -> str:
    """Say that columns or lines are empty."""
    if len(places) == 1:
        return f"{what} {places[0]} is empty; delete it"
    return f"{what}s {series(map(str, places))} are empty; delete them"


@frozen
class RecordRow(Shown, shows="record file line"):
    """A record with the file and the line that it stands on."""

    record: Record
    file: str
    line: int


@frozen
class Places(Shown, shows=""):
    """Where each record of a folder stands."""

    rows: Mapping[str, Iterable[RecordRow]] = field(factory=dict)
    """The rows of each table."""
    _by_record: dict[int, RecordRow] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for rows in self.rows.values():
            self._by_record.update((id(row.record), row) for row in rows)

    def of(self, record: Record) -> RecordRow | None:
        """Return the row of a record with its file and line; None for one that was not read."""
        return self._by_record.get(id(record))


@frozen
class TableRead(Shown, shows="rows faults"):
    """What one file gave."""

    rows: tuple[RecordRow, ...] = ()
    """The good rows."""
    faults: tuple[DataFault, ...] = ()
    """What is wrong, and what looks like a slip."""
    keys: frozenset[str] = frozenset()
    """The keys of rows that were not good, so that what refers to them is not reported too."""
    whole: bool = True
    """Whether every row could be told apart; where not, nothing is said of missing keys."""


def read_table(
    kind: type[Record], file: str, content: bytes, extra: Collection[str] = ()
) -> TableRead:
    """Read the rows of a table; never raises for what the file holds."""
    return _TableReader(kind, file, tuple(extra)).read(content)


def read_row(kind: type[Record], text: str) -> TableRead:
    """Read one row of a table that is written as a JSON object, as a line of NDJSON is."""
    return read_table(kind, f"{kind.table}.ndjson", text.encode())


@frozen(eq=False, repr=False)
class _TableReader:
    kind: type[Record]
    file: str
    extra: tuple[str, ...]
    faults: list[DataFault] = field(factory=list)
    rows: list[RecordRow] = field(factory=list)
    keys: set[str] = field(factory=set)
    odd: set[str] = field(factory=set)
    """The columns of which some text was wrong."""
    fields: "Mapping[str, attrs.Attribute[Any]]" = field(init=False)
    required: Set[str] = field(init=False)
    """The columns that every file of the table has."""
    cells: Mapping[str, CellTexts] = field(init=False)
    """What the cells of each column say, those of the union's own among them."""

    @fields.default
    def _columns(self) -> "Mapping[str, attrs.Attribute[Any]]":
        return columns(self.kind)

    @required.default
    def _never_blank(self) -> Set[str]:
        # The keys of a dictionary are a set that keeps its order.
        return {n: each for n, each in self.fields.items() if each.default is attrs.NOTHING}.keys()

    @cells.default
    def _cells(self) -> dict[str, CellTexts]:
        readers = {name: reader(each, self._padded(name)) for name, each in self.fields.items()}
        readers |= {name: partial(read_own, padded=self._padded(name)) for name in self.extra}
        return {
            name: CellTexts(read, partial(self.odd.add, name)) for name, read in readers.items()
        }

    @property
    def is_ndjson(self) -> bool:
        """Whether each line of the file is an object."""
        return self.file.endswith(".ndjson")

    def _padded(self, name: str) -> Wrong | None:
        """Say what is wrong with blanks at the ends of a cell; in CSV nothing is."""
        said = f"expected {self._typed(name)} without blanks at its ends"
        return Wrong(said) if self.is_ndjson else None

    def fault(self, line: int, column: str, message: str, hint: str | None = None) -> None:
        self.faults.append(DataFault(self.file, line, column, message, hint))

    def warn(self, line: int, message: str) -> None:
        self.faults.append(DataFault(self.file, line, "", message, warning=True))

    def read(self, content: bytes) -> TableRead:
        whole = True
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:4].count(0) >= 2:
            self.fault(0, "", "this is not UTF-8 text; save the file as UTF-8")
            whole = False
        else:
            # What is not UTF-8 is kept as it is until its cell is known.
            text = content.decode("utf-8-sig", errors="surrogateescape")
            lines = self._ndjson if self.is_ndjson else self._csv
            whole = lines(text)
        return TableRead(tuple(self.rows), tuple(self.faults), frozenset(self.keys), whole)

    # -- CSV -----------------------------------------------------------------------------------

    def _csv(self, text: str) -> bool:
        first, between = 1, ","
        if sep := _SEP.match(text):
            said = "this line is for Excel alone; delete it"
            self.fault(1, "", said)
            text, first, between = text[sep.end() :], 2, sep["between"]
        head = text.partition("\n")[0]
        if between == "," and "," not in head:
            between = next((each for each in _BETWEEN if each in head), ",")
        if between != ",":
            said = f"the fields are parted by {_BETWEEN.get(between, repr(between))}"
            self.fault(first, "", f"{said}; save the file as CSV with commas between the fields")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
        before = len(self.faults)
        lines = self._lines(reader, first)
        line, header = next(lines, (0, []))
        if len(self.faults) > before:
            return False  # this is not the first line: that could not be read
        if not any(name.strip() for name in header):
            needed = f"expected a first line with the columns {', '.join(self.required)}"
            self.fault(first, "", needed)
            return False
        names = self._names(line, header)
        if not self._header(line, names):
            return False
        self._body(line, names, lines)
        return not any("cannot be read as CSV" in fault.message for fault in self.faults)

    def _body(self, head: int, names: list[str], lines: Iterator[tuple[int, list[str]]]) -> None:
        """Read the rows; columns and rows that are empty throughout are told, and left out."""
        used = {place: False for place, name in enumerate(names) if not name}
        named, texts = self._readers(filter(None, names))
        empty: list[int] = []
        for line, cells in lines:
            if not "".join(cells).strip():
                empty += [line] * (len(cells) > 1)
                continue
            if len(cells) != len(names):
                message = f"expected {len(names)} cells as in the first line, got {len(cells)}"
                if len(cells) > len(names) and not any(c.strip() for c in cells[len(names) :]):
                    message += "; the last are empty: delete them"
                self.fault(line, "", message)
                self._bad(dict(zip(names, cells, strict=False)))
                continue
            if used:
                used |= {at: held or bool(cells[at].strip()) for at, held in used.items()}
                cells = [cell for at, cell in enumerate(cells) if at not in used]
            self._row(line, named, cells, map(getitem, texts, cells))
        for place in (place for place, held in used.items() if held):
            said = "has no name in the first line, and holds something; name it, or delete it"
            self.fault(head, f"column {place + 1}", said)
        if blank := [place + 1 for place, held in used.items() if not held]:
            self.warn(head, _delete("column", blank))
        if empty:
            self.warn(empty[0], _delete("line", empty))

    def _names(self, line: int, header: list[str]) -> list[str]:
        """Return the names of columns as they are meant; whatever is changed is reported."""
        small = {name.casefold(): name for name in self.cells}
        names = []
        for place, written in enumerate(header, 1):
            name = written.strip(" ")
            if wrong := unfit_text(name):
                name = "".join(each if each.isprintable() else " " for each in name).strip()
                self.fault(line, self._named(name, place), wrong.message)
            meant = small.get(name.casefold(), name)
            if meant != name and name not in small.values():
                self.fault(line, meant, "stands in other letters, capital or small", meant)
                name = meant
            names.append(name)
        return names

    def _lines(self, reader: Any, first: int) -> Iterator[tuple[int, list[str]]]:
        """Give each row with the line that it starts on; a line that cannot be read is reported."""
        while True:
            line = reader.line_num + first
            try:
                for cells in reader:
                    yield line, cells
                    line = reader.line_num + first
                return
            except csv.Error as error:
                # A quote that is never closed swallows what follows it.
                self.fault(line, "", f"cannot be read as CSV: {error}")

    def _header(self, line: int, names: list[str]) -> bool:
        """Report columns that are strange or missing; say whether the rows can be read."""
        before = len(self.faults)
        meant: set[str | None] = set()
        for place, name in enumerate(names, 1):
            if name and name in names[: place - 1]:
                self.fault(line, self._named(name, place), "stands twice in the first line")
            elif name and name not in self.cells:
                meant.add(self._unknown_column(line, name, place))
        self._missing(line, {*names, *meant})
        return len(self.faults) == before

    def _missing(self, line: int, names: Collection[str | None]) -> None:
        for name in self.required:
            if name not in names:
                self.fault(line, name, "the column is missing")

    def _unknown_column(self, line: int, name: str, place: int) -> str | None:
        """Report a column that the table does not have; return the one that may be meant."""
        message = f"no such column in {self.kind.table}; declare it in union.toml to keep it"
        hint = nearest(name[:SHOWN], self.fields)
        self.fault(line, self._named(name, place), message, hint)
        return hint

    def _named(self, name: str, place: int) -> str:
        """Return a column's name, or its place where the name may be anything.

        Where a file about people lacks its first line, the first person's row stands there.
        """
        if name in self.cells:
            return name
        plain = not self.kind.personal and name.isprintable() and 0 < len(name) <= SHOWN
        return name if plain else f"column {place}"

    # -- NDJSON --------------------------------------------------------------------------------

    def _ndjson(self, text: str) -> bool:
        whole = True
        # Lines with the same names in the same order are read alike.
        alike: dict[tuple[str, ...], tuple[list[str], list[CellTexts]]] = {}
        for line, written in enumerate(text.split("\n"), 1):
            if not written.strip():
                continue
            cells = self._object(line, written.strip(_JSON_BLANKS))
            if cells is None:
                whole = False
                continue
            names = tuple(cells)
            found = alike.get(names)
            if found is None:
                if not self._named_rightly(line, cells):
                    self._bad(cells)
                    continue
                found = alike[names] = self._readers(names)
            named, texts = found
            self._row(line, named, cells.values(), map(getitem, texts, cells.values()))
        return whole

    def _named_rightly(self, line: int, cells: Mapping[str, Any]) -> bool:
        """Report names that are strange or missing; say whether there are none."""
        for place, name in enumerate(cells, 1):
            if name not in self.cells:
                self._unknown_column(line, name, place)
        self._missing(line, cells)
        return self.required <= cells.keys() <= self.cells.keys()

    def _object(self, line: int, text: str) -> dict[str, str] | None:
        try:
            cells, end = _JSON.raw_decode(text)  # as decode, without looking for blanks
            if end < len(text):
                raise json.JSONDecodeError("Extra data", text, end)
        except (ValueError, RecursionError) as error:
            message = "a number is too long"
            if isinstance(error, json.JSONDecodeError):
                message = error.msg
            elif isinstance(error, RecursionError):
                message = "nested too deeply"
            self.fault(line, "", f"cannot be read as JSON: {message}")
            return None
        if not isinstance(cells, dict):
            self.fault(line, "", "expected an object with the columns as names")
            return None
        # As many colons as names: none stands twice.
        if text.count(":") != len(cells) and (name := _twice(text)) is not None:
            place = list(cells).index(name) + 1
            self.fault(line, self._named(name, place), "stands twice in the object")
            return None
        try:
            "".join(cells.values())  # the quickest way to see that all are texts
        except TypeError:
            others = [name for name, value in cells.items() if not isinstance(value, str)]
            if any([self._mistyped(line, cells, name) for name in others]):
                return None
            for name in others:
                cells[name] = write_cell(cells[name])
        return cells

    def _mistyped(self, line: int, cells: Mapping[str, Any], name: str) -> bool:
        """Report a value, no text, of a type that the column does not have; any may be null."""
        value, expected = cells[name], self._typed(name)
        if value is None or (name in self.extra and isinstance(value, bool | int)):
            return False
        if expected == (_YES_NO if isinstance(value, bool) else _WHOLE) and isinstance(value, int):
            return False
        place = list(cells).index(name) + 1
        self.fault(line, self._named(name, place), f"expected {expected}")
        return True

    def _typed(self, name: str) -> str:
        """Say what JSON holds in a column."""
        kinds = kind_of(self.fields[name]) if name in self.fields else ()
        if bool in kinds:
            return _YES_NO
        return _WHOLE if int in kinds or Decimal in kinds else "text"

    # -- rows ----------------------------------------------------------------------------------

    def _readers(self, names: Iterable[str]) -> tuple[list[str], list[CellTexts]]:
        """Return the names of columns, and what their cells say."""
        named = list(map(intern, names))  # a record takes its fields quickest by such names
        return named, [self.cells[name] for name in named]

    def _row(
        self, line: int, names: Collection[str], cells: Collection[str], found: Iterable[Any]
    ) -> None:
        """Make a record of the texts of a line, and of what they say."""
        values = dict(zip(names, found, strict=True))
        wrong = [name for name in self.odd if values.get(name).__class__ is Wrong]
        if wrong:
            for name, cell in zip(names, cells, strict=True):
                if name in wrong:
                    self._wrong(line, name, cell, values.pop(name))
        start, end = values.get("start"), values.get("end")
        if start is not None and end is not None and end <= start:
            self.fault(line, "end", "the end, which is not included, must be after the start")
            wrong.append("end")
        if wrong:
            self._bad(dict(zip(names, cells, strict=True)))
            return
        if self.extra:
            own = [(name, values.pop(name, "")) for name in self.extra]
            values["extra"] = tuple(each for each in own if each[1])
        make: Callable[..., Record] = self.kind
        record = make(**values)
        self.rows.append(RecordRow(record, self.file, line))

    def _wrong(self, line: int, name: str, cell: str, wrong: Wrong) -> None:
        if name in self.extra:
            self.fault(line, name, wrong.message)
            return
        # Of a table about people no value is shown, however it is written.
        hide = wrong.is_value and self.kind.personal
        hint = None if hide else wrong.suggestion
        self.fault(line, name, wrong.message + self._shown(cell), hint)

    def _shown(self, cell: str) -> str:
        """Show a value, shortened; of a table about people none."""
        if self.kind.personal or not cell.strip() or not cell.isprintable():
            return ""
        return f", got {shown(cell)}"

    def _bad(self, cells: dict[str, str]) -> None:
        key = cells.get("key", "").strip()
        if key:
            self.keys.add(key)


def _twice(text: str) -> str | None:
    """Return the first name that stands twice in a JSON object; None: each stands there once."""
    pairs = json.loads(text, object_pairs_hook=list)
    times = Counter(name for name, _ in pairs)
    return next((name for name in times if times[name] > 1), None)


def write_table(kind: type[Record], records: Collection[Record], extra: Collection[str]) -> str:
    """Return the text of a CSV file that reads back as ``records``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    fields = columns(kind)
    # Columns that no record fills are left out, so that the file says what there is to say.
    used = [
        name
        for name, each in fields.items()
        if each.default is attrs.NOTHING or any(getattr(r, name) != each.default for r in records)
    ]
    writer.writerow([*used, *extra])
    for record in records:
        own = dict(record.extra)
        cells = [write_cell(getattr(record, name)) for name in used]
        writer.writerow([*cells, *(own.get(name, "") for name in extra)])
    return out.getvalue()
