"""Which rule decided a fact, and whether a warning attaches, as terms.

It follows ``rules.derivation``: what decides a fact, then what that rests on, down to what was
given. Only what may warn is followed.
"""

from collections.abc import Callable, Iterator
from functools import partial

from unioncore.bulk.terms import FALSE, TRUE, ColumnTerm
from unioncore.bulk.translating import ColumnTranslation, CountingWay
from unioncore.errors import NoColumnForm
from unioncore.rules import ON, Explainer, Row, Table
from unioncore.rules.condition import AllOf, AnyOf, Call, Expression, InSet, Literal, Not, walk
from unioncore.rules.derivation import Ground
from unioncore.rules.functions import COUNT_MONTHS
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause

__all__ = ["Grounds"]

_Found = tuple[str, ColumnTerm, Callable[[], ColumnTerm]]
"""What decides a fact: by its key, when, and what says whether that warns."""


class Grounds:
    """Says of the facts of one translation what decided them, and whether a warning attaches."""

    def __init__(self, translation: ColumnTranslation, explainer: Explainer) -> None:
        self.of = translation
        self.terms = translation.terms
        self.explainer = explainer
        self._warned: dict[tuple[str, str], ColumnTerm] = {}
        self._support: dict[int, tuple[Expression, ColumnTerm]] = {}

    def deciding(self, key: str) -> list[tuple[str, ColumnTerm]]:
        """Return the rules and tables that may decide a fact, in order, each with when it does."""
        return [
            (rule, when) for rule, when, _ in self._grounds(key, "") if rule and when is not FALSE
        ]

    def warns(self, key: str) -> ColumnTerm:
        """Return whether a warning attaches to the answer to a fact."""
        if self.explainer.warnings:
            return TRUE
        impossible = (self.of.rails(each.when).true for each in self.of.rules.impossible)
        return self.terms.any([self._warns((key, "")), *impossible])

    def _warns(self, asked: tuple[str, str]) -> ColumnTerm:
        found = self._warned.get(asked)
        if found is None:
            self._warned[asked] = FALSE  # a word may rest on words of its own set
            grounds = self._grounds(*asked)
            each = (self.terms.all([when, warned()]) for _, when, warned in grounds)
            found = self._warned[asked] = self.terms.any(each)
        return found

    def _grounds(self, key: str, word: str) -> Iterator[_Found]:
        """Give what decides a fact, or one word of it."""
        match self.of.rules.deciders.get(key):
            case Choosing() as choosing:
                chosen = self.of.chosen(key)
                for way in chosen.ways:
                    counts = [way.counts.true]
                    if chosen.agreed is not FALSE:
                        counts.append(self._agreeing(way, chosen.agreed))
                    yield self._by(way.clause, self.terms.any(counts), choosing)
            case Gathering() as gathering:
                yield from self._gathering(word, gathering)
                if not word:
                    for clause in gathering.closing:
                        yield self._by(clause, self.of.rails(clause.holds).true, gathering)
            case Table() as table:
                for row, when in self.of.rows(table):
                    yield table.key, when, partial(self._row_warns, row, table, key)
                yield "", TRUE, partial(self._warns, (table.by, ""))

    def _agreeing(self, way: CountingWay, agreed: ColumnTerm) -> ColumnTerm:
        may = self.terms.negated(self.terms.any([way.counts.true, way.counts.false]))
        return self.terms.all([agreed, may])

    def _gathering(self, word: str, gathering: Gathering) -> Iterator[_Found]:
        spared: list[_Found] = []
        for one in [word] if word else gathering.words:
            for clause in gathering.words.get(one, ()):
                way = self.of.way(clause, gathering)
                counts = FALSE if way is None else way.counts.true
                if counts is not FALSE:
                    yield self._by(clause, counts, gathering)
                before = [self.terms.negated(counts)]
                for each in clause.spared_by:
                    held = self.of.rails(each.holds).true
                    spared.append(self._by(each, self.terms.all([*before, held]), gathering))
                    before.append(self.terms.negated(held))
        yield from spared

    def _by(self, clause: RuleClause, when: ColumnTerm, decider: Choosing | Gathering) -> _Found:
        counts = FALSE if clause.version is None else when
        return clause.rule.key, counts, partial(self._clause_warns, clause, decider, counts)

    def _clause_warns(
        self, clause: RuleClause, decider: Choosing | Gathering, when: ColumnTerm
    ) -> ColumnTerm:
        if when is FALSE:
            return FALSE
        if self._doubtful(clause, decider, clause.rule.decides) is TRUE:
            return TRUE
        return self.terms.any(self._rests_on(clause, decider))

    def _row_warns(self, row: Row, table: Table, key: str) -> ColumnTerm:
        return self.terms.any([self._doubtful(row, table, key), self._warns((table.by, ""))])

    def _doubtful(
        self, by: RuleClause | Row, decider: Choosing | Gathering | Table, key: str
    ) -> ColumnTerm:
        """Return whether what decides a fact itself warns."""
        told = self.explainer.told(Ground(by, decider, ()), key)
        late = told.checked_on is not None and self.of.on > told.checked_on
        return TRUE if told.doubts or late else FALSE

    def _rests_on(self, clause: RuleClause, decider: Choosing | Gathering) -> Iterator[ColumnTerm]:
        if clause.rule.counted and any(
            isinstance(node, Call) and node.function in COUNT_MONTHS
            for part in clause.reads()
            for node in walk(part)
        ):
            node = "months that may be counted in two ways, of which it would warn"
            raise NoColumnForm(clause.rule.decides, node)
        if clause.exception is not None and isinstance(decider, Gathering):
            yield self._supporting(clause.exception.when)
        else:
            yield self._supporting(clause.holds)
        yield self._of_fact(clause.rule.dated_by)
        if clause.value is not None:
            yield self._read(clause.value)
        if not clause.rule.otherwise:
            for key in decider.overriders.get(clause.rule.key, ()):
                yield self._supporting(decider.raw[key])

    def _of_fact(self, key: str, word: str = "") -> ColumnTerm:
        return FALSE if key == ON else self._warns((key, word))

    def _read(self, node: Expression) -> ColumnTerm:
        return self.terms.any(self._of_fact(key) for key, _ in self.of.rules.read_by(node))

    def _supporting(self, node: Expression) -> ColumnTerm:
        """Return whether what the truth of a condition rests on warns."""
        found = self._support.get(id(node))
        if found is None:
            found = self._support[id(node)] = (node, self._supported(node))
        return found[1]

    def _supported(self, node: Expression) -> ColumnTerm:
        match node:
            case AllOf(parts) | AnyOf(parts):
                return self._joined(parts, isinstance(node, AnyOf))
            case Not(part):
                return self._supporting(part)
            case InSet(Literal(str() as word), key):
                return self._of_fact(key, word)
            case InSet(item, key):
                view = self.of.view(item)
                words = sorted(self.of.rules.names_of(self.of.rules.facts[key]))
                of_word = [
                    self.terms.all([self.of.is_one_of(view, [word]).true, self._of_fact(key, word)])
                    for word in words
                ]
                unknown = self.terms.negated(self.of.known(view))
                whole = self.terms.all([unknown, self._of_fact(key)])
                return self.terms.any([*of_word, whole, self._read(item)])
            case _:
                return self._read(node)

    def _joined(self, parts: tuple[Expression, ...], decisive: bool) -> ColumnTerm:
        """Follow the first part that decides alone; where none does, every part."""
        warned = [self._supporting(part) for part in parts]
        if all(each is FALSE for each in warned):
            return FALSE
        found: list[ColumnTerm] = []
        before: list[ColumnTerm] = []
        for part, each in zip(parts, warned, strict=True):
            rails = self.of.rails(part)
            decides = rails.true if decisive else rails.false
            found.append(self.terms.all([*before, decides, each]))
            before.append(self.terms.negated(decides))
        found.append(self.terms.all([*before, self.terms.any(warned)]))
        return self.terms.any(found)
