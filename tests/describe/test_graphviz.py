"""Graphs as SVG that can stand in a page."""

from shutil import which
from xml.etree import ElementTree as XML

import pytest

from unioncore.describe import svg_of_dot
from unioncore.errors import MissingPart

SVG = "{http://www.w3.org/2000/svg}"
GRAPH = """digraph {
  "a" [label="Say \\"R & D\\"" tooltip="the <first>" URL="#a?b=1&amp;c" class="outcome"];
  "a" -> "b" [label="go" tooltip="go (member)"];
}"""
drawn = pytest.mark.skipif(which("dot") is None, reason="needs Graphviz")


def test_without_graphviz_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingPart, match="apt install graphviz"):
        svg_of_dot(GRAPH, title="A graph")


@drawn
def test_a_graph_is_one_clean_element_of_a_page() -> None:
    svg = svg_of_dot(GRAPH, title="A & B", about="Two things.")
    assert svg.startswith("<svg ")
    found = XML.fromstring(svg)
    assert found.get("aria-label") == "A & B"
    assert [found[0].tag, found[0].text] == [f"{SVG}title", "A & B"]
    assert [found[1].tag, found[1].text] == [f"{SVG}desc", "Two things."]
    every = list(found.iter())
    assert not any("id" in each.attrib or "font-family" in each.attrib for each in every)
    assert not {"black", "white", "transparent"} & {
        value for each in every for value in each.attrib.values()
    }
    titles = [each.text for each in found.iter(f"{SVG}title")]
    assert {"the <first>", "go (member)"} <= set(titles)
    words = [each.text for each in found.iter(f"{SVG}text")]
    assert words == ['Say "R & D"', "b", "go"]


@drawn
def test_links_are_reached_and_an_image_has_none() -> None:
    with_link = XML.fromstring(svg_of_dot(GRAPH, title="A graph"))
    (link,) = with_link.iter(f"{SVG}a")
    assert link.get("href") == "#a?b=1&c"
    assert with_link.get("role") == "group"
    assert XML.fromstring(svg_of_dot("digraph { a }", title="A")).get("role") == "img"


@drawn
def test_what_is_no_graph_is_said() -> None:
    with pytest.raises(ValueError, match="syntax error"):
        svg_of_dot("digraph {", title="A graph")
