"""Mutation testing: ``uv run --group mutants python scripts/mutants.py dates tribunal``.

mutmut changes one thing in a function at a time, such as ``<`` into ``<=``, and a test of the area
must notice. From each area 200 changes are drawn at random, always the same ones for the same code.
What no test noticed is shown, with the lines before and after. What no test can notice stands in
``tests/mutants.toml`` with the reason. The exit status is 1 where anything else is left.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from math import ceil
from multiprocessing.pool import ThreadPool
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import libcst as cst
from attrs import frozen
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name, orig_function_and_class_names_from_key

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "mutants"
EQUIVALENT = ROOT / "tests" / "mutants.toml"
SEED = 2026
DRAWN = 200
PYTEST = ("-n0", "-p", "no:cacheprovider", "--hypothesis-profile=mutants")
SLOW = ("-m", "slow or not slow")


@frozen
class Area:
    """Modules that are changed together, and the tests that must notice."""

    modules: tuple[str, ...]
    """Below ``src/unioncore``, without the ending."""
    tests: tuple[str, ...]
    """Files and folders below ``tests``."""
    options: tuple[str, ...] = ()
    """Options of pytest, such as those that ask for slow tests too."""

    @property
    def pytest(self) -> list[str]:
        """What pytest is called with."""
        return [*PYTEST, *self.options]

    @property
    def paths(self) -> list[str]:
        """The modules, from the root of the project."""
        return [f"src/unioncore/{each}.py" for each in self.modules]

    @property
    def selected(self) -> list[str]:
        """The tests, from the root of the project."""
        return [f"tests/{each}" for each in self.tests]


@frozen
class Change:
    """One change: in which function, which lines it takes away, and which stand there then."""

    of: str
    was: str
    becomes: str


AREAS: Mapping[str, Area] = {
    "dates": Area(
        modules=(
            "legal/calendar",
            "legal/duration",
            "legal/period",
            "legal/stopped_clock",
            "legal/timeline",
        ),
        tests=("legal",),
    ),
    "tribunal": Area(
        modules=(
            "answers/employment/rules_limits",
            "answers/employment/tribunal",
            "answers/reckoning",
            "model/countings",
        ),
        tests=(
            "answers/employment/test_rules_limits.py",
            "answers/employment/test_tribunal.py",
            "answers/test_reckoning.py",
            "model/test_countings.py",
        ),
    ),
    "ballots": Area(
        modules=(
            "answers/action/ballot_failures",
            "answers/action/ballots",
            "answers/action/industrial_action",
            "answers/action/recorded_ballots",
            "model/ballots",
        ),
        tests=(
            "answers/action/test_ballot_failures.py",
            "answers/action/test_ballots.py",
            "answers/action/test_industrial_action.py",
            "answers/action/test_recorded_ballots.py",
        ),
    ),
    "viewing": Area(
        modules=(
            "answers/cases/compartments",
            "answers/cases/sides",
            "answers/cases/viewing",
        ),
        tests=("answers/cases/test_representation.py", "answers/cases/test_viewing.py"),
        options=SLOW,
    ),
    "suppression": Area(
        modules=("answers/figures/patterns", "answers/figures/suppression"),
        tests=("answers/figures",),
    ),
    "compiled": Area(
        modules=("rules/compile", "rules/source"),
        tests=("rules/test_compile.py", "rules/test_source.py", "rules/test_readings_agree.py"),
        options=("-k", "compile or source or looked_up or found_in_many"),
    ),
}


def main() -> None:
    """Read the command line, and change and test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"of {', '.join(AREAS)}")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--drawn", type=int, default=DRAWN, help="how many of each area")
    asked = parser.parse_args()
    left = 0
    for name in asked.areas or AREAS:
        left += _measure(name, AREAS[name], asked.drawn, asked.processes)
    sys.exit(left > 0)


