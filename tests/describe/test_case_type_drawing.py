"""Case types drawn: nothing is lost, and nothing is a tangle."""

import re
from datetime import date
from shutil import which
from xml.etree import ElementTree as XML

import pytest
from tests.books import everything

from unioncore.describe import case_type_chart
from unioncore.errors import UnknownName
from unioncore.legal import in_force
from unioncore.model import ANY

DAY = date(2026, 6, 1)
SVG = "{http://www.w3.org/2000/svg}"


def _called(key: str) -> str:
    return key.replace("_", " ")


def test_a_graph_tells_every_way_of_every_case_type() -> None:
    rulebook = everything()
    for kind in rulebook.definitions.case_types:
        version = in_force(kind.versions, DAY)
        assert version is not None
        dot = case_type_chart(rulebook, kind.key, on=DAY, style="dot")
        flat = re.sub(r" *\\[nl] *", " ", dot)
        for way in version.transitions:
            name = next(each.name for each in version.states if each.key == way.to_state)
            arrow = rf'"{way.from_state}" -> "{way.to_state}" \[label="[^"]*{_called(way.event)}'
            told = f"{_called(way.event)} → {name}"
            assert told in flat or re.search(arrow, flat), (kind.key, way)
            assert way.from_state != ANY or told in flat


@pytest.mark.skipif(which("dot") is None, reason="needs Graphviz")
def test_states_are_told_apart_by_more_than_colour_and_lead_where_they_are_told() -> None:
    links = {"lodged": "#lodged"}
    svg = case_type_chart(everything(), "core.grievance", on=DAY, style="svg", links=links)
    found = XML.fromstring(svg)
    assert found.get("aria-label") == "Individual grievance: states and events"
    boxes: dict[str, list[XML.Element]] = {
        title.text or "": list(group.iter(f"{SVG}path"))
        for group in found.iter(f"{SVG}g")
        for title in group.findall(f"{SVG}title")
    }
    (begins,) = boxes["Issue identified with member (begins here)"]
    (ordinary,) = boxes["Meeting arranged"]
    assert begins.get("stroke-width") == "2.5"
    assert ordinary.get("stroke-width") is None
    assert len(boxes["Resolved or withdrawn (outcome)"]) == 2
    assert [each.get("href") for each in found.iter(f"{SVG}a")] == ["#lodged"]


@pytest.mark.needs_plugins
def test_a_style_that_there_is_not_is_told() -> None:
    with pytest.raises(UnknownName, match="no format is called 'svgs'"):
        case_type_chart(everything(), "core.grievance", on=DAY, style="svgs")
