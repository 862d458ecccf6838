"""The conditions of rules, tables and measures, and the clauses that each is made of."""

from collections.abc import Iterator

from attrs import frozen

from unioncore.legal import Period
from unioncore.rules.condition import (
    TRUE,
    AllOf,
    AnyOf,
    Expression,
    Literal,
    Name,
    Not,
    NotReviewed,
    OneOf,
    all_of,
    held_in,
    not_,
)
from unioncore.rules.fact import FactType
from unioncore.rules.rule import ON, Measure, Rule, RuleException, RuleVersion, Table
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause, RuleSet
from unioncore.shown import Shown

__all__ = ["ConditionClause", "WrittenCondition", "clauses_in", "judged"]


@frozen(eq=False)
class WrittenCondition(Shown, shows="rule period"):
    """One condition, with what must be so for it to matter."""

    rule: str
    """The key of the rule, table or measure."""
    fact: str
    """The fact that it decides."""
    period: Period
    """The days on which it is in force, of the fact that dates it."""
    dated_by: str
    condition: Expression
    beside: Expression = TRUE
    """What else must be so, such as that no exception holds."""
    counting: RuleClause | None = None
    """What gives the fact its value where the condition holds."""
    over: str = ""
    """Of a measure: the collection whose records the condition is about."""

    @property
    def whole(self) -> Expression:
        """What must be so for the condition to matter, with its period."""
        return all_of(held_in(self.period, self.dated_by), self.beside)


def judged(rules: RuleSet, rule: Rule | Table | Measure) -> Iterator[WrittenCondition]:
    """Give each condition that somebody wrote.

    Of a rule: of its versions, of their exceptions, and what it computes of a yes-or-no fact. Of a
    table: the words of each row. Of a measure: which records it counts.
    """
    match rule:
        case Rule():
            yield from _of_rule(rules, rule)
        case Table():
            for row in rule.rows:
                words = OneOf(Name(rule.by), tuple(map(Literal, row.keys)))
                yield WrittenCondition(rule.key, rule.decides, row.period, rule.dated_by, words)
        case Measure():
            yield WrittenCondition(rule.key, rule.decides, Period(), ON, rule.where, over=rule.over)


def _of_rule(rules: RuleSet, rule: Rule) -> Iterator[WrittenCondition]:
    counting = {
        (id(clause.version), id(clause.exception)): clause
        for clause in _clauses_of(rules.deciders.get(rule.decides))
        if clause.rule is rule
    }

    def told(
        version: RuleVersion, part: RuleException | None, condition: Expression, *beside: Expression
    ) -> WrittenCondition:
        clause = None if version.not_known else counting.get((id(version), id(part)))
        own = rule.key, rule.decides, version.period, rule.dated_by
        return WrittenCondition(*own, condition, all_of(*beside), clause)

    computes = rules.facts[rule.decides].type is FactType.YES_NO
    for version in rule.versions:
        whens = [each.when for each in version.exceptions]
        none = all_of(*map(not_, whens))
        yield told(version, None, version.when, none)
        if computes and version.value is not None:
            yield told(version, None, version.value, version.when, none)
        for number, each in enumerate(version.exceptions):
            past = all_of(version.when, *map(not_, whens[:number]))
            yield told(version, each, each.when, past)
            if computes and each.value is not None:
                yield told(version, each, each.value, past, each.when)


def _clauses_of(decider: object) -> Iterator[RuleClause]:
    match decider:
        case Choosing(clauses):
            yield from clauses
        case Gathering(words=words, closing=closing):
            yield from closing
            for clauses in words.values():
                yield from clauses


@frozen
class ConditionClause(Shown, shows="node holds"):
    """One clause of a condition, and what lets it decide alone."""

    node: Expression
    holds: bool
    """Whether it must hold, or must not, for the condition to hold."""
    needed: tuple[Expression, ...] = ()
    """What else must be so for the condition to hold."""
    instead: tuple[Expression, ...] = ()
    """What must not surely be so, because the condition would hold without the clause."""

    @property
    def said(self) -> Expression:
        """The clause as it is where the condition holds."""
        return self.node if self.holds else not_(self.node)


def clauses_in(condition: Expression) -> Iterator[ConditionClause]:
    """Give each clause of a condition that anybody can be inside of."""
    yield from _within(ConditionClause(condition, True))


def _within(whole: ConditionClause) -> Iterator[ConditionClause]:
    match whole.node:
        case Literal() | NotReviewed():
            return
        case Not(part):
            yield from _within(ConditionClause(part, not whole.holds, whole.needed, whole.instead))
        case AllOf(parts) | AnyOf(parts):
            all_must = isinstance(whole.node, AllOf)
            for number, part in enumerate(parts):
                others = (*parts[:number], *parts[number + 1 :])
                needed, instead = whole.needed, whole.instead
                if all_must is whole.holds:
                    needed += others if all_must else tuple(map(not_, others))
                else:
                    instead += tuple(map(not_, others)) if all_must else others
                yield from _within(ConditionClause(part, whole.holds, needed, instead))
        case _:
            yield whole
