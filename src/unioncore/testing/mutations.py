"""What no worked example holds: leave each thing that a plugin says out, and see what fails.

``conformance`` finds these drops, and each calls for an example.

A drop leaves out a rule, a version, an exception, a part of a condition, an override, a row of a
table or a key of it, a version of a parameter, a published table of pay, a rise of a pay round, a
body's level or the union side of it, a requirement's place in its verdict, or that staff hold an
office; and a case type as a whole, a transition of it, what that asks for, or a clock. It is named
by the key of the definition, the first day of the version, and what is left out. Where nothing sees
that a case type or a pay round is left out, its parts are not looked at. A published table of pay
is an example too, of what the rounds since the one before make of that.

Not dropped, since no answer could change: versions that only say why something is not known, of
rules that decide a fact with one value and stand in no other rule's way; such versions of a body
that is not said to have existed, where another version is about the same people, for they are in
doubt without it too; and rises of pay before which no table of what they raise is there.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from unioncore.answers import read_facts, table_checks
from unioncore.legal import DayRange
from unioncore.model import (
    ANY,
    Body,
    BodyKind,
    CaseType,
    CaseTypeVersion,
    OfficeRole,
    PayClause,
    PayRound,
    PayScale,
    SideKey,
    Transition,
)
from unioncore.replay import UNKNOWN, Example, Status, read_examples, replay
from unioncore.replay.examples import COVERAGE
from unioncore.rulebook import Definitions, Origin, Rulebook, key_of
from unioncore.rules import (
    ON,
    Definition,
    Expression,
    Fact,
    FactType,
    Measure,
    Parameter,
    Requirement,
    Rule,
    RuleSet,
    Subject,
    Table,
    facts_from_plain,
    from_plain,
    render,
)
from unioncore.rules.condition import TRUE, AllOf, AnyOf, Not
from unioncore.shown import Shown
from unioncore.stories import Story, run_story

__all__ = ["Mutant", "mutants", "survivors"]

_WORDS = re.compile(r"[\w-]+")


@frozen
class Mutant(Shown, shows="name"):
    """A rulebook's definitions with one thing left out, and what that is."""

    name: str
    definitions: Definitions
    origin: Origin
    """Where the definition stands of which it is left out."""
    whole: str = ""
    """The name of the drop that leaves all of the definition out, where there is one."""
    is_placed: bool = True
    """Whether it can change what follows from a person's facts."""
    decides: frozenset[str] = frozenset()
    """The facts that may come out otherwise; empty where more than facts may."""


def survivors(
    rulebook: Rulebook, plugin: str, examples: Path, *, files: Collection[str] = ()
) -> list[str]:
    """Return the names of the drops that no worked example in a folder of JSON files sees.

    Args:
        rulebook: the rulebook that the examples are about.
        plugin: the name of the plugin whose definitions are left out one by one.
        examples: the folder; examples that the rulebook does not support are passed over.
        files: only definitions of these files are left out; empty for all of the plugin's.

    Raises:
        ValueError: when an example fails before anything is left out, or when there is none.
    """
    found = [each for file in sorted(examples.glob("*.json")) for each in read_examples(file)]
    sound = [each for each in found if _is_sound(rulebook, each)]
    if not sound:
        raise ValueError(f"no worked example is in {examples}")
    return sorted(each.name for each in unseen(rulebook, plugin, sound, files=files))


def unseen(
    rulebook: Rulebook,
    plugin: str,
    examples: Iterable[Example],
    stories: Iterable[Story] = (),
    *,
    files: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Mutant]:
    """Give the drops that none of some examples and stories sees; all come out as it stands.

    ``progress`` is told before each drop how many are done, and of how many. The other arguments
    are those of ``survivors``.
    """
    replayed = [_Watched.of(rulebook, each) for each in examples]
    told = [_Watched(_ByStory(each)) for each in stories]
    tables = [
        _Watched(_ByTables(each.key, _tables(rulebook, each.key)))
        for each in rulebook.definitions.pay_scales
        if rulebook.plugin_of[each.key] == plugin
    ]
    placed = [*replayed, *told]
    apart = [*told, *tables, *(each for each in replayed if not isinstance(each.test, _Placed))]
    everything = [*mutants(rulebook, plugin, files=files)]
    alive: set[str] = set()
    for done, mutant in enumerate(everything):
        progress(done, len(everything))
        if mutant.whole in alive:
            continue
        changed = attrs.evolve(rulebook, definitions=mutant.definitions)
        # To work it out is dear, and nothing here looks at it: it only has to be another one.
        vars(changed).update(fingerprint=f"{rulebook.fingerprint} without {mutant.name}")
        tests = placed if mutant.is_placed else apart
        words = set(_WORDS.findall(mutant.name))
        asked = (each for each in tests if each.asks_for(mutant))
        # What names the same words, such as a first day, sees it first; so does what saw the last.
        likely = sorted(asked, key=lambda each: -len(words & each.words))
        seen = next((each for each in likely if not each.test.comes_out(changed)), None)
        if seen is not None:
            tests.remove(seen)
            tests.insert(0, seen)
        else:
            alive.add(mutant.name)
            yield mutant


