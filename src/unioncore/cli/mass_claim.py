"""The command that says how a claim of many members stands, and writes what may leave the union."""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from unioncore.answers import CLAIMANT_COLUMNS, mass_claim
from unioncore.cli.group import NOT_KNOWN, cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of
from unioncore.paths import written_whole

_target = click.Path(dir_okay=False, path_type=Path)


@cli.command("mass-claim")
@click.option(
    "--claim",
    required=True,
    metavar="KEY",
    help="The claim, as mass_claims.csv has it.",
    shell_complete=keys_of("mass_claims"),
)
@click.option(
    "--person",
    metavar="MEMBER",
    help="One person, with everything that the last day rests on.",
    shell_complete=keys_of("people"),
)
@click.option("--keys", is_flag=True, help="Say who is in each group; for those who may see that.")
@click.option(
    "--export",
    type=_target,
    metavar="FILE",
    help="Write for the solicitor those who are covered and consented, as CSV.",
)
@click.option(
    "--employer-export",
    type=_target,
    metavar="FILE",
    help="Write for the employer the keys of those whom it may be told of, as CSV.",
)
@about_union
def mass_claim_command(
    opened: OpenUnion,
    claim: str,
    person: str | None,
    keys: bool,
    export: Path | None,
    employer_export: Path | None,
) -> None:
    """Say how many are covered by a claim of many members, and how many days each group has left.

    Each last day is counted from that person's own jobs, and from what claim_events.csv tells.
    Without --keys and --person it prints no key; the files never hold a name. It ends with 3 where
    the records do not tell of somebody whether they are covered, or until when.

    For example: unioncore mass-claim --claim evening-care --on 2026-10-01
    """
    for target in (export, employer_export):
        opened.where.must_not_hold(target)
    found = mass_claim(opened.rulebook, opened.now, claim)
    unknown = "not-known" in found.counts
    if export is not None:
        _write(export, CLAIMANT_COLUMNS, found.for_the_solicitor())
    if employer_export is not None:
        named = ((key,) for key in found.for_the_employer())
        _write(employer_export, ("person",), named)
    if person is not None:
        opened.where.must_know(opened.now.union, person)
        one = found.claimant(person)
        if one is None:
            said = f"{person} has no job with {found.employer} and is no claimant"
            raise click.UsageError(said)
        opened.show(one)
        unknown = one.group == "not-known"
    elif keys and opened.as_json:
        opened.screen.json([each.to_dict() for each in found.claimants])
    else:
        opened.show(found)
        if keys:
            lines = (f"{name}: {', '.join(of)}" for name, of in found.groups().items())
            opened.screen.lines("\n" + "\n".join(lines))
    if unknown:
        sys.exit(NOT_KNOWN)


def _write(target: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with written_whole(target) as made, made.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
