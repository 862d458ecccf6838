"""A case is erased only once all of it is known to be due, and what is left names the authority."""

from datetime import date
from pathlib import Path

import attrs
import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from tests.casework import a_union
from tests.synthetic import case_type, source
from unioncore import Rulebook, TomlPlugin, compose
from unioncore.errors import ChangeRefused, Overtaken, UnknownName
from unioncore.model import UNION_TRACK, Case, CaseEvent, Hold, Note, Open
from unioncore.records import write_union
from unioncore.store import (
    Erased,
    Store,
    check_store,
    export_folder,
    import_folder,
    init_store,
    open_store,
)

pytestmark = [pytest.mark.needs_plugins, pytest.mark.slow]

OPENED, CLOSED, LATE = date(2020, 1, 6), date(2020, 5, 15), date(2022, 1, 10)
PLUGIN = source() + case_type(
    "demo.union",
    family="lifecycle",
    transitions='open.close = { to = "closed", actor = "branch_secretary" }',
)
POLICY = source("own", "Retention schedule of branch b") + "".join(
    f"""
[[setting]]
branch = "b"
fact = "retention.{fact}"
value = {value}
period = {{}}
citations = [{{ source = "own" }}]
"""
    for fact, value in (
        ("case_file_months", 12),
        ("working_notes_months", 18),
        ("disposal", "'erase'"),
    )
)
SECRET = "what nobody may read later"


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "types.toml").write_text(PLUGIN, encoding="utf-8")
    return compose(TomlPlugin(folder, prefix="demo"))


def a_case(reference: str) -> Case:
    case = Case(reference=reference, person="ada", branch="b", opened=OPENED, fingerprint="f")
    for each in (
        Open(
            on=OPENED, by="edda", track=UNION_TRACK, case_type="demo.union", version="..", to="open"
        ),
        Note(on=OPENED, by="edda", track=UNION_TRACK, level="ordinary", text=SECRET),
        CaseEvent(on=CLOSED, by="edda", track=UNION_TRACK, event="close", to="closed"),
    ):
        case = case.entered(each)
    return case


@pytest.fixture
def store(url: str, rulebook: Rulebook, tmp_path: Path) -> Store:
    """A store with two closed cases, of a branch with a schedule of retention."""
    policies = {"policies/b.toml": POLICY.encode()}
    cases = [a_case("C-1"), a_case("C-2")]
    write_union(a_union(), tmp_path / "union", policies=policies, cases=cases)
    found = init_store(url, rulebook)
    import_folder(found, tmp_path / "union")
    return found


def test_what_is_not_known_to_be_due_stays(store: Store, url: str, rulebook: Rulebook) -> None:
    kept = store.read()
    early = date(2021, 6, 1)  # the file's period is over, and that of the notes is not
    with pytest.raises(ChangeRefused, match="working-notes: it is due for nothing"):
        store.erase(kept, "C-1", on=early, by="edda")
    with pytest.raises(ChangeRefused, match="nobody in the union's records"):
        store.erase(kept, "C-1", on=LATE, by="nobody")
    with pytest.raises(UnknownName):
        store.erase(kept, "C-3", on=LATE, by="edda")
    held = kept.cases["C-1"].entered(Hold(on=LATE, by="edda", reason="A claim is to come."))
    kept = store.append(kept, cases=[held])
    with pytest.raises(ChangeRefused, match="case-file: it is due for nothing"):
        store.erase(kept, "C-1", on=LATE, by="edda")
    branchless = attrs.evolve(a_case("C-3"), branch="", entries=(), mark="")
    for each in a_case("C-3").entries:
        branchless = branchless.entered(each)
    kept = store.append(kept, cases=[branchless])
    with pytest.raises(ChangeRefused, match="it is not known what is due"):
        store.erase(kept, "C-3", on=LATE, by="edda")
    assert store.read() == kept


def test_a_stub_with_its_authority_is_left(store: Store, url: str, tmp_path: Path) -> None:
    read = store.read()
    export_folder(store, tmp_path / "before")
    kept = store.erase(read, "C-1", on=LATE, by="edda")
    assert set(kept.cases) == {"C-2"}
    assert store.read() == store.read(read) == kept
    stub = kept.erased["C-1"]
    assert (stub.reference, stub.on, stub.by, stub.entries) == ("C-1", LATE, "edda", 3)
    assert stub.mark == read.cases["C-1"].mark
    assert set(stub.kinds) == {"case-file", "working-notes"}
    assert "core.due-for-erasure" in stub.rules
    assert any(each.startswith("Retention schedule of branch b") for each in stub.authority)
    assert Erased.from_dict(stub.to_dict()) == stub
    assert "ada" not in str(stub.to_dict())
    assert [case.reference for case in store.cases()] == ["C-2"]
    assert check_store(store).faults == ()
    with pytest.raises(Overtaken):
        store.erase(read, "C-2", on=LATE, by="edda")
    with pytest.raises(ChangeRefused, match="C-1: this case was erased"):
        store.append(kept, cases=[a_case("C-1")])
    with pytest.raises(ChangeRefused, match="C-1: this case was erased"):
        import_folder(store, tmp_path / "before")
    export_folder(store, tmp_path / "after")
    assert [each.name for each in (tmp_path / "after" / "cases").iterdir()] == ["C-2.json"]


def test_nothing_of_what_was_erased_stays_in_the_file(tmp_path: Path, rulebook: Rulebook) -> None:
    file = tmp_path / "union.db"
    policies = {"policies/b.toml": POLICY.encode()}
    write_union(a_union(), tmp_path / "union", policies=policies, cases=[a_case("C-1")])
    store = init_store(file, rulebook)
    kept = import_folder(store, tmp_path / "union")

    def written() -> bytes:
        return b"".join(each.read_bytes() for each in tmp_path.glob("union.db*"))

    assert SECRET.encode() in written()
    store.erase(kept, "C-1", on=LATE, by="edda")
    assert SECRET.encode() not in written()
    assert open_store(file).read().erased.keys() == {"C-1"}