def mutants(rulebook: Rulebook, plugin: str, *, files: Collection[str] = ()) -> Iterator[Mutant]:
    """Give the definitions of a rulebook with each thing that one plugin says left out in turn."""
    everything = rulebook.definitions
    silent = {rule.key: rule for rule in everything.rules if _is_silent(rulebook.rules, rule)}
    for kind in Definitions.kinds():
        definitions = getattr(everything, kind.name)
        for place, definition in enumerate(definitions):
            origin = rulebook.origins.get((kind.name, key_of(definition)))
            if origin is None or origin.plugin != plugin or not isinstance(definition, Definition):
                continue
            if files and origin.file not in files:
                continue
            before, after = definitions[:place], definitions[place + 1 :]
            if isinstance(definition, PayRound) and not _moving(everything, definition):
                continue
            whole = definition.key if isinstance(definition, CaseType | PayRound) else ""
            is_placed = not isinstance(definition, CaseType | PayClause | PayRound | PayScale)
            if whole:
                less = attrs.evolve(everything, **{kind.name: (*before, *after)})
                yield Mutant(whole, less, origin, is_placed=is_placed)
            for what, changed in _drops(definition, silent, everything):
                less = attrs.evolve(everything, **{kind.name: (*before, changed, *after)})
                name, decides = f"{definition.key}{what}", _decided(definition)
                yield Mutant(name, less, origin, whole, is_placed, decides)


# -- what is left out ------------------------------------------------------------------------------


def _is_silent(rules: RuleSet, rule: Rule) -> bool:
    """Whether a version of the rule that is not known to hold changes no answer."""
    fact = rules.facts[rule.decides]
    beside = [each for each in rules.rules if each.decides == rule.decides and each.otherwise]
    return fact.type is not FactType.SET and not rule.overrides and not beside


def _decided(definition: Definition) -> frozenset[str]:
    """Return the facts that a definition decides; none where it says more than facts."""
    match definition:
        case Rule() | Table() | Measure():
            return frozenset({definition.decides})
        case Requirement():
            return frozenset({definition.key, definition.verdict} - {""})
        case Parameter():
            return frozenset({definition.key})
    return frozenset()


def _drops(
    definition: Definition, silent: Mapping[str, Rule], everything: Definitions
) -> Iterator[tuple[str, Any]]:
    """Give a definition with each thing left out in turn, and what that is."""
    match definition:
        case Table():
            yield from _in_table(definition)
        case Measure():
            for what, where in _parts(definition.where):
                yield f": {what}", attrs.evolve(definition, where=where)
        case OfficeRole(staff=True):
            yield ": staff", attrs.evolve(definition, staff=False)
        case Requirement(verdict=verdict) if verdict:
            yield f": {verdict}", attrs.evolve(definition, verdict="")
        case CaseType():
            yield from _in_case_type(definition)
        case PayRound(rises=rises) if len(rises) > 1:
            for number in _moving(everything, definition):
                rest = (*rises[:number], *rises[number + 1 :])
                what = f" [{rises[number].start}]: rise {number + 1}"
                yield what, attrs.evolve(definition, rises=rest)
        case Body(kind=BodyKind.NEGOTIATING):
            own = everything.own_union
            said = definition.rules(own)
            yield from (each for each in _in_body(definition) if each[1].rules(own) != said)
        case Rule():
            for above in definition.overrides:
                # What only says why something is not known gives way to whatever is known.
                if above in silent and all(each.not_known for each in silent[above].versions):
                    continue
                fewer = tuple(each for each in definition.overrides if each != above)
                yield f": overrides {above}", attrs.evolve(definition, overrides=fewer)
    dated = definition.asks or isinstance(definition, PayClause | PayScale)
    if dated and definition.versions is not None:
        yield from _in_versions(definition, definition.asks, definition.key in silent)


