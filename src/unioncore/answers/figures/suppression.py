"""Which counts of tables must not be published, so that no small one can be worked out.

The tables count the same things, and have their rows and their row totals in common. A count is
*protected* when two worlds agree with everything published, and differ in it by a margin at least.
Such worlds are found as flows: a table with its totals is a network, in which a count that is shown
is fixed, and one that is suppressed may grow freely and shrink to zero.

What the flows find is there; where several tables share suppressed totals they may miss some, and
then more is suppressed than must be, never less.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from attrs import frozen

from unioncore.shown import Shown


class Place(NamedTuple):
    """One count: a cell, or a total where a number is missing."""

    table: int | None = None
    """None for what the tables share: the row totals and the total of all."""
    row: int | None = None
    column: int | None = None


ALL = Place()
"""The place of the total of all."""


@frozen
class Counts(Shown, shows="rows"):
    """Tables with the same rows, as counts by place; they must add up."""

    rows: int
    columns: tuple[int, ...]
    """How many columns each table has."""
    values: Mapping[Place, int]

    @classmethod
    def of(cls, tables: Sequence[Sequence[Sequence[int]]]) -> "Counts":
        """Return the counts of tables given by their cells, with the totals added."""
        values: dict[Place, int] = {}
        for table, cells in enumerate(tables):
            for row, line in enumerate(cells):
                for column, value in enumerate(line):
                    values[Place(table, row, column)] = value
                values[Place(None, row)] = sum(line)
            for column, line in enumerate(zip(*cells, strict=True)):
                values[Place(table, None, column)] = sum(line)
        values[ALL] = sum(map(sum, tables[0]))
        return cls(len(tables[0]), tuple(len(cells[0]) for cells in tables), values)


_Node = tuple[str, int]
_SINK: _Node = ("all", 0)


def suppress(
    counts: Counts, small: Iterable[Place], margin: int, *, shown: Collection[Place] = ()
) -> frozenset[Place] | None:
    """Return the places to suppress so that each of them is protected; None where none will do.

    Args:
        counts: the tables.
        small: the places that must not be published in any case.
        margin: by how much the worlds must differ.
        shown: places that were published before, and cannot be suppressed any more.
    """
    asked = set(small)
    if asked & set(shown):
        return None
    # In one order always: two patterns of one table could be held against each other.
    hidden = {place: None for place in counts.values if place in asked}
    # The totals that tables share come first: what protects them most often protects their cells.
    waiting = deque(sorted(hidden, key=lambda place: place.table is not None))
    while waiting:
        place = waiting[0]
        # Suppressing more never takes protection away, so that each place is done with once.
        if _margin(counts, hidden, place, margin) >= margin:
            waiting.popleft()
            continue
        further = _further(counts, hidden, place, margin, shown)
        if not further:
            return None
        hidden |= dict.fromkeys(further)
        waiting.extend(further)
    return frozenset(hidden)


def _margin(counts: Counts, hidden: Collection[Place], place: Place, margin: int) -> int:
    """Return by how much two worlds that flows find differ in a suppressed count.

    The search ends where they differ by ``margin``.
    """
    shared = [each for each in hidden if each.table is None and each != place]
    if place.table is None:
        # A total that the tables share changes in all of them, against another such total.
        found = 0
        for partner in shared:
            found = max(found, sum(_exchange(counts, hidden, place, partner)))
            if found >= margin:
                break
        return found
    network = _network(counts, hidden, place.table, without=place)
    found = _both(counts, network, place)
    row = Place(None, place.row)
    for one in [each for each in shared if place.row is None or each == row]:
        for other in shared:
            if found >= margin:
                return found
            if one == other or (place.row is None and other != ALL):
                continue
            # The totals of its row and of another one change as well, if all tables can follow.
            up, down = _exchange(counts, hidden, one, other, but=place.table)
            wider = {node: dict(ways) for node, ways in network.items()}
            wider.setdefault(_node(other), {})[_node(one)] = up
            wider.setdefault(_node(one), {})[_node(other)] = down
            found = max(found, _both(counts, wider, place))
    return found


def _both(counts: Counts, network: "_Network", place: Place) -> int:
    """Return by how much a count may grow, and shrink, which it does to zero at most."""
    start, end = _ends(place)
    return _flow(network, end, start) + min(_flow(network, start, end), counts.values[place])


def _exchange(
    counts: Counts,
    hidden: Collection[Place],
    one: Place,
    other: Place,
    but: int | None = None,
) -> tuple[int, int]:
    """Return by how much ``one`` may grow and shrink against ``other`` in all tables but one."""
    tables = [table for table in range(len(counts.columns)) if table != but]
    networks = [_network(counts, hidden, table) for table in tables]
    start, end = _node(one), _node(other)
    freely = _freely(counts)
    up = min((_flow(network, start, end) for network in networks), default=freely)
    down = min((_flow(network, end, start) for network in networks), default=freely)
    return up, down


def _freely(counts: Counts) -> int:
    """Return a number that no count in question comes near."""
    return 2 * counts.values[ALL] + 1_000_000


def _node(place: Place) -> _Node:
    return _SINK if place.row is None else ("row", place.row)


def _ends(place: Place) -> tuple[_Node, _Node]:
    """Return where the flow of a cell or of a column's total comes from, and where it goes."""
    column = ("column", place.column or 0)
    return (column, _SINK) if place.row is None else (("row", place.row), column)


