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


def test_json_is_all_there_is(run: Run) -> None:
    done = run("ask", "organised", "--json", "--plugin", "builtin", "--on", "2024-06-01")
    assert (done.returncode, done.stderr) == (3, "")
    assert set(json.loads(done.stdout)) == {"on", "rulebook", "answers"}


def test_a_text_that_no_definition_names_is_met_with_one_that_is_spelt_alike(run: Run) -> None:
    asked = ("ask", "service_group", "--on", "2024-06-01", "--set")
    (line,) = run(*asked, "employer.key=kent-polise").stderr.splitlines()
    assert "no definition names 'kent-polise'; did you mean 'kent-police'?" in line
    assert run(*asked, "employer.key=kent-police").stderr == ""


def test_an_answer_in_json_can_be_read_back(run: Run) -> None:
    from unioncore import Answer

    done = run("ask", "organised", "--json", "--plugin", "builtin", "--on", "2024-06-01")
    plain = json.loads(done.stdout)["answers"]["organised"]
    answer = Answer.from_dict(plain)
    assert answer.to_dict() == plain
    assert not answer.known


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["demoo"], "did you mean 'demo'?"),
        (["ask", "organised", "--jsn"], "--json"),
        (["ask", "organisd"], "did you mean 'organised'?"),
        (["ask", "organised", "--on", "1/6/2024"], "did you mean 2024-06-01?"),
        (["ask", "organised", "--on", "2023-02-30"], "did you mean 2023-02-28?"),
        (["ask", "organised", "--on", "2024-06"], "did you mean 2024-06-01?"),
        (["ask", "organised", "--set", "employer.naton=Wales"], "'employer.nation'"),
        (["ask", "organised", "--set", "employer.nation=Cornwall"], "one of England, Northern"),
        (["ask", "organised", "--set", "job.is_manager=perhaps"], "yes or no"),
        (["ask", "organised", "--set", "on=2024-06-01"], "--on"),
        (["ask", "organised", "--set", "job.band=4", "--set", "job.band=5"], "given twice"),
        (["ask", "organised", "--set", "job.band="], "key=value"),
        (["ask", "employer.kind"], "--set employer.kind="),
        (["ask"], "unioncore ask --help"),
        (["rules", "--about", "organisd"], "did you mean 'organised'?"),
        (["rules", "--plugin", "bultin"], "did you mean 'builtin'?"),
        (["diff", "2024-06-01", "2023-06-01"], "diff 2023-06-01 2024-06-01"),
        (["replay", "no-such-file.json"], "no-such-file.json"),
        (["plugins", "--plugin", "xyzzy"], "installed:"),
        (["plugins", "--without", "builtin"], "cannot be left out"),
    ],
)
def test_wrong_usage_is_one_line_with_a_hint(run: Run, words: list[str], hint: str) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert hint in line


def test_each_wrong_fact_has_its_line(run: Run) -> None:
    done = run("ask", "organised", "--set", "employer.naton=Wales", "--set", "job.is_manager=so")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


def test_no_value_of_a_person_is_repeated_in_an_error(run: Run) -> None:
    words = ["--set", "employer.nation=Hidden Land", "--set", "job.is_manager=hidden"]
    done = run("ask", "organised", *words, "--set", "employer.naem=Hidden Name")
    assert len(done.stderr.splitlines()) == 3
    assert "idden" not in done.stderr


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_its_libraries_it_says_what_to_install(missing: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None; "
        "from unioncore.cli import main; sys.argv = ['unioncore', 'demo']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "the extra unioncore[cli] is not installed; install it with: pip install 'unioncore[cli]'"
    ]


