"""The command that says whom a text to many members reaches."""

import click

from unioncore.answers import audience, message
from unioncore.cli import completion
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command("audience")
@click.option(
    "--when",
    default="True",
    metavar="CONDITION",
    help="Whom it is for, such as \"membership.branch == 'essex'\"; default everybody.",
)
@click.option(
    "--channel",
    metavar="WORD",
    help="How they are reached, such as email.",
    shell_complete=completion.words("contact_channel"),
)
@click.option(
    "--purpose",
    metavar="WORD",
    help="What for, such as bulletin.",
    shell_complete=completion.words("contact_purpose"),
)
@click.option(
    "--message",
    "key",
    metavar="KEY",
    help="Instead of these three, a text that the records have.",
    shell_complete=keys_of("messages"),
)
@click.option("--keys", is_flag=True, help="Print the keys of those who are reached, and no more.")
@about_union
def audience_command(
    opened: OpenUnion,
    when: str,
    channel: str | None,
    purpose: str | None,
    key: str | None,
    keys: bool,
) -> None:
    """Say how many members a text reaches, how many it leaves out, and why.

    Those who refused it are left out, and so is whoever is no current member. An address stands in
    no record: --keys prints the members' keys.

    For example: unioncore audience --channel email --purpose bulletin --when "person.working"
    """
    rulebook, now = opened.rulebook, opened.now
    if key is not None:
        told = message(rulebook, now, key)
        found = told.audience
    elif channel is None or purpose is None:
        raise click.UsageError("give --channel and --purpose, or --message")
    else:
        found = audience(rulebook, now, channel=channel, purpose=purpose, when=when)
    if keys and opened.as_json:
        opened.screen.json(list(found.reached))
    elif keys:
        opened.screen.lines("\n".join(found.reached))
    else:
        opened.show(told if key is not None else found)
