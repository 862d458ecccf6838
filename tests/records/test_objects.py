"""Lines that are read many at a time say what each says by itself, or are left alone."""

import json
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from unioncore.records.objects import ObjectLines, plain_objects, surely_once

NAMES = ("a", "b", "a:b")
names = st.sampled_from([*NAMES, "\\u0061", "c"])
values = st.sampled_from(
    ["null", "true", "0", "1.0", "-1e400", "9" * 5000, "NaN", "[]", "{}", '{"a":1}', "[{", "}]"]
) | st.sampled_from(
    ['""', '"x"', '"a:b"', '":"', '"\\u003a"', '"\\ud800"', '"{"', '"["', '"\\""', '"\t"', '"é"']
)


@st.composite
def objects(draw: st.DrawFn) -> str:
    """Lines that look like objects, most of which are some."""
    pairs = draw(st.lists(st.tuples(names, values), max_size=3))
    between = draw(st.sampled_from([":", ": ", " :"]))
    inner = ", ".join(f'"{name}"{between}{value}' for name, value in pairs)
    first, last = draw(st.sampled_from([("{", "}")] * 6 + [(" {", "} "), ("", "}"), ("{", "")]))
    return first + inner + last


lines = st.lists(
    objects()
    | st.sampled_from(["", "1", "{},{}", '{"a":1},{"b":2}', '{"a":[{}', "{}]}", '{"a":', '"b":1}']),
    min_size=1,
    max_size=4,
)


def alone(line: str) -> dict[str, Any]:
    """Return what a line says by itself; raises ``ValueError`` where it is no plain object."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs) or any(isinstance(each, list | dict) for _, each in pairs):
            raise ValueError(line)
        return found

    found = json.loads(line, object_pairs_hook=once)
    if not isinstance(found, dict):
        raise ValueError(line)
    return found


def check(some: list[str]) -> None:
    plain = plain_objects(some)
    if plain is not None:
        assert repr(plain) == repr([alone(line) for line in some])
    if find_spec("msgspec") is None:
        return
    columns = ObjectLines(NAMES).columns(some)
    if columns is not None:
        by_line = [alone(line) for line in some]
        used = set().union(*by_line)
        assert used <= {*NAMES}
        cells = {name: tuple(each.get(name) for each in by_line) for name in NAMES if name in used}
        assert repr(columns) == repr(cells)


@example(['{"a":"1"', '"b":"2"}', '{"a":"1"},{"b":"2"}'])
@example(['{"a":[{}', "{}]}", "{},{}"])
@example(['{"a":"}', '{"}', '{"a":1},{"b":2}'])
@example(['{"a":"x:y","a":"z"}'])
@example(['{"a":"\\u003a","a":1,"b":":"}'])
@example(['{"a:b":1,"a:b":2}'])
@given(lines)
@settings(max_examples=20)
def test_what_is_read_together_is_what_each_line_says(some: list[str]) -> None:
    check(some)


@pytest.mark.slow
@given(lines)
@settings(max_examples=5000, deadline=None)
def test_what_is_read_together_is_what_each_of_very_many_lines_says(some: list[str]) -> None:
    check(some)


PLAIN = ['{"a": "x", "b": true}', '{"a": "12:30"}', '{"b": null}', '{"a:b": 3}', "{}"]


def test_plain_lines_are_read_together() -> None:
    assert plain_objects(PLAIN[:2]) == [{"a": "x", "b": True}, {"a": "12:30"}]
    pytest.importorskip("msgspec")
    reads = ObjectLines(NAMES[:2])
    assert reads.columns(PLAIN[:2]) == {"a": ("x", "12:30"), "b": (True, None)}
    assert reads.columns(PLAIN[2:3]) is None
    assert reads.columns(PLAIN[3:4]) is None
    assert reads.columns(PLAIN[4:]) == {}


@pytest.mark.parametrize(
    ("text", "kept", "once"),
    [
        ('{"a": "x"}', {"a": "x"}, True),
        ('{"a": "x", "a": "y"}', {"a": "y"}, False),
        ('{"a": "x:y"}', {"a": "x:y"}, True),
        ('{"a": "x:", "a": "y"}', {"a": "y"}, False),
        ('{"a": 1, "a": "\\u003a"}', {"a": ":"}, False),
    ],
)
def test_a_name_that_may_stand_twice_is_noticed(text: str, kept: Any, once: bool) -> None:
    assert surely_once(text, len(kept), kept.values()) is once
