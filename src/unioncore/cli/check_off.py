"""The commands that read an employer's file of deductions, and enter what it proposes."""

import sys
from datetime import date
from pathlib import Path

import click

from unioncore.answers import check_off
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.files import must_be_new
from unioncore.cli.group import WRONG_USAGE, cli
from unioncore.cli.options import a_day, folder_type, json_option
from unioncore.cli.union_folder import keys_of, open_union
from unioncore.model import CheckOffColumns
from unioncore.paths import written_whole
from unioncore.records import propose, read_deductions


def _a_month(text: str) -> date:
    """Read a month, as its first day."""
    try:
        if len(text) == len("2026-06"):
            return date.fromisoformat(f"{text}-01")
    except ValueError:
        pass
    raise click.BadParameter("expected a month such as 2026-06")


@cli.command("check-off")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--union", "folder", type=folder_type, metavar="DIR", help="The union's folder.")
@click.option(
    "--employer",
    required=True,
    metavar="KEY",
    help="Whose file it is.",
    shell_complete=keys_of("employers"),
)
@click.option(
    "--month",
    type=_a_month,
    required=True,
    metavar="MONTH",
    help="The month of the deductions, such as 2026-06.",
)
@click.option(
    "--on", type=a_day, metavar="DAY", help="The day of the question; default the month's last."
)
@click.option(
    "--use-remembered",
    is_flag=True,
    help="Judge amounts also by a table of bands that was only remembered.",
)
@click.option(
    "--propose",
    "proposal",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the entries to make to this file, for unioncore apply.",
)
@json_option
@choice
def check_off_command(
    chosen: Chosen,
    file: Path,
    folder: Path | None,
    employer: str,
    month: date,
    on: date | None,
    use_remembered: bool,
    proposal: Path | None,
    as_json: bool,
) -> None:
    """Hold an employer's file of deductions from pay against the register.

    The file is CSV or a spreadsheet (.xlsx); one that stands in the folder check-off of the union's
    folder can be named alone. How the employer names its columns stands in check_off_columns.csv.
    Nobody is matched by a name alone, nothing is changed, and nobody's membership ends by a file.

    For example: unioncore check-off kent-police-2026-09.csv --employer kent-police --month 2026-09
    """
    day = on or month
    opened = open_union(chosen, folder, day, f"for {month.isoformat()[:7]}", as_json)
    union = opened.now.union
    columns = next(iter(union.rows(CheckOffColumns, "employer", employer)), None)
    if columns is None:
        said = f"enter in check_off_columns.csv how {employer} names its columns"
        click.echo(f"no columns are recorded for this employer; {said}", err=True)
        sys.exit(WRONG_USAGE)
    opened.where.must_not_hold(proposal)
    must_be_new(proposal)
    kept = opened.where.path / "check-off" / str(file)
    given = file if file.is_file() or not kept.is_file() else kept
    try:
        content = given.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read: {error.strerror}") from None
    lines = read_deductions(file.name, content, columns)
    found = check_off(
        opened.rulebook,
        union,
        lines,
        employer=employer,
        month=month,
        on=on,
        use_remembered=use_remembered,
    )
    opened.show(found)
    if proposal is not None:
        with written_whole(proposal) as made:
            made.write_text(propose(union, found.proposed).to_json(), encoding="utf-8")
        if not as_json:
            opened.screen.lines(f"{len(found.proposed):,} rows proposed in {proposal}")
