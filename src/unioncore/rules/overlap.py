"""Finds people for whom two rules would decide one fact differently, or who meet a condition.

Rules that require different values of one fact are apart at once. For the others a three-valued
evaluation runs with no facts decided; where it says "not known", one fact that it waits for is
split over the values that could make a difference, until every branch is known or runs out. Where a
few values prove nothing, such as where two facts are compared with each other, a pair of rules for
which no example was found is "not proved" to be apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from attrs import frozen

from unioncore.errors import PredicateFailed
from unioncore.rules.condition import (
    AllOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    InSet,
    Known,
    Literal,
    Name,
    both,
    names_in,
    negate,
    walk,
)
from unioncore.rules.evaluate import Subject
from unioncore.rules.fact import Fact, FactType, to_plain
from unioncore.rules.mentions import mentioned, with_neighbours
from unioncore.rules.rule import ON, Measure, Table
from unioncore.rules.ruleset import Choosing, RuleClause, RuleSet
from unioncore.rules.ways import Ways
from unioncore.shown import Shown

__all__ = ["Overlap", "can_hold", "example_text", "overlaps"]

_STEPS = 4_000
"""How many half-decided people are looked at for one pair of rules, or one condition."""

_WIDE = 6
"""How many words of a recorded set are tried in every combination."""

_UNKNOWN = object()
"""Among the values that a fact is compared with: that something asks whether it is known."""


@frozen
class Overlap(Shown, shows="fact first second"):
    """Two rules that could decide one fact differently."""

    fact: str
    first: str
    second: str
    example: Mapping[str, Any] | None
    """Recorded facts of a person for whom they clash; None where the search could not tell."""
    reason: str = ""
    """Why it could not tell."""


def overlaps(rules: RuleSet) -> Iterator[Overlap]:
    """Give each pair of rules that clash, or that no search could show never to clash."""
    ways = Ways(rules)
    for key, decider in sorted(rules.deciders.items()):
        if not isinstance(decider, Choosing):
            continue
        reported: set[tuple[str, str]] = set()
        for first, second in ways.meeting(decider.clauses):
            pair = (first.rule.key, second.rule.key)
            if _agree(first, second) or pair[0] == pair[1] or pair in reported:
                continue
            if pair[1] in decider.overriders[pair[0]] or pair[0] in decider.overriders[pair[1]]:
                continue
            found = _search(rules, key, first, second, decider)
            if found is not None:
                reported.add(pair)
                yield found


def can_hold(rules: RuleSet, condition: Expression) -> bool | None:
    """Return whether some person can meet a condition; None where the search could not tell."""
    if not Ways(rules).of(condition):
        return False
    search = _Meeting(rules, condition)
    if search.example({}) is not None:
        return True
    return False if search.proved and search.steps <= _STEPS else None


def _agree(first: RuleClause, second: RuleClause) -> bool:
    return first.value is not None and first.value == second.value


def _conjuncts(node: Expression) -> tuple[Expression, ...]:
    return node.parts if isinstance(node, AllOf) else (node,)


class _Partial(Subject):
    """A subject whose facts are being decided one by one; an undecided one is not yet known."""

    def __init__(self, rules: RuleSet, decided: Mapping[str, Any]) -> None:
        super().__init__(rules, decided)
        self.waits_for: dict[str, None] = {}

    def _find(self, key: str) -> Any:
        fact = self.rules.facts.get(key)
        if fact is not None and not fact.derived and key not in self.given:
            self.waits_for[key] = None
        return super()._find(key)

    def is_known(self, key: str) -> bool | None:
        fact = self.rules.facts.get(key)
        value = self.value(key)
        if value is not None:
            return True
        if fact is not None and not fact.derived:
            return False if key in self.given else None
        return None if self.waits_for else False

    def _test(self, call: Call, values: list[Any]) -> bool | None:
        try:
            return super()._test(call, values)
        except PredicateFailed:  # it need not cope with made-up values
            return None


class _Wary(_Partial):
    """Takes as not known whatever a few values of each fact prove nothing of."""

    def _is_doubtful(self, node: Expression) -> bool:
        return bool(_doubt(node))

    def is_known(self, key: str) -> bool | None:
        fact = self.rules.facts.get(key)
        if fact is not None and not fact.derived:
            return super().is_known(key)
        return None if self.value(key) is None else True

    def _measure(self, measure: Measure) -> bool | None:
        return None


def _doubt(node: Expression) -> str:
    """Return why a few values of each fact prove nothing of ``node``; nothing where they do."""
    match node:
        case Compare(_, Name(left), Name(right)) | InSet(Name(left), right):
            return f"{left} is compared with {right}"
        case Compare(_, Arithmetic(), _) | Compare(_, _, Arithmetic()):
            return "results of arithmetic are compared"
        case Call(function, _):
            return f"{function} is called"
        case _:
            return ""


def _reach(rules: RuleSet, start: Iterable[Expression]) -> dict[Expression, None]:
    """Return the expressions given and, through derived facts, those that they rest on."""
    found: dict[Expression, None] = {}
    keys: set[str] = set()
    queue = list(start)
    while queue:
        expression = queue.pop()
        found[expression] = None
        for key in sorted(set(names_in(expression)) - keys):
            keys.add(key)
            if key in rules.deciders:
                queue.extend(rules.deciders[key].reads())
    return found


class _Scope:
    """What matters to one pair of rules: which expressions, and which values of each fact."""

    def __init__(self, rules: RuleSet, start: Iterable[Expression]) -> None:
        self.rules = rules
        self.expressions = _reach(rules, start)
        self.impossible: list[Expression] = []
        # What is impossible matters where all its facts do: any other may be left unknown. The
        # day is part of every question.
        others = {each.when: {*names_in(each.when)} - {ON} for each in rules.impossible}
        while near := self._within(others):
            for when in near:
                del others[when]
            self.impossible += near
            self.expressions |= _reach(rules, near)
        self.mentioned = mentioned(self.expressions)
        for expression in list(self.expressions):
            self._mention(expression)
        self.wide = {
            key
            for key in self._keys()
            if rules.facts[key].type is FactType.SET
            and len(self.mentioned[key] - {_UNKNOWN}) > _WIDE
        }
        self._values: dict[str, list[Any]] = {}

    def _within(self, others: Mapping[Expression, set[str]]) -> list[Expression]:
        """Return those of other expressions whose facts all matter."""
        keys = self._keys()
        return [when for when, names in others.items() if names <= keys]

    def _keys(self) -> set[str]:
        keys = {key for expression in self.expressions for key in names_in(expression)}
        return keys & self.rules.facts.keys()

    def _mention(self, expression: Expression) -> None:
        """Note where not being known matters, and the rows of tables."""
        for node in walk(expression):
            if isinstance(node, Known):
                # A derived fact is not known where a fact that it rests on is not.
                for each in _reach(self.rules, [Name(node.key)]):
                    for key in names_in(each):
                        self.mentioned[key].add(_UNKNOWN)
            if isinstance(node, Known | Name):
                decider = self.rules.deciders.get(node.key)
                if isinstance(decider, Table):
                    self._mention_rows(decider)

    def _mention_rows(self, table: Table) -> None:
        # One key is enough of those that the same rows name.
        rows: dict[str, list[int]] = {}
        for number, row in enumerate(table.rows):
            for key in row.keys:
                rows.setdefault(key, []).append(number)
        alike = {tuple(numbers): key for key, numbers in rows.items()}
        self.mentioned[table.by].update(alike.values())
        for row in (*table.rows, *table.otherwise):
            days = {day for day in (row.period.start, row.period.end) if day is not None}
            self.mentioned[table.dated_by].update(days)

    def doubts(self) -> list[str]:
        """Return what a few values of each fact prove nothing of."""
        found = {_doubt(node) for each in self.expressions for node in walk(each)} - {""}
        for key in self._keys():
            if isinstance(self.rules.deciders.get(key), Measure):
                found.add(f"{key} measures a collection")
        found |= {f"too many words of {key} matter" for key in self.wide}
        return sorted(found)

    def values(self, key: str) -> list[Any]:
        """Return the values of a recorded fact that could make a difference."""
        if key not in self._values:
            said = self.mentioned[key]
            known = self._telling(self.rules.facts[key], said - {_UNKNOWN})
            self._values[key] = [*known, *([None] if _UNKNOWN in said else [])]
        return self._values[key]

    def _telling(self, fact: Fact, said: set[Any]) -> list[Any]:
        words = list(self.rules.names_of(fact))
        match fact.type:
            case FactType.CHOICE:
                others = [word for word in words if word not in said]
                return [*sorted(set(words) & said), *others[:1]]
            case FactType.TEXT:
                return [*sorted(said), "(any other)"]
            case FactType.YES_NO:
                return [True, False]
            case FactType.WHOLE:
                return with_neighbours(fact.type, said) or [0]
            case FactType.MONEY:
                return with_neighbours(fact.type, said)
            case FactType.DAY:
                return with_neighbours(fact.type, said) or [date(2000, 1, 1)]
            case FactType.SET:
                used = sorted(said)[:_WIDE]
                sizes = range(len(used) + 1)
                return [frozenset(group) for size in sizes for group in combinations(used, size)]
            case FactType.COLLECTION:
                return [()]


class _Search:
    """Looks for one person of whom something is true."""

    def __init__(
        self, rules: RuleSet, holds: tuple[Expression, ...], reads: Iterable[Expression]
    ) -> None:
        self.rules = rules
        self.holds = holds
        """The conditions that such a person meets."""
        self.scope = _Scope(rules, reads)
        self.direct = {key for each in holds for key in names_in(each)}
        self.doubts = self.scope.doubts()
        self.steps = 0
        self.proved = True

    def truth(self, subject: _Partial) -> bool | None:
        """Return whether what is looked for is true of a person who can exist."""
        raise NotImplementedError

    def _surely_not(self, decided: dict[str, Any]) -> bool:
        """Whether it was not found here for a reason that holds for untried values too."""
        raise NotImplementedError

    def example(self, decided: dict[str, Any]) -> dict[str, Any] | None:
        """Return facts, those ``decided`` among them, of which it is true."""
        self.steps += 1
        if self.steps > _STEPS:
            return None
        subject = _Partial(self.rules, decided)
        truth = self.truth(subject)
        if truth is True:
            return decided
        waiting = [key for key in subject.waits_for if key not in decided]
        if truth is False or not waiting or self._is_settled(subject, decided):
            self.proved = self.proved and self._surely_not(decided)
            return None
        # Facts that the conditions name, and those of few values, are the soonest to settle it.
        key = min(waiting, key=lambda each: (each not in self.direct, len(self.scope.values(each))))
        for value in self.scope.values(key):
            found = self.example({**decided, key: value})
            if found is not None or self.steps > _STEPS:
                return found
        return None

    def _is_settled(self, subject: _Partial, decided: Mapping[str, Any]) -> bool:
        """Whether a part of a condition is decided and not true, so that it cannot hold."""
        return any(
            subject.truth(part) is not True
            for condition in self.holds
            for part in _conjuncts(condition)
            if set(names_in(part)) <= decided.keys()
        )

    def _for_a_person(self, truths: Iterable[bool | None], subject: _Partial) -> bool | None:
        """Return whether all is true, and nothing of it is impossible."""
        impossible = (negate(subject.truth(when)) for when in self.scope.impossible)
        return both([*truths, *impossible])

    def _known_to_be(self, decided: Mapping[str, Any]) -> _Wary:
        known = {key: value for key, value in decided.items() if key not in self.scope.wide}
        return _Wary(self.rules, known)


class _Meeting(_Search):
    """Looks for one person who meets a condition."""

    def __init__(self, rules: RuleSet, condition: Expression) -> None:
        super().__init__(rules, (condition,), [condition])

    def truth(self, subject: _Partial) -> bool | None:
        """Return whether a person who can exist meets it."""
        return self._for_a_person(map(subject.truth, self.holds), subject)

    def _surely_not(self, decided: dict[str, Any]) -> bool:
        return not self.doubts or self.truth(self._known_to_be(decided)) is False


class _Clash(_Search):
    """Looks for one person for whom two clauses of one fact count and give different values."""

    def __init__(
        self, rules: RuleSet, decider: Choosing, first: RuleClause, second: RuleClause
    ) -> None:
        self.decider = decider
        self.pair = (first, second)
        above = {key for each in self.pair for key in decider.overriders[each.rule.key]}
        reads = [*first.reads(), *second.reads(), *(decider.raw[key] for key in above)]
        super().__init__(rules, (first.holds, second.holds), reads)

    def _count(self, subject: _Partial) -> bool | None:
        """Return whether both clauses count, for a person who can exist."""
        truth = self._for_a_person(map(subject.holds, self.pair), subject)
        if truth is False:
            return False
        return both((truth, *(subject.counts(clause, self.decider) for clause in self.pair)))

    def truth(self, subject: _Partial) -> bool | None:
        """Return whether both clauses count and give different values."""
        truth = self._count(subject)
        if truth is not True:
            return truth
        one, other = (
            None if clause.value is None else subject.evaluate(clause.value) for clause in self.pair
        )
        if one is None or other is None:
            # A value that is never known clashes with any other.
            return None if subject.waits_for else one is not other
        return bool(one != other)

    def _surely_not(self, decided: dict[str, Any]) -> bool:
        if not self.doubts and all(isinstance(each.value, Literal) for each in self.pair):
            return True
        return self._count(self._known_to_be(decided)) is False


def _search(
    rules: RuleSet, key: str, first: RuleClause, second: RuleClause, decider: Choosing
) -> Overlap | None:
    search = _Clash(rules, decider, first, second)
    example = search.example({})
    names = (first.rule.key, second.rule.key)
    if example is not None:
        return Overlap(key, *names, {k: v for k, v in example.items() if v is not None})
    if search.steps > _STEPS:
        return Overlap(key, *names, None, "the search was too long")
    if not search.proved:
        reasons = search.doubts or ["their values are computed"]
        return Overlap(key, *names, None, f"not proved: {'; '.join(reasons)}")
    return None


def example_text(example: Mapping[str, Any]) -> str:
    """Return the facts of an example as the command line takes them."""
    return ", ".join(f"{key}={_written(value)}" for key, value in sorted(example.items()))


def _written(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case frozenset():
            return ",".join(sorted(value))
        case _:
            return str(to_plain(value))
