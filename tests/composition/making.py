"""Makes small plugins in a folder: sound ones, and ones with just one fault."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import unioncore
from tests.synthetic import source
from unioncore.composition import FoundPlugin
from unioncore.errors import CompositionError, Fault

Make = Callable[[Path, str], Any]
"""Makes the plugin of a name in a folder."""

SOURCE = source()

SOUND = """
[fact.NAME.answer]
type = "choice"
choices = ["a", "b"]
derived = true
label = "the answer"

[[rule]]
key = "NAME.rule"
decides = "NAME.answer"
  [[rule.version]]
  period = { start = 2020-01-01 }
  when = "employer.nation == 'Wales'"
  value = "a"
  citations = [{ source = "s" }]
"""
"""A fact and a rule of its own, so that plugins made of it never meet."""


def fact(key: str, type: str = "yes-no", *, derived: bool = False, more: str = "") -> str:
    return f"""
[fact.{key}]
type = "{type}"
label = "{key}"
derived = {str(derived).lower()}
{more}
"""


def rule(
    key: str,
    when: str,
    value: str = '"a"',
    *,
    decides: str = "NAME.answer",
    period: str = "start = 2020-01-01",
    more: str = "",
    version: str = "",
) -> str:
    return f"""
[[rule]]
key = "{key}"
decides = "{decides}"
{more}
  [[rule.version]]
  period = {{ {period} }}
  when = "{when}"
  value = {value}
  citations = [{{ source = "s" }}]
  {version}
"""


def toml(text: str, source: str = SOURCE) -> Make:
    """A folder with one definition file; ``NAME`` stands for the plugin's name."""

    def make(folder: Path, name: str) -> Any:
        (folder / name).mkdir()
        content = (source + text).replace("NAME", name)
        (folder / name / f"{name}.toml").write_text(content, encoding="utf-8")
        plugin: Any = unioncore.TomlPlugin(folder / name, prefix=name)
        plugin.name = name
        return plugin

    return make


def sound(old: str = "", new: str = "", *, more: str = "") -> Make:
    """The sound plugin with one thing replaced or more of it."""
    assert old in SOUND
    return toml(SOUND.replace(old, new) + more)


ABOUT = """
from unioncore import About, hookimpl

@hookimpl
def unioncore_about():
    return About("NAME")
"""


def python(text: str, about: str = ABOUT) -> Make:
    """A module with hooks, imported when composition loads it."""

    def make(folder: Path, name: str) -> FoundPlugin:
        file = folder / f"{name}.py"
        file.write_text((about + text).replace("NAME", name), encoding="utf-8")

        def load() -> ModuleType:
            spec = importlib.util.spec_from_file_location(name, file)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module

        return FoundPlugin(name, "", "", load)

    return make


def compose(*plugins: Any) -> unioncore.Rulebook:
    """Compose these plugins and no installed ones."""
    return unioncore.compose(*plugins, discover=False)


def faults_of(*plugins: Any) -> tuple[Fault, ...]:
    """Return what is wrong with plugins that do not compose."""
    with pytest.raises(CompositionError) as caught:
        compose(*plugins)
    return caught.value.faults
