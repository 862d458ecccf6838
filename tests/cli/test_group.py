"""What holds for every command: hints, exit codes, and where each lives."""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["demoo"], "did you mean 'demo'?"),
        (["ask", "organised", "--jsn"], "--json"),
        (["ask", "organisd"], "did you mean 'organised'?"),
        (["ask", "organised", "--on", "1/6/2024"], "did you mean 2024-06-01?"),
        (["ask", "organised", "--on", "2023-02-30"], "did you mean 2023-02-28?"),
        (["ask", "organised", "--on", "2024-06"], "did you mean 2024-06-01?"),
        (["ask", "organised", "--set", "employer.naton=Wales"], "'employer.nation'"),
        (["ask", "organised", "--set", "employer.nation=Cornwall"], "one of England, Northern"),
        (["ask", "organised", "--set", "job.is_manager=perhaps"], "yes or no"),
        (["ask", "organised", "--set", "on=2024-06-01"], "--on"),
        (["ask", "organised", "--set", "job.band=4", "--set", "job.band=5"], "given twice"),
        (["ask", "organised", "--set", "job.band="], "key=value"),
        (["ask", "employer.kind"], "--set employer.kind="),
        (["ask"], "unioncore ask --help"),
        (["rules", "--about", "organisd"], "did you mean 'organised'?"),
        (["rules", "--plugin", "bultin"], "did you mean 'builtin'?"),
        (["diff", "2024-06-01", "2023-06-01"], "diff 2023-06-01 2024-06-01"),
        (["replay", "no-such-file.json"], "no-such-file.json"),
        (["plugins", "--plugin", "xyzzy"], "installed:"),
        (["plugins", "--without", "builtin"], "cannot be left out"),
        (["aks", "organised"], "did you mean 'ask'?"),
        (["ask", "organised", "--set", "employer.nation=Englend"], "England"),
        (["ask", "organised", "--on", "2024-13-01"], "2024-06-01"),
        (["diff", "2024-06-01", "yesterday"], "2024-06-01"),
        (["ask", "organised", "--set", "nothing"], "key=value"),
    ],
)
def test_wrong_usage_is_one_line_with_a_hint(run: Run, words: list[str], hint: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert hint in line


def test_no_value_of_a_person_is_repeated_in_an_error(run: Run) -> None:
    words = ["--set", "employer.nation=Hidden Land", "--set", "job.is_manager=hidden"]
    done = run("ask", "organised", *words, "--set", "employer.naem=Hidden Name")
    assert len(done.stderr.splitlines()) == 3
    assert "idden" not in done.stderr


def test_a_command_has_a_file_of_its_name() -> None:
    from unioncore import cli
    from unioncore.cli.group import COMMANDS
    from unioncore.cli.group import cli as group

    for module in iter_modules(cli.__path__):
        import_module(f"unioncore.cli.{module.name}")
    homes = {name: command.callback.__module__ for name, command in group.commands.items()}
    assert homes == {name: f"unioncore.cli.{name.replace('-', '_')}" for name in COMMANDS}
