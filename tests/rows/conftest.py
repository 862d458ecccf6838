"""What a union does in a year, asked of the example union, in Python and from the command line."""

import shlex
from collections.abc import Callable
from datetime import date
from importlib import resources
from typing import Any

import pytest
from tests.books import everything

from unioncore import Rulebook
from unioncore.model import Snapshot, Union
from unioncore.records import Reading, read_union


@pytest.fixture(scope="session")
def reading() -> Reading:
    return read_union(resources.files("unioncore_unison") / "example_union", everything())


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return everything()


@pytest.fixture(scope="session")
def union(reading: Reading) -> Union:
    return reading.ok()


@pytest.fixture(scope="session")
def now(union: Union) -> Snapshot:
    return union.on(date(2026, 10, 1))


@pytest.fixture
def run(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run the command about the example union, which was read and composed once."""
    pytest.importorskip("rich")
    runner = pytest.importorskip("click.testing").CliRunner()
    from unioncore.cli.chosen import Chosen
    from unioncore.cli.group import cli
    from unioncore.cli.union_folder import UnionFolder

    book = everything()
    chosen = property(lambda each: book.in_language(each.language))
    monkeypatch.setattr(Chosen, "rulebook", chosen)
    read = UnionFolder.read

    def once(folder: UnionFolder, rulebook: Rulebook) -> Reading:
        return reading if folder.example_of else read(folder, rulebook)

    monkeypatch.setattr(UnionFolder, "read", once)
    for name in ("UNIONCORE_PLUGINS", "UNIONCORE_UNION", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*words: str) -> Any:
        given = shlex.split(words[0]) if len(words) == 1 else words
        return runner.invoke(cli, given, prog_name="unioncore")

    return invoke
