"""Rules read loosely: what is worked out may come to anything.

In a loosened condition each derived fact, each sum that is compared and each word of a set is a
recorded fact of its own, so it may have any value whatever the others have. More people are
possible then than there are. Whatever is so of all of these is so of everybody.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, reduce

import attrs

from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    Not,
    OneOf,
    all_of,
    any_of,
    names_in,
    not_,
)
from unioncore.rules.fact import Fact, FactType
from unioncore.rules.functions import compare
from unioncore.rules.linear import turned
from unioncore.rules.notation import render
from unioncore.rules.ruleset import Gathering, RuleSet

__all__ = ["Loosened"]


class Loosened:
    """Conditions of one rule set, read loosely."""

    def __init__(self, rules: RuleSet, spelt_out_on: date | None = None) -> None:
        """Take the rules; with a day, the sets that conditions ask about are spelt out as on it.

        Then the words of the sets that these rest on are facts of their own.
        """
        self._rules, self._day = rules, spelt_out_on
        self._facts = {key: attrs.evolve(fact, derived=False) for key, fact in rules.facts.items()}

    def rules(self) -> RuleSet:
        """Return a rule set with the facts of the conditions loosened so far; nothing decides them.

        Of what is impossible only what is recorded is kept.
        """
        impossible = tuple(
            attrs.evolve(each, when=self.of(each.when)) for each in self._rules.impossible
        )
        return attrs.evolve(
            self._rules,
            facts=self._facts,
            rules=(),
            tables=(),
            measures=(),
            silences=(),
            impossible=impossible,
        )

    def of(self, node: Expression) -> Expression:
        """Return a condition loosened."""
        match node:
            case InSet(Literal(str(word)), key) if gathering := self._spelt_out(key):
                clauses = gathering.words.get(word, ())
                return any_of(*(self._within.of(clause.holds) for clause in clauses))
            case IsEmpty(key) if gathering := self._spelt_out(key):
                some = (self._within.of(InSet(Literal(word), key)) for word in gathering.words)
                known = self._within.of(node)
                # Without a word it is empty only where it is known that there are no others.
                return all_of(not_(any_of(*some)), any_of(known, not_(known)))
            case AllOf(parts):
                return AllOf(tuple(map(self.of, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(self.of, parts)))
            case Not(part):
                return Not(self.of(part))
            case Compare(_, Name(), Literal()) | Compare(_, Literal(), Name()) | OneOf(Name(), _):
                return node
            case Compare():
                return self._compared(node)
            case InSet() | IsEmpty() | Call() | OneOf():
                return self._free(node, FactType.YES_NO)
            case Known(key) if key in self._facts and self._rules.facts[key].derived:
                return self._free(node, FactType.YES_NO)
            case _:
                return node

    def _spelt_out(self, key: str) -> Gathering | None:
        """Return what decides a set, where the set is to be spelt out."""
        found = None if self._day is None else self._rules.deciders.get(key)
        if self._day is None or not isinstance(found, Gathering) or any(found.overriders.values()):
            return None
        return found.on(self._day)

    @cached_property
    def _within(self) -> "Loosened":
        """The same without sets spelt out; its facts are among these."""
        found = Loosened(self._rules)
        found._facts = self._facts
        return found

    def _free(self, node: Expression, type: FactType) -> Name:
        """Return a fact that stands for what an expression comes to."""
        key = f"({render(node)})"
        self._facts.setdefault(key, Fact(key, type, key))
        return Name(key)

    def _compared(self, node: Compare) -> Expression:
        """Return a comparison as one of a sum with a number, alike for all that are about it."""
        terms, sign, limit = turned(node)
        if not terms:
            return Literal(bool(compare(sign, 0, limit)))
        parts = (Arithmetic("*", Literal(times), term) for term, times in terms)
        named = reduce(lambda one, other: Arithmetic("+", one, other), parts)
        if all(self._whole(term) for term, _ in terms):
            return _among_whole(sign, self._free(named, FactType.WHOLE), limit)
        value = Decimal(limit.numerator) / Decimal(limit.denominator)
        if Fraction(value) != limit:
            return self._free(node, FactType.YES_NO)
        return Compare(sign, self._free(named, FactType.MONEY), Literal(value))

    def _whole(self, node: Expression) -> bool:
        """Whether something is a whole number or a day, or a word that is the same or another."""
        types = {self._facts[key].type for key in names_in(node) if key in self._facts}
        return FactType.MONEY not in types


def _among_whole(sign: str, name: Name, limit: Fraction) -> Expression:
    """Return that a whole number stands so to a limit, which may lie between two."""
    if limit.denominator == 1:
        return Compare(sign, name, Literal(limit.numerator))
    below = limit.numerator // limit.denominator
    match sign:
        case "<" | "<=":
            return Compare("<=", name, Literal(below))
        case ">" | ">=":
            return Compare(">", name, Literal(below))
        case _:
            return Literal(sign == "!=")
