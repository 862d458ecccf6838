"""The command that draws a union, or a case type."""

from datetime import date
from pathlib import Path

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import asked, folder_type, on_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder, keys_of, union_on
from unioncore.describe import CASE_TYPE_FORMATS, FORMATS, case_type_chart, chart


@cli.command("chart")
@click.argument("folder", type=folder_type, metavar="[DIR]", required=False)
@click.option(
    "--unit",
    metavar="KEY",
    help="Begin at this unit; default: at the top.",
    shell_complete=keys_of("units"),
)
@click.option(
    "--axis",
    default="region",
    show_default=True,
    help="region, service-group, group, governance or staff, or another that the union uses.",
    shell_complete=completion.words("axis"),
)
@click.option(
    "--case-type",
    metavar="TYPE",
    help="Draw this case type instead; unioncore case-types lists them.",
    shell_complete=completion.words("case_type"),
)
@click.option(
    "--format",
    "style",
    type=click.Choice([*dict.fromkeys((*FORMATS, *CASE_TYPE_FORMATS))]),
    help=f"How to draw a union: {', '.join(FORMATS)}; a case type: {', '.join(CASE_TYPE_FORMATS)}. "
    "Default: the first of them.",
)
@on_option
@choice
def chart_command(
    chosen: Chosen,
    folder: Path | None,
    unit: str | None,
    axis: str,
    case_type: str | None,
    style: str | None,
    on: date | None,
) -> None:
    """Draw what hangs together in a union on a day, or a case type.

    For example: unioncore chart our-union --axis service-group --format mermaid
    """
    day, _ = asked(on)
    rulebook = chosen.rulebook
    if case_type is not None:
        if style not in (None, *CASE_TYPE_FORMATS):
            raise click.UsageError(f"a case type is drawn as {' or '.join(CASE_TYPE_FORMATS)}")
        Screen().verbatim(case_type_chart(rulebook, case_type, on=day, style=style or "text"))
        return
    if folder is None:
        raise click.UsageError(
            "name a union's folder, such as 'unioncore chart our-union', or give --case-type"
        )
    if style not in (None, *FORMATS):
        raise click.UsageError(f"a union is drawn as {' or '.join(FORMATS)}")
    union = UnionFolder(folder).read(rulebook).ok()
    now = union_on(union, day)
    Screen().verbatim(chart(now, axis=axis, unit=unit, style=style or "tree"))
