"""Everybody in a folder or a file is placed, and what became of them is told in figures."""

import json
import os
import signal
import subprocess
import sys
import time
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
    assert figures["open"] == {"service_group": 1}
    assert figures["lacking"]["employer.kind"] == 1


def test_it_ends_with_1_where_cells_mean_nothing(run: Run, tmp_path: Path) -> None:
    found = place(run, tmp_path, KNOWN.replace("police-force", "polise-force"))
    assert found.exit_code == 1
    assert "line 2, employer.kind: expected one of the words declared for it" in found.stdout
    assert "polise-force" not in found.stdout


def test_a_misspelt_fact_is_told_with_the_nearest(run: Run, tmp_path: Path) -> None:
    found = run(f"place {tmp_path} --on 2026-06-01 --out {tmp_path}/o.csv --facts service_grop")
    assert found.exit_code != 0
    assert not (tmp_path / "o.csv").exists()


def test_answers_are_never_written_over_what_is_read(run: Run, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text(f"{HEAD}\n{KNOWN}\n")
    kept = people.read_text()
    (tmp_path / "sub").mkdir()
    for source, out in ((people, tmp_path / "sub" / ".." / "people.csv"), (tmp_path, people)):
        found = run(f"place {source} --on 2026-06-01 --out {out}")
        assert found.exit_code == 2
        assert people.read_text() == kept
    assert "lies in the union's folder; give a file outside it" in found.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signal")
@pytest.mark.parametrize("more", [(), ("--processes", "2")])
def test_stopped_by_hand_it_leaves_nothing_behind(tmp_path: Path, more: tuple[str, ...]) -> None:
    people, out = tmp_path / "people.csv", tmp_path / "placed.csv"
    people.write_text("\n".join([HEAD, *[KNOWN] * 300_000]) + "\n")
    out.write_text("as it was")
    command = [sys.executable, "-m", "unioncore", "place", people, "--on", "2026-06-01"]
    running = subprocess.Popen(
        [*command, "--out", out, *more],
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    while not [*tmp_path.glob(".unioncore-*/*")] and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert said.rstrip().endswith("stopped")
    assert out.read_text() == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["people.csv", "placed.csv"]


@pytest.mark.slow
def test_two_processes_write_what_one_does(run: Run, tmp_path: Path) -> None:
    rows = [KNOWN.replace("a,", f"{number},", 1) for number in range(50)] + ["b,,,,"]
    assert place(run, tmp_path, *rows).exit_code == 3
    one = pl.read_parquet(tmp_path / "placed.parquet")
    found = place(run, tmp_path, *rows, more="--processes 2")
    assert found.exit_code == 3
    assert "placed, with every fact known: 50" in found.stdout
    assert pl.read_parquet(tmp_path / "placed.parquet").equals(one)


@pytest.mark.slow
def test_every_engine_that_is_offered_is_one_of_the_library(run: Run, tmp_path: Path) -> None:
    from unioncore.bulk.files import ENGINES

    pytest.importorskip("duckdb")
    for engine in ENGINES:
        assert place(run, tmp_path, KNOWN, more=f"--engine {engine}").exit_code == 0
    assert place(run, tmp_path, KNOWN, more="--engine polers").exit_code == 2


def test_a_file_without_a_column_of_keys_is_told_of_the_option(run: Run, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Ref No,employer.kind\n1,council\n")
    found = run(f"place {people} --on 2026-06-01 --out {tmp_path}/o.csv")
    assert found.exit_code == 2
    assert "no column is called 'key'; name the column that holds" in found.stderr
    assert "--key" in found.stderr
