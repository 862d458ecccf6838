"""The notation reads back what it writes, and refuses the rest with a place and a hint."""

import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import unioncore
from tests.rules.strategies import conditions
from unioncore.errors import NotationError
from unioncore.rules import Subject, parse, render
from unioncore.rules.condition import Expression, Literal, Words
from unioncore.rules.functions import CALCULATIONS, TURNED
from unioncore.rules.notation import FUNCTIONS

PAGE = Path(__file__).parents[2] / "docs" / "notation.md"
LINES = re.findall(
    r"(?m)^\| `(.+?)` \| .+ \| (?:`(.+)`)? ?\| (?:`(.+)`|not known) \|$", PAGE.read_text("utf-8")
)
"""Of each line of its tables: what is written, what is known, and what it gives."""


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


@pytest.fixture(scope="module")
def book() -> unioncore.Rulebook:
    """The rulebook that the page speaks of: the examples of every table."""
    folder = Path(str(resources.files("unioncore"))) / "templates" / "tables"
    return unioncore.compose(unioncore.TomlPlugin(folder, prefix="demo"), discover=False)


def plain(written: str) -> Any:
    """Return a value as the page writes it."""
    match parse(written):
        case Literal(value):
            return value
        case Words(items):
            return frozenset(item.value for item in items)
    raise AssertionError(f"no value: {written}")


@pytest.mark.parametrize(("written", "known", "gives"), LINES)
def test_each_line_of_the_page_is_as_it_says(
    book: unioncore.Rulebook, written: str, known: str, gives: str
) -> None:
    given = dict(each.split(" = ", 1) for each in known.split("; ")) if known else {}
    subject = Subject(book.rules, {key: plain(value) for key, value in given.items()})
    assert subject.evaluate(parse(written)) == (plain(gives) if gives else None)


def test_the_page_holds_the_whole_notation() -> None:
    page = "\n".join(written for written, _, _ in LINES)
    words = {"and", "or", "not", "in", "not in", "True", "False", "()", "'GB'", "day(", "money("}
    calls = {f"{name}(" for name in (*FUNCTIONS, *CALCULATIONS)}
    sums = {sign for sign in ("+", "-", "*", "/", "//", "%", "**") if _is_taken(f"1 {sign} 2")}
    missing = {each for each in words | calls if each not in page}
    assert missing | {sign for sign in {*TURNED} | sums if f" {sign} " not in page} == set()


def _is_taken(written: str) -> bool:
    try:
        return bool(parse(written))
    except NotationError:
        return False
