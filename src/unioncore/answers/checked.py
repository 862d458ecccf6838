"""What may stand in the arguments of a question: said by their types, and checked in one place."""

import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from inspect import signature
from types import NoneType, UnionType
from typing import Any, ParamSpec, TypeVar

from unioncore.convert import is_count
from unioncore.errors import BadFacts, NotADay, Problem, WrongArgument
from unioncore.legal import DayRange, Jurisdiction, Nation
from unioncore.model import Case, check_case

__all__ = ["check_counts", "checked"]

P = ParamSpec("P")
R = TypeVar("R")

_COUNT = "a whole number, zero or more"
_OURS = {
    "Rulebook": "pass what unioncore.compose() returned",
    "Snapshot": "pass a union on a day: union.on(DAY)",
    "Union": "pass what read_union(...).ok() returned",
}
"""Classes of our own, each with where one comes from. A desk is checked elsewhere."""
_PLAIN = {bool, date, datetime, DayRange, Decimal, int, Jurisdiction, Nation, NoneType, str}


def checked(question: Callable[P, R]) -> Callable[P, R]:
    """Return the question with its arguments checked: rulebooks, unions, cases, counts, days, text.

    A count is a whole number, zero or more, and no money is below zero. What else is asked, such
    as facts, is checked by what uses it.

    Raises:
        BadFacts: when something else stands where a count, pounds, or true or false belong.
        NotADay: when something else stands where a day belongs.
        WrongArgument: when something else stands where a rulebook, a union, a case, a moment or
            text belongs.
    """
    asked = signature(question)
    known = {name: kinds for name, kinds in _plain(question) if name in asked.parameters}

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        given = asked.bind(*args, **kwargs).arguments
        for name, kinds in known.items():
            if name in given and not _fits(given[name], kinds):
                if kinds == {Case}:
                    check_case(given[name])  # which knows that a refusal is often given instead
                raise _unfit(name, given[name], kinds)
        return question(*args, **kwargs)

    return ask


def check_counts(counts: Mapping[str, Any], at: str = "") -> None:
    """Let only counts pass, and None; raises ``BadFacts`` that names all else, after ``at``."""
    wrong = [name for name, each in counts.items() if each is not None and not is_count(each)]
    if wrong:
        raise BadFacts(tuple(Problem(f"{at}{name}", _COUNT) for name in wrong))


def _plain(question: Callable[..., Any]) -> Iterator[tuple[str, frozenset[type]]]:
    """Give each plain argument with its classes."""
    for name, kind in typing.get_type_hints(question).items():
        union = typing.get_origin(kind) in (typing.Union, UnionType)
        kinds = frozenset(typing.get_args(kind) if union else (kind,))
        if kinds <= {*_PLAIN, Case} or {each.__name__ for each in kinds} <= _OURS.keys():
            yield name, kinds


def _fits(value: Any, kinds: frozenset[type]) -> bool:
    if type(value) in (bool, datetime):  # which Python takes for a number and a day
        return type(value) in kinds
    if int in kinds and is_count(value):
        return True
    if isinstance(value, Decimal):
        return Decimal in kinds and value.is_finite() and value >= 0
    return isinstance(value, tuple(kinds - {int, bool}))


def _unfit(name: str, value: Any, kinds: frozenset[type]) -> Exception:
    got = type(value).__name__
    if ours := next((each.__name__ for each in kinds if each.__name__ in _OURS), None):
        return WrongArgument(name, f"a {ours}", got, _OURS[ours])
    if date in kinds:
        return NotADay(name, got)
    if datetime in kinds:
        hour = "a moment (datetime.datetime)"
        return WrongArgument(name, hour, got, "the hour decides, so give it")
    if str in kinds:
        return WrongArgument(name, "text", got, "give a key, such as the records have")
    if Decimal in kinds:
        return BadFacts((Problem(name, "pounds as a Decimal, zero or more"),))
    expected = "True or False" if bool in kinds else _COUNT
    return BadFacts((Problem(name, expected),))
