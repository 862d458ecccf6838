"""Any question, by the names of facts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from unioncore.errors import BadFacts, Problem, UnknownName, nearest
from unioncore.legal import check_day
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.rules import ON, Answer, Explanation, Fact, FactType, read_value

__all__ = ["ask", "read_facts"]


def read_facts(rulebook: Rulebook, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return recorded facts as the rules use them.

    Raises:
        BadFacts: with every fact that is unknown or derived, and every value that does not fit.
    """
    check_rulebook(rulebook)
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in facts.items():
        fact = rulebook.rules.facts.get(key)
        if fact is None:
            expected = "a fact that the rulebook knows"
            recorded = [fact.key for fact in rulebook.rules.facts.values() if not fact.derived]
            problems.append(Problem(key, expected, nearest(key, recorded)))
        elif fact.derived:
            expected = "a recorded fact; this one is decided by rules and cannot be given"
            problems.append(Problem(key, expected))
        else:
            read[key] = _read(rulebook, fact, value, problems)
    if problems:
        raise BadFacts(tuple(problems))
    return read


def _read(rulebook: Rulebook, fact: Fact, value: Any, problems: list[Problem]) -> Any:
    found, problem = read_value(fact, value, rulebook.rules.names_of(fact))
    if problem is not None:
        problems.append(problem)
    elif fact.type is FactType.COLLECTION and found is not None:
        try:
            return tuple(read_facts(rulebook, record) for record in found)
        except BadFacts as error:
            problems.extend(
                Problem(f"{fact.key}: {each.fact}", each.expected, each.suggestion)
                for each in error.problems
            )
    return found


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
    asked = explanation(rulebook, facts, on=on)
    for name in names:
        fact = rulebook.rules.facts.get(name)
        if fact is None or not fact.derived:
            derived = [fact.key for fact in rulebook.rules.facts.values() if fact.derived]
            raise UnknownName("derived fact", name, nearest(name, derived))
    return {name: asked.answer(name) for name in names}


def explanation(rulebook: Rulebook, facts: Mapping[str, Any], *, on: date) -> Explanation:
    """Return what can be said of one subject on one day; raises what ``ask`` raises of facts."""
    check_day(on, "on")
    return rulebook.explainer.about({**read_facts(rulebook, facts), ON: on})
