"""The plain reading: walk the conditions for one subject. Everything else must agree with it."""

from collections.abc import Callable, Mapping
from datetime import date
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
    negate,
)
from unioncore.rules.fact import InPart
from unioncore.rules.functions import CALCULATIONS, TURNED, calculate, compare
from unioncore.rules.rule import ON, Measure, Measuring, Row, Table
from unioncore.rules.ruleset import Choosing, Decider, Gathering, RuleClause, RuleSet

__all__ = ["Subject"]

_ABSENT = object()


class Subject:
    """One subject: a rule set and the recorded facts that are known of it.

    Facts must have been read by ``read_value``. What was worked out is remembered.
    """

    def __init__(self, rules: RuleSet, given: Mapping[str, Any]) -> None:
        self.rules = rules
        self.given = given
        self._values: dict[str, Any] = {}
        self._words: dict[tuple[str, str], Any] = {}
        self._counts: dict[RuleClause, Any] = {}
        self._truths: dict[int, Any] = {}
        day = given.get(ON)
        self._day = day if isinstance(day, date) else None
        self._deciders = {} if self._day is None else rules.deciders_on(self._day)
        self._walks = rules.walks.setdefault(type(self), {})
        self.clashes: dict[str, tuple[str, ...]] = {}

    # -- facts -------------------------------------------------------------------------------

    def value(self, key: str) -> Any:
        """Return the value of a fact, or None where it is not known."""
        found = self._values.get(key, _ABSENT)
        if found is _ABSENT:
            found = self._values[key] = self._find(key)
        return found

    def decider(self, key: str) -> Decider | None:
        """Return what decides a fact, without what cannot count on the day of the question."""
        found = self._deciders.get(key)
        if found is None:
            found = self.rules.deciders.get(key)
            if self._day is not None and isinstance(found, Choosing | Gathering):
                found = self._deciders[key] = found.on(self._day)
        return found

    def _find(self, key: str) -> Any:
        fact = self.rules.facts.get(key)
        if fact is None or not fact.derived:
            return self.given.get(key)
        match self.decider(key):
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
        at = (key, word)
        found: bool | None = self._words.get(at, _ABSENT)
        if found is not _ABSENT:
            return found
        decider = self.decider(key)
        if not isinstance(decider, Gathering):
            value = self.value(key)
            return None if value is None else word in value
        found = False
        for clause in decider.words.get(word, ()):
            truth = self.counts(clause, decider)
            if truth:
                found = True
                break
            if truth is None:
                found = None
        self._words[at] = found
        return found

    def in_part(self, key: str) -> InPart | None:
        """Return what is known of a set that is not known as a whole; None for all else."""
        decider = self.decider(key)
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
        decider = self.decider(key)
        if not isinstance(decider, Gathering):
            found = self.value(key)
            return None if found is None else not found
        some = either(self.has(key, word) for word in decider.words)
        return False if some else both((negate(some), self.closed(decider) or None))

    def holds(self, clause: RuleClause) -> bool | None:
        """Return whether ``clause`` holds, whatever overrides it."""
        force = self.truth(clause.force)
        if force is False:
            return False
        when = self.truth(clause.when)
        return when if force or when is False else None

    def counts(self, clause: RuleClause, decider: Choosing | Gathering) -> bool | None:
        """Return whether ``clause`` holds and no rule that overrides it does."""
        truth: bool | None = self._counts.get(clause, _ABSENT)
        if truth is _ABSENT:
            truth = self.holds(clause)
            for key in decider.overriders.get(clause.rule.key, ()) if truth is not False else ():
                above = self.truth(decider.raw[key])
                if above:
                    truth = False
                    break
                if above is None:
                    truth = None
            self._counts[clause] = truth
        return truth

    def closed(self, gathering: Gathering) -> bool | None:
        """Return whether the set surely holds nothing but the words that surely are in it."""
        return either(map(self.holds, gathering.closing))

    def _choose(self, key: str, choosing: Choosing) -> Any:
        """Return what the clauses leave, or None; a clash of two of them is kept.

        One that surely counts decides. Where none surely does, they decide together if some clause
        surely holds and all that may count agree.
        """
        counting = [(clause, self.counts(clause, choosing)) for clause in choosing.clauses]
        if sure := [clause for clause, truth in counting if truth]:
            value, *others = map(self._outcome, sure)
            if all(other == value for other in others):
                return value
            self.clashes[key] = tuple(clause.rule.key for clause in sure)
            return None
        perhaps = [self._outcome(clause) for clause, truth in counting if truth is None]
        agree = perhaps and all(value == perhaps[0] for value in perhaps)
        return perhaps[0] if agree and any(map(self.holds, choosing.clauses)) else None

    def _outcome(self, clause: RuleClause) -> Any:
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
        rows = self.rules.rows[table.key]
        for held, row in rows.get(by) or rows.get("", ()):
            if self.truth(held):
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
        found = self._truths.get(id(node), _ABSENT)  # the rule set keeps every node it walks
        if found is _ABSENT:
            found = self._truths[id(node)] = _as_truth(self.evaluate(node))
        truth: bool | None = found
        return truth

    def evaluate(self, node: Expression) -> Any:
        """Return the value of an expression, or None where it is not known."""
        kept = self._walks.get(id(node))
        if kept is None:
            kept = self._walks[id(node)] = (node, _walk(node, self._is_doubtful))
        return kept[1](self)

    def _is_doubtful(self, node: Expression) -> bool:
        """Whether this walk asks ``_doubtful`` in place of working ``node`` out."""
        return False

    def _doubtful(self, node: Expression) -> bool | None:
        """Return what is taken to be the truth of a doubtful node."""
        return None

    def is_known(self, key: str) -> bool | None:
        """Return whether a fact is known; a reading that still looks for facts may not know."""
        return self.value(key) is not None

    def _test(self, call: Call, values: list[Any]) -> bool | None:
        return self.rules.test(call, *values)


