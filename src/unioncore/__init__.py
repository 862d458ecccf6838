"""Who belongs where in a trade union, who negotiates for them, and by which day: with reasons.

``compose`` once makes a ``Rulebook``; ``ask`` and the questions in ``unioncore.answers`` then
answer for a given day, each ``Answer`` with the rules and citations that it rests on.
"""

from unioncore.answers import Placement, ask, placement
from unioncore.composition import compose, find_plugins
from unioncore.definitions import TomlPlugin
from unioncore.errors import BadFacts, CompositionError, NotKnown, UnioncoreError
from unioncore.hookspecs import About, hookimpl
from unioncore.legal import Citation, Confidence, DayRange, Jurisdiction, Nation, Period
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
    "Nation",
    "NotKnown",
    "Period",
    "Placement",
    "Rule",
    "RuleVersion",
    "Rulebook",
    "TomlPlugin",
    "UnioncoreError",
    "Word",
    "ask",
    "compose",
    "find_plugins",
    "hookimpl",
    "parse",
    "placement",
]
