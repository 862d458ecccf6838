"""Every page fits a phone, and paper."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest
from tests.site.pages import Page, to_look_at

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.site

PHONE = {"width": 390, "height": 844}
SCREENS = 12
"""How many screens of a phone a page may be tall; only the alphabetical index may be taller."""

SIZES = """async addresses => {
    const sizes = [];
    for (const address of addresses) {
        const html = await (await fetch(`/${address}.html`)).text();
        const page = new DOMParser().parseFromString(html, "text/html");
        document.body.innerHTML = page.body.innerHTML;
        const { scrollHeight, scrollWidth } = document.documentElement;
        sizes.push([address, scrollHeight, scrollWidth]);
    }
    return sizes;
}"""
"""Lays out one page after the other in the same tab; opening each would take twice as long."""


def test_no_page_is_long_or_scrolls_sideways_on_a_phone(
    opened: "Callable[..., Tab]", pages: Mapping[str, Page]
) -> None:
    sizes = opened(viewport=PHONE).evaluate(SIZES, list(pages))
    screens = {address: tall / PHONE["height"] for address, tall, _ in sizes}
    wide = {address: wide for address, _, wide in sizes if wide > PHONE["width"]}
    long = {each: round(n, 1) for each, n in screens.items() if n > SCREENS and each != "genindex"}
    assert (long, wide) == ({}, {})


def test_paper_has_the_text_alone(
    opened: "Callable[..., Tab]", served: str, pages: Mapping[str, Page]
) -> None:
    tab = opened()
    tab.emulate_media(media="print")
    beside = {}
    for address in to_look_at(pages):
        tab.goto(f"{served}/{address}.html")
        drawers = tab.locator(".sidebar-drawer, .toc-drawer, .mobile-header, .back-to-top")
        beside[address] = sum(each.is_visible() for each in drawers.all())
    assert {address: count for address, count in beside.items() if count} == {}
