"""The plain reading: walk the conditions for one subject. Everything else must agree with it."""

from collections.abc import Mapping
from typing import Any

from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Condition,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    Not,
    NotReviewed,
    OneOf,
    Words,
    both,
    either,
    held_in,
    negate,
)
from unioncore.rules.fact import InPart
from unioncore.rules.functions import CALCULATIONS, calculate, compare
from unioncore.rules.rule import Measure, Measuring, Row, Table
from unioncore.rules.ruleset import Choosing, Clause, Gathering, RuleSet

__all__ = ["Subject", "settle"]

_ABSENT = object()


def settle(counting: list[tuple[bool | None, Any]], raw: bool | None) -> tuple[Any, bool]:
    """Return the value that candidates leave, and whether two of them clash.

    ``counting`` pairs the truth of each clause that is not overridden with its value; ``raw`` is
    whether any clause holds at all. One that surely counts decides; where none surely does, they
    decide together if some clause surely holds and all that may count agree.
    """
    sure = [value for truth, value in counting if truth is True]
    if sure:
        clash = any(value != sure[0] for value in sure)
        return (None if clash else sure[0]), clash
    if raw is True:
        perhaps = [value for truth, value in counting if truth is None]
        if perhaps and all(value == perhaps[0] for value in perhaps):
            return perhaps[0], False
    return None, False


class Subject:
    """One subject: a rule set and the recorded facts that are known of it.

    Facts must have been read by ``read_value``. What was worked out is remembered.
    """

    def __init__(self, rules: RuleSet, given: Mapping[str, Any]) -> None:
        self.rules = rules
        self.given = given
        self._values: dict[str, Any] = {}
        self._words: dict[tuple[str, str], bool | None] = {}
        self.clashes: dict[str, tuple[str, ...]] = {}

    # -- facts -------------------------------------------------------------------------------

    def value(self, key: str) -> Any:
        """Return the value of a fact, or None where it is not known."""
        found = self._values.get(key, _ABSENT)
        if found is _ABSENT:
            found = self._values[key] = self._find(key)
        return found

    def _find(self, key: str) -> Any:
        fact = self.rules.facts.get(key)
        if fact is None or not fact.derived:
            return self.given.get(key)
        match self.rules.deciders.get(key):
            case Choosing() as choosing:
                return self._choose(key, choosing)
            case Gathering() as gathering:
                return self._gather(key, gathering)
            case Table() as table:
                row = self.row(table)
                return None if row is None else row.value.value
            case Measure() as measure:
                return self._measure(measure)
        return None

    def has(self, key: str, word: str) -> bool | None:
        """Return whether ``word`` is in the set ``key``."""
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            found = self.value(key)
            return None if found is None else word in found
        at = (key, word)
        if at not in self._words:
            self._words[at] = either(
                self.counts(clause, decider) for clause in decider.words.get(word, ())
            )
        return self._words[at]

    def in_part(self, key: str) -> InPart | None:
        """Return what is known of a set that is not known as a whole; None for all else."""
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering) or self.value(key) is not None:
            return None
        truths = {word: self.has(key, word) for word in decider.words}
        return InPart(
            at_least=frozenset(word for word, truth in truths.items() if truth),
            perhaps=frozenset(word for word, truth in truths.items() if truth is None),
            closed=self.closed(decider) is True,
        )

    def is_empty(self, key: str) -> bool | None:
        """Return whether the set ``key`` is empty."""
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            found = self.value(key)
            return None if found is None else not found
        some = either(self.has(key, word) for word in decider.words)
        return False if some else both((negate(some), self.closed(decider) or None))

    def counts(self, clause: Clause, decider: Choosing | Gathering) -> bool | None:
        """Return whether ``clause`` holds and no rule that overrides it does."""
        above = decider.overriders.get(clause.rule.key, ())
        return both(
            (self.truth(clause.holds), *(negate(self.truth(decider.raw[key])) for key in above))
        )

    def closed(self, gathering: Gathering) -> bool | None:
        """Return whether the set surely holds nothing but the words that surely are in it."""
        return either(self.truth(clause.holds) for clause in gathering.closing)

    def _choose(self, key: str, choosing: Choosing) -> Any:
        counting = [
            (self.counts(clause, choosing), self._outcome(clause)) for clause in choosing.clauses
        ]
        raw = either(self.truth(clause.holds) for clause in choosing.clauses)
        value, clash = settle(counting, raw)
        if clash:
            self.clashes[key] = tuple(
                clause.rule.key
                for clause, (truth, _) in zip(choosing.clauses, counting, strict=True)
                if truth
            )
        return value

    def _outcome(self, clause: Clause) -> Any:
        return None if clause.value is None else self.evaluate(clause.value)

    def _gather(self, key: str, gathering: Gathering) -> Any:
        truths = {word: self.has(key, word) for word in gathering.words}
        if None in truths.values() or self.closed(gathering) is not True:
            return None
        return frozenset(word for word, truth in truths.items() if truth)

    def row(self, table: Table) -> Row | None:
        """Return the row of ``table`` that holds for the subject, or None."""
        by = self.value(table.by)
        if by is None:
            return None
        rows = [row for row in table.rows if by in row.keys] or table.otherwise
        for row in rows:
            if self.truth(held_in(row.period, table.dated_by)):
                return row
        return None

    def _measure(self, measure: Measure) -> Any:
        records = self.value(measure.over)
        if not records:
            return None
        truths = [
            Subject(self.rules, {**self.given, **record}).truth(measure.where) for record in records
        ]
        match measure.take:
            case Measuring.COUNT:
                return None if None in truths else truths.count(True)
            case Measuring.ALL:
                return both(truths)
            case Measuring.ANY:
                return either(truths)

    # -- expressions -------------------------------------------------------------------------

    def truth(self, node: Condition) -> bool | None:
        """Return whether a condition holds: True, False, or None for not known."""
        match node:
            case AllOf(parts):
                return both(map(self.truth, parts))
            case AnyOf(parts):
                return either(map(self.truth, parts))
            case Not(part):
                return negate(self.truth(part))
            case _:
                found = self.evaluate(node)
                return found if isinstance(found, bool) else None

    def evaluate(self, node: Expression) -> Any:
        """Return the value of an expression, or None where it is not known."""
        match node:
            case Literal(value):
                return value
            case Name(key):
                return self.value(key)
            case Compare(operator, left, right):
                return compare(operator, self.evaluate(left), self.evaluate(right))
            case OneOf(item, options):
                value = self.evaluate(item)
                return either(compare("==", value, option.value) for option in options)
            case InSet(item, key):
                word = self.evaluate(item)
                return None if word is None else self.has(key, word)
            case IsEmpty(key):
                return self.is_empty(key)
            case Known(key):
                return self.is_known(key)
            case Call(function, arguments):
                values = [self.evaluate(argument) for argument in arguments]
                if function in CALCULATIONS:
                    return CALCULATIONS[function](*values)
                return self._test(function, values)
            case Arithmetic(operator, left, right):
                return calculate(operator, self.evaluate(left), self.evaluate(right))
            case AllOf() | AnyOf() | Not():
                return self.truth(node)
            case NotReviewed() | Words():
                return None

    def is_known(self, key: str) -> bool | None:
        """Return whether a fact is known; a reading that still looks for facts may not know."""
        return self.value(key) is not None

    def _test(self, key: str, values: list[Any]) -> bool | None:
        predicate = self.rules.predicates.get(key)
        return None if predicate is None or None in values else predicate.test(*values)
