"""A new plugin is whole from the first moment, and nothing is written where it cannot be."""

import importlib
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from unioncore.composition import find_plugins
from unioncore.testing import conformance

pytest.importorskip("click")
pytest.importorskip("rich")
from click.testing import CliRunner, Result

from unioncore.cli.group import cli

pytestmark = pytest.mark.needs_cli


def new_plugin(*words: str) -> Result:
    return CliRunner().invoke(cli, ["new-plugin", *words], prog_name="unioncore")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "options"), [("air-traffic", ()), ("lamplighters", ("--union",))], ids=str
)
def test_a_new_plugin_conforms_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, options: tuple[str, ...]
) -> None:
    folder = tmp_path / "below" / name
    result = new_plugin(name, str(folder), *options)
    assert result.exit_code == 0, result.output
    assert list(folder.parent.iterdir()) == [folder]
    schema = folder / "definitions.schema.json"
    texts = [file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()]
    assert [text for text in texts if "$" in text] == [schema.read_text("utf-8")]
    for file in folder.rglob("definitions/*.toml"):
        head = file.read_text("utf-8").partition("\n")[0]
        assert (file.parent / head.removeprefix("#:schema ")).resolve() == schema
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, plugin = project["entry-points"]["unioncore"][name].partition(":")
    monkeypatch.setattr(sys, "path", [str(folder / "src"), *sys.path])
    made = getattr(importlib.import_module(module), plugin)
    # The command that it names looks for gaps too, beside all that is installed; a source that is
    # written today is not checked on a later day.
    for beside in ((), find_plugins()):
        assert conformance(made, beside=beside, today=date.today()) == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Light Houses", "did you mean 'light-houses'?"),
        ("9lives", "begins with a letter"),
        ("unioncore-lights", "leave unioncore out"),
        ("class", "the notation of conditions has this word"),
        ("builtin", "is installed; choose another name"),
        ("core", "the prefix core belongs to the plugin builtin"),
    ],
)
def test_a_name_that_cannot_be_or_is_taken_is_refused(tmp_path: Path, name: str, said: str) -> None:
    result = new_plugin(name, str(tmp_path / "x"))
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.needs_plugins
def test_the_name_and_the_prefix_of_an_installed_plugin_are_refused(tmp_path: Path) -> None:
    for name in ("unison", "pj"):
        assert "choose another name" in new_plugin(name, str(tmp_path / "x")).output


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    result = new_plugin("lights", str(tmp_path))
    assert (result.exit_code, "is there already" in result.output) == (2, True)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    write = Path.write_text

    def full(self: Path, text: str, encoding: str) -> int:
        written.append(self)
        if len(written) == 5:
            raise OSError(28, "No space left on device")
        return write(self, text, encoding=encoding)

    monkeypatch.setattr(Path, "write_text", full)
    result = new_plugin("lights", str(tmp_path / "lights"))
    assert (result.exit_code, "No space left on device" in result.output) == (1, True)
    assert list(tmp_path.iterdir()) == []
