"""The explained reading: the same answer as the plain one, with the reasons for it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any

from attrs import frozen

from unioncore.legal import Citation
from unioncore.rules.answer import Answer, Part, Reason, Why
from unioncore.rules.compile import compile_values
from unioncore.rules.condition import (
    TRUE,
    AllOf,
    AnyOf,
    Compare,
    Condition,
    InSet,
    Literal,
    Name,
    all_of,
    names_in,
    not_,
)
from unioncore.rules.derivation import Asked, Derivation, Ground
from unioncore.rules.evaluate import Subject
from unioncore.rules.fact import Fact, FactType, InPart
from unioncore.rules.gaps import Gaps
from unioncore.rules.notation import render
from unioncore.rules.parting import Tell, partings
from unioncore.rules.prose import Prose
from unioncore.rules.rule import ON, OUTCOMES, Measure, Measuring, Row, Table
from unioncore.rules.ruleset import Choosing, Gathering, RuleClause, RuleSet

__all__ = ["Explainer", "Explanation", "explain"]


def _is(name: Name, value: Any) -> Condition:
    """Return the condition that a fact has a value."""
    if isinstance(value, bool):
        return name if value else not_(name)
    return Compare("==", name, Literal(value))


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
    return Explainer(rules, origins, fingerprint).about(given).answer(key)


_OFTEN = 50
"""How many times the same facts are asked about before they are compiled, which is dear."""


@frozen(eq=False, repr=False)
class _Shape:
    """A condition in words, with its parts; its truth is each subject's own."""

    text: str
    node: Condition
    parts: tuple["_Shape", ...]


@frozen(eq=False, repr=False)
class _Account:
    """What is said of a clause, a row or a measure, whoever it is about."""

    fact: str
    rule: str
    version: str
    plugin: str
    text: str
    why: str = ""
    dated_by: str = ON
    shown: _Shape | None = None
    overrides: tuple[_Shape, ...] = ()
    citations: tuple[Citation, ...] = ()
    doubts: tuple[str, ...] = ()
    """What somebody who relies on it should know."""
    checked_on: date | None = None
    """Where it holds on without an end: the last day on which that was checked."""


class Explainer:
    """Explains by one rule set; what does not depend on the subject is worked out once."""

    def __init__(
        self,
        rules: RuleSet,
        origins: Mapping[str, str],
        fingerprint: str = "",
        warnings: tuple[str, ...] = (),
        parting: Tell = lambda *_: None,
    ) -> None:
        self.rules = rules
        self.origins = origins
        self.fingerprint = fingerprint
        self.warnings = warnings
        """What every answer says."""
        self.parting = parting
        self.prose = Prose(rules)
        self.say = rules.say
        self._asked: Counter[tuple[str, ...]] = Counter()
        self._shapes: dict[int, _Shape] = {}
        self._told: dict[RuleClause | tuple[str, int], _Account] = {}

    def about(self, given: Mapping[str, Any]) -> "Explanation":
        """Return what can be said of one subject, of whom ``given`` is known."""
        return Explanation(self, given)

    def answers(self, given: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Answer[Any]]:
        """Answer derived facts about one subject: the values now, the reasons when looked at.

        What is asked often is decided by the compiled reading.
        """
        about = self.about(given)
        self._asked[names] += 1
        if self._asked[names] <= _OFTEN:
            return {name: about.answer(name) for name in names}
        decide = compile_values(self.rules, names)
        return {
            name: about.answer_of(name, found)
            for name, found in zip(names, decide(given), strict=True)
        }

    def shape(self, node: Condition, text: str = "") -> _Shape:
        """Return a condition in words; ``text`` stands for the whole of it."""
        found = self._shapes.get(id(node))
        if found is None or (text and found.text != text):
            match node:
                case AllOf(parts):
                    said = text or self.say("condition.all-of")
                case AnyOf(parts):
                    said = text or self.say("condition.any-of")
                case _:
                    parts = ()
                    said = text or self.prose.condition(node)
            found = _Shape(said, node, tuple(self.shape(part) for part in parts))
            if not text:
                self._shapes[id(node)] = found  # the shape keeps its node alive
        return found

    def told(self, ground: Ground, key: str) -> _Account:
        """Return what is said of a ground that decides the fact ``key``."""
        match ground.by:
            case RuleClause() as clause:
                at: RuleClause | tuple[str, int] = clause
            case by:
                at = (key, id(by))
        found = self._told.get(at)
        if found is None:
            found = self._told[at] = self._tell(ground, key)
        return found

    def doubts(self, conflict: str, citations: tuple[Citation, ...]) -> tuple[str, ...]:
        """Return what somebody who relies on what is cited so should know."""
        conflicts = (self.say("reason.conflict", why=conflict),) if conflict else ()
        return (*conflicts, *(citation.doubt for citation in citations if citation.doubt))

    def _tell(self, ground: Ground, key: str) -> _Account:
        match ground.by, ground.decider:
            case RuleClause() as clause, (Choosing() | Gathering()) as decider:
                return self._of_clause(clause, decider)
            case Row() as row, Table() as table:
                text = self.prose.given(key, row.value)
                names = "names" if row.keys else "does-not-name"
                by = self.prose.label(table.by)
                return _Account(
                    key,
                    table.key,
                    _version_name(row.period.start),
                    self.origins.get(table.key, ""),
                    self.say(f"reason.{names}", given=text, by=by),
                    dated_by=table.dated_by,
                    citations=row.citations,
                    doubts=self.doubts(row.conflict, row.citations),
                    checked_on=_checked(row.citations) if row.period.end is None else None,
                )
            case Measure() as measure, _:
                return _Account(
                    key,
                    measure.key,
                    "..",
                    self.origins.get(measure.key, ""),
                    self.prose.measure(measure),
                    citations=measure.citations,
                )
        raise AssertionError(ground)

    def _of_clause(self, clause: RuleClause, decider: Choosing | Gathering) -> _Account:
        rule, version, exception = clause.rule, clause.version, clause.exception
        assert version is not None  # a clause without a version never surely holds
        if exception is not None:
            text, why = self.prose.excepted(rule, version, exception)
            shown = exception.when
        else:
            text, why = self.prose.because(rule, version)
            shown = all_of(version.when, *(not_(each.when) for each in version.exceptions))
        cited = exception.citations if exception is not None else ()
        citations = cited or version.citations
        return _Account(
            rule.decides,
            rule.key,
            _version_name(version.period.start),
            self.origins.get(rule.key, ""),
            text,
            why,
            rule.dated_by,
            None if shown == TRUE else self.shape(shown),
            tuple(
                self.shape(decider.raw[key], self.say("reason.overrides", rule=key))
                for key in decider.overriders.get(rule.key, ())
                if key in rule.overrides or not rule.otherwise
            ),
            citations,
            self.doubts("" if cited else version.conflict, citations),
            _checked(citations) if version.period.end is None else None,
        )


