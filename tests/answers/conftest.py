from pathlib import Path

import pytest

import unioncore
from tests.books import core
from unioncore import Rulebook
from unioncore.replay import Example, Outcome, read_examples, replay

EXAMPLES = Path(unioncore.__file__).parent / "builtin" / "examples"


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return core()


@pytest.fixture(scope="session")
def put(book: Rulebook) -> "dict[str, Outcome]":
    """The outcome of every example that ships with the library, by its id."""
    every = [each for file in sorted(EXAMPLES.glob("*.json")) for each in read_examples(file)]
    found: dict[str, Example] = {each.id: each for each in every}
    assert len(found) == len(every)
    return {name: replay(book, example) for name, example in found.items()}
