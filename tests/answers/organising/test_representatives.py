"""What training allows, and the way from contact to specialist; a day that is missing is no day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.synthetic import source

import unioncore
from unioncore.answers import RepStanding, RepTraining, rep_standing
from unioncore.errors import UnknownName

ON = date(2025, 2, 1)
RULES = """
[[rule]]
key = "demo.certificate"
decides = "training.last_day"
counted = "terms"
when = "training.kind == 'certificate'"
period = { start = 2020-01-01 }
compute = "last_day_of_months(training.done, 60)"
because = "the union says so"
citations = [{ source = "s" }]

[[rule]]
key = "demo.data-protection"
decides = "training.last_day"
counted = "terms"
when = "training.kind == 'data-protection'"
period = { start = 2020-01-01 }
compute = "last_day_of_months(training.done, 12)"
because = "the union says so"
citations = [{ source = "s" }]

[[rule]]
key = "demo.introductory"
decides = "training.due_by"
counted = "terms"
when = "training.kind == 'introductory'"
period = { start = 2020-01-01 }
compute = "months_after(training.appointed, 12)"
because = "the union says so"
citations = [{ source = "s" }]
"""
SOURCE = source()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> unioncore.Rulebook:
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo.toml").write_text(SOURCE + RULES, encoding="utf-8")
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


def standing(book: unioncore.Rulebook, rep: RepTraining, on: date = ON) -> RepStanding:
    return rep_standing(book, rep, on=on)


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
