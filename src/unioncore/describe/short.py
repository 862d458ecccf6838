"""Answers in a few lines, for people; ``Answer.to_text`` shows everything."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import attrs

from unioncore.answers import read_facts
from unioncore.rulebook import Rulebook
from unioncore.rules import (
    ON,
    Answer,
    Expression,
    Prose,
    Reason,
    Requirement,
    RuleSet,
    Subject,
    series,
)
from unioncore.rules.condition import AllOf, AnyOf

__all__ = ["Short"]


def named_on(rulebook: Rulebook, day: date) -> RuleSet:
    """Return the rules with the names that things had on ``day``, where these are known."""
    every = rulebook.definitions
    words = {vocabulary: dict(found) for vocabulary, found in rulebook.rules.words.items()}
    for kind in (every.service_groups, every.regions, every.branches, every.bodies):
        for definition in kind:
            name = next((v.name for v in definition.versions if day in v.period), None)
            if name is not None:
                word = definition.word()
                words[word.vocabulary][word.key] = attrs.evolve(word, name=name)
    return attrs.evolve(rulebook.rules, words=words)


def is_told(answer: Answer[Any]) -> bool:
    """Whether something is known that can be told: a value, or a part of a set."""
    return answer.known or (answer.in_part is not None and bool(answer.in_part.at_least))


class Short:
    """Writes answers about one person on one day: the value, why, by what authority, warnings."""

    def __init__(self, rulebook: Rulebook, facts: Mapping[str, Any], on: date) -> None:
        self.rules = rulebook.rules
        self.prose = Prose(named_on(rulebook, on))
        self.requirements = rulebook.named(Requirement)
        self.subject = Subject(rulebook.rules, {**read_facts(rulebook, facts), ON: on})
        self.warned: set[str] = set()

    def lines(self, answer: Answer[Any]) -> Iterator[str]:
        """Give the value, why, by what authority, and what one should know."""
        yield f"{self.label(answer.fact)}: {self.shown(answer)}"
        if not answer.known:
            yield f"  why not: {answer.reason}"
            yield f"  missing: {', '.join(answer.missing) or 'nothing that can be given'}"
        # Of the rules that decided it, the first says enough.
        direct = [reason for reason in answer.because if reason.fact == answer.fact]
        for reason in direct[:1] if is_told(answer) else ():
            if reason.rule.endswith("/verdict"):
                yield from self.verdict(answer)
            elif reason.plugin != "builtin":
                # A rule of the core only repeats what the fact means.
                yield f"  because {self.why(reason)}"
                yield from (f"  source: {citation}" for citation in reason.citations[:1])
        yield from self.warnings(answer)

    def shown(self, answer: Answer[Any]) -> str:
        """Return the value, what is known of a set in part, or that it is not known."""
        if answer.known:
            return self.prose.value(answer.fact, answer.value)
        part = answer.in_part
        name = partial(self.prose.word, answer.fact)
        return "not known" if part is None else part.to_text(name)

    def label(self, key: str) -> str:
        """Return a fact's label as a heading: without its article, with a capital."""
        label = self.prose.label(key).removeprefix("the ")
        return label[:1].upper() + label[1:]

    def warnings(self, answer: Answer[Any]) -> Iterator[str]:
        """Give the warnings of an answer that were not given yet."""
        for warning in answer.warnings:
            if warning not in self.warned:
                self.warned.add(warning)
                yield f"  warning: {warning}"

    def unknown(self, answers: Iterable[Answer[Any]]) -> Iterator[str]:
        """Give in one piece the answers that are not known; nothing where there are none."""
        unknown = list(answers)
        if not unknown:
            return
        yield f"Not known: {series(self.prose.label(each.fact) for each in unknown)}"
        # The others mostly wait for the first, so that its reason is the one to give.
        yield f"  why not: {unknown[0].reason}"
        missing = dict.fromkeys(name for each in unknown for name in each.missing)
        if missing:
            yield f"  missing: {', '.join(missing)}"
        for answer in unknown:
            yield from self.warnings(answer)

    def verdict(self, answer: Answer[Any]) -> Iterator[str]:
        """Give the requirements that decide a verdict: those that fail, or those that are met."""
        wanted = "met" if answer.value else "not-met"
        for reason in answer.because:
            requirement = self.requirements.get(reason.fact)
            if requirement is None or requirement.verdict != answer.fact:
                continue
            if self.subject.value(reason.fact) == wanted:
                yield f"  {wanted.replace('-', ' ')}: {requirement.label}"
                yield from (f"    source: {citation}" for citation in reason.citations[:1])

    def why(self, reason: Reason) -> str:
        """Say why in one clause; of a long condition, only what holds for this person."""
        for rule in self.rules.rules:
            for version in rule.versions if rule.key == reason.rule else ():
                if reason.why == self.prose.condition(version.when):
                    return series(self.holding(version.when))
        return reason.why or reason.text

    def holding(self, node: Expression) -> list[str]:
        """Give the parts of a condition that make it hold."""
        match node:
            case AllOf(parts):
                return [text for part in parts for text in self.holding(part)]
            case AnyOf(parts):
                return next((self.holding(part) for part in parts if self.subject.truth(part)), [])
        return [self.prose.condition(node)]

    def all(self, answers: Iterable[Answer[Any]], indent: str = "") -> Iterator[str]:
        """Give the lines of several answers."""
        for answer in answers:
            yield from (f"{indent}{line}" for line in self.lines(answer))
