"""Whatever a folder holds, reading it ends in a report, and what has no fault is read whole."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.records.folders import GOOD
from tests.synthetic import source
from unioncore.errors import DataFault
from unioncore.model import TABLES, columns
from unioncore.records import Reading, read_files, read_union, write_union

BYTES = {name: text.encode() for name, text in GOOD.items()}
POLICY = (
    source("own", "A policy made up for this test", "remembered").encode()
    + b"""
[[setting]]
fact = "some.fact"
value = 5
period = { start = 2020-01-01 }
branch = "ash"
citations = [{ source = "own" }]
"""
)
EVERY = {**BYTES, "policies/ash.toml": POLICY}

names = st.sampled_from(sorted(EVERY))
tables = st.sampled_from(sorted(name for name in BYTES if name.endswith(".csv")))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "union"


def reads_or_reports(files: dict[str, bytes], folder: Path) -> Reading:
    """Read files; what has no fault must be the same after it was written."""
    reading = read_files(files)
    assert isinstance(reading, Reading)
    assert all(isinstance(fault, DataFault) for fault in reading.faults)
    assert all(fault.file in {*files, "union.toml"} for fault in reading.faults)
    assert all(fault.message and fault.line >= 0 for fault in reading.faults)
    if not reading.faults:
        write_union(reading.union, folder, extra=reading.extra)
        again = read_union(folder)
        assert again.faults == ()
        assert {table: getattr(again.union, table) for table in TABLES} == {
            table: getattr(reading.union, table) for table in TABLES
        }
        assert (again.union.key, again.union.name) == (reading.union.key, reading.union.name)
    return reading


def rows_of(name: str) -> int:
    return GOOD[name].count("\n") - 1


def test_the_good_folder_is_read(folder: Path) -> None:
    assert reads_or_reports(EVERY, folder).faults == ()


endings = st.sampled_from(["csv", "ndjson", "toml", "txt", ""])


@given(
    name=names | st.builds("{}.{}".format, st.sampled_from(sorted(TABLES)), endings),
    content=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()),
)
@example(name="units.csv", content=b"\x00" * 5)
@example(name="units.csv", content=b'"')
@example(name="units.csv", content=b"\xff\xfe")
@example(name="union.toml", content=b"a." * 5000 + b"a = 1")
def test_any_bytes(folder: Path, name: str, content: bytes) -> None:
    others = {n: c for n, c in EVERY.items() if n.partition(".")[0] != name.partition(".")[0]}
    reads_or_reports({**others, name: content}, folder)


@given(name=names, data=st.data())
def test_a_file_cut_short(folder: Path, name: str, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(EVERY[name])))
    reading = reads_or_reports({**EVERY, name: EVERY[name][:length]}, folder)
    if length == 0 and name.endswith(".csv"):
        assert reading.faults


@given(name=names, data=st.data(), byte=st.integers(0, 255))
def test_one_byte_changed(folder: Path, name: str, data: st.DataObject, byte: int) -> None:
    content = bytearray(EVERY[name])
    content[data.draw(st.integers(0, len(content) - 1))] = byte
    reading = reads_or_reports({**EVERY, name: bytes(content)}, folder)
    if byte >= 0x80:  # alone, it is never UTF-8
        assert reading.faults


@given(name=names, encoding=st.sampled_from(["utf-16", "utf-16-be", "utf-32", "cp037"]))
def test_another_encoding(folder: Path, name: str, encoding: str) -> None:
    content = EVERY[name].decode().encode(encoding)
    assert any(
        fault.file == name for fault in reads_or_reports({**EVERY, name: content}, folder).faults
    )


@given(name=tables, data=st.data(), length=st.sampled_from([1000, 1001, 131_072, 200_000]))
def test_a_huge_field(folder: Path, name: str, data: st.DataObject, length: int) -> None:
    lines = [line.split(",") for line in GOOD[name].splitlines()]
    row = data.draw(st.sampled_from(lines))
    row[data.draw(st.integers(0, len(row) - 1))] = "x" * length
    text = "\n".join(",".join(line) for line in lines)
    reading = reads_or_reports({**EVERY, name: text.encode()}, folder)
    if length > 1000:
        assert reading.faults
    assert all(len(fault.message) < 1000 for fault in reading.faults)


@given(name=tables, data=st.data())
def test_columns_in_another_order_say_the_same(
    folder: Path, name: str, data: st.DataObject
) -> None:
    lines = [line.split(",") for line in GOOD[name].splitlines()]
    order = data.draw(st.permutations(range(len(lines[0]))))
    text = "\n".join(",".join(line[place] for place in order) for line in lines)
    reading = reads_or_reports({**EVERY, name: text.encode()}, folder)
    assert reading == read_files(EVERY)


@given(name=tables, data=st.data())
def test_two_columns_swapped_under_their_names(
    folder: Path, name: str, data: st.DataObject
) -> None:
    header, *lines = (line.split(",") for line in GOOD[name].splitlines())
    one, other = data.draw(
        st.lists(st.integers(0, len(header) - 1), min_size=2, max_size=2, unique=True)
    )
    for line in lines:
        line[one], line[other] = line[other], line[one]
    text = "\n".join(",".join(line) for line in [header, *lines])
    reads_or_reports({**EVERY, name: text.encode()}, folder)


@given(name=tables, ends=st.lists(st.sampled_from(["\n", "\r\n", "\r", "\n\n"]), min_size=1))
def test_mixed_line_ends_say_the_same(folder: Path, name: str, ends: list[str]) -> None:
    lines = GOOD[name].splitlines()
    text = "".join(line + ends[place % len(ends)] for place, line in enumerate(lines))
    reading = reads_or_reports({**EVERY, name: text.encode()}, folder)
    assert reading == read_files(EVERY)


@given(name=tables, data=st.data())
def test_a_line_twice_is_always_reported(folder: Path, name: str, data: st.DataObject) -> None:
    lines = GOOD[name].splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    text = "\n".join([*lines, lines[place]])
    reading = reads_or_reports({**EVERY, name: text.encode()}, folder)
    assert any(fault.file == name and fault.line == len(lines) + 1 for fault in reading.faults)


WEIRD = st.sampled_from(
    [
        "0000-00-00",
        "9999-12-31",
        "2023-02-29",
        "2024-2-1",
        "20240601",
        "2024-W23-6",
        "2024-153",
        "01/06/2024",
        "1 June 2024",
        "2024-06-01T00:00:00Z",
        "-2024-06-01",
        "+2024-06-01",
        "\uff12\uff10\uff12\uff14-06-01",
        "2024\u201306\u201301",
        "45444",
        "today",
        "2199-12-31",
        "1800-01-01",
        "1799-12-31",
        "2024-06-01/",
        "/2024-06-01",
        "2024-06-01/2024-06-01",
    ]
)
LIKE_A_DAY = {"2199-12-31", "1800-01-01"}


@given(name=tables, data=st.data(), day=WEIRD)
def test_weird_days(folder: Path, name: str, data: st.DataObject, day: str) -> None:
    lines = [line.split(",") for line in GOOD[name].splitlines()]
    dated = [place for place, column in enumerate(lines[0]) if column in ("start", "end", "born")]
    if not dated:
        return
    line = data.draw(st.integers(1, len(lines) - 1))
    lines[line][data.draw(st.sampled_from(dated))] = day
    text = "\n".join(",".join(each) for each in lines)
    reading = reads_or_reports({**EVERY, name: text.encode()}, folder)
    if day not in LIKE_A_DAY:
        assert any((fault.file, fault.line) == (name, line + 1) for fault in reading.faults)


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
nested = st.recursive(plain, lambda each: st.lists(each) | st.dictionaries(st.text(), each))


@given(table=st.sampled_from(sorted(TABLES)), data=st.data())
def test_any_json(folder: Path, table: str, data: st.DataObject) -> None:
    column = st.sampled_from(sorted(columns(TABLES[table])))
    rows = st.dictionaries(column | st.text(max_size=3), nested, max_size=6) | nested
    text = "\n".join(json.dumps(row) for row in data.draw(st.lists(rows, max_size=3)))
    others = {name: content for name, content in EVERY.items() if name != f"{table}.csv"}
    reads_or_reports({**others, f"{table}.ndjson": text.encode()}, folder)


@given(pairs=st.lists(st.tuples(st.sampled_from(["key", "kind", "name"]), st.text(max_size=3))))
def test_keys_that_stand_twice_in_an_object(folder: Path, pairs: list[tuple[str, str]]) -> None:
    text = ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in pairs)
    files = {"union.toml": BYTES["union.toml"], "employers.ndjson": f"{{{text}}}".encode()}
    reading = reads_or_reports(files, folder)
    used = [name for name, _ in pairs]
    if len(used) != len(set(used)):
        assert any("twice" in fault.message for fault in reading.faults)


@given(text=st.text(max_size=60))
def test_any_text_behind_the_unions_key(folder: Path, text: str) -> None:
    reads_or_reports({**BYTES, "union.toml": f'union = "u"\n{text}'.encode()}, folder)


@given(column=st.text(min_size=1, max_size=6))
def test_any_name_for_a_column_of_ones_own(folder: Path, column: str) -> None:
    escaped = "".join(f"\\U{ord(letter):08x}" for letter in column)
    files = {
        "union.toml": f'union = "u"\n[columns]\nemployers = ["{escaped}"]\n'.encode(),
        "employers.ndjson": json.dumps(
            {"key": "mill", "kind": "works", "name": "Mill", column: "own"}
        ).encode(),
    }
    reads_or_reports(files, folder)
