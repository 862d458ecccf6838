"""Whatever the definitions say is held by a worked example."""

from pathlib import Path

import pytest

import unioncore
import unioncore_unison
from unioncore.testing.mutations import survivors

EXAMPLES = Path(unioncore_unison.__file__).parent / "examples"

EQUIVALENT = {
    "unison.low-paid [2002-01-01]: known(person.hourly_pay)": (
        "where the pay is not known, its comparison with the limit is not known either"
    ),
    "unison.office_of_a_region [2002-01-01]: applies known(office.for_young_members)": (
        "it matters where the seat's region is not given, and then it is not known whether the "
        "member belongs to it, nor whether that is required"
    ),
    "unison.see-privileged-shared [..]: part.compartment == 'privileged'": (
        "a share opens every other compartment to whoever has it, by a rule of its own"
    ),
}
"""Drops that no example can see, by name, each with the reason."""


@pytest.mark.slow
def test_each_rule_and_each_condition_is_held_by_an_example() -> None:
    assert survivors(unioncore.compose(), "unison", EXAMPLES) == sorted(EQUIVALENT)
