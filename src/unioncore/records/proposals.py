"""Rows that could be entered: written as one file, and later taken whole or not at all."""

import json
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from unioncore.checked import checked
from unioncore.errors import BadUnion, DataFault, nearest
from unioncore.model import TABLES, Record, Union
from unioncore.paths import AnyPath, as_path, parse_json
from unioncore.records.reading import HEAD, read_union
from unioncore.records.tables import read_row, write_table
from unioncore.records.writing import write_union
from unioncore.rulebook import Rulebook
from unioncore.shown import Shown

__all__ = ["Proposal", "apply_proposal", "propose", "read_proposal"]


@frozen
class Proposal(Shown, shows="union rows"):
    """Rows to append to a union's tables, and the records that they were made from."""

    union: str
    """The union's key."""
    read: str
    """The fingerprint of the records that had been read."""
    rows: tuple[Record, ...] = field(repr=False)

    def to_json(self) -> str:
        """Return it as the text of a file that ``read_proposal`` reads."""
        rows = [{"table": row.table, "row": row.to_dict()} for row in self.rows]
        plain = {"union": self.union, "read": self.read, "rows": rows}
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


@checked
def propose(union: Union, rows: tuple[Record, ...]) -> Proposal:
    """Return rows as a proposal that holds for the union just as it is."""
    return Proposal(union.key, _fingerprint(union), rows)


def _fingerprint(union: Union) -> str:
    found = sha256(union.key.encode())
    for table, kind in TABLES.items():
        records = getattr(union, table)
        if records:
            own = sorted({name for record in records for name, _ in record.extra})
            text = f"\n{table}\n{write_table(kind, records, own)}"
            found.update(text.encode(errors="surrogatepass"))
    return found.hexdigest()


@checked
def read_proposal(file: str, text: str) -> Proposal:
    """Read what ``Proposal.to_json`` wrote.

    Args:
        file: the name of the file, for what is wrong in it.
        text: what is in it.

    Raises:
        BadUnion: with everything that is wrong in it; no value of a row is shown.
    """
    try:
        plain = parse_json(text)
    except ValueError as error:
        said = f"this is not a readable JSON file: {error}"
        raise BadUnion((DataFault(file, 0, "", said),)) from None
    faults: list[DataFault] = []
    fields = {"union": str, "read": str, "rows": list}
    if not isinstance(plain, dict) or any(
        not isinstance(plain.get(name), kind) for name, kind in fields.items()
    ):
        said = "expected an object with union, read and rows"
        raise BadUnion((DataFault(file, 0, "", said),))
    records: list[Record] = []
    for number, each in enumerate(plain["rows"]):
        records += _record(file, f"rows[{number}]", each, faults)
    if faults:
        raise BadUnion(tuple(faults))
    return Proposal(plain["union"], plain["read"], tuple(records))


def _record(file: str, at: str, plain: Any, faults: list[DataFault]) -> tuple[Record, ...]:
    table = plain.get("table") if isinstance(plain, dict) else None
    if not isinstance(table, str) or table not in TABLES:
        hint = nearest(table, TABLES)
        faults.append(DataFault(file, 0, f"{at}.table", "no table has this name", hint))
        return ()
    read = read_row(TABLES[table], json.dumps(plain.get("row"), default=float))
    for each in read.faults:
        path = f"{at}.row.{each.column}" if each.column else f"{at}.row"
        faults.append(attrs.evolve(each, file=file, line=0, column=path))
    return tuple(row.record for row in read.rows)


@checked
def apply_proposal(folder: AnyPath, proposal: Proposal, rulebook: Rulebook) -> bool:
    """Append the rows of a proposal to a union's folder, all of them or none.

    What comes of it is checked against the rules before anything is written. Where the rows stand
    in the folder already, nothing happens.

    Returns:
        Whether anything was written.

    Raises:
        BadUnion: when the folder has faults, is another union's or has changed since it was read,
            or would have faults; nothing is changed then.
        Overtaken: when somebody else wrote it meanwhile; nothing is changed.
        NotWritten: when the disk fails; nothing is changed.
    """
    path = as_path(folder, "folder")
    reading = read_union(path, rulebook)
    union = reading.ok()
    if proposal.union != union.key:
        said = f"the proposal is for the union {proposal.union!r}, and the folder is another's"
        raise BadUnion((DataFault(HEAD, 0, "union", said),))
    if all(row in getattr(union, row.table) for row in proposal.rows):
        return False
    if proposal.read != _fingerprint(union):
        said = "the folder has changed since the proposal was made; make it again"
        raise BadUnion((DataFault("", 0, "", said),))
    after = union.append(*proposal.rows)
    with tempfile.TemporaryDirectory() as trial:
        write_union(after, Path(trial) / "union", plugins=reading.plugins, extra=reading.extra)
        read_union(Path(trial) / "union", rulebook).ok()
    write_union(after, path, plugins=reading.plugins, extra=reading.extra, after=reading)
    return True
