"""The notation reads back what it writes, and refuses the rest with a place and a hint."""

import pytest
from hypothesis import given

from tests.rules.strategies import conditions
from unioncore.errors import NotationError
from unioncore.rules import parse, render
from unioncore.rules.condition import Expression


@given(conditions(("chosen", "holds", "gathered", "reckoned")))
def test_what_is_written_reads_back_as_it_was(condition: Expression) -> None:
    assert parse(render(condition)) == condition
    assert render(parse(render(condition))) == render(condition)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not an expression"),
        ("a ==", "not an expression"),
        ("a < b < c", "not chained"),
        ("a / 2 == 1", "the only arithmetic is"),
        ("open('x')", "no function is called 'open'"),
        ("add_day(on, 1) == on", "did you mean 'add_days'"),
        ("a.b[0]", "Subscript is not in the notation"),
        ("lambda: 1", "Lambda is not in the notation"),
        ("a is None", "compare with"),
        ("day('2026-02-30') == on", "expected day("),
        ("money(1.5) == pay", "expected money("),
        ("pay == 1.5", "Constant is not in the notation"),
        ("a in b + 1", "'in' needs"),
        ("__import__('os').system('x')", "a name is words joined by full stops"),
    ],
)
def test_what_is_not_in_the_notation_is_refused(text: str, said: str) -> None:
    with pytest.raises(NotationError, match=said.replace("(", r"\(")):
        parse(text)
