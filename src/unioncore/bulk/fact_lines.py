"""Lines of NDJSON that tell facts about people.

A line that is as it should be is read at once, by msgspec where the extra ``unioncore[fast]`` is
installed and by cattrs otherwise. Any other is looked at value by value; that says what all of it
means, and what is wrong with it. The quick way takes only what the close look takes too, and reads
it alike.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import compress
from typing import Annotated, Any, Literal, Required, TypedDict

import polars as pl
from attrs import frozen

from unioncore.bulk.frames import given_facts
from unioncore.bulk.meanings import all_pounds_fit, fits, polars_type, pounds_fit, written
from unioncore.convert import dict_reader
from unioncore.errors import BadFacts, DataFault, Problem, did_you_mean
from unioncore.legal.period import whole_day
from unioncore.records.cells import unfit_text
from unioncore.rulebook import Rulebook
from unioncore.rules import Fact, FactType
from unioncore.rules.fact import TOO_MUCH
from unioncore.shown import Shown

try:
    import msgspec
except ModuleNotFoundError:  # pragma: no cover - without the extra ``fast``
    msgspec = None  # type: ignore[assignment]

__all__ = ["Columns", "FactLines", "FileFacts", "Row", "RowProblem", "columns_of"]

Row = tuple[int, dict[str, Any]]
"""The number of a line, or of a row in Parquet, and what it says: the key, and facts by theirs."""

Columns = dict[str, Sequence[Any]]
"""The cells of some rows by the name of their column."""

KEY_EXPECTED = "the key of the row's subject"

_TOGETHER = 20_000
"""How many bytes of lines are read at once, at least."""

_OTHERS = 200
"""How many names that are no facts are learnt; beyond, each line is looked at closely."""

_REMEMBERED = 10_000
"""How many texts of a column are remembered with what they mean."""


@frozen
class RowProblem(Shown, shows="line column"):
    """One thing wrong with one line of a file, or one row; it never shows what the line holds."""

    line: int
    """From 1; in Parquet the row from 1."""
    key: str | None
    """The key of the line's subject, where it could be read."""
    column: str
    """Empty where it is the line that is wrong."""
    expected: str
    suggestion: str | None = None

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"line {self.line}", self.column) if part)
        return f"{where}: expected {self.expected}{did_you_mean(self.suggestion)}"

    def fault(self, file: str) -> DataFault:
        """Return it as a fault of a file."""
        said = f"expected {self.expected}"
        return DataFault(file, self.line, self.column, said, self.suggestion)


class FileFacts:
    """Knows what names and values of a file of people mean to a rulebook."""

    def __init__(self, rulebook: Rulebook, key: str) -> None:
        self.rulebook = rulebook
        self.key = key
        self._names: dict[str, Fact | Problem | None] = {}
        self._readers: dict[str, Callable[[Any, Any], Any]] = {}

    def named(self, name: str) -> Fact | Problem | None:
        """Return the fact that a name gives, or what is wrong with it; None: it is left alone."""
        if name not in self._names:
            found: Fact | Problem | None
            try:
                found = given_facts([name], self.rulebook).get(name)
            except BadFacts as bad:
                found = bad.problems[0]
            if len(self._names) >= _REMEMBERED:
                return found
            self._names[name] = found
        return self._names[name]

    def words(self, fact: Fact) -> Mapping[str, str]:
        """Return the words that a fact may be answered with."""
        return self.rulebook.rules.names_of(fact)

    def types(self, facts: Mapping[str, Fact]) -> dict[str, Any]:
        """Return the columns of frames that give the key and some facts, with Polars' types."""
        types = {name: polars_type(fact, list(self.words(fact))) for name, fact in facts.items()}
        return {self.key: pl.String(), **types}

    def value(self, fact: Fact, value: Any) -> tuple[Any, Problem | None]:
        """Return what a value means, as ``written`` does."""
        try:
            return self.reader(fact)(value, None), None
        except BadFacts as bad:
            return None, bad.problems[0]

    def reader(self, fact: Fact) -> Callable[[Any, Any], Any]:
        """Return what reads a value of a fact; it raises ``BadFacts`` for one that means nothing.

        What texts mean is remembered.
        """
        if fact.key not in self._readers:
            self._readers[fact.key] = _reader(fact, self.words(fact))
        return self._readers[fact.key]

    def key_of(self, value: Any) -> str | None:
        """Return the key that a value is, as text; None where it is none."""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip() or not fits(value):
            return None
        return None if unfit_text(value) else value.strip()


