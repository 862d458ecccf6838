"""Looks for people of whom something is true, such as that two rules speak of them.

A three-valued evaluation runs with no facts decided; where it says "not known", one fact that it
waits for is split over the values that could make a difference, until every branch is known or runs
out. Where a few values prove nothing, such as where two facts are compared with each other, that
nobody was found is "not proved".
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from unioncore.errors import PredicateFailed
from unioncore.rules.condition import (
    AllOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Name,
    OneOf,
    both,
    names_in,
    negate,
    walk,
)
from unioncore.rules.evaluate import Subject
from unioncore.rules.fact import Fact, FactType
from unioncore.rules.mentions import mentioned, with_neighbours
from unioncore.rules.rule import ON, Measure, Table
from unioncore.rules.ruleset import RuleSet
from unioncore.rules.ways import Ways
from unioncore.shown import plain

__all__ = [
    "ANY_OTHER",
    "Partial",
    "Scope",
    "Search",
    "Wary",
    "can_hold",
    "doubt",
    "example_text",
    "is_doubtful",
    "reach",
]

_STEPS = 4_000
"""How many half-decided people are looked at for one pair of rules, or one condition."""

_WIDE = 6
"""How many words of a recorded set are tried in every combination."""

ANY_OTHER = "(any other)"
"""Stands for every text that no rule mentions."""

_COMPARING = (Compare, OneOf, InSet, IsEmpty, Call)
"""What is true or not of values; of the functions called, those that give yes or no."""

_UNKNOWN = object()
"""Among the values that a fact is compared with: that something asks whether it is known."""


def can_hold(rules: RuleSet, condition: Expression) -> bool | None:
    """Return whether some person can meet a condition; None where the search could not tell."""
    if not Ways(rules).of(condition):
        return False
    search = _Meeting(rules, condition)
    if search.example({}) is not None:
        return True
    return False if search.proved and not search.too_long else None


def _conjuncts(node: Expression) -> tuple[Expression, ...]:
    return node.parts if isinstance(node, AllOf) else (node,)


class Partial(Subject):
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
        """Return whether a fact is known; None where it may still be decided."""
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


class Wary(Partial):
    """Takes as not known whatever a few values of each fact prove nothing of.

    What is ``assumed`` of some such comparisons is taken to be so.
    """

    def __init__(
        self,
        rules: RuleSet,
        decided: Mapping[str, Any],
        assumed: Mapping[Expression, bool] | None = None,
    ) -> None:
        super().__init__(rules, decided)
        self.assumed = assumed or {}
        self.doubted: dict[Expression, None] = {}
        """The comparisons met of which nothing is assumed."""

    def _is_doubtful(self, node: Expression) -> bool:
        return is_doubtful(self.rules, node)

    def _doubtful(self, node: Expression) -> bool | None:
        if node not in self.assumed:
            self.doubted[node] = None
        return self.assumed.get(node)

    def is_known(self, key: str) -> bool | None:
        """Return whether a fact is known, as far as a few values prove it."""
        fact = self.rules.facts.get(key)
        if fact is not None and not fact.derived:
            return super().is_known(key)
        return None if self.value(key) is None else True

    def _measure(self, measure: Measure) -> bool | None:
        return None


def is_doubtful(rules: RuleSet, node: Expression) -> bool:
    """Whether a few values of each fact prove nothing of what is compared or asked."""
    return isinstance(node, _COMPARING) and any(doubt(rules, part) for part in walk(node))


def doubt(rules: RuleSet, node: Expression) -> str:
    """Return why a few values of each fact prove nothing of ``node``; nothing where they do."""
    match node:
        case Compare(_, Name(left), Name(right)) | InSet(Name(left), right):
            return f"{left} is compared with {right}"
        case Compare(_, Arithmetic(), _) | Compare(_, _, Arithmetic()):
            return "results of arithmetic are compared"
        case Compare(_, Name(key), _) | Compare(_, _, Name(key)) | OneOf(Name(key), _) if (
            key in rules.reckoned
        ):
            return f"{key} is worked out"
        case Call(function, _):
            return f"{function} is called"
        case _:
            return ""


def reach(rules: RuleSet, start: Iterable[Expression]) -> dict[Expression, None]:
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


class Scope:
    """What matters to one pair of rules: which expressions, and which values of each fact."""

    def __init__(self, rules: RuleSet, start: Iterable[Expression]) -> None:
        self.rules = rules
        self.expressions = reach(rules, start)
        self.impossible: list[Expression] = []
        # What is impossible matters where all its facts do: any other may be left unknown. The
        # day is part of every question.
        others = {each.when: {*names_in(each.when)} - {ON} for each in rules.impossible}
        while near := self._within(others):
            for when in near:
                del others[when]
            self.impossible += near
            self.expressions |= reach(rules, near)
        self.mentioned = mentioned(self.expressions)
        self.from_zero: frozenset[str] = frozenset()
        """The facts whose number is never below zero, as no sum of money is."""
        self.all_known = False
        """Whether everything that is recorded is known."""
        self._emptied: set[str] = set()
        """The sets of which it matters whether they are empty."""
        self._tables: set[str] = set()
        self._listed: dict[str, dict[str, list[tuple[str, int]]]] = {}
        """For each fact that tables go by, the rows that name each word of it."""
        self._handing_on = {
            key: [value.key for value in rules.values_of(key) if isinstance(value, Name)]
            for key in self._keys()
        }
        """The facts whose values each fact may take over."""
        for expression in list(self.expressions):
            self._mention(expression)
        self._hand_on()
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
        """Note where not being known or being empty matters, and the rows of tables."""
        for node in walk(expression):
            if isinstance(node, IsEmpty):
                self._emptied.add(node.key)
            if isinstance(node, Known):
                # A derived fact is not known where a fact that it rests on is not.
                for each in reach(self.rules, [Name(node.key)]):
                    for key in names_in(each):
                        self.mentioned[key].add(_UNKNOWN)
            if isinstance(node, Known | Name):
                decider = self.rules.deciders.get(node.key)
                if isinstance(decider, Table):
                    self.mention_rows(decider)

    def mention_rows(self, table: Table) -> None:
        """Note the words and days that tell rows of a table apart."""
        if table.key in self._tables:
            return
        self._tables.add(table.key)
        listed = self._listed.setdefault(table.by, {})
        for number, row in enumerate(table.rows):
            for key in row.keys:
                listed.setdefault(key, []).append((table.key, number))
        for row in (*table.rows, *table.otherwise):
            days = {day for day in (row.period.start, row.period.end) if day is not None}
            self.mentioned[table.dated_by].update(days)
        self._hand_on()

    def _hand_on(self) -> None:
        """Note that what tells values of a fact apart does so for the facts that it takes over."""
        waiting = list(self._handing_on)
        while waiting:
            key = waiting.pop()
            for source in self._handing_on.get(key, ()):
                before = len(self.mentioned[source]), len(self._listed.get(source, ()))
                self.mentioned[source] |= self.mentioned[key]
                self._listed[source] = {**self._listed.get(key, {}), **self._listed.get(source, {})}
                if before != (len(self.mentioned[source]), len(self._listed[source])):
                    waiting.append(source)

    def doubts(self) -> list[str]:
        """Return what a few values of each fact prove nothing of."""
        every = (node for each in self.expressions for node in walk(each))
        found = {doubt(self.rules, node) for node in every} - {""}
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
            if key in self.from_zero:
                known = [value for value in known if value >= 0] or known[-1:]
            unknown = _UNKNOWN in said and not self.all_known
            self._values[key] = [*known, *([None] if unknown else [])]
        return self._values[key]

    def other_word(self, key: str) -> str:
        """Return a word of a set that stands for all that nothing mentions.

        It is empty where they make no difference, since nobody asks whether the set is empty.
        """
        if key not in self._emptied:
            return ""
        words = self.rules.names_of(self.rules.facts[key])
        return next((word for word in words if word not in self.mentioned[key]), "")

    def alike(self, key: str, value: Any) -> list[Any]:
        """Return the values of a fact that ``value`` stands for, such as all words of one row."""
        listed = self._listed.get(key, {})
        if value not in listed or value in self.mentioned[key]:
            return [value]
        same = (word for word, rows in listed.items() if rows == listed[value])
        return [word for word in same if word not in self.mentioned[key]]

    def _telling(self, fact: Fact, said: set[Any]) -> list[Any]:
        listed = self._listed.get(fact.key, {})
        # One word is enough of those that the same rows name, and nothing else.
        more = {tuple(rows): word for word, rows in listed.items() if word not in said}
        said = said | set(more.values())
        words = list(self.rules.names_of(fact))
        match fact.type:
            case FactType.CHOICE:
                others = [word for word in words if word not in said and word not in listed]
                return [*sorted(set(words) & said), *others[:1]]
            case FactType.TEXT:
                return [*sorted(said), ANY_OTHER]
            case FactType.YES_NO:
                return [True, False]
            case FactType.WHOLE:
                return with_neighbours(fact.type, said) or [0]
            case FactType.MONEY:
                return with_neighbours(fact.type, said)
            case FactType.DAY:
                return with_neighbours(fact.type, said) or [date(2000, 1, 1)]
            case FactType.SET:
                used = [*sorted(said)[:_WIDE], *filter(None, [self.other_word(fact.key)])]
                sizes = range(len(used) + 1)
                return [frozenset(group) for size in sizes for group in combinations(used, size)]
            case FactType.COLLECTION:
                return [()]


class Search:
    """Looks for one person of whom something is true."""

    limit = _STEPS

    def __init__(
        self, rules: RuleSet, holds: tuple[Expression, ...], reads: Iterable[Expression]
    ) -> None:
        self.rules = rules
        self.holds = holds
        """The conditions that such a person meets."""
        self.scope = Scope(rules, reads)
        self.direct = {key for each in holds for key in names_in(each)}
        self.doubts = self.scope.doubts()
        self.steps = 0
        self.proved = True

    def truth(self, subject: Partial) -> bool | None:
        """Return whether what is looked for is true of a person who can exist."""
        raise NotImplementedError

    def surely_not(self, decided: dict[str, Any]) -> bool:
        """Whether it was not found here for a reason that holds for untried values too."""
        raise NotImplementedError

    def example(self, decided: dict[str, Any]) -> dict[str, Any] | None:
        """Return facts, those ``decided`` among them, of which it is true."""
        self.steps += 1
        if self.too_long:
            return None
        subject = Partial(self.rules, decided)
        truth = self.truth(subject)
        if truth is True:
            return decided
        waiting = [key for key in subject.waits_for if key not in decided]
        if truth is False or not waiting or self._is_settled(subject, decided):
            self.proved = self.proved and self.surely_not(decided)
            return None
        key = min(waiting, key=self.last)
        for value in sorted(self.values(key, decided), key=_is_below_zero):
            found = self.example({**decided, key: value})
            if found is not None or self.too_long:
                return found
        return None

    def last(self, key: str) -> tuple[int, ...]:
        """Return by what the facts that are waited for are put in order.

        Those that the conditions name, and those of few values, are the soonest to settle it.
        """
        return key not in self.direct, len(self.scope.values(key))

    def values(self, key: str, decided: Mapping[str, Any]) -> list[Any]:
        """Return the values of a fact to try, once others are decided."""
        return self.scope.values(key)

    @property
    def too_long(self) -> bool:
        """Whether it was given up before everybody had been looked at."""
        return self.steps > self.limit

    def _is_settled(self, subject: Partial, decided: Mapping[str, Any]) -> bool:
        """Whether a part of a condition is decided and not true, so that it cannot hold."""
        return any(
            subject.truth(part) is not True
            for condition in self.holds
            for part in _conjuncts(condition)
            if set(names_in(part)) <= decided.keys()
        )

    def for_a_person(self, truths: Iterable[bool | None], subject: Partial) -> bool | None:
        """Return whether all is true, and nothing of it is impossible."""
        impossible = (negate(subject.truth(when)) for when in self.scope.impossible)
        return both([*truths, *impossible])

    def known_to_be(
        self, decided: Mapping[str, Any], assumed: Mapping[Expression, bool] | None = None
    ) -> Wary:
        """Return a subject of whom only what a few values prove is known, or is assumed."""
        known = {key: value for key, value in decided.items() if key not in self.scope.wide}
        return Wary(self.rules, known, assumed)


class _Meeting(Search):
    """Looks for one person who meets a condition."""

    def __init__(self, rules: RuleSet, condition: Expression) -> None:
        super().__init__(rules, (condition,), [condition])

    def truth(self, subject: Partial) -> bool | None:
        """Return whether a person who can exist meets it."""
        return self.for_a_person(map(subject.truth, self.holds), subject)

    def surely_not(self, decided: dict[str, Any]) -> bool:
        return not self.doubts or self.truth(self.known_to_be(decided)) is False


def _is_below_zero(value: Any) -> bool:
    """Whether a value is tried last, because few counts and sums are below zero."""
    return isinstance(value, int | Decimal) and value < 0


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
            return str(plain(value))
