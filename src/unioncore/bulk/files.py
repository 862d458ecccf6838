"""Files of many people placed: read in parts, worked out as columns, and written whole."""

import errno
import os
import pickle
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from datetime import date
from functools import lru_cache, reduce
from importlib import import_module
from operator import and_, or_
from pathlib import Path
from typing import Any

import polars as pl
from attrs import Factory, define, frozen
from polars.io.plugins import register_io_source

from unioncore.bulk.fact_lines import FileFacts, RowProblem, frame_of
from unioncore.bulk.many_rows import ask, facts_read
from unioncore.bulk.people_files import (
    FilePart,
    PeopleFile,
    as_wrong_argument,
    by_ending,
    people_file,
)
from unioncore.checked import checked
from unioncore.errors import MissingPart, WrongArgument
from unioncore.model import Person, Snapshot
from unioncore.paths import AnyPath, as_path, written_whole
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import Fact
from unioncore.shown import Shown

__all__ = ["ENGINES", "PlacedRows", "place_file", "place_union", "rows_of"]

_TOLD = 20
"""How many problems are told in full."""

_PEOPLE = 2_000
"""Of how many people in a union's records the facts are put together at once."""

_GROUP = 40_000
"""How many rows stand together in a Parquet file that is written, or are for another engine."""

_KNOWN, _MISSING = ".known", ".missing"
"""How columns of ``ask`` end that are counted."""

