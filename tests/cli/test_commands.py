"""What holds for every command: hints, exit codes, and where each lives."""

import sys
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


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


def test_a_command_has_a_file_of_its_name() -> None:
    from unioncore.cli.commands import cli

    homes = {name: command.callback.__module__ for name, command in cli.commands.items()}
    assert homes == {name: f"unioncore.cli.{name}" for name in cli.commands}
