"""Lengths of time, and the days they lead to.

English and Scots law count time in two ways, and mixing them is a day's mistake. A period
*beginning with* a day has that day as its first. A time *after* or *before* a day leaves that day
out. Each has its own method here, and neither is a default. Hours run from a moment, and no day
can be counted in them.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cache

import attrs
from attrs import frozen

from unioncore.errors import BeyondYears, CannotBe, MissingPart, NoCalendar
from unioncore.legal.calendar import WorkingDayCalendar
from unioncore.legal.period import check_day

__all__ = ["OF_MONTHS", "Duration", "TimeUnit", "shifted", "uk_time"]

_IN_EVERY_MONTH = 28
_ONE_DAY = timedelta(days=1)


class TimeUnit(StrEnum):
    """What a duration is counted in."""

    HOURS = "hours"
    """Hours as they pass, by night and on holidays too; from a moment, never from a day."""
    DAYS = "days"
    WORKING_DAYS = "working-days"
    """Needs a calendar, because each part of the United Kingdom has its own."""
    WEEKS = "weeks"
    MONTHS = "months"
    """Calendar months (Interpretation Act 1978, Schedule 1)."""
    YEARS = "years"
    """Twelve calendar months."""


_DAYS_IN = {TimeUnit.DAYS: 1, TimeUnit.WEEKS: 7}
_MONTHS_IN = {TimeUnit.MONTHS: 1, TimeUnit.YEARS: 12}

OF_MONTHS = tuple(_MONTHS_IN)
"""The units of which it matters by which reading months are counted."""


@frozen
class Duration:
    """A number of hours, days, working days, weeks, months or years.

    Weekends and holidays matter for working days only: no other unit is extended because its last
    day is not a working day. A calendar given for another unit is not used.

    >>> three_months = Duration(3, TimeUnit.MONTHS)
    >>> three_months.last_day_beginning_with(date(2016, 6, 20))
    datetime.date(2016, 9, 19)
    >>> Duration(1, TimeUnit.MONTHS).after(date(2015, 6, 30))
    datetime.date(2015, 7, 30)
    """

    count: int = attrs.field(validator=[attrs.validators.instance_of(int), attrs.validators.ge(0)])
    """How many; whole, and not negative."""
    unit: TimeUnit
    """Of what."""
    _months: int | None = attrs.field(init=False, repr=False, eq=False)
    """How many calendar months that is, when it is counted in them."""

    @_months.default
    def _in_months(self) -> int | None:
        return self.count * _MONTHS_IN[self.unit] if self.unit in _MONTHS_IN else None

    def last_day_beginning_with(
        self, day: date, calendar: WorkingDayCalendar | None = None
    ) -> date:
        """Return the last day, included, of the period of this length that begins with ``day``.

        ``day`` is the first day of the period. A period of months ends on the day before the
        corresponding day of the last month, or, when that month is too short to have one, on its
        last day: three months beginning with 20 June end on 19 September, and three beginning
        with 30 November on 28 or 29 February. Working days end on the n-th working day on or
        after ``day``.

        That ``beginning with`` counts the first day: Trow v Ind Coope (West Midlands) Ltd [1967]
        2 QB 899. That months run to the corresponding day: Dodds v Walker [1981] 1 WLR 1027.

        Raises:
            CannotBe: when the length is nothing, for then the period has no days, or in hours.
            NoCalendar: when working days are asked for without a calendar.
            BeyondHorizon: when the calendar does not reach so far.
            BeyondYears: when the day lies beyond the year 9999.
        """
        check_day(day, "first day of a period")
        if self.count == 0:
            raise CannotBe(f"a period of {self} has no last day")
        if self._months is not None:
            corresponding = _same_day(day, self._months)
            # A shorter month has no corresponding day; its last day ends the period.
            return corresponding if corresponding.day < day.day else corresponding - _ONE_DAY
        if self.unit in _DAYS_IN:
            return shifted(day, self.count * _DAYS_IN[self.unit] - 1)
        return self._move(shifted(day, -1), 1, calendar)

    def after(self, day: date, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day this long after ``day``, which is not counted.

        It is the last day of a time limit that runs ``after`` or ``from`` an event. Months lead
        to the day with the same number, or to the last day of a month that is too short: a month
        after 30 June is 30 July, and after 31 May 30 June. Working days lead to the n-th working
        day after ``day``, which need not be one. Nothing after a day is the day itself.

        That the day of the event is left out, and that months run to the corresponding day:
        Dodds v Walker [1981] 1 WLR 1027 (four months after 30 September end on 30 January).

        Raises:
            CannotBe: when the length is in hours.
            NoCalendar: when working days are asked for without a calendar.
            BeyondHorizon: when the calendar does not reach so far.
            BeyondYears: when the day lies beyond the year 9999.
        """
        return self._move(day, 1, calendar)

    def before(self, day: date, calendar: WorkingDayCalendar | None = None) -> date:
        """Return the day this long before ``day``, which is not counted.

        Seven days before the 15th is the 8th: the "seventh day before" of the notice provisions.
        Months lead back to the day with the same number, or to the last day of a month that is
        too short: a month before 31 May is 30 April. So going back and forth does not always
        return. Working days lead to the n-th working day before ``day``.

        Raises:
            CannotBe: when the length is in hours.
            NoCalendar: when working days are asked for without a calendar.
            BeyondHorizon: when the calendar does not reach so far back.
            BeyondYears: when the day lies before the year 1.
        """
        return self._move(day, -1, calendar)

    def after_moment(self, moment: datetime) -> datetime:
        """Return the moment so many hours after ``moment``, in its own time zone.

        Hours that pass are counted: across the night on which the clocks change, 24 hours do not
        lead to the same time of day.

        >>> Duration(72, TimeUnit.HOURS).after_moment(datetime(2026, 4, 3, 17, 30, tzinfo=UTC))
        datetime.datetime(2026, 4, 6, 17, 30, tzinfo=datetime.timezone.utc)

        Raises:
            CannotBe: when the length is not in hours, or the moment has no time zone.
            BeyondYears: when the moment lies beyond the year 9999.
        """
        if self.unit is not TimeUnit.HOURS:
            raise CannotBe(f"{self} run from a day, not from a moment")
        if moment.utcoffset() is None:
            raise CannotBe("a moment needs its time zone")
        try:
            passed = moment.astimezone(UTC) + timedelta(hours=self.count)
            return passed.astimezone(moment.tzinfo)
        except OverflowError:
            raise BeyondYears(moment.date(), str(self)) from None

    def _move(self, day: date, direction: int, calendar: WorkingDayCalendar | None) -> date:
        check_day(day, "day to count from")
        if self._months is not None:
            return _same_day(day, direction * self._months)
        count = direction * self.count
        if self.unit in _DAYS_IN:
            return shifted(day, count * _DAYS_IN[self.unit])
        if self.unit is TimeUnit.HOURS:
            raise CannotBe(f"{self} run from a moment, not from a day")
        if calendar is None:
            raise NoCalendar(asked=str(self))
        return calendar.add_working_days(day, count)

    def __str__(self) -> str:
        unit = self.unit.replace("-", " ")
        return f"{self.count} {unit.removesuffix('s') if self.count == 1 else unit}"


