"""Outcomes and counts by employer and case type, published so that no small one can be worked out.

``publish`` counts the tracks of cases in tables that go out together. Small counts are suppressed,
with whatever else would give them away by subtraction, and the rest is rounded. What is suppressed
is not known to the reader, and is never written as zero.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from unioncore import forms
from unioncore.answers.by_name import ask
from unioncore.answers.figures.suppression import ALL, Counts, Place, suppress
from unioncore.answers.together import Answers
from unioncore.checked import check_counts, checked
from unioncore.errors import UnknownName, nearest
from unioncore.model import UNION_TRACK, Case, CaseType, Track
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer
from unioncore.shown import Shown

__all__ = ["Axis", "Pattern", "Published", "Withheld", "publish", "publish_counts"]

_SUPPRESSED = "suppressed"
"""What stands in the place of a count that does not go out."""
_OTHER = "other"
"""The label under which everything is counted that an axis does not list."""


def _outcome(rulebook: Rulebook, track: Track) -> str:
    outcome = rulebook.outcome(track)
    return "open" if outcome is None else outcome.key


_BY: Mapping[str, Callable[[Rulebook, Case, Track], str]] = {
    "employer": lambda rulebook, case, track: track.employer,
    "case_type": lambda rulebook, case, track: track.case_type,
    "outcome": lambda rulebook, case, track: _outcome(rulebook, track),
    "nation": lambda rulebook, case, track: track.nation,
    "branch": lambda rulebook, case, track: case.branch,
}
"""What may be counted by."""


@frozen
class Axis(Shown, shows="by labels"):
    """What is counted by: ``employer``, ``case_type``, ``outcome``, ``nation`` or ``branch``.

    The labels are those that the reader is to find, whether there are cases or not. They are all
    there are, unless ``other`` is added to them. An outcome is the key of the state, or ``open``.
    """

    by: str
    labels: tuple[str, ...]
    other: bool = False
    """Whether what no label fits is counted as well. How many of those there are is a count like
    any other: where it is small, or none, it is suppressed with whatever else would tell it."""

    def all(self) -> tuple[str, ...]:
        """Return every label, ``other`` included where it is counted."""
        return tuple(dict.fromkeys((*self.labels, *([_OTHER] if self.other else ()))))


_Count = int | None
"""A rounded count, or None where it is suppressed, which says nothing about it."""


@frozen(kw_only=True)
class Pattern(Answers, shows="rows columns smallest"):
    """One table as it goes out."""

    rows: Axis
    columns: Axis
    cells: tuple[tuple[_Count, ...], ...]
    row_totals: tuple[_Count, ...]
    """Rounded by itself, as every count is, so that rounded counts need not add up."""
    column_totals: tuple[_Count, ...]
    total: _Count
    smallest: int
    """The smallest count that may be published."""
    base: int
    """What counts are rounded to."""

    def counts(self, row: str) -> dict[str, _Count]:
        """Return the counts of a row by column; None where one is suppressed.

        Raises:
            UnknownName: when the table has no such row.
        """
        rows = self.rows.all()
        if row not in rows:
            raise UnknownName(self.rows.by, row, nearest(row, rows))
        cells = self.cells[rows.index(row)]
        return {label: cells[place] for place, label in enumerate(self.columns.all())}

    def _given(self) -> Mapping[str, Any]:
        """Return what goes out; what is suppressed is the text ``suppressed``."""

        def shown(count: _Count) -> int | str:
            return _SUPPRESSED if count is None else count

        return {
            "rows": {"by": self.rows.by, "labels": list(self.rows.all())},
            "columns": {"by": self.columns.by, "labels": list(self.columns.all())},
            "cells": [[shown(count) for count in line] for line in self.cells],
            "row_totals": [shown(count) for count in self.row_totals],
            "column_totals": [shown(count) for count in self.column_totals],
            "total": shown(self.total),
            "smallest": self.smallest,
            "base": self.base,
        }


@frozen(repr=False)
class _WrittenAxis:
    by: str
    labels: tuple[str, ...]

    def axis(self) -> Axis:
        other = self.labels[-1:] == (_OTHER,)
        return Axis(self.by, self.labels[:-1] if other else self.labels, other)


@frozen(repr=False)
class _WrittenPattern:
    """A table as it goes out, with None for the text ``suppressed``."""

    rows: _WrittenAxis
    columns: _WrittenAxis
    cells: tuple[tuple[_Count, ...], ...]
    row_totals: tuple[_Count, ...]
    column_totals: tuple[_Count, ...]
    total: _Count
    smallest: int
    base: int


def _read(written: Any, _: Any) -> Pattern:
    found = forms.structure(_swapped(written, _SUPPRESSED, None), _WrittenPattern)
    rest: dict[str, Any] = attrs.asdict(found, recurse=False)
    axes = {"rows": found.rows.axis(), "columns": found.columns.axis()}
    return Pattern(**{**rest, **axes})


def _schema(_: Any, shared: dict[str, Any]) -> dict[str, Any]:
    written = forms.object_schema(_WrittenPattern, shared)
    shared["Pattern"] = _swapped(written, {"type": "null"}, {"const": _SUPPRESSED})
    return {"$ref": "#/$defs/Pattern"}


def _swapped(value: Any, one: Any, other: Any) -> Any:
    """Return plain data with another value wherever there is one."""
    if value == one:
        return other
    if isinstance(value, list):
        return [_swapped(each, one, other) for each in value]
    if isinstance(value, dict):
        return {key: _swapped(each, one, other) for key, each in value.items()}
    return value


forms.own_form(Pattern, _read, _schema)


@frozen
class Published(Answers, shows="tables", inside="references counts hidden"):
    """Tables that may go out together, and what must be kept to publish more later.

    Only ``tables`` go out; the rest holds exact counts, and stays with whoever publishes.
    """

    tables: tuple[Pattern, ...]
    because: tuple[Answer[int], ...]
    """The smallest count and the base, each with its sources."""
    references: frozenset[str] = field(repr=False)
    counts: Counts = field(repr=False)
    hidden: frozenset[Place] = field(repr=False)


@frozen
class Withheld(Answers, shows="reasons"):
    """Why tables are not published."""

    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.reasons)


@checked
def publish(
    rulebook: Rulebook,
    cases: Iterable[Case],
    rows: Axis,
    columns: Sequence[Axis],
    *,
    on: date,
    protected: bool | None = None,
    before: Sequence[Published] = (),
    impossible: Collection[tuple[str, str]] = (),
) -> Published | Withheld:
    """Return tables of matters, one for each axis of columns, or why they are not published.

    Each track of a case counts, but for the union's own. A count is small by the number of members
    in it, so that several tracks or cases of one member hide nothing. That nothing is where nothing
    can be is no secret: an outcome that a case type does not have is shown as 0, and hides nothing.

    Args:
        rulebook: the rules.
        cases: the members' cases whose tracks are counted; collective matters are left out.
        rows: what every table has as its rows.
        columns: what each table has as its columns.
        on: the day whose rules on small counts hold.
        protected: whether any axis is a protected characteristic; None: that is not known, and
            nothing is published.
        before: what was published earlier. Tables of other cases are independent. Tables of the
            same cases and rows are held against these; what is suppressed there stays suppressed.
            Where some cases are the same and others not, nothing is published.
        impossible: further pairs of a row and a column of which everybody knows that nothing can be
            in both, such as an employer and a nation in which it has no staff.

    Raises:
        UnknownName: when an axis is not one of those above, or no axis has a label of a pair.
    """
    _check_pairs(impossible, rows, columns)
    for axis in (rows, *columns):
        if axis.by not in _BY:
            raise UnknownName("axis", axis.by, nearest(axis.by, _BY))
    if not columns:
        return Withheld(("a table needs columns",))
    axes = [axis.by for axis in (rows, *columns)]
    if len(set(axes)) < len(axes):
        return Withheld(("an axis stands twice, so that a table would repeat another one",))
    limits = _limits(rulebook, protected, on)
    if isinstance(limits, Withheld):
        return limits
    smallest, base = (answer.value for answer in limits)
    # A collective matter is of no member, and counts nowhere.
    every = tuple({case.reference: case for case in cases if case.person}.values())
    references = frozenset(case.reference for case in every)
    same = [each for each in before if each.references & references]
    if said := _cannot_be_joined(same, references, rows, columns, smallest):
        return Withheld((said,))
    earlier = [table.columns for each in same for table in each.tables]
    together = tuple(dict.fromkeys([*earlier, *columns]))
    counted = _count(rulebook, every, rows, together)
    if isinstance(counted, Withheld):
        return counted
    counts, members = counted
    empty = _empty(rulebook, rows, together, set(impossible))
    if any(counts.values[place] for place in empty):
        return Withheld(("something is where nothing is said to be possible",))
    small = {place for place, who in members.items() if len(who) < smallest} - empty
    shown, hidden = set(empty), set[Place]()
    for each in same:
        for place, value in each.counts.values.items():
            now = _moved(place, each, together)
            if counts.values[now] != value:
                return Withheld(("the cases have changed since they were counted",))
            (hidden if place in each.hidden else shown).add(now)
    found = suppress(counts, [*hidden, *(small - hidden)], smallest, shown=shown)
    if found is None:
        said = "with what was published before, a suppressed count could be worked out"
        return Withheld((said,))
    places = [together.index(axis) for axis in columns]
    kept = {None: None} | {old: new for new, old in enumerate(places)}
    own = {place: value for place, value in counts.values.items() if place.table in kept}
    return Published(
        tables=tuple(
            _pattern(counts, found, rows, axis, place, smallest, base)
            for axis, place in zip(columns, places, strict=True)
        ),
        because=limits,
        references=references,
        counts=Counts(
            counts.rows,
            tuple(counts.columns[place] for place in places),
            {place._replace(table=kept[place.table]): value for place, value in own.items()},
        ),
        hidden=frozenset(p._replace(table=kept[p.table]) for p in found if p.table in kept),
    )


def _cannot_be_joined(
    same: Sequence[Published],
    references: frozenset[str],
    rows: Axis,
    columns: Sequence[Axis],
    smallest: int,
) -> str:
    """Say why tables cannot be held against those published before; empty where they can."""
    labels = {axis.by: axis for axis in columns}
    for each in same:
        if each.references != references:
            return "some of the cases were counted in an earlier table, and some not"
        if each.tables[0].rows != rows:
            return "tables of the same cases with other rows cannot be shown to be safe together"
        if each.tables[0].smallest != smallest:
            return "earlier tables were published by another smallest count"
        for table in each.tables:
            if labels.setdefault(table.columns.by, table.columns) != table.columns:
                return "the same columns were published with other labels"
    return ""


def _moved(place: Place, before: Published, together: Sequence[Axis]) -> Place:
    """Return where a place of tables published before is among all tables ``together``."""
    if place.table is None:
        return place
    return place._replace(table=together.index(before.tables[place.table].columns))


@checked
def publish_counts(
    rulebook: Rulebook,
    counts: Mapping[str, Mapping[str, int]],
    *,
    rows: str,
    columns: str,
    on: date,
    protected: bool | None = None,
) -> Pattern | Withheld:
    """Return one table of counts of members as it may go out, such as reasons for leaving.

    It is held against no other table: publish the same members once.

    Args:
        rulebook: the rules.
        counts: for each row, how many members are in each column.
        rows: what the rows are, such as ``employer``.
        columns: what the columns are, such as ``reason``.
        on: the day whose rules on small counts hold.
        protected: whether either is a protected characteristic; None: that is not known, and
            nothing is published.

    Raises:
        BadFacts: when a count is no whole number, zero or more.
    """
    labels = tuple(dict.fromkeys(each for line in counts.values() for each in line))
    down, across = Axis(rows, tuple(counts)), Axis(columns, labels)
    if not labels:
        return Withheld(("a table needs rows and columns",))
    for row, line in counts.items():
        check_counts(line, f"{row}.")
    limits = _limits(rulebook, protected, on)
    if isinstance(limits, Withheld):
        return limits
    smallest, base = (answer.value for answer in limits)
    every = [[counts.get(row, {}).get(column, 0) for column in across.all()] for row in down.all()]
    held = Counts.of([every])
    small = [place for place, value in held.values.items() if value < smallest]
    hidden = suppress(held, small, smallest)
    assert hidden is not None  # nothing was shown before, so that everything may be suppressed
    return _pattern(held, hidden, down, across, 0, smallest, base)


def _limits(
    rulebook: Rulebook, protected: bool | None, on: date
) -> tuple[Answer[int], ...] | Withheld:
    """Return the smallest count and the base, or why one is not known."""
    facts = {"statistics.by_protected_characteristic": protected}
    answers = ask(rulebook, facts, "core.smallest_count", "core.rounding_base", on=on)
    unknown = [answer.reason for answer in answers.values() if not answer.known]
    return Withheld(tuple(unknown)) if unknown else tuple(answers.values())


def _count(
    rulebook: Rulebook, cases: Sequence[Case], rows: Axis, columns: Sequence[Axis]
) -> tuple[Counts, dict[Place, set[str]]] | Withheld:
    """Return the counts of tracks, and for each place the members whose tracks are in it."""
    heads = [axis.all() for axis in (rows, *columns)]
    cells = [[[0] * len(head) for _ in heads[0]] for head in heads[1:]]
    who: list[tuple[str, Place]] = []
    tracks = [
        (case, track) for case in cases for key, track in case.tracks.items() if key != UNION_TRACK
    ]
    for case, track in tracks:
        at = []
        for axis, head in zip((rows, *columns), heads, strict=True):
            label = _BY[axis.by](rulebook, case, track)
            if label not in head and not axis.other:
                said = f"a track has none of the labels of {axis.by}: add its label, or other=True"
                return Withheld((said,))
            at.append(head.index(label if label in head else _OTHER))
        row = at[0]
        who += [(case.person, ALL), (case.person, Place(None, row))]
        for table, column in enumerate(at[1:]):
            cells[table][row][column] += 1
            who.append((case.person, Place(table, row, column)))
            who.append((case.person, Place(table, None, column)))
    counts = Counts.of(cells)
    members: dict[Place, set[str]] = {place: set() for place in counts.values}
    for person, place in who:
        members[place].add(person)
    return counts, members


def _check_pairs(pairs: Collection[tuple[str, str]], rows: Axis, columns: Sequence[Axis]) -> None:
    """Raise ``UnknownName`` for a pair of labels that no table has."""
    across = [label for axis in columns for label in axis.all()]
    for row, column in pairs:
        for label, known in ((row, rows.all()), (column, across)):
            if label not in known:
                raise UnknownName("label", label, nearest(label, known))


def _empty(
    rulebook: Rulebook, rows: Axis, columns: Sequence[Axis], pairs: Collection[tuple[str, str]]
) -> set[Place]:
    """Return the places in which everybody knows that nothing can be, totals included."""
    down = rows.all()
    every = {
        Place(table, row, column): (axis.by, label, other)
        for table, axis in enumerate(columns)
        for row, label in enumerate(down)
        for column, other in enumerate(axis.all())
    }
    cells = {
        place
        for place, (by, label, other) in every.items()
        if (label, other) in pairs or _cannot_be(rulebook, {rows.by: label, by: other})
    }
    # A row that is empty in one table is empty in all.
    filled = {(place.table, place.row) for place in every if place not in cells}
    gone = {place.row for place in every if (place.table, place.row) not in filled}
    cells |= {place for place in every if place.row in gone}
    totals = {Place(None, row) for row in gone}
    standing = {(place.table, place.column) for place in every if place not in cells}
    totals |= {
        Place(place.table, None, place.column)
        for place in every
        if (place.table, place.column) not in standing
    }
    if len(gone) == len(down):
        totals.add(ALL)
    return cells | totals


def _cannot_be(rulebook: Rulebook, labels: Mapping[str, str]) -> bool:
    """Say whether a case type has no such outcome; what is not known may be."""
    kind = rulebook.named(CaseType).get(labels.get("case_type", ""))
    outcome = labels.get("outcome", _OTHER)
    if kind is None or outcome in (_OTHER, "open"):
        return False
    states = {state.key for version in kind.versions for state in version.states if state.outcome}
    return outcome not in states


def _pattern(
    counts: Counts,
    hidden: frozenset[Place],
    rows: Axis,
    columns: Axis,
    table: int,
    smallest: int,
    base: int,
) -> Pattern:
    def shown(place: Place) -> _Count:
        value = counts.values[place]
        return None if place in hidden else (2 * value + base) // (2 * base) * base

    across, down = range(len(columns.all())), range(len(rows.all()))
    return Pattern(
        rows=rows,
        columns=columns,
        cells=tuple(tuple(shown(Place(table, row, column)) for column in across) for row in down),
        row_totals=tuple(shown(Place(None, row)) for row in down),
        column_totals=tuple(shown(Place(table, None, column)) for column in across),
        total=shown(ALL),
        smallest=smallest,
        base=base,
    )
