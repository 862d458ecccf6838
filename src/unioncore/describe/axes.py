"""The axes of plots: days from left to right, and numbers from below."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor, log10

from attrs import frozen

from unioncore.describe.svg import LETTER, SIZE, line, words
from unioncore.legal import Period

Number = Decimal | int

_YEAR = timedelta(days=365)


@frozen
class Days:
    """The axis of days; from ``date.min`` to ``date.max`` where no day is known."""

    first: date
    """The day at the left end."""
    last: date
    """The day at the right end."""
    left: float
    right: float

    @classmethod
    def over(
        cls, periods: Iterable[Period], until: date | None, *, left: float, right: float
    ) -> "Days":
        """Return the axis for periods, and for what comes before and after them."""
        ends = {day for each in periods for day in (each.start, each.end) if day is not None}
        ends |= {until} if until else set()
        if not ends:
            return cls(date.min, date.max, left, right)
        first, last = min(ends), max(ends)
        around = max((last - first) // 14, _YEAR // 2)
        return cls(_moved(first, -around), _moved(last, around), left, right)

    def x(self, day: date) -> float:
        """Return where a day begins."""
        share = (day - self.first) / (self.last - self.first)
        return self.left + (self.right - self.left) * share

    def start(self, period: Period) -> float:
        """Return where a period begins; the left end, if it has always been."""
        return self.left if period.start is None else self.x(period.start)

    def end(self, period: Period) -> float:
        """Return where a period ends; the right end, if it has no end."""
        return self.right if period.end is None else self.x(period.end)

    def ticks(self, most: int = 6) -> list[tuple[float, str]]:
        """Return where years begin, with their names: at most so many, of even distance."""
        if (self.first, self.last) == (date.min, date.max):
            return []
        every = range(self.first.year + 1, self.last.year + 1)
        step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 10000) if len(every) <= each * most)
        return [(self.x(date(year, 1, 1)), str(year)) for year in every if year % step == 0]


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max


def day_axis(days: Days, bottom: float) -> Iterator[str]:
    """Draw the axis of days, with its years below."""
    yield line([(days.left, bottom), (days.right, bottom)], "axis")
    reached = 0.0
    for x, year in days.ticks():
        half = len(year) * LETTER / 2
        yield line([(x, bottom), (x, bottom + 4)], "axis")
        if x - half >= reached and x + half <= days.right + half / 2:
            yield words(x, bottom + SIZE + 5, year, "quiet", "middle")
            reached = x + half + LETTER


@frozen
class Scale:
    """The axis of numbers."""

    least: float
    most: float
    top: float
    """Where ``most`` lies."""
    bottom: float
    """Where ``least`` lies."""
    step: float
    """From mark to mark."""

    @classmethod
    def over(cls, values: Iterable[Number], *, top: float, bottom: float) -> "Scale":
        """Return the axis for values: from zero, unless they lie close together."""
        every = [float(each) for each in values]
        least, most = min(every), max(every)
        if least > most / 2 and least < most:
            least -= (most - least) / 4
        else:
            least = min(least, 0.0)
        most = max(most, 0.0) if most != least else most + 1
        step = _round_step((most - least) / 4)
        return cls(floor(least / step) * step, ceil(most / step) * step, top, bottom, step)

    def y(self, value: Number | float) -> float:
        """Return how far down a value lies."""
        share = (float(value) - self.least) / (self.most - self.least)
        return self.bottom - (self.bottom - self.top) * share

    def ticks(self) -> list[tuple[float, str]]:
        """Return where the marks are, with their numbers."""
        count = round((self.most - self.least) / self.step)
        digits = max(0, -floor(log10(self.step)))
        marks = (self.least + place * self.step for place in range(count + 1))
        return [(self.y(mark), f"{mark:,.{digits}f}") for mark in marks]


def _round_step(least: float) -> float:
    """Return the next number from there on that people count by: 1, 2 or 5, and their tens."""
    ten = 10.0 ** floor(log10(least))
    return next(ten * each for each in (1, 2, 5, 10) if ten * each >= least * 0.999)


def value_axis(scale: Scale, left: float, right: float) -> Iterator[str]:
    """Draw a line for each mark, with its number at the left."""
    for y, text in scale.ticks():
        yield line([(left, y), (right, y)], "axis")
        yield words(left - 6, y + 4, text, "quiet", "end")
