"""What a release needs stays true between releases."""

import re
import tomllib
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))


def _project(folder: Path) -> Any:
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def release() -> ModuleType:
    pytest.importorskip("click")  # the versions that fit are those that ``new-plugin`` writes
    spec = spec_from_file_location("release", ROOT / "scripts" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
def test_a_plugin_goes_with_the_core(folder: Path, release: ModuleType) -> None:
    core, plugin = _project(ROOT), _project(folder)
    for same in ("version", "classifiers", "license", "requires-python"):
        assert plugin[same] == core[same]
    extras = plugin.get("optional-dependencies", {}).values()
    needed = [*plugin["dependencies"], *(each for extra in extras for each in extra)]
    fits = release.bounds(core["version"])
    assert {each.removeprefix(re.split("[><]", each)[0]) for each in needed} == {fits}
    assert plugin["urls"]
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_citation_is_of_this_version() -> None:
    said = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {_project(ROOT)['version']}\n" in said


@pytest.mark.parametrize(
    ("version", "fits"),
    [
        ("0.1.0", ">=0.1,<0.2"),
        ("0.9.3", ">=0.9,<0.10"),
        ("1.4.0", ">=1.4,<2"),
        ("2.0.1", ">=2.0,<3"),
    ],
)
def test_a_plugin_fits_the_versions_that_change_nothing_public(
    release: ModuleType, version: str, fits: str
) -> None:
    assert release.bounds(version) == fits


def test_a_release_writes_its_version_everywhere(release: ModuleType) -> None:
    texts = release.released("7.8.9", date(2030, 1, 2))
    named = {path.relative_to(ROOT).as_posix(): text for path, text in texts.items()}
    projects = {
        path: tomllib.loads(text)["project"]
        for path, text in named.items()
        if path.endswith("pyproject.toml")
    }
    assert len(projects) == 1 + len(PLUGINS)
    assert {project["version"] for project in projects.values()} == {"7.8.9"}
    plugins = (project for path, project in projects.items() if path.startswith("plugins"))
    assert {project["dependencies"][0] for project in plugins} == {"unioncore>=7.8,<8"}
    assert "## [Unreleased]\n\n## [7.8.9] - 2030-01-02\n" in named["CHANGELOG.md"]
    assert "\nversion: 7.8.9\ndate-released: 2030-01-02\n" in named["CITATION.cff"]


def test_what_is_no_version_is_refused(release: ModuleType) -> None:
    assert release.wrong("7.8") == ["'7.8': expected a version such as 0.2.0"]
