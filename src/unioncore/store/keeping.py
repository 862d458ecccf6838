"""A store: a union's records and cases in a database, read as they are and added to.

Nothing that is kept is changed. Every writing makes a state, counted from 1. Whoever adds something
says what they had read, and is told when somebody else has written since.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar, cast

import attrs
from attrs import define, field, frozen
from sqlalchemy import Connection

from unioncore.answers import Desk, View, disclosures
from unioncore.checked import checked
from unioncore.errors import BadCase, ChangeRefused, Overtaken, WrongArgument
from unioncore.model import TABLES, Case, Record, Union
from unioncore.model.cases import not_as_entered
from unioncore.paths import AnyPath
from unioncore.records.reading import read_files
from unioncore.rulebook import Rulebook, check_rulebook
from unioncore.shown import Shown
from unioncore.store.adding import Progress, Records, additions, erase_case
from unioncore.store.database import Database, database_at
from unioncore.store.erasing import Erased, erased
from unioncore.store.fetching import (
    Columns,
    cases_since,
    files_now,
    records_in,
    state_now,
    texts_of_rows,
)
from unioncore.store.migrating import bring_to_today, check_format
from unioncore.store.showing import Window

__all__ = ["Kept", "Store", "Turn", "init_store", "open_store"]

R = TypeVar("R", bound=Record)


@frozen(kw_only=True)
class Kept(Shown, shows="state records cases"):
    """What a store held when it was read. It never changes."""

    state: int
    """How often the store had been written."""
    records: Records
    cases: Mapping[str, Case] = field(factory=dict)
    """The cases by reference."""
    erased: Mapping[str, Erased] = field(factory=dict)
    """What is left of the cases that were erased, by reference."""

    @property
    def union(self) -> Union:
        """The union's records."""
        return self.records.union

    def desk(self, rulebook: Rulebook) -> Desk:
        """Return a desk with the union and its cases."""
        return Desk(rulebook=rulebook, union=self.union, cases=self.cases)


_EMPTY = Kept(state=0, records=Records(Union(key="")))


@define
class Turn(Shown, shows="desk"):
    """The time in which nobody else writes a store: what is in ``desk`` at the end is kept."""

    desk: Desk
    kept: Kept
    """What the store holds: at first as it was found, and after the turn as it is then."""

    @checked
    def show(
        self,
        reference: str,
        person: str,
        *,
        on: date,
        by: str,
        reason: str,
        roles: Collection[str] = (),
    ) -> View:
        """Return what somebody may see of a case, and enter in the case that it was shown.

        Args:
            reference: the case.
            person: who looks, by key.
            on: the day.
            by: who shows it, by key.
            reason: why.
            roles: further roles of the viewer that no record holds, such as ``employer``.

        Raises:
            EntryRefused: when that cannot be entered; then nothing is shown.
        """
        seen = Window(self.desk, person, on, frozenset(roles)).view(reference)
        for entry in disclosures(seen, reason=reason, by=by):
            self.desk = self.desk.enter(reference, entry).ok().desk
        return seen


