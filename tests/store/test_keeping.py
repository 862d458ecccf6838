"""A store holds what was added to it, and nothing that was not."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from sqlalchemy import text, update

from unioncore.errors import (
    BadCase,
    BadUnion,
    NotADay,
    Overtaken,
    StoreFailed,
    WrongArgument,
)
from unioncore.legal import Period
from unioncore.model import Case, CaseEntry, Note, Person, Setting, Union, Unit
from unioncore.store import Kept, Store, init_store, open_store
from unioncore.store.layout import CASE, ENTRY, ROW

DAY = date(2026, 6, 1)
LATER = date(2026, 7, 1)
ODD_DAY: Any = "2000-01-01"
UNION = Union(
    key="u",
    name="Union of the Test",
    kept_until=date(2026, 12, 31),
    units=(
        Unit(key="ash", kind="branch", name="Ash"),
        Unit(key="elm", kind="branch", name="Elm", extra=(("colour", "red"),)),
    ),
    people=(Person(key="p1", name="Test One"), Person(key="p2", name="Test Two", recorded=LATER)),
)
BEECH = Unit(key="beech", kind="branch", name="Beech")


def a_note(words: str, on: date = DAY) -> Note:
    return Note(on=on, by="p1", level="ordinary", text=words)


def a_case(reference: str, *entries: CaseEntry) -> Case:
    case = Case(reference=reference, person="p1", branch="ash", opened=DAY, fingerprint="f")
    for each in entries:
        case = case.entered(each)
    return case


@pytest.fixture
def store(url: str) -> Store:
    return init_store(url)


def test_what_was_added_is_read_back(store: Store) -> None:
    empty = store.read()
    assert (empty.state, empty.union, empty.cases) == (0, Union(key=""), {})
    case = a_case("C-1", a_note("one"), a_note("two \ud800 \x00"))
    kept = store.append(empty, union=UNION, cases=[case])
    assert (kept.state, kept.union, kept.cases) == (1, UNION, {"C-1": case})
    assert store.read() == kept
    assert store.read().cases["C-1"].altered is None


ODD: Any = object()


@pytest.mark.parametrize(
    ("place", "put"),
    [
        ("kept", lambda store, kept: store.read(ODD)),
        ("kept", lambda store, kept: store.append(UNION)),
        ("union", lambda store, kept: store.append(kept, union=ODD)),
        (r"cases\[0\]", lambda store, kept: store.append(kept, cases=["C-1"])),
        ("cases", lambda store, kept: store.append(kept, cases="C-1")),
        ("on", lambda store, kept: store.window(kept, "p1", on="2026-06-01")),
        ("on", lambda store, kept: store.window(kept, "p1", on=datetime(2026, 6, 1))),
        ("roles", lambda store, kept: store.window(kept, "p1", on=DAY, roles="employer")),
        ("on", lambda store, kept: store.erase(kept, "C-1", on="2026-06-01", by="p1")),
        ("kept", lambda store, kept: store.erase(ODD, "C-1", on=DAY, by="p1")),
        ("kept", lambda store, kept: store.turn(ODD)),
        ("known_on", lambda store, kept: store.cases(known_on="2026-06-01")),
        ("known_on", lambda store, kept: store.rows(Person, known_on="2026-06-01")),
        ("kind", lambda store, kept: store.rows(ODD)),
        ("rulebook", lambda store, kept: open_store(store.database.shown, ODD)),
    ],
)
def test_what_is_asked_of_a_store_is_checked(
    store: Store, place: str, put: Callable[[Store, Kept], object]
) -> None:
    kept = store.append(store.read(), union=UNION, cases=[a_case("C-1", a_note("one"))])
    with pytest.raises((WrongArgument, NotADay), match=f"^{place}: expected"):
        put(store, kept)
    assert store.read() == kept


def test_a_value_of_another_type_is_told_with_its_column(store: Store) -> None:
    odd = UNION.append(Person(key="p3", name="Test Three", born=ODD_DAY))
    with pytest.raises(BadUnion, match=r"people\.ndjson:3: born: expected date, got str"):
        store.append(store.read(), union=odd)
    assert store.read().state == 0


def test_only_what_came_since_is_read_again(store: Store) -> None:
    first = store.append(store.read(), union=UNION, cases=[a_case("C-1", a_note("one"))])
    more = first.cases["C-1"].entered(a_note("two"))
    renamed = attrs.evolve(UNION.append(BEECH), name="Another name")
    last = store.append(first, union=renamed, cases=[more, a_case("C-2")])
    assert store.read(first) == store.read() == last
    assert store.read(first).union.people[0] is first.union.people[0]
    assert store.read(last) is last
    assert last.union.name == "Another name"
    assert [len(each.entries) for each in store.cases()] == [2, 0]


def test_settings_stand_in_policies_alone(store: Store) -> None:
    own = Setting("branch", "ash", "some.fact", 5, Period(DAY, None), ())
    kept = store.append(store.read(), union=attrs.evolve(UNION, settings=(own,)))
    assert kept.union == UNION
    assert store.read() == kept


def test_where_nothing_is_new_there_is_no_new_state(store: Store) -> None:
    kept = store.append(store.read(), union=UNION, cases=[a_case("C-1")])
    assert store.append(kept, cases=kept.cases.values()) == kept


def test_whoever_was_overtaken_is_told_and_nothing_is_lost(store: Store) -> None:
    read = store.append(store.read(), union=UNION, cases=[a_case("C-1", a_note("one"))])
    mine = read.cases["C-1"].entered(a_note("mine"))
    other = read.cases["C-1"].entered(a_note("of somebody else"))
    newest = store.append(read, union=UNION, cases=[other])
    with pytest.raises(Overtaken, match="read it again"):
        store.append(read, cases=[mine])
    with pytest.raises(Overtaken, match="read it again"):
        store.append(read, union=UNION.append(BEECH))
    assert store.read() == newest
    again = newest.cases["C-1"].entered(a_note("mine"))
    assert store.append(newest, cases=[again]).cases["C-1"] == again


def test_what_was_entered_cannot_be_changed(store: Store) -> None:
    case = a_case("C-1", a_note("one"), a_note("two"))
    kept = store.append(store.read(), union=UNION, cases=[case])
    renamed = attrs.evolve(UNION.units[0], name="Oak")
    for units, place in (((renamed, UNION.units[1]), 1), (UNION.units[:1], 2)):
        with pytest.raises(BadUnion, match=f"units:{place}: the store has another row"):
            store.append(kept, union=attrs.evolve(UNION, units=units))
    cases = (
        (
            a_case("C-1", a_note("another"), a_note("two")),
            "entries[0]: it is not as it was entered",
        ),
        (a_case("C-1", a_note("one")), "entries[1]: it is not as it was entered"),
        (attrs.evolve(case, person="p2"), "C-1: it is not as it was opened"),
        (attrs.evolve(a_case("C-2", a_note("one")), mark=""), "C-2: entries[1]: it is not as"),
    )
    for wrong, said in cases:
        with pytest.raises(BadCase, match=re.escape(said)):
            store.append(kept, union=UNION, cases=[wrong])
    assert store.read() == kept


def test_a_row_that_would_not_read_back_is_refused_and_the_rest_with_it(store: Store) -> None:
    kept = store.append(store.read(), union=UNION)
    for name in ("=1+1", "", "Be\nech", "Beech "):
        with pytest.raises(BadUnion, match=r"units\.ndjson:4"):
            store.append(kept, union=UNION.append(BEECH, attrs.evolve(BEECH, name=name)))
    assert store.read() == kept


def test_the_unions_own_columns_are_kept(store: Store) -> None:
    kept = store.append(store.read(), union=UNION)
    own = attrs.evolve(BEECH, extra=(("number of doors", "2"),))
    kept = store.append(kept, union=UNION.append(own))
    assert dict(kept.records.extra) == {"units": ("colour", "number of doors")}
    assert store.read().union.units[-1] == own


def test_rows_and_cases_come_one_after_another_as_they_were_known(store: Store) -> None:
    case = a_case("C-1", a_note("one"), a_note("two", LATER))
    later = attrs.evolve(a_case("C-2"), opened=LATER)
    store.append(store.read(), union=UNION, cases=[case, later])
    assert list(store.rows(Person)) == list(UNION.people)
    assert list(store.rows(Person, known_on=DAY)) == [UNION.people[0]]
    assert list(store.rows(Unit)) == list(UNION.units)
    assert list(store.cases()) == [case, later]
    assert list(store.cases(known_on=DAY)) == [case.known_on(DAY)]


def test_an_entry_that_was_changed_in_the_database_is_found(store: Store) -> None:
    case = a_case("C-1", a_note("one"), a_note("two"))
    kept = store.append(store.read(), union=UNION, cases=[case])
    with store.database.engine.begin() as connection:
        there = ENTRY.c.place == 1
        changed = '{"act": "note", "on": "2026-06-01", "by": "p1", "text": "other"}'
        connection.execute(update(ENTRY).where(there).values(content=changed))
    with pytest.raises(BadCase, match=r"case C-1: entries\[1\]\.level: ") as raised:
        store.read()
    assert "two" not in str(raised.value)
    with store.database.engine.begin() as connection:
        changed = changed.replace("}", ', "level": "ordinary"}')
        connection.execute(update(ENTRY).where(there).values(content=changed))
    with pytest.raises(BadCase, match=r"case C-1: entries\[1\]: it is not as it was entered"):
        store.read()
    assert store.read(kept) is kept


def test_a_turn_needs_a_rulebook(store: Store) -> None:
    with pytest.raises(WrongArgument, match="rulebook"), store.turn():
        pass


def test_an_older_copy_of_the_database_is_read_from_the_beginning(store: Store) -> None:
    kept = store.append(store.read(), union=UNION)
    ahead = attrs.evolve(kept, state=7, cases={"C-1": a_case("C-1")})
    assert store.read(ahead) == kept
    with pytest.raises(Overtaken):
        store.append(ahead, union=UNION)


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="unioncore store init"):
        open_store(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreFailed, match="No such file"):
        init_store(tmp_path / "folder" / "none.db")


def test_a_store_of_another_format_is_not_touched(store: Store, url: str) -> None:
    init_store(url)
    assert open_store(url).read().state == 0
    for found, said in (("0", "bring it to 1"), ("99", "this version of unioncore knows 1")):
        with store.database.engine.begin() as connection:
            connection.execute(text(f"UPDATE unioncore_format SET version_num = '{found}'"))
        with pytest.raises(StoreFailed, match=said):
            open_store(url)
    with pytest.raises(StoreFailed, match="knows 1"):
        init_store(url)


def test_no_value_and_no_password_is_in_what_is_said(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: Kept = store.append(store.read(), union=UNION)
    with store.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE unioncore_row"))
    with pytest.raises(StoreFailed) as raised:
        store.append(kept, union=UNION.append(BEECH))
    said = f"{raised.value} {store!r} {raised.value.to_dict()}"
    password = url.partition("//")[2].partition("@")[0].rpartition(":")[2]
    assert "Beech" not in said
    assert url.startswith("sqlite") or password not in said
    assert raised.value.__suppress_context__
    assert {CASE.name, ROW.name} == {"unioncore_case", "unioncore_row"}
