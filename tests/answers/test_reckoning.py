"""Lengths of time as their countings have it: where a last day moves, and when it ends."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.books import core
from unioncore.answers.reckoning import Reckoning
from unioncore.answers.working import Working
from unioncore.legal import TimeUnit
from unioncore.model import Direction
from unioncore.rules import Answer, Fact, FactType

BOOK = core()
LENGTH = Fact("length", FactType.WHOLE, "the length")
LAST = Fact("last", FactType.DAY, "the last day")


def last(
    counted: str, start: date, count: int, unit: TimeUnit, nation: str = "England"
) -> Answer[date]:
    work = Working.by(BOOK, start)
    length = work.known(LENGTH, count, "as long as it is")
    return Reckoning(BOOK, counted, Direction.WITHIN, start, nation).last(work, LAST, length, unit)


def test_a_last_day_that_moves_counts_for_whoever_waits() -> None:
    """A month after 31 January 2026 is 28 February, a Saturday; or Sunday, 1 March."""
    found = last("data-protection", date(2026, 1, 31), 1, TimeUnit.MONTHS)
    assert found.value == date(2026, 3, 2)
    said = found.because[0].text
    assert "28 February 2026, as there is no 31 February 2026, which is no working day" in said
    assert said.endswith(
        "who must act is safe by 28 February 2026, and who waits after 2 March 2026"
    )


def test_a_counting_that_knows_no_day_gives_the_reason_and_what_was_asked() -> None:
    """The rules of employment tribunals are held from 29 July 2013."""
    found = last("tribunal-rules", date(2013, 7, 28), 28, TimeUnit.DAYS)
    assert (found.fact, found.known) == ("last", False)
    assert found.reason == "no rule says how it is counted from 28 July 2013"
    assert "as long as it is" in [each.text for each in found.because]


def test_a_last_day_does_not_move_where_nobody_says_which_days_are_worked() -> None:
    found = last("tribunal-rules", date(2026, 3, 2), 28, TimeUnit.DAYS, nation="")
    said = "working days differ between nations, and none has no calendar"
    assert (found.known, found.reason) == (False, said)
    elsewhere = last("tribunal-rules", date(2026, 3, 2), 28, TimeUnit.DAYS, nation="Jersey")
    assert elsewhere.reason == said.replace("none", "Jersey")


def test_months_are_not_counted_where_no_source_says_how() -> None:
    found = last("tribunal-rules", date(2026, 3, 2), 1, TimeUnit.MONTHS)
    assert found.reason == (
        "no source says how months are counted in a time limit of the rules of employment tribunals"
    )
    assert "as long as it is" in [each.text for each in found.because]


def test_a_day_that_ends_before_midnight_ends_at_a_moment() -> None:
    """Rule 37(1A) of the Employment Appeal Tribunal Rules 1993: by 4 p.m."""
    start, day = date(2026, 6, 1), date(2026, 7, 13)
    answer = Working.by(BOOK, start).known(LAST, day, "forty-two days")
    by = {
        counted: Reckoning(BOOK, counted, Direction.WITHIN, start, "England").moment(answer)
        for counted in ("appeal-tribunal-rules", "tribunal-rules")
    }
    four = datetime(2026, 7, 13, 16, tzinfo=ZoneInfo("Europe/London"))
    assert by == {"appeal-tribunal-rules": four, "tribunal-rules": None}
