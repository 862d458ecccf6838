"""Graphs in DOT, the language of Graphviz, and as SVG, which its program ``dot`` lays out."""

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from shutil import which
from textwrap import wrap
from xml.etree import ElementTree as XML

from unioncore.describe.svg import picture
from unioncore.errors import CannotBe, MissingPart

__all__ = ["svg_of_dot"]

BOX, ARROW, NOTE = 17, 13, 44
"""How many letters a line has in a box, on an arrow and below, for the width of a phone."""
_LEAST = 0.8
"""How far a graph may shrink before it scrolls: its words then have ten pixels or more."""


def dot_text(text: str) -> str:
    """Return text as DOT reads it, in quotes."""
    # To Graphviz an ampersand begins a character reference, as in HTML.
    marks = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "&": "&amp;"}
    return '"' + "".join(marks.get(letter, letter) for letter in text) + '"'


def wrapped(text: str, letters: int = BOX) -> str:
    """Return text in lines of at most so many letters; a longer word has a line of its own."""
    return "\n".join(wrap(text, letters, break_long_words=False))


def statement(what: str, attributes: Mapping[str, str]) -> str:
    """Return a node or an arrow of a graph, with those of its attributes that are not empty."""
    said = " ".join(f"{name}={dot_text(value)}" for name, value in attributes.items() if value)
    return f"  {what} [{said}];" if said else f"  {what};"


def digraph(name: str, statements: Iterable[str], notes: Iterable[str] = ()) -> str:
    """Return a graph from the top down; each note is a paragraph below it."""
    # All lines of a note but the first are indented. "\l" ends a line, and aligns it left.
    lines = [line for note in notes for line in wrap(note, NOTE, subsequent_indent="    ")]
    below = "".join(dot_text(line)[1:-1] + "\\l" for line in lines)
    label = f' label="\\l{below}"' if below else ""
    return "\n".join(
        [
            f"digraph {name} {{",
            f"  graph [ranksep=0.3 nodesep=0.25 {_FONT} fontsize=13",
            f'    labelloc="b" labeljust="l"{label}];',
            f'  node [shape="box" style="rounded" margin="0.14,0.07" {_FONT} fontsize=14];',
            f"  edge [arrowsize=0.7 {_FONT} fontsize=13];",
            *statements,
            "}",
        ]
    )


_FONT = 'fontname="Helvetica,Arial,sans-serif"'


def svg_of_dot(dot: str, *, title: str, about: str = "") -> str:
    """Return a graph as SVG that can stand in a page: its colours and its font are the page's.

    What DOT calls a tooltip becomes the title of a node or an arrow, its ``URL`` a link, and its
    ``class`` a class that the style sheet of pictures knows.

    Args:
        dot: the graph.
        title: what it shows, in a few words.
        about: what there is to see, in a sentence or two.

    Raises:
        MissingPart: where Graphviz is not installed.
        CannotBe: when ``dot`` is no graph.
    """
    program = which("dot")
    if program is None:
        raise MissingPart("Graphviz, which draws graphs,", "apt install graphviz")
    command = [program, "-Tsvg", "-Gbgcolor=transparent"]
    done = subprocess.run(command, input=dot.encode(), capture_output=True, check=False)
    if done.returncode:
        raise CannotBe(f"Graphviz cannot read the graph: {done.stderr.decode().strip()}")
    drawn = XML.fromstring(done.stdout)
    width, height = (float(each) for each in drawn.attrib["viewBox"].split()[2:])
    shapes = "".join(
        XML.tostring(each, "unicode") for child in drawn for each in _cleaned(child, "")
    )
    return picture(
        shapes,
        title=title,
        about=about,
        width=width,
        height=height,
        widest=width,
        least=width * _LEAST,
    )


_KEPT = re.compile(
    "class|d|x|y|cx|cy|rx|ry|points|transform|fill|stroke|stroke-width|stroke-dasharray|"
    "text-anchor|font-size"
)
"""The attributes that stay."""
_LINK = "{http://www.w3.org/1999/xlink}"
_PLAIN = {"black": "currentColor"}
_SHAPES = ("path", "polygon", "polyline", "ellipse")


def _cleaned(element: XML.Element, within: str) -> Iterator[XML.Element]:
    """Give what stands for an element of Graphviz's, without ids, fonts and black.

    ``within`` is the class of the group around it.
    """
    name = element.tag.rpartition("}")[2]
    own = element.attrib.get("class", within)
    inner = [each for child in element for each in _cleaned(child, own)]
    if name == "title":
        return  # it holds the key of a node; what people read is its tooltip
    if name == "a":
        yield from _linked(element, inner)
        return
    if name == "g" and "class" not in element.attrib:
        yield from inner
        return
    kept = {key: each for key, each in element.attrib.items() if _KEPT.fullmatch(key)}
    new = XML.Element(name, {key: _PLAIN.get(each, each) for key, each in kept.items()})
    if name in _SHAPES:
        new.set("class", _kind(name, own, new.get("fill", "none")))
    new.text = element.text if name == "text" else None
    new.extend(inner)
    yield new


def _linked(element: XML.Element, inner: list[XML.Element]) -> Iterator[XML.Element]:
    """Give what stands inside a link of Graphviz's: a tooltip, and a link if it leads somewhere."""
    title, to = XML.Element("title"), element.get(f"{_LINK}href")
    title.text = element.get(f"{_LINK}title")
    if title.text:
        yield title
    if to:
        link = XML.Element("a", href=to)
        link.extend(inner)
        inner = [link]
    yield from inner


def _kind(name: str, group: str, fill: str) -> str:
    """Return the class of a shape in a group such as ``node outcome`` or ``edge``."""
    if group.startswith("edge"):
        return "line" if name == "path" else "tip"
    if fill == "currentColor":
        return "tip"
    return "box end" if "outcome" in group.split() else "box"
