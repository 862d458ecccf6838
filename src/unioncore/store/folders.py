"""A union's folder put into a store, a store written as a folder, and a store looked through."""

from collections.abc import Iterator, Mapping

from attrs import frozen
from sqlalchemy import Column, Connection, func, select

from unioncore.checked import checked
from unioncore.errors import BadCase, BadUnion, DataFault, Overtaken
from unioncore.model import Case, Union
from unioncore.paths import AnyPath, as_path
from unioncore.records import read_cases, read_union, write_union
from unioncore.records.cases import check_stored
from unioncore.records.reading import HEAD, held, read_files
from unioncore.records.whole import state_of
from unioncore.rulebook import check_rulebook
from unioncore.shown import Shown
from unioncore.store.adding import Progress
from unioncore.store.fetching import cases_since, files_now, state_now, texts_of_rows
from unioncore.store.keeping import Kept, Store, add, kept_now
from unioncore.store.layout import ENTRY, ROW

__all__ = ["CheckedStore", "check_store", "export_folder", "import_folder"]


@checked
def import_folder(store: Store, folder: AnyPath, *, progress: Progress | None = None) -> Kept:
    """Put a union's folder with its policies and cases into a store, all of it or nothing.

    The folder is checked as ``unioncore check`` does. Where the store holds something already, the
    folder must carry it on: what is new in it is added.

    Args:
        store: the store, opened with a rulebook.
        folder: the folder.
        progress: is told of each table how many rows are written, and of how many.

    Returns:
        What the store holds now.

    Raises:
        WrongArgument: when the store has no rulebook, or ``folder`` is no path.
        BadUnion: when the folder has faults, is another union's, or lacks or changes a row of the
            store.
        BadCase: when it changes an entry that the store has.
        Overtaken: when somebody else writes the folder meanwhile.
        StoreFailed: when the database fails.
    """
    rulebook, path = check_rulebook(store.rulebook), as_path(folder, "folder")
    reading = read_union(path, rulebook)
    union, head = reading.ok(), (reading.plugins, reading.extra)
    cases = read_cases(path, rulebook=rulebook, union=union).ok()
    files, _ = held(path)
    if state_of(files) != reading.state:
        raise Overtaken(str(path))
    del reading  # where each row stands takes as much room as the rows
    policies = _policies(files)
    with store.database.writing() as connection:
        kept = kept_now(connection, rulebook, None)
        if kept.union.key not in ("", union.key):
            said = "the store is another union's"
            raise BadUnion((DataFault(HEAD, 0, "union", said),))
        before = _policies(files_now(connection))
        changed = {
            name: policies.get(name, "")
            for name in {**before, **policies}
            if before.get(name) != policies.get(name)
        }
        return add(connection, kept, union, cases, files=changed, head=head, progress=progress)


@checked
def export_folder(store: Store, folder: AnyPath) -> Kept:
    """Write what a store holds as a union's folder, whole or not at all.

    Other files of the folder are kept; its tables, policies and cases are replaced.

    Raises:
        WrongArgument: when ``folder`` is no path.
        BadUnion: when the store holds nothing yet, or what cannot be read back.
        NotWritten: when the disk fails; nothing is changed.
        StoreFailed: when the database fails.
    """
    path = as_path(folder, "folder")
    with store.database.reading() as connection:
        kept = kept_now(connection, store.rulebook, None)
        files = files_now(connection)
    if not kept.state:
        raise BadUnion((DataFault("", 0, "", "the store holds nothing yet; import a folder"),))
    write_union(
        kept.union,
        path,
        plugins=kept.records.plugins,
        extra=kept.records.extra,
        policies={name: text.encode() for name, text in _policies(files).items()},
        cases=kept.cases.values(),
    )
    return kept


@frozen
class CheckedStore(Shown, shows="state cases faults"):
    """What a store holds, and everything that is wrong with it."""

    state: int
    union: Union
    cases: tuple[Case, ...]
    faults: tuple[DataFault, ...]
    warnings: tuple[DataFault, ...]


@checked
def check_store(store: Store) -> CheckedStore:
    """Report everything that is wrong with what a store holds, as if it were a folder.

    Rows are told by their table, with the place as the line, and entries by their case.

    Raises:
        StoreFailed: when the database cannot be reached.
    """
    faults: list[DataFault] = []
    cases: list[Case] = []
    with store.database.reading() as connection:
        files, tables = files_now(connection), dict[str, list[str]]()
        for name, _, texts in texts_of_rows(connection):
            tables.setdefault(f"{name}.ndjson", []).extend(texts)
        files |= {name: "\n".join(texts).encode() for name, texts in tables.items()}
        reading = read_files(files, store.rulebook)
        faults += reading.faults if files else ()
        faults += _gaps(connection, ROW.c.kind, ROW.c.place)
        faults += _gaps(connection, ENTRY.c.reference, ENTRY.c.place)
        for each in cases_since(connection):
            if each.erased:
                continue
            try:
                cases.append(each.case())
            except BadCase as error:
                faults += error.faults
            else:
                faults += check_stored(each.named, cases[-1], store.rulebook, reading.union)
        state = state_now(connection)
    return CheckedStore(state, reading.union, tuple(cases), tuple(faults), reading.warnings)


def _gaps(connection: Connection, of: Column[str], place: Column[int]) -> Iterator[DataFault]:
    """Give the tables, or the cases, of which something in the middle is gone."""
    query = select(of, func.count(), func.max(place)).group_by(of).order_by(of)
    for name, count, last in connection.execute(query):
        if last != count - 1:
            yield DataFault(name, 0, "", f"{last + 1 - count} of {last + 1} are gone")


def _policies(files: Mapping[str, bytes]) -> dict[str, str]:
    return {
        name: text.decode("utf-8-sig")
        for name, text in files.items()
        if name.startswith("policies/")
    }
