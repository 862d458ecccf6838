"""Rows that are read together are read, and told of, as each is by itself."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.folders import GOOD
from unioncore.model import TABLES
from unioncore.records import tables
from unioncore.records.tables import read_table

KIND = TABLES["employers"]
GOOD_ROW = {"key": "mill", "kind": "works", "name": "Mill", "start": "2020-01-01"}
ODD: dict[str, list[Any]] = {
    "key": ["", " a", "=a", "a b", 5, None, "oak", "x" * 1001],
    "name": ["", "Mill: 1", "a\tb", [], {"a": {}}, 1.5, "\ud800", "[x]", 'a"\\', True],
    "public_function": ["yes", "NO", "perhaps", True, False, 1, 1.0, None, ""],
    "start": ["2020-02-30", "2021-01-01", "1799-01-01", "", None, 20200101],
    "end": ["2020-01-01", "2019-12-31", "2021-06-01", "soon", ""],
    "colour": ["red", "", "=red", " red", 7, True, None, {}, 1.5],
    "nmae": ["Mill"],
}
changes = st.sampled_from([(name, value) for name, values in ODD.items() for value in values])
rows = st.lists(changes, max_size=3).map(lambda pairs: GOOD_ROW | dict(pairs))
written = (
    st.tuples(rows, st.booleans(), st.sampled_from(["", " ", "\r"])).map(
        lambda each: json.dumps(each[0], ensure_ascii=each[1]) + each[2]
    )
    | st.just(json.dumps(GOOD_ROW))
    | st.sampled_from(["", " ", "{", "[]", "5", '{"key": "a", "key": "b"}', '{"key": NaN}'])
)
Found = tuple[list[Any], list[str], set[str], bool]


def found(file: str, text: str, before: int = 0) -> Found:
    """Return what a file gives, with lines counted on from so many before."""
    content = text.encode("utf-8", "surrogatepass")
    read = read_table(KIND, file, content, ("colour",))
    rows = [(row.record, row.line + before) for row in read.rows]
    told = [f"{each.line + before} {each.column} {each.message}" for each in read.faults]
    return rows, told, set(read.keys), read.whole


def together(each: list[Found]) -> Found:
    return (
        [row for rows, *_ in each for row in rows],
        [fault for _, told, *_ in each for fault in told],
        {key for *_, keys, _ in each for key in keys},
        all(whole for *_, whole in each),
    )


def check_lines(lines: list[str]) -> None:
    alone = together([found("employers.ndjson", line, at) for at, line in enumerate(lines)])
    for few in (0, len(lines)):  # with msgspec, where it is installed, and without
        for some in (2, 500):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(tables, "_FEW", few)
                patch.setattr(tables, "_TOGETHER", some)
                assert found("employers.ndjson", "\n".join(lines)) == alone


@given(st.lists(written, min_size=1, max_size=5))
@settings(max_examples=8)
def test_lines_read_together_are_read_as_each_by_itself(lines: list[str]) -> None:
    check_lines(lines)


@pytest.mark.slow
@given(st.lists(written, min_size=1, max_size=8))
@settings(max_examples=2000, deadline=None)
def test_very_many_lines_read_together_are_read_as_each_by_itself(lines: list[str]) -> None:
    check_lines(lines)


def in_csv(some: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, [*GOOD_ROW, "public_function", "end", "colour"])
    writer.writeheader()
    writer.writerows(some)
    return out.getvalue()


def check_rows(some: list[dict[str, Any]]) -> None:
    alone = together([found("employers.csv", in_csv([row]), at) for at, row in enumerate(some)])
    for size in (2, 500):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "_TOGETHER", size)
            assert found("employers.csv", in_csv(some)) == alone


texts = rows.map(
    lambda row: {n: each for n, each in row.items() if isinstance(each, str) and n != "nmae"}
)


@given(st.lists(texts, min_size=1, max_size=5))
@settings(max_examples=8)
def test_rows_of_csv_read_together_are_read_as_each_by_itself(some: list[dict[str, Any]]) -> None:
    check_rows(some)


@pytest.mark.slow
@given(st.lists(texts, min_size=1, max_size=8))
@settings(max_examples=1000, deadline=None)
def test_very_many_rows_of_csv_read_together_are_read_as_each_by_itself(
    some: list[dict[str, Any]],
) -> None:
    check_rows(some)


@pytest.mark.parametrize("ending", ["csv", "ndjson"])
def test_a_long_file_is_read_to_its_end_in_order(ending: str) -> None:
    some: list[dict[str, Any]] = [GOOD_ROW | {"key": f"e{number}"} for number in range(1_203)]
    for number in (0, 499, 500, 777, 1_202):
        some[number] = some[number] | {"start": "soon"}
    text = in_csv(some) if ending == "csv" else "\n".join(map(json.dumps, some))
    read, told, keys, whole = found(f"employers.{ending}", text)
    head = ending == "csv"
    bad = {0, 499, 500, 777, 1_202}
    assert [line for _, line in read] == [n + 1 + head for n in range(1_203) if n not in bad]
    assert [record.key for record, _ in read] == [f"e{n}" for n in range(1_203) if n not in bad]
    assert [int(each.split()[0]) for each in told] == [n + 1 + head for n in sorted(bad)]
    assert keys == {f"e{n}" for n in bad}
    assert whole


def test_all_that_is_wrong_in_a_line_is_told_together_whatever_it_is() -> None:
    line = '{"key": 5, "name": " Ash", "nmae": "Ash", "start": "2020-02-30", "end": "soon"}'
    faults = read_table(KIND, "employers.ndjson", line.encode()).faults
    assert [each.column for each in faults] == ["nmae", "kind", "key", "name", "start", "end"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1.5", "1e400"])
def test_a_number_is_no_text(number: str) -> None:
    for row in (GOOD_ROW | {"key": "a"}, {"key": "a", "kind": "works"}):
        line = json.dumps(row).replace('"a"', number)
        (fault, *_) = read_table(KIND, "employers.ndjson", line.encode()).faults[-1:]
        assert (fault.column, fault.message) == ("key", "expected text")


def test_the_rows_of_every_table_are_read_alike_with_msgspec_and_without() -> None:
    pytest.importorskip("msgspec")
    for file, text in GOOD.items():
        name, _, ending = file.partition(".")
        if ending != "csv":
            continue
        lines = "\n".join(map(json.dumps, csv.DictReader(io.StringIO(text)))).encode()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tables, "_FEW", 0)
            quick = read_table(TABLES[name], f"{name}.ndjson", lines)
        assert quick == read_table(TABLES[name], f"{name}.ndjson", lines)
        assert (len(quick.rows), quick.faults) == (text.count("\n") - 1, ())
