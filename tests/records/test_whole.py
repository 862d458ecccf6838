"""A folder holds one state whole, whatever stops its writer and whoever comes beside it."""

import os
import signal
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from unioncore.errors import NotWritten
from unioncore.model import Union, Unit
from unioncore.records import read_union, write_union
from unioncore.records.whole import alone

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs the locks of Unix")

BEFORE = Union(key="u", name="before", units=(Unit(key="ash", kind="branch", name="before"),))
AFTER = Union(key="u", name="after", units=(Unit(key="ash", kind="branch", name="after"),))
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"}
"""What a process does to a disk, as an audit hook sees it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the state of before, and a file that is nobody's."""
    write_union(BEFORE, tmp_path / "union")
    (tmp_path / "union" / "notes.txt").write_text("kept")
    return tmp_path / "union"


def killed(step: int, work: Callable[[], Any]) -> bool:
    """Work in a child that is killed before one of its steps on the disk; say whether it was."""
    child = os.fork()
    if child == 0:
        left = step

        def watch(event: str, _: Any) -> None:
            nonlocal left
            left -= event in STEPS
            if left == 0:
                left = -1  # to kill is an event as well
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.slow
def test_wherever_the_writer_is_killed_one_state_is_whole(folder: Path) -> None:
    write = (lambda: write_union(AFTER, folder), lambda: write_union(BEFORE, folder))
    step, left = 1, True
    while left:
        left = killed(step, write[0])
        assert read_union(folder).ok() in (BEFORE, AFTER)
        write[1]()
        assert read_union(folder).ok() == BEFORE
        assert {each.name for each in folder.iterdir()} == {"union.toml", "units.csv", "notes.txt"}
        assert [each.name for each in folder.parent.iterdir()] == ["union"]
        step += 1
    assert step > 20


def test_what_a_stopped_writer_left_is_finished_or_thrown_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops at its first move, after the one rename by which everything counts."""
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_union(AFTER, folder)
    assert (folder / "union.toml").read_text().endswith('"before"\n')
    assert read_union(folder).ok() == AFTER
    with monkeypatch.context() as patched:
        patched.setattr("unioncore.records.whole.shutil.rmtree", lambda *_, **__: None)
        patched.setattr(Path, "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_union(BEFORE, folder)
    assert read_union(folder).ok() == AFTER
    write_union(BEFORE, folder)
    assert {each.name for each in folder.iterdir()} == {"union.toml", "units.csv", "notes.txt"}


def interrupted(self: Path, _: Path) -> None:
    raise KeyboardInterrupt


def test_a_second_writer_waits(folder: Path) -> None:
    written = threading.Event()

    def write() -> None:
        write_union(AFTER, folder)
        written.set()

    second = threading.Thread(target=write)
    with alone(folder):
        second.start()
        assert not written.wait(0.05)
    second.join(10)
    assert written.is_set()
    assert read_union(folder).ok() == AFTER


def test_a_reading_beside_a_writer_holds_one_state(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, left = Path.read_bytes, [1]

    def beside(self: Path) -> bytes:
        content = read(self)
        if left and self.name == "union.toml":
            left.pop()
            write_union(AFTER, folder)
        return content

    monkeypatch.setattr(Path, "read_bytes", beside)
    assert read_union(folder).ok() == AFTER


def test_a_folder_that_never_rests_is_reported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(range(100))
    monkeypatch.setattr("unioncore.records.reading.seen", lambda _: next(times))
    assert any("over and over" in fault.message for fault in read_union(folder).faults)


def test_everything_is_on_the_disk_before_it_counts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, rename = os.fsync, Path.rename

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def renamed(self: Path, target: Path) -> Path:
        done.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "rename", renamed)
    write_union(AFTER, folder)
    at = done.index("rename")
    assert done[:at] == ["file", "file", "folder"]
    assert done[at + 1 :].count("folder") >= 3
    assert "rename" not in done[at + 1 :]


def test_a_new_folder_is_private_and_modes_stay(folder: Path) -> None:
    def modes() -> list[str]:
        files = (folder, folder / "union.toml", folder / "units.csv")
        return [oct(each.stat().st_mode & 0o777) for each in files]

    assert modes() == ["0o700", "0o600", "0o600"]
    folder.chmod(0o750)
    (folder / "units.csv").chmod(0o640)
    write_union(AFTER, folder)
    assert modes() == ["0o750", "0o600", "0o640"]


def test_a_link_is_not_replaced(folder: Path) -> None:
    (folder / "units.csv").rename(folder.parent / "elsewhere.csv")
    (folder / "units.csv").symlink_to(folder.parent / "elsewhere.csv")
    with pytest.raises(NotWritten, match=r"units\.csv is a link"):
        write_union(AFTER, folder)
    assert read_union(folder).ok() == BEFORE


def test_a_file_that_is_too_large_for_the_disk_changes_nothing(folder: Path) -> None:
    resource = pytest.importorskip("resource")
    more = tuple(Unit(key=f"b{n}", kind="branch", name="B") for n in range(200))
    status = os.fork()
    if status == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_union(AFTER.append(*more), folder)
        except NotWritten:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(status, 0)[1]) == 7
    assert read_union(folder).ok() == BEFORE
    assert {each.name for each in folder.iterdir()} == {"union.toml", "units.csv", "notes.txt"}
