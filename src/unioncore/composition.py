"""Puts plugins together into a rulebook: discover, call each hook once, check, merge.

Every fault of every plugin is collected and raised together. Afterwards pluggy is out of the way.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib import metadata
from typing import Any

import attrs
import pluggy
from attrs import frozen

from unioncore import builtin, hookspecs
from unioncore.errors import CompositionError, Fault, nearest
from unioncore.hookspecs import About
from unioncore.legal import Timeline
from unioncore.rulebook import Definitions, Origin, PluginInfo, Rulebook
from unioncore.rules import Fact, FactType, Rule, RuleSet, Table, Word
from unioncore.rules.check import check_condition, check_value
from unioncore.rules.condition import Among, Compare, Expression, Literal, Name, Words, walk
from unioncore.rules.overlap import example_text, overlaps
from unioncore.rules.ruleset import Gathering

__all__ = ["FoundPlugin", "compose", "find_plugins", "look_at"]

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


@frozen
class _Contribution:
    """A plugin after its hooks were called."""

    info: PluginInfo
    about: About | None
    definitions: Definitions
    origins: Mapping[tuple[str, str], Origin]


def find_plugins() -> tuple[FoundPlugin, ...]:
    """Return the installed plugins, by name; nothing is imported."""
    found = {}
    for entry in metadata.entry_points(group=GROUP):
        dist = entry.dist
        name, version = (dist.name, dist.version) if dist is not None else ("", "")
        found[entry.name] = FoundPlugin(entry.name, name, version, entry.load)
    return tuple(found[name] for name in sorted(found))


def compose(*plugins: Any, discover: bool = True, block: Collection[str] = ()) -> Rulebook:
    """Return the rulebook that the built-in definitions and the plugins make.

    Args:
        plugins: plugin objects (or what ``find_plugins`` gives), beside those that are discovered.
        discover: whether to load every installed plugin.
        block: names of installed plugins to leave out.

    Raises:
        CompositionError: with every fault of every plugin, each with plugin, file and path.
    """
    faults: list[Fault] = []
    contributions = _gather(plugins, discover, frozenset(block), faults)
    merged, origins = _merge(contributions, faults)
    book = Rulebook(
        definitions=merged,
        plugins=tuple(each.info for each in contributions),
        origins=origins,
    )
    faults.extend(_check(book, contributions))
    clashes, not_proved = _overlaps(book, {fault.plugin for fault in faults})
    faults.extend(clashes)
    if faults:
        raise CompositionError(tuple(sorted(set(faults))))
    return attrs.evolve(book, not_proved=not_proved)


def look_at(*plugins: Any) -> tuple[tuple[PluginInfo, tuple[Fault, ...]], ...]:
    """Return each plugin, the built-in one among them, with what is wrong with it; never raises."""
    faults: list[Fault] = []
    contributions = _gather(plugins, False, frozenset(), faults)
    try:
        compose(*plugins, discover=False)
    except CompositionError as error:
        faults = list(error.faults)
    return tuple(
        (each.info, tuple(fault for fault in faults if fault.plugin == each.info.name))
        for each in contributions
    )


# -- plugins into contributions ------------------------------------------------------------------


def _gather(
    given: Iterable[Any], discover: bool, block: frozenset[str], faults: list[Fault]
) -> list[_Contribution]:
    installed = {found.name: found for found in find_plugins()}
    waiting: list[tuple[FoundPlugin, Any]] = [_named(builtin.plugin, BUILTIN)]
    waiting += [_named(plugin) for plugin in given]
    if discover:
        waiting += [(found, None) for found in installed.values() if found.name not in block]
    contributions: dict[str, _Contribution] = {}
    while waiting:
        found, plugin = waiting.pop(0)
        if found.name in contributions:
            continue
        contribution = _contribution(found, plugin, faults)
        contributions[found.name] = contribution
        for name in contribution.about.requires if contribution.about else ():
            if name in installed and name not in block:
                waiting.append((installed[name], None))
            elif name not in contributions and name not in {each.name for each, _ in waiting}:
                said = f"needs the plugin {name}, which is not loaded; install unioncore-{name}"
                faults.append(Fault(found.name, "", "", said))
    return [contributions[name] for name in sorted(contributions)]


def _named(plugin: Any, name: str = "") -> tuple[FoundPlugin, Any]:
    if isinstance(plugin, FoundPlugin):
        return plugin, None
    name = name or getattr(plugin, "name", "") or getattr(plugin, "__name__", "")
    if not name:
        name = str(getattr(plugin, "package", "")) or type(plugin).__name__
        # By convention the package unioncore_some_group is the plugin some-group.
        name = name.replace("\\", "/").rpartition("/")[2].removeprefix("unioncore_")
        name = name.replace("_", "-")
    own = next(iter(metadata.Distribution.discover(name="unioncore")), None)
    distribution, version = ("unioncore", own.version) if name == BUILTIN and own else ("", "")
    return FoundPlugin(name, distribution, version, lambda: plugin), plugin


def _contribution(found: FoundPlugin, plugin: Any, faults: list[Fault]) -> _Contribution:
    """Call every hook of one plugin, once."""
    empty = _Contribution(
        PluginInfo(found.name, found.distribution, found.version, "", ()), None, Definitions(), {}
    )

    def fault(message: str) -> None:
        faults.append(Fault(found.name, "", "", message))

    try:
        plugin = found.load() if plugin is None else plugin
    except Exception as error:  # a plugin may fail in any way while it is imported
        fault(f"cannot be imported: {type(error).__name__}: {error}")
        return empty
    manager = pluggy.PluginManager("unioncore")
    manager.add_hookspecs(hookspecs.Hooks)
    hooks = [name for name in dir(hookspecs.Hooks) if name.startswith("unioncore_")]
    for name in dir(plugin):
        if name.startswith("unioncore_") and name not in hooks:
            hint = nearest(name, hooks)
            fault(f"no hook is called {name}" + (f"; did you mean {hint!r}?" if hint else ""))
        elif name in hooks and not hasattr(getattr(plugin, name), "unioncore_impl"):
            fault(f"{name} is not marked @hookimpl, so it would never be called")
    try:
        manager.register(plugin, found.name)
    except (pluggy.PluginValidationError, ValueError, TypeError) as error:
        fault(f"is not a plugin: {error}")
        return empty

    def call(name: str) -> list[Any]:
        results: list[Any] = []
        try:
            for result in getattr(manager.hook, name)():
                results.extend(result.items() if isinstance(result, Mapping) else result)
        except Exception as error:  # as above
            fault(f"{name} failed: {type(error).__name__}: {error}")
        return results

    about = manager.hook.unioncore_about() if hasattr(plugin, "unioncore_about") else None
    if not isinstance(about, About):
        fault("needs the hook unioncore_about, which returns an About with the plugin's prefix")
        about = None
    for each in call("unioncore_faults"):
        faults.append(attrs.evolve(each, plugin=found.name))
    made: dict[str, tuple[Any, ...]] = {}
    for field in attrs.fields(Definitions):
        wanted = field.type.__args__[0]  # type: ignore[union-attr]
        results = call(f"unioncore_{field.name}")
        wrong = [result for result in results if not isinstance(result, wanted)]
        for result in wrong:
            fault(
                f"unioncore_{field.name} returns {wanted.__name__} objects, not "
                f"{type(result).__name__}"
            )
        made[field.name] = tuple(result for result in results if isinstance(result, wanted))
    known = dict(call("unioncore_origins"))
    origins = {}
    for kind, definitions in made.items():
        for definition in definitions:
            at = (kind, _key(definition))
            place = known.get(at, Origin("", "", f"{type(definition).__name__} {at[1]}"))
            origins[at] = attrs.evolve(place, plugin=found.name)
    contributes = tuple((kind, len(items)) for kind, items in made.items() if items)
    info = PluginInfo(
        found.name, found.distribution, found.version, about.prefix if about else "", contributes
    )
    return _Contribution(info, about, Definitions(**made), origins)


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
                first = origins[at]
                shared = kind in ("words", "facts", "unions")
                if shared and _same(merged[kind][at[1]], definition):
                    continue
                said = "is declared differently by" if shared else "is defined already by"
                faults.append(
                    Fault(
                        origin.plugin,
                        origin.file,
                        origin.path,
                        f"{at[1]} {said} {first.plugin} {first.file} {first.path}".rstrip(),
                    )
                )
    everything = {
        kind: tuple(found[key] for key in sorted(found)) for kind, found in merged.items()
    }
    return Definitions(**everything), origins


def _same(first: Any, second: Any) -> bool:
    """Whether two plugins declare a shared word or fact alike; what each cites is its own."""
    bare = [
        attrs.evolve(each, citations=()) if hasattr(each, "citations") else each
        for each in (first, second)
    ]
    return bool(bare[0] == bare[1])


# -- checks ----------------------------------------------------------------------------------------

_PREFIXED = (
    "rules",
    "tables",
    "parameters",
    "requirements",
    "measures",
    "predicates",
    "impossible",
)


def _check(book: Rulebook, contributions: Iterable[_Contribution]) -> Iterator[Fault]:
    checks = _Checks(book)
    yield from checks.run({each.info.name: each.about for each in contributions})


class _Checks:
    """Everything that composition checks on definitions that could be read."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.rules: RuleSet = book.rules
        self.faults: list[Fault] = []

    def run(self, abouts: Mapping[str, About | None]) -> list[Fault]:
        definitions = self.book.definitions
        for kind in Definitions.kinds():
            for definition in getattr(definitions, kind):
                at = (kind, _key(definition))
                about = abouts.get(self.book.origins[at].plugin)
                if kind in _PREFIXED and about is not None:
                    self._prefix(at, about)
                self._versions(at, definition)
                self._citations(at, definition)
                self._conditions(at, definition)
                self._kind(at, definition)
        for at, rule in self._declared_rules():
            self._rule(at, rule)
        self._keys()
        self._references()
        self._one_own_union()
        self._cycles()
        return self.faults

    def fault(self, at: tuple[str, str], path: str, message: str) -> None:
        origin = self.book.origins.get(at, Origin(""))
        full = f"{origin.path}.{path}" if path and origin.path else origin.path or path
        self.faults.append(Fault(origin.plugin, origin.file, full, message))

    def _prefix(self, at: tuple[str, str], about: About) -> None:
        if not at[1].startswith(f"{about.prefix}."):
            said = f"the key {at[1]} does not start with the plugin's prefix {about.prefix}."
            self.fault(at, "key", said)

    def _versions(self, at: tuple[str, str], definition: Any) -> None:
        """Check that versions do not overlap, where versions are told apart by period alone."""
        versions = getattr(definition, "versions", None)
        if versions is None:
            return
        if not versions and at[0] != "branch_types":
            self.fault(at, "version", "has no version; add [[....version]] with a period")
        groups: dict[Any, list[Any]] = {}
        for version in versions:
            same = version.when if at[0] == "parameters" else None
            groups.setdefault(same, []).append(version)
        for group in groups.values():
            try:
                Timeline(group)
            except ValueError as error:
                self.fault(at, "version", str(error))

    def _citations(self, at: tuple[str, str], definition: Any) -> None:
        missing = "has no citation; a value without a source cannot stand"
        for number, version in enumerate(getattr(definition, "versions", ())):
            if not version.citations:
                self.fault(at, f"version[{number}].citations", missing)
        if isinstance(definition, Table):
            for number, row in enumerate((*definition.rows, *definition.otherwise)):
                if not row.citations:
                    self.fault(at, f"row[{number}].citations", missing)
        if at[0] in ("predicates", "measures") and not definition.citations:
            self.fault(at, "citations", missing)

    def _conditions(self, at: tuple[str, str], definition: Any) -> None:
        for path, condition in _conditions_of(definition):
            for fault in check_condition(self.rules, condition):
                self.fault(at, path, fault)

    def _declared_rules(self) -> Iterator[tuple[tuple[str, str], Rule]]:
        """Give each rule with the definition that declares it."""
        owner = {key: (kind, key) for kind, key in self.book.origins if kind != "words"}
        for rule in self.rules.rules:
            base = rule.key.partition("/")[0]
            parameters = base.rstrip("0123456789").rstrip("-")
            yield owner.get(base, owner.get(parameters, ("rules", rule.key))), rule

    def _rule(self, at: tuple[str, str], rule: Rule) -> None:
        fact = self.rules.facts.get(rule.decides)
        if fact is None:
            hint = nearest(rule.decides, self.rules.facts)
            said = f"no fact is called {rule.decides}"
            self.fault(at, "decides", said + (f"; did you mean {hint!r}?" if hint else ""))
            return
        if not fact.derived:
            self.fault(at, "decides", f"{rule.decides} is recorded, so no rule decides it")
        if isinstance(self.rules.deciders.get(rule.decides), Table):
            self.fault(at, "decides", f"{rule.decides} is decided by a table already")
        self._day_fact(at, rule.dated_by)
        for number, version in enumerate(rule.versions):
            path = f"version[{number}]"
            for fault in check_value(self.rules, fact, version.value):
                self.fault(at, f"{path}.value", fault)
            if fact.type is FactType.SET and rule.otherwise and version.value != Words(()):
                said = "an otherwise on a set says that it holds nothing else: value = []"
                self.fault(at, f"{path}.value", said)
            for place, exception in enumerate(version.exceptions):
                if exception.value is not None and fact.type is not FactType.SET:
                    for fault in check_value(self.rules, fact, exception.value):
                        self.fault(at, f"{path}.except[{place}].value", fault)
        for key in rule.overrides:
            other = next((each for each in self.rules.rules if each.key == key), None)
            if other is None or other.decides != rule.decides:
                mine = [each.key for each in self.rules.rules if each.decides == rule.decides]
                hint = nearest(key, mine)
                said = f"overrides {key}, but no rule of that key decides {rule.decides}"
                self.fault(at, "overrides", said + (f"; did you mean {hint!r}?" if hint else ""))

    def _day_fact(self, at: tuple[str, str], key: str) -> None:
        fact = self.rules.facts.get(key)
        if fact is None or fact.type is not FactType.DAY:
            days = [each.key for each in self.rules.facts.values() if each.type is FactType.DAY]
            hint = nearest(key, days)
            said = f"{key} is not a fact that holds a day"
            self.fault(at, "dated_by", said + (f"; did you mean {hint!r}?" if hint else ""))

    def _kind(self, at: tuple[str, str], definition: Any) -> None:
        match definition:
            case Fact():
                self._fact(at, definition)
            case Table():
                self._table(at, definition)
            case _ if at[0] == "measures":
                self._measure(at, definition)
            case _ if at[0] == "parameters":
                for number, version in enumerate(definition.versions):
                    for fault in check_value(self.rules, definition.fact(), version.value):
                        self.fault(at, f"version[{number}].value", fault)

    def _fact(self, at: tuple[str, str], fact: Fact) -> None:
        worded = fact.type in (FactType.CHOICE, FactType.SET)
        if worded and not fact.vocabulary and not fact.choices:
            self.fault(at, "vocabulary", "a choice or a set needs a vocabulary or choices")
        if fact.type is FactType.COLLECTION and not fact.of:
            self.fault(at, "of", "a collection says what its records are about")
        if not fact.label:
            self.fault(at, "label", "a fact needs a label, so that sentences can speak of it")

    def _table(self, at: tuple[str, str], table: Table) -> None:
        self._day_fact(at, table.dated_by)
        fact = self.rules.facts.get(table.decides)
        for field, key in (("decides", table.decides), ("by", table.by)):
            if key not in self.rules.facts:
                hint = nearest(key, self.rules.facts)
                said = f"no fact is called {key}"
                self.fault(at, field, said + (f"; did you mean {hint!r}?" if hint else ""))
        if fact is not None and not fact.derived:
            self.fault(at, "decides", f"{fact.key} is recorded, so no table decides it")
        by_key: dict[str, list[Any]] = {}
        for number, row in enumerate((*table.rows, *table.otherwise)):
            if fact is not None:
                for fault in check_value(self.rules, fact, row.value):
                    self.fault(at, f"row[{number}].value", fault)
            if number < len(table.rows) and not row.keys:
                self.fault(at, f"row[{number}].keys", "a row names at least one key")
            for key in row.keys or ("",):
                by_key.setdefault(key, []).append(row)
        for key, rows in by_key.items():
            try:
                Timeline(rows)
            except ValueError as error:
                self.fault(at, "row", f"{key or 'otherwise'}: {error}")

    def _measure(self, at: tuple[str, str], measure: Any) -> None:
        over = self.rules.facts.get(measure.over)
        if over is None or over.type is not FactType.COLLECTION:
            collections = [
                fact.key for fact in self.rules.facts.values() if fact.type is FactType.COLLECTION
            ]
            hint = nearest(measure.over, collections)
            said = "measures nothing" if not measure.over else f"{measure.over} is no collection"
            self.fault(
                at, "over", f"{said}; name a collection" + (f" such as {hint!r}" if hint else "")
            )
        if measure.decides not in self.rules.facts:
            self.fault(at, "decides", f"no fact is called {measure.decides}")

    def _keys(self) -> None:
        """Check that no two definitions of different kinds share the key of a rule."""
        owners: dict[str, tuple[str, str]] = {}
        for at in sorted(self.book.origins):
            if at[0] in ("words", "unions", "service_groups", "regions", "facts", "calendars"):
                continue
            if at[1] in owners:
                self.fault(at, "key", f"{at[1]} is the key of one of the {owners[at[1]][0]} too")
            owners[at[1]] = at

    def _references(self) -> None:
        definitions = self.book.definitions
        unions = self.rules.words.get("union", {})
        regions = self.rules.words.get("region", {})
        bodies = self.rules.words.get("body", {})
        for body in definitions.bodies:
            at = ("bodies", body.key)
            for key in body.succeeded_by:
                self._refers(at, "succeeded_by", "body", key, bodies)
            for number, version in enumerate(body.versions):
                for place, side in enumerate(version.sides):
                    for key in side.unions:
                        path = f"version[{number}].side[{place}].unions"
                        self._refers(at, path, "union", key, unions)
        for branch in definitions.branches:
            for number, each in enumerate(branch.versions):
                path = f"version[{number}].region"
                self._refers(("branches", branch.key), path, "region", each.region, regions)
        for region in definitions.regions:
            if region.succeeded_by:
                at = ("regions", region.key)
                self._refers(at, "succeeded_by", "region", region.succeeded_by, regions)

    def _refers(
        self, at: tuple[str, str], path: str, what: str, key: str, known: Collection[str]
    ) -> None:
        if key not in known:
            hint = nearest(key, known)
            said = f"refers to the {what} {key}, which no plugin defines"
            self.fault(at, path, said + (f"; did you mean {hint!r}?" if hint else ""))

    def _one_own_union(self) -> None:
        own = [union.key for union in self.book.definitions.unions if union.own]
        for key in own[1:]:
            said = f"a rulebook is one union's own, and {own[0]} is marked so too"
            self.fault(("unions", key), "own", said)

    def _cycles(self) -> None:
        """Check that no derived fact depends on itself, word by word for sets."""
        links: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for key, decider in self.rules.deciders.items():
            if isinstance(decider, Gathering):
                links[key, ""] = {(key, word) for word in decider.words}
                for clause in decider.closing:
                    links[key, ""] |= self._reads(clause.holds)
                for word, clauses in decider.words.items():
                    reads: set[tuple[str, str]] = set()
                    for clause in clauses:
                        reads |= self._reads(clause.holds)
                        for above in decider.overriders.get(clause.rule.key, ()):
                            reads |= self._reads(decider.raw[above])
                    links[key, word] = reads
            elif isinstance(decider, Table):
                links[key, ""] = {(decider.by, ""), (decider.dated_by, "")}
            elif hasattr(decider, "clauses"):
                links[key, ""] = set()
                for clause in decider.clauses:
                    links[key, ""] |= self._reads(clause.holds)
                    if clause.value is not None:
                        links[key, ""] |= self._reads(clause.value)
            else:
                links[key, ""] = {(decider.over, ""), *self._reads(decider.where)}
        done: set[tuple[str, str]] = set()
        for start in sorted(links):
            self._follow(start, links, [], done)

    def _reads(self, node: Expression) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        words: set[int] = set()
        for part in walk(node):
            match part:
                case Among(Literal(str() as word), Name(key) as name):
                    found.add((key, word))
                    words.add(id(name))
                case Compare(_, Name(key), Words(())) | Compare(_, Words(()), Name(key)):
                    found.add((key, ""))
                case Name(key) if id(part) not in words:
                    found.add((key, ""))
        return found

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
            rule = next(rule for rule in self.rules.rules if rule.decides in keys)
            owner = next(own for own, each in self._declared_rules() if each == rule)
            self.fault(owner, "", f"derived facts depend on themselves: {shown}")
            done.update(circle)
            return
        if at in done or at not in links:
            return
        for following in sorted(links[at]):
            self._follow(following, links, [*path, at], done)
        done.add(at)


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


def _overlaps(book: Rulebook, faulty: Collection[str]) -> tuple[list[Fault], tuple[str, ...]]:
    """Search the rules of plugins without faults; rules that cannot be read cannot be searched."""
    faults, not_proved = [], []
    checks = _Checks(book)
    rules = book.rules
    if faulty:
        sound = tuple(r for r in rules.rules if book.plugin_of.get(r.key) not in faulty)
        rules = attrs.evolve(rules, rules=sound, impossible=())
    owners = {rule.key: at for at, rule in checks._declared_rules()}
    for found in overlaps(rules):
        pair = f"{found.first} and {found.second} decide {found.fact}"
        if found.example is None:
            not_proved.append(f"{pair}: {found.reason}")
            continue
        origin = book.origins[owners[found.first]]
        said = (
            f"{pair} differently for one person: {example_text(found.example)}; "
            "narrow one, or let one override the other"
        )
        faults.append(Fault(origin.plugin, origin.file, origin.path, said))
    return faults, tuple(not_proved)
