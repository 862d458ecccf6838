"""How fast a union of 15,000 units in 5 levels answers, beside anytree and others, as ratios.

Three things are timed: making a snapshot that answers (with all that is done once, when the first
question is put), every unit below the top, and every unit above a leaf. The peers are given the
rows that hold on the day, so they need not look at days; the union looks at them. What rustworkx
finds are numbers, and it is timed without turning them into names.

All answers must be equal. How all are timed: ``rounds``.

    python benchmarks/hierarchy.py [ROUNDS]
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from rounds import Line, Way, asked, peer, race, same, show, within

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


Pairs = list[tuple[str, str]]
"""Each unit with the one above it."""


class Peer(NamedTuple):
    """A library that keeps trees."""

    make: Callable[[Pairs], Any]
    """Make its tree or graph."""
    below: Callable[[Any], Iterable[Any]]
    """Return what is below the top."""
    above: Callable[[Any], Iterable[Any]]
    """Return what is above the leaf."""
    name: Callable[[Any, Any], str] = lambda made, found: found
    """Return the name of one thing that is found."""


def peers() -> Iterator[tuple[str, Peer]]:
    """Give those that are installed, each asked as its documentation has it."""
    if anytree := peer("anytree"):

        def nodes(pairs: Pairs) -> dict[str, Any]:
            made = {TOP: anytree.Node(TOP)}
            for unit, parent in pairs:
                made[unit] = anytree.Node(unit, parent=made[parent])
            return made

        yield (
            "anytree",
            Peer(
                nodes,
                lambda made: [node.name for node in made[TOP].descendants],
                lambda made: [node.name for node in made[LEAF].ancestors],
            ),
        )
    if treelib := peer("treelib"):

        def tree(pairs: Pairs) -> Any:
            made = treelib.Tree()
            made.create_node(identifier=TOP)
            for unit, parent in pairs:
                made.create_node(identifier=unit, parent=parent)
            return made

        yield (
            "treelib",
            Peer(
                tree,
                lambda made: [unit for unit in made.expand_tree(TOP) if unit != TOP],
                lambda made: [unit for unit in made.rsearch(LEAF) if unit != LEAF],
            ),
        )
    if networkx := peer("networkx"):

        def graph(pairs: Pairs) -> Any:
            made = networkx.DiGraph()
            made.add_edges_from((parent, unit) for unit, parent in pairs)
            return made

        yield (
            "networkx",
            Peer(
                graph,
                lambda made: networkx.descendants(made, TOP),
                lambda made: networkx.ancestors(made, LEAF),
            ),
        )
    if rustworkx := peer("rustworkx"):

        def numbered(pairs: Pairs) -> Any:
            made = rustworkx.PyDiGraph()
            places = {TOP: made.add_node(TOP)}
            places |= {unit: made.add_node(unit) for unit, _ in pairs}
            made.add_edges_from_no_data([(places[parent], places[unit]) for unit, parent in pairs])
            return made, places

        yield (
            "rustworkx",
            Peer(
                numbered,
                lambda made: rustworkx.descendants(made[0], made[1][TOP]),
                lambda made: rustworkx.ancestors(made[0], made[1][LEAF]),
                lambda made, found: made[0][found],
            ),
        )


MAKING, BELOW, ABOVE = "making", "descendants of the top", "ancestors of a leaf"
TIMES = 1_000
"""How often one round asks what is above."""


def main(rounds: int) -> None:
    """Print the ratios."""
    units, parents = rows()
    pairs = [(row.unit, row.parent) for row in parents if row.holds(DAY)]
    now = make_ours(units, parents)
    ways = {
        MAKING: Way(lambda: make_ours(units, parents)),
        BELOW: Way(lambda: now.descendants(TOP, "region")),
        ABOVE: Way(lambda: [now.ancestors(LEAF, "region") for _ in range(TIMES)], TIMES),
    }
    lines = []
    for name, other in peers():
        made = other.make(pairs)
        for what, ours, theirs in (
            (BELOW, now.descendants(TOP, "region"), other.below(made)),
            (ABOVE, now.ancestors(LEAF, "region"), other.above(made)),
        ):
            same(f"{what}, {name}", {*ours}, {other.name(made, each) for each in theirs})
        ways[f"{MAKING}, {name}"] = Way(partial(other.make, pairs))
        ways[f"{BELOW}, {name}"] = Way(partial(other.below, made))
        ways[f"{ABOVE}, {name}"] = Way(
            lambda other=other, made=made: [other.above(made) for _ in range(TIMES)], TIMES
        )
        goals = (None, 0.3, 0.1) if name == "anytree" else (None, None, None)
        for task, goal in zip((MAKING, BELOW, ABOVE), goals, strict=True):
            lines.append(Line(task, f"{task}, {name}", goal))
    print(f"{UNITS:,} units in 5 levels, {len(parents):,} dated parents; {rounds} rounds")
    took = race(ways, rounds)
    show(took, sorted(lines, key=lambda line: (MAKING, BELOW, ABOVE).index(line.way)))
    within(took, MAKING, GOAL)


if __name__ == "__main__":
    main(asked(ROUNDS))
