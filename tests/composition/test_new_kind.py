"""The kind of definition that CONTRIBUTING adds, in the two places that it names."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import unioncore
from tests.synthetic import source

PACKAGE = Path(unioncore.__file__).parent
GUIDE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")

IMPORTS = """
from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from unioncore.legal import Citation, Period
from unioncore.rules import Condition, Definition, Rule, RuleSet, RuleVersion, Word
from unioncore.rules.condition import Literal

"""

TOML = (
    source("s", "A synthetic charter")
    + """
[fact.charters]
type = "set"
vocabulary = "charter"
derived = true
label = "the charters"

[[charter]]
key = "lamp-charter"
  [[charter.version]]
  period = { start = 2020-01-01 }
  name = "Lamp Charter"
  binds = "employer.nation == 'Wales'"
  citations = [{ source = "s" }]
"""
)

TRIED = """
import sys
from datetime import date
from pathlib import Path

import unioncore
from unioncore.errors import CompositionError, UnknownName
from unioncore.hookspecs import Hooks
from unioncore.model.charters import Charter
from unioncore.rulebook import Definitions
from unioncore.rules import ON, Subject

folder = Path(sys.argv[1])


def composed(old="", new=""):
    text = (folder / "charters.txt").read_text()
    (folder / "charters.toml").write_text(text.replace(old, new) if old else text)
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


def faults(old, new):
    try:
        composed(old, new)
    except CompositionError as error:
        return [(fault.path, fault.message) for fault in error.faults]


book = composed()
assert book.words_of("charter")["lamp-charter"].name == "Lamp Charter"
for nation, bound in (("Wales", True), ("Scotland", False)):
    subject = Subject(book.rules, {ON: date(2026, 1, 1), "employer.nation": nation})
    assert subject.has("charters", "lamp-charter") is bound
try:
    book.named(Charter)["lamp-chartr"]
except UnknownName as error:
    assert (error.kind, error.suggestion) == ("charter", "lamp-charter")
else:
    raise AssertionError("a misspelt charter was found")
assert composed("2020-01-01", "2021-01-01").fingerprint != book.fingerprint
((path, said),) = faults("employer.nation", "employer.naton")
assert path == "charter[0].version[0].binds" and "employer.nation" in said, said
assert faults('"Lamp Charter"', '"lamp"') == [
    ("charter[0].version", "expected a name with capitals")
]
((path, said),) = faults('[{ source = "s" }]', "[]")
assert path == "charter[0].version[0].citations", path
assert Hooks.unioncore_charters.__doc__ == "Return charters that bind employers."
"""


@pytest.mark.slow
def test_a_kind_of_definition_is_added_in_two_places(tmp_path: Path) -> None:
    chapter = GUIDE.partition("## Add a kind of definition")[2].partition("\n## ")[0]
    written, registered = (part.partition("```")[0] for part in chapter.split("```python\n")[1:])
    copy = tmp_path / "unioncore"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "examples"))
    (copy / "model" / "charters.py").write_text(IMPORTS + written, encoding="utf-8")
    book = (copy / "rulebook.py").read_text(encoding="utf-8")
    book = book.replace(
        "from unioncore.rules import (",
        "from unioncore.model.charters import Charter\nfrom unioncore.rules import (",
        1,
    )
    book = book.replace(
        "    @classmethod\n    @cache\n", f"{registered}\n    @classmethod\n    @cache\n"
    )
    (copy / "rulebook.py").write_text(book, encoding="utf-8")
    folder = tmp_path / "plugin"
    folder.mkdir()
    (folder / "charters.txt").write_text(TOML, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", TRIED, str(folder)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
