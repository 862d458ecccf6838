"""The command that answers facts about everybody in a folder or a file, into a file."""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import attrs
import click

from unioncore.answers import Placement
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, PROBLEMS, cli
from unioncore.cli.options import asked, json_option, key_option, names_in, on_option
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
@key_option
@click.option(
    "--short",
    is_flag=True,
    help="Leave out what is missing, which rule decided and what warns. Takes half the time.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "pyarrow", "pandas"]),
    default="polars",
    show_default=True,
    help="What works the answers out; they are the same.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Into how many parts FILE is divided, each placed by a process of its own.",
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
    short: bool,
    engine: str,
    processes: int,
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
    names = names_in(facts) if facts else tuple(f.name for f in attrs.fields(Placement))
    progress = Progress()
    rulebook = chosen.rulebook
    how: dict[str, Any] = {"on": day, "short": short, "engine": engine}
    how["tell"] = lambda done: progress.say(f"placing: {done:,} rows")
    try:
        if source.is_dir():
            folder = UnionFolder(source)
            folder.must_not_hold(out)
            now = union_on(folder.read(rulebook).ok(), day)
            found = place_union(now, out, rulebook, *names, **how)
        elif processes == 1:
            found = place_file(source, out, rulebook, *names, key=key, **how)
        else:
            with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
                how |= {"executor": pool, "parts": processes}
                found = place_file(source, out, rulebook, *names, key=key, **how)
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
