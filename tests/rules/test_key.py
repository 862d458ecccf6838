"""A key is the name of a fact, and knows the type of its value."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from unioncore.errors import WrongArgument
from unioncore.rules import FactType, Key

TYPES: dict[FactType, Any] = {
    FactType.CHOICE: str,
    FactType.TEXT: str,
    FactType.WHOLE: int,
    FactType.YES_NO: bool,
    FactType.MONEY: Decimal,
    FactType.DAY: date,
    FactType.SET: frozenset[str],
}


def test_it_is_the_text() -> None:
    key = Key("service_group", str)
    assert key == "service_group"
    assert {"service_group": 1}[key] == 1
    assert f"{key}" == "service_group"


@pytest.mark.parametrize("kind", TYPES)
def test_only_one_type_fits_a_kind_of_fact(kind: FactType) -> None:
    for of in TYPES.values():
        key: Key[Any] = Key("x", of)
        if of is TYPES[kind]:
            key.must_fit(kind)
        else:
            with pytest.raises(WrongArgument, match="write Key"):
                key.must_fit(kind)


def test_true_is_no_number() -> None:
    Key("x", int).must_hold(1)
    with pytest.raises(WrongArgument):
        Key("x", int).must_hold(True)


def test_a_type_that_no_fact_has_is_refused() -> None:
    wrong: Any = float
    with pytest.raises(WrongArgument, match="give str, int, bool"):
        Key("x", wrong)