def test_another_missing_module_is_not_taken_for_the_extra() -> None:
    code = (
        "import sys; sys.modules['unioncore.replay'] = None; from unioncore.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "unioncore.replay" in done.stderr


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


def test_text_that_the_terminal_cannot_spell_is_escaped(run: Run, tmp_path: Path) -> None:
    record = {"id": "É-\ud800", "kind": "tide_table", "inputs": {}, "expected": {"a": 1}}
    file = tmp_path / "some.json"
    file.write_text(json.dumps([record]), encoding="utf-8")
    done = run("replay", str(file), "--plugin", "builtin", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-1] == "0 passed, 0 failed, 1 not supported"


# -- plugins that are installed --------------------------------------------------------------------


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


def test_a_broken_plugin_is_shown_and_everything_else_ends_with_1(run: Run, tmp_path: Path) -> None:
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
    asked = run("ask", "organised", *chosen)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "a_module_that_nobody_wrote" in asked.stderr
    assert run("ask", "organised", "--plugin", "sea").returncode == 3


def test_plugins_that_do_not_agree_are_shown(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    install(tmp_path, "shore", PLUGIN.format(prefix="shore", requires=(), name="beacon"))
    done = run("plugins", "--plugin", "sea", "--plugin", "shore")
    assert done.returncode == 1
    assert "lighthouse" in done.stdout


def test_what_a_plugin_requires_comes_with_it(run: Run, tmp_path: Path) -> None:
    install(tmp_path, "sea", PLUGIN.format(prefix="sea", requires=(), name="lighthouse"))
    install(tmp_path, "cliff", PLUGIN.format(prefix="cliff", requires=("sea",), name="lighthouse"))
    assert set(listed(run("plugins", "--json", "--plugin", "cliff"))) == {"builtin", "sea", "cliff"}
    left_out = run("ask", "organised", "--plugin", "cliff", "--without", "unioncore-sea")
    assert left_out.returncode == 1
    assert "cliff: needs the plugin sea" in left_out.stderr


def test_the_tour_says_what_to_install(run: Run) -> None:
    done = run("demo", "--plugin", "builtin")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install unioncore-police-justice" in done.stderr


@pytest.mark.needs_plugins
def test_the_tour_shows_an_employer_replaced_with_its_sources(run: Run) -> None:
    shown = run("demo").stdout
    before, _, after = shown.partition("On 1 March 2015")[2].partition("On 1 June 2026 at")
    assert "National Negotiating Council for the Probation Service" in before
    assert "Probation Service Joint Negotiating Committee" in after.partition("\n\n")[0]
    assert before.count("source: ") == after.partition("\n\n")[0].count("source: ") == 2
    assert shown.rstrip().endswith("unioncore diff 2021-06-01 2021-07-31")


# -- rules of a day --------------------------------------------------------------------------------


def test_rules_of_a_day_say_which_day(run: Run) -> None:
    lines = run("rules", "--plugin", "builtin").stdout.splitlines()
    assert lines[0].startswith("on ")
    assert lines[0].endswith(" (today)")
    found = json.loads(run("rules", "--plugin", "builtin", "--on", "2024-06-01", "--json").stdout)
    assert {each["on"] for each in found} == {"2024-06-01"}
    assert {each["plugin"] for each in found} == {"builtin"}
    # What nobody can be follows from the meaning of words, and has no source.
    told = [each for each in found if not each["text"].startswith("Impossible:")]
    assert all(each["text"] for each in found)
    assert all(each["citations"] for each in told)


def test_what_is_not_in_force_is_named_with_its_time(run: Run) -> None:
    words = ("rules", "--about", "scotland", "--plugin", "builtin", "--on", "1999-12-31")
    assert run(*words).stdout.splitlines()[-1] == (
        "not in force on the day: scotland "
        "(from 1 January 2000 up to but not including 1 January 2029)"
    )


def test_rules_about_a_recorded_fact_are_those_that_ask_about_it(run: Run) -> None:
    done = run("rules", "--about", "seated_bodies", "--plugin", "builtin", "--json")
    assert {each["decides"] for each in json.loads(done.stdout)} == {"seated_bodies"}
    nobody = run("rules", "--about", "job.band", "--plugin", "builtin")
    assert nobody.returncode == 0


# -- replay ----------------------------------------------------------------------------------------


def test_what_is_wrong_in_every_file_is_said(run: Run, tmp_path: Path) -> None:
    for name, text in (("one.json", "[{}]"), ("two.json", "{")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("replay", str(tmp_path / "one.json"), str(tmp_path / "two.json"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "one.json: [0].id: needs text here" in done.stderr
    assert "two.json: this is not a readable JSON file" in done.stderr


def test_what_is_not_supported_is_told_by_reason(run: Run, tmp_path: Path) -> None:
    record = {"kind": "tide_table", "inputs": {}, "expected": {"a": 1}}
    file = tmp_path / "some.json"
    file.write_text(json.dumps([{"id": name, **record} for name in "AB"]), encoding="utf-8")
    lines = run("replay", str(file), "--plugin", "builtin").stdout.splitlines()
    assert lines == [
        "not supported: A, B (no kind is called tide_table)",
        "0 passed, 0 failed, 2 not supported",
    ]


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_told_however_the_command_is_run(run: Run, option: str) -> None:
    assert run(option).stdout.startswith("unioncore, version ")
