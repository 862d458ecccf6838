"""The command that maps workplaces: members, workforce, density and representatives."""

import sys

import click

from unioncore.answers import density_of
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.options import picture_option
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of
from unioncore.describe import density_plot


@cli.command("density")
@click.option(
    "--unit",
    metavar="KEY",
    help="The branch, or another unit with branches.",
    shell_complete=keys_of("units"),
)
@click.option(
    "--employer", metavar="KEY", help="Or an employer.", shell_complete=keys_of("employers")
)
@click.option(
    "--stale-after",
    type=click.IntRange(min=0),
    default=365,
    show_default=True,
    metavar="DAYS",
    help="Tell of counts of the workforce that are older.",
)
@picture_option
@about_union
def density_command(
    union: OpenUnion, unit: str | None, employer: str | None, stale_after: int
) -> None:
    """Say by workplace how many of the staff are members, and where nobody represents them.

    Members are counted from the records; the staff stand in workforce.csv. It ends with 3 where the
    density of the whole is not known. For example: unioncore density --unit essex --on 2026-10-01
    """
    if (unit is None) == (employer is None):
        raise click.UsageError("give one of --unit and --employer, such as --unit essex")
    found = density_of(union.rulebook, union.now, unit or employer or "", stale_after=stale_after)
    union.show(found, density_plot)
    if found.density is None:
        sys.exit(NOT_KNOWN)
