"""Whether a plugin conforms: one function, with everything that can be found at once."""

import csv
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from unioncore import builtin
from unioncore.answers import Decided, ask, gaps
from unioncore.composition import compose, find_plugins
from unioncore.composition.discovery import BUILTIN, named
from unioncore.definitions import Locations
from unioncore.describe import CASE_TYPE_FORMATS, items, rulebook_markdown
from unioncore.errors import (
    BadDefinition,
    BadStory,
    CompositionError,
    Fault,
    Location,
    UnioncoreError,
    nearest,
)
from unioncore.legal import Citation, DayRange
from unioncore.model import CaseType
from unioncore.replay import Example, Status, read_examples, replay
from unioncore.rulebook import At, Origin, Rulebook
from unioncore.rules import (
    Answer,
    Expression,
    Fact,
    Impossible,
    Silence,
    facts_from_plain,
    parse,
    render,
)
from unioncore.rules.condition import FALSE, Name, names_in
from unioncore.rules.search import can_hold, example_text, reach
from unioncore.shown import Shown, plain
from unioncore.stories import Story, read_story, run_story
from unioncore.testing.mutations import unseen

__all__ = ["Finding", "FindingKind", "Progress", "conformance"]

_NOT_SEEN = "not_seen.csv"


class FindingKind(StrEnum):
    """What kind of finding it is."""

    FAULT = "fault"
    """Composition refuses something."""
    NOT_PROVED = "not proved"
    """Two rules of which it cannot be shown that they never decide one person differently."""
    TEXT = "text"
    """Something cannot be told in English, drawn, or written in the notation."""
    NEVER = "never"
    """Nobody can meet a condition."""
    NOT_DECIDED = "not decided"
    """A fact is said to be derived, and nothing decides it."""
    GAP = "gap"
    """Of somebody whom the plugin's words or facts describe, no rule says what a fact is."""
    SILENCE = "silence"
    """A silence is of no use: something speaks of all whom it is for."""
    CHECKED = "checked"
    """A source is said to have been looked at on a day that is still to come."""
    EXAMPLE = "example"
    """A worked example fails, is not supported, has no source, or cannot be read."""
    STORY = "story"
    """A told story comes out otherwise than it expects, or cannot be read."""
    JSON = "JSON"
    """An answer does not come back from JSON as it was, or what is said cannot be put in it."""
    OTHERS = "others"
    """An example of another plugin fails beside this one, and passes without it."""
    DROP = "drop"
    """Something could be left out, and no worked example would see it."""

    @property
    def cure(self) -> str:
        """What to do about it."""
        return _CURES[self]


_CURES = {
    FindingKind.FAULT: "mend it as the message says",
    FindingKind.NOT_PROVED: "narrow one of the two rules, or name the other in its overrides",
    FindingKind.TEXT: "write it in another way; a message from Python is a fault of unioncore",
    FindingKind.NEVER: "mend the condition, or leave out what it stands for",
    FindingKind.NOT_DECIDED: "add a rule or a table that decides it, or leave derived = true out",
    FindingKind.GAP: "add a rule for them, or a [silence.KEY] that says why there is none",
    FindingKind.SILENCE: "take the fact out of the silence, or leave the silence out",
    FindingKind.CHECKED: "write the day on which somebody looked at the source",
    FindingKind.EXAMPLE: "mend the example, or what it shows to be wrong",
    FindingKind.STORY: "mend the story, or what it shows to be wrong",
    FindingKind.JSON: "write the value in another way; this is a fault of unioncore",
    FindingKind.OTHERS: "narrow what the plugin says to the people whom it is about",
    FindingKind.DROP: "add an example or a story that fails without it, or name it with the reason "
    "in examples/not_seen.csv",
}


@frozen
class Finding(Shown, shows="what where"):
    """One thing that does not conform."""

    what: FindingKind
    where: str
    """The plugin, the file with its line, and the definition or the id of the example."""
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.what, self.message) if part)


Progress = Callable[[str, int, int], None]
"""Is told what is looked at, such as ``examples``, how many are done, and of how many."""


