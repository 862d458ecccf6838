"""The English reading: conditions and rules as sentences for people who do not read code."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from unioncore.legal import DayRange
from unioncore.phrases import ENGLISH, Phrases, long_date, pounds, series
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

__all__ = ["Outline", "Prose", "doubted", "long_date", "pounds", "series", "with_article"]

_THAN = {
    "<": "less",
    "<=": "at-most",
    ">": "more",
    ">=": "at-least",
    "==": "is",
    "!=": "is-not",
}
_DAYS = {
    "<": "before",
    "<=": "on-or-before",
    ">": "after",
    ">=": "on-or-after",
    "==": "is",
    "!=": "is-not",
}
_UNLESS = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_LONG = 25
"""From how many words on a condition is easier to read as a list."""
_SUMS = {"*": "times", "+": "plus", "-": "minus"}


def with_article(name: str, say: Phrases = ENGLISH) -> str:
    """Return a name as it stands in a sentence: the NHS Staff Council."""
    return name if name.lower().startswith("the ") else say("value.the", name=name)


def doubted(text: str, conflict: str, not_known: str = "", say: Phrases = ENGLISH) -> str:
    """Add to a text that sources disagree, or that it is not known what holds."""
    if not_known:
        text = say("rule.not-known", text=text, why=not_known)
    return say("rule.conflict", text=text, why=conflict) if conflict else text


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
    say: Phrases = ENGLISH

    @property
    def text(self) -> str:
        """The condition as one clause, with the outlines in it in brackets."""
        return self.say.series(
            (
                part if isinstance(part, str) else self.say("list.in-brackets", part=part.text)
                for part in self.parts
            ),
            self.word,
        )


class Prose:
    """Writes the conditions and rules of one rule set, in its language."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.say = rules.say

    def label(self, key: str) -> str:
        """Return how a sentence speaks of a fact."""
        fact = self.rules.facts.get(key)
        return fact.label if fact is not None and fact.label else key

    def claim(self, key: str, holds: bool) -> str:
        """Return what a sentence says where the yes/no fact ``key`` holds, or does not."""
        if holds:
            return self.label(key)
        return self._denial(key) or self.say("condition.not-true", claim=self.label(key))

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
        names = [self.word(key, word) for word in words]
        if self._of_bodies(key):
            names = [with_article(name, self.say) for name in names]
        return self.say.series(names)

    def further(self, key: str, known: Collection[str]) -> str:
        """Return the question whether the set ``key`` holds more than is ``known`` of it."""
        label = self.label(key)
        kept = label.removeprefix("the ")
        if kept == label:
            return self.say(f"reason.anything{'-else' if known else ''}", set=label)
        return self.say(f"reason.there-are-{'other' if known else 'any'}", things=kept)

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
        say = self.say
        match value:
            case None:
                return say("value.not-known")
            case bool():
                return say("value.yes" if value else "value.no")
            case date():
                return say.long_date(value)
            case DayRange(date.min, latest):
                return say("day.until", latest=say.long_date(latest))
            case DayRange(earliest, date.max):
                return say("day.from", earliest=say.long_date(earliest))
            case DayRange(earliest, latest):
                first, last = say.long_date(earliest), say.long_date(latest)
                return say("day.between", earliest=first, latest=last)
            case Decimal():
                return say.pounds(value)
            case frozenset():
                names = (self.word(key, item) for item in sorted(value))
                return say.series(names) or say("value.none")
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
        say = self.say
        match node:
            case Literal(value):
                return self.value(key, value)
            case Name(name):
                return self.label(name)
            case Words(items):
                names = (self.value(key, item.value) for item in items)
                return say.series(names, "or") or say("value.none")
            case Call("add_days", (day, Literal(int() as count))):
                side = "after" if count >= 0 else "before"
                if abs(count) == 1:
                    return say(f"day.one-{side}", day=self.term(day))
                return say(f"day.{side}", count=abs(count), day=self.term(day))
            case Call("add_days", (day, count)):
                return say("day.as-many-after", day=self.term(day), count=self.term(count))
            case Call("last_day_of_months", (day, Literal(1))):
                return say("day.last-of-month", day=self.term(day))
            case Call("last_day_of_months", (day, Literal(int() as count))):
                return say("day.last-of-months", count=count, day=self.term(day))
            case Call("last_day_of_months", (day, count)):
                said = {"day": self.term(day), "count": self.term(count)}
                return say("day.last-of-as-many-months", **said)
            case Call("months_after", (day, Literal(1))):
                return say("day.month-after", day=self.term(day))
            case Call("months_after", (day, Literal(int() as count))):
                return say("day.months-after", count=count, day=self.term(day))
            case Call("months_after", (day, count)):
                said = {"day": self.term(day), "count": self.term(count)}
                return say("day.as-many-months-after", **said)
            case Call("next_new_year", (day,)):
                return say("day.new-year", day=self.term(day))
            case Call("days_from", (first, second)):
                ends = {"first": self.term(first), "second": self.term(second)}
                return say("day.number-between", **ends)
            case Call("later", (first, second)):
                return say("day.later", first=self.term(first), second=self.term(second))
            case Call("percent_of", (amount, percent)):
                said = {"whole": self._operand(amount, "+-"), "percent": self.term(percent)}
                is_number = isinstance(percent, Literal)
                return say("sum.per-cent" if is_number else "sum.percentage", **said)
            case Arithmetic(sign, left, right):
                within = {"*": ("+-", "+-"), "+": ("", ""), "-": ("", "+-")}[sign]
                sides = map(self._operand, (left, right), within)
                return say(f"sum.{_SUMS[sign]}", **dict(zip(("left", "right"), sides, strict=True)))
        return self.condition(node)

    def _operand(self, node: Expression, within: str = "") -> str:
        """Return a part of a calculation, in brackets where it would else run into the next."""
        said = self.term(node)
        match node:
            case Call() | Arithmetic("+" | "-"):
                if isinstance(node, Call) or node.operator in within:
                    return self.say("list.in-brackets", part=said)
        return said

    def _share(self, operator: str, left: Expression, right: Expression) -> str:
        """Return ``100 * a >= p * b`` as "a is at least p% of b"; "" for what is no share."""
        say = self.say
        match (left, right):
            case (Arithmetic("*", Literal(2), part), Name()):
                share = say("sum.half", whole=self.term(right))
            case (
                Arithmetic("*", Literal(100), part),
                Arithmetic("*", Literal(int() as percent), whole),
            ):
                share = say("sum.per-cent", percent=percent, whole=self._operand(whole, "+-"))
            case (Arithmetic("*", Literal(100), part), Arithmetic("*", Name(key), whole)):
                said = {"name": self.label(key), "whole": self._operand(whole, "+-")}
                only = self._only_value(key)
                if only is None:
                    share = say("sum.name-in-per-cent", **said)
                else:
                    share = say("sum.named-per-cent", percent=only, **said)
            case _:
                return ""
        return say(f"compare.{_THAN[operator]}", left=self._operand(part), right=share)

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

    def listed(self, node: Condition) -> str:
        """Return a long condition as a list in Markdown, which ends with an empty line.

        A short one is what ``condition`` returns.
        """
        outline = self.outline(node)
        if len(outline.parts) == 1 or len(outline.text.split()) <= _LONG:
            return outline.text
        return "\n".join((self._how(outline), "", *self._bullets(outline, ""), "", ""))

    def _how(self, outline: Outline) -> str:
        how = "all-hold" if outline.word == "and" else "one-holds"
        return self.say(f"condition.{how}")

    def _bullets(self, outline: Outline, indent: str) -> Iterator[str]:
        for part in outline.parts:
            if isinstance(part, str):
                yield f"{indent}- {part}"
            else:
                yield f"{indent}- {self._how(part)}"
                yield from self._bullets(part, f"{indent}  ")

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
                return Outline(word, tuple(said), self.say)
        return Outline("and", (self._leaf(node, holds),), self.say)

    def _leaf(self, node: Condition, holds: bool) -> str:
        say, no = self.say, "" if holds else "not-"
        match node:
            case Literal(value):
                return say("condition.always" if value is holds else "condition.never")
            case Name(key):
                return self.claim(key, holds)
            case IsEmpty(key):
                label = self.label(key)
                kept = label.removeprefix("the ")
                if kept == label:
                    which = "nothing" if holds else "something"
                    return say(f"condition.{which}-among", set=label)
                return say(f"condition.there-are{'-no' if holds else ''}", things=kept)
            case AllOf((Known(key), recorded)):
                claim = self.claim(key, isinstance(recorded, Name))
                return say(f"condition.{no}recorded", claim=claim)
            case Compare(operator, Literal() as left, right) if not isinstance(right, Literal):
                return self._leaf(Compare(TURNED[operator], right, left), holds)
            case Compare(operator, left, right):
                operator = operator if holds else _UNLESS[operator]
                if share := self._share(operator, left, right):
                    return share
                if share := self._share(TURNED[operator], right, left):
                    return share
                key = left.key if isinstance(left, Name) else ""
                days = self._is_day(left) or self._is_day(right)
                how = (_DAYS if days else _THAN)[operator]
                return say(f"compare.{how}", left=self.term(left), right=self.term(right, key))
            case OneOf(item, ()):
                return say(f"condition.{no}one-of-none", item=self.term(item))
            case OneOf(item, options):
                key = item.key if isinstance(item, Name) else ""
                said = {"left": self.term(item), "right": self.term(Words(options), key)}
                return say("compare.is" if holds else "compare.is-not", **said)
            case InSet(item, key):
                word = (
                    self.words(key, [item.value]) if isinstance(item, Literal) else self.term(item)
                )
                include = "include" if holds else "do-not-include"
                return say(f"condition.{include}", set=self.label(key), word=word)
            case Known(key) if self._is(key, FactType.YES_NO):
                return say(f"condition.{no}known-whether", claim=self.label(key))
            case Known(key) if self._is(key, FactType.SET, FactType.COLLECTION):
                return say(f"condition.are-{no}known", set=self.label(key))
            case Known(key):
                return say(f"condition.is-{no}known", name=self.label(key))
            case Call(function, arguments) if function in self.rules.predicates:
                label = self.rules.predicates[function].label
                listed = say.series(map(self.term, arguments))
                called = say("condition.called", name=label, arguments=listed)
                return called if holds else say("condition.not-true", claim=called)
            case NotReviewed(reason):
                return say("condition.not-known-because", why=reason)
        return self.term(node)

    # -- rules -------------------------------------------------------------------------------

    def decides(self, rule: Rule, version: RuleVersion) -> str:
        """Return what a version of a rule gives, without its condition."""
        key, label = rule.decides, self.label(rule.decides)
        if self._is(key, FactType.SET):
            words = self.words(key, words_given(version.value))
            if words:
                return self.say("rule.include", set=label, words=words)
            other = "other-" if rule.otherwise else ""
            return self.say(f"rule.no-{other}things", things=label.removeprefix("the "))
        return self.given(key, version.value)

    def given(self, key: str, value: Expression | None) -> str:
        """Return that the fact ``key`` has a value."""
        name = self.label(key)
        match value:
            case Literal(True) if self._is(key, FactType.YES_NO):
                return name
            case Literal(False) if denial := self._denial(key):
                return denial
            case None:
                return self.say("rule.nothing", name=name)
            case Literal():
                return self.say("rule.value", name=name, value=self.term(value, key))
            case computed if self._is(key, FactType.YES_NO):
                return self.say("rule.only-if", claim=name, condition=self.condition(computed))
            case computed:
                return self.say("rule.value", name=name, value=self.term(computed))

    def under(self, key: str, given: str, clause: str) -> str:
        """Return what is given for ``key``, and the clause that says for whom.

        A bare claim runs on: "pickets need no supervisor when ...".
        """
        runs_on = given in (self.label(key), self._denial(key)) or self._is(key, FactType.SET)
        return self.say("rule.under" if runs_on else "rule.under-apart", given=given, clause=clause)

    def because(self, rule: Rule, version: RuleVersion) -> tuple[str, str]:
        """Return what a version of a rule gives, and the clause after "because" in it, if any."""
        given = self.decides(rule, version)
        if version.because:
            why = version.because
        elif version.when != TRUE:
            why = self.condition(version.when)
        else:
            return given, ""
        return self.say("rule.because", given=given, why=why), why

    def excepted(
        self, rule: Rule, version: RuleVersion, exception: RuleException
    ) -> tuple[str, str]:
        """Return what an exception gives, and the clause after "because" in it, if any."""
        key, why = rule.decides, exception.because
        if not self._is(key, FactType.SET):
            given = self.given(key, exception.value)
            return self.say("rule.because", given=given, why=why), why
        words = self.words(key, words_given(version.value))
        if self._of_bodies(key):
            return self.say("rule.not-covered-by", words=words, why=why), ""
        return self.say("rule.set-without", set=self.label(key), words=words, why=why), ""

    def measure(self, measure: Measure) -> str:
        """Return how a measure is taken over the records of a collection."""
        how = {Measuring.COUNT: "count", Measuring.ALL: "each"}.get(measure.take, "any")
        return self.say(
            f"rule.{how}",
            name=self.label(measure.decides),
            records=self.label(measure.over),
            condition=self.condition(measure.where),
        )

    def sentence(self, rule: Rule, version: RuleVersion, *, listed: bool = False) -> str:
        """Return a version of a rule as one or more sentences.

        With ``listed`` a long condition is a list in Markdown.
        """
        say = self.say
        text = self.decides(rule, version)
        of_set = self._is(rule.decides, FactType.SET)
        if version.when != TRUE:
            when = self.listed(version.when) if listed else self.condition(version.when)
            clause = say("rule.when", condition=when)
            text = self.under(rule.decides, text, clause)
        # That nothing else is in a set takes nothing from what other rules put there.
        unless = rule.otherwise and not of_set
        if text.endswith("\n"):
            text = say("rule.unless-another-apart", text=text) if unless else text
        else:
            text = say("rule.unless-another", text=text) if unless else text
            text = say("rule.stop", text=text)
        for number, exception in enumerate(version.exceptions):
            said = {"condition": self.condition(exception.when), "why": exception.because}
            # The first exception that holds is the one that counts.
            but = "otherwise" if number and not of_set else "but"
            if of_set:
                text = say("rule.but-not", text=text, **said)
            elif exception.value is None:
                text = say(f"rule.{but}-open", text=text, **said)
            else:
                given = self.given(rule.decides, exception.value)
                given = given.removeprefix(f"{self.label(rule.decides)}: ")
                text = say(f"rule.{but}", text=text, given=given, **said)
        if version.because:
            text = say("rule.why", text=text, why=version.because)
        text = doubted(text, version.conflict, version.not_known, say)
        return text[0].upper() + text[1:]
