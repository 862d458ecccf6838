"""Who was missed, and whether that could have changed a result in the worst case."""

from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.books import core

from unioncore.answers import BallotFailures, ballot_failures, ballot_result, despatch
from unioncore.errors import BadFacts
from unioncore.legal import Jurisdiction
from unioncore.model import Ballot

GB = Jurisdiction.parse("GB")
OPENED = date(2026, 3, 2)
KEYS = st.sets(st.sampled_from("abcdef"))


def result(**counts: int | Decimal) -> Ballot:
    return Ballot(nation=GB, opened=OPENED, statutory=True, **counts)


def of_2019(*, important: bool) -> Ballot:
    """Return a ballot of when an important public service needed 40 per cent of all entitled."""
    counts = {"entitled": 100, "papers_returned": 60, "yes": 40, "no": 20}
    opened = date(2019, 6, 3)
    return attrs.evolve(result(**counts), opened=opened, important_public_service=important)


def failed(ballot: Ballot, missed: int, wrongly: int = 0) -> BallotFailures:
    return ballot_failures(core(), ballot, missed=missed, wrongly_balloted=wrongly, accidental=True)


@given(entitled=KEYS, sent=KEYS, back=KEYS, doubtful=KEYS)
def test_missed_and_in_error_are_what_differs(
    entitled: set[str], sent: set[str], back: set[str], doubtful: set[str]
) -> None:
    doubtful -= entitled
    back &= sent
    found = despatch(sorted(entitled), sorted(sent), returned=back, doubtful=sorted(doubtful))
    assert {*found.missed} == entitled - (sent - back)
    assert {*found.in_error} == sent - entitled - doubtful
    assert {*found.doubtful_sent} | {*found.doubtful_not_sent} == doubtful
    assert found.members_missed == len(found.missed)
    assert not any(f"'{key}'" in f"{found.to_dict()} {found!r}" for key in "abcdef")


@settings(max_examples=50)
@given(
    yes=st.integers(0, 30),
    no=st.integers(0, 30),
    missed=st.integers(0, 20),
    wrongly=st.integers(0, 20),
)
def test_what_could_not_change_the_majority_does_not_in_any_lesser_case(
    yes: int, no: int, missed: int, wrongly: int
) -> None:
    found = failed(result(yes=yes, no=no), missed, wrongly)
    least, most = max(yes - wrongly, 0), no + missed
    assert (found.worst_yes, found.worst_no) == (least, most)
    assert found.could_change_majority.value is (yes > no and not least > most)
    if yes > no and not found.could_change_majority.value:
        for some in range(missed + 1):
            other = ballot_result(core(), result(yes=yes - min(wrongly, yes), no=no + some))
            assert other.majority_yes.value


def test_a_wrong_paper_leaves_the_turnout_too() -> None:
    ballot = result(entitled=100, papers_returned=50, yes=40, no=10)
    assert failed(ballot, 0, 1).worst_turnout.value == "not-met"  # 49 of 99
    assert failed(ballot, 0, 1).could_change_turnout.value is True
    assert failed(ballot, 0, 1).disregarded.value is False
    assert failed(result(entitled=98, papers_returned=50, yes=40, no=10), 0, 1).disregarded.value


def test_the_support_that_a_public_service_needed_is_tested_likewise() -> None:
    found = failed(of_2019(important=True), 1)
    assert (found.support.value, found.worst_support.value) == ("met", "not-met")
    assert found.disregarded.value is False


def test_what_was_lost_in_any_case_is_not_lost_by_failures() -> None:
    found = failed(result(yes=10, no=20), 5)
    assert found.could_change_majority.value is False
    assert found.votes_that_turn_it is None


def test_without_the_number_of_those_missed_it_is_not_known() -> None:
    found = ballot_failures(core(), result(yes=30, no=10), wrongly_balloted=0, accidental=True)
    assert not found.could_change_majority.known
    assert not found.disregarded.known
    assert "not known how many missed" in found.to_text()


def test_published_shares_stand_in_for_counts_by_the_worse_end_of_rounding() -> None:
    shares = {"turnout_pct_reported": Decimal(50), "yes_pct_reported": Decimal(60)}
    found = failed(result(entitled=1000, **shares), 10)
    # 49.5 per cent of 1,000, and of those at least 59.5 per cent; at most 50.5 and 40.5 per cent.
    assert (found.worst_yes, found.worst_no) == (295, 204 + 10)


def test_a_paper_that_is_no_yes_is_a_no_at_most() -> None:
    """Of 60 papers 40 are Yes: at most 20 are No, and of 3 who were missed all may be."""
    assert failed(result(entitled=100, papers_returned=60, yes=40), 3).worst_no == 23


def test_a_paper_in_error_may_have_been_a_no() -> None:
    found = failed(result(entitled=100, papers_returned=50, yes=0, no=50), 0, 1)
    assert found.worst_turnout.value == "not-met"  # 49 of 99


def test_what_is_not_required_cannot_be_lost() -> None:
    found = failed(of_2019(important=False), 30)
    assert found.support.value == "not-required"
    assert found.could_change_support.because[0].text == "none is required"
    assert "disregarded by the law: no" in found.to_text()


def test_the_answer_says_that_the_test_is_stricter_than_the_law() -> None:
    found = failed(result(yes=30, no=10), 1)
    assert any("stricter than section 232B" in each for each in found.disregarded.warnings)
    assert "stricter than section 232B" in found.to_text()


def test_a_number_that_is_no_count_is_refused() -> None:
    with pytest.raises(BadFacts):
        failed(result(yes=3, no=1), -1)
