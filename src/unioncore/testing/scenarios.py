"""Worked examples as pytest items, one for each record.

A plugin's ``conftest.py`` says ``pytest_plugins = ["unioncore.testing.scenarios"]``; every JSON
file in a folder called ``examples`` is then replayed against the rulebook of the installed plugins.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from unioncore.composition import compose
from unioncore.replay import Example, Status, read_examples, replay
from unioncore.rulebook import Rulebook

__all__ = ["ExampleItem", "ExamplesFile", "pytest_collect_file"]


@cache
def _rulebook() -> Rulebook:
    return compose()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ExamplesFile | None":
    """Collect the JSON files of a folder called ``examples``."""
    if file_path.suffix == ".json" and file_path.parent.name == "examples":
        collector: ExamplesFile = ExamplesFile.from_parent(parent, path=file_path)
        return collector
    return None


class ExamplesFile(pytest.File):
    """One file of worked examples."""

    def collect(self) -> Iterator["ExampleItem"]:
        """Give an item for each record."""
        for example in read_examples(self.path):
            yield ExampleItem.from_parent(self, name=example.id, example=example)


class ExampleItem(pytest.Item):
    """One worked example."""

    def __init__(self, *, example: Example, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self.example = example

    def runtest(self) -> None:
        """Replay the example; one that is not supported is skipped."""
        outcome = replay(_rulebook(), self.example)
        if outcome.status is Status.NOT_SUPPORTED:
            pytest.skip(outcome.reason)
        shown = [
            f"{each.key}: expected {each.expected!r}, got {each.got!r}\n{each.explanation}"
            for each in outcome.differences
        ]
        assert not outcome.differences, "\n".join(shown)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Say which example it is."""
        return self.path, None, f"{self.path.name}: {self.name}"
