"""Writers that are killed, a thousand on each of folder, SQLite and PostgreSQL, lose nothing.

One process forks a writer, lets it write for a moment, and kills it. What the writer had
acknowledged must be there, and everything that is there must be whole.
"""

import contextlib
import itertools
import os
import random
import signal
import struct
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import attrs
import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from tests.store.clusters import Cluster
from unioncore.errors import Overtaken
from unioncore.model import Case, Membership, Note, Person, Union, Unit
from unioncore.records import read_union, write_union
from unioncore.store import Kept, check_store, init_store, open_store

pytestmark = [pytest.mark.store, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

KILLS = 1_000
AFRESH = 100
"""After how many kills a new place is written to, so that a reading stays short."""
DAY = date(2026, 6, 1)


def with_one_more(union: Union) -> Union:
    """Three rows that belong together: a branch, and a person who is its member."""
    number = len(union.units)
    return union.append(
        Unit(key=f"b{number}", kind="branch", name=f"B{number}"),
        Person(key=f"p{number}", name=f"P{number}"),
        Membership(person=f"p{number}", category="full", branch=f"b{number}", start=DAY),
    )


def number_in(union: Union) -> int:
    """How many writings a union holds, each whole and in its place."""
    numbers = range(len(union.units))
    assert [each.key for each in union.units] == [f"b{number}" for number in numbers]
    assert [each.key for each in union.people] == [f"p{number}" for number in numbers]
    assert [each.person for each in union.memberships] == [each.key for each in union.people]
    return len(numbers)


@attrs.define
class InFolder:
    """A union's folder."""

    folder: Path

    def afresh(self) -> None:
        self.folder = self.folder.with_name(f"{self.folder.name}-")
        write_union(Union(key="u"), self.folder)

    def write(self) -> int:
        """Write once more, and return how often it was written."""
        reading = read_union(self.folder)
        union = with_one_more(reading.ok())
        write_union(union, self.folder, after=reading)
        return number_in(union)

    def held(self) -> int:
        return number_in(read_union(self.folder).ok())

    def faults(self) -> tuple[object, ...]:
        return read_union(self.folder).faults


@attrs.define
class InStore:
    """A store, in which each writing adds an entry to a case as well."""

    address: Callable[[], str]
    url: str = ""
    kept: Kept | None = None

    def afresh(self) -> None:
        self.url, self.kept = self.address(), None
        case = Case(reference="C-1", person="p0", branch="b0", opened=DAY, fingerprint="f")
        store = init_store(self.url)
        store.append(store.read(), union=Union(key="u"), cases=[case])

    def write(self) -> int:
        store = open_store(self.url)
        while True:
            self.kept = kept = store.read(self.kept)
            case = kept.cases["C-1"]
            note = Note(on=DAY, by="p0", level="ordinary", text=str(len(case.entries)))
            union = with_one_more(kept.union)
            # A writer that was killed may be overtaken by what the server does for it yet.
            with contextlib.suppress(Overtaken):
                self.kept = store.append(kept, union=union, cases=[case.entered(note)])
                return number_in(self.kept.union)

    def held(self) -> int:
        self.kept = open_store(self.url).read(self.kept)
        texts = [getattr(each, "text", None) for each in self.kept.cases["C-1"].entries]
        number = number_in(self.kept.union)
        assert texts == [str(each) for each in range(number)]
        return number

    def faults(self) -> tuple[object, ...]:
        return check_store(open_store(self.url)).faults


@pytest.fixture(params=["folder", "sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> InFolder | InStore:
    if request.param == "folder":
        return InFolder(tmp_path / "union")
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        return InStore(cluster.database)
    names = (f"sqlite:///{tmp_path / str(number)}.db" for number in itertools.count())
    return InStore(lambda: next(names))


def a_moment(place: InFolder | InStore) -> float:
    """Return how long a writing takes, in seconds."""
    found = []
    for _ in range(5):
        began = time.perf_counter()
        place.write()
        found.append(time.perf_counter() - began)
    return median(found)


def written_until_killed(place: InFolder | InStore, moment: float) -> int:
    """Let a process write until it is killed; return the last writing that it acknowledged."""
    inlet, outlet = os.pipe()
    writer = os.fork()
    if writer == 0:
        with contextlib.suppress(BaseException):
            while True:
                os.write(outlet, struct.pack("i", place.write()))
        os._exit(1)
    os.close(outlet)
    time.sleep(moment)
    os.kill(writer, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(writer, 0)[1]), "the writer came to its end by itself"
    with open(inlet, "rb") as said:
        acknowledged = [each for (each,) in struct.iter_unpack("i", said.read())]
    return max(acknowledged, default=0)


def test_no_writer_that_is_killed_loses_what_it_had_acknowledged(
    place: InFolder | InStore, capsys: pytest.CaptureFixture[str]
) -> None:
    by_chance, written, unsaid = random.Random(18), 0, 0
    for kill in range(KILLS):
        if kill % AFRESH == 0:
            place.afresh()
            longest = 3 * a_moment(place)
            known = place.held()
        acknowledged = max(known, written_until_killed(place, by_chance.uniform(0, longest)))
        held = place.held()
        assert held >= acknowledged
        written, unsaid = written + held - known, unsaid + (held > acknowledged)
        known = held
        if kill % AFRESH == AFRESH - 1:
            assert place.faults() == ()
    with capsys.disabled():
        said = f"{written:,} written, {unsaid:,} of them not acknowledged yet; 0 lost, 0 half there"
        print(f"\n{type(place).__name__}: {KILLS:,} writers killed, {said}")
