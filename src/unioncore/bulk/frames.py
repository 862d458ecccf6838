"""Frames in and out: which engine works out a frame, and which facts its columns give."""

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import narwhals as nw
import polars as pl
from attrs import frozen

from unioncore.bulk.columns import Spelling
from unioncore.bulk.meanings import Read, read_column, read_objects
from unioncore.errors import BadFacts, Problem, WrongArgument
from unioncore.rulebook import Rulebook, not_given
from unioncore.rules import Fact, FactType
from unioncore.rules.fact import TOO_MUCH
from unioncore.shown import Shown

__all__ = ["IN_PARTS", "FactColumn", "Frame", "column_names", "frame_kind", "given_facts"]

_TAKEN = "a frame of Polars, PyArrow, pandas, DuckDB, PySpark or Dask"

_ROW = "_unioncore_row"

_IN_ORDER = ("polars", "polars-lazy", "pyarrow", "pandas")
"""What Polars works out, which keeps the order of rows."""

IN_PARTS = ("pyspark", "dask")
"""What holds its rows in parts, perhaps on other machines."""

_MOST_PLACES = 38 - len(str(TOO_MUCH))
"""How many decimal places DuckDB can compare with any amount: its decimals have 38 digits."""


@frozen
class FactColumn(Shown, shows="fact"):
    """A recorded fact that a column gives, with the words that may answer it."""

    fact: Fact
    words: Mapping[str, str]

    @property
    def type(self) -> FactType:
        """Return what kind of answer the fact has."""
        return self.fact.type


@frozen
class Frame(Shown, shows="kind"):
    """A frame that was given, as the engine that works it out holds it."""

    lazy: nw.LazyFrame[Any]
    kind: str
    """``polars``, ``polars-lazy``, ``pyarrow``, ``pandas``, or ``duckdb``."""
    facts: Mapping[str, FactColumn]
    odd: Mapping[str, list[tuple[int, Problem]]]
    """For each column that was read cell by cell: the places from 0 of what means nothing."""
    row: tuple[str, ...] = ()
    """The column that numbers the rows, where it was asked for and there is an order."""

    @classmethod
    def of(
        cls,
        native: Any,
        facts: Mapping[str, FactColumn],
        *,
        key: str | None = None,
        numbered: bool = False,
        first: int = 1,
    ) -> "Frame":
        """Read a frame of which the columns ``facts`` are needed; ``first`` numbers its first row.

        With ``key`` only that column is needed beside them, and what stands in others is not read.

        Raises ``WrongArgument`` for what is no frame that can be read, and ``BadFacts`` for a
        column of DuckDB with more decimal places than it can compare.
        """
        kind = frame_kind(native)
        odd: dict[str, list[tuple[int, Problem]]] = {}
        if kind not in _IN_ORDER:
            _check_places(native, facts)
            return cls(nw.from_native(native).lazy(), kind, facts, odd)
        needed = None if key is None else [key, *(name for name in facts if name != key)]
        if kind == "pandas":
            native = _from_pandas(native if needed is None else native[needed], facts, odd)
        if kind == "pyarrow":
            native = pl.from_arrow(native if needed is None else native.select(needed))
        if isinstance(native, pl.DataFrame):
            for key, fact in facts.items():
                if native.schema[key] == pl.Object:
                    native = native.with_columns(_cells(fact, native[key], odd))
            native = native.lazy()
        native = _as_sets(native, facts)
        if numbered:  # to find problems, for which words must keep their spelling
            native = native.with_row_index(_ROW, first)
            return cls(nw.from_native(native), kind, facts, odd, (_ROW,))
        native = _as_codes(native, facts)
        return cls(nw.from_native(native), kind, facts, odd)

    def reads(self) -> dict[str, Read]:
        """Return how each column of facts is read."""
        held = self.lazy.collect_schema()
        found = {}
        for key, each in self.facts.items():
            declared = nw.col(_declared(key)) if _declared(key) in held else None
            words = list(each.words)
            found[key] = read_column(nw.col(key), held[key], each.fact, words, declared)
        return found

    @property
    def spelling(self) -> Spelling:
        """Return the module whose expressions the engine is asked in."""
        return pl if self.kind in _IN_ORDER else nw

    def spelt(self, found: nw.LazyFrame[Any]) -> Any:
        """Return a frame that takes such expressions."""
        return found.to_native() if self.spelling is pl else found

    def back(self, found: Any) -> Any:
        """Return what was worked out as the kind of frame that was given."""
        native = nw.to_native(found, pass_through=True)
        match self.kind:
            case "polars":
                return native.collect()
            case "pyarrow":
                return native.collect().to_arrow()
            case "pandas":
                # Of Arrow's types, so that what is not known does not read as no.
                arrow = import_module("pandas").ArrowDtype
                return native.collect().to_arrow().to_pandas(types_mapper=arrow)
            case _:
                return native


def column_names(native: Any) -> list[str]:
    """Return the names of a frame's columns.

    Raises ``WrongArgument`` for what is no frame, and where a name is no text or stands twice.
    """
    match frame_kind(native):
        case "polars-lazy":
            names = native.collect_schema().names()
        case "pyarrow":
            names = native.column_names
        case _:
            names = list(native.columns)
    odd = next((each for each in names if not isinstance(each, str)), None)
    if odd is not None:
        expected, advice = "columns with text as names", "name its columns"
        raise WrongArgument("frame", expected, f"one with {type(odd).__name__}", advice)
    if twice := next((each for each, times in Counter(names).items() if times > 1), None):
        raise WrongArgument("frame", "each column once", f"{twice} twice", "leave one out")
    return list(names)


