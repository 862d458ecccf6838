"""The command that says how a branch stands before its assessment."""

from unioncore.answers import assess
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, branch_option


@cli.command("assessment")
@branch_option
@about_union
def assessment_command(union: OpenUnion, branch: str) -> None:
    """Say what a branch's own records tell before its yearly assessment, indicator by indicator.

    It ranks nobody. For example: unioncore assessment --branch essex --on 2026-10-01
    """
    union.show(assess(union.rulebook, union.now, branch))
