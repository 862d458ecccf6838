"""Finds people for whom two rules would decide one fact differently.

Rules that require different values of one fact are apart at once; for the others a search looks for
a person for whom both count. A pair for which none was found, and none excluded, is "not proved" to
be apart.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from unioncore.rules.condition import Literal, both
from unioncore.rules.ruleset import Choosing, RuleClause, RuleSet
from unioncore.rules.search import STEPS, Partial, Search
from unioncore.rules.ways import Ways
from unioncore.shown import Shown

__all__ = ["Overlap", "overlaps"]


@frozen
class Overlap(Shown, shows="fact first second"):
    """Two rules that could decide one fact differently."""

    fact: str
    first: str
    second: str
    example: Mapping[str, Any] | None
    """Recorded facts of a person for whom they clash; None where the search could not tell."""
    reason: str = ""
    """Why it could not tell."""


def overlaps(rules: RuleSet) -> Iterator[Overlap]:
    """Give each pair of rules that clash, or that no search could show never to clash."""
    ways = Ways(rules)
    for key, decider in sorted(rules.deciders.items()):
        if not isinstance(decider, Choosing):
            continue
        reported: set[tuple[str, str]] = set()
        for first, second in ways.meeting(decider.clauses):
            pair = (first.rule.key, second.rule.key)
            if _agree(first, second) or pair[0] == pair[1] or pair in reported:
                continue
            if pair[1] in decider.overriders[pair[0]] or pair[0] in decider.overriders[pair[1]]:
                continue
            found = _search(rules, key, first, second, decider)
            if found is not None:
                reported.add(pair)
                yield found


def _agree(first: RuleClause, second: RuleClause) -> bool:
    return first.value is not None and first.value == second.value


class _Clash(Search):
    """Looks for one person for whom two clauses of one fact count and give different values."""

    def __init__(
        self, rules: RuleSet, decider: Choosing, first: RuleClause, second: RuleClause
    ) -> None:
        self.decider = decider
        self.pair = (first, second)
        above = {key for each in self.pair for key in decider.overriders[each.rule.key]}
        reads = [*first.reads(), *second.reads(), *(decider.raw[key] for key in above)]
        super().__init__(rules, (first.holds, second.holds), reads)

    def _count(self, subject: Partial) -> bool | None:
        """Return whether both clauses count, for a person who can exist."""
        truth = self.for_a_person(map(subject.holds, self.pair), subject)
        if truth is False:
            return False
        return both((truth, *(subject.counts(clause, self.decider) for clause in self.pair)))

    def truth(self, subject: Partial) -> bool | None:
        """Return whether both clauses count and give different values."""
        truth = self._count(subject)
        if truth is not True:
            return truth
        one, other = (
            None if clause.value is None else subject.evaluate(clause.value) for clause in self.pair
        )
        if one is None or other is None:
            # A value that is never known clashes with any other.
            return None if subject.waits_for else one is not other
        return bool(one != other)

    def surely_not(self, decided: dict[str, Any]) -> bool:
        if not self.doubts and all(isinstance(each.value, Literal) for each in self.pair):
            return True
        return self._count(self.known_to_be(decided)) is False


def _search(
    rules: RuleSet, key: str, first: RuleClause, second: RuleClause, decider: Choosing
) -> Overlap | None:
    search = _Clash(rules, decider, first, second)
    example = search.example({})
    names = (first.rule.key, second.rule.key)
    if example is not None:
        return Overlap(key, *names, {k: v for k, v in example.items() if v is not None})
    if search.steps > STEPS:
        return Overlap(key, *names, None, "the search was too long")
    if not search.proved:
        reasons = search.doubts or ["their values are computed"]
        return Overlap(key, *names, None, f"not proved: {'; '.join(reasons)}")
    return None
