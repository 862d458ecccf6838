"""A folder goes into a store and comes out again as it was, and a store is looked through."""

import time
from pathlib import Path

import attrs
import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from sqlalchemy import delete, update

from tests.books import everything
from tests.casework import DAY, a_case, a_union
from tests.synthetic import source
from unioncore.errors import BadUnion, EntryRefused, Overtaken, WrongArgument
from unioncore.model import CaseEntry, CaseEvent, Note, Person, Union, Unit
from unioncore.records import read_cases, read_union, write_union
from unioncore.store import Store, check_store, export_folder, import_folder, init_store
from unioncore.store.fetching import MANY as AT_ONCE
from unioncore.store.layout import ENTRY, ROW

pytestmark = pytest.mark.needs_plugins
POLICY = (
    source("own", "A policy made up for this test", "remembered")
    + """
[[setting]]
fact = "branch.membership_starts"
value = "application"
period = { start = 2020-01-01 }
branch = "b"
citations = [{ source = "own" }]
"""
)
CEDAR = Unit(key="cedar", kind="branch", name="Cedar")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A union's folder with a policy and two cases."""
    cases = (a_case(everything()), a_case(everything(), "C/2", "bela"))
    write_union(
        a_union(),
        tmp_path / "union",
        plugins=("unison",),
        extra={"people": ("shoe size",)},
        policies={"policies/b.toml": POLICY.encode()},
        cases=cases,
    )
    return tmp_path / "union"


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.slow
def test_a_folder_comes_out_as_it_went_in(url: str, folder: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    store = init_store(url, everything())
    kept = import_folder(store, folder, progress=lambda *each: told.append(each))
    assert kept.union == read_union(folder, everything()).ok()
    assert tuple(kept.cases.values()) == read_cases(folder).ok()
    assert ("people", 6, 6) in told
    assert store.read() == kept
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("kept")
    (tmp_path / "out" / "cases").mkdir()
    (tmp_path / "out" / "cases" / "old.json").write_text("{}")
    export_folder(store, tmp_path / "out")
    assert content(tmp_path / "out") == content(folder) | {"notes.txt": b"kept"}
    assert check_store(store).faults == ()
    assert import_folder(store, tmp_path / "out") == kept


@pytest.mark.slow
def test_a_folder_that_carries_the_store_on_adds_what_is_new(url: str, folder: Path) -> None:
    store = init_store(url, everything())
    kept = import_folder(store, folder)
    (folder / "policies" / "b.toml").unlink()
    write_union(kept.union.append(CEDAR), folder, plugins=("unison",))
    after = import_folder(store, folder)
    assert after.state == 2
    assert after.union.units == (*kept.union.units, CEDAR)
    assert (after.union.settings, dict(after.records.extra)) == ((), {"people": ("shoe size",)})
    assert store.read() == store.read(kept) == after


@pytest.mark.slow
def test_a_folder_with_faults_or_of_another_union_is_refused(url: str, folder: Path) -> None:
    store = init_store(url, everything())
    kept = import_folder(store, folder)
    write_union(attrs.evolve(kept.union, units=(CEDAR, *kept.union.units)), folder)
    with pytest.raises(BadUnion, match="the store has another row"):
        import_folder(store, folder)
    (folder / "units.csv").write_text("key,kind,name\nb,brnch,B\n")
    with pytest.raises(BadUnion, match="did you mean 'branch'"):
        import_folder(store, folder)
    assert store.read() == kept
    with pytest.raises(WrongArgument, match="rulebook"):
        import_folder(init_store(url), folder)


@pytest.mark.slow
def test_a_folder_that_is_written_meanwhile_is_told(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*_: object) -> tuple[dict[str, bytes], tuple[()]]:
        return {"union.toml": b""}, ()

    monkeypatch.setattr("unioncore.store.folders.held", changed)
    with pytest.raises(Overtaken):
        import_folder(init_store(url, everything()), folder)


@pytest.mark.slow
def test_an_empty_store_has_no_faults_and_is_no_folder(url: str, tmp_path: Path) -> None:
    store = init_store(url, everything())
    assert check_store(store).faults == ()
    with pytest.raises(BadUnion, match="holds nothing yet"):
        export_folder(store, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_what_is_wrong_in_a_store_is_told_with_its_place(url: str, folder: Path) -> None:
    store = init_store(url, everything())
    import_folder(store, folder)
    with store.database.engine.begin() as connection:
        changed = update(ROW).where(ROW.c.kind == "people", ROW.c.place == 1)
        connection.execute(changed.values(content='{"key": "bela", "nme": "B"}'))
        connection.execute(delete(ROW).where(ROW.c.kind == "jobs", ROW.c.place == 0))
        connection.execute(delete(ENTRY).where(ENTRY.c.reference == "C/2", ENTRY.c.place == 0))
    said = [str(each) for each in check_store(store).faults]
    assert (
        "people.ndjson:2: column 2: no such column in people; declare it in union.toml" in said[0]
    )
    assert "jobs: 1 of 5 are gone" in said
    assert "C/2: 1 of 2 are gone" in said
    assert "case C/2: entries[0]: it is not as it was entered" in said


@pytest.mark.slow
def test_from_the_gate_to_the_commit_nobody_else_writes(url: str, folder: Path) -> None:
    store = init_store(url, everything())
    kept = import_folder(store, folder)
    lodged = CaseEvent(on=DAY, by="cato", track="t", event="lodge_grievance")
    with store.turn(kept) as turn:
        turn.desk = turn.desk.enter("C-1", lodged).ok().desk
    assert store.read().cases["C-1"].track("t").state == "lodged"
    assert turn.kept == store.read()
    note = Note(on=DAY, by="cato", level="ordinary", text="A call.", track="t")
    with pytest.raises(EntryRefused, match="does not follow"):
        enter_both(store, note, lodged)
    assert store.read() == turn.kept


def enter_both(store: Store, *entries: CaseEntry) -> None:
    with store.turn() as turn:
        for each in entries:
            turn.desk = turn.desk.enter("C-1", each).ok().desk


MANY = 1_000_000


@pytest.mark.store
def test_a_million_members_are_imported_with_progress(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    resource = pytest.importorskip("resource")
    folder = tmp_path / "many"
    write_union(Union(key="unison", units=a_union().units, parents=a_union().parents), folder)
    numbers = range(MANY)
    with (folder / "people.csv").open("w") as people:
        people.write("key,name\n")
        people.writelines(f"m{number},Member {number}\n" for number in numbers)
    with (folder / "memberships.csv").open("w") as memberships:
        memberships.write("person,category,branch,start\n")
        memberships.writelines(f"m{number},full,b,2015-01-05\n" for number in numbers)
    store = init_store(tmp_path / "union.db", everything())
    told: dict[str, list[int]] = {}
    began = time.process_time()
    kept = import_folder(
        store, folder, progress=lambda name, done, _: told.setdefault(name, []).append(done)
    )
    took, most = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert told["people"] == told["memberships"] == [*range(AT_ONCE, MANY, AT_ONCE), MANY]
    assert len(kept.union.people) == sum(1 for _ in store.rows(Person)) == MANY
    with capsys.disabled():
        print(f"\n{MANY:,} members imported in {took:.0f} s of processor time, {most >> 10:,} MB")
