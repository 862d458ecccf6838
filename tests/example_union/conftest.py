from datetime import date
from importlib import resources

import pytest
from tests.books import everything

from unioncore import Rulebook
from unioncore.model import Snapshot, Union
from unioncore.records import read_union


@pytest.fixture(scope="package")
def rulebook() -> Rulebook:
    return everything()


@pytest.fixture(scope="package")
def union(rulebook: Rulebook) -> Union:
    folder = resources.files("unioncore_unison") / "example_union"
    return read_union(folder, rulebook).ok()


@pytest.fixture(scope="package")
def now(union: Union) -> Snapshot:
    return union.on(date(2026, 10, 1))
