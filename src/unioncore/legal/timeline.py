"""Versions of one thing, each holding for its own period."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

import attrs
from attrs import frozen

from unioncore.errors import CannotBe
from unioncore.legal.period import Period, check_day
from unioncore.shown import Shown

__all__ = ["HasPeriod", "Timeline", "in_force"]


class HasPeriod(Protocol):
    """Anything that holds for a period."""

    @property
    def period(self) -> Period:
        """The days for which it holds."""


V = TypeVar("V", bound=HasPeriod)


def in_force(versions: Iterable[V], day: date) -> V | None:
    """Return the version that holds on ``day``, or None when there is none."""
    return next((version for version in versions if day in version.period), None)


def _first_day(version: HasPeriod) -> date:
    return version.period.start or date.min


def _by_start(versions: Iterable[V]) -> tuple[V, ...]:
    return tuple(sorted(versions, key=_first_day))


@frozen
class Timeline(Shown, Generic[V], shows="versions"):
    """The versions of one thing in the order of their periods, of which no two overlap.

    Between versions there may be gaps, on which nothing is known: a gap is never filled from its
    neighbours. Equal timelines hold equal versions, in whatever order they were given.

    Raises:
        CannotBe: when two versions hold on the same day; both periods are named.
    """

    versions: tuple[V, ...] = attrs.field(converter=_by_start)
    """The versions, earliest first."""
    # Kept beside the versions, because a look-up may run once for each of a million members.
    _first_days: tuple[date, ...] = attrs.field(init=False, eq=False, repr=False)

    @_first_days.default
    def _list_first_days(self) -> tuple[date, ...]:
        return tuple(map(_first_day, self.versions))

    def __attrs_post_init__(self) -> None:
        for earlier, later in pairwise(self.versions):
            if earlier.period.overlaps(later.period):
                raise CannotBe(f"two versions overlap: {earlier.period}, and {later.period}")

    def at(self, day: date) -> V | None:
        """Return the version that holds on ``day``, or None when there is none."""
        check_day(day, "day of a timeline")
        position = bisect_right(self._first_days, day) - 1
        if position < 0:
            return None
        version = self.versions[position]
        return version if day in version.period else None

    def gaps(self) -> tuple[Period, ...]:
        """Return the periods that no version covers, earliest first.

        The time before the first version and after the last one counts, where they are not open.
        """
        if not self.versions:
            return (Period(),)
        periods = [version.period for version in self.versions]
        found = [
            Period(earlier.end, later.start)
            for earlier, later in pairwise(periods)
            if earlier.end != later.start
        ]
        if periods[0].start is not None:
            found.insert(0, Period(end=periods[0].start))
        if periods[-1].end is not None:
            found.append(Period(start=periods[-1].end))
        return tuple(found)

    def __iter__(self) -> Iterator[V]:
        return iter(self.versions)

    def __len__(self) -> int:
        return len(self.versions)
