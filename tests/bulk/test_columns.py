"""What is shipped is answered in DuckDB's columns as in those of Polars, fact by fact."""

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.books import everything
from unioncore import bulk
from unioncore.errors import NoColumnForm
from unioncore.rules import ON, Fact, FactType

pytestmark = pytest.mark.needs_plugins

DAY = date(2026, 6, 1)
COUNTED = (FactType.DAY, FactType.MONEY, FactType.WHOLE)
"""What engines hold in types of their own."""


def cells(fact: Fact) -> pl.Series | None:
    """Two values of a recorded fact, and one that is not known."""
    words = list(everything().rules.names_of(fact))
    match fact.type:
        case FactType.CHOICE:
            values: Any = [words[0], words[-1], None]
        case FactType.TEXT:
            values = ["x", "y", None]
        case FactType.YES_NO:
            values = [True, False, None]
        case FactType.WHOLE:
            values = [1, 30, None]
        case FactType.MONEY:
            money = pl.Decimal(18, 2)
            return pl.Series(fact.key, [Decimal("9.00"), Decimal("25000.50"), None], money)
        case FactType.DAY:
            values = [date(2020, 1, 1), date(2026, 5, 1), None]
        case _:
            return None
    return pl.Series(fact.key, values)


@pytest.mark.slow
def test_duckdb_answers_what_is_shipped_as_polars_does() -> None:
    facts = everything().rules.facts
    given = (cells(fact) for fact in facts.values() if not fact.derived and fact.key != ON)
    columns = [each for each in given if each is not None]
    frame = pl.DataFrame([pl.Series("key", ["a", "b", "c"]), *columns])
    relation = duckdb.from_arrow(frame.to_arrow())
    asked = 0
    for key in (key for key, fact in facts.items() if fact.derived and fact.type in COUNTED):
        try:
            found = bulk.ask(frame, everything(), key, on=DAY)
        except NoColumnForm:
            continue
        other = pl.from_arrow(bulk.ask(relation, everything(), key, on=DAY).to_arrow_table())
        assert isinstance(other, pl.DataFrame)
        assert other.sort("key").to_dicts() == found.sort("key").to_dicts(), key
        asked += 1
    assert asked > 50
