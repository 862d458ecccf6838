"""A set that stands in a column for each word, as one column of lists."""

from typing import Any

import polars as pl

from unioncore.bulk.frames import Frame, column_names, frame_kind
from unioncore.bulk.parts import worked_out
from unioncore.errors import UnknownName, nearest

__all__ = ["listed"]

_ABOUT = ("known", "rule", "warns")
"""What ``ask`` says about a set beside its words."""


def listed(frame: Any, name: str) -> Any:
    """Return answers of ``ask`` with the set ``name`` as lists, in place of a column for each word.

    A list holds the words that are surely in the set; ``NAME.known`` still says whether these are
    all. The frame that comes back is of the same kind.

    Args:
        frame: what ``ask`` returned.
        name: the set.

    Raises:
        WrongArgument: when ``frame`` is no frame.
        UnknownName: when it has no columns for the words of such a set.
    """
    columns = column_names(frame)
    words = {each: each.removeprefix(f"{name}.") for each in columns if each.startswith(f"{name}.")}
    words = {column: word for column, word in words.items() if word not in _ABOUT}
    if not words:
        asked = {each.rpartition(".")[0] for each in columns if each.endswith(".known")}
        raise UnknownName("set", name, nearest(name, sorted(asked)))
    if frame_kind(frame) == "duckdb":
        return _in_duckdb(frame, columns, name, words)

    def work(part: Any) -> Any:
        held = Frame.of(part, {})
        each = [pl.when(pl.col(column)).then(pl.lit(word)) for column, word in words.items()]
        made = pl.concat_list(each).list.drop_nulls().alias(name)
        kept = [made if column in words else pl.col(column) for column in _once(columns, words)]
        return held.back(held.spelt(held.lazy).select(kept))

    return worked_out(frame, columns, work)


def _once(columns: list[str], words: dict[str, str]) -> list[str]:
    """Return the columns with the first of the words alone."""
    first = next(iter(words))
    return [column for column in columns if column == first or column not in words]


def _in_duckdb(frame: Any, columns: list[str], name: str, words: dict[str, str]) -> Any:
    each = (f"CASE WHEN {_name(column)} THEN {_text(word)} END" for column, word in words.items())
    made = f"[word FOR word IN [{', '.join(each)}] IF word IS NOT NULL] AS {_name(name)}"
    kept = (made if column in words else _name(column) for column in _once(columns, words))
    return frame.project(", ".join(kept))


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
