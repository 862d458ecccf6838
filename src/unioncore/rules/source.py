"""Writes the Python source of the compiled reading.

Every condition becomes two expressions, "surely true" and "surely false" (``_Rails``); where
neither holds it is not known. Columns will use the same two rails. Every fact becomes a local
variable (``_Operand``), worked out once. The source is made only of our own syntax: values that
come from definitions are bound by name, never written into it.
"""

import linecache
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from graphlib import TopologicalSorter
from itertools import count, groupby
from typing import Any, TypeVar

from attrs import frozen

from unioncore.legal import DayRange, Period
from unioncore.rules.condition import (
    FALSE,
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
    both,
    either,
)
from unioncore.rules.fact import FactType, InPart
from unioncore.rules.functions import CALCULATIONS, calculate, compare
from unioncore.rules.rule import ON, Measure, Measuring, Row, Table
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause, RuleSet
from unioncore.rules.ways import Ways

__all__ = ["Code", "Statements"]

T = TypeVar("T")
_At = TypeVar("_At", str, tuple[str, str])

_number = count()

_PLAIN = set(FactType) - {FactType.DAY, FactType.SET, FactType.COLLECTION}

_SEVERAL = 4
"""How many tests of one value become a look-up."""

_SHORT = 20
"""How long a choice between yes and no may be to be written as one expression."""


# -- what the source calls -----------------------------------------------------------------------


def _tri(true: bool, false: bool) -> bool | None:
    return True if true else False if false else None


def _agreed(*perhaps: tuple[bool, Any]) -> Any:
    """Return the value of the clauses that may count, if all of them agree."""
    values = [value for false, value in perhaps if not false]
    return values[0] if values and all(value == values[0] for value in values) else None


def _in_part(sure: list[str], perhaps: list[str], closed: bool) -> frozenset[str] | InPart:
    if closed and not perhaps:
        return frozenset(sure)
    return InPart(frozenset(sure), frozenset(perhaps), closed)


def _within(period: Period, day: Any) -> bool | None:
    begun = period.start is None or compare("<=", period.start, day)
    return (period.end is None or compare("<", day, period.end)) if begun else begun


def _first(rows: Iterable[Row], day: Any) -> Any:
    return next((row.value.value for row in rows if _within(row.period, day)), None)


def _look_up(rows: Mapping[Any, tuple[Row, ...]], rest: tuple[Row, ...], by: Any, day: Any) -> Any:
    return None if by is None else _first(rows.get(by, rest), day)


def _measure(take: Measuring, where: Callable[..., Any], subject: Any, records: Any) -> Any:
    if not records:
        return None
    truths = [where({**subject, **record}) for record in records]
    if take is Measuring.COUNT:
        return None if None in truths else truths.count(True)
    return both(truths) if take is Measuring.ALL else either(truths)


def _among(value: Any, options: tuple[Any, ...]) -> bool | None:
    return either(compare("==", value, option) for option in options)


_CALLED = {
    "agreed": _agreed,
    "among": _among,
    "calculate": calculate,
    "compare": compare,
    "date": date,
    "in_part": _in_part,
    "look_up": _look_up,
    "measure": _measure,
    "tri": _tri,
}

# -- expressions ---------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class _Operand:
    """A name or a constant in the source, and what is known of its value beforehand."""

    text: str
    known: bool = False
    """Whether it is never None."""
    plain: bool = False
    """Whether Python may compare it itself, unless it is None: it is no day range and no set."""


@frozen(eq=False, repr=False)
class _Rails:
    """Two expressions: surely true, surely false."""

    true: str
    false: str
    sure: bool = False
    """Whether one of the two always holds."""

    @classmethod
    def of(cls, true: str) -> "_Rails":
        """Return the rails of a condition that is never "not known"."""
        return cls(true, _not(true), True)

    @classmethod
    def joined(cls, true: str, false: str, rails: Iterable["_Rails"]) -> "_Rails":
        """Return the rails that are made of other rails."""
        if all(each.sure for each in rails) or "True" in (true, false):
            return cls.of("False" if false == "True" else true)
        return cls(true, false)


