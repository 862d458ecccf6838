"""Answers that are worked out from dated parameters by arithmetic, with what they rest on."""

from calendar import month_name
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product
from typing import Any

import attrs

from unioncore.errors import BeyondHorizon
from unioncore.legal import DayRange, Jurisdiction, Nation
from unioncore.rules import Answer, FactType, Reason

__all__ = [
    "WORKED_OUT",
    "Case",
    "Where",
    "agree",
    "bounds",
    "in_each",
    "in_words",
    "nations",
    "not_known",
    "work_out",
]


Where = Nation | Jurisdiction | str
"""A nation or a jurisdiction, such as ``Scotland`` or ``GB``."""

WORKED_OUT = "worked out"
"""What stands for the rule where a reason is arithmetic."""

Case = tuple[str, ...]
"""What a case is about, such as the nation and the day."""


def work_out(
    key: str,
    type_: FactType,
    on: date,
    using: Sequence[Answer[Any]],
    calculate: Callable[..., tuple[Any, str]],
) -> Answer[Any]:
    """Return what ``calculate`` makes of the values of other answers.

    Not known where one of those is not known, with its reason, and where a day lies beyond what a
    calendar holds.

    Args:
        key: what is worked out.
        type_: the type of the result.
        on: the day of the question.
        using: the answers that it rests on.
        calculate: takes their values; returns the result and how it came about, in words.
    """
    if lacking := [each for each in using if not each.known]:
        reason = "; ".join(dict.fromkeys(map(_why, lacking)))
        missing = tuple(dict.fromkeys(name for each in lacking for name in each.missing))
        return not_known(key, type_, on, reason, using=using, missing=missing)
    try:
        value, text = calculate(*(each.value for each in using))
    except BeyondHorizon as error:
        return not_known(key, type_, on, str(error), using=using)
    worked = Reason(key, rule=WORKED_OUT, version="", plugin="unioncore", text=text)
    blank = not_known(key, type_, on, "", using=using)
    return attrs.evolve(blank, known=True, value=value, because=(worked, *blank.because))


def _why(lacking: Answer[Any]) -> str:
    """Return why an answer is not known, naming only the one where that began."""
    known_why = " is not known: " in lacking.reason
    return lacking.reason if known_why else f"{lacking.fact} is not known: {lacking.reason}"


def not_known(
    key: str,
    type_: FactType,
    on: date,
    reason: str,
    *,
    using: Sequence[Answer[Any]] = (),
    missing: tuple[str, ...] = (),
) -> Answer[Any]:
    """Return an answer that is not known, and why; ``using`` are answers that it rests on."""
    return Answer(
        key,
        type_,
        on,
        known=False,
        value=None,
        because=tuple(dict.fromkeys(reason for each in using for reason in each.because)),
        reason=reason,
        missing=missing,
        warnings=tuple(dict.fromkeys(warning for each in using for warning in each.warnings)),
        rulebook=using[0].rulebook if using else "",
    )


def agree(cases: Sequence[tuple[Case, Answer[Any]]]) -> Answer[Any]:
    """Return the answer that holds in every case; not known where the cases differ.

    Args:
        cases: at least one; each with what it is about, such as ``("Scotland", "1 June 2016")``.
    """
    (_, first), *_ = cases
    for _, other in cases:
        if not other.known:
            return other
    by_value: dict[Any, list[Case]] = {}
    for case, answer in cases:
        by_value.setdefault(answer.value, []).append(case)
    if len(by_value) == 1:
        return first
    # A part tells where the values do not all have the same names in it.
    parts = [[set(names) for names in zip(*each, strict=True)] for each in by_value.values()]
    telling = [any(each != one for each in rest) for one, *rest in zip(*parts, strict=True)]
    if not any(telling):
        telling = [True] * len(telling)
    said = "; ".join(
        f"{_among(each, telling)}: {_shown(value)}" for value, each in by_value.items()
    )
    using = [answer for _, answer in cases]
    return not_known(first.fact, first.type, first.on, f"it differs ({said})", using=using)


def _among(cases: Sequence[Case], telling: Sequence[bool]) -> str:
    """Name cases by what tells them apart from others."""
    parts = zip(*cases, strict=True)
    return ", ".join(
        " and ".join(dict.fromkeys(names))
        for names, tells in zip(parts, telling, strict=True)
        if tells
    )


def in_each(
    nation: Where,
    day: date | DayRange | None,
    answer: Callable[[Nation, Any], Answer[Any]],
) -> Answer[Any]:
    """Return what ``answer`` gives in every nation meant and on both bounds of a day.

    Raises:
        UnknownName: when no nation and no jurisdiction has such a name.
    """
    return agree(
        [
            ((str(each), "" if bound is None else in_words(bound)), answer(each, bound))
            for each in nations(nation)
            for (bound,) in bounds(day)
        ]
    )


def _shown(value: Any) -> str:
    return in_words(value) if isinstance(value, date) else str(value)


def nations(nation: Where) -> tuple[Nation, ...]:
    """Return the nations that are meant, in the order of ``Nation``.

    Raises:
        UnknownName: when no nation and no jurisdiction has such a name.
    """
    found = nation if isinstance(nation, Jurisdiction) else Jurisdiction.parse(nation)
    return tuple(each for each in Nation if each in found)


def bounds(*days: date | DayRange | None) -> Iterable[tuple[Any, ...]]:
    """Give every choice of one bound for each day; a day that is known has one bound."""
    return product(*(_bounds(day) for day in days))


def _bounds(day: date | DayRange | None) -> tuple[date | None, ...]:
    if isinstance(day, DayRange):
        return tuple(dict.fromkeys((day.earliest, day.latest)))
    return (day,)


def in_words(day: date) -> str:
    """Write a day as people say it, such as 20 June 2016."""
    return f"{day.day} {month_name[day.month]} {day.year}"
