"""All benchmarks in turn, with the versions of what they stand beside.

Each runs in an interpreter of its own, with as many rounds as are asked for.

    uv run --group bench python -m benchmarks [ROUNDS]
"""

import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
PEERS = (
    "anytree",
    "attrs",
    "cattrs",
    "holidays",
    "networkx",
    "pluggy",
    "polars",
    "pydantic",
    "rule-engine",
    "transitions",
    "zen-engine",
)


def versions() -> str:
    """Return the versions of Python and of the peers that are installed."""
    found = [f"Python {platform.python_version()}"]
    for name in PEERS:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


def main(rounds: list[str]) -> int:
    """Run each benchmark in an interpreter of its own; say how many failed."""
    print(versions(), flush=True)
    failed = 0
    for script in sorted(HERE.glob("*.py")):
        if script.stem not in ("__main__", "rounds"):
            print(f"\n# {script.stem}", flush=True)
            failed += subprocess.run([sys.executable, str(script), *rounds]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
