"""The command that says what in a register of members is surely or perhaps wrong."""

import sys

import click

from unioncore.answers import check_register
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of


@cli.command("check-register")
@click.option(
    "--unit",
    metavar="KEY",
    help="Only the members of this branch, or of another unit with branches.",
    shell_complete=keys_of("units"),
)
@click.option(
    "--employer",
    metavar="KEY",
    help="Or only those of an employer.",
    shell_complete=keys_of("employers"),
)
@click.option("--counts", is_flag=True, help="Print how often each thing was found, and no more.")
@about_union
def check_register_command(
    opened: OpenUnion, unit: str | None, employer: str | None, counts: bool
) -> None:
    """Say what in the register of members is surely or perhaps wrong: file, line and cure.

    Each finding names the file and the line, and nobody. --counts is for an assurer, who certifies
    the register. Ends with 1 if anything is found.

    For example: unioncore check-register --unit kent-police-branch --on 2026-10-01
    """
    if unit is not None and employer is not None:
        raise click.UsageError("give one of --unit and --employer, or neither")
    of = unit or employer or ""
    found = check_register(opened.rulebook, opened.now, of=of, places=opened.places)
    if not counts:
        opened.show(found)
    elif opened.as_json:
        opened.screen.json({"counts": found.counts, "not_checked": found.not_checked})
    else:
        opened.screen.lines(found.counted())
    if found.findings:
        sys.exit(PROBLEMS)
