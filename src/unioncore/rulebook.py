"""The rulebook: every definition of every plugin, merged, checked and indexed. It never changes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, get_args, overload

import attrs
from attrs import frozen

from unioncore.checked import check_ours
from unioncore.errors import (
    BadFacts,
    Fault,
    FaultKind,
    Location,
    NotInForce,
    Problem,
    UnknownName,
    WrongArgument,
    called,
    nearest,
)
from unioncore.legal import (
    Duration,
    Nation,
    TimeUnit,
    WorkingDayCalendar,
    check_day,
    in_force,
)
from unioncore.model import (
    COUNTS,
    Body,
    BodyKind,
    Branch,
    BranchType,
    CaseType,
    CaseTypeVersion,
    Clock,
    Counting,
    CountingVersion,
    Direction,
    Language,
    Lapse,
    LawText,
    Meaning,
    MonitoringList,
    MonthReading,
    OccupationalStandard,
    OfficeRole,
    PayClause,
    PayRound,
    PayScale,
    Region,
    ServiceGroup,
    State,
    Synonym,
    TradeUnion,
    Translation,
    Trouble,
    WayOfDeciding,
    WayOut,
)
from unioncore.model.translations import PHRASE, in_words_of, translated
from unioncore.phrases import Phrases
from unioncore.rules import (
    ON,
    Definition,
    Explainer,
    Fact,
    FactType,
    Impossible,
    Key,
    Measure,
    Named,
    Parameter,
    Parting,
    Predicate,
    Requirement,
    Rule,
    RuleSet,
    Silence,
    Subject,
    Table,
    Word,
    read_only,
    read_value,
    verdicts,
)
from unioncore.rules.condition import Compare, Literal, Name, OneOf, walk
from unioncore.shown import Shown

if TYPE_CHECKING:
    from unioncore.model import Track  # of a union's records, which a rulebook does not need

__all__ = [
    "At",
    "Definitions",
    "Kind",
    "LeftOut",
    "Origin",
    "PluginInfo",
    "Rulebook",
    "check_rulebook",
    "key_of",
    "read_facts",
]

T = TypeVar("T")
V = TypeVar("V", bound=str | int | bool | Decimal | date | frozenset[str])


At = tuple[str, str]
"""The kind and the key of a definition."""


@frozen
class Kind(Shown, shows="name"):
    """A kind of definition: its field in ``Definitions``, its class, its hook and its tables."""

    name: str
    of: type[Any]
    about: str
    """What its hook returns, in a sentence."""
    tables: Mapping[str, Mapping[str, Any]]
    """The tables of a file that hold it, each with the fields that the table's name says."""
    prefixed: bool = False
    """Whether its keys start with the prefix of their plugin."""
    named: bool = False
    """Whether conditions name it by its key."""
    shared: bool = False
    """Whether several plugins may define the same one, if they define it alike."""
    alone: bool = True
    """Whether its keys are those of no other kind."""
    spoken: bool = False
    """Whether its keys are what people say, however that is spelt."""

    @property
    def hook(self) -> str:
        """The name of the hook that returns it."""
        return f"unioncore_{self.name}"

    @property
    def called(self) -> str:
        """What errors call one of it, such as ``case type``."""
        return called(self.of)


def _kind(about: str, *tables: str, fixed: Mapping[str, Any] | None = None, **more: bool) -> Any:
    """Return the field of a kind of definition: what its hook returns, and its tables.

    ``fixed`` are further tables, each with the fields that its name says already; ``more`` is what
    ``Kind`` says further.
    """
    every = {**{table: {} for table in tables}, **(fixed or {})}
    return attrs.field(default=(), metadata={"kind": {"about": about, "tables": every, **more}})


