"""The explained reading: the same answer as the plain one, with the reasons for it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from unioncore.legal import Citation, Confidence, DayRange
from unioncore.rules.answer import Answer, Part, Reason
from unioncore.rules.condition import (
    TRUE,
    AllOf,
    AnyOf,
    Condition,
    Expression,
    InSet,
    Not,
    NotReviewed,
    all_of,
    held_in,
    names_in,
    not_,
    walk,
)
from unioncore.rules.evaluate import Subject
from unioncore.rules.prose import Prose, series
from unioncore.rules.rule import ON, OUTCOMES, Measure, Rule, Table
from unioncore.rules.ruleset import Choosing, Clause, Gathering, RuleSet

__all__ = ["explain"]

Asked = tuple[str, str]
"""A fact, and the word of it that matters ("" for the whole fact)."""


def explain(
    rules: RuleSet,
    given: Mapping[str, Any],
    key: str,
    *,
    origins: Mapping[str, str],
    fingerprint: str = "",
) -> Answer[Any]:
    """Answer the derived fact ``key`` for one subject, with reasons.

    ``given`` holds facts read by ``read_value``, the day of the question as ``on`` among them;
    ``origins`` says which plugin each definition comes from.
    """
    return _Explainer(rules, Subject(rules, given), origins).answer(key, fingerprint)


def _version_name(first: date | None) -> str:
    return ".." if first is None else first.isoformat()


class _Explainer:
    def __init__(self, rules: RuleSet, subject: Subject, origins: Mapping[str, str]) -> None:
        self.rules = rules
        self.subject = subject
        self.origins = origins
        self.prose = Prose(rules)

    def answer(self, key: str, fingerprint: str) -> Answer[Any]:
        fact = self.rules.fact(key)
        value = self.subject.value(key)
        on = self.subject.given[ON]
        known = value is not None
        missing = () if known else tuple(sorted(self.missing(key, "", set())))
        reasons = tuple(self.reasons(key))
        return Answer(
            fact=key,
            type=fact.type,
            on=on,
            known=known,
            value=value,
            because=reasons,
            reason="" if known else self.why_not(key, missing),
            missing=missing,
            warnings=tuple(dict.fromkeys(self.warnings(key, on))),
            rulebook=fingerprint,
        )

    # -- why -----------------------------------------------------------------------------------

    def reasons(self, key: str) -> Iterator[Reason]:
        """Give what decides ``key``, then what that rests on, each once."""
        seen: set[Asked] = set()
        queue: list[Asked] = [(key, "")]
        given: set[Reason] = set()
        while queue:
            asked = queue.pop(0)
            if asked in seen:
                continue
            seen.add(asked)
            for reason, rests_on in self._direct(*asked):
                if asked[0] != key and self._is_not_required(asked[0]):
                    reason = attrs.evolve(
                        reason, condition=None, overrides=(), citations=(), not_required=True
                    )
                if reason not in given:
                    given.add(reason)
                    yield reason
                queue.extend(rests_on)

    def _is_not_required(self, key: str) -> bool:
        """Whether a fact is a requirement's own, and the requirement does not apply."""
        fact = self.rules.facts.get(key)
        outcomes = fact is not None and fact.derived and fact.choices == OUTCOMES
        return outcomes and self.subject.value(key) == "not-required"

    def _direct(self, key: str, word: str) -> Iterator[tuple[Reason, list[Asked]]]:
        match self.rules.deciders.get(key):
            case Choosing() as choosing:
                for clause in self._deciding(key, choosing):
                    yield self._reason(clause, choosing), self._rests_on(clause, choosing)
            case Gathering() as gathering:
                for clause in self._gathered(key, word, gathering):
                    yield self._reason(clause, gathering), self._rests_on(clause, gathering)
            case Table() as table:
                row = self.subject.row(table)
                if row is not None:
                    text = f"{self.prose.label(key)}: {self.prose.value(key, row.value.value)}"
                    by = self.prose.label(table.by)
                    listed = f"listed by {by}" if row.keys else f"not listed by {by}"
                    reason = Reason(
                        fact=key,
                        rule=table.key,
                        version=_version_name(row.period.start),
                        plugin=self.origins.get(table.key, ""),
                        text=f"{text} ({listed})",
                        dated_by=table.dated_by,
                        day=self._day(table.dated_by),
                        citations=row.citations,
                    )
                    yield reason, [(table.by, "")]
            case Measure() as measure:
                if self.subject.value(key) is not None:
                    label = self.prose.label(measure.over)
                    where = self.prose.condition(measure.where)
                    yield (
                        Reason(
                            fact=key,
                            rule=measure.key,
                            version="..",
                            plugin=self.origins.get(measure.key, ""),
                            text=f"{measure.take} of {label} where {where}",
                            day=self._day(ON),
                            citations=measure.citations,
                        ),
                        [(measure.over, "")],
                    )

    def _deciding(self, key: str, choosing: Choosing) -> list[Clause]:
        counts = {clause: self.subject.counts(clause, choosing) for clause in choosing.clauses}
        sure = [clause for clause, truth in counts.items() if truth]
        if sure or self.subject.value(key) is None:
            return sure
        return [clause for clause, truth in counts.items() if truth is None]

    def _gathered(self, key: str, word: str, gathering: Gathering) -> Iterator[Clause]:
        words = [word] if word else list(gathering.words)
        spared: list[Clause] = []
        for each in words:
            for clause in gathering.words.get(each, ()):
                if self.subject.counts(clause, gathering):
                    yield clause
                elif clause.version is not None:
                    spared.extend(self._spared(clause))
        yield from spared
        if not word:
            yield from (c for c in gathering.closing if self.subject.truth(c.holds))

    def _spared(self, clause: Clause) -> Iterator[Clause]:
        """Give the exception that alone kept a set rule from giving its word."""
        version, rule = clause.version, clause.rule
        if version is None:
            return
        force = held_in(version.period, rule.dated_by)
        if not (self.subject.truth(force) and self.subject.truth(version.when)):
            return
        for exception in version.exceptions:
            if self.subject.truth(exception.when):
                yield Clause(rule, version, exception, exception.when, clause.value)
                return

    def _reason(self, clause: Clause, decider: Choosing | Gathering) -> Reason:
        rule, version, exception = clause.rule, clause.version, clause.exception
        assert version is not None  # a clause without a version never surely holds
        if exception is not None:
            text = self.prose.excepted(rule, version, exception)
            shown: Condition = exception.when
        else:
            why = version.because or (
                self.prose.condition(version.when) if version.when != TRUE else ""
            )
            text = self.prose.decides(rule, version) + (f", because {why}" if why else "")
            shown = all_of(version.when, *(not_(each.when) for each in version.exceptions))
        overrides = tuple(
            self.part(decider.raw[key], f"{key} decides it instead")
            for key in decider.overriders.get(rule.key, ())
            if key in rule.overrides or not rule.otherwise
        )
        return Reason(
            fact=rule.decides,
            rule=rule.key,
            version=_version_name(version.period.start),
            plugin=self.origins.get(rule.key, ""),
            text=text,
            condition=None if shown == TRUE else self.part(shown),
            overrides=overrides,
            dated_by=rule.dated_by,
            day=self._day(rule.dated_by),
            citations=(exception.citations if exception is not None else ()) or version.citations,
        )

    def _day(self, key: str) -> str:
        day = self.subject.value(key)
        return "" if day is None else str(day)

    def part(self, node: Condition, text: str = "") -> Part:
        """Return a condition with the truth of every part of it."""
        match node:
            case AllOf(parts):
                text = text or "all of these"
            case AnyOf(parts):
                text = text or "at least one of these"
            case _:
                parts = ()
                text = text or self.prose.condition(node)
        return Part(text, self.subject.truth(node), tuple(self.part(part) for part in parts))

    def _rests_on(self, clause: Clause, decider: Choosing | Gathering) -> list[Asked]:
        found = list(self._support(clause.holds))
        for name in (clause.rule.dated_by, *(names_in(clause.value) if clause.value else ())):
            found.append((name, ""))
        for key in decider.overriders.get(clause.rule.key, ()):
            if not clause.rule.otherwise:
                found.extend(self._support(decider.raw[key]))
        return found

    def _support(self, node: Expression) -> Iterator[Asked]:
        """Give the derived facts that the truth of ``node`` rests on."""
        truth = self.subject.truth(node)
        match node:
            case AllOf(parts) | AnyOf(parts):
                decisive = isinstance(node, AnyOf)
                for part in parts:
                    if truth is not decisive or self.subject.truth(part) is decisive:
                        yield from self._support(part)
                        if truth is decisive:
                            return
            case Not(part):
                yield from self._support(part)
            case InSet(item, key):
                word = self.subject.evaluate(item)
                yield (key, word if isinstance(word, str) else "")
                yield from ((name, "") for name in names_in(item))
            case _:
                yield from ((name, "") for name in names_in(node))

    # -- why not ---------------------------------------------------------------------------------

    def missing(self, key: str, word: str, seen: set[Asked]) -> set[str]:
        """Return the recorded facts not given that could still decide ``key`` (or its ``word``)."""
        if (key, word) in seen:
            return set()
        seen.add((key, word))
        fact = self.rules.facts.get(key)
        if fact is None:
            return set()
        if not fact.derived:
            return {key} if self.subject.value(key) is None else set()
        match self.rules.deciders.get(key):
            case Choosing() as choosing:
                return self._missing_in(choosing.clauses, choosing, seen)
            case Gathering() as gathering:
                words = [word] if word else list(gathering.words)
                found: set[str] = set()
                for each in words:
                    if self.subject.has(key, each) is None:
                        found |= self._missing_in(gathering.words.get(each, ()), gathering, seen)
                if not word:
                    for clause in gathering.closing:
                        found |= self._missing_from(clause.holds, seen)
                return found
            case Table() as table:
                return self.missing(table.by, "", seen) | self.missing(table.dated_by, "", seen)
            case Measure() as measure:
                # What is asked of each record may rest on facts outside it, or not be recorded.
                read = (measure.over, *names_in(measure.where))
                return {each for name in read for each in self.missing(name, "", seen)}
        return set()

    def _missing_in(
        self, clauses: tuple[Clause, ...], decider: Choosing | Gathering, seen: set[Asked]
    ) -> set[str]:
        found: set[str] = set()
        for clause in clauses:
            truth = self.subject.counts(clause, decider)
            if truth is None:
                found |= self._missing_from(clause.holds, seen)
                for key in decider.overriders.get(clause.rule.key, ()):
                    found |= self._missing_from(decider.raw[key], seen)
            if truth is not False and clause.value is not None:
                for name in names_in(clause.value):
                    found |= self.missing(name, "", seen)
        return found

    def _missing_from(self, node: Expression, seen: set[Asked]) -> set[str]:
        found: set[str] = set()
        if self.subject.truth(node) is not None:
            return found
        match node:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    found |= self._missing_from(part, seen)
            case Not(part):
                found |= self._missing_from(part, seen)
            case InSet(item, key):
                word = self.subject.evaluate(item)
                for name in names_in(item):
                    found |= self.missing(name, "", seen)
                found |= self.missing(key, word if isinstance(word, str) else "", seen)
            case _:
                for name in names_in(node):
                    if self.subject.value(name) is None:
                        found |= self.missing(name, "", seen)
                    elif isinstance(self.subject.value(name), DayRange):
                        found.add(name)
        return found

    def why_not(self, key: str, missing: tuple[str, ...]) -> str:
        """Say in a sentence why ``key`` is not known."""
        if key in self.subject.clashes:
            return f"these rules hold together and disagree: {', '.join(self.subject.clashes[key])}"
        if missing:
            return "facts that matter were not given"
        found = dict.fromkeys(self._silences(key, set()))
        return "; ".join(found) or "the rules in force do not decide it"

    def _silences(self, key: str, seen: set[str]) -> Iterator[str]:
        """Give the reasons, other than facts not given, for which ``key`` is not known."""
        if key in seen or self.subject.value(key) is not None:
            return
        seen.add(key)
        match self.rules.deciders.get(key):
            case Choosing() as choosing:
                open_clauses = [
                    clause
                    for clause in choosing.clauses
                    if self.subject.counts(clause, choosing) is not False
                ]
                if not open_clauses:
                    rules = list(dict.fromkeys(clause.rule for clause in choosing.clauses))
                    excepted = [said for rule in rules for said in self._excepted(rule)]
                    yield from excepted or [self._no_rule(key, rules)]
                for clause in open_clauses:
                    yield from self._unreviewed(clause.holds)
                    read = [clause.holds] if clause.value is None else [clause.holds, clause.value]
                    for name in dict.fromkeys(name for node in read for name in names_in(node)):
                        yield from self._silences(name, seen)
            case Gathering() as gathering:
                for word, clauses in gathering.words.items():
                    if self.subject.has(key, word) is not None:
                        continue
                    for clause in clauses:
                        if self.subject.truth(clause.holds) is None:
                            yield from self._unreviewed(clause.holds)
                            for name in names_in(clause.holds):
                                yield from self._silences(name, seen)
                if self.subject.closed(gathering) is not True:
                    rules = [clause.rule for clause in gathering.closing]
                    if all(self.subject.truth(c.holds) is False for c in gathering.closing):
                        whole = f"no rule says that nothing else is among {self.prose.label(key)}"
                        yield f"{whole}: {self._no_rule(key, rules)}" if rules else whole
                    for clause in gathering.closing:
                        for name in names_in(clause.holds):
                            yield from self._silences(name, seen)
            case Table() as table:
                if self.subject.value(table.by) is None:
                    yield from self._silences(table.by, seen)
                else:
                    by = self.prose.label(table.by)
                    yield f"the table {table.key} does not list this value of {by} for the day"
            case Measure() as measure:
                yield f"{self.prose.label(measure.over)} are not recorded, or there are none"
            case None:
                fact = self.rules.facts.get(key)
                if fact is not None and fact.derived:
                    yield f"no plugin that is loaded decides {self.prose.label(key)}"

    def _unreviewed(self, node: Condition) -> Iterator[str]:
        yield from (part.reason for part in walk(node) if isinstance(part, NotReviewed))

    def _excepted(self, rule: Rule) -> Iterator[str]:
        """Say why a rule that would decide its fact is silent: an exception without a value."""
        for version in rule.versions:
            force = all_of(held_in(version.period, rule.dated_by), version.when)
            held = (each for each in version.exceptions if self.subject.truth(each.when))
            exception = next(held, None)
            if exception is None or exception.value is not None or not self.subject.truth(force):
                continue
            by = series(map(str, exception.citations or version.citations))
            label = self.prose.label(rule.decides)
            said = f"{rule.key} does not decide {label}, because {exception.because}"
            yield f"{said}, by {by}" if by else said

    def _no_rule(self, key: str, rules: list[Rule]) -> str:
        label = self.prose.label(key)
        in_force = [
            rule
            for rule in rules
            if any(
                self.subject.truth(held_in(version.period, rule.dated_by)) is not False
                for version in rule.versions
            )
        ]
        if in_force:
            return f"no rule in force decides {label} for these facts"
        starts = [v.period.start for rule in rules for v in rule.versions]
        first = min((start for start in starts if start is not None), default=None)
        if None not in starts and first is not None:
            return f"no rule for {label} is in force on the day; the first starts {first}"
        return f"no rule for {label} is in force on the day"

    # -- warnings --------------------------------------------------------------------------------

    def warnings(self, key: str, on: date) -> Iterator[str]:
        """Give what somebody who relies on the answer should know."""
        for impossible in self.rules.impossible:
            if self.subject.truth(impossible.when):
                yield f"the facts given contradict each other: {impossible.because}"
        seen: set[Asked] = set()
        queue: list[Asked] = [(key, "")]
        while queue:
            asked = queue.pop(0)
            if asked in seen:
                continue
            seen.add(asked)
            decider = self.rules.deciders.get(asked[0])
            if isinstance(decider, Choosing):
                clauses = self._deciding(asked[0], decider)
            elif isinstance(decider, Gathering):
                clauses = list(self._gathered(*asked, decider))
            else:
                clauses = []
                row = self.subject.row(decider) if isinstance(decider, Table) else None
                if row is not None:
                    open_end = row.period.end is None
                    yield from self._doubts(row.conflict, row.citations, open_end, on)
            for clause in clauses:
                assert clause.version is not None
                assert isinstance(decider, Choosing | Gathering)
                exception = clause.exception
                cited = (exception.citations if exception else ()) or clause.version.citations
                open_end = clause.version.period.end is None
                conflict = "" if exception and exception.citations else clause.version.conflict
                yield from self._doubts(conflict, cited, open_end, on)
                queue.extend(self._rests_on(clause, decider))
            if isinstance(decider, Table):
                queue.append((decider.by, ""))

    def _doubts(
        self, conflict: str, citations: tuple[Citation, ...], open_end: bool, on: date
    ) -> Iterator[str]:
        if conflict:
            yield f"sources conflict: {conflict}"
        for citation in citations:
            if citation.confidence is Confidence.REMEMBERED:
                yield f"not verified: rests on {citation}"
        checked = max((citation.checked_on for citation in citations), default=None)
        if open_end and checked is not None and on > checked:
            yield f"last checked on {checked.isoformat()}, before the day asked about"
