"""Merges what the plugins hold into a rulebook, and has everything checked.

Every fault of every plugin is collected and raised together. Afterwards pluggy is out of the way.
"""

import logging
from collections.abc import Collection, Iterable
from decimal import Decimal
from enum import StrEnum
from time import perf_counter
from typing import Any, TypeVar

import attrs

from unioncore.collector import collector_paused
from unioncore.composition.calling import Contribution
from unioncore.composition.discovery import find_plugins, named
from unioncore.composition.gathering import Gathered, blamed_for, gather
from unioncore.definitions import Locations
from unioncore.definitions.shorthand import WHOLE_FILE
from unioncore.errors import (
    CompositionError,
    Fault,
    FaultKind,
    Location,
    UnknownName,
    WrongArgument,
    nearest,
)
from unioncore.model import TradeUnion
from unioncore.paths import as_names
from unioncore.rulebook import Definitions, LeftOut, Origin, PluginInfo, Rulebook, key_of
from unioncore.rules import Fact, FactType, Row, Table, from_plain
from unioncore.rules.condition import Literal

__all__ = ["OnFault", "compose", "look_at"]

P = TypeVar("P", bound=Location)


_log = logging.getLogger(__name__)
logging.getLogger("unioncore").addHandler(logging.NullHandler())  # who wants to read it says so


class OnFault(StrEnum):
    """What becomes of a plugin that is broken."""

    RAISE = "raise"
    """Nothing is composed, and every fault is told."""
    LEAVE_OUT = "leave out"
    """The rulebook does without it and without what requires it, and every answer says so."""


@collector_paused()
def compose(
    *plugins: Any,
    discover: bool = True,
    block: Collection[str] = (),
    on_fault: OnFault | str = OnFault.RAISE,
) -> Rulebook:
    """Return the rulebook that the built-in definitions and the plugins make.

    Args:
        plugins: plugin objects (or what ``find_plugins`` gives), beside those that are discovered;
            one takes the place of an installed plugin of the same name.
        discover: whether to load every installed plugin.
        block: names of plugins to leave out, each of them installed or given; one may be text.
        on_fault: whether a plugin that is broken stops everything, or is left out with whatever
            requires it. Of two that clash, that one is left out on which fewer others rest, and
            both where that decides nothing. ``Rulebook.left_out`` says which, and why.

    Raises:
        UnknownName: when no plugin has a name in ``block``.
        WrongArgument: when ``on_fault`` is neither of its two words, or ``block`` holds no names.
        CompositionError: with every fault of every plugin, each with plugin, file and path.
    """
    known = {each.name for each in (*find_plugins(), *(named(plugin)[0] for plugin in plugins))}
    out = frozenset(as_names(block, "block"))
    for name in sorted(out - known):
        raise UnknownName("plugin", name, nearest(name, known))
    if on_fault not in [*OnFault]:
        words = " or ".join(f'"{each}"' for each in OnFault)
        raise WrongArgument("on_fault", words, repr(on_fault), "see compose")
    began = perf_counter()
    book = _composed(gather(plugins, discover, out), on_fault)
    _tell(book, perf_counter() - began)
    return book


def _composed(gathered: Gathered, on_fault: OnFault | str) -> Rulebook:
    left_out: dict[str, LeftOut] = {}
    while True:
        faults = gathered.faults_of(left_out)
        together = gathered.without(left_out)
        # What a plugin that is broken by itself would bring is not held against the others.
        book = Rulebook(Definitions())
        if not faults or on_fault == OnFault.RAISE:
            book = _put_together(together, faults)
        if not faults:
            return attrs.evolve(book, left_out=tuple(left_out[name] for name in sorted(left_out)))
        located = _located(faults, together)
        blamed = blamed_for(located, together)
        if not blamed or on_fault == OnFault.RAISE:
            raise CompositionError(located)
        # Definitions beside it go with it, and what requires it is found wanting next.
        left_out |= {name: LeftOut(name, tuple(of)) for name, of in blamed.items()}


def _tell(book: Rulebook, seconds: float) -> None:
    """Log what was composed; the figures are attributes of the record, for metrics."""
    for each in book.left_out:
        _log.warning(each.warning)
    if _log.isEnabledFor(logging.INFO):
        plugins = [each.name for each in book.plugins]
        said = "composed the rulebook %s in %.2f s from %s"
        figures = {
            "rulebook": book.fingerprint,
            "plugins": plugins,
            "left_out": [each.plugin for each in book.left_out],
            "seconds": seconds,
        }
        _log.info(said, book.fingerprint, seconds, ", ".join(plugins), extra=figures)


def look_at(
    *plugins: Any, block: Collection[str] = ()
) -> tuple[tuple[PluginInfo, tuple[Fault, ...]], ...]:
    """Return each plugin, the built-in one among them, with what is wrong with it; never raises.

    Plugins in ``block`` are left out, as ``compose`` leaves them out.
    """
    gathered = gather(plugins, False, frozenset(as_names(block, "block")))
    faults, contributions = gathered.faults_of(()), gathered.without(())
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
    from unioncore.composition.review import review  # loads records and what describes rules

    report = review(book, {each.info.name: each.about for each in contributions}, unread)
    faults.extend(report.faults)
    return attrs.evolve(book, not_proved=tuple(report.not_proved))


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
                faults.append(origin.fault("", f"{at[1]} {message}", first, FaultKind.TWICE))
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
