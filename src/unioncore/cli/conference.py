"""The command that shows a conference: its timetable, what was put to it, what came of it."""

import click

from unioncore.answers import Answers, agenda, conference_calendar, policies
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of
from unioncore.describe import timetable_plot
from unioncore.errors import BadUnion
from unioncore.records import read_cases

__all__: list[str] = []


@cli.command()
@click.option(
    "--unit",
    metavar="KEY",
    required=True,
    help="The conference or council, such as ndc.",
    shell_complete=keys_of("units"),
)
@click.option("--edition", metavar="WHICH", required=True, help="Which one, such as 2026.")
@click.option(
    "--show",
    "part",
    type=click.Choice(["timetable", "agenda", "policies"]),
    default="timetable",
    show_default=True,
    help="When everything is; what was put, and what became of it; what came of the decisions.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "svg"]),
    default="text",
    help="Or the timetable as a picture.",
)
@about_union
def conference(opened: OpenUnion, unit: str, edition: str, part: str, style: str) -> None:
    """Show a conference: when everything is, what was put to it, and what came of it.

    What the union's calendar sets is shown as published; the rest is counted back from the opening
    day, or not known. The cases in the folder tell what became of the motions that they are about.

    For example: unioncore conference --unit ndc --edition 2026 --show agenda --on 2026-10-01
    """
    rulebook, now = opened.rulebook, opened.now
    if part == "timetable":
        found = conference_calendar(rulebook, now, unit, edition)
        if style == "svg" and not opened.as_json:
            click.echo(timetable_plot(found))
        else:
            opened.show(found)
        return
    stored = read_cases(opened.where.path, rulebook=rulebook, union=now.union)
    if stored.faults:
        raise BadUnion(stored.faults)
    question = agenda if part == "agenda" else policies
    told: Answers = question(rulebook, now, unit, edition, cases=stored.cases)
    opened.show(told)
