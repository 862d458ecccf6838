import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

KENT = (
    "--set employer.key=kent-police --set employer.kind=police-force "
    "--set employer.nation=England --set job.group=police-staff"
)
needs_plugins = pytest.mark.needs_plugins

Run = Callable[[str], Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    from click.testing import CliRunner

    from unioncore.cli.commands import cli

    monkeypatch.delenv("UNIONCORE_PLUGINS", raising=False)

    def invoke(words: str) -> Any:
        return CliRunner().invoke(cli, words.split(), prog_name="unioncore")

    return invoke


# -- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("demoo", "demo"),
        ("aks organised", "ask"),
        ("ask organised --jsn", "--json"),
        ("ask organisd", "organised"),
        ("ask organised --set employer.nation=Englend", "England"),
        ("ask organised --set employer.naton=England", "employer.nation"),
        ("rules --about organisd", "organised"),
        ("ask organised --on 2024-13-01", "2024-06-01"),
        ("diff 2024-06-01 yesterday", "2024-06-01"),
        ("ask organised --set nothing", "key=value"),
    ],
)
def test_a_slip_is_answered_with_a_hint_and_ends_with_2(run: Run, words: str, hint: str) -> None:
    result = run(words)
    assert result.exit_code == 2
    assert hint in result.stderr.splitlines()[-1]
    assert result.stdout == ""


@needs_plugins
def test_a_plugin_that_is_misspelt_is_suggested(run: Run) -> None:
    result = run("plugins --plugin polic-justice")
    assert result.exit_code == 2
    assert "'police-justice'" in result.stderr


