"""How dense a union is: exact shares, and not known where a count is missing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.answers import Headcount, density, percent
from unioncore.errors import BadFacts


@pytest.mark.parametrize(
    ("share", "places", "expected"),
    [
        (Fraction(1, 3), 1, "33.3"),
        (Fraction(1, 8), 1, "12.5"),
        (Fraction(1, 16), 1, "6.3"),  # 6.25: half up
        (Fraction(1, 3), 0, "33"),
        (Fraction(1), 2, "100.00"),
        (None, 1, None),
    ],
)
def test_percentages_are_rounded_half_up(
    share: Fraction | None, places: int, expected: str | None
) -> None:
    assert percent(share, places) == (None if expected is None else Decimal(expected))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_the_density_of_all_lies_between_those_of_the_places(
    counts: list[tuple[int, int]],
) -> None:
    found = density(
        Headcount(f"e{number}", members, members + outside)
        for number, (members, outside) in enumerate(counts)
    )
    shares = [share for share in found.by_place.values() if share is not None]
    if found.whole is not None:
        assert min(shares) <= found.whole <= max(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_where_a_workforce_is_missing_only_that_share_and_the_whole_are() -> None:
    found = density([Headcount("a", 5, 10), Headcount("b", 3)])
    assert found.by_place == {"a": Fraction(1, 2), "b": None}
    assert (found.whole, found.most_to_organise) == (None, ())


def test_equal_workforces_are_both_named_and_nobody_is_nothing() -> None:
    assert density([Headcount("a", 5, 10), Headcount("b", 3, 8)]).most_to_organise == (
        "a",
        "b",
    )
    assert density([Headcount("a", 5, 5)]).most_to_organise == ()
    assert density([Headcount("a", 0, 0)]).whole is None


def test_counts_that_cannot_be_are_refused() -> None:
    for members, workforce in ((-1, 5), (6, 5)):
        with pytest.raises(BadFacts):
            Headcount("a", members, workforce)
    with pytest.raises(BadFacts, match="each place once"):
        density([Headcount("a", 1, 2), Headcount("a", 1, 2)])
