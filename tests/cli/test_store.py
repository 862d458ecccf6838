"""The commands about stores print what the page on them shows, and never a password."""

import json
import re
import shlex
import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")
pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

Run = Callable[..., Any]
PAGE = Path(__file__).parents[2] / "docs" / "store.md"


def test_a_store_is_made_and_what_is_wrong_is_one_line(run: Run, tmp_path: Path) -> None:
    done = run("store", "init", str(tmp_path / "union.db"), "--json")
    assert json.loads(done.stdout) == {"store": f"sqlite:///{tmp_path}/union.db", "format": "1"}
    done = run("store", "init", str(tmp_path / "none" / "union.db"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.endswith("union.db: No such file or directory\n")
    done = run("store", "init", "mysql://me:geheim@localhost/x")
    assert (done.exit_code, "geheim" in done.stderr) == (2, False)
    assert "sqlite:///FILE" in done.stderr


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_the_commands_print_what_the_page_shows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with resources.as_file(resources.files("unioncore_unison") / "example_union") as example:
        shutil.copytree(example, "our-union")
    (block,) = re.findall(r"(?ms)^```console\n(.*?)^```$", PAGE.read_text("utf-8"))
    for step in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, said = step.partition("\n")
        done = run(*shlex.split(command)[1:])
        assert (done.exit_code, done.output) == (0, said)
    done = run("store", "check", "union.db", "--json")
    held = {"people": 1041, "units": 388, "cases": 4, "state": 1, "faults": []}
    assert json.loads(done.stdout) == held
    done = run("store", "import", "union.db", "another-folder", "--json")
    assert json.loads(done.stdout)["state"] == 1
    Path("another-folder", "people.csv").write_text("key,name\nM1,One\n")
    done = run("store", "import", "union.db", "another-folder")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "One" not in done.stderr
