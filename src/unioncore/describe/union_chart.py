"""A union on a day as a picture: a tree of text, Mermaid, DOT, or SVG."""

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from unioncore.checked import checked
from unioncore.describe.graphviz import digraph, dot_text, statement, wrapped
from unioncore.describe.plots import OutlineRow, outline
from unioncore.errors import UnknownName, nearest
from unioncore.model import Parent, Snapshot, Unit
from unioncore.rules import Named, long_date
from unioncore.shown import Shown

__all__ = ["FORMATS", "chart"]


@checked
def chart(
    now: Snapshot,
    *,
    axis: str,
    unit: str | None = None,
    style: str = "tree",
    depth: int | None = None,
    links: Mapping[str, str] | None = None,
) -> str:
    """Return what hangs below a unit on one axis, or below every unit at the top of it.

    Args:
        now: the union on the day of the chart.
        axis: the axis, such as ``region``.
        unit: where to begin; default: at the top.
        style: ``tree``, ``mermaid``, ``dot``, or ``svg``, which can stand in a page.
        depth: how many steps below the beginning are shown; what lies further is counted.
            Default: all.
        links: where a unit leads, as addresses by the keys of units; for SVG and DOT.

    Raises:
        UnknownName: when the unit was not there on that day, or there is no such axis or style.
    """
    tops = _tops(now, axis) if unit is None else [_known(now, unit)]
    drawn = [_grown(now, axis, each, depth) for each in tops]
    title = f"{tops[0].called if unit else now.union.name}: {axis}, on {long_date(now.day)}"
    return FORMATS[style](_Tree(title, drawn, links or {}))


@frozen
class _Twig(Shown):
    """A unit with what hangs below it."""

    unit: Unit
    below: "tuple[_Twig, ...]"
    more: int = 0
    """How many units below it are left out."""

    @property
    def all_below(self) -> int:
        """How many units there are below it, whether shown or not."""
        return self.more + sum(1 + each.all_below for each in self.below)


@frozen
class _Tree(Shown):
    title: str
    tops: list[_Twig]
    links: Mapping[str, str]

    def rows(self) -> Iterator[tuple[int, _Twig]]:
        """Give each unit with how far below the top it is, in the order of the tree."""

        def rows(twig: _Twig, depth: int) -> Iterator[tuple[int, _Twig]]:
            yield depth, twig
            for each in twig.below:
                yield from rows(each, depth + 1)

        for top in self.tops:
            yield from rows(top, 0)


def _grown(now: Snapshot, axis: str, unit: Unit, depth: int | None) -> _Twig:
    further = None if depth is None else depth - 1
    below = tuple(_grown(now, axis, each, further) for each in _below(now, axis, unit))
    if depth == 0:
        return _Twig(unit, (), sum(1 + each.all_below for each in below))
    return _Twig(unit, below)


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


def _more(count: int) -> str:
    return f"and {count:,} more below"


def _tree(chart: _Tree) -> str:
    def lines(twig: _Twig, lead: str) -> Iterator[str]:
        if twig.more:
            yield f"{lead}└── {_more(twig.more)}"
        for child in twig.below:
            last = child is twig.below[-1]
            yield f"{lead}{'└── ' if last else '├── '}{_label(child.unit)}"
            yield from lines(child, f"{lead}{'    ' if last else '│   '}")

    return "\n".join(line for top in chart.tops for line in (_label(top.unit), *lines(top, "")))


def _label(unit: Unit) -> str:
    return f"{unit.called} ({unit.kind.replace('-', ' ')})"


def _mermaid(chart: _Tree) -> str:
    twigs = [twig for _, twig in chart.rows()]
    names = {twig.unit.key: f"u{number}" for number, twig in enumerate(twigs)}
    lines = [f'  {names[each.unit.key]}["{mermaid_text(_named(each))}"]' for each in twigs]
    lines += [
        f"  {names[each.unit.key]} --> {names[child.unit.key]}"
        for each in twigs
        for child in each.below
    ]
    return "\n".join(["graph LR", *lines])


def _named(twig: _Twig) -> str:
    """Return a unit's name, with how many units below it are left out."""
    return f"{twig.unit.called} ({_more(twig.more)})" if twig.more else twig.unit.called


def mermaid_text(text: str) -> str:
    """Return text as Mermaid shows it."""
    # Mermaid reads these as its own notation, even in quotes.
    return "".join(f"#{ord(letter)};" if letter in '"#&<>;`\\' else letter for letter in text)


def _dot(chart: _Tree) -> str:
    twigs = [twig for _, twig in chart.rows()]
    boxes = [
        statement(
            dot_text(each.unit.key),
            {"label": wrapped(_named(each)), "URL": chart.links.get(each.unit.key, "")},
        )
        for each in twigs
    ]
    arrows = [
        statement(f"{dot_text(each.unit.key)} -> {dot_text(child.unit.key)}", {})
        for each in twigs
        for child in each.below
    ]
    return digraph("union", ['  rankdir="LR";', *boxes, *arrows])


def _svg(chart: _Tree) -> str:
    rows: list[OutlineRow] = []
    for depth, twig in chart.rows():
        link = chart.links.get(twig.unit.key, "")
        rows.append(OutlineRow(depth, _label(twig.unit), link))
        if twig.more:
            rows.append(OutlineRow(depth + 1, _more(twig.more), quiet=True))
    return outline(rows, title=chart.title)


FORMATS: Mapping[str, Callable[[_Tree], str]] = Named(
    "format", {"tree": _tree, "mermaid": _mermaid, "dot": _dot, "svg": _svg}
)
"""How a chart of a union may be written, by the name of the format."""
