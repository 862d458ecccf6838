"""The command that says whether somebody's pay for their shifts is right."""

import sys
from pathlib import Path

import click

from unioncore.answers import pay_check
from unioncore.cli.chosen import Chosen, choice
from unioncore.cli.group import NOT_KNOWN, PROBLEMS, cli
from unioncore.cli.options import json_option, schema_option
from unioncore.cli.screen import Screen
from unioncore.errors import BadPayFile
from unioncore.model import PayClause
from unioncore.records import pay_file_schema, read_pay_case


@cli.command("pay-check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@schema_option(pay_file_schema)
@choice
def pay_check_command(chosen: Chosen, file: Path, as_json: bool) -> None:
    """Say what a clause gives for somebody's shifts, and how the payslip differs from it.

    FILE is TOML: the job, what an hour pays, the shifts, the lines of the payslip, and what is
    claimed as back pay; see --schema. Ends with 1 when the file has problems, and with 3 when
    something is not known, such as the place of a break.

    For example: unioncore pay-check my-shifts.toml
    """
    rulebook, screen = chosen.rulebook, Screen()
    try:
        case = read_pay_case(file.read_bytes(), file.name, rulebook.named(PayClause))
    except BadPayFile as error:
        click.echo(str(error), err=True)
        sys.exit(PROBLEMS)
    found = pay_check(rulebook, case)
    if as_json:
        screen.json(found.to_dict())
    else:
        screen.lines(found.to_text())
    if not found.known:
        sys.exit(NOT_KNOWN)
