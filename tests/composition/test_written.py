"""A definition as it is written: what can be copied and read again."""

import tomllib

import pytest

from tests.books import core
from unioncore.composition import written
from unioncore.errors import UnknownName
from unioncore.rulebook import key_of


def test_every_definition_of_the_core_is_found_and_is_toml() -> None:
    rulebook = core()
    for at, each in [*rulebook.definitions.every()][::25]:
        for found in written(rulebook, at[1]):
            assert found.place.line > 0
            assert tomllib.loads(found.text)
        assert key_of(each) == at[1]


def test_what_there_is_not_is_met_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean 'employer\.nation'"):
        written(core(), "employer.naton")
