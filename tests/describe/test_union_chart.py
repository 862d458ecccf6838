"""A union drawn down to a depth: nothing is lost, and what is left out is counted."""

from datetime import date
from xml.etree import ElementTree as XML

import pytest

from unioncore.describe import FORMATS, chart
from unioncore.errors import UnknownName
from unioncore.model import Parent, Union, Unit

START = date(2020, 1, 1)
ABOVE = {"b1": "r1", "b2": "r1", "b3": "r2", "office": "b3", "r1": "u", "r2": "u"}
NOW = Union(
    key="u",
    name="Guild & Co",
    units=tuple(
        Unit(key=key, kind="branch", name=key.upper(), start=START) for key in ("u", *ABOVE)
    ),
    parents=tuple(
        Parent(unit=unit, axis="region", parent=above, start=START) for unit, above in ABOVE.items()
    ),
).on(date(2026, 6, 1))
DEPTHS = {0: (1, 6), 1: (3, 4), 2: (6, 1), 3: (7, 0), None: (7, 0)}
"""For each depth: how many units are shown, and how many are counted."""


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("depth", DEPTHS)
def test_each_unit_down_to_a_depth_is_drawn_and_those_below_are_counted(
    style: str, depth: int | None
) -> None:
    drawn = chart(NOW, axis="region", style=style, depth=depth)
    shown, counted = DEPTHS[depth]
    words = drawn.replace("\\n", " ").replace("(", " ").replace('"', " ").replace(">", "> ").split()
    names = {unit.called for unit in NOW.units()}
    assert len(names & {word.removesuffix("</text>") for word in words}) == shown
    more = [int(words[at - 1]) for at, word in enumerate(words) if word.startswith("more")]
    assert sum(more) == counted


def test_a_union_for_a_page_leads_where_its_units_lead() -> None:
    svg = XML.fromstring(chart(NOW, axis="region", style="svg", links={"b1": "b1.html"}))
    assert svg.get("aria-label") == "Guild & Co: region, on 1 June 2026"
    (link,) = (each for each in svg.iter() if "href" in each.attrib)
    assert link.get("href") == "b1.html"


def test_a_style_that_there_is_not_is_told() -> None:
    with pytest.raises(UnknownName, match="no format is called 'svgs'"):
        chart(NOW, axis="region", style="svgs")
