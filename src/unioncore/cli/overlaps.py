"""The command that lists rules of one fact that can hold for one person and differ."""

import click

from unioncore.answers import OverlappingRules, overlaps
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import json_option
from unioncore.cli.progress import meanwhile
from unioncore.cli.screen import Screen
from unioncore.rules.search import example_text


@cli.command("overlaps")
@json_option
@choice
@click.pass_context
def overlaps_command(ctx: click.Context, chosen: Chosen, as_json: bool) -> None:
    """List the rules of one fact that can both hold for one person, with different answers.

    For each pair it says which of them counts, because it overrides the other, and gives such a
    person. Ends with 1 where neither counts. For example: unioncore overlaps --plugin unison
    """
    rulebook = chosen.rulebook
    with meanwhile("looking for people for whom two rules hold"):
        found = overlaps(rulebook)
    screen = Screen()
    if as_json:
        screen.json([each.to_dict() for each in found])
    else:
        _tell(screen, found)
    if any(not each.counts and each.person is not None for each in found):
        ctx.exit(PROBLEMS)


def _tell(screen: Screen, found: tuple[OverlappingRules, ...]) -> None:
    for fact in dict.fromkeys(each.fact for each in found):
        screen.lines(fact, "bold")
        for each in found:
            if each.fact == fact:
                screen.lines(f"  {each.first} and {each.second}: {_counts(each)}")
                shown = each.person and example_text(each.person)
                screen.lines(f"    {shown or each.reason or 'whatever is known of the person'}")
    unproved = sum(each.person is None for each in found)
    clashing = sum(not each.counts for each in found)
    pairs = f"{len(found)} pair{'s' if len(found) != 1 else ''}"
    screen.lines(f"{pairs}: {clashing} of rules that clash, {unproved} not proved")


def _counts(pair: OverlappingRules) -> str:
    if pair.counts:
        return f"{pair.counts} counts"
    return "neither counts" if pair.person is not None else "perhaps neither counts"
