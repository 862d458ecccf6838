"""Shifts by the clock of the United Kingdom, cut into stretches; exact, in fractions of hours.

A shift over the night on which the clocks change has two lengths: that which the clock shows, and
the hours that pass.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from unioncore.legal.duration import uk_time
from unioncore.shown import Shown

__all__ = ["Break", "Shift", "Stretch", "clock_fault"]

_HOUR = timedelta(hours=1)
_LONGEST = timedelta(days=7)
"""No shift is longer; one that seems so is a slip."""


@frozen
class Break(Shown, shows="minutes begins"):
    """An unpaid break: its length, and when it began where that is known."""

    minutes: int
    begins: time | None = None
    """By the clock."""

    @property
    def length(self) -> timedelta:
        """Its length."""
        return timedelta(minutes=self.minutes)


@frozen
class Stretch(Shown, shows="begins hours"):
    """A part of a shift in which the class of hours does not change."""

    begins: datetime
    """By the clock of the United Kingdom, without a zone."""
    hours: Fraction


@frozen
class Shift(Shown, shows="start end kind"):
    """A shift, from ``start`` up to ``end``, both by the clock of the United Kingdom.

    Both are without a zone, or with the offset of the night on which the clocks change.
    """

    start: datetime
    end: datetime
    breaks: tuple[Break, ...] | None = None
    """The unpaid breaks; None where it is not known whether there were any."""
    kind: str = "standard"
    """``standard`` hours or another kind, such as ``overtime``."""

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.start.date()

    @property
    def clock_hours(self) -> Fraction:
        """Its length as the clock shows it."""
        return _hours(_by_clock(self.end) - _by_clock(self.start))

    @property
    def elapsed_hours(self) -> Fraction:
        """The hours that pass from its start to its end."""
        return _hours(_by_greenwich(self.end) - _by_greenwich(self.start))

    @property
    def not_placed(self) -> Fraction:
        """The hours of unpaid breaks of which it is not known when they were."""
        every = (each.length for each in self.breaks or () if each.begins is None)
        return _hours(sum(every, timedelta()))

    def faults(self) -> Iterator[tuple[str, str]]:
        """Give what cannot be: the field, and what is expected there."""
        wrong = [(name, clock_fault(getattr(self, name))) for name in ("start", "end")]
        yield from ((name, said) for name, said in wrong if said)
        if any(said for _, said in wrong):
            return
        length = _by_greenwich(self.end) - _by_greenwich(self.start)
        if not timedelta() < length <= _LONGEST or self.clock_hours <= 0:
            yield "end", "a time after the start, and no more than a week later"
            return
        placed = []
        for number, each in enumerate(self.breaks or ()):
            if each.length <= timedelta():
                yield f"breaks[{number}]", "a break that ends after it begins"
            elif each.begins is not None:
                first, last = self._placed(each)
                if last > _by_clock(self.end):
                    yield f"breaks[{number}]", "a break within the shift"
                placed.append((first, last, number))
        for (_, last, _), (first, _, number) in pairwise(sorted(placed)):
            if first < last:
                yield f"breaks[{number}]", "a break that does not overlap another one"
        if self.not_placed >= self.clock_hours - _hours(
            sum((last - first for first, last, _ in placed), timedelta())
        ):
            yield "breaks", "breaks that are shorter than the shift"

    def stretches(self, times: Iterable[int], *, elapsed: bool = False) -> tuple[Stretch, ...]:
        """Return its hours without the breaks of which it is known when they were.

        Args:
            times: the minutes after midnight at which it is cut; so it is at each full hour.
            elapsed: whether the hours that pass are counted, and not those of the clock.
        """
        read = _by_greenwich if elapsed else _by_clock
        shown = _on_the_clock if elapsed else _as_it_is
        start, end = read(self.start), read(self.end)
        placed = [each for each in self.breaks or () if each.begins is not None]
        begun = [(read(self._placed(each)[0]), each.length) for each in placed]
        out = [(begins, begins + length) for begins, length in begun]
        cuts = {start, end, *(cut for each in out for cut in each)}
        cuts |= {read(each) for each in self._times(times)}
        inside = sorted(cut for cut in cuts if start <= cut <= end)
        return tuple(
            Stretch(shown(first), _hours(last - first))
            for first, last in pairwise(inside)
            if not any(begins <= first < ends for begins, ends in out)
        )

    def _placed(self, each: Break) -> tuple[datetime, datetime]:
        """Return when a break began and ended by the clock: the first such time of the shift."""
        start = _by_clock(self.start)
        begins = datetime.combine(start, each.begins or time())
        begins += timedelta(days=1) if begins < start else timedelta()
        return begins, begins + each.length

    def _times(self, times: Iterable[int]) -> Iterator[datetime]:
        """Give each time of the shift's days at which it may be cut, before and after a change."""
        minutes = {*times, *range(0, 24 * 60, 60)}
        for number in range((self.end.date() - self.day).days + 1):
            midnight = datetime.combine(self.day + timedelta(days=number), time())
            for each in minutes:
                for fold in (0, 1):
                    yield (midnight + timedelta(minutes=each)).replace(fold=fold)


def clock_fault(moment: datetime) -> str:
    """Say what is expected in place of a time that the clock never showed, or showed twice."""
    if moment.tzinfo is not None:
        return ""
    back = _on_the_clock(_by_greenwich(moment))
    if back != moment:
        return "a time that the clock showed: they went forward that night"
    first, last = (_by_greenwich(moment.replace(fold=fold)) for fold in (0, 1))
    if first != last:
        said = moment.isoformat(timespec="minutes")
        return f"which of the two, {said}+01:00 or {said}+00:00: the clocks went back that night"
    return ""


def _hours(length: timedelta) -> Fraction:
    return Fraction(length // timedelta(microseconds=1), _HOUR // timedelta(microseconds=1))


def _by_greenwich(moment: datetime) -> datetime:
    """Return a moment by Greenwich, where no clock changes."""
    return uk_time(moment).astimezone(UTC).replace(tzinfo=None)


def _on_the_clock(moment: datetime) -> datetime:
    """Return what the clock shows at a moment by Greenwich."""
    return uk_time(moment.replace(tzinfo=UTC)).replace(tzinfo=None, fold=0)


def _by_clock(moment: datetime) -> datetime:
    return uk_time(moment).replace(tzinfo=None, fold=0)


def _as_it_is(moment: datetime) -> datetime:
    return moment
