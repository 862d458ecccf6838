"""Working days, from lists of cited days.

A calendar holds the days that an instrument made a bank holiday, not a rule that makes them:
proclamations move and add days, and some that everybody expected were never made. So a calendar
has a horizon, and says so when it is asked beyond it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

import attrs
from attrs import frozen

from unioncore.errors import BeyondHorizon, CannotBe
from unioncore.legal.citation import Citation
from unioncore.legal.jurisdiction import Nation
from unioncore.legal.period import Period, check_day, must_be_a_day
from unioncore.shown import Shown

__all__ = ["Holiday", "WorkingDayCalendar"]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5  # as date.weekday() counts; Sunday is 6


@frozen
class Holiday(Shown, shows="name days"):
    """The days that one instrument takes out of the working days, under one name.

    Easter Monday, which a schedule fixes for every year, is one holiday with many days. A day
    that a proclamation moved for a jubilee is a holiday of its own, with its own citation.

    Raises:
        NotADay: when one of ``days`` is not a plain day.
        CannotBe: when ``days`` or ``citations`` is empty.
    """

    name: str
    """The usual name."""
    days: tuple[date, ...] = attrs.field(
        validator=[attrs.validators.min_len(1), attrs.validators.deep_iterable(must_be_a_day)]
    )
    """The days themselves."""
    citations: tuple[Citation, ...] = attrs.field(validator=attrs.validators.min_len(1))
    """What makes these days holidays."""


@frozen
class WorkingDayCalendar(Shown):
    """The working days of a part of the United Kingdom, as far ahead as they are known.

    A working day is not a Saturday, a Sunday or a day of one of the holidays. That is how the
    Employment Relations Act 1999, section 13(6), and many other statutes define it: they add Good
    Friday and Christmas Day by name, because these are bank holidays in Scotland only. A statute
    with another definition (any part of the United Kingdom, say) needs a calendar of its own.

    Raises:
        CannotBe: when the period is open, when a holiday lies outside it, or when a day is
            listed twice.
    """

    key: str
    """The name that definitions use, such as ``england-and-wales``."""
    name: str
    """The name that people use."""
    nations: frozenset[Nation]
    """Where these are the working days."""
    period: Period
    """The days for which the holidays are known; its end is the horizon."""
    holidays: tuple[Holiday, ...]
    """Every holiday in the period."""
    # Every working day in order; for each day of the period, and for its end, how many of them come
    # before; and the number of the first day. With these a question is two look-ups.
    _working_days: tuple[date, ...] = attrs.field(init=False, eq=False, repr=False)
    _before: tuple[int, ...] = attrs.field(init=False, eq=False, repr=False)
    _first: int = attrs.field(init=False, eq=False, repr=False)

    @_working_days.default
    def _list_working_days(self) -> tuple[date, ...]:
        listed = {day for holiday in self.holidays for day in holiday.days}
        return tuple(day for day in self._days() if day.weekday() < _SATURDAY and day not in listed)

    @_before.default
    def _count_before(self) -> tuple[int, ...]:
        working = set(self._working_days)
        return tuple(accumulate((day in working for day in self._days()), initial=0))

    @_first.default
    def _number_first(self) -> int:
        return self._horizon()[0].toordinal()

    def _days(self) -> Iterator[date]:
        start, end = self._horizon()
        return map(date.fromordinal, range(start.toordinal(), end.toordinal()))

    def __attrs_post_init__(self) -> None:
        listed = Counter(day for holiday in self.holidays for day in holiday.days)
        if outside := [day for day in sorted(listed) if day not in self.period]:
            raise CannotBe(f"{self.key}: {outside[0].isoformat()} lies outside {self.period}")
        if twice := [day for day, times in sorted(listed.items()) if times > 1]:
            names = [holiday.name for holiday in self.holidays if twice[0] in holiday.days]
            raise CannotBe(
                f"{self.key}: {twice[0].isoformat()} is listed twice ({', '.join(names)})"
            )

    def is_working_day(self, day: date) -> bool:
        """Say whether ``day`` is a working day.

        Raises:
            BeyondHorizon: when ``day`` lies outside the period.
        """
        self._check_known(day)
        place = day.toordinal() - self._first
        return self._before[place] < self._before[place + 1]

    def holiday_on(self, day: date) -> Holiday | None:
        """Return the holiday that ``day`` is, or None; a weekend by itself is not a holiday.

        Raises:
            BeyondHorizon: when ``day`` lies outside the period.
        """
        self._check_known(day)
        return next((holiday for holiday in self.holidays if day in holiday.days), None)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``, or before it when negative.

        ``day`` itself is never counted, whether or not it is a working day; a ``count`` of 0
        returns it unchanged. Only the days that are counted must be known, so ``day`` may be the
        last day before the period when counting on, and its end when counting back.

        Raises:
            BeyondHorizon: when a day that would have to be counted lies outside the period.
        """
        check_day(day, "day of a calendar")
        place = day.toordinal() - self._first
        if count > 0:
            if not -1 <= place < len(self._before) - 1:
                raise self._beyond(day)
            at = self._before[place + 1] + count - 1
            if at >= len(self._working_days):
                raise self._beyond(self._horizon()[1])
        elif count < 0:
            if not 0 <= place < len(self._before):
                raise self._beyond(day)
            at = self._before[place] + count
            if at < 0:
                raise self._beyond(self._horizon()[0] - _ONE_DAY)
        else:
            self._check_known(day)
            return day
        return self._working_days[at]

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days from ``start``, included, up to ``end``, not included.

        Raises:
            BeyondHorizon: when one of these days lies outside the period.
            CannotBe: when ``end`` is before ``start``.
        """
        known_from, known_to = self._horizon()
        check_day(start, "start of a count of working days")
        check_day(end, "end of a count of working days")
        if end < start:
            raise CannotBe(f"{end.isoformat()} is before {start.isoformat()}: nothing to count")
        for day in (start, end):
            if not known_from <= day <= known_to:
                raise self._beyond(day)
        return (
            self._before[end.toordinal() - self._first]
            - self._before[start.toordinal() - self._first]
        )

    def _horizon(self) -> tuple[date, date]:
        if self.period.start is None or self.period.end is None:
            raise CannotBe(f"{self.key}: the period of a calendar needs both its ends")
        return self.period.start, self.period.end

    def _check_known(self, day: date) -> None:
        if day not in self.period:
            raise self._beyond(day)

    def _beyond(self, day: date) -> BeyondHorizon:
        start, end = self._horizon()
        return BeyondHorizon(calendar=self.key, on=day, start=start, end=end)
