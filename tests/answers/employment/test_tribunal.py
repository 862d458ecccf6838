"""Time limits: against a count of days made another way, and what must always hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from tests.books import core

from unioncore import DayRange
from unioncore.answers import (
    TimeLimit,
    appeal,
    claim_exists,
    interim_relief,
    late_claim,
    month_after_day_b,
    time_limit,
)
from unioncore.errors import BadFacts, NotADay, UnknownName
from unioncore.legal import Duration, TimeUnit

BOOK = core()
ONE_DAY = timedelta(days=1)
SIX_MONTHS_FROM = date(2026, 10, 1)

starting = st.dates(date(2014, 6, 1), date(2030, 12, 31))
gaps = st.integers(-40, 220)
lengths = st.integers(0, 100)


def limit(starts: date, **more: object) -> TimeLimit:
    asked = {"nation": "England", **more}
    return time_limit(BOOK, "unfair-dismissal", starts=starts, **asked)  # type: ignore[arg-type]


def counted(starts: date) -> date:
    """The last day without conciliation, counted with another library."""
    months = 3 if starts < SIX_MONTHS_FROM else 6
    there = starts + relativedelta(months=months)
    return there - ONE_DAY if there.day == starts.day else there


def walked(starts: date, day_a: date, day_b: date) -> date:
    """The last day, found by walking: each day is ticked off unless the clock stands still."""
    primary = counted(starts)
    if day_a > primary or day_b <= starts:
        return primary
    left, day = (primary - starts).days + 1, starts - ONE_DAY
    while left:
        day += ONE_DAY
        left -= not (day_a < day <= day_b and day > starts)
    month_ends = day_b + relativedelta(months=1)
    return month_ends if day_a <= day <= month_ends else day


@given(starting)
def test_months_agree_with_another_count(starts: date) -> None:
    found = limit(starts)
    assert found.primary_last_day.value == counted(starts)
    assert found.last_day.value == counted(starts)


@given(starting, gaps, lengths)
def test_the_stopped_clock_agrees_with_a_walk_through_the_days(
    starts: date, gap: int, length: int
) -> None:
    day_a = starts + gap * ONE_DAY
    day_b = day_a + length * ONE_DAY
    found = limit(starts, day_a=day_a, day_b=day_b)
    assert found.last_day.value == walked(starts, day_a, day_b)


@given(starting, gaps, lengths)
def test_what_always_holds(starts: date, gap: int, length: int) -> None:
    day_a = starts + gap * ONE_DAY
    day_b = day_a + length * ONE_DAY
    found = limit(starts, day_a=day_a, day_b=day_b)
    without = limit(starts)
    primary, last = found.primary_last_day.value, found.last_day.value
    assert last >= primary == without.last_day.value
    assert found.act_by.value <= last
    extended = primary + found.ec_days_added.value * ONE_DAY
    month_ends = day_b + relativedelta(months=1)
    if found.month_rule_applied.value:
        assert day_a <= extended <= month_ends == last
    else:
        assert last == extended


@given(starting, st.integers(1, 400))
def test_a_later_start_never_ends_sooner(starts: date, later: int) -> None:
    assert limit(starts).last_day.value <= limit(starts + later * ONE_DAY).last_day.value


@given(starting)
def test_a_claim_is_in_time_up_to_the_last_day(starts: date) -> None:
    last = counted(starts)
    assert limit(starts, presented=last).in_time.value
    assert not limit(starts, presented=last + ONE_DAY).in_time.value


def test_the_steps_say_how_it_was_counted() -> None:
    found = limit(date(2016, 6, 20), day_a=date(2016, 7, 22), day_b=date(2016, 8, 22))
    assert found.name == "unfair dismissal"
    assert [
        found.primary_last_day.because[0].text,
        found.ec_days_added.because[0].text,
        found.last_day.because[0].text,
    ] == [
        "3 months beginning with 20 June 2016, so the last day is 19 September 2016",
        "the clock stopped from 23 July 2016 to 22 August 2016, 31 days",
        "the last day is then: 20 October 2016",
    ]
    told = "; ".join(found.steps)
    assert "does not lie between Day A and a month after Day B (22 September 2016)" in told
    assert found.warnings == ()
    assert {cited.instrument for cited in found.citations} >= {"Employment Rights Act 1996"}


def test_where_authorities_count_otherwise_both_days_are_explained() -> None:
    found = limit(date(2023, 3, 1))
    assert (found.last_day.value, found.act_by.value) == (date(2023, 5, 31), date(2023, 5, 28))
    assert "31 May 2023 by the words of the statute" in found.act_by.because[0].text
    # Whether it is in time goes by the words of the statute, whichever day is safe.
    told = {
        day: limit(date(2023, 3, 1), presented=date(2023, *day)).in_time.because[0].text
        for day in ((5, 1), (6, 1))
    }
    assert told == {
        (
            5,
            1,
        ): "the last moment is 31 May 2023 at 24:00; it arrived on 1 May 2023, so it is in time",
        (6, 1): "the last moment is 31 May 2023 at 24:00; it arrived on 1 June 2023, so it is late",
    }
    assert any("Pruden" in warning for warning in found.warnings)


def test_six_months_warn_that_the_commencement_was_not_read() -> None:
    assert any("SI 2026/954" in warning for warning in limit(date(2026, 11, 2)).warnings)


@pytest.mark.parametrize("starts", [SIX_MONTHS_FROM - ONE_DAY, SIX_MONTHS_FROM])
@pytest.mark.parametrize(
    ("claim", "provision"),
    [
        # Section 171(1)(a) of the Act of 1992, and regulation 11(2) of SI 1977/500
        ("union-time-off", "section 171"),
        ("safety-representative-time-off", "regulation 11(2)"),
    ],
)
def test_where_the_first_day_may_not_count_a_warning_says_so(
    claim: str, provision: str, starts: date
) -> None:
    found = time_limit(BOOK, claim, starts=starts, nation="England")
    assert any(
        f"{provision} says within so many months of the day" in each for each in found.warnings
    )


def test_of_a_series_the_last_act_counts() -> None:
    acts = (date(2026, 8, 20), date(2026, 10, 2), date(2026, 9, 1))
    found = time_limit(BOOK, "discrimination", starts=acts, nation="GB")
    assert found.last_day.value == date(2027, 4, 1)
    assert "the last of 3 acts counts" in found.steps[0]


def test_the_last_act_lies_no_earlier_than_any_that_is_known() -> None:
    """One act was on 2 October 2026; of the other it is known that it was by 5 October."""
    acts = (DayRange(date(2026, 8, 1), date(2026, 10, 5)), date(2026, 10, 2))
    found = time_limit(BOOK, "discrimination", starts=acts, nation="GB", presented=date(2027, 4, 1))
    assert found.starts == DayRange(date(2026, 10, 2), date(2026, 10, 5))
    assert found.limit_months.value == 6
    assert found.in_time.value
    known = (date(2026, 10, 9), *acts)
    assert time_limit(BOOK, "discrimination", starts=known, nation="GB").starts == known[0]


def test_a_dismissal_has_no_series() -> None:
    acts = (date(2026, 8, 20), date(2026, 8, 21))
    found = time_limit(BOOK, "unfair-dismissal", starts=acts, nation="GB")
    assert not found.last_day.known
    assert "series" in found.last_day.reason


def test_conciliation_that_goes_on_leaves_the_day_open() -> None:
    found = limit(date(2026, 10, 20), day_a=date(2026, 11, 1))
    assert found.primary_last_day.value == date(2027, 4, 19)
    assert not found.last_day.known
    assert found.last_day.missing == ("claim.day_b",)
    assert found.last_day.reason.endswith(
        ": there is no certificate (Day B) yet; the day without conciliation is safe"
    )
    assert found.conciliation_ends_by.value == date(2027, 1, 23)


def test_conciliation_under_way_changes_nothing_once_time_is_out() -> None:
    found = limit(date(2016, 6, 20), day_a=date(2016, 9, 20))
    assert found.last_day.value == date(2016, 9, 19)


def test_a_certificate_after_the_end_of_conciliation_is_questioned() -> None:
    found = limit(date(2020, 6, 20), day_a=date(2020, 8, 1), day_b=date(2020, 12, 22))
    assert "conciliation could last until 14 September 2020: check Day B" in found.warnings


def test_bounds_of_several_days_that_agree() -> None:
    found = limit(
        DayRange(date(2016, 6, 1), date(2016, 6, 30)),  # type: ignore[arg-type]
        day_a=DayRange(date(2016, 7, 1), date(2016, 7, 31)),
        day_b=DayRange(date(2016, 7, 15), date(2016, 8, 15)),
        presented=date(2017, 3, 1),
    )
    assert not found.last_day.known
    assert not found.in_time.value


def test_interim_relief_is_counted_in_days() -> None:
    found = interim_relief(BOOK, date(2026, 11, 20), nation="GB")
    assert found.last_day.value == date(2026, 11, 27)
    assert found.limit_months.reason == "the limit is counted in days"


def test_interim_relief_takes_no_notice_of_certificates() -> None:
    days = (date(2026, 11, 21), date(2026, 11, 23))
    found = time_limit(
        BOOK,
        "interim-relief",
        starts=date(2026, 11, 20),
        nation="UK",
        day_a=days[0],
        day_b=days[1],
        second=days,
    )
    assert found.ec_days_added.value == 0
    assert found.last_day.value == found.act_by.value == date(2026, 11, 27)
    said = "without conciliation that counts there is no month after Day B"
    assert found.month_rule_applied.because[0].text == said
    assert found.ec_days_added.because[0].text.endswith(
        "; only the first certificate on a matter counts"
    )


def test_every_answer_names_its_rulebook() -> None:
    answers = limit(date(2016, 6, 20)).answers()
    known = {answer.rulebook for answer in answers.values() if answer.known}
    assert known == {BOOK.fingerprint}


def test_the_month_after_day_b_where_only_its_month_is_known() -> None:
    answer = month_after_day_b(BOOK, DayRange(date(2026, 1, 29), date(2026, 1, 31)), nation="GB")
    assert answer.value == date(2026, 2, 28)
    assert month_after_day_b(BOOK, date(2026, 1, 31), nation="GB").on == date(2026, 1, 31)


def test_an_appeal_warns_nobody_and_cites_the_rules() -> None:
    found = appeal(
        BOOK, date(2006, 10, 6), nation="GB", received=datetime(2006, 11, 17, 15, 59, 59)
    )
    assert (found.last_day.value, found.latest_time.value) == (date(2006, 11, 17), "16:00")
    assert found.in_time.value
    assert found.warnings == ()
    assert any("rule 37(1A)" in cited.provision for cited in found.citations)


@pytest.mark.parametrize("claim", ["discrimination", "equal-pay", "unfair-dismissal"])
def test_each_answer_comes_back_from_json(claim: str) -> None:
    found = time_limit(BOOK, claim, starts=date(2026, 10, 1), nation="Scotland")
    for answer in found.answers().values():
        assert type(answer).from_dict(answer.to_dict()) == answer


def test_no_limit_is_said_of_days_before_the_claim() -> None:
    found = time_limit(BOOK, "unfair-dismissal", starts=date(1960, 1, 1), nation="England")
    assert not found.last_day.known
    assert "began on 28 February 1972" in found.last_day.reason


def test_where_the_limit_is_not_known_the_shortest_is_safe() -> None:
    kind = "minimum-wage-access"
    asked = {"starts": date(2026, 11, 27), "nation": "Northern Ireland"}
    found = time_limit(BOOK, kind, presented=date(2027, 2, 26), **asked)  # type: ignore[arg-type]
    assert not found.last_day.known
    assert found.act_by.value == date(2027, 2, 26)
    assert found.last_day.reason in found.act_by.warnings
    assert found.in_time.value
    later = time_limit(BOOK, kind, presented=date(2027, 2, 27), **asked)  # type: ignore[arg-type]
    assert not later.in_time.known


def test_a_late_claim_for_a_redundancy_payment_has_six_months_more() -> None:
    """Section 164(2) of the Employment Rights Act 1996: if it is just and equitable."""
    found = late_claim(BOOK, "redundancy-payment", starts=date(2020, 1, 1), nation="GB")
    assert (found.test.value, found.months.value) == ("just-and-equitable", 6)


@pytest.mark.parametrize("nation", ["England", "Scotland", "GB"])
def test_the_right_to_a_redundancy_payment_began_on_6_december_1965(nation: str) -> None:
    first = date(1965, 12, 6)
    for day, exists in ((first - ONE_DAY, False), (first, True)):
        found = claim_exists(BOOK, "redundancy-payment", starts=day, nation=nation)
        assert found.value is exists


SHORT = [
    day
    for day in (date(2024, 1, 1) + timedelta(n) for n in range(1004))  # to 30 September 2026
    if Duration(3, TimeUnit.MONTHS).after(day).day != day.day
]


def test_where_a_month_is_too_short_the_answer_says_so_and_an_earlier_day_is_safe() -> None:
    assert len(SHORT) == 13
    for day in SHORT:
        found = limit(day)
        assert found.act_by.value == found.last_day.value - timedelta(1)
        assert f"as there is no {day.day} " in found.primary_last_day.because[0].text
        assert any("Dodds v Walker" in str(cited) for cited in found.citations)


# -- slips ----------------------------------------------------------------------------------------


def test_a_misspelt_claim_is_suggested() -> None:
    with pytest.raises(UnknownName, match="did you mean 'unfair-dismissal'"):
        time_limit(BOOK, "unfair-dismisal", starts=date(2016, 6, 20), nation="GB")


def test_a_misspelt_nation_is_suggested() -> None:
    with pytest.raises(UnknownName, match="did you mean 'Scotland'"):
        limit(date(2016, 6, 20), nation="Scotlnd")


def test_certificates_that_cannot_be() -> None:
    with pytest.raises(BadFacts, match="without Day A"):
        limit(date(2016, 6, 20), day_b=date(2016, 7, 1))
    with pytest.raises(BadFacts, match="not before Day A"):
        limit(date(2016, 6, 20), day_a=date(2016, 7, 2), day_b=date(2016, 7, 1))
    wrong = (date(2016, 8, 2), date(2016, 8, 1))
    with pytest.raises(BadFacts, match="not before Day A"):
        limit(date(2016, 6, 20), day_a=date(2016, 7, 2), day_b=date(2016, 7, 3), second=wrong)
    with pytest.raises(BadFacts, match="without a first"):
        limit(date(2016, 6, 20), second=(date(2016, 7, 1), date(2016, 7, 2)))
    with pytest.raises(BadFacts, match="at least one day"):
        limit(())  # type: ignore[arg-type]


def test_a_moment_is_no_day() -> None:
    with pytest.raises(NotADay):
        limit(datetime(2016, 6, 20, 12))


def test_a_moment_with_a_zone_is_read_in_uk_time() -> None:
    # By hand: three months that begin with 1 April 2024 end on 30 June. 23:30 in UTC
    # is 00:30 on 1 July in London.
    def arrived(moment: datetime) -> bool:
        start = date(2024, 4, 1)
        return time_limit(
            BOOK, "unfair-dismissal", starts=start, nation="England", presented=moment
        ).in_time.value

    assert not arrived(datetime(2024, 6, 30, 23, 30, tzinfo=UTC))
    assert arrived(datetime(2024, 6, 30, 22, 30, tzinfo=UTC))
    assert arrived(datetime(2024, 6, 30, 23, 30))
