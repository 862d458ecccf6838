"""What a ballot and a notice together allow: the law of Great Britain of 2019, by hand.

A ballot closed on 28 June 2019 supports action for six months, to 27 December, by section 234(1) of
the Trade Union and Labour Relations (Consolidation) Act 1992. A notice is of 14 days, or of 7 by
agreement: section 234A(4).
"""

from datetime import date
from typing import Any

import pytest
from tests.books import core

from unioncore import Answer
from unioncore.answers import (
    ActionDays,
    Judged,
    action_supported,
    judge,
    lawful_action_days,
    mandate,
    notice_dates,
    readiness,
    regimes,
)
from unioncore.errors import BadFacts, UnknownName
from unioncore.legal import Jurisdiction
from unioncore.model import Ballot

OPENED, CLOSED, RECEIVED = date(2019, 6, 3), date(2019, 6, 28), date(2019, 7, 1)
LAST = date(2019, 12, 27)


def ballot(**given: Any) -> Ballot:
    settled = {"statutory": True, "important_public_service": False}
    return Ballot(
        nation=Jurisdiction.parse("GB"), opened=OPENED, closed=CLOSED, **{**settled, **given}
    )


def judged(of: Ballot, **given: Any) -> Judged:
    return judge(core(), of, **{"agreed_extension": False, **given})


WON = ballot(entitled=100, papers_returned=80, yes=70, no=10, spoiled=0)
LOST = ballot(entitled=100, papers_returned=80, yes=30, no=50, spoiled=0)


def test_a_ballot_that_was_won_is_judged_with_its_days() -> None:
    found = judged(WON, notice_received=RECEIVED)
    assert (found.lawful, found.known) == (True, True)
    assert found.mandate is not None
    assert found.days is not None
    assert (found.mandate.last_day.value, found.days.first.value) == (LAST, date(2019, 7, 15))
    provisions = {each.provision for each in found.citations}
    of_days = {each.provision for each in found.days.any_day.citations}
    assert provisions >= of_days >= {each.provision for each in found.mandate.last_day.citations}
    assert of_days - {each.provision for each in found.result.citations}
    assert {*found.warnings} >= {*found.result.warnings, *found.days.any_day.warnings}


def test_a_ballot_that_was_lost_is_judged_without_any_day() -> None:
    found = judged(LOST, notice_received=RECEIVED, agreed_extension=None)
    assert (found.lawful, found.known, found.dates) == (False, True, ())


def test_a_verdict_is_not_known_without_votes_or_without_the_length_of_the_mandate() -> None:
    found = judged(ballot(), notice_received=RECEIVED)
    assert (found.lawful, found.known) == (False, False)
    # Received so late that it depends on the employer whether a day is left.
    open_still = judged(WON, notice_received=date(2019, 12, 20), agreed_extension=None)
    assert (open_still.lawful, open_still.known) == (True, False)


def test_a_shorter_notice_that_was_agreed_allows_earlier_days() -> None:
    found = judged(WON, notice_received=RECEIVED, agreed_notice=True)
    assert found.days is not None
    assert found.days.first.value == date(2019, 7, 8)


def supported(day: date) -> Answer[bool]:
    return action_supported(
        core(), day, closed=CLOSED, opened=OPENED, nation="GB", first_day=RECEIVED, agreed=False
    )


@pytest.mark.parametrize(
    ("day", "expected", "said"),
    [
        (date(2019, 6, 27), False, "the voting has not ended"),
        (CLOSED, True, "28 June 2019 lies within the mandate, which lasts to 27 December 2019"),
        (LAST, True, "27 December 2019 lies within the mandate, which lasts to 27 December 2019"),
        (date(2019, 12, 28), False, "all action had to end by 27 December 2019"),
    ],
)
def test_a_ballot_supports_action_up_to_the_last_day(day: date, expected: bool, said: str) -> None:
    found = supported(day)
    assert (found.value, found.because[0].text) == (expected, said)


def test_days_that_a_court_left_out_are_told() -> None:
    whole = mandate(core(), CLOSED, opened=OPENED, nation="GB", agreed=False, days_not_counted=3)
    found = whole.last_day
    assert (whole.months.value, found.value) == (6, date(2019, 12, 30))
    assert "and 3 days that a court left out" in found.because[0].text
    assert any("by a court's order 3 days do not count" in each for each in found.warnings)


def test_under_the_earlier_law_action_that_began_in_four_weeks_goes_on() -> None:
    """Section 234 before 1 March 2017: a ballot lasts four weeks for action to begin."""

    def days(began: bool | None) -> ActionDays:
        return lawful_action_days(
            core(),
            date(2016, 7, 25),
            closed=date(2016, 6, 30),
            opened=date(2016, 6, 6),
            nation="GB",
            agreed_extension=False,
            began_in_time=began,
        )

    # Seven days of notice end after 27 July, so that only action already begun is lawful.
    assert (days(True).any_day.value, days(True).goes_on.value) == (True, True)
    assert days(False).any_day.value is False
    assert not days(None).any_day.known


def test_a_misspelt_notice_is_told_with_what_was_written() -> None:
    with pytest.raises(UnknownName) as refused:
        notice_dates(core(), "balot notice", nation="GB", received=RECEIVED)
    wrong = refused.value
    assert (wrong.kind, wrong.name, wrong.suggestion) == ("notice", "balot notice", "ballot notice")


def test_a_day_that_is_not_given_is_named() -> None:
    found = notice_dates(core(), "ballot notice", nation="GB", received=RECEIVED).latest_receipt
    assert (found.reason, found.missing) == ("event is not given", ("event",))
    days = regimes(core(), WON).action_notice_days
    assert (days.fact, days.missing) == ("action_notice_days", ("notice.received",))
    assert days.reason == "it is not said when the notice was received"


def test_the_steps_before_action_take_at_least_a_day_of_voting() -> None:
    steps = readiness(core(), date(2019, 12, 2), nation="GB", voting_days=1)
    days = {each.name: each.latest.value for each in steps}
    assert days["ballot opens"] == days["ballot closes"] == date(2019, 11, 18)
    assert {each.possible.reason for each in steps} == {"no day is given on which to ask that"}
    assert {each.possible.rulebook for each in steps} == {core().fingerprint}
    with pytest.raises(BadFacts, match="voting_days: expected one day or more"):
        readiness(core(), date(2019, 12, 2), nation="GB", voting_days=0)


def test_the_steps_before_action_may_count_on_a_shorter_notice() -> None:
    steps = readiness(core(), date(2019, 12, 2), nation="GB", voting_days=14, agreed_notice=True)
    assert steps[-1].latest.value == date(2019, 11, 25)
