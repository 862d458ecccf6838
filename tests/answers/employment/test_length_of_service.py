"""Service from dates: what cannot be, and what is not known."""

from datetime import date

import pytest
from tests.books import core

from unioncore.answers import redundancy_right, service, unfair_dismissal_right
from unioncore.errors import BadFacts

BOOK = core()
BEGAN, ENDED = date(2024, 7, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    "days",
    [
        {"began": ENDED, "ended": BEGAN},
        {"began": BEGAN, "ended": ENDED, "notice_given": date(2024, 6, 30)},
        {"began": BEGAN, "ended": ENDED, "notice_given": date(2026, 9, 2)},
    ],
)
def test_days_in_the_wrong_order_are_refused(days: dict[str, date]) -> None:
    with pytest.raises(BadFacts):
        service(BOOK, nation="England", **days)


def test_the_shortest_service_is_a_day() -> None:
    found = service(BOOK, began=BEGAN, ended=BEGAN, nation="England", notice_given=BEGAN)
    assert found.complete_years.value == 0
    assert found.counts_to.value == BEGAN


def test_a_reason_that_is_no_word_is_refused() -> None:
    with pytest.raises(BadFacts, match="reason"):
        unfair_dismissal_right(BOOK, began=BEGAN, ended=ENDED, nation="England", reason="spite")


def test_without_the_birth_only_the_pay_is_not_known() -> None:
    found = redundancy_right(BOOK, began=BEGAN, ended=ENDED, nation="England")
    assert found.entitled.value
    assert found.pay.payment.missing == ("born",)
