"""Worked examples as pytest items, one for each record.

A plugin's root ``conftest.py`` says ``pytest_plugins = ["unioncore.testing.scenarios"]``; every
JSON file below a folder called ``examples`` that holds a list of records is then replayed against
the rulebook of the installed plugins, or against the one that ``pytest_unioncore_rulebook`` in a
``conftest.py`` returns. It is the same runner as ``unioncore replay``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from unioncore.errors import UnioncoreError
from unioncore.paths import read_json
from unioncore.replay import Example, Outcome, Status, read_examples, replay
from unioncore.rulebook import Rulebook
from unioncore.testing.composed import installed

__all__ = [
    "ExampleHooks",
    "ExampleItem",
    "ExamplesFile",
    "pytest_addhooks",
    "pytest_collect_file",
    "pytest_unioncore_rulebook",
]

_RULEBOOK = pytest.StashKey[Rulebook]()

# What a plugin takes over from there says what differs, as its own tests do.
pytest.register_assert_rewrite("unioncore.testing.promises")


class ExampleHooks:
    """What a ``conftest.py`` may say about worked examples."""

    @pytest.hookspec(firstresult=True)
    def pytest_unioncore_rulebook(self, config: pytest.Config) -> Rulebook | None:
        """Return the rulebook to replay examples against; called once, before the first one."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hook that chooses the rulebook."""
    pluginmanager.add_hookspecs(ExampleHooks)


@pytest.hookimpl(trylast=True)
def pytest_unioncore_rulebook() -> Rulebook:
    """Return the rulebook of the installed plugins."""
    return installed()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ExamplesFile | None":
    """Collect JSON files of records below a folder called ``examples``."""
    if file_path.suffix != ".json" or "examples" not in _folders(file_path, parent.config):
        return None
    if not _holds_records(file_path):
        return None
    collector: ExamplesFile = ExamplesFile.from_parent(parent, path=file_path)
    return collector


def _folders(path: Path, config: pytest.Config) -> tuple[str, ...]:
    # What the checkout itself is called, or lies in, does not count.
    root = config.rootpath
    return (path.relative_to(root) if path.is_relative_to(root) else path).parent.parts


def _holds_records(path: Path) -> bool:
    """Whether a file is meant for us: what cannot be read is, so that it is never passed over."""
    try:
        content = read_json(path)
    except (OSError, ValueError):
        return True
    return isinstance(content, list) and any(
        isinstance(each, dict) and ("kind" in each or "expected" in each) for each in content
    )


class ExamplesFile(pytest.File):
    """One file of worked examples."""

    def collect(self) -> Iterator["ExampleItem"]:
        """Give an item for each record."""
        try:
            examples = read_examples(self.path)
        except UnioncoreError as error:
            raise self.CollectError(str(error)) from None
        for example in examples:
            yield ExampleItem.from_parent(self, name=example.id, example=example)


class _Differs(AssertionError):
    """An example failed; the message is its outcome."""


class ExampleItem(pytest.Item):
    """One worked example."""

    def __init__(self, *, example: Example, **rest: Any) -> None:
        super().__init__(**rest)
        self.example = example

    def runtest(self) -> None:
        """Replay the example; one that is not supported is skipped."""
        stash = self.session.stash
        if _RULEBOOK not in stash:
            stash[_RULEBOOK] = self.config.hook.pytest_unioncore_rulebook(config=self.config)
        outcome: Outcome = replay(stash[_RULEBOOK], self.example)
        if outcome.status is Status.NOT_SUPPORTED:
            pytest.skip(outcome.reason)
        if outcome.status is not Status.PASSED:
            raise _Differs(outcome.to_text())

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the outcome of the example, without a traceback into the runner."""
        if isinstance(excinfo.value, _Differs | UnioncoreError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Say which example it is."""
        return self.path, None, f"{self.path.name}: {self.name}"
