"""Where readings of months part: whether that could change an answer, and what is said of it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from attrs import frozen

from unioncore.legal import Citation
from unioncore.rules.answer import Reason
from unioncore.rules.condition import Call, Expression, Literal, put, walk
from unioncore.rules.evaluate import Subject
from unioncore.rules.functions import COUNT_MONTHS
from unioncore.rules.ruleset import RuleClause
from unioncore.shown import Shown

__all__ = ["Parting"]


@frozen
class Parting(Shown, shows="text"):
    """What a number of months from a day comes to, where readings of months part."""

    text: str
    days: tuple[date, ...]
    """The days to which the readings lead."""
    citations: tuple[Citation, ...]


Tell = Callable[[str, str, date, int], Parting | None]
"""Tells of months by the counting, the function that counts them, the day from which they run, and
how many there are; gives None where no readings part."""


def partings(subject: Subject, clauses: Iterable[RuleClause], tell: Tell) -> Iterator[Reason]:
    """Give a step for each number of months of which another reading changes what clauses say."""
    for clause in clauses:
        for call in _counting(clause):
            start, months = map(subject.evaluate, call.arguments)
            if type(start) is not date or not months:
                continue
            found = tell(clause.rule.counted, call.function, start, months)
            if found is None:
                continue
            says = _says(subject, clause, call, call)
            if any(_says(subject, clause, call, Literal(day)) != says for day in found.days):
                yield Reason(
                    clause.rule.decides,
                    rule="",
                    version="",
                    plugin="",
                    text=found.text,
                    citations=found.citations,
                    step=True,
                )


def _counting(clause: RuleClause) -> Iterator[Call]:
    """Give where a clause counts months: in its condition, or in what it computes."""
    if clause.rule.counted:
        for node in (node for part in clause.reads() for node in walk(part)):
            if isinstance(node, Call) and node.function in COUNT_MONTHS:
                yield node


def _says(subject: Subject, clause: RuleClause, call: Call, day: Expression) -> tuple[Any, Any]:
    """Return whether a clause holds, and what it gives, with a day in place of a call."""
    holds = subject.evaluate(put(clause.holds, call, day))
    if not holds or clause.value is None:
        return holds, None
    return holds, subject.evaluate(put(clause.value, call, day))