def conformance(
    plugin: Any,
    *,
    beside: Iterable[Any] = (),
    drops: bool = True,
    today: date | None = None,
    progress: Progress = lambda what, done, of: None,
) -> tuple[Finding, ...]:
    """Return what is wrong with a plugin; nothing where it conforms.

    It is composed, told in English, and its worked examples and stories are put to it: one that is
    not supported is a finding too. So are a condition that nobody can meet, a derived fact that
    nothing decides, and, where others stand beside it, an example of theirs or of the core that
    passes only without this plugin. With ``today``, people are looked for of whom no rule speaks:
    of a fact of the plugin's own, or of any fact where its words describe them. Then each thing
    that it says is left out in turn, and at least one example or story must see that. Where there
    are faults, nothing else is looked at; where an example fails, nothing is left out.

    The folders ``examples`` and ``stories`` lie in the plugin's ``home``. What no example can see
    is listed in ``examples/not_seen.csv``, by the name of the finding, with the reason::

        drop,because
        demo.paid [2020-01-01]: known(job.pay),what is not known is not compared

    Args:
        plugin: a plugin as ``compose`` takes it, or one that ``find_plugins`` gave.
        beside: plugins to compose with it, besides those that it requires; where it is a union's
            own, without that of another union.
        drops: whether each thing is left out in turn, and people are looked for of whom no rule
            speaks; it takes long for a large plugin.
        today: the last day on which a source may have been looked at, and the day on which rules
            are to speak of everybody; None for any, and for no such look.
        progress: is told what is looked at, how many of it are done, and of how many.
    """
    found, loaded = named(plugin)
    if loaded is None:
        loaded = _loaded(found)
    others = [each for each in beside if named(each)[0].name != found.name]
    block: frozenset[str] = frozenset()
    if _is_of_a_union(loaded):
        unions = [each for each in others if _is_of_a_union(_loaded(each))]
        others = [each for each in others if each not in unions]
        block = frozenset(named(each)[0].name for each in unions)
    block &= frozenset(each.name for each in find_plugins())
    try:
        rulebook = compose(plugin, *others, discover=False, block=block)
    except CompositionError as error:
        own = [each for each in error.faults if found.name in _parties(each)]
        if own:
            return tuple(_finding(FindingKind.FAULT, each) for each in own)
        # Another plugin is broken, which is no fault of this one.
        rulebook = compose(plugin, *others, discover=False, block=block, on_fault="leave out")
    look = _Look(found.name, loaded, rulebook, others, block, progress)
    gaps = look.gaps(today) if drops and today is not None else ()
    return (*look.checked(today or date.max), *look.findings(drops), *gaps)


def _loaded(plugin: Any) -> Any:
    """Return the object of a plugin; None where something keeps it from being loaded."""
    found, loaded = named(plugin)
    try:
        return found.load() if loaded is None else loaded
    except Exception:  # composition says which
        return None


def _parties(fault: Fault) -> set[str]:
    """Return the plugins that a fault is about."""
    return {fault.plugin, fault.other.plugin if fault.other is not None else fault.plugin}


def _is_of_a_union(plugin: Any) -> bool:
    """Whether a plugin says which union the rulebook is of."""
    try:
        return any(each.own for each in plugin.unioncore_unions())
    except Exception:  # it has no unions, or composition says what is wrong
        return False


def _cited(part: Any) -> Iterator[Citation]:
    """Give every citation in a definition, wherever it stands."""
    match part:
        case Citation():
            yield part
        case tuple() | frozenset():
            for each in part:
                yield from _cited(each)
        case _ if attrs.has(type(part)):
            for each in attrs.fields(type(part)):
                yield from _cited(getattr(part, each.name))


def _finding(what: FindingKind, fault: Fault) -> Finding:
    return Finding(what, fault.told, str(fault).removeprefix(f"{fault.told}: "))


