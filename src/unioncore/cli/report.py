"""The command that turns a wrong answer into a worked example, for a report."""

from collections.abc import Sequence
from datetime import date

import click

from unioncore.cli import completion
from unioncore.cli.ask import read_settings, set_option
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import PROBLEMS, cli
from unioncore.cli.options import asked, on_option
from unioncore.cli.screen import Screen
from unioncore.replay import Example, replay
from unioncore.shown import plain


@cli.command()
@click.argument(
    "facts",
    nargs=-1,
    required=True,
    metavar="FACT=VALUE...",
    shell_complete=completion.from_rulebook(completion.derived_facts),
)
@set_option
@click.option(
    "--source",
    required=True,
    metavar="TEXT",
    help="What says so: the Act and section, or the page.",
)
@click.option("--question", default="", metavar="TEXT", help="The question in a sentence.")
@on_option
@choice
@click.pass_context
def report(
    ctx: click.Context,
    chosen: Chosen,
    facts: Sequence[str],
    settings: Sequence[str],
    source: str,
    question: str,
    on: date | None,
) -> None:
    """Write a worked example for an answer that is wrong, to send with a report.

    FACT=VALUE is what the answer should be; unknown is a value too. The example goes to standard
    output, and what the rulebook says now to standard error. It holds the facts and nothing else:
    leave out who it is about. Ends with 1 where nothing is wrong, or where the question cannot
    be put.

    For example: unioncore report service_group=health --set employer.kind=cafcass
    --on 2024-06-01 --source "Rules, C.2" > wrong.json
    """
    rulebook = chosen.rulebook
    day, _ = asked(on)
    given, expected = (
        {key: plain(value) for key, value in read_settings(rulebook, texts, hint).items()}
        for texts, hint in ((settings, "--set"), (facts, "FACT=VALUE"))
    )
    inputs = {"on": day.isoformat(), "facts": given}
    example = Example("wrong-1", "placement", inputs, expected, question, source)
    outcome = replay(rulebook, example)
    if not outcome.differences:
        said = outcome.reason or "the rulebook says so already: there is nothing to report"
        click.echo(said, err=True)
        ctx.exit(PROBLEMS)
    for line in outcome.to_text().splitlines():
        click.echo(line, err=True)
    record = {
        "id": example.id,
        "kind": example.kind,
        "question": question,
        "inputs": inputs,
        "expected": expected,
        "source": source,
        "note": f"reported of the rulebook {rulebook.fingerprint}",
    }
    Screen().json([{key: value for key, value in record.items() if value != ""}])
