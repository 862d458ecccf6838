"""Loads plugins and calls their hooks; who is to blame where they do not fit together."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import attrs
from attrs import frozen

from unioncore import builtin
from unioncore.composition.calling import Contribution, call_hooks
from unioncore.composition.discovery import BUILTIN, FoundPlugin, installed_plugins, named
from unioncore.errors import Fault, FaultKind, Location, did_you_mean, nearest
from unioncore.rulebook import Definitions
from unioncore.shown import Shown

__all__ = ["Gathered", "blamed_for", "gather"]


@frozen
class Gathered(Shown, shows="faults"):
    """What plugins contribute, before it is put together."""

    contributions: dict[str, Contribution]
    faults: list[Fault]
    """What is wrong with plugins by themselves."""
    known: set[str]
    """The plugins that there are, loaded or not."""
    block: frozenset[str]

    def without(self, names: Collection[str]) -> list[Contribution]:
        """Return the contributions of all plugins but some."""
        loaded = {name: each for name, each in self.contributions.items() if name not in names}
        return [_settled(loaded[name], loaded) for name in sorted(loaded)]

    def faults_of(self, left_out: Collection[str]) -> list[Fault]:
        """Return what is wrong with the other plugins by themselves, and what they lack."""
        loaded = self.contributions.keys() - {*left_out}
        faults = [each for each in self.faults if each.plugin not in left_out]
        for name in sorted(loaded):
            for needed in self.contributions[name].requires:
                if needed in loaded:
                    continue
                if needed in self.block or needed in left_out:
                    lacks = "is left out"
                else:
                    near = nearest(needed, self.known - {name, BUILTIN})
                    lacks = "is not installed" + did_you_mean(near)
                message = f"needs the plugin {needed}, which {lacks}"
                faults.append(Fault(name, "", "", message, kind=FaultKind.NEEDS_PLUGIN))
        return faults + self._prefixes(self.contributions[name] for name in sorted(loaded))

    def _prefixes(self, contributions: Iterable[Contribution]) -> list[Fault]:
        """Return what is wrong where two plugins have one prefix.

        It belongs to the one on which more others rest, or else to the one that is installed.
        """
        loaded = list(contributions)
        resting = _resting(loaded)
        first: dict[str, Location] = {}
        faults = []

        def claim(each: Contribution) -> tuple[int, bool]:
            return -resting.get(each.info.name, len(loaded)), not each.info.distribution

        for each in sorted(loaded, key=claim):
            about, name = each.about, each.info.name
            if about is None:
                continue
            other = first.setdefault(about.prefix, Location(name, "", ""))
            if other.plugin != name:
                message = f"the prefix {about.prefix} is taken; choose another than that of"
                path, kind = "unioncore_about.prefix", FaultKind.KEY
                faults.append(Fault(name, "", path, message, other, kind=kind))
        return faults


def gather(given: Iterable[Any], discover: bool, block: frozenset[str]) -> Gathered:
    """Load the plugins, those that they need too, and call each hook of each once."""
    faults: list[Fault] = []
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
                faults.append(Fault(found.name, "", "", message, kind=FaultKind.TWICE))
            continue
        contribution = call_hooks(found, plugin, faults)
        contributions[found.name] = contribution
        loaded[found.name] = plugin
        for name in dict.fromkeys((*contribution.requires, *sorted(contribution.beside))):
            known = {*contributions, *(each.name for each, _ in waiting)}
            if name not in known and name in installed:
                waiting.append((installed[name], None))
    return Gathered(contributions, faults, {*contributions, *installed}, block)


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


def blamed_for(
    faults: Iterable[Fault], contributions: Iterable[Contribution]
) -> dict[str, list[Fault]]:
    """Return the plugins to do without, each with its faults; the built-in one is always there."""
    resting = _resting(contributions)
    blamed: dict[str, list[Fault]] = {}
    for fault in faults:
        parties = {fault.plugin, *(() if fault.other is None else (fault.other.plugin,))}
        parties &= resting.keys()
        fewest = min((resting[each] for each in parties), default=0)
        for each in sorted(parties):
            if resting[each] == fewest:
                blamed.setdefault(each, []).append(fault)
    return blamed


def _resting(contributions: Iterable[Contribution]) -> dict[str, int]:
    """Return how many others rest on each plugin, directly or not, apart from the built-in one."""
    requires = {each.info.name: each.requires for each in contributions}
    rests: dict[str, set[str]] = {name: set() for name in requires if name != BUILTIN}
    for name in requires:
        waiting, seen = [*requires[name]], {name}
        while waiting:
            on = waiting.pop()
            if on not in seen and on in rests:
                seen.add(on)
                rests[on].add(name)
                waiting += requires[on]
    return {name: len(those) for name, those in rests.items()}
