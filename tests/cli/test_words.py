"""Vocabularies and their words, listed on the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.needs_cli
pytest.importorskip("click")
pytest.importorskip("rich")

Run = Callable[..., Any]


def test_vocabularies_and_words_are_listed(run: Run) -> None:
    assert "nation: 4" in run("words --plugin builtin").stdout.splitlines()
    assert "Wales: Wales" in run("words nation --plugin builtin").stdout.splitlines()
    assert "Wales" in json.loads(run("words nation --json --plugin builtin").stdout)


def test_a_misspelt_vocabulary_is_met_with_the_nearest(run: Run) -> None:
    result = run("words natoin --plugin builtin")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'nation'?" in result.stderr