def _in_table(table: Table) -> Iterator[tuple[str, Table]]:
    for number, row in enumerate(table.rows):
        before, after = table.rows[:number], table.rows[number + 1 :]
        start = f" [{row.period.start}]" if row.period.start else ""
        for key in row.keys:
            keys = tuple(each for each in row.keys if each != key)
            fewer = (attrs.evolve(row, keys=keys),) if keys else ()
            yield f"{start}: {key}", attrs.evolve(table, rows=(*before, *fewer, *after))
    for number, row in enumerate(table.otherwise):
        rest = (*table.otherwise[:number], *table.otherwise[number + 1 :])
        start = f" [{row.period.start}]" if row.period.start else ""
        yield f"{start}: otherwise", attrs.evolve(table, otherwise=rest)


def _moving(everything: Definitions, round_: PayRound) -> list[int]:
    """Return the numbers of the rises that can move a table of pay that is there before them."""
    firsts = [
        (scale.of, min(each.period.start or date.min for each in scale.versions))
        for scale in everything.pay_scales
        if round_.body in scale.bodies
    ]
    return [
        number
        for number, rise in enumerate(round_.rises)
        if any(rise.of == of and first < (rise.start or date.max) for of, first in firsts)
    ]


def _in_body(body: Body) -> Iterator[tuple[str, Body]]:
    """Give a body that negotiates without a level, and without the side on which unions sit."""
    for number, version in enumerate(body.versions):
        if version.not_known:
            continue  # then neither level nor seat is known of anybody
        less = []
        if version.level is not None:
            less.append(("level", attrs.evolve(version, level=None)))
        if any(side.key is SideKey.UNIONS for side in version.sides):
            sides = tuple(side for side in version.sides if side.key is not SideKey.UNIONS)
            less.append((f"side {SideKey.UNIONS}", attrs.evolve(version, sides=sides)))
        for what, changed in less:
            versions = (*body.versions[:number], changed, *body.versions[number + 1 :])
            name = f" [{version.period.start or '..'}]: {what}"
            yield name, attrs.evolve(body, versions=versions)


def _in_case_type(kind: CaseType) -> Iterator[tuple[str, CaseType]]:
    for number, version in enumerate(kind.versions):
        before, after = kind.versions[:number], kind.versions[number + 1 :]
        name = f" [{version.name}]"
        if before or after:
            yield name, attrs.evolve(kind, versions=(*before, *after))
        for what, changed in _in_case_type_version(version):
            yield f"{name}: {what}", attrs.evolve(kind, versions=(*before, changed, *after))


def _in_case_type_version(version: CaseTypeVersion) -> Iterator[tuple[str, CaseTypeVersion]]:
    for what, covers in _parts(version.covers):
        yield f"covers: {what}", attrs.evolve(version, covers=covers)
    ways = version.transitions
    for number, way in enumerate(ways):
        if way.from_state == ANY and way.to_state in version.ways_out:
            continue  # every case type has it from the way out
        before, after = ways[:number], ways[number + 1 :]
        name = f"transition {way.from_state}.{way.event} to {way.to_state}"
        yield name, attrs.evolve(version, transitions=(*before, *after))
        for what, changed in _in_transition(way):
            less = attrs.evolve(version, transitions=(*before, changed, *after))
            yield f"{name}: {what}", less
    for number, clock in enumerate(version.clocks):
        rest = (*version.clocks[:number], *version.clocks[number + 1 :])
        asked = [each for way in ways for each in (*way.in_time, way.after)]
        if clock.key not in asked:
            yield f"clock {clock.key}", attrs.evolve(version, clocks=rest)
        for what, when in _parts(clock.when):
            changed_clock = attrs.evolve(clock, when=when)
            clocks = (*version.clocks[:number], changed_clock, *version.clocks[number + 1 :])
            yield f"clock {clock.key}: {what}", attrs.evolve(version, clocks=clocks)


