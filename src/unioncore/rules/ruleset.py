"""A rule set: definitions indexed by the fact they decide, ready for every reading.

For each derived fact it holds one decider: ``Choosing`` (rules, one value), ``Gathering`` (rules, a
set), a ``Table`` or a ``Measure``. A rule is spelt out here into clauses: one for each version and
each exception that decides something, with the version's period written as a condition on the
dating fact, so that no reading needs to know about dates.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import attrs
from attrs import frozen

from unioncore.errors import PredicateFailed
from unioncore.legal import Period, Timeline
from unioncore.phrases import ENGLISH, Phrases
from unioncore.rules.condition import (
    TRUE,
    Arithmetic,
    Call,
    Condition,
    Expression,
    Literal,
    Name,
    NotReviewed,
    Words,
    all_of,
    any_of,
    held_in,
    names_in,
    not_,
    walk,
)
from unioncore.rules.fact import Fact, FactType, Word
from unioncore.rules.named import Named, read_only
from unioncore.rules.rule import (
    ON,
    Impossible,
    Measure,
    Predicate,
    Row,
    Rule,
    RuleException,
    RuleVersion,
    Silence,
    Table,
)
from unioncore.shown import Shown

__all__ = ["RuleSet"]


@frozen(eq=False)
class RuleClause(Shown, shows="rule version"):
    """One way in which one rule decides its fact; told from others by identity."""

    rule: Rule
    version: RuleVersion | None
    """None where no version covers the day, so that nothing is known."""
    exception: RuleException | None
    period: Period
    """The days for which it is in force, of the fact that dates the rule."""
    when: Condition
    """What else it asks."""
    value: Expression | None
    spared_by: tuple["RuleClause", ...] = ()
    """Of a set: for each exception, when it alone keeps the rule from giving its words."""
    force: Condition = attrs.field(init=False)
    """Its period, as a condition."""
    holds: Condition = attrs.field(init=False)
    """The whole of its condition."""

    @force.default
    def _force(self) -> Condition:
        return _held(self.period, self.rule.dated_by)

    @holds.default
    def _whole(self) -> Condition:
        return all_of(self.force, self.when)

    def may_count_on(self, day: date) -> bool:
        """Whether it is in force on the day of the question, or another day dates it."""
        return self.rule.dated_by != ON or day in self.period

    def reads(self) -> Iterator[Expression]:
        """Give the condition and, where there is one, the value."""
        yield self.holds
        if self.value is not None:
            yield self.value


@frozen
class Choosing(Shown, shows="clauses"):
    """Decides a fact with one value: the clause that holds and is not overridden gives it."""

    clauses: tuple[RuleClause, ...]
    raw: Mapping[str, Condition]
    """For each rule: when it decides anything at all."""
    overriders: Mapping[str, tuple[str, ...]]
    """For each rule: the rules that override it."""

    def on(self, day: date) -> "Choosing":
        """Return it without the clauses that cannot count on the day of the question."""
        return attrs.evolve(self, clauses=_on(self.clauses, day))

    def reads(self, word: str = "") -> Iterator[Expression]:
        """Give the expressions that deciding the fact reads; it has no words of its own."""
        for clause in self.clauses:
            yield from clause.reads()


@frozen
class Gathering(Shown, shows="words"):
    """Decides a set: each word by its own clauses; ``closing`` says that there is nothing else."""

    words: Mapping[str, tuple[RuleClause, ...]]
    raw: Mapping[str, Condition]
    overriders: Mapping[str, tuple[str, ...]]
    closing: tuple[RuleClause, ...]

    def on(self, day: date) -> "Gathering":
        """Return it without clauses and words that cannot count on the day of the question."""
        words = {word: _on(clauses, day) for word, clauses in self.words.items()}
        return attrs.evolve(
            self,
            words={word: clauses for word, clauses in words.items() if clauses},
            closing=_on(self.closing, day),
        )

    def reads(self, word: str = "") -> Iterator[Expression]:
        """Give the expressions that deciding the set reads, or only whether ``word`` is in it."""
        for clauses in [self.words.get(word, ())] if word else self.words.values():
            for clause in clauses:
                yield clause.holds
                yield from (self.raw[key] for key in self.overriders[clause.rule.key])
        if not word:
            yield from (clause.holds for clause in self.closing)


def _on(clauses: Iterable[RuleClause], day: date) -> tuple[RuleClause, ...]:
    return tuple(clause for clause in clauses if clause.may_count_on(day))


Decider = Choosing | Gathering | Table | Measure

_DAYS = 64
"""Of how many days a rule set keeps what decides on them."""


@frozen(eq=False, repr=False)
class _SpeltOut(Mapping[str, Decider]):
    """What decides each fact; its rules are spelt out when it is first asked for."""

    parts: Mapping[str, Table | Measure | list[Rule]]
    sets: Container[str]
    """The facts that are sets."""
    made: dict[str, Decider] = attrs.field(factory=dict)

    def __getitem__(self, key: str) -> Decider:
        found = self.made.get(key)
        if found is None:
            part = self.parts[key]
            if isinstance(part, list):
                found = _gathering(part) if key in self.sets else _choosing(part)
            else:
                found = part
            # Clauses are told apart by identity: two threads that ask at once get the same.
            found = self.made.setdefault(key, found)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.parts

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)

    def __len__(self) -> int:
        return len(self.parts)


def words_given(value: Expression | None) -> tuple[str, ...]:
    """Return the words that a set rule gives."""
    match value:
        case Literal(str() as word):
            return (word,)
        case Words(items):
            return tuple(str(item.value) for item in items)
        case _:
            return ()


def _gaps(rule: Rule) -> list[tuple[Period, str]]:
    """Return the periods that a set rule was never reviewed for, each with the reason."""
    found = []
    timeline = Timeline(rule.versions)
    for gap in timeline.gaps():
        if rule.existed is not None:
            if not gap.overlaps(rule.existed):
                continue
            starts = [p.start for p in (gap, rule.existed) if p.start is not None]
            ends = [p.end for p in (gap, rule.existed) if p.end is not None]
            gap = Period(max(starts, default=None), min(ends, default=None))
        found.append((gap, f"no version of {rule.key} covers the time {gap}"))
    return found


@lru_cache(maxsize=4096)
def _held(period: Period, dated_by: str) -> Condition:
    """Return one condition for each period, so that its truth is worked out once."""
    return held_in(period, dated_by)


def _clauses(rule: Rule, *, one_value: bool) -> list[RuleClause]:
    """Spell ``rule`` out into clauses; exceptions decide something only for a fact of one value."""
    clauses = []
    for version in rule.versions:
        doubt = NotReviewed(version.not_known) if version.not_known else TRUE
        period = version.period
        past: list[Expression] = []
        spared_by: list[RuleClause] = []
        for each in version.exceptions:
            if not one_value:
                when = all_of(version.when, each.when)
                spared_by.append(RuleClause(rule, version, each, period, when, version.value))
            elif each.value is not None:
                when = all_of(version.when, doubt, each.when, *past)
                clauses.append(RuleClause(rule, version, each, period, when, each.value))
            past.append(not_(each.when))
        when = all_of(version.when, doubt, *past)
        clauses.append(
            RuleClause(rule, version, None, period, when, version.value, tuple(spared_by))
        )
    return clauses


@frozen(slots=False)
class RuleSet(Shown, shows="facts rules tables"):
    """Everything that decides facts. Immutable, picklable, and safe to share between threads."""

    facts: Mapping[str, Fact] = attrs.field(factory=dict, converter=read_only)
    words: Mapping[str, Mapping[str, Word]] = attrs.field(factory=dict, converter=read_only)
    """For each vocabulary that is asked for or filled, its words by key."""
    rules: tuple[Rule, ...] = ()
    tables: tuple[Table, ...] = ()
    measures: tuple[Measure, ...] = ()
    predicates: Mapping[str, Predicate] = attrs.field(factory=dict, converter=read_only)
    predicates_of: Mapping[str, str] = attrs.field(factory=dict, converter=read_only)
    """The plugin of each predicate."""
    impossible: tuple[Impossible, ...] = ()
    silences: tuple[Silence, ...] = ()
    union: str | None = None
    """The key of the union whose own rules are among them; None where there is none."""
    say: Phrases = ENGLISH
    """The phrases in which sentences about them are made."""

    def __getstate__(self) -> dict[str, Any]:
        # What is cached is made again where it is needed.
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    def fact(self, key: str) -> Fact:
        """Return the fact called ``key``; raises ``UnknownName`` with the nearest spelling."""
        return Named("fact", self.facts)[key]

    def test(self, call: Call, *values: Any) -> bool | None:
        """Return what a predicate says; raises ``PredicateFailed`` where it fails to."""
        predicate = self.predicates.get(call.function)
        if predicate is None or None in values:
            return None
        try:
            found = predicate.test(*values)
        except Exception as error:  # whatever a plugin's function does
            raise self._failed(call, f"raised {type(error).__name__}") from error
        if found is None or isinstance(found, bool):
            return found
        raise self._failed(call, f"gave {type(found).__name__}, and not yes, no or None")

    def _failed(self, call: Call, did: str) -> PredicateFailed:
        asks = (
            each.key
            for each in (*self.rules, *self.measures)
            if any(part == call for node in each.expressions() for part in walk(node))
        )
        plugin = self.predicates_of.get(call.function, "")
        return PredicateFailed(plugin, call.function, tuple(asks), names_in(call), did)

    def words_of(self, vocabulary: str) -> Named[Word]:
        """Return the words of a vocabulary; none where no plugin fills it.

        Raises ``UnknownName`` where no fact asks for the vocabulary and no word is of it.
        """
        return self._vocabularies[vocabulary]

    @cached_property
    def _vocabularies(self) -> Named[Named[Word]]:
        found = {key: Named(key.replace("_", " "), words) for key, words in self.words.items()}
        return Named("vocabulary", found)

    def name_of(self, vocabulary: str, key: str) -> str:
        """Return what people call a word of a vocabulary: its key, where nobody declares it."""
        word = self.words_of(vocabulary).get(key)
        return key if word is None else word.name

    def names_of(self, fact: Fact) -> Mapping[str, str]:
        """Return the words that may answer ``fact``, each with the name that people read."""
        asked = fact.choices or fact.vocabulary
        found = self._names.get(asked)
        if found is None:
            if fact.choices:
                found = {word: word for word in fact.choices}
            else:
                words = self.words.get(fact.vocabulary, {})
                found = {key: word.name for key, word in words.items()}
            self._names[asked] = found
        return found

    @cached_property
    def _names(self) -> dict[str | tuple[str, ...], Mapping[str, str]]:
        return {}

    @cached_property
    def recorded(self) -> Mapping[str, Fact]:
        """The facts that may be given, by key. Not among them is the day, which is given apart."""
        return {k: fact for k, fact in self.facts.items() if not fact.derived and k != ON}

    @cached_property
    def recorded_words(self) -> Mapping[str, Mapping[str, str] | None]:
        """The words that may answer each recorded fact; None: it is answered otherwise."""
        return {
            key: self.names_of(fact) if fact.vocabulary or fact.choices else None
            for key, fact in self.recorded.items()
        }

    @cached_property
    def walks(self) -> dict[type, dict[int, tuple[Expression, Any]]]:
        """For each kind of walk, each expression by its identity with how it is walked."""
        return {}

    def read_by(self, node: Expression) -> tuple[tuple[str, str], ...]:
        """Return the facts that an expression of this rule set reads, each asked about whole."""
        found = self._read.get(id(node))
        if found is None:
            found = self._read[id(node)] = (node, tuple((name, "") for name in names_in(node)))
        return found[1]

    @cached_property
    def _read(self) -> dict[int, tuple[Expression, tuple[tuple[str, str], ...]]]:
        return {}  # by identity; each expression is kept, so that its identity stays its own

    @cached_property
    def compiled(self) -> dict[Any, Any]:
        """The functions of the compiled reading that are kept."""
        return {}

    @cached_property
    def deciders(self) -> Mapping[str, Decider]:
        """For each derived fact that anything decides, what decides it."""
        rules: dict[str, list[Rule]] = {}
        for rule in self.rules:
            rules.setdefault(rule.decides, []).append(rule)
        tables = {table.decides: table for table in self.tables}
        measures = {measure.decides: measure for measure in self.measures}
        sets = {key for key, fact in self.facts.items() if fact.type is FactType.SET}
        return _SpeltOut({**tables, **measures, **rules}, sets)

    def values_of(self, key: str) -> Iterator[Expression]:
        """Give what the rules of a derived fact with one value may give."""
        decider = self.deciders.get(key)
        for clause in decider.clauses if isinstance(decider, Choosing) else ():
            if clause.value is not None:
                yield clause.value

    @cached_property
    def reckoned(self) -> frozenset[str]:
        """The derived facts whose number, sum or day is worked out from others."""
        found: set[str] = set()
        before = -1
        while len(found) > before:
            before = len(found)
            found |= {
                key
                for key in self.deciders
                for value in self.values_of(key)
                if isinstance(value, Arithmetic | Call)
                or (isinstance(value, Name) and value.key in found)
            }
        return frozenset(key for key in found if self.facts[key].type is not FactType.YES_NO)

    def beneath(self, names: Iterable[str]) -> Iterator[tuple[str, Decider | None]]:
        """Give every fact that some facts rest on, and they themselves, with what decides it."""
        todo, seen = list(names), set[str]()
        while todo:
            key = todo.pop()
            if key not in seen:
                seen.add(key)
                decider = self.deciders.get(key)
                if decider is not None:
                    todo += (name for node in decider.reads() for name, _ in self.read_by(node))
                yield key, decider

    def deciders_on(self, day: date) -> dict[str, Decider]:
        """Return where readings keep what decides on one day of the question, by fact."""
        found = self._by_day.get(day)
        if found is None:
            if len(self._by_day) >= _DAYS:
                self._by_day.clear()
            found = self._by_day.setdefault(day, {})
        return found

    @cached_property
    def _by_day(self) -> dict[date, dict[str, Decider]]:
        return {}

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, tuple[tuple[Condition, Row], ...]]]:
        """For each table and key in it ("" for all others), its rows, each with when it holds."""
        found: dict[str, dict[str, list[tuple[Condition, Row]]]] = {}
        for table in self.tables:
            by_key = found.setdefault(table.key, {})
            for row in (*table.rows, *table.otherwise):
                held = _held(row.period, table.dated_by)
                for key in row.keys or ("",):
                    by_key.setdefault(key, []).append((held, row))
        return {
            table: {key: tuple(rows) for key, rows in by_key.items()}
            for table, by_key in found.items()
        }


def _overriders(rules: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    rules = tuple(rules)
    ordinary = {rule.key for rule in rules if not rule.otherwise}
    found = {rule.key: set(ordinary) if rule.otherwise else set[str]() for rule in rules}
    for rule in rules:
        for below in rule.overrides:
            if below in found:
                found[below].add(rule.key)
    return {key: tuple(sorted(above)) for key, above in found.items()}


def _raw(clauses: Iterable[RuleClause]) -> dict[str, Condition]:
    by_rule: dict[str, list[Condition]] = {}
    for clause in clauses:
        by_rule.setdefault(clause.rule.key, []).append(clause.holds)
    return {key: any_of(*conditions) for key, conditions in by_rule.items()}


def _choosing(rules: list[Rule]) -> Choosing:
    clauses = [clause for rule in rules for clause in _clauses(rule, one_value=True)]
    return Choosing(tuple(clauses), _raw(clauses), _overriders(rules))


def _gathering(rules: list[Rule]) -> Gathering:
    ordinary = [rule for rule in rules if not rule.otherwise]
    words: dict[str, list[RuleClause]] = {}
    every: list[RuleClause] = []
    for rule in ordinary:
        clauses = _clauses(rule, one_value=False)
        every.extend(clauses)
        for clause in clauses:
            for word in words_given(clause.value):
                words.setdefault(word, []).append(clause)
        given = {word for version in rule.versions for word in words_given(version.value)}
        # Of a thing that is not said to have existed, only those are in doubt whom it ever covered.
        ever = any_of(*(version.when for version in rule.versions)) if not rule.existed else TRUE
        for gap, reason in _gaps(rule) if given else ():
            when = all_of(ever, NotReviewed(reason))
            for word in sorted(given):
                words[word].append(RuleClause(rule, None, None, gap, when, None))
    closing = [
        clause for rule in rules if rule.otherwise for clause in _clauses(rule, one_value=False)
    ]
    return Gathering(
        words={word: tuple(found) for word, found in sorted(words.items())},
        raw=_raw(every),
        overriders=_overriders(ordinary),
        closing=tuple(closing),
    )
