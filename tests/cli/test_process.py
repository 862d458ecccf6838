"""The command as a process of its own: exit codes, streams, and plugins that are installed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]

PLUGIN = """
from unioncore import About, Word, hookimpl


class Plugin:
    @hookimpl
    def unioncore_about(self):
        return About({prefix!r}, requires={requires!r})

    @hookimpl
    def unioncore_words(self):
        return [Word("employer_kind", "lighthouse", {name!r})]


plugin = Plugin()
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command with ``tmp_path`` on the path, as ``pip install --target`` would leave it."""

    def command(*words: str, **environment: str) -> Done:
        path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
        kept = {k: v for k, v in os.environ.items() if k != "UNIONCORE_PLUGINS"}
        return subprocess.run(
            [sys.executable, "-m", "unioncore", *words],
            env={**kept, "PYTHONPATH": path, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return command


def install(folder: Path, name: str, code: str) -> None:
    """Leave a pretend distribution ``unioncore-NAME`` in ``folder``."""
    module = f"unioncore_{name.replace('-', '_')}"
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    info = folder / f"{module}-1.2.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: unioncore-{name}\nVersion: 1.2\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    entry = f"[unioncore]\n{name} = {module}:plugin\n"
    (info / "entry_points.txt").write_text(entry, encoding="utf-8")


def listed(done: Done) -> Mapping[str, dict[str, object]]:
    return {each["name"]: each for each in json.loads(done.stdout)}


@pytest.mark.slow
def test_json_is_all_there_is(run: Run) -> None:
    done = run("ask", "organised", "--json", "--plugin", "builtin", "--on", "2024-06-01")
    assert (done.returncode, done.stderr) == (3, "")
    assert set(json.loads(done.stdout)) == {"on", "rulebook", "answers"}


def test_the_command_ask_loads_only_what_it_needs() -> None:
    code = "import sys, unioncore.cli.ask; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {*done.stdout.split()}
    assert loaded.isdisjoint({"unioncore.describe", "unioncore.records", "rich"})
    questions = {each for each in loaded if each.startswith("unioncore.answers.")}
    assert questions == {"unioncore.answers.by_name"}


@pytest.mark.slow
def test_each_wrong_fact_has_its_line(run: Run) -> None:
    done = run("ask", "organised", "--set", "employer.naton=Wales", "--set", "job.is_manager=so")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_its_libraries_it_says_what_to_install(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; sys.stdout.isatty = lambda: True"
    command = [sys.executable, "-c", f"{code}; from unioncore.cli import main; main()", "tables"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'unioncore[cli]'" in done.stderr


def test_another_missing_module_is_not_taken_for_the_extra() -> None:
    code = "import sys; sys.modules['unioncore.replay'] = None; from unioncore.cli import main"
    command = [sys.executable, "-c", f"{code}; main()", "replay", "examples.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "unioncore.replay" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="pipes end otherwise elsewhere")
def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "unioncore", "rules", "--plugin", "builtin"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.slow
def test_text_that_the_terminal_cannot_spell_is_escaped(run: Run, tmp_path: Path) -> None:
    record = {"id": "É-\ud800", "kind": "tide_table", "inputs": {}, "expected": {"a": 1}}
    file = tmp_path / "some.json"
    file.write_text(json.dumps([record]), encoding="utf-8")
    done = run("replay", str(file), "--plugin", "builtin", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1] == "0 passed, 0 failed, 1 not supported"


# -- plugins that are installed --------------------------------------------------------------------


@pytest.mark.slow
def test_an_installed_plugin_is_listed_and_chosen_by_either_name(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    found = listed(run("plugins", "--json", "--plugin", "sea"))
    assert set(found) == {"builtin", "sea"}
    assert found["sea"] == {
        "name": "sea",
        "distribution": "unioncore-sea",
        "version": "1.2",
        "contributes": {"words": 1},
        "left_out": {},
        "faults": [],
    }
    assert "sea" not in listed(run("plugins", "--json", "--without", "unioncore-sea"))
    chosen = listed(run("plugins", "--json", UNIONCORE_PLUGINS=" unioncore-sea , "))
    assert set(chosen) == {"builtin", "sea"}
    plain = run("plugins", "--plugin", "unioncore-sea").stdout
    assert "sea (unioncore-sea 1.2): 1 words" in plain.splitlines()
    wrong = run("plugins", UNIONCORE_PLUGINS="see")
    assert (wrong.returncode, "'sea'" in wrong.stderr) == (2, True)


@pytest.mark.slow
def test_a_broken_plugin_is_shown_and_questions_do_without_it(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "broken", "import a_module_that_nobody_wrote\n")
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    chosen = ["--plugin", "broken", "--plugin", "sea"]
    done = run("plugins", *chosen)
    assert done.returncode == 1
    (fault,) = [line for line in done.stdout.splitlines() if "broken:" in line]
    assert "a_module_that_nobody_wrote" in fault
    found = listed(run("plugins", "--json", *chosen))
    assert found["broken"]["faults"]
    assert found["sea"]["faults"] == []
    asked = run("ask", "organised", "--on", "2024-06-01", *chosen)
    assert "a_module_that_nobody_wrote" in asked.stderr
    assert "mend it, or say --without broken" in asked.stderr
    assert "warning: the plugin broken is left out: " in asked.stdout
    strict = run("replay", __file__, *chosen)
    assert (strict.returncode, strict.stdout) == (1, "")
    assert "mend or leave out (--without broken)" in strict.stderr
    assert run("ask", "organised", "--plugin", "sea").returncode == 3


@pytest.mark.slow
def test_plugins_that_do_not_agree_are_shown(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    install(tmp_path, "shore", PLUGIN.format(prefix="shore", requires=(), name="beacon"))
    done = run("plugins", "--plugin", "sea", "--plugin", "shore")
    assert done.returncode == 1
    assert "lighthouse" in done.stdout


@pytest.mark.slow
def test_what_a_plugin_requires_comes_with_it(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    install(tmp_path, "cliff", PLUGIN.format(prefix="cliff", requires=("sea",), name="lighthouse"))
    assert set(listed(run("plugins", "--json", "--plugin", "cliff"))) == {"builtin", "sea", "cliff"}
    left_out = run("ask", "organised", "--plugin", "cliff", "--without", "unioncore-sea")
    assert left_out.returncode == 3
    assert "the plugin cliff is left out: cliff: needs the plugin sea" in left_out.stderr


@pytest.mark.slow
def test_a_distribution_whose_entry_point_was_forgotten_is_named(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    (tmp_path / "unioncore_sea-1.2.dist-info" / "entry_points.txt").unlink()
    metadata = tmp_path / "unioncore_sea-1.2.dist-info" / "METADATA"
    for needs, named in (("unioncore (>=0.1)", True), ("unioncore; extra == 'docs'", False)):
        text = f"Metadata-Version: 2.1\nName: unioncore-sea\nVersion: 1\nRequires-Dist: {needs}\n"
        metadata.write_text(text, encoding="utf-8")
        done = run("plugins", "--plugin", "builtin")
        assert done.returncode == 0
        assert ("unioncore-sea depends on unioncore and offers no plugin" in done.stderr) is named


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_told_however_the_command_is_run(run: Run, option: str) -> None:
    assert run(option).stdout.startswith("unioncore, version ")
