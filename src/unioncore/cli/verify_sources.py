"""The command that compares the rulebook with texts of law."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, PROBLEMS, cli
from unioncore.cli.options import a_day, folder_type, json_option
from unioncore.cli.screen import Screen
from unioncore.describe import ComparedProvision, compare_texts, digests_of, of_law
from unioncore.rulebook import Rulebook
from unioncore.shown import plain


@cli.command("verify-sources")
@click.argument("folder", type=folder_type)
@click.option(
    "--digests",
    "read_on",
    type=a_day,
    metavar="DAY",
    help="Print a file of definitions that says what each provision cited was on DAY instead.",
)
@json_option
@choice
@click.pass_context
def verify_sources(
    ctx: click.Context, chosen: Chosen, folder: Path, read_on: date | None, as_json: bool
) -> None:
    """Say which provisions of law have changed since they were read, and what rests on them.

    FOLDER holds law in Markdown, as the repository legalize-dev/legalize-uk does. Ends with 1 when
    one has changed, and otherwise with 3 when the folder does not hold each: those are named.

    For example: unioncore verify-sources legalize-uk
    """
    rulebook = chosen.sound_rulebook
    screen = Screen()
    if read_on is not None:
        screen.lines("\n".join(_definitions(rulebook, folder, read_on)))
        return
    compared = compare_texts(rulebook, folder)
    if as_json:
        screen.json([plain(each) for each in compared])
    elif all(each.changed is None for each in compared):
        screen.lines(f"{folder} holds none of the {len(compared)} provisions that were read")
        screen.lines("  expected the folder of a text such as uk/ukpga-1996-18.md, or one above it")
    else:
        for each in compared:
            if each.changed is not False:
                said = "changed since it was read" if each.changed else "not in the folder"
                screen.lines(f"{each.text}, {each.at}: {said}", "red" if each.changed else "")
                for name in each.rests if each.changed else ():
                    screen.lines(f"  not reviewed since: {name}")
        screen.lines("\n".join(_summary(rulebook, compared)))
    if any(each.changed for each in compared):
        ctx.exit(PROBLEMS)
    if any(each.changed is None for each in compared):
        ctx.exit(NOT_KNOWN)


def _summary(rulebook: Rulebook, compared: Sequence[ComparedProvision]) -> list[str]:
    count = [sum(each.changed is was for each in compared) for was in (False, True, None)]
    lines = ["{} as read, {} changed, {} not in the folder".format(*count)]
    resting = {name for each in compared for name in each.rests}
    read_on = max(each.read_on for each in rulebook.definitions.law_texts)
    every = of_law(rulebook, read_on)
    said = f"{len(resting)} of {len(every)} verified versions of law"
    return [*lines, f"{said} in force on {read_on} or later rest on a digest"]


def _definitions(rulebook: Rulebook, folder: Path, read_on: date) -> list[str]:
    lines = [
        "# Provisions as they were read, made by: unioncore verify-sources FOLDER --digests DAY",
        "",
        f"read_on = {read_on.isoformat()}",
    ]
    for key, provisions in digests_of(rulebook, folder, read_on).items():
        lines += ["", "[[law_text]]", f"key = {json.dumps(key)}", "provisions = ["]
        lines += [f'  {{ at = "{each.at}", digest = "{each.digest}" }},' for each in provisions]
        lines.append("]")
    return lines
