"""How fast a union of 15,000 units in 5 levels answers, beside anytree and networkx, as ratios.

Three things are timed: making a snapshot that answers (with all that is done once, when the first
question is put), every unit below the top, and every unit above a leaf. The peers are given the
rows that hold on the day, so they need not look at days; the union looks at them.

The answers of all three must be equal. How all are timed: ``rounds``.

    python benchmarks/hierarchy.py [ROUNDS]
"""

from datetime import date
from typing import Any

import anytree
import networkx
from rounds import Line, Way, asked, race, same, show, within

from unioncore.model import Parent, Snapshot, Union, Unit

GOAL = 20.0
"""Milliseconds at most for making a snapshot that answers."""
ROUNDS = 21
UNITS = 15_000
WIDTH = 11
"""Units below each: 1 + 11 + 121 + 1,331, and the rest on the fifth level."""
DAY = date(2024, 6, 1)
TOP, LEAF = "unit-0", f"unit-{UNITS - 1}"


def above(number: int) -> int:
    return (number - 1) // WIDTH


def rows() -> tuple[tuple[Unit, ...], tuple[Parent, ...]]:
    """Return the units and their dated parents; every seventh unit has stood elsewhere before."""
    turn = date(2015, 1, 1)
    units = tuple(Unit(key=f"unit-{n}", kind="branch", name=f"Unit {n}") for n in range(UNITS))
    parents = []
    for n in range(1, UNITS):
        if n % 7 == 0:
            parents.append(Parent(unit=f"unit-{n}", axis="region", parent=TOP, end=turn))
        start = turn if n % 7 == 0 else None
        parent = f"unit-{above(n)}"
        parents.append(Parent(unit=f"unit-{n}", axis="region", parent=parent, start=start))
    return units, tuple(parents)


def make_ours(units: tuple[Unit, ...], parents: tuple[Parent, ...]) -> Snapshot:
    """Return a snapshot of a union that has answered nothing, once it has answered."""
    now = Union(key="u", units=units, parents=parents).on(DAY)
    now.ancestors(LEAF, "region")
    now.children(TOP, "region")
    return now


def make_anytree(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    nodes = {TOP: anytree.Node(TOP)}
    for unit, parent in pairs:
        nodes[unit] = anytree.Node(unit, parent=nodes[parent])
    return nodes


def make_networkx(pairs: list[tuple[str, str]]) -> Any:
    graph = networkx.DiGraph()
    graph.add_edges_from((parent, unit) for unit, parent in pairs)
    return graph


def main(rounds: int) -> None:
    """Print the ratios."""
    units, parents = rows()
    pairs = [(row.unit, row.parent) for row in parents if row.holds(DAY)]
    now, nodes, graph = make_ours(units, parents), make_anytree(pairs), make_networkx(pairs)
    ways = {
        "making": Way(lambda: make_ours(units, parents)),
        "making, anytree": Way(lambda: make_anytree(pairs)),
        "making, networkx": Way(lambda: make_networkx(pairs)),
    }
    for task, count, *sides in (
        (
            "descendants of the top",
            1,
            lambda: now.descendants(TOP, "region"),
            lambda: [node.name for node in nodes[TOP].descendants],
            lambda: networkx.descendants(graph, TOP),
        ),
        (
            "ancestors of a leaf",
            1000,
            lambda: now.ancestors(LEAF, "region"),
            lambda: [node.name for node in nodes[LEAF].ancestors],
            lambda: networkx.ancestors(graph, LEAF),
        ),
    ):
        same(task, *(set(side()) for side in sides))
        for name, side in zip((task, f"{task}, anytree", f"{task}, networkx"), sides, strict=True):
            ways[name] = Way(lambda side=side, count=count: [side() for _ in range(count)], count)
    print(f"{UNITS:,} units in 5 levels, {len(parents):,} dated parents; {rounds} rounds")
    took = race(ways, rounds)
    for task, goal in (
        ("making", None),
        ("descendants of the top", 0.3),
        ("ancestors of a leaf", 0.1),
    ):
        show(took, [Line(task, f"{task}, anytree", goal), Line(task, f"{task}, networkx")])
    within(took, "making", GOAL)


if __name__ == "__main__":
    main(asked(ROUNDS))