def shifted(day: date, count: int) -> date:
    """Return the day ``count`` days after ``day``, or before it when negative.

    Raises:
        BeyondYears: when that lies before the year 1 or after the year 9999.
    """
    try:
        return date.fromordinal(day.toordinal() + count)
    except (ValueError, OverflowError):
        raise BeyondYears(day, f"{count} days") from None


def uk_time(moment: datetime) -> datetime:
    """Return a moment by the clock of the United Kingdom; one without a zone is taken for such.

    >>> uk_time(datetime(2024, 6, 30, 23, 30, tzinfo=UTC)).isoformat()
    '2024-07-01T00:30:00+01:00'
    """
    zone = _uk_zone()
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


@cache
def _uk_zone() -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # only a moment needs it

    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # such as on Windows
        raise MissingPart("the database of time zones", "pip install tzdata") from None


def _same_day(day: date, months: int) -> date:
    """Return the same-numbered day so many months on, or the last day of a shorter month."""
    months += day.month - 1
    year, month, number = day.year + months // 12, months % 12 + 1, day.day
    # Every month has 28 days; only beyond them must its length be known.
    if number > _IN_EVERY_MONTH:
        number = min(number, monthrange(year, month)[1])
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        raise BeyondYears(day, f"{months - day.month + 1} months") from None
