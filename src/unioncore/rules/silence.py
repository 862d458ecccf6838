"""Finds people for whom no rule says what a fact is, and says as few plain words about them.

Of a fact with one value, no clause holds for them; of a set, no rule says that there is nothing
else in it; of a table, no row is for their word. Whom a definition passes over on purpose, with a
reason, is not among them: an exception without a value, or a ``Silence``.

First the rules are read loosely, which often shows that everybody is spoken of. Otherwise each
person found is widened to all who differ from them only in what makes no difference, and the search
goes on outside of these.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice, permutations, product, starmap
from math import prod
from typing import Any

from attrs import evolve, frozen

from unioncore.rules.condition import (
    TRUE,
    Compare,
    Condition,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    NotReviewed,
    OneOf,
    all_of,
    any_of,
    both,
    either,
    names_in,
    negate,
    not_,
    walk,
)
from unioncore.rules.evaluate import Subject
from unioncore.rules.fact import FactType
from unioncore.rules.loosened import Loosened
from unioncore.rules.rule import ON, Measure, Silence, Table
from unioncore.rules.ruleset import Choosing, Decider, Gathering, RuleClause, RuleSet
from unioncore.rules.search import ANY_OTHER, Partial, Search, is_doubtful
from unioncore.rules.solving import Solver, recorded_in
from unioncore.shown import Shown

__all__ = ["Decided", "FactGaps", "Gap", "silent"]

_ENOUGH = 12
"""How many kinds of people are told of one fact."""

_TRIED = 2_000
"""How many people are looked at to see whether a further value makes no difference."""

_FURTHER = 50_000
"""How many people with further facts are looked at to see whether these make no difference."""

_ORDERS = 6
"""In how many orders the facts of one person are widened."""

_NAMED = 3
"""How many words are named that a text is not; of more, it is said that rules name them."""

_ASSUMED = 8
"""How many comparisons that values prove nothing of are taken both ways at once."""

_IN_ORDER = (FactType.DAY, FactType.WHOLE, FactType.MONEY)

_Region = dict[str, list[Any]]
"""For some facts, the values that people have; of all other facts they may have any."""


class Decided(StrEnum):
    """Whether the rules decide a fact for everybody."""

    FOR_ALL = "decided"
    """For everybody."""
    DECLARED = "declared"
    """For everybody but those whom a definition passes over, with a reason."""
    NO_VERSION = "no version"
    """Some rule is for each of them, but for some none has a version on the day."""
    OPEN = "open"
    """Not for some, and no definition says why."""
    NOT_PROVED = "not proved"
    """Nobody was found, and the search could not rule everybody out."""


@frozen
class Gap(Shown, shows="when"):
    """People for whom no rule says what a fact is."""

    when: Condition
    """Who they are."""
    person: Mapping[str, Any]
    """One of them: the fewest recorded facts that are enough."""
    words: tuple[tuple[str, str], ...]
    """The vocabulary and key of each word that describes some of them."""
    unnamed: Mapping[str, tuple[str, ...]] = {}
    """The facts, each a text, of which they have no value that a rule names, or one of these."""


@frozen
class FactGaps(Shown, shows="fact found"):
    """What the rules leave undecided of one fact."""

    fact: str
    found: Decided
    gaps: tuple[Gap, ...] = ()
    """Those found; none of them is part of another."""
    more: bool = False
    """Whether there may be further ones."""
    reason: str = ""
    """Where it is not proved: why."""
    idle: tuple[str, ...] = ()
    """The silences that pass nobody over: of all whom they are for, something speaks."""


def silent(rules: RuleSet, key: str, day: date) -> FactGaps:
    """Say for whom the rules leave a derived fact undecided on a day.

    Whatever dates the rules is taken to be of that day. A measure decides its fact for everybody
    whose records are given. People whose number or sum is below zero are left out, and so are
    those of whom a fact is not given that would make a rule speak.
    """
    decider = rules.deciders.get(key)
    if isinstance(decider, Measure):
        return FactGaps(key, Decided.FOR_ALL)
    looked = _Looked(rules, key, decider, day)
    found = _found(looked)
    return evolve(found, idle=looked.idle()) if looked.silences else found


def _found(looked: "_Looked") -> FactGaps:
    closed = Decided.DECLARED if looked.declares() else Decided.FOR_ALL
    if looked.surely_closed(in_force=True):
        return FactGaps(looked.fact, closed)
    if not looked.surely_closed(in_force=False):
        ever = looked.gaps(in_force=False)
        if ever.found is not Decided.FOR_ALL:
            return ever
    if looked.nothing_is_in_force():
        return FactGaps(looked.fact, Decided.NO_VERSION, (looked.everybody(),))
    now = looked.gaps(in_force=True)
    match now.found:
        case Decided.OPEN:
            return evolve(now, found=Decided.NO_VERSION)
        case Decided.FOR_ALL:
            return evolve(now, found=closed)
    return now


class _Looked:
    """What may speak about one fact, and the searches for people of whom nothing does."""

    def __init__(self, rules: RuleSet, key: str, decider: Decider | None, day: date) -> None:
        self.rules = rules
        self.table = decider if isinstance(decider, Table) else None
        self.ever = _speaking(decider)
        self.now = tuple(clause for clause in self.ever if clause.may_count_on(day))
        self.silences = [each for each in rules.silences if key in each.of]
        self.fact = key
        dating = {clause.rule.dated_by for clause in self.ever}
        dating |= {self.table.dated_by} if self.table else set()
        self.dated = {ON: day} | dict.fromkeys(sorted(dating & rules.facts.keys()), day)
        """Whatever dates what decides, as of the day."""

    def declares(self) -> bool:
        """Whether a definition passes anybody over."""
        doubted = any(
            isinstance(node, NotReviewed) for clause in self.now for node in walk(clause.when)
        )
        return doubted or bool(self._passed(in_force=True))

    def _passed(self, *, in_force: bool) -> list[Condition]:
        """Return whom an exception without a value, or a silence, passes over."""
        clauses = self.now if in_force else self.ever
        excepted = [each for clause in clauses for each in _excepted(clause, in_force=in_force)]
        return [*excepted, *(each.when for each in self.silences)]

    def _spoken(self, *, in_force: bool) -> list[Condition]:
        if in_force:
            return [clause.holds for clause in self.now]
        return [clause.when for clause in self.ever]

    def _of_other_days(self) -> list[Condition]:
        """Return whom rules of other days are for, whether or not exceptions kept them silent."""
        now = {id(clause) for clause in self.now if clause.rule.dated_by == ON}
        others = (clause for clause in self.ever if id(clause) not in now)
        return [each.when if each.version is None else each.version.when for each in others]

    def surely_closed(self, *, in_force: bool) -> bool:
        """Whether something speaks of everybody, even where rules are read loosely."""
        loosely = (Loosened(self.rules, spelt_out_on=day) for day in (None, self.dated[ON]))
        return self.table is None and any(
            self._closed_to(each, in_force=in_force) for each in loosely
        )

    def _closed_to(self, loosened: Loosened, *, in_force: bool) -> bool:
        spoken = [*map(loosened.of, self._spoken(in_force=in_force))]
        passed = [*map(loosened.of, self._passed(in_force=in_force))]
        search = _Unspoken(
            loosened.rules(), spoken, passed, None, self.dated, self._counted(), in_force=in_force
        )
        return search.person() is None and not search.too_long and search.proved

    def nothing_is_in_force(self) -> bool:
        """Whether whatever could speak is for other days, so that nothing does."""
        subject = Subject(self.rules, self.dated)
        forces = [*(clause.force for clause in self.now), *(each.when for each in self.silences)]
        return self.table is None and all(subject.truth(each) is False for each in forces)

    def everybody(self) -> Gap:
        """Return the gap of whom no rule speaks on the day, whoever they are."""
        return Gap(TRUE, {key: day for key, day in self._given().items() if key != ON}, ())

    def gaps(self, *, in_force: bool) -> FactGaps:
        """Look for people of whom no rule speaks: none in force, or none that ever was."""
        had = self._of_other_days() if in_force and self.table is None else None
        search = self._search(self._passed(in_force=in_force), in_force=in_force, had=had)
        regions: list[tuple[_Region, Mapping[str, Any]]] = []
        more = False
        for _ in range(2 * _ENOUGH):  # a wider kind may take the place of those found before
            person = search.person()
            if person is None:
                break
            if len(regions) == _ENOUGH:
                more = True
                break
            fewest = search.fewest(person)
            region = search.widest(fewest)
            regions = [each for each in regions if not search.is_within(each[0], region)]
            regions.append((region, fewest))
            search.told = [search.condition(each) for each, _ in regions]
        else:
            more = True
        if regions:
            found, reason = Decided.OPEN, ""
            narrow = any(search.is_of_single_values(each) for each, _ in regions)
            more = more or search.too_long or not search.proved or narrow
        elif search.too_long:
            found, reason = Decided.NOT_PROVED, "the search was too long"
        elif not search.proved:
            found, reason = Decided.NOT_PROVED, "; ".join(search.doubts)
        else:
            found, reason = Decided.FOR_ALL, ""
        regions.sort(key=lambda each: (len(each[0]), str(sorted(each[0]))))
        return FactGaps(self.fact, found, tuple(starmap(search.gap, regions)), more, reason)

    def idle(self) -> tuple[str, ...]:
        """Return the silences without which nobody more would be undecided."""
        return tuple(each.key for each in self.silences if self._is_idle(each))

    def _is_idle(self, silence: Silence) -> bool:
        for in_force in (False, True):
            search = self._search([not_(silence.when)], in_force=in_force)
            if search.person() is not None or search.too_long or not search.proved:
                return False
        return True

    def _search(
        self,
        passed: Iterable[Condition],
        *,
        in_force: bool,
        had: Sequence[Condition] | None = None,
    ) -> "_Unspoken":
        spoken, given = self._spoken(in_force=in_force), self._given()
        return _Unspoken(
            self.rules, spoken, passed, self.table, given, self._counted(), had, in_force=in_force
        )

    def _given(self) -> dict[str, date]:
        """Return what dates the rules, as far as it is recorded."""
        facts = self.rules.facts
        return {key: day for key, day in self.dated.items() if not facts[key].derived}

    def _counted(self) -> frozenset[str]:
        """Return the recorded facts that count something."""
        facts = self.rules.facts.values()
        whole = FactType.WHOLE
        return frozenset(fact.key for fact in facts if not fact.derived and fact.type is whole)


class _Unspoken(Search):
    """Looks for people of whom nothing speaks."""

    limit = 20_000

    def __init__(
        self,
        rules: RuleSet,
        spoken: Iterable[Condition],
        passed: Iterable[Condition],
        table: Table | None,
        given: Mapping[str, Any],
        counted: frozenset[str],
        had: Sequence[Condition] | None = None,
        *,
        in_force: bool = True,
    ) -> None:
        self.not_so = (*passed, *spoken)
        self.had = had
        """Where it matters: whom rules of other days are for; only such people are looked for."""
        self.table, self.given, self.in_force = table, given, in_force
        self.told: list[Condition] = []
        """Those who were found before."""
        self._found: dict[frozenset[tuple[str, Any]], bool | None] = {}
        self._left = _FURTHER
        """How many more people with further facts may be looked at."""
        reads = [*self.not_so, *(had or ()), *(table.reads() if table else ())]
        super().__init__(rules, (), reads)
        self._named = Counter(
            key for each in (*self.not_so, any_of(*(had or ()))) for key in names_in(each)
        )
        self.scope.from_zero, self.scope.all_known = counted, not in_force
        compared = [
            node
            for each in self.scope.expressions
            for node in walk(each)
            if is_doubtful(rules, node)
        ]
        self._related = {key for node in compared for key in recorded_in(rules, node)}
        self.solver = Solver(rules, self.scope.expressions)
        if table is not None:
            self.scope.mention_rows(table)

    def values(self, key: str, decided: Mapping[str, Any]) -> list[Any]:
        """Return the values to try, with those at which comparisons of facts turn."""
        found = super().values(key, decided)
        more = self.solver.values(self.rules.facts[key], decided) if key in self._related else []
        known = [each for each in more if key not in self.scope.from_zero or each >= 0]
        return [*found, *(each for each in known if each not in found)]

    def person(self) -> dict[str, Any] | None:
        """Return one person of whom nothing speaks, who is none of those told."""
        self.steps, self.proved = 0, True
        return self.example({**self.given})

    def truth(self, subject: Partial) -> bool | None:
        """Return whether it is so of a person who can exist and was not told."""
        told = both(negate(subject.truth(each)) for each in self.told)
        return False if told is False else both((told, self._unspoken(subject)))

    def _unspoken(self, subject: Partial) -> bool | None:
        """Return whether nothing speaks, of a person who can exist and is not passed over."""
        spoken = [*map(subject.truth, self.not_so)]
        if self.table is not None:
            spoken.append(self._listed(subject, self.table))
        found = self.for_a_person(map(negate, spoken), subject)
        return found if found is False else both((found, self._had_a_rule(subject)))

    def _had_a_rule(self, subject: Partial) -> bool | None:
        """Return whether a rule of another day is, or may be, for a person."""
        found = True if self.had is None else either(map(subject.truth, self.had))
        # What is not known though all is decided rests on what the rules themselves leave open.
        return True if found is None and not subject.waits_for else found

    def _listed(self, subject: Partial, table: Table) -> bool | None:
        """Return whether a table has a row for a subject."""
        by = subject.value(table.by)
        if by is None:
            return None
        rows = subject.rules.rows[table.key]
        found = rows.get(by) or rows.get("", ())
        if not self.in_force:
            return bool(found)
        if not found:
            return True  # such a word is looked for among all rows
        return negate(both(negate(subject.truth(when)) for when, _ in found))

    def last(self, key: str) -> tuple[int, ...]:
        """Return what puts the facts first that most of what may speak names."""
        return (-self._named[key], len(self.scope.values(key)))

    def surely_not(self, decided: dict[str, Any]) -> bool:
        """Whether something speaks here for untried values too."""
        return not self.doubts or self._in_every_case(decided, {})

    def _in_every_case(self, decided: dict[str, Any], assumed: dict[Expression, bool]) -> bool:
        """Whether something speaks, however what a few values prove nothing of comes out."""
        subject = self.known_to_be(decided, assumed)
        if self.truth(subject) is False:
            return True
        if not subject.doubted or len(assumed) >= _ASSUMED:
            return False
        node = next(iter(subject.doubted))
        return all(self._in_every_case(decided, {**assumed, node: so}) for so in (True, False))

    def is_of_single_values(self, region: _Region) -> bool:
        """Whether a region leaves out people with other values, which may come to the same."""
        return not self._related.isdisjoint(region)

    # -- from one person to all who are alike ----------------------------------------------------

    def fewest(self, person: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fewest facts of a person, besides those given, that make the difference."""
        needed = dict(person)
        for key in person:
            fewer = {name: value for name, value in needed.items() if name != key}
            if key not in self.given and self._unspoken(Partial(self.rules, fewer)):
                needed = fewer
        return {key: value for key, value in needed.items() if key not in self.given}

    def widest(self, person: Mapping[str, Any]) -> _Region:
        """Return all who differ from a person only in what makes no difference."""
        region: _Region = {key: [value] for key, value in person.items()}
        # What is told from others by name is the least telling, so it is the first to go.
        facts = self.rules.facts
        names = [key for key in region if facts[key].type is FactType.TEXT]
        others = [key for key in region if key not in names]
        found = [
            self._widened(region, [*names, *order])
            for order in islice(permutations(others), _ORDERS)
        ]
        return min(found, key=lambda each: (len(each), -self._share(each)))

    def _share(self, region: _Region) -> float:
        """Return how much of all values of its facts a region takes."""
        return prod(len(values) / len(self._candidates(key)) for key, values in region.items())

    def _widened(self, region: _Region, order: Iterable[str]) -> _Region:
        found = dict(region)
        for key in order:
            good = self._as_good(key, found)
            if good is None:
                del found[key]
            else:
                found[key] = good
        return found

    def _as_good(self, key: str, region: _Region) -> list[Any] | None:
        """Return the values of one fact that leave everybody of a region without a rule.

        None where no other value of it is possible for them.
        """
        [met] = region[key]
        every = self._candidates(key)
        others = {name: values for name, values in region.items() if name != key}
        if key in self._related:  # other values may come to something else
            return [met]
        if met not in every or prod(map(len, others.values())) * len(every) > _TRIED:
            return [met]
        found = {value: self._without(key, value, others) for value in every}
        found[met] = True  # each of the others was looked at beside it
        if False not in found.values():
            return None
        good = [value for value, without in found.items() if without]
        type = self.rules.facts[key].type
        if type is FactType.SET and not self._told_by_words(key, good):
            return [met]
        if type not in _IN_ORDER:
            return good
        first = last = every.index(met)
        while first > 0 and every[first - 1] in good:
            first -= 1
        while last < len(every) - 1 and every[last + 1] in good:
            last += 1
        return every[first : last + 1]

    def _without(self, key: str, value: Any, others: _Region) -> bool | None:
        """Whether nothing speaks of people with a value; None where nobody can have it."""
        nobody = True
        for each in product(*others.values()):
            found = self._met({**dict(zip(others, each, strict=True)), key: value})
            if found is False:
                return False
            nobody = nobody and found is None
        return None if nobody else True

    def _met(self, person: Mapping[str, Any]) -> bool | None:
        """Whether nothing speaks of a person, whatever else is so; None where nobody is such.

        Where it hangs on further facts, each of their values is looked at, up to a limit.
        """
        at = frozenset(person.items())
        if at not in self._found:
            subject = Partial(self.rules, {**self.given, **person})
            found = self._unspoken(subject)
            if found is not True and any(map(subject.truth, self.scope.impossible)):
                self._found[at] = None
            elif found is None and subject.waits_for and self._left > 0:
                self._found[at] = self._whatever(min(subject.waits_for, key=self.last), person)
            else:
                self._found[at] = found is True
        return self._found[at]

    def _whatever(self, key: str, person: Mapping[str, Any]) -> bool | None:
        """Whether nothing speaks of people who have any of the values of a further fact."""
        if key in self._related:  # other values may come to something else
            return False
        nobody = True
        for value in self._candidates(key):
            self._left -= 1
            found = self._met({**person, key: value})
            if found is False:
                return False
            nobody = nobody and found is None
        return None if nobody else True

    def is_within(self, one: _Region, other: _Region) -> bool:
        """Return whether everybody of one region is of the other."""
        return all(
            value in values or self._without(key, value, one) is None
            for key, values in other.items()
            for value in (one[key] if key in one else self._candidates(key))
        )

    def _candidates(self, key: str) -> list[Any]:
        """Return the values of a fact that are tried; others come to the same as one of them."""
        fact = self.rules.facts[key]
        if fact.type is FactType.CHOICE:
            return list(self.rules.names_of(fact))
        return [value for value in self.scope.values(key) if value is not None]

    # -- in words --------------------------------------------------------------------------------

    def gap(self, region: _Region, person: Mapping[str, Any]) -> Gap:
        """Return a region with one person of it."""
        dated = {key: value for key, value in self.given.items() if key != ON}
        known = {key: value for key, value in person.items() if value is not None}
        facts = self.rules.facts
        unnamed = dict(self._unnamed(region))
        named = {key: values for key, values in region.items() if key not in unnamed}
        words = dict.fromkeys(
            (facts[key].vocabulary, value)
            for key, values in sorted(region.items())
            for value in values
            if facts[key].type is FactType.CHOICE and facts[key].vocabulary
        )
        return Gap(self.condition(named), dated | known, tuple(words), unnamed)

    def _unnamed(self, region: _Region) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give the texts of which many values that rules name are left out, with the others."""
        for key, values in region.items():
            if ANY_OTHER in values:
                named = self._every(key, (each for each in values if each != ANY_OTHER))
                others = self._every(key, (e for e in self._candidates(key) if e not in values))
                if len(others) > max(_NAMED, len(named)):
                    yield key, tuple(named)

    def _every(self, key: str, values: Iterable[Any]) -> list[Any]:
        """Return words with all that they stand for."""
        return sorted({each for value in values for each in self.scope.alike(key, value)})

    def condition(self, region: _Region) -> Condition:
        """Return a region as a condition."""
        return all_of(*(self._values(key, values) for key, values in sorted(region.items())))

    def _values(self, key: str, values: list[Any]) -> Expression:
        """Return as a condition that a fact has one of some values."""
        fact, name = self.rules.facts[key], Name(key)
        if values == [None]:
            return not_(Known(key))
        every = self._candidates(key)
        match fact.type:
            case FactType.YES_NO:
                return name if values[0] else not_(name)
            case FactType.SET:
                return all_of(*self._words(key, values))
            case FactType.CHOICE | FactType.TEXT:
                others = [value for value in every if value not in values]
                if ANY_OTHER in values or len(others) < len(values):
                    return not_(OneOf(name, tuple(map(Literal, self._every(key, others)))))
                return OneOf(name, tuple(map(Literal, self._every(key, values))))
            case _:
                return all_of(*self._bounds(name, values, every))

    def _bounds(self, name: Name, values: list[Any], every: list[Any]) -> Iterator[Expression]:
        """Give the bounds of values that lie beside each other.

        Of sums of money, one that no rule mentions stands for all between its neighbours.
        """
        if name.key in self._related:
            yield Compare("==", name, Literal(values[0]))
            return
        first, last = every.index(values[0]), every.index(values[-1])
        dense = self.rules.facts[name.key].type is FactType.MONEY
        said = self.scope.mentioned[name.key]
        if first == last and 0 < first < len(every) - 1 and not (dense and values[0] not in said):
            yield Compare("==", name, Literal(values[0]))
            return
        if first > 0:
            open_ = dense and values[0] not in said
            sign, bound = (">", every[first - 1]) if open_ else (">=", values[0])
            yield Compare(sign, name, Literal(bound))
        if last < len(every) - 1:
            open_ = dense and values[-1] not in said
            sign, bound = ("<", every[last + 1]) if open_ else ("<=", values[-1])
            yield Compare(sign, name, Literal(bound))

    def _words(self, key: str, values: list[Any]) -> Iterator[Expression]:
        """Give which words all of some sets have, which none has, and whether they are empty."""
        other = self.scope.other_word(key)
        if other and values == [frozenset()]:
            yield IsEmpty(key)
            return
        named = sorted(set().union(*self._candidates(key)) - {other})
        shared = [word for word in named if all(word in each for each in values)]
        if other and not shared and frozenset() not in values:
            yield not_(IsEmpty(key))
        for word in named:
            if word in shared:
                yield InSet(Literal(word), key)
            elif not any(word in each for each in values):
                yield not_(InSet(Literal(word), key))

    def _told_by_words(self, key: str, values: list[Any]) -> bool:
        """Whether what is said of the words of some sets is so of no other sets."""
        said = all_of(*self._words(key, values))
        told = (
            each for each in self._candidates(key) if Subject(self.rules, {key: each}).truth(said)
        )
        return all(each in values for each in told)


def _speaking(decider: Decider | None) -> tuple[RuleClause, ...]:
    match decider:
        case Choosing(clauses):
            return clauses
        case Gathering(closing=closing):
            return closing
        case _:
            return ()


def _excepted(clause: RuleClause, *, in_force: bool) -> Iterator[Condition]:
    """Give when an exception keeps a rule silent on purpose."""
    version = clause.version
    if version is not None and clause.exception is None:
        for each in version.exceptions:
            if each.value is None:
                force = clause.force if in_force else TRUE
                yield all_of(force, version.when, each.when)
