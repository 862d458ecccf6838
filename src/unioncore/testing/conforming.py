"""Whether a plugin conforms: one function, with everything that can be found at once."""

import csv
import json
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from attrs import frozen

from unioncore.answers import ask
from unioncore.composition import compose
from unioncore.composition.discovery import named
from unioncore.definitions import Locations
from unioncore.describe import rulebook_markdown
from unioncore.errors import BadDefinition, CompositionError, Location, UnioncoreError
from unioncore.legal import DayRange
from unioncore.replay import Example, Status, read_examples, replay
from unioncore.rulebook import Origin, Rulebook
from unioncore.rules import Answer, from_plain
from unioncore.shown import Shown
from unioncore.stories import read_story, run_story
from unioncore.testing.mutations import unseen

__all__ = ["Finding", "FindingKind", "conformance"]


class FindingKind(StrEnum):
    """What kind of finding it is."""

    FAULT = "fault"
    """Composition refuses something."""
    NOT_PROVED = "not proved"
    """Two rules of which it cannot be shown that they never decide one person differently."""
    TEXT = "text"
    """Something cannot be told in English."""
    EXAMPLE = "example"
    """A worked example fails, is not supported, has no source, or cannot be read."""
    STORY = "story"
    """A told story comes out otherwise than it expects, or cannot be read."""
    JSON = "JSON"
    """An answer does not come back from JSON as it was."""
    DROP = "drop"
    """Something could be left out, and no worked example would see it."""


@frozen
class Finding(Shown, shows="what where"):
    """One thing that does not conform."""

    what: FindingKind
    where: str
    """The file with its line and the definition, or the id of the example."""
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.what, self.message) if part)


def conformance(
    plugin: Any, *, beside: Iterable[Any] = (), drops: bool = True
) -> tuple[Finding, ...]:
    """Return what is wrong with a plugin; nothing where it conforms.

    It is composed, told in English, and its worked examples and stories are put to it: one that is
    not supported is a finding too. Then each thing that it says is left out in turn, and at least
    one example must see that. Where there are faults, nothing else is looked at; where an example
    fails, nothing is left out.

    The folders ``examples`` and ``stories`` lie in the plugin's ``home``. What no example can see
    is listed in ``examples/not_seen.csv``, by the name of the finding, with the reason::

        drop,because
        demo.paid [2020-01-01]: known(job.pay),what is not known is not compared

    Args:
        plugin: a plugin as ``compose`` takes it, or one that ``find_plugins`` gave.
        beside: plugins to compose with it, besides those that it requires.
        drops: whether each thing is left out in turn; it takes long for a large plugin.
    """
    found, loaded = named(plugin)
    if loaded is None:
        loaded = found.load()
    others = [each for each in beside if named(each)[0].name != found.name]
    try:
        rulebook = compose(plugin, *others, discover=False)
    except CompositionError as error:
        return tuple(
            Finding(FindingKind.FAULT, each.told, str(each).removeprefix(f"{each.told}: "))
            for each in error.faults
        )
    return tuple(_Look(found.name, loaded, rulebook).findings(drops))


