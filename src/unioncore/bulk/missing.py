"""Which recorded facts would still decide what is not known, as terms.

It follows ``rules.gaps``: from a fact that is not known to whatever could still decide it, down to
the facts that were not given. Where no rule speaks, nothing is missing.
"""

from collections.abc import Iterable, Iterator

from unioncore.bulk.terms import FALSE, TRUE, ColumnTerm
from unioncore.bulk.translating import ColumnTranslation
from unioncore.rules import ON, Table
from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Expression,
    InSet,
    Literal,
    Not,
    NotReviewed,
)
from unioncore.rules.derivation import Asked
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause

__all__ = ["Missing"]

_Waits = Iterator[tuple[Asked, ColumnTerm]]
"""The facts that something waits for, each with when."""


class Missing:
    """Says of the facts of one translation which recorded facts they wait for."""

    def __init__(self, translation: ColumnTranslation) -> None:
        self.of = translation
        self.terms = translation.terms
        self._waiting: dict[Asked, list[tuple[Asked, ColumnTerm]]] = {}

    def of_facts(self, names: Iterable[str]) -> dict[str, ColumnTerm]:
        """Return the recorded facts that some facts wait for, each with when one of them does."""
        order: list[Asked] = []
        waits: dict[Asked, list[ColumnTerm]] = {(name, ""): [TRUE] for name in names}
        for asked in waits:
            self._visit(asked, order)
        found: dict[str, ColumnTerm] = {}
        for asked in reversed(order):  # whatever waits for a fact comes before it
            when = self.terms.any(waits.get(asked, ()))
            for further, open_ in self._waiting[asked]:
                waits.setdefault(further, []).append(self.terms.all([when, open_]))
            if self._is_recorded(asked[0]):
                missing = self.terms.all([when, self._unknown(asked[0])])
                if missing is not FALSE:
                    found[asked[0]] = missing
        return dict(sorted(found.items()))

    def _is_recorded(self, key: str) -> bool:
        fact = self.of.rules.facts.get(key)
        return fact is not None and not fact.derived

    def _visit(self, asked: Asked, order: list[Asked]) -> None:
        """Put a fact into ``order``, after all that it waits for."""
        if asked not in self._waiting:
            self._waiting[asked] = []
            self._waiting[asked] = [each for each in self._waits(*asked) if each[1] is not FALSE]
            for further, _ in self._waiting[asked]:
                self._visit(further, order)
            order.append(asked)

    def _waits(self, key: str, word: str) -> _Waits:
        """Give what one fact, or one word of it, waits for."""
        match self.of.rules.deciders.get(key):
            case Choosing() as choosing:
                open_ = self._unknown(key)
                for way in self.of.chosen(key).ways:
                    may = self.terms.all([open_, self.terms.negated(way.counts.false)])
                    doubted = self.terms.all([may, self.terms.negated(way.counts.true)])
                    yield from self._conditions(way.clause, choosing, doubted)
                    if way.clause.value is not None:
                        yield from self._among(way.clause.value, may)
            case Gathering() as gathering if word:
                rails = self.of.word(key, word)
                open_ = self._neither(rails.true, rails.false)
                for clause in gathering.words.get(word, ()):
                    if counting := self.of.way(clause, gathering):
                        doubted = self._neither(counting.counts.true, counting.counts.false)
                        when = self.terms.all([open_, doubted])
                        yield from self._conditions(clause, gathering, when)
            case Gathering() as gathering:
                open_ = self._unknown(key)
                yield from (((key, each), open_) for each in gathering.words)
                not_closed = self.terms.negated(self.of.closed(gathering))
                when = self.terms.all([open_, not_closed])
                for clause in gathering.closing:
                    yield from self._among(clause.holds, when)
            case Table() as table:
                open_ = self._unknown(key)
                yield (table.by, ""), open_
                yield from self._read(table.dated_by, open_)

    def _unknown(self, key: str) -> ColumnTerm:
        return self.terms.negated(self.of.is_known(key))

    def _open(self, node: Expression) -> ColumnTerm:
        return self.terms.negated(self.of.known(self.of.view(node)))

    def _neither(self, *rails: ColumnTerm) -> ColumnTerm:
        return self.terms.negated(self.terms.any(rails))

    def _read(self, key: str, when: ColumnTerm) -> _Waits:
        if key != ON:
            yield (key, ""), when

    def _conditions(
        self, clause: RuleClause, decider: Choosing | Gathering, when: ColumnTerm
    ) -> _Waits:
        yield from self._among(clause.holds, when)
        for key in decider.overriders.get(clause.rule.key, ()):
            yield from self._among(decider.raw[key], when)

    def _among(self, node: Expression, when: ColumnTerm) -> _Waits:
        """Follow the parts of an expression that are not known."""
        if when is FALSE:
            return
        match node:
            case AllOf(parts) | AnyOf(parts):
                open_ = self.terms.all([when, self._open(node)])
                for part in parts:
                    yield from self._among(part, open_)
            case Not(part):
                yield from self._among(part, when)
            case Literal() | NotReviewed():
                pass
            case InSet(item, key):
                open_ = self.terms.all([when, self._open(node)])
                yield from self._of_word(item, key, open_)
                yield from self._among(item, open_)
            case _:
                open_ = self.terms.all([when, self._open(node)])
                for key, _ in self.of.rules.read_by(node):
                    yield from self._read(key, open_)

    def _of_word(self, item: Expression, key: str, when: ColumnTerm) -> _Waits:
        """Give the word of a set that is asked for; the whole set, where that is not known."""
        if self._is_recorded(key):
            yield (key, ""), when
            return
        view = self.of.view(item)
        for word in sorted(self.of.rules.names_of(self.of.rules.facts[key])):
            yield (key, word), self.terms.all([when, self.of.is_one_of(view, [word]).true])
        yield (key, ""), self.terms.all([when, self.terms.negated(self.of.known(view))])
