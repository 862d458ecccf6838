"""The command that counts back from a planned day of industrial action."""

import sys
from datetime import date
from pathlib import Path

import click

from unioncore.answers import readiness as steps_before
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.files import write_calendar
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import a_day, asked, ics_option, json_option, on_option
from unioncore.cli.screen import Screen
from unioncore.legal import Jurisdiction

_POSSIBLE = {True: "", False: ": too late", None: ": whether in time is not known"}


@cli.command()
@click.argument("action_day", type=a_day, metavar="DAY")
@click.option(
    "--voting-days",
    type=click.IntRange(min=1),
    required=True,
    metavar="N",
    help="For how many days the ballot is to be open, the first and last included.",
)
@click.option(
    "--counting-days",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="How many days after the last of them the result is there.",
)
@click.option(
    "--nation",
    default="GB",
    show_default=True,
    metavar="N",
    help="A nation, or E&W, GB or UK where all of it agrees.",
    shell_complete=completion.words("nation"),
)
@click.option(
    "--agreed-notice",
    is_flag=True,
    help="Count on the employer's agreement to shorter notice of action.",
)
@on_option
@ics_option
@json_option
@choice
def readiness(
    chosen: Chosen,
    action_day: date,
    voting_days: int,
    counting_days: int,
    nation: str,
    agreed_notice: bool,
    on: date | None,
    ics: Path | None,
    as_json: bool,
) -> None:
    """Say by when each step must be done for industrial action to begin on DAY.

    The law sets no least time for voting: say for how long it is to be open. Reports what can
    still be done in time as of --on. Ends with 3 when a day is not known. It is not legal advice.

    For example: unioncore readiness 2026-06-01 --voting-days 21 --on 2026-04-01
    """
    rulebook = chosen.rulebook
    where = Jurisdiction.parse(nation)
    day, said = asked(on)
    steps = steps_before(
        rulebook,
        action_day,
        nation=where,
        voting_days=voting_days,
        counting_days=counting_days,
        as_of=day,
        agreed_notice=agreed_notice,
    )
    write_calendar(ics, steps, series=f"action from {action_day.isoformat()} in {where}")
    screen = Screen()
    if as_json:
        screen.json(
            {
                "action_day": action_day.isoformat(),
                "on": day.isoformat(),
                "steps": [
                    {
                        "step": step.name,
                        "latest": step.latest.to_dict(),
                        "possible": step.possible.to_dict(),
                    }
                    for step in steps
                ],
            }
        )
    else:
        screen.lines(f"{said}, for action from {action_day.isoformat()} in {where}\n")
        for step in steps:
            latest, possible = step.latest, step.possible
            shown = f"by {latest.value:%A} {latest.value}" if latest.known else "not known"
            late = _POSSIBLE[possible.value if possible.known else None]
            screen.lines(f"{step.name}: {shown}{late}", "bold")
            if latest.known:
                screen.lines(f"  because {latest.because[0].text}")
            else:
                screen.lines(f"  why not known: {latest.reason}")
        screen.lines("")
        for citation in dict.fromkeys(c for step in steps for c in step.latest.citations):
            screen.lines(f"source: {citation}")
    if not all(step.latest.known for step in steps):
        sys.exit(NOT_KNOWN)