class _Look:
    """One look at a plugin that composes."""

    def __init__(self, name: str, plugin: Any, rulebook: Rulebook) -> None:
        self.name, self.plugin, self.rulebook = name, plugin, rulebook
        self.home = _home(plugin)
        self.examples: list[Example] = []

    def findings(self, drops: bool) -> Iterator[Finding]:
        for pair in self.rulebook.not_proved:
            yield Finding(FindingKind.NOT_PROVED, self.name, pair)
        try:
            rulebook_markdown(self.rulebook)
        except Exception as error:  # whatever a definition makes it do
            yield Finding(FindingKind.TEXT, self.name, f"{type(error).__name__}: {error}")
        amiss = [*self.read(), *self.replayed()]
        yield from amiss
        yield from self.stories()
        if drops and not amiss:
            yield from self.dropped()

    def files(self, folder: str) -> list[Path]:
        return [] if self.home is None else sorted((self.home / folder).glob("*.json"))

    def read(self) -> Iterator[Finding]:
        """Read the examples; give what cannot be read."""
        for file in self.files("examples"):
            try:
                self.examples += read_examples(file)
            except BadDefinition as error:
                for fault in error.faults:
                    said = str(fault).removeprefix(f"{fault.told}: ")
                    yield Finding(FindingKind.EXAMPLE, fault.told, said)
        if not self.examples:
            where = self.name if self.home is None else str(self.home / "examples")
            yield Finding(FindingKind.EXAMPLE, where, "there is no worked example")

    def replayed(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for example in self.examples:
            if example.id in seen:
                yield Finding(FindingKind.EXAMPLE, example.id, "another example has this id")
            seen.add(example.id)
            if not example.source:
                yield Finding(FindingKind.EXAMPLE, example.id, "it names no source")
            outcome = replay(self.rulebook, example)
            if outcome.status is not Status.PASSED:
                said = outcome.to_text().removeprefix(f"{example.id}: ")
                yield Finding(FindingKind.EXAMPLE, example.id, said)
            elif example.kind == "placement":
                yield from self.in_json(example)

    def in_json(self, example: Example) -> Iterator[Finding]:
        """Put an example about a person once more, and take the answers through JSON."""
        declared = self.rulebook.rules.facts
        day = DayRange.of(DayRange.parse(str(example.inputs["on"]))).earliest
        given = example.inputs.get("facts", {})
        facts = {key: from_plain(declared[key], plain) for key, plain in given.items()}
        names = [key for key in example.expected if key in declared]
        for key, answer in ask(self.rulebook, facts, *names, on=day).items():
            try:
                again = Answer.from_dict(json.loads(json.dumps(answer.to_dict())))
            except Exception as error:  # whatever a value makes it do
                yield Finding(
                    FindingKind.JSON, example.id, f"{key}: {type(error).__name__}: {error}"
                )
                continue
            if again != answer:
                yield Finding(FindingKind.JSON, example.id, f"{key}: another answer comes back")

    def stories(self) -> Iterator[Finding]:
        for file in self.files("stories"):
            try:
                told = run_story(self.rulebook, read_story(file))
            except UnioncoreError as error:
                yield Finding(FindingKind.STORY, file.name, str(error))
                continue
            for line in told.lines:
                if not line.good:
                    yield Finding(FindingKind.STORY, file.name, line.text)

    def dropped(self) -> Iterator[Finding]:
        """Give what could be left out, and what is listed so and does not come up."""
        listed = set(self.not_seen())
        for mutant in unseen(self.rulebook, self.name, self.examples):
            if mutant.name in listed:
                listed.remove(mutant.name)
                continue
            said = f"no example would see that this is left out: {mutant.name}"
            yield Finding(FindingKind.DROP, self.place(mutant.origin), said)
        for name in sorted(listed):
            said = f"an example sees this, or it is not there; take it off the list: {name}"
            yield Finding(FindingKind.DROP, "not_seen.csv", said)

    def not_seen(self) -> Collection[str]:
        file = None if self.home is None else self.home / "examples" / "not_seen.csv"
        if file is None or not file.is_file():
            return []
        return [row["drop"] for row in csv.DictReader(file.read_text("utf-8").splitlines())]

    def place(self, origin: Origin) -> str:
        """Return where a definition stands, with its line if it is in a file of TOML."""
        place = Location(origin.plugin, origin.file, origin.path)
        text_of = getattr(self.plugin, "unioncore_text", None)
        text = text_of(file=origin.file) if text_of is not None and origin.path else None
        return (place if text is None else Locations(text).located(place)).told


def _home(plugin: Any) -> Path | None:
    """Return the folder that a plugin's examples and stories lie in, if it has one."""
    home = getattr(plugin, "home", None)
    if home is None and (file := getattr(plugin, "__file__", None)):
        home = Path(file).parent  # a module whose functions are the hooks
    return None if home is None else Path(str(home))
