"""What is held on a person is found wherever a record or a case names them."""

from datetime import date
from importlib import resources

import pytest
from tests.books import everything
from tests.casework import DAY, LONG_AGO, a_case, a_union, add, at_desk, entry

from unioncore import Rulebook, read_union
from unioncore.answers import HeldAt, held_on
from unioncore.errors import UnknownName
from unioncore.model import Assign, Membership, Note

pytestmark = pytest.mark.needs_plugins


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return everything()


def test_everything_in_a_case_of_their_own_and_each_entry_that_names_them(book: Rulebook) -> None:
    case = add(
        book,
        a_case(book),
        entry(Assign, person="cato", role="steward", by="edda"),
        entry(Note, level="closed", text="About the meeting"),
    )
    other = a_case(book, "C-2", "cato")
    found = held_on(at_desk(book, case, other), "cato")
    assert [each for each in found if each.where in ("C-1", "C-2")] == [
        HeldAt("C-1", 2, "assign", "person", DAY),
        HeldAt("C-2", None, "case", "person", DAY),
        HeldAt("C-2", 0, "open", "case", DAY),
        HeldAt("C-2", 1, "open", "case", DAY),
    ]
    mine = held_on(at_desk(book, case, other), "ada")
    assert [each.number for each in mine if each.where == "C-1"] == [None, 0, 1, 2, 3]
    assert not any(each.where == "C-2" for each in mine)
    by = [each for each in held_on(at_desk(book, case), "edda") if each.where == "C-1"]
    assert [(each.number, each.because) for each in by] == [(n, "by") for n in range(4)]


def test_rows_that_were_corrected_or_struck_are_held_as_well(book: Rulebook) -> None:
    wrong = Membership(
        person="ada", category="full", branch="office", start=LONG_AGO, recorded=DAY, struck=True
    )
    found = held_on(at_desk(book, union=a_union().append(wrong)), "ada")
    assert [(each.where, each.because) for each in found] == [
        ("people", "key"),
        ("memberships", "person"),
        ("memberships", "person"),
        ("jobs", "person"),
    ]


def test_it_is_what_a_search_of_the_files_finds(book: Rulebook) -> None:
    """Each line of the shipped tables in which a member's key stands, and no other."""
    folder = resources.files("unioncore_unison") / "example_union"
    union = read_union(folder, book).ok()
    for person in ("M0011", "M0055", "M0903"):
        lines = sorted(
            (file.name.removesuffix(".csv"), number)
            for file in folder.iterdir()
            if file.name.endswith(".csv")
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()[1:])
            if person in line.split(",")
        )
        assert (
            sorted(
                (each.where, each.number) for each in held_on(at_desk(book, union=union), person)
            )
            == lines
        )


def test_of_somebody_whom_nothing_names_it_is_no_empty_list(book: Rulebook) -> None:
    with pytest.raises(UnknownName):
        held_on(at_desk(book), "nobody")


def test_what_it_prints_names_nobody(book: Rulebook) -> None:
    first = held_on(at_desk(book, a_case(book)), "ada")[-3]
    assert repr(first) == "<HeldAt C-1, case>"
    assert isinstance(first.day, date)
