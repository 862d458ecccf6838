"""Every worked example comes out as its sources say."""

from pathlib import Path

import pytest

import unioncore
import unioncore_unison
from unioncore.replay import Example, Status, read_examples, replay

EXAMPLES = Path(unioncore_unison.__file__).parent / "examples"
BOOK = unioncore.compose()
WITH_POLICE = "police-justice" in {plugin.name for plugin in BOOK.plugins}


def examples() -> list[Example]:
    return [each for file in sorted(EXAMPLES.glob("*.json")) for each in read_examples(file)]


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.id)
def test_example(example: Example) -> None:
    outcome = replay(BOOK, example)
    # Some are about members of the police group, whose words its own plugin brings.
    if outcome.status is Status.NOT_SUPPORTED and not WITH_POLICE:
        pytest.skip(outcome.reason)
    assert outcome.status is Status.PASSED, outcome.to_text()


def test_each_example_has_an_id_of_its_own_and_a_source() -> None:
    found = examples()
    assert len({each.id for each in found}) == len(found)
    assert all(each.source for each in found)
