"""What type checkers say to a user's program: nothing to a right one, and the truth to a wrong one.

They run in the check ``types`` of ``.ci/run``, where they must be there, and wherever they are.
"""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

CONSUMER = Path(__file__).with_name("a_consumer.py")
"""A whole program of somebody outside, without a cast."""

PROGRAMS = {
    "consumer.py": CONSUMER.read_text("utf-8"),
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
    "typed.py": """
from datetime import date

import unioncore
from unioncore import Key

GROUP = Key("service_group", str)


def later(rulebook: unioncore.Rulebook, on: date) -> date:
    return unioncore.ask(rulebook, {}, GROUP, on=on)[GROUP].value
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
def test_a_wrong_name_type_or_condition_is_found_and_nothing_else(
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
    for right in ("right.py", "consumer.py"):
        assert not [line for line in said if right in line], run.stdout + run.stderr
    assert [line for line in said if "typed.py" in line], run.stdout
    assert "plcement" in "".join(line for line in said if "misspelt.py" in line), run.stdout
    assert [line for line in said if "truth.py" in line], run.stdout


@pytest.mark.needs_plugins
def test_the_program_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(CONSUMER), run_name="__main__")
    card, refused, last_day = capsys.readouterr().out.splitlines()
    assert card.startswith("Card(group='', bodies=()")
    assert "did you mean 'employer.kind'?" in refused
    assert last_day == "2026-04-04"  # three months from 5 January, less a day


def test_the_program_has_no_cast_and_no_any() -> None:
    code = CONSUMER.read_text("utf-8")
    assert len(code.splitlines()) > 100
    assert not [word for word in ("cast", "Any", "type: ignore") if word in code]
