"""What every plugin promises, as tests that a plugin takes over in two lines.

A file of its tests says::

    class TestDemo(PluginPromises):
        package = unioncore_demo

The worked examples stand in the folder ``examples`` of the package. For each ``[impossible.KEY]``,
``impossible.csv`` there holds facts that it forbids on a day, and what would make them possible::

    impossible,on,facts,possible
    demo.no-ferry-before-1990,1989-12-31,employer.kind=ferry,on=1990-01-01
    demo.no-ferry-in-wales,2024-06-01,employer.kind=ferry; employer.nation=Wales,employer.kind=tram
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import ClassVar

from unioncore.answers import ask
from unioncore.composition.discovery import named
from unioncore.replay import Example, Status, read_examples, replay
from unioncore.rulebook import Rulebook
from unioncore.testing.composed import alone, beside_others

__all__ = ["PluginPromises"]


class PluginPromises:
    """Tests of a plugin: subclass it under a name that pytest collects, and give ``package``."""

    package: ClassVar[ModuleType]
    """The package of the plugin, with the ``plugin`` and the folder ``examples``."""

    def test_no_pair_of_rules_is_left_unproved(self) -> None:
        """Neither alone nor beside every installed plugin."""
        for book in (alone(self.package), beside_others(self.package)):
            assert book.not_proved == ()

    def test_each_example_has_an_id_of_its_own_and_a_source(self) -> None:
        """So that a failure names one example, and somebody can look up why."""
        examples = _examples(self.package)
        assert len({example.id for example in examples}) == len(examples)
        assert [example.id for example in examples if not example.source] == []

    def test_no_example_fails_without_the_other_plugins(self) -> None:
        """An example that uses a word of another plugin is not supported there, and no failure."""
        book = alone(self.package)
        outcomes = [replay(book, example) for example in _examples(self.package)]
        assert [each.to_text() for each in outcomes if each.status is Status.FAILED] == []

    def test_what_is_impossible_is_said_to_contradict(self) -> None:
        """Each ``[impossible.KEY]`` is in ``impossible.csv``, and holds where that says so only."""
        rulebook = alone(self.package)
        name = named(self.package.plugin)[0].name
        because = {
            impossible.key: impossible.because
            for impossible in rulebook.rules.impossible
            if rulebook.plugin_of[impossible.key] == name
        }
        shown = set()
        for row in _impossible(self.package):
            facts = {"on": row["on"], **_facts(row["facts"])}
            assert any(because[row["impossible"]] in said for said in _contradict(rulebook, facts))
            assert _contradict(rulebook, {**facts, **_facts(row["possible"])}) == []
            shown.add(row["impossible"])
        assert shown == set(because)


def _folder(package: ModuleType) -> Path:
    return Path(package.__path__[0]) / "examples"


def _examples(package: ModuleType) -> list[Example]:
    files = sorted(_folder(package).glob("*.json"))
    return [example for file in files for example in read_examples(file)]


def _impossible(package: ModuleType) -> Iterator[dict[str, str]]:
    file = _folder(package) / "impossible.csv"
    if file.is_file():
        yield from csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def _facts(text: str) -> dict[str, str]:
    return dict(part.strip().split("=", 1) for part in text.split(";"))


def _contradict(rulebook: Rulebook, facts: dict[str, str]) -> list[str]:
    """Return the warnings that say of facts that they contradict each other."""
    on, given = date.fromisoformat(facts["on"]), {k: v for k, v in facts.items() if k != "on"}
    answer = ask(rulebook, given, "organised", on=on)["organised"]
    return [warning for warning in answer.warnings if "contradict" in warning]
