"""Who belongs where in a trade union, who negotiates for them, and by which day: with reasons.

``compose`` once makes a ``Rulebook``; ``ask`` and the questions in ``unioncore.answers`` then
answer for a given day, each ``Answer`` with the rules and citations that it rests on.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unioncore.answers.ask import ask, ask_many
    from unioncore.answers.member import MemberAnswers, member
    from unioncore.answers.membership import MembershipAnswers, membership
    from unioncore.answers.placement import Placement, covers, placement, placements
    from unioncore.answers.tribunal import TimeLimit, time_limit
    from unioncore.composition import compose, find_plugins
    from unioncore.definitions import TomlPlugin
    from unioncore.errors import BadFacts, CompositionError, NotKnown, UnioncoreError
    from unioncore.hookspecs import About, hookimpl
    from unioncore.legal import Citation, Confidence, DayRange, Jurisdiction, Nation, Period
    from unioncore.model import Snapshot, Union
    from unioncore.records import read_union, write_union
    from unioncore.rulebook import Rulebook
    from unioncore.rules import Answer, Fact, FactType, Rule, RuleVersion, Word, parse

__all__ = [
    "About",
    "Answer",
    "BadFacts",
    "Citation",
    "CompositionError",
    "Confidence",
    "DayRange",
    "Fact",
    "FactType",
    "Jurisdiction",
    "MemberAnswers",
    "MembershipAnswers",
    "Nation",
    "NotKnown",
    "Period",
    "Placement",
    "Rule",
    "RuleVersion",
    "Rulebook",
    "Snapshot",
    "TimeLimit",
    "TomlPlugin",
    "Union",
    "UnioncoreError",
    "Word",
    "ask",
    "ask_many",
    "compose",
    "covers",
    "find_plugins",
    "hookimpl",
    "member",
    "membership",
    "parse",
    "placement",
    "placements",
    "read_union",
    "time_limit",
    "write_union",
]

_HOMES = {
    "answers": (
        "MemberAnswers",
        "MembershipAnswers",
        "Placement",
        "TimeLimit",
        "ask",
        "ask_many",
        "covers",
        "member",
        "membership",
        "placement",
        "placements",
        "time_limit",
    ),
    "composition": ("compose", "find_plugins"),
    "definitions": ("TomlPlugin",),
    "errors": ("BadFacts", "CompositionError", "NotKnown", "UnioncoreError"),
    "hookspecs": ("About", "hookimpl"),
    "legal": ("Citation", "Confidence", "DayRange", "Jurisdiction", "Nation", "Period"),
    "model": ("Snapshot", "Union"),
    "records": ("read_union", "write_union"),
    "rulebook": ("Rulebook",),
    "rules": ("Answer", "Fact", "FactType", "Rule", "RuleVersion", "Word", "parse"),
}


if not TYPE_CHECKING:  # a type checker that sees it takes every misspelt name for a public one

    def __getattr__(name: str) -> Any:
        """Load a public name when it is first used, so that importing the package costs little."""
        for home, names in _HOMES.items():
            if name in names:
                found = globals()[name] = getattr(import_module(f"unioncore.{home}"), name)
                return found
        # Layers are modules of their own: ``unioncore.legal`` works after ``import unioncore``.
        if name in _HOMES or name in ("describe", "replay", "stories"):
            return import_module(f"unioncore.{name}")
        raise AttributeError(f"module 'unioncore' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