def _measure(name: str, area: Area, drawn: int, processes: int) -> int:
    """Test an area, print what was found, and return how many changes are left unnoticed."""
    folder = BUILD / name
    _lay_out(folder, area)
    os.chdir(folder)  # mutmut reads and writes where it is run
    every = sorted(_changes(area))
    chosen = random.Random(SEED).sample(every, min(drawn, len(every)))
    _mutmut("run", "--max-children", str(processes), *chosen)
    verdicts = dict(
        line.strip().split(": ") for line in _mutmut("results", "--all", "true").splitlines()
    )
    # mutmut forks from a process that has asked everything once, and gives a function the tests
    # that called it then. What was made once and kept is tested in a process of its own, and so is
    # what took too long, as it does on a busy machine.
    doubtful = [each for each in chosen if verdicts[each] != "killed"]
    begun = getrusage(RUSAGE_CHILDREN).ru_utime
    if not _passes(folder, area, ""):
        sys.exit(f"{name}: the tests fail where nothing is changed")
    limit = ceil(4 * (getrusage(RUSAGE_CHILDREN).ru_utime - begun))
    with ThreadPool(processes) as pool:
        found = pool.map(lambda each: _passes(folder, area, each, limit), doubtful)
    survivors = {
        each: _difference(each) for each, survives in zip(doubtful, found, strict=True) if survives
    }
    known = _equivalent()
    left = {each: change for each, change in survivors.items() if change not in known}
    for each, change in left.items():
        print(f"{each}\n  in {change.of}\n  was     {change.was}\n  becomes {change.becomes}\n")
    print(
        f"{name}: {len(every)} changes, {len(chosen)} drawn, {len(chosen) - len(survivors)} "
        f"noticed, {len(survivors) - len(left)} without effect, {len(left)} left",
        flush=True,
    )
    return len(left)


def _lay_out(folder: Path, area: Area) -> None:
    """Copy the project into a folder of its own, with what mutmut reads."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("src", "tests"):
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    shutil.copy(ROOT / "conftest.py", folder)
    for path in area.paths:
        module = cst.parse_module((folder / path).read_text())
        (folder / path).write_text(module.visit(_Undecorated()).code)
    project = (ROOT / "pyproject.toml").read_text()
    settings = {
        "source_paths": ["src"],
        "only_mutate": area.paths,
        "also_copy": ["conftest.py"],
        "pytest_add_cli_args": area.pytest,
        "pytest_add_cli_args_test_selection": area.selected,
        "timeout_constant": 10.0,
        "timeout_multiplier": 4.0,
    }
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    (folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{''.join(lines)}")


class _Undecorated(cst.CSTTransformer):
    """Writes ``@checked def f`` as ``def f`` and ``f = checked(f)``; mutmut skips the first."""

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        decorators = [each.decorator for each in updated_node.decorators]
        named = {each.value for each in decorators if isinstance(each, cst.Name)}
        if not decorators or named & {"classmethod", "staticmethod", "overload"}:
            return updated_node
        made: cst.BaseExpression = updated_node.name
        for each in reversed(decorators):
            made = cst.Call(each, [cst.Arg(made)])
        assigned = cst.Assign([cst.AssignTarget(updated_node.name)], made)
        plain = updated_node.with_changes(decorators=[])
        return cst.FlattenSentinel([plain, cst.SimpleStatementLine([assigned])])


def _changes(area: Area) -> Iterator[str]:
    """Give the name of each change that mutmut can make."""
    for path in area.paths:
        made = mutate_file_contents(path, Path(path).read_text())
        yield from (get_mutant_name(Path(path), each) for each in made.mutant_names)


def _mutmut(*arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"mutmut {arguments[0]} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def _passes(folder: Path, area: Area, name: str, limit: int | None = None) -> bool:
    """Test one change, or none, in a new process, within so many seconds of processor time."""
    made = folder / "mutants"
    environment = {**os.environ, "MUTANT_UNDER_TEST": name, "PYTHONPATH": str(made / "src")}
    limited = ["sh", "-c", f'ulimit -t {limit or "unlimited"} && exec "$@"', "sh"]
    command = [*limited, sys.executable, "-m", "pytest", "-x", *area.pytest, *area.selected]
    return not subprocess.run(command, cwd=made, env=environment, capture_output=True).returncode


def _difference(name: str) -> Change:
    """Return what a change takes away and what it puts there."""
    lines = get_diff_for_mutant(name).splitlines()[3:]
    was, becomes = (
        " ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+"
    )
    function, of = orig_function_and_class_names_from_key(name)
    module = name.partition(".x")[0]
    return Change(".".join(each for each in (module, of, function) if each), was, becomes)


def _equivalent() -> frozenset[Change]:
    found = tomllib.loads(EQUIVALENT.read_text()) if EQUIVALENT.exists() else {}
    return frozenset(
        Change(each["of"], each["was"], each["becomes"]) for each in found.get("change", ())
    )


if __name__ == "__main__":
    main()
