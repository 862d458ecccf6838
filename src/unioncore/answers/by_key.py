"""Any question by the keys of facts, each answer with the type of its key."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar, overload

from unioncore.answers import by_name
from unioncore.rulebook import Rulebook, read_facts
from unioncore.rules import Answer, Key, Value

__all__ = ["AnswersByKey", "ask", "ask_many", "read_facts"]

V = TypeVar("V", bound=str | int | bool | Decimal | date | frozenset[str])


class AnswersByKey(dict[str, Answer[Value]]):
    """Answers by the names of facts; by a ``Key`` each has the type of that key."""

    @overload
    def __getitem__(self, key: Key[V]) -> Answer[V]: ...
    @overload
    def __getitem__(self, key: str) -> Answer[Value]: ...
    def __getitem__(self, key: str) -> Answer[Value]:
        """Return the answer of a fact."""
        return super().__getitem__(key)


def ask(rulebook: Rulebook, facts: Mapping[str, object], *names: str, on: date) -> AnswersByKey:
    """Answer derived facts about one subject on one day.

    Args:
        rulebook: what ``compose`` returned.
        facts: the recorded facts that are known; one that is missing or None is not known. Days
            and money may be text, as JSON has them.
        names: the derived facts to answer, as text or as a ``Key``, which gives the answer a type.
        on: the day of the question.

    Raises:
        WrongArgument: when ``rulebook`` or a name is something else, a key is of another type, or a
            name is that of a recorded fact.
        UnknownName: when no fact has one of the names.
        BadFacts: when facts given cannot be used; every problem is listed.
        NotADay: when ``on`` is not a plain day.
    """
    found = by_name.ask(rulebook, facts, *names, on=on)
    _check_types(rulebook, names)
    return AnswersByKey(found)


def ask_many(
    rulebook: Rulebook, rows: Iterable[Mapping[str, object]], *names: str, on: date
) -> list[AnswersByKey]:
    """Answer derived facts about many subjects on one day: for each row what ``ask`` gives.

    Values are decided at once and cost little; reasons and warnings are worked out for the answers
    that are looked at. Equal rows share their answers, unless they hold records of a collection.

    Args:
        rulebook: what ``compose`` returned.
        rows: the recorded facts that are known of each subject.
        names: the derived facts to answer, as text or as a ``Key``.
        on: the day of the question.

    Raises:
        WrongArgument: when ``rulebook`` or a name is something else, a key is of another type, or a
            name is that of a recorded fact.
        UnknownName: when no fact has one of the names.
        BadFacts: when facts given cannot be used; every problem of every row is listed, and named
            with the number of its row, from 1.
        NotADay: when ``on`` is not a plain day.
    """
    found = by_name.ask_many(rulebook, rows, *names, on=on)
    _check_types(rulebook, names)
    return [AnswersByKey(each) for each in found]


def _check_types(rulebook: Rulebook, names: Iterable[str]) -> None:
    for name in names:
        if isinstance(name, Key):
            name.must_fit(rulebook.rules.fact(name).type)
