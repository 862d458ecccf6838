"""How facts came to be decided for one subject: one walk, which reasons and warnings read.

A fact is asked about as a whole, or one word of a set is. What decides it rests on further facts,
and so on, down to what was given.
"""

from collections import deque
from collections.abc import Iterator

from attrs import frozen

from unioncore.rules.condition import AllOf, AnyOf, Expression, InSet, Not
from unioncore.rules.evaluate import Subject
from unioncore.rules.rule import Measure, Row, Table
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause
from unioncore.shown import Shown

__all__ = ["Asked", "Derivation", "Ground"]

Asked = tuple[str, str]
"""A fact, and the word of it that matters ("" for the whole fact)."""


@frozen(eq=False)
class Ground(Shown, shows="by"):
    """One thing that decides a fact, and what that rests on."""

    by: RuleClause | Row | Measure | None
    """None for a table that has no row for the subject."""
    decider: Choosing | Gathering | Table | Measure
    rests_on: tuple[Asked, ...]


class Derivation:
    """What decides the facts of one subject; each part is worked out once."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._grounds: dict[Asked, tuple[Ground, ...]] = {}
        self._by_clause: dict[RuleClause, Ground] = {}
        self._support: dict[int, tuple[Asked, ...]] = {}

    def steps(self, asked: Asked) -> Iterator[tuple[Asked, Ground]]:
        """Give what decides a fact, or one word of it, then what that rests on, each once."""
        queue = deque([asked])
        seen = {asked}
        while queue:
            asked = queue.popleft()
            for ground in self.grounds(asked):
                yield asked, ground
                for each in ground.rests_on:
                    if each not in seen:
                        seen.add(each)
                        queue.append(each)

    def grounds(self, asked: Asked) -> tuple[Ground, ...]:
        """Return what surely decides a fact, or one word of it."""
        found = self._grounds.get(asked)
        if found is None:
            found = self._grounds[asked] = tuple(self._find(*asked))
        return found

    def _find(self, key: str, word: str) -> Iterator[Ground]:
        match self.subject.decider(key):
            case Choosing() as choosing:
                for clause in self._choosing(key, choosing):
                    yield self._of(clause, choosing)
            case Gathering() as gathering:
                for clause in self._gathering(word, gathering):
                    yield self._of(clause, gathering)
            case Table() as table:
                yield Ground(self.subject.row(table), table, ((table.by, ""),))
            case Measure() as measure:
                if self.subject.value(key) is not None:
                    yield Ground(measure, measure, ((measure.over, ""),))

    def _choosing(self, key: str, choosing: Choosing) -> list[RuleClause]:
        counts = [(clause, self.subject.counts(clause, choosing)) for clause in choosing.clauses]
        sure = [clause for clause, truth in counts if truth]
        if sure or self.subject.value(key) is None:
            return sure
        return [clause for clause, truth in counts if truth is None]

    def _gathering(self, word: str, gathering: Gathering) -> Iterator[RuleClause]:
        holds = self.subject.holds
        spared: list[RuleClause] = []
        for one in [word] if word else gathering.words:
            for clause in gathering.words.get(one, ()):
                if self.subject.counts(clause, gathering):
                    yield clause
                else:
                    # The exception that alone kept the rule from giving its word.
                    spared.extend([each for each in clause.spared_by if holds(each)][:1])
        yield from spared
        if not word:
            yield from filter(holds, gathering.closing)

    def _of(self, clause: RuleClause, decider: Choosing | Gathering) -> Ground:
        found = self._by_clause.get(clause)
        if found is None:
            rests_on = tuple(dict.fromkeys(self._rests_on(clause, decider)))
            found = self._by_clause[clause] = Ground(clause, decider, rests_on)
        return found

    def _rests_on(self, clause: RuleClause, decider: Choosing | Gathering) -> Iterator[Asked]:
        if clause.exception is not None and isinstance(decider, Gathering):
            yield from self.support(clause.exception.when)
        else:
            yield from self.support(clause.holds)
        yield clause.rule.dated_by, ""
        if clause.value is not None:
            yield from self.subject.rules.read_by(clause.value)
        if not clause.rule.otherwise:
            for key in decider.overriders.get(clause.rule.key, ()):
                yield from self.support(decider.raw[key])

    def support(self, node: Expression) -> tuple[Asked, ...]:
        """Return the facts that the truth of ``node`` rests on."""
        found = self._support.get(id(node))  # the nodes of a rule set live as long as it does
        if found is None:
            found = self._support[id(node)] = tuple(self._supporting(node))
        return found

    def _supporting(self, node: Expression) -> Iterator[Asked]:
        truth = self.subject.truth
        match node:
            case AllOf(parts) | AnyOf(parts):
                decisive, whole = isinstance(node, AnyOf), truth(node)
                for part in parts:
                    if whole is decisive and truth(part) is decisive:
                        yield from self.support(part)
                        return
                    if whole is not decisive:
                        yield from self.support(part)
            case Not(part):
                yield from self.support(part)
            case InSet(item, key):
                word = self.subject.evaluate(item)
                yield key, word if isinstance(word, str) else ""
                yield from self.subject.rules.read_by(item)
            case _:
                yield from self.subject.rules.read_by(node)
