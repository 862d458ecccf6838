"""A ballot of the records: its list, its papers and its notices."""

from datetime import date
from typing import Any

import attrs
import pytest
from tests.answers.action.test_ballot_lists import BASE, LONG_AGO, a_job, a_member
from tests.books import core

from unioncore.answers import (
    BallotList,
    recorded_ballot_list,
    recorded_ballot_notice,
    recorded_ballot_papers,
)
from unioncore.errors import BadFacts, UnknownName
from unioncore.model import (
    ActionBallot,
    Arrears,
    BallotCheck,
    BallotDecision,
    BallotPaper,
    PaymentMethod,
    Union,
)

OPENS, CLOSES, AFTER = date(2026, 3, 2), date(2026, 3, 27), date(2026, 4, 10)
BALLOT = ActionBallot(
    key="one",
    employer="e",
    categories="porter; nurse",
    workplaces="north;",
    opens=OPENS,
    closes=CLOSES,
    action_from=date(2026, 4, 20),
    papers_returned=2,
    yes=2,
    no=0,
    accidental=True,
)


def a_union(ballot: ActionBallot = BALLOT) -> Union:
    """Return a ballot of five: d is in arrears, and e works at another place."""
    rows: list[Any] = [ballot]
    for key in "abcde":
        rows += [*a_member(key), a_job(key, workplace="south" if key == "e" else "north")]
    rows += [
        Arrears(person="d", start=LONG_AGO),
        BallotPaper(ballot="one", person="a", sent=OPENS),
        BallotPaper(ballot="one", person="b", sent=OPENS, undelivered=date(2026, 3, 9)),
        BallotPaper(ballot="one", person="e", sent=OPENS),
        PaymentMethod(person="a", method="check-off", employer="e", start=LONG_AGO),
    ]
    return BASE.append(*rows)


def test_the_list_is_that_of_the_record() -> None:
    found = recorded_ballot_list(core(), a_union().on(OPENS), "one")
    assert found.entitled == ("a", "b", "c")
    assert found.out == {"workplace-not-called-on": ("e",)}
    assert found.doubtful == {"arrears-not-verified": ("d",)}
    assert [each.by_check_off for each in found.cells] == [1]


def test_the_list_goes_by_the_days_of_the_record() -> None:
    def listed(ballot: ActionBallot, *more: Any) -> BallotList:
        return recorded_ballot_list(core(), a_union(ballot).append(*more).on(OPENS), "one")

    found = listed(attrs.evolve(BALLOT, cut_off=date(2026, 2, 20)))
    assert (found.cut_off, found.action_from) == (date(2026, 2, 20), date(2026, 4, 20))
    assert (listed(BALLOT).cut_off, listed(BALLOT).on) == (None, OPENS)


@pytest.mark.parametrize(("nation", "known"), [("", True), ("Northern Ireland", False)])
def test_the_law_is_that_of_the_nation_of_the_employer(nation: str, known: bool) -> None:
    """Of Northern Ireland no law on how a vote is held is in the library."""
    employers = tuple(attrs.evolve(each, nation=nation) for each in BASE.employers)
    union = attrs.evolve(a_union(), employers=employers)
    found = recorded_ballot_list(core(), union.on(OPENS), "one")
    assert found.means_lawful.known is known


def test_a_decision_settles_a_doubt_from_its_day_and_the_last_one_counts() -> None:
    def decided(day: date, how: str) -> BallotDecision:
        return BallotDecision(ballot="one", person="d", day=day, decided=how, after="asked-member")

    union = a_union().append(decided(date(2026, 3, 3), "out"), decided(date(2026, 3, 5), "in"))
    on = [recorded_ballot_list(core(), union.on(date(2026, 3, day)), "one") for day in (2, 3, 5)]
    assert [each.places()["d"].partition(",")[0] for each in on] == ["doubtful", "out", "in"]
    certain = union.append(attrs.evolve(decided(date(2026, 3, 4), "in"), person="e"))
    assert "e" not in recorded_ballot_list(core(), certain.on(AFTER), "one").entitled


def test_papers_beside_the_list_and_the_result() -> None:
    found = recorded_ballot_papers(core(), a_union().on(AFTER), "one")
    assert (found.despatch.missed, found.despatch.in_error) == (("b", "c"), ("e",))
    assert (found.failures.missed, found.failures.wrongly_balloted) == (3, 1)
    assert found.failures.could_change_majority.value is True
    assert "counts the doubtful" in found.to_text()
    assert not any(f"'{key}'" in str(found.to_dict()) for key in "abcde")


def test_a_paper_that_came_back_on_the_day_was_not_delivered() -> None:
    found = recorded_ballot_papers(core(), a_union().on(date(2026, 3, 9)), "one")
    assert found.despatch.missed == ("b", "c")


def test_the_doubtful_who_were_sent_a_paper_count_as_wrongly_balloted() -> None:
    union = a_union().append(BallotPaper(ballot="one", person="d", sent=OPENS))
    found = recorded_ballot_papers(core(), union.on(AFTER), "one")
    assert (found.failures.missed, found.failures.wrongly_balloted) == (2, 2)
    counted = "what follows counts the doubtful as missed, or as sent a paper in error"
    parts = (found.despatch.to_text(), counted, found.failures.to_text())
    assert found.to_text() == "\n".join(parts)


def test_before_the_close_there_is_no_result_and_papers_not_back_count_as_delivered() -> None:
    found = recorded_ballot_papers(core(), a_union().on(date(2026, 3, 8)), "one")
    assert found.failures.margin is None
    assert found.despatch.missed == ("c",)


def test_who_leaves_the_union_after_the_close_was_entitled_all_the_same() -> None:
    union = a_union()
    rows = [each for each in union.memberships if each.person != "a"]
    union = attrs.evolve(union, memberships=tuple(rows))
    (_, gone) = a_member("a")
    union = union.append(attrs.evolve(gone, end=date(2026, 4, 1)))
    assert "a" not in recorded_ballot_papers(core(), union.on(AFTER), "one").despatch.in_error


def test_a_notice_takes_its_numbers_and_its_explanation_from_the_records() -> None:
    day = date(2026, 2, 10)
    check = BallotCheck(ballot="one", what="list-made", day=date(2026, 2, 9), looked_at=5)
    now = a_union().append(check).on(day)
    found = recorded_ballot_notice(core(), now, "one", "ballot", received=date(2026, 2, 17))
    assert (found.total, found.by_category, found.by_workplace) == (3, {"porter": 3}, {"North": 3})
    assert "On 9 February 2026 the list was made, for 5 members." in found.explanation
    assert not found.ready.known
    off = recorded_ballot_notice(
        core(), now, "one", "ballot", received=date(2026, 2, 17), check_off=True
    )
    assert (off.total, off.by_check_off) == (2, 1)
    told = f"{found.to_text()} {found.to_dict()}"
    assert not any(f"'{key}'" in told or f" {key}\n" in told for key in "bcde")
    assert "Test" not in told


def test_what_cannot_be_asked() -> None:
    now = a_union(attrs.evolve(BALLOT, action_from=None)).on(OPENS)
    with pytest.raises(BadFacts, match="action_from"):
        recorded_ballot_notice(core(), now, "one", "action", received=OPENS)
    with pytest.raises(UnknownName, match="one"):
        recorded_ballot_list(core(), now, "onee")
