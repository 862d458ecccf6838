"""The command that says whether somebody's pay for their shifts is right."""

import sys
from pathlib import Path

import click

from unioncore.answers import pay_check
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, PROBLEMS, cli
from unioncore.cli.options import folder_type, json_option, schema_option
from unioncore.cli.screen import Screen
from unioncore.cli.union_folder import UnionFolder
from unioncore.errors import BadPayFile
from unioncore.model import PayClause
from unioncore.records import local_clauses, pay_file_schema, read_pay_case


@cli.command("pay-check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--union",
    "folder",
    type=folder_type,
    metavar="DIR",
    help="A union's folder whose own clauses count too, as AGREEMENT/CLAUSE.",
)
@json_option
@schema_option(pay_file_schema)
@choice
def pay_check_command(chosen: Chosen, file: Path, folder: Path | None, as_json: bool) -> None:
    """Say what a clause gives for somebody's shifts, and how the payslip differs from it.

    FILE is TOML: the job, what an hour pays, the shifts, the lines of the payslip, and what is
    claimed as back pay; see --schema. Ends with 1 when the file has problems, and with 3 when
    something is not known, such as the place of a break.

    For example: unioncore pay-check my-shifts.toml
    """
    rulebook, screen = chosen.rulebook, Screen()
    clauses = dict(rulebook.named(PayClause))
    if folder is not None:
        clauses |= local_clauses(UnionFolder(folder).read(rulebook).ok())
    try:
        case = read_pay_case(file.read_bytes(), file.name, clauses)
    except BadPayFile as error:
        click.echo(str(error), err=True)
        sys.exit(PROBLEMS)
    found = pay_check(rulebook, case, clauses[case.under.clause])
    if as_json:
        screen.json(found.to_dict())
    else:
        screen.lines(found.to_text())
    if not found.known:
        sys.exit(NOT_KNOWN)
