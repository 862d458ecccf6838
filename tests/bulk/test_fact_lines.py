"""A line is read alike by msgspec and by cattrs, and each value as the close look reads it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from unioncore.bulk import fact_lines
from unioncore.bulk.fact_lines import FactLines, FileFacts, RowProblem, frame_of, lines_of
from unioncore.bulk.quick_columns import QuickColumns
from unioncore.rulebook import Definitions, Rulebook
from unioncore.rules import Fact, FactType

msgspec = pytest.importorskip("msgspec")

WORDS = ("red", "green", "blue")
FACTS = (
    Fact("p.choice", FactType.CHOICE, "the choice", choices=WORDS),
    Fact("p.text", FactType.TEXT, "the text"),
    Fact("p.whole", FactType.WHOLE, "the whole number"),
    Fact("p.money", FactType.MONEY, "the money"),
    Fact("p.day", FactType.DAY, "the day"),
    Fact("p.flag", FactType.YES_NO, "the flag is up"),
    Fact("p.set", FactType.SET, "the set", choices=WORDS),
    Fact("p.decided", FactType.TEXT, "what is decided", derived=True),
)
BOOK = Rulebook(Definitions(facts=FACTS))
NAMES = [fact.key for fact in FACTS]
RIGHT: dict[str, list[Any]] = {
    "p.choice": ["red", "blue"],
    "p.text": ["a", "a:b", "caf\u00e9", '"', "\\"],
    "p.whole": [0, -3, 2**40],
    "p.money": ["719.00", "0.1234", 719, "-0.00"],
    "p.day": ["2026-06-01", "0001-01-01"],
    "p.flag": [True, False],
    "p.set": [[], ["red"], ["blue", "red", "red"]],
}
ODD: list[Any] = [
    None,
    "",
    " ",
    "red ",
    "purple",
    "yes",
    "NO",
    "Infinity",
    "NaN",
    "1e3",
    "7_0",
    "719.00000",
    "-0.01",
    -3,
    -3.0,
    "2026-06",
    "2026-6-1",
    "2020-W10-1",
    "20260601",
    "2026-06-01T00:00:00",
    "2026-02-30",
    "12:30",
    "red,blue",
    1,
    0,
    3.0,
    2.5,
    719.5,
    2**63,
    10**30,
    -(2**63),
    1e300,
    [],
    ["red", 1],
    ["purple"],
    {"red": 1},
    [[["a"]]],
    "\x00",
    "\ud800",
    "=1+1",
    "x" * 1001,
    True,
]
"""Values that stand in some column, rightly or wrongly, in many ways."""
KEYS: list[Any] = [
    "M1",
    "m-2",
    7,
    "",
    None,
    " M3 ",
    "=cmd",
    "a:b",
    "x" * 101,
    True,
    "caf\u00e9",
    1.5,
]
OTHERS = ["surname", "p.chioce", "p.decided", "note"]


@st.composite
def objects(draw: st.DrawFn) -> str:
    """Return a line with an object, now and then with a name that stands twice."""
    times = draw(st.sampled_from([1, 1, 1, 1, 0, 2]))
    fields: list[tuple[str, Any]] = [("key", draw(st.sampled_from(["M1", "m-2", *KEYS])))] * times
    odd = st.sampled_from(ODD)
    for name in draw(st.lists(st.sampled_from(list(RIGHT)), unique=True)):
        right = st.sampled_from(RIGHT[name])
        fields.append((name, draw(right | odd if draw(st.booleans()) else odd)))
    if draw(st.integers(0, 3)) == 0:
        fields.append((draw(st.sampled_from([*OTHERS, *NAMES])), draw(odd)))
    between, colon = draw(st.sampled_from([(", ", ": "), (",", ":"), (" ,", " :")]))
    ascii_only = draw(st.booleans())
    said = between.join(
        f"{json.dumps(name)}{colon}{json.dumps(value, ensure_ascii=ascii_only)}"
        for name, value in draw(st.permutations(fields))
    )
    return "{" + said + "}"


BROKEN = [
    "",
    "  ",
    "[1]",
    "3",
    "{",
    '{"key": "M1"',
    '{"key": "M1"} {"key": "M2"}',
    '{"key": NaN}',
    '{"key": "M1", "p.whole": 01}',
    '{"key": "M1", "note": ' + "[" * 3000 + "]" * 3000 + "}",
    '{"key": "M1", "p.whole": ' + "9" * 5000 + "}",
    '{"key": "M1", "note": "\t"}',
    '\ufeff{"key": "M1"}',
    '{"key": "M1"}\r',
    ' {"key": "M1"}',
]


def read(text: bytes, *, fast: bool, closely: bool = False) -> tuple[list[Any], list[RowProblem]]:
    with pytest.MonkeyPatch.context() as patch:
        if not fast:
            patch.setattr(fact_lines, "msgspec", None)
        if closely:
            patch.setattr(FactLines, "_quickly", lambda _, some, lines: [{} for _ in lines])
            patch.setattr(QuickColumns, "read", lambda *_: None)
        told: list[RowProblem] = []
        reader = FactLines(FileFacts(BOOK, "key"), told.append)
        first = reader.rows(text)  # here the names are learnt
        told.clear()
        reader.line = 1
        again = reader.rows(text)
        assert first == again
        of_rows = [*told]
        told.clear()
        reader.line = 1
        types = reader.facts.types({fact.key: fact for fact in FACTS})
        frame = pl.concat([frame_of((), types), *reader.frames(text, types)])
        assert told == of_rows
        assert frame.equals(frame_of((row for _, row in again), types))
        return again, told


def check(lines: list[bytes]) -> None:
    text = b"".join(line + b"\n" for line in lines)
    slow = read(text, fast=False, closely=True)
    assert read(text, fast=True) == slow
    assert read(text, fast=False) == slow
    assert [number for number, _ in slow[0]] == sorted({number for number, _ in slow[0]})
    for number, row in slow[0]:
        assert isinstance(row["key"], str)
        assert row["key"]
        assert 1 <= number <= len(lines)
        assert set(row) <= {"key", *NAMES} - {"p.decided"}


as_bytes = (objects() | st.sampled_from(BROKEN)).map(lambda s: s.encode(errors="surrogatepass"))


@example([b'{"key":"M1","p.text":"\\u003a","p.chioce":1}'])
@example([b'{"key":', b'"M1"}{"key":"M2"}'])
@example([b'{"key":"M1","note":{"a":1}', b'{"b":1}}{"key":"M2"}'])
@example([b'{"key":"M1","p.flag":1}', b'{"key":"M1","p.flag":true}'])
@given(st.lists(as_bytes, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_msgspec_and_cattrs_read_what_the_close_look_reads(lines: list[bytes]) -> None:
    check(lines)


@pytest.mark.slow
@given(st.lists(as_bytes | st.binary(max_size=30), min_size=1, max_size=6))
@settings(max_examples=800, deadline=None)
def test_msgspec_and_cattrs_read_what_the_close_look_reads_of_very_many_lines(
    lines: list[bytes],
) -> None:
    check([line for each in lines for line in each.split(b"\n")])


@pytest.mark.parametrize("fast", [True, False])
def test_right_values_are_read_as_rules_take_them(fast: bool) -> None:
    line = json.dumps(
        {
            "key": 7,
            "surname": "Doe: Jane",
            "p.choice": "red",
            "p.text": "a",
            "p.whole": 3.0,
            "p.money": "719.00",
            "p.day": "2026-06-01",
            "p.flag": "Yes",
            "p.set": "red, blue",
        }
    ).encode()
    rows, told = read(line, fast=fast)
    assert told == []
    assert rows == [
        (
            1,
            {
                "key": "7",
                "p.choice": "red",
                "p.text": "a",
                "p.whole": 3,
                "p.money": Decimal("719.00"),
                "p.day": date(2026, 6, 1),
                "p.flag": True,
                "p.set": frozenset({"red", "blue"}),
            },
        )
    ]


@pytest.mark.parametrize("fast", [True, False])
def test_all_that_is_wrong_is_told_together_with_the_nearest_and_never_shown(fast: bool) -> None:
    text = b"""{"key": "M1", "p.choice": "grene", "p.day": "1 June", "p.chioce": "Jane Doe"}
{"p.text": "a", "p.text": "b"}
{"key": "M2", "p.decided": "a"
{"key": "M3", "key": "M4", "p.text": "a"}
"""
    _, told = read(text, fast=fast)
    assert [str(each) for each in told] == [
        "line 1, p.choice: expected one of the words declared for it; did you mean 'green'?",
        "line 1, p.day: expected a day such as 2026-06-01",
        "line 1, p.chioce: expected a fact that the rulebook knows; did you mean 'p.choice'?",
        "line 2, key: expected text or a whole number that says whose row it is",
        "line 2, p.text: expected each name once in a line",
        "line 3: expected a JSON object on each line (Expecting ',' delimiter)",
        "line 4, key: expected each name once in a line",
    ]
    assert "Jane" not in repr(told) + str([each.fault("f") for each in told])


def test_lines_are_told_apart() -> None:
    assert lines_of(b"a\nb\n") == lines_of(b"a\nb") == [b"a", b"b"]
    assert lines_of(b"\n") == [b""]
