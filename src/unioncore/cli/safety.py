"""The command that says what is due about safety at workplaces."""

from unioncore.answers import safety_of
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, unit_option


@cli.command("safety")
@unit_option
@about_union
def safety_command(union: OpenUnion, unit: str) -> None:
    """Say which safety representatives are in office by law, and what is due at which workplace.

    For example: unioncore safety --unit essex --on 2026-10-01
    """
    union.show(safety_of(union.rulebook, union.now, unit))
