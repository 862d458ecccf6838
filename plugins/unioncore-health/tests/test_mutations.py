"""Whatever the definitions say is held by a worked example."""

from pathlib import Path

import pytest

import unioncore
import unioncore_health
from unioncore.testing.mutations import survivors

EXAMPLES = Path(unioncore_health.__file__).parent / "examples"

SAID_AGAIN = (
    "job.is_for_mip holds in the health service only; said so that composition sees at once "
    "that no branch of another group takes the same people"
)
EQUIVALENT = {
    f"managers-in-partnership [{start}]: service_group == 'health'": SAID_AGAIN
    for start in ("2006-01-01", "2022-01-01")
}
"""Drops that no example can see, by name, each with the reason."""


@pytest.mark.slow
def test_each_rule_and_each_condition_is_held_by_an_example() -> None:
    assert survivors(unioncore.compose(), "health", EXAMPLES) == sorted(EQUIVALENT)
