"""Files of people in NDJSON, CSV and Parquet: read in parts, with all that is wrong in them."""

import csv
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, TypeVar

import narwhals as nw
import polars as pl
from attrs import frozen

from unioncore.bulk.fact_lines import (
    KEY_EXPECTED,
    FactLines,
    FileFacts,
    Row,
    RowProblem,
    frame_of,
    lines_of,
)
from unioncore.bulk.frames import FactColumn, Frame
from unioncore.bulk.meanings import polars_type
from unioncore.checked import checked
from unioncore.errors import (
    BadFacts,
    BadUnion,
    DataFault,
    Problem,
    UnknownName,
    WrongArgument,
    nearest,
)
from unioncore.paths import AnyPath, as_path
from unioncore.records.cells import BETWEEN, parted_by
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Fact, FactType
from unioncore.shown import Shown

__all__ = ["PeopleRead", "read_people"]

T = TypeVar("T")

_Tell = Callable[[RowProblem], None]

_BLOCK = 100_000
"""How many bytes of a file are read together; it bounds the memory."""

_MANY = 2_000_000
"""How many bytes are read together, where Polars reads them."""

_ROWS = 1_000
"""How many rows are read together, where they are counted."""

_TOGETHER = 10_000
"""How many rows at least become columns together."""

_SLICE = 20_000
"""How many rows of a Parquet file are read together."""

_LINE = "_unioncore_line"
"""The column that holds the number of a row of Parquet."""

_NEW_KEY = "a key that no row above has"

_PROBLEM = ("key", "column", "expected", "suggestion")

_LONGEST = 1_000_000
"""How many bytes a line may have; what is longer and was read with others is let pass."""


