"""The command that says whose answers a change of the rules changes."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import attrs
import click

from unioncore.answers import Impact, Placement, impact
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, without_choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import (
    a_day,
    asked,
    json_option,
    key_option,
    names_in,
    on_option,
    picture_option,
)
from unioncore.cli.progress import Progress, meanwhile
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder, union_on
from unioncore.composition import plugin_in
from unioncore.describe import impact_plot
from unioncore.model import Person
from unioncore.records import member_facts
from unioncore.rulebook import Rulebook

PLACE = tuple(field.name for field in attrs.fields(Placement))
"""The facts that are looked at where none are named."""


@cli.command("impact")
@click.argument("given", nargs=-1, required=True, metavar="[DAY1 DAY2] FILE|DIR")
@click.option(
    "--plugin",
    metavar="DIR",
    help="The folder of a changed plugin, to hold against the rules of today; without the days.",
    shell_complete=completion.installed,
)
@click.option(
    "--facts",
    metavar="FACT,...",
    help="The facts to look at, with commas between them. [default: where each person belongs]",
)
@key_option
@click.option("--suppress", is_flag=True, help="Leave small numbers out, so that it may go out.")
@on_option
@picture_option
@json_option
@without_choice
@click.pass_context
def impact_command(
    ctx: click.Context,
    chosen: Chosen,
    given: Sequence[str],
    plugin: str | None,
    facts: str | None,
    key: str,
    suppress: bool,
    on: date | None,
    style: str,
    as_json: bool,
) -> None:
    """Say how many members' answers a change of the rules changes: for which fact, and how.

    It asks about everybody in FILE or in a union's folder DIR twice: on two days, or by today's
    rules and by those with a changed plugin. What is recorded stays as it is. FILE is Parquet, CSV
    or NDJSON, as for place. Ends with 1 where cells mean nothing.

    For example: unioncore impact 2026-10-01 2026-11-01 members.parquet
    """
    first, second, source = _meant(given, plugin, on)
    rulebook = chosen.rulebook
    changed = rulebook if plugin is None else _with(chosen, plugin)
    names = names_in(facts) if facts else PLACE
    problems = 0
    if source.is_dir():
        found = _of_folder(source, rulebook, changed, names, first, second)
    else:
        found, problems = _of_file(source, rulebook, changed, names, first, second, key)
    if suppress:
        found = found.suppressed(rulebook, on=first)
    screen = Screen()
    if as_json:
        screen.json(found.to_dict())
    elif style == "svg":
        try:
            screen.verbatim(impact_plot(found))
        except ValueError as error:
            raise click.UsageError(str(error)) from None
    else:
        screen.lines(_head(first, second, plugin))
        screen.lines(found.to_text())
    if problems:
        said = f"cells that mean nothing: {problems:,}; they are taken as not known"
        click.echo(said, err=True)
        ctx.exit(PROBLEMS)


def _meant(given: Sequence[str], plugin: str | None, on: date | None) -> tuple[date, date, Path]:
    """Return the two days, and where the members stand."""
    expected = "one FILE or DIR beside --plugin" if plugin else "two days and one FILE or DIR"
    if len(given) != (1 if plugin else 3):
        words = "word" if len(given) == 1 else "words"
        raise click.UsageError(f"expected {expected}, got {len(given)} {words}")
    if plugin is None and on is not None:
        raise click.UsageError("the two days are given already; leave --on out")
    source = Path(given[-1])
    if not source.exists():
        raise click.UsageError(f"there is no file or folder {source}")
    day, _ = asked(on)
    days = [a_day(each) for each in given[:-1]] or [day, day]
    return days[0], days[1], source


def _with(chosen: Chosen, plugin: str) -> Rulebook:
    """Return the rulebook with the plugin in a folder in place of the one of its name."""
    folder = Path(plugin)
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {plugin}; give that of the changed plugin")
    if (folder / "pyproject.toml").is_file():
        # Its package would be the installed one, which is imported already; its files are not.
        inside = [each.parent for each in folder.glob("**/definitions") if each.is_dir()]
        if len(inside) != 1:
            said = f"{len(inside)} folders called definitions are in {plugin}; give the one meant"
            raise click.UsageError(said)
        folder = inside[0]
    found = plugin_in(folder)
    other = Chosen()
    other.without, other.language, other.beside = chosen.without, chosen.language, (found,)
    return other.sound_rulebook


def _head(first: date, second: date, plugin: str | None) -> str:
    if plugin is not None:
        return f"with {plugin} against without, on {first.isoformat()}"
    return f"on {second.isoformat()} against {first.isoformat()}"


def _of_folder(
    source: Path,
    rulebook: Rulebook,
    changed: Rulebook,
    names: tuple[str, ...],
    first: date,
    second: date,
) -> Impact:
    """Ask about the people as they are recorded on the first day."""
    now = union_on(UnionFolder(source).read(rulebook).ok(), first)
    with meanwhile("asking about everybody twice"):
        people = sorted({person.key for person in now.union.every(Person)})
        rows = [member_facts(rulebook, now, person) for person in people]
        return impact(rulebook, rows, *names, on=first, later=second, changed=changed)


def _of_file(
    source: Path,
    rulebook: Rulebook,
    changed: Rulebook,
    names: tuple[str, ...],
    first: date,
    second: date,
    key: str,
) -> tuple[Impact, int]:
    """Return the impact, and how many cells mean nothing."""
    from unioncore.bulk import file_impact

    progress = Progress()

    def tell(done: int) -> None:
        progress.say(f"asking about everybody twice: {done:,} rows")

    days = {"on": first, "later": second}
    try:
        found, rows = file_impact(
            source, rulebook, *names, **days, changed=changed, key=key, tell=tell
        )
    finally:
        progress.end()
    return found, sum(rows.problems.values())
