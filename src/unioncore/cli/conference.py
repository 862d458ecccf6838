"""The command that shows a conference: its timetable, what was put to it, what came of it."""

import click

from unioncore.answers import Answers, agenda, conference_calendar, policies
from unioncore.cli.group import cli
from unioncore.cli.options import picture_option
from unioncore.cli.union_folder import OpenUnion, about_union, conference_option, edition_option
from unioncore.describe import timetable_plot
from unioncore.errors import BadUnion
from unioncore.records import read_cases

__all__: list[str] = []


@cli.command()
@conference_option("--unit")
@edition_option
@click.option(
    "--show",
    "part",
    type=click.Choice(["timetable", "agenda", "policies"]),
    default="timetable",
    show_default=True,
    help="When everything is; what was put, and what became of it; what came of the decisions.",
)
@picture_option
@about_union
def conference(opened: OpenUnion, unit: str, edition: str, part: str) -> None:
    """Show a conference: when everything is, what was put to it, and what came of it.

    What the union's calendar sets is shown as published; the rest is counted back from the opening
    day, or not known. Only the timetable has a picture. The cases in the folder tell what became of
    the motions that they are about.

    For example: unioncore conference --unit ndc --edition 2026 --show agenda --on 2026-10-01
    """
    rulebook, now = opened.rulebook, opened.now
    if part == "timetable":
        opened.show(conference_calendar(rulebook, now, unit, edition), timetable_plot)
        return
    stored = read_cases(opened.where.path, rulebook=rulebook, union=now.union)
    if stored.faults:
        raise BadUnion(stored.faults)
    question = agenda if part == "agenda" else policies
    told: Answers = question(rulebook, now, unit, edition, cases=stored.cases)
    opened.show(told)
