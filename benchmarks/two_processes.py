"""Whole jobs in two processes, by the clock on the wall, beside Polars and DuckDB on two cores.

Ten facts of 1.3 million made-up members, as in ``whole_job``, are answered from NDJSON into a
Parquet file: in this process, and in two that hold half of the file each. By hand they are the
Polars of ``ten_facts`` and the SQL of ``ten_facts.sql``, which find the same and check nothing.
Then eight parts of the file are placed by two workers of Dask and by two processes of Python's own
pool. All workers are started before. It needs two cores that nobody else uses; how all are timed:
``rounds``.

    python benchmarks/two_processes.py [ROUNDS] [ROWS]
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from rounds import Line, Way, asked, peer, race, same, show, size
from ten_facts import DAY, NAMES, by_hand, in_sql, members, same_columns

import unioncore
from unioncore import bulk

ROUNDS = 5
ROWS = 1_300_000
PARTS = 8
ONE, TWO = "NDJSON, one process", "NDJSON, two processes"
POLARS, DUCKDB = "Polars by hand", "DuckDB by hand"
POOL, DASK = "eight parts, a pool of two processes", "eight parts, two workers of Dask"


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook, rows = unioncore.compose(), size(ROWS)
    many = members(rows)
    with TemporaryDirectory() as home, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        ndjson, out = Path(home) / "m.ndjson", Path(home) / "out.parquet"
        many.write_ndjson(ndjson)

        def ours(executor: Executor | None = None, parts: int = 1) -> Callable[[], Any]:
            how: dict[str, Any] = {"on": DAY, "short": True, "executor": executor, "parts": parts}
            return lambda: bulk.place_file(ndjson, out, rulebook, *NAMES, **how)

        def polars() -> None:
            by_hand(pl.scan_ndjson(ndjson, schema=many.schema)).sink_parquet(out)

        ways = {ONE: ours(), TWO: ours(pool, 2), POLARS: polars, POOL: ours(pool, PARTS)}
        if duckdb := peer("duckdb"):
            copy = in_sql(ndjson, many.schema, out)
            ways[DUCKDB] = lambda: duckdb.sql(copy)
        cluster = None
        if distributed := peer("distributed"):
            cluster = distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None)
            ways[DASK] = ours(cluster.get_executor(), PARTS)
        try:
            found = []
            for way in ways.values():
                way()
                found.append(pl.read_parquet(out).sort("key"))
            hand = found[list(ways).index(POLARS)]
            answers = [same_columns(each, hand) for each in found]
            same("whole jobs", *(each.equals(answers[0]) for each in answers))
            print(f"{rows:,} members, for one member; {rounds} rounds")
            clocked = {name: Way(way, rows) for name, way in ways.items()}
            took = race(clocked, rounds, time.perf_counter)
        finally:
            if cluster is not None:
                cluster.close()
    lines = [
        Line(ONE, POLARS, 1.1),
        Line(TWO, POLARS),
        Line(ONE, DUCKDB),
        Line(TWO, DUCKDB, 0.75),
        Line(DASK, POOL, 1.5),
    ]
    show(took, lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