class _Look:
    """One look at a plugin that composes."""

    def __init__(
        self,
        name: str,
        plugin: Any,
        rulebook: Rulebook,
        others: list[Any],
        block: frozenset[str],
        progress: Progress,
    ) -> None:
        self.name, self.plugin, self.rulebook = name, plugin, rulebook
        self.home = _home(plugin)
        self.others, self.block, self.progress = others, block, progress
        self.own = [
            (at, each)
            for at, each in rulebook.definitions.meant()
            if rulebook.origins[at].plugin == name
        ]
        self.examples: list[Example] = []
        self.stories: list[Story] = []
        self.lines: dict[str, str] = {}
        """For each example, the file and the line that it stands in."""

    def findings(self, drops: bool) -> Iterator[Finding]:
        for pair in self.rulebook.not_proved:
            yield Finding(FindingKind.NOT_PROVED, self.name, pair)
        yield from self.told()
        yield from self.conditions()
        yield from self.undecided()
        amiss = [*self.read(), *self.replayed(), *self.run()]
        yield from amiss
        yield from self.of_others()
        if drops and not amiss:
            yield from self.dropped()

    def checked(self, today: date) -> Iterator[Finding]:
        """Give each source once that was looked at after a day."""
        late = {
            (cited.instrument, cited.checked_on): at
            for at, definition in reversed(self.own)
            for cited in _cited(definition)
            if cited.checked_on > today
        }
        for (instrument, day), at in late.items():
            yield Finding(FindingKind.CHECKED, self.place(at), f"{instrument} on {day.isoformat()}")

    # -- texts and conditions --------------------------------------------------------------------

    def told(self) -> Iterator[Finding]:
        """Tell everything in English, as JSON and as pictures; give what cannot be told so."""
        said = _failure(_texts, self.rulebook)
        if said:
            yield Finding(FindingKind.TEXT, self._culprit(), said)
        for at, kind in self.own:
            if not isinstance(kind, CaseType):
                continue
            for version in kind.versions:
                for style, draw in CASE_TYPE_FORMATS.items():
                    # SVG is the DOT, drawn by Graphviz, which need not be installed.
                    if style != "svg" and (said := _failure(draw, kind, version, {})):
                        yield Finding(FindingKind.TEXT, self.place(at), said)

    def _culprit(self) -> str:
        """Return where the definition stands without which everything else can be told."""
        everything = self.rulebook.definitions
        for at, _ in self.own:
            rest = tuple(each for each in getattr(everything, at[0]) if each.key != at[1])
            less = attrs.evolve(everything, **{at[0]: rest})
            if not _failure(_texts, attrs.evolve(self.rulebook, definitions=less)):
                return self.place(at)
        return self.name

    def conditions(self) -> Iterator[Finding]:
        """Give the conditions that nobody can meet, and those that the notation cannot say."""
        asked = [
            (at, path, condition)
            for at, each in self.own
            if not isinstance(each, Impossible)
            for path, condition in each.conditions()
        ]
        for number, (at, path, condition) in enumerate(asked):
            self.progress("conditions", number, len(asked))
            text = render(condition)
            if parse(text) != condition:
                said = f"this does not come back from the notation as it was: {text}"
                yield Finding(FindingKind.TEXT, self.place(at, path), said)
            # One that is written as never is meant so.
            if condition != FALSE and can_hold(self.rulebook.rules, condition) is False:
                said = f"nobody can meet this: {text}"
                yield Finding(FindingKind.NEVER, self.place(at, path), said + self._why(condition))
        self.progress("conditions", len(asked), len(asked))

    def _why(self, condition: Expression) -> str:
        """Say which fact that is asked about nothing decides or is never so, if one is."""
        rules = self.rulebook.rules
        for key in sorted(set(names_in(condition))):
            fact = rules.facts.get(key)
            if fact is not None and fact.derived and key not in rules.deciders:
                return f"; nothing decides {key}"
        return ""

    def undecided(self) -> Iterator[Finding]:
        for at, fact in self.own:
            decided = self.rulebook.rules.deciders
            if isinstance(fact, Fact) and fact.derived and fact.key not in decided:
                said = "nothing decides this derived fact"
                yield Finding(FindingKind.NOT_DECIDED, self.place(at), said)

    def gaps(self, on: date) -> Iterator[Finding]:
        """Give the people of whom no rule speaks, and the silences that are of no use.

        Of a fact of the plugin's own they are all told, of another one those whom its words
        describe.
        """
        origins = self.rulebook.origins
        facts = self._may_leave_open()
        for number, key in enumerate(facts):
            self.progress("facts", number, len(facts))
            [found] = gaps(self.rulebook, key, on=on)
            for silence in found.idle:
                if origins["silences", silence].plugin == self.name:
                    said = f"something decides {key} for all whom it is for"
                    yield Finding(FindingKind.SILENCE, self.place(("silences", silence)), said)
            own = ("facts", key) in dict(self.own)
            for each in found.people if found.found is Decided.OPEN else ():
                if own or self.name in each.plugins:
                    said = f"no rule decides {key} where {each.who}"
                    given = example_text(each.person)
                    where = self.place(("facts", key)) if own else self.name
                    yield Finding(FindingKind.GAP, where, f"{said}: {given}" if given else said)
        self.progress("facts", len(facts), len(facts))

    def _may_leave_open(self) -> list[str]:
        """Return the derived facts that the plugin declares, or that rest on words of it."""
        rules = self.rulebook.rules
        named = {word.vocabulary for _, each in self.own if (word := each.word()) is not None}
        found = {each.key for _, each in self.own if isinstance(each, Fact) and each.derived}
        found |= {key for _, each in self.own if isinstance(each, Silence) for key in each.of}
        for key in sorted(rules.deciders.keys() - found):
            names = {name for node in reach(rules, [Name(key)]) for name in names_in(node)}
            facts = [rules.facts[name] for name in names if name in rules.facts]
            if any(fact.vocabulary in named and not fact.derived for fact in facts):
                found.add(key)
        return sorted(found)

    # -- examples and stories --------------------------------------------------------------------

    def read(self) -> Iterator[Finding]:
        """Read the examples; give what cannot be read, and what is passed over."""
        for folder, kind in (("examples", FindingKind.EXAMPLE), ("stories", FindingKind.STORY)):
            for name in _passed_over(self.home, folder):
                said = "this was not read: the name of a file here ends in .json"
                yield Finding(kind, f"{self.name}: {folder}/{name}", said)
        for file in _files(self.home, "examples"):
            try:
                found = read_examples(file)
            except BadDefinition as error:
                for fault in error.faults:
                    fault = attrs.evolve(fault, plugin=self.name, file=f"examples/{file.name}")
                    yield _finding(FindingKind.EXAMPLE, fault)
                continue
            lines = _lines(file)
            self.examples += found
            for each in found:
                before = self.lines.get(each.id)
                self.lines[each.id] = lines.get(each.id, f"examples/{file.name}")
                if before is not None:
                    said = f"another example has this id: {before}"
                    yield Finding(FindingKind.EXAMPLE, self.where(each), said)
        if not self.examples:
            where = self.name if self.home is None else f"{self.name}: examples"
            yield Finding(FindingKind.EXAMPLE, where, "there is no worked example")

    def where(self, example: Example) -> str:
        return f"{self.name}: {self.lines[example.id]}: {example.id}"

    def replayed(self) -> Iterator[Finding]:
        for number, example in enumerate(self.examples):
            self.progress("examples", number, len(self.examples))
            if not example.source:
                yield Finding(FindingKind.EXAMPLE, self.where(example), "it names no source")
            outcome = replay(self.rulebook, example)
            if outcome.status is not Status.PASSED:
                said = outcome.to_text().removeprefix(f"{example.id}: ")
                yield Finding(FindingKind.EXAMPLE, self.where(example), said)
            elif example.kind == "placement":
                yield from self.in_json(example)
        self.progress("examples", len(self.examples), len(self.examples))

    def in_json(self, example: Example) -> Iterator[Finding]:
        """Put an example about a person once more, and take the answers through JSON."""
        declared = self.rulebook.rules.facts
        day = DayRange.of(DayRange.parse(str(example.inputs["on"]))).earliest
        facts = facts_from_plain(declared, example.inputs.get("facts", {}))
        names = [key for key in example.expected if key in declared]
        for key, answer in ask(self.rulebook, facts, *names, on=day).items():
            where = self.where(example)
            try:
                again: Answer[Any] = Answer.from_dict(json.loads(json.dumps(answer.to_dict())))
            except Exception as error:  # whatever a value makes it do
                said = f"{key}: {type(error).__name__}: {error}"
                yield Finding(FindingKind.JSON, where, said)
                continue
            if again != answer:
                yield Finding(FindingKind.JSON, where, f"{key}: another answer comes back")

    def run(self) -> Iterator[Finding]:
        files = _files(self.home, "stories")
        for number, file in enumerate(files):
            self.progress("stories", number, len(files))
            where = f"{self.name}: stories/{file.name}"
            try:
                story = read_story(file)
                told = run_story(self.rulebook, story)
            except UnioncoreError as error:
                said = error.problems if isinstance(error, BadStory) else (str(error),)
                for each in said:
                    yield Finding(FindingKind.STORY, where, each.removeprefix(f"{file}: "))
                continue
            self.stories.append(story)
            for line in told.lines:
                if not line.good:
                    yield Finding(FindingKind.STORY, where, line.text)
        self.progress("stories", len(files), len(files))

    def of_others(self) -> Iterator[Finding]:
        """Give the examples of other plugins that fail, and did not without this one."""
        if not self.others:
            return
        examples = []
        for name, plugin in self._besides():
            for file in _files(_home(plugin), "examples"):
                examples += [(name, file, each) for each in read_examples(file)]
        failed = []
        for number, (name, file, example) in enumerate(examples):
            self.progress("examples of others", number, len(examples))
            outcome = replay(self.rulebook, example)
            if outcome.status is Status.FAILED:
                place = _lines(file).get(example.id, f"examples/{file.name}")
                failed.append((f"{name}: {place}", outcome))
        self.progress("examples of others", len(examples), len(examples))
        before = self._without() if failed else self.rulebook
        for where, outcome in failed:
            example = outcome.example
            if replay(before, example).status is not Status.FAILED:
                said = f"this fails beside {self.name} and not without it:\n{outcome.to_text()}"
                yield Finding(FindingKind.OTHERS, f"{where}: {example.id}", said)

    def _besides(self) -> Iterator[tuple[str, Any]]:
        """Give each other plugin of the rulebook, by name."""
        there = {each.name for each in self.rulebook.plugins} - {self.name}
        for each in (builtin.plugin, *self.others, *find_plugins()):
            found, _ = named(each, BUILTIN if each is builtin.plugin else "")
            if found.name in there:
                there.remove(found.name)
                yield found.name, _loaded(each)

    def _without(self) -> Rulebook:
        """Return the rulebook without the plugin, and without what cannot do without it."""
        names = {each.name for each in find_plugins()}
        block = (self.block | {self.name}) & names
        return compose(*self.others, discover=False, block=block, on_fault="leave out")

    # -- drops -----------------------------------------------------------------------------------

    def dropped(self) -> Iterator[Finding]:
        """Give what could be left out, and what is listed so and does not come up."""
        listed = set(self.not_seen())
        progress = partial(self.progress, "drops")
        for mutant in unseen(
            self.rulebook, self.name, self.examples, self.stories, progress=progress
        ):
            if mutant.name in listed:
                listed.remove(mutant.name)
                continue
            said = f"no example would see that this is left out: {mutant.name}"
            yield Finding(FindingKind.DROP, self._told(mutant.origin), said)
        for name in sorted(listed):
            said = f"an example sees this, or it is not there; take it off the list: {name}"
            yield Finding(FindingKind.DROP, f"{self.name}: examples/{_NOT_SEEN}", said)

    def not_seen(self) -> Collection[str]:
        file = None if self.home is None else self.home / "examples" / _NOT_SEEN
        if file is None or not file.is_file():
            return []
        return [row["drop"] for row in csv.DictReader(file.read_text("utf-8").splitlines())]

    def place(self, at: At, path: str = "") -> str:
        """Return where a definition or a part of it stands."""
        origin = self.rulebook.origins[at]
        return self._told(attrs.evolve(origin, path=origin.at(path), places=()))

    def _told(self, origin: Origin) -> str:
        """Return a place in words, with its line if it is in a file of TOML."""
        place = Location(origin.plugin, origin.file, origin.path)
        text_of = getattr(self.plugin, "unioncore_text", None)
        text = text_of(file=origin.file) if text_of is not None and origin.path else None
        return (place if text is None else Locations(text).located(place)).told


