"""The example that ships is the one that its script makes."""

import json
import runpy
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from unioncore.records import read_cases

SCRIPT = Path(__file__).parents[1] / "example" / "make.py"


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_the_script_makes_the_folder_that_ships(tmp_path: Path) -> None:
    made = tmp_path / "example_union"
    runpy.run_path(str(SCRIPT))["main"](made)
    with resources.as_file(resources.files("unioncore_unison") / "example_union") as shipped:
        files = sorted(file.relative_to(shipped) for file in shipped.rglob("*") if file.is_file())
        assert files == sorted(file.relative_to(made) for file in made.rglob("*") if file.is_file())
        for file in files:
            if file.parent.name == "cases":
                assert entered(made / file) == entered(shipped / file), file
            else:
                assert (made / file).read_bytes() == (shipped / file).read_bytes(), file
        assert not read_cases(shipped).faults


def entered(file: Path) -> dict[str, Any]:
    """Return a stored case but for what follows from the rulebook with which it was made."""
    plain: dict[str, Any] = json.loads(file.read_bytes())
    for each in (plain, *plain["entries"]):
        del each["mark"]
    del plain["fingerprint"]
    return plain
