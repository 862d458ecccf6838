"""Votes are counted first past the post, and a tie is decided by nobody."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.answers import tally
from unioncore.errors import BadFacts

VOTES = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 50), min_size=1)


@given(VOTES, st.integers(1, 4))
def test_those_with_the_most_votes_are_elected(votes: dict[str, int], places: int) -> None:
    found = tally(votes, places=places)
    assert len(found.elected) <= places
    others = [votes[each] for each in votes if each not in found.elected]
    assert all(votes[each] > max(others, default=-1) for each in found.elected)
    assert bool(found.tied) == (len(found.elected) < min(places, len(votes)))
    assert len({votes[each] for each in found.tied}) <= 1


@given(VOTES, st.integers(1, 4), st.randoms())
def test_the_order_of_votes_does_not_matter(votes: dict[str, int], places: int, by: object) -> None:
    items = list(votes.items())
    by.shuffle(items)  # type: ignore[attr-defined]
    one, other = tally(votes, places=places), tally(dict(items), places=places)
    assert (set(one.elected), one.tied, one.margin) == (
        set(other.elected),
        other.tied,
        other.margin,
    )


@given(VOTES)
def test_shares_add_up(votes: dict[str, int]) -> None:
    shares = tally(votes).shares
    assert bool(shares) == any(votes.values())
    if shares:
        assert abs(sum(shares.values()) - 100) <= Decimal("0.005") * len(votes)


def test_several_places_and_a_tie_for_the_last() -> None:
    found = tally({"a": 9, "b": 5, "c": 5}, places=2)
    assert (found.elected, found.tied, found.margin) == (("a",), ("b", "c"), 0)
    assert found.majority_of_votes is None
    assert tally({"a": 0, "b": 0}).shares == {}
    assert tally({"a": 51, "b": 49}).majority_of_votes is True
    assert tally({"a": 50, "b": 49, "c": 1}).majority_of_votes is False


@pytest.mark.parametrize(
    "more",
    [{"returned": 2}, {"entitled": 3, "returned": 4}, {"places": 0}, {"entitled": -1}],
)
def test_counts_that_cannot_be_are_refused(more: dict[str, int]) -> None:
    with pytest.raises(BadFacts):
        tally({"a": 3}, **more)
