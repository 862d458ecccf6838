"""Everybody in a folder or a file is placed, and what became of them is told in figures."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins]
pytest.importorskip("click")
pytest.importorskip("rich")
pl = pytest.importorskip("polars")

Run = Callable[..., Any]

HEAD = "key,employer.key,employer.kind,employer.nation,job.group"
KNOWN = "a,kent-police,police-force,England,police-staff"


def place(run: Run, folder: Path, *rows: str, more: str = "") -> Any:
    people = folder / "people.csv"
    people.write_text("\n".join([HEAD, *rows]) + "\n")
    out = folder / "placed.parquet"
    return run(f"place {people} --on 2026-06-01 --out {out} --facts service_group {more}")


def test_a_file_of_people_who_are_all_known_is_placed(run: Run, tmp_path: Path) -> None:
    found = place(run, tmp_path, KNOWN)
    assert found.exit_code == 0
    assert "placed, with every fact known: 1" in found.stdout
    assert pl.read_parquet(tmp_path / "placed.parquet")["service_group"].to_list() == [
        "police-justice"
    ]


def test_it_ends_with_3_where_something_is_not_known(run: Run, tmp_path: Path) -> None:
    found = place(run, tmp_path, KNOWN, "b,,,,", more="--json")
    assert found.exit_code == 3
    figures = json.loads(found.stdout)
    assert (figures["rows"], figures["placed"], figures["not_known"]) == (2, 1, 1)
    assert figures["lacking"]["employer.kind"] == 1


def test_it_ends_with_1_where_cells_mean_nothing(run: Run, tmp_path: Path) -> None:
    found = place(run, tmp_path, KNOWN.replace("police-force", "polise-force"))
    assert found.exit_code == 1
    assert "row 1, employer.kind: expected one of the words declared for it" in found.stdout
    assert "polise-force" not in found.stdout


def test_a_misspelt_fact_is_told_with_the_nearest(run: Run, tmp_path: Path) -> None:
    found = run(f"place {tmp_path} --on 2026-06-01 --out {tmp_path}/o.csv --facts service_grop")
    assert found.exit_code != 0
    assert not (tmp_path / "o.csv").exists()
