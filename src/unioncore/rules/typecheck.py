"""Checks expressions against the facts of a rule set: every name, function, type and word."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from unioncore.errors import NotationError, did_you_mean, nearest
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
    NotReviewed,
    OneOf,
    Words,
)
from unioncore.rules.fact import Fact, FactType, read_value
from unioncore.rules.functions import TURNED
from unioncore.rules.notation import FUNCTIONS, parse, render
from unioncore.rules.ruleset import RuleSet, words_given

__all__ = ["check_condition", "check_value", "read_condition"]

_WORDS = (FactType.CHOICE, FactType.TEXT)
_NUMBERS = (FactType.WHOLE, FactType.MONEY)
_SAME = ("==", "!=")
_FEW = 6
"""How many words a message lists where none of them is near."""
_CALCULATES = ("+", "-", "*")
_ELSEWHERE = {"true": "True", "false": "False", "day": "on", "date": "on", "today": "on"}
"""What other notations call something that this one has, with its name here."""
_FORMS = {
    FactType.CHOICE: "one word in quotes",
    FactType.TEXT: "text in quotes",
    FactType.WHOLE: "a whole number without quotes",
    FactType.MONEY: "an amount of money",
    FactType.DAY: "a day such as 2009-06-19 without quotes",
    FactType.YES_NO: "true or false without quotes",
    FactType.COLLECTION: "records",
}
"""How a value of each type is written in a file; a set has a message of its own."""
_ARGUMENTS: dict[str, tuple[tuple[FactType, ...], FactType]] = {
    "add_days": ((FactType.DAY, FactType.WHOLE), FactType.DAY),
    "last_day_of_months": ((FactType.DAY, FactType.WHOLE), FactType.DAY),
    "months_after": ((FactType.DAY, FactType.WHOLE), FactType.DAY),
    "next_new_year": ((FactType.DAY,), FactType.DAY),
    "days_from": ((FactType.DAY, FactType.DAY), FactType.WHOLE),
    "later": ((FactType.DAY, FactType.DAY), FactType.DAY),
    "percent_of": ((FactType.MONEY, FactType.WHOLE), FactType.MONEY),
}


def _literal_type(value: object) -> FactType:
    match value:
        case bool():
            return FactType.YES_NO
        case int():
            return FactType.WHOLE
        case date():
            return FactType.DAY
        case Decimal():
            return FactType.MONEY
        case _:
            return FactType.TEXT


def _alike(first: FactType, second: FactType) -> bool:
    return first is second or (first in _WORDS and second in _WORDS)


class _Checker:
    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.faults: list[tuple[str, str]] = []
        """What is wrong, each with the fact that it is about where it is about one."""

    def fault(self, message: str, fact: str = "") -> None:
        self.faults.append((fact, message))

    def type_of(self, node: Expression) -> FactType | None:
        """Return the type of a value; None where a fault was found that hides it."""
        match node:
            case Literal(value):
                return _literal_type(value)
            case Name(key):
                return self._fact_type(key)
            case Arithmetic(_, left, right):
                return self._arithmetic(node, self.type_of(left), self.type_of(right))
            case Call():
                return self._call(node)
            case Compare():
                self._compare(node)
            case OneOf():
                self._one_of(node)
            case InSet():
                self._in_set(node)
            case IsEmpty(key):
                found = self._fact_type(key)
                if found not in (None, FactType.SET):
                    self.fault(f"only a set is compared with (), and {key} is {found}")
            case Known(key):
                self._fact_type(key)
            case Not(part):
                self.condition(part)
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.condition(part)
            case Words():
                self.fault(f"a group stands only after 'in': {render(node)}")
                return None
            case NotReviewed():
                pass
        return FactType.YES_NO

    def condition(self, node: Expression) -> None:
        found = self.type_of(node)
        if found not in (None, FactType.YES_NO):
            self.fault(f"{render(node)} is {found}, not a condition")

    def _fact_type(self, key: str) -> FactType | None:
        fact = self.rules.facts.get(key)
        if fact is None:
            meant = _ELSEWHERE.get(key.lower()) or nearest(key, self.rules.facts)
            self.fault(f"no fact is called {key}{did_you_mean(meant)}", key)
            return None
        return fact.type

    def _arithmetic(
        self, node: Arithmetic, left: FactType | None, right: FactType | None
    ) -> FactType | None:
        if left is None or right is None:
            return None
        whole = FactType.WHOLE
        if not self._has_operator(node, _CALCULATES):
            return None
        numbers = left in _NUMBERS and right in _NUMBERS
        fits = whole in (left, right) if node.operator == "*" else left is right
        if not (numbers and fits):
            self.fault(f"{render(node)} mixes {left} and {right}")
            return None
        return left if right is whole else right

    def _has_operator(self, node: Compare | Arithmetic, operators: Collection[str]) -> bool:
        """Whether its operator is one; no file can hold another, and a plugin in Python can."""
        if node.operator not in operators:
            self.fault(f"use {' or '.join(operators)}, not {node.operator!r}")
        return node.operator in operators

    def _call(self, node: Call) -> FactType | None:
        types = [self.type_of(argument) for argument in node.arguments]
        result: FactType
        expected: Sequence[FactType]
        if node.function in _ARGUMENTS:
            expected, result = _ARGUMENTS[node.function]
        elif node.function in self.rules.predicates:
            expected = self.rules.predicates[node.function].arguments
            result = FactType.YES_NO
        else:
            names = [*FUNCTIONS, *self.rules.predicates]
            hint = nearest(node.function, names)
            self.fault(f"no function is called {node.function}" + did_you_mean(hint))
            return None
        fits = len(expected) == len(types) and all(
            given is None or _alike(given, wanted)
            for given, wanted in zip(types, expected, strict=True)
        )
        if not fits:
            use = FUNCTIONS.get(node.function, f"{node.function}({', '.join(expected)})")
            self.fault(f"{render(node)} has the wrong arguments; write {use}")
        return result

    def _compare(self, node: Compare) -> None:
        if self._lacks_quotes(node.left, node.right) or self._lacks_quotes(node.right, node.left):
            return
        left, right = self.type_of(node.left), self.type_of(node.right)
        if left is None or right is None or not self._has_operator(node, TURNED):
            return
        if FactType.SET in (left, right) or FactType.COLLECTION in (left, right):
            self.fault(f"ask about a set with 'in', not {node.operator}: {render(node)}")
        elif not _alike(left, right):
            self.fault(f"{render(node)} compares {left} with {right}")
        elif node.operator not in _SAME and left not in (*_NUMBERS, FactType.DAY):
            self.fault(f"{render(node)} puts {left} in order; use == or in")
        self._words(node.left, node.right)
        self._words(node.right, node.left)

    def _lacks_quotes(self, named: Expression, other: Expression) -> bool:
        """Whether what a fact is compared with is a word of it that was meant to be in quotes."""
        fact = self.rules.facts.get(named.key) if isinstance(named, Name) else None
        word = _joined(other)
        if fact is None or word in self.rules.facts or word not in self.rules.names_of(fact):
            return False
        self.fault(f"{word} is a word; write it in quotes: '{word}'", fact.key)
        return True

    def _words(self, named: Expression, other: Expression) -> None:
        """Check that the words that a choice is compared with are words it can be."""
        if not isinstance(named, Name):
            return
        fact = self.rules.facts.get(named.key)
        if fact is None or fact.type not in (FactType.CHOICE, FactType.SET):
            return
        for item in other.items if isinstance(other, Words) else (other,):
            if isinstance(item, Literal):
                for fault in _word_faults(self.rules, fact, item):
                    self.fault(fault, fact.key)

    def _one_of(self, node: OneOf) -> None:
        item = self.type_of(node.item)
        for each in node.options:
            if item is not None and not _alike(item, _literal_type(each.value)):
                self.fault(f"{render(node)} compares {item} with another type")
                break
        self._words(node.item, Words(node.options))

    def _in_set(self, node: InSet) -> None:
        item, group = self.type_of(node.item), self._fact_type(node.key)
        if group not in (None, FactType.SET):
            self.fault(f"'in' needs a set, and {node.key} is {group}")
        elif item not in (None, *_WORDS):
            self.fault(f"a set holds words, and {render(node.item)} is {item}")
        self._words(Name(node.key), node.item)


def _joined(node: Expression) -> str:
    """Return a word that was written without quotes; empty where it cannot be one."""
    match node:
        case Name(key):
            return key
        case Arithmetic("-", left, right):
            first, second = _joined(left), _joined(right)
            return f"{first}-{second}" if first and second else ""
    return ""


def _word_faults(rules: RuleSet, fact: Fact, item: Literal) -> Iterator[str]:
    words = rules.names_of(fact)
    if isinstance(item.value, str) and item.value not in words:
        hint = nearest(item.value, words)
        few = f"; expected {' or '.join(fact.choices)}" if 0 < len(fact.choices) <= _FEW else ""
        yield f"{fact.key} has no word {item.value!r}" + (did_you_mean(hint) or few)


def check_condition(rules: RuleSet, node: Expression) -> list[tuple[str, str]]:
    """Return what is wrong with a condition, each with the one fact that it is about, or ""."""
    checker = _Checker(rules)
    checker.condition(node)
    return checker.faults


def read_condition(rules: RuleSet, text: str) -> Condition:
    """Return the condition over the facts of a rulebook that a text is, in the notation of rules.

    Raises:
        NotationError: when it is none, or names what no plugin declares.
    """
    found = parse(text)
    for _, said in check_condition(rules, found):
        raise NotationError(text, 1, said)
    return found


def check_value(rules: RuleSet, fact: Fact, node: Expression | None) -> list[str]:
    """Return what is wrong with an expression as a value of ``fact``."""
    if fact.type is FactType.SET:
        words = node.items if isinstance(node, Words) else (node,)
        if not all(isinstance(each, Literal) and isinstance(each.value, str) for each in words):
            return [f"{fact.key} is a set: give its words, in quotes"]
        given = [Literal(word) for word in words_given(node)]
        return [fault for word in given for fault in _word_faults(rules, fact, word)]
    if node is None or isinstance(node, Words):
        return [f"expected {_FORMS[fact.type]} for {fact.key}, and no list"]
    checker = _Checker(rules)
    found = checker.type_of(node)
    if found is not None and not _alike(found, fact.type):
        which = "" if isinstance(node, Literal) else f", which is {found}"
        said = f"expected {_FORMS[fact.type]} for {fact.key}, got {render(node)}{which}"
        if fact.type is FactType.MONEY and isinstance(node, Literal):
            said += f"; write compute = \"money('{node.value}')\""
        checker.fault(said)
    elif fact.type is FactType.MONEY and isinstance(node, Literal):
        # Only what is computed, such as a difference, may come below zero.
        if (problem := read_value(fact, node.value, {})[1]) is not None:
            checker.fault(f"expected {problem.expected}")
    elif fact.type is FactType.CHOICE and isinstance(node, Literal):
        for fault in _word_faults(rules, fact, node):
            checker.fault(fault)
    elif fact.type is FactType.CHOICE and isinstance(node, Name) and found is not None:
        other = rules.facts[node.key]
        if (other.vocabulary, other.choices) != (fact.vocabulary, fact.choices):
            checker.fault(f"{fact.key} and {node.key} are not answered by the same words")
    return [message for _, message in checker.faults]