def _reader(fact: Fact, words: Mapping[str, str]) -> Callable[[Any, Any], Any]:
    quick = _QUICK.get(fact.type)
    texts: dict[Any, Any] = {None: None}
    refused: dict[str, Problem] = {}

    def closely(value: Any) -> Any:
        is_text = value.__class__ is str
        if is_text and value in refused:
            raise BadFacts((refused[value],))
        found, problem = written(fact, words, value)
        remembered = is_text and len(texts) + len(refused) < _REMEMBERED
        if problem is not None:
            if remembered:
                refused[value] = problem
            raise BadFacts((problem,))
        if remembered:
            texts[value] = found
        return found

    def read(value: Any, _: Any) -> Any:
        try:
            return texts[value]
        except (KeyError, TypeError):  # no dict has a list as a key
            pass
        return closely(value)

    def read_quickly(value: Any, _: Any) -> Any:
        found = quick(value) if quick is not None else None
        return read(value, None) if found is None else found

    return read if quick is None else read_quickly


def _yes_or_no(value: Any) -> bool | None:
    return value if value is True or value is False else None


def _iso_day(value: Any) -> date | None:
    try:
        return whole_day(value)
    except (ValueError, TypeError, LookupError):
        return None


def _pounds(value: Any) -> Decimal | None:
    if value.__class__ is not str:
        return None
    try:
        found = Decimal(value)
        return found if pounds_fit(found) else None
    except ArithmeticError:
        return None


_QUICK: Mapping[FactType, Callable[[Any], Any]] = {
    FactType.YES_NO: _yes_or_no,
    FactType.DAY: _iso_day,
    FactType.MONEY: _pounds,
}
"""How values are read that need not be remembered; None: a value is looked at closely."""


