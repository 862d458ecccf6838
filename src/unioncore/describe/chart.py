"""A union on a day as a picture: a tree of text, Mermaid, or DOT."""

from collections.abc import Callable, Iterator, Mapping

from unioncore.describe.graphviz import dot_text
from unioncore.errors import UnknownName, nearest
from unioncore.model import Parent, Snapshot, Unit

__all__ = ["FORMATS", "chart"]


def chart(now: Snapshot, *, axis: str, unit: str | None = None, style: str = "tree") -> str:
    """Return what hangs below a unit on one axis, or below every unit at the top of it.

    Args:
        now: the union on the day of the chart.
        axis: the axis, such as ``region``.
        unit: where to begin; default: at the top.
        style: ``tree``, ``mermaid`` or ``dot``.

    Raises:
        UnknownName: when the unit was not there on that day, or there is no such axis.
    """
    tops = _tops(now, axis) if unit is None else [_known(now, unit)]
    return FORMATS[style](now, axis, tops)


def _known(now: Snapshot, key: str) -> Unit:
    unit = now.unit(key)
    if unit is None:
        raise UnknownName("unit", key, nearest(key, {unit.key for unit in now.units()}))
    return unit


def _tops(now: Snapshot, axis: str) -> list[Unit]:
    rows = now.every(Parent)
    above = dict.fromkeys(row.parent for row in rows if row.axis == axis)
    below = {row.unit for row in rows if row.axis == axis}
    tops = [now.unit(key) for key in above if key not in below]
    axes = {row.axis for row in now.union.every(Parent)}
    if axis not in axes:
        raise UnknownName("axis", axis, nearest(axis, axes))
    return [each for each in tops if each is not None]


def _below(now: Snapshot, axis: str, unit: Unit) -> list[Unit]:
    units = (now.unit(key) for key in now.children(unit.key, axis))
    return sorted((each for each in units if each is not None), key=lambda each: each.called)


def _tree(now: Snapshot, axis: str, tops: list[Unit]) -> str:
    def lines(unit: Unit, lead: str) -> Iterator[str]:
        below = _below(now, axis, unit)
        for child in below:
            last = child is below[-1]
            yield f"{lead}{'└── ' if last else '├── '}{_label(child)}"
            yield from lines(child, f"{lead}{'    ' if last else '│   '}")

    return "\n".join(line for top in tops for line in (_label(top), *lines(top, "")))


def _label(unit: Unit) -> str:
    return f"{unit.called} ({unit.kind.replace('-', ' ')})"


def _links(now: Snapshot, axis: str, tops: list[Unit]) -> tuple[list[Unit], list[tuple[str, str]]]:
    units, links = list(tops), []
    for unit in units:
        for child in _below(now, axis, unit):
            units.append(child)
            links.append((unit.key, child.key))
    return units, links


def _mermaid(now: Snapshot, axis: str, tops: list[Unit]) -> str:
    units, links = _links(now, axis, tops)
    names = {unit.key: f"u{number}" for number, unit in enumerate(units)}
    lines = [f'  {names[unit.key]}["{mermaid_text(unit.called)}"]' for unit in units]
    lines += [f"  {names[above]} --> {names[below]}" for above, below in links]
    return "\n".join(["graph LR", *lines])


def mermaid_text(text: str) -> str:
    """Return text as Mermaid shows it."""
    # Mermaid reads these as its own notation, even in quotes.
    return "".join(f"#{ord(letter)};" if letter in '"#&<>;`\\' else letter for letter in text)


def _dot(now: Snapshot, axis: str, tops: list[Unit]) -> str:
    units, links = _links(now, axis, tops)
    lines = [f"  {dot_text(unit.key)} [label={dot_text(unit.called)}];" for unit in units]
    lines += [f"  {dot_text(above)} -> {dot_text(below)};" for above, below in links]
    head = ["digraph union {", "  rankdir=LR;", "  node [shape=box];"]
    return "\n".join([*head, *lines, "}"])


FORMATS: Mapping[str, Callable[[Snapshot, str, list[Unit]], str]] = {
    "tree": _tree,
    "mermaid": _mermaid,
    "dot": _dot,
}
"""How a chart of a union may be written, by the name of the format."""
"""How a chart may be drawn."""
