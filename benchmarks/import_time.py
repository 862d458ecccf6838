"""How long ``import unioncore`` takes beside ``import attrs, cattrs, pluggy``, as a ratio.

The public names are loaded when they are first used, so the import alone says little: the time
with every public name loaded is shown too, and extras are looked for then.

All are timed in fresh interpreters in turn (A B C A B C ...), since a machine's speed drifts; a
result is the median of the ratios of each round. Nothing here passes or fails by the clock: a
ratio over the goal is a warning. An extra that is dragged in is a failure.

    python benchmarks/import_time.py [ROUNDS]
"""

import statistics
import subprocess
import sys

GOAL = 1.35
ROUNDS = 21
BASE = "import attrs, cattrs, pluggy"
OURS = ("import unioncore", "from unioncore import *")
EXTRAS = (
    "click", "dask", "duckdb", "furo", "hypothesis", "msgspec", "myst_parser", "narwhals", "numpy",
    "orjson", "pandas", "polars", "pyarrow", "pytest", "rich", "sphinx", "sybil",
)  # fmt: skip


def fresh(code: str) -> str:
    """Return what ``code`` prints in a new interpreter, away from this folder and its settings."""
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def seconds(statement: str) -> float:
    """Return how long ``statement`` takes in a new interpreter, its own start left out."""
    code = f"import time; start = time.perf_counter(); {statement}"
    return float(fresh(f"{code}; print(time.perf_counter() - start)"))


def extras_imported() -> list[str]:
    """Return the extras that are loaded once every public name is."""
    loaded = fresh(f"import sys; {OURS[-1]}; print(*sys.modules)").split()
    return [name for name in EXTRAS if name in loaded]


def main(rounds: int) -> int:
    """Print the ratios and the extras; return the exit status."""
    extras = extras_imported()
    seconds(BASE)  # everything has been imported once: compiled files are written
    timed = [(seconds(BASE), *map(seconds, OURS)) for _ in range(rounds)]
    print(f"{BASE}: {1000 * statistics.median(base for base, *_ in timed):.0f} ms; {rounds} rounds")
    for number, statement in enumerate(OURS, start=1):
        ratios = [times[number] / times[0] for times in timed]
        low, ratio, high = statistics.quantiles(ratios, n=4)
        print(f"{statement}: ratio {ratio:.2f} (quartiles {low:.2f} to {high:.2f})")
        if statement == "import unioncore" and ratio > GOAL:
            print(f"warning: the goal is {GOAL} at most")
    print(f"extras imported: {', '.join(extras) or 'none'}")
    return 1 if extras else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
