"""Cells mean what people mean by them, in whatever way a library holds them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from unioncore import bulk
from unioncore.bulk.meanings import cell
from unioncore.legal import Period
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import Fact, FactType, Rule, RuleVersion, parse

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
