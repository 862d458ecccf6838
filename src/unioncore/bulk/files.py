"""Files of many people: read in parts, placed, and written whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from attrs import Factory, define

from unioncore.bulk.many_rows import ask, facts_read, problems
from unioncore.bulk.meanings import read_objects, read_text
from unioncore.errors import WrongArgument
from unioncore.model import Person, Snapshot
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, Fact, FactType
from unioncore.shown import Shown

__all__ = ["PlacedRows", "place_file", "place_union"]

_AT_ONCE = 50_000
"""How many rows are worked out together; it bounds the memory."""

_TOLD = 20
"""How many problems are told in full."""


@define
class PlacedRows(Shown, shows="rows placed in_part not_known"):
    """What became of the rows of a file, in figures; nobody is named."""

    rows: int = 0
    placed: int = 0
    """Of how many every fact asked is known."""
    in_part: int = 0
    """Of how many some of them are."""
    not_known: int = 0
    """Of how many none is."""
    lacking: dict[str, int] = Factory(dict)
    """For each fact that the question rests on: how many rows that are not placed lack it."""
    problems: dict[str, int] = Factory(dict)
    """For each column, how many of its cells mean nothing."""
    told: list[tuple[int, str, str]] = Factory(list)
    """The first of these: the row from 1, the column, and what belongs there."""

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return {
            "rows": self.rows,
            "placed": self.placed,
            "in_part": self.in_part,
            "not_known": self.not_known,
            "lacking": _most_first(self.lacking),
            "problems": _most_first(self.problems),
            "told": [
                {"row": row, "column": column, "expected": expected}
                for row, column, expected in self.told
            ],
        }

    def to_text(self) -> str:
        """Return the figures as lines for people."""
        lines = [
            f"rows: {self.rows:,}",
            f"  placed, with every fact known: {self.placed:,}",
            f"  known in part: {self.in_part:,}",
            f"  not known: {self.not_known:,}",
        ]
        if self.lacking:
            lines.append("what rows that are not placed lack:")
            lines += (f"  {fact}: {count:,}" for fact, count in _most_first(self.lacking).items())
        if self.problems:
            lines.append(f"cells that mean nothing: {sum(self.problems.values()):,}")
            lines += (f"  row {row}, {column}: expected {said}" for row, column, said in self.told)
            if (more := sum(self.problems.values()) - len(self.told)) > 0:
                lines.append(f"  and {more:,} more")
        return "\n".join(lines)


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


Tell = Callable[[int], None]
"""Is told how many rows are done."""


def place_file(
    source: Path, out: Path, rulebook: Rulebook, *names: str, on: date, key: str, tell: Tell
) -> PlacedRows:
    """Answer facts about every row of a file, and write the answers to another.

    Both are Parquet, CSV or NDJSON, by their endings. Text in a CSV or NDJSON file is read as in a
    union's folder: days are ISO days, yes and no are words, and an empty cell is not known. Where
    anything fails, ``out`` is not written.

    Raises:
        WrongArgument: for another ending.
        what ``ask`` raises, such as ``BadFacts`` for a column whose name must be a slip.
    """
    return _place(parts_of(source), out, rulebook, names, on, key, tell)


def parts_of(source: Path) -> Iterator[pl.DataFrame]:
    """Give a Parquet, CSV or NDJSON file in parts, in the order of its rows.

    Raises:
        WrongArgument: for another ending, and for a file that Polars cannot read.
    """
    scan = _by_ending(source, _SCANS, "file")
    return _readable(scan(source).collect_batches(chunk_size=_AT_ONCE, maintain_order=True))


def read_part(part: pl.DataFrame, rulebook: Rulebook, key: str, found: PlacedRows) -> pl.DataFrame:
    """Return a part with text read as the facts it stands for; ``found`` is told what is wrong."""
    read = _typed(part, rulebook, key, found)
    _told(problems(read, rulebook, key=key), found)
    return read


def place_union(
    now: Snapshot, out: Path, rulebook: Rulebook, *names: str, on: date, tell: Tell
) -> PlacedRows:
    """Answer facts about every person in a union's records, with their main job, into a file.

    The column ``key`` holds the person's key. Raises what ``place_file`` raises.
    """
    people = sorted({person.key for person in now.union.every(Person)})
    recorded = {
        key: fact
        for key, fact in rulebook.rules.facts.items()
        if not fact.derived and key != ON and fact.type is not FactType.COLLECTION
    }

    def parts() -> Iterator[pl.DataFrame]:
        for first in range(0, len(people), _AT_ONCE // 5):
            some = people[first : first + _AT_ONCE // 5]
            facts = [member_facts(rulebook, now, person) for person in some]
            held = dict.fromkeys(key for each in facts for key in each if key in recorded)
            columns = [_column(recorded[key], facts, rulebook) for key in held]
            yield pl.DataFrame([pl.Series("key", some), *columns])

    return _place(parts(), out, rulebook, names, on, "key", tell)


def rows_of(
    source: Path, rulebook: Rulebook, wanted: Iterable[str], key: str, found: PlacedRows
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each row of a file as a key and the facts that are wanted of it.

    ``found`` is told which cells mean nothing; those are not known. Raises what ``place_file``
    raises.
    """
    names = set(wanted)
    for part in parts_of(source):
        read = read_part(part, rulebook, key, found)
        found.rows += read.height
        facts = [name for name in read.columns if name in names and name != key]
        for at, *values in read.select(key, *facts).iter_rows():
            yield str(at), dict(zip(facts, values, strict=True))


