"""What a clause gives for a shift: against a count by the minute, and what holds of any shift."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.books import everything

from unioncore.answers import PayBounds, ShiftPay, shift_pay
from unioncore.answers.employment.shifts_worked import pay_difference
from unioncore.errors import BadFacts
from unioncore.legal import Nation
from unioncore.model import Break, HourlyPay, PayClause, Shift, WorkedUnder

pytestmark = pytest.mark.needs_plugins

LONDON = ZoneInfo("Europe/London")
CLAUSE = "afc-section-2"
FOLLOWED = WorkedUnder(CLAUSE, Nation.ENGLAND, "hours-worked", whole_shift=False)
HOLIDAYS = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)}
HOLIDAYS |= {date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2026, 1, 1)}
"""Those of England in 2026, as GOV.UK lists them."""

starts = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 27)).map(
    lambda each: each.replace(second=0, microsecond=0)
)
lengths = st.integers(1, 24 * 60 - 1)
bands = st.sampled_from(["1", "2", "3", "4", "8a", "9"])
rates = st.integers(800, 6000).map(lambda pence: Decimal(pence) / 100)
PERCENTS = {"1": (47, 94), "2": (41, 83), "3": (35, 69)}


def shift(start: datetime, minutes: int, *breaks: Break) -> Shift:
    end = datetime.combine(start.date(), start.time()) + timedelta(minutes=minutes)
    found = Shift(start, end, breaks)
    assume(not list(found.faults()))
    return found


def ask(
    given: Shift, under: WorkedUnder = FOLLOWED, band: str = "5", rate: str = "18.00"
) -> ShiftPay:
    return shift_pay(everything(), under, [HourlyPay(band, Decimal(rate))], given)


def minutes_by_class(given: Shift) -> dict[str, int]:
    """Count each minute that passes by what a clock on the wall shows."""
    found = dict.fromkeys(("plain", "col2", "col3"), 0)
    at, end = (each.replace(tzinfo=LONDON).astimezone(UTC) for each in (given.start, given.end))
    breaks = [
        (b.begins.hour * 60 + b.begins.minute, b.minutes) for b in given.breaks or () if b.begins
    ]
    skip = 0
    while at < end:
        local = at.astimezone(LONDON)
        of_day = local.hour * 60 + local.minute
        skip = max(skip - 1, 0)
        for first, length in list(breaks):
            if of_day == first:
                breaks.remove((first, length))
                skip = length
        if not skip:
            sunday = local.weekday() == 6 or local.date() in HOLIDAYS
            unsocial = local.weekday() == 5 or not 6 * 60 <= of_day < 20 * 60
            found["col3" if sunday else "col2" if unsocial else "plain"] += 1
        at += timedelta(minutes=1)
    return found


@given(starts, lengths, bands, rates)
@settings(max_examples=60, deadline=None)
def test_a_count_minute_by_minute_gives_the_same(
    start: datetime, minutes: int, band: str, rate: Decimal
) -> None:
    given = shift(start, minutes)
    counted = minutes_by_class(given)
    found = ask(given, band=band, rate=str(rate))
    assert found.hours == {key: Fraction(each, 60) for key, each in counted.items()}
    low, high = PERCENTS.get(band, (30, 60))
    exact = (counted["col2"] * low + counted["col3"] * high) * Fraction(rate) / 6000
    pence = Decimal((exact * 100).numerator) / Decimal((exact * 100).denominator)
    assert found.enhancement.value == pence.quantize(Decimal(1), ROUND_HALF_UP) / 100


@given(starts, lengths, st.integers(1, 90), st.integers(0, 23 * 60))
@settings(max_examples=60, deadline=None)
def test_a_break_of_which_the_time_is_known_is_taken_out_of_its_class(
    start: datetime, minutes: int, length: int, after: int
) -> None:
    begins = start + timedelta(minutes=after)
    given = shift(start, minutes, Break(length, begins.time()))
    counted = minutes_by_class(given)
    assert ask(given).hours == {key: Fraction(each, 60) for key, each in counted.items()}


@given(starts, lengths, st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_the_hours_of_the_classes_add_up_to_the_paid_hours(
    start: datetime, minutes: int, pause: int
) -> None:
    assume(pause < minutes - 60)
    given = shift(start, minutes, *([Break(pause)] if pause else []))
    found = ask(given)
    if all(each is not None for each in found.hours.values()):
        paid = given.elapsed_hours - Fraction(pause, 60)
        assert sum(each or 0 for each in found.hours.values()) == paid
        assert abs(Fraction(found.basic.value) - paid * 18) <= Fraction(1, 200)


@given(starts, lengths, st.integers(1, 24 * 60 - 1))
@settings(max_examples=60, deadline=None)
def test_a_shift_cut_in_two_has_the_same_hours(start: datetime, minutes: int, cut: int) -> None:
    assume(cut < minutes)
    between = start + timedelta(minutes=cut)
    whole, first, second = (
        ask(shift(start, minutes)),
        ask(shift(start, cut)),
        ask(shift(between, minutes - cut)),
    )
    for key, hours in whole.hours.items():
        assert hours == (first.hours[key] or 0) + (second.hours[key] or 0)


@given(starts, lengths, st.integers(1, 59), st.integers(0, 24 * 60))
@settings(max_examples=80, deadline=None)
def test_bounds_hold_a_break_wherever_it_was(
    start: datetime, minutes: int, length: int, after: int
) -> None:
    assume(after + length <= minutes and length < minutes)
    under = WorkedUnder(CLAUSE, Nation.ENGLAND, "hours-of-the-shift", whole_shift=False)
    placed = shift(start, minutes, Break(length, (start + timedelta(minutes=after)).time()))
    free = shift(start, minutes, Break(length))
    one, any_of = ask(placed, under), ask(free, under)
    least, most = any_of.enhancement_between.least, any_of.enhancement_between.most
    assert least is not None
    assert most is not None
    assert least <= one.enhancement.value <= most
    assert any_of.basic == one.basic


@pytest.mark.parametrize(
    ("nation", "day"), [(Nation.SCOTLAND, date(2026, 6, 14)), (Nation.ENGLAND, date(2004, 9, 30))]
)
def test_without_a_version_in_force_there_is_no_enhancement(nation: Nation, day: date) -> None:
    under = WorkedUnder(CLAUSE, nation, public_holidays=frozenset())
    found = ask(shift(datetime.combine(day, time(8)), 480), under)
    assert found.versions == {}
    assert not found.enhancement.known
    assert found.enhancement_between.most is None
    assert found.basic.value == Decimal("144.00")


def test_the_second_of_two_hours_counts_where_it_was_said() -> None:
    """On 25 October 2026 it is 01:30 twice: 30 minutes and an hour and a half before 02:00."""
    night, day = datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 8)
    assert list(Shift(night, day, ()).faults())
    for offset, hours in ((1, Fraction(15, 2)), (0, Fraction(13, 2))):
        given = Shift(night.replace(tzinfo=timezone(timedelta(hours=offset))), day, ())
        assert not list(given.faults())
        assert given.elapsed_hours == hours


def test_a_time_that_the_clock_never_showed_is_refused() -> None:
    with pytest.raises(BadFacts, match="forward"):
        ask(Shift(datetime(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 8), ()))


def test_a_holiday_beyond_the_calendar_is_not_known() -> None:
    under = WorkedUnder(CLAUSE, Nation.ENGLAND)
    monday = ask(shift(datetime(2040, 6, 11, 9), 480), under)
    assert not monday.enhancement.known
    assert "2040-06-11" in monday.enhancement.reason
    assert ask(shift(datetime(2040, 6, 10, 9), 480), under).hours["col3"] == 8


def test_a_shift_without_a_word_on_breaks_has_only_an_upper_bound() -> None:
    found = ask(Shift(datetime(2026, 6, 14, 8), datetime(2026, 6, 14, 16)))
    assert not found.basic.known
    assert found.enhancement_between == PayBounds(None, Decimal("86.40"))


def test_each_policy_on_whole_shifts_settles_a_night() -> None:
    night = shift(datetime(2026, 6, 9, 19, 30), 735)
    for policy, due in ((True, "66.15"), (False, "54.00")):
        under = WorkedUnder(CLAUSE, Nation.ENGLAND, whole_shift=policy)
        assert ask(night, under).enhancement.value == Decimal(due)


@given(starts, lengths, bands, bands, rates, rates)
@settings(max_examples=40, deadline=None)
def test_what_is_owed_is_the_difference_of_both(
    start: datetime, minutes: int, band: str, other: str, paid: Decimal, due: Decimal
) -> None:
    book, given = everything(), shift(start, minutes)
    was, now = [HourlyPay(band, paid)], [HourlyPay(other, due)]
    found = pay_difference(book, book.named(PayClause)[CLAUSE], FOLLOWED, was, now, given)
    one, two = (shift_pay(book, FOLLOWED, each, given) for each in (was, now))
    assert found.exact == two.whole.exact - one.whole.exact  # type: ignore[operator]


def test_a_doubt_that_both_bands_share_does_not_widen_what_is_owed() -> None:
    """12.25 hours, of which 10 or all are paid at 41 per cent of £12, or at 35 of £13."""
    book, night = everything(), shift(datetime(2026, 6, 9, 19, 30), 735)
    under = WorkedUnder(CLAUSE, Nation.ENGLAND)
    found = pay_difference(
        book,
        book.named(PayClause)[CLAUSE],
        under,
        [HourlyPay("2", Decimal("12.00"))],
        [HourlyPay("3", Decimal("13.00"))],
        night,
    )
    # Basic pay is £12.25 more. Of ten hours the enhancement is 45.50 and not 49.20, of all
    # 55.7375 and not 60.27.
    assert found == PayBounds(Decimal("7.71"), Decimal("8.55"))
