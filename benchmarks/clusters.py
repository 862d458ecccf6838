"""Ten facts of files of people by a pool of processes, and by a cluster of Dask that is up.

The facts and the people are those of ``ten_facts``, in four Parquet files. Two processes place a
file each at a time: those of Python's own pool, and two workers of Dask, once by its executor and
once as its dataframe. One process alone stands beside the pool. Dask is left out where it is not
installed; it is in the dependency group ``engines``. All write the same rows. How all are timed:
``rounds``, though by the clock on the wall, since others do the work.

    python benchmarks/clusters.py [ROUNDS] [ROWS]
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from rounds import Line, Way, asked, peer, race, same, show, size
from ten_facts import DAY, NAMES, staff

import unioncore
from unioncore import bulk

ROUNDS = 5
ROWS = 1_300_000
FILES = 4
ask = partial(bulk.ask, rule=False, warns=False)


@cache
def rulebook() -> unioncore.Rulebook:
    """Return the rulebook, composed once in each process."""
    return unioncore.compose()


def place(source: Path, out: Path) -> int:
    """Answer about the people of one file; return how many there are."""
    found = ask(pl.scan_parquet(source), rulebook(), *NAMES, on=DAY).collect()
    found.write_parquet(out / source.name)
    return int(found.height)


def in_files(rows: int, folder: Path) -> list[Path]:
    some = pl.DataFrame(staff(0.1), infer_schema_length=None)
    part = pl.concat([some] * max(1, rows // FILES // some.height)).with_row_index("key")
    files = [folder / f"{number}.parquet" for number in range(FILES)]
    for file in files:
        part.write_parquet(file)
    return files


def main(rounds: int) -> None:
    """Print the ratios."""
    with ExitStack() as open_:
        home = Path(open_.enter_context(TemporaryDirectory()))
        folder, out = home / "people", home / "placed"
        folder.mkdir()
        out.mkdir()
        files = in_files(size(ROWS), folder)
        rows = sum(place(file, out) for file in files)

        def by(executor: Executor) -> None:
            same("rows", sum(executor.map(place, files, [out] * FILES)), rows)

        def alone() -> None:
            same("rows", sum(place(file, out) for file in files), rows)

        pool = open_.enter_context(ProcessPoolExecutor(2, mp_context=get_context("spawn")))
        runs: dict[str, Callable[[], None]] = {
            "one process": alone,
            "two processes": lambda: by(pool),
        }
        if (dask := peer("distributed")) and (frames := peer("dask.dataframe")):
            cluster = open_.enter_context(
                dask.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
            )
            client = open_.enter_context(dask.Client(cluster))

            def as_a_frame() -> None:
                people = frames.read_parquet([*map(str, files)])
                ask(people, rulebook(), *NAMES, on=DAY).to_parquet(str(out / "frame"))
                found = pl.scan_parquet(out / "frame" / "*.parquet").select(pl.len()).collect()
                same("rows", found.item(), rows)

            runs["Dask's executor"] = lambda: by(client.get_executor())
            runs["Dask's dataframe"] = as_a_frame
        ways = {name: Way(run, rows, time.perf_counter) for name, run in runs.items()}
        print(f"{rows:,} rows in {FILES} files, for one row; {rounds} rounds")
        lines = [
            Line("two processes", "one process"),
            Line("Dask's executor", "two processes", 1.5),
            Line("Dask's dataframe", "two processes", 1.5),
        ]
        show(race(ways, rounds), lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
