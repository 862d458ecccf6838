"""Lines read at once are what the close look makes of them, and nothing doubtful is read so."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bulk.test_fact_lines import BOOK, FACTS, ODD, RIGHT
from unioncore.bulk.fact_lines import FactLines, FileFacts, Row, RowProblem, frame_of, lines_of
from unioncore.bulk.quick_columns import QuickColumns

GIVEN = {fact.key: fact for fact in FACTS if not fact.derived}
TYPES = FileFacts(BOOK, "key").types(GIVEN)
TEXT = pl.String()
LINE = {
    "key": "M1",
    "p.choice": "red",
    "p.text": "a",
    "p.whole": 3,
    "p.money": "719.00",
    "p.day": "2026-06-01",
    "p.flag": True,
    "surname": "Doe",
}


def columns(**as_told: Any) -> QuickColumns:
    return QuickColumns("key", GIVEN, TYPES, {"p.money": TEXT, "surname": TEXT, **as_told})


def text(*lines: Mapping[str, Any] | str, compact: bool = False) -> bytes:
    signs = (",", ":") if compact else (", ", ": ")
    told = (each if isinstance(each, str) else json.dumps(each, separators=signs) for each in lines)
    return "".join(f"{each}\n" for each in told).encode()


def rows(lines: bytes) -> tuple[list[Row], list[RowProblem]]:
    told: list[RowProblem] = []
    return FactLines(FileFacts(BOOK, "key"), told.append).rows(lines), told


def frame(some: Iterable[Row]) -> pl.DataFrame:
    return frame_of((row for _, row in some), TYPES)


@pytest.mark.parametrize("compact", [True, False])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"p.choice": None, "p.whole": None, "surname": None},
        {"p.text": "5", "surname": "null"},
        {"p.text": "caf\u00e9", "surname": "\u00c9mile"},
        {"p.text": "12:30", "surname": "a: b: c"},
        {"key": "caf\u00e9 1/2"},
        {"p.money": "0"},
        {"p.set": None},
        {"p.txet": None},
    ],
)
def test_lines_as_they_should_be_are_read_at_once(more: Mapping[str, Any], compact: bool) -> None:
    lines = text(LINE, LINE | more, {"key": "M3"}, "", compact=compact)
    found = columns().read(lines)
    told, problems = rows(lines)
    assert not problems
    assert found is not None
    assert found.select(*TYPES).equals(frame(told))


def test_numbers_are_read_at_once_where_they_are_expected() -> None:
    lines = text({"key": 7, "p.money": 719, "surname": 1.5}, {"key": 8, "p.money": 0.1234})
    found = columns(**{"key": pl.Int64(), "p.money": pl.Float64(), "surname": pl.Float64()}).read(
        lines
    )
    assert found is not None
    assert found.select(*TYPES).equals(frame(rows(lines)[0]))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"key": 7, "key": 7, "surname": 1}',
        "[1]",
        '{"p.text": "a"}',
        '{"key": ""}',
        '{"key": 7}',
        '{"key": true}',
        '{"key": "=1+1"}',
        '{"key": "M2", "key": "M2"}',
        '{"key": "M2", "p.text": "a", "p.text": "a"}',
        '{"key": "M2", "p.txet": "a"}',
        '{"key": "M2", "p.text": ""}',
        '{"key": "M2", "p.text": 5}',
        '{"key": "M2", "p.text": true}',
        '{"key": "M2", "p.text": {"a": 1}}',
        '{"key": "M2", "p.text": ["a"]}',
        '{"key": "M2", "p.text": "\\ud800"}',
        '{"key": "M2", "p.text": 5, "surname": "\\""}',
        '{"key": "M2", "p.txet": 1, "surname": ":null"}',
        '{"key": "M2", "p.txet": 1, "surname": "a: null"}',
        '{"key": "M2", "p.txet": "a", "surname": "\\u003a"}',
        '{"key": "M2", "p.choice": "grene"}',
        '{"key": "M2", "p.choice": 1}',
        '{"key": "M2", "p.whole": "3"}',
        '{"key": "M2", "p.whole": 3.5}',
        '{"key": "M2", "p.whole": 1000000000000}',
        '{"key": "M2", "p.money": "0.12345"}',
        '{"key": "M2", "p.money": "1000000000000"}',
        '{"key": "M2", "p.money": "Infinity"}',
        '{"key": "M2", "p.money": "-1"}',
        '{"key": "M2", "p.day": "2026-6-1"}',
        '{"key": "M2", "p.day": "2026-02-30"}',
        '{"key": "M2", "p.day": "0000-01-01"}',
        '{"key": "M2", "p.day": 20260601}',
        '{"key": "M2", "p.flag": "yes"}',
        '{"key": "M2", "p.flag": 1}',
        '{"key": "M2", "p.set": "red"}',
        '{"key": "M2", "p.set": ["red"]}',
        '{"key": "M2", "surname": {"p.text": "a"}}',
    ],
)
def test_of_lines_with_something_doubtful_nothing_is_read_at_once(line: str) -> None:
    assert columns().read(text(LINE, line, LINE)) is None


def test_where_faults_are_everywhere_lines_are_seldom_read_at_once() -> None:
    told: list[RowProblem] = []
    reader = FactLines(FileFacts(BOOK, "key"), told.append)
    wrong, right = text(LINE, LINE | {"p.choice": "grene"}), text(LINE)
    tried = []
    with pytest.MonkeyPatch.context() as patch:
        read = QuickColumns.read
        patch.setattr(QuickColumns, "read", lambda of, some: tried.append(some) or read(of, some))
        for some in [wrong] * 100:
            assert sum(each.height for each in reader.frames(some, TYPES)) == 2
        assert len(tried) < 15
        assert len(told) == 100
        for some in [right] * 100:
            assert sum(each.height for each in reader.frames(some, TYPES)) == 1
        assert len(tried) > 80


same_names = st.lists(st.sampled_from([*RIGHT, "surname", "note"]), unique=True)


@st.composite
def nearly_right(draw: st.DrawFn) -> bytes:
    """Return lines of which at most a few cells are odd."""
    names = draw(same_names)
    values = {**RIGHT, "surname": ["Doe", "a:b", "null"], "note": [1, 2.5, None]}
    lines: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        kept = [name for name in names if draw(st.integers(0, 9))]
        cells = {name: draw(st.sampled_from([*values[name], None])) for name in kept}
        lines.append({"key": f"M{number}", **cells})
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.sampled_from(lines))
        at[draw(st.sampled_from([*at, "p.txet", "note"]))] = draw(st.sampled_from(ODD))
    return text(*lines, compact=draw(st.booleans()))


def check(learnt: bytes, lines: bytes) -> None:
    told: list[RowProblem] = []
    reader = FactLines(FileFacts(BOOK, "key"), told.append)
    for above, some in ((0, learnt), (len(lines_of(learnt)), lines)):
        told.clear()
        found = pl.concat([frame(()), *reader.frames(some, TYPES)])
        rows_found, problems = rows(some)
        assert found.equals(frame(rows_found))
        assert told == [evolve(each, line=above + each.line) for each in problems]


@given(nearly_right(), nearly_right())
@settings(max_examples=25, deadline=None)
def test_what_is_learnt_from_lines_never_changes_what_others_mean(
    learnt: bytes, lines: bytes
) -> None:
    check(learnt, lines)


@pytest.mark.slow
@given(nearly_right(), nearly_right())
@settings(max_examples=3_000, deadline=None)
def test_what_is_learnt_never_changes_what_others_mean_over_very_many(
    learnt: bytes, lines: bytes
) -> None:
    check(learnt, lines)
