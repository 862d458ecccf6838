"""Plots of dated values, periods, counts and growth, and trees, as SVG that can stand in a page.

Each is drawn for the width of a phone, and grows to that of a column of text. Its parts say in
titles what they show; a page tells it in words or in a table as well.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import log10
from textwrap import wrap

from attrs import frozen

from unioncore.checked import checked
from unioncore.describe.axes import Days, Number, Scale, day_axis, value_axis
from unioncore.describe.pages import in_words
from unioncore.describe.svg import LETTER, SIZE, circle, group, line, picture, polygon, words
from unioncore.errors import CannotBe
from unioncore.legal import Period
from unioncore.rules import long_date
from unioncore.shown import Shown

__all__ = [
    "OutlineRow",
    "Span",
    "bar_plot",
    "curve_plot",
    "outline",
    "step_plot",
    "timeline_plot",
]

_WIDTH = 380.0
"""How wide every plot is in its own units: about a phone."""
_WIDEST = 500.0
"""How wide it may become in pixels."""
_LINE = int(_WIDTH / LETTER)
"""How many letters fit in a line."""
_COLOURS = ("one", "two", "three")


def _plot(shapes: Iterable[str], title: str, about: str, height: float) -> str:
    inner = "".join(shapes)
    return picture(
        inner, title=title, about=about, width=_WIDTH, height=height, widest=_WIDEST, least=0
    )


# -- dated values ----------------------------------------------------------------------------------


@checked
def step_plot(
    series: Mapping[str, Sequence[tuple[Period, Number | None]]],
    *,
    title: str,
    unit: str = "",
    about: str = "",
    until: date | None = None,
) -> str:
    """Return values over time as steps: each from the first day of its period to its end.

    A filled point is a first day, an empty one the day on which a period has ended. Where no value
    is known it is hatched: before the first period, after the last, in gaps, and where the value is
    None. Periods without a start or an end run into an arrow.

    Args:
        series: by name, one series or several, each of periods that do not overlap, with the
            values; a name is shown only beside others.
        title: what is shown, in a few words.
        unit: what stands behind the numbers, such as ``pounds a week``.
        about: what there is to see, in a sentence or two.
        until: a day to which the plot reaches at least, where the last period has no end.

    Raises:
        CannotBe: when no value is known.
    """
    known = {name: _known(steps) for name, steps in series.items()}
    steps = [each for every in known.values() for each in every]
    if not steps:
        raise CannotBe(f"{title}: no value is known")
    names = {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(known)}
    several, short = len(known) > 1, max(map(len, known)) <= _SHORT
    shapes, top = _head(unit, names if several and not short else {})
    scale = Scale.over([value for _, value in steps], top=top, bottom=top + _TALL)
    left = max(len(text) for _, text in scale.ticks()) * LETTER + 8
    room = (_SHORT * LETTER if short else 60) + 14 if several else 12
    periods = [period for period, _ in steps]
    days = Days.over(periods, until, left=left, right=_WIDTH - room)
    shapes += [*value_axis(scale, left, days.right), *day_axis(days, scale.bottom)]
    gaps = _gaps(periods, days)
    for start, end in gaps:
        shapes += _hatching(start, end, scale.top, scale.bottom)
    lines = [_Steps(name, known[name], days, scale, names[name]) for name in known if known[name]]
    for each in lines:
        shapes += each.drawn(unit)
    shapes += _ends(lines, named=short) if several else _values(lines[0])
    height = scale.bottom + 22
    if gaps:
        height += 20
        shapes += _legend_of_hatching(height - 6)
    return _plot(shapes, title, about, height)


_TALL = 170.0
"""How far the least mark of the numbers lies below the greatest."""
_SHORT = 10
"""How many letters a name has at most that stands behind its line; others stand above the plot."""


def _head(unit: str, names: Mapping[str, str]) -> tuple[list[str], float]:
    """Draw what stands above a plot, and say where the plot begins."""
    shapes: list[str] = []
    y = 0.0
    for name, colour in names.items():
        y += 4
        for place, text in enumerate(wrap(name, _LINE - 5)):
            y += SIZE + 2
            if not place:
                shapes.append(line([(0, y - 4), (24, y - 4)], f"drawn {colour}"))
            shapes.append(words(30, y, text))
    y += 4 if names else 0
    for text in wrap(unit, _LINE):
        y += SIZE + 2
        shapes.append(words(0, y, text, "quiet"))
    return shapes, y + 24


def _known(steps: Iterable[tuple[Period, Number | None]]) -> list[tuple[Period, Number]]:
    """Return the known values by the first day."""
    found = [(period, value) for period, value in steps if value is not None]
    return sorted(found, key=lambda each: each[0].start or date.min)


def _gaps(periods: Iterable[Period], days: Days) -> list[tuple[float, float]]:
    """Return from where to where on the axis none of the periods is."""
    free, reached = [], days.left
    spans = sorted((days.start(each), days.end(each)) for each in periods)
    for start, end in [*spans, (days.right, days.right)]:
        if start - reached > 1:
            free.append((reached, start))
        reached = max(reached, end)
    return free


@frozen
class _Steps(Shown):
    """One series on its axes."""

    name: str
    steps: Sequence[tuple[Period, Number]]
    days: Days
    scale: Scale
    colour: str

    @property
    def last(self) -> Number:
        """The last value that is known."""
        return self.steps[-1][1]

    def drawn(self, unit: str) -> Iterator[str]:
        """Draw the steps, and the rises between those that follow on one another."""
        for (period, value), (later, then) in pairwise(self.steps):
            if period.end is not None and period.end == later.start:
                x = self.days.x(period.end)
                ends = [(x, self.scale.y(value)), (x, self.scale.y(then))]
                yield line(ends, f"drawn {self.colour}")
        starts = {period.start for period, _ in self.steps}
        ended = {period.end for period, _ in self.steps} - {None}
        for period, value in self.steps:
            left, right, y = self.days.start(period), self.days.end(period), self.scale.y(value)
            said = f"{amount(value)} {unit}".rstrip() + f", {in_words(period)}"
            parts = [line([(left, y), (right, y)], f"drawn {self.colour}")]
            if period.start is None:
                parts.append(_arrow(left, y, -1, self.colour))
            elif period.start not in ended or right - left > _NARROW:
                parts.append(circle(left, y, f"filled {self.colour}"))
            if period.end is None:
                parts.append(_arrow(right, y, 1, self.colour))
            elif period.end not in starts:
                parts.append(circle(right, y, f"drawn {self.colour}"))
            yield group(f"{self.name}: {said}", parts)


_NARROW = 12.0
"""So narrow a step has no point at its first day, where the step before it ends there."""


def _arrow(x: float, y: float, way: int, colour: str) -> str:
    """Draw the tip of a line that goes on to the right (1) or to the left (-1)."""
    return polygon([(x, y), (x - 9 * way, y - 5), (x - 9 * way, y + 5)], f"filled {colour}")


_Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def _values(drawn: _Steps) -> Iterator[str]:
    """Write the values of the only series beside its steps, as far as there is room."""
    days, scale = drawn.days, drawn.scale
    taken: list[_Box] = []
    for period, value in drawn.steps:
        y = scale.y(value)
        taken.append((days.start(period), y, days.end(period), y))
    for (period, value), (_, then) in pairwise(drawn.steps):
        x, (upper, lower) = days.end(period), sorted((scale.y(value), scale.y(then)))
        taken.append((x, upper, x, lower))
    taken = [(left - 4, top - 3, right + 4, bottom + 3) for left, top, right, bottom in taken]
    # The last value comes first: it is the one that people look for.
    for period, value in reversed(drawn.steps):
        text, x, y = amount(value), days.start(period), scale.y(value)
        wide = len(text) * LETTER
        # Above the step, left of the rise to it, or below; nearer to no other step.
        for left, base, free in ((x + 6, y - 6, 1), (x - wide - 7, y - 5, 16), (x + 6, y + 16, 8)):
            box = (left, base - SIZE + 2, left + wide, base + free)
            fits = days.left <= left and box[2] <= _WIDTH and box[1] > SIZE and base < scale.bottom
            if fits and not any(_meet(box, each) for each in taken):
                taken.append(box)
                yield words(left, base, text, "rim")
                break


def _meet(one: _Box, other: _Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def _ends(lines: Iterable[_Steps], *, named: bool) -> Iterator[str]:
    """Write the last value of each series at its end, none on another; above it the name."""
    ends = sorted(lines, key=lambda each: each.last)
    lowest, apart = ends[0].scale.bottom, (2.4 if named else 1.2) * SIZE
    # From the lowest up each stands at its line, or above the one below it.
    for each in ends:
        y = min(each.scale.y(each.last) + SIZE, lowest)
        lowest = y - apart
        yield words(each.days.right + 12, y, amount(each.last), "quiet")
        if named:
            yield words(each.days.right + 12, y - SIZE - 1, each.name, "strong")


def _hatching(left: float, right: float, top: float, bottom: float) -> Iterator[str]:
    """Draw slanted lines over a space."""
    tall = bottom - top
    x = left - tall
    while x < right:
        start, end = max(x, left), min(x + tall, right)
        if start < end:
            yield line([(start, bottom - (start - x)), (end, bottom - (end - x))], "hatch")
        x += 7


def _legend_of_hatching(y: float) -> Iterator[str]:
    yield from _hatching(0, 24, y - 10, y + 2)
    yield words(30, y, "not known", "quiet")


def amount(value: Number) -> str:
    """Write a number as people do: 1,234 or 12.60."""
    exact = Decimal(value).normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return f"{exact:,.{2 if places == 1 else places}f}"


# -- periods ---------------------------------------------------------------------------------------


@frozen
class Span(Shown, shows="name period"):
    """A bar of a timeline."""

    name: str
    """The row that it stands in."""
    period: Period | None
    """Its days; None: there are only the marks."""
    text: str = ""
    """What is said of it, in a few words: in the bar where there is room, else in its title."""
    marks: tuple[tuple[date, str], ...] = ()
    """Days on the row, each with what it is, such as ``offer``."""
    known: bool = True
    """Whether it is known what holds then; otherwise it is hatched."""


@checked
def timeline_plot(
    spans: Sequence[Span], *, title: str, about: str = "", until: date | None = None
) -> str:
    """Return named periods as bars over the years, from the top down as they come.

    Spans of one name share a row. A period without a start or an end runs into an arrow. Marks of
    one kind have one shape, and what each shape is stands below.

    Args:
        spans: the bars.
        title: what is shown, in a few words.
        about: what there is to see, in a sentence or two.
        until: a day to which the plot reaches at least, where the last period has no end.

    Raises:
        CannotBe: when there is no bar.
    """
    if not spans:
        raise CannotBe(f"{title}: there is nothing to draw")
    marked = [day for span in spans for day, _ in span.marks]
    periods = [span.period for span in spans if span.period is not None]
    periods += [Period(day, day + timedelta(1)) for day in marked]
    days = Days.over(periods, until, left=2, right=_WIDTH - 2)
    kinds = list(dict.fromkeys(kind for span in spans for _, kind in span.marks))
    shapes: list[str] = []
    y = 0.0
    for name in dict.fromkeys(span.name for span in spans):
        own = [span for span in spans if span.name == name]
        for text in wrap(name, _LINE):
            y += SIZE + 2
            shapes.append(words(0, y, text, "strong rim"))
        y += 6
        for span in own:
            shapes += _bar(span, days, y)
        for span in own:
            shapes += [_mark(day, kind, kinds, days, y + _BAR / 2) for day, kind in span.marks]
        y += _BAR + 10
    height = y + 22
    if any(not span.known for span in spans):
        height += 20
        shapes += _legend_of_hatching(height - 6)
    if kinds:
        height += 20
        shapes += _legend_of_marks(kinds, height - 6)
    return _plot([*_year_lines(days, y), *shapes], title, about, height)


_BAR = 18.0
"""How thick a bar is."""


def _year_lines(days: Days, bottom: float) -> Iterator[str]:
    yield from (line([(x, 0), (x, bottom)], "axis") for x, _ in days.ticks())
    yield from day_axis(days, bottom)


def _bar(span: Span, days: Days, top: float) -> Iterator[str]:
    if span.period is None:
        return
    left, right = days.start(span.period), max(days.end(span.period), days.start(span.period) + 2)
    tip = min(7.0, (right - left) / 2)
    middle, bottom = top + _BAR / 2, top + _BAR
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if span.period.start is None:
        corners = [(left + tip, top), *corners[1:3], (left + tip, bottom), (left, middle)]
    if span.period.end is None:
        at = corners.index((right, top))
        corners[at : at + 2] = [(right - tip, top), (right, middle), (right - tip, bottom)]
    said = f"{span.text or span.name}, {in_words(span.period)}"
    said += "" if span.known else ": not known"
    parts = [polygon(corners, "box end" if span.known else "unknown")]
    if not span.known:
        parts += _hatching(left, right, top, bottom)
    if span.text and len(span.text) * LETTER + 8 < right - left - 2 * tip:
        parts.append(words((left + right) / 2, middle + 4, span.text, "rim", "middle"))
    yield group(said, parts)


def _mark(day: date, kind: str, kinds: Sequence[str], days: Days, y: float) -> str:
    return group(f"{kind}: {long_date(day)}", [_shape(kinds.index(kind), days.x(day), y)])


def _shape(kind: int, x: float, y: float) -> str:
    """Draw the mark of one kind."""
    r = 5.0
    match kind % 4:
        case 0:
            return circle(x, y, "tip", r - 1)
        case 1:
            return polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], "tip")
        case 2:
            return polygon([(x - 4, y - 4), (x + 4, y - 4), (x + 4, y + 4), (x - 4, y + 4)], "tip")
        case _:
            return polygon([(x, y - r), (x + r, y + 4), (x - r, y + 4)], "tip")


def _legend_of_marks(kinds: Sequence[str], y: float) -> Iterator[str]:
    x = 6.0
    for kind, name in enumerate(kinds):
        yield _shape(kind, x, y - 4)
        yield words(x + 10, y, name)
        x += 26 + len(name) * LETTER


# -- counts ----------------------------------------------------------------------------------------


def bar_plot(
    rows: Sequence[tuple[str, Number]], *, title: str, unit: str = "", about: str = ""
) -> str:
    """Return labelled numbers as bars that start at zero, the first row at the top.

    Args:
        rows: each name with its number, zero or more.
        title: what is shown, in a few words.
        unit: what stands behind the numbers, such as ``members``.
        about: what there is to see, in a sentence or two.

    Raises:
        CannotBe: when there is no row, or a number is below zero.
    """
    if not rows or min(value for _, value in rows) < 0:
        raise CannotBe(f"{title}: expected one number or more, none below zero")
    most = max(value for _, value in rows)
    room = _WIDTH - max(len(amount(value)) for _, value in rows) * LETTER - 8
    shapes = [words(0, SIZE, unit, "quiet")] if unit else []
    y = SIZE + 6.0 if unit else 0.0
    for name, value in rows:
        for text in wrap(name, _LINE):
            y += SIZE + 2
            shapes.append(words(0, y, text))
        y += 4
        wide = room * float(value / most) if most else 0.0
        corners = [(0, y), (wide, y), (wide, y + 12), (0, y + 12)]
        said = f"{name}: {amount(value)} {unit}".rstrip()
        parts = [polygon(corners, "filled one"), words(wide + 5, y + 11, amount(value), "strong")]
        shapes.append(group(said, parts))
        y += 12 + 8
    return _plot(shapes, title, about, y)


# -- growth ----------------------------------------------------------------------------------------


def curve_plot(
    series: Mapping[str, Sequence[tuple[int, Number]]],
    *,
    title: str,
    along: str,
    unit: str = "",
    about: str = "",
) -> str:
    """Return how numbers change with a size, as a line with a point for each size.

    Ten times the size is the same step to the right everywhere; numbers begin at zero.

    Args:
        series: by name, one series or several, each of sizes above zero with the numbers; a name
            is shown only beside others.
        title: what is shown, in a few words.
        along: what the sizes count, such as ``members``.
        unit: what stands behind the numbers, such as ``seconds``.
        about: what there is to see, in a sentence or two.

    Raises:
        ValueError: when there is no point, or a size is not above zero.
    """
    points = [point for each in series.values() for point in each]
    sizes = sorted({size for size, _ in points})
    if not sizes or sizes[0] <= 0:
        raise ValueError(f"{title}: expected one point or more, of sizes above zero")
    names = {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(series)}
    shapes, top = _head(unit, names if len(series) > 1 else {})
    scale = Scale.over([Decimal(0), *(value for _, value in points)], top=top, bottom=top + _TALL)
    left = max(len(text) for _, text in scale.ticks()) * LETTER + 8
    right = _WIDTH - len(f"{sizes[-1]:,}") * LETTER / 2
    decades = log10(sizes[-1] / sizes[0]) or 1.0

    def x(size: int) -> float:
        return left + 12 + (right - left - 12) * log10(size / sizes[0]) / decades

    shapes += value_axis(scale, left, right)
    reached = 0.0
    for size in sizes:
        text = f"{size:,}"
        half = len(text) * LETTER / 2
        shapes.append(line([(x(size), scale.bottom), (x(size), scale.bottom + 4)], "axis"))
        if x(size) - half >= reached:
            shapes.append(words(x(size), scale.bottom + SIZE + 5, text, "quiet", "middle"))
            reached = x(size) + half + LETTER
    shapes.append(words(right, scale.bottom + 2 * SIZE + 9, along, "quiet", "end"))
    for name, each in series.items():
        run = [(size, x(size), scale.y(value), value) for size, value in sorted(each)]
        parts = [line([(at, y) for _, at, y, _ in run], f"drawn {names[name]}")]
        for size, at, y, value in run:
            said = f"{name}, {size:,} {along}: {amount(value)} {unit}".rstrip()
            parts.append(group(said, [circle(at, y, f"filled {names[name]}")]))
        shapes.append(group(name, parts))
    return _plot(shapes, title, about, scale.bottom + 2 * SIZE + 14)


# -- a tree ----------------------------------------------------------------------------------------


@frozen
class OutlineRow(Shown, shows="depth text"):
    """One row of an outline."""

    depth: int
    """How many steps below the top; 0 is the top."""
    text: str
    link: str = ""
    """Where it leads; may be empty."""
    quiet: bool = False
    """Whether it is said with less weight, such as how many rows are left out."""


@checked
def outline(rows: Sequence[OutlineRow], *, title: str, about: str = "") -> str:
    """Return a tree as an outline: each row below the one that it belongs to, and further in.

    Args:
        rows: in the order of the tree; each is at most one deeper than the row before it.
        title: what is shown, in a few words.
        about: what there is to see, in a sentence or two.
    """
    shapes: list[str] = []
    y = 0.0
    hangs: list[float] = []  # for each depth, how far down the line reaches that rows hang from
    for row in rows:
        x = row.depth * _INDENT
        middle = y + SIZE - 2
        del hangs[row.depth :]
        if row.depth:
            at = x - _INDENT + 4
            shapes.append(line([(at, hangs[-1]), (at, middle), (x - 3, middle)], "axis"))
            hangs[-1] = middle
        lines = []
        for text in wrap(row.text, int((_WIDTH - x) / LETTER)):
            y += SIZE + 2
            kind = "quiet" if row.quiet else "" if row.depth else "strong"
            lines.append(words(x, y, text, kind))
        shapes += [group(row.text, lines, row.link)] if row.link else lines
        y += 4
        hangs.append(y)
    return _plot(shapes, title, about, y)


_INDENT = 16.0
"""How much further in a row stands than the one that it belongs to."""
