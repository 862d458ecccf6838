"""Finds people for whom two rules would decide one fact differently.

Rules that require different values of one fact, or of one sum, are apart at once; for the others a
search looks for a person for whom both count. A pair for which none was found, and none excluded,
is "not proved" to be apart. Where one rule overrides the other there is no clash, but a person for
whom both hold, and one of them counts.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from unioncore.rules.condition import Literal, Words, both
from unioncore.rules.linear import exclude_each_other
from unioncore.rules.ruleset import Choosing, Decider, Gathering, RuleClause, RuleSet
from unioncore.rules.search import Partial, Search
from unioncore.rules.solving import Solver
from unioncore.rules.ways import Ways
from unioncore.shown import Shown

__all__ = ["Overlap", "overlaps", "settled_overlaps"]


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
    counts: str = ""
    """The rule that counts where both hold, since it overrides the other; empty for a clash."""


def overlaps(rules: RuleSet) -> Iterator[Overlap]:
    """Give each pair of rules that clash, or that no search could show never to clash."""
    return _pairs(rules, settled=False)


def settled_overlaps(rules: RuleSet) -> Iterator[Overlap]:
    """Give each pair of which one rule overrides the other and both can hold, or perhaps can."""
    return _pairs(rules, settled=True)


def _pairs(rules: RuleSet, *, settled: bool) -> Iterator[Overlap]:
    ways = Ways(rules)
    for key, decider in sorted(rules.deciders.items()):
        reported: set[tuple[str, str]] = set()
        for first, second in _meeting(ways, decider, settled):
            pair = (first.rule.key, second.rule.key)
            above = _above(decider, *pair)
            if pair[0] == pair[1] or pair in reported or bool(above) is not settled:
                continue
            if _agree(first, second) or exclude_each_other(first.holds, second.holds):
                continue
            found = _search(rules, key, first, second, decider, above)
            if found is not None:
                reported.add(pair)
                yield found


def _meeting(
    ways: Ways, decider: Decider, settled: bool
) -> Iterator[tuple[RuleClause, RuleClause]]:
    """Give the pairs of clauses that may hold together and may give different answers."""
    match decider:
        case Choosing(clauses):
            yield from ways.meeting(clauses)
        case Gathering(words=words) if settled:
            # Words of a set stand beside one another, unless one of the rules overrides the other.
            every = dict.fromkeys(clause for clauses in words.values() for clause in clauses)
            overriding = {above for each in decider.overriders.values() for above in each}
            overridden = {key for key, above in decider.overriders.items() if above}
            known = [
                each
                for each in every
                if each.version is not None and each.rule.key in overriding | overridden
            ]
            yield from ways.meeting(known)


def _above(decider: Choosing | Gathering | Decider, first: str, second: str) -> str:
    """Return which of two rules overrides the other; empty where neither does."""
    if isinstance(decider, Choosing | Gathering):
        for one, other in ((first, second), (second, first)):
            if one in decider.overriders.get(other, ()):
                return one
    return ""


def _agree(first: RuleClause, second: RuleClause) -> bool:
    return first.value is not None and first.value == second.value


class _Clash(Search):
    """Looks for one person for whom two clauses of one fact count and give different values."""

    def __init__(
        self,
        rules: RuleSet,
        decider: Choosing | Gathering,
        first: RuleClause,
        second: RuleClause,
        above: str,
    ) -> None:
        self.decider = decider
        self.pair = (first, second)
        self.above = above
        overriding = {key for each in self.pair for key in decider.overriders[each.rule.key]}
        reads = [*first.reads(), *second.reads(), *(decider.raw[key] for key in overriding)]
        super().__init__(rules, (first.holds, second.holds), reads)
        self.solver = Solver(rules, self.scope.expressions) if self.doubts else None

    def values(self, key: str, decided: Mapping[str, Any]) -> list[Any]:
        """Return the values to try, with those at which comparisons of facts turn.

        Of a set with so many words that not all groups are tried, each word alone is.
        """
        found = super().values(key, decided)
        more: list[Any] = []
        if key in self.scope.wide:
            words = sorted(each for each in self.scope.mentioned[key] if isinstance(each, str))
            more = [frozenset([word]) for word in words]
        elif self.solver is not None:
            more = self.solver.values(self.rules.facts[key], decided)
        return [*found, *(each for each in more if each not in found)]

    def _count(self, subject: Partial) -> bool | None:
        """Return whether both clauses count, for a person who can exist.

        Where one overrides the other, whether both hold and that one counts.
        """
        truth = self.for_a_person(map(subject.holds, self.pair), subject)
        if truth is False:
            return False
        counting = [each for each in self.pair if self.above in ("", each.rule.key)]
        return both((truth, *(subject.counts(clause, self.decider) for clause in counting)))

    def truth(self, subject: Partial) -> bool | None:
        """Return whether both clauses count and give different values."""
        truth = self._count(subject)
        if truth is not True:
            return truth
        if isinstance(self.decider, Gathering):
            return True
        one, other = (
            None if clause.value is None else subject.evaluate(clause.value) for clause in self.pair
        )
        if one is None or other is None:
            # A value that is never known clashes with any other.
            return None if subject.waits_for else one is not other
        return bool(one != other)

    def surely_not(self, decided: dict[str, Any]) -> bool:
        """Whether they do not both count here, or give the same, for untried values too."""
        if not self.doubts and all(isinstance(each.value, Literal | Words) for each in self.pair):
            return True
        return self._count(self.known_to_be(decided)) is False


def _search(
    rules: RuleSet, key: str, first: RuleClause, second: RuleClause, decider: Decider, above: str
) -> Overlap | None:
    assert isinstance(decider, Choosing | Gathering)
    search = _Clash(rules, decider, first, second, above)
    example = search.example({})
    names = (first.rule.key, second.rule.key)
    if example is not None:
        known = {k: v for k, v in example.items() if v is not None}
        return Overlap(key, *names, known, counts=above)
    if search.too_long:
        return Overlap(key, *names, None, "the search was too long", above)
    if not search.proved:
        reasons = search.doubts or ["their values are computed"]
        return Overlap(key, *names, None, f"not proved: {'; '.join(reasons)}", above)
    return None
