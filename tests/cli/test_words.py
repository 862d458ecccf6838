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
    lines = run("words nation --plugin builtin").stdout.splitlines()
    assert "Wales: Wales (builtin: placement.toml)" in lines
    assert "Wales" in json.loads(run("words nation --json --plugin builtin").stdout)
    # A case type is a word too, and stands in a file of its own.
    assert "grievance.toml)" in run("words case_type --plugin builtin").stdout


def test_a_misspelt_vocabulary_is_met_with_the_nearest(run: Run) -> None:
    result = run("words natoin --plugin builtin")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'nation'?" in result.stderr
