"""What is put into a store: only what comes after what is there, and reads back as it is meant."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import field, frozen
from sqlalchemy import Connection, delete, insert, update

from unioncore.errors import BadCase, BadUnion, DataFault
from unioncore.model import TABLES, Case, CaseEntry, Record, Union
from unioncore.model.cases import not_as_entered
from unioncore.records.cells import not_the_same
from unioncore.records.reading import HEAD
from unioncore.records.writing import head_text, own_columns
from unioncore.shown import Shown
from unioncore.store.fetching import Columns, batches, records_in
from unioncore.store.layout import CASE, ENTRY, FILE, ROW, STATE

__all__: list[str] = []

Progress = Callable[[str, int, int], None]
"""Is told what is written, how many are, and how many there will be."""


@frozen
class Records(Shown, shows="union"):
    """A union's records, as a store holds them."""

    union: Union
    plugins: tuple[str, ...] = ()
    """The plugins that the tables rest on."""
    extra: Columns = field(factory=dict)
    """For each table, the columns of the union's own."""

    @property
    def head(self) -> str:
        """The text of ``union.toml``."""
        return head_text(self.union, self.plugins, self.extra)


@frozen(kw_only=True)
class _Additions(Shown, shows="rows entries"):
    """What comes new to a store, after what it holds."""

    rows: Mapping[str, tuple[int, tuple[Record, ...]]]
    """The new rows of each table, and the place of the first."""
    cases: tuple[Case, ...]
    """Cases that the store does not have, without their entries."""
    entries: Mapping[str, tuple[int, tuple[CaseEntry, ...]]]
    """The new entries of each case, and the place of the first."""
    files: Mapping[str, str]
    """The files that are another by now; without content: taken away."""
    records: Records
    """What the store holds with them."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.cases or self.entries or self.files)

    def write(self, connection: Connection, state: int, progress: Progress | None = None) -> None:
        """Write them as what makes a state.

        Raises:
            BadUnion: when a row would not read back as it is meant.
        """
        for name, (first, records) in self.rows.items():
            place = first
            for batch in batches(records):
                self._write_rows(connection, state, name, place, batch)
                place += len(batch)
                if progress is not None:
                    progress(name, place - first, len(records))
        written = [{"name": n, "state": state, "content": text} for n, text in self.files.items()]
        heads = [
            {"reference": each.reference, "state": state, "content": _json(_case_head(each))}
            for each in self.cases
        ]
        entries = [
            {
                "reference": reference,
                "place": place,
                "state": state,
                "recorded": each.recorded,
                "content": _json(each.to_dict()),
            }
            for reference, (first, new) in self.entries.items()
            for place, each in enumerate(new, first)
        ]
        for table, lines in ((FILE, written), (CASE, heads), (ENTRY, entries)):
            if lines:
                connection.execute(insert(table), lines)
        connection.execute(update(STATE).values(state=state))

    def _write_rows(
        self, connection: Connection, state: int, name: str, first: int, records: list[Record]
    ) -> None:
        texts = [_json(each.to_dict()) for each in records]
        for number, (meant, found) in enumerate(
            zip(records, records_in(name, first, texts, self.records.extra), strict=True), first
        ):
            if meant != found:
                raise BadUnion(not_the_same(f"{name}.ndjson", number + 1, meant))
        lines = [
            {
                "kind": name,
                "place": place,
                "state": state,
                "recorded": each.recorded,
                "content": text,
            }
            for place, (each, text) in enumerate(zip(records, texts, strict=True), first)
        ]
        connection.execute(insert(ROW), lines)


def additions(
    before: Records,
    now: Records,
    cases: Iterable[tuple[Case | None, Case]],
    files: Mapping[str, str],
) -> _Additions:
    """Return what comes new: rows after those of before, and entries after those of each case.

    Args:
        before: the records that the store holds.
        now: those that it is to hold.
        cases: each case that may have changed, with what the store holds of it.
        files: the policies that are others by now.

    Raises:
        BadUnion: when anything that was there is changed or missing.
        BadCase: when anything in a case is.
    """
    rows = dict(_new_rows(before.union, now.union))
    new = {name: records for name, (_, records) in rows.items()}
    meant = attrs.evolve(now, extra=own_columns(new, {**before.extra, **now.extra}))
    written = dict(files)
    if meant.head != before.head or not before.union.key:
        written[HEAD] = meant.head
    opened, entries = [], {}
    for old, case in cases:
        if old is None:
            opened.append(case)
        place = len(old.entries) if old is not None else 0
        _must_follow(old, case, place)
        if case.entries[place:]:
            entries[case.reference] = (place, case.entries[place:])
    return _Additions(
        rows=rows,
        cases=tuple(opened),
        entries=entries,
        files=written,
        records=meant,
    )


def erase_case(connection: Connection, state: int, reference: str, stub: Mapping[str, Any]) -> None:
    """Delete the entries of a case, and put a stub in its place, as what makes a state."""
    connection.execute(delete(ENTRY).where(ENTRY.c.reference == reference))
    there = update(CASE).where(CASE.c.reference == reference)
    connection.execute(there.values(content=_json(stub), erased=state))
    connection.execute(update(STATE).values(state=state))


def _case_head(case: Case) -> dict[str, Any]:
    """Return a case as plain data without its entries."""
    plain = attrs.evolve(case, entries=(), mark="").to_dict()
    del plain["entries"]
    return plain


def _new_rows(before: Union, now: Union) -> Iterator[tuple[str, tuple[int, tuple[Record, ...]]]]:
    for name in TABLES:
        old, new = getattr(before, name), getattr(now, name)
        if new is old:
            continue
        for place, (one, other) in enumerate(zip(old, new, strict=False)):
            if one is not other and one != other:
                raise BadUnion((_changed(name, place),))
        if len(new) < len(old):
            raise BadUnion((_changed(name, len(new)),))
        if len(new) > len(old):
            yield name, (len(old), new[len(old) :])


def _changed(name: str, place: int) -> DataFault:
    said = "the store has another row here; what was entered stays, and is corrected by a new row"
    return DataFault(name, place + 1, "", said)


def _must_follow(old: Case | None, case: Case, place: int) -> None:
    """Raise ``BadCase`` where a case does not carry on what the store holds of it."""
    fault: DataFault | None = None
    if old is not None and _case_head(old) != _case_head(case):
        fault = DataFault("", 0, "", "it is not as it was opened")
    elif old is not None and case.entries[:place] != old.entries:
        pairs = enumerate(zip(old.entries, case.entries, strict=False))
        others = (number for number, (one, other) in pairs if one != other)
        fault = not_as_entered(next(others, len(case.entries)))
    elif case.altered is not None:
        fault = not_as_entered(case.altered)
    if fault is not None:
        raise BadCase((attrs.evolve(fault, file=f"case {case.reference}"),))


def _json(plain: Any) -> str:
    return json.dumps(plain)
