from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.numbers import half_up, whole


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 4))
def test_a_half_goes_away_from_zero_as_decimal_has_it(exact: Decimal, places: int) -> None:
    rounded = half_up(Fraction(exact), places)
    assert rounded == exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert rounded.as_tuple().exponent == -places


@pytest.mark.parametrize("text", ["1e400", "1E999999", "1.5", "-1e16", "NaN", "Infinity"])
def test_a_number_of_an_order_that_nothing_has_is_no_whole_number(text: str) -> None:
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        whole(Decimal(text))
    assert whole(Decimal("1e3")) == 1000
