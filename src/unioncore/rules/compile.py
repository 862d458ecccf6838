"""The compiled reading: one Python function for many subjects, on one day or on any.

Every condition becomes two expressions, "surely true" and "surely false"; where neither holds it is
not known. Columns will use the same two rails. The source is made only of our own syntax: values
that come from definitions are bound by name, never written into it.
"""

import linecache
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any

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
    both,
    either,
    held_in,
)
from unioncore.rules.evaluate import Subject, settle
from unioncore.rules.fact import FactType
from unioncore.rules.functions import CALCULATIONS, calculate, compare
from unioncore.rules.rule import ON, Measure, Measuring, Row, Table
from unioncore.rules.ruleset import Choosing, Clause, Gathering, RuleSet

__all__ = ["compile_rules"]

Rails = tuple[str, str]
"""Two Python expressions: surely true, surely false."""

Compiled = Callable[[Mapping[str, Any]], tuple[Any, ...]]

_number = count()


def compile_rules(rules: RuleSet, names: Iterable[str], *, on: date | None = None) -> Compiled:
    """Return a function from a mapping of recorded facts to the values of the facts ``names``.

    The facts must have been read by ``read_value``; None, in or out, is "not known". With ``on``
    the function answers for that day and is shorter; without it each mapping holds its own ``on``.
    """
    writer = _Writer(rules, on)
    result = ", ".join(writer.value(Name(name)) for name in names)
    return writer.function(f"({result},)" if result else "()")


def _tri(true: bool, false: bool) -> bool | None:
    return True if true else False if false else None


def _look_up(table: Table, by: Any, day: Any) -> Any:
    if by is None:
        return None
    rows: Iterable[Row] = [row for row in table.rows if by in row.keys] or table.otherwise
    probe = Subject(RuleSet(), {table.dated_by: day})
    for row in rows:
        if probe.truth(held_in(row.period, table.dated_by)):
            return row.value.value
    return None


def _measure(take: Measuring, where: Compiled, subject: Mapping[str, Any], records: Any) -> Any:
    if not records:
        return None
    truths = [where({**subject, **record})[0] for record in records]
    if take is Measuring.COUNT:
        return None if None in truths else truths.count(True)
    return both(truths) if take is Measuring.ALL else either(truths)


def _among(value: Any, options: tuple[Any, ...]) -> bool | None:
    return either(compare("==", value, option) for option in options)


def _joined(parts: Iterable[str], word: str, neutral: str, absorbing: str) -> str:
    kept = [part for part in parts if part != neutral]
    if absorbing in kept:
        return absorbing
    return f"({f' {word} '.join(kept)})" if len(kept) > 1 else kept[0] if kept else neutral


def _and(parts: Iterable[str]) -> str:
    return _joined(parts, "and", "True", "False")


def _or(parts: Iterable[str]) -> str:
    return _joined(parts, "or", "False", "True")


