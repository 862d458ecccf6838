"""Other words for things, and troubles: where they lead, and what is wrong with them."""

from pathlib import Path

import pytest
from tests.books import everything
from tests.composition.making import compose, faults_of, toml

from unioncore import TomlPlugin
from unioncore.describe import Signpost, signposts_of_troubles, signposts_of_words, things

RED = """
[words.employer_kind]
lamp-board = "lamp board"
red-lamp-board = "board of red lamps"
[synonyms]
"lamp people" = ["employer-kind/lamp-board", "claim/equal-pay"]
"""
BLUE = """
[synonyms]
"lamp people" = "claim/unfair-dismissal"
"Equal pay?" = "claim/equal-pay"
[[trouble]]
said = "My lamp is out"
see = ["claim/unfair-dismissal", "claim/equal-pay"]
note = "Keep the oil."
"""
GREEN = """
[[trouble]]
said = "My lamp is out"
see = ["claim/equal-pay"]
[synonyms]
"Equal pay?" = "claim/equal-pay"
"""


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_what_plugins_say_of_one_word_is_joined_in_whatever_order_they_come(
    tmp_path: Path, order: tuple[int, ...]
) -> None:
    every = {"red": RED, "blue": BLUE, "green": GREEN}
    made = [toml(text, source="")(tmp_path, name) for name, text in every.items()]
    book = compose(*(made[place] for place in order))
    words = {each.said: each for each in signposts_of_words(book)}
    assert words["lamp people"].see == (
        "claim/unfair-dismissal",
        "employer-kind/lamp-board",
        "claim/equal-pay",
    )
    assert words["Equal pay?"] == Signpost("Equal pay?", ("claim/equal-pay",))
    (trouble,) = (each for each in signposts_of_troubles(book) if each.said == "My lamp is out")
    assert trouble.see == ("claim/equal-pay", "claim/unfair-dismissal")
    assert trouble.notes == ("Keep the oil.",)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            '"claim/unfair-dismissal"\n',
            '"claim/unfair-dismisal"\n',
            3,
            "refers to the thing claim/unfair-dismisal, which no plugin defines; "
            "did you mean 'claim/unfair-dismissal'?",
        ),
        (
            '"claim/equal-pay"]\n',
            '"claims/equal-pay"]\n',
            7,
            "refers to the thing claims/equal-pay, which no plugin defines; "
            "did you mean 'claim/equal-pay'?",
        ),
        ('"claim/equal-pay"\n[', "3\n[", 4, "expected text in quotes, got a whole number"),
        ('"claim/equal-pay"\n[', "[]\n[", 4, "see must not be empty"),
        ('said = "My lamp is out"', 'said = ""', 5, "said must not be empty"),
        ("[synonyms]", "[[synonyms]]", 2, "expected [synonyms], with one pair of brackets"),
        ("[synonyms]", "[synonym]", 2, "no such table; did you mean 'synonyms'?"),
    ],
)
def test_what_leads_nowhere_is_one_fault(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in BLUE
    (fault,) = faults_of(toml(BLUE.replace(old, new, 1), source="")(tmp_path, "lh"))
    assert (fault.line, fault.message) == (line, said)


def test_what_leads_to_a_plugin_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "with-lanterns").mkdir()
    (tmp_path / "with-lanterns" / "words.toml").write_text(BLUE.replace("equal-pay", "x"))
    (tmp_path / "own.toml").write_text('[words.employer_kind]\nlamp-board = "lamp board"\n')
    book = compose(TomlPlugin(tmp_path, prefix="lh"))
    assert "lamp people" not in {each.said for each in signposts_of_words(book)}


def test_every_word_and_trouble_that_ships_leads_to_something() -> None:
    known = things(everything())
    every = (*signposts_of_words(everything()), *signposts_of_troubles(everything()))
    assert [each for post in every for each in post.see if each not in known] == []


def test_another_word_for_a_thing_is_not_its_name() -> None:
    known = things(everything())
    for post in signposts_of_words(everything()):
        names = [known[address].name.casefold() for address in post.see]
        assert names != [post.said.casefold()], post


def test_a_trouble_is_told_as_a_sentence_without_its_full_stop() -> None:
    for post in signposts_of_troubles(everything()):
        assert post.said[0].isupper(), post
        assert post.said[-1].isalpha(), post
        assert all(note.endswith(".") for note in post.notes), post
