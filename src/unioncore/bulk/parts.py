"""Frames that lie in parts, perhaps on other machines: each part is worked out where it lies.

Polars does it there as it does a whole frame here, so the answers are the same. The extra
``unioncore[bulk]`` is needed there too.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from unioncore.bulk.frames import frame_kind

__all__ = ["worked_out"]

_Work = Callable[[Any], Any]
"""Takes a frame of any kind that lies in one part, and returns one of the same kind."""


def worked_out(frame: Any, needed: list[str], work: _Work) -> Any:
    """Return what ``work`` makes of a frame; a frame in parts stays one, and lazy.

    ``needed`` are the columns that it needs.
    """
    match frame_kind(frame):
        case "pyspark":
            return _of_spark(frame, needed, work)
        case "dask":
            some = frame[needed]
            return some.map_partitions(work, meta=work(some._meta))
        case _:
            return work(frame)


def _of_spark(frame: Any, needed: list[str], work: _Work) -> Any:
    types = import_module("pyspark.sql.pandas.types")
    table = import_module("pyarrow").Table
    places = [frame.columns.index(name) for name in needed]
    # Spark would take a dot in a name for a way into a record.
    numbered = frame.toDF(*(f"_{place}" for place in range(len(frame.columns))))
    some = numbered.select(*(f"_{place}" for place in places))
    nothing = types.to_arrow_schema(some.schema).empty_table()
    schema = types.from_arrow_schema(work(nothing.rename_columns(needed)).schema)
    made = types.to_arrow_schema(schema)

    def each(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            part = table.from_batches([batch]).rename_columns(needed)
            yield from work(part).cast(made).to_batches()

    return some.mapInArrow(each, schema)