def frame_kind(native: Any) -> str:
    """Return the kind of a frame; raises ``WrongArgument`` for what is no frame."""
    match type(native).__module__.partition(".")[0], type(native).__name__:
        case "polars", "DataFrame":
            return "polars"
        case "polars", "LazyFrame":
            return "polars-lazy"
        case ("pyarrow", "Table") | ("pandas", "DataFrame"):
            return type(native).__module__.partition(".")[0]
        case "pyspark", "DataFrame":
            return "pyspark"
        case (("dask" | "dask_expr"), "DataFrame"):
            return "dask"
        case "duckdb" | "_duckdb", "DuckDBPyRelation":
            return "duckdb"
        case _, name:
            raise WrongArgument("frame", _TAKEN, name, "pass one of these")


def _check_places(native: Any, facts: Iterable[str]) -> None:
    """Refuse columns of DuckDB with too many decimal places."""
    types = dict(zip(native.columns, native.types, strict=True))
    decimals = {key: dict(types[key].children) for key in facts if types[key].id == "decimal"}
    wrong = [key for key, each in decimals.items() if each["scale"] > _MOST_PLACES]
    if wrong:
        said = f"pounds with at most {_MOST_PLACES} decimal places; cast the column"
        raise BadFacts(tuple(Problem(key, said) for key in wrong))


def _from_pandas(
    native: Any,
    facts: Mapping[str, FactColumn],
    odd: dict[str, list[tuple[int, Problem]]],
) -> pl.DataFrame:
    columns: dict[str, Any] = {}
    for key in native.columns:
        if key in facts and native[key].dtype == object:
            columns[key] = _cells(facts[key], native[key], odd)
        else:
            columns[key] = _of_one_kind(key, native[key])
    return pl.DataFrame(columns)


def _of_one_kind(key: str, column: Any) -> Any:
    """Return a column of pandas as one of Polars, such as the key."""
    try:
        return pl.from_pandas(column, nan_to_null=True)
    except (ValueError, TypeError):  # PyArrow's; what it says may show a record
        said, advice = f"{key}, which has several", "make it one, such as text"
        raise WrongArgument("frame", "columns of one kind each", said, advice) from None


def _cells(of: FactColumn, column: Any, odd: dict[str, list[tuple[int, Problem]]]) -> pl.Series:
    read, odd[of.fact.key] = read_objects(of.fact, of.words, list(column))
    return read.alias(of.fact.key)


def _as_sets(native: pl.LazyFrame, facts: Mapping[str, FactColumn]) -> pl.LazyFrame:
    """Return a frame with sets as lists of text, and whether all words of each are declared."""
    held = native.collect_schema()
    added = []
    for key, fact in facts.items():
        kind = held[key]
        if fact.type is not FactType.SET or not isinstance(kind, pl.List | pl.Array):
            continue
        if kind.inner in (pl.String, pl.Null, pl.Categorical, pl.Enum):
            words = pl.col(key).cast(pl.List(pl.String))
            each = pl.element().is_in(list(fact.words)).fill_null(False)
            added += [words, words.list.eval(each).list.all().alias(_declared(key))]
    return native.with_columns(added)


def _declared(key: str) -> str:
    """Return what the column is called that says whether all words of a set are declared."""
    return f"_{key}.declared"


def _as_codes(native: pl.LazyFrame, facts: Mapping[str, FactColumn]) -> pl.LazyFrame:
    """Return a frame with words as codes, which Polars compares quickest; others are null."""
    held = native.collect_schema()
    codes = [
        pl.col(key).cast(pl.Enum(list(fact.words)), strict=False)
        for key, fact in facts.items()
        if fact.type is FactType.CHOICE and held[key] in (pl.String, pl.Categorical, pl.Enum)
    ]
    return native.with_columns(codes)


def given_facts(columns: Iterable[str], rulebook: Rulebook) -> dict[str, Fact]:
    """Return the recorded facts that columns give, by key.

    Other columns are left alone, except where one must be a slip.

    Raises:
        BadFacts: for a column that is called as a derived fact, almost as a recorded one of the
            same subject, as one but for capitals and what parts its words, or as the day of the
            question is.
    """
    recorded = rulebook.rules.recorded
    spelt = {_letters(key) for key in recorded if "." in key}
    subjects = {key.rpartition(".")[0] for key in recorded if "." in key}
    found: dict[str, Fact] = {}
    problems = []
    for column in columns:
        if column in recorded:
            found[column] = recorded[column]
        elif (
            column in rulebook.rules.facts
            or column.rpartition(".")[0] in subjects
            or _letters(column) in spelt
        ):
            problems.append(not_given(rulebook, column))
    if problems:
        raise BadFacts(tuple(problems))
    return found


def _letters(name: str) -> str:
    """Return the letters and digits of a name alone, such as of ``Employer_Kind``."""
    return "".join(filter(str.isalnum, name)).casefold()
