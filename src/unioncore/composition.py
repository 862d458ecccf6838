"""Puts plugins together into a rulebook: discover, call each hook once, check, merge.

Every fault of every plugin is collected and raised together. Afterwards pluggy is out of the way.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from inspect import getattr_static
from keyword import iskeyword
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
import pluggy
from attrs import frozen

from unioncore import builtin, hookspecs
from unioncore.definitions.schema import IN_TOML
from unioncore.errors import CompositionError, Fault, did_you_mean, nearest
from unioncore.hookspecs import About
from unioncore.legal import DayRange, Period
from unioncore.model import CaseType, Side
from unioncore.rulebook import Definitions, Origin, PluginInfo, Rulebook
from unioncore.rules import (
    Fact,
    FactType,
    Measure,
    Measuring,
    Parameter,
    Predicate,
    Row,
    Rule,
    RuleSet,
    RuleVersion,
    Table,
    Word,
    from_plain,
    series,
    verdicts,
)
from unioncore.rules.check import check_condition, check_value
from unioncore.rules.condition import (
    Among,
    Expression,
    Literal,
    Name,
    NotReviewed,
    Words,
    children,
)
from unioncore.rules.overlap import example_text, overlaps
from unioncore.rules.ruleset import Gathering, words_given

__all__ = ["FoundPlugin", "compose", "example_union", "find_plugins", "look_at"]

GROUP = "unioncore"
"""The entry-point group by which plugins are found."""

BUILTIN = "builtin"


@frozen
class FoundPlugin:
    """A plugin that is installed: an entry point that has not been imported yet."""

    name: str
    distribution: str
    version: str
    load: Callable[[], Any]
    module: str = ""
    """The module that it is in."""


@frozen
class _Contribution:
    """A plugin after its hooks were called."""

    info: PluginInfo
    about: About | None
    definitions: Definitions
    origins: Mapping[tuple[str, str], Origin]


def find_plugins() -> tuple[FoundPlugin, ...]:
    """Return the installed plugins, by name; nothing is imported."""
    found = []
    for entry in metadata.entry_points(group=GROUP):
        dist = entry.dist
        name, version = (dist.name, dist.version) if dist is not None else ("", "")
        found.append(FoundPlugin(entry.name, name, version, entry.load, entry.module))
    return tuple(sorted(found, key=lambda each: (each.name, each.distribution)))


def example_union(plugin: FoundPlugin) -> Traversable | None:
    """Return the folder of the example union that a plugin ships, or None."""
    folder = resources.files(plugin.module.partition(".")[0]) / "example_union"
    return folder if folder.is_dir() else None


def compose(*plugins: Any, discover: bool = True, block: Collection[str] = ()) -> Rulebook:
    """Return the rulebook that the built-in definitions and the plugins make.

    Args:
        plugins: plugin objects (or what ``find_plugins`` gives), beside those that are discovered;
            one takes the place of an installed plugin of the same name.
        discover: whether to load every installed plugin.
        block: names of installed plugins to leave out.

    Raises:
        CompositionError: with every fault of every plugin, each with plugin, file and path.
    """
    faults: list[Fault] = []
    contributions = _gather(plugins, discover, frozenset(block), faults)
    book = _put_together(contributions, faults)
    if faults:
        raise CompositionError(tuple(sorted(set(faults))))
    return book


def look_at(*plugins: Any) -> tuple[tuple[PluginInfo, tuple[Fault, ...]], ...]:
    """Return each plugin, the built-in one among them, with what is wrong with it; never raises."""
    faults: list[Fault] = []
    contributions = _gather(plugins, False, frozenset(), faults)
    _put_together(contributions, faults)
    return tuple(
        (each.info, tuple(fault for fault in sorted(set(faults)) if fault.plugin == each.info.name))
        for each in contributions
    )


def _put_together(contributions: Iterable[_Contribution], faults: list[Fault]) -> Rulebook:
    """Merge and check; add what is wrong to ``faults``."""
    merged, origins = _merge(contributions, faults)
    merged = _with_money(merged)
    plugins = tuple(each.info for each in contributions)
    book = Rulebook(definitions=merged, plugins=plugins, origins=origins)
    checks = _Checks(book)
    faults.extend(checks.run({each.info.name: each.about for each in contributions}))
    return attrs.evolve(book, not_proved=tuple(checks.not_proved))


# -- plugins into contributions ------------------------------------------------------------------


def _gather(
    given: Iterable[Any], discover: bool, block: frozenset[str], faults: list[Fault]
) -> list[_Contribution]:
    installed = _installed(block, faults)
    waiting: list[tuple[FoundPlugin, Any]] = [_named(builtin.plugin, BUILTIN)]
    waiting += [_named(plugin) for plugin in given]
    if discover:
        waiting += [(found, None) for found in installed.values()]
    contributions: dict[str, _Contribution] = {}
    loaded: dict[str, Any] = {}
    while waiting:
        found, plugin = waiting.pop(0)
        if found.name in contributions:
            if plugin is not None and plugin is not loaded[found.name]:
                said = "two plugins have this name; give one another, as its attribute name"
                faults.append(Fault(found.name, "", "", said))
            continue
        contribution = _Reading(found, faults).contribution(plugin)
        contributions[found.name] = contribution
        loaded[found.name] = plugin
        for name in contribution.about.requires if contribution.about else ():
            known = {*contributions, *(each.name for each, _ in waiting)}
            if name in known:
                continue
            if name in installed:
                waiting.append((installed[name], None))
                continue
            said = f"needs the plugin {name}, which " + (
                "was left out"
                if name in block
                else f"is not loaded; install unioncore-{name}"
                + did_you_mean(nearest(name, {*known, *installed} - {BUILTIN}))
            )
            faults.append(Fault(found.name, "", "", said))
    return [contributions[name] for name in sorted(contributions)]


def _installed(block: frozenset[str], faults: list[Fault]) -> dict[str, FoundPlugin]:
    """Return the installed plugins that are not left out."""
    installed: dict[str, FoundPlugin] = {}
    for found in find_plugins():
        if found.name in block:
            continue
        if found.name in installed or found.name == BUILTIN:
            other = installed[found.name].distribution if found.name in installed else "unioncore"
            said = f"two distributions install it, {other} and {found.distribution}; remove one"
            faults.append(Fault(found.name, "", "", said))
        installed.setdefault(found.name, found)
    installed.pop(BUILTIN, None)
    return installed


def _named(plugin: Any, name: str = "") -> tuple[FoundPlugin, Any]:
    if isinstance(plugin, FoundPlugin):
        return plugin, None
    name = name or getattr(plugin, "name", "")
    if not isinstance(name, str) or not name:
        # By convention the package unioncore_some_group is the plugin some-group.
        name = str(getattr(plugin, "__name__", "") or getattr(plugin, "package", ""))
        name = name.replace("\\", "/").rpartition("/")[2].removeprefix("unioncore_")
        name = name.replace("_", "-") or type(plugin).__name__
    own = next(iter(metadata.Distribution.discover(name="unioncore")), None)
    distribution, version = ("unioncore", own.version) if name == BUILTIN and own else ("", "")
    return FoundPlugin(name, distribution, version, lambda: plugin), plugin


class _Reading:
    """Calls every hook of one plugin, once, and reports whatever does not fit."""

    def __init__(self, found: FoundPlugin, faults: list[Fault]) -> None:
        self.found = found
        self.faults = faults
        self.file = ""
        self.manager = pluggy.PluginManager("unioncore")
        self.manager.add_hookspecs(hookspecs.Hooks)

    def fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(self.found.name, self.file, path, _one_line(message)))

    def contribution(self, plugin: Any) -> _Contribution:
        about, definitions, origins = None, Definitions(), {}
        if self._register(plugin):
            about = self._about()
            for each in self._call("unioncore_faults", Fault):
                if self._fits(each, Fault, "unioncore_faults"):
                    self.faults.append(attrs.evolve(each, plugin=self.found.name))
            definitions = Definitions(**{kind: self._made(kind) for kind in Definitions.kinds()})
            origins = self._origins(definitions)
        contributes = [(kind, len(getattr(definitions, kind))) for kind in Definitions.kinds()]
        info = PluginInfo(
            self.found.name,
            self.found.distribution,
            self.found.version,
            about.prefix if about else "",
            tuple((kind, number) for kind, number in contributes if number),
        )
        return _Contribution(info, about, definitions, origins)

    def _register(self, plugin: Any) -> bool:
        """Load the plugin and check the names of its hooks; whether it can be used."""
        try:
            plugin = self.found.load() if plugin is None else plugin
        except (Exception, SystemExit) as error:  # whatever a plugin does while it is imported
            self.fault("", f"cannot be imported: {type(error).__name__}: {error}")
            return False
        self.file = _file_of(plugin)
        hooks = [name for name in dir(hookspecs.Hooks) if name.startswith("unioncore_")]
        try:
            for name in dir(plugin):
                value = getattr_static(plugin, name, None)
                value = getattr(value, "__func__", value)
                marked = hasattr(value, "unioncore_impl")
                if name in hooks and not marked:
                    self.fault(name, "is not marked @hookimpl, so it would never be called")
                elif name not in hooks and (
                    marked or (name.startswith("unioncore_") and callable(value))
                ):
                    self.fault(name, f"no hook has this name{did_you_mean(nearest(name, hooks))}")
            if isinstance(plugin, type):
                raise TypeError("it is a class; give an object of it")
            self.manager.register(plugin, self.found.name)
        except Exception as error:  # its attributes may do anything, too
            self.fault("", f"is not a plugin: {error}")
            return False
        return True

    def _about(self) -> About | None:
        try:
            about = self.manager.hook.unioncore_about()
        except Exception as error:  # whatever a hook does
            self.fault("unioncore_about", f"failed: {type(error).__name__}: {error}")
            return None
        if not isinstance(about, About):
            said = "every plugin has this hook; return an About with the plugin's prefix"
            self.fault("unioncore_about", said)
            return None
        if not self._fits(about, About, "unioncore_about"):
            return None
        if not about.prefix.isidentifier():
            self.fault("unioncore_about.prefix", "expected one word of letters, digits and _")
            return None
        return about

    def _call(self, name: str, wanted: type) -> list[Any]:
        """Return what a hook gives, as far as it is of the class ``wanted``."""
        hook = getattr(self.manager.hook, name)
        if not hook.get_hookimpls():
            return []
        try:
            returned = list(hook())
            if not returned:
                self.fault(name, "returns nothing at all; return () where there is nothing")
            results: list[Any] = []
            for result in returned:
                if isinstance(result, str | wanted):
                    raise TypeError(f"return a list, not one {type(result).__name__}")
                if name == "unioncore_origins":
                    result = result.items()
                results.extend(result)
        except Exception as error:  # whatever a hook does
            self.fault(name, f"failed: {type(error).__name__}: {error}")
            return []
        for result in results:
            if not isinstance(result, wanted):
                self.fault(name, f"expected {wanted.__name__}, got {type(result).__name__}")
        return [result for result in results if isinstance(result, wanted)]

    def _fits(self, value: Any, wanted: Any, path: str) -> bool:
        """Report whatever in ``value`` is of a wrong type; whether it can be used."""
        wrong = list(_misfits(value, wanted, path))
        for where, said in wrong:
            self.fault(where, said)
        return not wrong

    def _made(self, kind: str) -> tuple[Any, ...]:
        wanted = get_args(_types_of(Definitions)[kind])[0]
        return tuple(
            definition
            for definition in self._call(f"unioncore_{kind}", wanted)
            if self._fits(definition, wanted, f"{wanted.__name__} {definition.key}")
        )

    def _origins(self, definitions: Definitions) -> dict[tuple[str, str], Origin]:
        known = {
            at: origin
            for at, origin in self._call("unioncore_origins", tuple)
            if self._fits(at, tuple[str, ...], "unioncore_origins")
            and self._fits(origin, Origin, "unioncore_origins")
        }
        origins = {}
        for kind in Definitions.kinds():
            for definition in getattr(definitions, kind):
                at = (kind, _key(definition))
                path = f"{type(definition).__name__} {definition.key}"
                place = known.get(at, Origin("", self.file, path))
                origins[at] = attrs.evolve(place, plugin=self.found.name)
        return origins


def _one_line(text: object) -> str:
    return " ".join(str(text).split())


def _file_of(plugin: Any) -> str:
    """Return the name of the file that a plugin is written in, if it is one of its own."""
    module = plugin if isinstance(plugin, ModuleType) else sys.modules.get(type(plugin).__module__)
    if module is None or module.__name__.partition(".")[0] == "unioncore":
        return ""
    path = Path(getattr(module, "__file__", None) or "")
    return f"{path.parent.name}/{path.name}" if path.stem == "__init__" else path.name


@cache
def _types_of(kind: type) -> Mapping[str, Any]:
    """Return the type of each field that ``kind`` is made with."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in attrs.fields(kind) if field.init}