_NEVER = _Rails("False", "False")
"""Never known."""


def _not(text: str) -> str:
    return "False" if text == "True" else "True" if text == "False" else f"not {text}"


def _joined(parts: Iterable[str], word: str, neutral: str, absorbing: str) -> str:
    kept = list(dict.fromkeys(part for part in parts if part != neutral))
    if absorbing in kept:
        return absorbing
    return f"({f' {word} '.join(kept)})" if len(kept) > 1 else kept[0] if kept else neutral


def _and(parts: Iterable[str]) -> str:
    return _joined(parts, "and", "True", "False")


def _or(parts: Iterable[str]) -> str:
    return _joined(parts, "or", "False", "True")


def _until(rails: Iterable[_Rails], deciding: str) -> list[_Rails]:
    """Return the rails to the first that decides all of them: the rest need not be written."""
    found = []
    for each in rails:
        found.append(each)
        if each.sure and each.true == deciding:
            break
    return found


def _all(each: Iterable[_Rails]) -> _Rails:
    rails = _until(each, "False")
    return _Rails.joined(_and(r.true for r in rails), _or(r.false for r in rails), rails)


def _any(each: Iterable[_Rails]) -> _Rails:
    rails = _until(each, "True")
    return _Rails.joined(_or(r.true for r in rails), _and(r.false for r in rails), rails)


def _opposite(rails: _Rails) -> _Rails:
    return _Rails(rails.false, rails.true, rails.sure)


class Code:
    """What the parts of one function share: constants, names, and the recorded facts they read."""

    def __init__(self, rules: RuleSet, on: date | DayRange | None) -> None:
        self.rules = rules
        self.on = on
        """The day of the question, or the days that it is one of."""
        self.ways = Ways(rules)
        self.constants: dict[str, Any] = {}
        self.recorded: dict[str, str] = {}
        """For each recorded fact that is read, the local variable that holds it."""
        self._bound: dict[Any, str] = {}
        self._numbers = count()

    def asked(self, clause: RuleClause) -> Condition:
        """Return what a clause asks, without its period where the question's day decides it."""
        held = _within(clause.period, self.on) if clause.rule.dated_by == ON else None
        return clause.holds if held is None else clause.when if held else FALSE

    def name(self) -> str:
        """Return a new name for a local variable."""
        return f"x{next(self._numbers)}"

    def bind(self, value: Any, same: Any = None) -> str:
        """Return the name of a constant; what equals it in type and ``same`` shares its name."""
        at = (type(value), value) if same is None else (type(value), same)
        if at not in self._bound:
            self._bound[at] = f"c{len(self._bound)}"
            self.constants[self._bound[at]] = value
        return self._bound[at]

    def is_constant(self, text: str) -> bool:
        """Say whether an expression is a constant."""
        return text in ("True", "False", "None") or text in self.constants

    def read(self, key: str) -> str:
        """Return the local variable that holds a recorded fact."""
        return self.recorded.setdefault(key, f"r{len(self.recorded)}")

    def function(self, head: str, lines: Iterable[str]) -> Callable[..., Any]:
        """Return the function that the source makes."""
        source = "\n    ".join([head, *lines]) + "\n"
        file = f"<rules {next(_number)}>"
        # Lets a traceback show the line that was made, as attrs does for its methods.
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        space: dict[str, Any] = {**_CALLED, **self.constants}
        exec(compile(source, file, "exec"), space)
        made: Callable[..., Any] = space["decide"]
        return made


@frozen(eq=False, repr=False)
class _Way:
    """One clause that may give its value to a fact."""

    clause: RuleClause
    holds: _Rails
    value: _Operand


