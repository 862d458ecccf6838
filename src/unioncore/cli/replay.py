"""The command that replays worked examples with known answers."""

import fnmatch
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.progress import counted
from unioncore.cli.screen import Screen
from unioncore.errors import BadDefinition, Fault
from unioncore.replay import Example, Status, read_examples, replay


@cli.command("replay")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--only", metavar="GLOB", help="Replay only examples whose id matches.")
@click.option("--strict", is_flag=True, help="End with 1 where one is not supported, too.")
@choice
@click.pass_context
def replay_command(
    ctx: click.Context, chosen: Chosen, files: Sequence[Path], only: str | None, strict: bool
) -> None:
    """Replay worked examples with known answers.

    Ends with 1 when one failed, one has no answer yet, or none passed. An example with a word that
    no plugin declares is not supported; with --strict it fails. A misspelt word always fails.

    For example: unioncore replay examples/*.json --only 'PL-*'
    """
    rulebook = chosen.sound_rulebook
    screen = Screen()
    counts: Counter[Status] = Counter()
    silent: dict[tuple[Status, str], list[str]] = {}
    for example in counted("examples", _examples(files)):
        if only is not None and not fnmatch.fnmatchcase(example.id, only):
            continue
        outcome = replay(rulebook, example)
        counts[outcome.status] += 1
        if outcome.status is Status.FAILED:
            screen.lines(f"{outcome.to_text()}\n")
        elif outcome.status is not Status.PASSED:
            silent.setdefault((outcome.status, outcome.reason), []).append(example.id)
    for (status, reason), names in silent.items():
        screen.lines(f"{status}: {', '.join(names)} ({reason})")
    told = [each for each in Status if counts[each] or each is not Status.BLANK]
    screen.lines(", ".join(f"{counts[each]} {each}" for each in told))
    failed = counts[Status.FAILED] + counts[Status.BLANK] + strict * counts[Status.NOT_SUPPORTED]
    if failed or not counts[Status.PASSED]:
        ctx.exit(PROBLEMS)


def _examples(files: Sequence[Path]) -> list[Example]:
    """Read every file; raises ``BadDefinition`` with what is wrong in all of them."""
    examples: list[Example] = []
    faults: list[Fault] = []
    for file in files:
        try:
            examples += read_examples(file)
        except BadDefinition as error:
            faults += error.faults
    if faults:
        raise BadDefinition(tuple(faults))
    return examples
