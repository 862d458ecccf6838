"""WHERE A RULE LIVES: facts, conditions and rules, and the ways to read them.

A ``Fact`` is a typed question, a ``Condition`` a small algebra over facts, a ``Rule`` says that a
derived fact has a value where a condition holds, and a ``RuleSet`` is rules put together. Each
reading gives the same answers: ``Subject`` walks the conditions, ``explain`` adds the reasons,
``compile_rules`` and ``compile_many`` make one function for many subjects, and ``Prose`` writes
English.
"""

from unioncore.rules.answer import Answer, Part, Reason, Why
from unioncore.rules.compile import Found, compile_many, compile_rules
from unioncore.rules.condition import Condition, Expression
from unioncore.rules.definition import Definition
from unioncore.rules.evaluate import Subject
from unioncore.rules.explain import Explainer, Explanation, explain
from unioncore.rules.fact import (
    Fact,
    FactType,
    InPart,
    Value,
    Word,
    from_plain,
    read_value,
    to_plain,
)
from unioncore.rules.named import Named
from unioncore.rules.notation import FUNCTIONS, parse, render
from unioncore.rules.prose import Prose, doubts, long_date, series, with_article
from unioncore.rules.rule import (
    ON,
    Impossible,
    Measure,
    Measuring,
    Parameter,
    ParameterVersion,
    Predicate,
    Requirement,
    RequirementVersion,
    Row,
    Rule,
    RuleException,
    RuleVersion,
    Table,
    verdicts,
)
from unioncore.rules.ruleset import RuleSet

__all__ = [
    "FUNCTIONS",
    "ON",
    "Answer",
    "Condition",
    "Definition",
    "Explainer",
    "Explanation",
    "Expression",
    "Fact",
    "FactType",
    "Found",
    "Impossible",
    "InPart",
    "Measure",
    "Measuring",
    "Named",
    "Parameter",
    "ParameterVersion",
    "Part",
    "Predicate",
    "Prose",
    "Reason",
    "Requirement",
    "RequirementVersion",
    "Row",
    "Rule",
    "RuleException",
    "RuleSet",
    "RuleVersion",
    "Subject",
    "Table",
    "Value",
    "Why",
    "Word",
    "compile_many",
    "compile_rules",
    "doubts",
    "explain",
    "from_plain",
    "long_date",
    "parse",
    "read_value",
    "render",
    "series",
    "to_plain",
    "verdicts",
    "with_article",
]
