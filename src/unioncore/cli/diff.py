"""The command that says what changed in the rulebook between two days."""

from datetime import date
from textwrap import indent
from typing import Any

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import a_day, json_option
from unioncore.cli.rules import plain_version
from unioncore.cli.screen import Screen
from unioncore.describe import Change, diff
from unioncore.shown import plain


@cli.command("diff")
@click.argument("day1", type=a_day)
@click.argument("day2", type=a_day)
@json_option
@choice
def diff_command(chosen: Chosen, day1: date, day2: date, as_json: bool) -> None:
    """Say what began, ended and was replaced in the rulebook between two days.

    For example: unioncore diff 2009-06-01 2010-06-01
    """
    if day2 < day1:
        said = f"the earlier day comes first; did you mean 'unioncore diff {day2} {day1}'?"
        raise click.UsageError(said)
    changes = diff(chosen.rulebook, day1, day2)
    screen = Screen()
    if as_json:
        screen.json([_plain_change(change) for change in changes])
        return
    rows = [
        (change.kind, f"{change.key}\n{change.plugin}\n{change.decides}", _said(change))
        for change in changes
    ]
    if rows:
        screen.table(("change", "rule", "before and after"), rows, _lines)
    noun = "change" if len(changes) == 1 else "changes"
    screen.lines(f"{len(changes)} {noun} between {day1.isoformat()} and {day2.isoformat()}")


def _plain_change(change: Change) -> dict[str, Any]:
    written: dict[str, Any] = plain(change)
    for side, version in (("before", change.before), ("after", change.after)):
        written[side] = None if version is None else plain_version(version)
    return written


def _said(change: Change) -> str:
    """Return what a rule said and says, with a line for each source."""
    lines = []
    for label, version in (("before", change.before), ("after", change.after)):
        if version is not None:
            said = " ".join((version.text, *version.notes))
            lines.append(f"{label}: {said} [{version.period}]")
            lines.extend(f"  source: {citation}" for citation in version.citations)
    return "\n".join(lines)


def _lines(kind: str, rule: str, said: str) -> str:
    key, plugin, decides = rule.split("\n")
    return "\n".join([f"{kind}: {key} ({plugin}, {decides})", indent(said, "  "), ""])
