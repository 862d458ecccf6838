"""Colours and tables on a terminal, and nowhere else."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("click")
pytest.importorskip("rich")
import click

from unioncore.cli.screen import Screen

pytestmark = pytest.mark.needs_cli
pty = pytest.importorskip("pty", reason="there are terminals of this kind on Unix")

ESCAPE = "\x1b["
Run = Callable[..., Any]
Monkeypatch = pytest.MonkeyPatch


def on_a_terminal(*words: str) -> str:
    """Return what the command writes when its output is a terminal."""
    outer, inner = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    environment.pop("NO_COLOR", None)
    environment.pop("UNIONCORE_PLUGINS", None)
    with subprocess.Popen(
        [sys.executable, "-m", "unioncore", *words],
        stdin=subprocess.DEVNULL,
        stdout=inner,
        env=environment,
    ) as process:
        os.close(inner)
        shown = b""
        try:
            while part := os.read(outer, 65536):
                shown += part
        except OSError:
            pass  # the other end was closed
        process.wait()
    os.close(outer)
    return shown.decode()


def in_a_pipe(*words: str) -> str:
    command = [sys.executable, "-m", "unioncore", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


ASK = ("ask", "organised", "bargaining_level", "--plugin", "builtin", "--on", "2024-06-01")


@pytest.mark.slow
def test_answers_have_colours() -> None:
    shown = on_a_terminal(*ASK)
    assert ESCAPE in shown
    assert "organised: not known" in shown
    assert ESCAPE not in in_a_pipe(*ASK)


@pytest.mark.slow
def test_plugins_stand_in_a_table() -> None:
    words = ("plugins", "--plugin", "builtin")
    assert "│ builtin" in on_a_terminal(*words)
    assert in_a_pipe(*words).startswith("builtin (")


@pytest.mark.slow
def test_rules_are_laid_out() -> None:
    words = ("rules", "--about", "bargaining_level", "--plugin", "builtin")
    assert "####" not in on_a_terminal(*words)
    assert "#### core.bargains-nationally" in in_a_pipe(*words)


@pytest.mark.slow
def test_json_stays_json() -> None:
    shown = on_a_terminal(*ASK, "--json")
    assert ESCAPE not in shown
    assert shown.startswith("{")


# -- what is too long ------------------------------------------------------------------------------

Shown = Callable[..., list[str]]


@pytest.fixture
def shown(monkeypatch: Monkeypatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """Return the lines that are shown, on a terminal of so many columns or, with 0, in a pipe."""

    def lines(write: Callable[[Screen], None], columns: int, rows: int = 20) -> list[str]:
        monkeypatch.delenv("COLUMNS", raising=False)
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
            monkeypatch.setenv("LINES", str(rows))
            for stream in (sys.stdin, sys.stdout):
                monkeypatch.setattr(stream, "isatty", lambda: True)
        with click.Context(click.Command("some")):
            write(Screen())
        monkeypatch.undo()
        return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()

    return lines


LONG = "  because the force is outside the Police Staff Council and bargains for itself"


def test_words_are_broken_on_a_terminal_between_them(shown: Shown) -> None:
    broken = [
        "  because the force is outside the Police Staff",
        "    Council and bargains for itself",
    ]
    assert shown(lambda screen: screen.lines(LONG), 50) == broken
    assert shown(lambda screen: screen.verbatim(LONG), 50) == [LONG]
    assert shown(lambda screen: screen.lines(LONG), 0) == [LONG]


def test_a_width_that_is_asked_for_counts_in_a_pipe(run: Run, monkeypatch: Monkeypatch) -> None:
    whole = run(*ASK).stdout
    monkeypatch.setenv("COLUMNS", "60")
    broken = run(*ASK).stdout
    assert max(map(len, broken.splitlines())) <= 60 < max(map(len, whole.splitlines()))
    assert broken.split() == whole.split()


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (80, "│ industrial-action-dismissal │ dismissal for taking industrial action │"),
        (50, "│ industrial-action-dismissal │ dismissal for    │"),
        (40, "│ industrial-     │ dismissal for     │"),
        (20, "industrial-action-dismissal:"),  # no room for columns
    ],
)
def test_a_table_fits_its_terminal(shown: Shown, columns: int, line: str) -> None:
    rows = [
        ("industrial-action-dismissal", "dismissal for taking industrial action"),
        ("equal-pay", "equal pay"),
    ]

    def write(screen: Screen) -> None:
        screen.table(("claim", "what it is"), rows, "{}: {}".format)

    lines = shown(write, columns)
    assert line in lines
    assert columns == 20 or max(map(len, lines)) <= columns


def test_what_is_longer_than_the_screen_goes_through_the_pager(
    shown: Shown, monkeypatch: Monkeypatch
) -> None:
    def write(screen: Screen) -> None:
        screen.lines("one\ntwo\nthree")

    paged: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(click, "echo_via_pager", paged.append)
        assert shown(write, 80, rows=4) == ["one", "two", "three"]
    with monkeypatch.context() as patched:
        patched.setattr(click, "echo_via_pager", paged.append)
        assert shown(write, 80, rows=3) == []
    assert paged == ["one\ntwo\nthree\n"]
