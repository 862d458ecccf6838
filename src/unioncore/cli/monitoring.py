"""The command that publishes counts of equality monitoring."""

import click

from unioncore.answers import monitoring, own_monitoring
from unioncore.cli import completion
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command("monitoring")
@click.option(
    "--question",
    required=True,
    metavar="WORD",
    help="What is asked about, such as gender.",
    shell_complete=completion.words("monitoring_question"),
)
@click.option(
    "--by",
    type=click.Choice(("unit", "region", "role", "group", "event")),
    default="unit",
    help="What the rows are; default unit.",
)
@click.option(
    "--own",
    metavar="UNIT",
    help="Instead of forms, what members of a unit let be recorded of themselves.",
    shell_complete=keys_of("units"),
)
@about_union
def monitoring_command(opened: OpenUnion, question: str, by: str, own: str | None) -> None:
    """Publish counts of equality monitoring, with small ones suppressed.

    Forms are anonymous. What members let be recorded of themselves is counted apart, with --own.
    Publish the same forms once: a second table by something else could give small counts away.

    For example: unioncore monitoring --question gender --on 2026-10-01
    """
    if own is None:
        opened.show(monitoring(opened.rulebook, opened.now, question, by=by))
    else:
        opened.show(own_monitoring(opened.rulebook, opened.now, question, own))