def _column(fact: Fact, facts: list[dict[str, Any]], rulebook: Rulebook) -> pl.Series:
    words = rulebook.rules.names_of(fact)
    return read_objects(fact, words, [each.get(fact.key) for each in facts])[0].alias(fact.key)


def _place(
    parts: Iterator[pl.DataFrame],
    out: Path,
    rulebook: Rulebook,
    names: tuple[str, ...],
    on: date,
    key: str,
    tell: Tell,
) -> PlacedRows:
    write = _by_ending(out, _SINKS, "out")
    reads = facts_read(rulebook, names, on)
    found = PlacedRows()
    with TemporaryDirectory(dir=out.parent, prefix=".unioncore-") as folder:
        beside = Path(folder)
        for number, part in enumerate(parts):
            read = read_part(part, rulebook, key, found)
            answered = ask(read, rulebook, *names, on=on, key=key)
            _count(read, answered, names, reads, found)
            answered.write_parquet(beside / f"{number:06d}.parquet")
            found.rows += read.height
            tell(found.rows)
        if not found.rows:
            raise WrongArgument("file", "rows", "none", "give a file that has some")
        made = beside / "made"
        write(pl.scan_parquet(beside / "*.parquet"), made)
        made.replace(out)
    return found


def _readable(parts: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    try:
        yield from parts
    except pl.exceptions.PolarsError as error:  # its message may show what a record holds
        kind, advice = type(error).__name__, "see that each row has the same columns and types"
        raise WrongArgument("file", "rows that Polars can read", kind, advice) from None


def _typed(part: pl.DataFrame, rulebook: Rulebook, key: str, found: PlacedRows) -> pl.DataFrame:
    """Return a part with text read as the facts it stands for; what means nothing is told."""
    facts = rulebook.rules.facts
    for column in part.columns:
        fact = facts.get(column)
        if column == key or fact is None or fact.derived or part.schema[column] != pl.String:
            continue
        text = part[column].str.strip_chars().replace("", None)
        read = read_text(fact, rulebook.rules.names_of(fact), text)
        if read is None:
            part = part.with_columns(text)
            continue
        values, expected = read
        wrong = values.is_null() & text.is_not_null()
        for place in wrong.arg_true().to_list():
            _tell(found, found.rows + place + 1, column, expected)
        part = part.with_columns(values.alias(column))
    return part


def _told(wrong: pl.DataFrame, found: PlacedRows) -> None:
    for row, column, expected in wrong.select("row", "column", "expected").iter_rows():
        _tell(found, found.rows + row, column, expected)


def _tell(found: PlacedRows, row: int, column: str, expected: str) -> None:
    found.problems[column] = found.problems.get(column, 0) + 1
    if len(found.told) < _TOLD:
        found.told.append((row, column, expected))


def _count(
    read: pl.DataFrame,
    answered: pl.DataFrame,
    names: tuple[str, ...],
    reads: Iterable[str],
    found: PlacedRows,
) -> None:
    known = [pl.col(f"{name}.known") for name in names]
    surely = [
        pl.col(column)
        for name in names
        for column, held in answered.schema.items()
        if column.startswith(f"{name}.") and held == pl.Boolean and not column.endswith(".warns")
    ]
    every = answered.select(pl.all_horizontal(known)).to_series()
    some = answered.select(pl.any_horizontal(*known, *surely)).to_series()
    placed, known_in_part = int(every.sum()), int((some & ~every).sum())
    found.placed += placed
    found.in_part += known_in_part
    found.not_known += read.height - placed - known_in_part
    rest = read.filter(~every)
    for fact in reads if rest.height else ():
        lack = rest[fact].null_count() if fact in rest.columns else rest.height
        if lack:
            found.lacking[fact] = found.lacking.get(fact, 0) + lack


def _by_ending(path: Path, ways: Mapping[str, Any], where: str) -> Any:
    ending = path.suffix.lower()
    if ending not in ways:
        expected = "a file that ends in .parquet, .csv or .ndjson"
        raise WrongArgument(where, expected, ending or "no ending", "give it one of these")
    return ways[ending]


_SCANS: Mapping[str, Callable[[Path], pl.LazyFrame]] = {
    ".parquet": pl.scan_parquet,
    ".csv": lambda path: pl.scan_csv(path, infer_schema=False),
    ".ndjson": lambda path: pl.scan_ndjson(path, infer_schema_length=None),
}

_SINKS: Mapping[str, Callable[[pl.LazyFrame, Path], Any]] = {
    ".parquet": pl.LazyFrame.sink_parquet,
    ".csv": pl.LazyFrame.sink_csv,
    ".ndjson": pl.LazyFrame.sink_ndjson,
}
