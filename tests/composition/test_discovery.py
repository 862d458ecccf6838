"""A plugin in a folder, which is neither installed nor packaged."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import unioncore
from unioncore.composition import plugin_in
from unioncore.errors import BadDefinition, CompositionError

FACT = """[fact.lamp.lit]
type = "yes-no"
label = "the lamp is lit"
denial = "the lamp is not lit"
about = "Whether the lamp is lit."

[fact.lamp.seen]
type = "yes-no"
derived = true
label = "the lamp is seen"
denial = "the lamp is not seen"
about = "Whether the lamp is seen."

[source.log]
instrument = "The keeper's log (made up)"
url = ""
checked_on = 2026-11-28
confidence = "verified"

[[rule]]
key = "glow.seen"
decides = "lamp.seen"
period = { start = 2003-01-01 }
when = "lamp.lit"
value = true
because = "a lamp that is lit is seen"
citations = [{ source = "log", provision = "1" }]
"""
PROJECT = """[project]
name = "unioncore-night-lights"
version = "0.2.0"

[project.entry-points.unioncore]
night = "unioncore_night_lights:plugin"
"""
MODULE = """from unioncore import TomlPlugin

plugin = TomlPlugin(__name__, prefix="glow")
"""


@pytest.fixture(autouse=True)
def _modules_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield
    sys.modules.pop("unioncore_night_lights", None)


def written(folder: Path, text: str = FACT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lamps.toml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> str:
    with pytest.raises(BadDefinition) as caught:
        plugin_in(folder)
    return str(caught.value)


def test_a_folder_of_definitions_is_a_plugin_called_as_it_is(tmp_path: Path) -> None:
    found = plugin_in(str(written(tmp_path / "unioncore_night_lights")))
    info = unioncore.compose(found, discover=False).plugins[1]
    assert (info.name, info.prefix, info.distribution) == ("night-lights", "glow", "")
    below = plugin_in(written(tmp_path / "unioncore_lamps" / "definitions").parent)
    assert below.name == "lamps"
    assert plugin_in(tmp_path / "unioncore_lamps" / "definitions").name == "lamps"


@pytest.mark.parametrize("root", ["src", "."])
def test_a_distribution_is_the_plugin_of_its_entry_point(tmp_path: Path, root: str) -> None:
    package = tmp_path / root / "unioncore_night_lights"
    written(package / "definitions")
    (package / "__init__.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    found = plugin_in(tmp_path)
    assert "unioncore_night_lights" not in sys.modules
    info = unioncore.compose(found, discover=False).plugins[1]
    assert (info.name, info.prefix) == ("night", "glow")
    assert (info.distribution, info.version) == ("unioncore-night-lights", "0.2.0")


def test_what_is_no_plugin_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "nowhere") == "nowhere: there is no such folder"
    assert "no plugin is here" in told(tmp_path)
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert 'NAME = "PACKAGE:plugin" under [project.entry-points.unioncore]' in told(tmp_path)
    project.write_text("[project\n", encoding="utf-8")
    assert "this is not TOML" in told(tmp_path)


def test_a_plugin_of_a_folder_has_the_name_that_it_is_given(tmp_path: Path) -> None:
    folder = written(tmp_path / "definitions")
    plugin = unioncore.TomlPlugin(folder, prefix="glow", name="night")
    assert [each.name for each in unioncore.compose(plugin, discover=False).plugins] == [
        "builtin",
        "night",
    ]


@pytest.mark.parametrize("text", ["src/lights/definitions", "./lights", "src\\lights"])
def test_a_path_given_as_text_is_told_from_a_package(text: str) -> None:
    with pytest.raises(unioncore.CompositionError) as caught:
        unioncore.compose(unioncore.TomlPlugin(text, prefix="glow"), discover=False)
    assert "pass a Path for a folder: TomlPlugin(Path(...), ...)" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sources.tml", ("", "")),
        ("sources.toml", ("[source.log]", "[source.log")),
    ],
)
def test_what_cites_a_file_that_was_not_read_is_not_at_fault(
    tmp_path: Path, name: str, change: tuple[str, str]
) -> None:
    start, end = FACT.index("[source.log]"), FACT.index("[[rule]]")
    written(tmp_path, FACT[:start] + FACT[end:])
    (tmp_path / name).write_text(FACT[start:end].replace(*change), encoding="utf-8")
    with pytest.raises(CompositionError) as caught:
        unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="glow"), discover=False)
    assert [fault.file for fault in caught.value.faults] == [name]
