"""The command that says what a rule rests on, and to whom it applies."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from unioncore.answers import Reached, RestsOn, applies_to, rests_on
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import asked, json_option, key_option, on_option
from unioncore.cli.progress import meanwhile
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder, union_on
from unioncore.handbook.shipped import shipped_examples
from unioncore.model import Person
from unioncore.records import member_facts
from unioncore.replay import Outcome, Status, replay
from unioncore.replay.examples import COVERAGE
from unioncore.rulebook import Rulebook

BODIES = ("negotiating_bodies", "consultative_bodies", "national_forums", "committees")
"""The facts about which examples may expect single bodies."""
IN_FULL = 12
"""How many examples are named on the screen."""


@cli.command("covers")
@click.argument("rule", shell_complete=completion.from_rulebook(completion.words_of("body")))
@click.argument(
    "source", required=False, type=click.Path(exists=True, path_type=Path), metavar="[FILE|DIR]"
)
@click.option("--keys", is_flag=True, help="Name the members, too, by their keys.")
@key_option
@on_option
@json_option
@choice
@click.pass_context
def covers_command(
    ctx: click.Context,
    chosen: Chosen,
    rule: str,
    source: Path | None,
    keys: bool,
    key: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Say which facts decide a rule, which worked examples rest on it, and to whom it applies.

    RULE is the key of a rule, table, measure, requirement, parameter or body. Members stand in a
    union's folder DIR, or in a FILE that is Parquet, CSV or NDJSON, as for place; they are counted.

    For example: unioncore covers pj.police-staff members.parquet --on 2026-06-01
    """
    day, head = asked(on)
    rulebook = chosen.rulebook
    found = rests_on(rulebook, rule)
    with meanwhile("putting the worked examples"):
        examples = [each.example.id for each in _resting(chosen, rulebook, found)]
    problems, members = 0, None
    if source is not None:
        members, problems = _members(source, rulebook, rule, key, day)
    screen = Screen()
    if as_json:
        plain: dict[str, Any] = {**found.to_dict(), "examples": examples}
        if members is not None:
            plain |= {"members": members.to_dict()}
            plain |= {"keys": list(members.keys)} if keys else {}
        screen.json(plain)
    else:
        _tell(screen, found, examples)
        if members is not None:
            screen.lines(f"\n{head}, of {members.members:,} members it")
            _tell_members(screen, members, keys)
    if problems:
        said = f"cells that mean nothing: {problems:,}; they are taken as not known"
        click.echo(said, err=True)
        ctx.exit(PROBLEMS)


def _resting(chosen: Chosen, rulebook: Rulebook, found: RestsOn) -> Iterator[Outcome]:
    """Give the worked examples that pass and whose answers rest on the rule."""
    asked_about = {found.decides, *found.affects}
    # A body is asked about by its own words, and other kinds of examples by words of their own.
    bodies = set(COVERAGE) if found.decides in BODIES else set()
    for example in shipped_examples(chosen.plugins):
        if example.kind == "placement" and not (asked_about | bodies) & {*example.expected}:
            continue
        outcome = replay(rulebook, example)
        rests = any(found.rule in each.rules for each in outcome.compared)
        if outcome.status is Status.PASSED and rests:
            yield outcome


def _members(
    source: Path, rulebook: Rulebook, rule: str, key: str, day: date
) -> tuple[Reached, int]:
    """Return to how many members the rule applies, and how many cells mean nothing."""
    if source.is_dir():
        now = union_on(UnionFolder(source).read(rulebook).ok(), day)
        people = sorted({person.key for person in now.union.every(Person)})
        recorded = ((person, member_facts(rulebook, now, person)) for person in people)
        return applies_to(rulebook, rule, recorded, on=day), 0
    from unioncore.bulk import PlacedRows, rows_of

    found = PlacedRows()
    rows = rows_of(source, rulebook, rests_on(rulebook, rule).recorded, key, found)
    return applies_to(rulebook, rule, rows, on=day), sum(found.problems.values())


def _tell(screen: Screen, found: RestsOn, examples: list[str]) -> None:
    screen.lines(f"{found.rule} decides {found.decides}", "bold")
    for title, names in (
        ("it names", found.named),
        ("it rests on what is recorded", found.recorded),
        ("it rests on what rules decide", found.derived),
        ("what rests on it", found.affects),
    ):
        screen.lines(f"  {title}: {', '.join(names) or 'nothing'}")
    named = ", ".join(examples[:IN_FULL]) + (" ..." if len(examples) > IN_FULL else "")
    screen.lines(f"  worked examples: {len(examples)}{f' ({named})' if named else ''}")


def _tell_members(screen: Screen, found: Reached, keys: bool) -> None:
    others = found.members - found.applies - found.not_known
    screen.lines(f"  applies to {found.applies:,}")
    screen.lines(f"  does not apply to {others:,}")
    screen.lines(f"  it is not known of {found.not_known:,}")
    if keys:
        screen.lines("\n".join(found.keys))
