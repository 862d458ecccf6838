"""Lines of NDJSON that tell facts about people.

As rows, a line that is as it should be is read at once, by msgspec where the extra
``unioncore[fast]`` is installed and by cattrs otherwise. Any other is looked at value by value;
that says what all of it means, and what is wrong with it. As frames, many lines that are as they
should be are read at once, by Polars, and others as rows. The quick ways take only what the close
look takes too, and read it alike.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Annotated, Any, Literal, Required, TypedDict

import polars as pl
from attrs import frozen

from unioncore.bulk.frames import given_facts
from unioncore.bulk.meanings import all_pounds_fit, fits, polars_type, pounds_fit, written
from unioncore.bulk.quick_columns import PLAIN_KEY, QuickColumns
from unioncore.convert import dict_reader
from unioncore.errors import BadFacts, DataFault, Problem, did_you_mean
from unioncore.legal.period import whole_day
from unioncore.records.cells import unfit_text
from unioncore.records.objects import ObjectPairs, surely_once
from unioncore.rulebook import Rulebook
from unioncore.rules import Fact, FactType
from unioncore.rules.fact import TOO_MUCH
from unioncore.shown import Shown

try:
    import msgspec
except ModuleNotFoundError:  # pragma: no cover - without the extra ``fast``
    msgspec = None  # type: ignore[assignment]

__all__ = ["FactLines", "FileFacts", "Row", "RowProblem", "frame_of"]

Row = tuple[int, dict[str, Any]]
"""The number of a line, or of a row in Parquet, and what it says: the key, and facts by theirs."""

KEY_EXPECTED = "text or a whole number that says whose row it is"

_ONCE = "each name once in a line"
_IN_UTF8 = "text in UTF-8; save the file as UTF-8"

_TOGETHER = 20_000
"""How many bytes of lines are read at once, at least."""

_LONGEST_PAUSE = 15
"""How many times lines are not read at once, at most, after something in them was wrong."""

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

    @staticmethod
    def expected(cell: Any, otherwise: str) -> str:
        """Return what was expected of a cell that means nothing: text that can be read, first."""
        return _IN_UTF8 if isinstance(cell, str) and not fits(cell) else otherwise

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
    """Reads lines one after the other; it counts them, and learns the names that they have."""

    def __init__(self, facts: FileFacts, tell: Callable[[RowProblem], None], line: int = 1) -> None:
        """Take what names mean, who is told what is wrong, and the number of the next line."""
        self.facts = facts
        self.tell = tell
        self.line = line
        self._given: dict[str, Fact] = {}
        self._others: set[str] = set()
        self._told: dict[str, Any] = {}
        self._new: dict[str, Fact | None] = {}
        self._decode: Callable[[bytes], dict[str, Any]]
        self._columns: QuickColumns
        self._unread = self._pause = 0
        self._make_ready()

    def rows(self, text: bytes) -> list[Row]:
        """Return the facts of each of the next lines, with the line's number.

        Each has a key; what means nothing is None, and ``tell`` is told of it. Lines without a key
        are left out.
        """
        rows: list[Row] = []
        for some, lines in _some_of(text):
            self._learn()
            rows += self._rows(some, lines)
        return rows

    def frames(self, text: bytes, types: Mapping[str, Any]) -> Iterator[pl.DataFrame]:
        """Give the same in frames that have the columns of ``types``, and not the numbers."""
        self._learn()
        found = self._at_once(text)
        if found is not None:
            self.line += text.count(b"\n")
            yield pl.DataFrame([_column(found, *each) for each in types.items()])
            return
        # Columns, since so many rows at once would take much longer.
        cells: dict[str, list[Any]] = {name: [] for name in types}
        read = 0
        for some, lines in _some_of(text):
            rows = [row for _, row in self._rows(some, lines)]
            for name, column in cells.items():
                column += [row.get(name) for row in rows]
            read += len(some)
            if self._new:
                break
        yield _frame(cells, types)
        if read < len(text):  # with what was learnt the rest may be read at once
            yield from self.frames(text[read:], types)

    def _at_once(self, text: bytes) -> pl.DataFrame | None:
        """Return some lines if nothing in them may be wrong.

        Where there was something again and again, it is not looked each time.
        """
        if self._unread < self._pause:
            self._unread += 1
            return None
        found = self._columns.read(text)
        self._unread = 0
        self._pause = 0 if found is not None else min(2 * self._pause + 1, _LONGEST_PAUSE)
        return found

    def _rows(self, some: bytes, lines: list[bytes]) -> Iterable[Row]:
        rows = self._quickly(some, lines)
        first = self.line
        self.line += len(lines)
        if all(rows):
            return enumerate(rows, first)
        found: list[Row] = []
        for number, (line, row) in enumerate(zip(lines, rows, strict=True), first):
            if each := row or self._closely(number, line):
                found.append((number, each))
        return found

    def _quickly(self, some: bytes, lines: list[bytes]) -> list[dict[str, Any]]:
        """Return the row of each of some lines; it is empty where something may be wrong."""
        rows: list[dict[str, Any]] = []
        decoded = map(self._decode, lines)
        while len(rows) < len(lines):
            try:
                rows += decoded  # as far as nothing is wrong
            except Exception:  # whatever is wrong, the close look says what
                rows.append({})
        found = rows
        if not all(rows):
            found = list(filter(None, rows))
            some = b"".join(compress(lines, rows))
        if not self._right(some, found):
            both = zip(lines, rows, strict=True)
            rows = [row if row and self._right(line, [row]) else {} for line, row in both]
        for name in self._others:
            for row in rows:
                row.pop(name, None)
        return rows

    def _right(self, text: bytes, rows: list[dict[str, Any]]) -> bool:
        """Say whether rows are surely what a text says, and a frame can hold them."""
        if not surely_once(text, sum(map(len, rows)), map(dict.values, rows)):
            return False
        for name in self._pounds:
            paid = [pounds for row in rows if (pounds := row.get(name)) is not None]
            if not all_pounds_fit(paid):
                return False
        keys = self._keys(rows)
        together = "".join(keys)
        return (together.isascii() and together.isalnum()) or all(map(_PLAIN_KEY, keys))

    def _keys(self, rows: list[dict[str, Any]]) -> list[str]:
        """Return the keys of rows; one that is a number becomes text."""
        key = self.facts.key
        keys = [row[key] for row in rows]
        if int in set(map(type, keys)):
            keys = [str(each) for each in keys]
            for row, each in zip(rows, keys, strict=True):
                row[key] = each
        return keys

    def _closely(self, number: int, line: bytes) -> dict[str, Any]:
        """Return what a line means value by value, and tell what is wrong; empty without a key.

        A name with null is as if it were not there.
        """
        plain = self._object(number, line) if line.strip() else None
        if plain is None:
            return {}
        names = [name for name, value in plain if value is not None]
        values = dict(sorted(plain, key=lambda pair: pair[1] is not None))
        twice = names.count(self.facts.key) > 1
        key = None if twice else self.facts.key_of(values.get(self.facts.key))
        row: dict[str, Any] = {}
        problems: list[Problem] = []
        if key is None:
            problems.append(Problem(self.facts.key, _ONCE if twice else KEY_EXPECTED))
        else:
            row[self.facts.key] = key
            if isinstance(values[self.facts.key], int):
                self._told[self.facts.key] = pl.Int64()
        for name, value in values.items():
            if name == self.facts.key:
                continue
            fact = self.facts.named(name)
            if names.count(name) > 1:
                problems.append(Problem(name if fact else "", _ONCE))
            elif isinstance(fact, Problem):
                problems += [fact] if value is not None else []
            else:
                if fact is not None:
                    row[name], problem = self.facts.value(fact, value)
                    problems += [problem] if problem else []
                self._meet(name, fact, value)
        for each in problems:
            self.tell(RowProblem(number, key, each.fact, each.expected, each.suggestion))
        return row if key is not None else {}

    def _meet(self, name: str, fact: Fact | None, value: Any) -> None:
        """Remember a name that is to be learnt, and how its first value is told."""
        few = len(self._others) + len(self._new) < _OTHERS
        if name not in self._given and name not in self._others and (fact or few):
            self._new[name] = fact
            if fact is None or (fact.type is FactType.MONEY and value is not None):
                self._told[name] = _told(value)

    def _object(self, number: int, line: bytes) -> list[tuple[str, Any]] | None:
        expected = "a JSON object on each line"
        try:
            found = _PAIRS.decode(line.decode())
            if isinstance(found, ObjectPairs):
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
        """Take up further names, and make the quick ways for all of them."""
        if not self._new:
            return
        for name, each in self._new.items():
            if isinstance(each, Fact):
                self._given[name] = each
            else:
                self._others.add(name)
        self._new.clear()
        self._unread = self._pause = 0
        self._make_ready()

    def _make_ready(self) -> None:
        self._pounds = [k for k, fact in self._given.items() if fact.type is FactType.MONEY]
        self._decode = self._by_cattrs() if msgspec is None else self._by_msgspec()
        self._columns = QuickColumns(
            self.facts.key, dict(self._given), self.facts.types(self._given), dict(self._told)
        )

    def _by_msgspec(self) -> Callable[[bytes], dict[str, Any]]:
        kinds: dict[str, Any] = dict.fromkeys(self._others, Any)
        for name, fact in self._given.items():
            kinds[name] = _exactly(fact, self.facts.words(fact)) | None
        key = Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | int
        shape = {**kinds, self.facts.key: Required[key]}
        row = TypedDict("row", shape, total=False)  # type: ignore[misc]
        decode: Any = msgspec.json.Decoder(row).decode
        return decode  # type: ignore[no-any-return]

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
            text = line.decode()
            plain, end = _PLAIN.raw_decode(text)
            if end < len(text) and text[end:].strip(_SPACES):
                raise ValueError
            return structure(plain)

        return decode


_SPACES = " \t\r"
"""What may stand behind an object in its line."""

_PLAIN = json.JSONDecoder(parse_float=Decimal, parse_constant=str)
_PAIRS = json.JSONDecoder(parse_float=Decimal, parse_constant=str, object_pairs_hook=ObjectPairs)

_PLAIN_KEY = re.compile(PLAIN_KEY).fullmatch


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


def _told(value: Any) -> pl.DataType:
    """Return what Polars is to expect where JSON had a value."""
    match value:
        case bool():
            return pl.Boolean()
        case int() | Decimal():
            return pl.Float64()
        case _:
            return pl.String()


def lines_of(text: bytes) -> list[bytes]:
    """Return the lines of a text, without what ends them."""
    return text.removesuffix(b"\n").split(b"\n")


def _some_of(text: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Give the lines of a text as far as they are read together: in one piece, and each."""
    start = 0
    while start < len(text):
        some = text[start : 1 + text.find(b"\n", start + _TOGETHER) or None]
        yield some, lines_of(some)
        start += len(some)


def frame_of(rows: Iterable[Mapping[str, Any]], types: Mapping[str, Any]) -> pl.DataFrame:
    """Return rows as a frame with the columns of ``types``, null where a row has no value."""
    rows = list(rows)
    return _frame({name: [row.get(name) for row in rows] for name in types}, types)


def _frame(cells: Mapping[str, list[Any]], types: Mapping[str, Any]) -> pl.DataFrame:
    columns = []
    for name, held in types.items():
        column = cells[name]
        if isinstance(held, pl.List):
            column = [None if each is None else sorted(each) for each in column]
        columns.append(pl.Series(name, column, held, strict=False))
    return pl.DataFrame(columns)


def _column(frame: pl.DataFrame, name: str, held: Any) -> pl.Series:
    """Return a column of a frame; nulls where it has none."""
    if name in frame.columns:
        return frame[name]
    return pl.Series(name, [None], held).new_from_index(0, frame.height)
