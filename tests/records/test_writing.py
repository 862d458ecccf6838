"""A folder is written whole or not at all, and reads back as the union that was meant."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from tests.records.folders import GOOD, read
from tests.records.strategies import unions
from tests.synthetic import source
from unioncore.errors import BadUnion, NotWritten, Overtaken, WrongArgument
from unioncore.model import Event, Job, Person, Union, Unit
from unioncore.records import read_union, write_union

OLD = Union(key="u", units=(Unit(key="ash", kind="branch", name="Ash"),))
NEW = OLD.append(Unit(key="beech", kind="branch", name="Beech"))

POLICY = (
    source("own", "A policy made up for this test", "remembered")
    + """
[[setting]]
fact = "some.fact"
value = 5
period = { start = 2020-01-01 }
branch = "ash"
citations = [{ source = "own" }]
"""
)


def content(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def kept(tmp_path: Path) -> Path:
    """A folder that was written before, with a policy and another file."""
    folder = tmp_path / "union"
    write_union(OLD, folder)
    (folder / "policies").mkdir()
    (folder / "policies" / "ash.toml").write_text(POLICY)
    (folder / "notes.txt").write_text("kept by hand")
    return folder


@given(union=unions())
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, union: Union) -> None:
    folder = tmp_path_factory.mktemp("writing") / "union"
    write_union(union, folder)
    reading = read_union(folder)
    assert reading.faults == ()
    assert reading.union == union
    before = content(folder)
    write_union(reading.union, folder)
    assert content(folder) == before
    shutil.rmtree(folder)


def test_a_whole_folder_reads_back(tmp_path: Path) -> None:
    union = read().ok()
    write_union(union, tmp_path / "union", plugins=("unison",))
    assert read_union(tmp_path / "union").ok() == union
    head = (tmp_path / "union" / "union.toml").read_text()
    assert 'plugins = ["unison"]' in head
    written = {path.name for path in (tmp_path / "union").iterdir()}
    assert written == set(GOOD)


def test_policies_and_other_files_survive(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    write_union(NEW, folder)
    assert (folder / "policies" / "ash.toml").read_text() == POLICY
    assert (folder / "notes.txt").read_text() == "kept by hand"
    reading = read_union(folder)
    assert [row.key for row in reading.ok().units] == ["ash", "beech"]
    assert len(reading.union.settings) == 1


def test_a_table_that_is_empty_now_has_no_file_left(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    (folder / "employers.ndjson").write_text('{"key": "mill", "kind": "works", "name": "Mill"}\n')
    write_union(NEW, folder)
    assert read_union(folder).ok().employers == ()
    assert not (folder / "employers.ndjson").exists()


def test_columns_of_the_unions_own_are_written_back(tmp_path: Path) -> None:
    row = attrs.evolve(OLD.units[0], extra=(("colour of door", 'red, "or so"'),))
    union = Union(key="u", units=(row,))
    write_union(union, tmp_path / "union", extra={"people": ("shoe size",)})
    reading = read_union(tmp_path / "union")
    assert reading.ok() == union
    assert reading.union.units[0].extra == row.extra
    assert dict(reading.extra) == {"people": ("shoe size",), "units": ("colour of door",)}


@pytest.mark.parametrize("name", ['A "quoted" name', "Line\nbreak", "\U000e0001", "back\\slash"])
def test_the_unions_own_name_reads_back(tmp_path: Path, name: str) -> None:
    write_union(Union(key="u", name=name), tmp_path / "union")
    assert read_union(tmp_path / "union").ok().name == name


def unit(name: str, key: str = "beech") -> Union:
    return OLD.append(Unit(key=key, kind="branch", name=name))


UNFIT = {
    "a formula": unit("=1+1"),
    "a formula by a sign": unit("-cmd"),
    "a control character": unit("Be\x07ech"),
    "a line break": unit("Be\nech"),
    "blanks at the end": unit("Beech "),
    "nothing where something must be": unit(""),
    "a lone surrogate": unit("\ud800"),
    "too long": unit("B" * 1001),
    "a bad key": unit("Beech", "be ech"),
    "a row of blanks": OLD.append(Unit(key="", kind="", name="")),
    "the same row twice": OLD.append(*OLD.units),
    "an end before the start": OLD.append(
        Unit(key="b", kind="branch", name="B", start=date(2020, 1, 2), end=date(2020, 1, 1))
    ),
    "a moment with seconds": OLD.append(
        Event(unit="ash", edition="1", what="opens", at=datetime(2020, 1, 1, 10, 0, 30))
    ),
    "a part of a penny": OLD.append(
        Job(person="p", employer="e", start=date(2020, 1, 1), earnings=Decimal("0.001"))
    ),
    "nobody's membership": OLD.append(Person(key="p", name="Test person")),
    "a formula in a column of its own": Union(
        key="u", units=(attrs.evolve(OLD.units[0], extra=(("colour", "=red"),)),)
    ),
    "a column of its own without a name": Union(
        key="u", units=(attrs.evolve(OLD.units[0], extra=(("", "red"),)),)
    ),
    "no key": Union(key=""),
    "a name that is no text": Union(key="u", name="\ud800"),
}


@pytest.mark.parametrize("union", UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_read_back_is_refused(tmp_path: Path, union: Union) -> None:
    folder = kept(tmp_path)
    before = content(tmp_path)
    with pytest.raises(BadUnion) as raised:
        write_union(union, folder)
    assert raised.value.faults
    assert content(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["union"]
    with pytest.raises(BadUnion):
        write_union(union, tmp_path / "another")
    assert [path.name for path in tmp_path.iterdir()] == ["union"]


def failing(monkeypatch: pytest.MonkeyPatch, method: str, at: int) -> Callable[[], int]:
    """Let the n-th call of a method of Path fail; return how often it was called."""
    meant: Any = getattr(Path, method)
    calls = 0

    def fails(self: Path, *args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(28, "No space left on device")
        return meant(self, *args, **more)

    monkeypatch.setattr(Path, method, fails)
    return lambda: calls


STEPS = [("write_bytes", 1), ("write_bytes", 2), ("rename", 1), ("chmod", 1)]


@pytest.mark.parametrize(("method", "at"), STEPS)
def test_a_disk_that_fails_leaves_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, at: int
) -> None:
    folder = kept(tmp_path)
    before = content(tmp_path)
    with monkeypatch.context() as patched:
        called = failing(patched, method, at)
        with pytest.raises(NotWritten, match="No space left on device; nothing was changed"):
            write_union(NEW, folder)
        assert called() >= at
    assert content(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["union"]
    write_union(NEW, folder)
    assert read_union(folder).ok().units == NEW.units


@pytest.mark.parametrize(("method", "at"), [("write_bytes", 1), ("write_bytes", 2), ("rename", 1)])
def test_a_disk_that_fails_leaves_nothing_where_nothing_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, at: int
) -> None:
    failing(monkeypatch, method, at)
    with pytest.raises(NotWritten, match="No space left"):
        write_union(NEW, tmp_path / "union")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_be_text_and_nothing_that_is_no_path(tmp_path: Path) -> None:
    union, folder = Union(key="u"), str(tmp_path / "new")
    write_union(union, folder)
    assert read_union(folder).ok() == union
    for wrong in (None, 7, b"folder"):
        with pytest.raises(WrongArgument, match="folder: expected a path"):
            read_union(wrong)  # type: ignore[arg-type]
        with pytest.raises(WrongArgument, match="folder: expected a path"):
            write_union(union, wrong)  # type: ignore[arg-type]


def test_what_somebody_else_has_written_meanwhile_is_not_lost(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    mine, other = read_union(folder), read_union(folder)
    write_union(NEW, folder, after=other)
    before = content(folder)
    with pytest.raises(Overtaken, match="read it again"):
        write_union(unit("Cedar", "cedar"), folder, after=mine)
    assert content(folder) == before
    (folder / "policies" / "ash.toml").unlink()
    with pytest.raises(Overtaken):
        write_union(NEW, folder, after=read_union(kept(tmp_path / "another")))