class _Writer:
    """Writes the statements that work out facts, each once, in the order they are needed."""

    def __init__(self, rules: RuleSet, on: date | None) -> None:
        self.rules = rules
        self.on = on
        self.lines: list[str] = []
        self.bound: dict[str, Any] = {
            "calculate": calculate,
            "compare": compare,
            "settle": settle,
            "tri": _tri,
            "among": _among,
            "look_up": _look_up,
            "measure": _measure,
        }
        self.values: dict[str, str] = {}
        self.words: dict[tuple[str, str], Rails] = {}
        self.held: dict[Clause, Rails] = {}
        self.numbers = count()

    def function(self, result: str) -> Compiled:
        body = "\n".join(f"    {line}" for line in [*self.lines, f"return {result}"])
        source = f"def decide(record):\n    get = record.get\n{body}\n"
        file = f"<rules {next(_number)}>"
        # Lets a traceback show the line that was made, as attrs does for its methods.
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        exec(compile(source, file, "exec"), self.bound)
        made: Compiled = self.bound["decide"]
        return made

    def bind(self, value: Any) -> str:
        name = f"c{next(self.numbers)}"
        self.bound[name] = value
        return name

    def hold(self, expression: str) -> str:
        """Keep the result of an expression in a local variable."""
        if expression in ("True", "False", "None") or expression.isidentifier():
            return expression
        name = f"x{next(self.numbers)}"
        self.lines.append(f"{name} = {expression}")
        return name

    # -- conditions --------------------------------------------------------------------------

    def rails(self, node: Condition) -> Rails:
        match node:
            case Literal(bool() as value):
                return str(value), str(not value)
            case AllOf(parts):
                pairs = [self.rails(part) for part in parts]
                return _and(true for true, _ in pairs), _or(false for _, false in pairs)
            case AnyOf(parts):
                pairs = [self.rails(part) for part in parts]
                return _or(true for true, _ in pairs), _and(false for _, false in pairs)
            case Not(part):
                true, false = self.rails(part)
                return false, true
            case Name() | Call():
                found = self.hold(self.value(node))
                return f"{found} is True", f"{found} is False"
            case Known(key):
                found = self.hold(self.value(Name(key)))
                return f"{found} is not None", f"{found} is None"
            case IsEmpty(key):
                return self._empty(key)
            case Compare():
                return self._compare(node)
            case OneOf(item, options):
                return self._one_of(item, options)
            case InSet(item, key):
                return self._in_set(item, key)
            case _:
                return "False", "False"

    def _is_plain(self, node: Expression) -> bool:
        """Whether the values are never day ranges, so that Python may compare them itself."""
        match node:
            case Literal():
                return True
            case Name(key):
                fact = self.rules.facts.get(key)
                return key == ON or (fact is not None and fact.type is not FactType.DAY)
            case Arithmetic():
                return True
        return False

    def _compare(self, node: Compare) -> Rails:
        left, right = self._fixed(node.left), self._fixed(node.right)
        if isinstance(left, Literal) and isinstance(right, Literal):
            truth = compare(node.operator, left.value, right.value)
            return str(truth is True), str(truth is False)
        if not (self._is_plain(left) and self._is_plain(right)):
            found = self.hold(
                f"compare({node.operator!r}, {self.value(left)}, {self.value(right)})"
            )
            return f"{found} is True", f"{found} is False"
        first, second = self.hold(self.value(left)), self.hold(self.value(right))
        values = [v for v, n in ((first, left), (second, right)) if not isinstance(n, Literal)]
        guard = [f"{value} is not None" for value in values]
        opposite = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
        true = _and([*guard, f"{first} {node.operator} {second}"])
        false = _and([*guard, f"{first} {opposite[node.operator]} {second}"])
        return true, false

    def _fixed(self, node: Expression) -> Expression:
        return Literal(self.on) if self.on is not None and node == Name(ON) else node

    def _one_of(self, item: Expression, options: tuple[Literal, ...]) -> Rails:
        if not options:
            return "False", "True"  # whatever the value is, nothing is among nothing
        values = tuple(option.value for option in options)
        if not self._is_plain(item):
            found = self.hold(f"among({self.value(item)}, {self.bind(values)})")
            return f"{found} is True", f"{found} is False"
        found, group = self.hold(self.value(item)), self.bind(frozenset(values))
        given = f"{found} is not None"
        return _and([given, f"{found} in {group}"]), _and([given, f"{found} not in {group}"])

    def _in_set(self, item: Expression, key: str) -> Rails:
        decider = self.rules.deciders.get(key)
        if isinstance(decider, Gathering):
            if isinstance(item, Literal):
                return self.word(key, str(item.value))
            found = self.hold(self.value(item))
            each = [
                (_and([f"{found} == {self.bind(word)}"]), self.word(key, word))
                for word in decider.words
            ]
            true = _or(_and([is_it, rails[0]]) for is_it, rails in each)
            other = [f"{found} != {self.bind(word)}" for word in decider.words]
            false = _or([_and(other), *(_and([is_it, rails[1]]) for is_it, rails in each)])
            return true, _and([f"{found} is not None", false])
        found, group = self.hold(self.value(item)), self.hold(self.value(Name(key)))
        guard = [f"{found} is not None", f"{group} is not None"]
        return _and([*guard, f"{found} in {group}"]), _and([*guard, f"{found} not in {group}"])

    def _empty(self, key: str) -> Rails:
        decider = self.rules.deciders.get(key)
        if not isinstance(decider, Gathering):
            found = self.hold(self.value(Name(key)))
            guard = f"{found} is not None"
            return _and([guard, f"not {found}"]), _and([guard, f"len({found}) > 0"])
        words = [self.word(key, word) for word in decider.words]
        closed, _ = self._closed(decider)
        return _and([*(false for _, false in words), closed]), _or(true for true, _ in words)

    # -- values ------------------------------------------------------------------------------

    def value(self, node: Expression) -> str:
        match self._fixed(node):
            case Literal(bool() as value):
                return str(value)
            case Literal(value):
                return self.bind(value)
            case Name(key):
                return self._fact(key)
            case Arithmetic(operator, left, right):
                return f"calculate({operator!r}, {self.value(left)}, {self.value(right)})"
            case Call(function, arguments) if function in CALCULATIONS:
                values = ", ".join(self.value(argument) for argument in arguments)
                return f"{self.bind(CALCULATIONS[function])}({values})"
            case Call(function, arguments):
                predicate = self.rules.predicates.get(function)
                if predicate is None:
                    return "None"
                held = [self.hold(self.value(argument)) for argument in arguments]
                unknown = _or(f"{value} is None" for value in held)
                return f"(None if {unknown} else {self.bind(predicate.test)}({', '.join(held)}))"
            case condition:
                true, false = self.rails(condition)
                return f"tri({true}, {false})"

    def _fact(self, key: str) -> str:
        if key not in self.values:
            fact = self.rules.facts.get(key)
            derived = fact is not None and fact.derived
            found = self._derived(key) if derived else f"get({key!r})"
            self.values[key] = self.hold(found)
        return self.values[key]

    def _derived(self, key: str) -> str:
        match self.rules.deciders.get(key):
            case Choosing() as choosing:
                return self._choose(choosing)
            case Gathering() as gathering:
                return self._gather(key, gathering)
            case Table() as table:
                by, day = self.value(Name(table.by)), self.value(Name(table.dated_by))
                return f"look_up({self.bind(table)}, {by}, {day})"
            case Measure() as measure:
                where = _Writer(self.rules, self.on)
                test = where.function(f"({where.value(measure.where)},)")
                records = self.value(Name(measure.over))
                take = self.bind(measure.take)
                return f"measure({take}, {self.bind(test)}, record, {records})"
        return "None"

    def _holds(self, clause: Clause) -> Rails:
        if clause not in self.held:
            true, false = self.rails(clause.holds)
            self.held[clause] = self.hold(true), self.hold(false)
        return self.held[clause]

    def _counts(self, clause: Clause, decider: Choosing | Gathering) -> Rails:
        true, false = self._holds(clause)
        above = [
            self.rails(decider.raw[key]) for key in decider.overriders.get(clause.rule.key, ())
        ]
        return (
            self.hold(_and([true, *(false for _, false in above)])),
            self.hold(_or([false, *(true for true, _ in above)])),
        )

    def _choose(self, choosing: Choosing) -> str:
        candidates = []
        for clause in choosing.clauses:
            true, false = self._counts(clause, choosing)
            if false != "True":
                value = "None" if clause.value is None else self.hold(self.value(clause.value))
                candidates.append((true, false, value))
        if not candidates:
            return "None"
        raw = _or(self._holds(clause)[0] for clause in choosing.clauses)
        found = f"x{next(self.numbers)}"
        sure = " + ".join(true for true, _, _ in candidates)
        counting = ", ".join(f"(tri({t}, {f}), {v})" for t, f, v in candidates)
        self.lines += [
            f"if {sure} == 1:",
            *(
                f"    {'el' if number else ''}if {true}: {found} = {value}"
                for number, (true, _, value) in enumerate(candidates)
            ),
            "else:",
            f"    {found} = settle([{counting}], {raw})[0]",
        ]
        return found

    def word(self, key: str, word: str) -> Rails:
        """Return whether ``word`` is in the set ``key``."""
        if (key, word) not in self.words:
            decider = self.rules.deciders.get(key)
            assert isinstance(decider, Gathering)
            pairs = [self._counts(clause, decider) for clause in decider.words.get(word, ())]
            self.words[key, word] = (
                self.hold(_or(true for true, _ in pairs)),
                self.hold(_and(false for _, false in pairs)),
            )
        return self.words[key, word]

    def _closed(self, gathering: Gathering) -> Rails:
        pairs = [self.rails(clause.holds) for clause in gathering.closing]
        return _or(true for true, _ in pairs), _and(false for _, false in pairs)

    def _gather(self, key: str, gathering: Gathering) -> str:
        words = {word: self.word(key, word) for word in gathering.words}
        closed, _ = self._closed(gathering)
        known = _and([closed, *(_or(rails) for rails in words.values())])
        if known == "False":
            return "None"
        pairs = ", ".join(f"({self.bind(word)}, {true})" for word, (true, _) in words.items())
        return f"(frozenset(word for word, held in [{pairs}] if held) if {known} else None)"
