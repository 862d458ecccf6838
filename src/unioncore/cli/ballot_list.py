"""The command that says who has a vote in a ballot on industrial action."""

from datetime import date
from typing import Any

import click

from unioncore.answers import (
    BallotList,
    CalledOn,
    ballot_list,
    ballot_list_changes,
    recorded_ballot_list,
)
from unioncore.cli import completion
from unioncore.cli.group import cli
from unioncore.cli.options import a_day
from unioncore.cli.union_folder import OpenUnion, about_union, ballot_option, keys_of, union_on
from unioncore.model import Snapshot

__all__: list[str] = []


@cli.command("ballot-list")
@ballot_option()
@click.option(
    "--employer",
    metavar="KEY",
    help="Instead of a recorded ballot, the employer; the options that follow go with it.",
    shell_complete=keys_of("employers"),
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="TEXT",
    help="A category that is called on, as job_categories.csv has it; default all.",
)
@click.option(
    "--workplace",
    "workplaces",
    multiple=True,
    metavar="KEY",
    help="A workplace that is called on; default all.",
    shell_complete=keys_of("workplaces"),
)
@click.option(
    "--when",
    metavar="CONDITION",
    help="Whom else the dispute calls on, such as \"job.band == '5'\"; default everybody.",
)
@click.option(
    "--opens", type=a_day, metavar="DAY", help="The first day of the vote; default the day asked."
)
@click.option("--closes", type=a_day, metavar="DAY", help="The last day of the vote.")
@click.option(
    "--cut-off", type=a_day, metavar="DAY", help="The last day on which to join and still vote."
)
@click.option(
    "--action-from", type=a_day, metavar="DAY", help="The first day of the industrial action."
)
@click.option(
    "--means",
    type=click.Choice(["post", "electronic", "hybrid", "workplace"]),
    help="How the vote is held; default by post.",
)
@click.option(
    "--nation",
    metavar="N",
    help="Whose law governs the action; default GB.",
    shell_complete=completion.words("nation"),
)
@click.option(
    "--since", type=a_day, metavar="DAY", help="Say what moved since the list of that day."
)
@click.option(
    "--keys",
    type=click.Choice(["in", "out", "doubtful"]),
    help="Print the keys of these members, with the reason, and no more.",
)
@about_union
def ballot_list_command(
    opened: OpenUnion,
    ballot: str | None,
    employer: str | None,
    categories: tuple[str, ...],
    workplaces: tuple[str, ...],
    when: str | None,
    since: date | None,
    keys: str | None,
    **days: Any,
) -> None:
    """Say who has a vote in a ballot on industrial action, who has none, and who is doubtful.

    Everybody who was considered is in exactly one of the three, for a reason with its rule. It
    prints numbers and never a name; --keys prints the members' keys.

    For example: unioncore ballot-list --ballot nuh-2026 --on 2026-10-01
    """
    if (ballot is None) == (employer is None):
        raise click.UsageError("give one of --ballot and --employer, such as --ballot nuh-2026")
    plan = {name: value for name, value in days.items() if value is not None}
    if ballot is not None and (categories or workplaces or when or plan):
        raise click.UsageError("--ballot says the rest itself; these options go with --employer")
    called_on = CalledOn(frozenset(categories), frozenset(workplaces), when or "True")

    def listed(now: Snapshot) -> BallotList:
        if ballot is not None:
            return recorded_ballot_list(opened.rulebook, now, ballot)
        return ballot_list(opened.rulebook, now, employer or "", called_on=called_on, **plan)

    found = listed(opened.now)
    if keys is not None:
        _print_keys(opened, found, keys)
    elif since is not None:
        earlier = union_on(opened.now.union, since, known_on=since)
        opened.show(ballot_list_changes(listed(earlier), found))
    else:
        opened.show(found)


def _print_keys(opened: OpenUnion, found: BallotList, which: str) -> None:
    groups = {"in": {"": found.entitled}, "out": found.out, "doubtful": found.doubtful}[which]
    if opened.as_json:
        opened.screen.json({reason: list(keys) for reason, keys in groups.items()})
        return
    for reason, keys in groups.items():
        for key in keys:
            opened.screen.lines(f"{key}: {reason}" if reason else key)
