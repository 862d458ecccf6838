"""The command that draws a union, a case type, or values over time."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from unioncore.cli import completion
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import cli
from unioncore.cli.options import asked, folder_type, on_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder, keys_of, union_on
from unioncore.describe import (
    CASE_TYPE_FORMATS,
    FORMATS,
    HISTORY_FORMATS,
    case_type_chart,
    chart,
    parameter_history,
    pay_history,
)
from unioncore.rules import series


def _or(formats: Iterable[str]) -> str:
    return series(formats, "or")


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
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    help="Show only N steps down from the top.",
)
@click.option("--parameter", metavar="KEY", help="Draw this parameter over time instead.")
@click.option(
    "--body",
    metavar="BODY",
    help="Draw the pay of this body, or pay scale, over time instead.",
    shell_complete=completion.words("body"),
)
@click.option(
    "--format",
    "style",
    type=click.Choice(list(dict.fromkeys([*FORMATS, *CASE_TYPE_FORMATS]))),
    help=f"How to draw it: a union as {_or(FORMATS)}, a case type as {_or(CASE_TYPE_FORMATS)}, "
    f"values as {_or(HISTORY_FORMATS)}; default: the first of them.",
)
@on_option
@choice
def chart_command(
    chosen: Chosen,
    folder: Path | None,
    unit: str | None,
    axis: str,
    depth: int | None,
    case_type: str | None,
    parameter: str | None,
    body: str | None,
    style: str | None,
    on: date | None,
) -> None:
    """Draw what hangs together in a union on a day, a case type, or values over time.

    As SVG it can stand in a page. A case type as SVG needs Graphviz.

    For example: unioncore chart our-union --axis service-group --depth 2 --format svg
    """
    day, _ = asked(on)
    rulebook, screen = chosen.rulebook, Screen()
    if sum(each is not None for each in (folder, case_type, parameter, body)) != 1:
        raise click.UsageError(
            "name a union's folder, such as 'unioncore chart our-union', "
            "or give one of --case-type, --parameter and --body"
        )
    if case_type is not None:
        drawn = case_type_chart(
            rulebook, case_type, on=day, style=_chosen(style, CASE_TYPE_FORMATS, "a case type is")
        )
    elif folder is not None:
        drawn = chart(
            union_on(UnionFolder(folder).read(rulebook).ok(), day),
            axis=axis,
            unit=unit,
            depth=depth,
            style=_chosen(style, FORMATS, "a union is"),
        )
    else:
        how = _chosen(style, HISTORY_FORMATS, "values are")
        try:
            found = (
                parameter_history(rulebook, parameter)
                if parameter is not None
                else pay_history(rulebook, body or "")
            )
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        drawn = found.drawn(how, until=on)
    screen.verbatim(drawn)


def _chosen(style: str | None, formats: Iterable[str], what: str) -> str:
    """Return how to draw something: as was asked, or in the first way."""
    if style not in (None, *formats):
        raise click.UsageError(f"{what} drawn as {_or(formats)}")
    return style or next(iter(formats))
