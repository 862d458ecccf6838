"""Every length in months or years, by what it is counted, and on which days that matters."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from unioncore.checked import checked
from unioncore.legal import OF_MONTHS, Citation, Duration, TimeUnit
from unioncore.model import COUNTS, Clock, Counting, Direction, MonthReading, Roll
from unioncore.rulebook import Rulebook
from unioncore.rules import Fact, Parameter, Requirement, Rule
from unioncore.rules.condition import Call, Expression, Literal, walk
from unioncore.shown import Shown

__all__ = ["Length", "lengths"]

_CYCLE = [date(2024, 1, 1) + timedelta(n) for n in range(4 * 365 + 1)]
"""Four years, a leap year among them: which days part repeats with them."""


@frozen
class Length(Shown, shows="where long counted"):
    """One length in months or years, as a clock, a parameter, a fact or a rule has it."""

    where: str
    """The key; of a clock, that of its case type and its own."""
    long: tuple[Duration, ...]
    """How long it may be; empty where something else decides it."""
    direction: Direction
    counted: str
    """The key of its counting."""
    name: str
    """What is counted so, in words."""
    readings: tuple[MonthReading, ...]
    """By which it is counted, and those that have authors too."""
    rolls: tuple[Roll, ...]
    """Whether its last day moves, in each version of the counting."""
    citations: tuple[Citation, ...]
    """By which provision it moves, or does not."""
    parts: tuple[tuple[int, int], ...]
    """The days of the year, as month and day, on which it matters by which reading months are
    counted: from these, two readings lead to different days in some year."""


@checked
def lengths(rulebook: Rulebook) -> tuple[Length, ...]:
    """Return every length in months or years of the law and the procedures of a rulebook."""
    stated = list(_stated(rulebook))
    # Many lengths are equal and counted alike: the slow part is done once for each kind.
    parts = {each: _parting(rulebook, *each) for each in {found[1:] for found in stated}}
    found = (_length(rulebook, *each, parts[each[1:]]) for each in stated)
    return tuple(sorted(found, key=lambda each: each.where))


_Stated = tuple[str, tuple[Duration, ...], Direction, str]
"""Where a length stands, how long it is, how it runs, and its counting."""


def _stated(rulebook: Rulebook) -> Iterator[_Stated]:
    definitions = rulebook.definitions
    for kind in definitions.case_types:
        clocks = {clock.key: clock for each in kind.versions for clock in each.clocks}
        for clock in clocks.values():
            if clock.unit in OF_MONTHS and not clock.claim:
                long = _of_clock(rulebook, clock)
                yield f"{kind.key}/{clock.key}", long, clock.direction, clock.counted
    for parameter in definitions.parameters:
        if parameter.counted:
            years = parameter.unit.startswith(TimeUnit.YEARS)
            long = _values(parameter, TimeUnit.YEARS if years else TimeUnit.MONTHS)
            yield parameter.key, long, _of_unit(parameter), parameter.counted
    for fact in definitions.facts:
        if fact.counted:
            yield fact.key, _decided(rulebook, fact), Direction.BEGINNING_WITH, fact.counted
    rules: list[Rule | Requirement] = [*definitions.rules, *definitions.requirements]
    for definition in rules:
        calls = [node for node in _nodes(definition) if isinstance(node, Call)]
        for function, direction in COUNTS.items():
            counts = [each.arguments[1] for each in calls if each.function == function]
            if counts:
                yield definition.key, _in_months(counts), direction, definition.counted


def _nodes(definition: Rule | Requirement) -> Iterator[Expression]:
    for part in definition.expressions():
        yield from walk(part)


def _in_months(counts: Iterable[Expression]) -> tuple[Duration, ...]:
    """Return each number of months that is written, once."""
    written = (each.value for each in counts if isinstance(each, Literal))
    months = dict.fromkeys(each for each in written if isinstance(each, int))
    return tuple(Duration(each, TimeUnit.MONTHS) for each in months)


def _of_clock(rulebook: Rulebook, clock: Clock) -> tuple[Duration, ...]:
    assert clock.unit is not None
    if clock.parameter:
        return _values(rulebook.named(Parameter)[clock.parameter], clock.unit)
    return () if clock.count is None else (Duration(clock.count, clock.unit),)


def _values(parameter: Parameter, unit: TimeUnit) -> tuple[Duration, ...]:
    counts = dict.fromkeys(each.value.value for each in parameter.versions)
    return tuple(Duration(count, unit) for count in counts if isinstance(count, int))


def _of_unit(parameter: Parameter) -> Direction:
    """Return how a parameter runs, as its unit says."""
    return Direction.BEGINNING_WITH if "beginning with" in parameter.unit else Direction.WITHIN


def _decided(rulebook: Rulebook, fact: Fact) -> tuple[Duration, ...]:
    """Return what the rules of a fact may decide."""
    values = (
        version.value.value
        for rule in rulebook.rules.rules
        if rule.decides == fact.key
        for version in rule.versions
        if isinstance(version.value, Literal)
    )
    counts = sorted({each for each in values if isinstance(each, int)})
    return tuple(Duration(count, TimeUnit.MONTHS) for count in counts)


def _length(
    rulebook: Rulebook,
    where: str,
    long: tuple[Duration, ...],
    direction: Direction,
    counted: str,
    parts: tuple[tuple[int, int], ...],
) -> Length:
    counting = rulebook.named(Counting)[counted]
    known = rulebook.named(MonthReading)
    keys = dict.fromkeys(key for each in counting.versions for key in each.months)
    return Length(
        where=where,
        long=long,
        direction=direction,
        counted=counted,
        name=counting.name,
        readings=tuple(known[key] for key in keys),
        rolls=tuple(dict.fromkeys(each.rolls for each in counting.versions)),
        citations=tuple(dict.fromkeys(c for each in counting.versions for c in each.citations)),
        parts=parts,
    )


def _parting(
    rulebook: Rulebook, long: tuple[Duration, ...], direction: Direction, counted: str
) -> tuple[tuple[int, int], ...]:
    found: set[tuple[int, int]] = set()
    for day in _CYCLE:
        lapse = rulebook.lapse(counted, direction, day)
        if any(len(set(lapse.days(length).values())) > 1 for length in long):
            found.add((day.month, day.day))
    return tuple(sorted(found))
