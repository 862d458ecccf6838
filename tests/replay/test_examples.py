"""What counts as the same value, when an example is replayed."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from unioncore import DayRange, Rulebook, compose
from unioncore.replay import Example, Outcome, Status, kinds, register, replay
from unioncore.replay import examples as module

found: dict[str, Any] = {}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return compose(discover=False)


@pytest.fixture(autouse=True)
def echo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A kind whose values the test chooses."""
    monkeypatch.setattr(module, "_KINDS", dict(module._KINDS))

    @register("echo")
    def _echo(
        rulebook: Rulebook, inputs: Mapping[str, Any], expected: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        return found

    yield
    found.clear()


def compare(rulebook: Rulebook, expected: Any, value: Any) -> Outcome:
    found["key"] = value
    return replay(rulebook, Example("E", "echo", {}, {"key": expected}))


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        # days; a month or a year stands for any day in it
        ("2016-07-14", date(2016, 7, 14)),
        ("2016-07", date(2016, 7, 31)),
        ("2016", DayRange(date(2016, 2, 1), date(2016, 3, 1))),
        # numbers, rounded half up to the places given
        ("47.78", Fraction(43, 90) * 100),
        ("35.0", Decimal("35")),
        ("0.13", Decimal("0.125")),
        ("-0.13", Decimal("-0.125")),
        ("3", 3),
        (3, 3),
        (Decimal("47.78"), Fraction(43, 90) * 100),
        # lists as sets
        (["a", "b"], frozenset({"b", "a"})),
        ([], frozenset()),
        ([], ()),
        (["2016-07"], [date(2016, 7, 1), date(2016, 7, 2)]),
        # objects key by key, and only those keys
        ({"2026-02-17": True}, {date(2026, 2, 17): True, date(2026, 2, 18): False}),
        ({"a": {"b": ["c"]}}, {"a": {"b": {"c"}, "d": 1}}),
        # words
        ("none", "none"),
        ("unknown", None),
        (False, False),
    ],
)
def test_these_agree(rulebook: Rulebook, expected: Any, value: Any) -> None:
    assert compare(rulebook, expected, value).status is Status.PASSED


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("2016-07-14", date(2016, 7, 15)),
        ("2016-07", date(2016, 8, 1)),
        ("2016-07-14", DayRange(date(2016, 7, 1), date(2016, 7, 31))),
        ("a day", date(2016, 7, 14)),
        ("47.77", Fraction(43, 90) * 100),
        ("0.12", Decimal("0.125")),
        ("many", 3),
        ("Infinity", 3),
        (1, True),
        (True, 1),
        (False, None),
        (0, False),
        (3, Decimal("3.4")),
        (["a"], frozenset({"a", "b"})),
        (["a", "b"], frozenset({"a"})),
        ("a", frozenset({"a"})),
        (["a"], "a"),
        ([], None),
        ({"a": 1}, {}),
        ({"a": 1}, [1]),
        ("none", None),
        ("unknown", "none"),
        ("unknown", frozenset()),
    ],
)
def test_these_differ(rulebook: Rulebook, expected: Any, value: Any) -> None:
    outcome = compare(rulebook, expected, value)
    assert outcome.status is Status.FAILED
    assert [each.key for each in outcome.differences] == ["key"]


def test_every_compared_key_is_told_whether_or_not_it_agrees(rulebook: Rulebook) -> None:
    found.update(one=1, two=2)
    outcome = replay(rulebook, Example("E", "echo", {}, {"one": 1, "two": 3}, question="Sums"))
    assert [(each.key, each.got, each.agrees) for each in outcome.compared] == [
        ("one", 1, True),
        ("two", 2, False),
    ]
    assert outcome.to_text().splitlines() == [
        "E: failed: Sums",
        "  two",
        "    expected: 3",
        "    got:      2",
    ]


def test_a_key_that_the_kind_does_not_work_out_is_not_supported(rulebook: Rulebook) -> None:
    outcome = replay(rulebook, Example("E", "echo", {}, {"other": 1}))
    assert outcome.status is Status.NOT_SUPPORTED
    assert "other" in outcome.reason


def test_a_kind_is_registered_once() -> None:
    assert {"echo", "placement"} <= set(kinds())
    with pytest.raises(ValueError, match="placement"):
        register("placement")(lambda rulebook, inputs, expected: {})
