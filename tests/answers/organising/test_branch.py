"""How a branch stands: exact shares, and not known where a count or a day is missing."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything
from tests.synthetic import source

import unioncore
from unioncore.answers import (
    EmployerCount,
    Pattern,
    RepStanding,
    RepTraining,
    Withheld,
    committee_representative,
    density,
    movement,
    percent,
    publish_counts,
    rep_standing,
)
from unioncore.errors import BadFacts, UnknownName

ON = date(2025, 2, 1)
RULES = "".join(
    f"""
[[rule]]
key = "demo.{key}"
decides = "training.months"
when = "training.kind == '{key}'"
period = {{ start = 2020-01-01 }}
value = {months}
because = "the union says so"
citations = [{{ source = "s" }}]
"""
    for key, months in (("certificate", 60), ("introductory", 12), ("data-protection", 12))
)
SOURCE = source()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> unioncore.Rulebook:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo.toml").write_text(SOURCE + RULES, encoding="utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


def standing(book: unioncore.Rulebook, rep: RepTraining, on: date = ON) -> RepStanding:
    return rep_standing(book, rep, on=on)


# -- shares ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "places", "expected"),
    [
        (Fraction(1, 3), 1, "33.3"),
        (Fraction(1, 8), 1, "12.5"),
        (Fraction(1, 16), 1, "6.3"),  # 6.25: half up
        (Fraction(1, 3), 0, "33"),
        (Fraction(1), 2, "100.00"),
        (None, 1, None),
    ],
)
def test_percentages_are_rounded_half_up(
    share: Fraction | None, places: int, expected: str | None
) -> None:
    assert percent(share, places) == (None if expected is None else Decimal(expected))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_the_density_of_the_branch_lies_between_those_of_its_employers(
    counts: list[tuple[int, int]],
) -> None:
    found = density(
        EmployerCount(f"e{number}", members, members + outside)
        for number, (members, outside) in enumerate(counts)
    )
    shares = [share for share in found.by_employer.values() if share is not None]
    if found.branch is not None:
        assert min(shares) <= found.branch <= max(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_where_a_workforce_is_missing_only_that_share_and_the_whole_are() -> None:
    found = density([EmployerCount("a", 5, 10), EmployerCount("b", 3)])
    assert found.by_employer == {"a": Fraction(1, 2), "b": None}
    assert (found.branch, found.most_to_organise) == (None, ())


def test_equal_workforces_are_both_named_and_nobody_is_nothing() -> None:
    assert density([EmployerCount("a", 5, 10), EmployerCount("b", 3, 8)]).most_to_organise == (
        "a",
        "b",
    )
    assert density([EmployerCount("a", 5, 5)]).most_to_organise == ()
    assert density([EmployerCount("a", 0, 0)]).branch is None


def test_counts_that_cannot_be_are_refused() -> None:
    for members, workforce in ((-1, 5), (6, 5)):
        with pytest.raises(BadFacts):
            EmployerCount("a", members, workforce)
    with pytest.raises(BadFacts, match="each employer once"):
        density([EmployerCount("a", 1, 2), EmployerCount("a", 1, 2)])


# -- representatives -------------------------------------------------------------------------------


def test_what_was_not_recorded_is_not_taken_for_never(book: unioncore.Rulebook) -> None:
    never = standing(book, RepTraining("R", elected=date(2024, 1, 1)))
    assert never.may_take_casework.value is False
    assert never.data_training_current.value is False
    unsure = standing(
        book,
        RepTraining(
            "R",
            elected=date(2024, 1, 1),
            not_recorded=frozenset({"certified", "data_training", "introductory"}),
        ),
    )
    for answer in (
        unsure.may_take_casework,
        unsure.data_training_current,
        unsure.introductory_in_time,
    ):
        assert not answer.known
        assert answer.missing


def test_an_election_without_a_day_and_a_day_to_come(book: unioncore.Rulebook) -> None:
    assert standing(book, RepTraining("R")).introductory_in_time.missing == ("elected",)
    trained = RepTraining("R", introductory=date(2021, 5, 1))
    assert standing(book, trained).introductory_in_time.value is True
    later = RepTraining("R", certified=date(2025, 2, 2))
    assert standing(book, later).may_take_casework.value is False


def test_before_the_scheme_it_is_not_known_how_long_a_certificate_lasts(
    book: unioncore.Rulebook,
) -> None:
    rep = RepTraining("R", certified=date(2019, 1, 1))
    assert not standing(book, rep, date(2019, 12, 31)).may_take_casework.known
    # Without one there is nothing to last.
    assert standing(book, RepTraining("R"), date(2019, 12, 31)).may_take_casework.value is False


def test_a_slip_in_a_name_is_told(book: unioncore.Rulebook) -> None:
    with pytest.raises(UnknownName, match="certified"):
        RepTraining("R", not_recorded=frozenset({"certifed"}))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_certificate_never_comes_back_by_waiting(
    book: unioncore.Rulebook, certified: date, on: date
) -> None:
    rep = RepTraining("R", certified=certified)
    if certified <= on and not standing(book, rep, on).may_take_casework.value:
        assert not standing(book, rep, date(on.year + 1, 1, 1)).may_take_casework.value


# -- the committee ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unison() -> unioncore.Rulebook:
    return everything()


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("officers", "employers", "expected"),
    [
        ({"chair": "a", "secretary": "a"}, ["a", "b"], False),
        ({"chair": "a", "secretary": "b"}, ["a", "b"], True),
        ({"chair": "a"}, ["a"], True),
        ({"chair": "a", "secretary": "b"}, ["a", "b", "c"], None),
        ({"chair": "a", "secretary": None}, ["a", "b"], None),
        ({}, ["a"], None),
    ],
)
def test_a_committee(
    unison: unioncore.Rulebook,
    officers: dict[str, str | None],
    employers: list[str],
    expected: bool | None,
) -> None:
    found = committee_representative(unison, officers, employers, on=ON)
    assert (found.value if found.known else None) is expected
    assert found.known or found.reason
    assert not found.known or found.because[1].citations


@pytest.mark.needs_plugins
def test_where_some_employers_have_no_officer_the_branch_judges(
    unison: unioncore.Rulebook,
) -> None:
    found = committee_representative(unison, {"chair": "a", "secretary": "b"}, "abc", on=ON)
    assert found.reason == (
        "no officer is from c; whether the committee represents the members of such an employer "
        "is for the branch to judge"
    )


def test_without_the_rules_of_a_union_nothing_says_whom_a_committee_represents(
    book: unioncore.Rulebook,
) -> None:
    found = committee_representative(book, {"chair": "a"}, ["a"], on=ON)
    assert not found.known
    assert "no plugin that is loaded decides" in found.reason


def test_an_officer_of_no_employer_of_the_branch_is_told(book: unioncore.Rulebook) -> None:
    with pytest.raises(UnknownName, match="council"):
        committee_representative(book, {"chair": "counsil"}, ["council"], on=ON)


# -- who joins and leaves --------------------------------------------------------------------------


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_three_of_the_four_counts_give_the_year(start: int, joiners: int, more: int) -> None:
    leavers = min(more, start + joiners)
    end = start + joiners - leavers
    whole = movement(at_start=start, at_end=end, joiners=joiners, leavers=leavers)
    assert whole.net_change == end - start
    assert movement(at_start=None, at_end=end, joiners=joiners, leavers=leavers) == whole
    assert movement(at_start=start, at_end=None, joiners=joiners, leavers=leavers) == whole
    partly = movement(at_start=start, at_end=end, joiners=None, leavers=leavers)
    assert (partly.net_change, partly.leaver_rate) == (whole.net_change, whole.leaver_rate)
    assert partly.joiner_rate is None


def test_what_is_missing_or_does_not_add_up() -> None:
    nothing = movement(at_start=None, at_end=None, joiners=3, leavers=None)
    assert (nothing.net_change, nothing.average, nothing.joiner_rate) == (None, None, None)
    assert movement(at_start=0, at_end=0, joiners=0, leavers=0).leaver_rate is None
    with pytest.raises(BadFacts, match="at_end"):
        movement(at_start=10, at_end=12, joiners=1, leavers=0)
    with pytest.raises(BadFacts, match="leavers"):
        movement(at_start=10, at_end=None, joiners=1, leavers=-1)


# -- what goes out ---------------------------------------------------------------------------------

ROWS = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=4)


@given(ROWS)
def test_no_small_count_goes_out_nor_can_be_subtracted(
    book: unioncore.Rulebook, rows: list[list[int]]
) -> None:
    counts = {
        f"e{number}": dict(zip(("pay", "moved", "other"), row, strict=True))
        for number, row in enumerate(rows)
    }
    found = publish_counts(book, counts, rows="employer", columns="reason", on=ON, protected=False)
    if isinstance(found, Withheld):
        return
    for row, cells, total in zip(rows, found.cells, found.row_totals, strict=True):
        shown = [value for value, cell in zip(row, cells, strict=True) if cell is not None]
        assert all(value >= found.smallest for value in shown)
        # One hidden count beside a total that is shown would be known.
        assert total is None or len(row) - len(shown) != 1


def test_small_counts_need_to_know_whether_they_are_of_a_protected_kind(
    book: unioncore.Rulebook,
) -> None:
    counts = {"a": {"pay": 50, "moved": 60}}
    unknown = publish_counts(book, counts, rows="employer", columns="reason", on=ON)
    assert isinstance(unknown, Withheld)
    assert isinstance(
        publish_counts(book, counts, rows="employer", columns="reason", on=ON, protected=True),
        Pattern,
    )
    assert isinstance(publish_counts(book, {}, rows="a", columns="b", on=ON), Withheld)
    with pytest.raises(BadFacts, match="zero or more"):
        publish_counts(book, {"a": {"pay": -1}}, rows="a", columns="b", on=ON, protected=False)