@frozen
class Definitions(Shown, shows="facts rules tables bodies case_types"):
    """Definitions by kind, as plugins contribute them.

    Each field registers a kind: the hook that returns it, and the tables of a file that hold it.
    What a kind means, its class says: see ``Definition``.
    """

    facts: tuple[Fact, ...] = _kind(
        "Return the facts that the plugin's rules ask about or decide.",
        "fact",
        named=True,
        shared=True,
        alone=False,
    )
    words: tuple[Word, ...] = _kind(
        "Return words of shared vocabularies, such as employer kinds and job groups.",
        "word",
        shared=True,
        alone=False,
    )
    rules: tuple[Rule, ...] = _kind(
        "Return rules that decide derived facts.", "rule", prefixed=True
    )
    tables: tuple[Table, ...] = _kind("Return dated reference tables.", "table", prefixed=True)
    parameters: tuple[Parameter, ...] = _kind(
        "Return dated values.", "parameter", prefixed=True, named=True
    )
    requirements: tuple[Requirement, ...] = _kind(
        "Return tests that are met, not met or not required.",
        "requirement",
        prefixed=True,
        named=True,
    )
    measures: tuple[Measure, ...] = _kind(
        "Return measures over collections.", "measure", prefixed=True
    )
    predicates: tuple[Predicate, ...] = _kind(
        "Return cited Python functions that conditions may call.", prefixed=True, named=True
    )
    impossible: tuple[Impossible, ...] = _kind(
        "Return combinations of facts that nobody can have.", "impossible", prefixed=True
    )
    silences: tuple[Silence, ...] = _kind(
        "Return for whom facts stay undecided on purpose, and why.", "silence", prefixed=True
    )
    unions: tuple[TradeUnion, ...] = _kind(
        "Return trade unions: the rulebook's own, and those that sit beside it.",
        "union",
        shared=True,
        alone=False,
    )
    service_groups: tuple[ServiceGroup, ...] = _kind(
        "Return service groups with their dated names.", "service_group", alone=False
    )
    regions: tuple[Region, ...] = _kind(
        "Return regions with their dated names.", "region", alone=False
    )
    branch_types: tuple[BranchType, ...] = _kind(
        "Return kinds of branches and whom they take in.", "branch_type"
    )
    branches: tuple[Branch, ...] = _kind("Return the branches that rules name.", "branch")
    bodies: tuple[Body, ...] = _kind(
        "Return negotiating, consultative, advisory and review bodies, committees and forums.",
        fixed={
            "negotiating_body": {"kind": BodyKind.NEGOTIATING},
            "consultative_body": {"kind": BodyKind.CONSULTATIVE},
            "advisory_body": {"kind": BodyKind.ADVISORY},
            "review_body": {"kind": BodyKind.REVIEW},
            "committee": {"kind": BodyKind.COMMITTEE},
            "national_forum": {"kind": BodyKind.FORUM},
        },
    )
    ways_of_deciding: tuple[WayOfDeciding, ...] = _kind(
        "Return the ways in which bodies come to an agreement.", "way_of_deciding"
    )
    office_roles: tuple[OfficeRole, ...] = _kind(
        "Return kinds of offices and posts.", "office_role"
    )
    case_types: tuple[CaseType, ...] = _kind(
        "Return case types: states, what moves a case on, and clocks.", "case_type", prefixed=True
    )
    ways_out: tuple[WayOut, ...] = _kind(
        "Return everyday ways in which cases of many kinds end.", "way_out"
    )
    monitoring_lists: tuple[MonitoringList, ...] = _kind(
        "Return questions of equality monitoring, with their categories.",
        "monitoring_list",
        alone=False,
    )
    occupational_standards: tuple[OccupationalStandard, ...] = _kind(
        "Return occupational standards, with what serves each of their duties.",
        "occupational_standard",
        alone=False,
    )
    countings: tuple[Counting, ...] = _kind(
        "Return ways of counting lengths of time that clocks share.", "counting"
    )
    month_readings: tuple[MonthReading, ...] = _kind(
        "Return readings of what a number of months is.", "month_reading"
    )
    pay_rounds: tuple[PayRound, ...] = _kind("Return pay rounds as they are recorded.", "pay_round")
    pay_scales: tuple[PayScale, ...] = _kind(
        "Return pay scales with their published tables.", "pay_scale"
    )
    pay_clauses: tuple[PayClause, ...] = _kind(
        "Return clauses under which some hours of a shift pay more than others.", "pay_clause"
    )
    law_texts: tuple[LawText, ...] = _kind(
        "Return texts of law as they were read.", "law_text", alone=False
    )
    calendars: tuple[WorkingDayCalendar, ...] = _kind(
        "Return calendars of working days.", "calendar", alone=False
    )
    synonyms: tuple[Synonym, ...] = _kind(
        "Return other words for things, for those who search.",
        "synonyms",
        shared=True,
        alone=False,
        spoken=True,
    )
    troubles: tuple[Trouble, ...] = _kind(
        "Return troubles that people are in, and what to read then.",
        "trouble",
        shared=True,
        alone=False,
        spoken=True,
    )
    languages: tuple[Language, ...] = _kind(
        "Return languages in which a rulebook can speak, beside English.",
        "language",
        shared=True,
        alone=False,
    )
    translations: tuple[Translation, ...] = _kind(
        "Return what words are called in other languages.",
        "translation",
        shared=True,
        alone=False,
        spoken=True,
    )

    @classmethod
    @cache
    def kinds(cls) -> tuple[Kind, ...]:
        """Return the kinds, in the order in which they are registered."""
        return tuple(
            Kind(field.name, get_args(field.type)[0], **field.metadata["kind"])
            for field in attrs.fields(cls)
        )

    def every(self) -> Iterator[tuple[At, Any]]:
        """Give every definition with its kind and key."""
        for kind in self.kinds():
            yield from (((kind.name, key_of(e)), e) for e in getattr(self, kind.name))

    def meant(self) -> Iterator[tuple[At, Definition]]:
        """Give every definition that means something to the rules; a calendar does not."""
        yield from ((at, each) for at, each in self.every() if isinstance(each, Definition))

    def declared(self) -> Iterator[tuple[At, Rule]]:
        """Give every rule, with the kind and key of the definition that stands for it."""
        own = self.own_union
        for at, each in self.meant():
            yield from ((at, rule) for rule in each.rules(own) if rule.versions)
        for rule in verdicts(self.requirements):
            first = next(each for each in self.requirements if each.verdict == rule.decides)
            yield ("requirements", first.key), rule

    @property
    def own_union(self) -> str | None:
        """The key of the union that the definitions are of; None where no plugin says it."""
        return next((union.key for union in self.unions if union.own), None)

    def rule_set(self) -> RuleSet:
        """Spell every declaration out into facts, words and rules."""
        meant = [each for _, each in self.meant()]
        facts = [fact for each in meant if (fact := each.fact()) is not None]
        # A vocabulary that a fact asks for is there, though no plugin may fill it.
        words: dict[str, dict[str, Word]] = {f.vocabulary: {} for f in facts if f.vocabulary}
        for word in (word for each in meant if (word := each.word()) is not None):
            words.setdefault(word.vocabulary, {})[word.key] = word
        return RuleSet(
            facts={fact.key: fact for fact in facts},
            words=words,
            rules=tuple(rule for _, rule in self.declared()),
            tables=self.tables,
            measures=self.measures,
            predicates={predicate.key: predicate for predicate in self.predicates},
            impossible=self.impossible,
            silences=self.silences,
            union=self.own_union,
        )


