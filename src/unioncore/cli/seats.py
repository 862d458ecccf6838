"""The command that says who holds the seats of a body, and what they add up to."""

import click

from unioncore import answers
from unioncore.cli import completion
from unioncore.cli.group import cli
from unioncore.cli.options import picture_option
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of
from unioncore.describe import seat_chart

__all__: list[str] = []


@cli.command()
@click.option(
    "--unit",
    required=True,
    metavar="KEY",
    help="The unit whose seats, offices or posts are asked about, such as nec.",
    shell_complete=keys_of("units"),
)
@click.option(
    "--role",
    default="",
    metavar="ROLE",
    help="Only offices of this kind, such as nec-member.",
    shell_complete=completion.words("office_role"),
)
@picture_option
@click.option(
    "--by",
    metavar="WHAT",
    help="Instead, count who sits on it beside the members of the union: by gender, by a "
    "self-organised group, or by a fact such as young_member.",
)
@about_union
def seats(opened: OpenUnion, unit: str, role: str, by: str | None) -> None:
    """Say who holds each seat of a unit, what is vacant, and whether the seats add up.

    People are named by their keys. A holder whose term is over, with no later election in the
    records, is not known to hold the seat any more. Of small numbers nothing is said.

    For example: unioncore seats --unit nec --role nec-member --on 2026-10-01
    """
    if by is not None:
        now = opened.now
        members = [who for top in now.units("union") for who in now.members(top.key)]
        opened.show(answers.fair_share(opened.rulebook, now, unit, members, by=by))
        return
    opened.show(answers.seats(opened.rulebook, opened.now, unit, role), seat_chart)
