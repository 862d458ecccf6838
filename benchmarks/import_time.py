"""How long ``import unioncore`` takes beside ``import attrs, cattrs, pluggy``, as a ratio.

Both are timed in fresh interpreters in turn (A B A B ...), since a machine's speed drifts; the
result is the median of the ratios of each round. Nothing here passes or fails by the clock: a
ratio over the goal is a warning. An extra that the import drags in is a failure.

    python benchmarks/import_time.py [ROUNDS]
"""

import statistics
import subprocess
import sys

GOAL = 1.35
ROUNDS = 21
BASE = "attrs, cattrs, pluggy"
EXTRAS = (
    "click", "dask", "duckdb", "furo", "hypothesis", "msgspec", "myst_parser", "narwhals", "numpy",
    "orjson", "pandas", "polars", "pyarrow", "pytest", "rich", "sphinx", "sybil",
)  # fmt: skip


def fresh(code: str) -> str:
    """Return what ``code`` prints in a new interpreter, away from this folder and its settings."""
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def seconds(modules: str) -> float:
    """Return how long a new interpreter takes to import ``modules``, its own start left out."""
    code = f"import time; start = time.perf_counter(); import {modules}"
    return float(fresh(f"{code}; print(time.perf_counter() - start)"))


def extras_imported() -> list[str]:
    """Return the extras that are loaded once ``unioncore`` is."""
    loaded = fresh("import sys, unioncore; print(*sys.modules)").split()
    return [name for name in EXTRAS if name in loaded]


def main(rounds: int) -> int:
    """Print the ratio and the extras; return the exit status."""
    extras = extras_imported()
    seconds(BASE)  # both have been imported once: compiled files are written
    pairs = [(seconds(BASE), seconds("unioncore")) for _ in range(rounds)]
    ratios = [ours / base for base, ours in pairs]
    base, ours = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    low, ratio, high = statistics.quantiles(ratios, n=4)
    print(f"import {BASE}: {base:.0f} ms; import unioncore: {ours:.0f} ms; {rounds} rounds")
    print(f"ratio: {ratio:.2f} (quartiles {low:.2f} to {high:.2f}; goal {GOAL} at most)")
    print(f"extras imported: {', '.join(extras) or 'none'}")
    if ratio > GOAL:
        print(f"warning: the ratio is over {GOAL}")
    return 1 if extras else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
