"""What a rule rests on, and to whom it applies."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.rulebook import Rulebook, read_facts
from unioncore.rules import Condition, Measure, Rule, RuleSet, Table, compile_condition
from unioncore.rules.condition import (
    Expression,
    IsEmpty,
    Literal,
    Name,
    OneOf,
    all_of,
    any_of,
    held_in,
    names_in,
    not_,
)
from unioncore.rules.ruleset import Choosing, Gathering
from unioncore.rules.search import reach

__all__ = ["Reached", "RestsOn", "applies_to", "rests_on"]


@frozen
class RestsOn(Answers, shows="rule decides"):
    """The facts that decide whether a rule applies, and what it gives."""

    rule: str
    decides: str
    """The fact that it decides."""
    named: tuple[str, ...]
    """The facts that its own conditions name."""
    recorded: tuple[str, ...]
    """The recorded facts that it rests on, whether it names them itself or not."""
    derived: tuple[str, ...]
    """The derived facts that it rests on."""
    affects: tuple[str, ...]
    """The derived facts that rest on the fact that it decides, whether they name it or not."""


@frozen
class Reached(Answers, shows="rule members applies not_known", inside="keys"):
    """To how many members a rule applies."""

    rule: str
    members: int
    applies: int
    """To how many it surely applies, and no other rule overrides it."""
    not_known: int
    """Of how many that is not known."""
    keys: tuple[str, ...]
    """The keys of those to whom it surely applies; they are not among what is given out."""


@checked
def rests_on(rulebook: Rulebook, rule: str) -> RestsOn:
    """Return the facts that decide a rule, a table or a measure, transitively.

    Args:
        rulebook: what ``compose`` returned.
        rule: its key; a body's, a requirement's or a parameter's is that of its rule.

    Raises:
        WrongArgument: when ``rulebook`` is something else.
        UnknownName: when no rule has the key.
    """
    found = _rule(rulebook, rule)
    start = _expressions(rulebook.rules, found)
    named = dict.fromkeys(name for each in start for name in names_in(each))
    every = dict.fromkeys(n for each in reach(rulebook.rules, start) for n in names_in(each))
    facts = {key: rulebook.rules.facts[key] for key in every if key in rulebook.rules.facts}
    return RestsOn(
        rule,
        found.decides,
        tuple(key for key in named if key in facts),
        tuple(sorted(key for key, fact in facts.items() if not fact.derived)),
        tuple(sorted(key for key, fact in facts.items() if fact.derived)),
        _affected(rulebook.rules, found.decides),
    )


def _affected(rules: RuleSet, fact: str) -> tuple[str, ...]:
    """Return the derived facts that rest on a fact."""
    read_by: dict[str, set[str]] = {}
    for key, decider in rules.deciders.items():
        for name in {name for each in decider.reads() for name in names_in(each)}:
            read_by.setdefault(name, set()).add(key)
    found: set[str] = set()
    waiting = [fact]
    while waiting:
        more = read_by.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return tuple(sorted(found - {fact}))


@checked
def applies_to(
    rulebook: Rulebook, rule: str, rows: Iterable[tuple[str, Mapping[str, Any]]], *, on: date
) -> Reached:
    """Say to how many members a rule applies on a day.

    A rule applies where its condition holds, no exception does, and no rule that overrides it
    holds. A table applies where it has a row, and a measure where there are records.

    Args:
        rulebook: what ``compose`` returned.
        rule: its key.
        rows: for each member a key and the recorded facts that are known.
        on: the day of the question.

    Raises:
        WrongArgument: when ``rulebook`` is something else.
        UnknownName: when no rule has the key.
        BadFacts: when facts given cannot be used.
        NotADay: when ``on`` is not a plain day.
    """
    condition = _applies(rulebook.rules, _rule(rulebook, rule))
    holds = compile_condition(rulebook.rules, condition, on=on)
    members = not_known = 0
    keys = []
    for key, row in rows:
        members += 1
        facts = {name: each for name, each in row.items() if name in holds.reads}
        truth = holds(read_facts(rulebook, facts))
        not_known += truth is None
        if truth:
            keys.append(key)
    return Reached(rule, members, len(keys), not_known, tuple(keys))


def _rule(rulebook: Rulebook, key: str) -> Rule | Table | Measure:
    rules = rulebook.rules
    known: dict[str, Rule | Table | Measure] = {rule.key: rule for rule in rules.rules}
    known |= {table.key: table for table in rules.tables}
    known |= {measure.key: measure for measure in rules.measures}
    if key not in known:
        raise UnknownName("rule", key, nearest(key, known))
    return known[key]


def _expressions(rules: RuleSet, found: Rule | Table | Measure) -> list[Expression]:
    """Return what decides it, and what it gives."""
    if isinstance(found, Rule):
        return [_applies(rules, found), Name(found.dated_by), *found.expressions()]
    return list(found.reads())


def _applies(rules: RuleSet, found: Rule | Table | Measure) -> Condition:
    match found:
        case Table(by=by, dated_by=dated_by):
            listed = [
                all_of(
                    held_in(row.period, dated_by), OneOf(Name(by), tuple(map(Literal, row.keys)))
                )
                for row in found.rows
            ]
            # A word that a row names on another day is not among all others.
            named = {key for row in found.rows for key in row.keys}
            other = not_(OneOf(Name(by), tuple(map(Literal, sorted(named)))))
            others = [all_of(held_in(row.period, dated_by), other) for row in found.otherwise]
            return any_of(*listed, *others)
        case Measure(over=over):
            return not_(IsEmpty(over))
    decider = rules.deciders[found.decides]
    assert isinstance(decider, Choosing | Gathering)
    clauses = decider.clauses if isinstance(decider, Choosing) else decider.closing
    if isinstance(decider, Gathering):
        every = (clause for clauses in decider.words.values() for clause in clauses)
        clauses = tuple(dict.fromkeys((*clauses, *every)))
    above = [not_(decider.raw[key]) for key in decider.overriders.get(found.key, ())]
    own = [each for each in clauses if each.rule.key == found.key and each.exception is None]
    return any_of(*(all_of(each.holds, *above) for each in own if each.version is not None))
