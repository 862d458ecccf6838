"""Whatever stands in a file of a case, a ballot, an example or a definition ends in a report."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.books import with_second_union
from tests.casework import a_case, add, entry
from tests.fuzz.changing import as_json, broken, changed, line_changed
from unioncore.definitions.loader import load_files
from unioncore.errors import UnioncoreError
from unioncore.model import Note
from unioncore.model.cases import case_of
from unioncore.paths import parse_json

pytestmark = [pytest.mark.slow, pytest.mark.needs_plugins, pytest.mark.needs_cli]
pytest.importorskip("click")
pytest.importorskip("rich")

ROOT = Path(__file__).parents[2]
STORIES = sorted(ROOT.glob("tests/**/told/*.json"))
EXAMPLES = sorted(ROOT.glob("src/unioncore/builtin/examples/*.json"))
DEFINITIONS = sorted(ROOT.glob("src/unioncore/builtin/definitions/*.toml"))
BALLOT = {
    "jurisdiction": "GB",
    "statutory_ballot": True,
    "opened": "2026-02-18",
    "closed": "2026-03-10",
    "entitled": 1000,
    "papers_returned": 500,
    "yes": 300,
    "no": 199,
    "spoiled": 1,
    "results": [{"name": "north"}, {"name": "south", "papers_returned": 499, "spoiled": 0}],
}
Command = Callable[..., str]


@pytest.mark.parametrize("seed", range(25))
def test_a_story(command: Command, tmp_path: Path, seed: int) -> None:
    draw = Random(f"story {seed}")
    file = tmp_path / "story.json"
    for _ in range(100):
        told = json.loads(draw.choice(STORIES).read_text("utf-8"))
        file.write_bytes(as_json(changed(told, draw), draw))
        command("run", str(file))


@pytest.mark.parametrize("seed", range(25))
def test_a_ballot(command: Command, tmp_path: Path, seed: int) -> None:
    draw = Random(f"ballot {seed}")
    file = tmp_path / "ballot.json"
    for _ in range(150):
        file.write_bytes(as_json(changed(BALLOT, draw), draw))
        command("ballot", str(file))


@pytest.mark.parametrize("seed", range(25))
def test_worked_examples(command: Command, tmp_path: Path, seed: int) -> None:
    draw = Random(f"examples {seed}")
    file = tmp_path / "examples.json"
    for _ in range(100):
        every = json.loads(draw.choice(EXAMPLES).read_text("utf-8"))
        some = [draw.choice(every) for _ in range(2)]
        file.write_bytes(as_json(changed(some, draw), draw))
        command("replay", str(file))


@pytest.fixture(scope="module")
def stored() -> Any:
    book = with_second_union()
    note = entry(Note, level="closed", compartment="general", text="What was said in private.")
    return add(book, a_case(book), note).to_dict()


@pytest.mark.parametrize("seed", range(25))
def test_a_stored_case(stored: Any, seed: int) -> None:
    draw = Random(f"case {seed}")
    for _ in range(250):
        content = as_json(changed(stored, draw), draw)
        try:
            plain = parse_json(content)
        except ValueError:
            continue  # it is no JSON, and the command says so
        said, case = "", None
        try:
            case = case_of(plain)
        except UnioncoreError as error:
            said = str(error)
        assert "in private" not in said
        assert case is None or case_of(case.to_dict()) == case


@pytest.mark.parametrize("seed", range(25))
def test_a_definition_file(seed: int) -> None:
    draw = Random(f"definitions {seed}")
    for _ in range(60):
        text = draw.choice(DEFINITIONS).read_text("utf-8")
        content = line_changed(text, draw).encode(errors="replace")
        if draw.random() < 0.2:
            content = broken(content, draw)
        loaded = load_files({"some.toml": content})
        assert all(str(fault) and len(str(fault)) <= 2100 for fault in loaded.faults)
