import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from unioncore.errors import NotADay
from unioncore.legal import Period, Timeline


@frozen
class Rate:
    period: Period
    value: int = 0


DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))
# A look-up is tried on and around every bound, and at the ends of time.
ANY_DAY = st.dates(date(2019, 12, 25), date(2021, 1, 7)) | st.sampled_from([date.min, date.max])


@st.composite
def versions(draw: st.DrawFn) -> list[Rate]:
    """Versions that do not overlap, in any order, with or without gaps and open ends."""
    bounds = sorted(draw(st.sets(DAYS, max_size=8)))
    ends: list[date | None] = [None, *bounds, None]
    periods = [Period(start, end) for start, end in pairwise(ends)]
    kept = [period for period in periods if draw(st.booleans())]
    return draw(st.permutations([Rate(period, n) for n, period in enumerate(kept)]))


@given(versions(), ANY_DAY)
def test_a_look_up_agrees_with_reading_every_version(given_: list[Rate], day: date) -> None:
    naive = [version for version in given_ if day in version.period]
    assert Timeline(given_).at(day) == (naive[0] if naive else None)


@given(versions(), ANY_DAY)
def test_every_day_is_in_a_version_or_in_a_gap_and_never_in_both(
    given_: list[Rate], day: date
) -> None:
    timeline = Timeline(given_)
    gaps = [gap for gap in timeline.gaps() if day in gap]
    assert len(gaps) == (timeline.at(day) is None)


@given(versions())
def test_order_does_not_matter(given_: list[Rate]) -> None:
    assert Timeline(given_) == Timeline(given_[::-1])
    assert list(Timeline(given_)) == sorted(given_, key=lambda v: v.period.start or date.min)
    assert len(Timeline(given_)) == len(given_)


@given(versions())
def test_a_timeline_survives_pickling(given_: list[Rate]) -> None:
    copy = pickle.loads(pickle.dumps(Timeline(given_)))
    assert copy == Timeline(given_)
    assert copy.at(date(2020, 6, 1)) == Timeline(given_).at(date(2020, 6, 1))


@given(st.lists(st.tuples(DAYS, st.integers(1, 90)), min_size=2, max_size=5))
def test_overlapping_versions_are_refused_and_no_others(spans: list[tuple[date, int]]) -> None:
    given_ = [Rate(Period(day, day + timedelta(days=length))) for day, length in spans]
    clash = any(
        one.period.overlaps(other.period)
        for n, one in enumerate(given_)
        for other in given_[n + 1 :]
    )
    if clash:
        with pytest.raises(ValueError, match="two versions overlap"):
            Timeline(given_)
    else:
        Timeline(given_)


def test_both_overlapping_periods_are_named() -> None:
    with pytest.raises(
        ValueError, match="from 2017-03-01 up to but not including 2026-02-18, and from 2026-02-17"
    ):
        Timeline(
            (
                Rate(Period(date(2026, 2, 17), None)),
                Rate(Period(date(2017, 3, 1), date(2026, 2, 18))),
            )
        )


def test_a_datetime_is_not_looked_up() -> None:
    with pytest.raises(NotADay):
        Timeline((Rate(Period()),)).at(datetime(2026, 2, 18, tzinfo=UTC))


def test_a_timeline_without_versions_covers_nothing() -> None:
    timeline: Timeline[Rate] = Timeline(())
    assert timeline.gaps() == (Period(),)
