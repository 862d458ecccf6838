"""The command that lists every length in months, and by what it is counted."""

from calendar import month_name
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import json_option
from unioncore.cli.screen import Screen
from unioncore.describe import Length, lengths
from unioncore.model import Direction, Roll
from unioncore.rules import series
from unioncore.shown import plain

_RUNS = {
    Direction.WITHIN: "after a day",
    Direction.BEGINNING_WITH: "beginning with a day",
    Direction.NOT_BEFORE: "after a day, and not before",
    Direction.AT_LEAST_BEFORE: "before a day",
}
_MOVES = {
    Roll.NEVER: "does not move",
    Roll.NEXT_WORKING_DAY: "moves to the next working day of the nation",
    Roll.NEXT_OPEN_DAY: "moves to the next day on which the office is open",
}


@cli.command()
@json_option
@choice
def readings(chosen: Chosen, as_json: bool) -> None:
    """List every length in months or years: how it is counted, and whether its last day moves.

    The days of the year are those from which the readings of months that have authors lead to
    different days in some year.

    For example: unioncore readings
    """
    found = lengths(chosen.rulebook)
    screen = Screen()
    if as_json:
        screen.json([_in_json(each) for each in found])
        return
    for each in found:
        long = series([str(length) for length in each.long], "or") or "as long as a rule says"
        moves = series([_MOVES[roll] for roll in each.rolls], "or")
        screen.lines(f"{each.where}: {long} {_RUNS[each.direction]}", "bold")
        screen.lines(f"  {each.name} ({each.counted}); its last day {moves}")
        screen.lines(f"  readings part from: {_days(each.parts) or 'no day'}")
    screen.lines("\nhow each is counted", "bold")
    for one in {each.counted: each for each in found}.values():
        names = ", or ".join(reading.name for reading in one.readings)
        screen.lines(f"{one.counted}: {names}")
        for citation in one.citations:
            screen.lines(f"  source: {citation}")
    screen.lines("\nwho counts so", "bold")
    for reading in {r.key: r for each in found for r in each.readings}.values():
        screen.lines(reading.name)
        for citation in reading.citations:
            screen.lines(f"  source: {citation}")
    screen.lines(f"\n{len(found)} lengths")


def _days(days: Iterable[tuple[int, int]]) -> str:
    """Write days of the year, month by month, such as ``29 and 30 November``."""
    months = (
        (month, [str(day) for _, day in each]) for month, each in groupby(days, lambda d: d[0])
    )
    return ", ".join(f"{series(each)} {month_name[month]}" for month, each in months)


def _in_json(each: Length) -> dict[str, Any]:
    return {
        "where": each.where,
        "long": [str(length) for length in each.long],
        "direction": str(each.direction),
        "counted": each.counted,
        "readings": [reading.key for reading in each.readings],
        "rolls": [str(roll) for roll in each.rolls],
        "citations": [plain(citation) for citation in each.citations],
        "parts": [f"{month:02}-{day:02}" for month, day in each.parts],
    }
