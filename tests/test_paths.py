"""What is read from files, whatever they hold, and names that are given."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from unioncore.errors import WrongArgument
from unioncore.paths import as_names, content_of, parse_json, parse_toml


def test_json_may_begin_with_a_mark_and_its_numbers_are_exact() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 0.1}') == {"a": Decimal("0.1")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1, "a": 2}', "'a' stands twice in one object"),
        (b"[NaN]", "NaN is not a number"),
        (b"{", "line 1: "),
        (b"\xff", "this is not text in UTF-8"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_is_no_json_says_why(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said):
        parse_json(content)


def test_a_key_of_very_many_parts_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match=r"key of more than 200 parts \(at line 2, column 1\)"):
        parse_toml("a = 1\n" + "b." * 200_000 + "c = 1\n")
    assert parse_toml("a = '" + "b. " * 150 + "'") == {"a": "b. " * 150}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "people.csv")
    with pytest.raises(OSError, match="it is no file"):
        content_of(tmp_path / "people.csv")


def test_one_name_may_be_text() -> None:
    assert as_names("health", "block") == ("health",)
    assert as_names(["a", "b"], "block") == ("a", "b")


@pytest.mark.parametrize("given", [None, 5, b"health", [1]])
def test_what_holds_no_names_is_refused(given: Any) -> None:
    with pytest.raises(WrongArgument, match="block: expected names"):
        as_names(given, "block")