def key_of(definition: Any) -> str:
    """Return the key by which a definition is told from others of its kind."""
    if isinstance(definition, Word):
        return f"{definition.vocabulary}:{definition.key}"
    return str(definition.key)


@frozen(order=True)
class Origin(Shown, shows="plugin file path"):
    """Where a definition stands: its plugin, and its file and the path of keys in it, if any."""

    plugin: str
    file: str = ""
    path: str = ""
    places: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)
    """Paths in the definition that were written elsewhere in the file, each with where."""
    WITH: ClassVar[str] = "with-"
    """How the name of a folder begins whose definitions are for where another plugin is loaded."""

    @property
    def beside(self) -> str:
        """The plugin without which the definition is left out: ``x`` for ``with-x/file.toml``."""
        folder = self.file.rpartition("/")[0]
        return folder.removeprefix(self.WITH) if folder.startswith(self.WITH) else ""

    @property
    def told(self) -> str:
        """The plugin and the file, as text."""
        return f"{self.plugin}: {self.file}" if self.file else self.plugin

    def at(self, inner: str) -> str:
        """Return where a part of the definition was written; ``inner`` is its path in it."""
        whole, rest = self.path, inner
        for start, written in self.places:
            after = inner[len(start) :]
            if inner.startswith(start) and after[:1] in ("", ".", "[") and len(after) < len(rest):
                whole, rest = written, after
        return f"{whole}.{rest}" if whole and rest and rest[0] not in ".[" else f"{whole}{rest}"

    def fault(
        self,
        inner: str,
        message: str,
        other: "Origin | None" = None,
        kind: FaultKind = FaultKind.SHAPE,
    ) -> Fault:
        """Return what is wrong with a part of the definition, and where that was written.

        ``other`` is where the other party of a clash stands.
        """
        place = None if other is None else Location(other.plugin, other.file, other.path)
        return Fault(self.plugin, self.file, self.at(inner), message, place, kind=kind)


