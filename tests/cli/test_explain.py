"""One member of a union, from its folder or from the example."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")
from tests.books import everything
from tests.casework import a_union

from unioncore.cli import chosen
from unioncore.cli.union_folder import UnionFolder
from unioncore.records import write_union

pytestmark = pytest.mark.needs_cli

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(chosen, "compose", lambda *plugins, **more: everything())
    write_union(a_union(), tmp_path)
    return tmp_path


def test_it_says_which_union_and_which_folder_it_reads(run: Run, folder: Path) -> None:
    lines = run("explain", "ada", "--union", str(folder), "--on", "2025-06-01").stdout.splitlines()
    assert lines[:2] == ["on 2025-06-01", f"unison, read from the folder {folder}"]
    assert lines[3].startswith("Ada Example (ada)")


def test_it_says_when_it_reads_the_example(folder: Path) -> None:
    told = UnionFolder(folder, "unison").told(a_union()).splitlines()
    assert told[1] == "  the example that the plugin unison ships; its people are made up"


def test_for_a_key_that_nobody_has_it_suggests_a_key_and_names_the_folder(
    run: Run, folder: Path
) -> None:
    done = run("explain", "Adda", "--union", str(folder), "--on", "2025-06-01")
    assert (done.exit_code, done.stdout) == (2, "")
    said = f"no member is called 'Adda' in the folder {folder}; did you mean 'ada'?\n"
    assert done.stderr == said
    done = run("attention", str(folder), "--person", "Example", "--on", "2025-06-01")
    assert "in the folder" in done.stderr
    assert "Ada Example" not in done.stderr


def test_past_the_last_day_of_the_records_it_says_whose_they_are(run: Run, folder: Path) -> None:
    head = 'union = "unison"\nname = "UNISON"\nkept_until = 2026-12-31\n'
    (folder / "union.toml").write_text(head)
    (folder / "accreditations.csv").unlink()  # they would end too late
    done = run("explain", "ada", "--union", str(folder), "--on", "2027-01-01")
    assert done.stdout == f"on 2027-01-01\nUNISON, read from the folder {folder}\n\n", done.stderr
    assert done.exit_code == 3
    assert "not known on 2027-01-01: the records are kept until 2026-12-31" in done.stderr
