"""A UNION'S OWN DATA: a folder of tables, read into a ``Union`` with a report, and written back."""

from unioncore.records.ballots import BallotFile, ballot_schema, read_ballot
from unioncore.records.entry_figures import check_figures, read_position
from unioncore.records.facts import job_facts, member_facts, office_facts
from unioncore.records.reading import Reading, read_files, read_union
from unioncore.records.schema import json_schema
from unioncore.records.tables import plain_row
from unioncore.records.writing import write_union

__all__ = [
    "BallotFile",
    "Reading",
    "ballot_schema",
    "check_figures",
    "job_facts",
    "json_schema",
    "member_facts",
    "office_facts",
    "plain_row",
    "read_ballot",
    "read_files",
    "read_position",
    "read_union",
    "write_union",
]
