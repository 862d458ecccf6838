"""What all pictures share: an SVG that stands by itself, in a page or in a file, and its shapes."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib import resources

__all__ = ["in_page"]


def picture(
    shapes: str, *, title: str, about: str, width: float, height: float, widest: float, least: float
) -> str:
    """Return an SVG around shapes that lie between 0, 0 and ``width``, ``height``.

    It fills the width that it is given. Nothing in it has an id, so that a page may hold several.

    Args:
        shapes: the elements.
        title: what it shows, in a few words; also its name for those who do not see it.
        about: what there is to see, in a sentence or two; may be empty.
        width: how wide the drawing is, in its own units.
        height: how tall it is.
        widest: how wide it may become in pixels.
        least: how narrow it may become before its box scrolls, in pixels.
    """
    # An image cannot hold links that a keyboard reaches.
    role = "group" if "<a " in shapes else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="union-picture" role="{role}" '
        f'aria-label="{escape(title)}" viewBox="0 0 {_number(width)} {_number(height)}" '
        f'style="max-width:{_number(widest)}px;min-width:{_number(least)}px">'
        f"<title>{escape(title)}</title>"
        + (f"<desc>{escape(about)}</desc>" if about else "")
        + f"<style>{_style()}</style>{shapes}</svg>"
    )


def in_page(svg: str, label: str) -> str:
    """Return a picture in a box of HTML that scrolls sideways where the picture is too wide.

    The keyboard reaches the box; ``label`` is its name.
    """
    return (
        f'<div class="union-picture-box" role="group" tabindex="0" aria-label="{escape(label)}">'
        f"{svg}</div>"
    )


# -- shapes; the style sheet of pictures has their classes -----------------------------------------

_Point = tuple[float, float]
SIZE = 12
"""The size of words."""
LETTER = 6.8
"""How wide one of their letters is taken to be; the font is the page's."""


def words(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    """Return words on one line; ``y`` is the line that they stand on."""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{SIZE}" text-anchor="{anchor}"'
        f"{_class(kind)}>{escape(text, quote=False)}</text>"
    )


def line(points: Iterable[_Point], kind: str) -> str:
    """Return a line through points."""
    return f'<polyline points="{_points(points)}" fill="none"{_class(kind)}/>'


def polygon(points: Iterable[_Point], kind: str) -> str:
    """Return a shape with these corners."""
    return f'<polygon points="{_points(points)}"{_class(kind)}/>'


def circle(x: float, y: float, kind: str, radius: float = 3.2) -> str:
    """Return a circle around a point."""
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"{_class(kind)}/>'


def group(title: str, parts: Sequence[str], link: str = "") -> str:
    """Return parts with what is shown of them to whoever points at them, and where they lead."""
    inner = f"<title>{escape(title)}</title>{''.join(parts)}"
    return f'<a href="{escape(link)}">{inner}</a>' if link else f"<g>{inner}</g>"


def _number(value: float) -> str:
    """Return a coordinate, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _points(points: Iterable[_Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


@cache
def _style() -> str:
    text = resources.files("unioncore.describe").joinpath("pictures.css").read_text("utf-8")
    return " ".join(text.partition("*/")[2].split())
