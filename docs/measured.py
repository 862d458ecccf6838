"""The performance pages: what the benchmarks found, as tables and plots.

They wrote it into ``performance.json`` when they last ran; nothing is measured here.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from unioncore.describe import bar_plot, curve_plot
from unioncore.describe.svg import in_page

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "columns": ("columns", "ten_facts", "whole_job", "two_processes"),
    "rules": ("rules50", "placement", "routing", "dates"),
    "rulebook": ("import_time", "composing", "analysis"),
    "records": ("reading", "structuring", "hierarchy"),
    "register": ("register", "ballot_list", "mass_claim", "cases"),
    "growth": ("growth",),
}
"""The benchmarks of each page in ``performance``. On one page they would be too long to read."""

Found = dict[str, Any]
"""A line that a benchmark printed: a ratio, a figure, or a point of a curve."""


def pages(file: Path) -> dict[str, str]:
    """Return what was measured: of the goals, and then by subject."""
    whole = json.loads(file.read_text("utf-8"))
    by_name = {each["name"]: each for each in whole["benchmarks"]}
    goals = [*_goals(whole["benchmarks"]), *_not_measured(by_name), *_measured_with(whole)]
    found = {"goals": _joined(goals)}
    for subject, names in SUBJECTS.items():
        sections = (_section(by_name[name]) for name in names if name in by_name)
        found[subject] = _joined(block for section in sections for block in section)
    return found


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def _goals(benchmarks: list[Found]) -> Iterator[str]:
    """Say how many goals are met, and by how much each other one is missed."""
    yield "## Goals"
    lines = [(each["name"], line) for each in benchmarks for line in each["found"]]
    goals = [(name, line) for name, line in lines if line.get("goal") is not None]
    goals.sort(key=lambda each: -_of_goal(each[1]))
    missed = [each for each in goals if _misses(each[1])]
    yield f"There are {len(goals)} goals, and {len(goals) - len(missed)} of them are met."
    if missed:
        yield "These are missed, the worst first:"
        yield _goal_table(missed)
    if met := goals[len(missed) :]:
        yield f":::{{dropdown}} Those that are met\n\n{_goal_table(met)}\n\n:::"


def _goal_table(goals: list[tuple[str, Found]]) -> str:
    rows = [
        (f"[{_title(name)}](#{_anchor(name)})", _name(line), _amount(line), _goal(line))
        for name, line in goals
    ]
    return _table(("benchmark", "what", "found", "goal"), rows)


def _not_measured(measured: Mapping[str, Found]) -> Iterator[str]:
    """Name the benchmarks that were added since."""
    names = {name for each in SUBJECTS.values() for name in each}
    if lacking := sorted(names - measured.keys()):
        yield f"These were not measured yet: {', '.join(f'`{name}`' for name in lacking)}."


def _measured_with(whole: Found) -> Iterator[str]:
    yield "## Measured with"
    versions = ", ".join(f"{name} {version}" for name, version in whole["versions"].items())
    yield f"Python {whole['python']} on {whole['cores']} cores; {versions}."


def _section(benchmark: Found) -> Iterator[str]:
    yield f"({_anchor(benchmark['name'])})=\n## {_title(benchmark['name'])}"
    yield benchmark["about"].replace("``", "`")
    lines = [each for each in benchmark["found"] if "way" in each]
    yield _table(
        ("what", "takes", "beside", "takes", "ratio (quartiles)", "goal"),
        [_row(each) for each in lines],
    )
    with_goal = [each for each in lines if each["goal"] is not None]
    if with_goal:
        title = f"{_title(benchmark['name'])}: how much of each goal is used"
        rows = [(_name(each), round(100 * _of_goal(each))) for each in with_goal]
        unit = "% of the goal; more than 100 is missed"
        yield _picture(bar_plot(rows, title=title, unit=unit), title)
    points = [each for each in benchmark["found"] if "curve" in each]
    for of, group in groupby(points, key=lambda each: each["of"]):
        yield from _curves(of, [*group])
    rounds = max((each["rounds"] for each in lines if "rounds" in each), default=None)
    times = f" Each ratio is the median of up to {rounds} rounds." if rounds else ""
    yield (
        f"`benchmarks/{benchmark['name']}.py`, measured on {benchmark['measured_on']}; "
        f"{benchmark['load']} processes were busy when it began.{times}"
    )


def _curves(of: str, points: list[Found]) -> Iterator[str]:
    """Draw how the time for one thing grows, and tell it in a table."""
    nano = max(each["seconds"] for each in points) < 1e-6
    unit, per_second = ("nanoseconds", 1e9) if nano else ("microseconds", 1e6)
    series: dict[str, list[tuple[int, Decimal]]] = {}
    cells: dict[str, dict[int, str]] = {}
    for each in points:
        time = Decimal(f"{per_second * each['seconds']:.3g}")
        series.setdefault(each["curve"], []).append((each["at"], time))
        cells.setdefault(each["curve"], {})[each["at"]] = each["takes"]
    title = f"Time for one, by the number of {of}"
    about = "Where the line is level, twice as many take twice the time."
    yield _picture(curve_plot(series, title=title, along=of, unit=unit, about=about), title)
    sizes = sorted({each["at"] for each in points})
    rows = [(name, *(each.get(size, "") for size in sizes)) for name, each in cells.items()]
    yield _table(("for one", *(f"{size:,} {of}" for size in sizes)), rows)


def _row(line: Found) -> tuple[str, ...]:
    if "peer" not in line:
        return (line["way"], line["takes"], "", "", "", _goal(line))
    ratio = f"{line['found']:.3g} ({line['low']:.3g} to {line['high']:.3g})"
    return (line["way"], line["takes"], line["peer"], line["peer_takes"], ratio, _goal(line))


def _name(line: Found) -> str:
    return f"{line['way']}, beside {line['peer']}" if "peer" in line else line["way"]


def _amount(line: Found) -> str:
    return f"{line['found']:.3g}" if "peer" in line else str(line["takes"])


def _goal(line: Found) -> str:
    if line["goal"] is None:
        return ""
    goal = f"{line['goal']:.3g}" if line["goal"] < 1000 else f"{line['goal']:,.0f}"
    goal = f"{goal} {line.get('unit', '')}".rstrip()
    if not _misses(line):
        return f"{goal}, met"
    return f"{goal}, **missed** by {100 * (_of_goal(line) - 1):.0f} %"


def _of_goal(line: Found) -> float:
    """Return what was found as a share of the goal."""
    return float(line["found"] / line["goal"])


def _misses(line: Found) -> bool:
    return bool(line["found"] > line["goal"])


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _anchor(name: str) -> str:
    return f"measured-{name.replace('_', '-')}"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _picture(svg: str, title: str) -> str:
    return f"```{{raw}} html\n{in_page(svg, title)}\n```"
