"""A window shows what the rules open to its viewer, and what was shown is entered in the case."""

from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from tests.books import everything
from tests.casework import DAY, a_case, a_union, add, entry
from unioncore.answers import view
from unioncore.errors import EntryRefused, WrongArgument
from unioncore.model import Assign, Disclose, Note
from unioncore.store import Kept, Store, init_store
from unioncore.store.adding import Records

pytestmark = [pytest.mark.needs_plugins, pytest.mark.slow]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with a case of which Cato represents, and one that is none of Cato's."""
    book = everything()
    given = entry(Assign, person="cato", role="steward")
    closed = entry(Note, by="cato", level="closed", text="Only a share opens it.")
    mine = add(book, a_case(book), given, closed)
    store = init_store(tmp_path / "union.db", book)
    store.append(store.read(), union=a_union(), cases=[mine, a_case(book, "C-2", "bela")])
    return store


@pytest.fixture
def kept(store: Store) -> Kept:
    return store.read()


def test_a_window_shows_what_a_view_shows(store: Store, kept: Kept) -> None:
    desk = kept.desk(everything())
    window = store.window(kept, "cato", on=DAY)
    seen = view(everything(), desk.case("C-1"), desk.viewer("C-1", "cato", on=DAY), on=DAY)
    assert seen.compartments
    assert window.view("C-1") == seen
    assert list(window.views()) == [seen]
    assert {each.track for each in window.deadlines("C-1")} <= {each.key for each in seen.tracks}
    assert window.deadlines("C-1")
    assert "Only a share" not in f"{window!r}{window.view('C-1').to_dict()}"


def test_a_case_that_is_closed_looks_like_one_that_is_not_there(store: Store, kept: Kept) -> None:
    window = store.window(kept, "cato", on=DAY)
    assert window.view("C-2") == window.view("C-99")
    assert window.deadlines("C-2") == window.deadlines("C-99") == ()
    member = store.window(kept, "bela", on=DAY)
    assert [each.reference for each in member.views()] == ["C-2"]
    stranger = store.window(kept, "", on=DAY)
    assert list(stranger.views()) == []


def test_what_is_shown_is_entered_in_the_same_turn(store: Store, kept: Kept) -> None:
    with store.turn(kept) as turn:
        seen = turn.show("C-1", "cato", on=DAY, by="cato", reason="to prepare the meeting")
        nothing = turn.show("C-2", "cato", on=DAY, by="cato", reason="curiosity")
    assert seen == store.window(kept, "cato", on=DAY).view("C-1")
    assert nothing.reference == ""
    cases = store.read().cases
    logged = [each for each in cases["C-1"].entries if isinstance(each, Disclose)]
    assert [(each.person, each.compartment) for each in logged] == [
        ("cato", compartment) for compartment in seen.compartments
    ]
    assert cases["C-2"] == kept.cases["C-2"]


def test_where_it_cannot_be_entered_nothing_is_shown(store: Store, kept: Kept) -> None:
    def shown() -> None:
        with store.turn(kept) as turn:
            turn.show("C-1", "cato", on=DAY, by="nobody", reason="r")

    with pytest.raises(EntryRefused):
        shown()
    assert store.read() == kept


def test_a_window_needs_a_rulebook(tmp_path: Path) -> None:
    store = init_store(tmp_path / "union.db")
    kept = Kept(state=0, records=Records(a_union()))
    with pytest.raises(WrongArgument, match="rulebook"):
        store.window(kept, "cato", on=date(2025, 1, 1))
