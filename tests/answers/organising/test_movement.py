"""Who joins and leaves: the counts of a year must add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.answers import movement
from unioncore.errors import BadFacts


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