_Walk = Callable[[Subject], Any]


def _walk(node: Expression, is_doubtful: Callable[[Expression], bool]) -> _Walk:
    """Return a function that gives the value of ``node`` for a subject."""

    def of(part: Expression) -> _Walk:
        return _walk(part, is_doubtful)

    if is_doubtful(node):
        return lambda subject: subject._doubtful(node)
    match node:
        case Literal(value):
            return lambda subject: value
        case Name(key):
            return lambda subject: subject.value(key)
        case AllOf(parts):
            return _joined(tuple(map(of, parts)), False)
        case AnyOf(parts):
            return _joined(tuple(map(of, parts)), True)
        case Not(part):
            held = of(part)
            return lambda subject: negate(_as_truth(held(subject)))
        case Compare(sign, Name(key), Literal(value)):
            return lambda subject: compare(sign, subject.value(key), value)
        case Compare(sign, Literal(value), Name(key)):
            turned = TURNED[sign]
            return lambda subject: compare(turned, subject.value(key), value)
        case Compare(sign, left, right):
            first, second = of(left), of(right)
            return lambda subject: compare(sign, first(subject), second(subject))
        case OneOf(item, options):
            return _one_of(of(item), tuple(option.value for option in options))
        case InSet(Literal(str() as word), key):
            return lambda subject: subject.has(key, word)
        case InSet(item, key):
            asked = of(item)
            return lambda subject: (
                None if (word := asked(subject)) is None else subject.has(key, word)
            )
        case IsEmpty(key):
            return lambda subject: subject.is_empty(key)
        case Known(key):
            return lambda subject: subject.is_known(key)
        case Call(function, arguments) as call:
            given = tuple(map(of, arguments))
            if function in CALCULATIONS:
                calculation = CALCULATIONS[function]
                return lambda subject: calculation(*(each(subject) for each in given))
            return lambda subject: subject._test(call, [each(subject) for each in given])
        case Arithmetic(sign, left, right):
            first, second = of(left), of(right)
            return lambda subject: calculate(sign, first(subject), second(subject))
        case NotReviewed() | Words():
            return lambda subject: None


def _as_truth(found: Any) -> bool | None:
    return found if found is True or found is False else None


def _joined(parts: tuple[_Walk, ...], decisive: bool) -> _Walk:
    """Return a function that is ``decisive`` as soon as one part is, whatever is not known."""

    def walk(subject: Subject) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            found: bool | None = part(subject)
            if found is decisive:
                return decisive
            if found is not True and found is not False:
                result = None
        return result

    return walk


def _one_of(item: _Walk, options: tuple[Any, ...]) -> _Walk:
    def walk(subject: Subject) -> bool | None:
        value = item(subject)
        return either(compare("==", value, option) for option in options)

    return walk
