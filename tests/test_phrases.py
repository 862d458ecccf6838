"""Every fixed phrase stands in the catalogue, and the catalogue holds nothing else."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import unioncore
from unioncore.phrases import ENGLISH, Phrases, english_phrases, fields_in, series

SRC = Path(unioncore.__file__).parent
SAID_BY_PHRASES = ("prose.py", "gaps.py", "explain.py")
"""Modules of rules that say nothing but phrases."""
SAYING = {"say", "self", "self.say", "self.explainer.say"}
"""How a phrase is called for."""


def calls() -> Iterator[ast.Call]:
    """Give every call that says a phrase."""
    for file in SRC.rglob("*.py"):
        text = file.read_text("utf-8")
        if file.parent.name == "rules" or "unioncore.phrases" in text or file.name == "phrases.py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYING:
                    yield node


def asked_for() -> set[str]:
    """Return the keys of phrases that code asks for, as patterns where they are put together."""
    found = set()
    for call in calls():
        match call.args[:1]:
            case [ast.Constant(str() as key)]:
                found.add(key)
            case [ast.IfExp(_, ast.Constant(str() as one), ast.Constant(str() as other))]:
                found |= {one, other}
            case [ast.JoinedStr(values)]:
                parts = [
                    re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[A-Za-z-]*"
                    for v in values
                ]
                pattern = re.compile("".join(parts))
                fitting = {key for key in english_phrases() if pattern.fullmatch(key)}
                assert fitting, f"no phrase is called {pattern.pattern}"
                found |= fitting
    return found


def test_every_phrase_that_is_asked_for_is_there_and_no_other() -> None:
    assert asked_for() == {*english_phrases()}


@pytest.mark.parametrize("name", SAID_BY_PHRASES)
def test_modules_that_say_phrases_hold_no_sentence_of_their_own(name: str) -> None:
    tree = ast.parse((SRC / "rules" / name).read_text("utf-8"))
    quoted = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    texts = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quoted
    )
    assert [text for text in texts if re.search(r"[a-z] [a-z]", text)] == []


def test_a_phrase_is_filled_with_names_only() -> None:
    for key, phrase in english_phrases().items():
        for _, name, form, conversion in Formatter().parse(phrase):
            assert name is None or (name.isidentifier() and not form and not conversion), key


def test_what_is_not_translated_is_said_in_english() -> None:
    say = Phrases({"value.yes": "ie"})
    assert (say("value.yes"), say("value.no")) == ("ie", "no")


@given(st.dates())
def test_a_day_is_said_with_its_month_and_its_weekday(day: date) -> None:
    said = f"{day.day} {day:%B} {day.year}"
    assert ENGLISH.long_date(day) == said
    assert ENGLISH.weekday(day) == f"{day:%A} {said}"


@given(st.lists(st.text(min_size=1, max_size=5), max_size=6), st.sampled_from(["and", "or"]))
def test_items_are_joined_as_a_sentence_joins_them(items: list[str], word: str) -> None:
    *first, last = items or [""]
    joined = f"{', '.join(first)} {word} {last}" if first else last
    assert series(items, word) == joined


def test_what_fills_a_phrase_is_never_read_as_one() -> None:
    assert ENGLISH("value.the", name="{name}") == "the {name}"
    assert ENGLISH.pounds(Decimal("1250.50")) == "£1,250.50"
    assert fields_in("{day} of {month}") == {"day", "month"}
