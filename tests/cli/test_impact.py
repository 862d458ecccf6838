"""What a change of the rules does to the members of a folder or a file."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins, pytest.mark.slow]
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]

HEAD = "key,employer.key,employer.kind,employer.nation,job.group\n"
WHOEVER = "police-force,England,police-staff\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(f"{HEAD}a,kent-police,{WHOEVER}b,kent-police,{WHOEVER}c,,,,\n")
    return file


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The distribution of a plugin in which a rule gives another group."""
    import unioncore_police_justice

    package = Path(unioncore_police_justice.__file__).parent
    distribution = tmp_path / "unioncore-police-justice"
    copied = distribution / "src" / package.name
    shutil.copytree(package, copied)
    (distribution / "pyproject.toml").write_text("")
    file = copied / "definitions" / "with-unison" / "service_group.toml"
    written = file.read_text("utf-8")
    start = written.index('key = "pj.police-staff"')
    changed = written[start:].replace('value = "police-justice"', 'value = "health"')
    file.write_text(written[:start] + changed, "utf-8")
    return distribution


def test_two_days_of_a_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import unioncore_unison

    folder = Path(unioncore_unison.__file__).parent / "example_union"
    words = f"impact 2026-02-17 2026-10-01 {folder} --facts service_group,bargaining_level"
    plain = json.loads(run(f"{words} --json").stdout)
    assert [each["fact"] for each in plain["facts"]] == ["service_group", "bargaining_level"]
    told = run(words).stdout
    assert told.startswith("on 2026-10-01 against 2026-02-17\nmembers: ")


def test_the_folder_of_a_changed_plugin_is_held_against_the_installed_one(
    run: Run, people: Path, changed: Path
) -> None:
    pytest.importorskip("polars")
    done = run(f"impact {people} --plugin {changed} --facts service_group --on 2026-06-01")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"with {changed} against without, on 2026-06-01",
        "members: 3",
        "members with an answer that changes: 2",
        "service_group: 2",
        "  police-justice -> health: 2 (pj.police-staff)",
    ]


def test_it_is_drawn(run: Run, people: Path) -> None:
    pytest.importorskip("polars")
    words = f"impact 1990-06-01 2026-06-01 {people} --facts service_group --format svg"
    assert run(words).stdout.startswith("<svg ")
    same = run(f"impact 2026-06-01 2026-06-02 {people} --facts service_group --format svg")
    assert (same.exit_code, "there is no plot" in same.stderr) == (2, True)


def test_a_fact_that_is_named_twice_is_counted_once(run: Run, people: Path) -> None:
    pytest.importorskip("polars")
    words = f"impact 1990-06-01 2026-06-01 {people} --facts"
    once = run(f"{words} service_group")
    assert once.stdout.count("service_group") == 1
    assert run(*words.split(), "service_group, service_group").stdout == once.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("impact 2026-01-01 {file}", "expected two days and one FILE or DIR, got 2 words"),
        ("impact 2026-01-01 2026-02-01 no-such", "there is no file or folder no-such"),
        ("impact 2026-01-01 2026-2-31 {file}", "did you mean 2026-02-28?"),
        ("impact 2026-01-01 2026-02-01 {file} --on 2026-01-01", "leave --on out"),
        ("impact {file} --plugin no-such", "give that of the changed plugin"),
    ],
)
def test_what_is_wrong_is_told(run: Run, people: Path, words: str, said: str) -> None:
    done = run(words.replace("{file}", str(people)))
    assert done.exit_code == 2
    assert said in done.stderr
