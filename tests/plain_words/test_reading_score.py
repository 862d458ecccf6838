"""What the library prints gets no harder to read."""

import tomllib
from pathlib import Path

import pytest

from tests.plain_words.reading_score import Sentence, grade, hardest, sentences_in, syllables

pytestmark = [pytest.mark.needs_plugins, pytest.mark.needs_cli]

LIMITS: dict[str, dict[str, float]] = tomllib.loads(
    (Path(__file__).parent / "limits.toml").read_text("utf-8")
)
HARDEST = 20
"""How many of the hardest sentences of a kind are looked at apart."""


@pytest.fixture(scope="module")
def said() -> dict[str, list[Sentence]]:
    from tests.plain_words.gathered import gathered  # it needs the command line

    return gathered()


def mean_of_the_hardest(sentences: list[Sentence]) -> float:
    worst = hardest(sentences, HARDEST)
    return sum(each.grade for each in worst) / len(worst)


def told(sentences: list[Sentence]) -> str:
    lines = (f"  {each.grade:.0f}  {each.place}: {each.text}" for each in sentences)
    return "\n".join(["", *lines])


@pytest.mark.parametrize("kind", LIMITS)
def test_no_kind_of_text_gets_harder(kind: str, said: dict[str, list[Sentence]]) -> None:
    sentences, limits = said[kind], LIMITS[kind]
    found = {"grade": grade(sentences), "hardest": mean_of_the_hardest(sentences)}
    worse = {name: round(each, 1) for name, each in found.items() if each > limits[name]}
    assert not worse, (
        f"{kind}: limits {limits}; shorten some of the hardest sentences, or use shorter words:"
        + told(hardest(sentences, HARDEST))
    )


def test_every_kind_of_text_has_its_limits(said: dict[str, list[Sentence]]) -> None:
    assert {*LIMITS} == {*said}


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("vote", 1), ("branches", 2), ("agreed", 2), ("ended", 2), ("named", 1), ("table", 2)),
        *(("employer", 3), ("negotiate", 4), ("union's", 2), ("well-known", 2), ("statement", 2)),
        *(("2026", 1), ("core.six-months", 1), ("NHS", 1), ("£12,000", 1)),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_is_that_of_the_published_formula() -> None:
    # 2 sentences, 11 words, 12 syllables: 0.39 * 11 / 2 + 11.8 * 12 / 11 - 15.59
    text = "The members vote by post. A branch may ask for more."
    assert round(grade(sentences_in(text, "")), 2) == -0.57


def test_a_long_sentence_is_harder_than_the_same_words_in_two() -> None:
    long = "The branch chooses a steward and the steward speaks for the members at work."
    two = "The branch chooses a steward. The steward speaks for the members at work."
    assert grade(sentences_in(long, "")) > grade(sentences_in(two, ""))


def test_the_hardest_come_first_and_short_names_are_left_out() -> None:
    text = "Yes and it is so. Consultation of representatives is obligatory. A branch."
    found = sentences_in(text, "here")
    assert [each.text for each in hardest(found, 5)] == [
        "Consultation of representatives is obligatory.",
        "Yes and it is so.",
    ]