def test_without_its_libraries_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from unioncore.cli import main

    for module in [name for name in sys.modules if name.startswith("unioncore.cli.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "pip install 'unioncore[cli]'" in capsys.readouterr().err


# -- ask ------------------------------------------------------------------------------------------


def test_the_day_is_printed_where_none_was_given(run: Run) -> None:
    before = date.today()
    result = run("ask organised")
    shown = result.stdout.splitlines()[0]
    assert shown in {f"on {day.isoformat()} (today)" for day in (before, date.today())}


def test_what_is_not_known_ends_with_3(run: Run) -> None:
    result = run("ask organised --on 2024-06-01")
    assert result.exit_code == 3
    assert "organised: not known" in result.stdout


@needs_plugins
def test_an_answer_has_its_sources_and_ends_with_0(run: Run) -> None:
    result = run(f"ask negotiating_bodies {KENT} --on 2024-06-01")
    assert result.exit_code == 0
    assert "negotiating_bodies: none" in result.stdout
    assert "source: " in result.stdout


@needs_plugins
def test_json_has_the_keys_that_programs_read(run: Run) -> None:
    from unioncore import compose

    result = run(f"ask organised bargaining_level --json {KENT} --on 2024-06-01")
    plain = json.loads(result.stdout)
    assert plain["on"] == "2024-06-01"
    assert plain["rulebook"] == compose().fingerprint
    assert set(plain["answers"]) == {"organised", "bargaining_level"}
    answer = plain["answers"]["bargaining_level"]
    assert (answer["known"], answer["value"], answer["missing"]) == (True, "employer", [])
    assert answer["warnings"]
    for reason in answer["because"]:
        assert {"rule", "version", "plugin", "text", "citations"} <= set(reason)
        assert all(citation["instrument"] for citation in reason["citations"])


def test_json_says_what_is_missing(run: Run) -> None:
    answer = json.loads(run("ask organised --json").stdout)["answers"]["organised"]
    assert (answer["known"], answer["value"]) == (False, None)
    assert answer["reason"]


# -- plugins --------------------------------------------------------------------------------------


def test_plugins_are_listed_with_what_they_give(run: Run) -> None:
    result = run("plugins --json")
    listed = {plugin["name"]: plugin for plugin in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert listed["builtin"]["contributes"]["facts"] > 0
    assert listed["builtin"]["faults"] == []


@needs_plugins
def test_a_set_of_plugins_is_chosen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(words: str) -> set[str]:
        return {plugin["name"] for plugin in json.loads(run(f"plugins --json {words}").stdout)}

    everything = names("")
    assert {"builtin", "unison", "police-justice"} <= everything
    assert names("--plugin unison") == {"builtin", "unison"}
    assert names("--plugin police-justice") == {"builtin", "unison", "police-justice"}
    assert names("--without police-justice") == everything - {"police-justice"}
    monkeypatch.setenv("UNIONCORE_PLUGINS", "unison")
    assert names("") == {"builtin", "unison"}
    assert names("--plugin police-justice") == {"builtin", "unison", "police-justice"}


def test_a_broken_plugin_is_shown_beside_the_others(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from unioncore.cli import chosen
    from unioncore.composition import FoundPlugin

    def load() -> None:
        raise RuntimeError("boom")

    broken = FoundPlugin("broken", "unioncore-broken", "1", load)
    monkeypatch.setattr(chosen, "find_plugins", lambda: (broken,))
    shown = run("plugins")
    assert shown.exit_code == 1
    assert re.search(r"broken: .*RuntimeError: boom", shown.stdout)
    assert "builtin" in shown.stdout
    asked = run("ask organised")
    assert asked.exit_code == 1
    assert "boom" in asked.stderr


# -- rules, diff, demo ----------------------------------------------------------------------------


def test_rules_are_filtered_by_what_they_decide(run: Run) -> None:
    plain = json.loads(run("rules --about bargaining_level --json --plugin builtin").stdout)
    assert {each["decides"] for each in plain} == {"bargaining_level"}
    assert all(each["citations"] for each in plain)
    assert "#### core.bargains-nationally" in run("rules --about bargaining_level").stdout


@needs_plugins
def test_rules_are_filtered_by_body_and_day(run: Run) -> None:
    assert "Police Staff Council" in run("rules --about psc-ew --on 2024-06-01").stdout
    early = json.loads(run("rules --about psc-ew --on 1990-01-01 --json").stdout)
    # A pay round whose year is not known is shown for every day.
    assert {item["kind"] for item in early} <= {"pay round"}


@needs_plugins
@pytest.mark.parametrize("days", ["2009-06-01 2010-06-01", "2021-06-01 2021-07-31"])
def test_what_changed_has_its_sources(run: Run, days: str) -> None:
    changes = json.loads(run(f"diff {days} --json").stdout)
    assert changes
    for change in changes:
        for version in filter(None, (change["before"], change["after"])):
            assert version["text"]
            assert version["citations"]
    text = run(f"diff {days}").stdout
    assert "    source: " in text
    assert text.splitlines()[-1].startswith(f"{len(changes)} change")


@needs_plugins
def test_the_tour_shows_people_regions_and_a_crossing(run: Run) -> None:
    result = run("demo")
    assert result.exit_code == 0
    assert re.findall(r"^(\d+)\. ", result.stdout, re.MULTILINE) == [*"123456789", "10"]
    for shown in (
        "Region: North West",
        "Negotiating bodies: none",
        "Service group: Police and Justice",  # its name in 2015
        "Branch type: Managers in Partnership, a national branch",
        "Unions of a joint membership: FDA, Managers in Partnership and UNISON",
        "Negotiating bodies: Joint Negotiating Committee for Local Authority Craft",
        "On 1 June 2002: 13 regions",
        "On 1 June 2026: 12 regions",
        "as known on 1 July 2024: Surrey Police",
        "service group: Police, Probation and CAFCASS > UNISON",
    ):
        assert shown in result.stdout


@needs_plugins
def test_the_tour_says_which_plugin_it_needs(run: Run) -> None:
    result = run("demo --plugin unison")
    assert result.exit_code == 2
    assert "pip install unioncore-police-justice" in result.stderr
    result = run("demo --without health")
    assert result.exit_code == 2
    assert "pip install unioncore-health" in result.stderr


# -- replay ---------------------------------------------------------------------------------------


def example(name: str, expected: dict[str, Any], kind: str = "placement") -> dict[str, Any]:
    inputs = {"on": "2024-06-01", "facts": {}}
    return {"id": name, "kind": kind, "inputs": inputs, "expected": expected, "source": []}


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    records = [
        example("P-1", {"organised": "unknown"}),
        example("F-1", {"organised": True}),
        example("N-1", {}, kind="tide_table"),
    ]
    path = tmp_path / "some.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def test_a_failure_is_shown_with_both_values(run: Run, examples: Path) -> None:
    result = run(f"replay {examples}")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "1 passed, 1 failed, 1 not supported"
    assert "expected: true" in result.stdout
    assert 'got:      "unknown"' in result.stdout


@pytest.mark.parametrize(
    ("only", "code", "last"),
    [
        ("P-*", 0, "1 passed, 0 failed, 0 not supported"),
        ("[PN]-*", 0, "1 passed, 0 failed, 1 not supported"),
        ("N-*", 1, "0 passed, 0 failed, 1 not supported"),
        ("X-*", 1, "0 passed, 0 failed, 0 not supported"),
    ],
)
def test_some_examples_are_chosen(
    run: Run, examples: Path, only: str, code: int, last: str
) -> None:
    result = run(f"replay {examples} --only {only}")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (code, last)


# -- the same examples as tests -------------------------------------------------------------------


def test_examples_are_collected_as_tests(tmp_path: Path, examples: Path) -> None:
    import os
    import subprocess

    folder = tmp_path / "examples"
    folder.mkdir()
    examples.rename(folder / "some.json")
    (tmp_path / "other.json").write_text("[]", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "unioncore.testing.scenarios", "-rA"]
    command += ["--rootdir", str(tmp_path), "-p", "no:cacheprovider", str(tmp_path)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "1 failed, 1 passed, 1 skipped" in done.stdout
    assert "expected: true" in done.stdout


def test_a_command_has_a_file_of_its_name() -> None:
    from unioncore.cli.commands import cli

    homes = {name: command.callback.__module__ for name, command in cli.commands.items()}
    assert homes == {name: f"unioncore.cli.{name}" for name in cli.commands}