_Network = dict[_Node, dict[_Node, int]]


def _network(
    counts: Counts, hidden: Collection[Place], table: int, without: Place | None = None
) -> _Network:
    """Return by how much the suppressed counts of a table may change, from node to node."""
    freely = _freely(counts)
    found: _Network = {}
    for place in hidden:
        if place.table == table and place != without:
            start, end = _ends(place)
            found.setdefault(start, {})[end] = freely
            found.setdefault(end, {})[start] = counts.values[place]
    return found


def _flow(network: _Network, start: _Node, end: _Node) -> int:
    """Return the greatest flow between two nodes (Edmonds and Karp)."""
    left = {node: dict(ways) for node, ways in network.items()}
    total = 0
    while True:
        before: dict[_Node, _Node] = {}
        waiting = deque([start])
        while waiting and end not in before:
            node = waiting.popleft()
            for following, room in left.get(node, {}).items():
                if room > 0 and following != start and following not in before:
                    before[following] = node
                    waiting.append(following)
        if end not in before:
            return total
        path = [end]
        while path[-1] != start:
            path.append(before[path[-1]])
        steps = [(after, node) for node, after in pairwise(path)]
        room = min(left[node][following] for node, following in steps)
        for node, following in steps:
            left[node][following] -= room
            left[following][node] += room  # every way is made together with the way back
        total += room


def _further(
    counts: Counts,
    hidden: Collection[Place],
    place: Place,
    margin: int,
    shown: Collection[Place],
) -> tuple[Place, ...]:
    """Return what to suppress next so that a count comes nearer to being protected."""
    free = [each for each in counts.values if each not in hidden and each not in shown]
    if place.table is not None and place.row is not None:
        square = _square(counts, hidden, place, margin, set(free))
        if square:
            return square

    shared = [each for each in hidden if each.table is None]
    alone = shared == [place]
    rows = {place.row} if place.table is not None else {each.row for each in shared}

    def distance(each: Place) -> int:
        if each == ALL:
            return 5
        if each.table is None:
            return 0 if alone else 4
        if each.row is None:
            return 3
        return 1 if each.row in rows and place.table in (None, each.table) else 2

    ranked = sorted(free, key=lambda each: (distance(each), counts.values[each]))
    return tuple(ranked[:1])


def _square(
    counts: Counts, hidden: Collection[Place], cell: Place, margin: int, free: Collection[Place]
) -> tuple[Place, ...]:
    """Return what is shown of the cheapest rectangle of cells that protects one by itself."""
    table = cell.table or 0
    best: tuple[int, tuple[Place, ...]] | None = None
    for row, column in product(range(counts.rows), range(counts.columns[table])):
        if row == cell.row or column == cell.column:
            continue
        beside, below = Place(table, cell.row, column), Place(table, row, cell.column)
        across = Place(table, row, column)
        corners = (beside, below, across)
        if any(each not in hidden and each not in free for each in corners):
            continue
        value = counts.values
        up = min(value[beside], value[below])
        down = min(value[cell], value[across])
        new = tuple(each for each in corners if each not in hidden)
        cost = sum(value[each] for each in new)
        if up + down >= margin and new and (best is None or cost < best[0]):
            best = cost, new
    return () if best is None else best[1]
