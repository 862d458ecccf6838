"""The search finds the right page first; searches.toml says which."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.site

FIRST_HITS: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("searches.toml").read_text(encoding="utf-8")
)["first_hit"]


def first_hit(tab: "Tab") -> str:
    """Return the address of the first result once it is there; empty where nothing is found."""
    result = tab.locator("#search-results ul.search li a").first
    result.or_(tab.get_by_text("did not match any documents")).first.wait_for()
    if not result.is_visible():
        return ""
    path = urlsplit(result.evaluate("link => link.href")).path
    return path.removesuffix(".html").removeprefix("/").removeprefix("handbook/")


def test_each_query_finds_its_page_first(opened: "Callable[..., Tab]", served: str) -> None:
    tab = opened()
    found = {}
    for query in FIRST_HITS:
        tab.goto(f"{served}/search.html?q={quote(query)}")
        found[query] = first_hit(tab)
    assert found == FIRST_HITS


def test_a_query_is_typed_on_the_first_page(opened: "Callable[..., Tab]") -> None:
    query = next(iter(FIRST_HITS))
    tab = opened()
    tab.get_by_role("searchbox").or_(tab.get_by_placeholder("Search")).first.fill(query)
    tab.keyboard.press("Enter")
    assert first_hit(tab) == FIRST_HITS[query]


def test_the_search_works_in_a_folder_that_nobody_serves(
    opened: "Callable[..., Tab]", site: Path
) -> None:
    query = next(iter(FIRST_HITS))
    tab = opened(f"{site.as_uri()}/search.html?q={quote(query)}")
    assert first_hit(tab).endswith(f"/{FIRST_HITS[query]}")
