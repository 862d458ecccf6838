"""What holds for the tree as a whole."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src" / "unioncore"
PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))
SOURCES = sorted([*CORE.rglob("*.py"), *ROOT.glob("plugins/*/src/**/*.py")])
DEFINITIONS = sorted(
    [*CORE.glob("builtin/definitions/*.toml"), *ROOT.glob("plugins/*/src/*/definitions/**/*.toml")]
)
LOCK_FILES = {"uv.lock", "pylock.toml", "poetry.lock", "package-lock.json"}

CLOCKS = {
    *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}
"""Calls that read the day or the time, by the last two parts of their name."""

DOWN_THE_LAYERS = {
    *("agreements", "ballots", "bargaining", "campaigns", "cases", "conferences", "elections"),
    *(
        "events",
        "forums",
        "mass_claims",
        "member",
        "pay",
        "people",
        "posts",
        "programmes",
        "tables",
    ),
    *("monitoring", "workplaces"),
}
"""Concepts that keep their name from layer to layer; a command is called as what it asks."""

ACROSS = {
    "answers/cases/test_random_entries.py": "what holds after any entries into any cases",
    "answers/test_arguments.py": "what every question says to an argument of a wrong kind",
    "answers/test_every_key.py": "what every question says to a misspelt key",
    "answers/test_every_question.py": "every question, put once",
    "answers/test_examples.py": "the worked examples of statute law",
    "answers/test_parameters.py": "figures of statute law that no worked example holds",
    "answers/test_told.py": "two stories that ask many questions",
    "changes/test_life.py": "the life of a union, whatever happens to it",
    "cli/test_process.py": "the command as a process of its own",
    "cli/test_tutorial.py": "the pages for authors, step by step",
    "composition/test_broken_plugins.py": "each kind of broken plugin, from its files on",
    "composition/test_mistakes.py": "the mistakes of authors, each with its message",
    "composition/test_new_kind.py": "the kind of definition that CONTRIBUTING adds",
    "fuzz/test_files.py": "files of every kind, changed at random",
    "fuzz/test_folders_and_words.py": "folders and command lines, changed at random",
    "describe/test_editor.py": "definition files in an editor with a language server",
    "describe/test_the_rulebook_reads_well.py": "every sentence of the rulebook that ships",
    "legal/test_built_in_calendars.py": "the definitions of bank holidays",
    "records/test_agreements.py": "a register of agreements, read, checked and written back",
    "records/test_fuzz.py": "whatever a folder holds, read, checked and written back",
    "replay/test_days.py": "bounds of days, from the examples to the rules",
    "replay/test_slips.py": "slips in examples, from their files to what is told",
    "rules/test_distinct_sentences.py": "the sentences of conditions against their readings",
    "rules/test_readings_agree.py": "every reading of rules against the others",
    "rules/test_stable.py": "the same answers in every process",
    "store/test_killed.py": "writers that are killed, on a folder and on each kind of store",
    "stories/test_standard.py": "the duties of an official, end to end",
}
"""Files of tests about a subject that crosses modules, and what it is."""

NO_MIRROR = {"architecture", "example_union", "plain_words", "rows", "site"}
"""Folders of tests about the tree, the union that a plugin ships, the words of all that is printed,
what a union does in a year, and the built documentation."""

ABOVE_THE_FRONT_DOOR = {"cli", "sphinxext", "testing"}
"""Layers that may use the public names, as users do."""


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file; each is parsed once for all tests."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def parsed(files: list[Path]) -> Iterator[tuple[str, ast.AST]]:
    """Yield every node of every file, with where it stands."""
    for file in files:
        place = file.relative_to(ROOT)
        for node in nodes(file):
            yield f"{place}:{getattr(node, 'lineno', 0)}", node


def layer(file: Path) -> str:
    """Return the layer of the core that ``file`` is in; empty for the front door and plugins."""
    if CORE not in file.parents or file == CORE / "__init__.py":
        return ""
    return file.relative_to(CORE).parts[0].removesuffix(".py")


def test_imports_run_one_way() -> None:
    pytest.importorskip("importlinter", reason="in the lint group")
    for plugin in PLUGINS:
        pytest.importorskip(plugin.name.replace("-", "_"), reason="the contracts name each plugin")
    command = shutil.which("lint-imports")
    if command is None:
        pytest.skip("lint-imports is not on the path")
    run = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_layer_below_imports_the_front_door() -> None:
    """The front door imports the layers; the other way round would be a circle."""
    layers = {layer(file) for file in SOURCES}
    below = [file for file in SOURCES if layer(file) not in {"", *ABOVE_THE_FRONT_DOOR}]
    through_the_door = [
        place
        for place, node in parsed(below)
        if isinstance(node, ast.ImportFrom)
        and node.module == "unioncore"
        and any(name.name not in layers for name in node.names)
    ]
    assert through_the_door == []


def test_only_the_command_line_reads_the_clock() -> None:
    """A library that reads the clock gives two answers to one question."""
    library = [file for file in SOURCES if layer(file) != "cli"]
    readings = [
        place
        for place, node in parsed(library)
        if isinstance(node, ast.Attribute)
        and node.attr in {name.partition(".")[2] for name in CLOCKS}
        and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS
    ]
    assert readings == []


def test_answers_are_made_by_the_rules_or_by_the_one_maker() -> None:
    """Whoever makes an answer elsewhere would have to think of its stamp and its sources alone."""
    maker = CORE / "answers" / "working.py"
    others = [file for file in SOURCES if layer(file) != "rules" and file != maker]
    made = [
        place
        for place, node in parsed(others)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Answer"
    ]
    assert made == []


def test_no_lock_file_is_tracked() -> None:
    """A library is tested with what its users would get today; a lock file also names hosts."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        pytest.skip("not a git checkout")
    assert [file for file in run.stdout.splitlines() if Path(file).name in LOCK_FILES] == []


