"""Who belongs where in a trade union, who negotiates for them, and by which day: with reasons.

``compose`` once makes a ``Rulebook``; ``ask`` and the questions in ``unioncore.answers`` then
answer for a given day, each ``Answer`` with the rules and citations that it rests on.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unioncore.answers import *
    from unioncore.composition import *
    from unioncore.definitions import *
    from unioncore.errors import *
    from unioncore.hookspecs import *
    from unioncore.legal import *
    from unioncore.model import *
    from unioncore.records import *
    from unioncore.rulebook import *
    from unioncore.rules import *

__all__ = [
    "About",
    "Affiliation",
    "Answer",
    "AnswersByKey",
    "BadFacts",
    "BadStored",
    "BargainingLevel",
    "Body",
    "BodyKind",
    "BodyVersion",
    "Branch",
    "BranchType",
    "BranchTypeVersion",
    "BranchVersion",
    "CaseType",
    "CaseTypeVersion",
    "Chair",
    "Citation",
    "Clock",
    "ClockFact",
    "CompositionError",
    "Confidence",
    "Counting",
    "CountingVersion",
    "DayRange",
    "Direction",
    "Duty",
    "Ending",
    "Fact",
    "FactType",
    "Figures",
    "Happening",
    "Holiday",
    "HourClass",
    "HourRate",
    "HourSpan",
    "Hourly",
    "Impossible",
    "Jurisdiction",
    "KeptRate",
    "Key",
    "Language",
    "LawText",
    "LedBy",
    "Meaning",
    "Meant",
    "Measure",
    "Measuring",
    "MemberAnswers",
    "MembershipAnswers",
    "MonitoringCategory",
    "MonitoringList",
    "MonitoringListVersion",
    "MonthCount",
    "MonthReading",
    "NamedVersion",
    "Nation",
    "Nature",
    "NotKnown",
    "OccupationalStandard",
    "OfficeRole",
    "Parameter",
    "ParameterVersion",
    "PayClause",
    "PayClauseVersion",
    "PayRound",
    "PayScale",
    "PayTable",
    "Period",
    "Placement",
    "PointPay",
    "Position",
    "Predicate",
    "Proof",
    "ReadProvision",
    "Region",
    "Requirement",
    "RequirementVersion",
    "Rise",
    "Roll",
    "Rounding",
    "Row",
    "Rule",
    "RuleException",
    "RuleVersion",
    "Rulebook",
    "Seats",
    "ServiceGroup",
    "Side",
    "SideKey",
    "Silence",
    "Snapshot",
    "State",
    "Step",
    "Synonym",
    "Table",
    "TimeLimit",
    "TimeUnit",
    "TomlPlugin",
    "TradeUnion",
    "Transition",
    "Translation",
    "Trouble",
    "Union",
    "UnioncoreError",
    "Votes",
    "WayOfDeciding",
    "WayOut",
    "WholeShift",
    "Word",
    "WorkingDayCalendar",
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

_HOMES = (
    *("errors", "legal", "rules", "rulebook", "hookspecs", "definitions", "composition", "model"),
    *("model.union", "records.reading", "records.writing"),
    *("answers.by_key", "answers.people", "answers.employment.tribunal"),
)
"""Where the public names are looked for in turn: of large packages only the modules with one."""
_LAYERS = (
    *("answers", "changes", "composition", "definitions", "describe", "errors", "hookspecs"),
    *("legal", "model", "records", "replay", "rulebook", "rules", "schemas", "stories"),
)
"""What works after ``import unioncore``, such as ``unioncore.legal``."""


if not TYPE_CHECKING:  # a type checker that sees it takes every misspelt name for a public one

    def __getattr__(name: str) -> Any:
        """Load a public name when it is first used, so that importing the package costs little."""
        if name in __all__:
            homes = (vars(import_module(f"unioncore.{home}")) for home in _HOMES)
            found = globals()[name] = next(home[name] for home in homes if name in home)
            return found
        if name in _LAYERS:
            return import_module(f"unioncore.{name}")
        raise AttributeError(f"module 'unioncore' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
