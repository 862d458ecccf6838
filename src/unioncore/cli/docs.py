"""The command that builds a handbook of the rulebook, and of a union's folder, as a site."""

import sys
from datetime import date
from pathlib import Path

import click

from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import asked, folder_type, on_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import union_folder, union_on
from unioncore.describe import union_in_language
from unioncore.errors import MissingPart
from unioncore.handbook import Book, Handbook, shipped_examples


@cli.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), metavar="OUT")
@click.option(
    "--union",
    "folder",
    type=folder_type,
    metavar="DIR",
    help="A union's folder: its units and agreements have pages too. No page names a person.",
)
@click.option("--title", metavar="TEXT", help="What stands above every page; default: Handbook.")
@on_option
@choice
def docs(
    chosen: Chosen, out: Path, folder: Path | None, title: str | None, on: date | None
) -> None:
    """Build a handbook of what the rules say on a day, as a site in the folder OUT.

    Each body, kind of case, claim, fact, rule and source has a page; OUT/index.html is the first.
    It needs unioncore[docs]; drawings of cases need Graphviz.

    For example: unioncore docs our-handbook --union our-union --on 2026-06-01
    """
    try:
        from unioncore.sphinxext import build_site
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("unioncore"):
            raise
        raise MissingPart("the extra unioncore[docs]", "pip install 'unioncore[docs]'") from None
    day, head = asked(on)
    rulebook = chosen.rulebook
    now = None
    if folder is not None:
        union = union_folder(chosen, folder).read(rulebook).ok()
        now = union_on(union_in_language(union, rulebook), day)
    book = Book(
        rulebook,
        on=day,
        examples=shipped_examples(chosen.plugins),
        plugins=chosen.plugins,
        now=now,
    )
    progress = sys.stderr if sys.stderr.isatty() else None
    pages = build_site(Handbook(book), out, title=title or "Handbook", progress=progress)
    Screen().lines(f"{head}: {pages} pages, beginning with {out / 'index.html'}")
