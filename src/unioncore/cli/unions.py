"""The command that says what is known of trade unions."""

from datetime import date

import click

from unioncore.answers import about_union, unions
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.screen import Screen


@cli.command("unions")
@click.argument("union", required=False, shell_complete=completion.words("union"))
@on_option
@json_option
@choice
def unions_command(chosen: Chosen, union: str | None, on: date | None, as_json: bool) -> None:
    """Say what is known of trade unions: who leads them, where, and what they belong to.

    Without UNION it tells of every union that a plugin declares, the rulebook's own first.
    For example: unioncore unions unison --on 2026-06-01
    """
    day, head = asked(on)
    rulebook, screen = chosen.rulebook, Screen()
    found = unions(rulebook, on=day) if union is None else about_union(rulebook, union, on=day)
    if as_json:
        screen.json(found.to_dict())
    else:
        screen.lines(f"{head}\n\n{found.to_text()}")
