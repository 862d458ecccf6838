"""How long ``import unioncore`` takes beside ``import attrs, cattrs, pluggy``, as a ratio.

So too ``unioncore --version`` and ``unioncore ask``, in processor time of the whole process, where
the extra ``cli`` is installed: ``ask`` with the rulebook on disk, and where it has to be composed.

The public names are loaded when they are first used, so the import alone says little: the time
with every public name loaded is shown too, and extras are looked for then.

All are timed in fresh interpreters in turn; a ratio over its goal is "missed". An extra that is
dragged in is a failure.

    python benchmarks/import_time.py [ROUNDS]
"""

import importlib.util
import os
import resource
import subprocess
import sys
import tempfile

from rounds import Line, asked, show

GOAL = 1.35
EVERY_GOAL = 2
ROUNDS = 21
BASE = "import attrs, cattrs, pluggy"
VERSION = "unioncore --version"
VERSION_GOAL = 2
ASK = "unioncore ask"
ASK_GOAL = 6
COMPOSED = "unioncore ask, composed"
COMMANDS = (
    Line(VERSION, BASE, VERSION_GOAL),
    Line(ASK, BASE, ASK_GOAL),
    Line(COMPOSED, BASE),
)
OURS = ("import unioncore", "from unioncore import *")
EXTRAS = (
    "click",
    "dask",
    "duckdb",
    "furo",
    "hypothesis",
    "msgspec",
    "myst_parser",
    "narwhals",
    "numpy",
    "orjson",
    "pandas",
    "polars",
    "pyarrow",
    "pytest",
    "rich",
    "sphinx",
    "sybil",
)


def fresh(code: str) -> str:
    """Return what ``code`` prints in a new interpreter, away from this folder and its settings."""
    command = [sys.executable, "-I", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def seconds(statement: str) -> float:
    """Return the processor time of ``statement`` in a new interpreter, its own start left out."""
    code = f"import time; start = time.process_time(); {statement}"
    return float(fresh(f"{code}; print(time.process_time() - start)"))


def processor_seconds(*command: str, **environment: str) -> float:
    """Return the processor time of a new interpreter, its own start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-I", *command],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def extras_imported() -> list[str]:
    """Return the extras that are loaded once every public name is."""
    loaded = fresh(f"import sys; {OURS[-1]}; print(*sys.modules)").split()
    return [name for name in EXTRAS if name in loaded]


def main(rounds: int) -> None:
    """Print the ratios."""
    if extras := extras_imported():
        sys.exit(f"extras imported: {', '.join(extras)}")
    seconds(BASE)  # everything has been imported once: compiled files are written
    statements = (BASE, *OURS)
    timed = [[seconds(each) for each in statements] for _ in range(rounds)]
    took = dict(zip(statements, map(list, zip(*timed, strict=True)), strict=True))
    show(took, [Line(OURS[0], BASE, GOAL), Line(OURS[1], BASE, EVERY_GOAL)])
    if importlib.util.find_spec("click") is None:
        print(f"left out, since the extra cli is not installed: {VERSION}")
        return
    with tempfile.TemporaryDirectory() as folder:
        show(commands(rounds, folder), COMMANDS)


def commands(rounds: int, cache: str) -> dict[str, list[float]]:
    """Return what commands take in each round; ``cache`` is a folder to keep rulebooks in."""
    os.environ.pop("UNIONCORE_NO_CACHE", None)
    given = ("--set", "employer.kind=cafcass", "--set", "employer.nation=England")
    ask = ("-m", "unioncore", "ask", "service_group", *given, "--on", "2024-06-01")
    ways = {
        VERSION: lambda: processor_seconds("-m", "unioncore", "--version"),
        ASK: lambda: processor_seconds(*ask, XDG_CACHE_HOME=cache),
        COMPOSED: lambda: processor_seconds(*ask, UNIONCORE_NO_CACHE="1"),
        BASE: lambda: processor_seconds("-c", BASE),
    }
    ways[ASK]()  # the rulebook is kept
    rows = [[way() for way in ways.values()] for _ in range(rounds)]
    return dict(zip(ways, map(list, zip(*rows, strict=True)), strict=True))


if __name__ == "__main__":
    main(asked(ROUNDS))