@frozen
class Store(Shown, shows="database"):
    """A union's records and cases in a database."""

    database: Database
    rulebook: Rulebook | None = None
    """Knows the words of the records, and the rules that entries must keep to."""

    @checked
    def read(self, kept: Kept | None = None) -> Kept:
        """Return what the store holds; with ``kept``, only what was added since is read.

        Raises:
            StoreFailed: when the database cannot be reached.
            BadUnion: when a row cannot be read.
            BadCase: when a case cannot be read, or is not as it was entered.
        """
        with self.database.reading() as connection:
            return kept_now(connection, self.rulebook, kept)

    @checked
    def append(self, kept: Kept, *, union: Union | None = None, cases: Iterable[Case] = ()) -> Kept:
        """Add what a union and cases have beyond what was read, all of it or nothing.

        Args:
            kept: what was read, and what the others were made from.
            union: the union as it is now; default: as it was read. Its settings are not written,
                since policies are files of their own.
            cases: cases as they are now, such as those of a desk; others stay as they were read.

        Returns:
            What the store holds now.

        Raises:
            Overtaken: when somebody else has written since ``kept`` was read.
            BadUnion: when a row is changed or missing, or would not read back as it is meant.
            BadCase: when an entry is changed or missing.
            StoreFailed: when the database fails.
        """
        with self.database.writing() as connection:
            if state_now(connection) != kept.state:
                raise Overtaken(self.database.shown)
            return add(connection, kept, union or kept.union, cases)

    @contextmanager
    @checked
    def turn(self, kept: Kept | None = None) -> Iterator[Turn]:
        """Give the newest desk while nobody else writes, and keep what it has at the end.

        Everything is one transaction. Where anything raises, nothing is kept.

        Args:
            kept: what was read before, so that only what was added since is read.

        Raises:
            WrongArgument: when the store was opened without a rulebook.
            StoreFailed: when the database fails, or others write for too long.
        """
        rulebook = check_rulebook(self.rulebook)
        with self.database.writing() as connection:
            found = kept_now(connection, rulebook, kept)
            turn = Turn(found.desk(rulebook), found)
            yield turn
            desk = turn.desk
            after = add(connection, found, desk.union, desk.cases.values())
        turn.kept = after

    @checked
    def window(self, kept: Kept, person: str, *, on: date, roles: Collection[str] = ()) -> Window:
        """Return what somebody may see of what was read; nothing else can be reached from it.

        Args:
            kept: what was read.
            person: who looks, by key.
            on: the day.
            roles: further roles that no record holds, such as ``employer``.

        Raises:
            WrongArgument: when the store was opened without a rulebook.
        """
        return Window(kept.desk(check_rulebook(self.rulebook)), person, on, frozenset(roles))

    @checked
    def erase(self, kept: Kept, reference: str, *, on: date, by: str) -> Kept:
        """Delete a case of which every record is due for erasure; a stub says by what authority.

        What is due, the union's rules and the schedule of the branch say; nothing is erased that
        is not known to be due, or under a legal hold. The reference cannot be used again.

        Args:
            kept: what was read.
            reference: the case.
            on: the day.
            by: who erases it, by key.

        Returns:
            What the store holds now.

        Raises:
            ChangeRefused: when anything in the case is not known to be due for erasure.
            UnknownName: when no case has the reference.
            NotADay: when ``on`` is not a plain day.
            Overtaken: when somebody else has written since ``kept`` was read.
            WrongArgument: when the store was opened without a rulebook.
            StoreFailed: when the database fails.
        """
        rulebook = check_rulebook(self.rulebook)
        with self.database.writing() as connection:
            if state_now(connection) != kept.state:
                raise Overtaken(self.database.shown)
            stub = erased(kept.desk(rulebook), reference, on=on, by=by)
            erase_case(connection, kept.state + 1, reference, stub.to_dict())
        self.database.forget()
        return attrs.evolve(
            kept,
            state=kept.state + 1,
            cases={name: case for name, case in kept.cases.items() if name != reference},
            erased={**kept.erased, reference: stub},
        )

    @checked
    def rows(self, kind: type[R], *, known_on: date | None = None) -> Iterator[R]:
        """Give the rows of a table in the order of entry, a few at a time.

        Args:
            kind: the class of its rows.
            known_on: only those that had been recorded by the end of that day.

        Raises:
            StoreFailed: when the database cannot be reached.
            BadUnion: when a row cannot be read.
            WrongArgument: when ``kind`` is no class of rows.
        """
        if kind not in TABLES.values():
            raise WrongArgument("kind", "a class of rows", str(kind), "such as Person")
        return self._rows(kind, known_on)

    def _rows(self, kind: type[R], known_on: date | None) -> Iterator[R]:
        with self.database.reading() as connection:
            extra = read_files(files_now(connection)).extra
            found = texts_of_rows(connection, kind=kind.table, known_on=known_on)
            for name, first, texts in found:
                yield from cast("tuple[R, ...]", records_in(name, first, texts, extra))

    @checked
    def cases(self, *, known_on: date | None = None) -> Iterator[Case]:
        """Give the cases one after another, in the order in which they were opened.

        Args:
            known_on: each as far as it had been entered by the end of that day.

        Raises:
            StoreFailed: when the database cannot be reached.
            BadCase: when a case cannot be read, or is not as it was entered.
        """
        with self.database.reading() as connection:
            for texts in cases_since(connection, known_on=known_on):
                if texts.erased:
                    continue
                case = texts.case()
                if known_on is None or case.opened <= known_on:
                    yield _as_entered(case)


