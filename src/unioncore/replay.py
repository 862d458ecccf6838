"""Worked examples: questions with known answers, put to a rulebook.

An example is a record ``{id, kind, inputs, expected, source, ...}`` in a JSON list. Only the keys
in ``expected`` are compared: ``unknown`` means that the answer must be not known, and lists compare
as sets. An example that uses a fact or a word which no loaded plugin declares is not supported,
which is neither a pass nor a failure.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from attrs import frozen

from unioncore.answers import ask, read_facts
from unioncore.errors import BadDefinition, BadFacts, Fault, UnioncoreError
from unioncore.legal import DayRange
from unioncore.rulebook import Rulebook
from unioncore.rules import ON, FactType, Subject, from_plain, to_plain

__all__ = ["KINDS", "Difference", "Example", "Outcome", "Status", "read_examples", "replay"]


class Status(StrEnum):
    """How an example came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_SUPPORTED = "not supported"


@frozen
class Example:
    """One question with its known answers."""

    id: str
    kind: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    question: str = ""
    source: Any = None


@frozen
class Difference:
    """One key of an example for which the rulebook says something else."""

    key: str
    expected: Any
    got: Any
    explanation: str


@frozen
class Outcome:
    """What came of one example."""

    example: Example
    status: Status
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    """Why it is not supported."""


class _NotSupported(UnioncoreError):
    """The example needs what no loaded plugin declares."""


Kind = Callable[[Rulebook, Example], Iterator[Difference]]

KINDS: dict[str, Kind] = {}
"""The kinds of examples that can be replayed, each with what finds the differences."""

_FIELDS: Mapping[str, type] = {"id": str, "kind": str, "inputs": dict, "expected": dict}


def read_examples(path: Path) -> tuple[Example, ...]:
    """Read the examples in a file; raises ``BadDefinition`` with everything wrong in it."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        said = f"this is not a readable JSON file: {error}"
        raise BadDefinition((Fault("", path.name, "", said),)) from None
    if not isinstance(records, list):
        raise BadDefinition((Fault("", path.name, "", "expected a list of records"),))
    faults = []
    examples = []
    for number, record in enumerate(records):
        if not isinstance(record, dict):
            faults.append(Fault("", path.name, f"[{number}]", "expected a record"))
            continue
        wrong = [
            Fault("", path.name, f"[{number}].{field}", f"expected {kind.__name__} here")
            for field, kind in _FIELDS.items()
            if not isinstance(record.get(field), kind)
        ]
        faults.extend(wrong)
        if not wrong:
            known = {field: record[field] for field in _FIELDS}
            question = str(record.get("question") or "")
            examples.append(Example(**known, question=question, source=record.get("source")))
    if faults:
        raise BadDefinition(tuple(faults))
    return tuple(examples)


def replay(rulebook: Rulebook, example: Example) -> Outcome:
    """Put one example to the rulebook."""
    kind = KINDS.get(example.kind)
    if kind is None:
        return Outcome(example, Status.NOT_SUPPORTED, reason=f"no kind is called {example.kind}")
    try:
        differences = tuple(kind(rulebook, example))
    except _NotSupported as error:
        return Outcome(example, Status.NOT_SUPPORTED, reason=str(error))
    return Outcome(example, Status.FAILED if differences else Status.PASSED, differences)


def _malformed(key: str, wanted: Any, said: str) -> Difference:
    """Return that the example itself is wrong: a failure, so that a slip is not passed over."""
    return Difference(key, wanted, None, f"the example is wrong: {said}")


def _placement(rulebook: Rulebook, example: Example) -> Iterator[Difference]:
    on, given = example.inputs.get("on"), example.inputs.get("facts", {})
    try:
        on = DayRange.parse(on) if isinstance(on, str) else None
    except ValueError:
        on = None
    if isinstance(on, DayRange):
        raise _NotSupported("'on' is a month or a year, and a placement is asked on one day")
    if on is None:
        yield _malformed("on", example.inputs.get("on"), "'on' needs a day such as 2024-06-01")
        return
    if not isinstance(given, dict):
        yield _malformed("facts", given, "'facts' needs a record of facts")
        return
    facts = {}
    for key, plain in given.items():
        fact = rulebook.rules.facts.get(key)
        facts[key] = plain if fact is None else from_plain(fact, plain)
    try:
        read = read_facts(rulebook, facts)
    except BadFacts as error:
        wrong = [each for each in error.problems if not _undeclared(rulebook, facts, each.fact)]
        for each in wrong:
            yield _malformed(each.fact, facts[each.fact], str(each))
        if not wrong:
            raise _NotSupported(str(error.problems[0])) from None
        return
    expected = dict(example.expected)
    if not expected:
        yield _malformed("expected", {}, "it expects nothing, so nothing could fail")
    bodies = expected.pop("not_covered_by", [])
    if not isinstance(bodies, list):
        yield _malformed("not_covered_by", bodies, "'not_covered_by' needs a list of bodies")
        bodies = []
    for body in bodies:
        yield from _not_covered(rulebook, {**read, ON: on}, body)
    for key, wanted in expected.items():
        _check_supported(rulebook, key, wanted)
        answer = ask(rulebook, facts, key, on=on)[key]
        got = to_plain(answer.value) if answer.known else "unknown"
        if isinstance(wanted, list):
            same = isinstance(got, list) and set(wanted) == set(got)
        else:
            same = type(wanted) is type(got) and wanted == got
        if not same:
            yield Difference(key, wanted, got, answer.to_text())


def _undeclared(rulebook: Rulebook, facts: Mapping[str, Any], key: str) -> bool:
    """Whether a fact cannot be used only because no loaded plugin declares it, or its word."""
    fact = rulebook.rules.facts.get(key)
    if fact is None:
        return True
    value = facts[key]
    words = value if isinstance(value, list | frozenset) else [value]
    chosen = fact.type in (FactType.CHOICE, FactType.SET) and not fact.derived
    return chosen and all(isinstance(word, str) for word in words)


def _check_supported(rulebook: Rulebook, key: str, wanted: Any) -> None:
    fact = rulebook.rules.facts.get(key)
    if fact is None or not fact.derived:
        raise _NotSupported(f"no derived fact is called {key}")
    if fact.type in (FactType.CHOICE, FactType.SET) and wanted != "unknown":
        words = rulebook.rules.names_of(fact)
        for word in wanted if isinstance(wanted, list) else [wanted]:
            if not isinstance(word, str) or word not in words:
                raise _NotSupported(f"{key}: no plugin declares {word!r}")


def _not_covered(rulebook: Rulebook, facts: dict[str, Any], key: str) -> Iterator[Difference]:
    body = next((each for each in rulebook.definitions.bodies if each.key == key), None)
    if body is None:
        raise _NotSupported(f"no plugin declares the body {key!r}")
    covered = Subject(rulebook.rules, facts).has(body.decides, key)
    if covered is not False:
        got = "covered" if covered else "unknown"
        yield Difference("not_covered_by", key, got, f"whether {key} covers the post: {got}")


KINDS["placement"] = _placement