def _texts(rulebook: Rulebook) -> str:
    """Return the rulebook in English and in JSON."""
    return rulebook_markdown(rulebook) + json.dumps(plain(items(rulebook)))


def _failure(work: Callable[..., Any], *given: Any) -> str:
    """Return how something fails; empty where it does not."""
    try:
        work(*given)
    except Exception as error:  # whatever a definition makes it do
        return f"{type(error).__name__}: {error}"
    return ""


def _lines(file: Path) -> dict[str, str]:
    """Return the file and the line in which each example of a file stands, by its id."""
    found: dict[str, str] = {}
    for number, text in enumerate(file.read_text("utf-8").splitlines(), 1):
        for told in re.findall(r'"id"\s*:\s*("(?:\\.|[^"\\])*")', text):
            found.setdefault(json.loads(told), f"examples/{file.name}:{number}")
    return found


def _files(home: Path | None, folder: str) -> list[Path]:
    return [] if home is None else sorted((home / folder).glob("*.json"))


def _passed_over(home: Path | None, folder: str) -> Iterator[str]:
    """Give the names of files that look like JSON, by their ending or without one, and are not."""
    for file in sorted((home / folder).glob("*")) if home is not None else ():
        ending = file.suffix.lower().removeprefix(".")
        if file.suffix == ".json" or not file.is_file():
            continue
        if nearest(ending, ["json"]) if ending else file.read_bytes().lstrip()[:1] in (b"[", b"{"):
            yield file.name


def _home(plugin: Any) -> Path | None:
    """Return the folder that a plugin's examples and stories lie in, if it has one."""
    home = getattr(plugin, "home", None)
    if home is None and (file := getattr(plugin, "__file__", None)):
        home = Path(file).parent  # a module whose functions are the hooks
    return None if home is None else Path(str(home))
