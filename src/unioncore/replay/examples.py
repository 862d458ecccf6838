"""Worked examples: questions with known answers, put to a rulebook.

An example is a record ``{id, kind, inputs, expected, source, ...}`` in a JSON list. Only the keys
in ``expected`` are compared: ``unknown`` means that the answer must be not known,
``{"at_least": ["njc"]}`` that just so much of a set is sure (likewise ``perhaps`` and ``closed``),
and lists compare as sets. Where the answer is still ``null``, its author has to write it.

An example that uses a fact or a word which no loaded plugin declares is not supported, which is
neither a pass nor a failure; where it is a slip of one that is declared, it fails, as does one that
cannot be put at all, say for want of a day.

A kind of example is a function that ``register`` keeps under a name.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Any

from attrs import define, frozen

from unioncore.answers import ask, covers, read_facts
from unioncore.answers.working import agree
from unioncore.checked import checked
from unioncore.errors import (
    BadDefinition,
    BadFacts,
    Fault,
    Problem,
    UnioncoreError,
    did_you_mean,
    nearest,
    slip_of,
)
from unioncore.legal import DayRange
from unioncore.model import Body
from unioncore.numbers import half_up
from unioncore.paths import AnyPath, as_path, read_json
from unioncore.rulebook import Rulebook
from unioncore.rules import (
    ON,
    Answer,
    Fact,
    FactType,
    Named,
    facts_from_plain,
    long_date,
    series,
)
from unioncore.shown import Shown, plain

__all__ = [
    "UNKNOWN",
    "Compared",
    "Example",
    "Kind",
    "NotSupported",
    "Outcome",
    "Status",
    "kinds",
    "read_examples",
    "register",
    "replay",
]

UNKNOWN = "unknown"
"""How an example says that the answer must be not known."""


class Status(StrEnum):
    """How an example came out."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_SUPPORTED = "not supported"
    BLANK = "without an answer"
    """Its author has not filled the answer in."""


@frozen
class Example(Shown, shows="id kind"):
    """One question with its known answers."""

    id: str
    kind: str
    """The name under which the kind is registered, such as ``placement``."""
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    question: str = ""
    """The question in words."""
    source: Any = None
    """Where the answer comes from, as the file says it."""
    note: str = ""


@frozen
class Compared(Shown, shows="key agrees"):
    """One key of an example: what is expected, and what the rulebook says."""

    key: str
    expected: Any
    got: Any
    """The value as JSON holds it; ``unknown`` where it is not known."""
    agrees: bool
    explanation: str = ""
    """The answer with its reasons, as text."""
    rules: tuple[str, ...] = ()
    """The keys of the rules that the answer rests on."""


@frozen
class Outcome(Shown, shows="example status compared"):
    """What came of one example."""

    example: Example
    status: Status
    compared: tuple[Compared, ...] = ()
    """Every key that was compared."""
    reason: str = ""
    """Why it is not supported, or could not be put to the rulebook at all."""

    @property
    def differences(self) -> tuple[Compared, ...]:
        """The keys for which the rulebook says something else."""
        return tuple(each for each in self.compared if not each.agrees)

    def to_text(self) -> str:
        """Return the outcome as lines for people: each difference with both values, and why."""
        example = self.example
        head = f"{example.id}: {self.status}"
        lines = [f"{head}: {example.question}" if example.question else head]
        if self.reason:
            lines.append(f"  {self.reason}")
        for each in self.differences:
            lines.append(f"  {each.key}")
            lines.append(f"    expected: {_as_json(each.expected)}")
            lines.append(f"    got:      {_as_json(each.got)}")
            lines.extend(f"    {line}" for line in each.explanation.splitlines())
        return "\n".join(lines)


@define(eq=False)
class NotSupported(UnioncoreError):
    """An example needs what no loaded plugin declares."""

    reason: str
    name: str
    """What the example names."""
    known: Collection[str]
    """What there is."""

    @property
    def is_slip(self) -> bool:
        """Whether something that there is was surely meant: the example is wrong then."""
        return slip_of(self.name, self.known) is not None

    def __str__(self) -> str:
        return self.reason + did_you_mean(nearest(self.name, self.known))


# -- kinds -----------------------------------------------------------------------------------------

