"""Rules as columns: every condition as two yes-or-no columns, surely true and surely false.

It follows the compiled reading (``rules.source``) term by term. What cannot hold on the day of the
question folds away, and what no row can hold, such as the records of a collection, is refused.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from attrs import frozen

from unioncore.bulk.days import DaySums
from unioncore.bulk.terms import FALSE, TRUE, ColumnTerm, ColumnTerms
from unioncore.bulk.views import ColumnRails, Few, Many, View
from unioncore.errors import NoColumnForm
from unioncore.rules import ON, FactType, Measure, Row, RuleSet, Table
from unioncore.rules.condition import (
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Condition,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    Not,
    OneOf,
)
from unioncore.rules.functions import CALCULATIONS, TURNED, compare
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause
from unioncore.rules.source import exclude
from unioncore.rules.ways import Ways
from unioncore.shown import Shown

__all__ = ["ColumnTranslation", "CountingWay"]

_NEVER = ColumnRails(FALSE, FALSE)

_LISTED = 200
"""How many pairs of values are compared beforehand; where there are more, columns are."""

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@frozen
class CountingWay(Shown, shows="clause"):
    """One thing that may decide a fact: a clause, with when it holds and when it counts."""

    clause: RuleClause
    holds: ColumnRails
    counts: ColumnRails
    """Whether it holds and no rule that overrides it does."""
    value: View


@frozen
class _DecidedValue(Shown, shows=""):
    """A fact with one value, and what decides it."""

    value: View
    ways: tuple[CountingWay, ...]
    surely: ColumnTerm
    """When some way surely counts."""
    agreed: ColumnTerm
    """When none surely does, and all that may count give the same."""


class ColumnTranslation:
    """Writes the facts of one rule set, asked about on one day, as terms; each once.

    ``recorded`` are the facts that the rows give; every other recorded fact is not known.
    """

    def __init__(self, rules: RuleSet, on: date, recorded: Collection[str]) -> None:
        self.rules = rules
        self.on = on
        self.recorded = recorded
        self.terms = ColumnTerms()
        self.days = DaySums(self.terms)
        self._ways = Ways(rules)
        self._views: dict[str, View] = {}
        self._words: dict[tuple[str, str], ColumnRails] = {}
        self._chosen: dict[str, _DecidedValue] = {}
        self._rails: dict[int, tuple[Condition, ColumnRails]] = {}
        self._asking: list[str] = []

    def refuse(self, node: str) -> NoColumnForm:
        """Return the error that something has no form in columns."""
        return NoColumnForm(self._asking[-1] if self._asking else "", node)

    # -- conditions --------------------------------------------------------------------------

    def rails(self, node: Condition) -> ColumnRails:
        """Return when a condition is surely true, and when surely false."""
        found = self._rails.get(id(node))
        if found is None:
            found = self._rails[id(node)] = (node, self._railed(node))
        return found[1]

    def _railed(self, node: Condition) -> ColumnRails:
        match node:
            case Literal(bool() as value):
                return self._always(value)
            case AllOf(parts):
                return self.all(map(self.rails, parts))
            case AnyOf(parts):
                return self.any(map(self.rails, parts))
            case Not(part):
                return _opposite(self.rails(part))
            case Name():
                return self._yes_no(self.view(node))
            case Call(function) if function not in CALCULATIONS:
                raise self.refuse(f"the predicate {function}")
            case Known(key):
                return self._sure(self.is_known(key))
            case IsEmpty(key):
                return self._empty(key)
            case Compare(sign, left, right):
                return self._compare(sign, self.view(left), self.view(right))
            case OneOf(item, options):
                return self.is_one_of(self.view(item), [option.value for option in options])
            case InSet(item, key):
                return self._in_set(item, key)
            case _:
                return _NEVER

    def all(self, rails: Iterable[ColumnRails]) -> ColumnRails:
        """Return Kleene's "and" of any number of conditions."""
        each = list(rails)
        return ColumnRails(
            self.terms.all(r.true for r in each), self.terms.any(r.false for r in each)
        )

    def any(self, rails: Iterable[ColumnRails]) -> ColumnRails:
        """Return Kleene's "or" of any number of conditions."""
        each = list(rails)
        return ColumnRails(
            self.terms.any(r.true for r in each), self.terms.all(r.false for r in each)
        )

    def _always(self, value: bool) -> ColumnRails:
        return ColumnRails(TRUE, FALSE) if value else ColumnRails(FALSE, TRUE)

    def _sure(self, true: ColumnTerm) -> ColumnRails:
        return ColumnRails(true, self.terms.negated(true))

    def _yes_no(self, view: View) -> ColumnRails:
        if isinstance(view, Few):
            return ColumnRails(view.when.get(True, FALSE), view.when.get(False, FALSE))
        return _NEVER

    def known(self, view: View) -> ColumnTerm:
        """Return when a value is known."""
        if isinstance(view, Few):
            return view.known
        return FALSE if view.column is None else self._is_there(view.column)

    def _is_there(self, column: ColumnTerm) -> ColumnTerm:
        return TRUE if column.makes == "value" else self.terms.of("known", column)

    def is_known(self, key: str) -> ColumnTerm:
        """Return when a fact is known; a set, as a whole."""
        decider = self.rules.deciders.get(key)
        if isinstance(decider, Gathering):
            each = (self.word(key, word) for word in decider.words)
            decided = (self.terms.any([rails.true, rails.false]) for rails in each)
            return self.terms.all([self.closed(decider), *decided])
        return self.known(self.fact(key))

    def _compare(self, sign: str, left: View, right: View) -> ColumnRails:
        pairs = (len(each.when) for each in (left, right) if isinstance(each, Few))
        if isinstance(left, Few) and isinstance(right, Few) and _product(pairs) <= _LISTED:
            return self._compared(sign, left, right)
        if isinstance(left, Few) and isinstance(right, Many):
            return self._compare(TURNED[sign], right, left)
        if isinstance(left, Many) and isinstance(right, Few) and len(right.when) <= 8:
            each = [
                (when, self._against(sign, left, Many(self.literal(value), left.type)))
                for value, when in right.when.items()
            ]
            return ColumnRails(
                self.terms.any(self.terms.all([when, r.true]) for when, r in each),
                self.terms.any(self.terms.all([when, r.false]) for when, r in each),
            )
        return self._against(sign, self.column(left), self.column(right))

    def _compared(self, sign: str, left: Few, right: Few) -> ColumnRails:
        found: dict[bool | None, list[ColumnTerm]] = {True: [], False: [], None: []}
        for (one, when), (other, at) in product(left.when.items(), right.when.items()):
            found[compare(sign, one, other)].append(self.terms.all([when, at]))
        return ColumnRails(self.terms.any(found[True]), self.terms.any(found[False]))

    def _against(self, sign: str, left: Many, right: Many) -> ColumnRails:
        """Compare two columns; days in the form that both have."""
        if left.column is None or right.column is None:
            return _NEVER
        one, other = left.column, right.column
        if left.counted or right.counted:
            one, other = self.counted(left), self.counted(right)
        return ColumnRails(
            self.terms.of("compare", one, other, given=(sign,)),
            self.terms.of("compare", one, other, given=(_OPPOSITE[sign],)),
        )

    def is_one_of(self, view: View, values: list[Any]) -> ColumnRails:
        """Return whether a value is one of some."""
        if not values:
            return self._always(False)
        if isinstance(view, Few):
            among = {value: value in values for value in view.when}
            return ColumnRails(
                self.terms.any(when for value, when in view.when.items() if among[value]),
                self.terms.any(when for value, when in view.when.items() if not among[value]),
            )
        if view.column is None:
            return _NEVER
        if view.type in (FactType.DAY, FactType.MONEY):
            return self.any(
                self._against("==", view, Many(self.literal(value), view.type)) for value in values
            )
        return self._among(view.column, values)

    def _among(self, column: ColumnTerm, values: Iterable[Any]) -> ColumnRails:
        true = self.terms.of("among", column, given=tuple(sorted(set(values))))
        return ColumnRails(true, self.terms.all([self._is_there(column), self.terms.negated(true)]))

    def _in_set(self, item: Expression, key: str) -> ColumnRails:
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            return self._in_given(item, key)
        if isinstance(item, Literal):
            return self.word(key, str(item.value))
        view = self.view(item)
        each = [(self.is_one_of(view, [word]), self.word(key, word)) for word in decider.words]
        other = self.is_one_of(view, list(decider.words)).false
        return ColumnRails(
            self.terms.any(self.terms.all([is_it.true, held.true]) for is_it, held in each),
            self.terms.any(
                [other, *(self.terms.all([is_it.true, held.false]) for is_it, held in each)]
            ),
        )

    def _in_given(self, item: Expression, key: str) -> ColumnRails:
        fact = self.rules.facts.get(key)
        if fact is None or fact.derived or key not in self.recorded:
            return _NEVER
        there = self._is_there(self._given(key))

        def has(word: str) -> ColumnRails:
            true = self.terms.of("has", self._given(key), given=(word,))
            return ColumnRails(true, self.terms.all([there, self.terms.negated(true)]))

        if isinstance(item, Literal):
            return has(str(item.value))
        view, words = self.view(item), sorted(self.rules.names_of(fact))
        each = [(self.is_one_of(view, [word]).true, has(word)) for word in words]
        other = self.terms.all([there, self.is_one_of(view, words).false])
        return ColumnRails(
            self.terms.any(self.terms.all([when, r.true]) for when, r in each),
            self.terms.any([other, *(self.terms.all([when, r.false]) for when, r in each)]),
        )

    def _empty(self, key: str) -> ColumnRails:
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            fact = self.rules.facts.get(key)
            if fact is None or fact.derived or key not in self.recorded:
                return _NEVER
            true = self.terms.of("empty", self._given(key))
            there = self._is_there(self._given(key))
            return ColumnRails(true, self.terms.all([there, self.terms.negated(true)]))
        some = self.any(self.word(key, word) for word in decider.words)
        return ColumnRails(self.terms.all([some.false, self.closed(decider)]), some.true)

    # -- values ------------------------------------------------------------------------------

    def view(self, node: Expression) -> View:
        """Return the value of an expression."""
        match node:
            case Literal(value):
                return Few({value: TRUE}, TRUE)
            case Name(key):
                return self.fact(key)
            case Arithmetic(sign, left, right):
                return self._calculate(sign, self.column(self.view(left)), self.view(right))
            case Call(function, arguments) if function in CALCULATIONS:
                return self._call(function, [self.column(self.view(each)) for each in arguments])
            case condition:
                return self._truth(self.rails(condition))

    def _truth(self, rails: ColumnRails) -> Few:
        when = {True: rails.true, False: rails.false}
        return Few(when, self.terms.any(when.values()))

    def _calculate(self, sign: str, left: Many, other: View) -> View:
        right = self.column(other)
        if left.column is None or right.column is None:
            return Many(None, left.type)
        money = FactType.MONEY in (left.type, right.type)
        made = self.terms.of("reckon", left.column, right.column, given=(sign,))
        return Many(made, FactType.MONEY if money else FactType.WHOLE)

    def _call(self, function: str, arguments: list[Many]) -> View:
        columns = [self.counted(each) for each in arguments if each.column is not None]
        if len(columns) < len(arguments):
            return Many(None, FactType.DAY)
        is_day = function != "days_from"
        column = self.days.call(function, columns)
        return Many(column, FactType.DAY if is_day else FactType.WHOLE, is_day)

    def literal(self, value: Any) -> ColumnTerm:
        """Return a column that holds one value."""
        return self.terms.of("value", given=(value,))

    def counted(self, view: Many) -> ColumnTerm:
        """Return the column of a value, days as the number of days since 1 January 1970."""
        assert view.column is not None
        if view.type is not FactType.DAY or view.counted:
            return view.column
        return self.days.counted(view.column)

    def column(self, view: View) -> Many:
        """Return a value as a column."""
        if isinstance(view, Many):
            return view
        column = self.terms.chosen((when, self.literal(value)) for value, when in view.when.items())
        kind = next((_TYPES[type(value)] for value in view.when), FactType.TEXT)
        return Many(column, kind)

    def fact(self, key: str) -> View:
        """Return the value of a fact that is no set."""
        if key == ON:
            return Few({self.on: TRUE}, TRUE)
        found = self._views.get(key)
        if found is None:
            fact = self.rules.facts.get(key)
            if fact is not None and fact.derived:
                found = self._derived(key, fact.type)
            elif fact is None or key not in self.recorded:
                found = Few({}, FALSE)
            else:
                found = self._recorded(key, fact.type)
            self._views[key] = found
        return found

    def _given(self, key: str) -> ColumnTerm:
        fact = self.rules.facts[key]
        words = tuple(self.rules.names_of(fact)) if fact.type is FactType.CHOICE else ()
        return self.terms.of("given", given=(key, fact.type, words))

    def _recorded(self, key: str, kind: FactType) -> View:
        column = self._given(key)
        if kind is FactType.YES_NO:
            return self._truth(
                ColumnRails(self.terms.of("yes", column), self.terms.of("no", column))
            )
        return Many(column, kind)

    def _derived(self, key: str, kind: FactType) -> View:
        self._asking.append(key)
        try:
            match self.rules.deciders.get(key):
                case Choosing():
                    return self.chosen(key).value
                case Table() as table:
                    return self._look_up(table)
                case Measure() as measure:
                    raise self.refuse(f"the measure {measure.key} over {measure.over}")
                case Gathering():
                    raise self.refuse(f"the set {key} taken as one value")
            return Few({}, FALSE)
        finally:
            self._asking.pop()

    # -- tables ------------------------------------------------------------------------------

    def rows(self, table: Table) -> list[tuple[Row, ColumnTerm]]:
        """Return the rows of a table that can hold, each with when it is the one that does."""
        by = self.fact(table.by)
        asked = self.rules.rows[table.key]
        found: dict[int, tuple[Row, list[ColumnTerm]]] = {}

        def add(when: ColumnTerm, rows: Iterable[tuple[Condition, Row]]) -> None:
            before: list[ColumnTerm] = [when]
            for held, row in rows:
                true = self.rails(held).true
                of = found.setdefault(id(row), (row, []))
                of[1].append(self.terms.all([*before, true]))
                before.append(self.terms.negated(true))

        keys = [key for key in asked if key]
        if isinstance(by, Few):
            for value, when in by.when.items():
                add(when, asked.get(value) or asked.get("", ()))
        elif by.column is not None:
            for key in keys:
                add(self.is_one_of(by, [key]).true, asked[key])
            rest = self.is_one_of(by, list(keys)).false if keys else self.known(by)
            add(rest, asked.get("", ()))
        each = ((row, self.terms.any(when)) for row, when in found.values())
        return [(row, when) for row, when in each if when is not FALSE]

    def _look_up(self, table: Table) -> View:
        by_value: dict[Any, list[ColumnTerm]] = {}
        for row, when in self.rows(table):
            by_value.setdefault(row.value.value, []).append(when)
        return self._few({value: self._merged(when) for value, when in by_value.items()})

    def _merged(self, each: list[ColumnTerm]) -> ColumnTerm:
        """Return whether any of some terms is so; those that look in one column look once."""
        among: dict[ColumnTerm, list[Any]] = {}
        rest: list[ColumnTerm] = []
        for term in each:
            if term.makes == "among":
                among.setdefault(term.parts[0], []).extend(term.given)
            else:
                rest.append(term)
        rest += (self._among(column, values).true for column, values in among.items())
        return self.terms.any(rest)

    def _few(self, when: Mapping[Any, ColumnTerm]) -> Few:
        kept = {value: each for value, each in when.items() if each is not FALSE}
        return Few(kept, self.terms.any(kept.values()))

    # -- rules -------------------------------------------------------------------------------

    def overridden(self, clause: RuleClause, decider: Choosing | Gathering) -> ColumnRails:
        """Return whether a rule that overrides a clause decides anything."""
        keys = decider.overriders.get(clause.rule.key, ())
        return self.any(self.rails(decider.raw[key]) for key in keys)

    def way(self, clause: RuleClause, decider: Choosing | Gathering) -> CountingWay | None:
        """Return a clause with when it holds and counts; None where it never does."""
        holds = self.rails(clause.holds)
        if holds.false is TRUE:
            return None
        above = self.overridden(clause, decider)
        counts = self.all([holds, _opposite(above)])
        value = self.view(clause.value) if clause.value is not None else Few({}, FALSE)
        return CountingWay(clause, holds, counts, value)

    def chosen(self, key: str) -> _DecidedValue:
        """Return a fact that rules decide, with what decides it."""
        found = self._chosen.get(key)
        if found is None:
            decider = self.rules.deciders[key]
            assert isinstance(decider, Choosing)
            each = (self.way(clause, decider) for clause in decider.clauses)
            ways = tuple(way for way in each if way is not None)
            found = self._chosen[key] = self._choose(key, decider, ways)
        return found

    def _choose(self, key: str, decider: Choosing, ways: tuple[CountingWay, ...]) -> _DecidedValue:
        surely = self.terms.any(way.counts.true for way in ways)
        # Only a rule that another may override can hold, and not surely count.
        over = [way for way in ways if decider.overriders.get(way.clause.rule.key)]
        held = self.terms.any(way.holds.true for way in over)
        doubt = self.terms.all([held, self.terms.negated(surely)])
        few = all(isinstance(way.value, Few) for way in ways)
        made = self._settle_few if few else self._settle_many
        value, agreed = made(key, ways, surely, doubt)
        return _DecidedValue(value, ways, surely, agreed)

    def _settle_few(
        self, key: str, ways: tuple[CountingWay, ...], surely: ColumnTerm, doubt: ColumnTerm
    ) -> tuple[View, ColumnTerm]:
        terms = self.terms
        gives: dict[Any, list[tuple[CountingWay, ColumnTerm]]] = {None: []}
        for way in ways:
            assert isinstance(way.value, Few)
            for value, when in way.value.when.items():
                if when is not FALSE:
                    gives.setdefault(value, []).append((way, when))
            if (unknown := terms.negated(way.value.known)) is not FALSE:
                gives[None].append((way, unknown))
        decider = self.rules.deciders[key]
        assert isinstance(decider, Choosing)
        meeting: set[tuple[int, int]] = set()
        for one, other in self._ways.meeting([way.clause for way in ways]):
            if not exclude(one, other, decider):
                meeting |= {(id(one), id(other)), (id(other), id(one))}

        def clash(value: Any) -> ColumnTerm:
            """Return when a way counts that gives something else, beside one that gives it."""
            own = {id(way.clause) for way, _ in gives[value]}
            return terms.any(
                terms.all([way.counts.true, when])
                for other, given in gives.items()
                if other != value
                for way, when in given
                if any((one, id(way.clause)) in meeting for one in own)
            )

        def perhaps(value: Any) -> ColumnTerm:
            """Return when some way may count that gives a value."""
            return terms.any(
                terms.all([terms.negated(way.counts.false), when]) for way, when in gives[value]
            )

        found: dict[Any, ColumnTerm] = {}
        agreed: list[ColumnTerm] = []
        for value, given in gives.items():
            if value is None:
                continue
            sure = terms.any(terms.all([way.counts.true, when]) for way, when in given)
            found[value] = terms.all([sure, terms.negated(clash(value))])
            # Where one way alone gives the value, what may override it gives another.
            if doubt is not FALSE and len(given) > 1:
                others = [terms.negated(perhaps(each)) for each in gives if each != value]
                together = terms.all([doubt, perhaps(value), *others])
                agreed.append(together)
                found[value] = terms.any([found[value], together])
        return self._few(found), terms.any(agreed)

    def _settle_many(
        self, key: str, ways: tuple[CountingWay, ...], surely: ColumnTerm, doubt: ColumnTerm
    ) -> tuple[View, ColumnTerm]:
        terms, kind = self.terms, self.rules.facts[key].type
        values = [(way, self._plain(self.column(way.value))) for way in ways]
        perhaps = [
            terms.any([way.counts.true, terms.all([doubt, terms.negated(way.counts.false)])])
            for way in ways
        ]
        first = terms.chosen(
            [(way.counts.true, value) for way, value in values]
            + [(may, value) for may, (_, value) in zip(perhaps, values, strict=True)]
        )
        if first is None:
            return Many(None, kind), FALSE
        counted = kind is FactType.DAY
        differs: list[ColumnTerm] = []
        for (way, value), may in zip(values, perhaps, strict=True):
            counting = terms.any([way.counts.true, terms.all([terms.negated(surely), may])])
            same = FALSE if value is None else terms.of("compare", first, value, given=("==",))
            if value is not first:
                differs.append(terms.all([counting, terms.negated(same)]))
        settled = terms.negated(terms.any(differs))
        value = terms.chosen([(settled, first)])
        return Many(value, kind, counted), terms.all([doubt, settled, terms.of("known", first)])

    def _plain(self, view: Many) -> ColumnTerm | None:
        return None if view.column is None else self.counted(view)

    # -- sets --------------------------------------------------------------------------------

    def word(self, key: str, word: str) -> ColumnRails:
        """Return whether ``word`` is in the set ``key``."""
        found = self._words.get((key, word))
        if found is None:
            decider = self.rules.deciders[key]
            assert isinstance(decider, Gathering)
            self._asking.append(key)
            each = (self.way(clause, decider) for clause in decider.words.get(word, ()))
            found = self.any(way.counts for way in each if way is not None)
            self._words[key, word] = found
            self._asking.pop()
        return found

    def closed(self, gathering: Gathering) -> ColumnTerm:
        """Return whether nothing but the words that rules give can be in a set."""
        return self.terms.any(self.rails(clause.holds).true for clause in gathering.closing)


_TYPES: Mapping[type, FactType] = {
    bool: FactType.YES_NO,
    int: FactType.WHOLE,
    date: FactType.DAY,
    str: FactType.TEXT,
    Decimal: FactType.MONEY,
}


def _opposite(rails: ColumnRails) -> ColumnRails:
    """Return Kleene's "not"."""
    return ColumnRails(rails.false, rails.true)


def _product(numbers: Iterable[int]) -> int:
    found = 1
    for number in numbers:
        found *= number
    return found
