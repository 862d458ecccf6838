"""The English reading: conditions and rules as sentences for people who do not read code."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from unioncore.legal import DayRange
from unioncore.rules.condition import (
    TRUE,
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
from unioncore.rules.fact import FactType
from unioncore.rules.rule import Rule, RuleVersion
from unioncore.rules.ruleset import RuleSet, words_given

__all__ = ["Prose", "long_date", "series"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_THAN = {
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "==": "is",
    "!=": "is not",
}
_DAYS = {
    "<": "is before",
    "<=": "is on or before",
    ">": "is after",
    ">=": "is on or after",
    "==": "is",
    "!=": "is not",
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_UNLESS = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def long_date(day: date) -> str:
    """Return a day as people write it, such as 19 June 2009."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def series(items: Iterable[str], word: str = "and") -> str:
    """Join items as a sentence does: "a, b and c"."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


_CLAUSES = (" that ", " which ", " who ", " whom ", " whose ", " if ", " when ", " and ", " or ")


def _denied(label: str) -> str | None:
    """Return the opposite of a simple sentence: "the force is in it", "the force is not in it".

    None where the sentence has no "is" of its own, or more than one clause.
    """
    if label.count(" is ") != 1 or " not " in label or any(word in label for word in _CLAUSES):
        return None
    return label.replace(" is ", " is not ")


class Prose:
    """Writes the conditions and rules of one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def label(self, key: str) -> str:
        """Return how a sentence speaks of a fact."""
        fact = self.rules.facts.get(key)
        return fact.label if fact is not None and fact.label else key

    def word(self, key: str, word: Any) -> str:
        """Return the name that people read for a word of the fact ``key``."""
        fact = self.rules.facts.get(key)
        names = self.rules.names_of(fact) if fact is not None else {}
        return names.get(str(word), str(word))

    def value(self, key: str, value: Any) -> str:
        """Return a value of the fact ``key`` as people write it."""
        match value:
            case None:
                return "not known"
            case bool():
                return "yes" if value else "no"
            case date():
                return long_date(value)
            case DayRange():
                return f"between {long_date(value.earliest)} and {long_date(value.latest)}"
            case Decimal():
                return f"£{value:,}"
            case frozenset():
                return series(self.word(key, item) for item in sorted(value)) or "none"
            case _:
                return self.word(key, value)

    def _is_day(self, node: Expression) -> bool:
        match node:
            case Literal(date()) | Call("add_days" | "last_day_of_months" | "later"):
                return True
            case Name(key):
                fact = self.rules.facts.get(key)
                return fact is not None and fact.type is FactType.DAY
        return False

    def term(self, node: Expression, key: str = "") -> str:
        """Return the phrase for a value; ``key`` is the fact that it is compared with."""
        match node:
            case Literal(value):
                return self.value(key, value)
            case Name(name):
                return self.label(name)
            case Words(items):
                return series((self.value(key, item.value) for item in items), "or") or "nothing"
            case Call("add_days", (day, Literal(int() as count))):
                side = "after" if count >= 0 else "before"
                far = "" if abs(count) == 1 else f"{abs(count)} days "
                return f"the day {far}{side} {self.term(day)}"
            case Call("add_days", (day, count)):
                return f"the day as many days after {self.term(day)} as {self.term(count)}"
            case Call("last_day_of_months", (day, Literal(int() as count))):
                months = "1 month" if count == 1 else f"{count} months"
                return f"the last day of {months} beginning with {self.term(day)}"
            case Call("last_day_of_months", (day, count)):
                long = f"and as many months long as {self.term(count)}"
                return f"the last day of a period beginning with {self.term(day)} {long}"
            case Call("days_from", (first, second)):
                return f"the days from {self.term(first)} to {self.term(second)}"
            case Call("later", (first, second)):
                return f"the later of {self.term(first)} and {self.term(second)}"
            case Arithmetic(operator, left, right):
                sign = {"+": "plus", "-": "minus", "*": "times"}[operator]
                return f"{self.term(left)} {sign} {self.term(right)}"
        return self.condition(node)

    def condition(self, node: Condition) -> str:
        """Return the sentence part for a condition."""
        match node:
            case Literal(value):
                return "always" if value is True else "never"
            case Name(key):
                return self.label(key)
            case AllOf(parts):
                return series(self._nested(part) for part in parts)
            case AnyOf(parts):
                return series((self._nested(part) for part in parts), "or")
            case Not(AllOf((Known(asked), Name(held)))) if asked == held:
                return f"it is not recorded that {self.label(held)}"
            case Not(part):
                return self._opposite(part)
            case IsEmpty(key):
                return f"nothing is among {self.label(key)}"
            case Compare(operator, Literal() as left, right) if not isinstance(right, Literal):
                return self.condition(Compare(_TURNED[operator], right, left))
            case Compare(operator, left, right):
                key = left.key if isinstance(left, Name) else ""
                days = self._is_day(left) or self._is_day(right)
                verb = (_DAYS if days else _THAN)[operator]
                return f"{self.term(left)} {verb} {self.term(right, key)}"
            case OneOf(item, options):
                key = item.key if isinstance(item, Name) else ""
                return f"{self.term(item)} is {self.term(Words(options), key)}"
            case InSet(item, key):
                return f"{self.label(key)} include {self.term(item, key)}"
            case Known(key):
                return (
                    f"it is known whether {self.label(key)}"
                    if self._yes_no(key)
                    else (f"{self.label(key)} is known")
                )
            case Call(function, _) if function in self.rules.predicates:
                return self.rules.predicates[function].label
            case NotReviewed(reason):
                return f"not known, because {reason}"
        return self.term(node)

    def _yes_no(self, key: str) -> bool:
        fact = self.rules.facts.get(key)
        return fact is not None and fact.type is FactType.YES_NO

    def _nested(self, node: Condition) -> str:
        text = self.condition(node)
        return f"({text})" if isinstance(node, AllOf | AnyOf) else text

    def _opposite(self, part: Condition) -> str:
        match part:
            case Not(inner):
                return self.condition(inner)
            case Compare(operator, left, right):
                return self.condition(Compare(_UNLESS[operator], left, right))
            case IsEmpty(key):
                return f"something is among {self.label(key)}"
            case OneOf(item, options):
                key = item.key if isinstance(item, Name) else ""
                return f"{self.term(item)} is not {self.term(Words(options), key)}"
            case InSet(item, key):
                return f"{self.label(key)} do not include {self.term(item, key)}"
            case Name(key) if (label := _denied(self.label(key))) is not None:
                return label
        return f"it is not the case that {self._nested(part)}"

    # -- rules -------------------------------------------------------------------------------

    def decides(self, rule: Rule, version: RuleVersion) -> str:
        """Return what a version of a rule gives, without its condition."""
        label = self.label(rule.decides)
        fact = self.rules.facts.get(rule.decides)
        if fact is not None and fact.type is FactType.SET:
            words = series(self.word(rule.decides, w) for w in words_given(version.value))
            if words:
                return f"{label} include {words}"
            return f"nothing {'else ' if rule.otherwise else ''}is among {label}"
        match version.value:
            case Literal(bool() as value):
                return f"{label}: {'yes' if value else 'no'}"
            case Literal(value):
                return f"{label}: {self.value(rule.decides, value)}"
            case None:
                return f"{label}: nothing"
            case computed:
                return f"{label}: {self.term(computed)}"

    def sentence(self, rule: Rule, version: RuleVersion) -> str:
        """Return a version of a rule as one or more English sentences."""
        text = self.decides(rule, version)
        fact = self.rules.facts.get(rule.decides)
        of_set = fact is not None and fact.type is FactType.SET
        if version.when != TRUE:
            text += f"{'' if of_set else ','} when {self.condition(version.when)}"
        # That nothing else is in a set takes nothing from what other rules put there.
        if rule.otherwise and not of_set:
            text += ", unless another rule decides it"
        text += "."
        for exception in version.exceptions:
            when = self.condition(exception.when)
            if isinstance(exception.value, Literal):
                value = self.value(rule.decides, exception.value.value)
                text += f" When {when}, it is {value} instead"
            else:
                text += f" This is not so when {when}"
            text += f", because {exception.because}."
        if version.because:
            text += f" Why: {version.because}."
        if version.not_known:
            text += f" Not known, because {version.not_known}."
        if version.conflict:
            text += f" Sources conflict: {version.conflict}."
        return text[0].upper() + text[1:]
