"""The rulebook: every definition of every plugin, merged, checked and indexed. It never changes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

import attrs
from attrs import frozen

from unioncore.errors import NotInForce, UnknownName, WrongArgument, nearest
from unioncore.legal import Nation, WorkingDayCalendar, check_day
from unioncore.model import (
    Body,
    Branch,
    BranchType,
    CaseType,
    OfficeRole,
    PayRound,
    Region,
    ServiceGroup,
    TradeUnion,
)
from unioncore.rules import (
    ON,
    Fact,
    Impossible,
    Measure,
    Parameter,
    Predicate,
    Requirement,
    Rule,
    RuleSet,
    Subject,
    Table,
    Word,
    explain,
    verdicts,
)

__all__ = ["Definitions", "Origin", "PluginInfo", "Rulebook", "check_rulebook"]


@frozen
class Definitions:
    """Definitions by kind, as plugins contribute them; each kind has a hook of the same name."""

    facts: tuple[Fact, ...] = ()
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    tables: tuple[Table, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    measures: tuple[Measure, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    unions: tuple[TradeUnion, ...] = ()
    service_groups: tuple[ServiceGroup, ...] = ()
    regions: tuple[Region, ...] = ()
    branch_types: tuple[BranchType, ...] = ()
    branches: tuple[Branch, ...] = ()
    bodies: tuple[Body, ...] = ()
    office_roles: tuple[OfficeRole, ...] = ()
    case_types: tuple[CaseType, ...] = ()
    pay_rounds: tuple[PayRound, ...] = ()
    calendars: tuple[WorkingDayCalendar, ...] = ()

    @classmethod
    def kinds(cls) -> tuple[str, ...]:
        """Return the names of the kinds."""
        return tuple(field.name for field in attrs.fields(cls))

    def rule_set(self) -> RuleSet:
        """Spell every declaration out into facts, words and rules."""
        spelt: list[Word] = [
            *self.words,
            *(union.word() for union in self.unions),
            *(group.word() for group in self.service_groups),
            *(region.word() for region in self.regions),
            *(kind.word() for kind in self.branch_types),
            *(branch.word() for branch in self.branches),
            *(body.word() for body in self.bodies),
            *(role.word() for role in self.office_roles),
            *(kind.word() for kind in self.case_types),
        ]
        words: dict[str, dict[str, Word]] = {}
        for word in spelt:
            words.setdefault(word.vocabulary, {})[word.key] = word
        facts = [
            *self.facts,
            *(parameter.fact() for parameter in self.parameters),
            *(requirement.fact() for requirement in self.requirements),
        ]
        own = next((union.key for union in self.unions if union.own), None)
        rules = [
            *self.rules,
            *(rule for parameter in self.parameters for rule in parameter.rules()),
            *(rule for requirement in self.requirements for rule in requirement.rules()),
            *verdicts(self.requirements),
            *(rule for kind in self.branch_types for rule in kind.rules()),
            *(rule for branch in self.branches for rule in branch.rules()),
            *(rule for body in self.bodies for rule in body.rules(own)),
            *(rule for role in self.office_roles for rule in role.rules()),
        ]
        return RuleSet(
            facts={fact.key: fact for fact in facts},
            words=words,
            rules=tuple(rule for rule in rules if rule.versions),
            tables=self.tables,
            measures=self.measures,
            predicates={predicate.key: predicate for predicate in self.predicates},
            impossible=self.impossible,
        )


@frozen(order=True)
class Origin:
    """Where a definition stands: its plugin, and its file and the path of keys in it, if any."""

    plugin: str
    file: str = ""
    path: str = ""


@frozen
class PluginInfo:
    """A plugin that the rulebook was made with."""

    name: str
    distribution: str
    version: str
    prefix: str
    contributes: tuple[tuple[str, int], ...]
    """How many definitions of each kind."""


def _canonical(value: Any) -> Any:
    """Return ``value`` as JSON that is the same on every machine, for equal values only."""
    if attrs.has(type(value)):
        fields = (field for field in attrs.fields(type(value)) if field.eq)
        return [type(value).__name__, {f.name: _canonical(getattr(value, f.name)) for f in fields}]
    match value:
        case Enum():
            return value.value
        case date():
            return ["day", value.isoformat()]
        case Decimal():
            return ["money", str(value)]
        case frozenset():
            return sorted(_canonical(item) for item in value)
        case tuple():
            return [_canonical(item) for item in value]
        case None | bool() | int() | str():
            return value
        case function:
            return [function.__module__, function.__qualname__]


@frozen(slots=False, eq=False)
class Rulebook:
    """What ``compose`` returns: rules and structure, with the origin of every definition.

    Immutable, picklable, and safe to share between threads and tasks. Two rulebooks are equal when
    they hold the same definitions, in whatever order their plugins came.
    """

    definitions: Definitions
    plugins: tuple[PluginInfo, ...] = ()
    origins: Mapping[tuple[str, str], Origin] = attrs.field(factory=dict, repr=False)
    """For each kind and key, where the definition stands."""
    not_proved: tuple[str, ...] = ()
    """Pairs of rules of which no search could show that they never clash, with the reason."""

    def __getstate__(self) -> dict[str, Any]:
        # What is cached is made again where it is needed.
        return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rulebook):
            return NotImplemented
        return self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @cached_property
    def fingerprint(self) -> str:
        """A short text that two rulebooks share when, and only when, they hold the same."""
        plain = json.dumps(_canonical(self.definitions), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()[:16]

    @cached_property
    def rules(self) -> RuleSet:
        """The rules, ready to be read."""
        return self.definitions.rule_set()

    @cached_property
    def plugin_of(self) -> Mapping[str, str]:
        """For the key of each rule, table or measure, the plugin that it comes from."""
        found = {key: origin.plugin for (_, key), origin in self.origins.items()}
        for rule in self.rules.rules:
            found.setdefault(rule.key, found.get(rule.key.partition("/")[0], ""))
        return found

    def parameter(self, key: str, *, on: date, **facts: Any) -> Any:
        """Return the value of a parameter on a day.

        ``facts`` are those that its versions' conditions ask about, with full stops written as
        double underscores. Raises ``UnknownName``, or ``NotInForce`` where no version covers it.
        """
        check_day(on, "on")
        if key not in {parameter.key for parameter in self.definitions.parameters}:
            known = [parameter.key for parameter in self.definitions.parameters]
            raise UnknownName("parameter", key, nearest(key, known))
        given = {ON: on, **{name.replace("__", "."): value for name, value in facts.items()}}
        value = Subject(self.rules, given).value(key)
        if value is None:
            answer = explain(self.rules, given, key, origins=self.plugin_of)
            raise NotInForce(key, on, answer.reason)
        return value

    def case_type(self, key: str) -> CaseType:
        """Return a kind of case; raises ``UnknownName`` with the nearest spelling."""
        for kind in self.definitions.case_types:
            if kind.key == key:
                return kind
        keys = [kind.key for kind in self.definitions.case_types]
        raise UnknownName("case type", key, nearest(key, keys))

    def calendar(self, nation: Nation | str) -> WorkingDayCalendar:
        """Return the calendar of working days of a nation; raises ``UnknownName``."""
        for calendar in self.definitions.calendars:
            if nation in calendar.nations:
                return calendar
        nations = [str(each) for c in self.definitions.calendars for each in c.nations]
        raise UnknownName("calendar", str(nation), nearest(str(nation), nations))


def check_rulebook(value: object) -> Rulebook:
    """Return ``value`` when it is a rulebook; raises ``WrongArgument`` for anything else."""
    if isinstance(value, Rulebook):
        return value
    got = type(value).__name__
    raise WrongArgument("rulebook", "a Rulebook", got, "pass what unioncore.compose() returned")
