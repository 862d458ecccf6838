"""The English reading: conditions and rules as sentences for people who do not read code."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

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
from unioncore.rules.functions import TURNED
from unioncore.rules.rule import Measure, Measuring, Rule, RuleException, RuleVersion
from unioncore.rules.ruleset import RuleSet, words_given
from unioncore.shown import Shown

__all__ = ["Outline", "Prose", "doubts", "long_date", "pounds", "series", "with_article"]

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
_UNLESS = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def long_date(day: date) -> str:
    """Return a day as people write it, such as 19 June 2009."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def pounds(amount: Decimal) -> str:
    """Return a sum of money, with pence where there are any, such as £1,250.50."""
    return f"£{amount:,}"


def series(items: Iterable[str], word: str = "and") -> str:
    """Join items as a sentence does: "a, b and c"."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def with_article(name: str) -> str:
    """Return a name as it stands in a sentence: the NHS Staff Council."""
    return name if name.lower().startswith("the ") else f"the {name}"


def doubts(conflict: str, not_known: str = "") -> str:
    """Return the sentences that follow where sources disagree, or it is not known what holds."""
    text = f" Whether this holds is not known: {not_known}." if not_known else ""
    return text + (f" Sources conflict: {conflict}." if conflict else "")


def _is_recorded(node: Condition) -> bool:
    """Whether it asks if a yes/no fact is known and has one answer: "it is recorded that ..."."""
    match node:
        case AllOf((Known(asked), Name(held) | Not(Name(held)))):
            return asked == held
    return False


def _paired(parts: tuple[Condition, ...]) -> Iterator[Condition]:
    """Give the parts that hold together; two that make one "it is recorded that ..." as one."""
    rest = list(parts)
    while rest:
        pair = AllOf(tuple(rest[:2]))
        together = 2 if len(rest) > 1 and _is_recorded(pair) else 1
        yield pair if together == 2 else rest[0]
        del rest[:together]


@frozen
class Outline(Shown, shows="parts"):
    """The parts of a condition; what is joined by the other word is an outline in it."""

    word: str
    """What joins them: ``and`` or ``or``."""
    parts: "tuple[str | Outline, ...]"

    @property
    def text(self) -> str:
        """The condition as one clause, with the outlines in it in brackets."""
        said = (part if isinstance(part, str) else f"({part.text})" for part in self.parts)
        return series(said, self.word)


class Prose:
    """Writes the conditions and rules of one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def label(self, key: str) -> str:
        """Return how a sentence speaks of a fact."""
        fact = self.rules.facts.get(key)
        return fact.label if fact is not None and fact.label else key

    def claim(self, key: str, holds: bool) -> str:
        """Return what a sentence says where the yes/no fact ``key`` holds, or does not."""
        if holds:
            return self.label(key)
        return self._denial(key) or f"it is not true that {self.label(key)}"

    def _denial(self, key: str) -> str:
        fact = self.rules.facts.get(key)
        return fact.denial if fact is not None else ""

    def word(self, key: str, word: Any) -> str:
        """Return the name that people read for a word of the fact ``key``."""
        fact = self.rules.facts.get(key)
        names = self.rules.names_of(fact) if fact is not None else {}
        return names.get(str(word), str(word))

    def words(self, key: str, words: Iterable[Any]) -> str:
        """Return words of the set ``key`` as a sentence lists them; a body has its article."""
        names = (self.word(key, word) for word in words)
        return series(map(with_article, names) if self._of_bodies(key) else names)

    def further(self, key: str, known: Collection[str]) -> str:
        """Return the question whether the set ``key`` holds more than is ``known`` of it."""
        label = self.label(key)
        kept = label.removeprefix("the ")
        if kept == label:
            return f"anything {'else ' if known else ''}is among {label}"
        return f"there are {'other' if known else 'any'} {kept}"

    def is_set(self, key: str) -> bool:
        """Whether a fact is answered by any number of words."""
        return self._is(key, FactType.SET)

    def _of_bodies(self, key: str) -> bool:
        fact = self.rules.facts.get(key)
        return fact is not None and fact.vocabulary == "body"

    def _is(self, key: str, *types: FactType) -> bool:
        fact = self.rules.facts.get(key)
        return fact is not None and fact.type in types

    def value(self, key: str, value: Any) -> str:
        """Return a value of the fact ``key`` as people write it."""
        match value:
            case None:
                return "not known"
            case bool():
                return "yes" if value else "no"
            case date():
                return long_date(value)
            case DayRange(date.min, latest):
                return f"on or before {long_date(latest)}"
            case DayRange(earliest, date.max):
                return f"on or after {long_date(earliest)}"
            case DayRange(earliest, latest):
                return f"between {long_date(earliest)} and {long_date(latest)}"
            case Decimal():
                return pounds(value)
            case frozenset():
                return series(self.word(key, item) for item in sorted(value)) or "none"
            case _:
                return self.word(key, value)

    def _is_day(self, node: Expression) -> bool:
        match node:
            case Literal(date()) | Call(
                "add_days" | "last_day_of_months" | "months_after" | "next_new_year" | "later"
            ):
                return True
            case Name(key):
                return self._is(key, FactType.DAY)
        return False

    # -- values ------------------------------------------------------------------------------

    def term(self, node: Expression, key: str = "") -> str:
        """Return the phrase for a value; ``key`` is the fact that it is compared with."""
        match node:
            case Literal(value):
                return self.value(key, value)
            case Name(name):
                return self.label(name)
            case Words(items):
                return series((self.value(key, item.value) for item in items), "or") or "none"
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
            case Call("months_after", (day, Literal(int() as count))):
                months = "1 month" if count == 1 else f"{count} months"
                return f"the day {months} after {self.term(day)}"
            case Call("months_after", (day, count)):
                return f"the day as many months after {self.term(day)} as {self.term(count)}"
            case Call("next_new_year", (day,)):
                return f"1 January of the year after {self.term(day)}"
            case Call("days_from", (first, second)):
                return f"the number of days from {self.term(first)} to {self.term(second)}"
            case Call("later", (first, second)):
                return f"the later of {self.term(first)} and {self.term(second)}"
            case Arithmetic("*", left, right):
                return f"{self._operand(left, '+-')} times {self._operand(right, '+-')}"
            case Arithmetic("+", left, right):
                return f"{self._operand(left)} plus {self._operand(right)}"
            case Arithmetic(_, left, right):
                return f"{self._operand(left)} minus {self._operand(right, '+-')}"
        return self.condition(node)

    def _operand(self, node: Expression, within: str = "") -> str:
        """Return a part of a calculation, in brackets where it would else run into the next."""
        match node:
            case Call() | Arithmetic("+" | "-"):
                bracketed = isinstance(node, Call) or node.operator in within
                return f"({self.term(node)})" if bracketed else self.term(node)
        return self.term(node)

    def _share(self, operator: str, left: Expression, right: Expression) -> str:
        """Return ``100 * a >= p * b`` as "a is at least p% of b"; "" for what is no share."""
        match (left, right):
            case (Arithmetic("*", Literal(2), part), Name()):
                share = f"half of {self.term(right)}"
            case (
                Arithmetic("*", Literal(100), part),
                Arithmetic("*", Literal(int() as percent), whole),
            ):
                share = f"{percent}% of {self._operand(whole, '+-')}"
            case (Arithmetic("*", Literal(100), part), Arithmetic("*", Name(key), whole)):
                of = f"of {self._operand(whole, '+-')}"
                label, only = self.label(key), self._only_value(key)
                share = f"{label}, in per cent {of}" if only is None else f"{only}% {of} ({label})"
            case _:
                return ""
        return f"{self._operand(part)} {_THAN[operator]} {share}"

    def _only_value(self, key: str) -> int | None:
        """Return the one number that the rules ever give ``key``; None where there are several."""
        rules = (rule for rule in self.rules.rules if rule.decides == key)
        values = {version.value for rule in rules for version in rule.versions}
        match list(values):
            case [Literal(int() as number)]:
                return number
        return None

    # -- conditions --------------------------------------------------------------------------

    def condition(self, node: Condition) -> str:
        """Return the sentence part for a condition.

        Two conditions that differ for some facts never share one; what is denied is denied part
        by part.
        """
        return self.outline(node).text

    def outline(self, node: Condition, holds: bool = True) -> "Outline":
        """Return the parts of a condition, or of its opposite, as a list may show them."""
        match node:
            case Not(part):
                return self.outline(part, not holds)
            case AllOf(parts) | AnyOf(parts) if not _is_recorded(node):
                word = "and" if isinstance(node, AllOf) is holds else "or"
                said: list[str | Outline] = []
                for part in _paired(parts) if isinstance(node, AllOf) else parts:
                    inner = self.outline(part, holds)
                    apart = len(inner.parts) > 1 and inner.word != word
                    said += [inner] if apart else inner.parts
                return Outline(word, tuple(said))
        return Outline("and", (self._leaf(node, holds),))

    def _leaf(self, node: Condition, holds: bool) -> str:
        no = "" if holds else " not"
        match node:
            case Literal(value):
                return "always" if value is holds else "never"
            case Name(key):
                return self.claim(key, holds)
            case IsEmpty(key):
                label = self.label(key)
                kept = label.removeprefix("the ")
                if kept == label:
                    return f"{'nothing' if holds else 'something'} is among {label}"
                return f"there are {'no ' if holds else ''}{kept}"
            case AllOf((Known(key), recorded)):
                claim = self.claim(key, isinstance(recorded, Name))
                return f"it is{no} recorded that {claim}"
            case Compare(operator, Literal() as left, right) if not isinstance(right, Literal):
                return self._leaf(Compare(TURNED[operator], right, left), holds)
            case Compare(operator, left, right):
                operator = operator if holds else _UNLESS[operator]
                share = self._share(operator, left, right)
                share = share or self._share(TURNED[operator], right, left)
                key = left.key if isinstance(left, Name) else ""
                days = self._is_day(left) or self._is_day(right)
                verb = (_DAYS if days else _THAN)[operator]
                return share or f"{self.term(left)} {verb} {self.term(right, key)}"
            case OneOf(item, ()):
                return f"{self.term(item)} is{no} one of none"
            case OneOf(item, options):
                key = item.key if isinstance(item, Name) else ""
                return f"{self.term(item)} is{no} {self.term(Words(options), key)}"
            case InSet(item, key):
                word = (
                    self.words(key, [item.value]) if isinstance(item, Literal) else self.term(item)
                )
                return f"{self.label(key)} {'' if holds else 'do not '}include {word}"
            case Known(key) if self._is(key, FactType.YES_NO):
                return f"it is{no} known whether {self.label(key)}"
            case Known(key):
                several = self._is(key, FactType.SET, FactType.COLLECTION)
                return f"{self.label(key)} {'are' if several else 'is'}{no} known"
            case Call(function, arguments) if function in self.rules.predicates:
                label = self.rules.predicates[function].label
                said = f"{label} ({series(map(self.term, arguments))})"
                return said if holds else f"it is not true that {said}"
            case NotReviewed(reason):
                return f"not known, because {reason}"
        return self.term(node)

    # -- rules -------------------------------------------------------------------------------

    def decides(self, rule: Rule, version: RuleVersion) -> str:
        """Return what a version of a rule gives, without its condition."""
        key, label = rule.decides, self.label(rule.decides)
        if self._is(key, FactType.SET):
            words = self.words(key, words_given(version.value))
            if words:
                return f"{label} include {words}"
            other = " other" if rule.otherwise else ""
            return f"there are no{other} {label.removeprefix('the ')}"
        return self.given(key, version.value)

    def given(self, key: str, value: Expression | None) -> str:
        """Return that the fact ``key`` has a value."""
        match value:
            case Literal(True) if self._is(key, FactType.YES_NO):
                return self.label(key)
            case Literal(False) if denial := self._denial(key):
                return denial
            case None:
                return f"{self.label(key)}: nothing"
            case Literal():
                return f"{self.label(key)}: {self.term(value, key)}"
            case computed if self._is(key, FactType.YES_NO):
                return f"{self.label(key)} if {self.condition(computed)}, and not otherwise"
            case computed:
                return f"{self.label(key)}: {self.term(computed)}"

    def under(self, key: str, given: str, clause: str) -> str:
        """Return what is given for ``key``, and the clause that says for whom.

        A bare claim runs on: "pickets need no supervisor when ...".
        """
        runs_on = given in (self.label(key), self._denial(key)) or self._is(key, FactType.SET)
        return f"{given}{'' if runs_on else ','} {clause}"

    def because(self, rule: Rule, version: RuleVersion) -> tuple[str, str]:
        """Return what a version of a rule gives, and the clause after "because" in it, if any."""
        given = self.decides(rule, version)
        if version.because:
            why = version.because
        elif version.when != TRUE:
            why = self.condition(version.when)
        else:
            return given, ""
        return f"{given}, because {why}", why

    def excepted(
        self, rule: Rule, version: RuleVersion, exception: RuleException
    ) -> tuple[str, str]:
        """Return what an exception gives, and the clause after "because" in it, if any."""
        key, why = rule.decides, exception.because
        if not self._is(key, FactType.SET):
            return f"{self.given(key, exception.value)}, because {why}", why
        words = self.words(key, words_given(version.value))
        no = "not covered by" if self._of_bodies(key) else f"{self.label(key)} do not include"
        return f"{no} {words}: {why}", ""

    def measure(self, measure: Measure) -> str:
        """Return how a measure is taken over the records of a collection."""
        over, where = self.label(measure.over), self.condition(measure.where)
        if measure.take is Measuring.COUNT:
            return f"{self.label(measure.decides)}: the number of {over} for which {where}"
        each = "each" if measure.take is Measuring.ALL else "at least one"
        return f"{self.label(measure.decides)} if, for {each} of {over}, {where}"

    def sentence(self, rule: Rule, version: RuleVersion) -> str:
        """Return a version of a rule as one or more English sentences."""
        text = self.decides(rule, version)
        of_set = self._is(rule.decides, FactType.SET)
        if version.when != TRUE:
            text = self.under(rule.decides, text, f"when {self.condition(version.when)}")
        # That nothing else is in a set takes nothing from what other rules put there.
        if rule.otherwise and not of_set:
            text += ", unless another rule decides it"
        text += "."
        for number, exception in enumerate(version.exceptions):
            when = self.condition(exception.when)
            # The first exception that holds is the one that counts.
            but = "Otherwise" if number and not of_set else "But"
            if of_set:
                text += f" But not when {when}"
            elif exception.value is None:
                text += f" {but} it is left open when {when}"
            else:
                given = self.given(rule.decides, exception.value)
                text += f" {but} {given.removeprefix(f'{self.label(rule.decides)}: ')} when {when}"
            text += f", because {exception.because}."
        if version.because:
            text += f" Why: {version.because}."
        text += doubts(version.conflict, version.not_known)
        return text[0].upper() + text[1:]
