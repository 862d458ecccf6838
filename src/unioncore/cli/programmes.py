"""The command that says what a union has set out to do, and how far it has come."""

from unioncore.answers import programmes as programmes_of
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union

__all__: list[str] = []


@cli.command()
@about_union
def programmes(opened: OpenUnion) -> None:
    """Show a union's objectives, the programmes that serve them, and how their plans stand.

    What conference decided, and who answers for it, is shown by "conference --show policies".

    For example: unioncore programmes --on 2026-10-01
    """
    opened.show(programmes_of(opened.rulebook, opened.now))