@frozen
class PluginInfo(Shown, shows="name version without"):
    """A plugin that the rulebook was made with."""

    name: str
    distribution: str
    version: str
    prefix: str
    contributes: tuple[tuple[str, int], ...] = ()
    """How many definitions of each kind."""
    left_out: tuple[tuple[str, int], ...] = ()
    """For each plugin that is not loaded, how many definitions are left out for want of it."""

    @property
    def without(self) -> str:
        """What is left out, and for want of which plugin, in words; empty for nothing."""
        return "; ".join(
            f"left out without {plugin}: {number} of its definitions"
            for plugin, number in self.left_out
        )


@frozen
class LeftOut(Shown, shows="plugin faults"):
    """A plugin that the rulebook does without, because it is broken or needs one that is."""

    plugin: str
    faults: tuple[Fault, ...]

    @property
    def warning(self) -> str:
        """What everybody should know who relies on an answer."""
        first, *more = self.faults
        others = f" ({len(more)} more fault{'s' if len(more) > 1 else ''})" if more else ""
        return f"the plugin {self.plugin} is left out: {first}{others}"


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
    origins: Mapping[tuple[str, str], Origin] = attrs.field(
        factory=dict, repr=False, converter=read_only
    )
    """For each kind and key, where the definition stands."""
    not_proved: tuple[str, ...] = ()
    """Pairs of rules of which no search could show that they never clash, with the reason."""
    left_out: tuple[LeftOut, ...] = ()
    """The plugins that it does without for their faults."""
    language: str = "en"
    """The language in which it speaks."""
    english: "Rulebook | None" = attrs.field(default=None, repr=False)
    """The same in English, where it speaks another language."""

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
        """A short text that two rulebooks share when, and only when, they hold the same.

        It is the same in every language.
        """
        if self.english is not None:
            return self.english.fingerprint
        plain = json.dumps(_canonical(self.definitions), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()[:16]

    @cached_property
    def rules(self) -> RuleSet:
        """The rules, ready to be read."""
        predicates = (("predicates", each.key) for each in self.definitions.predicates)
        plugins = {at[1]: self.origins[at].plugin for at in predicates if at in self.origins}
        rules = self.definitions.rule_set()
        return attrs.evolve(rules, predicates_of=plugins, say=self.say)

    @cached_property
    def say(self) -> Phrases:
        """The fixed phrases of sentences, in its language."""
        return Phrases(translated(self.definitions.translations, self.language).get(PHRASE))

    def spoken(self, language: str) -> Language:
        """Return a language beside English, by its code.

        Raises:
            UnknownName: when no plugin gives it, with the one that was probably meant: codes are
                short, so that one with the same first letter may be.
        """
        every = self.named(Language)
        if language in every:
            return every[language]
        asked = language.casefold()
        spellings = {
            spelling.casefold(): each.key
            for each in every.values()
            for spelling in (each.key, each.name, each.in_english)
        }
        near = nearest(asked, spellings)
        alike = (key for key in every if key[:1] == asked[:1])
        raise UnknownName("language", language, spellings[near] if near else next(alike, None))

    def in_language(self, language: str) -> "Rulebook":
        """Return the same rulebook with the names and phrases of a language, such as ``cy``.

        What is not translated stays English, and every value stays what it is. ``en`` is English.

        Raises:
            UnknownName: when no plugin gives such a language.
        """
        english = self.english or self
        if language == english.language:
            return english
        english.spoken(language)
        called = translated(english.definitions.translations, language)
        every = attrs.fields(Definitions)
        spoken = {
            kind.name: tuple(
                in_words_of(each, called) for each in getattr(english.definitions, kind.name)
            )
            for kind in every
        }
        return attrs.evolve(
            english, definitions=Definitions(**spoken), language=language, english=english
        )

    @cached_property
    def explainer(self) -> Explainer:
        """What explains answers by these rules."""
        return Explainer(self.rules, self.plugin_of, self.fingerprint, self.warnings, self._parting)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What every answer says that is made with it: which plugins are left out, and why."""
        return tuple(each.warning for each in self.left_out)

    def counting(self, counted: str, start: date) -> CountingVersion | None:
        """Return how a counting counts from a day; None where that is not known."""
        found = self.named(Counting).get(counted)
        return None if found is None else in_force(found.versions, start)

    def lapse(self, counted: str, direction: Direction, start: date) -> Lapse:
        """Return time that runs from a day, or back from it, by the readings of a counting."""
        version, known = self.counting(counted, start), self.named(MonthReading)
        readings = () if version is None else tuple(known[key] for key in version.months)
        return Lapse(readings, direction, start)

    def _parting(self, counted: str, function: str, start: date, months: int) -> Parting | None:
        """Say what months come to where readings of them part; None where they do not."""
        lapse = self.lapse(counted, COUNTS[function], start)
        length = Duration(months, TimeUnit.MONTHS)
        if not (otherwise := lapse.otherwise(length)):
            return None
        said = lapse.step(length, lapse.counted_day(length)) + otherwise
        return Parting(said, tuple(lapse.days(length).values()), lapse.cites(length))

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
        return {
            kind.of: Named(
                kind.called, {key_of(e): e for e in getattr(self.definitions, kind.name)}
            )
            for kind in Definitions.kinds()
        }

    def named(self, kind: type[T]) -> Named[T]:
        """Return the definitions of one class by key, such as ``named(OfficeRole)["steward"]``.

        The key of a word is its vocabulary, a colon and the word.
        """
        return self._named[kind]

    def body(self, key: str) -> Body:
        """Return a body; raises ``UnknownName``, as every look-up does that finds nothing."""
        return self.named(Body)[key]

    def case_type(self, key: str) -> CaseType:
        """Return a case type."""
        return self.named(CaseType)[key]

    def case_type_version(self, track: "Track") -> CaseTypeVersion | None:
        """Return the version of its case type that a track runs.

        None where the rulebook lacks it, such as where the plugin of a stored case is not loaded.
        """
        kind = self.named(CaseType).get(track.case_type)
        return None if kind is None else kind.version(track.version)

    def clocks(self, track: "Track") -> tuple[Clock, ...]:
        """Return the clocks of a track; none where its case type is not loaded."""
        version = self.case_type_version(track)
        return () if version is None else version.clocks

    def outcome(self, track: "Track") -> State | None:
        """Return the outcome in which a track has ended; None while no rule says that it has."""
        version = self.case_type_version(track)
        state = None if version is None else version.state(track.state)
        return state if state is not None and state.outcome else None

    def meant(self, track: "Track") -> Mapping[str, Meaning]:
        """Return what events of a track mean; nothing where its case type is not loaded."""
        kind = self.named(CaseType).get(track.case_type)
        return {} if kind is None else kind.meant()

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

    def texts_of(self, fact: str) -> frozenset[str]:
        """Return the texts that tables and conditions name as the value of a fact.

        Empty for a fact of which they name none; raises ``UnknownName``.
        """
        self.rules.fact(fact)
        # A derived fact may be this one under another name, such as the force that an employer is.
        versions = ((rule.decides, v) for rule in self.rules.rules for v in rule.versions)
        facts = {fact, *(decided for decided, v in versions if v.value == Name(fact))}
        rows = (row for table in self.definitions.tables if table.by in facts for row in table.rows)
        found = {key for row in rows for key in row.keys}
        for _, each in self.definitions.meant():
            for node in (node for _, condition in each.conditions() for node in walk(condition)):
                match node:
                    case Compare(left=Name(key), right=Literal(str() as text)) if key in facts:
                        found.add(text)
                    case OneOf(item=Name(key), options=options) if key in facts:
                        found |= {each.value for each in options if isinstance(each.value, str)}
        return frozenset(found)

    def turning_days(self, dated_by: str) -> frozenset[date]:
        """Return the days on which rules that are dated by a fact begin or end."""
        dated = [rule for rule in self.rules.rules if rule.dated_by == dated_by]
        periods = [version.period for rule in dated for version in rule.versions]
        return frozenset(day for period in periods for day in (period.start, period.end) if day)

    @property
    def own_union(self) -> str | None:
        """The key of the union that the rulebook is of; None where no plugin says which it is."""
        return self.definitions.own_union

    @overload
    def parameter(self, key: Key[V], *, on: date, **facts: object) -> V: ...
    @overload
    def parameter(self, key: str, *, on: date, **facts: object) -> Any: ...
    def parameter(self, key: str, *, on: date, **facts: object) -> Any:
        """Return the value of a parameter on a day; by a ``Key`` it has the type of that key.

        ``facts`` are those that its versions' conditions ask about, with full stops written as
        double underscores; one that is None is not known.

        Raises:
            UnknownName: when there is no such parameter, or no fact of a name that is given.
            BadFacts: when a fact is derived, or its value does not fit; as ``ask`` does.
            NotInForce: when no version covers the day.
            NotADay: when ``on`` is not a plain day.
            WrongArgument: when the value is not of the type of the key.
        """
        check_day(on, "on")
        self.named(Parameter)[key]
        named = {name.replace("__", "."): value for name, value in facts.items()}
        for name in named:
            if name not in self.rules.facts:
                raise UnknownName("fact", name, nearest(name, self.rules.recorded))
        given = {**read_facts(self, named), ON: on}
        value = Subject(self.rules, given).value(key)
        if value is None:
            answer = self.explainer.about(given).answer(key)
            raise NotInForce(key, on, answer.reason)
        if isinstance(key, Key):
            key.must_hold(value)
        return value


def check_rulebook(value: object) -> Rulebook:
    """Return ``value`` when it is a rulebook; raises ``WrongArgument`` for anything else."""
    return check_ours(value, Rulebook, "rulebook")


def read_facts(rulebook: Rulebook, facts: Mapping[str, object]) -> dict[str, Any]:
    """Return recorded facts as the rules use them; days and money may be text, as JSON has them.

    Raises:
        BadFacts: with every fact that is unknown or derived, and every value that does not fit.
        WrongArgument: when something else stands where a rulebook or facts belong.
    """
    check_rulebook(rulebook)
    if not isinstance(facts, Mapping) or not all(isinstance(key, str) for key in facts):
        got = type(facts).__name__
        raise WrongArgument("facts", "a mapping of the keys of facts", got, "see unioncore facts")
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    recorded = rulebook.rules.recorded
    for key, value in facts.items():
        if key in recorded:
            read[key] = _read(rulebook, recorded[key], value, problems)
        else:
            problems.append(not_given(rulebook, key))
    if problems:
        raise BadFacts(tuple(problems))
    return read


def not_given(rulebook: Rulebook, key: str) -> Problem:
    """Return why something that is called so is no fact that may be given."""
    if key == ON:
        return Problem(key, "other facts; the day of the question is given apart")
    if key in rulebook.rules.facts:
        return Problem(key, "a recorded fact; this one is decided by rules and cannot be given")
    expected = "a fact that the rulebook knows"
    return Problem(key, expected, nearest(key, rulebook.rules.recorded))


def _read(rulebook: Rulebook, fact: Fact, value: Any, problems: list[Problem]) -> Any:
    found, problem = read_value(fact, value, rulebook.rules.names_of(fact))
    if problem is not None:
        problems.append(problem)
    elif fact.type is FactType.COLLECTION and found is not None:
        try:
            return tuple(read_facts(rulebook, record) for record in found)
        except BadFacts as error:
            problems.extend(
                Problem(f"{fact.key}: {each.fact}", each.expected, each.suggestion)
                for each in error.problems
            )
    return found
