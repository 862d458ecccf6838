"""A database that fails is told in one line, and what was being written is not there."""

import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from sqlalchemy.exc import OperationalError

from tests.store.clusters import Cluster
from unioncore.errors import MissingPart, Overtaken, StoreFailed, WrongArgument
from unioncore.model import Union, Unit
from unioncore.store import Store, init_store, open_store
from unioncore.store.database import database_at

UNION = Union(key="u", units=(Unit(key="ash", kind="branch", name="Ash"),))
MORE = UNION.append(Unit(key="elm", kind="branch", name="Elm"))


@cache
def many() -> Union:
    """A union of more than 4 MB."""
    units = (Unit(key=f"b{n}", kind="branch", name="B" * 900) for n in range(5_000))
    return UNION.append(*units)


def a_store(url: str) -> Store:
    store = init_store(url)
    store.append(store.read(), union=UNION)
    return store


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (7, "expected the address of a database, got int"),
        ("mysql://somebody@host/db", "expected SQLite or PostgreSQL, got mysql"),
        ("sqlite://", "expected the file of a store"),
        ("sqlite:///:memory:", "expected the file of a store"),
        ("://", "expected the address of a database, got other text"),
    ],
)
def test_what_is_no_address_is_refused(url: Any, said: str) -> None:
    with pytest.raises(WrongArgument, match=said):
        database_at(url)


def test_no_password_of_an_address_is_shown() -> None:
    pytest.importorskip("psycopg")
    address = "postgresql://me:geheim@localhost:1/x?sslpassword=auch&connect_timeout=1"
    database = database_at(address)
    with pytest.raises(StoreFailed, match="connection") as raised:
        init_store(address)
    for said in (repr(database), str(raised.value), str(raised.value.to_dict())):
        assert "geheim" not in said
        assert "auch" not in said
        assert "me:***@localhost" in said
    assert raised.value.__suppress_context__


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any, **__: Any) -> None:
        raise ModuleNotFoundError(name="psycopg")

    monkeypatch.setattr("unioncore.store.database.create_engine", missing)
    with pytest.raises(MissingPart, match=r"pip install 'psycopg\[binary\]'"):
        database_at("postgresql://me@localhost/x")


def test_a_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "union.db"
    a_store(str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert open_store(file).read().union == UNION


def test_a_commit_of_which_nothing_is_heard_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(f"sqlite:///{tmp_path}/union.db")
    kept = store.read()

    def cut(*_: Any) -> None:
        raise OperationalError("", {}, Exception("the line is dead"), connection_invalidated=True)

    with monkeypatch.context() as patched:
        patched.setattr(store.database.engine.dialect, "do_commit", cut)
        with pytest.raises(StoreFailed, match="whether it was written is not known") as raised:
            store.append(kept, union=MORE)
    assert raised.value.written is None
    assert store.read() == kept


def test_a_writer_waits_for_its_turn_and_not_for_ever(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unioncore.store.database._PATIENCE", 0.1)
    store = a_store(url)
    kept = store.read()
    with store.database.writing():
        assert store.read() == kept  # who reads does not wait
        with pytest.raises(StoreFailed, match="somebody else has been writing"):
            store.append(kept, union=MORE)
    monkeypatch.setattr("unioncore.store.database._PATIENCE", 30)
    patient = init_store(url)  # a store keeps the patience that it was opened with
    ended = threading.Event()

    def write() -> None:
        patient.append(kept, union=MORE)
        ended.set()

    waiting = threading.Thread(target=write)
    with store.database.writing():
        waiting.start()
        assert not ended.wait(0.1)
    waiting.join(20)
    assert ended.is_set()
    assert store.read().state == kept.state + 1


@pytest.mark.store
def test_two_writers_at_once_write_all_that_they_acknowledge(url: str) -> None:
    a_store(url)
    writers = [in_a_process(partial(write_fifty, url, who)) for who in "ab"]
    assert [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in writers] == [0, 0]
    kept = open_store(url).read()
    names = [each.key for each in kept.union.units[1:]]
    assert sorted(names) == sorted(f"{who}{number}" for who in "ab" for number in range(50))
    assert [each for each in names if each[0] == "a"] == [f"a{number}" for number in range(50)]
    assert kept.state == 101


def write_fifty(url: str, who: str) -> None:
    store = open_store(url)
    kept = store.read()
    for number in range(50):
        unit = Unit(key=f"{who}{number}", kind="branch", name=who)
        while True:
            try:
                kept = store.append(kept, union=kept.union.append(unit))
                break
            except Overtaken:
                kept = store.read(kept)


def in_a_process(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.store
def test_a_full_disk_under_sqlite_changes_nothing(tmp_path: Path) -> None:
    store = a_store(f"sqlite:///{tmp_path}/union.db")
    kept = store.read()
    with largest_file(2_000_000), pytest.raises(StoreFailed, match=r"disk|full|I/O"):
        store.append(kept, union=many())
    assert store.read() == kept
    assert store.append(kept, union=many()).union == store.read().union == many()


@pytest.mark.store
def test_a_full_disk_under_postgresql_changes_nothing(cluster: Cluster) -> None:
    store = a_store(cluster.database())
    kept = store.read()
    cluster.stop()
    cluster.start(largest=3_000)
    try:
        with pytest.raises(StoreFailed, match="could not"):
            store.append(kept, union=many())
        assert store.read() == kept
    finally:
        cluster.stop()
        cluster.start()
    assert store.append(kept, union=many()).state == kept.state + 1


@pytest.mark.store
def test_a_wrong_password_is_told_and_not_shown(cluster: Cluster) -> None:
    right = cluster.database()
    wrong = right.replace(cluster.password, "wrong-password")
    with pytest.raises(StoreFailed, match="password authentication failed") as raised:
        init_store(wrong)
    assert "wrong-password" not in f"{raised.value}{raised.value.to_dict()}"


@pytest.mark.store
def test_a_database_that_went_away_is_used_again_when_it_has_come_back(cluster: Cluster) -> None:
    store = a_store(cluster.database())
    kept = store.read()
    cluster.stop()
    with pytest.raises(StoreFailed, match="connection"):
        store.read()
    with pytest.raises(StoreFailed, match="connection"):
        store.append(kept, union=many())
    cluster.start()
    assert store.read() == kept
    with pytest.raises(StoreFailed) as raised, store.database.writing():
        cluster.stop()
    assert raised.value.written is None
    cluster.start()
    assert store.read() == kept
    assert store.append(kept, union=many()).state == kept.state + 1
