"""Any question, by the names of facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.errors import UnknownName, nearest
from unioncore.legal import check_day
from unioncore.rulebook import Rulebook, check_rulebook, read_facts
from unioncore.rules import ON, Answer, Explanation

__all__ = ["ask"]


def ask(
    rulebook: Rulebook, facts: Mapping[str, Any], *names: str, on: date
) -> dict[str, Answer[Any]]:
    """Answer derived facts about one subject on one day.

    Args:
        rulebook: what ``compose`` returned.
        facts: the recorded facts that are known; one that is missing or None is not known.
        names: the derived facts to answer.
        on: the day of the question.

    Raises:
        WrongArgument: when ``rulebook`` is something else.
        UnknownName: when no derived fact has one of the names.
        BadFacts: when facts given cannot be used; every problem is listed.
        NotADay: when ``on`` is not a plain day.
    """
    check_rulebook(rulebook)
    given = _given(rulebook, facts, on)
    for name in names:
        fact = rulebook.rules.facts.get(name)
        if fact is None or not fact.derived:
            derived = [fact.key for fact in rulebook.rules.facts.values() if fact.derived]
            raise UnknownName("derived fact", name, nearest(name, derived))
    return rulebook.explainer.answers(given, names)


def explanation(rulebook: Rulebook, facts: Mapping[str, Any], *, on: date) -> Explanation:
    """Return what can be said of one subject on one day; raises what ``ask`` raises of facts."""
    return rulebook.explainer.about(_given(rulebook, facts, on))


def _given(rulebook: Rulebook, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    check_day(on, "on")
    return {**read_facts(rulebook, facts), ON: on}
