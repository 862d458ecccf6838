"""What a shell completes."""

import shutil
from pathlib import Path

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")
from click.shell_completion import ShellComplete
from tests.books import everything
from tests.casework import a_union

from unioncore.cli import chosen
from unioncore.cli.bash import Bash
from unioncore.cli.group import COMMANDS, cli
from unioncore.errors import MissingPart
from unioncore.records import write_union

pytestmark = [pytest.mark.needs_cli, pytest.mark.needs_plugins]


@pytest.fixture(autouse=True)
def rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chosen, "compose", lambda *plugins, **more: everything())
    monkeypatch.delenv("UNIONCORE_UNION", raising=False)
    monkeypatch.delenv("UNIONCORE_PLUGINS", raising=False)


def completed(line: str) -> list[str]:
    """Return what a shell offers for the last word of a line."""
    *args, typed = line.split(" ")
    shell = ShellComplete(cli, {}, "unioncore", "_UNIONCORE_COMPLETE")
    return [item.value for item in shell.get_completions(args, typed)]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("expl", ["explain"]),
        ("ask --sh", ["--short"]),
        ("ask negotiating_b", ["negotiating_bodies"]),
        ("ask organised --set employer.k", ["employer.key=", "employer.kind="]),
        ("ask organised --set employer.kind=police-f", ["employer.kind=police-force"]),
        ("ask organised --set employer.key=kent-p", ["employer.key=kent-police"]),
        ("ask organised --set job.is_manager=", ["job.is_manager=no", "job.is_manager=yes"]),
        ("coverage negotiating_b", ["negotiating_bodies"]),
        ("deadline unf", ["unfair-dismissal"]),
        ("deadline equal-pay --nation W", ["Wales"]),
        ("chart --case-type core.grievance_", ["core.grievance_northern_ireland"]),
        ("pay sssnb-", ["sssnb-2009"]),
        ("rules --about psc-e", ["psc-ew"]),
        ("rules --plugin bui", ["builtin"]),
        ("claims --about equal", ["equal-pay"]),
        ("bodies --about psc-e", ["psc-ew"]),
        ("words --about employer_", ["employer_kind"]),
        ("case-types --about core.grievance_", ["core.grievance_northern_ireland"]),
        ("facts --about employer.nati", ["employer.nation"]),
        ("plugins --without local", ["local-government"]),
        ("check-plugin police", ["police-justice"]),
        ("tables parameter.", ["parameter.version"]),
    ],
)
def test_names_of_the_rulebook_are_offered(line: str, offered: list[str]) -> None:
    assert completed(line) == offered


def test_every_command_is_offered() -> None:
    assert completed("") == list(COMMANDS)


def test_keys_of_a_folder_are_offered_and_no_names(tmp_path: Path) -> None:
    write_union(a_union(), tmp_path)
    people = ["ada", "bela", "cato", "dana", "edda", "fynn"]
    assert completed(f"explain --union {tmp_path} ") == people
    assert completed(f"attention {tmp_path} --person e") == ["edda"]
    assert completed(f"chart {tmp_path} --unit b") == ["b"]
    assert completed(f"explain --union {tmp_path} Ada") == []


@pytest.mark.parametrize(
    "line", ["ask organised --set zzz=", "zzz --set zzz", "plugins --plugin zz/"]
)
def test_a_slip_on_the_line_is_met_with_silence(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed(line) in ([], ["zz/"])  # where there may be a folder, the shell looks
    assert capsys.readouterr() == ("", "")


def test_a_rulebook_that_cannot_be_had_is_met_with_silence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*plugins: object, **more: object) -> None:
        raise MissingPart("it", "some command")

    monkeypatch.setattr(chosen, "compose", fail)
    assert completed("ask negot") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ask o --set employer.ki", ["plain,employer.kind="]),
        # Bash takes the sign for a word of its own, and puts in what stands behind it.
        ("ask o --set employer.nation =", ["plain,England", "plain,Northern\\ Ireland"]),
        ("ask o --set employer.nation = En", ["plain,England"]),
        ("ask o --set job.group = keeper --set employer.nation = En", ["plain,England"]),
        # It may have been told not to.
        ("ask o --set employer.nation=En", ["plain,employer.nation=England"]),
        ("deadline equal-pay --nation = W", ["plain,Wales"]),
    ],
)
def test_bash_completes_values_too(
    words: str, offered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", f"unioncore {words}".replace(" ", "\n"))
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" "))))
    shell = Bash(cli, {}, "unioncore", "_UNIONCORE_COMPLETE")
    assert shell.complete().splitlines()[: len(offered)] == offered


@pytest.mark.skipif(shutil.which("bash") is None, reason="it is about Bash")
def test_no_space_follows_a_fact_whose_value_is_to_come() -> None:
    script = Bash(cli, {}, "unioncore", "_UNIONCORE_COMPLETE").source()
    assert "&& compopt -o nospace" in script
    assert "read -r type value" in script
