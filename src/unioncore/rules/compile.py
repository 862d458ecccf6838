"""The compiled reading: one Python function for many subjects, on one day or on any.

Functions are kept by the rule set that they are made from, so that asking again costs nothing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import Any

from attrs import frozen

from unioncore.checked import check_ours, check_several
from unioncore.errors import CannotBe
from unioncore.legal import DayRange
from unioncore.rules.condition import Compare, Condition, Literal, Name, walk
from unioncore.rules.fact import FactType
from unioncore.rules.rule import ON, Table
from unioncore.rules.ruleset import Choosing, Decider, Gathering, RuleClause, RuleSet
from unioncore.rules.source import Code, Statements
from unioncore.shown import Shown

__all__ = ["Found", "Holds", "compile_condition", "compile_many"]

_Record = Mapping[str, Any]
_Compiled = Callable[[_Record], tuple[Any, ...]]

_KEPT = 64
"""How many functions a rule set keeps."""

_OFTEN = 500
"""How many records are decided of one time between changes before it gets its own function."""

_FOLDED = 32
"""For how many words of one fact a function has a part of its own."""

_lock = Lock()


def kept(rules: RuleSet, at: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """Return what the rule set keeps under ``at``; make it where it keeps nothing."""
    made = rules.compiled.get(at)
    if made is None:
        made = make()  # twice, perhaps, by two threads: both are as good
        with _lock:
            while len(rules.compiled) >= _KEPT:
                del rules.compiled[next(iter(rules.compiled))]
            rules.compiled[at] = made
    return made


def compile_values(rules: RuleSet, names: Iterable[str], *, on: date | None = None) -> _Compiled:
    """Return what ``compile_rules`` does, for neighbours that need no warnings."""
    names = tuple(names)

    def make() -> _Compiled:
        return _any_day(rules, names) if on is None else _decide(rules, names, on)

    made: _Compiled = kept(rules, (names, on), make)
    return made


def _decide(rules: RuleSet, names: tuple[str, ...], on: date | DayRange | None) -> _Compiled:
    source = Code(rules, on)
    body = Statements(source)
    results = "".join(f"{body.result(name)}, " for name in names)
    reading = (f"{name} = get({key!r})" for key, name in source.recorded.items())
    lines = ["get = record.get", *reading, *body.lines, f"return ({results})"]
    return source.function("def decide(record):", lines)


@frozen
class Holds(Shown, shows="reads"):
    """Says of recorded facts whether a condition holds; None: not known."""

    decide: Callable[[_Record], bool | None]
    reads: frozenset[str]
    """The recorded facts that it looks at."""

    def __call__(self, record: _Record) -> bool | None:
        """Return whether it holds of a record."""
        return self.decide(record)


def compile_condition(rules: RuleSet, condition: Condition, *, on: date | None = None) -> Holds:
    """Return what says of recorded facts whether a condition holds.

    The facts must have been read by ``read_value``. With ``on`` it answers for that day; without
    it each mapping holds its own ``on``.
    """
    check_ours(rules, RuleSet, "rules")

    def make() -> Holds:
        source = Code(rules, on)
        body = Statements(source)
        rails = body.rails(condition)
        reading = (f"{name} = get({key!r})" for key, name in source.recorded.items())
        result = f"return True if {rails.true} else False if {rails.false} else None"
        lines = ["get = record.get", *reading, *body.lines, result]
        decide = source.function("def decide(record):", lines)
        return Holds(decide, frozenset(source.recorded))

    found: Holds = kept(rules, (condition, on, "condition"), make)
    return found


def _any_day(rules: RuleSet, names: tuple[str, ...]) -> _Compiled:
    days = [date.min, *_changes(rules, names)]
    ends = [*(day - timedelta(days=1) for day in days[1:]), date.max]
    between = [DayRange(*pair) for pair in zip(days, ends, strict=True)]
    general = _decide(rules, names, None)
    asked: Counter[int] = Counter()
    made: dict[int, _Compiled] = {}

    def decide(record: _Record) -> tuple[Any, ...]:
        day = record.get(ON)
        if not isinstance(day, date):
            return general(record)
        number = bisect_right(days, day) - 1
        if number not in made:
            asked[number] += 1
            if asked[number] <= _OFTEN:
                return general(record)
            made[number] = _decide(rules, names, between[number])
        return made[number](record)

    return decide


def _changes(rules: RuleSet, names: Iterable[str]) -> list[date]:
    """Return the days, in order, on which the rules that decide the facts change."""
    found: set[date] = set()
    for _, decider in rules.beneath(names):
        if decider is None:
            continue
        if isinstance(decider, Table) and decider.dated_by == ON:
            for row in chain(decider.rows, decider.otherwise):
                found.update(day for day in (row.period.start, row.period.end) if day)
        for node in decider.reads():
            for part in walk(node):
                match part:
                    case Compare(_, Name("on"), Literal(date() as day)) | Compare(
                        _, Literal(date() as day), Name("on")
                    ):
                        found.add(day)
    return sorted(found - {date.min})


@frozen
class Found:
    """The records of which a yes-or-no fact is true or not known, by their places from 0."""

    yes: list[int]
    not_known: list[int]


def compile_many(
    rules: RuleSet, names: Iterable[str], *, on: date
) -> Callable[[Iterable[_Record]], list[Found]]:
    """Return a function from many mappings of recorded facts to what each of ``names`` finds.

    This is for programs that sift millions of records; nothing in the library calls it. The facts
    must have been read by ``read_value``, and what is found has no reasons: ``ask_many`` checks
    facts and gives answers. The names are those of yes-or-no facts, asked about one day;
    ``CannotBe`` otherwise. One loop decides them all, with a part of its own for each word of
    the fact that tells most rules apart.
    """
    rules, names = check_ours(rules, RuleSet, "rules"), tuple(check_several(names, "names"))
    for name in names:
        if rules.fact(name).type is not FactType.YES_NO:
            raise CannotBe(f"{name}: expected a yes-or-no fact")
    sifter: _Sifter = kept(rules, (names, on, "many"), lambda: _Sifter(rules, names, on))

    def find(records: Iterable[_Record]) -> list[Found]:
        found = [Found([], []) for _ in names]
        both = ((each.yes.append, each.not_known.append) for each in found)
        adding = tuple(chain.from_iterable(both))
        sifter.loop(records, lambda: sifter.in_doubt(*adding), *adding)
        return found

    return find


class _Sifter:
    """One loop over many records, and what it calls for a record of which it needs to know more."""

    def __init__(self, rules: RuleSet, names: tuple[str, ...], on: date) -> None:
        self.rules, self.names, self.on = rules, names, on
        self.key, self.words = _telling(Code(rules, on), names)
        self.loop = self._loop()

    @cached_property
    def in_doubt(self) -> Callable[..., Callable[[int, _Record], None]]:
        """What takes where places are added, and returns what adds the place of one record.

        It is written for the first record that is not known as a whole: often there is none.
        """
        source = Code(self.rules, self.on)
        lines = self._by_word(source, known=False)
        if self.words:
            general = [*self._part(Statements(source)), "return"]
            lines = [f"if {source.read(self.key)} is None:", *_indented(general), *lines]
        reading = [f"{name} = get({key!r})" for key, name in source.recorded.items()]
        lines = _indented(["get = record.get", *reading, *lines])
        lines = ["def decide(place, record):", *lines, "return decide"]
        return source.function(self._head(source), lines)

    def _loop(self) -> Callable[..., None]:
        source = Code(self.rules, self.on)
        adding = self._by_word(source, known=True)
        read = source.recorded
        unknown = [
            f"{name}.__class__ is not date" if _is_day(self.rules, key) else f"{name} is None"
            for key, name in read.items()
        ]
        each = [
            "try:",
            *_indented(["pass", *(f"{name} = record[{key!r}]" for key, name in read.items())]),
            "except KeyError:",
            "    get = record.get",
            *_indented(f"{name} = get({key!r})" for key, name in read.items()),
            f"if {' or '.join(unknown) or 'False'}:",
            "    if unsure is None: unsure = in_doubt()",
            "    unsure(place, record)",
            "    continue",
            *adding,
        ]
        lines = ["unsure = None", "for place, record in enumerate(records):", *_indented(each)]
        return source.function(self._head(source, "records", "in_doubt"), lines)

    def _head(self, source: Code, *taken: str) -> str:
        adding = (f"yes{number}, open{number}" for number in range(len(self.names)))
        # Constants as parameters are local, and local variables are the fastest to read.
        constants = (f"{name}={name}" for name in source.constants)
        return f"def decide({', '.join([*taken, *adding, *constants])}):"

    def _by_word(self, source: Code, *, known: bool) -> list[str]:
        """Return the lines that add the place of a record of which the telling fact is known."""
        others = Statements(source, known=known, never={self.key: frozenset(self.words)})
        rest = self._part(others)
        lines: list[str] = []
        for word in self.words:
            part = self._part(Statements(source, known=known, fixed={self.key: word}, rest=others))
            test = f"if {source.read(self.key)} == {source.bind(word)}:"
            lines += [f"el{test}" if lines else test, *_indented(part)]
        return [*lines, "else:", *_indented(rest)] if lines else rest

    def _part(self, body: Statements) -> list[str]:
        """Return the lines that add the place of a record of which ``body`` speaks."""
        every = list(map(body.holds, self.names))
        lines = list(body.lines)
        for number, rails in enumerate(every):
            if rails.true != "False":
                lines.append(f"if {rails.true}: yes{number}(place)")
            if not rails.sure:
                lines.append(f"if not ({rails.true} or {rails.false}): open{number}(place)")
        return lines or ["pass"]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _is_day(rules: RuleSet, key: str) -> bool:
    fact = rules.facts.get(key)
    return key == ON or (fact is not None and fact.type is FactType.DAY)


def _telling(source: Code, names: Iterable[str]) -> tuple[str, list[str]]:
    """Return the recorded fact that restricts most clauses to some words, with these words."""
    words: dict[str, dict[str, None]] = {}
    clauses: Counter[str] = Counter()
    facts = source.rules.facts
    for _, decider in source.rules.beneath(names):
        for clause in _clauses(decider):
            for key, values in source.ways.required(source.asked(clause)).items():
                fact = facts.get(key) if isinstance(key, str) else None
                is_word = fact is not None and fact.type in (FactType.CHOICE, FactType.TEXT)
                if fact is not None and is_word and not fact.derived:
                    clauses[fact.key] += 1
                    told = sorted(word for word in values if isinstance(word, str))
                    words.setdefault(fact.key, {}).update(dict.fromkeys(told))
    few = [key for key, _ in clauses.most_common() if len(words[key]) <= _FOLDED]
    return (few[0], [*words[few[0]]]) if few else ("", [])


def _clauses(decider: Decider | None) -> Iterable[RuleClause]:
    match decider:
        case Choosing(clauses):
            return clauses
        case Gathering(words):
            return chain.from_iterable(words.values())
        case _:
            return ()
