"""Whatever the definitions say is held by a worked example."""

from pathlib import Path

import pytest

import unioncore
import unioncore_local_government
from unioncore.testing.mutations import survivors

EXAMPLES = Path(unioncore_local_government.__file__).parent / "examples"

EQUIVALENT = {
    "lg.terms-of-local-government [..]: known(job.group)": (
        "a rule needs a condition, and without the group nothing is known of it either way"
    ),
}
"""Drops that no example can see, by name, each with the reason."""


@pytest.mark.slow
def test_each_rule_and_each_condition_is_held_by_an_example() -> None:
    assert survivors(unioncore.compose(), "local-government", EXAMPLES) == sorted(EQUIVALENT)
