"""The command that runs a told story."""

from pathlib import Path
from typing import Any

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.files import write_calendar
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import ics_option, json_option, schema_option
from unioncore.cli.screen import Screen
from unioncore.shown import plain
from unioncore.stories import Told, read_story, run_story, story_schema

_HEADS = {
    "entry": "What happened",
    "state": "Where things stand",
    "representative": "Who represents",
    "deadline": "Dates that matter",
    "expected": "What the story expects",
}


@cli.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@ics_option
@json_option
@schema_option(story_schema)
@choice
@click.pass_context
def run(ctx: click.Context, chosen: Chosen, file: Path, ics: Path | None, as_json: bool) -> None:
    """Run a told story: states, refusals, deadlines and representatives.

    FILE is a JSON object that tells of members' cases, or of pay rounds, disputes and forums; see
    --schema. Ends with 1 where something is otherwise than the story expects.

    For example: unioncore run a-grievance.json
    """
    told = run_story(chosen.rulebook, read_story(file))
    write_calendar(ics, told.deadlines, series=told.story.title)
    screen = Screen()
    if as_json:
        screen.json(_in_json(told))
    else:
        screen.lines(told.story.title, "bold")
        for what, head in _HEADS.items():
            lines = [line for line in told.lines if line.what == what]
            if lines:
                screen.lines(f"\n{head}", "bold")
            for line in lines:
                screen.lines(f"  {'' if line.good else 'otherwise: '}{line.text}")
    if not told.good:
        ctx.exit(PROBLEMS)


def _in_json(told: Told) -> dict[str, Any]:
    return {
        "title": told.story.title,
        "good": told.good,
        "lines": [{"what": e.what, "text": e.text, "good": e.good} for e in told.lines],
        "tracks": [
            {
                "case": reference,
                "track": track.key,
                "case_type": track.case_type,
                "nation": track.nation,
                "state": track.state,
                "since": plain(track.since),
                "represented_by": plain(track.assigned(told.story.as_of)),
            }
            for reference, case in told.cases.items()
            for track in case.tracks.values()
        ],
        "deadlines": [each.to_dict() for each in told.deadlines],
    }