def _in_transition(way: Transition) -> Iterator[tuple[str, Transition]]:
    """Give a transition without each thing that the record must show before it."""
    for what, when in _parts(way.when):
        yield what, attrs.evolve(way, when=when)
    for clock in way.in_time:
        rest = tuple(each for each in way.in_time if each != clock)
        yield f"in time {clock}", attrs.evolve(way, in_time=rest)
    if way.after:
        yield f"after {way.after}", attrs.evolve(way, after="")
    if way.proof is not None:
        yield f"proof {way.proof}", attrs.evolve(way, proof=None)
    if way.form:
        yield f"form {way.form}", attrs.evolve(way, form="")


def _in_versions(
    definition: Any, fields: tuple[str, ...], silent: bool
) -> Iterator[tuple[str, Any]]:
    versions = definition.versions
    doubted = [silent and bool(version.not_known) for version in versions]
    if len(versions) > 1 and not all(doubted):
        yield "", attrs.evolve(definition, versions=())
    for number, version in enumerate(versions):
        if doubted[number]:
            continue
        before, after = versions[:number], versions[number + 1 :]
        # Versions of a parameter may begin together under different conditions.
        beside = sum(each.period.start == version.period.start for each in versions) > 1
        which = f" when {render(version.when)}" if beside else ""
        name = f" [{version.period.start or '..'}]{which}"
        if not _is_in_doubt(definition, version, fields):
            yield name, attrs.evolve(definition, versions=(*before, *after))
        for what, changed in _in_version(version, fields):
            yield f"{name}: {what}", attrs.evolve(definition, versions=(*before, changed, *after))


def _is_in_doubt(definition: Any, version: Any, fields: tuple[str, ...]) -> bool:
    """Whether those whom a version of a set's word is about are in doubt without it too."""
    if not isinstance(definition, Body) or definition.existed or not version.not_known:
        return False

    def about(one: Any) -> list[Any]:
        return [getattr(one, field) for field in fields]

    return any(about(each) == about(version) for each in definition.versions if each != version)


