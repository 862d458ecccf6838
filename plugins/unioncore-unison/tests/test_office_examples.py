"""The worked examples about offices, seats and the union's own staff come out as they say."""

from pathlib import Path

import pytest

import unioncore
import unioncore_unison
from unioncore.replay import Example, Status, read_examples, replay

EXAMPLES = Path(unioncore_unison.__file__).parent / "examples" / "offices.json"


@pytest.fixture(scope="module")
def rulebook() -> unioncore.Rulebook:
    return unioncore.compose()


@pytest.mark.parametrize("example", read_examples(EXAMPLES), ids=lambda each: each.id)
def test_an_example_comes_out(rulebook: unioncore.Rulebook, example: Example) -> None:
    outcome = replay(rulebook, example)
    assert outcome.status is Status.PASSED, outcome.to_text()
