"""What a store holds, taken out of it: each text by the reader that reads it in a folder."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

import attrs
from attrs import frozen
from sqlalchemy import Connection, and_, or_, select

from unioncore.errors import BadCase, BadUnion
from unioncore.model import TABLES, Case, Record
from unioncore.model.cases import case_of
from unioncore.records.tables import read_table
from unioncore.shown import Shown
from unioncore.store.layout import CASE, ENTRY, FILE, ROW, STATE

__all__: list[str] = []

T = TypeVar("T")
Columns = Mapping[str, tuple[str, ...]]

MANY = 10_000
"""How many rows are taken out, or put in, at a time."""


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Give things, many at a time."""
    each = iter(things)
    while batch := list(islice(each, MANY)):
        yield batch


def state_now(connection: Connection) -> int:
    """Return how often the store was written."""
    return int(connection.execute(select(STATE.c.state)).scalar_one())


def files_now(connection: Connection, since: int = -1) -> dict[str, bytes]:
    """Return ``union.toml`` and the policies; nothing where none has changed since a state."""
    query = select(FILE.c.name, FILE.c.content, FILE.c.state).order_by(FILE.c.state)
    every = connection.execute(query).all()
    if all(each.state <= since for each in every):
        return {}
    last = {each.name: each.content for each in every}
    return {name: content.encode() for name, content in last.items() if content}


def texts_of_rows(
    connection: Connection, *, since: int = 0, kind: str = "", known_on: date | None = None
) -> Iterator[tuple[str, int, list[str]]]:
    """Give the texts of rows added after a state, with their table and the place of the first."""
    query = select(ROW.c.kind, ROW.c.place, ROW.c.content).order_by(ROW.c.kind, ROW.c.place)
    if since:
        query = query.where(ROW.c.state > since)
    if kind:
        query = query.where(ROW.c.kind == kind)
    if known_on is not None:
        query = query.where(or_(ROW.c.recorded.is_(None), ROW.c.recorded <= known_on))
    found = connection.execute(query.execution_options(yield_per=MANY))
    for name, rows in groupby(found, itemgetter(0)):
        for batch in batches(rows):
            yield name, batch[0].place, [each.content for each in batch]


def records_in(name: str, first: int, texts: list[str], extra: Columns) -> tuple[Record, ...]:
    """Return the records that texts say; raises ``BadUnion`` with all that cannot be read."""
    content = "\n".join(texts).encode()
    read = read_table(TABLES[name], f"{name}.ndjson", content, extra.get(name, ()))
    if read.faults:
        raise BadUnion(tuple(attrs.evolve(each, line=each.line + first) for each in read.faults))
    return tuple(row.record for row in read.rows)


@frozen
class _CaseTexts(Shown, shows="reference"):
    """A case as it is kept, with those of its entries that were asked for."""

    reference: str
    head: dict[str, Any]
    """The case without its entries; of one that was erased, the stub."""
    erased: bool
    entries: list[str]

    def case(self, before: Case | None = None) -> Case:
        """Return the case, which carries on the one of before.

        Raises:
            BadCase: with everything that cannot be read.
        """
        entries = [json.loads(each) for each in self.entries]
        earlier = before.entries if before is not None else ()

        def placed(column: str) -> str:
            """Count the entries from the beginning of the case."""
            return re.sub(r"(?<=^entries\[)\d+", lambda n: str(int(n[0]) + len(earlier)), column)

        try:
            found = case_of({**self.head, "entries": entries})
        except BadCase as error:
            named = [
                attrs.evolve(each, file=self.named, column=placed(each.column))
                for each in error.faults
            ]
            raise BadCase(tuple(named)) from None
        every = (*earlier, *found.entries)
        return attrs.evolve(found, entries=every, mark=every[-1].mark if every else "")

    @property
    def named(self) -> str:
        """What faults call the case."""
        return f"case {self.reference}"


def cases_since(
    connection: Connection, *, since: int = 0, known_on: date | None = None
) -> Iterator[_CaseTexts]:
    """Give the cases to which anything was added after a state, with what was added."""
    new = [CASE.c.reference == ENTRY.c.reference, ENTRY.c.state > since]
    if known_on is not None:
        new.append(ENTRY.c.recorded <= known_on)
    query = (
        select(CASE.c.reference, CASE.c.content, CASE.c.erased, ENTRY.c.content.label("entry"))
        .select_from(CASE)
        .join(ENTRY, and_(*new), isouter=True)
        .where(or_(CASE.c.state > since, CASE.c.erased > since, ENTRY.c.content.is_not(None)))
        .order_by(CASE.c.state, CASE.c.reference, ENTRY.c.place)
    )
    found = connection.execute(query.execution_options(yield_per=MANY))
    for reference, lines in groupby(found, itemgetter(0)):
        every = list(lines)
        head = json.loads(every[0].content)
        entries = [each.entry for each in every if each.entry is not None]
        yield _CaseTexts(reference, head, every[0].erased is not None, entries)