class Statements:
    """Writes the statements that work out facts, each once, in the order in which they are needed.

    With ``known`` every recorded fact is known and no day is a range; ``fixed`` are facts of which
    the value is known beforehand, and ``never`` are words that a fact, which is known, is not. Of
    what ``rest`` found for those with none of some words, ``fixed`` to one of these takes what is a
    constant and the same.
    """

    def __init__(
        self,
        source: Code,
        *,
        known: bool = False,
        fixed: Mapping[str, Any] | None = None,
        never: Mapping[str, frozenset[str]] | None = None,
        rest: "Statements | None" = None,
    ) -> None:
        self.source = source
        self.rules = source.rules
        self.known = known
        self.fixed = dict(fixed or {})
        if isinstance(source.on, date):
            self.fixed[ON] = source.on
        self.never = never or {}
        self.rest = rest
        self._told: set[str] = set()
        """The words among ``never`` for which something else would have been written."""
        self._told_of: dict[str | tuple[str, str], set[str]] = {}
        """The same for each fact, and each word of a set."""
        self.lines: list[str] = []
        self._facts: dict[str, _Operand] = {}
        self._words: dict[tuple[str, str], _Rails] = {}
        self._tests: dict[str, tuple[str, tuple[Any, ...]]] = {}
        """For expressions that say whether a value is one of some constants, both of these."""

    def hold(self, expression: str) -> str:
        """Keep the result of an expression in a local variable."""
        if expression.isidentifier():
            return expression
        name = self.source.name()
        self.lines.append(f"{name} = {expression}")
        return name

    # -- conditions --------------------------------------------------------------------------

    def rails(self, node: Condition) -> _Rails:
        """Return when a condition is surely true, and when surely false."""
        match node:
            case Literal(bool() as value):
                return _Rails.of(str(value))
            case AllOf(parts):
                return _all(map(self.rails, parts))
            case AnyOf(parts):
                return _any(map(self.rails, parts))
            case Not(part):
                return _opposite(self.rails(part))
            case Name() | Call():
                return self._yes_no(self.value(node))
            case Known(key):
                return self._is_known(key)
            case IsEmpty(key):
                return self._empty(key)
            case Compare():
                return self._compare(node)
            case OneOf(item, options):
                return self._one_of(item, options)
            case InSet(item, key):
                return self._in_set(item, key)
            case _:
                return _NEVER

    def _yes_no(self, term: _Operand) -> _Rails:
        if term.known:
            return _Rails.of(term.text)
        return _Rails(f"{term.text} is True", f"{term.text} is False")

    def _is_known(self, key: str) -> _Rails:
        decider = self.rules.deciders.get(key)
        if isinstance(decider, Gathering):
            words = [self.word(key, word) for word in decider.words]
            each = ["True" if w.sure else _or([w.true, w.false]) for w in words]
            return _Rails.of(_and([self._closed(decider).true, *each]))
        term = self.fact(key)
        return _Rails.of("True" if term.known else f"{term.text} is not None")

    @staticmethod
    def _guarded(text: str, *terms: _Operand, never_none: bool = False) -> _Rails:
        """Return the rails of what Python decides where the terms are known.

        With ``never_none`` it is false where one is None, so that "surely true" needs no guard.
        """
        guards = [f"{term.text} is not None" for term in terms if not term.known]
        if not guards:
            return _Rails.of(text)
        return _Rails(text if never_none else _and([*guards, text]), _and([*guards, _not(text)]))

    def _compare(self, node: Compare) -> _Rails:
        one, other = self._fixed(node.left), self._fixed(node.right)
        truth = compare(node.operator, self._beforehand(one), self._beforehand(other))
        if truth is not None:
            return _Rails.of(str(truth))
        if node.operator in ("==", "!=") and (self._never(one, other) or self._never(other, one)):
            return _Rails.of(str(node.operator == "!="))
        terms = left, right = self.value(one), self.value(other)
        if node.operator == "!=":
            return _opposite(self._compare(Compare("==", one, other)))
        text = f"{left.text} {node.operator} {right.text}"
        if left.plain and right.plain:
            equal = node.operator == "==" and (left.known or right.known)
            for term, constant in ((left.text, right.text), (right.text, left.text)):
                if equal and constant in self.source.constants:
                    self._tests[text] = (term, (self.source.constants[constant],))
            return self._guarded(text, *terms, never_none=equal)
        # Most days are days and no ranges.
        days = _and(f"{t.text}.__class__ is date" for t in terms if not (t.plain and t.known))
        call = f"compare({node.operator!r}, {left.text}, {right.text})"
        return _Rails(
            f"({text} if {days} else {call} is True)",
            f"({_not(text)} if {days} else {call} is False)",
        )

    def _fixed(self, node: Expression) -> Expression:
        if isinstance(node, Name) and node.key in self.fixed:
            return Literal(self.fixed[node.key])
        return node

    def _never(self, name: Expression, word: Expression) -> bool:
        """Whether a fact surely is not a word."""
        match name, word:
            case Name(key), Literal(str() as value) if value in self.never.get(key, ()):
                self._told.add(value)
                return True
        return False

    def _beforehand(self, node: Expression) -> Any:
        """Return what is known beforehand of a value, if anything; days may be a range."""
        if isinstance(node, Literal):
            return node.value
        return self.source.on if isinstance(node, Name) and node.key == ON else None

    def _one_of(self, item: Expression, options: tuple[Literal, ...]) -> _Rails:
        item = self._fixed(item)
        values = tuple(option.value for option in options if not self._never(item, option))
        if not values:
            return _Rails.of("False")  # whatever the value is, nothing is among nothing
        if isinstance(item, Literal):
            return _Rails.of(str(_among(item.value, values) is True))
        term = self.value(item)
        if term.plain:
            text = f"{term.text} in {self.source.bind(frozenset(values))}"
            self._tests[text] = (term.text, values)
            return self._guarded(text, term, never_none=True)
        found = self.hold(f"among({term.text}, {self.source.bind(values)})")
        return _Rails(f"{found} is True", f"{found} is False")

    def _in_set(self, item: Expression, key: str) -> _Rails:
        item = self._fixed(item)
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            term, group = self.value(item), self.fact(key)
            return self._guarded(f"{term.text} in {group.text}", term, group)
        if isinstance(item, Literal):
            return self.word(key, str(item.value))
        term = self.value(item)
        each = [(self.source.bind(word), self.word(key, word)) for word in decider.words]
        true = _or(_and([f"{term.text} == {word}", held.true]) for word, held in each)
        other = _and(f"{term.text} != {word}" for word, _ in each)
        false = _or([other, *(_and([f"{term.text} == {w}", held.false]) for w, held in each)])
        return _Rails(true, _and([f"{term.text} is not None", false]))

    def _empty(self, key: str) -> _Rails:
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            term = self.fact(key)
            return self._guarded(f"{_not(term.text)}", term)
        some = [self.word(key, word) for word in decider.words]
        closed = self._closed(decider).true
        return _Rails.joined(
            _and([*(word.false for word in some), closed]),
            _or(word.true for word in some),
            [*some, _Rails.of(closed) if closed == "True" else _NEVER],
        )

    # -- values ------------------------------------------------------------------------------

    def value(self, node: Expression) -> _Operand:
        """Return the value of an expression."""
        match self._fixed(node):
            case Literal(bool() as value):
                return _Operand(str(value), True, True)
            case Literal(value):
                return _Operand(self.source.bind(value), True, True)
            case Name(key):
                return self.fact(key)
            case Arithmetic(operator, left, right):
                terms = one, other = self.value(left), self.value(right)
                if all(term.known for term in terms):
                    return _Operand(self.hold(f"{one.text} {operator} {other.text}"), True, True)
                call = f"calculate({operator!r}, {one.text}, {other.text})"
                return _Operand(self.hold(call), False, True)
            case Call() as call:
                return self._call(call, [self.value(argument) for argument in call.arguments])
            case condition:
                rails = self.rails(condition)
                text = rails.true if rails.sure else f"tri({rails.true}, {rails.false})"
                return _Operand(self.hold(text), rails.sure, True)

    def _call(self, node: Call, terms: list[_Operand]) -> _Operand:
        given = ", ".join(term.text for term in terms)
        function = node.function
        if function in CALCULATIONS:
            text = self.hold(f"{self.source.bind(CALCULATIONS[function])}({given})")
            return _Operand(text, False, function == "days_from" or all(t.plain for t in terms))
        return _Operand(self.hold(f"{self.source.bind(partial(self.rules.test, node))}({given})"))

    def fact(self, key: str) -> _Operand:
        """Return the value of a fact; that of a set which is not known as a whole is None."""
        if key in self.fixed:
            return self.value(Literal(self.fixed[key]))
        return self._once(self._facts, key, lambda: self._alike(key) or self._fact(key))

    def _once(self, made: dict[_At, T], at: _At, make: Callable[[], T]) -> T:
        """Return what was made before, or make it; either way it counts as told by its words."""
        if at not in made:
            outside, self._told = self._told, set()
            made[at] = make()
            self._told_of[at], self._told = self._told, outside
        self._told |= self._told_of[at]
        return made[at]

    def _alike(self, key: str) -> _Operand | None:
        """Return the value of a fact where it is a constant and the same for the rest."""
        rest = self.rest
        if rest is None or key not in rest._facts:
            return None
        found, told = rest._facts[key], rest._told_of[key]
        same = self.source.is_constant(found.text) and told.isdisjoint(self.fixed.values())
        return found if same else None

    def _fact(self, key: str) -> _Operand:
        fact = self.rules.facts.get(key)
        plain = key == ON or (fact is not None and fact.type in _PLAIN)
        if fact is not None and fact.derived:
            found = self._derived(key)
            return _Operand(found.text, found.known, plain or found.plain)
        known_day = self.known and fact is not None and fact.type is FactType.DAY
        return _Operand(self.source.read(key), self.known, plain or known_day)

    def holds(self, key: str) -> _Rails:
        """Return whether a yes-or-no fact is true."""
        return self._yes_no(self.fact(key))

    def result(self, key: str) -> str:
        """Return the value of a fact, and what is known of a set that is not known as a whole."""
        decider = self.rules.deciders.get(key)
        return self._gather(key, decider) if isinstance(decider, Gathering) else self.fact(key).text

    def _derived(self, key: str) -> _Operand:
        match self.rules.deciders.get(key):
            case Choosing() as choosing:
                return self._choose(choosing)
            case Gathering() as gathering:
                found = self._gather(key, gathering)
                return _Operand(self.hold(f"{found} if {found}.__class__ is frozenset else None"))
            case Table() as table:
                return self._look_up(table)
            case Measure() as measure:
                source = Code(self.rules, self.source.on)
                where = Statements(source)
                test = where.value(measure.where).text
                reading = (f"{name} = record.get({key!r})" for key, name in source.recorded.items())
                lines = [*reading, *where.lines, f"return {test}"]
                decide = self.source.bind(source.function("def decide(record):", lines))
                take, records = self.source.bind(measure.take), self.fact(measure.over).text
                text = self.hold(f"measure({take}, {decide}, record, {records})")
                return _Operand(text, False, True)
        return _Operand("None")

    def _look_up(self, table: Table) -> _Operand:
        rows: dict[Any, tuple[Row, ...]] = {}
        for row in table.rows:
            for key in row.keys:
                rows[key] = (*rows.get(key, ()), row)
        by, at = self.value(Name(table.by)), (table.key, table.dated_by)
        day = self._beforehand(self._fixed(Name(table.dated_by)))
        if day is not None:
            held = self.source.bind({key: _first(those, day) for key, those in rows.items()}, at)
            rest = _first(table.otherwise, day)
            default = "None" if rest is None else self.value(Literal(rest)).text
            found = f"{held}.get({by.text}, {default})"
            if not by.known and rest is not None:
                found = f"None if {by.text} is None else {found}"
        else:
            held, rest = self.source.bind(rows, at), self.source.bind(table.otherwise)
            found = f"look_up({held}, {rest}, {by.text}, {self.fact(table.dated_by).text})"
        return _Operand(self.hold(found), False, True)

    # -- rules -------------------------------------------------------------------------------

    def _holds(self, clause: RuleClause) -> _Rails:
        return self.rails(self.source.asked(clause))

    def _above(self, clause: RuleClause, decider: Choosing | Gathering) -> list[_Rails]:
        """Return when the rules hold that override a clause."""
        return [
            _opposite(self.rails(decider.raw[key]))
            for key in decider.overriders.get(clause.rule.key, ())
        ]

    def _counts(self, way: "_Way", decider: Choosing | Gathering) -> _Rails:
        """Return whether a way holds and no rule that overrides it does."""
        return _all([way.holds, *self._above(way.clause, decider)])

    def _choose(self, choosing: Choosing) -> _Operand:
        ways = [
            _Way(clause, holds, self.value(clause.value) if clause.value else _Operand("None"))
            for clause in _in_order(choosing)
            if (holds := self._holds(clause)).false != "True"
        ]
        by_clause = {id(way.clause): way for way in ways}
        meeting: dict[int, list[_Way]] = {}
        for otherwise in (False, True):  # any rule of the one kind overrides those of the other
            clauses = [way.clause for way in ways if way.clause.rule.otherwise is otherwise]
            for one, other in self.source.ways.meeting(clauses):
                meeting.setdefault(id(one), []).append(by_clause[id(other)])
        chain: list[tuple[str, _Operand]] = []
        """When each way counts where none before it does, and the value that it gives then."""
        settled = True
        for way in ways:
            # Where no way before is in doubt, none before holds: so no rule that overrides it does.
            when = way.holds.true if settled else self._counts(way, choosing).true
            clash = _or(
                _and(
                    [
                        self._counts(other, choosing).true,
                        f"{other.value.text} != {way.value.text}",
                    ]
                )
                for other in meeting.get(id(way.clause), ())
                if not exclude(way.clause, other.clause, choosing)
            )
            if when != "False":
                value = way.value
                if clash != "False":
                    value = _Operand(f"None if {clash} else {value.text}", False, value.plain)
                chain.append((when, value))
            if when == "True":
                break
            settled = settled and way.holds.sure
        else:
            chain.append(("True", _Operand(self._agreed(ways, choosing))))
        return self._chosen(chain)

    def _agreed(self, ways: list["_Way"], choosing: Choosing) -> str:
        """Return the value where no way surely counts; all that may count must give the same."""
        counting = [(self._counts(way, choosing), way.value.text) for way in ways]
        perhaps = [f"({rails.false}, {value})" for rails, value in counting if not rails.sure]
        # A way that holds and does not count is one that a rule overrides.
        holds = _or(way.holds.true for way in ways if self._above(way.clause, choosing))
        if not perhaps or holds == "False":
            return "None"
        agreed = f"agreed({', '.join(perhaps)})"
        return agreed if holds == "True" else f"{agreed} if {holds} else None"

    def _chosen(self, chain: list[tuple[str, _Operand]]) -> _Operand:
        """Write the choice of the first of ``chain`` that holds; its last one does."""
        values = [value for _, value in chain]
        known, plain = (
            all(v.known for v in values),
            all(v.plain or v.text == "None" for v in values),
        )
        if len(chain) == 1:
            return _Operand(self.hold(values[0].text), known, plain)
        if len(chain) <= _SHORT and all(value.text in ("True", "False") for value in values):
            text = values[-1].text
            for when, value in reversed(chain[:-1]):
                text = _or([when, text]) if value.text == "True" else _and([_not(when), text])
            return _Operand(self.hold(text), known, plain)
        found = self.source.name()
        *tested, (_, last) = chain
        word = "if"
        for when, statement in self._looked_up(found, tested):
            self.lines.append(f"{word} {when}: {statement}")
            word = "elif"
        self.lines.append(f"else: {found} = {last.text}")
        return _Operand(found, known, plain)

    def _looked_up(
        self, found: str, chain: Iterable[tuple[str, _Operand]]
    ) -> Iterator[tuple[str, str]]:
        """Give each test with its statement; many tests of one value become one look-up."""
        for term, run in groupby(chain, key=self._told_by):
            tests = list(run)
            if term is None or len(tests) < _SEVERAL:
                yield from ((when, f"{found} = {value.text}") for when, value in tests)
                continue
            values: dict[Any, Any] = {}
            for when, value in tests:
                for each in self._tests[when][1]:
                    values.setdefault(each, self.source.constants[value.text])
            # No constant is None.
            held = self.source.bind(values, found)
            yield f"({found} := {held}.get({term})) is not None", "pass"

    def _told_by(self, test: tuple[str, _Operand]) -> str | None:
        """Return the value that alone tells whether a constant is chosen."""
        when, value = test
        constant = value.text in self.source.constants
        return self._tests[when][0] if constant and when in self._tests else None

    def word(self, key: str, word: str) -> _Rails:
        """Return whether ``word`` is in the set ``key``."""
        return self._once(self._words, (key, word), lambda: self._word(key, word))

    def _word(self, key: str, word: str) -> _Rails:
        rails = self._in(key, word)
        true = self.hold(rails.true)
        return _Rails.of(true) if rails.sure else _Rails(true, self.hold(rails.false))

    def _in(self, key: str, word: str) -> _Rails:
        if (key, word) in self._words:
            return self.word(key, word)
        decider = self.rules.deciders.get(key)
        assert isinstance(decider, Gathering)
        return _any(
            _all([self._holds(clause), *self._above(clause, decider)])
            for clause in decider.words.get(word, ())
        )

    def _closed(self, gathering: Gathering) -> _Rails:
        return _any(self.rails(self.source.asked(clause)) for clause in gathering.closing)

    def _gather(self, key: str, gathering: Gathering) -> str:
        """Write out a set, or what is known of it, and return its name."""
        words = [(word, self._in(key, word)) for word in gathering.words]
        closed = self._closed(gathering).true
        sure, perhaps = self.source.name(), self.source.name()
        self.lines += [f"{sure} = []", f"{perhaps} = []"]
        for word, rails in words:
            name = self.source.bind(word)
            if rails.true != "False":
                self.lines.append(f"if {rails.true}: {sure}.append({name})")
            if not rails.sure:
                other = "if" if rails.true == "False" else "elif"
                self.lines.append(f"{other} not {rails.false}: {perhaps}.append({name})")
        return self.hold(f"in_part({sure}, {perhaps}, {closed})")


def _in_order(choosing: Choosing) -> list[RuleClause]:
    """Return the clauses, each after those of the rules that override it."""
    by_rule: dict[str, list[RuleClause]] = {}
    for clause in choosing.clauses:
        by_rule.setdefault(clause.rule.key, []).append(clause)
    above = {key: by_rule.keys() & choosing.overriders.get(key, ()) for key in by_rule}
    place = {key: number for number, key in enumerate(by_rule)}
    order: Iterable[str] = by_rule
    if any(place[over] > place[key] for key, overs in above.items() for over in overs):
        order = TopologicalSorter(above).static_order()
    return [clause for key in order for clause in by_rule[key]]


def exclude(first: RuleClause, second: RuleClause, choosing: Choosing) -> bool:
    """Whether two clauses that may hold together never both count and give different values."""
    if first.value is not None and first.value == second.value:
        return True
    if first.rule is second.rule:
        return first.version is second.version or (
            first.version is not None
            and second.version is not None
            and not first.version.period.overlaps(second.version.period)
        )
    keys = first.rule.key, second.rule.key
    return any(a in choosing.overriders.get(b, ()) for a, b in (keys, keys[::-1]))
