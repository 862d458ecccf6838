"""Whatever a union's folder or a command line holds ends in a report, which names no member."""

import shutil
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.changing import ODD, broken, line_changed
from tests.records.folders import GOOD

pytestmark = [pytest.mark.slow, pytest.mark.needs_plugins, pytest.mark.needs_cli]
pytest.importorskip("click")
pytest.importorskip("rich")

Command = Callable[..., str]
NAMES = ("Test One", "Test Two", "Test Three")
WORDS = (
    *("employer.key", "employer.key=", "=x", "person.born=0001-01-01", "person.born=10000-01-01"),
    *("person.earnings=1e999999999", "person.earnings=NaN", "on=2024-01-01", "M0011", "-1", ""),
    *("0001-01-01", "9999-12-31", "2024-02-30", "2024-W01-1", " 2024-06-01", "unfair-dismissal"),
    *("negotiating_bodies", "core.grievance", "England", "kent-police-branch", "/nowhere", "."),
    *("[bold]x[/bold]", "%s", "a" * 5000, "../../x", "\u202e", "employer.nation=England"),
)
COMMANDS = {
    "ask": ("--set", "--on", "--without", "--json", "--short"),
    "rules": ("--on", "--about", "--json"),
    "facts": ("--about", "--json"),
    "diff": ("--json",),
    "explain": ("--on", "--union", "--json"),
    "deadline": ("--starts", "--nation", "--day-a", "--day-b", "--presented", "--json"),
    "readiness": ("--nation", "--json"),
    "report": ("--set", "--on", "--source"),
    "pay": ("--point", "--on"),
    "breach": ("--nation", "--json"),
    "": ("--help", "--version"),
}


@pytest.mark.parametrize("seed", range(20))
def test_a_folder(command: Command, tmp_path: Path, seed: int) -> None:
    draw = Random(f"folder {seed}")
    folder = tmp_path / "union"
    for _ in range(100):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        names = draw.sample(sorted(GOOD), 2)
        for name, text in GOOD.items():
            content = (line_changed(text, draw) if name in names else text).encode(errors="replace")
            content = broken(content, draw) if name in names and draw.random() < 0.2 else content
            (folder / name).write_bytes(content)
        said = command("check", str(folder))
        assert not any(name in said for name in NAMES)


@pytest.mark.parametrize("seed", range(20))
def test_a_command_line(command: Command, seed: int) -> None:
    draw = Random(f"words {seed}")
    for _ in range(100):
        name = draw.choice(sorted(COMMANDS))
        words = [name] if name else []
        for _ in range(draw.randrange(6)):
            if draw.random() < 0.6:
                words.append(draw.choice(COMMANDS[name]))
            odd = draw.choice((*WORDS, *(each for each in ODD if isinstance(each, str))))
            words.append(odd.replace("\0", "").encode(errors="replace").decode())
        command(*words)


def test_a_member_of_the_example_is_not_named_where_something_is_wrong(
    command: Command, tmp_path: Path
) -> None:
    example = resources.files("unioncore_unison") / "example_union"
    folder = tmp_path / "union"
    shutil.copytree(str(example), folder)
    people = (folder / "people.csv").read_text("utf-8").split("\n")
    names = {line.split(",")[1] for line in people[1:] if "," in line}
    draw = Random("people")
    for _ in range(10):
        changed = line_changed("\n".join(people), draw).encode(errors="replace")
        (folder / "people.csv").write_bytes(changed)
        said = command("check", str(folder))
        assert not any(name in said for name in names if len(name) > 3)
