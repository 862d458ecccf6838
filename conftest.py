"""Lets pytest run the README's examples, and leaves out what a bare core cannot run."""

import os
from importlib import metadata, util

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

settings.register_profile(
    "default",
    deadline=None,
    max_examples=20,
    derandomize=True,  # the gate gives one answer for one tree
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "mutants",
    settings.get_profile("default"),
    phases=[Phase.explicit, Phase.generate],  # that a test fails is enough: no smallest example
    report_multiple_bugs=False,
)
settings.load_profile("default")

# Where tests run in several processes at once, these have a width of lines, which commands keep to.
os.environ.pop("COLUMNS", None)

pytest_plugins = ["unioncore.testing.scenarios"]

_PLUGINS = {entry.name for entry in metadata.entry_points(group="unioncore")}
_ALL = {"unison", "police-justice", "health", "local-government"} <= _PLUGINS
_CLI = util.find_spec("click") is not None and util.find_spec("rich") is not None

if _ALL:
    pytest_collect_file = Sybil(
        parsers=[PythonCodeBlockParser()], patterns=["README.md", "docs/*.md"], path="."
    ).pytest()


def pytest_collection_modifyitems(items: list[pytest.Item], config: pytest.Config) -> None:
    """Skip what needs more than is installed, and the slow sweeps unless they are asked for."""
    # A test of a store may be slow as well; whoever asks for stores asks for all of them.
    slow_asked = bool({"slow", "store"} & {*(config.option.markexpr or "").split()})
    for item in items:
        if item.get_closest_marker("needs_plugins") and not _ALL:
            item.add_marker(pytest.mark.skip(reason="needs the plugins"))
        if item.get_closest_marker("needs_cli") and not _CLI:
            item.add_marker(pytest.mark.skip(reason="needs the extra unioncore[cli]"))
        if item.get_closest_marker("slow") and not slow_asked:
            item.add_marker(pytest.mark.skip(reason="slow; run with -m slow"))


os.environ.pop("UNIONCORE_PLUGINS", None)
os.environ["UNIONCORE_NO_CACHE"] = "1"  # each test composes what it asks
