"""Any question, by the names of facts; answers have no types here, as the library needs none."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve

from unioncore.checked import check_several
from unioncore.errors import BadFacts, Problem, UnknownName, WrongArgument, nearest
from unioncore.legal import check_day
from unioncore.rulebook import Rulebook, check_rulebook, read_facts
from unioncore.rules import ON, Answer, Explanation, Requirement


def ask(
    rulebook: Rulebook, facts: Mapping[str, object], *names: str, on: date
) -> dict[str, Answer[Any]]:
    """Answer derived facts about one subject on one day; see ``by_key.ask``."""
    check_rulebook(rulebook)
    check_names(rulebook, names)
    return rulebook.explainer.answers(_given(rulebook, facts, on), names)


def ask_many(
    rulebook: Rulebook, rows: Iterable[Mapping[str, object]], *names: str, on: date
) -> list[dict[str, Answer[Any]]]:
    """Answer derived facts about many subjects on one day; see ``by_key.ask_many``."""
    check_rulebook(rulebook)
    check_names(rulebook, names)
    check_day(on, "on")
    problems: list[Problem] = []
    given: list[dict[str, Any]] = []
    for number, row in enumerate(check_several(rows, "rows"), 1):
        try:
            given.append({**read_facts(rulebook, row), ON: on})
        except BadFacts as error:
            problems += (evolve(each, fact=f"row {number}: {each.fact}") for each in error.problems)
    if problems:
        raise BadFacts(tuple(problems))
    decided: dict[Any, dict[str, Answer[Any]]] = {}
    found = []
    for facts in given:
        # Records of a collection cannot be told apart so quickly; such rows are decided each.
        plain = not any(isinstance(value, tuple) for value in facts.values())
        at = tuple(facts.items()) if plain else id(facts)
        if at not in decided:
            decided[at] = rulebook.explainer.answers(facts, names)
        found.append(dict(decided[at]))
    return found


def check_names(rulebook: Rulebook, names: Iterable[str]) -> None:
    """Let only names of derived facts pass; raises ``WrongArgument`` or ``UnknownName``."""
    for name in names:
        if not isinstance(name, str):
            raise WrongArgument("names", "text", type(name).__name__, "give the key of a fact")
        fact = rulebook.rules.facts.get(name)
        if fact is None:
            derived = [fact.key for fact in rulebook.rules.facts.values() if fact.derived]
            raise UnknownName("derived fact", name, nearest(name, derived))
        if not fact.derived:
            expected, got = "facts that rules decide", f"{name}, which is recorded"
            raise WrongArgument("names", expected, got, "give it, and ask about another")


def unmet(
    rulebook: Rulebook, facts: Mapping[str, object], verdict: str, on: date
) -> tuple[Requirement, ...]:
    """Return the requirements of a verdict that are known not to be met."""
    needed = rulebook.requirements_of(verdict)
    asked = ask(rulebook, facts, *(each.key for each in needed), on=on)
    found = ((each, asked[each.key]) for each in needed)
    return tuple(each for each, met in found if met.known and met.value == "not-met")


def explanation(rulebook: Rulebook, facts: Mapping[str, object], *, on: date) -> Explanation:
    """Return what can be said of one subject on one day; raises what ``ask`` raises of facts."""
    return rulebook.explainer.about(_given(rulebook, facts, on))


def _given(rulebook: Rulebook, facts: Mapping[str, object], on: date) -> dict[str, Any]:
    check_day(on, "on")
    return {**read_facts(rulebook, facts), ON: on}
