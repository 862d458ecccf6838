"""What the pages say that a command prints, it prints."""

import fnmatch
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(page for folder in ("year", "register") for page in (DOCS / folder).glob("*.md"))
PAGES += [DOCS / "plain-words.md", DOCS / "json-schema.md"]
SLOW = DOCS / "judge-a-rulebook.md"
"""What it shows looks at a whole rulebook."""
CONSOLE = re.compile(r"(?ms)^```console\n(.*?)^```$")


@pytest.mark.parametrize(
    "page", [*PAGES, pytest.param(SLOW, marks=pytest.mark.slow)], ids=lambda page: page.stem
)
def test_every_command_prints_what_the_page_shows(
    page: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(page.parent)  # a file that a command reads stands beside the page
    for block in CONSOLE.findall(page.read_text("utf-8")):
        for step in re.split(r"(?m)^\$ ", block)[1:]:
            command, _, said = step.partition("\n")
            found = run(*shlex.split(command)[1:]).output
            lines = [re.sub(r"([\[?*])", r"[\1]", line) for line in said.strip().split("\n")]
            pattern = "\n".join("*" if line == "..." else line for line in lines)
            assert fnmatch.fnmatchcase(found.strip(), pattern), found
