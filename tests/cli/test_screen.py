"""Colours and tables on a terminal, and nowhere else."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")
pty = pytest.importorskip("pty", reason="there are terminals of this kind on Unix")

ESCAPE = "\x1b["


def on_a_terminal(*words: str) -> str:
    """Return what the command writes when its output is a terminal."""
    outer, inner = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    environment.pop("NO_COLOR", None)
    environment.pop("UNIONCORE_PLUGINS", None)
    with subprocess.Popen(
        [sys.executable, "-m", "unioncore", *words], stdout=inner, env=environment
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


def test_answers_have_colours() -> None:
    shown = on_a_terminal(*ASK)
    assert ESCAPE in shown
    assert "organised: not known" in shown
    assert ESCAPE not in in_a_pipe(*ASK)


def test_plugins_stand_in_a_table() -> None:
    words = ("plugins", "--plugin", "builtin")
    assert "│ builtin" in on_a_terminal(*words)
    assert in_a_pipe(*words).startswith("builtin (")


@pytest.mark.slow
def test_rules_are_laid_out() -> None:
    words = ("rules", "--about", "bargaining_level", "--plugin", "builtin")
    assert "####" not in on_a_terminal(*words)
    assert "#### core.bargains-nationally" in in_a_pipe(*words)


def test_json_stays_json() -> None:
    shown = on_a_terminal(*ASK, "--json")
    assert ESCAPE not in shown
    assert shown.startswith("{")