def test_every_file_of_definitions_is_short_and_has_a_head() -> None:
    """Whoever opens one sees first what it decides, and then the whole of it in one sitting."""
    faults = []
    for file in DEFINITIONS:
        lines = file.read_text(encoding="utf-8").splitlines()
        longest = max(map(len, lines), default=0)
        if not (lines and lines[0].startswith("# ")):
            faults.append(f"{file.relative_to(ROOT)}: no comment at its head")
        if len(lines) > 300 or longest > 100:
            said = f"{len(lines)} lines of at most {longest} characters"
            faults.append(f"{file.relative_to(ROOT)}: {said}, not 300 of 100")
    assert faults == []


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)
def test_every_plugin_has_the_same_parts(plugin: Path) -> None:
    package = plugin / "src" / plugin.name.replace("-", "_")
    assert (plugin / "README.md").is_file()
    assert (package / "py.typed").is_file()
    assert list((package / "definitions").glob("*.toml"))
    assert list((plugin / "tests").glob("test_*.py"))


def test_no_two_classes_share_a_name() -> None:
    """A name with two meanings must be looked up each time; a leading underscore tells nothing."""
    where: dict[str, list[str]] = {}
    for file in sorted(CORE.rglob("*.py")):
        module = nodes(file)[0]
        assert isinstance(module, ast.Module)
        for node in module.body:
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name.lstrip("_"), []).append(str(file.relative_to(CORE)))
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


def test_no_two_modules_share_a_name() -> None:
    """Two modules of one name are one concept, seen from two layers; these are listed."""
    where: dict[str, list[str]] = {}
    for file in sorted(CORE.rglob("*.py")):
        name = file.parent.name if file.name == "__init__.py" else file.stem
        if layer(file) != "cli" and name != "__main__":
            where.setdefault(name, []).append(str(file.relative_to(CORE)))
    shared = {name: files for name, files in where.items() if len(files) > 1}
    assert {name: files for name, files in shared.items() if name not in DOWN_THE_LAYERS} == {}
    assert set(shared) >= DOWN_THE_LAYERS


def test_the_test_of_a_module_is_found_by_its_name() -> None:
    """The test of ``x/y.py`` is ``tests/x/test_y.py``, and of a package ``tests/x/test_x.py``."""
    strays = set()
    for file in (ROOT / "tests").rglob("test_*.py"):
        within = file.relative_to(ROOT / "tests")
        module = CORE / within.parent / within.name.removeprefix("test_")
        is_package = module.stem == module.parent.name or module.with_suffix("").is_dir()
        if within.parts[0] not in NO_MIRROR and not module.is_file() and not is_package:
            strays.add(within.as_posix())
    assert strays == set(ACROSS)


def test_formatting_is_never_switched_off() -> None:
    files = [
        file
        for part in ("src", "tests", "benchmarks", "plugins")
        for file in (ROOT / part).rglob("*.py")
    ]
    switch = "# " + "fmt:"
    assert [file for file in files if switch in file.read_text(encoding="utf-8")] == []


def test_the_places_of_the_map_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, _, after = text.partition("## Find a thing\n")
    section, _, _ = after.partition("\n## ")
    paths = set(re.findall(r"`((?:src|tests|plugins)/[a-z0-9_/.-]+)`", section))
    paths -= {"tests/x/test_y.py"}
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