_AT = "_at"
"""The column that holds a row's place among those that another engine works out together."""


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
    open: dict[str, int] = Factory(dict)
    """For each fact asked: of how many rows it is not known, where there are any."""
    lacking: dict[str, int] = Factory(dict)
    """For each recorded fact: how many rows lack it, where it could still decide a fact asked.

    A short answer leaves it out.
    """
    problems: dict[str, int] = Factory(dict)
    """For each column, how many of its cells mean nothing; without a name, how many lines."""
    told: list[RowProblem] = Factory(list)
    """The first of these."""

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return {
            "rows": self.rows,
            "placed": self.placed,
            "in_part": self.in_part,
            "not_known": self.not_known,
            "open": _most_first(self.open),
            "lacking": _most_first(self.lacking),
            "problems": _most_first(self.problems),
            "told": [
                {
                    "line": each.line,
                    "column": each.column,
                    "expected": each.expected,
                    "suggestion": each.suggestion,
                }
                for each in self.told
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
        if self.open:
            lines.append("not known, of how many rows:")
            lines += _counted(self.open)
        if self.lacking:
            lines.append("not given, and could still decide it:")
            lines += _counted(self.lacking)
        if self.problems:
            lines.append(f"cells and lines that mean nothing: {sum(self.problems.values()):,}")
            lines += (f"  {each}" for each in self.told)
            if (more := sum(self.problems.values()) - len(self.told)) > 0:
                lines.append(f"  and {more:,} more")
        return "\n".join(lines)

    def tell(self, problem: RowProblem) -> None:
        """Count what is wrong."""
        self.problems[problem.column] = self.problems.get(problem.column, 0) + 1
        if len(self.told) < _TOLD:
            self.told.append(problem)

    def add(self, other: "PlacedRows") -> None:
        """Add the figures of another part of the same file, which stands behind this one."""
        self.rows += other.rows
        self.placed += other.placed
        self.in_part += other.in_part
        self.not_known += other.not_known
        for mine, theirs in (
            (self.open, other.open),
            (self.lacking, other.lacking),
            (self.problems, other.problems),
        ):
            for name, count in theirs.items():
                mine[name] = mine.get(name, 0) + count
        self.told = [*self.told, *other.told][:_TOLD]


def _counted(counts: Mapping[str, int]) -> Iterator[str]:
    return (f"  {name}: {count:,}" for name, count in _most_first(counts).items())


def _most_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


@checked
def place_file(
    source: AnyPath,
    out: AnyPath,
    rulebook: Rulebook,
    *names: str,
    on: date,
    key: str = "key",
    short: bool = False,
    engine: str = "polars",
    executor: Executor | None = None,
    parts: int = 1,
    tell: Callable[[int], None] = lambda rows: None,
) -> PlacedRows:
    """Answer facts about everybody in a file, and write the answers to another, a row for each.

    Text is read as ``read_people`` reads it. What means nothing counts as not known, and is told.
    Where anything fails, ``out`` stays as it was.

    Args:
        source: ends in ``.ndjson``, ``.csv`` or ``.parquet``.
        out: likewise; folders above it are made.
        rulebook: what ``compose`` returned.
        names: the derived facts to answer.
        on: the day of the question.
        key: the column that holds each person's key.
        short: whether it is left out what is missing, which rules decided and what warns.
        engine: what works the columns out: one of ``ENGINES``.
        executor: runs parts of the file side by side, such as a ``ProcessPoolExecutor``. Those who
            work there must see the same files.
        parts: into how many parts the file is divided for it, at most.
        tell: is told how many rows are read.

    Raises:
        WrongArgument: for another ending or engine, for a file that is none, or has no row with a
            key, and where ``out`` is ``source``.
        MissingPart: where the engine is not installed.
        NotWritten: where the disk refuses.
        what ``ask`` raises, such as ``BadFacts`` for a column whose name must be a slip.
    """
    job = _Placing.of(rulebook, names, on, key, short, engine)
    if parts < 1:
        raise WrongArgument("parts", "one or more", str(parts), "leave it out for one")
    if executor is not None and not hasattr(executor, "submit"):
        of = "an executor, such as a ProcessPoolExecutor"
        raise WrongArgument("executor", of, type(executor).__name__, "leave it out for none")
    people = people_file(as_path(source, "source"), rulebook, key)
    target = as_path(out, "out")
    if target.exists() and target.samefile(people.path):
        raise WrongArgument("out", "another file than source", "the same", "give it another name")
    with _written(out) as (ending, made):
        if executor is None:
            found = job.place(people, people.parts(1)[0], ending(made), tell)
        else:
            found = PlacedRows()
            pieces = [
                (part, ending(made.with_name(f"part-{number}"), first=number == 0))
                for number, part in enumerate(people.parts(parts))
            ]
            sent = pickle.dumps(job)
            running = [executor.submit(_placed, sent, people.path, *each) for each in pieces]
            for each in running:
                found.add(each.result())
                tell(found.rows)
            ending(made).join([piece.path for _, piece in pieces])
        _must_have_rows(found)
    return found


@checked
def place_union(
    now: Snapshot,
    out: AnyPath,
    rulebook: Rulebook,
    *names: str,
    on: date,
    short: bool = False,
    engine: str = "polars",
    tell: Callable[[int], None] = lambda rows: None,
) -> PlacedRows:
    """Answer facts about every person in a union's records, with their main job, into a file.

    The column ``key`` holds the person's key. The rest is as for ``place_file``.
    """
    job = _Placing.of(rulebook, names, on, "key", short, engine)
    facts = FileFacts(rulebook, "key")
    recorded, wanted = job.reads, frozenset(job.reads)
    people = sorted({person.key for person in now.union.every(Person)})

    types = facts.types(recorded)

    def frames() -> Iterator[pl.DataFrame]:
        for first in range(0, len(people), _PEOPLE):
            some = []
            for person in people[first : first + _PEOPLE]:
                held = member_facts(rulebook, now, person, only=wanted)
                read = {name: facts.value(recorded[name], value)[0] for name, value in held.items()}
                some.append({"key": person, **read})
            yield frame_of(some, types)

    with _written(out) as (ending, made):
        found = PlacedRows()
        job.write(_lazily(frames(), types, tell), ending(made), found)
    return found


@checked
def rows_of(
    source: AnyPath, rulebook: Rulebook, wanted: Iterable[str], key: str, found: PlacedRows
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each row of a file as a key and the facts that are wanted of it.

    ``found`` is told which cells mean nothing; those are not known. Raises what ``place_file``
    raises.
    """
    people = people_file(as_path(source, "source"), rulebook, key)
    names = set(wanted)
    for rows in people.rows(people.parts(1)[0], found.tell):
        found.rows += len(rows)
        for _, row in rows:
            yield row[key], {name: value for name, value in row.items() if name in names - {key}}
    _must_have_rows(found)


def frames_read(
    source: AnyPath,
    rulebook: Rulebook,
    names: tuple[str, ...],
    on: date,
    key: str,
    found: PlacedRows,
) -> Iterator[pl.DataFrame]:
    """Give a file in parts: the key, and the facts that the answers to ``names`` rest on.

    The rest is as for ``rows_of``.
    """
    placing = _Placing.of(rulebook, names, on, key, False, "polars")
    people = people_file(as_path(source, "source"), rulebook, key)
    frame = placing.read(people, people.parts(1)[0], found, lambda rows: None)
    with as_wrong_argument():
        for part in frame.collect_batches(chunk_size=_GROUP, maintain_order=True):
            found.rows += part.height
            yield part
    _must_have_rows(found)


def _must_have_rows(found: PlacedRows) -> None:
    """Raise ``WrongArgument`` where a file has no row that anything can be asked about."""
    if found.rows:
        return
    if found.told:
        raise WrongArgument("source", "rows with a key", "none", str(found.told[0]))
    raise WrongArgument("source", "rows", "none", "give a file that has some")


@contextmanager
def _written(out: AnyPath) -> Iterator[tuple[Callable[..., "_Made"], Path]]:
    """Give what writes by the ending of ``out``, and a path to write at; it moves there whole."""
    target = as_path(out, "out")
    ending = by_ending(target, _ENDINGS, "out")
    with written_whole(target) as made, as_wrong_argument(), _as_the_disk_says():
        yield ending, made


@contextmanager
def _as_the_disk_says() -> Iterator[None]:
    """Raise what the disk refuses as the operating system says it; Polars packs it in."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError) as error:
        said = re.search(r"\(os error (\d+)\)|transport error", str(error))
        if said is None:
            raise
        number = int(said[1] or errno.EIO)
        raise OSError(number, os.strerror(number)) from None


@frozen
class _Made(Shown, shows="path"):
    """A file of answers that is to be made."""

    path: Path
    first: bool = True
    """Whether no other part of the same answers stands before it."""

    def sink(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        """Return what writes answers once it is collected."""
        raise NotImplementedError

    def join(self, parts: Iterable[Path]) -> None:
        """Make the file of its parts, one after the other."""
        with self.path.open("wb") as made:
            for each in parts:
                with each.open("rb") as part:
                    shutil.copyfileobj(part, made)


class _MadeCsv(_Made):
    def sink(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        return answers.sink_csv(self.path, include_header=self.first, lazy=True)


class _MadeNdjson(_Made):
    def sink(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        return answers.sink_ndjson(self.path, lazy=True)


class _MadeParquet(_Made):
    def sink(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        return answers.sink_parquet(self.path, row_group_size=_GROUP, lazy=True)

    def join(self, parts: Iterable[Path]) -> None:
        """Make the file of its parts, one after the other."""
        self.sink(pl.scan_parquet(list(parts))).collect(engine="streaming")


_ENDINGS: Mapping[str, type[_Made]] = {
    ".parquet": _MadeParquet,
    ".csv": _MadeCsv,
    ".ndjson": _MadeNdjson,
}


@frozen
class _Placing(Shown, shows="names on"):
    """What is asked of everybody in a file."""

    rulebook: Rulebook
    names: tuple[str, ...]
    on: date
    key: str
    short: bool
    engine: str
    reads: Mapping[str, Fact]
    """The recorded facts that the answers rest on."""

    @classmethod
    def of(
        cls,
        rulebook: Rulebook,
        names: tuple[str, ...],
        on: date,
        key: str,
        short: bool,
        engine: str,
    ) -> "_Placing":
        """Check what is asked; raises what ``place_file`` raises of it."""
        check_rulebook(rulebook)
        if not names:
            raise WrongArgument("names", "facts", "none", "name at least one")
        if engine not in ENGINES:
            raise WrongArgument("engine", " or ".join(ENGINES), repr(engine), "name one of these")
        for module in ENGINES[engine].needs:
            try:
                import_module(module)
            except ModuleNotFoundError:
                raise MissingPart(f"the package {module}", f"pip install {module}") from None
        facts = rulebook.rules.facts
        read = facts_read(rulebook, names, on, missing=not short)
        reads = {name: facts[name] for name in read}
        return cls(rulebook, names, on, key, short, engine, reads)

    def place(
        self, people: PeopleFile, part: FilePart, made: _Made, tell: Callable[[int], None]
    ) -> PlacedRows:
        """Answer about a part of a file."""
        found = PlacedRows()
        self.write(self.read(people, part, found, tell), made, found)
        tell(found.rows)
        return found

    def read(
        self,
        people: PeopleFile,
        part: FilePart,
        found: PlacedRows,
        tell: Callable[[int], None],
    ) -> pl.LazyFrame:
        """Return a part of a file as a lazy frame; ``found`` is told what is wrong."""
        frames = people.frames(part, self.reads, found.tell)
        return _lazily(frames, people.schema(self.reads), tell)

    def write(self, frame: pl.LazyFrame, made: _Made, found: PlacedRows) -> None:
        """Answer about the rows of a frame into a file, and count them."""
        answered = self._answered(frame)
        wanted = [n for n in answered.collect_schema() if not n.endswith(_MISSING)]
        figures: list[dict[str, int]] = []

        def counted(some: pl.DataFrame) -> pl.DataFrame:
            figures.append(self._figures(some))
            return some

        # Counted in passing: where Polars writes and counts together, it takes more memory.
        passing = answered.map_batches(counted, projection_pushdown=False, streamable=True)
        made.sink(passing.select(wanted)).collect(engine="streaming")
        total = Counter[str]()
        for each in figures:
            total.update(each)
        found.rows, found.placed, found.in_part = (
            total.pop(name, 0) for name in ("rows", "placed", "in_part")
        )
        found.not_known = found.rows - found.placed - found.in_part
        for name, count in total.items():
            counts = found.lacking if name.endswith(_MISSING) else found.open
            if count:
                counts[name.removesuffix(_MISSING).removesuffix(_KNOWN)] = count

    def _figures(self, some: pl.DataFrame) -> dict[str, int]:
        known = [some[f"{name}{_KNOWN}"] for name in self.names]
        surely = [
            some[column]
            for column, held in some.schema.items()
            if held == pl.Boolean
            and column.startswith(tuple(f"{name}." for name in self.names))
            and not column.endswith((".warns", _MISSING))
        ]
        every = reduce(and_, known)
        counts = {
            "placed": every,
            "in_part": reduce(or_, surely, reduce(or_, known)) & ~every,
            **{each.name: ~each for each in known},
            **{name: some[name] for name in some.columns if name.endswith(_MISSING)},
        }
        return {"rows": some.height} | {name: int(each.sum()) for name, each in counts.items()}

    def _answered(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """Return the answers about each row of a frame."""

        def answer(given: Any, key: str) -> Any:
            wanted = not self.short
            how = {"rule": wanted, "warns": wanted, "missing": wanted}
            return ask(given, self.rulebook, *self.names, on=self.on, key=key, **how)

        plan: pl.LazyFrame = answer(frame, self.key)
        engine = ENGINES[self.engine]
        if engine.given is None:
            return plan
        to_engine = engine.given
        schema = plan.collect_schema()
        facts = [name for name in self.reads if name in frame.collect_schema()]

        def read(
            columns: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            for some in frame.collect_batches(chunk_size=_GROUP, maintain_order=True):
                numbered = some.with_row_index(_AT).select(_AT, *facts)
                found = engine.back(answer(to_engine(numbered), _AT)).sort(_AT)
                part = found.with_columns(some[self.key]).select(schema.names()).cast(schema)
                part = part if columns is None else part.select(columns)
                yield part if predicate is None else part.filter(predicate)

        return register_io_source(read, schema=schema)


def _lazily(
    frames: Iterable[pl.DataFrame], schema: Mapping[str, Any], tell: Callable[[int], None]
) -> pl.LazyFrame:
    """Return frames as a lazy frame, which reads them once, while it is worked out."""

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        done = 0
        for part in frames:
            done += part.height
            tell(done)
            part = part if columns is None else part.select(columns)
            yield part if predicate is None else part.filter(predicate)

    return register_io_source(read, schema=schema)


def _placed(sent: bytes, source: Path, part: FilePart, made: _Made) -> PlacedRows:
    """Answer about a part of a file, wherever this runs."""
    job = _received(sent)
    return job.place(people_file(source, job.rulebook, job.key), part, made, lambda rows: None)


@lru_cache(maxsize=1)
def _received(sent: bytes) -> _Placing:
    """Return a job that was sent, read once however many parts of a file are placed here."""
    job: _Placing = pickle.loads(sent)
    return job


@frozen
class _Engine(Shown, shows="needs"):
    """How rows go to what works them out, and come back."""

    given: Callable[[pl.DataFrame], Any] | None = None
    """None for Polars itself, which works out the whole file as one plan."""
    back: Callable[[Any], pl.DataFrame] = lambda found: found
    needs: tuple[str, ...] = ()


def _to_duckdb(frame: pl.DataFrame) -> Any:
    return import_module("duckdb").from_arrow(frame.to_arrow())


ENGINES: Mapping[str, _Engine] = {
    "polars": _Engine(),
    "duckdb": _Engine(
        _to_duckdb, lambda found: pl.DataFrame(found.to_arrow_table()), ("duckdb", "pyarrow")
    ),
    "pyarrow": _Engine(pl.DataFrame.to_arrow, pl.DataFrame, ("pyarrow",)),
    "pandas": _Engine(
        lambda frame: frame.to_arrow().to_pandas(), pl.from_pandas, ("pandas", "pyarrow")
    ),
}
"""What can work columns out; each gives the same answers."""