@frozen
class PeopleRead(Shown, shows="people faults"):
    """What a file of people holds: those of whom nothing is wrong, and every fault."""

    people: Mapping[str, Mapping[str, Any]]
    """The facts that are known of each person, by the person's key, as ``ask`` takes them."""
    faults: tuple[DataFault, ...]
    """What is wrong, in the order of the file."""

    def ok(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the people; raises ``BadUnion`` with every fault where there is one."""
        if self.faults:
            raise BadUnion(self.faults)
        return self.people


@checked
def read_people(file: AnyPath, rulebook: Rulebook, *, key: str = "key") -> PeopleRead:
    """Read a file of people, one in each line or row. What is in it never raises; it is reported.

    A column, or a name in NDJSON, that is called as a recorded fact gives that fact. Text stands
    for what a command takes: days are ISO days, yes and no are words, the words of a set have
    commas between them, and empty text is not known. Where something is wrong in a row, the row is
    left out.

    Args:
        file: ends in ``.ndjson``, ``.csv`` or ``.parquet``.
        rulebook: what ``compose`` returned.
        key: the column that holds each person's key, which stands in one row only.

    Raises:
        WrongArgument: for another ending, and for a file that is not there, or is none of what its
            ending says.
        UnknownName: when no column of a CSV or Parquet file is called ``key``.
        BadFacts: when a column's name must be a slip.
    """
    source = people_file(as_path(file, "file"), rulebook, key)
    faults: list[DataFault] = []
    wrong: set[int] = set()

    def tell(problem: RowProblem) -> None:
        wrong.add(problem.line)
        faults.append(problem.fault(source.path.name))

    people: dict[str, Mapping[str, Any]] = {}
    for rows in source.rows(source.parts(1)[0], tell):
        for line, row in rows:
            person = row.pop(key)
            if person in people:
                tell(RowProblem(line, person, key, _NEW_KEY))
            elif line not in wrong:
                people[person] = {name: each for name, each in row.items() if each is not None}
    return PeopleRead(people, tuple(sorted(faults, key=lambda fault: fault.line)))


def file_problems(file: AnyPath, rulebook: Rulebook, key: str) -> pl.DataFrame:
    """Return what is wrong with a file of people, a row a problem; raises as ``read_people``."""
    source = people_file(as_path(file, "file"), rulebook, key)
    found: list[RowProblem] = []
    source.check(found.append)
    schema = {"row": pl.Int64, **dict.fromkeys(_PROBLEM, pl.String)}
    rows = [(v.line, v.key, v.column, v.expected, v.suggestion) for v in found]
    return pl.DataFrame(rows, schema=schema, orient="row").sort("row", maintain_order=True)


def people_file(path: Path, rulebook: Rulebook, key: str) -> "PeopleFile":
    """Return a file of people by its ending; raises what ``read_people`` raises."""
    check_rulebook(rulebook)
    kinds: dict[str, type[PeopleFile]] = {
        ".ndjson": _NdjsonFile,
        ".csv": _CsvFile,
        ".parquet": _ParquetFile,
    }
    kind = by_ending(path, kinds, "file")
    if not path.is_file():
        raise WrongArgument("file", "a file", f"{path.name}, which is none", "see that it is there")
    return kind(path, FileFacts(rulebook, key))


def by_ending(path: Path, ways: Mapping[str, T], where: str) -> T:
    """Return the way for the ending of a file; raises ``WrongArgument`` for another ending."""
    ending = path.suffix.lower()
    if ending not in ways:
        expected = "a file that ends in .parquet, .csv or .ndjson"
        raise WrongArgument(where, expected, ending or "no ending", "give it one of these")
    return ways[ending]


@frozen
class FilePart(Shown, shows="start end"):
    """A stretch of a file: bytes from ``start`` to ``end``, or rows of Parquet."""

    start: int
    end: int
    """Not included."""
    line: int
    """The number of its first line."""


class PeopleFile(ABC):
    """A file of people, which is read in parts."""

    def __init__(self, path: Path, facts: FileFacts) -> None:
        self.path = path
        self.facts = facts

    @abstractmethod
    def parts(self, count: int) -> list[FilePart]:
        """Return at most ``count`` parts, which hold each row once."""

    @abstractmethod
    def rows(self, part: FilePart, tell: _Tell) -> Iterator[list[Row]]:
        """Give the rows of a part, some at a time; what is wrong is told before its rows."""

    def schema(self, facts: Mapping[str, Fact]) -> Mapping[str, Any]:
        """Return the columns of ``frames``, the key first, with their types."""
        return self.facts.types(facts)

    def frames(
        self, part: FilePart, facts: Mapping[str, Fact], tell: _Tell
    ) -> Iterator[pl.DataFrame]:
        """Give a part as frames with the facts that are wanted, as far as the file gives them.

        What is wrong is told before its rows.
        """
        types = self.schema(facts)
        rows = (row for some in self.rows(part, tell) for _, row in some)
        while some := list(islice(rows, _TOGETHER)):
            yield frame_of(some, types)

    def check(self, tell: _Tell) -> None:
        """Tell what is wrong in the file, and which keys a row above has too."""
        whole, name = self.parts(1)[0], self.facts.key
        # A number for each key takes little memory; where two are alike, the keys are compared.
        numbers = [
            some[name].cast(pl.String).str.strip_chars().hash()
            for some in self.frames(whole, {}, tell)
        ]
        if not numbers or not pl.concat(numbers).is_duplicated().any():
            return
        above: set[str] = set()
        for rows in self.rows(whole, lambda problem: None):
            for line, row in rows:
                if row[name] in above:
                    tell(RowProblem(line, row[name], name, _NEW_KEY))
                above.add(row[name])

    def columns(self, names: Iterable[str]) -> dict[str, Fact]:
        """Return the facts that columns give, and let only a file pass that has a key.

        Raises:
            UnknownName: when no column is called as the key.
            BadFacts: when a column's name must be a slip, or stands twice.
        """
        names = list(names)
        found: dict[str, Fact] = {}
        problems = []
        if self.facts.key not in names:
            raise UnknownName("column", self.facts.key, nearest(self.facts.key, names))
        for place, name in enumerate(names):
            meant = None if name == self.facts.key else self.facts.named(name)
            if name and name in names[:place]:
                problems.append(Problem(name, "a name that stands in the first line once"))
            elif isinstance(meant, Problem):
                problems.append(meant)
            elif meant is not None:
                found[name] = meant
        if problems:
            raise BadFacts(tuple(problems))
        return found

    def _row(
        self, line: int, given: Any, cells: Iterable[tuple[Fact, Any]], tell: _Tell
    ) -> Iterator[Row]:
        """Give a row of cells, and tell what is wrong with it; none where it has no key."""
        key = self.facts.key_of(given)
        if key is None:
            expected = self.facts.expected(given, KEY_EXPECTED)
            tell(RowProblem(line, None, self.facts.key, expected))
            return
        row: dict[str, Any] = {self.facts.key: key}
        for fact, cell in cells:
            row[fact.key], problem = self.facts.value(fact, cell)
            if problem is not None:
                expected = self.facts.expected(cell, problem.expected)
                tell(RowProblem(line, key, fact.key, expected, problem.suggestion))
        yield line, row


class _LinesFile(PeopleFile):
    """A file of text with a row on each line."""

    def __init__(self, path: Path, facts: FileFacts) -> None:
        super().__init__(path, facts)
        with path.open("rb") as file:
            head = file.read(4)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) >= 2:
            raise WrongArgument("file", "UTF-8 text", "something else", "save the file as UTF-8")
        self.start = 3 if head.startswith(b"\xef\xbb\xbf") else 0
        self.line = 1

    def parts(self, count: int) -> list[FilePart]:
        size = self.path.stat().st_size
        with self.path.open("rb") as file:
            starts = [self.start]
            for number in range(1, count):
                file.seek(self.start + (size - self.start) * number // count)
                file.readline(_LONGEST)
                starts.append(max(starts[-1], file.tell()))
        lines = [self.line]
        for start, end in pairwise(starts):
            lines.append(lines[-1] + self._ends_within(start, end))
        return list(map(FilePart, starts, [*starts[1:], size], lines))

    def _ends_within(self, start: int, end: int) -> int:
        """Return how many lines end between two places of the file."""
        with self.path.open("rb") as file:
            file.seek(start)
            blocks = (file.read(min(_BLOCK, end - at)) for at in range(start, end, _BLOCK))
            return sum(block.count(b"\n") for block in blocks)

    def lines(self, part: FilePart, at_once: int = _BLOCK) -> Iterator[bytes]:
        """Give the lines of a part, about ``at_once`` bytes a time.

        Raises ``WrongArgument`` for a line that is too long to be about one person.
        """
        with self.path.open("rb") as file:
            file.seek(part.start)
            while lines := file.read(max(0, min(at_once, part.end - file.tell()))):
                rest = b"" if lines.endswith(b"\n") else file.readline(_LONGEST)
                if len(rest) == _LONGEST:
                    line = part.line + self._ends_within(part.start, file.tell())
                    expected = f"lines of at most {_LONGEST} bytes"
                    advice = "write each person on a line of its own"
                    raise WrongArgument("file", expected, f"a longer one, line {line}", advice)
                yield lines + rest


class _NdjsonFile(_LinesFile):
    """A file with an object of JSON on each line."""

    def __init__(self, path: Path, facts: FileFacts) -> None:
        super().__init__(path, facts)
        with path.open("rb") as file:
            file.seek(self.start)
            if file.read(_LONGEST).lstrip()[:1] == b"[":
                advice = "write each object on a line of its own, without brackets around them"
                raise WrongArgument("file", "a JSON object on each line", "a list", advice)

    def rows(self, part: FilePart, tell: _Tell) -> Iterator[list[Row]]:
        reader = FactLines(self.facts, tell, part.line)
        for lines in self.lines(part):
            yield reader.rows(lines)

    def frames(
        self, part: FilePart, facts: Mapping[str, Fact], tell: _Tell
    ) -> Iterator[pl.DataFrame]:
        reader, types = FactLines(self.facts, tell, part.line), self.schema(facts)
        for lines in self.lines(part, _MANY):
            yield from reader.frames(lines, types)


class _CsvFile(_LinesFile):
    """A file of which the first line names the columns, with commas between the fields."""

    def __init__(self, path: Path, facts: FileFacts) -> None:
        super().__init__(path, facts)
        with path.open("rb") as file:
            file.seek(self.start)
            sign = parted_by(file.readline(_LONGEST).decode(errors="replace"))
            if sign != ",":
                advice = "save the file as CSV with commas"
                raise WrongArgument("file", "commas between the fields", BETWEEN[sign], advice)
            file.seek(self.start)
            reader = csv.reader(_texts(iter(partial(file.readline, _LONGEST), b"")), strict=True)
            try:
                self.names = [name.strip() for name in next(reader, [])]
            except csv.Error:
                advice = "see that the first line names the columns"
                raise WrongArgument("file", "CSV", "something else", advice) from None
            self.start, self.line = file.tell(), 1 + reader.line_num
        self.given = self.columns(self.names)

    def parts(self, count: int) -> list[FilePart]:
        # A field in quotes may hold the end of a line.
        return super().parts(1 if count > 1 and self._has_quotes() else count)

    def _has_quotes(self) -> bool:
        with self.path.open("rb") as file:
            return any(b'"' in block for block in iter(partial(file.read, _BLOCK), b""))

    def rows(self, part: FilePart, tell: _Tell) -> Iterator[list[Row]]:
        every = self._rows(part, tell)
        while some := list(islice(every, _ROWS)):
            yield some

    def _rows(self, part: FilePart, tell: _Tell) -> Iterator[Row]:
        lines = (each for some in self.lines(part) for each in lines_of(some))
        reader = csv.reader(_texts(lines), strict=True)
        facts = [(place, self.given.get(name)) for place, name in enumerate(self.names)]
        given = [(place, fact) for place, fact in facts if fact is not None]
        at = self.names.index(self.facts.key)
        while True:
            line = part.line + reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                tell(RowProblem(line, None, "", "a line that can be read as CSV"))
                continue
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != len(self.names):
                said = f"{len(self.names)} fields as in the first line, not {len(cells)}"
                tell(RowProblem(line, None, "", said))
                continue
            values = ((fact, cells[place].strip()) for place, fact in given)
            yield from self._row(line, cells[at], values, tell)


def _texts(lines: Iterable[bytes]) -> Iterator[str]:
    """Give lines as text; what is not UTF-8 stays as it is until its field is known."""
    for line in lines:
        yield line.decode(errors="surrogateescape").removesuffix("\n") + "\n"


class _ParquetFile(PeopleFile):
    """A file of columns that have types."""

    def __init__(self, path: Path, facts: FileFacts) -> None:
        super().__init__(path, facts)
        with as_wrong_argument():
            self._held = pl.scan_parquet(path).collect_schema()
            self.given = self.columns(self._held)
        self._columns = {
            name: FactColumn(fact, facts.words(fact)) for name, fact in self.given.items()
        }

    def parts(self, count: int) -> list[FilePart]:
        with as_wrong_argument():
            rows: int = pl.scan_parquet(self.path).select(pl.len()).collect().item()
        bounds = [rows * number // count for number in range(count + 1)]
        return [FilePart(start, end, 1 + start) for start, end in pairwise(bounds)]

    def schema(self, facts: Mapping[str, Fact]) -> Mapping[str, Any]:
        return self._meant(pl.DataFrame(schema=self._held)).schema

    def frames(
        self, part: FilePart, facts: Mapping[str, Fact], tell: _Tell
    ) -> Iterator[pl.DataFrame]:
        for some in self._slices(part):
            meant = self._meant(some)
            nulls = [some[self.facts.key].is_null()]
            for name in self.given:
                if meant[name].null_count() > some[name].null_count():
                    nulls.append(meant[name].is_null() & some[name].is_not_null())
            for _ in self._closely(some.filter(pl.any_horizontal(nulls)), tell):
                pass
            yield from meant.iter_slices(_TOGETHER)

    def rows(self, part: FilePart, tell: _Tell) -> Iterator[list[Row]]:
        for some in self._slices(part):
            yield from self._closely(some, tell)

    def _slices(self, part: FilePart) -> Iterator[pl.DataFrame]:
        """Give the key and the facts of a part, with the number of each row, a slice at a time."""
        file = pl.scan_parquet(self.path).select(self.facts.key, *self.given)
        for start in range(part.start, part.end, _SLICE):
            rows = file.slice(start, min(_SLICE, part.end - start))
            with as_wrong_argument():
                some = rows.with_row_index(_LINE, 1 + start).collect()
            yield some

    def _closely(self, numbered: pl.DataFrame, tell: _Tell) -> Iterator[list[Row]]:
        facts = list(self.given.values())
        for some in numbered.select(_LINE, self.facts.key, *self.given).iter_slices(_ROWS):
            found: list[Row] = []
            for number, key, *cells in some.iter_rows():
                found += self._row(number, key, zip(facts, cells, strict=True), tell)
            yield found

    def _meant(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the keys of some rows and what their facts mean, null where that is nothing."""
        texts = []
        for name, fact in self.given.items():
            if rows[name].dtype == pl.String and fact.type not in (FactType.CHOICE, FactType.TEXT):
                texts.append(self._from_text(fact, rows[name]))
        held = Frame.of(rows.with_columns(texts).lazy(), self._columns)
        none = nw.lit(None, nw.String)
        columns = {
            name: none if each.column is None else each.column
            for name, each in held.reads().items()
        }
        found: pl.DataFrame = held.lazy.select(self.facts.key, **columns).to_native().collect()
        return found

    def _from_text(self, fact: Fact, text: pl.Series) -> pl.Series:
        kind = polars_type(fact, list(self.facts.words(fact)))
        values = [self.facts.value(fact, each)[0] for each in text.to_list()]
        if fact.type is FactType.SET:
            values = [None if each is None else sorted(each) for each in values]
        return pl.Series(text.name, values, kind, strict=False)


@contextmanager
def as_wrong_argument() -> Iterator[None]:
    """Say of a file that Polars cannot read that it is none; what Polars says may show a record."""
    try:
        yield
    except pl.exceptions.PolarsError as error:
        advice = "see that it is whole, and what its ending says"
        kind = type(error).__name__
        raise WrongArgument("file", "rows that Polars can read", kind, advice) from None
