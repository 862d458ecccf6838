"""The command that says for whom it is known where they belong and who bargains for them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import click

from unioncore.answers import Combination, Coverage, Extent, coverage
from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.progress import meanwhile
from unioncore.cli.screen import Screen

MARKS = {Extent.KNOWN: "+", Extent.IN_PART: "~", Extent.NOT_KNOWN: "-"}
CANNOT_EXIST = "."


@cli.command("coverage")
@click.argument(
    "facts",
    nargs=-1,
    metavar="[FACT...]",
    shell_complete=completion.from_rulebook(completion.derived_facts),
)
@on_option
@json_option
@choice
def coverage_command(chosen: Chosen, facts: Sequence[str], on: date | None, as_json: bool) -> None:
    """Say for every kind of employer, job group and nation how much is known.

    Without a FACT it asks for the service group and who negotiates. For what is not known it says
    what would decide it. For example: unioncore coverage negotiating_bodies --on 2024-06-01
    """
    day, head = asked(on)
    rulebook = chosen.rulebook
    with meanwhile("asking about every kind of employer, job group and nation"):
        found = coverage(rulebook, *facts, on=day)
    screen = Screen()
    if as_json:
        screen.json(found.to_dict())
        return
    nations = list(rulebook.words_of("nation"))
    screen.lines(head)
    screen.lines(
        f"\n{', '.join(found.facts)}: + known, ~ known in part, - not known, . cannot exist"
    )
    for kind, rows in _by_kind(found).items():
        screen.lines(f"\n{kind}", "bold")
        alike = _alike(rows, nations)
        for marks, groups in alike.items():
            shown = "  ".join(
                f"{nation} {mark}" for nation, mark in zip(nations, marks, strict=True)
            )
            whose = ", ".join(groups) if len(alike) > 1 else "every job group"
            screen.lines(f"  {shown}  {whose}")
    screen.lines("\nnot known, and what would decide it", "bold")
    for why, count in _undecided(found).items():
        screen.lines(f"  {count} of {why}")
    screen.lines("\ncannot exist", "bold")
    for because, count in sorted(found.impossible.items()):
        screen.lines(f"  {count}: {because}")
    screen.lines(f"\n{_counted(found)}")
    for fact in found.facts:
        screen.lines(f"  {_counted(found, fact)}")


def _by_kind(found: Coverage) -> dict[str, list[Combination]]:
    kinds: dict[str, list[Combination]] = {}
    for each in found.combinations:
        kinds.setdefault(each.employer_kind, []).append(each)
    return kinds


def _alike(
    rows: Iterable[Combination], nations: Sequence[str]
) -> Mapping[tuple[str, ...], list[str]]:
    """Return the job groups of one kind of employer that have the same marks in every nation."""
    marks: dict[str, dict[str, str]] = {}
    for each in rows:
        marks.setdefault(each.job_group, {})[each.nation] = MARKS[each.extent]
    alike: dict[tuple[str, ...], list[str]] = {}
    for group, by_nation in marks.items():
        key = tuple(by_nation.get(nation, CANNOT_EXIST) for nation in nations)
        alike.setdefault(key, []).append(group)
    return alike


def _undecided(found: Coverage) -> Counter[str]:
    """Count what would decide those that are not known, in the order in which they stand."""
    return Counter(
        f"{each.employer_kind}: "
        + (f"give {', '.join(each.missing)}" if each.missing else each.reason)
        for each in found.combinations
        if each.extent is Extent.NOT_KNOWN
    )


def _counted(found: Coverage, fact: str | None = None) -> str:
    counts = ", ".join(f"{extent} {found.count(extent, fact)}" for extent in Extent)
    whole = len(found.combinations)
    if fact is not None:
        return f"{fact}: {counts}"
    share = "" if found.decided is None else f"; decided {100 * float(found.decided):.1f} per cent"
    return f"{whole} combinations can exist: {counts}{share}"
