"""Plots of any dated values, periods and counts: they are sound, and show what is so."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as XML

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unioncore.describe import (
    OutlineRow,
    Span,
    bar_plot,
    curve_plot,
    outline,
    step_plot,
    timeline_plot,
)
from unioncore.legal import Period

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WORDS = st.text('aß&<"→ ', min_size=1, max_size=60)


def read(svg: str) -> XML.Element:
    """Read a plot, and see that everything in it lies within its bounds."""
    found = XML.fromstring(svg)
    _, _, width, height = map(float, found.attrib["viewBox"].split())
    for each in found.iter():
        ends = [(each.get(x, "0"), each.get(y, "0")) for x, y in (("x", "y"), ("cx", "cy"))]
        points = each.get("points", "").split()
        for x, y in (*ends, *(point.split(",") for point in points)):
            assert -0.01 <= float(x) <= width + 0.01
            assert -0.01 <= float(y) <= height + 0.01
    return found


def titled(found: XML.Element, beginning: str) -> XML.Element:
    """Return the part whose title begins so."""
    return next(
        group
        for group in found.iter(f"{SVG}g")
        if (group.findtext(f"{SVG}title") or "").startswith(beginning)
    )


def points(part: XML.Element) -> list[list[float]]:
    return [
        [float(each) for each in NUMBER.findall(line.attrib["points"])]
        for line in part
        if "points" in line.attrib
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Period, Decimal | int | None]]:
    days = sorted(draw(st.sets(DAYS, min_size=2, max_size=12)))
    ends: list[tuple[date | None, date | None]] = list(pairwise(days))
    if draw(st.booleans()):
        ends.insert(0, (None, days[0]))
    if draw(st.booleans()):
        ends.append((days[-1], None))
    values = st.one_of(
        st.integers(0, 10**7),
        st.decimals(0, 1000, places=2),
        st.none() if len(ends) > 1 else st.nothing(),
    )
    found = [(Period(*each), draw(values)) for each in ends]
    found[0] = (found[0][0], found[0][1] or 5)
    return found


@given(st.dictionaries(WORDS, histories(), min_size=1, max_size=3), WORDS, WORDS)
def test_any_history_is_drawn_within_its_bounds(series, title, unit) -> None:  # type: ignore[no-untyped-def]
    found = read(step_plot(series, title=title, unit=unit))
    assert found.get("aria-label") == title
    known = [value for steps in series.values() for _, value in steps if value is not None]
    assert sum("title" in each[0].tag for each in found.iter(f"{SVG}g")) == len(known)


@given(histories())
def test_a_step_begins_on_the_first_day_and_ends_on_the_day_after_the_last(steps) -> None:  # type: ignore[no-untyped-def]
    found = read(step_plot({"it": steps}, title="It"))
    years = {
        int(each.text or ""): float(each.attrib["x"])
        for each in found.iter(f"{SVG}text")
        if each.get("text-anchor") == "middle"
    }
    if len(years) < 2:
        return
    first, last = min(years), max(years)
    day = (years[last] - years[first]) / (date(last, 1, 1) - date(first, 1, 1)).days
    drawn = [group for group in found.iter(f"{SVG}g")]
    known = [period for period, value in steps if value is not None]
    for period, group in zip(known, drawn, strict=True):
        left, _, right, _ = points(group)[0]
        for end, x in ((period.start, left), (period.end, right)):
            if end is not None:
                there = years[first] + (end - date(first, 1, 1)).days * day
                assert x == pytest.approx(there, abs=0.05)


def test_what_is_not_known_is_hatched_and_what_goes_on_has_an_arrow() -> None:
    year = [date(2000 + each, 1, 1) for each in range(5)]
    gap = {"cap": [(Period(None, year[1]), 3), (Period(year[2]), 4)]}
    found = read(step_plot(gap, title="A cap", unit="pounds"))
    assert "not known" in [each.text for each in found.iter(f"{SVG}text")]
    for beginning in ("cap: 3 pounds, before", "cap: 4 pounds, from"):
        kinds = [each.tag for each in titled(found, beginning)]
        assert f"{SVG}polygon" in kinds
    ended = read(step_plot({"cap": [(Period(year[0], year[1]), 3)]}, title="A cap"))
    (line, first, last) = list(titled(ended, "cap: 3, from"))[1:]
    assert line.tag == f"{SVG}polyline"
    assert [first.attrib["class"], last.attrib["class"]] == ["filled one", "drawn one"]
    always = read(step_plot({"cap": [(Period(), 3)]}, title="A cap"))
    assert "not known" not in [each.text for each in always.iter(f"{SVG}text")]


def test_without_a_value_there_is_no_plot() -> None:
    with pytest.raises(ValueError, match="A cap: no value is known"):
        step_plot({"cap": [(Period(), None)]}, title="A cap")


spans = st.builds(
    Span,
    name=WORDS,
    period=st.one_of(
        st.none(),
        st.just(Period()),
        st.builds(lambda day, long: Period(day, day + timedelta(long)), DAYS, st.integers(1, 9999)),
    ),
    text=st.one_of(st.just(""), WORDS),
    marks=st.lists(st.tuples(DAYS, st.sampled_from(["claim", "offer", "settled"]))).map(tuple),
    known=st.booleans(),
)


@given(st.lists(spans, min_size=1, max_size=8))
def test_any_periods_are_drawn_within_their_bounds(every: list[Span]) -> None:
    found = read(timeline_plot(every, title="Rounds"))
    bars = sum(each.period is not None for each in every)
    marks = sum(len(each.marks) for each in every)
    assert sum(1 for _ in found.iter(f"{SVG}g")) == bars + marks


@given(st.lists(st.tuples(WORDS, st.integers(0, 10**9)), min_size=1, max_size=8))
def test_bars_are_as_long_as_their_numbers(rows: list[tuple[str, int]]) -> None:
    found = read(bar_plot(rows, title="Members", unit="members"))
    lengths = [points(group)[0][2] for group in found.iter(f"{SVG}g")]
    most = max(value for _, value in rows)
    for (_, value), long in zip(rows, lengths, strict=True):
        assert long * most == pytest.approx(value * max(lengths), abs=0.02 * (most or 1))


def test_numbers_below_zero_are_no_bars() -> None:
    with pytest.raises(ValueError, match="Members: expected one number or more, none below zero"):
        bar_plot([("Kent", -1)], title="Members")


CURVES = st.dictionaries(
    WORDS,
    st.dictionaries(st.integers(1, 10**8), st.integers(0, 10**6), min_size=1, max_size=6),
    min_size=1,
    max_size=3,
)


@given(CURVES)
def test_a_curve_goes_right_with_its_sizes_and_up_with_its_numbers(
    series: dict[str, dict[int, int]],
) -> None:
    rows = {name: [*each.items()] for name, each in series.items()}
    found = read(curve_plot(rows, title="Growth", along="rows", unit="s"))
    drawn = [
        (float(each.attrib["cx"]), float(each.attrib["cy"])) for each in found.iter(f"{SVG}circle")
    ]
    given = [point for each in rows.values() for point in sorted(each)]
    assert len(drawn) == len(given)
    for (size, value), (x, y) in zip(given, drawn, strict=True):
        for (other, less), (left, below) in zip(given, drawn, strict=True):
            assert size == other or (x > left) == (size > other) or abs(x - left) < 0.02
            assert (y <= below + 0.01) if value >= less else (y >= below - 0.01)


def test_ten_times_the_size_is_the_same_step_everywhere() -> None:
    rows = {"placing": [(10, 5), (100, 5), (1_000, 5)]}
    found = read(curve_plot(rows, title="Growth", along="rows"))
    left, middle, right = (float(each.attrib["cx"]) for each in found.iter(f"{SVG}circle"))
    assert middle - left == pytest.approx(right - middle, abs=0.02)


def test_a_size_of_nothing_is_no_point() -> None:
    with pytest.raises(ValueError, match="Growth: expected one point or more, of sizes above zero"):
        curve_plot({"placing": [(0, 1)]}, title="Growth", along="rows")


def test_an_outline_leads_where_its_rows_lead() -> None:
    rows = [
        OutlineRow(0, "UNISON"),
        OutlineRow(1, "Kent & Co", "#kent"),
        OutlineRow(2, "and 3 more"),
    ]
    found = read(outline(rows, title="The union"))
    assert [each.get("href") for each in found.iter(f"{SVG}a")] == ["#kent"]
    words = list(found.iter(f"{SVG}text"))
    assert [each.text for each in words] == ["UNISON", "Kent & Co", "and 3 more"]
    assert [float(each.attrib["x"]) for each in words] == sorted(
        {float(each.attrib["x"]) for each in words}
    )
