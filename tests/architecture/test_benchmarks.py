"""Each benchmark still runs, and finds equal answers."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
HELPERS = {"__main__", "rounds"}


@pytest.mark.slow
@pytest.mark.needs_plugins
@pytest.mark.parametrize("name", sorted({each.stem for each in FOLDER.glob("*.py")} - HELPERS))
def test_a_benchmark_runs_one_round(name: str) -> None:
    command = [sys.executable, str(FOLDER / f"{name}.py"), "1"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "beside" in run.stdout
