"""Finds, for each clause of a condition, a person just inside it and one just outside.

Both differ in one recorded fact by the smallest step that makes the difference: a day, a penny, the
next word. The clause decides alone: what stands beside it in the condition neither keeps the person
inside from meeting the condition nor meets it in its place. Where nobody can be outside, since
whoever is would be somebody who cannot exist, the fact is not given of the person outside.

Nobody is proved not to be there: a clause of which nobody was found may have such people.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import frozen

from unioncore.rules.clauses import ConditionClause, WrittenCondition, clauses_in
from unioncore.rules.condition import Expression, InSet, Name, all_of, both, names_in, not_, walk
from unioncore.rules.evaluate import Subject
from unioncore.rules.fact import Fact, FactType
from unioncore.rules.rule import ON
from unioncore.rules.ruleset import Choosing, Gathering, RuleSet, words_given
from unioncore.rules.search import Partial, Scope, Search
from unioncore.rules.solving import IN_STEPS, Solver, distance, near, recorded_in, turns
from unioncore.rules.ways import Way, Ways
from unioncore.shown import Shown

__all__ = ["Border", "borders"]

_STEPS = 300
"""How many half-decided people are looked at for one side of one clause."""

_FEW = 4
"""How many values at which a clause turns are tried, the nearest first."""

_DAY = timedelta(days=1)


@frozen
class Border(Shown, shows="clause fact"):
    """One clause of a condition, with a person just inside it and one just outside."""

    clause: Expression
    """The clause as it is for the person inside."""
    fact: str = ""
    """The recorded fact in which they differ; empty where nobody was found."""
    inside: Mapping[str, Any] = {}
    """The fewest recorded facts that are enough, with the day of the question."""
    outside: Mapping[str, Any] = {}
    left_out: bool = False
    """Whether the fact is not given of the person outside, because no other value will do."""


def borders(rules: RuleSet, asked: WrittenCondition, day: date) -> Iterator[Border]:
    """Give each clause of a condition with a person just inside it and one just outside.

    They are asked about on a day; where the condition is not in force then, on the nearest on which
    it is.
    """
    looking = _BothSides(rules, asked)
    days = _days(asked, day)
    for clause in clauses_in(asked.condition):
        yield looking.border(clause, days)


def _days(asked: WrittenCondition, day: date) -> list[dict[str, Any]]:
    """Return the days to begin with, the likeliest first."""
    start, end = asked.period.start, asked.period.end
    inside = [day] if day in asked.period else []
    inside += [end - _DAY] if end is not None else []
    inside += [start] if start is not None else []
    inside = list(dict.fromkeys(inside)) or [day]
    found = [{ON: each, asked.dated_by: each} for each in inside]
    if asked.dated_by != ON:
        found += [{ON: day, asked.dated_by: each} for each in inside]
        found += [{ON: each} for each in inside]
    return found


# -- looking for people ----------------------------------------------------------------------------


class _Wanted(Search):
    """Looks for people who meet conditions; comparisons are solved backwards."""

    limit = _STEPS

    def __init__(self, rules: RuleSet, reads: list[Expression]) -> None:
        super().__init__(rules, (), reads)
        self.solver = Solver(rules, self.scope.expressions)
        self.ways = Ways(rules)
        self.handed_on = _handed_on(rules, self.scope)
        self.unwanted: tuple[Expression, ...] = ()
        self.way: Way = {}

    def truth(self, subject: Partial) -> bool | None:
        """Return whether somebody who can exist meets what is wanted."""
        if any(map(subject.truth, self.unwanted)):
            return False
        found = self.for_a_person(map(subject.truth, self.holds), subject)
        if found is None:
            self._wait_for_what_records_are_held_to(subject)
        return found

    def _wait_for_what_records_are_held_to(self, subject: Partial) -> None:
        """Have the facts decided first that records of a collection are measured by."""
        for key in [*subject.waits_for]:
            of = self.rules.facts[key].of
            wheres = [each.where for each in self.rules.measures if each.over == key]
            for name in (name for where in wheres for name in names_in(where)):
                if name in self.rules.facts and self.rules.facts[name].subject != of:
                    subject.value(name)

    def surely_not(self, decided: dict[str, Any]) -> bool:
        """Return no: that nobody was found proves nothing here."""
        return False

    def last(self, key: str) -> tuple[int, ...]:
        """Put records last, which are made up for the facts that are decided."""
        return self.rules.facts[key].type is FactType.COLLECTION, *super().last(key)

    def values(self, key: str, decided: Mapping[str, Any]) -> list[Any]:
        """Return the values to try: those that the way allows, or those that could matter."""
        fact = self.rules.facts[key]
        if key in self.way:
            return sorted(self.way[key], key=lambda each: (each is None, str(each)))
        match fact.type:
            case FactType.COLLECTION:
                return self.records(fact, decided)
            case FactType.SET:
                words = self.words(fact, decided)
                more = [frozenset(), frozenset(words)] if len(words) > 1 else []
                found = [*map(frozenset, ([word] for word in words)), *more]
                return list(dict.fromkeys([*found, *self.scope.values(key)]))
        solved = self.solver.values(fact, decided)
        return [*solved, *self.handed_on.get(key, ()), *self.scope.values(key)]

    def words(self, fact: Fact, decided: Mapping[str, Any]) -> list[str]:
        """Return the words of a set that others are looked for in it."""
        asked = (node for each in self.scope.expressions for node in walk(each))
        named = [
            decided.get(node.item.key)
            for node in dict.fromkeys(asked)
            if isinstance(node, InSet) and node.key == fact.key and isinstance(node.item, Name)
        ]
        return [word for word in dict.fromkeys(named) if isinstance(word, str)]

    def records(self, fact: Fact, decided: Mapping[str, Any]) -> list[Any]:
        """Return collections that make a difference to what measures them."""
        wheres = [each.where for each in self.rules.measures if each.over == fact.key]
        good = self._record(fact, wheres, decided)
        found: list[tuple[Any, ...]] = [(good,) * number for number in (1, 2, 3) if good]
        for where in wheres:
            others = [each for each in wheres if each is not where]
            bad = self._record(fact, [*others, not_(where)], decided)
            bad = bad or self._record(fact, [not_(where)], decided)
            found += [(bad,), *([(good, bad), (good, good, bad)] if good else [])] if bad else []
        return [*found, ()]

    def _record(
        self, fact: Fact, wheres: list[Expression], decided: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return a record that is so; empty where none was found."""
        search = _Wanted(self.rules, wheres)
        person = next(search.meeting(wheres, (), {**decided, fact.key: ()}), None)
        found = {key: each for key, each in (person or {}).items() if key not in decided}
        return {k: v for k, v in found.items() if self.rules.facts[k].subject == fact.of}

    def meeting(
        self, wanted: list[Expression], unwanted: tuple[Expression, ...], given: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Give people of whom something is given and who meet all that is wanted."""
        named = {key for each in wanted for key in names_in(each)}
        for way in self.ways.of(all_of(*wanted)):
            self.holds, self.unwanted, self.way = tuple(wanted), unwanted, way
            self.direct = {*named, *(key for key in way if isinstance(key, str))}
            self.steps = 0
            person = self.example(dict(given))
            if person is not None:
                yield person


def _handed_on(rules: RuleSet, scope: Scope) -> dict[str, list[str]]:
    """Return the words that matter to facts because another fact is what they are."""
    found: dict[str, list[str]] = {}
    read = {key for each in scope.expressions for key in names_in(each)}
    for key in sorted(read & rules.deciders.keys()):
        decider = rules.deciders[key]
        for clause in decider.clauses if isinstance(decider, Choosing) else ():
            if isinstance(clause.value, Name) and key in rules.facts:
                words = [each for each in scope.values(key) if isinstance(each, str)]
                found.setdefault(clause.value.key, []).extend(words)
    return found


class _BothSides(_Wanted):
    """Looks for people on both sides of the clauses of one condition."""

    def __init__(self, rules: RuleSet, asked: WrittenCondition) -> None:
        self.asked = asked
        self.counts = False
        """Whether what is looked at must give the fact its value."""
        self.met: list[dict[str, Any]] = []
        """People who met the condition in some way."""
        decider = rules.deciders.get(asked.fact)
        self.decider = decider if isinstance(decider, Choosing | Gathering) else None
        reads = [asked.condition, asked.whole]
        if asked.counting is not None and self.decider is not None:
            above = self.decider.overriders.get(asked.counting.rule.key, ())
            reads += [asked.counting.holds, *(self.decider.raw[key] for key in above)]
        super().__init__(rules, reads)

    def truth(self, subject: Partial) -> bool | None:
        """Return whether somebody meets what is wanted, whom no other rule decides."""
        found = super().truth(subject)
        if found is False or not self.counts:
            return found
        assert self.asked.counting is not None
        assert self.decider is not None
        return both((found, subject.counts(self.asked.counting, self.decider)))

    def _people(
        self, clause: ConditionClause, side: bool, given: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Give people on one side of a clause, the best first."""
        said = clause.said if side else not_(clause.said)
        wanted = [self.asked.whole, *clause.needed, said]
        strict = [*wanted, *map(not_, clause.instead)]
        for counts in (True, False) if side and self.asked.counting is not None else (False,):
            for unwanted in ((), clause.instead) if clause.instead else ((),):
                people = self.meeting(wanted if unwanted else strict, unwanted, given)
                while True:
                    self.counts = counts
                    person = next(people, None)
                    if person is None:
                        break
                    yield person

    def border(self, clause: ConditionClause, days: list[dict[str, Any]]) -> Border:
        """Return the people on both sides of a clause."""
        pair = _TwoPeople(self, clause)
        second: Border | None = None
        for person in reversed(self.met):
            found = pair.nearest(person, inside=True)
            if found is not None and not found.left_out:
                return found
            second = second or found
        for given in days:
            for side in (True, False):
                for person in self._people(clause, side, given):
                    if side:
                        self.met.append(person)
                    found = pair.nearest(person, inside=side)
                    if found is not None and not found.left_out:
                        return found
                    second = second or found
        return second or Border(clause.said)


# -- the two people --------------------------------------------------------------------------------

_ALONE, _BESIDE, _OPEN = 0, 1, 2
"""How somebody is outside: by the clause alone; by something else too; it is not known of them."""


class _TwoPeople:
    """What the two people beside one clause must be."""

    def __init__(self, looking: _BothSides, clause: ConditionClause) -> None:
        self.looking = looking
        self.rules = looking.rules
        self.clause = clause
        self.keys = recorded_in(self.rules, clause.node)

    def is_inside(self, person: Mapping[str, Any]) -> bool:
        """Whether somebody who can exist is inside, and this clause alone keeps them there."""
        subject = Subject(self.rules, person)
        return (
            subject.truth(self.clause.node) is self.clause.holds
            and subject.truth(self.looking.asked.whole) is True
            and self._decides(subject)
            and self._exists(subject)
        )

    def outside(self, person: Mapping[str, Any]) -> int | None:
        """Return how somebody who can exist is outside; None where they are not."""
        subject = Subject(self.rules, person)
        truth = subject.truth(self.clause.node)
        whole = subject.truth(self.looking.asked.condition)
        if truth is self.clause.holds or whole is True or not self._exists(subject):
            return None
        if truth is None or whole is None:
            return _OPEN
        alone = subject.truth(self.looking.asked.whole) and self._decides(subject)
        return _ALONE if alone else _BESIDE

    def _decides(self, subject: Subject) -> bool:
        """Whether the rest of the condition leaves it to the clause."""
        return all(map(subject.truth, self.clause.needed)) and not any(
            map(subject.truth, self.clause.instead)
        )

    def _exists(self, subject: Subject) -> bool:
        return not any(map(subject.truth, self.looking.scope.impossible))

    def nearest(self, person: dict[str, Any], *, inside: bool) -> Border | None:
        """Return the nearest pair, one of whom is this person or almost so."""
        best: tuple[int, str, dict[str, Any], dict[str, Any]] | None = None
        for key in self.keys:
            for mine, other in self._steps(key, person, inside):
                pair = [_with(person, key, each) for each in (mine, other)]
                one, two = pair if inside else reversed(pair)
                how = self.outside(two)
                if how is None or (best and how >= best[0]) or not self.is_inside(one):
                    continue
                best = how, key, one, two
                if how == _ALONE:
                    return self._shortened(*best)
        return None if best is None else self._shortened(*best)

    def _steps(
        self, key: str, person: Mapping[str, Any], inside: bool
    ) -> Iterator[tuple[Any, Any]]:
        """Give values of a fact that this person may have, each with one for the other person."""
        fact, now = self.rules.facts[key], person.get(key)
        if fact.type in IN_STEPS and now is not None:

            def truth(value: Any) -> bool | None:
                return Subject(self.rules, {**person, key: value}).truth(self.clause.node)

            tried = [each for each in self.looking.scope.values(key) if each is not None]
            found = sorted(
                turns(fact.type, truth, [now, *tried, *near(fact.type, now)]),
                key=lambda pair: distance(fact.type, pair[0], now),
            )
            for low, high in found[:_FEW]:
                mine = (truth(low) is self.clause.holds) is inside
                yield (low, high) if mine else (high, low)
        else:
            yield from ((now, other) for other in self._others(fact, now, person))
        if now is not None and inside and key != ON:
            yield now, None

    def _others(self, fact: Fact, now: Any, person: Mapping[str, Any]) -> list[Any]:
        """Return the values beside one that is not in an order, the next first."""
        match fact.type:
            case FactType.YES_NO:
                return [True, False] if now is None else [not now]
            case FactType.SET:
                some = frozenset() if now is None else now
                words = [*self.looking.scope.mentioned[fact.key], *some]
                words += self.looking.words(fact, person)
                told = sorted({word for word in words if isinstance(word, str)})
                told = told or [*self.rules.names_of(fact)][:1]
                return [some ^ {word} for word in told] + [frozenset()] * (now is None)
            case FactType.CHOICE:
                words = list(self.rules.names_of(fact))
                at = words.index(now) + 1 if now in words else 0
                return [*words[at:], *words[: max(at - 1, 0)]]
            case FactType.COLLECTION:
                others = self.looking.records(fact, _with(person, fact.key, None))
                return [each for each in others if each != now]
            case _:
                values = [*self.looking.scope.values(fact.key)][::-1]
                return [each for each in values if each not in (None, now)]

    def _shortened(
        self, how: int, key: str, inside: dict[str, Any], outside: dict[str, Any]
    ) -> Border:
        """Return a pair without the facts that make no difference."""
        told = self._told(inside, outside)
        for name in sorted(inside, key=lambda each: each in self.keys):
            if name in (key, ON):
                continue
            less, other = _with(inside, name, None), _with(outside, name, None)
            if (
                self.is_inside(less)
                and self.outside(other) == how
                and self._told(less, other) >= told
            ):
                inside, outside = less, other
        left_out = how == _OPEN and key not in outside
        return Border(self.clause.said, key, inside, outside, left_out)

    def _told(self, *people: Mapping[str, Any]) -> int:
        """Return of how many people the answer is known."""
        asked = self.looking.asked
        words = () if asked.counting is None else words_given(asked.counting.value)
        found = 0
        for person in people:
            subject = Subject(self.rules, person)
            if isinstance(self.looking.decider, Gathering) and words:
                found += all(subject.has(asked.fact, word) is not None for word in words)
            else:
                found += subject.value(asked.fact) is not None
        return found


def _with(person: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Return a person with another value of one fact; None: it is not given."""
    changed = {name: each for name, each in person.items() if name != key and each is not None}
    return changed if value is None else {**changed, key: value}
