"""What every kind of definition says of itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from unioncore.shown import Shown

if TYPE_CHECKING:
    # They are definitions themselves, so they are made from what stands here.
    from unioncore.rules.condition import Expression
    from unioncore.rules.fact import Fact, Word
    from unioncore.rules.rule import Rule
    from unioncore.rules.ruleset import RuleSet

__all__ = ["Definition"]


class Definition(Shown):
    """The base of every kind of definition: what it means, in words, facts, rules and conditions.

    A kind is a frozen class with a ``key`` that says here what differs from "nothing", and a field
    of ``Definitions``. Composition, the rules, explanations, mutations and fingerprints follow.
    """

    __slots__ = ()

    asks: ClassVar[tuple[str, ...]] = ()
    """The fields that hold conditions: those of each version, where it has versions."""

    @property
    def key(self) -> str:
        """By what others refer to it."""
        raise NotImplementedError

    @property
    def versions(self) -> tuple[Any, ...] | None:
        """What it says, each version during its period; None where the kind has no versions."""
        return None

    def word(self) -> "Word | None":
        """Return the word that it stands for."""
        return None

    def fact(self) -> "Fact | None":
        """Return the fact that it stands for."""
        return None

    def rules(self, own: str | None = None) -> "tuple[Rule, ...]":
        """Return the rules that it stands for; ``own`` is the key of the rulebook's own union."""
        return ()

    def conditions(self) -> "Iterator[tuple[str, Expression]]":
        """Give each condition that stands in it, with the path of fields that leads there."""
        parts: list[tuple[str, Any]] = [("", self)]
        if self.versions is not None:
            parts = [(f"version[{number}].", each) for number, each in enumerate(self.versions)]
        for path, part in parts if self.asks else ():
            yield from ((f"{path}{name}", getattr(part, name)) for name in self.asks)
            for number, exception in enumerate(getattr(part, "exceptions", ())):
                yield f"{path}except[{number}].when", exception.when

    def expressions(self) -> "Iterator[Expression]":
        """Give whatever in it asks about facts or computes something."""
        yield from (each for _, each in self.conditions())

    def flaws(self, rules: "RuleSet") -> Iterator[tuple[str, str]]:
        """Give what is wrong with it by the facts and words that there are: where, and what."""
        yield from ()
