"""Files of people are placed whole or not at all, and their figures add up."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import unioncore
from tests.books import everything
from unioncore import bulk
from unioncore.errors import BadFacts, NotWritten, UnioncoreError, WrongArgument

resource = pytest.importorskip("resource")  # Windows has none
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
    found = bulk.place_file(source, out, everything(), *NAMES, on=DAY, tell=told.append)
    assert told[-1] == len(ROWS)
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


@pytest.mark.parametrize("ending", READ)
def test_what_is_not_known_is_told_with_what_could_still_decide_it(
    tmp_path: Path, ending: str
) -> None:
    found = placed(written(tmp_path, ending), tmp_path / f"out{ending}")
    open_, lacking = Counter[str](), Counter[str]()
    for person in ROWS:
        facts = {key: value for key, value in person.items() if key != "key" and value is not None}
        answers = unioncore.ask(everything(), facts, *NAMES, on=DAY)
        open_.update(name for name in NAMES if not answers[name].known)
        lacking.update({key for name in NAMES for key in answers[name].missing})
    assert (found.open, found.lacking) == (open_, lacking)
    assert lacking["employer.kind"] == 1


def test_what_no_rule_decides_lacks_nothing(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("key,employer.kind,employer.nation,job.group\na,council,England,\n")
    found = bulk.place_file(people, tmp_path / "out.csv", everything(), "branch", on=DAY)
    assert (found.open, found.lacking) == ({"branch": 1}, {})


def test_cells_that_mean_nothing_are_told_by_row_and_column(tmp_path: Path) -> None:
    people = written(tmp_path, ".csv")
    text = people.read_text().replace("nhs-trust", "nhs-trst").replace("true", "perhaps")
    people.write_text(text)
    found = placed(people, tmp_path / "out.csv")
    assert list(map(str, found.told)) == [
        "line 2, employer.follows_national_pay: expected yes or no",
        "line 3, employer.kind: expected one of the words declared for it;"
        " did you mean 'nhs-trust'?",
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


def test_a_broken_line_is_told_without_what_it_holds_and_the_others_are_placed(
    tmp_path: Path,
) -> None:
    people = tmp_path / "people.ndjson"
    people.write_text('{"key": "a"}\n{"key": "Jane Doe"')
    found = bulk.place_file(people, tmp_path / "out.csv", everything(), *NAMES, on=DAY)
    assert (found.rows, found.problems) == (1, {"": 1})
    assert str(found.told[0]).startswith("line 2: expected a JSON object on each line")
    assert "Jane" not in str(found.to_dict()) + found.to_text()


def test_folders_above_the_answers_are_made(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder" / "out.csv"
    placed(written(tmp_path, ".csv"), out)
    assert out.exists()


def test_text_in_parquet_is_read_and_wrong_rows_are_told_by_their_number(tmp_path: Path) -> None:
    people = tmp_path / "people.parquet"
    frame = pl.DataFrame(ROWS).with_columns(
        pl.Series("employer.follows_national_pay", ["yes", "perhaps", ""]),
        pl.Series("employer.kind", ["police-force", "nhs-trust", "nhs-trst"]),
    )
    frame.write_parquet(people)
    found = placed(people, tmp_path / "out.parquet")
    assert [(each.line, each.column) for each in found.told] == [
        (2, "employer.follows_national_pay"),
        (3, "employer.kind"),
    ]
    with_yes = pl.read_parquet(tmp_path / "out.parquet")
    placed(written(tmp_path, ".ndjson"), tmp_path / "other.parquet")
    assert with_yes.equals(pl.read_parquet(tmp_path / "other.parquet"))


@pytest.mark.slow
@pytest.mark.parametrize("engine", sorted({"duckdb", "pyarrow", "pandas"}))
def test_every_engine_writes_the_same_file(tmp_path: Path, engine: str) -> None:
    people = written(tmp_path, ".ndjson")
    placed(people, tmp_path / "polars.parquet")
    out = tmp_path / "out.parquet"
    bulk.place_file(people, out, everything(), *NAMES, on=DAY, engine=engine)
    assert pl.read_parquet(out).equals(pl.read_parquet(tmp_path / "polars.parquet"))


@pytest.mark.slow
@pytest.mark.parametrize("ending", READ)
def test_parts_side_by_side_make_the_same_file_and_figures(tmp_path: Path, ending: str) -> None:
    people = tmp_path / f"people{ending}"
    many = pl.concat([pl.DataFrame(ROWS)] * 40, how="vertical").with_columns(
        key=pl.int_range(120).cast(pl.String)
    )
    getattr(many, f"write_{ending[1:]}")(people)
    one, several = tmp_path / f"one{ending}", tmp_path / f"several{ending}"
    whole = bulk.place_file(people, one, everything(), *NAMES, on=DAY)
    with ThreadPoolExecutor(2) as pool:
        found = bulk.place_file(
            people, several, everything(), *NAMES, on=DAY, executor=pool, parts=3
        )
    assert found == whole
    assert found.rows == 120
    assert READ[ending](several).equals(READ[ending](one))


def test_short_answers_say_only_what_is_known(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    bulk.place_file(written(tmp_path, ".csv"), out, everything(), *NAMES, on=DAY, short=True)
    columns = pl.read_csv(out).columns
    assert {"key", "service_group", "service_group.known"} <= set(columns)
    assert not [name for name in columns if name.endswith((".rule", ".warns"))]


@pytest.mark.slow
@pytest.mark.parametrize("ending", READ)
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, ending: str) -> None:
    people, out = written(tmp_path, ".csv"), tmp_path / f"out{ending}"
    out.write_text("as it was")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(NotWritten, match="cannot be written"):
            placed(people, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert out.read_text() == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"out{ending}", "people.csv"]


def test_a_file_is_not_written_over_itself(tmp_path: Path) -> None:
    people = written(tmp_path, ".csv")
    kept = people.read_bytes()
    (tmp_path / "link.csv").symlink_to(people)
    for out in (people, tmp_path / "link.csv"):
        with pytest.raises(WrongArgument, match="out: expected another file than source"):
            placed(people, out)
    assert people.read_bytes() == kept


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"names": ()}, "names: expected facts, got none"),
        ({"parts": 0}, "parts: expected one or more, got 0"),
        ({"executor": 3}, "executor: expected an executor"),
        ({"source": "none.csv"}, "file: expected a file, got none.csv, which is none"),
        ({"source": "."}, "file: expected a file that ends in"),
        ({"key": 3}, "key: expected text, got int"),
    ],
)
def test_what_cannot_be_placed_is_refused(
    tmp_path: Path, wrong: dict[str, Any], expected: str
) -> None:
    how = {"source": written(tmp_path, ".csv"), "names": NAMES, "key": "key", **wrong}
    names, source = how.pop("names"), how.pop("source")
    with pytest.raises(WrongArgument) as refused:
        bulk.place_file(source, tmp_path / "o.csv", everything(), *names, on=DAY, **how)
    assert str(refused.value).startswith(expected)
    assert not (tmp_path / "o.csv").exists()


def test_only_files_of_known_endings_are_read_and_written(tmp_path: Path) -> None:
    with pytest.raises(WrongArgument, match="a file that ends in"):
        placed(written(tmp_path, ".csv"), tmp_path / "out.xlsx")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "expected rows, got none; give a file that has some"),
        (
            '{"id": "a"}\n{"id": "b"}',
            "expected rows with a key, got none;"
            " line 1, key: expected text or a whole number that says whose row it is",
        ),
    ],
)
def test_a_file_of_nobody_is_refused_whatever_is_asked(
    tmp_path: Path, content: str, expected: str
) -> None:
    people, book = tmp_path / "people.ndjson", everything()
    people.write_text(content)
    for ask in (
        lambda: placed(people, tmp_path / "out.csv"),
        lambda: list(bulk.rows_of(people, book, [], "key", bulk.PlacedRows())),
        lambda: bulk.file_impact(
            people, book, *NAMES, on=DAY, later=DAY, changed=book, key="key", tell=lambda rows: None
        ),
    ):
        with pytest.raises(WrongArgument) as refused:
            ask()
        assert str(refused.value) == f"source: {expected}"
