"""What needs attention in the cases of a union's folder, on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.books import everything
from tests.casework import DAY, a_case, a_union

from unioncore import Rulebook, write_union

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins]
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


@pytest.fixture
def folder(tmp_path: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A union's folder with one case, in which nobody represents."""
    monkeypatch.setattr("unioncore.cli.chosen.compose", lambda *plugins, **more: book)
    write_union(a_union(), tmp_path)
    (tmp_path / "cases").mkdir()
    plain = a_case(book).to_dict()
    (tmp_path / "cases" / "C-1.json").write_text(json.dumps(plain), encoding="utf-8")
    return tmp_path


def test_it_says_what_who_and_ends_with_1(run: Run, folder: Path) -> None:
    result = run("attention", str(folder), "--on", DAY.isoformat())
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"on {DAY}",
        f"unison, read from the folder {folder}",
        "",
        "C-1/t: nobody represents: nobody is assigned",
        "  to act: branch secretary (edda), by 1 September 2025",
        "1 to look at; 1 cases were read",
    ]
    result = run("attention", str(folder), "--on", DAY.isoformat(), "--json", "--idle", "0")
    assert result.exit_code == 1
    assert [each["what"] for each in json.loads(result.stdout)] == [
        "nobody represents",
        "nothing happened",
    ]


def test_where_nothing_needs_it_it_ends_with_0(run: Run, folder: Path) -> None:
    result = run("attention", str(folder), "--on", DAY.isoformat(), "--person", "cato")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "nothing needs attention; 1 cases were read"


def test_everything_wrong_with_the_folder_is_told_at_once(run: Run, folder: Path) -> None:
    for name, text in (("C-2.json", "{"), ("C-3.txt", ""), ("C-1b.json", None)):
        original = (folder / "cases" / "C-1.json").read_text(encoding="utf-8")
        (folder / "cases" / name).write_text(original if text is None else text, encoding="utf-8")
    (folder / "peple.csv").write_text("key\n", encoding="utf-8")
    wanted = [
        "peple.csv: no table has this name; did you mean 'people'?",
        "cases/C-1b.json: reference: cases/C-1.json has the same reference",
        "cases/C-2.json: cannot be read as JSON: line 1: Expecting property name enclosed in "
        "double quotes",
        "cases/C-3.txt: is no case; a case is a file .json",
    ]
    result = run("attention", str(folder))
    assert (result.exit_code, result.stderr.splitlines()) == (1, wanted)
    result = run("check", str(folder))
    assert (result.exit_code, result.stdout.splitlines()[:-1]) == (1, wanted)


def test_the_days_go_into_a_calendar_without_people(run: Run, folder: Path) -> None:
    icalendar = pytest.importorskip("icalendar")
    file = folder / "days.ics"
    words = ("attention", str(folder), "--on", DAY.isoformat(), "--ics", str(file))
    assert run(*words).exit_code == 1
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["summary"] == "C-1/t: nobody represents"
    assert event["dtstart"].dt.isoformat() == "2025-09-01"
    assert "to act: branch secretary" in event["description"]
    assert b"edda" not in file.read_bytes()
