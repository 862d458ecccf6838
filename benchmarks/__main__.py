"""All benchmarks in turn, or those that are named, beside their peers.

    uv run --group benchmarks python -m benchmarks [NAME...] [--rounds N] [--size N] [--write]

Each runs in an interpreter of its own. The peers are in the dependency group ``benchmarks``; what
is not installed is left out. With ``--write`` what was found goes into ``docs/performance.json``,
from which the documentation makes its pages: in place of what was found before with the same
versions, and everything that was found with others is dropped.
"""

import argparse
import ast
import json
import os
import platform
import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
FOUND = ROOT / "docs" / "performance.json"
NAMES = sorted(each.stem for each in HERE.glob("*.py") if each.stem not in ("__main__", "rounds"))
GROUP = "benchmarks"


def stand() -> dict[str, Any]:
    """Return what was measured with: Python, the cores, and the versions that are installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"][GROUP]]
    names = sorted({re.split(r"[^\w.-]", each)[0] for each in wanted})
    versions = {each: version for each in names if (version := _version(each))}
    if lacking := [each for each in names if each not in versions]:
        print(f"not installed: {', '.join(lacking)} (they come with `uv sync --group {GROUP}`)")
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "versions": versions,
    }


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def found_by(name: str, *given: str) -> dict[str, Any] | None:
    """Run one benchmark and return what it found; None where it failed."""
    script = HERE / f"{name}.py"
    print(f"\n# {name}", flush=True)
    load = os.getloadavg()[0]
    with TemporaryDirectory() as home:
        file = Path(home) / "found"
        file.touch()
        run = subprocess.run(
            [sys.executable, str(script), *given],
            env={**os.environ, "UNIONCORE_FOUND": str(file)},
        )
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    if run.returncode:
        return None
    told = ast.get_docstring(ast.parse(script.read_text("utf-8"))) or ""
    return {
        "name": name,
        "about": " ".join(told.split("\n\n")[0].split()),
        "measured_on": date.today().isoformat(),
        "load": round(load, 1),
        "found": lines,
    }


def write(where: dict[str, Any], result: dict[str, Any]) -> None:
    """Put a result in place of the one before; the others stay where they were found alike."""
    before = json.loads(FOUND.read_text("utf-8"))
    kept = {each["name"]: each for each in before["benchmarks"] if _alike(before, where)}
    kept[result["name"]] = result
    whole = {**where, "benchmarks": [kept[name] for name in NAMES if name in kept]}
    text = json.dumps(whole, indent=1)
    # A line for each thing found, so that a change of one is a change of one line.
    text = re.sub(r'\{\s+("(?:way|curve)"[^{}]+?)\s+\}', _on_one_line, text)
    FOUND.write_text(text + "\n", encoding="utf-8")


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two runs had the same Python, cores and versions of what both had installed."""
    ours, theirs = _versions(one), _versions(other)
    return all(ours[name] == theirs[name] for name in ours.keys() & theirs.keys())


def _versions(where: dict[str, Any]) -> dict[str, Any]:
    return {"python": where["python"], "cores": where["cores"], **where["versions"]}


def _on_one_line(found: re.Match[str]) -> str:
    return "{" + " ".join(found[1].split()) + "}"


def main() -> int:
    """Run benchmarks; return how many failed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.formatter_class = argparse.RawDescriptionHelpFormatter
    asked.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    asked.add_argument("--rounds", type=int, help="how often each way is timed")
    asked.add_argument("--size", type=int, help="of how many rows a large benchmark is at most")
    asked.add_argument("--write", action="store_true", help=f"write {FOUND.relative_to(ROOT)}")
    given = asked.parse_args()
    if unknown := sorted({*given.names} - {*NAMES}):
        asked.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if given.size and not given.rounds:
        asked.error("--size needs --rounds")
    where = stand()
    versions = ", ".join(f"{name} {version}" for name, version in where["versions"].items())
    print(f"Python {where['python']}, {where['cores']} cores; {versions}", flush=True)
    more = [str(each) for each in (given.rounds, given.size) if each]
    failed = 0
    for name in given.names or NAMES:
        result = found_by(name, *more)
        if result is None:
            failed += 1
        elif given.write:
            write(where, result)
    return failed


if __name__ == "__main__":
    sys.exit(main())