class FactLines:
    """Reads lines one after the other; it learns the names that lines have."""

    def __init__(self, facts: FileFacts, tell: Callable[[RowProblem], None]) -> None:
        self.facts = facts
        self.tell = tell
        self._given: dict[str, Fact] = {}
        self._others: set[str] = set()
        self._new: dict[str, Fact | None] = {}
        self._decode: Callable[[bytes], dict[str, Any]]
        self._line: Callable[[bytes], Any] | None = None
        self._names: list[str] = []
        self._absent: list[None] = []
        self._learn()

    def rows(self, text: bytes, first: int) -> list[Row]:
        """Return the facts of each line with its number, which for the first is ``first``.

        Each has a key; what means nothing is None, and ``tell`` is told of it. Lines without a key
        are left out.
        """
        return [row for some in self._some(text, first) for row in self._rows(*some)]

    def columns(self, text: bytes, first: int) -> Iterator[Columns]:
        """Give the same in columns, without the numbers, some lines at a time.

        One column is of the keys. A name that none of these lines has may have no column.
        """
        for number, some, lines in self._some(text, first):
            columns = self._quick_columns(some, lines)
            if columns is None:
                rows = [row for _, row in self._rows(number, some, lines)]
                columns = columns_of(rows, {self.facts.key, *self._given, *self._new})
            yield columns

    def _some(self, text: bytes, first: int) -> Iterator[tuple[int, bytes, list[bytes]]]:
        start = 0
        while start < len(text):
            end = 1 + text.find(b"\n", start + _TOGETHER) or len(text)
            some = text[start:end]
            start = end
            if self._new:
                self._learn()
            lines = lines_of(some)
            yield first, some, lines
            first += len(lines)

    def _rows(self, first: int, some: bytes, lines: list[bytes]) -> list[Row]:
        rows = self._quickly(some, lines)
        if all(rows):
            return list(enumerate(rows, first))
        found: list[Row] = []
        for number, (line, row) in enumerate(zip(lines, rows, strict=True), first):
            if each := row or self._closely(number, line):
                found.append((number, each))
        return found

    def _quick_columns(self, some: bytes, lines: list[bytes]) -> Columns | None:
        """Return the columns of some lines; None where something may be wrong."""
        if self._line is None:
            return None
        self._absent.clear()
        try:
            rows = list(map(self._line, lines))
        except Exception:  # as below
            return None
        cells = zip(*map(msgspec.structs.astuple, rows), strict=True)
        columns: Columns = dict(zip(self._names, cells, strict=True))
        named = len(rows) * len(columns) - len(self._absent)
        key = self.facts.key
        if int in map(type, columns[key]):
            columns[key] = list(map(str, columns[key]))
        right = some.count(b":") == named and self._fit(columns.__getitem__)
        return columns if right else None

    def _quickly(self, some: bytes, lines: list[bytes]) -> list[dict[str, Any]]:
        """Return the row of each of some lines; it is empty where something may be wrong."""
        rows: list[dict[str, Any]] = []
        for line in lines:
            try:
                rows.append(self._decode(line))
            except Exception:  # whatever is wrong, the close look says what
                rows.append({})
        key = self.facts.key
        for row in rows:
            if row and row[key].__class__ is int:
                row[key] = str(row[key])
        if not self._right(some if all(rows) else b"".join(compress(lines, rows)), rows):
            both = zip(lines, rows, strict=True)
            rows = [row if self._right(line, [row]) else {} for line, row in both]
        for name in self._others:
            for row in rows:
                row.pop(name, None)
        return rows

    def _right(self, text: bytes, rows: list[dict[str, Any]]) -> bool:
        """Say whether rows are surely what a text says; of those that are empty nothing is said."""
        colons = text.count(b":")
        # As many colons as names: no name is unknown, and none stands twice. If not, some stand in
        # values; Python writes these with as many, where JSON has none as an escape.
        if colons != sum(map(len, rows)) and (
            b"\\" in text or colons != sum(str(row).count(":") for row in rows)
        ):
            return False
        return self._fit(lambda name: [row.get(name) for row in rows if row])

    def _fit(self, cells: Callable[[str], Sequence[Any]]) -> bool:
        """Say whether a frame can surely hold the amounts and the keys among cells."""
        for name in self._pounds:
            if not all_pounds_fit([paid for paid in cells(name) if paid is not None]):
                return False
        keys = cells(self.facts.key)
        together = "".join(keys)
        return (together.isascii() and together.isalnum()) or all(map(_PLAIN_KEY, keys))

    def _closely(self, number: int, line: bytes) -> dict[str, Any]:
        """Return what a line means value by value, and tell what is wrong; empty without a key."""
        plain = self._object(number, line) if line.strip() else None
        if plain is None:
            return {}
        names = [name for name, _ in plain]
        values = dict(plain)
        key = self.facts.key_of(values.get(self.facts.key))
        row: dict[str, Any] = {}
        problems: list[Problem] = []
        if key is None:
            problems.append(Problem(self.facts.key, KEY_EXPECTED))
        else:
            row[self.facts.key] = key
        for name, value in values.items():
            if name == self.facts.key:
                continue
            fact = self.facts.named(name)
            if names.count(name) > 1:
                problems.append(Problem(name if fact else "", "each name once in a line"))
            elif isinstance(fact, Problem):
                problems.append(fact)
            else:
                if fact is not None:
                    row[name], problem = self.facts.value(fact, value)
                    problems += [problem] if problem else []
                self._meet(name, fact)
        for each in problems:
            self.tell(RowProblem(number, key, each.fact, each.expected, each.suggestion))
        return row if key is not None else {}

    def _meet(self, name: str, fact: Fact | None) -> None:
        """Remember a name that is to be learnt."""
        few = len(self._others) + len(self._new) < _OTHERS
        if name not in self._given and name not in self._others and (fact or few):
            self._new[name] = fact

    def _object(self, number: int, line: bytes) -> list[tuple[str, Any]] | None:
        expected = "a JSON object on each line"
        try:
            found = _PAIRS.decode(line.decode())
            if isinstance(found, _Pairs):
                return found.pairs
        except UnicodeDecodeError:
            expected = "UTF-8 text"
        except json.JSONDecodeError as error:
            expected += f" ({error.msg})"
        except (ValueError, RecursionError):
            expected += " without a number that is too long, or many brackets within brackets"
        self.tell(RowProblem(number, None, "", expected))
        return None

    def _learn(self) -> None:
        """Take up further names, and make the quick way for all of them."""
        for name, each in self._new.items():
            if isinstance(each, Fact):
                self._given[name] = each
            else:
                self._others.add(name)
        self._new.clear()
        self._pounds = [k for k, fact in self._given.items() if fact.type is FactType.MONEY]
        if msgspec is None:
            self._decode = self._by_cattrs()
        else:
            self._by_msgspec()

    def _by_msgspec(self) -> None:
        kinds: dict[str, Any] = dict.fromkeys(self._others, Any)
        for name, fact in self._given.items():
            kinds[name] = _exactly(fact, self.facts.words(fact)) | None
        key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | int
        shape = {**kinds, self.facts.key: Required[key]}
        row = TypedDict("row", shape, total=False)  # type: ignore[misc]
        decode: Any = msgspec.json.Decoder(row).decode
        self._decode = decode
        # For columns an object is made in half the time. Of a name that a line does not have, it
        # holds None, and one is added to those that are absent.
        absent = msgspec.field(default_factory=partial(self._absent.append, None))
        fields = {f"f{place}": name for place, name in enumerate(kinds)}
        line = msgspec.defstruct(
            "Line",
            [("key", key), *((field, kinds[name], absent) for field, name in fields.items())],
            rename={"key": self.facts.key, **fields},
            forbid_unknown_fields=True,
            gc=False,
        )
        self._line = msgspec.json.Decoder(line).decode
        self._names = [self.facts.key, *kinds]

    def _by_cattrs(self) -> Callable[[bytes], dict[str, Any]]:
        def key(plain: Any, _: Any) -> str:
            found = self.facts.key_of(plain)
            if found is None:
                raise ValueError
            return found

        readers: dict[str, Callable[[Any, Any], Any]]
        readers = dict.fromkeys(self._others, lambda plain, _: plain)
        readers |= {name: self.facts.reader(fact) for name, fact in self._given.items()}
        structure = dict_reader({**readers, self.facts.key: key}, {self.facts.key})

        def decode(line: bytes) -> dict[str, Any]:
            return structure(_PLAIN.decode(line.decode()))

        return decode


