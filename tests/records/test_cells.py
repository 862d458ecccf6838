"""A record made in Python is held to what a cell of a file can say."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.strategies import records
from unioncore.legal import DayRange
from unioncore.model import TABLES, Job, Record, columns
from unioncore.records.cells import unfit_cells
from unioncore.records.tables import read_table, write_table

ODD = (
    None,
    "",
    " padded",
    "=1+1",
    "tab\there",
    "x" * 1_001,
    "\ud800",
    -1,
    0,
    1.5,
    True,
    Decimal(-1),
    Decimal("0.001"),
    Decimal("NaN"),
    Decimal("1E+3"),
    Decimal("1e999999999"),
    date(20, 1, 1),
    datetime(2026, 6, 1, 12, 0, 30),
    DayRange(date(20, 1, 1), date(2026, 6, 1)),
)


@st.composite
def odd_records(draw: st.DrawFn) -> Record:
    """Return records of which one value may be odd."""
    kind = TABLES[draw(st.sampled_from(sorted(TABLES)))]
    name = draw(st.sampled_from([n for n in columns(kind) if n not in ("start", "end")]))
    return attrs.evolve(draw(records(kind)), **{name: draw(st.sampled_from(ODD))})


@given(odd_records())
def test_a_value_is_unfit_where_its_file_would_not_read_back(record: Record) -> None:
    kind = type(record)
    text = write_table(kind, [record], ())
    read = read_table(kind, f"{kind.table}.csv", text.encode(errors="surrogatepass"))
    reads_back = [row.record for row in read.rows] == [record] and not read.faults
    assert reads_back is (not list(unfit_cells(record)))


JOB = Job(person="m1", employer="mill", start=date(2020, 1, 1))


@pytest.mark.parametrize("earnings", [Decimal(-1), Decimal("NaN"), Decimal("1e9999"), 1.5])
def test_an_amount_that_nobody_earns_is_told_by_its_column(earnings: Decimal) -> None:
    ((column, wrong),) = unfit_cells(attrs.evolve(JOB, earnings=earnings))
    assert column == "earnings"
    assert wrong.message.startswith("expected pounds")


def test_a_column_of_the_unions_own_is_looked_at_too() -> None:
    ((column, wrong),) = unfit_cells(attrs.evolve(JOB, extra=(("desk", "=1+1"),)))
    assert column == "desk"
    assert "formula" in wrong.message


@pytest.mark.parametrize(
    ("earnings", "said"),
    [(30000.25, "expected Decimal, got float"), ("30000", "expected Decimal, got str")],
)
def test_an_amount_of_another_type_is_told(earnings: Any, said: str) -> None:
    ((column, wrong),) = unfit_cells(attrs.evolve(JOB, earnings=earnings))
    assert (column, wrong.message) == ("earnings", said)
