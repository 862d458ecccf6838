"""The mappings of a rulebook."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest

import unioncore

BOOK = unioncore.compose(discover=False)


@pytest.mark.parametrize(
    "write",
    [
        lambda mapping: mapping.update({"x": 1}),
        lambda mapping: mapping.__setitem__("x", 1),
        lambda mapping: mapping.pop(next(iter(mapping))),
        lambda mapping: mapping.setdefault("x", 1),
        lambda mapping: mapping.clear(),
    ],
)
@pytest.mark.parametrize("name", ["facts", "words"])
def test_nobody_writes_into_a_rulebook(name: str, write: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match="a rulebook stays as it is"):
        write(getattr(BOOK.rules, name))


def test_nor_into_the_words_of_a_vocabulary() -> None:
    words: Any = BOOK.rules.words["nation"]
    with pytest.raises(TypeError):
        del words["England"]


def test_it_comes_back_from_a_pickle_as_it_was() -> None:
    again = pickle.loads(pickle.dumps(BOOK.rules.words))
    assert again == BOOK.rules.words
    assert type(again) is type(BOOK.rules.words)
