"""Files of people are placed whole or not at all, and their figures add up."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import unioncore
from tests.books import everything
from unioncore import bulk
from unioncore.errors import BadFacts, UnioncoreError, WrongArgument

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 6, 1)
ROWS: list[dict[str, Any]] = [
    {
        "key": "a",
        "employer.key": "kent-police",
        "employer.kind": "police-force",
        "employer.nation": "England",
        "employer.follows_national_pay": True,
        "job.group": "police-staff",
    },
    {
        "key": "b",
        "employer.key": None,
        "employer.kind": "nhs-trust",
        "employer.nation": "England",
        "employer.follows_national_pay": None,
        "job.group": "agenda-for-change",
    },
    {"key": "c", **dict.fromkeys(("employer.key", "employer.kind", "employer.nation"))},
]
NAMES = ("service_group", "negotiating_bodies")
READ = {".parquet": pl.read_parquet, ".csv": pl.read_csv, ".ndjson": pl.read_ndjson}


def written(folder: Path, ending: str) -> Path:
    frame, path = pl.DataFrame(ROWS), folder / f"people{ending}"
    match ending:
        case ".parquet":
            frame.write_parquet(path)
        case ".csv":
            frame.write_csv(path)
        case _:
            frame.write_ndjson(path)
    return path


def placed(source: Path, out: Path) -> bulk.PlacedRows:
    told: list[int] = []
    found = bulk.place_file(source, out, everything(), *NAMES, on=DAY, key="key", tell=told.append)
    assert told == [len(ROWS)]
    return found


@pytest.mark.parametrize("ending", READ)
def test_each_kind_of_file_is_placed_as_ask_places_its_people(tmp_path: Path, ending: str) -> None:
    found = placed(written(tmp_path, ending), tmp_path / f"out{ending}")
    assert (found.rows, found.placed, found.in_part, found.not_known) == (3, 2, 0, 1)
    assert not found.problems
    rows = {row["key"]: row for row in READ[ending](tmp_path / f"out{ending}").to_dicts()}
    for person in ROWS:
        facts = {key: value for key, value in person.items() if key != "key"}
        group = unioncore.ask(everything(), facts, "service_group", on=DAY)["service_group"]
        row = rows[person["key"]]
        assert row["service_group.known"] is group.known
        assert row["service_group"] == (group.value if group.known else None)


def test_what_is_not_placed_is_told_by_what_it_lacks(tmp_path: Path) -> None:
    found = placed(written(tmp_path, ".csv"), tmp_path / "out.csv")
    assert found.lacking["employer.kind"] == found.lacking["job.group"] == 1


def test_cells_that_mean_nothing_are_told_by_row_and_column(tmp_path: Path) -> None:
    people = written(tmp_path, ".csv")
    text = people.read_text().replace("nhs-trust", "nhs-trst").replace("true", "perhaps")
    people.write_text(text)
    found = placed(people, tmp_path / "out.csv")
    assert sorted(found.told) == [
        (1, "employer.follows_national_pay", "yes or no"),
        (2, "employer.kind", "one of the words declared for it"),
    ]
    assert "nhs-trst" not in found.to_text() + str(found.to_dict())


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("key,employer.knd\na,council\n", BadFacts),
        ("key,employer.kind\n", WrongArgument),
        ("name\na\n", UnioncoreError),
    ],
)
def test_where_it_fails_nothing_is_written(
    tmp_path: Path, content: str, error: type[Exception]
) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "out.parquet"
    people.write_text(content)
    out.write_text("as it was")
    with pytest.raises(error):
        placed(people, out)
    assert out.read_text() == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.parquet", "people.csv"]


def test_a_broken_line_is_told_without_what_it_holds(tmp_path: Path) -> None:
    people = tmp_path / "people.ndjson"
    people.write_text('{"key": "a"}\n{"key": "Jane Doe"')
    with pytest.raises(WrongArgument) as refused:
        placed(people, tmp_path / "out.csv")
    assert "Jane" not in str(refused.value)


def test_only_files_of_known_endings_are_read_and_written(tmp_path: Path) -> None:
    with pytest.raises(WrongArgument, match="a file that ends in"):
        placed(written(tmp_path, ".csv"), tmp_path / "out.xlsx")
