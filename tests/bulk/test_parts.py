"""Frames that lie in parts, of Spark and of Dask, have the answers that each row gets alone."""

import os
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

from tests.books import everything
from tests.bulk.test_many_rows import POLICE, Engine, check, in_rows, rows, rulebooks
from tests.rules.strategies import days
from unioncore import bulk
from unioncore.rulebook import Rulebook

pytestmark = [
    pytest.mark.engines,
    # What these engines warn of is theirs, such as a version of pandas.
    pytest.mark.filterwarnings("default"),
]

DAY = date(2026, 6, 1)


def plain(kind: pa.DataType) -> pa.DataType:
    """Return a type of Arrow as Spark takes it."""
    if pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_large_list(kind):
        return pa.list_(plain(kind.value_type))
    return kind


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    """Return what makes a frame of Spark in two parts."""
    sql = pytest.importorskip("pyspark.sql")
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.getOrCreate()

    def made(frame: pl.DataFrame) -> Any:
        table = frame.to_arrow()
        types = pa.schema([(each.name, plain(each.type)) for each in table.schema])
        return session.createDataFrame(table.cast(types)).repartition(2)

    yield made
    session.stop()


@pytest.fixture(scope="module")
def dask() -> Engine:
    """Return what makes a frame of Dask in two parts."""
    frames = pytest.importorskip("dask.dataframe")

    def made(frame: pl.DataFrame) -> Any:
        held = frame.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
        return frames.from_pandas(held, npartitions=2, sort=False)

    return made


@settings(max_examples=25, deadline=None)
@given(rulebooks(), rows(), days)
def test_dask_gives_the_answers_that_each_row_gets_alone(
    dask: Engine, rulebook: Rulebook, facts: list[dict[str, Any]], on: date
) -> None:
    check(rulebook, facts, on, {"dask": dask})


@settings(max_examples=10, deadline=None)
@given(rulebooks(), rows(), days)
def test_spark_gives_the_answers_that_each_row_gets_alone(
    spark: Engine, rulebook: Rulebook, facts: list[dict[str, Any]], on: date
) -> None:
    check(rulebook, facts, on, {"spark": spark})


@pytest.mark.needs_plugins
@pytest.mark.parametrize("engine", ["spark", "dask"])
def test_a_frame_in_parts_stays_one_and_tells_what_means_nothing(
    engine: str, request: pytest.FixtureRequest
) -> None:
    frame = request.getfixturevalue(engine)(pl.DataFrame(POLICE))
    found = bulk.ask(frame, everything(), "service_group", "negotiating_bodies", on=DAY)
    assert type(found) is type(frame)
    whole = bulk.ask(
        pl.DataFrame(POLICE), everything(), "service_group", "negotiating_bodies", on=DAY
    )
    assert in_rows(found) == in_rows(whole)
    wrong = in_rows(bulk.problems(frame, everything()))
    expected = "one of the words declared for it"
    assert wrong == [{"key": "c", "column": "employer.kind", "expected": expected}]


@pytest.mark.needs_plugins
def test_the_question_can_be_sent_to_another_process(dask: Engine) -> None:
    whole = bulk.ask(pl.DataFrame(POLICE), everything(), "service_group", on=DAY)
    parts = bulk.ask(dask(pl.DataFrame(POLICE)), everything(), "service_group", on=DAY)
    found = pl.from_pandas(parts.compute(scheduler="processes"))
    assert in_rows(found) == in_rows(whole)
