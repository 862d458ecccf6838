"""Where the checks of composition write what is wrong, and what they ask of a rulebook."""

from collections.abc import Collection

import attrs

from unioncore.composition.calling import unbroken
from unioncore.errors import Fault, FaultKind, did_you_mean, nearest
from unioncore.legal import Period
from unioncore.rulebook import At, Origin, Rulebook
from unioncore.rules import (
    Rule,
    RuleSet,
    RuleVersion,
)
from unioncore.rules.condition import (
    Literal,
    NotReviewed,
    Words,
)
from unioncore.rules.ruleset import words_given

__all__ = ["Report"]


_FEW = 9
"""How many names an author is told to choose from."""


class Report:
    """What is wrong with the definitions of a rulebook.

    A definition that is ``broken`` cannot be evaluated: the search for overlapping rules does
    without it. Other faults, such as a missing citation, do not stop the search.
    """

    def __init__(self, book: Rulebook, unread: Collection[str] = ()) -> None:
        self.book = book
        self.unread = set(unread)
        """Keys and words that are known to be meant, and could not be read."""
        self.rules: RuleSet = book.rules
        self.declared = list(book.definitions.declared())
        self.faults: list[Fault] = []
        self.broken: set[At] = set()
        self.not_proved: list[str] = []

    def fault(
        self,
        at: At,
        path: str,
        message: str,
        other: At | None = None,
        kind: FaultKind = FaultKind.CANNOT_BE,
    ) -> None:
        """Report what leaves the definition usable; ``other`` is the other party of a clash."""
        origins = self.book.origins
        beside = None if other is None else origins.get(other)
        found = origins.get(at, Origin("")).fault(path, unbroken(message), beside, kind)
        if found not in self.faults and not self._follows(message):  # told once
            self.faults.append(found)

    def _follows(self, message: str) -> bool:
        """Say whether something is wrong only because something else could not be read."""
        if not self.unread:
            return False
        named = {each.strip("'\",.;:") for each in message.split()}
        named |= {each.rpartition("/")[2] for each in named}  # a thing's address ends in its key
        return not self.unread.isdisjoint(named)

    def breaks(
        self,
        at: At,
        path: str,
        message: str,
        other: At | None = None,
        kind: FaultKind = FaultKind.CANNOT_BE,
    ) -> None:
        """Report what leaves the definition unusable."""
        self.fault(at, path, message, other, kind)
        self.broken.add(at)

    def sound(self) -> RuleSet:
        """Return the rules as far as they can be evaluated; a broken one is never known to hold."""
        broken = self.broken
        return attrs.evolve(
            self.rules,
            rules=tuple(_silent(rule) if at in broken else rule for at, rule in self.declared),
            tables=tuple(t for t in self.rules.tables if ("tables", t.key) not in broken),
            measures=tuple(m for m in self.rules.measures if ("measures", m.key) not in broken),
            silences=tuple(
                each for each in self.rules.silences if ("silences", each.key) not in broken
            ),
            impossible=tuple(
                each for each in self.rules.impossible if ("impossible", each.key) not in broken
            ),
        )

    def refers(
        self, at: At, path: str, what: str, key: str, known: Collection[str], *, advice: str = ""
    ) -> None:
        """Report a key that nothing defines, with the nearest that something does.

        ``advice`` is what the author may do where none is near.
        """
        if key not in known:
            few = f"; there are {', '.join(sorted(known))}" if 0 < len(known) <= _FEW else ""
            hint = did_you_mean(nearest(key, known)) or advice or few
            message = f"refers to the {what} {key}, which no plugin defines{hint}"
            self.fault(at, path, message, kind=FaultKind.UNKNOWN)


def _silent(rule: Rule) -> Rule:
    """Return a rule of the same key that may or may not hold, and gives nothing that is known."""
    words = {word: None for version in rule.versions for word in words_given(version.value)}
    given = Words(tuple(map(Literal, words)))
    version = RuleVersion(Period(), NotReviewed(f"{rule.key} has faults"), given, ())
    return Rule(rule.key, rule.decides, (version,), rule.overrides, rule.otherwise)
