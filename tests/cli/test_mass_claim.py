"""What the command about a claim of many members prints, and what its files hold."""

import csv
import json
import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from unioncore.answers import CLAIMANT_COLUMNS

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

ASKED = ("mass-claim", "--claim", "evening-cleaners", "--on", "2026-10-01")
CONSENTED = ["M0851", "M0816", "M0683", "M0735"]


def read(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_the_files_hold_those_who_consented_and_no_name(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    solicitor, employer = tmp_path / "s.csv", tmp_path / "e.csv"
    done = run(*ASKED, "--export", str(solicitor), "--employer-export", str(employer))
    assert done.exit_code == 0
    head, *rows = read(solicitor)
    assert (tuple(head), [row[0] for row in rows]) == (CLAIMANT_COLUMNS, CONSENTED)
    assert read(employer) == [["person"], *([key] for key in sorted(CONSENTED))]
    people = resources.files("unioncore_unison") / "example_union" / "people.csv"
    names = [row["name"] for row in csv.DictReader(people.read_text("utf-8").splitlines())]
    told = solicitor.read_text("utf-8") + employer.read_text("utf-8") + done.output
    assert not [name for name in names if name in told]


def test_no_export_is_written_among_the_records(run: Callable[..., Any], tmp_path: Path) -> None:
    example = resources.files("unioncore_unison") / "example_union"
    with resources.as_file(example) as folder:
        shutil.copytree(folder, tmp_path / "union")
    claimants = tmp_path / "union" / "claimants.csv"
    kept = claimants.read_bytes()
    for option in ("--export", "--employer-export"):
        done = run(ASKED[0], str(tmp_path / "union"), *ASKED[1:], option, str(claimants))
        assert done.exit_code == 2
        assert "lies in the union's folder" in done.stderr
    assert claimants.read_bytes() == kept


def test_keys_are_said_only_when_they_are_asked_for(run: Callable[..., Any]) -> None:
    said, plain = run(*ASKED).output, run(*ASKED, "--json").output
    assert not [key for key in CONSENTED if key in said or key in plain]
    assert "late: M0816" in run(*ASKED, "--keys").output
    listed = json.loads(run(*ASKED, "--keys", "--json").output)
    assert [each["person"] for each in listed][:2] == ["M0851", "M0816"]


def test_one_person_is_told_with_reasons(run: Callable[..., Any]) -> None:
    assert "Slack v Cumbria" in run(*ASKED, "--person", "M0851").output
    other = run(*ASKED, "--person", "M0001")
    assert other.exit_code == 2
    assert "M0001 has no job with example-cleaning" in other.output


def test_a_claim_that_is_not_there_is_refused_with_the_nearest(run: Callable[..., Any]) -> None:
    refused = run("mass-claim", "--claim", "evening-cleaner", "--on", "2026-10-01")
    assert refused.exit_code == 2
    assert "evening-cleaners" in refused.output


def test_what_is_not_known_ends_with_three(run: Callable[..., Any], tmp_path: Path) -> None:
    example = resources.files("unioncore_unison") / "example_union"
    for file in example.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    claims = tmp_path / "mass_claims.csv"
    head, *rows = claims.read_text("utf-8").splitlines()
    lines = (f"group,{head}", *(f"person.studying,{row}" for row in rows))
    claims.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run(*ASKED, str(tmp_path)).exit_code == 3
