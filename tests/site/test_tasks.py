"""What readers come for is found; tasks.toml says what, and on which page it stands."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.site.pages import Page

pytestmark = pytest.mark.site

TASKS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("tasks.toml").read_text(encoding="utf-8")
)["task"]

CLICKS = 3
"""In how many clicks the answer is reached from the first page."""


@pytest.fixture(scope="module")
def clicks(pages: Mapping[str, Page]) -> Mapping[str, int]:
    """Return how many clicks each page is away, without the alphabetical index and the search."""
    away = {"index": 0}
    queue = ["index"]
    wanted = pages.keys() - {"genindex", "search"}
    for address in queue:
        for to in {file.removesuffix(".html") for file, _ in pages[address].inside()} & wanted:
            if to not in away:
                away[to] = away[address] + 1
                queue.append(to)
    return away


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["asks"])
def test_the_answer_is_reached_in_a_few_clicks(
    task: dict[str, Any], pages: Mapping[str, Page], clicks: Mapping[str, int]
) -> None:
    assert task["says"] in pages[task["page"]].text()
    assert clicks[task["page"]] <= CLICKS


def test_every_kind_of_reader_has_five_tasks() -> None:
    readers = Counter(task["reader"] for task in TASKS)
    assert readers == {"branch officer": 5, "developer": 5, "plugin author": 5, "curious": 5}