@frozen
class _Pairs(Shown, shows="pairs"):
    """An object of JSON with all its names, also those that stand twice."""

    pairs: list[tuple[str, Any]]


_PLAIN = json.JSONDecoder(parse_float=Decimal, parse_constant=str)
_PAIRS = json.JSONDecoder(parse_float=Decimal, parse_constant=str, object_pairs_hook=_Pairs)

_PLAIN_KEY = re.compile(r"\w(?:[\w ./-]{0,98}\w)?").fullmatch
"""A key of which nothing can be wrong; others are looked at closely."""


def _exactly(fact: Fact, words: Mapping[str, str]) -> Any:
    """Return a type of which each value is one of the fact; other values may be."""
    text = Annotated[str, msgspec.Meta(min_length=1)]
    word: Any = Literal[tuple(words)] if words else Literal[""]
    match fact.type:
        case FactType.CHOICE:
            return word
        case FactType.TEXT:
            return text
        case FactType.WHOLE:
            return Annotated[int, msgspec.Meta(gt=-TOO_MUCH, lt=TOO_MUCH)]
        case FactType.MONEY:
            return Decimal
        case FactType.DAY:
            return date
        case FactType.YES_NO:
            return bool
        case FactType.SET:
            return frozenset[word]
        case _:
            return None


def lines_of(text: bytes) -> list[bytes]:
    """Return the lines of a text, without what ends them."""
    return text.removesuffix(b"\n").split(b"\n")


def columns_of(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> Columns:
    """Return the columns of some names, None where a row does not have one."""
    rows = list(rows)
    return {name: [row.get(name) for row in rows] for name in names}
