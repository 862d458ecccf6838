"""The pages for authors do what they say: their files are written and their commands run."""

import fnmatch
import importlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from unioncore.testing import conformance

pytest.importorskip("click")
pytest.importorskip("rich")
from click.testing import CliRunner

from unioncore.cli.group import cli

pytestmark = pytest.mark.needs_cli

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"(?ms)^```(\S+)(?: \w+)?\n(?::caption: (.+?)\n\n)?(.*?)^```$")
LINE = re.compile(r"(.+), line (\d+)")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "package"),
    [
        ("write-a-plugin", "unioncore_lighthouses"),
        ("another-union", "unioncore_lamplighters"),
    ],
)
def test_every_step_comes_out_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, package: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])  # a folder of a plugin is put there
    for kind, caption, text in BLOCK.findall((DOCS / f"{page}.md").read_text("utf-8")):
        if caption:
            write(caption, text)
        elif kind == "console":
            for step in re.split(r"(?m)^\$ ", text)[1:]:
                command, _, said = step.partition("\n")
                found = run(command)
                assert not said or fnmatch.fnmatchcase(found, as_pattern(said)), found
    sys.path.insert(0, str(tmp_path / package.replace("_", "-") / "src"))
    assert conformance(importlib.import_module(package).plugin) == ()


def write(caption: str, text: str) -> None:
    """Write a file, or one line of it."""
    one = LINE.fullmatch(caption)
    file = Path(one[1] if one else caption)
    file.parent.mkdir(parents=True, exist_ok=True)
    if one:
        lines = file.read_text("utf-8").splitlines(keepends=True)
        lines[int(one[2]) - 1] = text
        text = "".join(lines)
    file.write_text(text, encoding="utf-8")


def run(command: str) -> str:
    """Run a command, and return what it says."""
    name, *words = shlex.split(command)
    if name != "unioncore":
        subprocess.run([name, *words], check=True)
        return ""
    return CliRunner().invoke(cli, words, prog_name=name).output.rstrip() + "\n"


def as_pattern(said: str) -> str:
    """Return what the page shows as a pattern; three full stops stand for any lines."""
    escaped = said.replace("[", "[[]").replace("?", "[?]").rstrip()
    return re.sub(r"(?m)^ *\.\.\.$|(?<=\()\.\.\.(?=\))", "*", escaped) + "\n"
