"""The rulebook: every definition of every plugin, merged, checked and indexed. It never changes."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar, get_args

import attrs
from attrs import frozen

from unioncore.errors import NotInForce, WrongArgument
from unioncore.legal import Nation, WorkingDayCalendar, check_day
from unioncore.model import (
    Body,
    Branch,
    BranchType,
    CaseType,
    CaseTypeVersion,
    OfficeRole,
    PayRound,
    Region,
    ServiceGroup,
    Track,
    TradeUnion,
)
from unioncore.rules import (
    ON,
    Explainer,
    Fact,
    Impossible,
    Measure,
    Named,
    Parameter,
    Predicate,
    Requirement,
    Rule,
    RuleSet,
    Subject,
    Table,
    Word,
    verdicts,
)
from unioncore.shown import Shown

__all__ = ["Definitions", "Origin", "PluginInfo", "Rulebook", "check_rulebook"]

T = TypeVar("T")


@frozen
class Definitions(Shown, shows="facts rules tables bodies case_types"):
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

    @property
    def own_union(self) -> str | None:
        """The key of the union that the definitions are of; None where no plugin says it."""
        return next((union.key for union in self.unions if union.own), None)

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
        # A vocabulary that a fact asks for is there, though no plugin may fill it.
        words: dict[str, dict[str, Word]] = {f.vocabulary: {} for f in self.facts if f.vocabulary}
        for word in spelt:
            words.setdefault(word.vocabulary, {})[word.key] = word
        facts = [
            *self.facts,
            *(parameter.fact() for parameter in self.parameters),
            *(requirement.fact() for requirement in self.requirements),
        ]
        rules = [
            *self.rules,
            *(rule for parameter in self.parameters for rule in parameter.rules()),
            *(rule for requirement in self.requirements for rule in requirement.rules()),
            *verdicts(self.requirements),
            *(rule for kind in self.branch_types for rule in kind.rules()),
            *(rule for branch in self.branches for rule in branch.rules()),
            *(rule for body in self.bodies for rule in body.rules(self.own_union)),
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
class Origin(Shown, shows="plugin file path"):
    """Where a definition stands: its plugin, and its file and the path of keys in it, if any."""

    plugin: str
    file: str = ""
    path: str = ""


@frozen
class PluginInfo(Shown, shows="name version"):
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
class Rulebook(Shown, shows="plugins definitions"):
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
    def explainer(self) -> Explainer:
        """What explains answers by these rules."""
        return Explainer(self.rules, self.plugin_of, self.fingerprint)

    @cached_property
    def plugin_of(self) -> Mapping[str, str]:
        """For the key of each rule, table or measure, the plugin that it comes from."""
        found = {key: origin.plugin for (_, key), origin in self.origins.items()}
        for rule in self.rules.rules:
            found.setdefault(rule.key, found.get(rule.key.partition("/")[0], ""))
        return found

    # -- looking things up -------------------------------------------------------------------------

    @cached_property
    def _named(self) -> Mapping[type, Named[Any]]:
        """For each class of definitions, those that there are."""
        found: dict[type, Named[Any]] = {}
        for kind in attrs.fields(Definitions):
            (of, _) = get_args(kind.type)
            called = _CAPITAL.sub(" ", of.__name__).lower()
            found[of] = Named(called, {key_of(e): e for e in getattr(self.definitions, kind.name)})
        return found

    def named(self, kind: type[T]) -> Named[T]:
        """Return the definitions of one class by key, such as ``named(OfficeRole)["steward"]``.

        The key of a word is its vocabulary, a colon and the word.
        """
        return self._named[kind]

    def body(self, key: str) -> Body:
        """Return a body; raises ``UnknownName``, as every look-up does that finds nothing."""
        return self.named(Body)[key]

    def case_type(self, key: str) -> CaseType:
        """Return a kind of case."""
        return self.named(CaseType)[key]

    def procedure(self, track: Track) -> CaseTypeVersion | None:
        """Return the version of the procedure that a track runs.

        None where the rulebook lacks it, such as where the plugin of a stored case is not loaded.
        """
        kind = self.named(CaseType).get(track.case_type)
        return None if kind is None else kind.version(track.version)

    @cached_property
    def calendars(self) -> Named[WorkingDayCalendar]:
        """For each nation, its calendar of working days."""
        calendars = {str(n): each for each in self.definitions.calendars for n in each.nations}
        return Named("calendar", calendars)

    def calendar(self, nation: Nation | str) -> WorkingDayCalendar:
        """Return the calendar of working days of a nation."""
        return self.calendars[nation]

    def words_of(self, vocabulary: str) -> Named[Word]:
        """Return the words of a vocabulary; none where no plugin fills it."""
        return self.rules.words_of(vocabulary)

    def requirements_of(self, verdict: str) -> tuple[Requirement, ...]:
        """Return the requirements that a verdict, such as ``may_represent``, needs."""
        self.rules.fact(verdict)
        return tuple(each for each in self.definitions.requirements if each.verdict == verdict)

    def turning_days(self, dated_by: str) -> frozenset[date]:
        """Return the days on which rules that are dated by a fact begin or end."""
        dated = [rule for rule in self.rules.rules if rule.dated_by == dated_by]
        periods = [version.period for rule in dated for version in rule.versions]
        return frozenset(day for period in periods for day in (period.start, period.end) if day)

    @property
    def own_union(self) -> str | None:
        """The key of the union that the rulebook is of; None where no plugin says which it is."""
        return self.definitions.own_union

    def parameter(self, key: str, *, on: date, **facts: Any) -> Any:
        """Return the value of a parameter on a day.

        ``facts`` are those that its versions' conditions ask about, with full stops written as
        double underscores. Raises ``UnknownName``, or ``NotInForce`` where no version covers it.
        """
        check_day(on, "on")
        self.named(Parameter)[key]
        given = {ON: on, **{name.replace("__", "."): value for name, value in facts.items()}}
        value = Subject(self.rules, given).value(key)
        if value is None:
            answer = self.explainer.about(given).answer(key)
            raise NotInForce(key, on, answer.reason)
        return value


def check_rulebook(value: object) -> Rulebook:
    """Return ``value`` when it is a rulebook; raises ``WrongArgument`` for anything else."""
    if isinstance(value, Rulebook):
        return value
    got = type(value).__name__
    raise WrongArgument("rulebook", "a Rulebook", got, "pass what unioncore.compose() returned")


_CAPITAL = re.compile("(?<!^)(?=[A-Z])")


def key_of(definition: Any) -> str:
    """Return the key by which a definition is told from others of its kind."""
    if isinstance(definition, Word):
        return f"{definition.vocabulary}:{definition.key}"
    return str(definition.key)
