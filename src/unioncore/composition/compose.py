"""Merges what the plugins hold into a rulebook, and has everything checked.

Every fault of every plugin is collected and raised together. Afterwards pluggy is out of the way.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any, TypeVar

import attrs

from unioncore import builtin
from unioncore.composition.calling import Contribution, call_hooks
from unioncore.composition.discovery import (
    BUILTIN,
    FoundPlugin,
    find_plugins,
    installed_plugins,
    named,
)
from unioncore.composition.review import review
from unioncore.definitions import WHOLE_FILE, Locations
from unioncore.errors import CompositionError, Fault, Location, UnknownName, did_you_mean, nearest
from unioncore.model import TradeUnion
from unioncore.rulebook import Definitions, Origin, PluginInfo, Rulebook, key_of
from unioncore.rules import Fact, FactType, Row, Table, from_plain
from unioncore.rules.condition import Literal

__all__ = ["compose", "look_at"]

P = TypeVar("P", bound=Location)


def compose(*plugins: Any, discover: bool = True, block: Collection[str] = ()) -> Rulebook:
    """Return the rulebook that the built-in definitions and the plugins make.

    Args:
        plugins: plugin objects (or what ``find_plugins`` gives), beside those that are discovered;
            one takes the place of an installed plugin of the same name.
        discover: whether to load every installed plugin.
        block: names of plugins to leave out, each of them installed or given.

    Raises:
        UnknownName: when no plugin has a name in ``block``.
        CompositionError: with every fault of every plugin, each with plugin, file and path.
    """
    known = {each.name for each in (*find_plugins(), *(named(plugin)[0] for plugin in plugins))}
    for name in sorted({*block} - known):
        raise UnknownName("plugin", name, nearest(name, known))
    faults: list[Fault] = []
    contributions = _gather(plugins, discover, frozenset(block), faults)
    book = _put_together(contributions, faults)
    if faults:
        raise CompositionError(_located(faults, contributions))
    return book


def look_at(
    *plugins: Any, block: Collection[str] = ()
) -> tuple[tuple[PluginInfo, tuple[Fault, ...]], ...]:
    """Return each plugin, the built-in one among them, with what is wrong with it; never raises.

    Plugins in ``block`` are left out, as ``compose`` leaves them out.
    """
    faults: list[Fault] = []
    contributions = _gather(plugins, False, frozenset(block), faults)
    _put_together(contributions, faults)
    located = _located(faults, contributions)
    return tuple(
        (each.info, tuple(fault for fault in located if fault.plugin == each.info.name))
        for each in contributions
    )


def _located(faults: Iterable[Fault], contributions: Iterable[Contribution]) -> tuple[Fault, ...]:
    """Return each fault once, with its line, as they stand in the files."""
    texts = {each.info.name: each.text for each in contributions}
    places: dict[tuple[str, str], Locations | None] = {}

    def located(place: P) -> P:
        at = place.plugin, place.file
        if at not in places:
            text = texts[place.plugin](place.file) if place.plugin in texts else None
            places[at] = None if text is None else Locations(text)
        known = places[at]
        return place if known is None or not place.path else known.located(place)

    found = [
        attrs.evolve(located(fault), other=None if fault.other is None else located(fault.other))
        for fault in set(faults)
    ]
    return tuple(sorted(found, key=lambda each: each.order))


def _put_together(contributions: Iterable[Contribution], faults: list[Fault]) -> Rulebook:
    """Merge and check; add what is wrong to ``faults``."""
    merged, origins = _merge(contributions, faults)
    merged = _with_shared(_with_money(merged))
    plugins = tuple(each.info for each in contributions)
    book = Rulebook(definitions=merged, plugins=plugins, origins=origins)
    unread = {each.unread for each in faults} - {""}
    if WHOLE_FILE in unread:
        return book  # what is missing may stand in that file
    report = review(book, {each.info.name: each.about for each in contributions}, unread)
    faults.extend(report.faults)
    return attrs.evolve(book, not_proved=tuple(report.not_proved))


def _gather(
    given: Iterable[Any], discover: bool, block: frozenset[str], faults: list[Fault]
) -> list[Contribution]:
    installed = installed_plugins(block, faults)
    waiting: list[tuple[FoundPlugin, Any]] = [named(builtin.plugin, BUILTIN)]
    waiting += [named(plugin) for plugin in given]
    if discover:
        waiting += [(found, None) for found in installed.values()]
    contributions: dict[str, Contribution] = {}
    loaded: dict[str, Any] = {}
    while waiting:
        found, plugin = waiting.pop(0)
        if found.name in contributions:
            if plugin is not None and plugin is not loaded[found.name]:
                message = "two plugins have this name; give one another, as its attribute name"
                faults.append(Fault(found.name, "", "", message))
            continue
        contribution = call_hooks(found, plugin, faults)
        contributions[found.name] = contribution
        loaded[found.name] = plugin
        requires = contribution.about.requires if contribution.about else ()
        for name in dict.fromkeys((*requires, *sorted(contribution.beside))):
            known = {*contributions, *(each.name for each, _ in waiting)}
            if name in known:
                continue
            if name in installed:
                waiting.append((installed[name], None))
                continue
            if name not in requires:
                continue
            message = f"needs the plugin {name}, which " + (
                "was left out"
                if name in block
                else f"is not loaded; install unioncore-{name}"
                + did_you_mean(nearest(name, {*known, *installed} - {BUILTIN}))
            )
            faults.append(Fault(found.name, "", "", message))
    return [_settled(contributions[name], contributions) for name in sorted(contributions)]


def _settled(contribution: Contribution, loaded: Collection[str]) -> Contribution:
    """Leave out what is for beside a plugin that is not loaded, and count the rest."""
    kept: dict[str, list[Any]] = {}
    left_out: Counter[str] = Counter()
    for at, definition in contribution.definitions.every():
        beside = contribution.origins[at].beside
        if beside and beside not in loaded:
            left_out[beside] += 1
        else:
            kept.setdefault(at[0], []).append(definition)
    info = attrs.evolve(
        contribution.info,
        contributes=tuple((kind, len(found)) for kind, found in kept.items()),
        left_out=tuple(sorted(left_out.items())),
    )
    definitions = Definitions(**{kind: tuple(found) for kind, found in kept.items()})
    return attrs.evolve(contribution, info=info, definitions=definitions)


def _merge(
    contributions: Iterable[Contribution], faults: list[Fault]
) -> tuple[Definitions, dict[tuple[str, str], Origin]]:
    """Merge by kind and key; sorted, so that the order of plugins leaves no trace."""
    merged: dict[str, dict[str, Any]] = {kind.name: {} for kind in Definitions.kinds()}
    origins: dict[tuple[str, str], Origin] = {}
    for contribution in contributions:
        for kind in Definitions.kinds():
            for definition in getattr(contribution.definitions, kind.name):
                at = (kind.name, key_of(definition))
                origin = contribution.origins[at]
                if at not in origins:
                    merged[kind.name][at[1]] = definition
                    origins[at] = origin
                    continue
                first, kept = origins[at], merged[kind.name][at[1]]
                message = "is defined already by"
                if kind.shared:
                    unlike = _unlike(kept, definition)
                    if not unlike:
                        if isinstance(definition, TradeUnion) and definition.own:
                            merged[kind.name][at[1]], origins[at] = definition, origin
                        continue
                    message = f"is declared differently ({', '.join(unlike)}) by"
                faults.append(origin.fault("", f"{at[1]} {message}", first))
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


def _with_shared(definitions: Definitions) -> Definitions:
    """Put into each case type its ways out, of whatever plugin, and its counting in its clocks."""
    known = {way.key: way for way in definitions.ways_out}
    case_types = []
    for kind in definitions.case_types:
        versions = (e.with_ways_out(known).with_counting(kind.counted) for e in kind.versions)
        case_types.append(attrs.evolve(kind, versions=tuple(versions)))
    return attrs.evolve(definitions, case_types=tuple(case_types))


def _unlike(first: Any, second: Any) -> list[str]:
    """Return where two declarations of a shared word or fact differ; what each cites is its own.

    Of a union others know no more than the name; the rest its own plugin says.
    """
    names = [field.name for field in attrs.fields(type(first)) if field.name != "citations"]
    if isinstance(first, TradeUnion) and first.own is not second.own:
        names = ["name"]
    return [name for name in names if getattr(first, name) != getattr(second, name)]
