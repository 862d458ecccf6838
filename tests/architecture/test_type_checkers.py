"""What type checkers say to a user's program: nothing to a right one, and the truth to a wrong one.

They run in the check ``types`` of ``.ci/run``, where they must be there, and wherever they are.
"""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAMS = {
    "right.py": """
from datetime import date

import unioncore
from unioncore import Answer, placement
from unioncore.answers import Desk, Refusal
from unioncore.model import Case, CaseEntry


def bodies(rulebook: unioncore.Rulebook, kind: str, on: date) -> frozenset[str] | None:
    place = placement(rulebook, {"employer.kind": kind}, on=on)
    answer: Answer[frozenset[str]] = place.negotiating_bodies
    return answer.value if answer.known else None


def enter(desk: Desk, reference: str, entry: CaseEntry) -> Case:
    found = desk.enter(reference, entry)
    if isinstance(found, Refusal):
        raise ValueError("; ".join(found.reasons))
    return found.case
""",
    "misspelt.py": """
from unioncore import plcement

print(plcement)
""",
    "truth.py": """
import unioncore


def organised(place: unioncore.Placement) -> str:
    if place.organised:
        return "yes"
    return "no"
""",
}
CHECKERS = {
    "mypy": ("--strict", "--warn-unreachable", "--no-error-summary", "--cache-dir"),
    "pyright": ("--pythonpath", sys.executable),
}


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_misspelt_import_and_an_answer_as_a_condition_are_found_and_nothing_else(
    tmp_path: Path, checker: str
) -> None:
    pytest.importorskip(checker, reason="in the lint group")
    for name, code in PROGRAMS.items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    options = [*CHECKERS[checker]]
    if checker == "mypy":
        options.append(str(tmp_path / "cache"))
    run = subprocess.run(
        [sys.executable, "-m", checker, *options, *PROGRAMS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in run.stdout.splitlines() if ".py:" in line]
    assert not [line for line in said if "right.py" in line], run.stdout + run.stderr
    assert "plcement" in "".join(line for line in said if "misspelt.py" in line), run.stdout
    assert [line for line in said if "truth.py" in line], run.stdout
