from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from unioncore.convert import half_up


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 4))
def test_a_half_goes_away_from_zero_as_decimal_has_it(exact: Decimal, places: int) -> None:
    rounded = half_up(Fraction(exact), places)
    assert rounded == exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounded.as_tuple().exponent == -places
