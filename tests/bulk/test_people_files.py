"""Files of people are read whatever is in them, and all that is wrong is told by line and name."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import unioncore
from tests.books import everything
from unioncore import bulk
from unioncore.bulk import people_files
from unioncore.bulk.people_files import people_file
from unioncore.errors import BadFacts, BadUnion, UnknownName, WrongArgument

pytestmark = pytest.mark.needs_plugins

HEAD = "key,employer.kind,employer.nation,membership.joined,person.earnings,surname"
PEOPLE = {
    "a": {
        "employer.kind": "police-force",
        "employer.nation": "England",
        "membership.joined": date(2020, 2, 29),
        "person.earnings": Decimal("30000.00"),
    },
    "b": {"employer.kind": "nhs-trust"},
}


def csv(folder: Path, *rows: str, ends: str = "\n", begins: bytes = b"") -> Path:
    path = folder / "people.csv"
    path.write_bytes(begins + "".join(f"{row}{ends}" for row in (HEAD, *rows)).encode())
    return path


def ndjson(folder: Path, *lines: str, ends: str = "\n", begins: bytes = b"") -> Path:
    path = folder / "people.ndjson"
    path.write_bytes(begins + "".join(f"{line}{ends}" for line in lines).encode())
    return path


A_CSV = "a,police-force,England,2020-02-29,30000.00,Doe"
A_NDJSON = (
    '{"key": "a", "employer.kind": "police-force", "employer.nation": "England",'
    ' "membership.joined": "2020-02-29", "person.earnings": "30000.00", "surname": "Doe"}'
)
B_NDJSON = '{"key": "b", "employer.kind": "nhs-trust", "employer.nation": null}'


def read(path: Path) -> bulk.PeopleRead:
    return bulk.read_people(path, everything())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("begins", [b"", b"\xef\xbb\xbf"])
def test_text_is_read_with_either_end_of_lines_and_with_blank_lines(
    tmp_path: Path, ends: str, begins: bytes
) -> None:
    for path in (
        csv(tmp_path, A_CSV, "", "b,nhs-trust,,,,", ends=ends, begins=begins),
        ndjson(tmp_path, A_NDJSON, "", B_NDJSON, ends=ends, begins=begins),
    ):
        found = read(path)
        assert found.faults == ()
        assert found.ok() == PEOPLE


def test_parquet_is_read_by_its_types_and_text_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pl.DataFrame(
        {
            "key": ["a", "b"],
            "employer.kind": ["police-force", "nhs-trust"],
            "employer.nation": ["England", None],
            "membership.joined": ["2020-02-29", ""],
            "person.earnings": pl.Series([Decimal("30000.00"), None], dtype=pl.Decimal(12, 2)),
            "surname": ["Doe", None],
        }
    ).write_parquet(path)
    assert read(path).ok() == PEOPLE


def test_earnings_below_zero_are_a_fault_in_every_kind_of_file(tmp_path: Path) -> None:
    parquet = tmp_path / "people.parquet"
    amounts = pl.Series(["0.00", "-0.01"], dtype=pl.Decimal(12, 2))
    pl.DataFrame({"key": ["a", "b"], "person.earnings": amounts}).write_parquet(parquet)
    lines = ('{"key": "a", "person.earnings": 0}', '{"key": "b", "person.earnings": "-0.01"}')
    for path in (csv(tmp_path, "a,,,,0.00,", "b,,,,-0.01,"), ndjson(tmp_path, *lines), parquet):
        (fault,) = read(path).faults
        said = ("person.earnings", "expected pounds, zero or more, such as 719.00")
        assert (fault.column, fault.message) == said
        told = bulk.problems(path, everything())
        assert told.select("key", "column").rows() == [("b", "person.earnings")]


def test_what_was_read_can_be_asked_about(tmp_path: Path) -> None:
    people = read(ndjson(tmp_path, '{"key": "c", "employer.kind": "gp-practice"}')).ok()
    (found,) = unioncore.ask_many(everything(), people.values(), "organised", on=date(2026, 6, 1))
    assert found["organised"].value is True


def test_every_fault_is_told_with_line_and_name_and_the_good_rows_are_kept(tmp_path: Path) -> None:
    found = read(
        csv(
            tmp_path,
            A_CSV,
            "c,nhs-trst,England,2020-02-30,lots,Doe",
            "d,nhs-trust",
            "a,nhs-trust,,,,",
            '"e,nhs-trust',
        )
    )
    assert [str(fault) for fault in found.faults] == [
        "people.csv:3: employer.kind: expected one of the words declared for it;"
        " did you mean 'nhs-trust'?",
        "people.csv:3: membership.joined: expected a day such as 2026-06-01",
        "people.csv:3: person.earnings: expected pounds, zero or more, such as 719.00",
        "people.csv:4: expected 6 fields as in the first line, not 2",
        "people.csv:5: key: expected a key that no row above has",
        "people.csv:6: expected a line that can be read as CSV",
    ]
    assert list(found.people) == ["a"]
    with pytest.raises(BadUnion):
        found.ok()


def test_a_file_that_ends_within_a_record_loses_only_that_record(tmp_path: Path) -> None:
    found = read(ndjson(tmp_path, A_NDJSON, B_NDJSON[:-9], ends=""))
    assert found.people == {}  # both stand on one line
    path = ndjson(tmp_path, A_NDJSON, B_NDJSON)
    path.write_bytes(path.read_bytes()[:-9])
    found = read(path)
    assert list(found.people) == ["a"]
    assert [fault.line for fault in found.faults] == [2]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("p.csv", b"key,employer.knd\na,council\n", BadFacts),
        ("p.csv", b"key,employer.kind,employer.kind\na,council,council\n", BadFacts),
        ("p.csv", b"key,organised\na,yes\n", BadFacts),
        ("p.csv", b"key,Employer_Kind\na,council\n", BadFacts),
        ("p.csv", b"name,employer.kind\na,council\n", UnknownName),
        ("p.csv", b"", UnknownName),
        ("p.csv", "key\na\n".encode("utf-16"), WrongArgument),
        ("p.csv", b'"key\na\n', WrongArgument),
        ("p.csv", b"key;employer.kind\na;council\n", WrongArgument),
        ("p.ndjson", b'[{"key": "a"}]', WrongArgument),
        ("p.ndjson", b'{"key": "a' + b"a" * 1_200_000, WrongArgument),
        ("p.parquet", b"key\na\n", WrongArgument),
        ("p.xlsx", b"", WrongArgument),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as refused:
        read(path)
    assert "aaa" not in str(refused.value)


def test_what_is_no_utf_8_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    text = "key,person.earnings,surname\nZo\xeb,1.00,Zo\na,\xa31.00,Zo\nb,1.00,Zo\xeb\n"
    path.write_bytes(text.encode("cp1252"))  # as Excel writes CSV in Britain
    found = read(path)
    assert [str(fault) for fault in found.faults] == [
        f"p.csv:{line}: {column}: expected text in UTF-8; save the file as UTF-8"
        for line, column in ((2, "key"), (3, "person.earnings"))
    ]
    assert list(found.people) == ["b"]


def test_an_empty_file_holds_nobody(tmp_path: Path) -> None:
    assert read(ndjson(tmp_path)) == bulk.PeopleRead({}, ())
    assert read(csv(tmp_path)) == bulk.PeopleRead({}, ())


def test_problems_are_a_row_each_by_line_whatever_the_file(tmp_path: Path) -> None:
    frame = pl.DataFrame({"key": ["a", None], "employer.kind": ["nhs-trst", "nhs-trust"]})
    expected = [
        {
            "row": 1,
            "key": "a",
            "column": "employer.kind",
            "expected": "one of the words declared for it",
            "suggestion": "nhs-trust",
        },
        {
            "row": 2,
            "key": None,
            "column": "key",
            "expected": "text or a whole number that says whose row it is",
            "suggestion": None,
        },
    ]
    for ending, first in ((".csv", 2), (".ndjson", 1), (".parquet", 1)):
        path = tmp_path / f"people{ending}"
        getattr(frame, f"write_{ending[1:]}")(path)
        found = bulk.problems(path, everything()).to_dicts()
        assert found == [{**each, "row": each["row"] + first - 1} for each in expected]


keys = st.lists(st.sampled_from(["a", "b", " a", "c", "7"]), max_size=8)


@settings(max_examples=20, deadline=None)
@given(keys, st.sampled_from([".csv", ".ndjson", ".parquet"]))
def test_each_key_that_a_row_above_has_is_a_problem_whatever_the_file(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], ending: str
) -> None:
    path = tmp_path_factory.mktemp("keys") / f"people{ending}"
    frame = pl.DataFrame({"key": keys, "note": "x"}, schema={"key": pl.String, "note": pl.String})
    getattr(frame, f"write_{ending[1:]}")(path)
    first = 2 if ending == ".csv" else 1
    meant = [key.strip() for key in keys]
    repeated = [at + first for at, key in enumerate(meant) if key in meant[:at]]
    found = bulk.problems(path, everything())
    assert found.select("row", "column").rows() == [(row, "key") for row in repeated]
    assert [fault.line for fault in read(path).faults] == repeated


def test_slices_of_a_parquet_file_tell_what_the_whole_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = ["nhs-trust", "nhs-trst", None, "council", "cuncil"]
    pl.DataFrame(
        {
            "key": ["a", "b", "c", None, "e"],
            "employer.kind": kinds,
            "membership.joined": ["2020-02-29", "", "yesterday", None, "2020-02-30"],
            "person.earnings": [1.0, float("nan"), None, 0.5, 2.0],
        }
    ).write_parquet(tmp_path / "people.parquet")
    whole = bulk.problems(tmp_path / "people.parquet", everything())
    assert whole.select("row", "column").rows() == [
        (2, "employer.kind"),
        (3, "membership.joined"),
        (4, "key"),
        (5, "employer.kind"),
        (5, "membership.joined"),
    ]
    monkeypatch.setattr(people_files, "_SLICE", 2)
    assert bulk.problems(tmp_path / "people.parquet", everything()).equals(whole)


lines = st.lists(
    st.sampled_from([A_NDJSON, B_NDJSON, "", "{", '{"key": "caf\u00e9", "employer.kind": "x"}']),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(lines, st.integers(1, 5), st.sampled_from([7, 100, 1_000]), st.booleans())
def test_parts_hold_each_line_once_under_its_number(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], count: int, block: int, ended: bool
) -> None:
    path = ndjson(tmp_path_factory.mktemp("parts"), *lines)
    if not ended:
        path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    source = people_file(path, everything(), "key")

    def all_of(count: int) -> tuple[list[Any], list[Any]]:
        told: list[Any] = []
        parts = [source.rows(part, told.append) for part in source.parts(count)]
        return [row for some in parts for rows in some for row in rows], told

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people_files, "_BLOCK", block)
        assert all_of(count) == all_of(1)
        numbers = [number for number, _ in all_of(1)[0]]
    assert numbers == [n for n, line in enumerate(lines, 1) if line.startswith('{"key"')]
