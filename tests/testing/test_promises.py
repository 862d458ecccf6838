"""What breaks a promise is found, in a plugin made for it."""

import json
from pathlib import Path
from types import ModuleType

import pytest
from tests.synthetic import source

import unioncore
from unioncore.testing.promises import PluginPromises

TEXT = """
[words.employer_kind]
ferry = "ferry"

[impossible.demo.no-ferry-before-1990]
when = "employer.kind == 'ferry' and on < day('1990-01-01')"
because = "there were no ferries"
"""
HEAD = "impossible,on,facts,possible"
ROW = "demo.no-ferry-before-1990,1989-12-31,employer.kind=ferry,on=1990-01-01"
EXAMPLE = {
    "id": "D-1",
    "kind": "placement",
    "inputs": {"on": "2024-06-01", "facts": {"employer.kind": "ferry"}},
    "expected": {"organised": "unknown"},
    "source": ["a timetable"],
}


def of(demo: PluginPromises, name: str) -> Path:
    return Path(demo.package.__path__[0]) / "examples" / name


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> PluginPromises:
    folder = tmp_path_factory.mktemp("unioncore_demo")
    for name in ("definitions", "examples"):
        (folder / name).mkdir()
    (folder / "definitions" / "x.toml").write_text(source() + TEXT, encoding="utf-8")
    package = ModuleType("unioncore_demo")
    package.__path__ = [str(folder)]
    package.plugin = unioncore.TomlPlugin(folder / "definitions", prefix="demo")
    found = type("OfDemo", (PluginPromises,), {"package": package})()
    of(found, "impossible.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    of(found, "x.json").write_text(json.dumps([EXAMPLE]), encoding="utf-8")
    return found


def test_a_plugin_that_keeps_them_passes(demo: PluginPromises) -> None:
    demo.test_each_example_has_an_id_of_its_own_and_a_source()
    demo.test_no_example_fails_without_the_other_plugins()
    demo.test_what_is_impossible_is_said_to_contradict()


@pytest.mark.parametrize(
    "rows", ["", ROW.replace("1989-12-31", "1990-01-01"), ROW.replace("1990-01-01", "1989-01-01")]
)
def test_what_is_impossible_is_shown_with_what_would_be_possible(
    demo: PluginPromises, rows: str
) -> None:
    of(demo, "impossible.csv").write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    with pytest.raises(AssertionError):
        demo.test_what_is_impossible_is_said_to_contradict()


def test_two_examples_of_one_id_and_one_that_fails_are_found(demo: PluginPromises) -> None:
    failing = {**EXAMPLE, "expected": {"organised": True}}
    of(demo, "y.json").write_text(json.dumps([failing]), encoding="utf-8")
    with pytest.raises(AssertionError):
        demo.test_each_example_has_an_id_of_its_own_and_a_source()
    with pytest.raises(AssertionError, match="D-1: failed"):
        demo.test_no_example_fails_without_the_other_plugins()
