"""How far long work is, on a terminal only."""

import sys

import pytest

pytest.importorskip("click")
from unioncore.cli import progress
from unioncore.cli.progress import counted, meanwhile

pytestmark = pytest.mark.needs_cli


@pytest.mark.parametrize("live", [True, False])
def test_it_is_told_on_a_terminal_and_leaves_nothing_there(
    live: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: live)
    monkeypatch.setattr(progress, "OFTEN", 0)
    with meanwhile("reading a folder"):
        pass
    assert list(counted("examples", ["a", "b"])) == ["a", "b"]
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.split("\r\x1b[K")
    told = ["", "reading a folder ...", "", "examples: 0 of 2", "examples: 1 of 2", ""]
    assert lines == (told if live else [""])
