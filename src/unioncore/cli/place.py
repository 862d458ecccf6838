"""The command that answers facts about everybody in a folder or a file, into a file."""

import sys
from datetime import date
from pathlib import Path

import attrs
import click

from unioncore.answers import Placement
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, PROBLEMS, cli
from unioncore.cli.options import asked, json_option, on_option
from unioncore.cli.progress import Progress
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder, union_on


@cli.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Where the answers go: a file that ends in .parquet, .csv or .ndjson.",
)
@click.option(
    "--facts",
    metavar="FACT,...",
    help="The facts to answer, with commas between them. [default: where each person belongs]",
)
@click.option(
    "--key",
    default="key",
    show_default=True,
    metavar="COLUMN",
    help="The column of FILE that holds each person's key.",
)
@on_option
@json_option
@choice
def place(
    chosen: Chosen,
    source: Path,
    out: Path,
    facts: str | None,
    key: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Answer facts about everybody in a union's folder or in a file, and write a row for each.

    FILE is Parquet, CSV or NDJSON; a column that is called as a recorded fact gives that fact. It
    ends with 1 where cells mean nothing, and with 3 where something is not known; the file is
    written all the same.

    For example: unioncore place members.csv --on 2026-06-01 --out placed.parquet
    """
    from unioncore.bulk import place_file, place_union

    day, head = asked(on)
    names = tuple(facts.split(",")) if facts else tuple(f.name for f in attrs.fields(Placement))
    progress = Progress()
    rulebook = chosen.rulebook

    def tell(done: int) -> None:
        progress.say(f"placing: {done:,} rows")

    try:
        if source.is_dir():
            now = union_on(UnionFolder(source).read(rulebook).ok(), day)
            found = place_union(now, out, rulebook, *names, on=day, tell=tell)
        else:
            found = place_file(source, out, rulebook, *names, on=day, key=key, tell=tell)
    finally:
        progress.end()
    screen = Screen()
    if as_json:
        screen.json(found.to_dict())
    else:
        screen.lines(f"{head}\n{found.to_text()}\nwritten to {out}")
    if found.problems:
        sys.exit(PROBLEMS)
    if found.placed < found.rows:
        sys.exit(NOT_KNOWN)
