"""What a union's rows say, read in the plainest way: the other side of differential tests."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from unioncore.model import Dated, Record, Union

R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=Dated)


def believed(rows: Iterable[R], known_on: date | None = None) -> list[R]:
    """Return the last entry about each thing and first day, unless it strikes it out."""
    last: dict[tuple[Any, ...], R] = {}
    for row in rows:
        if known_on is not None and row.recorded is not None and row.recorded > known_on:
            continue
        start = row.start if isinstance(row, Dated) else None
        at = (*(getattr(row, name) for name in row.subject), start)
        before = last.get(at)
        if before is None or (row.recorded or date.min) >= (before.recorded or date.min):
            last[at] = row
    return [row for row in last.values() if not row.struck]


def holding(rows: Iterable[D], day: date, known_on: date | None = None) -> list[D]:
    """Return the believed rows that hold on a day."""
    return [
        row
        for row in believed(rows, known_on)
        if not (row.start is not None and day < row.start)
        and not (row.end is not None and day >= row.end)
    ]


def members(
    union: Union, branches: Iterable[str], day: date, known_on: date | None = None
) -> list[str]:
    """Return the current members of the union in some branches, sorted."""
    wanted = set(branches)
    return sorted(
        row.person
        for row in holding(union.memberships, day, known_on)
        if row.branch in wanted and row.status == "current" and row.union in ("", union.key)
    )
