"""Cells mean what people mean by them, in whatever way a library holds them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from unioncore import bulk
from unioncore.bulk.meanings import cell
from unioncore.legal import Period
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import Fact, FactType, Rule, RuleVersion, parse
from unioncore.rules.fact import EXPECTED

DAY = date(2026, 6, 1)


def asked(when: str, *recorded: Fact) -> Rulebook:
    """Return a rulebook of one yes-or-no fact, ``holds``."""
    yes = RuleVersion(Period(), parse(when), parse("True"), ())
    no = RuleVersion(Period(), parse(f"not ({when})"), parse("False"), ())
    facts = (*recorded, Fact("holds", FactType.YES_NO, "it holds", derived=True))
    rules = (Rule("t.yes", "holds", (yes,)), Rule("t.no", "holds", (no,)))
    return Rulebook(Definitions(facts=facts, rules=rules))


COUNT = Fact("count", FactType.WHOLE, "the count")
SINCE = Fact("since", FactType.DAY, "the day since")
FLAG = Fact("flag", FactType.YES_NO, "the flag is up")
PAY = Fact("pay", FactType.MONEY, "the pay")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (np.int64(3), 3),
        (np.float64(3.0), 3),
        (2.5, 2.5),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.nan, None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.datetime64("NaT", "D"), None),
        (np.datetime64("2026-06-01"), DAY),
        (pd.Timestamp("2026-06-01"), DAY),
        (datetime(2026, 6, 1), DAY),
        (datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 9)),
        (Decimal("1.50"), Decimal("1.50")),
    ],
)
def test_a_cell_means(given: Any, meant: Any) -> None:
    found = cell(given)
    assert (found, type(found)) == (meant, type(meant))


def wrong_and_right(frame: Any, rulebook: Rulebook) -> tuple[list[Any], list[tuple[Any, str]]]:
    """Return the values of ``holds``, and the rows and columns of problems."""
    found = pl.DataFrame(bulk.ask(frame, rulebook, "holds", on=DAY))["holds"].to_list()
    told = pl.DataFrame(bulk.problems(frame, rulebook))
    return found, list(zip(told["row"], told["column"], strict=True))


@pytest.mark.parametrize("make", [pd.DataFrame, lambda held: pl.DataFrame(held, strict=False)])
def test_whole_floats_are_whole_numbers_and_others_are_problems(make: Any) -> None:
    frame = make({"key": ["a", "b", "c", "d"], "count": [3.0, float("nan"), 2.5, 1.0]})
    found = wrong_and_right(frame, asked("count > 1", COUNT))
    assert found == ([True, None, None, False], [(3, "count")])


def test_objects_are_read_one_by_one() -> None:
    frame = pd.DataFrame(
        {
            "key": ["a", "b", "c", "d"],
            "flag": pd.Series([True, pd.NA, np.bool_(False), "yes"], dtype=object),
        }
    )
    assert wrong_and_right(frame, asked("flag", FLAG)) == (
        [True, None, False, None],
        [(4, "flag")],
    )


def test_a_timestamp_at_midnight_is_a_day_and_another_is_a_problem() -> None:
    stamps = pd.to_datetime(
        ["2026-06-01", None, "2026-05-01", "2026-05-01 09:00"], format="ISO8601"
    )
    frame = pd.DataFrame({"key": list("abcd"), "since": stamps})
    found = wrong_and_right(frame, asked("since == day('2026-06-01')", SINCE))
    assert found == ([True, None, False, None], [(4, "since")])


def test_text_where_days_belong_is_a_problem_in_each_row() -> None:
    frame = pl.DataFrame({"key": ["a", "b"], "since": ["2026-06-01", None]})
    found = wrong_and_right(frame, asked("since == day('2026-06-01')", SINCE))
    assert found == ([None, None], [(1, "since")])


def test_pounds_are_compared_exactly() -> None:
    pay = pl.Series([Decimal("0.10"), Decimal("0.30"), None], dtype=pl.Decimal(10, 2))
    frame = pl.DataFrame({"key": list("abc"), "pay": pay})
    pence = asked("pay < other", PAY, Fact("other", FactType.MONEY, "the other"))
    other = pl.Series([Decimal("0.20")] * 3, dtype=pl.Decimal(12, 3))
    assert wrong_and_right(frame.with_columns(other=other), pence) == ([True, False, None], [])


def as_duckdb(frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(frame.to_arrow())


@pytest.mark.parametrize("held", [pl.Decimal(10, 2), pl.Decimal(38, 4), pl.Int64, pl.Float64])
@pytest.mark.parametrize("make", [pl.DataFrame, pl.DataFrame.to_arrow, as_duckdb])
def test_an_amount_below_zero_is_a_problem_however_a_column_holds_it(held: Any, make: Any) -> None:
    book = asked("pay == money('0.00')", PAY)
    pay = pl.Series([1, 0, -1, None, 10**12], dtype=pl.Int64)
    pay = pay.clip(upper_bound=10**7) if held == pl.Decimal(10, 2) else pay
    frame = make(pl.DataFrame({"key": list("abcde"), "pay": pay.cast(held)}))
    found, told = bulk.ask(frame, book, "holds", on=DAY), bulk.problems(frame, book)
    if make is as_duckdb:
        found, told = found.pl(), told.pl()
    last = False if held == pl.Decimal(10, 2) else None
    assert pl.DataFrame(found)["holds"].to_list() == [False, True, None, None, last]
    assert pl.DataFrame(told)["key"].to_list() == ["c"] if last is False else ["c", "e"]
    assert pl.DataFrame(told)["expected"].unique().to_list() == [EXPECTED[FactType.MONEY]]


def test_an_amount_below_zero_among_objects_is_a_problem() -> None:
    pay = pd.Series([Decimal("0.10"), Decimal("-0.10"), 0, -1, "-3", "-0.00"], dtype=object)
    frame = pd.DataFrame({"key": list("abcdef"), "pay": pay})
    found = wrong_and_right(frame, asked("pay == money('0.00')", PAY))
    wrong = [(2, "pay"), (4, "pay"), (5, "pay")]
    assert found == ([False, None, True, None, None, True], wrong)


@pytest.mark.parametrize("held", [pl.Int64, pl.Float64])
def test_a_number_that_nobody_means_is_a_problem(held: Any) -> None:
    count = pl.Series([10**12, 1 - 10**12, -(10**12), None], dtype=pl.Int64)
    frame = pl.DataFrame({"key": list("abcd"), "count": count.cast(held)})
    found = wrong_and_right(frame, asked("count < 0", COUNT))
    assert found == ([None, True, None, None], [(1, "count"), (3, "count")])
