"""Which rules of one fact can hold for one person and say different things."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from attrs import frozen

from unioncore.answers.together import Answers
from unioncore.checked import checked
from unioncore.rulebook import Rulebook
from unioncore.rules.overlap import Overlap, settled_overlaps
from unioncore.rules.overlap import overlaps as clashes

__all__ = ["OverlappingRules", "overlaps"]


@frozen
class OverlappingRules(Answers, shows="fact first second counts"):
    """Two rules of one fact that can both hold for one person with different answers."""

    fact: str
    first: str
    """The key of the one rule."""
    second: str
    """The key of the other."""
    counts: str
    """The rule that counts where both hold, since it overrides the other; empty where neither does,
    so that the fact is then not known."""
    person: Mapping[str, Any] | None
    """Recorded facts of somebody for whom both hold; None where that is not proved."""
    reason: str
    """Why it is not proved that both can hold, nor that they cannot."""


@checked
def overlaps(rulebook: Rulebook) -> tuple[OverlappingRules, ...]:
    """Return the pairs of rules that can both hold for one person with different answers.

    First those that clash, which composition refuses; then those of which one overrides the other.
    A pair that cannot meet is left out where that is proved: by the few values that conditions
    mention, by the words that they require, or by the sums that they compare. Where values prove
    nothing and nobody was found, the pair is listed without a person.

    Args:
        rulebook: what ``compose`` returned.

    Raises:
        WrongArgument: when ``rulebook`` is something else.
    """
    found = chain(clashes(rulebook.rules), settled_overlaps(rulebook.rules))
    return tuple(map(_told, found))


def _told(found: Overlap) -> OverlappingRules:
    pair = found.first, found.second
    return OverlappingRules(found.fact, *pair, found.counts, found.example, found.reason)
