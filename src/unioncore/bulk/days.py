"""Sums of days in whole numbers, which every engine works out alike.

A day is counted from 1 January 1970. Years begin in March here, so that a leap day is their last
day, as in Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
"""

from datetime import date
from typing import Union

from attrs import frozen

from unioncore.bulk.terms import ColumnTerm, ColumnTerms
from unioncore.shown import Shown

__all__ = ["EPOCH", "DaySums", "counted"]

EPOCH = date(1970, 1, 1)

_BEFORE = 719468
"""The days from 1 March of the year 0 to 1 January 1970."""


def counted(day: date) -> int:
    """Return how many days a day is after 1 January 1970."""
    return day.toordinal() - EPOCH.toordinal()


@frozen
class _WholeColumn(Shown, shows=""):
    """A column of whole numbers, to be written as sums are."""

    terms: ColumnTerms
    term: ColumnTerm

    def _with(self, sign: str, other: Union["_WholeColumn", int]) -> "_WholeColumn":
        right = (
            other.term
            if isinstance(other, _WholeColumn)
            else self.terms.of("value", given=(other,))
        )
        return _WholeColumn(self.terms, self.terms.of("reckon", self.term, right, given=(sign,)))

    def __add__(self, other: Union["_WholeColumn", int]) -> "_WholeColumn":
        return self._with("+", other)

    def __sub__(self, other: Union["_WholeColumn", int]) -> "_WholeColumn":
        return self._with("-", other)

    def __mul__(self, other: Union["_WholeColumn", int]) -> "_WholeColumn":
        return self._with("*", other)

    def __floordiv__(self, other: int) -> "_WholeColumn":
        return self._with("//", other)

    def least(self, other: "_WholeColumn") -> "_WholeColumn":
        """Return the smaller of two numbers."""
        return _WholeColumn(self.terms, self.terms.of("least", self.term, other.term))

    def between(self, first: int, last: int) -> ColumnTerm:
        """Return whether a number is one of ``first`` to ``last``."""
        low, high = (self.terms.of("value", given=(each,)) for each in (first, last))
        return self.terms.all(
            [
                self.terms.of("compare", self.term, low, given=(">=",)),
                self.terms.of("compare", self.term, high, given=("<=",)),
            ]
        )


class DaySums:
    """Writes sums of days as terms."""

    def __init__(self, terms: ColumnTerms) -> None:
        self.terms = terms

    def counted(self, column: ColumnTerm) -> ColumnTerm:
        """Return a column of days as days counted."""
        if column.makes == "value":
            return self.terms.of("value", given=(counted(column.given[0]),))
        year, month, day = (
            _WholeColumn(self.terms, self.terms.of(part, column))
            for part in ("year", "month", "day")
        )
        return (self._first_of(year, month) + day - 1).term

    def call(self, function: str, arguments: list[ColumnTerm]) -> ColumnTerm | None:
        """Return what a function of the notation gives of days counted and whole numbers.

        Like the function itself, it is null beyond the calendar's first and last year.
        """
        numbers = [_WholeColumn(self.terms, each) for each in arguments]
        first = numbers[0]
        match function:
            case "days_from":
                return (numbers[1] - first).term
            case "later":
                return self.terms.of("greatest", first.term, numbers[1].term)
            case "add_days":
                return self._within(first + numbers[1])
            case "next_new_year":
                year = self._parts(first)[0] + 1
                return self._within(self._first_of(year, _WholeColumn(self.terms, self._one())))
            case _:
                return self._months(function, first, numbers[1])

    def _one(self) -> ColumnTerm:
        return self.terms.of("value", given=(1,))

    def _months(self, function: str, start: _WholeColumn, count: _WholeColumn) -> ColumnTerm | None:
        year, month, day = self._parts(start)
        months = year * 12 + month - 1 + count
        year, month = months // 12, months - months // 12 * 12 + 1
        last = self._first_of((months + 1) // 12, (months + 1) - (months + 1) // 12 * 12 + 1) - 1
        same = self._first_of(year, month) + day - (1 if function == "months_after" else 2)
        right = self.terms.all([count.between(1, 10**6), year.between(1, date.max.year)])
        return self.terms.chosen([(right, same.least(last).term)])

    def _within(self, day: _WholeColumn) -> ColumnTerm | None:
        return self.terms.chosen([(day.between(counted(date.min), counted(date.max)), day.term)])

    def _first_of(self, year: _WholeColumn, month: _WholeColumn) -> _WholeColumn:
        """Return the first day of a month."""
        from_march = month + 9 - (month + 9) // 12 * 12
        year = year - from_march // 10
        days = year * 365 + year // 4 - year // 100 + year // 400
        return days + (from_march * 153 + 2) // 5 - _BEFORE

    def _parts(self, day: _WholeColumn) -> tuple[_WholeColumn, _WholeColumn, _WholeColumn]:
        """Return the year, the month and the day of the month."""
        since = day + _BEFORE
        era = since // 146097
        of_era = since - era * 146097
        year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
        of_year = of_era - (year * 365 + year // 4 - year // 100)
        from_march = (of_year * 5 + 2) // 153
        turned = from_march // 10
        return (
            year + era * 400 + turned,
            from_march + 3 - turned * 12,
            of_year - (from_march * 153 + 2) // 5 + 1,
        )