def _in_version(version: Any, fields: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for field in fields:
        if field == "holds" and version.not_known:
            continue
        called = "" if len(fields) == 1 else f"{field} "
        for what, condition in _parts(getattr(version, field)):
            yield f"{called}{what}", attrs.evolve(version, **{field: condition})
    exceptions = getattr(version, "exceptions", ())
    for number, exception in enumerate(exceptions):
        before, after = exceptions[:number], exceptions[number + 1 :]
        spared = f"except {render(exception.when)}"
        yield spared, attrs.evolve(version, exceptions=(*before, *after))
        for what, when in _without_a_part(exception.when):
            changed = attrs.evolve(exception, when=when)
            yield f"except {what}", attrs.evolve(version, exceptions=(*before, changed, *after))


def _parts(node: Expression) -> Iterator[tuple[str, Expression]]:
    """Give a condition with each part left out; one without parts is left out itself."""
    drops = list(_without_a_part(node))
    if not drops and node != TRUE:
        drops = [(render(node), TRUE)]
    yield from drops


def _without_a_part(node: Expression) -> Iterator[tuple[str, Expression]]:
    """Give ``node`` with one part left out, for each part at any depth."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            for number, part in enumerate(parts):
                rest = parts[:number] + parts[number + 1 :]
                yield render(part), rest[0] if len(rest) == 1 else type(node)(rest)
                for name, changed in _without_a_part(part):
                    yield name, type(node)((*parts[:number], changed, *parts[number + 1 :]))
        case Not(part):
            for name, changed in _without_a_part(part):
                yield name, Not(changed)


# -- whether an example sees it --------------------------------------------------------------------


def _is_sound(rulebook: Rulebook, example: Example) -> bool:
    """Whether an example can be put and comes out; raises where it fails."""
    outcome = replay(rulebook, example)
    if outcome.status is Status.FAILED:
        raise ValueError(f"an example fails before anything is left out: {outcome.to_text()}")
    return outcome.status is Status.PASSED


@frozen(repr=False)
class _Replayed:
    """An example of any kind, put by its runner."""

    example: Example

    def comes_out(self, rulebook: Rulebook) -> bool:
        return replay(rulebook, self.example).status is Status.PASSED


@frozen(repr=False)
class _Placed:
    """An example about a person, put without the reasons: the same answers many times faster."""

    days: tuple[date, ...]
    facts: Mapping[str, Any]
    expected: Mapping[str, Any]
    """For each key: the value, as the fact holds it; None where it must be not known."""
    sure: Mapping[str, frozenset[str]]
    """For each set that must be known in part: the words that must surely be in it."""
    coverage: tuple[tuple[str, str, bool], ...]
    """Sets, each with a word that must surely be in it, or surely not."""

    def comes_out(self, rulebook: Rulebook) -> bool:
        rules = rulebook.rules
        return all(self._agrees(Subject(rules, {**self.facts, ON: day})) for day in self.days)

    def _agrees(self, subject: Subject) -> bool:
        return (
            all(subject.has(key, word) is wanted for key, word, wanted in self.coverage)
            and all(subject.value(key) == wanted for key, wanted in self.expected.items())
            and all(
                (part := subject.in_part(key)) is not None and part.at_least == words
                for key, words in self.sure.items()
            )
        )


@frozen(repr=False)
class _ByStory:
    """A told story."""

    story: Story

    def comes_out(self, rulebook: Rulebook) -> bool:
        try:
            return run_story(rulebook, self.story).good
        except Exception:  # whatever the lack of something makes it do
            return False


@frozen(repr=False)
class _ByTables:
    """The published tables of a pay scale: what rounds make of one is the next."""

    scale: str
    checks: tuple[Any, ...]
    """What came of each check."""

    def comes_out(self, rulebook: Rulebook) -> bool:
        return _tables(rulebook, self.scale) == self.checks


def _tables(rulebook: Rulebook, scale: str) -> tuple[Any, ...]:
    checks = table_checks(rulebook, scale)
    return tuple((each.start, each.same, each.differences, each.not_known) for each in checks)


class _Deciders(dict[str, Any]):
    """What decides each fact, and which of it was looked up."""

    def __init__(self, deciders: Mapping[str, Any]) -> None:
        super().__init__(deciders)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)


@frozen(eq=False, repr=False)
class _Watched:
    """A test, and what it is about."""

    test: _Placed | _Replayed | _ByStory | _ByTables
    asked: frozenset[str] | None = None
    """The facts that it asks for, on the way too: no other can make it fail. None: any may."""
    words: frozenset[str] = frozenset()
    """The words of what is given and expected."""

    @classmethod
    def of(cls, rulebook: Rulebook, example: Example) -> "_Watched":
        test = _test(rulebook, example)
        deciders = _Deciders(rulebook.rules.deciders)
        rules, copy = attrs.evolve(rulebook.rules), attrs.evolve(rulebook)
        # What each works out once is put there before it is asked.
        vars(rules).update(deciders=deciders, rows=rulebook.rules.rows)
        vars(copy).update(rules=rules, fingerprint=rulebook.fingerprint)
        test.comes_out(copy)
        words = _WORDS.findall(f"{example.inputs} {example.expected}")
        return cls(test, frozenset(deciders.asked), frozenset(words))

    def asks_for(self, mutant: Mutant) -> bool:
        if self.asked is None or not mutant.decides:
            return True
        return not mutant.decides.isdisjoint(self.asked)


def _test(rulebook: Rulebook, example: Example) -> _Placed | _Replayed:
    replayed = _Replayed(example)
    parts = (each for each in example.expected.values() if isinstance(each, Mapping))
    if example.kind != "placement" or any(set(each) != {"at_least"} for each in parts):
        return replayed
    declared = rulebook.rules.facts
    bounds = DayRange.of(DayRange.parse(str(example.inputs["on"])))
    given = facts_from_plain(declared, example.inputs.get("facts", {}))
    expected = {
        key: None if wanted == UNKNOWN else _read(declared[key], wanted)
        for key, wanted in example.expected.items()
        if key in declared and not isinstance(wanted, Mapping)
    }
    sure = {
        key: frozenset(wanted["at_least"])
        for key, wanted in example.expected.items()
        if isinstance(wanted, Mapping)
    }
    coverage = tuple(
        (rulebook.body(word).decides, word, wanted)
        for field, wanted in COVERAGE.items()
        for word in example.expected.get(field, ())
    )
    days = tuple(dict.fromkeys((bounds.earliest, bounds.latest)))
    placed = _Placed(days, read_facts(rulebook, given), expected, sure, coverage)
    # What the runner takes for right in another form, such as a month for a day, it must judge.
    return placed if placed.comes_out(rulebook) else replayed


def _read(fact: Fact, plain: Any) -> Any:
    if fact.type is FactType.SET and isinstance(plain, Iterable):
        return frozenset(plain)
    return from_plain(fact, plain)
