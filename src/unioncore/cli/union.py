"""The commands about a union and its members: each reads its words, asks, and prints."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs
import click

from unioncore.answers import member
from unioncore.cli import demo as tour
from unioncore.cli.screen import Screen
from unioncore.cli.shared import (
    NOT_KNOWN,
    PROBLEMS,
    a_day,
    asked,
    choice,
    chosen_plugins,
    json_option,
    on_option,
    the_rulebook,
    unioncore,
)
from unioncore.composition import example_union
from unioncore.describe import (
    FORMATS,
    PROCEDURE_FORMATS,
    chart,
    member_plain,
    member_text,
    procedure_chart,
)
from unioncore.errors import MissingPart
from unioncore.model import Person, Snapshot, Union
from unioncore.records import read_union

__all__ = ["unioncore"]

_folder = click.Path(exists=True, file_okay=False, path_type=Path)

_union = click.option(
    "--union",
    "folder",
    type=_folder,
    metavar="DIR",
    help="The union's folder; default: UNIONCORE_UNION, or the example that a plugin ships.",
)


def _union_folder(
    folder: Path | None, chosen: Sequence[str], without: Sequence[str]
) -> Path | Traversable:
    """Return the folder that is meant, or that of the example union."""
    if folder is not None:
        return folder
    if named := os.environ.get("UNIONCORE_UNION"):
        return Path(named)
    found = (example_union(plugin) for plugin in chosen_plugins(chosen, without))
    example = next((each for each in found if each is not None), None)
    if example is None:
        raise MissingPart("a plugin with an example union", "pip install unioncore-unison")
    return example


def _on(union: Union, day: date, known_on: date | None = None) -> Snapshot:
    """Return the union on a day; ends with "not known" for a day after the last that is kept."""
    now = union.on(day, known_on=known_on)
    if now.warnings:
        said = "; ".join(now.warnings)
        click.echo(f"not known on {day}: {said}; ask about an earlier day with --on", err=True)
        sys.exit(NOT_KNOWN)
    return now


@unioncore.command()
@choice
def demo(chosen: Sequence[str], without: Sequence[str]) -> None:
    """A guided tour of the rules and of an example union. Needs no arguments."""
    rulebook = the_rulebook(chosen, without)
    tour.needs(rulebook)
    union = read_union(_union_folder(None, chosen, without), rulebook).ok()
    screen = Screen()
    for text, style in tour.run(rulebook, union):
        screen.lines(text, style)


@unioncore.command()
@click.argument("person", metavar="MEMBER")
@_union
@on_option
@click.option(
    "--known-on", type=a_day, metavar="DAY", help="Answer from what had been recorded by that day."
)
@click.option(
    "--incident", type=a_day, metavar="DAY", help="The day of what the member asks for help with."
)
@json_option
@choice
def explain(
    person: str,
    folder: Path | None,
    on: date | None,
    known_on: date | None,
    incident: date | None,
    as_json: bool,
    chosen: Sequence[str],
    without: Sequence[str],
) -> None:
    """Say everything about one member: where they belong, what they pay, what they hold, and why.

    For example: unioncore explain M0001 --on 2026-06-01
    """
    rulebook = the_rulebook(chosen, without)
    day, head = asked(on)
    union = read_union(_union_folder(folder, chosen, without), rulebook).ok()
    found = member(rulebook, _on(union, day, known_on), person, incident=incident)
    screen = Screen()
    if as_json:
        screen.json(member_plain(found))
        return
    screen.lines(head)
    for line in member_text(rulebook, found):
        screen.lines(line, "bold" if line and not line.startswith(" ") else "")


@unioncore.command()
@click.argument("folder", type=_folder, metavar="DIR")
@json_option
@choice
@click.pass_context
def check(
    ctx: click.Context,
    folder: Path,
    as_json: bool,
    chosen: Sequence[str],
    without: Sequence[str],
) -> None:
    """Report everything that is wrong with a union's folder; ends with 1 if anything is.

    For example: unioncore check our-union
    """
    reading = read_union(folder, the_rulebook(chosen, without))
    screen = Screen()
    if as_json:
        screen.json([attrs.asdict(fault) for fault in reading.faults])
    else:
        for fault in reading.faults:
            screen.lines(str(fault))
        people = len({person.key for person in reading.union.every(Person)})
        count = len(reading.faults)
        wrong = f"{count} problem{'' if count == 1 else 's'}" if count else "nothing wrong"
        screen.lines(f"{wrong}; {people:,} people, {len(reading.union.units):,} rows of units")
    if reading.faults:
        ctx.exit(PROBLEMS)


@unioncore.command("chart")
@click.argument("folder", type=_folder, metavar="[DIR]", required=False)
@click.option("--unit", metavar="KEY", help="Begin at this unit; default: at the top.")
@click.option(
    "--axis",
    default="region",
    show_default=True,
    help="region, service-group, group, governance or staff, or another that the union uses.",
)
@click.option("--case-type", metavar="TYPE", help="Draw the procedure of this case type instead.")
@click.option(
    "--format",
    "style",
    type=click.Choice([*FORMATS, "text"]),
    help="How to draw it; default: tree for a union, text for a procedure.",
)
@on_option
@choice
def chart_command(
    folder: Path | None,
    unit: str | None,
    axis: str,
    case_type: str | None,
    style: str | None,
    on: date | None,
    chosen: Sequence[str],
    without: Sequence[str],
) -> None:
    """Draw what hangs together in a union on a day, or the procedure of a case type.

    For example: unioncore chart our-union --axis service-group --format mermaid
    """
    day, _ = asked(on)
    rulebook = the_rulebook(chosen, without)
    if case_type is not None:
        if style not in (None, *PROCEDURE_FORMATS):
            raise click.UsageError(f"a procedure is drawn as {' or '.join(PROCEDURE_FORMATS)}")
        Screen().lines(procedure_chart(rulebook, case_type, on=day, style=style or "text"))
        return
    if folder is None:
        raise click.UsageError(
            "name a union's folder, such as 'unioncore chart our-union', or give --case-type"
        )
    if style not in (None, *FORMATS):
        raise click.UsageError(f"a union is drawn as {' or '.join(FORMATS)}")
    union = read_union(folder, rulebook).ok()
    now = _on(union, day)
    Screen().lines(chart(now, axis=axis, unit=unit, style=style or "tree"))
