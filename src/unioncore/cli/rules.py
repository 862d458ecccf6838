"""The command that prints the rulebook of a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, no_plugin, without_choice
from unioncore.cli.group import cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.screen import Screen
from unioncore.composition import Passage, written
from unioncore.describe import Item, ItemVersion, in_words, items, rulebook_markdown
from unioncore.errors import UnknownName, nearest
from unioncore.legal import Confidence, Period
from unioncore.rulebook import Rulebook
from unioncore.shown import plain


@cli.command()
@on_option
@click.option(
    "--plugin",
    metavar="P",
    help="Show only what this plugin says, given by its name or its folder.",
    shell_complete=completion.installed,
)
@click.option(
    "--about",
    metavar="FACT|BODY",
    help="Show only what decides this fact, or is this body, rule or table; for a recorded fact, "
    "what asks about it.",
    shell_complete=completion.from_rulebook(completion.facts, completion.words_of("body")),
)
@click.option(
    "--sources",
    is_flag=True,
    help="List every version of every day instead, each with its sources and when they were read.",
)
@click.option(
    "--toml", metavar="KEY", help="Print what is called so as it is written, to copy from."
)
@json_option
@without_choice
def rules(
    chosen: Chosen,
    on: date | None,
    plugin: str | None,
    about: str | None,
    sources: bool,
    toml: str | None,
    as_json: bool,
) -> None:
    """Print the rulebook of a day in plain English, with citations.

    For example: unioncore rules --about psc-ew --on 2024-06-01
    """
    if sources and on is not None:
        raise click.UsageError("--sources lists the versions of every day; leave --on out")
    if plugin is not None and (other := chosen.in_folder(plugin)):
        chosen.beside, plugin = (other,), other.name
    rulebook = chosen.rulebook
    if toml is not None:
        _toml(written(rulebook, toml, *chosen.plugins), as_json)
        return
    day, head = asked(on)
    kept = _about(rulebook, about, items(rulebook))
    if plugin is not None:
        name = _loaded(rulebook, plugin)
        kept = [item for item in kept if item.plugin == name]
    screen = Screen()
    if sources:
        _sources(screen, kept, as_json)
        return
    if as_json:
        found = [(item, item.at(day)) for item in kept]
        screen.json(
            [
                {"on": day.isoformat(), **_plain_item(item), **plain_version(version)}
                for item, version in found
                if version is not None
            ]
        )
        return
    screen.lines(f"{head}\n")
    page = rulebook_markdown(rulebook, on=day, only=kept)
    if page:
        screen.markdown(page)
    elif about is None or not kept:
        screen.lines("nothing is in force on the day")
    for item in kept if about is not None else ():
        if item.at(day) is None:
            when = "; ".join(map(in_words, _joined(version.period for version in item.versions)))
            screen.lines(f"not in force on the day: {item.key} ({when})")


def _sources(screen: Screen, kept: Iterable[Item], as_json: bool) -> None:
    """List every version with its sources, and how many rest on what was read."""
    # What nobody can be follows from the meaning of words, and has no source.
    stated = [item for item in kept if item.kind not in ("impossible", "silence")]
    found = [(item, version) for item in stated for version in item.versions]
    if as_json:
        screen.json([{**_plain_item(item), **plain_version(version)} for item, version in found])
        return
    counts: Counter[str] = Counter()
    for item, version in found:
        cited = [f"  {citation}" for citation in version.citations]
        screen.lines("\n".join([f"{item.key} [{version.period}] ({item.plugin})", *cited]))
        read = any(each.confidence is Confidence.VERIFIED for each in version.citations)
        counts["read" if read else "remembered" if cited else "without"] += 1
    screen.lines(
        f"{len(found)} versions: {counts['read']} rest on a source that was read on the day given, "
        f"{counts['remembered']} only on what is remembered, {counts['without']} on no source"
    )


def _toml(found: Iterable[Passage], as_json: bool) -> None:
    """Print definitions as they are written, each under its plugin, file and line."""
    screen = Screen()
    if as_json:
        plain = [(each.place, each.text) for each in found]
        screen.json(
            [{"plugin": p.plugin, "file": p.file, "line": p.line, "toml": t} for p, t in plain]
        )
        return
    for each in found:
        place = each.place
        file = f"{place.file}:{place.line}" if place.line else f"{place.file} (Python)"
        screen.verbatim(f"# {place.plugin}: {file}\n{each.text}\n")


def _joined(periods: Iterable[Period]) -> list[Period]:
    """Return the periods with those that follow each other at once made one."""
    found: list[Period] = []
    for period in periods:
        if found and found[-1].end is not None and found[-1].end == period.start:
            found[-1] = Period(found[-1].start, period.end)
        else:
            found.append(period)
    return found


def _about(rulebook: Rulebook, about: str | None, every: Sequence[Item]) -> list[Item]:
    """Return what decides a fact or is called so; for a recorded fact, what asks about it."""
    if about is None:
        return list(every)
    kept = [item for item in every if about in _subjects(item)]
    kept = kept or [item for item in every if about in item.reads]
    known = {word for item in every for word in (*_subjects(item), *item.reads)}
    known |= set(rulebook.rules.facts)
    if about not in known:
        raise UnknownName("fact, body or rule", about, nearest(about, known))
    return kept


def _subjects(item: Item) -> tuple[str, ...]:
    return item.key, item.key.partition(":")[0], item.decides, *item.also


def _loaded(rulebook: Rulebook, name: str) -> str:
    """Return the name of a plugin of the rulebook, given that or its distribution's."""
    names = {info.distribution: info.name for info in rulebook.plugins if info.distribution}
    names |= {info.name: info.name for info in rulebook.plugins}
    if name not in names:
        raise no_plugin(name, names, "loaded")
    return names[name]


def _plain_item(item: Item) -> dict[str, Any]:
    return {"rule": item.key, "kind": item.kind, "plugin": item.plugin, "decides": item.decides}


def plain_version(version: ItemVersion) -> dict[str, Any]:
    """Return a version as ``--json`` prints it."""
    written: dict[str, Any] = plain(version)
    written.pop("listed")  # the same for a page
    start = version.period.start
    return {"version": ".." if start is None else start.isoformat(), **written}