def kept_now(connection: Connection, rulebook: Rulebook | None, kept: Kept | None) -> Kept:
    """Return what a store holds; of what was read before, only what was added is read."""
    state, before = state_now(connection), kept or _EMPTY
    if before.state == state:
        return before
    if before.state > state:  # an older copy of the database was brought back
        before = _EMPTY
    records = before.records
    if files := files_now(connection, before.state):
        read = read_files(files, rulebook)
        fields = ("key", "name", "kept_until", "settings", "clock_settings")
        head: Any = {name: getattr(read.union, name) for name in fields}
        records = Records(attrs.evolve(records.union, **head), read.plugins, read.extra)
    found: dict[str, list[Record]] = {}
    for name, first, texts in texts_of_rows(connection, since=before.state):
        found.setdefault(name, []).extend(records_in(name, first, texts, records.extra))
    if found:
        rows: Any = {name: (*getattr(records.union, name), *new) for name, new in found.items()}
        records = attrs.evolve(records, union=attrs.evolve(records.union, **rows))
    cases, gone = dict(before.cases), dict(before.erased)
    for each in cases_since(connection, since=before.state):
        if each.erased:
            cases.pop(each.reference, None)
            gone[each.reference] = Erased.from_dict(each.head)
            continue
        cases[each.reference] = _as_entered(each.case(cases.get(each.reference)))
    return Kept(state=state, records=records, cases=cases, erased=gone)


def add(
    connection: Connection,
    kept: Kept,
    union: Union,
    cases: Iterable[Case],
    *,
    files: Mapping[str, str] | None = None,
    head: tuple[tuple[str, ...], Columns] | None = None,
    progress: Progress | None = None,
) -> Kept:
    """Put what is new into a store, and return what it holds then.

    Args:
        connection: of a turn to write.
        kept: what the store holds.
        union: the records that it is to hold.
        cases: the cases that may have changed.
        files: the policies that are others by now, by name; without content: taken away.
        head: the plugins that the tables rest on and the union's own columns; default: as before.
        progress: is told how many rows are written.
    """
    changed = [
        (kept.cases.get(case.reference), case)
        for case in cases
        if case is not kept.cases.get(case.reference)
    ]
    if again := [case.reference for old, case in changed if case.reference in kept.erased]:
        raise ChangeRefused("open", tuple(f"{name}: this case was erased" for name in again))
    if files is None:  # what the policies say stands in their files alone
        laid_down = {name: getattr(kept.union, name) for name in ("settings", "clock_settings")}
        union = attrs.evolve(union, **laid_down)
    meant = Records(union, *(head or (kept.records.plugins, kept.records.extra)))
    new = additions(kept.records, meant, changed, files or {})
    if not new:
        return kept
    new.write(connection, kept.state + 1, progress)
    every = {**kept.cases, **{case.reference: case for _, case in changed}}
    return attrs.evolve(kept, state=kept.state + 1, records=new.records, cases=every)


def _as_entered(case: Case) -> Case:
    if case.altered is not None:
        fault = attrs.evolve(not_as_entered(case.altered), file=f"case {case.reference}")
        raise BadCase((fault,))
    return case


@checked
def init_store(url: AnyPath, rulebook: Rulebook | None = None) -> Store:
    """Make a store, or bring one of an older format to that of today, and open it.

    Args:
        url: ``sqlite:///FILE``, a path of a file, or ``postgresql://USER@HOST/DATABASE``.
        rulebook: as for ``open_store``.

    Raises:
        WrongArgument: when that is no address of a database.
        MissingPart: when the driver of the database is not installed.
        StoreFailed: when the database cannot be reached, or its store is of a later format.
    """
    database = database_at(url)
    bring_to_today(database)
    return Store(database, rulebook)


@checked
def open_store(url: AnyPath, rulebook: Rulebook | None = None) -> Store:
    """Open a store.

    Args:
        url: ``sqlite:///FILE``, a path of a file, or ``postgresql://USER@HOST/DATABASE``.
        rulebook: knows the words and the rules; without it records are read and added, and no
            entry can be checked.

    Raises:
        WrongArgument: when that is no address of a database.
        MissingPart: when the driver of the database is not installed.
        StoreFailed: when the database cannot be reached, or there is no store of today's format.
    """
    database = database_at(url)
    check_format(database)
    return Store(database, rulebook)