class Explanation:
    """Everything that can be said of one subject; each part is worked out when it is asked for."""

    def __init__(self, explainer: Explainer, given: Mapping[str, Any]) -> None:
        self.explainer = explainer
        self.given = given

    @cached_property
    def subject(self) -> Subject:
        """The plain reading of the same facts."""
        return Subject(self.explainer.rules, self.given)

    @cached_property
    def _derivation(self) -> Derivation:
        return Derivation(self.subject)

    @cached_property
    def _gaps(self) -> Gaps:
        return Gaps(self.subject, self.explainer.prose)

    @cached_property
    def _contradictions(self) -> tuple[str, ...]:
        """What is given that cannot be so together; it is told with every answer."""
        return tuple(
            self.explainer.say("reason.contradiction", why=impossible.because)
            for impossible in self.explainer.rules.impossible
            if self.subject.truth(impossible.when)
        )

    @cached_property
    def _reasons(self) -> dict[tuple[Ground, bool], Reason]:
        return {}

    def answer(self, key: str) -> Answer[Any]:
        """Return the answer to the derived fact ``key``."""
        value = self.subject.value(key)
        return self.answer_of(key, self.subject.in_part(key) if value is None else value)

    def answer_of(self, key: str, found: Any) -> Answer[Any]:
        """Return the answer to ``key``, of which a reading found a value, a part of a set or None.

        Its reasons are worked out when they are first looked at.
        """
        fact = self.explainer.rules.facts[key]
        if type(found) is InPart:
            return self._made(fact, None, (key, ""), found)
        return self._made(fact, found, (key, ""))

    def has(self, key: str, word: str) -> Answer[bool]:
        """Return whether ``word`` is in the set ``key``; the rest of the set need not be known."""
        node = InSet(Literal(word), key)
        asked = Fact(render(node), FactType.YES_NO, self.explainer.prose.condition(node))
        return self._made(asked, self.subject.has(key, word), (key, word))

    def _made(
        self, fact: Fact, value: Any, asked: Asked, part: InPart | None = None
    ) -> Answer[Any]:
        return Answer(
            fact.key,
            fact.type,
            self.given[ON],
            value is not None,
            value,
            part,
            partial(self.why, asked),
            self.explainer.fingerprint,
            fact.label,
        )

    def why(self, asked: Asked) -> Why:
        """Return the reasons for what is known of a fact, or a word of it, and what is missing."""
        key, word = asked
        known = (self.subject.has(key, word) if word else self.subject.value(key)) is not None
        steps = list(self._derivation.steps(asked))
        missing, said = ((), ()) if known else self._gaps.of(asked)
        because = tuple(self._because(key, steps))
        return Why(
            because=because,
            reason="" if known else self._why_not(key, missing, said),
            missing=missing,
            warnings=tuple(
                dict.fromkeys(
                    (*self.explainer.warnings, *self._warnings(steps), *self._of_steps(because))
                )
            ),
        )

    def _because(self, key: str, steps: list[tuple[Asked, Ground]]) -> Iterator[Reason]:
        given: set[int] = set()
        for asked, ground in steps:
            if ground.by is None:
                continue
            reason = self._reason(ground, asked[0], short=asked[0] != key)
            if id(reason) not in given:
                given.add(id(reason))
                yield reason
        yield from dict.fromkeys(self._partings(key, steps))

    def _partings(self, key: str, steps: list[tuple[Asked, Ground]]) -> Iterator[Reason]:
        """Give a step for each number of months of which another reading would change something."""
        for fact in dict.fromkeys((key, *(asked[0] for asked, _ in steps))):
            decider = self.subject.decider(fact)
            if isinstance(decider, Choosing):
                yield from partings(self.subject, decider.clauses, self.explainer.parting)

    def _reason(self, ground: Ground, key: str, *, short: bool) -> Reason:
        at = (ground, short)
        if at not in self._reasons:
            told = self.explainer.told(ground, key)
            day = self.subject.value(told.dated_by)
            not_required = short and self._is_not_required(key)
            self._reasons[at] = Reason(
                fact=told.fact,
                rule=told.rule,
                version=told.version,
                plugin=told.plugin,
                text=self._of_which(told.text, ground),
                why=told.why,
                condition=self._part(told.shown) if told.shown and not not_required else None,
                overrides=() if not_required else tuple(map(self._part, told.overrides)),
                dated_by=told.dated_by,
                day="" if day is None else str(day),
                citations=() if not_required else told.citations,
                not_required=not_required,
            )
        return self._reasons[at]

    def _of_which(self, text: str, ground: Ground) -> str:
        """Add to a text which records of a collection decide it: those that fail, or that are."""
        measure = ground.by
        decides = {Measuring.ALL: False, Measuring.ANY: True}
        if not isinstance(measure, Measure) or measure.take not in decides:
            return text
        records = self.subject.value(measure.over) or ()
        read = names_in(measure.where)
        told = []
        for record in records:
            subject = Subject(self.explainer.rules, {**self.given, **record})
            if subject.truth(measure.where) is decides[measure.take]:
                day = next((key for key, value in record.items() if isinstance(value, date)), "")
                kept = [key for key in record if key in (day, *read) and record[key] is not None]
                said = (_is(Name(key), record[key]) for key in kept)
                told.append(self.explainer.say.series(map(self.explainer.prose.condition, said)))
        if not told:
            return text
        so = "so-of" if decides[measure.take] else "not-so-of"
        counts = {"few": len(told), "all": len(records), "which": "; ".join(told)}
        return self.explainer.say(f"reason.{so}", text=text, **counts)

    def _is_not_required(self, key: str) -> bool:
        """Whether a fact is a requirement's own, and the requirement does not apply."""
        fact = self.explainer.rules.facts.get(key)
        outcomes = fact is not None and fact.derived and fact.choices == OUTCOMES
        return outcomes and self.subject.value(key) == "not-required"

    def _part(self, shape: _Shape) -> Part:
        """Return a condition with the truth of every part of it."""
        return Part(shape.text, self.subject.truth(shape.node), tuple(map(self._part, shape.parts)))

    def _why_not(self, key: str, missing: tuple[str, ...], said: tuple[str, ...]) -> str:
        """Say in a sentence why ``key`` is not known."""
        say = self.explainer.say
        if key in self.subject.clashes:
            return say("reason.clash", rules=", ".join(self.subject.clashes[key]))
        if missing:
            return say("reason.not-given")
        return "; ".join(said) or say("reason.undecided")

    def _warnings(self, steps: list[tuple[Asked, Ground]]) -> Iterator[str]:
        """Give what somebody who relies on the answer should know."""
        on, say = self.given[ON], self.explainer.say
        yield from self._contradictions
        for asked, ground in steps:
            if ground.by is not None:
                told = self.explainer.told(ground, asked[0])
                yield from told.doubts
                if told.checked_on is not None and on > told.checked_on:
                    day = told.checked_on.isoformat()
                    yield say("reason.last-checked", day=day)

    def _of_steps(self, because: Iterable[Reason]) -> Iterator[str]:
        """Give the doubts about what the library's own steps cite."""
        for step in because:
            if step.step:
                yield from self.explainer.doubts("", step.citations)


def _version_name(first: date | None) -> str:
    return ".." if first is None else first.isoformat()


def _checked(citations: tuple[Citation, ...]) -> date | None:
    return max((citation.checked_on for citation in citations), default=None)
