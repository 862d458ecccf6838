"""Pages can be read by everybody, in light and in dark."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from tests.site.pages import Page, to_look_at

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.site

READERS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}
"""A desk by day, and a phone by night."""

FAINT = """() => {
    const pen = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const over = (colour, share, under) => {
        pen.globalAlpha = 1;
        pen.fillStyle = under;
        pen.fillRect(0, 0, 1, 1);
        pen.globalAlpha = share;
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
    };
    const light = rgb => {
        const [r, g, b] = rgb.map(x => x / 255)
            .map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (colour, share, paper) => {
        const [one, two] = [light(over(colour, share, paper)), light(over(paper, 1, "#fff"))];
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    };
    const faint = [];
    for (const picture of document.querySelectorAll("article svg:not(button *, [aria-hidden])")) {
        const name = picture.querySelector("title")?.textContent;
        const box = picture.getBoundingClientRect();
        if (!name) faint.push("a picture has no title");
        if (!box.width || !box.height) faint.push(`${name}: not to be seen`);
        let behind = picture;
        while (behind.parentElement && getComputedStyle(behind).backgroundColor.endsWith(", 0)"))
            behind = behind.parentElement;
        const paper = getComputedStyle(behind).backgroundColor;
        for (const each of picture.querySelectorAll("text, path, line, polyline, polygon, rect")) {
            const style = getComputedStyle(each);
            const [how, least] = each.matches("text") ? ["fill", 4.5] : ["stroke", 3];
            const share = style[`${how}Opacity`] * style.opacity;
            if (style[how] === "none" || share < 0.5) continue;
            const found = contrast(style[how], share, paper);
            const what = each.textContent || each.tagName;
            if (found < least)
                faint.push(`${name}: ${what}: ${style[how]} on ${paper}: ${found.toFixed(1)}`);
        }
    }
    return faint;
}"""
"""Finds pictures without a name, and words and lines that do not stand out from the page.

What is drawn with less than half its colour, such as the lines of a grid, may be faint."""


@pytest.mark.parametrize("reader", READERS)
def test_no_serious_barrier_is_found(
    opened: "Callable[..., Tab]", served: str, pages: Mapping[str, Page], reader: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="in the site group")
    tab = opened(**READERS[reader])
    found: dict[str, list[str]] = {}
    for address in to_look_at(pages):
        tab.goto(f"{served}/{address}.html")
        for each in axe.Axe().run(tab).response["violations"]:
            if each["impact"] in {"serious", "critical"}:
                what = f"{each['id']}, such as {each['nodes'][0]['html'][:120]}"
                found.setdefault(what, []).append(address)
    assert found == {}


@pytest.mark.parametrize("reader", READERS)
def test_pictures_stand_out_from_the_page(
    opened: "Callable[..., Tab]", served: str, pages: Mapping[str, Page], reader: str
) -> None:
    tab = opened(**READERS[reader])
    faint = {}
    for address in to_look_at(pages):
        tab.goto(f"{served}/{address}.html")
        if found := tab.evaluate(FAINT):
            faint[address] = found
    assert faint == {}
