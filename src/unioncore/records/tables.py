"""One file of a union's folder: CSV or NDJSON in, rows and faults out."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache, lru_cache, partial
from itertools import compress, islice, repeat
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.collector import collector_paused
from unioncore.errors import DataFault, nearest
from unioncore.many import many
from unioncore.model import Record, columns
from unioncore.records.cells import (
    BETWEEN,
    SHOWN,
    CellTexts,
    Wrong,
    json_type,
    parted_by,
    read_own,
    reader,
    shown,
    text_of,
    unfit_text,
    write_cell,
)
from unioncore.records.objects import ObjectLines, ObjectPairs, plain_objects
from unioncore.rules import series
from unioncore.shown import Shown

__all__ = ["Places"]


_SEP = re.compile(r'"?sep=(?P<between>[^\n"])"?\r?\n', re.IGNORECASE)
"""The line with which Excel is told what parts the fields."""

_JSON = json.JSONDecoder(object_pairs_hook=ObjectPairs)

_JSON_BLANKS = " \t\r"
"""What may stand around an object in its line."""

_TOGETHER = 500
"""How many rows are read at once, column by column; more are no faster."""

_FEW = 200
"""How many lines of JSON are read before there is anything to make for reading them faster."""


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


@collector_paused()
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
    untold: list[int] = field(factory=list)
    """The lines of which it is not known what row they are."""
    odd: set[str] = field(factory=set)
    """The columns of which some cell was wrong."""
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
        kind: Any = self.kind
        readers = {**_readers(kind, self.is_ndjson)}
        own = partial(read_own, padded=_padded(None, self.is_ndjson))
        readers |= dict.fromkeys(self.extra, own)
        return {
            name: CellTexts(
                read, partial(text_of, self.fields.get(name)), partial(self.odd.add, name)
            )
            for name, read in readers.items()
        }

    @property
    def is_ndjson(self) -> bool:
        """Whether each line of the file is an object."""
        return self.file.endswith(".ndjson")

    def fault(self, line: int, column: str, message: str, hint: str | None = None) -> None:
        self.faults.append(DataFault(self.file, line, column, message, hint))

    def warn(self, line: int, message: str) -> None:
        self.faults.append(DataFault(self.file, line, "", message, warning=True))

    def read(self, content: bytes) -> TableRead:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:4].count(0) >= 2:
            self.fault(0, "", "this is not UTF-8 text; save the file as UTF-8")
            self.untold.append(0)
        else:
            # What is not UTF-8 is kept as it is until its cell is known.
            text = content.decode("utf-8-sig", errors="surrogateescape")
            lines = self._ndjson if self.is_ndjson else self._csv
            lines(text)
        faults = sorted(self.faults, key=lambda fault: fault.line)
        return TableRead(tuple(self.rows), tuple(faults), frozenset(self.keys), not self.untold)

    # -- CSV -----------------------------------------------------------------------------------

    def _csv(self, text: str) -> None:
        first, between = 1, ","
        if sep := _SEP.match(text):
            said = "this line is for Excel alone; delete it"
            self.fault(1, "", said)
            text, first, between = text[sep.end() :], 2, sep["between"]
        if between == ",":
            between = parted_by(text.partition("\n")[0])
        if between != ",":
            said = f"the fields are parted by {BETWEEN.get(between, repr(between))}"
            self.fault(first, "", f"{said}; save the file as CSV with commas between the fields")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
        lines = self._lines(reader, first)
        line, header = next(lines, (first, []))
        if self.untold:
            return  # this is not the first line: that could not be read
        if not any(name.strip() for name in header):
            needed = f"expected a first line with the columns {', '.join(self.required)}"
            self.fault(first, "", needed)
            self.untold.append(first)
            return
        names = self._names(line, header)
        if not self._header(line, names):
            self.untold.append(line)
            return
        rows = self._filled(line, names, lines)
        names = list(filter(None, names))
        while some := list(islice(rows, _TOGETHER)):
            numbers, cells = zip(*some, strict=True)
            columns = dict(zip(names, zip(*cells, strict=True), strict=True))
            self._rows(numbers, columns, partial(_cells_of, columns))

    def _filled(
        self, head: int, names: list[str], lines: Iterator[tuple[int, list[str]]]
    ) -> Iterator[tuple[int, list[str]]]:
        """Give the rows; columns and rows that are empty throughout are told, and left out."""
        used = {place: False for place, name in enumerate(names) if not name}
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
                self._bad(line, dict(zip(names, cells, strict=False)))
                continue
            if used:
                used |= {at: held or bool(cells[at].strip()) for at, held in used.items()}
                cells = [cell for at, cell in enumerate(cells) if at not in used]
            yield line, cells
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
                self.untold.append(line)

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

    def _ndjson(self, text: str) -> None:
        """Read the rows, many at a time; lines in which something may be wrong one by one."""
        lines = text.removesuffix("\n").split("\n")
        quick = _object_lines(tuple(self.cells)) if len(lines) > _FEW else None
        for first in range(1, 1 + len(lines), _TOGETHER):
            some = lines[first - 1 : first - 1 + _TOGETHER]
            numbers: Sequence[int] = range(first, first + len(some))
            if quick is not None and (columns := quick.columns(some)) is not None:
                self._rows(numbers, columns, partial(_row_of, some))
                continue
            objects = plain_objects(some)
            if objects is None or not set().union(*objects) <= self.cells.keys():
                found = self._one_by_one(numbers, some)
                numbers, objects = list(found), list(found.values())
            cells = {name: map(dict.get, objects, repeat(name)) for name in set().union(*objects)}
            self._rows(numbers, cells, objects.__getitem__)

    def _one_by_one(
        self, numbers: Sequence[int], lines: Sequence[str]
    ) -> dict[int, dict[str, Any]]:
        """Return the objects of lines by their numbers; what is wrong with any other is told."""
        found = {}
        for number, line in zip(numbers, lines, strict=True):
            each = self._object(number, line) if line.strip() else None
            if each is not None and each.keys() <= self.cells.keys():
                found[number] = each
            elif each is not None:
                self._closely(number, each)
        return found

    def _object(self, line: int, text: str) -> dict[str, Any] | None:
        try:
            found = _JSON.decode(text.strip(_JSON_BLANKS))
        except (ValueError, RecursionError) as error:
            message = "a number is too long"
            if isinstance(error, json.JSONDecodeError):
                message = error.msg
            elif isinstance(error, RecursionError):
                message = "nested too deeply"
            self._no_row(line, "", f"cannot be read as JSON: {message}")
            return None
        if not isinstance(found, ObjectPairs):
            self._no_row(line, "", "expected an object with the columns as names")
            return None
        # A list or an object is no cell, whatever it holds.
        cells = {n: () if isinstance(v, list | ObjectPairs) else v for n, v in found.pairs}
        if len(cells) < len(found.pairs):
            times = Counter(name for name, _ in found.pairs)
            place, name = next((at, n) for at, n in enumerate(cells, 1) if times[n] > 1)
            self._no_row(line, self._named(name, place), "stands twice in the object")
            return None
        return cells

    def _no_row(self, line: int, column: str, message: str) -> None:
        """Report a line of which it is not known what row it is."""
        self.fault(line, column, message)
        self.untold.append(line)

    # -- rows ----------------------------------------------------------------------------------

    def _rows(
        self,
        numbers: Sequence[int],
        columns: Mapping[str, Iterable[Any]],
        row: Callable[[int], Mapping[str, Any]],
    ) -> None:
        """Make records of some rows, given by their columns; look closely at any that is wrong.

        Of columns that none of them has only those are left out that may be blank. ``row`` gives
        the cells of one by its place among them.
        """
        columns = dict.fromkeys(self.required, [None] * len(numbers)) | dict(columns)
        said = {
            name: list(map(self.cells[name].__getitem__, cells)) for name, cells in columns.items()
        }
        wrong = {
            place
            for name in self.odd & said.keys()
            for place, each in enumerate(said[name])
            if each.__class__ is Wrong
        }
        if "start" in said and "end" in said:
            wrong |= _backwards(said["start"], said["end"])
        for place in sorted(wrong):
            self._closely(numbers[place], row(place))
        if wrong:
            good = [place not in wrong for place in range(len(numbers))]
            numbers = list(compress(numbers, good))
            said = {name: list(compress(each, good)) for name, each in said.items()}
        if own := {name: said.pop(name) for name in self.extra if name in said}:
            filled = [[(name, cell) for cell in cells] for name, cells in own.items()]
            said["extra"] = [tuple(e for e in each if e[1]) for each in zip(*filled, strict=True)]
        records = many(self.kind, len(numbers), said)
        at = {"record": records, "file": repeat(self.file), "line": numbers}
        self.rows.extend(many(RecordRow, len(numbers), at))

    def _closely(self, line: int, cells: Mapping[str, Any]) -> None:
        """Report all that is wrong in a row."""
        for place, name in enumerate(cells, 1):
            if name not in self.cells:
                self._unknown_column(line, name, place)
        self._missing(line, cells)
        said = {name: self.cells[name][cell] for name, cell in cells.items() if name in self.cells}
        for name, found in said.items():
            if found.__class__ is Wrong:
                self._wrong(line, name, cells[name], found)
        if _backwards([said.get("start")], [said.get("end")]):
            self.fault(line, "end", "the end, which is not included, must be after the start")
        self._bad(line, cells)

    def _wrong(self, line: int, name: str, cell: Any, wrong: Wrong) -> None:
        if name in self.extra:
            self.fault(line, name, wrong.message)
            return
        # Of a table about people no value is shown, however it is written.
        hide = wrong.is_value and self.kind.personal
        hint = None if hide else wrong.suggestion
        text = text_of(self.fields[name], cell)
        got = self._shown(text) if isinstance(text, str) else ""
        self.fault(line, name, wrong.message + got, hint)

    def _shown(self, cell: str) -> str:
        """Show a value, shortened; of a table about people none."""
        if self.kind.personal or not cell.strip() or not cell.isprintable():
            return ""
        return f", got {shown(cell)}"

    def _bad(self, line: int, cells: Mapping[str, Any]) -> None:
        """Remember the key of a row that is not good."""
        key = cells.get("key") or ""
        if not isinstance(key, str):
            self.untold.append(line)
        elif key.strip():
            self.keys.add(key.strip())


@cache
def _readers(kind: type[Record], is_ndjson: bool) -> Mapping[str, Callable[[str], Any]]:
    """Return what reads the texts of each column of a table."""
    return {name: reader(each, _padded(each, is_ndjson)) for name, each in columns(kind).items()}


def _padded(field: "attrs.Attribute[Any] | None", is_ndjson: bool) -> Wrong | None:
    """Say what is wrong with blanks at the ends of a cell; in CSV nothing is."""
    return Wrong(f"expected {json_type(field)} without blanks at its ends") if is_ndjson else None


def _backwards(starts: Iterable[Any], ends: Iterable[Any]) -> set[int]:
    """Return the places of those that do not end after they start."""
    both = enumerate(zip(starts, ends, strict=True))
    return {at for at, (s, e) in both if e.__class__ is s.__class__ is date and e <= s}


@lru_cache
def _object_lines(names: tuple[str, ...]) -> ObjectLines | None:
    """Return what reads lines with cells of some names; None where the extra is not installed."""
    try:
        return ObjectLines(names)
    except ModuleNotFoundError:  # pragma: no cover - without the extra ``fast``
        return None


def _cells_of(columns: Mapping[str, Sequence[str]], place: int) -> dict[str, str]:
    """Return one row of columns."""
    return {name: cells[place] for name, cells in columns.items()}


def _row_of(lines: Sequence[str], place: int) -> dict[str, Any]:
    """Return what one of some lines says, of which is known that it is an object."""
    found: dict[str, Any] = json.loads(lines[place])
    return found


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
