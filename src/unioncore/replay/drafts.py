"""Worked examples without answers, for an author to judge: one on each side of every clause.

For each clause of each condition they tell of somebody just inside it and of somebody just outside,
who differ in one fact by the smallest step. Whoever writes a plugin fills the answers in, from the
source, and ``replay`` tells where the rules say something else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.checked import checked
from unioncore.errors import UnknownName, nearest
from unioncore.legal import Period, check_day
from unioncore.replay.examples import Example
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import ON, Definition, Measure, Rule, Table, long_date
from unioncore.rules.borders import Border, borders
from unioncore.rules.clauses import WrittenCondition, judged
from unioncore.rules.condition import (
    Compare,
    Expression,
    InSet,
    IsEmpty,
    Literal,
    Name,
    all_of,
    not_,
)
from unioncore.shown import Shown, plain

__all__ = ["Draft", "drafts"]


@frozen
class Draft(Shown, shows="rule clause"):
    """One clause of a condition, with two worked examples without answers."""

    rule: str
    """The key of the rule, table, measure or requirement."""
    period: Period
    """The days on which it is in force."""
    clause: str
    """What it asks, in words."""
    inside: Example | None = None
    """Somebody just inside; None where nobody was found, though somebody may exist."""
    outside: Example | None = None
    """Somebody just outside."""
    left_out: bool = False
    """Whether the fact in which they differ is not given of the one outside: no other value of it
    leads outside."""


@checked
def drafts(rulebook: Rulebook, name: str, *, on: date, in_force: bool = False) -> Iterator[Draft]:
    """Give worked examples without answers for each clause of a rule, or of all rules of a plugin.

    The conditions are those that are written: of rules, requirements, parameters, bodies, measures,
    and the words of the rows of tables.

    Args:
        rulebook: what ``compose`` returned.
        name: the key of what has conditions, or the name of a plugin.
        on: the day of the question; for a version that is not in force then, it is the nearest day
            on which it is.
        in_force: whether such versions are left out.

    Raises:
        WrongArgument: when ``rulebook`` is something else.
        UnknownName: when nothing that has conditions, and no plugin, is called so.
        NotADay: when ``on`` is not a plain day.
    """
    check_rulebook(rulebook)
    check_day(on, "on")
    meant = _meant(rulebook, name)
    return _Drafting(rulebook).every(meant, on, in_force)


def records(examples: Iterable[Example]) -> list[dict[str, Any]]:
    """Return examples as the records of a file that ``read_examples`` reads."""
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "question": each.question,
            "inputs": dict(each.inputs),
            "expected": dict(each.expected),
            "source": each.source,
            "note": each.note,
        }
        for each in examples
    ]


def _meant(rulebook: Rulebook, name: str) -> list[Definition]:
    """Return the definitions with conditions that are called so, or are a plugin's."""
    found: dict[str, list[Definition]] = {info.name: [] for info in rulebook.plugins}
    for at, definition in rulebook.definitions.meant():
        if _has_conditions(definition):
            found.setdefault(rulebook.origins[at].plugin, []).append(definition)
            found.setdefault(definition.key, []).append(definition)
    for info in rulebook.plugins:
        if info.distribution:
            found.setdefault(info.distribution, found[info.name])
    if name not in found:
        raise UnknownName("rule or plugin", name, nearest(name, found))
    return found[name]


def _has_conditions(definition: Definition) -> bool:
    return isinstance(definition, Table | Measure) or any(definition.rules())


class _Drafting:
    """Writes the examples of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.rules = rulebook.rules
        self.prose = rulebook.explainer.prose
        self.by_key = {rule.key: rule for rule in self.rules.rules}

    def every(self, meant: Iterable[Definition], on: date, in_force: bool) -> Iterator[Draft]:
        """Give the drafts of definitions; those of one rule are numbered."""
        numbers: Counter[str] = Counter()
        for definition in meant:
            for asked in self._judged(definition):
                if in_force and on not in asked.period:
                    continue
                for border in borders(self.rules, asked, on):
                    numbers[asked.rule] += 1
                    yield self._draft(asked, border, numbers[asked.rule])

    def _judged(self, definition: Definition) -> Iterator[WrittenCondition]:
        """Give the conditions that are written in a definition."""
        if isinstance(definition, Table | Measure):
            yield from judged(self.rules, definition)
            return
        written = {condition for _, condition in definition.conditions()}
        for rule in definition.rules(self.rules.union):
            for each in judged(self.rules, self.by_key[rule.key]) if rule.versions else ():
                own = {each.condition, not_(each.condition)}
                if isinstance(definition, Rule) or own & written:
                    yield each

    def _draft(self, asked: WrittenCondition, border: Border, number: int) -> Draft:
        clause = self.prose.condition(border.clause)
        if not border.fact:
            return Draft(asked.rule, asked.period, clause)
        which = f"{asked.rule} {number}"
        label = self.prose.label(border.fact)
        apart = f"only this differs: {label}"
        if border.left_out:
            apart = f"{label} is not given, since no other value leads outside"
        said = f"Just inside a clause of {asked.rule}, {asked.period}: {clause}."
        inside = self._example(f"{which} inside", asked, border.inside, said)
        note = f"Just outside: {apart}."
        outside = self._example(f"{which} outside", asked, border.outside, note)
        return Draft(asked.rule, asked.period, clause, inside, outside, border.left_out)

    def _example(
        self, id: str, asked: WrittenCondition, person: Mapping[str, Any], note: str
    ) -> Example:
        fact, on = self.rules.facts[asked.fact], person[ON]
        given = {key: each for key, each in person.items() if key != ON}
        told = self.prose.condition(all_of(*(_is(*each) for each in given.items())))
        if asked.over:
            given = self._as_record(asked, given)
        plain = {key: _plain(each) for key, each in sorted(given.items())}
        where = f", where {told}" if given else ""
        label = self.prose.label(fact.key)
        question = f"{label[0].upper()}{label[1:]}? Asked on {long_date(on)}{where}."
        inputs = {"on": on.isoformat(), "facts": plain}
        return Example(id, "placement", inputs, {fact.key: None}, question, "", note)

    def _as_record(self, asked: WrittenCondition, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts with those of a record in the collection that is measured."""
        of = self.rules.facts[asked.over].of
        record = {key: each for key, each in given.items() if self.rules.facts[key].subject == of}
        return {k: v for k, v in given.items() if k not in record} | {asked.over: (record,)}


def _is(key: str, value: Any) -> Expression:
    """Return the condition that a fact has a value; of records, that they are known."""
    match value:
        case bool():
            return Name(key) if value else not_(Name(key))
        case frozenset():
            words = (InSet(Literal(word), key) for word in sorted(value))
            return all_of(*words) if value else IsEmpty(key)
        case tuple():
            return all_of()
        case _:
            return Compare("==", Name(key), Literal(value))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [{key: _plain(each) for key, each in record.items()} for record in value]
    return plain(value)