Kind = Callable[[Rulebook, Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]
"""Works an example out: from a rulebook, inputs and what is expected, the ``Answer`` or the plain
value for each expected key, or a tuple of ``Compared`` for a key that asks about several things.

What is expected is there to say which words and bodies are asked about. A kind raises
``NotSupported`` for what no plugin declares, and ``BadFacts`` for inputs of no use."""

_KINDS: dict[str, Kind] = {}
_FINDING: set[str] = set()
"""The kinds whose examples expect that nothing is found where they expect nothing."""


def register(kind: str, *, finding: bool = False) -> Callable[[Kind], Kind]:
    """Register a function as what works out the examples of one kind; a decorator.

    Args:
        kind: the name of the kind.
        finding: whether the function gives lists of what was found. An example that expects nothing
            then expects that each list is empty.

    Raises:
        ValueError: when the kind is registered already.
    """

    def keep(function: Kind) -> Kind:
        if kind in _KINDS:
            raise ValueError(f"examples of the kind {kind!r} are worked out already")
        _KINDS[kind] = function
        if finding:
            _FINDING.add(kind)
        return function

    return keep


def kinds() -> tuple[str, ...]:
    """Return the registered kinds, by name."""
    return tuple(sorted(_KINDS))


@checked
def replay(rulebook: Rulebook, example: Example) -> Outcome:
    """Put one example to the rulebook, and compare every key that is expected."""
    kind = _KINDS.get(example.kind)
    if kind is None:
        said = f"no kind is called {example.kind}"
        return _unsupported(example, NotSupported(said, example.kind, _KINDS))
    expected = example.expected
    if not (expected or example.kind in _FINDING):
        return Outcome(example, Status.FAILED, reason="it expects nothing, so it shows nothing")
    if blank := [key for key, value in expected.items() if value is None]:
        said = f'write the answer to {series(blank)} in place of null, or "{UNKNOWN}"'
        return Outcome(example, Status.BLANK, reason=said)
    try:
        found = kind(rulebook, example.inputs, expected)
    except NotSupported as error:
        return _unsupported(example, error)
    except UnioncoreError as error:
        return Outcome(example, Status.FAILED, reason=f"it cannot be put: {error}")
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Each kind reads its inputs as its author meant them; others write them otherwise.
        said = f"it cannot be put: its inputs are not as {example.kind} takes them"
        return Outcome(example, Status.FAILED, reason=f"{said} ({type(error).__name__})")
    expected = expected or {key: [] for key in found}
    for key in expected:
        if key not in found:
            said = f"{example.kind} examples have no {key}"
            return _unsupported(example, NotSupported(said, key, found))
    compared = tuple(
        each for key, value in expected.items() for each in _compare(key, value, found[key])
    )
    passed = all(each.agrees for each in compared)
    return Outcome(example, Status.PASSED if passed else Status.FAILED, compared)


def _unsupported(example: Example, error: NotSupported) -> Outcome:
    """Return the outcome of an example that names what nothing declares."""
    status = Status.FAILED if error.is_slip else Status.NOT_SUPPORTED
    return Outcome(example, status, reason=str(error))


# -- comparing -------------------------------------------------------------------------------------


def _compare(key: str, expected: Any, found: Any) -> tuple[Compared, ...]:
    if isinstance(found, tuple) and found and isinstance(found[0], Compared):
        return found
    explanation, rules = "", _NO_RULES
    if isinstance(found, Answer):
        explanation, rules, part = found.to_text(), _rules(found), found.in_part
        in_part = part.to_dict() if part is not None and isinstance(expected, Mapping) else None
        found = found.value if found.known else in_part
    got = UNKNOWN if found is None else _in_json(found)
    return (Compared(key, expected, got, _agrees(expected, found), explanation, rules),)


_NO_RULES: tuple[str, ...] = ()


def _rules(answer: Answer[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.rule for reason in answer.because))


def _agrees(expected: Any, found: Any) -> bool:
    """Say whether a value, or None for not known, is what an example expects."""
    if found is None:
        return bool(expected == UNKNOWN)
    match expected:
        case Mapping():
            if not isinstance(found, Mapping):
                return False
            by_text = {str(plain(key)): value for key, value in found.items()}
            return all(key in by_text and _agrees(expected[key], by_text[key]) for key in expected)
        case list():
            if not isinstance(found, Collection) or isinstance(found, str | Mapping):
                return False
            return all(any(_agrees(each, one) for one in found) for each in expected) and all(
                any(_agrees(each, one) for each in expected) for one in found
            )
        case bool():
            return found is expected
        case int():
            return _is_number(found) and bool(found == expected)
        case Decimal():
            return _is_number(found) and _rounded(found, expected) == expected
        case str():
            return _text_agrees(expected, found)
    return False


def _text_agrees(expected: str, found: Any) -> bool:
    try:
        if isinstance(found, date | DayRange):
            # A month or a year stands for any day in it.
            bounds, days = DayRange.of(DayRange.parse(expected)), DayRange.of(found)
            return bounds.earliest <= days.earliest and days.latest <= bounds.latest
        if _is_number(found):
            number = Decimal(expected)
            return number.is_finite() and _rounded(found, number) == number
    except (ValueError, InvalidOperation):
        return False
    return bool(found == expected)


def _is_number(found: Any) -> bool:
    return isinstance(found, int | Decimal | Fraction) and not isinstance(found, bool)


def _rounded(found: int | Decimal | Fraction, like: Decimal) -> Decimal:
    """Round to the places that ``like`` gives."""
    exponent = like.as_tuple().exponent
    return half_up(found, max(-exponent, 0) if isinstance(exponent, int) else 0)


def _in_json(value: Any) -> Any:
    match value:
        case set() | frozenset() | list() | tuple():
            return sorted((_in_json(item) for item in value), key=str)
        case Mapping():
            return {str(plain(key)): _in_json(item) for key, item in value.items()}
        case Fraction():
            return str(value)
    return plain(value)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


# -- reading ---------------------------------------------------------------------------------------

_FIELDS: Mapping[str, tuple[type, str]] = {
    "id": (str, "text"),
    "kind": (str, "text"),
    "inputs": (dict, "an object"),
    "expected": (dict, "an object"),
}
"""The fields that every record needs, each with how its type is called."""
_MAY_HAVE = ("on", "question", "source", "note")
"""The fields that it may have; others are the author's own. ``on``, the day of the question, stands
beside the inputs or among them."""


def read_examples(path: AnyPath) -> tuple[Example, ...]:
    """Read the examples in a file; raises ``BadDefinition`` with everything wrong in it."""
    path = as_path(path, "path")
    try:
        records = read_json(path)
    except (OSError, ValueError) as error:
        said = f"this is not a readable JSON file: {error}"
        raise BadDefinition((Fault("", path.name, "", said),)) from None
    if not isinstance(records, list):
        said = f"expected a list of records, got {_called(records)}"
        raise BadDefinition((Fault("", path.name, "", said),))
    faults: list[Fault] = []
    examples: dict[str, Example] = {}
    for number, record in enumerate(records):
        for example in _example(record, path.name, f"[{number}]", faults):
            if example.id in examples:
                said = f"another record has the id {example.id}"
                faults.append(Fault("", path.name, f"[{number}].id", said))
            examples[example.id] = example
    if faults:
        raise BadDefinition(tuple(faults))
    return tuple(examples.values())


def _example(record: Any, file: str, at: str, faults: list[Fault]) -> Iterator[Example]:
    if not isinstance(record, dict):
        faults.append(Fault("", file, at, f"expected an object, got {_called(record)}"))
        return
    wrong = []
    for key in [key for key in record if key not in (*_FIELDS, *_MAY_HAVE)]:
        if hint := slip_of(key, _MAY_HAVE):
            said = f"no such field{did_you_mean(hint)}"
            wrong.append(Fault("", file, f"{at}.{key}", said))
    for field, (kind, called) in _FIELDS.items():
        if field not in record:
            hint = nearest(field, [key for key in record if key not in _FIELDS])
            said = f"needs {called} here" + (f"; is it {hint!r}?" if hint else "")
            wrong.append(Fault("", file, f"{at}.{field}", said))
        elif not isinstance(record[field], kind) or record[field] == "":
            said = f"expected {called}, got {_called(record[field])}"
            wrong.append(Fault("", file, f"{at}.{field}", said))
    faults.extend(wrong)
    if not wrong:
        needed = {field: record[field] for field in _FIELDS}
        if "on" in record:
            needed["inputs"] = {"on": record["on"], **record["inputs"]}
        question, note = (str(record.get(field) or "") for field in ("question", "note"))
        yield Example(**needed, question=question, source=record.get("source"), note=note)


def _called(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case str():
            return "text" if value else "empty text"
        case dict():
            return "an object"
        case list():
            return "a list"
    return "a number"


# -- placement -------------------------------------------------------------------------------------

COVERAGE = {"covered_by": True, "not_covered_by": False}
"""What an example may expect of single bodies, where the whole set need not be known."""


@register("placement")
def _placement(
    rulebook: Rulebook, inputs: Mapping[str, Any], expected: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Place a person on a day: any derived fact, and bodies that surely do or do not cover them."""
    days, facts = _person(rulebook, inputs)
    names = [key for key in expected if key not in COVERAGE]
    for name in names:
        _check_derived(rulebook, name)
        _check_words(rulebook, name, expected[name])
    on_each = [ask(rulebook, facts, *names, on=day) for day in days]
    found: dict[str, Any] = {
        name: agree([((long_date(each[name].on),), each[name]) for each in on_each])
        for name in names
    }
    for key in COVERAGE.keys() & expected.keys():
        found[key] = tuple(
            _covered(rulebook, facts, body, day, key)
            for body in _bodies(rulebook, key, expected[key])
            for day in days
        )
    return found


def _person(
    rulebook: Rulebook, inputs: Mapping[str, Any]
) -> tuple[tuple[date, ...], dict[str, Any]]:
    """Return the day of the question, or both bounds of it, and the facts."""
    allowed = ("on", "facts")
    problems = [
        Problem(key, "one of the inputs on and facts", nearest(key, allowed))
        for key in inputs
        if key not in allowed
    ]
    given = inputs.get("facts", {})
    if not isinstance(given, Mapping):
        problems.append(Problem("facts", "an object of facts and their values"))
    elif ON in given:
        problems.append(Problem(f"facts.{ON}", "the day of the question beside the facts"))
    try:
        bounds = DayRange.of(DayRange.parse(str(inputs.get("on"))))
    except ValueError:
        problems.append(Problem("on", "the day of the question, such as 2024-06-01"))
    if problems:
        raise BadFacts(tuple(problems))
    for key, value in given.items():
        declared(rulebook, key)
        if value is not None:
            _check_words(rulebook, key, value)
    facts = facts_from_plain(Named("fact", rulebook.rules.facts), given)
    read_facts(rulebook, facts)
    return tuple(dict.fromkeys((bounds.earliest, bounds.latest))), facts


def declared(rulebook: Rulebook, key: str) -> Fact:
    """Return a fact that an example names; raises ``NotSupported`` where no plugin declares it."""
    fact = rulebook.rules.facts.get(key)
    if fact is None:
        raise NotSupported(f"no plugin declares the fact {key}", key, rulebook.rules.facts)
    return fact


def _check_derived(rulebook: Rulebook, key: str) -> None:
    fact = rulebook.rules.facts.get(key)
    if fact is None or not fact.derived:
        derived = [each.key for each in rulebook.rules.facts.values() if each.derived]
        said = f"no plugin declares a derived fact {key}"
        raise NotSupported(said, key, derived)


def _check_words(rulebook: Rulebook, key: str, value: Any) -> None:
    """Check that plugins declare the words of a fact that an example uses."""
    fact = rulebook.rules.facts[key]
    if fact.type not in (FactType.CHOICE, FactType.SET) or (fact.derived and value == UNKNOWN):
        return
    words = rulebook.rules.names_of(fact)
    if isinstance(value, Mapping):
        value = [word for part in value.values() if isinstance(part, list) for word in part]
    for word in value if isinstance(value, list) else [value]:
        if isinstance(word, str) and word not in words:
            raise NotSupported(f"no plugin declares {word!r} for {key}", word, words)


def _bodies(rulebook: Rulebook, field: str, keys: Any) -> list[Body]:
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise BadFacts((Problem(field, "a list of the keys of bodies"),))
    known = rulebook.named(Body)
    for key in keys:
        if key not in known:
            raise NotSupported(f"no plugin declares the body {key!r}", key, known)
    return [known[key] for key in keys]


def _covered(
    rulebook: Rulebook, facts: Mapping[str, Any], body: Body, on: date, key: str
) -> Compared:
    answer = covers(rulebook, body.key, facts, on=on)
    covered = answer.value if answer.known else None
    got = {True: "covered", False: "not covered", None: UNKNOWN}[covered]
    agrees = covered is COVERAGE[key]
    return Compared(key, body.key, got, agrees, answer.to_text(), _rules(answer))
