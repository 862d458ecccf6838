"""The command that gives an author worked examples to judge, on both sides of every clause."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.files import must_be_new
from unioncore.cli.group import cli
from unioncore.cli.options import a_day, json_option
from unioncore.cli.progress import Progress
from unioncore.cli.screen import Screen
from unioncore.paths import written_whole
from unioncore.replay import Draft, Example, drafts
from unioncore.replay.drafts import records


@cli.command("examples")
@click.argument("name", metavar="RULE|PLUGIN", shell_complete=completion.installed)
@click.option(
    "--on",
    type=a_day,
    metavar="DAY",
    help="Only what is in force on this day. [default: every version, today where it is in force]",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write them to a new file, such as examples/drafts.json.",
)
@json_option
@choice
def examples_command(
    chosen: Chosen, name: str, on: date | None, out: Path | None, as_json: bool
) -> None:
    """Give worked examples without answers: who is just inside each clause, and who just outside.

    The two differ in one fact by the smallest step, such as a day, a penny or the next word. Write
    each answer from the source, and replay the file: it tells where the rules say something else.

    For example: unioncore examples pj.police-staff --out drafts.json
    """
    must_be_new(out)
    rulebook = chosen.rulebook
    screen, progress = Screen(), Progress()
    found: list[Draft] = []
    try:
        for each in drafts(rulebook, name, on=on or date.today(), in_force=on is not None):
            found.append(each)
            progress.say(f"looking for people: {len(found):,} clauses")
    finally:
        progress.end()
    examples = [side for each in found for side in (each.inside, each.outside) if side is not None]
    if out is not None:
        text = json.dumps(records(examples), indent=2, ensure_ascii=False)
        with written_whole(out) as made:
            made.write_text(f"{text}\n", encoding="utf-8")
    if as_json:
        screen.json(records(examples))
        return
    for each in found if out is None else ():
        _tell(screen, each)
    _sum_up(screen, found)
    if out is not None:
        screen.lines(f"{len(examples):,} examples without answers are written to {out}")


def _tell(screen: Screen, draft: Draft) -> None:
    if draft.inside is None or draft.outside is None:
        return
    screen.lines(f"{draft.rule}, {draft.period}: {draft.clause}", "bold")
    for side, example in (("inside", draft.inside), ("outside", draft.outside)):
        screen.lines(f"  {side}: {_given(example)}")


def _given(example: Example) -> str:
    told = (f"{key}={_said(value)}" for key, value in example.inputs["facts"].items())
    return ", ".join([f"on {example.inputs['on']}", *told])


def _said(value: Any) -> str:
    """Return a plain value as the command line takes it; records, which it does not, as JSON."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(each, str) for each in value):
            return ",".join(value)
        case list():
            return json.dumps(value)
    return str(value)


def _sum_up(screen: Screen, found: Iterable[Draft]) -> None:
    """Say of how many clauses there are people, and name those of which there are none."""
    every = list(found)
    lacking = [each for each in every if each.inside is None]
    open_ = sum(each.left_out for each in every)
    clauses = f"{len(every):,} clause{'s' if len(every) != 1 else ''}"
    screen.lines(f"\n{clauses}: {len(every) - len(lacking):,} with people on both sides")
    if open_:
        screen.lines(f"  of {open_:,} of them, the one outside differs only by a fact not given")
    if lacking:
        screen.lines(f"nobody was found for {len(lacking):,}, which may still exist:")
        screen.lines("\n".join(f"  {each.rule}, {each.period}: {each.clause}" for each in lacking))
