"""Each recipe is shown on a page and run by the check of its name; nothing personal is logged."""

import logging
import re
from datetime import date
from pathlib import Path

import pytest

import unioncore

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "docs" / "recipes"


@pytest.mark.skipif(not RECIPES.is_dir(), reason="no checkout")
def test_every_recipe_is_on_a_page() -> None:
    pages = (page.read_text("utf-8") for page in (ROOT / "docs").glob("recipes*.md"))
    shown = {name for page in pages for name in re.findall(r"recipes/([\w.]+)", page)}
    assert shown == {file.name for file in RECIPES.iterdir() if file.is_file()}


@pytest.mark.skipif(not RECIPES.is_dir(), reason="no checkout")
def test_every_recipe_asserts_what_it_shows() -> None:
    for file in RECIPES.glob("*.py"):
        code = file.read_text("utf-8")
        assert 'if __name__ == "__main__":' in code, file.name
        assert "    assert " in code.partition('if __name__ == "__main__":')[2], file.name


class _Broken:
    name = "broken"

    @unioncore.hookimpl
    def unioncore_about(self) -> str:
        return "no About"


def test_composing_says_what_it_made_and_what_it_left_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO, logger="unioncore"):
        book = unioncore.compose(_Broken(), discover=False, on_fault="leave out")
    left_out, composed = caplog.records
    assert (left_out.levelname, left_out.getMessage()) == ("WARNING", book.left_out[0].warning)
    figures = vars(composed)
    assert composed.getMessage().startswith(f"composed the rulebook {book.fingerprint} in ")
    assert (figures["rulebook"], figures["plugins"]) == (book.fingerprint, ["builtin"])
    assert figures["left_out"] == ["broken"]
    assert 0 < figures["seconds"] < 600


def test_no_question_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    book = unioncore.compose(discover=False)
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        unioncore.placement(book, {"person.earnings": "31234.56"}, on=date(2026, 3, 2))
    assert caplog.records == []


def test_whoever_asks_for_no_logs_sees_none(capsys: pytest.CaptureFixture[str]) -> None:
    unioncore.compose(_Broken(), discover=False, on_fault="leave out")
    assert capsys.readouterr().err == ""
