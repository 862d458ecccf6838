"""The command that says for whom no rule decides a fact."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

import click

from unioncore.answers import Decided, UndecidedFact, gaps
from unioncore.answers.analysis.undecided import EVERYBODY
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.progress import meanwhile
from unioncore.cli.screen import Screen
from unioncore.rulebook import Rulebook
from unioncore.rules import series
from unioncore.rules.search import example_text

HEADINGS = {
    Decided.NO_VERSION: "rules without a version on the day",
    Decided.NOT_PROVED: "not proved to be decided for everybody",
}


@cli.command("gaps")
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="FACT",
    help="Only this fact; may be repeated.",
    shell_complete=completion.from_rulebook(completion.derived_facts),
)
@on_option
@json_option
@choice
def gaps_command(chosen: Chosen, facts: Sequence[str], on: date | None, as_json: bool) -> None:
    """Say for whom no rule decides a fact, and no definition says why.

    It looks at every fact that rules decide, sets and tables too, describes the people, and gives
    the facts of one of them. Ends with 1 where a definition is missing, or where a silence is of
    no use; not where only a version for the day is, or a proof.

    For example: unioncore gaps --fact service_group
    """
    day, head = asked(on)
    rulebook = chosen.rulebook
    with meanwhile("looking for people for whom no rule speaks"):
        found = gaps(rulebook, *facts, on=day)
    screen = Screen()
    if as_json:
        screen.json([each.to_dict() for each in found])
    else:
        screen.lines(head)
        _tell_all(screen, rulebook, found)
    if any(each.found is Decided.OPEN or each.idle for each in found):
        sys.exit(PROBLEMS)


def _tell_all(screen: Screen, rulebook: Rulebook, found: Sequence[UndecidedFact]) -> None:
    by_kind = {kind: [each for each in found if each.found is kind] for kind in Decided}
    for each in by_kind[Decided.OPEN]:
        _tell(screen, each, rulebook.rules.facts[each.fact].label)
    for kind in (Decided.NO_VERSION, Decided.NOT_PROVED):
        if by_kind[kind]:
            screen.lines(f"\n{HEADINGS[kind]}", "bold")
        for each in by_kind[kind]:
            screen.lines("\n".join(dict.fromkeys(_why(each))))
    idle = [(each.fact, key) for each in found for key in each.idle]
    if idle:
        screen.lines("\nsilences that are of no use: a rule speaks of all their people", "bold")
    for fact, key in idle:
        screen.lines(f"  {key}, of {fact}")
    screen.lines("\n" + ", ".join(f"{len(facts)} {kind}" for kind, facts in by_kind.items()))


def _why(found: UndecidedFact) -> Iterator[str]:
    """Give why a fact is not decided on the day, or not proved to be, and for whom."""
    if found.reason:
        yield f"  {found.fact}: {found.reason}"
    for each in found.people:
        whose = "" if each.who == EVERYBODY else f", where {each.who}"
        yield f"  {found.fact}{whose}: {each.reason}"


def _tell(screen: Screen, found: UndecidedFact, label: str) -> None:
    screen.lines(f"\n{label} ({found.fact})", "bold")
    for each in found.people:
        screen.lines(f"  {each.who}")
        given = example_text(each.person)
        screen.lines(f"    {given}: {each.reason}" if given else f"    {each.reason}")
        if each.plugins:
            screen.lines(f"    in words of {series(each.plugins)}")
    if found.more:
        screen.lines("  and perhaps others")