def _misfits(value: Any, wanted: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give each place in a definition where something of a wrong type stands, and what is right.

    A file is read strictly; this is for definitions that are built in Python.
    """
    origin, options = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        kinds = {get_origin(each) or each: each for each in options}
        # True is an int to Python, and a datetime is a date.
        of = type(value)
        kind = of if of in kinds else next((k for k in kinds if isinstance(value, k)), None)
        if kind is not None:
            yield from _misfits(value, kinds[kind], path)
        else:
            text = Name in options and isinstance(value, str)
            names = " or ".join(sorted(_type_name(each) for each in options))
            yield path, "expected a condition: parse() the text" if text else _wrong(value, names)
    elif origin in (tuple, frozenset):
        if isinstance(value, origin):
            for number, item in enumerate(value):
                yield from _misfits(item, options[0], f"{path}[{number}]")
        else:
            yield path, _wrong(value, origin.__name__)
    elif origin is not None:
        if not callable(value):
            yield path, _wrong(value, "function")
    elif not isinstance(value, wanted) or (
        (wanted is int and isinstance(value, bool))
        or (wanted is date and isinstance(value, datetime))
    ):
        yield path, _wrong(value, _type_name(wanted))
    elif attrs.has(wanted):
        for name, kind in _types_of(wanted).items():
            yield from _misfits(getattr(value, name), kind, f"{path}.{IN_TOML.get(name, name)}")


def _type_name(kind: Any) -> str:
    return "None" if kind is type(None) else str(getattr(kind, "__name__", kind))


def _wrong(value: Any, expected: str) -> str:
    return f"expected {expected}, got {type(value).__name__}"


def _key(definition: Any) -> str:
    if isinstance(definition, Word):
        return f"{definition.vocabulary}:{definition.key}"
    return str(definition.key)


# -- contributions into one set of definitions -----------------------------------------------------


def _merge(
    contributions: Iterable[_Contribution], faults: list[Fault]
) -> tuple[Definitions, dict[tuple[str, str], Origin]]:
    """Merge by kind and key; sorted, so that the order of plugins leaves no trace."""
    merged: dict[str, dict[str, Any]] = {kind: {} for kind in Definitions.kinds()}
    origins: dict[tuple[str, str], Origin] = {}
    for contribution in contributions:
        for kind in Definitions.kinds():
            for definition in getattr(contribution.definitions, kind):
                at = (kind, _key(definition))
                origin = contribution.origins[at]
                if at not in origins:
                    merged[kind][at[1]] = definition
                    origins[at] = origin
                    continue
                first, kept = origins[at], merged[kind][at[1]]
                said = "is defined already by"
                if kind in ("words", "facts", "unions"):
                    unlike = _unlike(kept, definition)
                    if not unlike:
                        continue
                    said = f"is declared differently ({', '.join(unlike)}) by"
                where = ": ".join(part for part in (first.plugin, first.file, first.path) if part)
                faults.append(
                    Fault(origin.plugin, origin.file, origin.path, f"{at[1]} {said} {where}")
                )
    everything = {
        kind: tuple(found[key] for key in sorted(found)) for kind, found in merged.items()
    }
    return Definitions(**everything), origins


def _with_money(definitions: Definitions) -> Definitions:
    """Read the text in the rows of tables that decide money; only now is each fact's type known."""
    money = {fact.key: fact for fact in definitions.facts if fact.type is FactType.MONEY}

    def read(fact: Fact, row: Row) -> Row:
        found = from_plain(fact, row.value.value)
        if isinstance(found, Decimal) and found.is_finite():
            return attrs.evolve(row, value=Literal(found))
        return row

    def with_money(table: Table) -> Table:
        fact = money.get(table.decides)
        if fact is None:
            return table
        rows, otherwise = ([read(fact, row) for row in of] for of in (table.rows, table.otherwise))
        return attrs.evolve(table, rows=tuple(rows), otherwise=tuple(otherwise))

    return attrs.evolve(definitions, tables=tuple(map(with_money, definitions.tables)))


def _unlike(first: Any, second: Any) -> list[str]:
    """Return where two declarations of a shared word or fact differ; what each cites is its own."""
    names = [field.name for field in attrs.fields(type(first)) if field.name != "citations"]
    return [name for name in names if getattr(first, name) != getattr(second, name)]


# -- checks ----------------------------------------------------------------------------------------

_PREFIXED = (
    "rules",
    "tables",
    "parameters",
    "requirements",
    "measures",
    "predicates",
    "impossible",
    "case_types",
)


_WORDED = (
    "unions",
    "service_groups",
    "regions",
    "branch_types",
    "branches",
    "bodies",
    "office_roles",
    "case_types",
)
"""Kinds that stand for a word each."""

_NAMED = ("facts", "parameters", "requirements", "predicates")
"""Kinds whose keys stand in conditions."""

At = tuple[str, str]
"""The kind and the key of a definition."""


class _Checks:
    """Everything that composition checks on definitions that could be read.

    A definition that is ``broken`` cannot be evaluated: the search for overlapping rules does
    without it. Other faults, such as a missing citation, do not stop the search.
    """

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.rules: RuleSet = book.rules
        self.declared = list(_declared(book.definitions))
        self.faults: list[Fault] = []
        self.broken: set[At] = set()
        self.not_proved: list[str] = []

    def run(self, abouts: Mapping[str, About | None]) -> list[Fault]:
        """Return every fault."""
        everything = [
            ((kind, _key(definition)), definition)
            for kind in Definitions.kinds()
            for definition in getattr(self.book.definitions, kind)
        ]
        for at, definition in everything:
            about = abouts.get(self.book.origins[at].plugin)
            if at[0] in _PREFIXED and about is not None:
                self._prefix(at, about)
            self._spelling(at)
            self._citations(at, definition)
            self._versions(at, definition)
        self._cycles()
        for at, definition in everything:
            self._conditions(at, definition)
            self._kind(at, definition)
        for at, rule in self.declared:
            self._rule(at, rule)
        self._overrides()
        self._deciders()
        self._keys()
        self._words()
        self._references()
        self._one_own_union()
        self._overlaps()
        return self.faults

    def fault(self, at: At, path: str, message: str) -> None:
        """Report what leaves the definition usable."""
        origin = self.book.origins.get(at, Origin(""))
        full = f"{origin.path}.{path}" if path and origin.path else origin.path or path
        self.faults.append(Fault(origin.plugin, origin.file, full, _one_line(message)))

    def breaks(self, at: At, path: str, message: str) -> None:
        """Report what leaves the definition unusable."""
        self.fault(at, path, message)
        self.broken.add(at)

    def _sound(self) -> RuleSet:
        """Return the rules as far as they can be evaluated; a broken one is never known to hold."""
        broken = self.broken
        return attrs.evolve(
            self.rules,
            rules=tuple(_silent(rule) if at in broken else rule for at, rule in self.declared),
            tables=tuple(t for t in self.rules.tables if ("tables", t.key) not in broken),
            measures=tuple(m for m in self.rules.measures if ("measures", m.key) not in broken),
            impossible=tuple(
                each for each in self.rules.impossible if ("impossible", each.key) not in broken
            ),
        )

    # -- each definition by itself ---------------------------------------------------------------

    def _prefix(self, at: At, about: About) -> None:
        if not at[1].startswith(f"{about.prefix}."):
            said = f"the key {at[1]} does not start with the plugin's prefix {about.prefix}."
            self.fault(at, "key", said)

    def _spelling(self, at: At) -> None:
        key = at[1].partition(":")[2] if at[0] == "words" else at[1]
        if not key.strip() or not key.isprintable() or "/" in key:
            self.fault(at, "key", f"expected a key that can be printed, without /, got {key!r}")
        elif at[0] in _NAMED and not all(
            part.isidentifier() and not iskeyword(part) for part in key.split(".")
        ):
            said = f"conditions cannot name {key}; use letters, digits and _, and full stops"
            self.fault(at, "key", said)

    def _versions(self, at: At, definition: Any) -> None:
        """Check that versions do not overlap, where versions are told apart by period alone."""
        versions = getattr(definition, "versions", None)
        if versions is None:
            return
        if not versions and at[0] != "branch_types":
            self.fault(at, "version", "has no version; add one, with its period")
        for number, version in enumerate(versions):
            for earlier, other in enumerate(versions[:number]):
                # Versions of a parameter may stand side by side under different conditions.
                if at[0] == "parameters" and version.when != other.when:
                    continue
                if version.period.overlaps(other.period):
                    said = _overlap(version.period, f"version[{earlier}]", other.period)
                    self.breaks(at, f"version[{number}].period", said)

    def _citations(self, at: At, definition: Any) -> None:
        missing = "has no citation; a value without a source cannot stand"
        for number, version in enumerate(getattr(definition, "versions", ())):
            if not version.citations:
                self.fault(at, f"version[{number}].citations", missing)
        if isinstance(definition, Table):
            for path, row in _rows(definition):
                if not row.citations:
                    self.fault(at, f"{path}.citations", missing)
        if at[0] in ("predicates", "measures") and not definition.citations:
            self.fault(at, "citations", missing)

    def _conditions(self, at: At, definition: Any) -> None:
        for path, condition in _conditions_of(definition):
            for fault in check_condition(self.rules, condition):
                self.breaks(at, path, fault)

    def _kind(self, at: At, definition: Any) -> None:
        match definition:
            case Fact():
                self._fact(at, definition)
            case Table():
                self._table(at, definition)
            case Measure():
                self._measure(at, definition)
            case Parameter():
                self._parameter(at, definition)
            case CaseType():
                self._case_type(at, definition)
            case Predicate(test=test):
                # A rulebook is stored and sent about with what it holds.
                if "<" in getattr(test, "__qualname__", "<"):
                    self.fault(at, "test", "expected a function that stands in a module by name")

    def _case_type(self, at: At, kind: CaseType) -> None:
        parameters = [parameter.key for parameter in self.book.definitions.parameters]
        claims = self.rules.words.get("claim", {})
        for number, version in enumerate(kind.versions):
            path = f"version[{number}]"
            for where, flaw in version.flaws():
                self.fault(at, f"{path}.{where}", flaw)
            for place, clock in enumerate(version.clocks):
                where = f"{path}.clock[{place}]"
                if not clock.citations:
                    said = "has no citation; a clock without a source cannot run"
                    self.fault(at, f"{where}.citations", said)
                if clock.parameter:
                    self._refers(at, f"{where}.parameter", "parameter", clock.parameter, parameters)
                if clock.claim:
                    self._refers(at, f"{where}.claim", "claim", clock.claim, claims)
        for other in kind.links:
            self._refers(at, "links", "case type", other, self.rules.words.get("case_type", {}))
        compartments = self.rules.words.get("compartment", {})
        self._refers(at, "compartment", "compartment", kind.compartment, compartments)

    def _fact(self, at: At, fact: Fact) -> None:
        worded = fact.type in (FactType.CHOICE, FactType.SET)
        if worded and not fact.vocabulary and not fact.choices:
            self.fault(at, "vocabulary", "a choice or a set needs a vocabulary or choices")
        if fact.type is FactType.COLLECTION and not fact.of:
            self.fault(at, "of", "a collection says what its records are about")
        if not fact.label:
            self.fault(at, "label", "a fact needs a label, so that sentences can speak of it")

    def _parameter(self, at: At, parameter: Parameter) -> None:
        if parameter.type in (FactType.CHOICE, FactType.SET, FactType.COLLECTION):
            self.breaks(at, "type", "expected whole, money, day, yes-no or text")
            return
        for number, version in enumerate(parameter.versions):
            for fault in check_value(self.rules, parameter.fact(), version.value):
                self.breaks(at, f"version[{number}].value", fault)

    def _table(self, at: At, table: Table) -> None:
        self._day_fact(at, table.dated_by)
        fact = self._decided(at, table.decides)
        if fact is not None and fact.type is FactType.SET:
            self.breaks(at, "decides", f"{fact.key} is a set, and a table gives one value")
            fact = None
        by = self._known_fact(at, "by", table.by)
        if by is not None and by.type not in (FactType.TEXT, FactType.CHOICE):
            self.breaks(
                at, "by", f"a table is looked up by a word or text, and {by.key} is {by.type}"
            )
            by = None
        words = self.rules.names_of(by) if by is not None and by.type is FactType.CHOICE else None
        for path, row in _rows(table):
            if fact is not None and fact.type is FactType.MONEY:
                if not isinstance(row.value.value, Decimal):
                    said = f'{fact.key} is money: expected money in quotes, such as "719.00"'
                    self.breaks(at, f"{path}.value", said)
            elif fact is not None:
                for fault in check_value(self.rules, fact, row.value):
                    self.breaks(at, f"{path}.value", fault)
            if bool(row.keys) is path.startswith("otherwise"):
                said = "a row names at least one key, and an otherwise names none"
                self.fault(at, f"{path}.keys", said)
            for place, key in enumerate(row.keys if words is not None else ()):
                if key not in (words or {}):
                    meant = did_you_mean(nearest(key, words or {}))
                    said = f"{table.by} has no word {key!r}{meant}"
                    self.fault(at, f"{path}.keys[{place}]", said)
        self._rows_apart(at, table)

    def _rows_apart(self, at: At, table: Table) -> None:
        rows = list(_rows(table))
        for number, (path, row) in enumerate(rows):
            for earlier, other in rows[:number]:
                shared = [key for key in row.keys if key in other.keys]
                same = bool(shared) or not (row.keys or other.keys)
                if same and row.period.overlaps(other.period):
                    said = _overlap(row.period, earlier, other.period)
                    self.fault(at, f"{path}.period", f"{': '.join([*shared[:1], said])}")

    def _measure(self, at: At, measure: Measure) -> None:
        over = self.rules.facts.get(measure.over)
        if over is None or over.type is not FactType.COLLECTION:
            collections = sorted(
                fact.key for fact in self.rules.facts.values() if fact.type is FactType.COLLECTION
            )
            said = f"{measure.over} is no collection" if measure.over else "measures nothing"
            hint = did_you_mean(nearest(measure.over, collections))
            one = f"; name a collection, such as {collections[0]}" if collections else ""
            self.breaks(at, "over", said + (hint or one or "; no plugin declares a collection"))
        fact = self._decided(at, measure.decides)
        gives = FactType.WHOLE if measure.take is Measuring.COUNT else FactType.YES_NO
        if fact is not None and fact.type is not gives:
            self.breaks(
                at, "decides", f"{measure.take} gives {gives}, and {fact.key} is {fact.type}"
            )

    # -- rules -----------------------------------------------------------------------------------

    def _known_fact(self, at: At, path: str, key: str) -> Fact | None:
        fact = self.rules.facts.get(key)
        if fact is None:
            said = f"no fact is called {key}{did_you_mean(nearest(key, self.rules.facts))}"
            self.breaks(at, path, said)
        return fact

    def _decided(self, at: At, key: str) -> Fact | None:
        """Return the fact that a definition decides, if it is one that can be decided."""
        fact = self._known_fact(at, "decides", key)
        if fact is not None and not fact.derived:
            self.breaks(at, "decides", f"{key} is recorded, so nothing decides it")
        return fact

    def _day_fact(self, at: At, key: str) -> None:
        fact = self.rules.facts.get(key)
        if fact is None or fact.type is not FactType.DAY:
            days = [each.key for each in self.rules.facts.values() if each.type is FactType.DAY]
            said = f"{key} is not a fact that holds a day{did_you_mean(nearest(key, days))}"
            self.breaks(at, "dated_by", said)

    def _rule(self, at: At, rule: Rule) -> None:
        fact = self._decided(at, rule.decides)
        self._day_fact(at, rule.dated_by)
        # The values of a parameter are checked with the parameter.
        for number, version in enumerate(rule.versions if at[0] != "parameters" else ()):
            if fact is None:
                break
            path = f"version[{number}]"
            for fault in check_value(self.rules, fact, version.value):
                self.breaks(at, f"{path}.value", fault)
            if fact.type is FactType.SET and rule.otherwise and version.value != Words(()):
                said = "an otherwise on a set says that it holds nothing else: value = []"
                self.breaks(at, f"{path}.value", said)
            for place, exception in enumerate(version.exceptions):
                if exception.value is None:
                    continue
                where = f"{path}.except[{place}].value"
                if fact.type is FactType.SET:
                    self.breaks(at, where, "an exception of a set says no, and gives no value")
                    continue
                for fault in check_value(self.rules, fact, exception.value):
                    self.breaks(at, where, fault)

    def _overrides(self) -> None:
        owners = {rule.key: at for at, rule in self.declared}
        decides = {rule.key: rule.decides for _, rule in self.declared}
        links: dict[str, list[str]] = {}
        for at, rule in self.declared:
            mine = [key for key, fact in decides.items() if fact == rule.decides]
            links[rule.key] = [key for key in rule.overrides if key in mine]
            for key in rule.overrides:
                if key not in mine:
                    said = f"overrides {key}, but no rule of that key decides {rule.decides}"
                    others = [other for other in mine if other != rule.key]
                    self.breaks(at, "overrides", said + did_you_mean(nearest(key, others)))
        while circle := _circle(links):
            said = f"rules override one another: {' -> '.join(circle)}"
            self.breaks(owners[circle[0]], "overrides", said)
            for key in circle:
                self.broken.add(owners[key])
                links.pop(key, None)

    def _deciders(self) -> None:
        """Check that a fact that a table or a measure decides is decided by nothing else."""
        owners: dict[str, At] = {}
        deciding = [(("tables", each.key), each.decides) for each in self.rules.tables]
        deciding += [(("measures", each.key), each.decides) for each in self.rules.measures]
        for at, key in deciding:
            first = owners.setdefault(key, at)
            if first != at:
                self.breaks(at, "decides", f"{key} is decided by {first[1]} already")
        for at, rule in self.declared:
            if rule.decides in owners:
                said = f"{rule.decides} is decided by {owners[rule.decides][1]} already"
                self.breaks(at, "decides", said)

    # -- cycles ----------------------------------------------------------------------------------

    def _cycles(self) -> None:
        """Check that no derived fact depends on itself, word by word for sets."""
        links: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for key, decider in self._sound().deciders.items():
            match decider:
                case Gathering():
                    links[key, ""] = {(key, word) for word in decider.words}
                    for clause in decider.closing:
                        links[key, ""] |= _reads(clause.holds)
                    for word, clauses in decider.words.items():
                        reads: set[tuple[str, str]] = set()
                        for clause in clauses:
                            reads |= _reads(clause.holds)
                            for above in decider.overriders.get(clause.rule.key, ()):
                                reads |= _reads(decider.raw[above])
                        links[key, word] = reads
                case Table():
                    links[key, ""] = {(decider.by, ""), (decider.dated_by, "")}
                case Measure():
                    links[key, ""] = {(decider.over, ""), *_reads(decider.where)}
                case _:
                    links[key, ""] = set()
                    for clause in decider.clauses:
                        links[key, ""] |= _reads(clause.holds)
                        if clause.value is not None:
                            links[key, ""] |= _reads(clause.value)
        done: set[tuple[str, str]] = set()
        for start in sorted(links):
            self._follow(start, links, [], done)

    def _follow(
        self,
        at: tuple[str, str],
        links: Mapping[tuple[str, str], set[tuple[str, str]]],
        path: list[tuple[str, str]],
        done: set[tuple[str, str]],
    ) -> None:
        if at in path:
            circle = [*path[path.index(at) :], at]
            shown = " -> ".join(f"{key}:{word}" if word else key for key, word in circle)
            keys = {key for key, _ in circle}
            deciding = [(owner, rule.decides) for owner, rule in self.declared]
            deciding += [(("tables", each.key), each.decides) for each in self.rules.tables]
            deciding += [(("measures", each.key), each.decides) for each in self.rules.measures]
            owners = [owner for owner, decides in deciding if decides in keys]
            self.fault(owners[0], "", f"derived facts depend on themselves: {shown}")
            self.broken.update(owners)
            done.update(circle)
            return
        if at in done or at not in links:
            return
        for following in sorted(links[at]):
            self._follow(following, links, [*path, at], done)
        done.add(at)

    # -- definitions with one another --------------------------------------------------------------

    def _keys(self) -> None:
        """Check that no two definitions of different kinds share a key that tells them apart."""
        owners: dict[str, At] = {}
        for at in sorted(self.book.origins):
            if at[0] in ("words", "unions", "service_groups", "regions", "facts", "calendars"):
                continue
            first = owners.setdefault(at[1], at)
            if first == at and at[0] in _NAMED and ("facts", at[1]) in self.book.origins:
                first = ("facts", at[1])
            if first != at:
                said = f"{at[1]} is the key of one of the {first[0].replace('_', ' ')} too"
                self.fault(at, "key", said)

    def _words(self) -> None:
        """Check that a word is not declared differently by itself and by what it stands for."""
        definitions = self.book.definitions
        words = {(word.vocabulary, word.key): word for word in definitions.words}
        for kind in _WORDED:
            for definition in getattr(definitions, kind):
                word = definition.word()
                other = words.get((word.vocabulary, word.key), word)
                if other.name != word.name:
                    said = f"{word.key} is also a word of {word.vocabulary}, and named differently"
                    self.fault((kind, definition.key), "key", said)

    def _references(self) -> None:
        definitions = self.book.definitions
        unions = self.rules.words.get("union", {})
        regions = self.rules.words.get("region", {})
        bodies = self.rules.words.get("body", {})
        for body in definitions.bodies:
            at = ("bodies", body.key)
            for key in body.succeeded_by:
                self._refers(at, "succeeded_by", "body", key, bodies)
            if body.parent:
                self._refers(at, "parent", "body", body.parent, bodies)
            for number, version in enumerate(body.versions):
                for place, side in enumerate(version.sides):
                    path = f"version[{number}].side[{place}]"
                    for key in side.unions:
                        self._refers(at, f"{path}.unions", "union", key, unions)
                    self._majorities(at, f"{path}.majorities", side)
        procedure = next((k for k in definitions.case_types if k.key == "core.pay_round"), None)
        events = {e for v in (procedure.versions if procedure else ()) for e in v.events()}
        for round_ in definitions.pay_rounds:
            at = ("pay_rounds", round_.key)
            self._refers(at, "body", "body", round_.body, bodies)
            for number, position in enumerate(round_.positions):
                self._refers(at, f"position[{number}].union", "union", position.union, unions)
            for number, step in enumerate(round_.steps):
                self._refers(at, f"step[{number}].what", "event", step.what, events)
                if step.on and not _is_partial_day(step.on):
                    said = "expected a day, month or year such as 2024-10"
                    self.fault(at, f"step[{number}].on", said)
            if not round_.citations:
                self.fault(
                    at, "citations", "has no citation; a record without a source cannot stand"
                )
        for branch in definitions.branches:
            for number, each in enumerate(branch.versions):
                path = f"version[{number}].region"
                self._refers(("branches", branch.key), path, "region", each.region, regions)
        for region in definitions.regions:
            if region.succeeded_by:
                at = ("regions", region.key)
                self._refers(at, "succeeded_by", "region", region.succeeded_by, regions)
        unit_kinds = self.rules.words.get("unit_kind", {})
        for role in definitions.office_roles if unit_kinds else ():
            for key in role.of:
                self._refers(("office_roles", role.key), "of", "unit_kind", key, unit_kinds)

    def _majorities(self, at: At, path: str, side: Side) -> None:
        """Check that unions said to be a majority together can be one."""
        seats = {each.who: each.seats for each in side.seats_by}
        for number, majority in enumerate(side.majorities):
            here = f"{path}[{number}]"
            for key in majority:
                if key not in side.unions:
                    said = f"names {key}, which is not among the unions of the side"
                    self.fault(at, here, said + did_you_mean(nearest(key, side.unions)))
            if not majority:
                self.fault(at, here, "names no union; name those that are a majority together")
            elif side.seats is not None and set(majority) <= seats.keys():
                held = sum(seats[key] for key in set(majority))
                if held * 2 <= side.seats:
                    said = f"has {held} of {side.seats} seats, which is no majority"
                    self.fault(at, here, said)
            for other in side.majorities[:number]:
                if majority and other and not set(majority) & set(other):
                    said = f"shares no union with {series(other)}; both cannot be a majority"
                    self.fault(at, here, said)

    def _refers(self, at: At, path: str, what: str, key: str, known: Collection[str]) -> None:
        if key not in known:
            said = f"refers to the {what} {key}, which no plugin defines"
            self.fault(at, path, said + did_you_mean(nearest(key, known)))

    def _one_own_union(self) -> None:
        own = [union.key for union in self.book.definitions.unions if union.own]
        for key in own[1:]:
            said = f"a rulebook is one union's own, and {own[0]} is marked so too"
            self.fault(("unions", key), "own", said)

    def _overlaps(self) -> None:
        """Search for people for whom two rules decide one fact differently."""
        owners = {rule.key: at for at, rule in self.declared}
        for found in overlaps(self._sound()):
            pair = f"{found.first} and {found.second} decide {found.fact}"
            if found.example is None:
                self.not_proved.append(f"{pair}: {found.reason}")
                continue
            example = example_text(found.example) or "whatever is known of them"
            said = f"{pair} differently for one person: {example}"
            self.fault(
                owners[found.first], "", f"{said}; narrow one, or let one override the other"
            )


def _is_partial_day(text: str) -> bool:
    try:
        DayRange.parse(text)
    except ValueError:
        return False
    return True


def _declared(definitions: Definitions) -> Iterator[tuple[At, Rule]]:
    """Give each rule with the definition that declares it."""
    own = next((union.key for union in definitions.unions if union.own), None)
    kinds = ("rules", "parameters", "requirements", "branch_types", "branches", "bodies")
    for kind in (*kinds, "office_roles"):
        for each in getattr(definitions, kind):
            if kind == "rules":
                rules = (each,)
            else:
                rules = each.rules(own) if kind == "bodies" else each.rules()
            yield from (((kind, each.key), rule) for rule in rules if rule.versions)
    for verdict in verdicts(definitions.requirements):
        first = next(r for r in definitions.requirements if r.verdict == verdict.decides)
        yield ("requirements", first.key), verdict


def _silent(rule: Rule) -> Rule:
    """Return a rule of the same key that may or may not hold, and gives nothing that is known."""
    words = {word: None for version in rule.versions for word in words_given(version.value)}
    given = Words(tuple(map(Literal, words)))
    version = RuleVersion(Period(), NotReviewed(f"{rule.key} has faults"), given, ())
    return Rule(rule.key, rule.decides, (version,), rule.overrides, rule.otherwise)


def _circle(links: Mapping[str, Iterable[str]]) -> list[str]:
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _overlap(period: Period, other: str, others: Period) -> str:
    return f"the period {period} overlaps that of {other}, {others}; end one where the other starts"


def _rows(table: Table) -> Iterator[tuple[str, Any]]:
    """Give each row of a table with its path."""
    yield from ((f"row[{number}]", row) for number, row in enumerate(table.rows))
    yield from ((f"otherwise[{number}]", row) for number, row in enumerate(table.otherwise))


def _reads(node: Expression) -> set[tuple[str, str]]:
    """Return the facts that an expression reads; of a set that is asked about a word, the word."""
    match node:
        case Among(Literal(str() as word), Name(key)):
            return {(key, word)}
        case Name(key):
            return {(key, "")}
        case _:
            return {read for child in children(node) for read in _reads(child)}


def _conditions_of(definition: Any) -> Iterator[tuple[str, Expression]]:
    """Give each condition that stands in a definition, with its path in it."""
    names = ("when", "covers", "takes", "applies", "holds", "where")
    for name in names:
        if hasattr(definition, name):
            yield name, getattr(definition, name)
    for number, version in enumerate(getattr(definition, "versions", ())):
        path = f"version[{number}]"
        for name in names:
            if hasattr(version, name):
                yield f"{path}.{name}", getattr(version, name)
        for place, exception in enumerate(getattr(version, "exceptions", ())):
            yield f"{path}.except[{place}].when", exception.when
