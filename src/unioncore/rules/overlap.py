"""Finds people for whom two rules would decide one fact differently.

First what each rule must have is compared, and disjoint values end it. Then a three-valued
evaluation runs with no facts decided; where it says "not known", one fact that it waits for is
split over the values that could make a difference, until every branch is known or runs out.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from attrs import frozen

from unioncore.rules.condition import (
    AllOf,
    Among,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Not,
    Words,
    both,
    negate,
    not_,
    walk,
)
from unioncore.rules.evaluate import Subject
from unioncore.rules.fact import Fact, FactType, to_plain
from unioncore.rules.rule import Measure, Table
from unioncore.rules.ruleset import Choosing, Clause, Gathering, RuleSet

__all__ = ["Overlap", "example_text", "overlaps"]

_STEPS = 4_000
_UNDECIDED = object()


@frozen
class Overlap:
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
    search = _Search(rules)
    for key, decider in sorted(rules.deciders.items()):
        if not isinstance(decider, Choosing):
            continue
        reported: set[tuple[str, str]] = set()
        for first, second in combinations(decider.clauses, 2):
            pair = (first.rule.key, second.rule.key)
            if _agree(first, second) or pair[0] == pair[1] or pair in reported:
                continue
            if pair[1] in decider.overriders[pair[0]] or pair[0] in decider.overriders[pair[1]]:
                continue
            found = search.clash(key, first, second, decider)
            if found is not None:
                reported.add(pair)
                yield found


def _agree(first: Clause, second: Clause) -> bool:
    return isinstance(first.value, Literal) and first.value == second.value


def _required(node: Expression) -> dict[str, frozenset[Any]]:
    """Return, for facts that a condition restricts to some values, those values."""
    match node:
        case Name(key):
            return {key: frozenset([True])}
        case Not(Name(key)):
            return {key: frozenset([False])}
        case Compare("==", Name(key), Literal(value)) | Compare("==", Literal(value), Name(key)):
            return {key: frozenset([value])}
        case Among(Name(key), Words(items)):
            return {key: frozenset(item.value for item in items)}
        case AllOf(parts):
            found: dict[str, frozenset[Any]] = {}
            for part in parts:
                for key, values in _required(part).items():
                    found[key] = found[key] & values if key in found else values
            return found
        case AnyOf(parts):
            each = [_required(part) for part in parts]
            shared = set(each[0]).intersection(*each[1:])
            return {key: frozenset[Any]().union(*(one[key] for one in each)) for key in shared}
        case _:
            return {}


def _apart(first: Expression, second: Expression) -> bool:
    """Whether what the two conditions require of some fact has nothing in common."""
    one, other = _required(first), _required(second)
    if any(not (one[key] & other[key]) for key in one.keys() & other.keys()):
        return True
    theirs = set(_conjuncts(second))
    return any(_turned(part) in theirs for part in _conjuncts(first))


def _conjuncts(node: Expression) -> tuple[Expression, ...]:
    return node.parts if isinstance(node, AllOf) else (node,)


def _turned(node: Expression) -> Expression:
    """Return the opposite of a condition, in the form in which rules are written."""
    match node:
        case Compare("==", left, right):
            return Compare("!=", left, right)
        case Compare("!=", left, right):
            return Compare("==", left, right)
        case _:
            return not_(node)


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


class _Search:
    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._domains: dict[str, list[Any]] = {}
        self._mentioned: dict[str, set[Any]] | None = None
        self.doubtful: dict[str, str] = {}

    def clash(self, key: str, first: Clause, second: Clause, decider: Choosing) -> Overlap | None:
        if _apart(first.holds, second.holds):
            return None
        steps = [0]
        example, sure = self._split({}, first, second, decider, steps)
        names = (first.rule.key, second.rule.key)
        if example is not None:
            return Overlap(key, *names, {k: v for k, v in example.items() if v is not None})
        if not sure:
            return Overlap(key, *names, None, "the search was too long")
        doubts = self._doubts(first.holds) | self._doubts(second.holds)
        if doubts:
            return Overlap(key, *names, None, "; ".join(sorted(doubts)))
        return None

    def _split(
        self,
        decided: dict[str, Any],
        first: Clause,
        second: Clause,
        decider: Choosing,
        steps: list[int],
    ) -> tuple[dict[str, Any] | None, bool]:
        """Return facts for which both count and differ, and whether the search was complete."""
        steps[0] += 1
        if steps[0] > _STEPS:
            return None, False
        subject = _Partial(self.rules, decided)
        truth = both(
            (
                subject.truth(first.holds),
                subject.truth(second.holds),
                *(negate(subject.truth(each.when)) for each in self.rules.impossible),
            )
        )
        if truth is True:
            truth = both((subject.counts(first, decider), subject.counts(second, decider)))
        if truth is False:
            return None, True
        if truth is True:
            values = [
                None if clause.value is None else subject.evaluate(clause.value)
                for clause in (first, second)
            ]
            if None not in values and values[0] == values[1]:
                return None, True
            if None not in values:
                return decided, True
        waiting = [key for key in subject.waits_for if key not in decided]
        if not waiting:
            return (decided if truth is True else None), True
        key, complete = waiting[0], True
        for value in self._domain(key):
            found, sure = self._split({**decided, key: value}, first, second, decider, steps)
            if found is not None:
                return found, True
            complete = complete and sure
        return None, complete

    # -- the values that could make a difference -------------------------------------------------

    def _expressions(self) -> Iterator[Expression]:
        for decider in self.rules.deciders.values():
            match decider:
                case Choosing(clauses):
                    found: list[Clause] = list(clauses)
                case Gathering():
                    found = [c for clauses in decider.words.values() for c in clauses]
                    found += decider.closing
                case _:
                    continue
            for clause in found:
                yield clause.holds
                if clause.value is not None:
                    yield clause.value
        for impossible in self.rules.impossible:
            yield impossible.when

    def _mentions(self) -> dict[str, set[Any]]:
        """Return, for each fact, the values that it is compared with anywhere."""
        if self._mentioned is None:
            found: dict[str, set[Any]] = {}
            for expression in self._expressions():
                for node in walk(expression):
                    match node:
                        case Compare(_, Name(key), Literal(value)):
                            found.setdefault(key, set()).add(value)
                        case Compare(_, Literal(value), Name(key)):
                            found.setdefault(key, set()).add(value)
                        case Among(Name(key), Words(items)):
                            found.setdefault(key, set()).update(item.value for item in items)
                        case Among(Literal(value), Name(key)):
                            found.setdefault(key, set()).add(value)
                        case Call("known", (Name(key),)):
                            found.setdefault(key, set()).add(_UNDECIDED)
            for decider in self.rules.deciders.values():
                if isinstance(decider, Table):
                    # One key for each row that says something of its own is enough.
                    rows: dict[Any, str] = {}
                    for row in decider.rows:
                        rows.setdefault((row.value, row.period), row.keys[0] if row.keys else "")
                    found.setdefault(decider.by, set()).update(rows.values())
                    for row in (*decider.rows, *decider.otherwise):
                        days = {d for d in (row.period.start, row.period.end) if d is not None}
                        found.setdefault(decider.dated_by, set()).update(days)
            self._mentioned = found
        return self._mentioned

    def _domain(self, key: str) -> list[Any]:
        if key not in self._domains:
            fact = self.rules.facts[key]
            mentioned = self._mentions().get(key, set())
            unknown = [None] if _UNDECIDED in mentioned else []
            self._domains[key] = [*self._values(fact, mentioned - {_UNDECIDED}), *unknown]
        return self._domains[key]

    def _values(self, fact: Fact, mentioned: set[Any]) -> list[Any]:
        words = list(self.rules.names_of(fact))
        match fact.type:
            case FactType.CHOICE:
                others = [word for word in words if word not in mentioned]
                return [*sorted(set(words) & mentioned), *others[:1]]
            case FactType.TEXT:
                return [*sorted(mentioned), "(any other)"]
            case FactType.YES_NO:
                return [True, False]
            case FactType.WHOLE | FactType.MONEY:
                numbers = sorted({n + step for n in mentioned for step in (-1, 0, 1)})
                return numbers or [0]
            case FactType.DAY:
                one = timedelta(days=1)
                days = {d for day in mentioned for d in (day - one, day, day + one)}
                return sorted(days) or [date(2000, 1, 1)]
            case FactType.SET:
                used = sorted(word for word in mentioned if isinstance(word, str))[:6]
                sizes = range(len(used) + 1)
                return [frozenset(group) for size in sizes for group in combinations(used, size)]
            case FactType.COLLECTION:
                return [()]

    def _doubts(self, node: Expression, seen: frozenset[str] = frozenset()) -> set[str]:
        """Return why trying a few values of each fact proves nothing about a condition."""
        found: set[str] = set()
        for part in walk(node):
            match part:
                case Compare(_, Name(left), Name(right)):
                    found.add(f"not proved: it compares {left} with {right}")
                case Compare(_, Arithmetic(), _) | Compare(_, _, Arithmetic()):
                    found.add("not proved: it compares results of arithmetic")
                case Call(function, _) if function != "known":
                    found.add(f"not proved: it calls {function}")
                case Name(key) if key not in seen:
                    match self.rules.deciders.get(key):
                        case Choosing(clauses):
                            for clause in clauses:
                                found |= self._doubts(clause.holds, seen | {key})
                        case Gathering() as gathering:
                            for clauses in gathering.words.values():
                                for clause in clauses:
                                    found |= self._doubts(clause.holds, seen | {key})
                        case Measure():
                            found.add(f"not proved: {key} measures a collection")
        return found


def example_text(example: Mapping[str, Any]) -> str:
    """Return the facts of an example as text."""
    return ", ".join(f"{key} = {to_plain(value)}" for key, value in sorted(example.items()))
