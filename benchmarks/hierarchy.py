"""How fast a union of 15,000 units in 5 levels answers, beside anytree and networkx, as ratios.

Three things are timed: making a snapshot that answers (with all that is done once, when the first
question is put), every unit below the top, and every unit above a leaf. The peers are given the
rows that hold on the day, so they need not look at days; the union looks at them.

All are timed in turn (A B C A B C ...), since a machine's speed drifts; a result is the median of
the ratios of each round. Nothing here passes or fails by the clock: a snapshot over the goal is a
warning. Answers that differ are a failure.

    python benchmarks/hierarchy.py [ROUNDS]
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import anytree
import networkx

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


def milliseconds(what: Callable[[], Any], times: int = 1) -> float:
    gc.collect()
    start = time.perf_counter()
    for _ in range(times):
        what()
    return 1000 * (time.perf_counter() - start) / times


def main(rounds: int) -> int:
    """Print the ratios; return the exit status."""
    units, parents = rows()
    pairs = [(row.unit, row.parent) for row in parents if row.holds(DAY)]
    now, nodes, graph = make_ours(units, parents), make_anytree(pairs), make_networkx(pairs)
    tasks: dict[str, tuple[int, tuple[Callable[[], Any], ...]]] = {
        "making": (
            1,
            (
                lambda: make_ours(units, parents),
                lambda: make_anytree(pairs),
                lambda: make_networkx(pairs),
            ),
        ),
        "descendants of the top": (
            1,
            (
                lambda: now.descendants(TOP, "region"),
                lambda: [node.name for node in nodes[TOP].descendants],
                lambda: networkx.descendants(graph, TOP),
            ),
        ),
        "ancestors of a leaf": (
            1000,
            (
                lambda: now.ancestors(LEAF, "region"),
                lambda: [node.name for node in nodes[LEAF].ancestors],
                lambda: networkx.ancestors(graph, LEAF),
            ),
        ),
    }
    same = True
    for name, (_, sides) in list(tasks.items())[1:]:
        answers = [set(side()) for side in sides]
        same &= answers[0] == answers[1] == answers[2]
        print(f"{name}: {len(answers[0]):,} units")
    print(f"{UNITS:,} units in 5 levels, {len(parents):,} dated parents; {rounds} rounds")
    for name, (times, sides) in tasks.items():
        timed = [[milliseconds(side, times) for side in sides] for _ in range(rounds)]
        ours = statistics.median(each[0] for each in timed)
        print(f"{name}: {ours:.3g} ms")
        for number, peer in enumerate(("anytree", "networkx"), start=1):
            low, ratio, high = statistics.quantiles([e[0] / e[number] for e in timed], n=4)
            print(f"  beside {peer}: ratio {ratio:.2f} (quartiles {low:.2f} to {high:.2f})")
        if name == "making" and ours > GOAL:
            print(f"warning: the goal is {GOAL:.0f} ms at most")
    if not same:
        print("the answers differ")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
