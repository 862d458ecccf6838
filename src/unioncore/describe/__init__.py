"""The rulebook as people read it: every dated definition in English, and what changed between days.

``items`` is the whole rulebook as dated texts; pages and differences are made from it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from unioncore.legal import Citation, Confidence, Period
from unioncore.rulebook import Rulebook
from unioncore.rules import Prose, Rule, Table
from unioncore.rules.prose import long_date

__all__ = ["Change", "Item", "ItemVersion", "diff", "items", "rulebook_markdown"]


@frozen
class ItemVersion:
    """What one definition says during one period."""

    period: Period
    text: str
    citations: tuple[Citation, ...]
    conflict: str = ""


@frozen
class Item:
    """One dated definition: a rule, a body's coverage, a row of a table, a name."""

    key: str
    plugin: str
    decides: str
    """The fact that it decides, or what kind of name it is."""
    versions: tuple[ItemVersion, ...]

    def at(self, day: date) -> ItemVersion | None:
        """Return the version that holds on ``day``."""
        return next((version for version in self.versions if day in version.period), None)


@frozen
class Change:
    """One difference between two days."""

    kind: str
    """``begun``, ``ended`` or ``replaced``."""
    key: str
    plugin: str
    decides: str
    before: ItemVersion | None
    after: ItemVersion | None


def items(rulebook: Rulebook) -> tuple[Item, ...]:
    """Return every dated definition, by plugin, by what it decides, and by key."""
    prose = Prose(rulebook.rules)
    found = [
        *(_rule(rulebook, prose, rule) for rule in rulebook.rules.rules if _stands_alone(rule)),
        *(item for table in rulebook.rules.tables for item in _rows(rulebook, prose, table)),
        *_names(rulebook),
    ]
    return tuple(sorted(found, key=lambda item: (item.plugin, item.decides, item.key)))


def _stands_alone(rule: Rule) -> bool:
    """Whether a rule is a definition of its own, not what follows from another definition."""
    return "/" not in rule.key or rule.key.endswith("/takes")


def _rule(rulebook: Rulebook, prose: Prose, rule: Rule) -> Item:
    dated = "" if rule.dated_by == "on" else f" (Dated by {prose.label(rule.dated_by)}.)"
    versions = tuple(
        ItemVersion(v.period, prose.sentence(rule, v) + dated, v.citations, v.conflict)
        for v in rule.versions
    )
    key = rule.key.removesuffix("/takes")
    return Item(key, rulebook.plugin_of.get(rule.key, ""), rule.decides, versions)


def _rows(rulebook: Rulebook, prose: Prose, table: Table) -> Iterator[Item]:
    label, by = prose.label(table.decides), prose.label(table.by)
    for row in (*table.rows, *table.otherwise):
        value = prose.value(table.decides, row.value.value)
        who = f"where {by} is {', '.join(row.keys)}" if row.keys else f"where {by} is not listed"
        text = f"{label}: {value}, {who}."
        if row.conflict:
            text += f" Sources conflict: {row.conflict}."
        key = f"{table.key}: {row.keys[0] if row.keys else 'otherwise'}"
        version = ItemVersion(row.period, text[0].upper() + text[1:], row.citations, row.conflict)
        yield Item(key, rulebook.plugin_of.get(table.key, ""), table.decides, (version,))


def _names(rulebook: Rulebook) -> Iterator[Item]:
    named = (
        ("service group", "service_groups", rulebook.definitions.service_groups),
        ("region", "regions", rulebook.definitions.regions),
    )
    for what, kind, definitions in named:
        for definition in definitions:
            versions = tuple(
                ItemVersion(v.period, f"The {what} is called {v.name}.", v.citations, v.conflict)
                for v in definition.versions
            )
            plugin = rulebook.origins[kind, definition.key].plugin
            yield Item(definition.key, plugin, f"name of the {what}", versions)


def diff(rulebook: Rulebook, first: date, second: date) -> tuple[Change, ...]:
    """Return what the rulebook says differently on two days."""
    changes = []
    for item in items(rulebook):
        before, after = item.at(first), item.at(second)
        if before == after:
            continue
        kind = "begun" if before is None else "ended" if after is None else "replaced"
        changes.append(Change(kind, item.key, item.plugin, item.decides, before, after))
    return tuple(changes)


def rulebook_markdown(
    rulebook: Rulebook, *, on: date | None = None, only: Iterable[Item] | None = None
) -> str:
    """Return the rulebook in plain English, with citations, as Markdown.

    With ``on``, only what holds on that day; with ``only``, these items.
    """
    lines: list[str] = []
    plugin = decides = ""
    for item in items(rulebook) if only is None else only:
        versions = [v for v in item.versions if on is None or on in v.period]
        if not versions:
            continue
        if item.plugin != plugin:
            plugin, decides = item.plugin, ""
            lines += [f"## {plugin}", ""]
        if item.decides != decides:
            decides = item.decides
            lines += [f"### {decides}", ""]
        lines += [f"#### {item.key}", ""]
        for version in versions:
            lines += [f"*{_when(version.period)}.* {version.text}", ""]
            lines += [f"- {_cited(citation)}" for citation in version.citations] + [""]
    return "\n".join(lines)


def _when(period: Period) -> str:
    match period.start, period.end:
        case None, None:
            return "At all times"
        case start, None if start is not None:
            return f"From {long_date(start)}"
        case None, end if end is not None:
            return f"Before {long_date(end)}"
        case start, end:
            assert start is not None
            assert end is not None
            return f"From {long_date(start)} up to but not including {long_date(end)}"


def _cited(citation: Citation) -> str:
    place = f", {citation.provision}" if citation.provision else ""
    name = f"[{citation.instrument}](<{citation.url}>)" if citation.url else citation.instrument
    mark = " — remembered, not verified" if citation.confidence is Confidence.REMEMBERED else ""
    return f"{name}{place} (checked {long_date(citation.checked_on)}){mark}"
